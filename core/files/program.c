#include "program.h"

#include "utf8.h"

enum kind { CHOICE, TEXT, FILE_NAME, NUMBER };

/* What a mark may name. */
struct value {
    const char *name;
    enum kind kind;
    const char *text; /* NULL: a file that is none */
    double number;
};

/* A Python string that is the name to Python: everything that would end it, or its line, is escaped. A byte 0xNN that is no text is
 * the lone surrogate U+DCNN, from which Python makes that byte again when it opens the file (PEP 383). */
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

/* The value of this name, or NULL. */
static const struct value *find(const struct value *values, const char *mark, size_t bytes)
{
    for (; values->name; values++)
        if (is_name(mark, bytes, values->name)) return values;
    return NULL;
}

static void put_value(struct rnni_writer *writer, const struct value *value)
{
    char text[RNN_DECIMAL_BYTES];
    if (value->kind == NUMBER)
        rnni_put(writer, text, rnn_decimal_write((float)value->number, text));
    else if (value->kind == FILE_NAME)
        put_string(writer, value->text ? value->text : "");
    else
        rnni_put_text(writer, value->text);
}

static bool holds(const struct value *values, const char *mark, size_t bytes)
{
    const struct value *value = find(values, mark, bytes);
    if (value) return value->kind == NUMBER ? value->number != 0 : value->text != NULL;
    for (; values->name; values++)
        if (values->kind == CHOICE && is_name(mark, bytes, values->text)) return true;
    return false;
}

/* Behind the end of what is left out: the line, or up to $;$. */
static const char *skip(const char *at, const char *end, bool line)
{
    for (; at < end && *at != '\n'; at++)
        if (!line && end - at >= 3 && memcmp(at, "$;$", 3) == 0) return at + 3;
    return at < end ? at + 1 : end;
}

static bool is_npz(const char *name)
{
    const size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".npz") == 0;
}

static enum rnn_status fill(struct rnni_writer *writer, const struct rnni_template *from, const struct value *values)
{
    const char *line = from->text, *end = from->text + from->bytes; /* line: where a mark is one of the line */
    for (const char *at = from->text; at < end;) {
        const char *mark = memchr(at, '$', (size_t)(end - at));
        rnni_put(writer, at, (size_t)((mark ? mark : end) - at));
        if (!mark) break;
        mark++;
        const char *close = memchr(mark, '$', (size_t)(end - mark));
        if (!close) return RNN_ERROR_ARGUMENT;
        const size_t length = (size_t)(close - mark);
        const bool of_line = mark - 1 == line || mark[-2] == '\n';
        at = close + 1;
        if (*mark == '?' || *mark == '!') {
            if (of_line) line = at;
            if (holds(values, mark + 1, length - 1) == (*mark == '!')) at = skip(at, end, of_line);
        } else if (!is_name(mark, length, ";")) {
            const struct value *value = find(values, mark, length);
            if (!value) return RNN_ERROR_ARGUMENT;
            put_value(writer, value);
        }
    }
    return RNN_OK;
}

enum rnn_status rnni_program_fill(struct rnni_writer *writer, const struct rnni_template *from,
                                  const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                  const struct rnn_program *program)
{
    const char *weights = program->weights ? program->weights : "";
    const uint32_t every = program->fit.validation_freq;
    const struct value values[] = {
        {"cell", CHOICE, rnn_cell_name(config->cell), 0},
        {"activation", CHOICE, rnn_activation_name(config->activation), 0},
        {"loss", CHOICE, rnn_loss_name(config->loss), 0},
        {"optimizer", CHOICE, rnn_method_name(optimizer->method), 0},
        {"metric", TEXT, rnn_metric_name(rnn_config_metric(config)), 0},
        {"data", FILE_NAME, program->data, 0},
        {"validation_data", FILE_NAME, program->validation_data, 0},
        {"weights", FILE_NAME, weights, 0},
        {"validation_split", NUMBER, NULL, program->validation_split},
        {"validates", NUMBER, NULL, program->validation_data || program->validation_split > 0},
        {"npz", NUMBER, NULL, is_npz(weights)},
        {"epochs", NUMBER, NULL, program->fit.epochs},
        {"batch_size", NUMBER, NULL, program->fit.batch_size},
        {"shuffle", NUMBER, NULL, program->fit.shuffle},
        {"validation_freq", NUMBER, NULL, every > 1 ? every : 0},
        {"layers", NUMBER, NULL, config->layers},
        {"second_layer", NUMBER, NULL, config->layers > 1},
        {"third_layer", NUMBER, NULL, config->layers > 2},
        {"units", NUMBER, NULL, config->units},
        {"timesteps", NUMBER, NULL, config->timesteps},
        {"features", NUMBER, NULL, config->features},
        {"outputs", NUMBER, NULL, config->outputs},
        {"return_sequences", NUMBER, NULL, config->return_sequences},
        {"l2", NUMBER, NULL, config->l2},
        {"learning_rate", NUMBER, NULL, optimizer->learning_rate},
        {"beta_1", NUMBER, NULL, optimizer->beta_1},
        {"beta_2", NUMBER, NULL, optimizer->beta_2},
        {"epsilon", NUMBER, NULL, optimizer->epsilon},
        {"rho", NUMBER, NULL, optimizer->rho},
        {"momentum", NUMBER, NULL, optimizer->momentum},
        {"nesterov", NUMBER, NULL, optimizer->nesterov},
        {"global_clipnorm", NUMBER, NULL, optimizer->global_clipnorm},
        {"clipvalue", NUMBER, NULL, optimizer->clipvalue},
        {NULL, TEXT, NULL, 0},
    };
    return fill(writer, from, values);
}

static const char *const FRAMEWORKS[RNNI_TEMPLATES] = {[RNN_KERAS] = "keras", [RNN_PYTORCH] = "pytorch"};

const char *rnn_framework_name(uint32_t index)
{
    return RNNI_NAME(FRAMEWORKS, index);
}

enum rnn_status rnn_program_write(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                  const struct rnn_program *program, char *text, size_t capacity, size_t *written)
{
    struct rnni_writer writer = {text, capacity, 0};
    if (!config || !optimizer || !program || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    if (program->framework >= RNNI_TEMPLATES) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(rnn_optimizer_check(optimizer, NULL));
    RNNI_TRY(rnn_range_check(RNN_VALIDATION_SPLIT, program->validation_split));
    RNNI_TRY(rnni_program_fill(&writer, &rnni_templates[program->framework], config, optimizer, program));
    return rnni_put_end(&writer, written);
}
