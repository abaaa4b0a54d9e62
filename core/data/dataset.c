/* Checks on data sets, and Keras's validation split. */
#include <math.h>

#include "../rnn.h"

static enum rnn_status offend(uint32_t *sample, uint32_t i)
{
    if (sample) *sample = i;
    return RNN_ERROR_DATA;
}

enum rnn_status rnn_dataset_check(const struct rnn_dataset *data, uint32_t *sample)
{
    if (!data || !data->x || !data->y) return RNN_ERROR_ARGUMENT;
    if (data->samples == 0) return RNN_ERROR_EMPTY;
    if (rnn_range_check(RNN_SAMPLES, data->samples) || rnn_range_check(RNN_TIMESTEPS, data->timesteps) ||
        rnn_range_check(RNN_FEATURES, data->features))
        return RNN_ERROR_RANGE;
    const size_t row = (size_t)data->timesteps * data->features;
    for (uint32_t i = 0; i < data->samples; i++) {
        if (data->y[i] != 0 && data->y[i] != 1) return offend(sample, i);
        const rnn_real *x = data->x + i * row;
        for (size_t j = 0; j < row; j++)
            if (!isfinite(x[j])) return offend(sample, i);
    }
    return RNN_OK;
}

enum rnn_status rnn_validation_split(uint32_t samples, double split, uint32_t *training)
{
    if (!training) return RNN_ERROR_ARGUMENT;
    if (samples == 0) return RNN_ERROR_EMPTY;
    if (rnn_range_check(RNN_VALIDATION_SPLIT, split) || rnn_range_check(RNN_SAMPLES, samples)) return RNN_ERROR_RANGE;
    uint32_t kept = (uint32_t)((double)samples * (1 - split)); /* rounds towards zero: floor */
    if (kept == 0 || (split > 0 && kept == samples)) return RNN_ERROR_EMPTY;
    *training = kept;
    return RNN_OK;
}
