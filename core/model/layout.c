#include "layout.h"

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

uint64_t rnn_model_carve(const struct rnn_config *config, void *base, struct rnn_model_arrays *arrays)
{
    struct carver carver = {base, 0};
    size_t parameters = rnn_parameter_count(config);
    take(&carver, sizeof(struct rnn_model));
    struct rnn_model_arrays a;
    a.parameters = take_reals(&carver, parameters);
    a.m = take_reals(&carver, parameters);
    a.v = take_reals(&carver, parameters);
    a.h = take_reals(&carver, config->units);
    a.z = take_reals(&carver, config->units);
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
    struct rnn_tensor tensor = {0};
    rnn_tensor_of(config, index, &tensor);
    return vector + tensor.offset;
}

struct rnn_simple_rnn_gradient rnn_gradient_recurrent(const struct rnn_config *config, rnn_real *gradient)
{
    return (struct rnn_simple_rnn_gradient){.kernel = tensor_in(config, 0, gradient),
                                            .recurrent_kernel = tensor_in(config, 1, gradient),
                                            .bias = tensor_in(config, 2, gradient)};
}

struct rnn_dense_gradient rnn_gradient_readout(const struct rnn_config *config, rnn_real *gradient)
{
    return (struct rnn_dense_gradient){.kernel = tensor_in(config, 3, gradient), .bias = tensor_in(config, 4, gradient)};
}

struct rnn_simple_rnn rnn_model_recurrent(const struct rnn_model *model)
{
    const struct rnn_config *config = &model->config;
    struct rnn_simple_rnn_gradient at = rnn_gradient_recurrent(config, rnn_model_arrays_of(model).parameters);
    return (struct rnn_simple_rnn){.activation = (enum rnn_activation)config->activation,
                                   .units = config->units,
                                   .features = config->features,
                                   .kernel = at.kernel,
                                   .recurrent_kernel = at.recurrent_kernel,
                                   .bias = at.bias};
}

struct rnn_dense rnn_model_readout(const struct rnn_model *model)
{
    struct rnn_dense_gradient at = rnn_gradient_readout(&model->config, rnn_model_arrays_of(model).parameters);
    return (struct rnn_dense){.units = model->config.units, .kernel = at.kernel, .bias = at.bias};
}

uint64_t rnn_batch_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                         struct rnn_batch *batch)
{
    struct carver carver = {base, 0};
    uint64_t lanes = ((uint64_t)samples + 3) & ~(uint64_t)3;
    uint64_t state = config->units * lanes;
    take(&carver, sizeof(struct rnn_workspace));
    struct rnn_batch b = {.timesteps = timesteps, .samples = samples, .lanes = (size_t)lanes};
    b.gradient = take_reals(&carver, rnn_parameter_count(config));
    b.y = take_reals(&carver, lanes);
    b.logit = take_reals(&carver, lanes);
    b.d_logit = take_reals(&carver, lanes);
    b.d_h = take_reals(&carver, state);
    b.x = take_reals(&carver, (uint64_t)timesteps * config->features * lanes);
    b.h = take_reals(&carver, ((uint64_t)timesteps + 1) * state);
    b.d_z = take_reals(&carver, (uint64_t)timesteps * state);
    if (batch) *batch = b;
    return carver.used;
}
