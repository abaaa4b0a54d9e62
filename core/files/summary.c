/* model.summary(): the table of Keras 3, narrowed so that a phone shows it whole. It is wider only if a shape contains time steps. */
#include "../internal.h"
#include "../rnn_files.h"
#include "writer.h"

enum {
    LAYER_WIDTH = 24,
    SHAPE_WIDTH = 14,
    STEPS_WIDTH = 17,
    COUNT_WIDTH = 9
}; /* the widest shape is (None, 1000, 512) */

struct table {
    struct rnni_writer writer;
    size_t shape_width; /* width of the second column */
    size_t cell;        /* offset of the current cell's text */
};

static void put(struct table *table, const char *text)
{
    rnni_put_text(&table->writer, text);
}

/* A whole number with commas between thousands. */
static void put_grouped(struct rnni_writer *writer, uint64_t value)
{
    char digits[20];
    struct rnni_writer plain = {digits, sizeof digits, 0};
    rnni_put_number(&plain, value);
    for (size_t i = 0; i < plain.written; i++) {
        if (i > 0 && (plain.written - i) % 3 == 0) rnni_put_text(writer, ",");
        rnni_put(writer, digits + i, 1);
    }
}

/* corners: the left one, the line, the crossing and the right one, each of 3 bytes in UTF-8. */
static void rule(struct table *table, const char corners[12])
{
    const size_t widths[] = {LAYER_WIDTH, table->shape_width, COUNT_WIDTH};
    for (int column = 0; column < 3; column++) {
        rnni_put(&table->writer, corners + (column ? 6 : 0), 3);
        for (size_t i = 0; i < widths[column] + 2; i++) rnni_put(&table->writer, corners + 3, 3);
    }
    put(table, corners + 9);
    put(table, "\n");
}

static void open_cell(struct table *table, const char *bar)
{
    put(table, bar);
    put(table, " ");
    table->cell = table->writer.written;
}

static void close_cell(struct table *table, size_t width)
{
    while (table->writer.written <= table->cell + width) put(table, " ");
}

/* The last cell of a line. Its text is right-aligned. */
static void last_cell(struct table *table, const char *bar, const char *text, size_t bytes)
{
    open_cell(table, bar);
    close_cell(table, COUNT_WIDTH - bytes - 1);
    rnni_put(&table->writer, text, bytes);
    put(table, " ");
    put(table, bar);
    put(table, "\n");
}

/* "1,121 (4.38 KB)": the number of weights, and their size at four bytes each */
static void put_size(struct table *table, const char *label, uint64_t parameters)
{
    static const char *const units[] = {"B", "KB", "MB"};
    const uint64_t bytes = 4 * parameters;
    uint64_t size = 1;
    int unit = 0;
    for (; bytes / size >= 1024 && unit < 2; unit++) size *= 1024;
    /* to the nearest hundredth, ties to even, as Python prints it */
    uint64_t hundredths = 100 * bytes / size, rest = 100 * bytes % size;
    hundredths += 2 * rest > size || (2 * rest == size && hundredths % 2);
    put(table, label);
    put_grouped(&table->writer, parameters);
    put(table, " (");
    rnni_put_number(&table->writer, hundredths / 100);
    put(table, ".");
    rnni_put_number(&table->writer, hundredths / 10 % 10);
    rnni_put_number(&table->writer, hundredths % 10);
    put(table, " ");
    put(table, units[unit]);
    put(table, ")\n");
}

/* One line of the table. name: its first `length` bytes. steps: 0 for a layer that returns one vector. */
static void put_layer(struct table *table, const char *name, size_t length, const char *type, uint32_t steps,
                      uint32_t numbers, uint64_t parameters)
{
    char text[32];
    struct rnni_writer grouped = {text, sizeof text, 0};
    open_cell(table, "│");
    rnni_put(&table->writer, name, length);
    put(table, " (");
    put(table, type);
    put(table, ")");
    close_cell(table, LAYER_WIDTH);
    open_cell(table, "│");
    put(table, "(None, ");
    if (steps) {
        rnni_put_number(&table->writer, steps);
        put(table, ", ");
    }
    rnni_put_number(&table->writer, numbers);
    put(table, ")");
    close_cell(table, table->shape_width);
    put_grouped(&grouped, parameters);
    last_cell(table, "│", text, grouped.written);
}

static void put_table(struct table *table, const struct rnn_config *config)
{
    static const char *const classes[] = {"SimpleRNN", "GRU", "LSTM", "Dense"};
    const bool recurrent = config->cell != RNN_DENSE;
    const uint32_t layers = config->layers, tensors = recurrent ? 3 : 2; /* of a layer */
    table->shape_width = config->return_sequences || (recurrent && layers > 1) ? STEPS_WIDTH : SHAPE_WIDTH;
    rule(table, "┏━┳┓");
    open_cell(table, "┃");
    put(table, "Layer (type)");
    close_cell(table, LAYER_WIDTH);
    open_cell(table, "┃");
    put(table, "Output Shape");
    close_cell(table, table->shape_width);
    last_cell(table, "┃", "Param #", 7);
    rule(table, "┡━╇┩");
    if (!recurrent) {
        put_layer(table, "flatten", 7, "Flatten", 0, config->timesteps * config->features, 0);
        rule(table, "├─┼┤");
    }
    for (uint32_t l = 0; l <= layers; l++) {
        const bool readout = l == layers;
        struct rnn_tensor tensor = {0};
        uint64_t count = 0;
        size_t length = 0; /* of the layer's name: "gru_1" in "gru_1/bias" */
        for (uint32_t i = tensors * l; i < tensors * l + (readout ? 2 : tensors); i++) {
            rnn_tensor_of(config, i, &tensor);
            count += tensor.count;
        }
        while (tensor.name[length] != '/') length++;
        /* does the layer return its whole sequence of states? */
        const bool sequence = config->return_sequences || (recurrent && l + 1 < layers);
        put_layer(table, tensor.name, length, classes[readout ? RNN_DENSE : config->cell],
                  sequence ? config->timesteps : 0, readout ? config->outputs : config->units, count);
        rule(table, readout ? "└─┴┘" : "├─┼┤");
    }
}

enum rnn_status rnn_summary_write(const struct rnn_config *config, char *text, size_t capacity, size_t *written)
{
    if (!config || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    if (rnn_config_check(config, NULL)) return RNN_ERROR_RANGE;
    const uint64_t total = rnn_parameter_count(config);
    struct table table = {.writer = {0}};
    do {
        put(&table, "Model: \"sequential\"\n");
        put_table(&table, config);
        put_size(&table, " Total params: ", total);
        put_size(&table, " Trainable params: ", total);
        put_size(&table, " Non-trainable params: ", 0);
        rnni_put(&table.writer, "", 1);
    } while (rnni_put_again(&table.writer, text, capacity));
    return rnni_put_end(&table.writer, written);
}
