/* model.summary(): Keras 3's table, narrower, so that a phone shows it whole; wider only where time steps are part of a shape. */
#include "../internal.h"
#include "../rnn_files.h"
#include "writer.h"

enum {
    LAYER_WIDTH = 24,
    SHAPE_WIDTH = 14,
    STEPS_WIDTH = 17,
    COUNT_WIDTH = 9
}; /* (None, 1000, 512) is the widest shape */

struct table {
    struct rnni_writer writer;
    size_t shape_width; /* of the second column */
    size_t cell;        /* where the text of the open cell begins */
};

static void put(struct table *table, const char *text)
{
    rnni_put_text(&table->writer, text);
}

/* A whole number, ended by NUL, with or without commas between thousands. */
static const char *digits(uint64_t value, bool commas, char text[32])
{
    char *at = text + 31;
    *at = 0;
    for (int count = 0; count == 0 || value > 0; count++, value /= 10) {
        if (commas && count > 0 && count % 3 == 0) *--at = ',';
        *--at = (char)('0' + value % 10);
    }
    return at;
}

static const char *grouped(uint64_t value, char text[32])
{
    return digits(value, true, text);
}

static const char *plain(uint64_t value, char text[32])
{
    return digits(value, false, text);
}

/* corners: the left one, the line, the crossing and the right one, each of 3 bytes. */
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

/* The last cell of a line: its text stands at the right. */
static void last_cell(struct table *table, const char *bar, const char *text)
{
    open_cell(table, bar);
    close_cell(table, COUNT_WIDTH - strlen(text) - 1);
    put(table, text);
    put(table, " ");
    put(table, bar);
    put(table, "\n");
}

/* "1,121 (4.38 KB)": so many weights of four bytes */
static void put_size(struct table *table, const char *label, uint64_t parameters)
{
    static const char *const units[] = {"B", "KB", "MB"};
    const uint64_t bytes = 4 * parameters;
    uint64_t size = 1;
    int unit = 0;
    for (; bytes / size >= 1024 && unit < 2; unit++) size *= 1024;
    /* to the nearest hundredth, a tie to the even one, as Python prints it */
    uint64_t hundredths = 100 * bytes / size, rest = 100 * bytes % size;
    hundredths += 2 * rest > size || (2 * rest == size && hundredths % 2);
    char text[32];
    put(table, label);
    put(table, grouped(parameters, text));
    put(table, " (");
    put(table, plain(hundredths / 100, text));
    put(table, ".");
    put(table, plain(hundredths / 10 % 10, text));
    put(table, plain(hundredths % 10, text));
    put(table, " ");
    put(table, units[unit]);
    put(table, ")\n");
}

static void put_table(struct table *table, const struct rnn_config *config)
{
    static const char *const classes[] = {"SimpleRNN", "GRU", "LSTM"};
    char text[32];
    struct rnn_tensor tensor = {0};
    table->shape_width = config->return_sequences || config->layers > 1 ? STEPS_WIDTH : SHAPE_WIDTH;
    rule(table, "┏━┳┓");
    open_cell(table, "┃");
    put(table, "Layer (type)");
    close_cell(table, LAYER_WIDTH);
    open_cell(table, "┃");
    put(table, "Output Shape");
    close_cell(table, table->shape_width);
    last_cell(table, "┃", "Param #");
    rule(table, "┡━╇┩");
    for (uint32_t l = 0; l <= config->layers; l++) {
        const bool dense = l == config->layers;
        uint64_t count = 0;
        for (uint32_t i = 3 * l; i < 3 * l + (dense ? 2 : 3); i++) {
            rnn_tensor_of(config, i, &tensor);
            count += tensor.count;
        }
        open_cell(table, "│");
        size_t length = 0; /* of "gru_1" in "gru_1/bias" */
        while (tensor.name[length] != '/') length++;
        rnni_put(&table->writer, tensor.name, length);
        put(table, " (");
        put(table, dense ? "Dense" : classes[config->cell]);
        put(table, ")");
        close_cell(table, LAYER_WIDTH);
        open_cell(table, "│");
        put(table, "(None, ");
        if (config->return_sequences || l + 1 < config->layers) { /* every time step is an output */
            put(table, plain(config->timesteps, text));
            put(table, ", ");
        }
        put(table, plain(dense ? config->outputs : config->units, text));
        put(table, ")");
        close_cell(table, table->shape_width);
        last_cell(table, "│", grouped(count, text));
        rule(table, dense ? "└─┴┘" : "├─┼┤");
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
