/* A Python file out of a template, a text with marks between dollar signs, which Python does not use:
 *
 *     $units$            the value
 *     $?gru$             at the begin of a line, or behind another such mark there: the line is kept if it holds
 *     $?gru$text$;$      elsewhere: the text is kept if it holds
 *     $!gru$             likewise, if it does not hold
 *
 * What holds: a number that is not 0, a file that is named, and of every choice (cell, activation, loss, optimizer) the name of
 * what was chosen. validation_freq is 0 where every epoch is measured. Names of files become Python strings. */
#include <string.h>

#include "../rnn.h"
#include "sink.h"

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum rnn_status try_status = (call);                                                                           \
        if (try_status != RNN_OK) return try_status;                                                                   \
    } while (0)

/* Each name ends with NUL: the choices, other texts, files, numbers. */
static const char names[] = "cell\0activation\0loss\0optimizer\0metric\0data\0validation_data\0weights\0"
                            "validation_split\0validates\0npz\0epochs\0batch_size\0shuffle\0validation_freq\0"
                            "layers\0second_layer\0third_layer\0units\0timesteps\0features\0outputs\0"
                            "return_sequences\0l2\0learning_rate\0beta_1\0beta_2\0epsilon\0rho\0momentum\0"
                            "nesterov\0global_clipnorm\0clipvalue\0";

enum { CHOICES = 4, FIRST_FILE = 5, TEXTS = 8, NUMBERS = 25 };

struct values {
    const char *texts[TEXTS]; /* NULL: a file that is none */
    double numbers[NUMBERS];
};

static void find_values(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                        const struct rnn_script *script, struct values *values)
{
    const char *weights = script->weights ? script->weights : "";
    const size_t length = strlen(weights);
    *values =
        (struct values){{rnn_cell_name(config->cell), rnn_activation_name(config->activation),
                         rnn_loss_name(config->loss), rnn_method_name(optimizer->method),
                         rnn_metric_name(rnn_config_metric(config)), script->data, script->validation_data, weights},
                        {script->validation_split,
                         script->validation_data || script->validation_split > 0,
                         length > 4 && strcmp(weights + length - 4, ".npz") == 0,
                         script->fit.epochs,
                         script->fit.batch_size,
                         script->fit.shuffle,
                         script->fit.validation_freq > 1 ? script->fit.validation_freq : 0,
                         config->layers,
                         config->layers > 1,
                         config->layers > 2,
                         config->units,
                         config->timesteps,
                         config->features,
                         config->outputs,
                         config->return_sequences,
                         config->l2,
                         optimizer->learning_rate,
                         optimizer->beta_1,
                         optimizer->beta_2,
                         optimizer->epsilon,
                         optimizer->rho,
                         optimizer->momentum,
                         optimizer->nesterov,
                         optimizer->global_clipnorm,
                         optimizer->clipvalue}};
}

/* How many bytes the first character of a text has in UTF-8 (Unicode 15.0, table 3-7); 0 if it is none. */
static size_t character_bytes(const unsigned char *at)
{
    const size_t bytes = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : *at < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < bytes; i++)
        if (at[i] >> 6 != 2) return 0; /* also at the end of the text */
    if ((*at == 0xe0 && at[1] < 0xa0) || (*at == 0xf0 && at[1] < 0x90)) return 0; /* it has a shorter form */
    if ((*at == 0xed && at[1] > 0x9f) || (*at == 0xf4 && at[1] > 0x8f)) return 0; /* a surrogate, or past the last */
    return bytes;
}

/* A Python string that is the name to Python: everything that would end it, or its line, is escaped. A byte 0xNN that is no text is
 * the lone surrogate U+DCNN, from which Python makes that byte again when it opens the file (PEP 383). */
static void put_string(struct sink *sink, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    sink_text(sink, "\"");
    while (*text) {
        const unsigned char c = (unsigned char)*text;
        const char digits[2] = {hex[c >> 4], hex[c & 15]};
        const size_t bytes = character_bytes((const unsigned char *)text);
        const bool plain = bytes && c >= 0x20 && c != 0x7f && c != '"' && c != '\\';
        if (plain) {
            sink_put(sink, text, bytes);
        } else {
            sink_text(sink, bytes ? "\\x" : "\\udc");
            sink_put(sink, digits, sizeof digits);
        }
        text += plain ? bytes : 1;
    }
    sink_text(sink, "\"");
}

static void put_value(struct sink *sink, const struct values *values, uint32_t which)
{
    char text[RNN_DECIMAL_BYTES];
    if (which >= TEXTS)
        sink_put(sink, text, rnn_decimal_write((float)values->numbers[which - TEXTS], text));
    else if (which >= FIRST_FILE)
        put_string(sink, values->texts[which] ? values->texts[which] : "");
    else
        sink_text(sink, values->texts[which]);
}

static bool is_name(const char *mark, size_t bytes, const char *name)
{
    return strlen(name) == bytes && memcmp(mark, name, bytes) == 0;
}

/* Which value has this name, or one past the last. */
static uint32_t find(const char *mark, size_t bytes)
{
    uint32_t which = 0;
    for (const char *name = names; *name && !is_name(mark, bytes, name); name += strlen(name) + 1) which++;
    return which;
}

static bool holds(const struct values *values, const char *mark, size_t bytes)
{
    const uint32_t which = find(mark, bytes);
    if (which < TEXTS) return values->texts[which];
    if (which < TEXTS + NUMBERS) return values->numbers[which - TEXTS] != 0;
    for (uint32_t i = 0; i < CHOICES; i++)
        if (is_name(mark, bytes, values->texts[i])) return true;
    return false;
}

/* Behind the end of what is left out: the line, or up to $;$. */
static const char *skip(const char *at, const char *end, bool line)
{
    for (; at < end && *at != '\n'; at++)
        if (!line && end - at >= 3 && memcmp(at, "$;$", 3) == 0) return at + 3;
    return at < end ? at + 1 : end;
}

enum rnn_status rnn_script_write(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                 const struct rnn_script *script, const char *template_text, size_t bytes, char *text,
                                 size_t capacity, size_t *written)
{
    struct values values;
    struct sink sink = {text, capacity, 0};
    if (!config || !optimizer || !script || !template_text || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    TRY(rnn_config_check(config, NULL));
    TRY(rnn_optimizer_check(optimizer, NULL));
    TRY(rnn_range_check(RNN_VALIDATION_SPLIT, script->validation_split));
    find_values(config, optimizer, script, &values);
    const char *line = template_text; /* where a mark is one of the line */
    for (const char *at = template_text, *end = template_text + bytes; at < end;) {
        const char *mark = memchr(at, '$', (size_t)(end - at));
        sink_put(&sink, at, (size_t)((mark ? mark : end) - at));
        if (!mark) break;
        mark++;
        const char *close = memchr(mark, '$', (size_t)(end - mark));
        if (!close) return RNN_ERROR_ARGUMENT;
        const size_t length = (size_t)(close - mark);
        const bool of_line = mark - 1 == line || mark[-2] == '\n';
        at = close + 1;
        if (*mark == '?' || *mark == '!') {
            if (of_line) line = at;
            if (holds(&values, mark + 1, length - 1) == (*mark == '!')) at = skip(at, end, of_line);
        } else if (!is_name(mark, length, ";")) {
            const uint32_t which = find(mark, length);
            if (which == TEXTS + NUMBERS) return RNN_ERROR_ARGUMENT;
            put_value(&sink, &values, which);
        }
    }
    if (written) *written = sink.written;
    return sink.written > capacity ? RNN_ERROR_BLOCK : RNN_OK;
}
