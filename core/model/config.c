/* Names, ranges and defaults of a configuration, and its checks. */
#include "../internal.h"

static const char *const CELLS[] =
    {[RNN_SIMPLE_RNN] = "simple_rnn", [RNN_GRU] = "gru", [RNN_LSTM] = "lstm", [RNN_DENSE] = "dense"};
static const char *const ACTIVATIONS[] = {[RNN_TANH] = "tanh", [RNN_RELU] = "relu"};
static const char *const INITIALIZERS[] = {[RNN_GLOROT_UNIFORM] = "glorot_uniform",
                                           [RNN_ORTHOGONAL] = "orthogonal",
                                           [RNN_IDENTITY] = "identity",
                                           [RNN_ZEROS] = "zeros"};
static const char *const LOSSES[] = {
    [RNN_BINARY_CROSSENTROPY] = "binary_crossentropy",
    [RNN_SPARSE_CATEGORICAL_CROSSENTROPY] = "sparse_categorical_crossentropy",
    [RNN_MEAN_SQUARED_ERROR] = "mean_squared_error",
};
static const char *const METRICS[] = {[RNN_ACCURACY] = "accuracy", [RNN_MEAN_ABSOLUTE_ERROR] = "mean_absolute_error"};
static const char *const METHODS[] = {[RNN_ADAM] = "adam", [RNN_SGD] = "sgd", [RNN_RMSPROP] = "rmsprop"};

static const double LARGEST_FLOAT = 3.4028234663852886e38;

static const struct rnn_range RANGES[RNN_QUANTITIES] = {
    [RNN_UNITS] = {"units", 1, 512, true, false},
    [RNN_TIMESTEPS] = {"timesteps", 1, 1000, true, false},
    [RNN_FEATURES] = {"features", 1, 64, true, false},
    [RNN_BATCH_SIZE] = {"batch_size", 1, 1024, true, false},
    [RNN_EPOCHS] = {"epochs", 1, 100000, true, false},
    [RNN_SAMPLES] = {"samples", 1, 10000000, true, false},
    [RNN_LEARNING_RATE] = {"learning_rate", 0, LARGEST_FLOAT, false, false},
    [RNN_VALIDATION_SPLIT] = {"validation_split", 0, 1, false, true},
    [RNN_SEED] = {"seed", 0, UINT32_MAX, true, false},
    [RNN_LAYERS] = {"layers", 1, RNN_LAYERS_MAXIMUM, true, false},
    [RNN_CLASSES] = {"classes", 2, 64, true, false},
    [RNN_RECURRENT_GAIN] = {"recurrent_gain", 0, 1000, false, false},
    [RNN_L2] = {"l2", 0, LARGEST_FLOAT, false, false},
    [RNN_MOMENTUM] = {"momentum", 0, 1, false, true},
    [RNN_RHO] = {"rho", 0, 1, false, true},
    [RNN_GLOBAL_CLIPNORM] = {"global_clipnorm", 0, LARGEST_FLOAT, false, false},
    [RNN_CLIPVALUE] = {"clipvalue", 0, LARGEST_FLOAT, false, false},
    [RNN_BETA_1] = {"beta_1", 0, 1, false, true},
    [RNN_BETA_2] = {"beta_2", 0, 1, false, true},
    [RNN_EPSILON] = {"epsilon", 0, LARGEST_FLOAT, false, false},
    [RNN_TEMPERATURE] = {"temperature", 0, 100, false, false},
};

const char *rnn_cell_name(uint32_t index)
{
    return RNNI_NAME(CELLS, index);
}

const char *rnn_activation_name(uint32_t index)
{
    return RNNI_NAME(ACTIVATIONS, index);
}

const char *rnn_initializer_name(uint32_t index)
{
    return RNNI_NAME(INITIALIZERS, index);
}

const char *rnn_loss_name(uint32_t index)
{
    return RNNI_NAME(LOSSES, index);
}

const char *rnn_metric_name(uint32_t index)
{
    return RNNI_NAME(METRICS, index);
}

const char *rnn_method_name(uint32_t index)
{
    return RNNI_NAME(METHODS, index);
}

const struct rnn_range *rnn_range_of(uint32_t quantity)
{
    return quantity < RNN_QUANTITIES ? &RANGES[quantity] : NULL;
}

enum rnn_status rnn_range_check(uint32_t quantity, double value)
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
    return (struct rnn_config){.recurrent_gain = 1,
                               .cell = RNN_SIMPLE_RNN,
                               .activation = RNN_TANH,
                               .layers = 1,
                               .units = 32,
                               .timesteps = 10,
                               .features = 1,
                               .loss = RNN_BINARY_CROSSENTROPY,
                               .outputs = 1,
                               .kernel_initializer = RNN_GLOROT_UNIFORM,
                               .recurrent_initializer = RNN_ORTHOGONAL,
                               .seed = 42};
}

/* Do the values of all enums exist, and do they go together? */
static bool enums_valid(const struct rnn_config *config)
{
    return rnn_cell_name(config->cell) && rnn_activation_name(config->activation) && rnn_loss_name(config->loss) &&
           rnn_initializer_name(config->kernel_initializer) && rnn_initializer_name(config->recurrent_initializer) &&
           config->return_sequences <= (config->cell != RNN_DENSE) &&
           (config->activation == RNN_TANH || config->cell == RNN_SIMPLE_RNN || config->cell == RNN_DENSE);
}

struct number {
    enum rnn_quantity quantity;
    double value;
};

/* RNN_OK, or the first number that is out of range. others: is all that has no range valid? */
static enum rnn_status check_numbers(bool others, const struct number *numbers, size_t count,
                                     enum rnn_quantity *quantity)
{
    enum rnn_quantity wrong = RNN_QUANTITIES;
    for (size_t i = 0; others; i++) {
        if (i == count) return RNN_OK;
        wrong = numbers[i].quantity;
        if (rnn_range_check(wrong, numbers[i].value)) break;
    }
    if (quantity) *quantity = wrong;
    return RNN_ERROR_RANGE;
}

enum rnn_status rnn_config_check(const struct rnn_config *config, enum rnn_quantity *quantity)
{
    if (!config) return RNN_ERROR_ARGUMENT;
    const bool classes = config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    const struct number numbers[] = {
        {RNN_LAYERS, config->layers},
        {RNN_UNITS, config->units},
        {RNN_TIMESTEPS, config->timesteps},
        {RNN_FEATURES, config->features},
        {RNN_L2, config->l2},
        {RNN_RECURRENT_GAIN, config->recurrent_gain},
        {RNN_CLASSES,
         classes ? config->outputs : 2.0 * (config->outputs == 1)} /* without classes there is one output */
    };
    return check_numbers(enums_valid(config), numbers, RNNI_COUNT(numbers), quantity);
}

uint32_t rnn_config_readouts(const struct rnn_config *config, uint32_t timesteps)
{
    return config->return_sequences ? timesteps : 1;
}

enum rnn_metric rnn_config_metric(const struct rnn_config *config)
{
    return config->loss == RNN_MEAN_SQUARED_ERROR ? RNN_MEAN_ABSOLUTE_ERROR : RNN_ACCURACY;
}

struct rnn_optimizer rnn_optimizer_default(void)
{
    return (struct rnn_optimizer){
        .method = RNN_ADAM, .learning_rate = 0.001, .beta_1 = 0.9, .beta_2 = 0.999, .epsilon = 1e-7, .rho = 0.9};
}

enum rnn_status rnn_optimizer_check(const struct rnn_optimizer *optimizer, enum rnn_quantity *quantity)
{
    if (!optimizer) return RNN_ERROR_ARGUMENT;
    const struct number numbers[] = {{RNN_LEARNING_RATE, optimizer->learning_rate},
                                     {RNN_BETA_1, optimizer->beta_1},
                                     {RNN_BETA_2, optimizer->beta_2},
                                     {RNN_EPSILON, optimizer->epsilon},
                                     {RNN_MOMENTUM, optimizer->momentum},
                                     {RNN_RHO, optimizer->rho},
                                     {RNN_GLOBAL_CLIPNORM, optimizer->global_clipnorm},
                                     {RNN_CLIPVALUE, optimizer->clipvalue}};
    const bool others = rnn_method_name(optimizer->method) && optimizer->nesterov <= 1 &&
                        !(optimizer->global_clipnorm > 0 && optimizer->clipvalue > 0);
    return check_numbers(others, numbers, RNNI_COUNT(numbers), quantity);
}

struct rnn_fit_options rnn_fit_options_default(void)
{
    return (struct rnn_fit_options){.epochs = 10, .batch_size = 32, .shuffle = true, .validation_freq = 1};
}
