/* What is trained on, what is validated on, and a fit of both. */
#ifndef UNROLLED_PARTS_H
#define UNROLLED_PARTS_H

#include "network.h"

struct parts {
    struct problem problem; /* its data are the training data */
    struct rnn_dataset validation;
    bool validates;
};

/* The options that say where the data come from go together. */
enum ending parts_check(const struct options *options);

enum ending parts_load(const struct options *options, struct parts *parts);

/* A network and its fit, ready to run. *fit: in, NULL, or one that was started so before: then the same memory serves, and
 * the first weights are drawn anew from the problem's seed. */
enum ending parts_start(const struct options *options, const struct parts *parts, const struct rnn_optimizer *optimizer,
                        struct network *network, struct rnn_fit **fit);

#endif
