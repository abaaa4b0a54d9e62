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
    command_predict, command_step, command_trace, command_seeds;

/* What a file of weights says of its network. */
#define OPTIONS_OF_NETWORK                                                                                             \
    OPTION_CELL, OPTION_ACTIVATION, OPTION_LAYERS, OPTION_UNITS, OPTION_RETURN_SEQUENCES, OPTION_LOSS, OPTION_CLASSES

#endif
