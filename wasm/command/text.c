#include "text.h"

#include "files.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>

enum { UNIT, CASE, VOCABULARY };
const char *const text_note_keys[] = {"tokens", "case", "vocabulary", NULL};

static enum exit_status text_failed(const char *path, enum rnn_status status, const struct rnn_diagnosis *d)
{
    if (status != RNN_ERROR_TEXT) return failed("%s: %s", path, rnn_status_text(status));
    if (d->line == 0) return failed("%s: %s", path, d->text);
    return failed("%s:%lu:%lu: %s", path, (unsigned long)d->line, (unsigned long)d->column, d->text);
}

/* ------------------------------------------------------------------------------------------------ tokens */

static enum exit_status build(const struct options *options, const char *path, const struct bytes *file,
                              const struct rnn_vocabulary **vocabulary)
{
    const uint32_t unit = option_whole(options, OPTION_TOKENS), keep_case = option_whole(options, OPTION_KEEP_CASE);
    struct rnn_diagnosis diagnosis = {0};
    struct rnn_text found;
    uint64_t bytes = 0;
    struct rnn_vocabulary *made = memory_take(sizeof *made, "the vocabulary");
    if (!made) return FAILED;
    enum rnn_status status = rnn_text_measure(file->data, file->count, unit, keep_case, &found, &bytes, &diagnosis);
    if (status != RNN_OK) return text_failed(path, status, &diagnosis);
    void *block = memory_take(bytes, "the counts of words");
    if (!block) return FAILED;
    status = rnn_vocabulary_build(file->data, file->count, unit, keep_case, option_whole(options, OPTION_VOCABULARY),
                                  block, bytes, made, &found, &diagnosis);
    *vocabulary = made;
    return status == RNN_OK ? DONE : text_failed(path, status, &diagnosis);
}

/* name: for messages. */
static enum exit_status encode(const char *name, const char *bytes, size_t count,
                               const struct rnn_vocabulary *vocabulary, struct text *text)
{
    struct rnn_diagnosis diagnosis = {0};
    struct rnn_text found;
    enum rnn_status status =
        rnn_text_measure(bytes, count, vocabulary->unit, vocabulary->keep_case, &found, NULL, &diagnosis);
    if (status != RNN_OK) return text_failed(name, status, &diagnosis);
    uint32_t *tokens = memory_take((uint64_t)found.tokens * sizeof *tokens, "the tokens");
    if (!tokens) return FAILED;
    *text = (struct text){name, vocabulary, tokens, found.tokens, found};
    status = rnn_text_encode(bytes, count, vocabulary, tokens, NULL, &text->found, &diagnosis);
    return status == RNN_OK ? DONE : text_failed(name, status, &diagnosis);
}

enum exit_status text_read(const struct options *options, const char *path, const struct rnn_vocabulary *vocabulary,
                           struct text *text)
{
    struct bytes file;
    TRY(file_read(path, &file));
    enum exit_status result = vocabulary ? DONE : build(options, path, &file, &vocabulary);
    if (result == DONE) result = encode(path, file.data, file.count, vocabulary, text);
    file_release(&file);
    return result;
}

enum exit_status text_read_argument(const struct options *options, enum option which,
                                    const struct rnn_vocabulary *vocabulary, struct text *text)
{
    const char *given = option(options, which)->text, *name = option_name(which);
    TRY(encode(name, given, strlen(given), vocabulary, text));
    return text->count ? DONE : misused("%s: expected a text with at least one token", name);
}

void text_report(const struct text *text)
{
    const struct rnn_vocabulary *vocabulary = text->vocabulary;
    const uint32_t listed = vocabulary->size - (vocabulary->unknown != RNN_NO_TOKEN);
    printf("%s: %lu %s and a vocabulary of %lu", text->path, (unsigned long)text->count,
           rnn_token_unit_name(vocabulary->unit), (unsigned long)listed);
    if (vocabulary->unknown != RNN_NO_TOKEN)
        printf(", %lu of them %s", (unsigned long)text->found.unknown, vocabulary->token[vocabulary->unknown]);
    if (text->found.folded) printf("; %lu capital letters read as small ones", (unsigned long)text->found.folded);
    putchar('\n');
}

/* ------------------------------------------------------------------------------------------------ sequences */

static enum exit_status lay_out(const struct text *text, const struct rnn_text_layout *layout, struct rnn_dataset *data)
{
    struct rnn_text_shape shape;
    enum rnn_status status = rnn_text_sequences_measure(text->tokens, NULL, text->count, layout, &shape);
    if (status == RNN_ERROR_EMPTY)
        return failed("%s: expected at least %lu tokens, one more than time steps, got %lu", text->path,
                      (unsigned long)layout->timesteps + 1, (unsigned long)text->count);
    if (status != RNN_OK) return failed("%s: %s", text->path, rnn_status_text(status));
    const uint64_t steps = (uint64_t)shape.samples * shape.timesteps;
    rnn_real *x = memory_take(steps * layout->features * sizeof *x, "the data");
    rnn_real *y = x ? memory_take(steps * sizeof *y, "the labels") : NULL;
    if (!y) return FAILED;
    *data = (struct rnn_dataset){.x = x,
                                 .y = y,
                                 .samples = shape.samples,
                                 .timesteps = shape.timesteps,
                                 .features = layout->features,
                                 .readouts = shape.timesteps};
    status = rnn_text_sequences(text->tokens, NULL, text->count, layout, x, y, NULL);
    return status == RNN_OK ? DONE : failed("%s: %s", text->path, rnn_status_text(status));
}

enum exit_status text_windows(const struct options *options, const struct text *text, uint32_t features,
                              struct rnn_dataset *data)
{
    const struct rnn_text_layout layout = {.form = RNN_TEXT_WINDOWS,
                                           .timesteps = option_whole(options, OPTION_STEPS),
                                           .stride = option_whole(options, OPTION_STRIDE),
                                           .outputs = text->vocabulary->size,
                                           .features = features};
    return lay_out(text, &layout, data);
}

enum exit_status text_stream(const struct text *text, uint32_t features, struct rnn_dataset *data)
{
    const uint32_t most = (uint32_t)rnn_range_of(RNN_TIMESTEPS)->maximum, steps = text->count < 2 ? 1
                                                                                  : text->count - 1 < most
                                                                                      ? text->count - 1
                                                                                      : most;
    const struct rnn_text_layout layout = {.form = RNN_TEXT_WINDOWS,
                                           .timesteps = steps,
                                           .stride = steps,
                                           .outputs = text->vocabulary->size,
                                           .features = features};
    return lay_out(text, &layout, data);
}

/* ------------------------------------------------------------------------------------------------ in files of weights */

enum exit_status text_notes(const struct rnn_vocabulary *vocabulary, const struct rnn_note **notes)
{
    size_t bytes = 0;
    rnn_vocabulary_write(vocabulary, NULL, 0, &bytes);
    char *list = memory_take(bytes + 1, "the vocabulary");
    struct rnn_note *made = list ? memory_take((VOCABULARY + 2) * sizeof *made, "the vocabulary") : NULL;
    if (!made) return FAILED;
    const enum rnn_status status = rnn_vocabulary_write(vocabulary, list, bytes, NULL);
    list[bytes] = 0;
    made[UNIT] = (struct rnn_note){text_note_keys[UNIT], rnn_token_unit_name(vocabulary->unit)};
    made[CASE] = (struct rnn_note){text_note_keys[CASE], vocabulary->keep_case ? "kept" : "folded"};
    made[VOCABULARY] = (struct rnn_note){text_note_keys[VOCABULARY], list};
    made[VOCABULARY + 1] = (struct rnn_note){NULL, NULL};
    *notes = made;
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}

static const char *note_of(const struct rnn_note *notes, const char *key)
{
    for (; notes && notes->key; notes++)
        if (strcmp(notes->key, key) == 0) return notes->value;
    return NULL;
}

enum exit_status text_vocabulary(const char *path, const struct rnn_note *notes,
                                 const struct rnn_vocabulary **vocabulary)
{
    const char *unit = note_of(notes, text_note_keys[UNIT]), *letters = note_of(notes, text_note_keys[CASE]);
    const char *list = note_of(notes, text_note_keys[VOCABULARY]);
    struct rnn_diagnosis diagnosis = {0};
    uint32_t index = 0;
    *vocabulary = NULL;
    if (!unit || !list) return DONE;
    while (rnn_token_unit_name(index) && strcmp(rnn_token_unit_name(index), unit) != 0) index++;
    struct rnn_vocabulary *made = memory_take(sizeof *made, "the vocabulary");
    if (!made) return FAILED;
    *vocabulary = made;
    const enum rnn_status status =
        rnn_vocabulary_read(list, strlen(list), index, letters && strcmp(letters, "kept") == 0, made, &diagnosis);
    return status == RNN_OK ? DONE
                            : failed("%s: the vocabulary in __metadata__: %s", path,
                                     status == RNN_ERROR_TEXT ? diagnosis.text : rnn_status_text(status));
}

enum exit_status text_put(const struct rnn_vocabulary *vocabulary, const uint32_t *tokens, uint32_t count)
{
    size_t bytes = 0;
    rnn_text_decode(vocabulary, tokens, count, NULL, 0, &bytes);
    char *text = memory_take(bytes + 1, "the text");
    if (!text) return FAILED;
    const enum rnn_status status = rnn_text_decode(vocabulary, tokens, count, text, bytes, NULL);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    text[bytes] = '\n';
    fwrite(text, 1, bytes + 1, stdout);
    return DONE;
}
