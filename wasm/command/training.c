#include "training.h"

#include "configure.h"
#include "memory.h"
#include "sequences.h"

enum exit_status training_check(const struct options *options)
{
    if (option(options, OPTION_TABLE)->here) return series_check(options);
    TRY(sequences_check_source(options));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_DATA));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_SAMPLES));
    TRY(option_exclude(options, OPTION_VALIDATION_TEXT, OPTION_VALIDATION_SPLIT));
    return option_exclude(options, OPTION_VALIDATION_DATA, OPTION_VALIDATION_SAMPLES);
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

enum exit_status training_start(const struct options *options, const struct training *training,
                                const struct rnn_optimizer *optimizer, struct network *network, struct rnn_fit **fit)
{
    const struct rnn_dataset *data = &training->problem.data;
    const struct rnn_fit_options how = {.epochs = option_whole(options, OPTION_EPOCHS),
                                        .batch_size = option_whole(options, OPTION_BATCH_SIZE),
                                        .shuffle = !option(options, OPTION_NO_SHUFFLE)->here};
    uint64_t bytes = 0;
    TRY(*fit ? network_draw(network, training->problem.config.seed)
             : network_make(&training->problem, how.batch_size, network));
    enum rnn_status status = rnn_model_compile(network->model, optimizer);
    if (status == RNN_OK) status = rnn_fit_size(data->samples, &how, &bytes);
    void *block = *fit ? (void *)*fit : status == RNN_OK ? memory_take(bytes, "the fit") : NULL;
    if (status == RNN_OK && !block) return FAILED;
    if (status == RNN_OK)
        status = rnn_fit_init(block, bytes, network->model, data, training->validates ? &training->validation : NULL,
                              &how, fit);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}
