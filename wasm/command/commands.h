/* The commands of the program: name, options, function. */
#ifndef UNROLLED_COMMANDS_H
#define UNROLLED_COMMANDS_H

#include "options.h"

struct command {
    const char *name;
    const char *meaning;        /* one line for `unrolled --help` */
    const char *synopsis;       /* the arguments in the line "Usage: unrolled NAME ..." */
    const char *output;         /* what it prints, for its --help */
    const enum option *allowed; /* terminated by OPTIONS */
    enum exit_status (*run)(const struct options *options);
};

extern const struct command command_tasks, command_data, command_summary, command_fit, command_evaluate,
    command_predict, command_step, command_trace, command_probe, command_seeds, command_export, command_baselines,
    command_generate, command_ngrams;

/* Where the data come from: a file or a task. */
#define OPTIONS_OF_DATA OPTION_DATA, OPTION_TASK, OPTION_SAMPLES, OPTION_STEPS, OPTION_FEATURES, OPTION_DATA_SEED

/* A time series, and the part of it to train and to test on. */
#define OPTIONS_OF_SERIES                                                                                              \
    OPTION_TABLE, OPTION_TARGET, OPTION_INPUTS, OPTION_LEAD, OPTION_STRIDE, OPTION_FORECAST, OPTION_THRESHOLD,         \
        OPTION_MISSING, OPTION_NO_STANDARDIZE, OPTION_FROM, OPTION_TEST_FROM, OPTION_UNTIL

/* The seasonal baseline beside it. */
#define OPTIONS_OF_SEASON OPTION_PERIOD, OPTION_HALF_WIDTH

/* The text of a network that is trained on one. */
#define OPTIONS_OF_TEXT OPTION_TEXT, OPTION_TOKENS, OPTION_KEEP_CASE, OPTION_VOCABULARY

/* How weights are initialized and trained, and the validation data. */
#define OPTIONS_OF_TRAINING                                                                                            \
    OPTION_KERNEL_INITIALIZER, OPTION_RECURRENT_INITIALIZER, OPTION_RECURRENT_GAIN, OPTION_OPTIMIZER,                  \
        OPTION_LEARNING_RATE, OPTION_MOMENTUM, OPTION_NESTEROV, OPTION_RHO, OPTION_BETA_1, OPTION_BETA_2,              \
        OPTION_EPSILON, OPTION_GLOBAL_CLIPNORM, OPTION_CLIPVALUE, OPTION_EPOCHS, OPTION_BATCH_SIZE, OPTION_NO_SHUFFLE, \
        OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_DATA, OPTION_VALIDATION_SAMPLES

/* What changes or ends a training from epoch to epoch. */
#define OPTIONS_OF_EPOCHS                                                                                              \
    OPTION_LEARNING_RATES, OPTION_EARLY_STOPPING, OPTION_PATIENCE, OPTION_MIN_DELTA, OPTION_RESTORE_BEST_WEIGHTS

/* Properties of a network, which a file of weights also determines. */
#define OPTIONS_OF_NETWORK                                                                                             \
    OPTION_CELL, OPTION_ACTIVATION, OPTION_LAYERS, OPTION_UNITS, OPTION_RETURN_SEQUENCES, OPTION_LOSS, OPTION_CLASSES

#endif
