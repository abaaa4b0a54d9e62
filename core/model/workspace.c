/* Creates a workspace, checks it, and fills it with a batch. */
#include "layout.h"

enum rnn_status rnn_workspace_size(const struct rnn_config *config, uint32_t batch_size, uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(rnn_range_check(RNN_BATCH_SIZE, batch_size));
    *bytes = rnni_batch_carve(config, config->timesteps, batch_size, NULL, NULL);
    return *bytes + rnni_model_carve(config, NULL, NULL) > RNN_MEMORY_LIMIT ? RNN_ERROR_TOO_LARGE : RNN_OK;
}

enum rnn_status rnn_workspace_init(void *block, uint64_t bytes, const struct rnn_config *config, uint32_t batch_size,
                                   struct rnn_workspace **workspace)
{
    uint64_t needed = 0;
    if (!block || !workspace) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_workspace_size(config, batch_size, &needed));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    struct rnn_workspace *made = block;
    *made = (struct rnn_workspace){.magic = RNNI_WORKSPACE_MAGIC, .batch_size = batch_size, .config = *config};
    *workspace = made;
    return RNN_OK;
}

enum rnn_status rnni_workspace_fits(const struct rnn_workspace *workspace, const struct rnn_model *model,
                                    uint32_t timesteps, uint32_t samples)
{
    if (!workspace) return RNN_ERROR_ARGUMENT;
    if (!rnni_aligned(workspace) || workspace->magic != RNNI_WORKSPACE_MAGIC) return RNN_ERROR_BLOCK;
    const struct rnn_config *made = &workspace->config, *here = &model->config;
    if (made->cell != here->cell || made->layers != here->layers || made->units != here->units ||
        made->features != here->features || made->outputs != here->outputs ||
        made->return_sequences != here->return_sequences || made->timesteps < timesteps ||
        workspace->batch_size < samples)
        return RNN_ERROR_SHAPE;
    return RNN_OK;
}

enum rnn_status rnni_batch_gather(const struct rnn_config *config, struct rnni_batch *batch,
                                  const struct rnn_dataset *data, const uint32_t *order, uint32_t first)
{
    const size_t row = (size_t)data->timesteps * data->features, lanes = batch->lanes, readouts = batch->readouts;
    for (size_t b = 0; b < lanes; b++) {
        size_t place = b < batch->samples ? b : batch->samples - 1;
        size_t sample = order ? order[place] : first + place;
        const rnn_real *from = data->x + sample * row;
        for (size_t i = 0; i < row; i++) batch->x[i * lanes + b] = from[i];
        for (size_t r = 0; r < readouts; r++) batch->y[r * lanes + b] = data->y ? data->y[sample * readouts + r] : 0;
    }
    const bool hold =
        !data->y || rnni_targets_valid((enum rnn_loss)config->loss, config->outputs, batch->y, readouts * lanes);
    return hold ? RNN_OK : RNN_ERROR_DATA;
}
