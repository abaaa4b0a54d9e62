/* Training data, validation data, and a fit of a network to them. */
#ifndef UNROLLED_PARTS_H
#define UNROLLED_PARTS_H

#include "network.h"

struct parts {
    struct problem problem; /* with the training data */
    struct rnn_dataset validation;
    bool validates;
};

/* Checks that the options for the data go together. */
enum ending parts_check(const struct options *options);

enum ending parts_load(const struct options *options, struct parts *parts);

/* Makes a network and its fit. *fit: in, NULL, or a fit that this function made before; then the same memory is used, and the
 * weights are initialized again from the problem's seed. */
enum ending parts_start(const struct options *options, const struct parts *parts, const struct rnn_optimizer *optimizer,
                        struct network *network, struct rnn_fit **fit);

#endif
