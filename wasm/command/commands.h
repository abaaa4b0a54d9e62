/* The commands: what each is called, what it takes, what it does. */
#ifndef UNROLLED_COMMANDS_H
#define UNROLLED_COMMANDS_H

#include "options.h"

struct command {
    const char *name;
    const char *meaning;        /* one line for `unrolled --help` */
    const char *synopsis;       /* behind "Usage: unrolled NAME " */
    const char *output;         /* what is printed, for its --help */
    const enum option *allowed; /* ends with OPTIONS */
    enum ending (*run)(const struct options *options);
};

extern const struct command command_tasks, command_data, command_summary, command_fit, command_evaluate,
    command_predict, command_step, command_trace, command_seeds, command_export;

/* Data from a file or from a task. */
#define OPTIONS_OF_DATA OPTION_DATA, OPTION_TASK, OPTION_SAMPLES, OPTION_STEPS, OPTION_FEATURES, OPTION_DATA_SEED

/* How first weights are drawn, what moves them, and what is measured beside. */
#define OPTIONS_OF_TRAINING                                                                                            \
    OPTION_KERNEL_INITIALIZER, OPTION_RECURRENT_INITIALIZER, OPTION_RECURRENT_GAIN, OPTION_OPTIMIZER,                  \
        OPTION_LEARNING_RATE, OPTION_MOMENTUM, OPTION_NESTEROV, OPTION_RHO, OPTION_BETA_1, OPTION_BETA_2,              \
        OPTION_EPSILON, OPTION_GLOBAL_CLIPNORM, OPTION_CLIPVALUE, OPTION_EPOCHS, OPTION_BATCH_SIZE, OPTION_NO_SHUFFLE, \
        OPTION_VALIDATION_SPLIT, OPTION_VALIDATION_DATA, OPTION_VALIDATION_SAMPLES

/* What a file of weights says of its network. */
#define OPTIONS_OF_NETWORK                                                                                             \
    OPTION_CELL, OPTION_ACTIVATION, OPTION_LAYERS, OPTION_UNITS, OPTION_RETURN_SEQUENCES, OPTION_LOSS, OPTION_CLASSES

#endif
