/* Exports of the files module, which JavaScript loads when it first reads or writes weights or a program: flat functions around
 * core/rnn_files.h. It has no models: a configuration and its parameters are passed with each call. Addresses, statuses and letters
 * are as in network.c. */
#include "blocks.h"
#include "boundary.h"
#include "diagnosis.h"

#include <string.h>

const char *const answer_records[] = {
    "size bytes",
    ("config " CONFIG_FIELDS),
    ("file " CONFIG_FIELDS " parameters"),
    ("optimizer " OPTIMIZER_FIELDS),
    DIAGNOSIS_RECORD,
    "program framework validation_split epochs batch_size shuffle validation_freq stride masks",
    "series timesteps lead forecast threshold features scales",
    "column mean deviation name:text",
    NULL,
};

/* ------------------------------------------------------------------------------------------------ weights */

/* Fills `file` with the file's configuration and P. config: in; fields that the file does not determine stay. Fills `diagnosis`
 * with RNN_ERROR_WEIGHTS. */
EXPORT(weights_measure) enum rnn_status export_weights_measure(uint32_t file, uint32_t bytes, uint32_t config)
{
    struct rnn_config like;
    TRY(take_config(config, &like));
    TRY(diagnosed(rnn_weights_measure(bytes_at(file, bytes), bytes, &like, &diagnosis)));
    *put_config(answer_area, &like) = (double)rnn_parameter_count(&like);
    return RNN_OK;
}

/* config: in; parameters: out (P). Fills `diagnosis` as weights_measure does. */
EXPORT(weights_read)
enum rnn_status export_weights_read(uint32_t file, uint32_t bytes, uint32_t config, uint32_t parameters)
{
    struct rnn_config wanted;
    TRY(take_config(config, &wanted));
    return diagnosed(
        rnn_weights_read(bytes_at(file, bytes), bytes, &wanted, parameters_at(parameters, &wanted), &diagnosis));
}

/* Reads `count` texts, each terminated by NUL, that fill bytes[0 .. bytes). */
static enum rnn_status take_texts(uint32_t address, uint32_t bytes, const char **texts, uint32_t count)
{
    const char *first = bytes_at(address, bytes), *text = first;
    if (count == 0 && bytes == 0) return RNN_OK;
    if (!first || bytes == 0 || first[bytes - 1] != 0) return RNN_ERROR_ARGUMENT;
    for (uint32_t i = 0; i < count; i++) {
        if (text == first + bytes) return RNN_ERROR_ARGUMENT;
        texts[i] = text;
        while (*text) text++;
        text++;
    }
    return text == first + bytes ? RNN_OK : RNN_ERROR_ARGUMENT;
}

/* Fills `size`. config, parameters (P): in; format: 0 safetensors, 1 npz; notes: in, for each of `count` notes its key and its value,
 * each terminated by NUL; file: out (capacity), which must not overlap them, or address 0 and capacity 0 to only measure. */
EXPORT(weights_write)
enum rnn_status export_weights_write(uint32_t config, uint32_t parameters, uint32_t format, uint32_t count,
                                     uint32_t notes, uint32_t notes_bytes, uint32_t file, uint32_t capacity)
{
    enum { MOST_NOTES = 8 };
    const char *texts[2 * MOST_NOTES] = {NULL};
    struct rnn_note made[MOST_NOTES + 1] = {{NULL, NULL}};
    struct rnn_config wanted;
    size_t bytes = 0;
    TRY(take_config(config, &wanted));
    const rnn_real *numbers = parameters_at(parameters, &wanted);
    if (format > 1 || count > MOST_NOTES || !spans_apart(notes, notes_bytes, file, capacity)) return RNN_ERROR_ARGUMENT;
    TRY(take_texts(notes, notes_bytes, texts, 2 * count));
    for (uint32_t i = 0; i < count; i++) made[i] = (struct rnn_note){texts[2 * i], texts[2 * i + 1]};
    const enum rnn_status status = (format ? rnn_npz_write : rnn_safetensors_write)(
        &wanted, numbers, made, bytes_at(file, capacity), capacity, &bytes);
    return capacity == 0 ? measured(status, bytes) : status;
}

/* Fills `size` with the bytes of a note, 0 if the file has none. key: in, terminated by NUL; value: out (capacity), without a NUL, or
 * address 0 and capacity 0 to only measure. Fills `diagnosis` as weights_measure does. */
EXPORT(weights_note)
enum rnn_status export_weights_note(uint32_t file, uint32_t bytes, uint32_t key, uint32_t key_bytes, uint32_t value,
                                    uint32_t capacity)
{
    const char *name;
    size_t length = 0;
    TRY(take_texts(key, key_bytes, &name, 1));
    if (!spans_apart(file, bytes, value, capacity) || !spans_apart(key, key_bytes, value, capacity))
        return RNN_ERROR_ARGUMENT;
    const enum rnn_status status = diagnosed(
        rnn_weights_note(bytes_at(file, bytes), bytes, name, bytes_at(value, capacity), capacity, &length, &diagnosis));
    return capacity == 0 ? measured(status, length) : status;
}

/* ------------------------------------------------------------------------------------------------ notes of a time series */

/* The note that was read last. */
static struct rnn_series_note series_note;

EXPORT(forecast_name) const char *export_forecast_name(uint32_t index)
{
    return rnn_forecast_name(index);
}

/* Fills `series`, in which scales is 0; series_column tells them. text: in (bytes). Fills `diagnosis` with RNN_ERROR_WEIGHTS. */
EXPORT(series_note_read) enum rnn_status export_series_note_read(uint32_t text, uint32_t bytes)
{
    TRY(diagnosed(rnn_series_note_read(bytes_at(text, bytes), bytes, &series_note, &diagnosis)));
    answer_area[0] = series_note.timesteps;
    answer_area[1] = series_note.lead;
    answer_area[2] = series_note.forecast;
    answer_area[3] = series_note.threshold;
    answer_area[4] = series_note.features;
    answer_area[5] = 0;
    return RNN_OK;
}

/* A column of a note: 0 is the target, and k the k-th input. */
static struct rnn_note_column *column_of(struct rnn_series_note *note, uint32_t index)
{
    return index ? &note->inputs[index - 1] : &note->target;
}

/* Fills `column` with a column of the note that was read: 0 is the target, and k the k-th input. */
EXPORT(series_column) enum rnn_status export_series_column(uint32_t index)
{
    if (index > series_note.features) return RNN_ERROR_ARGUMENT;
    const struct rnn_note_column *column = column_of(&series_note, index);
    answer_pair(column->scale.mean, column->scale.deviation);
    answer_area[2] = address_of(column->name);
    return RNN_OK;
}

static enum rnn_status take_series_note(uint32_t address, uint32_t names_address, uint32_t names_bytes,
                                        struct rnn_series_note *note)
{
    enum { NOTE_NUMBERS = 6 };
    const char *names[1 + sizeof note->inputs / sizeof *note->inputs] = {NULL};
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, NOTE_NUMBERS);
    if (!from) return RNN_ERROR_ARGUMENT;
    const uint32_t features = take_whole(from[4], &status), scales = take_whole(from[5], &status);
    *note = (struct rnn_series_note){.timesteps = take_whole(from[0], &status),
                                     .lead = take_whole(from[1], &status),
                                     .forecast = take_whole(from[2], &status),
                                     .features = features,
                                     .threshold = from[3]};
    TRY(status);
    TRY(rnn_range_check(RNN_FEATURES, features));
    TRY(take_texts(names_address, names_bytes, names, features + 1));
    const double *numbers = numbers_at(scales, 2 * (features + 1));
    if (!numbers) return RNN_ERROR_ARGUMENT;
    for (uint32_t i = 0; i <= features; i++) {
        struct rnn_note_column *column = column_of(note, i);
        size_t bytes = 0;
        while (names[i][bytes]) bytes++;
        if (bytes >= sizeof column->name) return RNN_ERROR_TOO_LARGE;
        memcpy(column->name, names[i], bytes);
        column->scale = (struct rnn_scale){numbers[2 * i], numbers[2 * i + 1]};
    }
    return RNN_OK;
}

/* Fills `size`. series: in, this record, with the address of (features + 1, 2) doubles as scales; names: in, the target's and those of
 * the inputs, each terminated by NUL; text: out (capacity), with a NUL, or address 0 and capacity 0 to only measure. */
EXPORT(series_note_write)
enum rnn_status export_series_note_write(uint32_t series, uint32_t names, uint32_t names_bytes, uint32_t text,
                                         uint32_t capacity)
{
    struct rnn_series_note note;
    size_t bytes = 0;
    TRY(take_series_note(series, names, names_bytes, &note));
    const enum rnn_status status = rnn_series_note_write(&note, bytes_at(text, capacity), capacity, &bytes);
    return capacity == 0 ? measured(status, bytes) : status;
}

/* ------------------------------------------------------------------------------------------------ programs */

/* Reads the names of the files with data, validation data (empty: none) and weights, each terminated by NUL. */
static enum rnn_status take_names(uint32_t address, uint32_t bytes, struct rnn_program *program)
{
    const char *parts[3];
    TRY(take_texts(address, bytes, parts, 3));
    program->data = parts[0];
    program->validation_data = *parts[1] ? parts[1] : NULL;
    program->weights = parts[2];
    return RNN_OK;
}

/* Fills `size`. config, optimizer, program: in, these records; names: in; text: out (capacity), which must not overlap names, or
 * address 0 and capacity 0 to only measure. */
EXPORT(program)
enum rnn_status export_program(uint32_t config, uint32_t optimizer, uint32_t program, uint32_t names,
                               uint32_t names_bytes, uint32_t text, uint32_t capacity)
{
    enum { PROGRAM_NUMBERS = 8 };
    struct rnn_config network;
    struct rnn_optimizer method;
    struct rnn_program wanted;
    enum rnn_status status = RNN_OK;
    size_t bytes = 0;
    const double *from = numbers_at(program, PROGRAM_NUMBERS);
    TRY(take_config(config, &network));
    TRY(take_optimizer(optimizer, &method));
    TRY(take_names(names, names_bytes, &wanted));
    /* The names are still needed while the text is written. */
    if (!spans_apart(names, names_bytes, text, capacity)) return RNN_ERROR_ARGUMENT;
    if (!from) return RNN_ERROR_ARGUMENT;
    wanted.framework = take_whole(from[0], &status);
    wanted.validation_split = from[1];
    wanted.stride = take_whole(from[6], &status);
    wanted.masks = take_whole(from[7], &status);
    wanted.fit = (struct rnn_fit_options){.epochs = take_whole(from[2], &status),
                                          .batch_size = take_whole(from[3], &status),
                                          .shuffle = from[4] != 0,
                                          .validation_freq = take_whole(from[5], &status)};
    TRY(status);
    status = rnn_program_write(&network, &method, &wanted, bytes_at(text, capacity), capacity, &bytes);
    return capacity == 0 ? measured(status, bytes) : status;
}

EXPORT(framework_name) const char *export_framework_name(uint32_t index)
{
    return rnn_framework_name(index);
}
