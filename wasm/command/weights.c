#include "weights.h"

#include "configure.h"
#include "files.h"
#include "memory.h"
#include "text.h"

#include <string.h>

/* The largest network is dense, with 33.3 million parameters of at most 8 bytes each; the rest is for names and notes. */
#define MOST_BYTES ((uint64_t)1 << 28)

static enum exit_status weights_failed(const char *path, enum rnn_status status, const struct rnn_diagnosis *d)
{
    if (status != RNN_ERROR_WEIGHTS) return failed("%s: %s", path, rnn_status_text(status));
    return failed("%s: byte %llu: %s", path, (unsigned long long)d->offset, d->text);
}

static enum exit_status parse(const char *path, const struct bytes *file, struct rnn_config *config,
                              const rnn_real **parameters)
{
    struct rnn_diagnosis diagnosis = {0};
    if (config->outputs == 0) config->outputs = (uint32_t)rnn_range_of(RNN_CLASSES)->minimum; /* without --classes */
    enum rnn_status status = rnn_weights_measure(file->data, file->count, config, &diagnosis);
    if (status != RNN_OK) return weights_failed(path, status, &diagnosis);
    rnn_real *room = memory_take(rnn_parameter_count(config) * sizeof(rnn_real), "the weights");
    if (!room) return FAILED;
    *parameters = room;
    status = rnn_weights_read(file->data, file->count, config, room, &diagnosis);
    return status == RNN_OK ? DONE : weights_failed(path, status, &diagnosis);
}

/* Reads one note; *value stays NULL if the file has none. */
static enum exit_status read_note(const char *path, const struct bytes *file, const char *key, const char **value)
{
    struct rnn_diagnosis diagnosis = {0};
    size_t bytes = 0;
    enum rnn_status status = rnn_weights_note(file->data, file->count, key, NULL, 0, &bytes, &diagnosis);
    if (status == RNN_OK) return DONE;
    if (status != RNN_ERROR_BLOCK) return weights_failed(path, status, &diagnosis);
    char *room = memory_take(bytes + 1, "the notes");
    if (!room) return FAILED;
    status = rnn_weights_note(file->data, file->count, key, room, bytes, NULL, &diagnosis);
    room[bytes] = 0;
    *value = room;
    return status == RNN_OK ? DONE : weights_failed(path, status, &diagnosis);
}

static enum exit_status read_notes(const char *path, const struct bytes *file, const struct rnn_note **notes)
{
    enum { MOST_NOTES = 8 };
    struct rnn_note *made = memory_take((MOST_NOTES + 1) * sizeof *made, "the notes");
    if (!made) return FAILED;
    *notes = made;
    for (const char *const *key = text_note_keys; *key; key++) {
        *made = (struct rnn_note){*key, NULL};
        TRY(read_note(path, file, *key, &made->value));
        made += made->value != NULL;
    }
    *made = (struct rnn_note){NULL, NULL};
    return DONE;
}

enum exit_status weights_read(const struct options *options, struct rnn_config *config, const rnn_real **parameters,
                              const struct rnn_note **notes)
{
    const char *path = option(options, OPTION_WEIGHTS)->text;
    const struct rnn_config asked = *config;
    struct bytes file;
    char has[HAS_BYTES];
    TRY(file_check_size(path, MOST_BYTES, "a safetensors or npz file of weights",
                        "Give the name of a file of weights"));
    TRY(file_read(path, &file));
    enum exit_status result = parse(path, &file, config, parameters);
    if (result == DONE) result = read_notes(path, &file, notes);
    file_release(&file);
    if (result == DONE) result = configure_agrees(options, config, path);
    if (result == DONE && option(options, OPTION_TASK)->here && configure_differs(&asked, config, has))
        result = option_disagrees(options, OPTION_TASK, path, has);
    return result;
}

static enum exit_status find_note(const char *path, const struct bytes *file, const char *key, const char **value,
                                  size_t *bytes)
{
    struct rnn_diagnosis diagnosis = {0};
    enum rnn_status status = rnn_weights_note(file->data, file->count, key, NULL, 0, bytes, &diagnosis);
    if (status == RNN_ERROR_BLOCK) {
        char *room = memory_take(*bytes, "the note");
        if (!room) return FAILED;
        *value = room;
        status = rnn_weights_note(file->data, file->count, key, room, *bytes, bytes, &diagnosis);
    }
    return status == RNN_OK ? DONE : weights_failed(path, status, &diagnosis);
}

enum exit_status weights_note(const char *path, const char *key, const char **value, size_t *bytes)
{
    struct bytes file;
    TRY(file_read(path, &file));
    const enum exit_status result = find_note(path, &file, key, value, bytes);
    file_release(&file);
    return result;
}

enum exit_status weights_write(const struct rnn_config *config, const rnn_real *parameters,
                               const struct rnn_note *notes, struct output_file *file)
{
    const size_t length = strlen(file->path);
    const bool npz = length > 4 && strcmp(file->path + length - 4, ".npz") == 0;
    enum rnn_status (*const write)(const struct rnn_config *, const rnn_real *, const struct rnn_note *, void *, size_t,
                                   size_t *) = npz ? rnn_npz_write : rnn_safetensors_write;
    enum rnn_status status = write(config, parameters, notes, NULL, 0, &file->count);
    void *room = status == RNN_ERROR_BLOCK ? memory_take(file->count, "the file of weights") : NULL;
    if (status == RNN_ERROR_BLOCK && !room) return FAILED;
    if (room) status = write(config, parameters, notes, room, file->count, &file->count);
    file->data = room;
    return status == RNN_OK ? DONE : failed("%s: %s", file->path, rnn_status_text(status));
}

enum exit_status weights_save(const struct rnn_config *config, const rnn_real *parameters, const struct rnn_note *notes,
                              const char *path)
{
    struct output_file file = {.path = path};
    TRY(weights_write(config, parameters, notes, &file));
    return file_save_all(&file, 1);
}
