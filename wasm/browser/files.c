/* Exports of the files module, which JavaScript loads when it first reads or writes a file: flat functions around core/rnn_files.h.
 * It has no models: a configuration and its parameters are passed with each call. Addresses, statuses and letters are as in
 * network.c. */
#include "blocks.h"
#include "boundary.h"
#include "../../core/rnn_files.h"

const char *const answer_records[] = {
    "size bytes",
    ("config " CONFIG_FIELDS),
    ("file " CONFIG_FIELDS " parameters"),
    ("optimizer " OPTIMIZER_FIELDS),
    "extents samples timesteps features return_sequences",
    "diagnosis line column offset text:text",
    "program framework validation_split epochs batch_size shuffle validation_freq",
    NULL,
};

/* Why the latest CSV text or file of weights was rejected. */
static struct rnn_diagnosis diagnosis;

static enum rnn_status diagnosed(enum rnn_status status)
{
    if (status == RNN_ERROR_CSV || status == RNN_ERROR_WEIGHTS) {
        answer_area[0] = diagnosis.line;
        answer_area[1] = diagnosis.column;
        answer_area[2] = (double)diagnosis.offset;
        answer_area[3] = address_of(diagnosis.text);
    }
    return status;
}

static void answer_extents(const struct rnn_csv_shape *shape)
{
    answer_area[0] = shape->samples;
    answer_area[1] = shape->timesteps;
    answer_area[2] = shape->features;
    answer_area[3] = shape->return_sequences;
}

/* ------------------------------------------------------------------------------------------------ data */

/* Fills `extents`, or `diagnosis` with RNN_ERROR_CSV. */
EXPORT(csv_measure) enum rnn_status export_csv_measure(uint32_t text, uint32_t bytes)
{
    struct rnn_csv_shape shape;
    const char *place = bytes_at(text, bytes);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(diagnosed(rnn_csv_measure(place, bytes, &shape, &diagnosis)));
    answer_extents(&shape);
    return RNN_OK;
}

/* To be called with the extents of csv_measure. loss: an index of loss_name; classes: 0 for any. x: out (n, T, F); y: out (n, R).
 * Fills `diagnosis` with RNN_ERROR_CSV. */
EXPORT(csv_read)
enum rnn_status export_csv_read(uint32_t text, uint32_t bytes, uint32_t samples, uint32_t timesteps, uint32_t features,
                                uint32_t return_sequences, uint32_t loss, uint32_t classes, uint32_t x, uint32_t y)
{
    const char *place = bytes_at(text, bytes);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(check_extents(samples, timesteps, features));
    const struct rnn_csv_shape shape = {samples, timesteps, features, return_sequences};
    return diagnosed(rnn_csv_read(place, bytes, &shape, (enum rnn_loss)loss, classes,
                                  reals_at(x, (uint64_t)samples * timesteps * features),
                                  reals_at(y, (uint64_t)samples * (return_sequences ? timesteps : 1)), &diagnosis));
}

/* Writes header and lines to text[0 .. capacity) and the number of bytes needed to *written. With text NULL and capacity 0 it only
 * counts them. */
static enum rnn_status csv_lines(const struct rnn_dataset *data, uint32_t return_sequences, char *text, size_t capacity,
                                 uint64_t *written)
{
    size_t bytes = 0;
    const struct rnn_csv_shape shape = {data->samples, data->timesteps, data->features, return_sequences};
    enum rnn_status status = rnn_csv_write_header(&shape, text, capacity, &bytes);
    *written = bytes;
    for (uint32_t sample = 0; sample < data->samples; sample++) {
        if (status != (text ? RNN_OK : RNN_ERROR_BLOCK)) break;
        status = rnn_csv_write_sample(data, sample, text ? text + *written : NULL,
                                      text ? capacity - (size_t)*written : 0, &bytes);
        *written += bytes;
    }
    return status;
}

/* Fills `size` with the length of the text, without a NUL. return_sequences: 0 for one y (n), otherwise y (n, T), named y1, ...,
 * yT. */
EXPORT(csv_write_size)
enum rnn_status export_csv_write_size(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                                      uint32_t return_sequences)
{
    struct rnn_dataset data;
    uint64_t bytes = 0;
    TRY(dataset_at(x, y, samples, timesteps, features, return_sequences, &data));
    enum rnn_status status = csv_lines(&data, return_sequences, NULL, 0, &bytes);
    return measured(status, bytes);
}

/* text: out (capacity). Writes everything or nothing. */
EXPORT(csv_write)
enum rnn_status export_csv_write(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                                 uint32_t return_sequences, uint32_t text, uint32_t capacity)
{
    struct rnn_dataset data;
    uint64_t written = 0;
    char *place = bytes_at(text, capacity);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(dataset_at(x, y, samples, timesteps, features, return_sequences, &data));
    const enum rnn_status status = csv_lines(&data, return_sequences, NULL, 0, &written);
    if (status != RNN_ERROR_BLOCK || written > capacity) return status;
    return csv_lines(&data, return_sequences, place, capacity, &written);
}

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

/* Fills `size`. config, parameters (P): in; format: 0 safetensors, 1 npz; file: out (capacity), or address 0 and capacity 0 to only
 * measure. */
EXPORT(weights_write)
enum rnn_status export_weights_write(uint32_t config, uint32_t parameters, uint32_t format, uint32_t file,
                                     uint32_t capacity)
{
    struct rnn_config wanted;
    size_t bytes = 0;
    TRY(take_config(config, &wanted));
    const rnn_real *numbers = parameters_at(parameters, &wanted);
    if (format > 1) return RNN_ERROR_ARGUMENT;
    const enum rnn_status status = (format ? rnn_npz_write : rnn_safetensors_write)(
        &wanted, numbers, NULL, bytes_at(file, capacity), capacity, &bytes);
    return capacity == 0 ? measured(status, bytes) : status;
}

/* ------------------------------------------------------------------------------------------------ programs */

/* Reads the names of the files with data, validation data (empty: none) and weights, each terminated by NUL. */
static enum rnn_status take_names(uint32_t address, uint32_t bytes, struct rnn_program *program)
{
    const char *first = bytes_at(address, bytes), *parts[3];
    if (!first || bytes == 0 || first[bytes - 1] != 0) return RNN_ERROR_ARGUMENT;
    const char *name = first;
    for (int i = 0; i < 3; i++) {
        if (name == first + bytes) return RNN_ERROR_ARGUMENT;
        parts[i] = name;
        while (*name) name++;
        name++;
    }
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
    enum { PROGRAM_NUMBERS = 6 };
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
    if ((uint64_t)names < (uint64_t)text + capacity && text < (uint64_t)names + names_bytes) return RNN_ERROR_ARGUMENT;
    if (!from) return RNN_ERROR_ARGUMENT;
    wanted.framework = take_whole(from[0], &status);
    wanted.validation_split = from[1];
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
