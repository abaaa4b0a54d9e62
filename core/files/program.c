#include "program.h"

#include "text.h"
#include "utf8.h"

/* The type of a mark's value, and where the value comes from. */
enum kind {
    CONFIG_WHOLE,    /* a uint32_t of struct rnn_config */
    CONFIG_NUMBER,   /* a double of struct rnn_config */
    OPTIMIZER_WHOLE, /* a uint32_t of struct rnn_optimizer */
    OPTIMIZER_NUMBER,
    PROGRAM_WHOLE, /* a uint32_t of struct rnn_program */
    PROGRAM_NUMBER,
    FILE_NAME,  /* a text of struct rnn_program, or NULL for none */
    CHARACTERS, /* an enum rnni_characters, written as the inside of a character class of a regular expression */
    CELL,       /* an enum of struct rnn_config, written by its name */
    ACTIVATION,
    LOSS,
    METHOD,  /* an enum of struct rnn_optimizer, written by its name */
    METRIC,  /* the name of the metric, which follows from the loss */
    SHUFFLE, /* from here on: numbers computed from the other values */
    VALIDATES,
    NPZ,
    VALIDATION_FREQ,
    SERIES,
    TEXT,
    ONE_HOT,
    MASKED_TARGETS,
    SECOND_LAYER,
    THIRD_LAYER
};

struct mark {
    const char *name;
    uint8_t kind, offset;
};

#define OF_CONFIG(kind, member)                                                                                        \
    {                                                                                                                  \
#member, kind, offsetof(struct rnn_config, member)                                                             \
    }
#define OF_OPTIMIZER(kind, member)                                                                                     \
    {                                                                                                                  \
#member, kind, offsetof(struct rnn_optimizer, member)                                                          \
    }
#define OF_PROGRAM(kind, member)                                                                                       \
    {                                                                                                                  \
#member, kind, offsetof(struct rnn_program, member)                                                            \
    }

static const struct mark MARKS[] = {
    OF_CONFIG(CELL, cell),
    OF_CONFIG(ACTIVATION, activation),
    OF_CONFIG(LOSS, loss),
    {"optimizer", METHOD, offsetof(struct rnn_optimizer, method)},
    {"metric", METRIC, 0},
    {"npz", NPZ, 0},
    {"validates", VALIDATES, 0},
    {"shuffle", SHUFFLE, 0},
    {"validation_freq", VALIDATION_FREQ, 0},
    {"series", SERIES, 0},
    {"text", TEXT, 0},
    {"one_hot", ONE_HOT, 0},
    {"masked_targets", MASKED_TARGETS, 0},
    {"second_layer", SECOND_LAYER, 0},
    {"third_layer", THIRD_LAYER, 0},
    {"blanks", CHARACTERS, RNNI_BLANKS},
    {"line_breaks", CHARACTERS, RNNI_LINE_BREAKS},
    {"punctuation", CHARACTERS, RNNI_PUNCTUATION},
    OF_PROGRAM(FILE_NAME, data),
    OF_PROGRAM(FILE_NAME, validation_data),
    OF_PROGRAM(FILE_NAME, weights),
    OF_PROGRAM(PROGRAM_NUMBER, validation_split),
    OF_PROGRAM(PROGRAM_WHOLE, stride),
    OF_PROGRAM(PROGRAM_WHOLE, masks),
    {"epochs", PROGRAM_WHOLE, offsetof(struct rnn_program, fit.epochs)},
    {"batch_size", PROGRAM_WHOLE, offsetof(struct rnn_program, fit.batch_size)},
    OF_CONFIG(CONFIG_WHOLE, layers),
    OF_CONFIG(CONFIG_WHOLE, units),
    OF_CONFIG(CONFIG_WHOLE, timesteps),
    OF_CONFIG(CONFIG_WHOLE, features),
    OF_CONFIG(CONFIG_WHOLE, outputs),
    OF_CONFIG(CONFIG_WHOLE, return_sequences),
    OF_CONFIG(CONFIG_NUMBER, l2),
    OF_OPTIMIZER(OPTIMIZER_WHOLE, nesterov),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, learning_rate),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, beta_1),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, beta_2),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, epsilon),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, rho),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, momentum),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, global_clipnorm),
    OF_OPTIMIZER(OPTIMIZER_NUMBER, clipvalue),
};

/* The values to fill in. */
struct source {
    const struct rnn_config *config;
    const struct rnn_optimizer *optimizer;
    const struct rnn_program *program;
};

static bool is_npz(const char *name)
{
    const size_t length = name ? strlen(name) : 0;
    return length > 4 && strcmp(name + length - 4, ".npz") == 0;
}

static bool is_number(const struct mark *mark)
{
    return mark->kind < FILE_NAME || mark->kind > METRIC;
}

/* The data are a text if the stride is that of windows whose targets are classes: no time series has such targets. */
static bool is_text(const struct rnn_config *config, const struct rnn_program *program)
{
    return program->stride && config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
}

static double number_of(const struct source *source, const struct mark *mark)
{
    const struct rnn_program *program = source->program;
    const void *const from[] = {source->config, source->optimizer, program};
    const uint32_t every = program->fit.validation_freq;
    if (mark->kind < FILE_NAME) {
        const char *at = (const char *)from[mark->kind / 2] + mark->offset;
        return mark->kind % 2 ? *(const double *)at : *(const uint32_t *)at;
    }
    switch (mark->kind) {
    case SHUFFLE:
        return program->fit.shuffle;
    case VALIDATES:
        return program->validation_data || program->validation_split > 0;
    case NPZ:
        return is_npz(program->weights);
    case VALIDATION_FREQ:
        return every > 1 ? every : 0;
    case SERIES:
        return program->stride && !is_text(source->config, program);
    case TEXT:
        return is_text(source->config, program);
    case MASKED_TARGETS:
        return program->masks && source->config->return_sequences;
    case ONE_HOT:
        return source->config->features > 1;
    default:
        return source->config->layers > (mark->kind == THIRD_LAYER ? 2u : 1u);
    }
}

/* For each kind of enum, the function that gives its names. */
static const char *(*const CHOICES[])(uint32_t) =
    {[CELL] = rnn_cell_name, [ACTIVATION] = rnn_activation_name, [LOSS] = rnn_loss_name, [METHOD] = rnn_method_name};

static uint32_t chosen(const struct source *source, const struct mark *mark)
{
    const void *from = mark->kind == METHOD ? (const void *)source->optimizer : source->config;
    return *(const uint32_t *)((const char *)from + mark->offset);
}

/* The text of a mark that is not a number, or NULL if no such file was given. */
static const char *text_of(const struct source *source, const struct mark *mark)
{
    if (mark->kind == METRIC) return rnn_metric_name(rnn_config_metric(source->config));
    if (mark->kind == CHARACTERS) return "";
    if (mark->kind >= CELL) return CHOICES[mark->kind](chosen(source, mark));
    return *(const char *const *)((const char *)source->program + mark->offset);
}

/* Writes a Python string whose value is the file name. Characters that would end the string or the line are escaped. A byte 0xNN
 * that is not valid UTF-8 becomes the lone surrogate U+DCNN, from which Python restores that byte when it opens the file (PEP 383). */
static void put_string(struct rnni_writer *writer, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    rnni_put_text(writer, "\"");
    while (*text) {
        const unsigned char c = (unsigned char)*text;
        const char digits[2] = {hex[c >> 4], hex[c & 15]};
        const size_t bytes = rnni_utf8_bytes(text, strlen(text));
        const bool plain = bytes && c >= 0x20 && c != 0x7f && c != '"' && c != '\\';
        if (plain) {
            rnni_put(writer, text, bytes);
        } else {
            rnni_put_text(writer, bytes ? "\\x" : "\\udc");
            rnni_put(writer, digits, sizeof digits);
        }
        text += plain ? bytes : 1;
    }
    rnni_put_text(writer, "\"");
}

static bool is_name(const char *mark, size_t bytes, const char *name)
{
    return strlen(name) == bytes && memcmp(mark, name, bytes) == 0;
}

/* The mark with this name, or NULL. */
static const struct mark *find(const char *name, size_t bytes)
{
    for (size_t i = 0; i < RNNI_COUNT(MARKS); i++)
        if (is_name(name, bytes, MARKS[i].name)) return &MARKS[i];
    return NULL;
}

static void put_value(struct rnni_writer *writer, const struct source *source, const struct mark *mark)
{
    const char *text = is_number(mark) ? NULL : text_of(source, mark);
    if (mark->kind < FILE_NAME && mark->kind % 2)
        rnni_put_double(writer, number_of(source, mark));
    else if (is_number(mark))
        rnni_put_number(writer, (uint64_t)number_of(source, mark));
    else if (mark->kind == CHARACTERS)
        rnni_put_characters(writer, mark->offset);
    else if (mark->kind == FILE_NAME)
        put_string(writer, text ? text : "");
    else
        rnni_put_text(writer, text);
}

/* Evaluates a condition. Returns false if its name is neither a mark nor the name of an enum's value. */
static bool find_condition(const struct source *source, const char *name, size_t bytes, bool *holds)
{
    const struct mark *mark = find(name, bytes);
    if (mark) {
        *holds = is_number(mark) ? number_of(source, mark) != 0 : text_of(source, mark) != NULL;
        return true;
    }
    for (mark = MARKS; mark->kind != METRIC; mark++) /* enums come first in the list */
        for (uint32_t i = 0; CHOICES[mark->kind](i); i++)
            if (is_name(name, bytes, CHOICES[mark->kind](i))) {
                *holds = i == chosen(source, mark);
                return true;
            }
    return false;
}

/* Returns the end of the part to leave out: the end of the line, or the position after $;$. */
static const char *skip(const char *at, const char *end, bool line)
{
    for (; at < end && *at != '\n'; at++)
        if (!line && end - at >= 3 && memcmp(at, "$;$", 3) == 0) return at + 3;
    return at < end ? at + 1 : end;
}

static const char *find_dollar(const char *at, const char *end)
{
    while (at < end && *at != '$') at++;
    return at < end ? at : NULL;
}

static enum rnn_status fill(struct rnni_writer *writer, const struct rnni_template *from, const struct source *source)
{
    const char *line = from->text, *end = from->text + from->bytes; /* line: a mark here applies to its whole line */
    for (const char *at = from->text; at < end;) {
        const char *mark = find_dollar(at, end);
        rnni_put(writer, at, (size_t)((mark ? mark : end) - at));
        if (!mark) break;
        mark++;
        const char *close = find_dollar(mark, end);
        if (!close) return RNN_ERROR_ARGUMENT;
        const size_t length = (size_t)(close - mark);
        const bool of_line = mark - 1 == line || mark[-2] == '\n';
        at = close + 1;
        if (*mark == '?' || *mark == '!') {
            bool holds;
            if (!find_condition(source, mark + 1, length - 1, &holds)) return RNN_ERROR_ARGUMENT;
            if (of_line) line = at;
            if (holds == (*mark == '!')) at = skip(at, end, of_line);
        } else if (is_name(mark, length, "windows")) {
            RNNI_TRY(fill(writer, &rnni_templates[RNNI_WINDOWS], source));
        } else if (is_name(mark, length, "tokens")) {
            RNNI_TRY(fill(writer, &rnni_templates[RNNI_TOKENS], source));
        } else if (!is_name(mark, length, ";")) {
            const struct mark *known = find(mark, length);
            if (!known) return RNN_ERROR_ARGUMENT;
            put_value(writer, source, known);
        }
    }
    return RNN_OK;
}

enum rnn_status rnni_program_fill(struct rnni_writer *writer, const struct rnni_template *from,
                                  const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                  const struct rnn_program *program)
{
    const struct source source = {config, optimizer, program};
    return fill(writer, from, &source);
}

static const char *const FRAMEWORKS[] = {[RNN_KERAS] = "keras", [RNN_PYTORCH] = "pytorch"};

const char *rnn_framework_name(uint32_t index)
{
    return RNNI_NAME(FRAMEWORKS, index);
}

enum rnn_status rnn_program_write(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                  const struct rnn_program *program, char *text, size_t capacity, size_t *written)
{
    struct rnni_writer writer = {0};
    if (!config || !optimizer || !program || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    if (!rnn_framework_name(program->framework) || !program->data || !program->weights) return RNN_ERROR_ARGUMENT;
    if ((program->validation_data || program->stride) && program->validation_split > 0) return RNN_ERROR_ARGUMENT;
    if (program->stride && program->masks) return RNN_ERROR_ARGUMENT;
    if (is_text(config, program) &&
        (!config->return_sequences || (config->features != config->outputs && config->features != 1)))
        return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    if (config->cell == RNN_DENSE) return RNN_ERROR_SHAPE; /* the templates have recurrent layers alone */
    RNNI_TRY(rnn_optimizer_check(optimizer, NULL));
    RNNI_TRY(rnn_range_check(RNN_VALIDATION_SPLIT, program->validation_split));
    RNNI_TRY(rnn_range_check(RNN_EPOCHS, program->fit.epochs));
    RNNI_TRY(rnn_range_check(RNN_BATCH_SIZE, program->fit.batch_size));
    if (program->fit.validation_freq) RNNI_TRY(rnn_range_check(RNN_EPOCHS, program->fit.validation_freq));
    do RNNI_TRY(rnni_program_fill(&writer, &rnni_templates[program->framework], config, optimizer, program));
    while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}
