/* model.summary(): Keras 3's table, narrower, so that a phone shows it whole; wider only where time steps are part of a shape. */
#include <string.h>

#include "../rnn.h"

enum { LAYER_WIDTH = 24, SHAPE_WIDTH = 14, STEPS_WIDTH = 17, COUNT_WIDTH = 9 }; /* (None, 1000, 512) is the widest shape */

/* Appends while there is room, and counts on when there is none. */
struct writer {
    char *text;
    size_t capacity, used;
    size_t shape_width; /* of the table's second column */
};

static void put(struct writer *w, const char *text)
{
    for (; *text; text++, w->used++)
        if (w->used < w->capacity) w->text[w->used] = *text;
}

static void repeat(struct writer *w, const char *text, size_t times)
{
    while (times-- > 0) put(w, text);
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

static void rule(struct writer *w, const char *left, const char *line, const char *cross, const char *right)
{
    const size_t widths[] = {LAYER_WIDTH, w->shape_width, COUNT_WIDTH};
    put(w, left);
    for (int column = 0; column < 3; column++) {
        if (column) put(w, cross);
        repeat(w, line, widths[column] + 2);
    }
    put(w, right);
    put(w, "\n");
}

static void row(struct writer *w, const char *bar, const char *layer, const char *shape, const char *count)
{
    put(w, bar);
    put(w, " ");
    put(w, layer);
    repeat(w, " ", LAYER_WIDTH - strlen(layer) + 1);
    put(w, bar);
    put(w, " ");
    put(w, shape);
    repeat(w, " ", w->shape_width - strlen(shape) + 1);
    put(w, bar);
    repeat(w, " ", COUNT_WIDTH - strlen(count) + 1);
    put(w, count);
    put(w, " ");
    put(w, bar);
    put(w, "\n");
}

/* "1,121 (4.38 KB)": so many weights of four bytes */
static void put_size(struct writer *w, const char *label, uint64_t parameters)
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
    put(w, label);
    put(w, grouped(parameters, text));
    put(w, " (");
    put(w, plain(hundredths / 100, text));
    put(w, ".");
    put(w, cents);
    put(w, " ");
    put(w, units[unit]);
    put(w, ")\n");
}

/* "(None, 10, 32)": the timesteps stand there if every one of them is an output. */
static void put_shape(char shape[48], const struct rnn_config *config, bool all_steps, uint32_t width)
{
    char text[32];
    strcpy(shape, "(None, ");
    if (all_steps) strcat(strcat(shape, plain(config->timesteps, text)), ", ");
    strcat(strcat(shape, plain(width, text)), ")");
}

static void put_table(struct writer *w, const struct rnn_config *config)
{
    static const char *const classes[] = {"SimpleRNN", "GRU", "LSTM"};
    char shape[48], layer[48], text[32];
    struct rnn_tensor tensor = {0};
    w->shape_width = config->return_sequences || config->layers > 1 ? STEPS_WIDTH : SHAPE_WIDTH;
    rule(w, "┏", "━", "┳", "┓");
    row(w, "┃", "Layer (type)", "Output Shape", "Param #");
    rule(w, "┡", "━", "╇", "┩");
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
        row(w, "│", layer, shape, grouped(count, text));
        if (dense)
            rule(w, "└", "─", "┴", "┘");
        else
            rule(w, "├", "─", "┼", "┤");
    }
}

enum rnn_status rnn_summary_write(const struct rnn_config *config, char *text, size_t capacity, size_t *needed)
{
    if (!config || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    if (rnn_config_check(config, NULL)) return RNN_ERROR_RANGE;
    const uint64_t total = rnn_parameter_count(config);
    struct writer w = {0};
    size_t length = 0;
    for (int pass = 0; pass < 2; pass++) { /* measure, then write */
        put(&w, "Model: \"sequential\"\n");
        put_table(&w, config);
        put_size(&w, " Total params: ", total);
        put_size(&w, " Trainable params: ", total);
        put_size(&w, " Non-trainable params: ", 0);
        length = w.used;
        if (needed) *needed = length + 1;
        if (capacity <= length) return RNN_ERROR_BLOCK;
        w = (struct writer){.text = text, .capacity = capacity};
    }
    text[length] = 0;
    return RNN_OK;
}
