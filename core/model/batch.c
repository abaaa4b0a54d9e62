/* A workspace, and what is done with a batch in it: gather, forward, backward, evaluate, predict. */
#include <string.h>

#include "../numeric/elementary.h"
#include "layout.h"

enum rnn_status rnn_workspace_size(const struct rnn_config *config, uint32_t batch_size, uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_config_check(config, NULL));
    RNN_TRY(rnn_range_check(RNN_BATCH_SIZE, batch_size));
    *bytes = rnn_batch_carve(config, config->timesteps, batch_size, NULL, NULL);
    return *bytes + rnn_model_carve(config, NULL, NULL) > RNN_MEMORY_LIMIT ? RNN_ERROR_TOO_LARGE : RNN_OK;
}

enum rnn_status rnn_workspace_init(void *block, size_t bytes, const struct rnn_config *config, uint32_t batch_size,
                                   struct rnn_workspace **workspace)
{
    uint64_t needed = 0;
    if (!block || !workspace) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_workspace_size(config, batch_size, &needed));
    if (bytes < needed || !rnn_aligned(block)) return RNN_ERROR_BLOCK;
    struct rnn_workspace *made = block;
    *made = (struct rnn_workspace){.magic = RNN_WORKSPACE_MAGIC,
                                   .units = config->units,
                                   .features = config->features,
                                   .timesteps = config->timesteps,
                                   .batch_size = batch_size};
    *workspace = made;
    return RNN_OK;
}

enum rnn_status rnn_workspace_fits(const struct rnn_workspace *workspace, const struct rnn_model *model,
                                   uint32_t timesteps, uint32_t samples)
{
    if (!workspace) return RNN_ERROR_ARGUMENT;
    if (!rnn_aligned(workspace) || workspace->magic != RNN_WORKSPACE_MAGIC) return RNN_ERROR_BLOCK;
    if (workspace->units != model->config.units || workspace->features != model->config.features ||
        workspace->timesteps < timesteps || workspace->batch_size < samples)
        return RNN_ERROR_SHAPE;
    return RNN_OK;
}

void rnn_batch_gather(struct rnn_batch *batch, const struct rnn_dataset *data, const uint32_t *order, uint32_t first)
{
    const size_t row = (size_t)data->timesteps * data->features, lanes = batch->lanes;
    for (size_t b = 0; b < lanes; b++) {
        size_t place = b < batch->samples ? b : batch->samples - 1;
        size_t sample = order ? order[place] : first + place;
        const rnn_real *from = data->x + sample * row;
        for (size_t i = 0; i < row; i++) batch->x[i * lanes + b] = from[i];
        batch->y[b] = data->y ? data->y[sample] : 0;
    }
}

void rnn_batch_forward(const struct rnn_model *model, struct rnn_batch *batch, size_t kept)
{
    struct rnn_simple_rnn recurrent = rnn_model_recurrent(model);
    struct rnn_dense readout = rnn_model_readout(model);
    rnn_simple_rnn_forward(&recurrent, batch->x, batch->h, batch->timesteps, batch->lanes, kept);
    rnn_dense_forward(&readout, batch->h + batch->timesteps % kept * recurrent.units * batch->lanes, batch->logit,
                      batch->lanes);
}

void rnn_batch_gradient(const struct rnn_model *model, struct rnn_batch *batch, struct rnn_sums *sums)
{
    const struct rnn_config *config = &model->config;
    struct rnn_simple_rnn recurrent = rnn_model_recurrent(model);
    struct rnn_dense readout = rnn_model_readout(model);
    rnn_batch_forward(model, batch, batch->timesteps + 1);
    rnn_binary_crossentropy(batch->logit, batch->y, batch->samples, batch->lanes, sums, batch->d_logit);
    rnn_dense_backward(&readout, batch->h + batch->timesteps * recurrent.units * batch->lanes, batch->d_logit, batch->d_h,
                       batch->lanes, rnn_gradient_readout(config, batch->gradient));
    rnn_simple_rnn_backward(&recurrent, batch->x, batch->h, batch->d_h, batch->d_z, batch->timesteps, batch->lanes,
                            rnn_gradient_recurrent(config, batch->gradient));
}

/* Data that only need x: the checks that every entry point shares. */
static enum rnn_status check_inputs(const struct rnn_model *model, const struct rnn_workspace *workspace,
                                    const struct rnn_dataset *data)
{
    RNN_TRY(rnn_model_valid(model));
    if (!data || !data->x) return RNN_ERROR_ARGUMENT;
    if (data->samples == 0) return RNN_ERROR_EMPTY;
    RNN_TRY(rnn_range_check(RNN_SAMPLES, data->samples));
    RNN_TRY(rnn_range_check(RNN_TIMESTEPS, data->timesteps));
    if (data->features != model->config.features) return RNN_ERROR_SHAPE;
    return rnn_workspace_fits(workspace, model, data->timesteps, 1);
}

/* The chunk of data that begins at `first`, gathered and run forward. */
static struct rnn_batch forward_chunk(const struct rnn_model *model, struct rnn_workspace *workspace,
                                      const struct rnn_dataset *data, uint32_t first)
{
    uint32_t left = data->samples - first;
    uint32_t samples = left < workspace->batch_size ? left : workspace->batch_size;
    struct rnn_batch batch;
    rnn_batch_carve(&model->config, data->timesteps, samples, workspace, &batch);
    rnn_batch_gather(&batch, data, NULL, first);
    rnn_batch_forward(model, &batch, 2);
    return batch;
}

enum rnn_status rnn_model_evaluate(const struct rnn_model *model, struct rnn_workspace *workspace,
                                   const struct rnn_dataset *data, struct rnn_figures *figures)
{
    RNN_TRY(check_inputs(model, workspace, data));
    if (!data->y || !figures) return RNN_ERROR_ARGUMENT;
    struct rnn_sums sums = {0};
    for (uint32_t first = 0; first < data->samples; first += workspace->batch_size) {
        struct rnn_batch batch = forward_chunk(model, workspace, data, first);
        rnn_binary_crossentropy(batch.logit, batch.y, batch.samples, batch.lanes, &sums, NULL);
    }
    *figures = (struct rnn_figures){sums.loss / data->samples, (double)sums.correct / data->samples};
    return RNN_OK;
}

enum rnn_status rnn_model_predict(const struct rnn_model *model, struct rnn_workspace *workspace,
                                  const struct rnn_dataset *data, rnn_real *probabilities)
{
    RNN_TRY(check_inputs(model, workspace, data));
    if (!probabilities) return RNN_ERROR_ARGUMENT;
    for (uint32_t first = 0; first < data->samples; first += workspace->batch_size) {
        struct rnn_batch batch = forward_chunk(model, workspace, data, first);
        for (size_t b = 0; b < batch.samples; b++) probabilities[first + b] = rnn_sigmoid(batch.logit[b]);
    }
    return RNN_OK;
}

enum rnn_status rnn_model_gradient(const struct rnn_model *model, struct rnn_workspace *workspace,
                                   const struct rnn_dataset *data, rnn_real *gradient, struct rnn_figures *figures)
{
    RNN_TRY(check_inputs(model, workspace, data));
    if (!data->y || !gradient) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_workspace_fits(workspace, model, data->timesteps, data->samples));
    struct rnn_sums sums = {0};
    struct rnn_batch batch;
    rnn_batch_carve(&model->config, data->timesteps, data->samples, workspace, &batch);
    rnn_batch_gather(&batch, data, NULL, 0);
    rnn_batch_gradient(model, &batch, &sums);
    memcpy(gradient, batch.gradient, rnn_parameter_count(&model->config) * sizeof *gradient);
    if (figures) *figures = (struct rnn_figures){sums.loss / data->samples, (double)sums.correct / data->samples};
    return RNN_OK;
}
