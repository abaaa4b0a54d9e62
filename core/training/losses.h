/* The losses, from the readout's logits, so that they never overflow; and what the readout predicts.
 *
 *     binary_crossentropy              L = max(l, 0) - l·y + log(1 + exp(-|l|))       dL/dl = sigmoid(l) - y
 *     sparse_categorical_crossentropy  L = log(sum over k of exp(l_k)) - l_y          dL/dl_k = softmax(l)_k - [k = y]
 *     mean_squared_error               L = (l - y)²                                   dL/dl = 2 (l - y) */
#ifndef RNNI_TRAINING_LOSSES_H
#define RNNI_TRAINING_LOSSES_H

#include "../internal.h"

/* Sums over samples and readouts, in their order. */
struct rnni_sums {
    double loss;
    double metric; /* right answers, or absolute errors */
};

/* One readout of a batch in lanes. */
struct rnni_answers {
    const rnn_real *logit; /* (K, lanes) */
    const rnn_real *y;     /* (lanes) */
    size_t samples, lanes, outputs;
};

/* Does the loss take each of these targets? Of crossentropy they are indexes, so this is asked where they are used. */
bool rnni_targets_hold(enum rnn_loss loss, uint32_t outputs, const rnn_real *y, size_t count);

/* Add the first `samples` of the lanes to *sums. d_logit: out (K, lanes), the gradient of the mean over `count` terms,
 * zero in the padding; NULL if not wanted. scratch: (K, lanes); it may be d_logit. */
void rnni_loss(enum rnn_loss loss, const struct rnni_answers *answers, struct rnni_sums *sums, size_t count,
               rnn_real *d_logit, rnn_real *scratch);

/* sigmoid, softmax, or the logit itself. predictions: out (K, lanes); may be the logit. */
void rnni_predictions(enum rnn_loss loss, const rnn_real *logit, rnn_real *predictions, size_t outputs, size_t lanes);

/* The class that a sample's logits stand for: the largest, the first of equals; with one output p > 0.5. */
uint32_t rnni_class_of(const rnn_real *logit, size_t outputs, size_t lanes, size_t sample);

#endif
