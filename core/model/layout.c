#include "layout.h"

#include "../numeric/lanes.h"

/* Hands out pieces of a block, or only counts them when there is none. */
struct carver {
    char *base;
    uint64_t used;
};

static void *take(struct carver *carver, uint64_t bytes)
{
    void *piece = carver->base ? carver->base + carver->used : NULL;
    carver->used += (bytes + (RNN_ALIGNMENT - 1)) & ~(uint64_t)(RNN_ALIGNMENT - 1);
    return piece;
}

static rnn_real *take_reals(struct carver *carver, uint64_t count)
{
    return take(carver, count * sizeof(rnn_real));
}

/* c: the LSTM's alone. */
static struct rnn_moment take_moments(struct carver *carver, const struct rnn_config *config, uint64_t states,
                                      uint64_t steps, uint64_t lanes)
{
    const enum rnn_cell cell = (enum rnn_cell)config->cell;
    const uint64_t state = config->units * lanes;
    struct rnn_moment moments = {.h = take_reals(carver, states * state)};
    moments.c = take_reals(carver, cell == RNN_LSTM ? states * state : 0);
    moments.rows = take_reals(carver, steps * rnn_cell_rows(cell) * state);
    return moments;
}

uint64_t rnn_model_carve(const struct rnn_config *config, void *base, struct rnn_model_arrays *arrays)
{
    struct carver carver = {base, 0};
    const struct rnn_tensor last = rnn_tensor_place(config, 3 * config->layers + 1);
    const size_t parameters = last.offset + last.count;
    take(&carver, sizeof(struct rnn_model));
    struct rnn_model_arrays a = {0};
    a.parameters = take_reals(&carver, parameters);
    a.m = take_reals(&carver, parameters);
    a.v = take_reals(&carver, parameters);
    for (uint32_t i = 0; i < config->layers; i++) a.step[i] = take_moments(&carver, config, 1, 1, RNN_LANES);
    a.step_x = take_reals(&carver, (uint64_t)config->features * RNN_LANES);
    a.step_logit = take_reals(&carver, (uint64_t)config->outputs * RNN_LANES);
    a.step_prediction = take_reals(&carver, (uint64_t)config->outputs * RNN_LANES);
    if (arrays) *arrays = a;
    return carver.used;
}

struct rnn_model_arrays rnn_model_arrays_of(const struct rnn_model *model)
{
    struct rnn_model_arrays arrays;
    rnn_model_carve(&model->config, (void *)model, &arrays);
    return arrays;
}

static rnn_real *tensor_in(const struct rnn_config *config, uint32_t index, rnn_real *vector)
{
    return vector + rnn_tensor_place(config, index).offset;
}

struct rnn_recurrent_gradient rnn_gradient_layer(const struct rnn_config *config, uint32_t layer, rnn_real *gradient)
{
    return (struct rnn_recurrent_gradient){.kernel = tensor_in(config, 3 * layer, gradient),
                                           .recurrent_kernel = tensor_in(config, 3 * layer + 1, gradient),
                                           .bias = tensor_in(config, 3 * layer + 2, gradient)};
}

struct rnn_dense_gradient rnn_gradient_readout(const struct rnn_config *config, rnn_real *gradient)
{
    return (struct rnn_dense_gradient){.kernel = tensor_in(config, 3 * config->layers, gradient),
                                       .bias = tensor_in(config, 3 * config->layers + 1, gradient)};
}

struct rnn_recurrent rnn_model_layer(const struct rnn_model *model, uint32_t layer)
{
    const struct rnn_config *config = &model->config;
    struct rnn_recurrent_gradient at = rnn_gradient_layer(config, layer, rnn_model_arrays_of(model).parameters);
    return (struct rnn_recurrent){.cell = (enum rnn_cell)config->cell,
                                  .activation = (enum rnn_activation)config->activation,
                                  .units = config->units,
                                  .features = layer ? config->units : config->features,
                                  .kernel = at.kernel,
                                  .recurrent_kernel = at.recurrent_kernel,
                                  .bias = at.bias};
}

struct rnn_dense rnn_model_readout(const struct rnn_model *model)
{
    const struct rnn_config *config = &model->config;
    struct rnn_dense_gradient at = rnn_gradient_readout(config, rnn_model_arrays_of(model).parameters);
    return (struct rnn_dense){
        .units = config->units, .outputs = config->outputs, .kernel = at.kernel, .bias = at.bias};
}

/* The kernels of all layers on the way forward; on the way back the transposes of one layer's, or of the readout's. */
static uint64_t packed_count(const struct rnn_config *config)
{
    const enum rnn_cell cell = (enum rnn_cell)config->cell;
    const size_t units = config->units, width = rnn_cell_gates(cell) * units;
    const uint64_t upper = rnn_recurrent_packed_count(cell, units, units);
    const uint64_t forward = rnn_recurrent_packed_count(cell, units, config->features) + (config->layers - 1) * upper;
    const uint64_t transposes = rnn_packed_count(units, width) * (config->layers > 1 ? 2 : 1);
    const uint64_t readout = rnn_packed_count(units, config->outputs);
    const uint64_t back = transposes > readout ? transposes : readout;
    return forward > back ? forward : back;
}

uint64_t rnn_batch_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                         struct rnn_batch *batch)
{
    struct carver carver = {base, 0};
    const uint64_t lanes = ((uint64_t)samples + 3) & ~(uint64_t)3, units = config->units;
    const uint64_t state = units * lanes, readouts = rnn_config_readouts(config, timesteps);
    const bool above = config->layers > 1 || config->return_sequences;
    take(&carver, sizeof(struct rnn_workspace));
    struct rnn_batch b = {.timesteps = timesteps,
                          .samples = samples,
                          .lanes = (size_t)lanes,
                          .readouts = (size_t)readouts,
                          .kept = (size_t)timesteps + 1};
    b.gradient = take_reals(&carver, rnn_parameter_count(config));
    b.y = take_reals(&carver, readouts * lanes);
    b.logit = take_reals(&carver, readouts * config->outputs * lanes);
    b.d_logit = take_reals(&carver, readouts * config->outputs * lanes);
    b.d_h = take_reals(&carver, state);
    b.d_c = take_reals(&carver, config->cell == RNN_LSTM ? state : 0);
    b.d_above = take_reals(&carver, above ? timesteps * state : 0);
    if (!above) b.d_above = NULL;
    b.packed = take_reals(&carver, packed_count(config));
    b.scratch = take_reals(&carver, rnn_outer_scratch());
    b.x = take_reals(&carver, (uint64_t)timesteps * config->features * lanes);
    for (uint32_t i = 0; i < config->layers; i++)
        b.layer[i] = take_moments(&carver, config, (uint64_t)timesteps + 1, timesteps, lanes);
    if (batch) *batch = b;
    return carver.used;
}
