/* unrolled export: write a Python file that continues training a model in Keras or PyTorch, together with the data and weights it
 * reads. */
#include "commands.h"
#include "rnn_files.h"
#include "configure.h"
#include "files.h"
#include "memory.h"
#include "number.h"
#include "training.h"
#include "weights.h"

#include <stdio.h>
#include <string.h>

enum { PATH_BYTES = 1024 };

/* The files to write. Their names begin with --output. */
struct names {
    char program[PATH_BYTES], data[PATH_BYTES], validation[PATH_BYTES], weights[PATH_BYTES];
};

static enum exit_status find_names(const struct options *options, struct names *names)
{
    const char *stem = option(options, OPTION_OUTPUT)->text;
    const char *last = strrchr(stem, '/');
    if (!(last ? last[1] : *stem) || strlen(stem) > PATH_BYTES - 32)
        return misused("--output: expected a name of at most %d bytes, to which .py, .csv and .npz are added",
                       PATH_BYTES - 32);
    snprintf(names->program, PATH_BYTES, "%s.py", stem);
    const char *end = option(options, OPTION_TEXT)->here ? "txt" : "csv";
    snprintf(names->data, PATH_BYTES, "%s.%s", stem, end);
    snprintf(names->validation, PATH_BYTES, "%s_validation.%s", stem, end);
    snprintf(names->weights, PATH_BYTES, "%s.npz", stem);
    return DONE;
}

/* Will a file with validation data be written? With --validation-split that is only known once the data are read, so true may be
 * wrong. */
static bool may_validate(const struct options *options)
{
    return option(options, OPTION_VALIDATION_DATA)->here || option(options, OPTION_VALIDATION_TEXT)->here ||
           option(options, OPTION_VALIDATION_SAMPLES)->here || option(options, OPTION_VALIDATION_SPLIT)->number > 0 ||
           option(options, OPTION_TEST_FROM)->here;
}

/* No output file, and no temporary file, may be one of the input files, whatever name it was given by. */
static enum exit_status check_inputs(const struct options *options, const struct names *names)
{
    static const enum option inputs[] = {
        OPTION_DATA, OPTION_TABLE, OPTION_TEXT, OPTION_VALIDATION_DATA, OPTION_VALIDATION_TEXT, OPTION_WEIGHTS};
    const char *const outputs[] = {names->program, names->data, names->weights,
                                   may_validate(options) ? names->validation : NULL};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (size_t k = 0; k < sizeof outputs / sizeof *outputs; k++) {
            const char *input = option(options, inputs[i])->text, *output = outputs[k];
            if (!input || !output || !(file_same(output, input) || file_is_temporary_of(output, input))) continue;
            return misused("--output %s would overwrite %s, which %s reads; give --output another name",
                           option(options, OPTION_OUTPUT)->text, input, option_name(inputs[i]));
        }
    return DONE;
}

static const char *beside(const char *path)
{
    const char *last = strrchr(path, '/');
    return last ? last + 1 : path;
}

static enum exit_status write_data(const struct rnn_dataset *data, const struct rnn_config *config,
                                   struct output_file *file)
{
    const struct rnn_csv_shape shape = {data->samples, data->timesteps, data->features, config->return_sequences, 0};
    size_t bytes = 0, all = 0;
    rnn_csv_write_header(&shape, NULL, 0, &all);
    for (uint32_t i = 0; i < data->samples; i++, all += bytes) rnn_csv_write_sample(data, i, NULL, 0, &bytes);
    char *text = memory_take(all, "the file of data");
    if (!text) return FAILED;
    enum rnn_status status = rnn_csv_write_header(&shape, text, all, &bytes);
    for (size_t i = 0, at = bytes; status == RNN_OK && i < data->samples; i++, at += bytes)
        status = rnn_csv_write_sample(data, (uint32_t)i, text + at, all - at, &bytes);
    file->data = text;
    file->count = all;
    return status == RNN_OK ? DONE : failed("%s: %s", file->path, rnn_status_text(status));
}

/* Writes a field of a CSV in quotes. Returns the position behind it. */
static char *put_quoted(char *at, const char *name)
{
    *at++ = '"';
    for (; *name; *at++ = *name++)
        if (*name == '"') *at++ = '"';
    *at++ = '"';
    return at;
}

/* Writes the rows of a part as the table that an exported program reads (struct rnn_program). */
static enum exit_status write_table(const struct time_series *series, struct rnn_part part, struct output_file *file)
{
    const struct rnn_series *data = &series->data;
    const struct rnn_series_note *kept = &series->note;
    const uint32_t columns = data->columns;
    const size_t row_bytes = RNN_TIME_BYTES + (columns + 1) * (size_t)NUMBER_BYTES;
    const size_t header_bytes = 16 + columns * (2 * sizeof kept->target.name + 3);
    char *text = memory_take(header_bytes + row_bytes * (part.end - part.first), "the table to write"), *at = text;
    if (!text) return FAILED;
    at += sprintf(at, series->table.time_column ? "time" : "row");
    for (uint32_t i = 0; i < columns; i++) {
        *at++ = ',';
        at = put_quoted(at, (i < kept->features ? &kept->inputs[i] : &kept->target)->name);
    }
    at += sprintf(at, ",step\n");
    for (uint32_t row = part.first; row < part.end; row++) {
        char number[NUMBER_BYTES];
        at += rnn_table_time(&series->table, data->positions[row], at);
        for (uint32_t i = 0; i < columns; i++)
            at += sprintf(at, ",%s", number_text(data->values[(size_t)row * columns + i], number));
        at += sprintf(at, ",%.0f\n", data->positions[row]);
    }
    file->data = text;
    file->count = (size_t)(at - text);
    return DONE;
}

/* Copies a text as it is. */
static enum exit_status write_text(const char *path, struct output_file *file)
{
    struct bytes text;
    TRY(file_read(path, &text));
    file->data = text.data; /* stays in memory until the program ends */
    file->count = text.count;
    return DONE;
}

static enum exit_status write_program(const struct options *options, const struct names *names,
                                      const struct training *training, const struct rnn_optimizer *optimizer,
                                      struct output_file *file)
{
    struct rnn_config config = training->problem.config;
    config.timesteps = training->problem.data.timesteps; /* a text to validate with may be one longer sequence */
    const struct rnn_program program = {.framework = option_whole(options, OPTION_FRAMEWORK),
                                        .data = beside(names->data),
                                        .validation_data = training->validates ? beside(names->validation) : NULL,
                                        .weights = beside(names->weights),
                                        .stride = training->problem.text.vocabulary
                                                      ? option_whole(options, OPTION_STRIDE)
                                                      : training->series.windows.stride,
                                        .masks = training->problem.data.lengths || training->validation.lengths,
                                        .fit = {.epochs = option_whole(options, OPTION_EPOCHS),
                                                .batch_size = option_whole(options, OPTION_BATCH_SIZE),
                                                .shuffle = !option(options, OPTION_NO_SHUFFLE)->here}};
    size_t bytes = 0;
    enum rnn_status status = rnn_program_write(&config, optimizer, &program, NULL, 0, &bytes);
    char *text = status == RNN_ERROR_BLOCK ? memory_take(bytes, "the program") : NULL;
    if (status == RNN_ERROR_BLOCK && !text) return FAILED;
    if (text) status = rnn_program_write(&config, optimizer, &program, text, bytes, &bytes);
    file->data = text;
    file->count = bytes;
    return status == RNN_OK ? DONE : failed("%s: %s", file->path, rnn_status_text(status));
}

/* Saves all files or none. */
static enum exit_status save(const struct options *options, const struct names *names, const struct training *training,
                             const struct network *network, const struct rnn_optimizer *optimizer)
{
    enum { WEIGHTS, DATA, PROGRAM, VALIDATION, FILES };
    struct output_file files[FILES] = {[WEIGHTS] = {.path = names->weights},
                                       [DATA] = {.path = names->data},
                                       [PROGRAM] = {.path = names->program},
                                       [VALIDATION] = {.path = names->validation}};
    TRY(weights_write(&network->config, rnn_model_parameters(network->model), network->notes, &files[WEIGHTS]));
    TRY(write_program(options, names, training, optimizer, &files[PROGRAM]));
    if (training->series.path) {
        TRY(write_table(&training->series, training->series.training, &files[DATA]));
        if (training->validates) TRY(write_table(&training->series, training->series.test, &files[VALIDATION]));
    } else if (training->problem.text.vocabulary) {
        TRY(write_text(training->problem.text.path, &files[DATA]));
        if (training->validates) TRY(write_text(option(options, OPTION_VALIDATION_TEXT)->text, &files[VALIDATION]));
    } else {
        TRY(write_data(&training->problem.data, &network->config, &files[DATA]));
        if (training->validates) TRY(write_data(&training->validation, &network->config, &files[VALIDATION]));
    }
    return file_save_all(files, training->validates ? FILES : VALIDATION);
}

static enum exit_status run(const struct options *options)
{
    struct names names;
    struct training training;
    struct network network;
    struct rnn_optimizer optimizer;
    TRY(option_require(options, OPTION_FRAMEWORK));
    TRY(option_require(options, OPTION_OUTPUT));
    TRY(training_check(options));
    TRY(option_exclude(options, OPTION_TEXT, OPTION_VALIDATION_SPLIT));
    TRY(find_names(options, &names));
    TRY(check_inputs(options, &names));
    TRY(configure_optimizer(options, &optimizer));
    TRY(training_load(options, &training));
    if (training.problem.config.cell == RNN_DENSE && option(options, OPTION_CELL)->here)
        return misused("%s: expected gru, lstm or simple_rnn; there are no programs for a dense network",
                       option_name(OPTION_CELL));
    if (training.problem.config.cell == RNN_DENSE)
        return failed("expected a recurrent network; there are no programs for a dense one. unrolled fit --save "
                      "saves its weights");
    TRY(network_make(&training.problem, 1, &network));
    return save(options, &names, &training, &network, &optimizer);
}

static const enum option allowed[] = {
    OPTIONS_OF_DATA, OPTIONS_OF_SERIES,   OPTIONS_OF_TEXT,        OPTIONS_OF_NETWORK, OPTION_L2,     OPTION_WEIGHTS,
    OPTION_SEED,     OPTIONS_OF_TRAINING, OPTION_VALIDATION_TEXT, OPTION_FRAMEWORK,   OPTION_OUTPUT, OPTIONS};

const struct command command_export = {
    "export",
    "Write a Python file that continues in Keras or PyTorch",
    "--framework NAME --output NAME (--data FILE | --table FILE ... | --text FILE | --task ...) [OPTION ...]",
    "Writes NAME.py and what it reads: NAME.csv, NAME.npz and, with validation, NAME_validation.csv. Without\n"
    "--weights the network is untrained. For a table, NAME.csv has the columns that the network reads or\n"
    "forecasts, and the program makes the same windows from it. A text is copied to NAME.txt, and the\n"
    "program splits it into tokens with the vocabulary in NAME.npz. Prints nothing.",
    allowed,
    run,
};
