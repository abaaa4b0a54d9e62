#include "problem.h"

#include "configure.h"
#include "sequences.h"
#include "weights.h"

static const char *targets_text(bool every_step)
{
    return every_step ? "a y for every time step" : "one y per sequence";
}

/* A file of data determines the shape, unless there is a file of weights. */
static enum exit_status take_shape(const struct options *options, const struct rnn_csv_shape *shape,
                                   struct problem *problem)
{
    struct rnn_config *config = &problem->config;
    const uint32_t timesteps = config->timesteps;
    config->timesteps = shape->timesteps;
    if (!problem->parameters) {
        config->features = shape->features;
        config->return_sequences |= shape->return_sequences;
        return DONE;
    }
    const char *path = option(options, OPTION_WEIGHTS)->text;
    if (config->cell == RNN_DENSE && config->features != shape->features &&
        timesteps * config->features == shape->timesteps * shape->features)
        return failed(
            "%s has weights for %lu features per time step, but the data have %lu. If the file does not say how many "
            "features there are, add %s %lu",
            path, (unsigned long)config->features, (unsigned long)shape->features, option_name(OPTION_FEATURES),
            (unsigned long)shape->features);
    if (config->features != shape->features)
        return failed("%s has weights for %lu features per time step, but the data have %lu", path,
                      (unsigned long)config->features, (unsigned long)shape->features);
    if (config->cell == RNN_DENSE && timesteps != shape->timesteps)
        return failed(
            "%s has weights for %lu time steps, which are all that a dense network reads, but the data have %lu", path,
            (unsigned long)timesteps, (unsigned long)shape->timesteps);
    if (config->return_sequences != shape->return_sequences)
        return failed("%s has weights for %s, but the data have %s", path, targets_text(config->return_sequences),
                      targets_text(shape->return_sequences));
    return DONE;
}

/* Without --classes the largest label determines the number of classes. */
static void count_classes(const struct rnn_dataset *data, struct rnn_config *config)
{
    const size_t count = (size_t)data->samples * data->readouts;
    config->outputs = (uint32_t)rnn_range_of(RNN_CLASSES)->minimum;
    for (size_t i = 0; i < count; i++)
        if (data->y[i] >= (rnn_real)config->outputs) config->outputs = (uint32_t)data->y[i] + 1;
}

static enum exit_status configure(const struct options *options, const struct sequences *sequences,
                                  struct problem *problem)
{
    if (option(options, OPTION_WEIGHTS)->here)
        TRY(weights_read(options, &problem->config, &problem->parameters, &problem->notes));
    return take_shape(options, &sequences->shape, problem);
}

/* A vocabulary determines the shape; a file of weights must have the same one. */
static enum exit_status take_vocabulary(const struct options *options, const struct rnn_vocabulary *vocabulary,
                                        struct problem *problem)
{
    struct rnn_config *config = &problem->config;
    const uint32_t size = vocabulary->size;
    if (problem->parameters) {
        const char *path = option(options, OPTION_WEIGHTS)->text;
        if (config->outputs != size || (config->features != size && config->features != 1) || !config->return_sequences)
            return failed("%s has no network that reads the %lu tokens of its vocabulary at every time step", path,
                          (unsigned long)size);
        return DONE;
    }
    config->features = option(options, OPTION_FEATURES)->here && config->features == 1 ? 1 : size;
    config->loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    config->outputs = size;
    config->return_sequences = 1;
    TRY(configure_agrees(options, config, option_name(OPTION_TEXT)));
    return text_notes(vocabulary, &problem->notes);
}

static enum exit_status load_text(const struct options *options, struct problem *problem)
{
    const struct rnn_vocabulary *vocabulary = NULL;
    const struct given *weights = option(options, OPTION_WEIGHTS);
    if (weights->here) {
        TRY(weights_read(options, &problem->config, &problem->parameters, &problem->notes));
        TRY(text_vocabulary(weights->text, problem->notes, &vocabulary));
        if (!vocabulary)
            return failed("%s has no vocabulary; train with --text without --weights first", weights->text);
    }
    TRY(text_read(options, option(options, OPTION_TEXT)->text, vocabulary, &problem->text));
    TRY(take_vocabulary(options, problem->text.vocabulary, problem));
    return DONE;
}

enum exit_status problem_load_measured(const struct options *options, struct problem *problem)
{
    TRY(options_require_data(options));
    TRY(option_require(options, OPTION_WEIGHTS));
    TRY(option_exclude(options, OPTION_TEXT, OPTION_DATA));
    TRY(option_exclude(options, OPTION_TEXT, OPTION_VALIDATION_SPLIT));
    if (option(options, OPTION_STEPS)->here || option(options, OPTION_DATA)->here)
        return problem_load(options, problem);
    if (option(options, OPTION_STRIDE)->here)
        return misused("%s needs %s", option_name(OPTION_STRIDE), option_name(OPTION_STEPS));
    *problem = (struct problem){0};
    TRY(configure_network(options, &problem->config));
    TRY(load_text(options, problem));
    TRY(text_stream(&problem->text, problem->config.features, &problem->data));
    problem->config.timesteps = problem->data.timesteps;
    return DONE;
}

enum exit_status problem_load(const struct options *options, struct problem *problem)
{
    struct sequences sequences;
    *problem = (struct problem){0};
    TRY(configure_network(options, &problem->config)); /* report wrong options before wrong files */
    if (option(options, OPTION_TEXT)->here) {
        TRY(load_text(options, problem));
        return text_windows(options, &problem->text, problem->config.features, &problem->data);
    }
    TRY(sequences_open(options, &sequences));
    enum exit_status result = configure(options, &sequences, problem);
    if (result == DONE) result = sequences_read(options, &sequences, &problem->config, &problem->data);
    sequences_close(&sequences);
    if (result == DONE && problem->config.outputs == 0) count_classes(&problem->data, &problem->config);
    return result;
}

enum exit_status problem_load_validation_text(const struct options *options, struct problem *problem,
                                              struct rnn_dataset *data)
{
    struct text text;
    TRY(text_read(options, option(options, OPTION_VALIDATION_TEXT)->text, problem->text.vocabulary, &text));
    TRY(text_stream(&text, problem->config.features, data));
    if (data->timesteps > problem->config.timesteps) problem->config.timesteps = data->timesteps;
    return DONE;
}

enum exit_status problem_load_validation(const struct options *options, const struct problem *problem,
                                         struct rnn_dataset *data)
{
    struct sequences sequences;
    const struct rnn_dataset *training = &problem->data;
    const struct rnn_csv_shape *shape = &sequences.shape;
    enum exit_status result = DONE;
    TRY(sequences_open_file(options, OPTION_VALIDATION_DATA, &sequences));
    if (shape->timesteps != training->timesteps || shape->features != training->features)
        result = failed("%s: expected time steps %lu and features %lu, as in the training data, got %lu and %lu",
                        sequences.path, (unsigned long)training->timesteps, (unsigned long)training->features,
                        (unsigned long)shape->timesteps, (unsigned long)shape->features);
    else if (shape->return_sequences != problem->config.return_sequences)
        result = failed("%s: expected %s, as in the training data, got %s", sequences.path,
                        targets_text(problem->config.return_sequences), targets_text(shape->return_sequences));
    else
        result = sequences_read(options, &sequences, &problem->config, data);
    sequences_close(&sequences);
    return result;
}
