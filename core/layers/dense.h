/* The readout, Keras's Dense(1) before its sigmoid:  logit = h · kernel (U, 1) + bias (1). */
#ifndef RNN_LAYERS_DENSE_H
#define RNN_LAYERS_DENSE_H

#include "../rnn.h"

struct rnn_dense {
    size_t units;
    const rnn_real *kernel; /* (U, 1) */
    const rnn_real *bias;   /* (1) */
};

struct rnn_dense_gradient {
    rnn_real *kernel, *bias;
};

/* h: (U, lanes); logit: out (lanes). */
void rnn_dense_forward(const struct rnn_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes);

/* d_logit: (lanes); d_h: out (U, lanes); gradient: out. */
void rnn_dense_backward(const struct rnn_dense *layer, const rnn_real *h, const rnn_real *d_logit, rnn_real *d_h,
                        size_t lanes, struct rnn_dense_gradient gradient);

/* One sequence's logit, with the bits of rnn_dense_forward. */
rnn_real rnn_dense_step(const struct rnn_dense *layer, const rnn_real *h);

#endif
