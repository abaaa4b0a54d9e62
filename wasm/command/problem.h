/* The input of a command: data, configuration of the network, and weights if they come from a file. */
#ifndef UNROLLED_PROBLEM_H
#define UNROLLED_PROBLEM_H

#include "options.h"
#include "text.h"

struct problem {
    struct rnn_config config;
    const rnn_real *parameters; /* NULL: to be initialized */
    struct rnn_dataset data;
    struct text text;             /* of --text; otherwise it has no vocabulary */
    const struct rnn_note *notes; /* what a file of weights is to say of the data beside the weights; NULL: nothing */
};

/* Reads the data (--data, --task or --text) and --weights, and checks that options, task, data and weights agree. */
enum exit_status problem_load(const struct options *options, struct problem *problem);

/* The same for a command that does not train: it requires --data or --text, and --weights, and without --steps a text is one sequence. */
enum exit_status problem_load_measured(const struct options *options, struct problem *problem);

/* Reads --validation-data, which must have the shape of the problem's data. */
enum exit_status problem_load_validation(const struct options *options, const struct problem *problem,
                                         struct rnn_dataset *data);

/* Reads --validation-text with the problem's vocabulary, and gives the network room for sequences of that length. */
enum exit_status problem_load_validation_text(const struct options *options, struct problem *problem,
                                              struct rnn_dataset *data);

#endif
