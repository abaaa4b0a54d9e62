/* The model of a command, with its memory. */
#ifndef UNROLLED_NETWORK_H
#define UNROLLED_NETWORK_H

#include "problem.h"

struct network {
    struct rnn_config config;
    const struct rnn_note *notes; /* as in struct problem */
    struct rnn_model *model;
    struct rnn_workspace *workspace;
};

/* Refuses a dense network in a command that follows the hidden states from one time step to the next. The result is MISUSED if
 * --cell asks for one, and FAILED if the weights are of one. */
enum exit_status network_needs_states(const struct options *options, const struct rnn_config *config);

/* Makes the model, with initial weights or those of the problem, and a workspace for batches of up to batch_size. */
enum exit_status network_make(const struct problem *problem, uint32_t batch_size, struct network *network);

/* Initializes the weights again with another seed, in the same memory. */
enum exit_status network_draw(struct network *network, uint32_t seed);

#endif
