/* Forecasts that are fed back. Each window is read from a zero state, as in training, so that no forecast depends on more than T
 * values. */
#include "layout.h"

/* The value at a place behind the beginning of x: one of x itself, or a forecast. */
static const rnn_real *value_at(const rnn_real *x, uint32_t timesteps, const rnn_real *predictions, uint64_t place)
{
    return place < timesteps ? x + place : predictions + (place - timesteps);
}

enum rnn_status rnn_model_roll(struct rnn_model *model, const rnn_real *x, uint32_t timesteps, uint32_t steps,
                               rnn_real *predictions)
{
    if (!x || !predictions) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_model_valid(model));
    const struct rnn_config *config = rnn_model_config(model);
    if (config->features != 1 || config->loss != RNN_MEAN_SQUARED_ERROR) return RNN_ERROR_SHAPE;
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, timesteps));
    if (!rnni_all_finite(x, timesteps)) return RNN_ERROR_DATA;
    for (uint32_t step = 0; step < steps; step++) {
        RNNI_TRY(rnn_model_reset_states(model));
        rnn_real next = 0;
        for (uint32_t t = 0; t < timesteps; t++)
            RNNI_TRY(rnn_model_step(model, value_at(x, timesteps, predictions, (uint64_t)step + t), NULL, NULL, &next));
        if (!isfinite(next)) return RNN_ERROR_DATA;
        predictions[step] = next;
    }
    return rnn_model_reset_states(model);
}
