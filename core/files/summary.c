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

/* The table, and the width of its second column. */
struct table {
    struct rnni_writer writer;
    size_t shape_width;
};

static void put(struct table *table, const char *text)
{
    rnni_put_text(&table->writer, text);
}

static void repeat(struct table *table, const char *text, size_t times)
{
    while (times-- > 0) put(table, text);
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

static void rule(struct table *table, const char *left, const char *line, const char *cross, const char *right)
{
    const size_t widths[] = {LAYER_WIDTH, table->shape_width, COUNT_WIDTH};
    put(table, left);
    for (int column = 0; column < 3; column++) {
        if (column) put(table, cross);
        repeat(table, line, widths[column] + 2);
    }
    put(table, right);
    put(table, "\n");
}

static void row(struct table *table, const char *bar, const char *layer, const char *shape, const char *count)
{
    put(table, bar);
    put(table, " ");
    put(table, layer);
    repeat(table, " ", LAYER_WIDTH - strlen(layer) + 1);
    put(table, bar);
    put(table, " ");
    put(table, shape);
    repeat(table, " ", table->shape_width - strlen(shape) + 1);
    put(table, bar);
    repeat(table, " ", COUNT_WIDTH - strlen(count) + 1);
    put(table, count);
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
    char text[32], cents[3] = {(char)('0' + hundredths / 10 % 10), (char)('0' + hundredths % 10), 0};
    put(table, label);
    put(table, grouped(parameters, text));
    put(table, " (");
    put(table, plain(hundredths / 100, text));
    put(table, ".");
    put(table, cents);
    put(table, " ");
    put(table, units[unit]);
    put(table, ")\n");
}

/* "(None, 10, 32)": the timesteps stand there if every one of them is an output. */
static void put_shape(char shape[48], const struct rnn_config *config, bool all_steps, uint32_t width)
{
    char text[32];
    strcpy(shape, "(None, ");
    if (all_steps) strcat(strcat(shape, plain(config->timesteps, text)), ", ");
    strcat(strcat(shape, plain(width, text)), ")");
}

static void put_table(struct table *table, const struct rnn_config *config)
{
    static const char *const classes[] = {"SimpleRNN", "GRU", "LSTM"};
    char shape[48], layer[48], text[32];
    struct rnn_tensor tensor = {0};
    table->shape_width = config->return_sequences || config->layers > 1 ? STEPS_WIDTH : SHAPE_WIDTH;
    rule(table, "┏", "━", "┳", "┓");
    row(table, "┃", "Layer (type)", "Output Shape", "Param #");
    rule(table, "┡", "━", "╇", "┩");
    for (uint32_t l = 0; l <= config->layers; l++) {
        const bool dense = l == config->layers;
        uint64_t count = 0;
        for (uint32_t i = 3 * l; i < 3 * l + (dense ? 2 : 3); i++) {
            rnn_tensor_of(config, i, &tensor);
            count += tensor.count;
        }
        strcpy(layer, tensor.name); /* "gru_1/bias" */
        *strchr(layer, '/') = 0;
        strcat(strcat(strcat(layer, " ("), dense ? "Dense" : classes[config->cell]), ")");
        put_shape(shape, config, config->return_sequences || l + 1 < config->layers,
                  dense ? config->outputs : config->units);
        row(table, "│", layer, shape, grouped(count, text));
        if (dense)
            rule(table, "└", "─", "┴", "┘");
        else
            rule(table, "├", "─", "┼", "┤");
    }
}

enum rnn_status rnn_summary_write(const struct rnn_config *config, char *text, size_t capacity, size_t *needed)
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
    return rnni_put_end(&table.writer, needed);
}
