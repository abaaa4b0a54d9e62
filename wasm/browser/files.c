/* Exports of the files module, which JavaScript loads when it first reads or writes weights or a program: flat functions around
 * core/rnn_files.h. It has no models: a configuration and its parameters are passed with each call. Addresses, statuses and letters
 * are as in network.c. */
#include "blocks.h"
#include "boundary.h"
#include "diagnosis.h"

const char *const answer_records[] = {
    "size bytes",
    ("config " CONFIG_FIELDS),
    ("file " CONFIG_FIELDS " parameters"),
    ("optimizer " OPTIMIZER_FIELDS),
    DIAGNOSIS_RECORD,
    "program framework validation_split epochs batch_size shuffle validation_freq",
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
    if (!spans_apart(names, names_bytes, text, capacity)) return RNN_ERROR_ARGUMENT;
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
