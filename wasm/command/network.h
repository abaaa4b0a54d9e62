/* The model of a command, with its memory. */
#ifndef UNROLLED_NETWORK_H
#define UNROLLED_NETWORK_H

#include "problem.h"

struct network {
    struct rnn_config config;
    struct rnn_model *model;
    struct rnn_workspace *workspace;
};

/* Make the model, its weights drawn or the problem's, and a workspace for batches of up to batch_size. */
enum ending network_make(const struct problem *problem, uint32_t batch_size, struct network *network);

/* Draw the weights of another seed, in the same memory. */
enum ending network_draw(struct network *network, uint32_t seed);

#endif
