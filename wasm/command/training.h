/* Training data, validation data, and a fit of a network to them. */
#ifndef UNROLLED_TRAINING_H
#define UNROLLED_TRAINING_H

#include "network.h"
#include "series.h"

struct training {
    struct problem problem; /* with the training data */
    struct rnn_dataset validation;
    bool validates;
    struct time_series series; /* of --table */
};

/* Checks that the options for the data go together. */
enum exit_status training_check(const struct options *options);

enum exit_status training_load(const struct options *options, struct training *training);

/* Fails if a sequence of a file ends early. */
enum exit_status training_check_lengths(const struct options *options, const struct training *training);

/* Makes a network and its fit. *fit: in, NULL, or a fit that this function made before; then the same memory is used, and the
 * weights are initialized again from the problem's seed. */
enum exit_status training_start(const struct options *options, const struct training *training,
                                const struct rnn_optimizer *optimizer, struct network *network, struct rnn_fit **fit);

#endif
