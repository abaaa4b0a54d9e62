/* The position of each tensor in the flat vector of parameters. */
#include "layout.h"

static const char *const PARTS[] = {"/kernel", "/recurrent_kernel", "/bias"};

/* The number of tensors of a layer: a dense one has no recurrent kernel. */
static uint32_t layer_tensors(const struct rnn_config *config)
{
    return config->cell == RNN_DENSE ? 2 : 3;
}

size_t rnni_inputs(const struct rnn_config *config)
{
    return (size_t)config->features * (config->cell == RNN_DENSE ? config->timesteps : 1);
}

uint32_t rnn_tensor_count(const struct rnn_config *config)
{
    return rnn_config_check(config, NULL) ? 0 : layer_tensors(config) * config->layers + 2;
}

/* Appends the text with its NUL and returns the address of that NUL. */
static char *append(char *to, const char *text)
{
    while ((*to = *text++)) to++;
    return to;
}

/* Keras's name of the layer: "gru", "gru_1", "gru_2", then "dense"; or "dense", "dense_1". */
static char *append_layer(char *to, const struct rnn_config *config, uint32_t layer)
{
    const uint32_t cell = layer == config->layers ? RNN_DENSE : config->cell;
    to = append(to, rnn_cell_name(cell));
    if (layer == 0 || cell != config->cell) return to;
    *to++ = '_';
    *to++ = (char)('0' + layer);
    return to;
}

/* Everything but the name. All layers above the first have the same sizes. */
struct rnn_tensor rnni_tensor_place(const struct rnn_config *config, uint32_t index)
{
    const uint32_t layer = index / 3, part = index % 3, units = config->units, outputs = config->outputs;
    const uint32_t width = (uint32_t)rnni_cell_gates((enum rnn_cell)config->cell) * units;
    const uint32_t biases = config->cell == RNN_GRU ? 2 : 1; /* GRU: input bias and recurrent bias */
    const bool readout = layer == config->layers;
    const uint32_t below = (uint32_t)rnni_inputs(config), states = config->cell == RNN_DENSE ? 0 : units;
    const uint32_t inputs = layer > 0 ? units : below, columns = readout ? outputs : width;
    struct rnn_tensor tensor = {.rows = part == 0 ? inputs : states, .columns = columns, .rank = 2};
    if (part == 2) {
        const bool vector = readout || biases == 1;
        tensor.rank = vector ? 1 : 2;
        tensor.rows = vector ? columns : biases;
        tensor.columns = vector ? 1 : columns;
    }
    tensor.count = (size_t)tensor.rows * tensor.columns;
    if (layer > 0) tensor.offset = (size_t)width * (below + states + biases + (layer - 1) * (units + states + biases));
    if (part > 0) tensor.offset += (size_t)inputs * columns;
    if (part > 1 && !readout) tensor.offset += (size_t)states * columns;
    return tensor;
}

size_t rnn_parameter_count(const struct rnn_config *config)
{
    if (rnn_config_check(config, NULL)) return 0;
    struct rnn_tensor last = rnni_tensor_place(config, 3 * config->layers + 2);
    return last.offset + last.count;
}

enum rnn_status rnn_tensor_of(const struct rnn_config *config, uint32_t index, struct rnn_tensor *tensor)
{
    if (!config || !tensor) return RNN_ERROR_ARGUMENT;
    if (rnn_config_check(config, NULL)) return RNN_ERROR_RANGE;
    if (index >= rnn_tensor_count(config)) return RNN_ERROR_ARGUMENT;
    const uint32_t tensors = layer_tensors(config), layer = index / tensors;
    uint32_t part = index % tensors;
    if (layer == config->layers || tensors == 2) part *= 2; /* kernel and bias */
    *tensor = rnni_tensor_place(config, 3 * layer + part);
    append(append_layer(tensor->name, config, layer), PARTS[part]);
    return RNN_OK;
}
