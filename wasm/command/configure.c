#include "configure.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------------------------ agreement */

static void count_text(uint32_t count, const char *what, const char *plural, char text[HAS_BYTES])
{
    snprintf(text, HAS_BYTES, "%lu %s%s", (unsigned long)count, what, count == 1 ? "" : plural);
}

/* "4 classes", or the name of a loss without classes */
static void classes_text(const struct rnn_config *config, char text[HAS_BYTES])
{
    if (config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY)
        count_text(config->outputs, "class", "es", text);
    else
        snprintf(text, HAS_BYTES, "%s", rnn_loss_name(config->loss));
}

static const char *readouts_text(const struct rnn_config *config)
{
    return config->return_sequences ? "a readout at every time step" : "one readout per sequence";
}

bool configure_differs(const struct rnn_config *one, const struct rnn_config *other, char text[HAS_BYTES])
{
    if (one->features != other->features)
        count_text(other->features, "feature", "s", text);
    else if (one->loss != other->loss)
        snprintf(text, HAS_BYTES, "%s", rnn_loss_name(other->loss));
    else if (one->outputs != other->outputs)
        classes_text(other, text);
    else if (one->return_sequences != other->return_sequences)
        snprintf(text, HAS_BYTES, "%s", readouts_text(other));
    else
        return false;
    return true;
}

/* Checks an option with a number, if it was given. */
static enum exit_status agrees(const struct options *options, enum option which, uint32_t number, const char *what,
                               const char *with)
{
    char has[HAS_BYTES];
    if (!option(options, which)->here || option_whole(options, which) == number) return DONE;
    count_text(number, what, "s", has);
    return option_disagrees(options, which, with, has);
}

/* Checks an option with a name, if it was given. */
static enum exit_status agrees_by_name(const struct options *options, enum option which, uint32_t choice,
                                       const char *with)
{
    if (!option(options, which)->here || option_whole(options, which) == choice) return DONE;
    return option_disagrees(options, which, with, option_table[which].choice(choice));
}

/* Checks the properties that also follow from a task. */
static enum exit_status data_agree(const struct options *options, const struct rnn_config *config, const char *with)
{
    const bool has_classes = config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    char has[HAS_BYTES];
    TRY(agrees(options, OPTION_FEATURES, config->features, "feature", with));
    TRY(agrees_by_name(options, OPTION_LOSS, config->loss, with));
    classes_text(config, has);
    if (option(options, OPTION_CLASSES)->here &&
        !(has_classes && option_whole(options, OPTION_CLASSES) == config->outputs))
        return option_disagrees(options, OPTION_CLASSES, with, has);
    if (option(options, OPTION_RETURN_SEQUENCES)->here && !config->return_sequences)
        return option_disagrees(options, OPTION_RETURN_SEQUENCES, with, readouts_text(config));
    return DONE;
}

enum exit_status configure_agrees(const struct options *options, const struct rnn_config *config, const char *with)
{
    TRY(agrees_by_name(options, OPTION_CELL, config->cell, with));
    TRY(agrees(options, OPTION_LAYERS, config->layers, "layer", with));
    TRY(agrees(options, OPTION_UNITS, config->units, "unit", with));
    TRY(agrees_by_name(options, OPTION_ACTIVATION, config->activation, with));
    return data_agree(options, config, with);
}

/* ------------------------------------------------------------------------------------------------ the network */

static enum exit_status take_task(const struct options *options, struct rnn_config *config)
{
    const struct rnn_task_info *info = rnn_task_info_of(option_whole(options, OPTION_TASK));
    config->features = info->features;
    config->outputs = info->outputs;
    config->loss = info->loss;
    config->return_sequences |= info->return_sequences;
    return data_agree(options, config, option_name(OPTION_TASK));
}

/* With --weights, the file is compared with the options later. */
static enum exit_status check_network(const struct options *options, const struct rnn_config *config)
{
    const bool has_weights = option(options, OPTION_WEIGHTS)->here;
    if (config->activation != RNN_TANH && (config->cell == RNN_GRU || config->cell == RNN_LSTM))
        return misused("%s: expected %s with %s %s, got \"%s\"", option_name(OPTION_ACTIVATION),
                       rnn_activation_name(RNN_TANH), option_name(OPTION_CELL), rnn_cell_name(config->cell),
                       rnn_activation_name(config->activation));
    static const enum option recurrent[] = {OPTION_RETURN_SEQUENCES, OPTION_RECURRENT_INITIALIZER,
                                            OPTION_RECURRENT_GAIN};
    for (size_t i = 0; config->cell == RNN_DENSE && i < sizeof recurrent / sizeof *recurrent; i++)
        if (option(options, recurrent[i])->here)
            return misused("%s: expected a recurrent network, got %s dense", option_name(recurrent[i]),
                           option_name(OPTION_CELL));
    if (config->cell == RNN_DENSE && config->return_sequences)
        return misused("%s dense answers once per sequence; %s %s asks for an answer at every time step",
                       option_name(OPTION_CELL), option_name(OPTION_TASK), option(options, OPTION_TASK)->text);
    if (option(options, OPTION_CLASSES)->here && config->loss != RNN_SPARSE_CATEGORICAL_CROSSENTROPY &&
        (option(options, OPTION_LOSS)->here || !has_weights))
        return misused("%s: expected %s %s as well, got %s", option_name(OPTION_CLASSES), option_name(OPTION_LOSS),
                       rnn_loss_name(RNN_SPARSE_CATEGORICAL_CROSSENTROPY), rnn_loss_name(config->loss));
    TRY(option_exclude(options, OPTION_WEIGHTS, OPTION_KERNEL_INITIALIZER));
    TRY(option_exclude(options, OPTION_WEIGHTS, OPTION_RECURRENT_INITIALIZER));
    return option_exclude(options, OPTION_WEIGHTS, OPTION_RECURRENT_GAIN);
}

enum exit_status configure_network(const struct options *options, struct rnn_config *config)
{
    *config = rnn_config_default();
    config->cell = option_whole(options, OPTION_CELL);
    config->activation = option_whole(options, OPTION_ACTIVATION);
    config->layers = option_whole(options, OPTION_LAYERS);
    config->units = option_whole(options, OPTION_UNITS);
    config->timesteps = option_whole(options, OPTION_STEPS);
    config->features = option_whole(options, OPTION_FEATURES);
    config->return_sequences = option_whole(options, OPTION_RETURN_SEQUENCES);
    config->loss = option_whole(options, OPTION_LOSS);
    if (config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY) config->outputs = option_whole(options, OPTION_CLASSES);
    config->l2 = option(options, OPTION_L2)->number;
    config->kernel_initializer = option_whole(options, OPTION_KERNEL_INITIALIZER);
    config->recurrent_initializer = option_whole(options, OPTION_RECURRENT_INITIALIZER);
    config->recurrent_gain = option(options, OPTION_RECURRENT_GAIN)->number;
    config->seed = option_whole(options, OPTION_SEED);
    if (option(options, OPTION_TASK)->here) TRY(take_task(options, config));
    return check_network(options, config);
}

enum exit_status configure_cut(const struct options *options, const struct rnn_config *config, uint32_t timesteps,
                               struct rnn_cut *cut)
{
    static const enum option cuts[] = {OPTION_WITHOUT_RECURRENCE, OPTION_RESET_BEFORE, OPTION_KEEP};
    for (size_t i = 0; config->cell == RNN_DENSE && i < sizeof cuts / sizeof *cuts; i++)
        if (option(options, cuts[i])->here)
            return misused("%s: expected a recurrent network; a dense one has no recurrent connections to cut",
                           option_name(cuts[i]));
    *cut = (struct rnn_cut){.without_recurrence = option_whole(options, OPTION_WITHOUT_RECURRENCE),
                            .reset_before = option_whole(options, OPTION_RESET_BEFORE),
                            .kept = option_whole(options, OPTION_KEEP)};
    if (cut->reset_before <= timesteps) return DONE;
    return misused("%s: expected at most %lu, the last time step, got \"%s\"", option_name(OPTION_RESET_BEFORE),
                   (unsigned long)timesteps, option(options, OPTION_RESET_BEFORE)->text);
}

/* ------------------------------------------------------------------------------------------------ the optimizer */

#define ONE(method) (1u << (method))

/* The optimizers for which each option has a meaning. */
static const struct {
    enum option option;
    uint32_t methods;
} parts[] = {{OPTION_MOMENTUM, ONE(RNN_SGD) | ONE(RNN_RMSPROP)},
             {OPTION_NESTEROV, ONE(RNN_SGD)},
             {OPTION_RHO, ONE(RNN_RMSPROP)},
             {OPTION_BETA_1, ONE(RNN_ADAM)},
             {OPTION_BETA_2, ONE(RNN_ADAM)},
             {OPTION_EPSILON, ONE(RNN_ADAM) | ONE(RNN_RMSPROP)}};

static enum exit_status refuse_part(enum option which, uint32_t methods, uint32_t method)
{
    char names[HAS_BYTES] = "";
    size_t used = 0;
    for (uint32_t m = 0; rnn_method_name(m); m++)
        if (methods & ONE(m))
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? " or " : "", rnn_method_name(m));
    return misused("%s: expected %s %s as well, got %s", option_name(which), option_name(OPTION_OPTIMIZER), names,
                   rnn_method_name(method));
}

enum exit_status configure_optimizer(const struct options *options, struct rnn_optimizer *optimizer)
{
    const uint32_t method = option_whole(options, OPTION_OPTIMIZER);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (option(options, parts[i].option)->here && !(parts[i].methods & ONE(method)))
            return refuse_part(parts[i].option, parts[i].methods, method);
    TRY(option_exclude(options, OPTION_GLOBAL_CLIPNORM, OPTION_CLIPVALUE));
    *optimizer = (struct rnn_optimizer){.method = method,
                                        .nesterov = option_whole(options, OPTION_NESTEROV),
                                        .learning_rate = option(options, OPTION_LEARNING_RATE)->number,
                                        .beta_1 = option(options, OPTION_BETA_1)->number,
                                        .beta_2 = option(options, OPTION_BETA_2)->number,
                                        .epsilon = option(options, OPTION_EPSILON)->number,
                                        .rho = option(options, OPTION_RHO)->number,
                                        .momentum = option(options, OPTION_MOMENTUM)->number,
                                        .global_clipnorm = option(options, OPTION_GLOBAL_CLIPNORM)->number,
                                        .clipvalue = option(options, OPTION_CLIPVALUE)->number};
    return DONE;
}
