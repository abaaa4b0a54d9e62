#include "parts.h"

#include "configure.h"
#include "memory.h"
#include "sequences.h"

enum ending parts_check(const struct options *options)
{
    TRY(sequences_check_source(options));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_DATA));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_SAMPLES));
    return option_exclude(options, OPTION_VALIDATION_DATA, OPTION_VALIDATION_SAMPLES);
}

/* Splits off the last part of the data, before any shuffling, as validation data. */
static enum ending split(const struct options *options, struct parts *parts)
{
    struct rnn_dataset *data = &parts->problem.data;
    const struct given *share = option(options, OPTION_VALIDATION_SPLIT);
    uint32_t training;
    enum rnn_status status = rnn_validation_split(data->samples, share->number, &training);
    if (status == RNN_ERROR_EMPTY)
        return misused("--validation-split %s leaves a part of the %lu sequences empty", share->text,
                       (unsigned long)data->samples);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    if (training == data->samples) return DONE;
    parts->validates = true;
    parts->validation = *data;
    parts->validation.samples -= training;
    parts->validation.x += (size_t)training * data->timesteps * data->features;
    parts->validation.y += (size_t)training * data->readouts;
    data->samples = training;
    return DONE;
}

enum ending parts_load(const struct options *options, struct parts *parts)
{
    const bool from_file = option(options, OPTION_VALIDATION_DATA)->here;
    const bool fresh = option(options, OPTION_VALIDATION_SAMPLES)->here;
    *parts = (struct parts){.validates = from_file || fresh};
    TRY(problem_load(options, &parts->problem));
    if (fresh)
        return sequences_make_fresh(options, OPTION_VALIDATION_SAMPLES, &parts->problem.config, &parts->validation);
    return from_file ? problem_load_validation(options, &parts->problem, &parts->validation) : split(options, parts);
}

enum ending parts_start(const struct options *options, const struct parts *parts, const struct rnn_optimizer *optimizer,
                        struct network *network, struct rnn_fit **fit)
{
    const struct rnn_dataset *training = &parts->problem.data;
    const struct rnn_fit_options how = {.epochs = option_whole(options, OPTION_EPOCHS),
                                        .batch_size = option_whole(options, OPTION_BATCH_SIZE),
                                        .shuffle = !option(options, OPTION_NO_SHUFFLE)->here};
    uint64_t bytes = 0;
    TRY(*fit ? network_draw(network, parts->problem.config.seed)
             : network_make(&parts->problem, how.batch_size, network));
    enum rnn_status status = rnn_model_compile(network->model, optimizer);
    if (status == RNN_OK) status = rnn_fit_size(training->samples, &how, &bytes);
    void *block = *fit ? (void *)*fit : status == RNN_OK ? memory_take(bytes, "the fit") : NULL;
    if (status == RNN_OK && !block) return FAILED;
    if (status == RNN_OK)
        status = rnn_fit_init(block, bytes, network->model, training, parts->validates ? &parts->validation : NULL,
                              &how, fit);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}
