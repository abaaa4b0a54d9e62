/* The demands of a network on a data set, beyond the ranges of its numbers. */
#ifndef RNNI_DATA_DATASET_H
#define RNNI_DATA_DATASET_H

#include "../internal.h"

/* Does a network with this config read such x, lengths and first states? A dense network reads sequences of its own T without lengths,
 * and has no state. */
bool rnni_shape_fits(const struct rnn_dataset *data, const struct rnn_config *config);

#endif
