/* Checks of data sets, and Keras's validation split. */
#include "dataset.h"

#include "../training/losses.h"

static enum rnn_status offend(uint32_t *sample, uint32_t i)
{
    if (sample) *sample = i;
    return RNN_ERROR_DATA;
}

bool rnni_shape_fits(const struct rnn_dataset *data, const struct rnn_config *config)
{
    if (config->cell == RNN_DENSE && (data->timesteps != config->timesteps || data->lengths || data->first.h))
        return false;
    return data->features == config->features && (!data->first.c || config->cell == RNN_LSTM);
}

enum rnn_status rnn_dataset_check(const struct rnn_dataset *data, const struct rnn_config *config, uint32_t *sample)
{
    if (!data || !data->x || !data->y || !config) return RNN_ERROR_ARGUMENT;
    if (data->samples == 0) return RNN_ERROR_EMPTY;
    if (rnn_range_check(RNN_SAMPLES, data->samples) || rnn_range_check(RNN_TIMESTEPS, data->timesteps) ||
        rnn_range_check(RNN_FEATURES, data->features))
        return RNN_ERROR_RANGE;
    if (!rnni_shape_fits(data, config) || data->readouts != rnn_config_readouts(config, data->timesteps))
        return RNN_ERROR_SHAPE;
    const size_t features = data->features, readouts = data->readouts, states = (size_t)config->layers * config->units;
    for (uint32_t i = 0; i < data->samples; i++) {
        const rnn_real *x = data->x + i * data->timesteps * features, *y = data->y + i * readouts;
        const size_t steps = data->lengths ? data->lengths[i] : data->timesteps;
        const rnn_real *h = data->first.h, *c = data->first.c;
        if (steps - 1 >= data->timesteps ||
            !rnni_targets_valid((enum rnn_loss)config->loss, config->outputs, y, steps < readouts ? steps : readouts) ||
            !rnni_all_finite(x, steps * features) || (h && !rnni_all_finite(h + i * states, states)) ||
            (c && !rnni_all_finite(c + i * states, states)))
            return offend(sample, i);
    }
    return RNN_OK;
}

enum rnn_status rnn_validation_split(uint32_t samples, double split, uint32_t *training)
{
    if (!training) return RNN_ERROR_ARGUMENT;
    if (samples == 0) return RNN_ERROR_EMPTY;
    if (rnn_range_check(RNN_VALIDATION_SPLIT, split) || rnn_range_check(RNN_SAMPLES, samples)) return RNN_ERROR_RANGE;
    uint32_t rest = (uint32_t)((double)samples * (1 - split)); /* the conversion rounds down */
    if (rest == 0 || (split > 0 && rest == samples)) return RNN_ERROR_EMPTY;
    *training = rest;
    return RNN_OK;
}
