/* The recurrent layers, one time step at a time, forward and backward. Batches lie in lanes (numeric/linalg.h): x is
 * (F, lanes), h and c are (U, lanes).
 *
 * A step computes z_t = x_t · kernel + h_{t-1} · recurrent_kernel + bias for the cell's G blocks of units, then the state:
 *
 *     SimpleRNN  G = 1   h = activation(z)                                                         Elman 1990
 *     GRU        G = 3   blocks z (update), r (reset), h (candidate); with reset_after, Keras's default, the candidate's
 *                        recurrent part q = h_{t-1} · recurrent_kernel_h + recurrent bias_h is taken apart:
 *                            u = sigmoid(z_z)   r = sigmoid(z_r)   g = tanh(x_t · kernel_h + bias_h + r q)
 *                            h = u h_{t-1} + (1 - u) g                       Cho et al. 2014, arXiv:1406.1078v1
 *     LSTM       G = 4   blocks i, f, c, o:
 *                            c = sigmoid(z_f) c_{t-1} + sigmoid(z_i) tanh(z_c)
 *                            h = sigmoid(z_o) tanh(c)          Hochreiter & Schmidhuber 1997; Gers et al. 2000
 *
 * Backwards through time (Werbos 1990) each of these lines is differentiated; dL/dz_t is what the weights' gradients are
 * sums of. Every sum in z_t[j] begins with the bias, then adds the features, then the units, in order. */
#ifndef RNNI_LAYERS_RECURRENT_H
#define RNNI_LAYERS_RECURRENT_H

#include "../numeric/linalg.h"

struct rnni_recurrent {
    enum rnn_cell cell;
    enum rnn_activation activation; /* of SimpleRNN */
    size_t units, features;
    const rnn_real *kernel;           /* (F, G·U) */
    const rnn_real *recurrent_kernel; /* (U, G·U) */
    const rnn_real *bias;             /* (G·U), GRU: (2, 3·U), of the inputs and of the states */
    const rnn_real *packed;           /* both kernels as rnni_recurrent_pack leaves them, or NULL */
};

struct rnni_recurrent_gradient {
    rnn_real *kernel, *recurrent_kernel, *bias;
};

/* Blocks of units in the kernels: G. */
size_t rnni_cell_gates(enum rnn_cell cell);

/* Blocks of units that a time step leaves behind for the way back. Forward:
 *     SimpleRNN  z
 *     GRU        u, r, q, g     (z_z, z_r, q, the candidate's input part before rnni_recurrent_activate)
 *     LSTM       i, f, g, o, tanh(c)     (z_i, z_f, z_c, z_o before)
 * Backward: dL/dz in their place; of the GRU: update, reset, the candidate's as the state met it (q), as the input did. */
size_t rnni_cell_rows(enum rnn_cell cell);

/* One time step of one layer. */
struct rnni_moment {
    rnn_real *h, *c; /* (U, lanes) each; c: LSTM alone */
    rnn_real *rows;  /* (rnni_cell_rows, U, lanes) */
};

/* Copy the kernels for the way forward: it pays from the second time step on. packed: rnni_recurrent_packed_count numbers. */
void rnni_recurrent_pack(struct rnni_recurrent *layer, rnn_real *packed);
size_t rnni_recurrent_packed_count(enum rnn_cell cell, size_t units, size_t features);

/* What the way back multiplies by. packed: rnni_packed_count(U, G·U) numbers, of the input's (F, G·U). */
struct rnni_weights rnni_recurrent_transpose(const struct rnni_recurrent *layer, rnn_real *packed);
struct rnni_weights rnni_recurrent_transpose_input(const struct rnni_recurrent *layer, rnn_real *packed);

/* rows: out, all sums before the activations. h_before: (U, lanes), NULL leaves the recurrent product out: h_0 = 0. */
void rnni_recurrent_preactivate(const struct rnni_recurrent *layer, const rnn_real *x, const rnn_real *h_before,
                                rnn_real *rows, size_t lanes);

/* now->rows: in and out; now->h, now->c: out. before: the state; its rows are not read, and it may be the same as now. */
void rnni_recurrent_activate(const struct rnni_recurrent *layer, const struct rnni_moment *before,
                             const struct rnni_moment *now, size_t lanes);

/* now->rows: in as forward left them, out dL/dz_t. d_h, d_c: in dL/dh_t and dL/dc_t, out those of t - 1. transposed:
 * rnni_recurrent_transpose's; NULL where h_{t-1} did not take part: then d_h is only what reaches it directly. */
void rnni_recurrent_backward(const struct rnni_recurrent *layer, const struct rnni_weights *transposed,
                             const struct rnni_moment *before, const struct rnni_moment *now, rnn_real *d_h,
                             rnn_real *d_c, size_t lanes);

/* d_x: out dL/dx_t (F, lanes). transposed: rnni_recurrent_transpose_input's. rows: dL/dz_t. */
void rnni_recurrent_backward_input(const struct rnni_recurrent *layer, const struct rnni_weights *transposed,
                                   const rnn_real *rows, rnn_real *d_x, size_t lanes);

/* The gradients, summed over time steps and batch. x: (T, F, lanes); h: (T+1, U, lanes), h_0 first; rows: (T, ...);
 * scratch: rnni_outer_scratch() numbers. */
void rnni_recurrent_gradients(const struct rnni_recurrent *layer, const rnn_real *x, const rnn_real *h,
                              const rnn_real *rows, size_t timesteps, size_t lanes,
                              struct rnni_recurrent_gradient gradient, rnn_real *scratch);

#endif
