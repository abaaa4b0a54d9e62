#include "problem.h"

#include "configure.h"
#include "sequences.h"
#include "weights.h"

static const char *targets_text(bool every_step)
{
    return every_step ? "a y for every time step" : "one y a sequence";
}

/* A file of data determines the shape, unless there is a file of weights. */
static enum exit_status take_shape(const struct options *options, const struct rnn_csv_shape *shape,
                                   struct problem *problem)
{
    struct rnn_config *config = &problem->config;
    config->timesteps = shape->timesteps;
    if (!problem->parameters) {
        config->features = shape->features;
        config->return_sequences |= shape->return_sequences;
        return DONE;
    }
    const char *path = option(options, OPTION_WEIGHTS)->text;
    if (config->features != shape->features)
        return failed("%s has weights for %lu features a time step, but the data have %lu", path,
                      (unsigned long)config->features, (unsigned long)shape->features);
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
    if (option(options, OPTION_WEIGHTS)->here) TRY(weights_read(options, &problem->config, &problem->parameters));
    return take_shape(options, &sequences->shape, problem);
}

enum exit_status problem_load(const struct options *options, struct problem *problem)
{
    struct sequences sequences;
    *problem = (struct problem){0};
    TRY(configure_network(options, &problem->config)); /* report wrong options before wrong files */
    TRY(sequences_open(options, &sequences));
    enum exit_status result = configure(options, &sequences, problem);
    if (result == DONE) result = sequences_read(options, &sequences, &problem->config, &problem->data);
    sequences_close(&sequences);
    if (result == DONE && problem->config.outputs == 0) count_classes(&problem->data, &problem->config);
    return result;
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
        result = failed("%s: expected time steps %lu and features %lu, as the training data have, got %lu and %lu",
                        sequences.path, (unsigned long)training->timesteps, (unsigned long)training->features,
                        (unsigned long)shape->timesteps, (unsigned long)shape->features);
    else if (shape->return_sequences != problem->config.return_sequences)
        result = failed("%s: expected %s, as the training data have, got %s", sequences.path,
                        targets_text(problem->config.return_sequences), targets_text(shape->return_sequences));
    else
        result = sequences_read(options, &sequences, &problem->config, data);
    sequences_close(&sequences);
    return result;
}
