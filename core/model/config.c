/* Names, ranges, defaults, and where each tensor lies in the flat vector of parameters. */
#include "../rnn.h"

static const char *const CELLS[] = {[RNN_SIMPLE_RNN] = "simple_rnn"};
static const char *const ACTIVATIONS[] = {[RNN_TANH] = "tanh", [RNN_RELU] = "relu"};

static const struct rnn_range RANGES[RNN_QUANTITIES] = {
    [RNN_UNITS] = {"units", 1, 512, true, false},
    [RNN_TIMESTEPS] = {"timesteps", 1, 1000, true, false},
    [RNN_FEATURES] = {"features", 1, 64, true, false},
    [RNN_BATCH_SIZE] = {"batch_size", 1, 1024, true, false},
    [RNN_EPOCHS] = {"epochs", 1, 100000, true, false},
    [RNN_SAMPLES] = {"samples", 1, 10000000, true, false},
    [RNN_LEARNING_RATE] = {"learning_rate", 0, 3.4028234663852886e38, false, false}, /* the largest float */
    [RNN_VALIDATION_SPLIT] = {"validation_split", 0, 1, false, true},
    [RNN_SEED] = {"seed", 0, UINT32_MAX, true, false},
};

const char *rnn_cell_name(uint32_t index)
{
    return index < sizeof CELLS / sizeof *CELLS ? CELLS[index] : NULL;
}

const char *rnn_activation_name(uint32_t index)
{
    return index < sizeof ACTIVATIONS / sizeof *ACTIVATIONS ? ACTIVATIONS[index] : NULL;
}

const struct rnn_range *rnn_range_of(uint32_t quantity)
{
    return quantity < RNN_QUANTITIES ? &RANGES[quantity] : NULL;
}

enum rnn_status rnn_range_check(enum rnn_quantity quantity, double value)
{
    const struct rnn_range *range = rnn_range_of((uint32_t)quantity);
    if (!range) return RNN_ERROR_ARGUMENT;
    if (!(value >= range->minimum && value <= range->maximum)) return RNN_ERROR_RANGE;
    if (range->open_end && value == range->maximum) return RNN_ERROR_RANGE;
    if (range->whole && value != (double)(uint64_t)value) return RNN_ERROR_RANGE;
    return RNN_OK;
}

struct rnn_config rnn_config_default(void)
{
    return (struct rnn_config){
        .cell = RNN_SIMPLE_RNN, .activation = RNN_TANH, .units = 32, .timesteps = 10, .features = 1, .seed = 42};
}

enum rnn_status rnn_config_check(const struct rnn_config *config, enum rnn_quantity *quantity)
{
    if (!config) return RNN_ERROR_ARGUMENT;
    enum rnn_quantity wrong;
    if (!rnn_cell_name(config->cell) || !rnn_activation_name(config->activation)) {
        wrong = RNN_QUANTITIES;
    } else if (rnn_range_check(RNN_UNITS, config->units)) {
        wrong = RNN_UNITS;
    } else if (rnn_range_check(RNN_TIMESTEPS, config->timesteps)) {
        wrong = RNN_TIMESTEPS;
    } else if (rnn_range_check(RNN_FEATURES, config->features)) {
        wrong = RNN_FEATURES;
    } else {
        return RNN_OK;
    }
    if (quantity) *quantity = wrong;
    return RNN_ERROR_RANGE;
}

struct rnn_optimizer rnn_optimizer_default(void)
{
    return (struct rnn_optimizer){.learning_rate = 0.001, .beta_1 = 0.9, .beta_2 = 0.999, .epsilon = 1e-7};
}

struct rnn_fit_options rnn_fit_options_default(void)
{
    return (struct rnn_fit_options){.epochs = 10, .batch_size = 32, .shuffle = true};
}

size_t rnn_parameter_count(const struct rnn_config *config)
{
    struct rnn_tensor last;
    if (rnn_tensor_of(config, RNN_TENSORS - 1, &last)) return 0;
    return last.offset + last.count;
}

enum rnn_status rnn_tensor_of(const struct rnn_config *config, uint32_t index, struct rnn_tensor *tensor)
{
    if (!config || !tensor || index >= RNN_TENSORS) return RNN_ERROR_ARGUMENT;
    if (rnn_config_check(config, NULL)) return RNN_ERROR_RANGE;
    const struct rnn_tensor tensors[RNN_TENSORS] = {
        {.name = "simple_rnn/kernel", .rank = 2, .rows = config->features, .columns = config->units},
        {.name = "simple_rnn/recurrent_kernel", .rank = 2, .rows = config->units, .columns = config->units},
        {.name = "simple_rnn/bias", .rank = 1, .rows = config->units, .columns = 1},
        {.name = "dense/kernel", .rank = 2, .rows = config->units, .columns = 1},
        {.name = "dense/bias", .rank = 1, .rows = 1, .columns = 1},
    };
    size_t offset = 0;
    for (uint32_t i = 0; i < index; i++) offset += (size_t)tensors[i].rows * tensors[i].columns;
    *tensor = tensors[index];
    tensor->offset = offset;
    tensor->count = (size_t)tensor->rows * tensor->columns;
    return RNN_OK;
}
