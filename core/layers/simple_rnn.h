/* The simple recurrent layer (Elman 1990; Keras's SimpleRNN):
 *
 *     z_t = x_t · kernel + h_{t-1} · recurrent_kernel + bias        h_t = activation(z_t)        h_0 = 0
 *
 * and backwards through time (Werbos 1990):
 *
 *     dL/dz_t     = dL/dh_t · activation'(z_t)
 *     dL/dh_{t-1} = dL/dz_t · recurrent_kernelᵀ
 *     dL/dkernel  = sum over t of x_tᵀ dL/dz_t
 *     dL/drecurrent_kernel = sum over t of h_{t-1}ᵀ dL/dz_t
 *     dL/dbias    = sum over t of dL/dz_t
 *
 * Batches lie in lanes (numeric/linalg.h): x (T, F, lanes), h (T+1, U, lanes), d_z (T, U, lanes).
 * The sum in z_t[j] begins with the bias, then adds the features, then the units, in order; both forms below keep it. */
#ifndef RNN_LAYERS_SIMPLE_RNN_H
#define RNN_LAYERS_SIMPLE_RNN_H

#include "../rnn.h"

struct rnn_simple_rnn {
    enum rnn_activation activation;
    size_t units, features;
    const rnn_real *kernel;           /* (F, U) */
    const rnn_real *recurrent_kernel; /* (U, U) */
    const rnn_real *bias;             /* (U) */
};

struct rnn_simple_rnn_gradient {
    rnn_real *kernel, *recurrent_kernel, *bias;
};

/* Fill h[1 ... timesteps]; h[0] need not be set. Going back needs all of them. To look forward only, two states are
 * enough, and they stay in the fastest memory: with kept = 2 the state at t lies in h[t mod 2]. */
void rnn_simple_rnn_forward(const struct rnn_simple_rnn *layer, const rnn_real *x, rnn_real *h, size_t timesteps,
                            size_t lanes, size_t kept);

/* d_h: in dL/dh_T, overwritten (U, lanes). d_z: out. gradient: out. */
void rnn_simple_rnn_backward(const struct rnn_simple_rnn *layer, const rnn_real *x, const rnn_real *h, rnn_real *d_h,
                             rnn_real *d_z, size_t timesteps, size_t lanes, struct rnn_simple_rnn_gradient gradient);

/* One time step of one sequence: z and h out (U). h_before: (U), or NULL for h_0 = 0. */
void rnn_simple_rnn_step(const struct rnn_simple_rnn *layer, const rnn_real *x, const rnn_real *h_before, rnn_real *z,
                         rnn_real *h);

#endif
