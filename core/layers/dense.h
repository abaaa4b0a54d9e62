/* The readout, Keras's Dense(K) before its activation:  logit = h · kernel (U, K) + bias (K). */
#ifndef RNN_LAYERS_DENSE_H
#define RNN_LAYERS_DENSE_H

#include "../numeric/linalg.h"

struct rnn_dense {
    size_t units, outputs;
    const rnn_real *kernel; /* (U, K) */
    const rnn_real *bias;   /* (K) */
};

struct rnn_dense_gradient {
    rnn_real *kernel, *bias;
};

/* h: (U, lanes); logit: out (K, lanes). */
void rnn_dense_forward(const struct rnn_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes);

/* What the way back multiplies by. packed: rnn_packed_count(U, K) numbers for it. */
struct rnn_weights rnn_dense_transpose(const struct rnn_dense *layer, rnn_real *packed);

/* d_logit: (K, lanes); d_h: out (U, lanes); transposed: rnn_dense_transpose's. */
void rnn_dense_backward(const struct rnn_dense *layer, struct rnn_weights transposed, const rnn_real *d_logit,
                        rnn_real *d_h, size_t lanes);

/* The gradients, summed over the batch and over `reads` readouts. h: (reads, U, lanes); d_logit: (reads, K, lanes).
 * scratch: rnn_outer_scratch() numbers. */
void rnn_dense_gradients(const struct rnn_dense *layer, const rnn_real *h, const rnn_real *d_logit, size_t reads,
                         size_t lanes, struct rnn_dense_gradient gradient, rnn_real *scratch);

#endif
