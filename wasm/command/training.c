#include "training.h"

#include "configure.h"
#include "memory.h"
#include "sequences.h"

#include <stdlib.h>

static enum exit_status check_early_stopping(const struct options *options)
{
    static const enum option needs[] = {OPTION_PATIENCE, OPTION_MIN_DELTA, OPTION_RESTORE_BEST_WEIGHTS};
    const struct given *stopping = option(options, OPTION_EARLY_STOPPING);
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
        if (option(options, needs[i])->here && !stopping->here)
            return misused("%s needs %s", option_name(needs[i]), option_name(OPTION_EARLY_STOPPING));
    }
    return DONE;
}

enum exit_status training_check(const struct options *options)
{
    TRY(option_exclude(options, OPTION_LEARNING_RATE, OPTION_LEARNING_RATES));
    TRY(check_early_stopping(options));
    if (option(options, OPTION_TABLE)->here) return series_check(options);
    TRY(sequences_check_source(options));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_DATA));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_SAMPLES));
    TRY(option_exclude(options, OPTION_VALIDATION_TEXT, OPTION_VALIDATION_SPLIT));
    return option_exclude(options, OPTION_VALIDATION_DATA, OPTION_VALIDATION_SAMPLES);
}

/* Reads "3@0.01,2@0.001", as the learning rate of each epoch. *count: out. */
static enum exit_status read_learning_rates(const struct options *options, double **rates, uint32_t *count)
{
    const uint32_t epochs = option_whole(options, OPTION_EPOCHS);
    const char *text = option(options, OPTION_LEARNING_RATES)->text, *at = text;
    *rates = memory_take(epochs * sizeof **rates, "the learning rates");
    if (!*rates) return FAILED;
    for (*count = 0;; at++) {
        char *end;
        const double steps = *at >= '0' && *at <= '9' ? strtod(at, &end) : 0;
        if (rnn_range_check(RNN_EPOCHS, steps) || *end != '@' || end[1] < '0' || end[1] > '9')
            return misused(
                "--learning-rates: expected epochs@rate, separated by commas, such as 3@0.01,2@0.001, got \"%s\"",
                text);
        const double rate = strtod(end + 1, &end);
        at = end;
        if (rnn_range_check(RNN_LEARNING_RATE, rate) || (*at && *at != ','))
            return misused("--learning-rates: expected a finite rate of at least 0 after each @, got \"%s\"", text);
        if (steps > epochs - *count)
            return misused("--learning-rates: expected rates for at most %lu epochs, as --epochs says, got \"%s\"",
                           (unsigned long)epochs, text);
        for (uint32_t i = 0; i < (uint32_t)steps; i++) (*rates)[(*count)++] = rate;
        if (!*at) return DONE;
    }
}

/* Prints what is unusual in the data of a file. first_part: the number of sequences for training. */
static void print_notes(const struct options *options, const struct problem *problem, uint32_t first_part)
{
    char notes[NOTES_BYTES];
    size_t count;
    if (option(options, OPTION_DATA)->here &&
        rnn_dataset_notes(&problem->data, problem->config.loss, first_part, notes, sizeof notes, &count) == RNN_OK)
        sequences_print_notes(option(options, OPTION_DATA)->text, notes, count);
}

/* Splits off the last part of the data, before any shuffling, as validation data. */
static enum exit_status split(const struct options *options, struct training *training)
{
    struct rnn_dataset *data = &training->problem.data;
    const struct given *share = option(options, OPTION_VALIDATION_SPLIT);
    uint32_t first_part;
    enum rnn_status status = rnn_validation_split(data->samples, share->number, &first_part);
    if (status == RNN_ERROR_EMPTY)
        return misused("--validation-split %s leaves a part of the %lu sequences empty", share->text,
                       (unsigned long)data->samples);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    print_notes(options, &training->problem, first_part);
    if (first_part == data->samples) return DONE;
    training->validates = true;
    training->validation = *data;
    training->validation.samples -= first_part;
    training->validation.x += (size_t)first_part * data->timesteps * data->features;
    training->validation.y += (size_t)first_part * data->readouts;
    if (data->lengths) training->validation.lengths += first_part;
    data->samples = first_part;
    return DONE;
}

static enum exit_status load_series(const struct options *options, struct training *training)
{
    *training = (struct training){0};
    TRY(series_load(options, &training->problem, &training->series, &training->validation));
    training->validates = training->series.has_test;
    return DONE;
}

enum exit_status training_load(const struct options *options, struct training *training)
{
    if (option(options, OPTION_TABLE)->here) return load_series(options, training);
    const bool from_file = option(options, OPTION_VALIDATION_DATA)->here;
    const bool fresh = option(options, OPTION_VALIDATION_SAMPLES)->here;
    const bool text = option(options, OPTION_VALIDATION_TEXT)->here;
    *training = (struct training){.validates = from_file || fresh || text};
    TRY(problem_load(options, &training->problem));
    if (text) return problem_load_validation_text(options, &training->problem, &training->validation);
    if (fresh)
        return sequences_make_fresh(options, OPTION_VALIDATION_SAMPLES, &training->problem.config,
                                    &training->validation);
    if (from_file) print_notes(options, &training->problem, training->problem.data.samples);
    return from_file ? problem_load_validation(options, &training->problem, &training->validation)
                     : split(options, training);
}

static enum exit_status check_lengths(const struct rnn_dataset *data, const char *path)
{
    if (!data->lengths) return DONE;
    return failed("%s has sequences that end early, and the probe reads only sequences of the same length. Add the "
                  "missing values, or delete these lines",
                  path);
}

enum exit_status training_check_lengths(const struct options *options, const struct training *training)
{
    TRY(check_lengths(&training->problem.data, option(options, OPTION_DATA)->text));
    return check_lengths(&training->validation, option(options, OPTION_VALIDATION_DATA)->text);
}

enum exit_status training_start(const struct options *options, const struct training *training,
                                const struct rnn_optimizer *optimizer, struct network *network, struct rnn_fit **fit)
{
    const struct rnn_dataset *data = &training->problem.data;
    double *rates = NULL;
    uint32_t count = 0;
    if (option(options, OPTION_LEARNING_RATES)->here) TRY(read_learning_rates(options, &rates, &count));
    const struct given *monitor = option(options, OPTION_EARLY_STOPPING);
    if (monitor->here && monitor->number + 1 >= RNN_MONITOR_VAL_LOSS && !training->validates)
        return misused("%s %s needs validation data, for example by %s", option_name(OPTION_EARLY_STOPPING),
                       monitor->text, option_name(OPTION_VALIDATION_SPLIT));
    const struct rnn_early_stopping stopping = {
        .monitor = option(options, OPTION_EARLY_STOPPING)->here ? option_whole(options, OPTION_EARLY_STOPPING) + 1
                                                                : RNN_MONITOR_NOTHING,
        .patience = option_whole(options, OPTION_PATIENCE),
        .min_delta = option(options, OPTION_MIN_DELTA)->number,
        .restore_best_weights = option(options, OPTION_RESTORE_BEST_WEIGHTS)->here};
    const struct rnn_fit_options how = {.epochs = option_whole(options, OPTION_EPOCHS),
                                        .batch_size = option_whole(options, OPTION_BATCH_SIZE),
                                        .shuffle = !option(options, OPTION_NO_SHUFFLE)->here,
                                        .learning_rates = rates,
                                        .learning_rate_count = count,
                                        .early_stopping = stopping};
    uint64_t bytes = 0;
    TRY(*fit ? network_draw(network, training->problem.config.seed)
             : network_make(&training->problem, how.batch_size, network));
    enum rnn_status status = rnn_model_compile(network->model, optimizer);
    if (status == RNN_OK) status = rnn_fit_size(&training->problem.config, data->samples, &how, &bytes);
    void *block = *fit ? (void *)*fit : status == RNN_OK ? memory_take(bytes, "the fit") : NULL;
    if (status == RNN_OK && !block) return FAILED;
    if (status == RNN_OK)
        status = rnn_fit_init(block, bytes, network->model, data, training->validates ? &training->validation : NULL,
                              &how, fit);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}
