#include "carve.h"
#include "layout.h"

#include "../numeric/lanes.h"

/* c is allocated only for an LSTM. */
static struct rnni_layer_step carve_steps(struct rnni_carver *carver, const struct rnn_config *config, uint64_t states,
                                          uint64_t steps, uint64_t lanes)
{
    const enum rnn_cell cell = (enum rnn_cell)config->cell;
    const uint64_t state = config->units * lanes;
    struct rnni_layer_step steps_of_layer = {.h = rnni_carve_reals(carver, states * state)};
    steps_of_layer.c = rnni_carve_reals(carver, cell == RNN_LSTM ? states * state : 0);
    steps_of_layer.rows = rnni_carve_reals(carver, steps * rnni_cell_rows(cell) * state);
    return steps_of_layer;
}

uint64_t rnni_model_carve(const struct rnn_config *config, void *base, struct rnni_model_arrays *arrays)
{
    struct rnni_carver carver = {base, 0};
    const struct rnn_tensor last = rnni_tensor_place(config, 3 * config->layers + 2);
    const size_t parameters = last.offset + last.count;
    rnni_carve(&carver, sizeof(struct rnn_model));
    struct rnni_model_arrays a = {0};
    a.parameters = rnni_carve_reals(&carver, parameters);
    a.m = rnni_carve_reals(&carver, parameters);
    a.v = rnni_carve_reals(&carver, parameters);
    for (uint32_t i = 0; i < config->layers; i++) a.step[i] = carve_steps(&carver, config, 1, 1, RNNI_LANES);
    a.step_x = rnni_carve_reals(&carver, (uint64_t)config->features * RNNI_LANES);
    a.step_logit = rnni_carve_reals(&carver, (uint64_t)config->outputs * RNNI_LANES);
    a.step_prediction = rnni_carve_reals(&carver, (uint64_t)config->outputs * RNNI_LANES);
    if (arrays) *arrays = a;
    return carver.used;
}

struct rnni_model_arrays rnni_model_arrays_of(const struct rnn_model *model)
{
    struct rnni_model_arrays arrays;
    rnni_model_carve(&model->config, (void *)model, &arrays);
    return arrays;
}

static rnn_real *tensor_in(const struct rnn_config *config, uint32_t index, rnn_real *vector)
{
    return vector + rnni_tensor_place(config, index).offset;
}

struct rnni_recurrent_gradient rnni_gradient_layer(const struct rnn_config *config, uint32_t layer, rnn_real *gradient)
{
    return (struct rnni_recurrent_gradient){.kernel = tensor_in(config, 3 * layer, gradient),
                                            .recurrent_kernel = tensor_in(config, 3 * layer + 1, gradient),
                                            .bias = tensor_in(config, 3 * layer + 2, gradient)};
}

struct rnni_dense_gradient rnni_gradient_readout(const struct rnn_config *config, rnn_real *gradient)
{
    return (struct rnni_dense_gradient){.kernel = tensor_in(config, 3 * config->layers, gradient),
                                        .bias = tensor_in(config, 3 * config->layers + 2, gradient)};
}

struct rnni_recurrent rnni_model_layer(const struct rnn_model *model, uint32_t layer, rnn_real *parameters)
{
    const struct rnn_config *config = &model->config;
    struct rnni_recurrent_gradient at = rnni_gradient_layer(config, layer, parameters);
    return (struct rnni_recurrent){.cell = (enum rnn_cell)config->cell,
                                   .activation = (enum rnn_activation)config->activation,
                                   .units = config->units,
                                   .features = layer ? config->units : rnni_inputs(config),
                                   .states = config->cell == RNN_DENSE ? 0 : config->units,
                                   .kernel = at.kernel,
                                   .recurrent_kernel = at.recurrent_kernel,
                                   .bias = at.bias};
}

struct rnni_dense rnni_model_readout(const struct rnn_model *model, rnn_real *parameters)
{
    const struct rnn_config *config = &model->config;
    struct rnni_dense_gradient at = rnni_gradient_readout(config, parameters);
    return (struct rnni_dense){
        .units = config->units, .outputs = config->outputs, .kernel = at.kernel, .bias = at.bias};
}

/* One buffer serves both passes. Forward it holds the kernels of all layers; backward, the transposed kernels of one layer, or of
 * the readout. */
static uint64_t packed_count(const struct rnn_config *config)
{
    const enum rnn_cell cell = (enum rnn_cell)config->cell;
    const size_t units = config->units, width = rnni_cell_gates(cell) * units;
    const uint64_t upper = rnni_recurrent_packed_count(cell, units, units);
    const uint64_t forward =
        rnni_recurrent_packed_count(cell, units, rnni_inputs(config)) + (config->layers - 1) * upper;
    const uint64_t transposes = rnni_packed_count(units, width) * (config->layers > 1 ? 2 : 1);
    const uint64_t readout = rnni_packed_count(units, config->outputs);
    const uint64_t back = transposes > readout ? transposes : readout;
    return forward > back ? forward : back;
}

/* The arrays that both passes need. For the backward pass also its own arrays, and every state and time step instead of the latest. */
static uint64_t carve_batch(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, bool back,
                            void *base, struct rnni_batch *batch)
{
    struct rnni_carver carver = {base, 0};
    const uint64_t lanes = ((uint64_t)samples + 3) & ~(uint64_t)3, units = config->units;
    const uint64_t state = units * lanes, readouts = rnn_config_readouts(config, timesteps);
    const uint64_t steps = config->cell == RNN_DENSE ? 1 : timesteps; /* a dense layer reads all time steps at once */
    const uint64_t states = back ? steps + 1 : 2, rows = back ? steps : 1;
    const bool above = back && (config->layers > 1 || config->return_sequences);
    rnni_carve(&carver, sizeof(struct rnn_workspace));
    struct rnni_batch b = {.timesteps = (size_t)steps,
                           .samples = samples,
                           .lanes = (size_t)lanes,
                           .readouts = (size_t)readouts,
                           .stored_states = (size_t)states};
    b.y = rnni_carve_reals(&carver, readouts * lanes);
    b.logit = rnni_carve_reals(&carver, readouts * config->outputs * lanes);
    b.d_logit = rnni_carve_reals(&carver, readouts * config->outputs * lanes);
    b.lengths = rnni_carve(&carver, lanes * sizeof *b.lengths);
    b.zeros = rnni_carve_reals(&carver, state);
    b.packed = rnni_carve_reals(&carver, packed_count(config));
    b.gradient = rnni_carve_reals(&carver, back ? rnn_parameter_count(config) : 0);
    b.d_h = rnni_carve_reals(&carver, back ? state : 0);
    b.d_last = rnni_carve_reals(&carver, back ? state : 0);
    b.d_c = rnni_carve_reals(&carver, back && config->cell == RNN_LSTM ? state : 0);
    b.d_above = rnni_carve_reals(&carver, above ? steps * state : 0);
    b.scratch = rnni_carve_reals(&carver, back ? rnni_outer_scratch() : 0);
    b.x = rnni_carve_reals(&carver, (uint64_t)timesteps * config->features * lanes);
    for (uint32_t i = 0; i < config->layers; i++) b.layer[i] = carve_steps(&carver, config, states, rows, lanes);
    if (batch) *batch = b;
    return carver.used;
}

uint64_t rnni_batch_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                          struct rnni_batch *batch)
{
    return carve_batch(config, timesteps, samples, true, base, batch);
}

uint64_t rnni_forward_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                            struct rnni_batch *batch)
{
    return carve_batch(config, timesteps, samples, false, base, batch);
}
