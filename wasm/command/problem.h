/* What a command has before it: the data, the network's configuration, and its weights if a file brings them. */
#ifndef UNROLLED_PROBLEM_H
#define UNROLLED_PROBLEM_H

#include "options.h"
#include "rnn.h"

struct problem {
    struct rnn_config config;
    const rnn_real *parameters; /* NULL: to be drawn */
    struct rnn_dataset data;
};

/* Read the data (--data or --task) and --weights, and make all that is said agree: the options, the task, the file of
 * data, the file of weights. */
enum ending problem_load(const struct options *options, struct problem *problem);

/* Read the data of --validation-data, which must be like those of the problem. */
enum ending problem_load_validation(const struct options *options, const struct problem *problem,
                                    struct rnn_dataset *data);

#endif
