/* Evaluate, predict, confusion matrix, gradient. */
#include <string.h>

#include "../data/dataset.h"
#include "layout.h"

/* Checks for the functions that need only x. */
static enum rnn_status check_inputs(const struct rnn_model *model, const struct rnn_workspace *workspace,
                                    const struct rnn_dataset *data)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!data || !data->x) return RNN_ERROR_ARGUMENT;
    if (data->samples == 0) return RNN_ERROR_EMPTY;
    RNNI_TRY(rnn_range_check(RNN_SAMPLES, data->samples));
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, data->timesteps));
    if (!rnni_shape_fits(data, &model->config)) return RNN_ERROR_SHAPE;
    for (uint32_t i = 0; data->lengths && i < data->samples; i++)
        if (data->lengths[i] < 1 || data->lengths[i] > data->timesteps) return RNN_ERROR_DATA;
    return rnni_workspace_fits(workspace, model, data->timesteps, 1);
}

/* Checks for the functions that also need targets. */
static enum rnn_status check_data(const struct rnn_model *model, const struct rnn_workspace *workspace,
                                  const struct rnn_dataset *data)
{
    RNNI_TRY(check_inputs(model, workspace, data));
    return rnn_dataset_check(data, &model->config, NULL);
}

/* The number of sequences in a chunk when no gradient is wanted. 128 suits the cache and usually fits, since a forward pass stores
 * two states per layer instead of all. No result depends on it. */
static uint32_t chunk_samples(const struct rnn_workspace *workspace, const struct rnn_dataset *data)
{
    enum { WIDE = 128 };
    const struct rnn_config *config = &workspace->config;
    const uint64_t room = rnni_batch_carve(config, config->timesteps, workspace->batch_size, NULL, NULL);
    const bool wide = rnni_forward_carve(config, data->timesteps, WIDE, NULL, NULL) <= room;
    return wide || workspace->batch_size > WIDE ? WIDE : workspace->batch_size;
}

/* Copies the chunk that begins at sample `first` into the lanes and runs the forward pass. */
static enum rnn_status forward_chunk(const struct rnn_model *model, struct rnn_workspace *workspace,
                                     const struct rnn_dataset *data, const struct rnn_cut *cut, uint32_t first,
                                     struct rnni_batch *batch)
{
    const uint32_t left = data->samples - first, most = chunk_samples(workspace, data);
    rnni_forward_carve(&model->config, data->timesteps, left < most ? left : most, workspace, batch);
    if (cut) batch->cut = *cut;
    RNNI_TRY(rnni_batch_gather(&model->config, batch, data, NULL, first));
    rnni_batch_forward(model, batch, NULL);
    return RNN_OK;
}

static struct rnn_metrics metrics_of(const struct rnni_sums *sums, double terms, double penalty)
{
    return (struct rnn_metrics){sums->loss / terms + penalty, sums->metric / terms};
}

enum rnn_status rnn_model_evaluate(const struct rnn_model *model, struct rnn_workspace *workspace,
                                   const struct rnn_dataset *data, const struct rnn_cut *cut,
                                   struct rnn_metrics *metrics)
{
    RNNI_TRY(check_data(model, workspace, data));
    RNNI_TRY(rnni_cut_check(cut, &model->config, data->timesteps));
    if (!metrics) return RNN_ERROR_ARGUMENT;
    struct rnni_batch batch;
    struct rnni_sums sums = {0};
    for (uint32_t first = 0, next; first < data->samples; first = next) {
        RNNI_TRY(forward_chunk(model, workspace, data, cut, first, &batch));
        next = first + (uint32_t)batch.samples;
        rnni_batch_loss(model, &batch, &sums, false);
    }
    const double terms = (double)rnni_terms(data, data->readouts, NULL, 0, data->samples);
    *metrics = metrics_of(&sums, terms, rnni_model_penalty(model, NULL));
    return RNN_OK;
}

enum rnn_status rnn_model_predict(const struct rnn_model *model, struct rnn_workspace *workspace,
                                  const struct rnn_dataset *data, const struct rnn_cut *cut, rnn_real *predictions)
{
    RNNI_TRY(check_inputs(model, workspace, data));
    RNNI_TRY(rnni_cut_check(cut, &model->config, data->timesteps));
    if (!predictions) return RNN_ERROR_ARGUMENT;
    const size_t outputs = model->config.outputs;
    struct rnni_batch batch;
    struct rnn_dataset inputs = *data;
    inputs.y = NULL; /* only x is used, and an array of targets might be too short for this model's readouts */
    for (uint32_t first = 0, next; first < inputs.samples; first = next) {
        RNNI_TRY(forward_chunk(model, workspace, &inputs, cut, first, &batch));
        next = first + (uint32_t)batch.samples;
        const size_t lanes = batch.lanes;
        for (size_t r = 0; r < batch.readouts; r++) {
            rnn_real *logit = batch.logit + r * outputs * lanes;
            rnni_predictions((enum rnn_loss)model->config.loss, logit, logit, outputs, lanes);
            for (size_t b = 0; b < batch.samples; b++)
                for (size_t k = 0; k < outputs; k++)
                    predictions[((first + b) * batch.readouts + r) * outputs + k] = logit[k * lanes + b];
        }
    }
    return RNN_OK;
}

enum rnn_status rnn_model_confusion(const struct rnn_model *model, struct rnn_workspace *workspace,
                                    const struct rnn_dataset *data, const struct rnn_cut *cut, uint32_t *counts)
{
    RNNI_TRY(check_inputs(model, workspace, data));
    RNNI_TRY(rnni_cut_check(cut, &model->config, data->timesteps));
    if (!counts || model->config.loss == RNN_MEAN_SQUARED_ERROR) return RNN_ERROR_ARGUMENT;
    if ((uint64_t)data->samples * data->readouts > UINT32_MAX) return RNN_ERROR_TOO_LARGE;
    RNNI_TRY(rnn_dataset_check(data, &model->config, NULL));
    const size_t outputs = model->config.outputs, classes = outputs == 1 ? 2 : outputs;
    struct rnni_batch batch;
    memset(counts, 0, classes * classes * sizeof *counts);
    for (uint32_t first = 0, next; first < data->samples; first = next) {
        RNNI_TRY(forward_chunk(model, workspace, data, cut, first, &batch));
        next = first + (uint32_t)batch.samples;
        for (size_t r = 0; r < batch.readouts; r++)
            for (size_t b = 0; b < batch.samples; b++) {
                if (batch.lengths && r >= batch.lengths[b]) continue;
                size_t target = (size_t)batch.y[r * batch.lanes + b];
                const rnn_real *logit = batch.logit + r * outputs * batch.lanes;
                counts[target * classes + rnni_class_of(logit, outputs, batch.lanes, b)]++;
            }
    }
    return RNN_OK;
}

enum rnn_status rnn_model_gradient(const struct rnn_model *model, struct rnn_workspace *workspace,
                                   const struct rnn_dataset *data, rnn_real *gradient, struct rnn_metrics *metrics)
{
    RNNI_TRY(check_data(model, workspace, data));
    if (!gradient) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_workspace_fits(workspace, model, data->timesteps, data->samples));
    struct rnni_sums sums = {0};
    struct rnni_batch batch;
    rnni_batch_carve(&model->config, data->timesteps, data->samples, workspace, &batch);
    RNNI_TRY(rnni_batch_gather(&model->config, &batch, data, NULL, 0));
    rnni_batch_gradient(model, &batch, &sums);
    memcpy(gradient, batch.gradient, rnn_parameter_count(&model->config) * sizeof *gradient);
    if (metrics) *metrics = metrics_of(&sums, (double)batch.terms, 0);
    return RNN_OK;
}
