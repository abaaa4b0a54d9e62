/* One sequence with every intermediate number, forward and backward, or one time step at a time. It runs as a batch of one through
 * the code of training, so every number is the same as in training. */
#include <math.h>
#include <string.h>

#include "../numeric/lanes.h"
#include "carve.h"
#include "layout.h"

/* Copies the first lane of a matrix (rows, lanes) of the batch. */
static void copy_lane(rnn_real *to, const rnn_real *from, size_t rows, size_t lanes)
{
    for (size_t i = 0; i < rows; i++) to[i] = from[i * lanes];
}

static enum rnn_status check_state(const struct rnn_model *model, const struct rnn_state *state)
{
    const size_t states = (size_t)model->config.layers * model->config.units;
    if (state->c && model->config.cell != RNN_LSTM) return RNN_ERROR_SHAPE;
    const bool finite =
        (!state->h || rnni_all_finite(state->h, states)) && (!state->c || rnni_all_finite(state->c, states));
    return finite ? RNN_OK : RNN_ERROR_DATA;
}

enum rnn_status rnn_model_step(struct rnn_model *model, const rnn_real *x, rnn_real *h, rnn_real *logit,
                               rnn_real *prediction)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!x) return RNN_ERROR_ARGUMENT;
    const struct rnn_config *config = &model->config;
    if (config->cell == RNN_DENSE) return RNN_ERROR_SHAPE;
    struct rnni_model_arrays arrays = rnni_model_arrays_of(model);
    if (!rnni_all_finite(x, config->features)) return RNN_ERROR_DATA;
    for (uint32_t f = 0; f < config->features; f++)
        rnni_quad_store(arrays.step_x + f * RNNI_LANES, rnni_quad_splat(x[f]));
    const rnn_real *input = arrays.step_x;
    for (uint32_t l = 0; l < config->layers; l++) {
        const struct rnni_recurrent layer = rnni_model_layer(model, l, arrays.parameters);
        const struct rnni_layer_step *state = &arrays.step[l];
        rnni_recurrent_preactivate(&layer, input, model->stepped ? state->h : NULL, state->rows, RNNI_LANES);
        rnni_recurrent_activate(&layer, state, state, RNNI_LANES);
        if (h) copy_lane(h + (size_t)l * config->units, state->h, config->units, RNNI_LANES);
        input = state->h;
    }
    model->stepped = 1;
    const struct rnni_dense readout = rnni_model_readout(model, arrays.parameters);
    rnni_dense_forward(&readout, input, arrays.step_logit, RNNI_LANES);
    rnni_predictions((enum rnn_loss)config->loss, arrays.step_logit, arrays.step_prediction, config->outputs,
                     RNNI_LANES);
    if (logit) copy_lane(logit, arrays.step_logit, config->outputs, RNNI_LANES);
    if (prediction) copy_lane(prediction, arrays.step_prediction, config->outputs, RNNI_LANES);
    return RNN_OK;
}

/* to: (U, 4), all lanes the same. from: (L, U), or NULL for zeros. */
static void set_state(rnn_real *to, const rnn_real *from, uint32_t layer, size_t units)
{
    for (size_t j = 0; to && j < units; j++)
        rnni_quad_store(to + j * RNNI_LANES, rnni_quad_splat(from ? from[layer * units + j] : 0));
}

enum rnn_status rnn_model_set_states(struct rnn_model *model, const struct rnn_state *state)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!state) return RNN_ERROR_ARGUMENT;
    if (model->config.cell == RNN_DENSE) return RNN_ERROR_SHAPE;
    RNNI_TRY(check_state(model, state));
    const struct rnni_model_arrays arrays = rnni_model_arrays_of(model);
    for (uint32_t l = 0; l < model->config.layers; l++) {
        set_state(arrays.step[l].h, state->h, l, model->config.units);
        set_state(arrays.step[l].c, state->c, l, model->config.units);
    }
    model->stepped = state->h != NULL;
    return RNN_OK;
}

enum rnn_status rnn_model_reset_states(struct rnn_model *model)
{
    return rnn_model_set_states(model, &(struct rnn_state){0});
}

/* The arrays of rnn_trace_layer, writable. */
struct layer_arrays {
    rnn_real *x, *z, *a, *q, *h, *c, *d_h, *d_c, *d_z, *d_q, *d_h_norm;
};

struct trace_arrays {
    rnn_real *y, *logit, *prediction;
    struct layer_arrays layer[RNN_LAYERS_MAXIMUM];
    void *workspace; /* for a batch of one */
};

static uint64_t carve(const struct rnn_config *config, uint32_t timesteps, void *base, struct trace_arrays *arrays)
{
    const enum rnn_cell cell = (enum rnn_cell)config->cell;
    const uint64_t steps = timesteps, units = config->units, width = rnni_cell_gates(cell) * units;
    const uint64_t cell_state = cell == RNN_LSTM ? units : 0, reset = cell == RNN_GRU ? units : 0;
    struct rnni_carver carver = {base, 0};
    struct trace_arrays a = {0};
    a.y = rnni_carve_reals(&carver, rnn_config_readouts(config, timesteps));
    a.logit = rnni_carve_reals(&carver, steps * config->outputs);
    a.prediction = rnni_carve_reals(&carver, steps * config->outputs);
    for (uint32_t l = 0; l < config->layers; l++) {
        struct layer_arrays *layer = &a.layer[l];
        layer->x = l ? (base ? a.layer[l - 1].h + units : NULL) : rnni_carve_reals(&carver, steps * config->features);
        layer->z = rnni_carve_reals(&carver, steps * width);
        layer->h = rnni_carve_reals(&carver, (steps + 1) * units);
        layer->a = cell == RNN_SIMPLE_RNN ? (base ? layer->h + units : NULL) : rnni_carve_reals(&carver, steps * width);
        layer->q = rnni_carve_reals(&carver, steps * reset);
        layer->c = rnni_carve_reals(&carver, (steps + 1) * cell_state);
        layer->d_h = rnni_carve_reals(&carver, steps * units);
        layer->d_c = rnni_carve_reals(&carver, steps * cell_state);
        layer->d_z = rnni_carve_reals(&carver, steps * width);
        layer->d_q = rnni_carve_reals(&carver, steps * reset);
        layer->d_h_norm = rnni_carve_reals(&carver, steps);
    }
    a.workspace = rnni_carve(&carver, rnni_batch_carve(config, timesteps, 1, NULL, NULL));
    if (arrays) *arrays = a;
    return carver.used;
}

enum rnn_status rnn_trace_size(const struct rnn_config *config, uint32_t timesteps, uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, timesteps));
    if (config->cell == RNN_DENSE) return RNN_ERROR_SHAPE;
    *bytes = carve(config, timesteps, NULL, NULL);
    return *bytes > RNN_MEMORY_LIMIT ? RNN_ERROR_TOO_LARGE : RNN_OK;
}

struct recorder {
    const struct rnn_model *model;
    struct rnni_batch batch;
    struct trace_arrays arrays;
};

static void record_sums(void *context, uint32_t l, size_t t, const struct rnni_layer_step *now)
{
    const struct recorder *recorder = context;
    const struct rnn_config *config = &recorder->model->config;
    const struct layer_arrays *layer = &recorder->arrays.layer[l];
    const size_t units = config->units, width = rnni_cell_gates((enum rnn_cell)config->cell) * units;
    rnn_real *z = layer->z + (t - 1) * width;
    if (config->cell != RNN_GRU) {
        copy_lane(z, now->rows, width, RNNI_LANES);
        return;
    }
    copy_lane(z, now->rows, 2 * units, RNNI_LANES);
    copy_lane(z + 2 * units, now->rows + 3 * units * RNNI_LANES, units, RNNI_LANES); /* so far only the input's part */
    copy_lane(layer->q + (t - 1) * units, now->rows + 2 * units * RNNI_LANES, units, RNNI_LANES);
}

static void record_gradients(void *context, uint32_t l, size_t t, const rnn_real *d_h, const rnn_real *d_c)
{
    const struct recorder *recorder = context;
    const struct layer_arrays *layer = &recorder->arrays.layer[l];
    const size_t units = recorder->model->config.units, at = (t - 1) * units;
    copy_lane(layer->d_h + at, d_h, units, RNNI_LANES);
    for (size_t j = 0; layer->d_c && j < units; j++)
        layer->d_c[at + j] = rnni_batch_d_c(recorder->model, &recorder->batch, l, t, d_h, d_c, j * RNNI_LANES);
    layer->d_h_norm[t - 1] = (rnn_real)rnn_norm(layer->d_h + at, units);
}

/* States and activated gates. They must be copied before the backward pass overwrites them. */
static void record_states(const struct recorder *recorder, const struct rnni_batch *batch)
{
    const struct rnn_config *config = &recorder->model->config;
    const size_t units = config->units, width = rnni_cell_gates((enum rnn_cell)config->cell) * units;
    for (uint32_t l = 0; l < config->layers; l++) {
        const struct layer_arrays *layer = &recorder->arrays.layer[l];
        for (size_t t = 0; t <= batch->timesteps; t++) {
            const struct rnni_layer_step step = rnni_batch_step(recorder->model, batch, l, t);
            copy_lane(layer->h + t * units, step.h, units, RNNI_LANES);
            if (layer->c) copy_lane(layer->c + t * units, step.c, units, RNNI_LANES);
            if (t == 0 || config->cell == RNN_SIMPLE_RNN) continue;
            rnn_real *a = layer->a + (t - 1) * width, *z = layer->z + (t - 1) * width;
            if (config->cell == RNN_LSTM) {
                copy_lane(a, step.rows, width, RNNI_LANES);
                continue;
            }
            copy_lane(a, step.rows, 2 * units, RNNI_LANES);
            copy_lane(a + 2 * units, step.rows + 3 * units * RNNI_LANES, units, RNNI_LANES);
            /* z of the candidate, which rnni_gru_activate computes but does not store */
            for (size_t j = 0; j < units; j++) z[2 * units + j] += a[units + j] * layer->q[(t - 1) * units + j];
        }
    }
}

static void record_deltas(const struct recorder *recorder, const struct rnni_batch *batch)
{
    const struct rnn_config *config = &recorder->model->config;
    const size_t units = config->units, width = rnni_cell_gates((enum rnn_cell)config->cell) * units;
    for (uint32_t l = 0; l < config->layers; l++) {
        const struct layer_arrays *layer = &recorder->arrays.layer[l];
        for (size_t t = 1; t <= batch->timesteps; t++) {
            const rnn_real *rows = rnni_batch_step(recorder->model, batch, l, t).rows;
            rnn_real *d_z = layer->d_z + (t - 1) * width;
            if (config->cell != RNN_GRU) {
                copy_lane(d_z, rows, width, RNNI_LANES);
                continue;
            }
            copy_lane(d_z, rows, 2 * units, RNNI_LANES);
            copy_lane(d_z + 2 * units, rows + 3 * units * RNNI_LANES, units, RNNI_LANES);
            copy_lane(layer->d_q + (t - 1) * units, rows + 2 * units * RNNI_LANES, units, RNNI_LANES);
        }
    }
}

/* Applies the readout at every time step, even those without a target in training. */
static void record_readouts(const struct recorder *recorder, const struct rnni_batch *batch)
{
    const struct rnn_config *config = &recorder->model->config;
    const struct rnni_dense readout = recorder->batch.readout;
    rnn_real *logit = batch->d_logit; /* free until the loss is computed */
    for (size_t t = 1; t <= batch->timesteps; t++) {
        const size_t at = (t - 1) * config->outputs;
        rnni_dense_forward(&readout, rnni_batch_step(recorder->model, batch, config->layers - 1, t).h, logit,
                           RNNI_LANES);
        copy_lane(recorder->arrays.logit + at, logit, config->outputs, RNNI_LANES);
        rnni_predictions((enum rnn_loss)config->loss, logit, logit, config->outputs, RNNI_LANES);
        copy_lane(recorder->arrays.prediction + at, logit, config->outputs, RNNI_LANES);
    }
}

static enum rnn_status check_sequence(const struct rnn_model *model, const rnn_real *x, uint32_t timesteps,
                                      const rnn_real *y, const struct rnn_cut *cut, const struct rnn_state *first)
{
    RNNI_TRY(rnni_cut_check(cut, &model->config, timesteps));
    if (first) RNNI_TRY(check_state(model, first));
    const struct rnn_dataset data = {.x = x,
                                     .y = y ? y : x, /* a placeholder: without y only x is used */
                                     .samples = 1,
                                     .timesteps = timesteps,
                                     .features = model->config.features,
                                     .readouts = rnn_config_readouts(&model->config, timesteps)};
    struct rnn_config config = model->config;
    if (!y) config.loss = RNN_MEAN_SQUARED_ERROR; /* this loss accepts any finite number as a target */
    return rnn_dataset_check(&data, &config, NULL);
}

static void set_nan(rnn_real *values, size_t count)
{
    for (size_t i = 0; values && i < count; i++) values[i] = NAN;
}

/* Without targets there are no loss and no gradients. */
static void set_gradients_nan(const struct recorder *recorder, size_t timesteps)
{
    const struct rnn_config *config = &recorder->model->config;
    const size_t states = timesteps * config->units, width = rnni_cell_gates((enum rnn_cell)config->cell);
    for (uint32_t l = 0; l < config->layers; l++) {
        const struct layer_arrays *layer = &recorder->arrays.layer[l];
        set_nan(layer->d_h, states);
        set_nan(layer->d_c, states);
        set_nan(layer->d_z, states * width);
        set_nan(layer->d_q, states);
        set_nan(layer->d_h_norm, timesteps);
    }
}

static enum rnn_status run(struct recorder *recorder, const struct rnn_dataset *data, struct rnn_trace *trace)
{
    const struct rnn_model *model = recorder->model;
    const struct rnn_config *config = &model->config;
    const struct trace_arrays *arrays = &recorder->arrays;
    const struct rnni_hooks hooks = {record_sums, record_gradients, recorder};
    struct rnni_batch *batch = &recorder->batch;
    struct rnni_sums sums = {0};
    const rnn_real *x = data->x, *y = data->y;
    const uint32_t timesteps = data->timesteps;
    rnni_batch_carve(config, timesteps, 1, arrays->workspace, batch);
    batch->cut = trace->cut;
    RNNI_TRY(rnni_batch_gather(config, batch, data, NULL, 0));
    rnni_batch_forward(model, batch, &hooks);
    record_states(recorder, batch);
    record_readouts(recorder, batch);
    rnni_batch_loss(model, batch, &sums, true);
    if (y) {
        rnni_batch_backward(model, batch, &hooks);
        record_deltas(recorder, batch);
    } else {
        set_gradients_nan(recorder, timesteps);
    }
    memcpy(arrays->layer[0].x, x, (size_t)timesteps * config->features * sizeof *x);
    if (y)
        memcpy(arrays->y, y, batch->readouts * sizeof *y);
    else
        set_nan(arrays->y, batch->readouts);
    trace->readouts = (uint32_t)batch->readouts;
    trace->loss = y ? (rnn_real)(sums.loss / (double)batch->readouts) : (rnn_real)NAN;
    return RNN_OK;
}

enum rnn_status rnn_trace_run(const struct rnn_model *model, const rnn_real *x, uint32_t timesteps, const rnn_real *y,
                              const struct rnn_cut *cut, const struct rnn_state *first, void *block, uint64_t bytes,
                              struct rnn_trace *trace)
{
    uint64_t needed = 0;
    if (!x || !block || !trace) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_model_valid(model));
    RNNI_TRY(rnn_trace_size(&model->config, timesteps, &needed));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    RNNI_TRY(check_sequence(model, x, timesteps, y, cut, first));
    const struct rnn_config *config = &model->config;
    struct recorder recorder = {.model = model};
    struct trace_arrays *arrays = &recorder.arrays;
    carve(config, timesteps, block, arrays);
    struct rnn_trace made = {.timesteps = timesteps,
                             .layers = config->layers,
                             .outputs = config->outputs,
                             .y = arrays->y,
                             .logit = arrays->logit,
                             .prediction = arrays->prediction};
    struct rnn_dataset data = {.x = x, .y = y, .samples = 1, .timesteps = timesteps, .features = config->features};
    if (cut) made.cut = *cut;
    if (first) data.first = *first;
    made.first_state = data.first.h != NULL;
    RNNI_TRY(run(&recorder, &data, &made));
    for (uint32_t l = 0; l < config->layers; l++) {
        const struct layer_arrays *from = &arrays->layer[l];
        made.layer[l] = (struct rnn_trace_layer){.features = l ? config->units : config->features,
                                                 .units = config->units,
                                                 .gates = (uint32_t)rnni_cell_gates((enum rnn_cell)config->cell),
                                                 .x = from->x,
                                                 .z = from->z,
                                                 .a = from->a,
                                                 .q = from->q,
                                                 .h = from->h,
                                                 .c = from->c,
                                                 .d_h = from->d_h,
                                                 .d_c = from->d_c,
                                                 .d_z = from->d_z,
                                                 .d_q = from->d_q,
                                                 .d_h_norm = from->d_h_norm};
    }
    *trace = made;
    return RNN_OK;
}

/* out = aᵀ b, where out is (rows, columns) with rows `stride` numbers apart. NULL stands for zeros. */
static void outer(rnn_real *out, size_t stride, const rnn_real *a, size_t rows, const rnn_real *b, size_t columns)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) out[i * stride + j] = a ? a[i] * b[j] : 0;
}

enum rnn_status rnn_trace_contribution(const struct rnn_trace *trace, uint32_t layer, uint32_t t, rnn_real *d_kernel,
                                       rnn_real *d_recurrent_kernel, rnn_real *d_bias)
{
    if (!trace || layer >= trace->layers || t < 1 || t > trace->timesteps) return RNN_ERROR_ARGUMENT;
    const struct rnn_trace_layer *from = &trace->layer[layer];
    const size_t units = from->units, features = from->features, width = from->gates * units;
    const size_t shared = from->d_q ? 2 * units : width; /* the columns whose deltas are the same for both kernels */
    const rnn_real *d_z = from->d_z + (t - 1) * width, *d_q = from->d_q ? from->d_q + (t - 1) * units : NULL;
    /* a state that was cut off contributes nothing */
    const bool receives_state = !trace->cut.without_recurrence && t != trace->cut.reset_before;
    const rnn_real *h = receives_state ? from->h + (t - 1) * units : NULL;
    if (d_kernel) outer(d_kernel, width, from->x + (t - 1) * features, features, d_z, width);
    if (d_recurrent_kernel) {
        outer(d_recurrent_kernel, width, h, units, d_z, shared);
        if (d_q) outer(d_recurrent_kernel + shared, width, h, units, d_q, units);
        for (size_t i = 0; i < units * width; i++)
            if (!rnni_keeps(trace->cut.kept, i / width, i % width, units)) d_recurrent_kernel[i] = 0;
    }
    if (d_bias) {
        memcpy(d_bias, d_z, width * sizeof *d_bias);
        if (d_q) {
            memcpy(d_bias + width, d_z, shared * sizeof *d_bias);
            memcpy(d_bias + width + shared, d_q, units * sizeof *d_bias);
        }
    }
    return RNN_OK;
}
