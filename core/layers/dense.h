/* The readout: Keras's Dense(K) without its activation.  logit = h · kernel (U, K) + bias (K) */
#ifndef RNNI_LAYERS_DENSE_H
#define RNNI_LAYERS_DENSE_H

#include "../numeric/linalg.h"

struct rnni_dense {
    size_t units, outputs;
    const rnn_real *kernel; /* (U, K) */
    const rnn_real *bias;   /* (K) */
};

struct rnni_dense_gradient {
    rnn_real *kernel, *bias;
};

/* h: (U, lanes); logit: out (K, lanes). */
void rnni_dense_forward(const struct rnni_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes);

/* The transposed kernel for rnni_dense_backward. packed: room for rnni_packed_count(U, K) numbers. */
struct rnni_weights rnni_dense_transpose(const struct rnni_dense *layer, rnn_real *packed);

/* d_logit: (K, lanes); d_h: out (U, lanes); transposed: the result of rnni_dense_transpose. */
void rnni_dense_backward(const struct rnni_dense *layer, struct rnni_weights transposed, const rnn_real *d_logit,
                         rnn_real *d_h, size_t lanes);

/* Gradients of kernel and bias, summed over the batch and over `reads` readouts. h: (reads, U, lanes); d_logit: (reads, K, lanes).
 * scratch: rnni_outer_scratch() numbers. */
void rnni_dense_gradients(const struct rnni_dense *layer, const rnn_real *h, const rnn_real *d_logit, size_t reads,
                          size_t lanes, struct rnni_dense_gradient gradient, rnn_real *scratch);

#endif
