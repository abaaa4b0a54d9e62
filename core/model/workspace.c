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

enum rnn_status rnni_cut_check(const struct rnn_cut *cut, const struct rnn_config *config, uint32_t timesteps)
{
    const uint32_t recurrent = config->cell != RNN_DENSE; /* a dense network has nothing to cut */
    const bool valid = !cut || (cut->without_recurrence <= recurrent && cut->reset_before <= recurrent * timesteps &&
                                cut->kept <= recurrent * RNN_KEEP_OFF_DIAGONAL);
    return valid ? RNN_OK : RNN_ERROR_ARGUMENT;
}

size_t rnni_terms(const struct rnn_dataset *data, size_t readouts, const uint32_t *order, size_t first, size_t count)
{
    if (!data->lengths || readouts == 1) return count * readouts;
    size_t terms = 0;
    for (size_t i = 0; i < count; i++) terms += data->lengths[order ? order[i] : first + i];
    return terms;
}

/* to: (U, lanes). from: one layer's state of the samples, `stride` numbers apart, or NULL for zeros. */
static void gather_state(rnn_real *to, const rnn_real *from, size_t units, size_t stride, size_t lanes, size_t sample,
                         size_t lane)
{
    for (size_t j = 0; to && j < units; j++) to[j * lanes + lane] = from ? from[sample * stride + j] : 0;
}

enum rnn_status rnni_batch_gather(const struct rnn_config *config, struct rnni_batch *batch,
                                  const struct rnn_dataset *data, const uint32_t *order, uint32_t first)
{
    const size_t features = data->features, row = data->timesteps * features, units = config->units;
    const size_t lanes = batch->lanes, readouts = batch->readouts, stride = config->layers * units;
    const struct rnn_state *state = &data->first;
    bool valid = true;
    if (!data->lengths) batch->lengths = NULL;
    batch->first_state = state->h != NULL;
    for (size_t b = 0; b < lanes; b++) {
        const size_t place = b < batch->samples ? b : batch->samples - 1;
        const size_t sample = order ? order[place] : first + place;
        const rnn_real *from = data->x + sample * row;
        const size_t steps = data->lengths ? data->lengths[sample] : data->timesteps;
        valid = valid && steps - 1 < data->timesteps;
        if (!valid) break;
        if (batch->lengths) batch->lengths[b] = (uint32_t)steps;
        for (size_t i = 0; i < steps * features; i++) batch->x[i * lanes + b] = from[i];
        for (size_t i = steps * features; i < row; i++) batch->x[i * lanes + b] = 0;
        for (size_t r = 0; r < readouts; r++)
            batch->y[r * lanes + b] = data->y && r < steps ? data->y[sample * readouts + r] : 0;
        for (size_t l = 0; (state->h || state->c) && l < config->layers; l++) {
            gather_state(batch->layer[l].h, state->h ? state->h + l * units : NULL, units, stride, lanes, sample, b);
            gather_state(batch->layer[l].c, state->c ? state->c + l * units : NULL, units, stride, lanes, sample, b);
        }
    }
    for (size_t l = 0; !state->h && !state->c && l < config->layers; l++) {
        memset(batch->layer[l].h, 0, units * lanes * sizeof(rnn_real));
        if (batch->layer[l].c) memset(batch->layer[l].c, 0, units * lanes * sizeof(rnn_real));
    }
    if (!valid) return RNN_ERROR_DATA;
    batch->terms = rnni_terms(data, readouts, order, first, batch->samples);
    const bool hold =
        !data->y || rnni_targets_valid((enum rnn_loss)config->loss, config->outputs, batch->y, readouts * lanes);
    return hold ? RNN_OK : RNN_ERROR_DATA;
}
