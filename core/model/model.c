/* A model's block: made, read, changed, copied. */
#include <math.h>
#include <string.h>

#include "../layers/initializers.h"
#include "layout.h"

enum rnn_status rnn_model_size(const struct rnn_config *config, size_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_config_check(config, NULL));
    *bytes = (size_t)rnn_model_carve(config, NULL, NULL);
    return RNN_OK;
}

static void draw_weights(struct rnn_model *model)
{
    const struct rnn_config *config = &model->config;
    rnn_real *parameters = rnn_model_arrays_of(model).parameters;
    struct rnn_simple_rnn_gradient recurrent = rnn_gradient_recurrent(config, parameters);
    struct rnn_dense_gradient readout = rnn_gradient_readout(config, parameters);
    uint32_t units = config->units, features = config->features;
    /* a stream of its own for each tensor, named by its index: biases are zero already */
    struct rnn_random random = rnn_random_start(config->seed, RNN_STREAM_WEIGHTS, 0);
    rnn_glorot_uniform(&random, recurrent.kernel, (size_t)features * units, features, units);
    random = rnn_random_start(config->seed, RNN_STREAM_WEIGHTS, 1);
    rnn_orthogonal(&random, recurrent.recurrent_kernel, units, units);
    random = rnn_random_start(config->seed, RNN_STREAM_WEIGHTS, 3);
    rnn_glorot_uniform(&random, readout.kernel, units, units, 1);
}

enum rnn_status rnn_model_init(void *block, size_t bytes, const struct rnn_config *config, struct rnn_model **model)
{
    size_t needed = 0;
    if (!block || !model) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_model_size(config, &needed));
    if (bytes < needed || !rnn_aligned(block)) return RNN_ERROR_BLOCK;
    memset(block, 0, needed); /* padding too: a snapshot is a copy of bytes */
    struct rnn_model *made = block;
    made->magic = RNN_MODEL_MAGIC;
    made->config = *config;
    made->optimizer = rnn_optimizer_default();
    made->beta_1_power = made->beta_2_power = 1;
    draw_weights(made);
    *model = made;
    return RNN_OK;
}

enum rnn_status rnn_model_valid(const struct rnn_model *model)
{
    if (!model) return RNN_ERROR_ARGUMENT;
    if (!rnn_aligned(model) || model->magic != RNN_MODEL_MAGIC) return RNN_ERROR_BLOCK;
    return RNN_OK;
}

const struct rnn_config *rnn_model_config(const struct rnn_model *model)
{
    return &model->config;
}

const struct rnn_optimizer *rnn_model_optimizer(const struct rnn_model *model)
{
    return &model->optimizer;
}

enum rnn_status rnn_model_compile(struct rnn_model *model, const struct rnn_optimizer *optimizer)
{
    RNN_TRY(rnn_model_valid(model));
    if (!optimizer) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_range_check(RNN_LEARNING_RATE, optimizer->learning_rate));
    if (!(optimizer->beta_1 >= 0 && optimizer->beta_1 < 1 && optimizer->beta_2 >= 0 && optimizer->beta_2 < 1 &&
          optimizer->epsilon >= 0 && isfinite(optimizer->epsilon)))
        return RNN_ERROR_RANGE;
    struct rnn_model_arrays arrays = rnn_model_arrays_of(model);
    size_t count = rnn_parameter_count(&model->config);
    model->optimizer = *optimizer;
    model->beta_1_power = model->beta_2_power = 1;
    memset(arrays.m, 0, count * sizeof *arrays.m);
    memset(arrays.v, 0, count * sizeof *arrays.v);
    return RNN_OK;
}

enum rnn_status rnn_model_set_learning_rate(struct rnn_model *model, double learning_rate)
{
    RNN_TRY(rnn_model_valid(model));
    RNN_TRY(rnn_range_check(RNN_LEARNING_RATE, learning_rate));
    model->optimizer.learning_rate = learning_rate;
    return RNN_OK;
}

const rnn_real *rnn_model_parameters(const struct rnn_model *model)
{
    return rnn_model_arrays_of(model).parameters;
}

enum rnn_status rnn_model_set_parameters(struct rnn_model *model, const rnn_real *parameters, size_t count)
{
    RNN_TRY(rnn_model_valid(model));
    if (!parameters) return RNN_ERROR_ARGUMENT;
    if (count != rnn_parameter_count(&model->config)) return RNN_ERROR_SHAPE;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(parameters[i])) return RNN_ERROR_DATA;
    memcpy(rnn_model_arrays_of(model).parameters, parameters, count * sizeof *parameters);
    return RNN_OK;
}

struct rnn_counters rnn_model_counters(const struct rnn_model *model)
{
    return (struct rnn_counters){model->updates, model->epochs, model->position};
}

enum rnn_status rnn_model_snapshot(const struct rnn_model *model, void *snapshot, size_t bytes)
{
    RNN_TRY(rnn_model_valid(model));
    if (!snapshot) return RNN_ERROR_ARGUMENT;
    if (bytes != rnn_model_carve(&model->config, NULL, NULL)) return RNN_ERROR_BLOCK;
    memcpy(snapshot, model, bytes);
    return RNN_OK;
}

enum rnn_status rnn_model_restore(struct rnn_model *model, const void *snapshot, size_t bytes)
{
    RNN_TRY(rnn_model_valid(model));
    if (!snapshot) return RNN_ERROR_ARGUMENT;
    if (bytes != rnn_model_carve(&model->config, NULL, NULL)) return RNN_ERROR_BLOCK;
    struct rnn_model header; /* the snapshot need not be aligned */
    memcpy(&header, snapshot, sizeof header);
    if (header.magic != RNN_MODEL_MAGIC) return RNN_ERROR_BLOCK;
    if (memcmp(&header.config, &model->config, sizeof header.config) != 0) return RNN_ERROR_SHAPE;
    memcpy(model, snapshot, bytes);
    return RNN_OK;
}
