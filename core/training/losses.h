/* Binary cross-entropy from the logit, which never overflows:
 *
 *     L(logit, y) = max(logit, 0) - logit·y + log(1 + exp(-|logit|))      dL/dlogit = sigmoid(logit) - y */
#ifndef RNN_TRAINING_LOSSES_H
#define RNN_TRAINING_LOSSES_H

#include "../rnn.h"

/* Sums over samples, in their order. */
struct rnn_sums {
    double loss;
    uint32_t correct; /* (p > 0.5) == y */
};

/* Add the first `samples` of the lanes to *sums. d_logit: out (lanes), the gradient of the mean over these samples,
 * zero in the padding; NULL if not wanted. */
void rnn_binary_crossentropy(const rnn_real *logit, const rnn_real *y, size_t samples, size_t lanes,
                             struct rnn_sums *sums, rnn_real *d_logit);

#endif
