/* The losses, computed from the readout's logits so that they never overflow, and the predictions.
 *
 *     binary_crossentropy              L = max(l, 0) - l·y + log(1 + exp(-|l|))       dL/dl = sigmoid(l) - y
 *     sparse_categorical_crossentropy  L = log(sum over k of exp(l_k)) - l_y          dL/dl_k = softmax(l)_k - [k = y]
 *     mean_squared_error               L = (l - y)²                                   dL/dl = 2 (l - y) */
#ifndef RNNI_TRAINING_LOSSES_H
#define RNNI_TRAINING_LOSSES_H

#include "../internal.h"

/* Loss and metric, summed over samples and readouts in order. */
struct rnni_sums {
    double loss;
    double metric; /* number of correct answers, or sum of absolute errors */
};

/* One readout of a batch. */
struct rnni_loss_input {
    const rnn_real *logit;   /* (K, lanes) */
    const rnn_real *y;       /* (lanes) */
    const uint32_t *lengths; /* (lanes): sample b counts if readout < lengths[b]; NULL: all count */
    size_t readout, samples, lanes, outputs;
};

/* Are all targets valid for the loss? A class is used as an index, so this must be checked right before use. */
bool rnni_targets_valid(enum rnn_loss loss, uint32_t outputs, const rnn_real *y, size_t count);

/* Adds the samples that count to *sums. d_logit: out (K, lanes), the gradient of the mean over `count` terms, zero in all other
 * lanes; NULL if not wanted. scratch: (K, lanes), which may be d_logit. */
void rnni_loss(enum rnn_loss loss, const struct rnni_loss_input *answers, struct rnni_sums *sums, size_t count,
               rnn_real *d_logit, rnn_real *scratch);

/* The readout's activation: sigmoid, softmax, or none. predictions: out (K, lanes), which may be the logits' array. */
void rnni_predictions(enum rnn_loss loss, const rnn_real *logit, rnn_real *predictions, size_t outputs, size_t lanes);

/* The class with the largest logit of a sample, the first one if several are equal. With one output: 1 if p > 0.5. */
uint32_t rnni_class_of(const rnn_real *logit, size_t outputs, size_t lanes, size_t sample);

#endif
