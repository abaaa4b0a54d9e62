/* Creates, reads, changes and copies a model's block. */
#include <float.h>
#include <string.h>

#include "../layers/initializers.h"
#include "layout.h"

enum rnn_status rnn_model_size(const struct rnn_config *config, uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    *bytes = rnni_model_carve(config, NULL, NULL);
    return RNN_OK;
}

/* Each tensor has its own random stream, numbered by its index. */
static void draw_matrix(struct rnn_model *model, uint32_t index, enum rnn_initializer initializer, double gain)
{
    struct rnn_tensor tensor = rnni_tensor_place(&model->config, index);
    struct rnni_random random = rnni_random_start(model->config.seed, RNNI_STREAM_WEIGHTS, index);
    rnn_real *weights = rnni_model_arrays_of(model).parameters + tensor.offset;
    rnni_initialize(initializer, &random, weights, tensor.rows, tensor.columns);
    if (gain == 1) return;
    for (size_t i = 0; i < tensor.count; i++) weights[i] *= (rnn_real)gain;
}

/* Biases are already zero, except for an LSTM's forget gate, which begins at 1. */
static void draw_weights(struct rnn_model *model)
{
    const struct rnn_config *config = &model->config;
    for (uint32_t layer = 0; layer < config->layers; layer++) {
        draw_matrix(model, 3 * layer, (enum rnn_initializer)config->kernel_initializer, 1);
        draw_matrix(model, 3 * layer + 1, (enum rnn_initializer)config->recurrent_initializer, config->recurrent_gain);
        if (config->cell != RNN_LSTM) continue;
        rnn_real *forget =
            rnni_gradient_layer(config, layer, rnni_model_arrays_of(model).parameters).bias + config->units;
        for (uint32_t j = 0; j < config->units; j++) forget[j] = 1; /* Jozefowicz, Zaremba & Sutskever 2015 */
    }
    draw_matrix(model, 3 * config->layers, RNN_GLOROT_UNIFORM, 1);
}

enum rnn_status rnn_model_init(void *block, uint64_t bytes, const struct rnn_config *config, struct rnn_model **model)
{
    uint64_t needed = 0;
    if (!block || !model) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_model_size(config, &needed));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    const struct rnn_config copy = *config; /* a copy, because config may lie in this block, which is overwritten */
    memset(block, 0, (size_t)needed);       /* clears the padding as well, because a snapshot is a copy of all bytes */
    struct rnn_model *made = block;
    made->magic = RNNI_MODEL_MAGIC;
    made->config = copy;
    made->optimizer = rnn_optimizer_default();
    made->beta_1_power = made->beta_2_power = 1;
    draw_weights(made);
    *model = made;
    return RNN_OK;
}

enum rnn_status rnni_model_valid(const struct rnn_model *model)
{
    if (!model) return RNN_ERROR_ARGUMENT;
    if (!rnni_aligned(model) || model->magic != RNNI_MODEL_MAGIC) return RNN_ERROR_BLOCK;
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
    RNNI_TRY(rnni_model_valid(model));
    RNNI_TRY(rnn_optimizer_check(optimizer, NULL));
    struct rnni_model_arrays arrays = rnni_model_arrays_of(model);
    size_t count = rnn_parameter_count(&model->config);
    model->optimizer = *optimizer;
    model->beta_1_power = model->beta_2_power = 1;
    memset(arrays.m, 0, count * sizeof *arrays.m);
    memset(arrays.v, 0, count * sizeof *arrays.v);
    return RNN_OK;
}

enum rnn_status rnn_model_set_learning_rate(struct rnn_model *model, double learning_rate)
{
    RNNI_TRY(rnni_model_valid(model));
    RNNI_TRY(rnn_range_check(RNN_LEARNING_RATE, learning_rate));
    model->optimizer.learning_rate = learning_rate;
    return RNN_OK;
}

const rnn_real *rnn_model_parameters(const struct rnn_model *model)
{
    return rnni_model_arrays_of(model).parameters;
}

enum rnn_status rnn_model_set_parameters(struct rnn_model *model, const rnn_real *parameters, size_t count)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!parameters) return RNN_ERROR_ARGUMENT;
    if (count != rnn_parameter_count(&model->config)) return RNN_ERROR_SHAPE;
    if (!rnni_all_finite(parameters, count)) return RNN_ERROR_DATA;
    memcpy(rnni_model_arrays_of(model).parameters, parameters, count * sizeof *parameters);
    return RNN_OK;
}

struct rnn_counters rnn_model_counters(const struct rnn_model *model)
{
    return (struct rnn_counters){model->updates, model->epochs, model->position};
}

enum rnn_status rnn_model_snapshot(const struct rnn_model *model, void *snapshot, uint64_t bytes)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!snapshot) return RNN_ERROR_ARGUMENT;
    if (bytes != rnni_model_carve(&model->config, NULL, NULL)) return RNN_ERROR_BLOCK;
    memcpy(snapshot, model, (size_t)bytes);
    return RNN_OK;
}

/* Are these counters that training can reach? If so, later code need not check them again. */
static bool counters_valid(const struct rnn_model *header)
{
    const uint32_t under_way = header->position > 0;
    return header->stepped <= 1 && header->updates <= RNNI_UPDATES_MAXIMUM &&
           header->updates >= (uint64_t)header->epochs + under_way &&
           header->position <= (uint32_t)rnn_range_of(RNN_SAMPLES)->maximum;
}

static bool between(double low, double value, double high)
{
    return value >= low && value <= high; /* false for NaN */
}

static bool numbers_valid(const struct rnn_model *header)
{
    const struct rnni_sums *sums = &header->sums;
    const bool begun = header->position > 0 || (sums->loss == 0 && sums->metric == 0);
    return between(0, header->beta_1_power, 1) && between(0, header->beta_2_power, 1) && begun &&
           between(-DBL_MAX, sums->loss, DBL_MAX) && between(0, sums->metric, DBL_MAX);
}

/* The snapshot may be any bytes, and too few of them. */
static enum rnn_status check_snapshot(const struct rnn_model *model, const void *snapshot, uint64_t bytes)
{
    struct rnn_model header; /* a copy, because the snapshot may not be aligned */
    if (bytes < sizeof header.magic) return RNN_ERROR_BLOCK;
    memcpy(&header.magic, snapshot, sizeof header.magic);
    if ((header.magic ^ RNNI_MODEL_MAGIC) & RNNI_MAGIC_NAME) return RNN_ERROR_SNAPSHOT;
    if (header.magic != RNNI_MODEL_MAGIC) return RNN_ERROR_VERSION;
    if (bytes != rnni_model_carve(&model->config, NULL, NULL)) return RNN_ERROR_BLOCK;
    memcpy(&header, snapshot, sizeof header);
    if (memcmp(&header.config, &model->config, sizeof header.config) != 0) return RNN_ERROR_SHAPE;
    if (rnn_optimizer_check(&header.optimizer, NULL) || !counters_valid(&header) || !numbers_valid(&header))
        return RNN_ERROR_SNAPSHOT;
    return RNN_OK;
}

/* Weights, optimizer state and hidden states are not checked: a run that diverged has NaN there too. */
enum rnn_status rnn_model_restore(struct rnn_model *model, const void *snapshot, uint64_t bytes)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!snapshot) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_snapshot(model, snapshot, bytes));
    memcpy(model, snapshot, (size_t)bytes);
    return RNN_OK;
}

double rnni_model_penalty(const struct rnn_model *model, rnn_real *gradient)
{
    const double lambda = model->config.l2;
    if (lambda == 0) return 0;
    const rnn_real *parameters = rnn_model_parameters(model), slope = (rnn_real)(2 * lambda);
    double squares = 0;
    for (uint32_t index = 0; index < 3 * model->config.layers; index++) {
        if (index % 3 == 2) continue; /* biases have no l2 term */
        struct rnn_tensor tensor = rnni_tensor_place(&model->config, index);
        for (size_t i = tensor.offset; i < tensor.offset + tensor.count; i++) {
            squares += (double)parameters[i] * (double)parameters[i];
            if (gradient) gradient[i] += slope * parameters[i];
        }
    }
    return lambda * squares;
}
