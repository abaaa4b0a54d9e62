/* The recurrent layers, one time step at a time, forward and backward. Samples lie in lanes (numeric/linalg.h): x is (F, lanes), h
 * and c are (U, lanes).
 *
 * A step computes z_t = x_t · kernel + h_{t-1} · recurrent_kernel + bias for the cell's G gates of U units each, and then the
 * state:
 *
 *     SimpleRNN  G = 1   h = activation(z)                                                         Elman 1990
 *     GRU        G = 3   blocks z (update), r (reset), h (candidate); with reset_after, Keras's default, the candidate's
 *                        recurrent part q = h_{t-1} · recurrent_kernel_h + recurrent bias_h is computed separately:
 *                            u = sigmoid(z_z)   r = sigmoid(z_r)   g = tanh(x_t · kernel_h + bias_h + r q)
 *                            h = u h_{t-1} + (1 - u) g                       Cho et al. 2014, arXiv:1406.1078v1
 *     LSTM       G = 4   blocks i, f, c, o:
 *                            c = sigmoid(z_f) c_{t-1} + sigmoid(z_i) tanh(z_c)
 *                            h = sigmoid(z_o) tanh(c)          Hochreiter & Schmidhuber 1997; Gers et al. 2000
 *
 * Backpropagation through time (Werbos 1990) differentiates each of these lines. The gradients of the weights are sums of dL/dz_t,
 * the "deltas". Every sum in z_t[j] begins with the bias, then adds the features in order, then the units in order. */
#ifndef RNNI_LAYERS_RECURRENT_H
#define RNNI_LAYERS_RECURRENT_H

#include "../numeric/linalg.h"

struct rnni_recurrent {
    enum rnn_cell cell;
    enum rnn_activation activation; /* of SimpleRNN and dense layers */
    size_t units, features;
    size_t states;                    /* rows of the recurrent kernel: U, or 0 in a dense layer, which has none */
    const rnn_real *kernel;           /* (F, G·U) */
    const rnn_real *recurrent_kernel; /* (states, G·U) */
    const rnn_real *bias;             /* (G·U); GRU: (2, 3·U), input bias and recurrent bias */
    const rnn_real *packed;           /* both kernels as packed by rnni_recurrent_pack, or NULL */
    uint32_t kept; /* enum rnn_kept: applied to the recurrent kernel when it is packed or transposed */
};

/* Does a cut keep this entry of the recurrent kernel (U, G·U)? */
static inline bool rnni_keeps(uint32_t kept, size_t row, size_t column, size_t units)
{
    return kept == RNN_KEEP_ALL || (kept == RNN_KEEP_DIAGONAL) == (row == column % units);
}

struct rnni_recurrent_gradient {
    rnn_real *kernel, *recurrent_kernel, *bias;
};

/* The number of gates G, which is how many blocks of U columns a kernel has. */
size_t rnni_cell_gates(enum rnn_cell cell);

/* The number of blocks of U numbers that a time step stores for the backward pass. After the forward pass they are:
 *     SimpleRNN  z
 *     GRU        u, r, q, g             (z_z, z_r, q, the candidate's input part before rnni_recurrent_activate)
 *     LSTM       i, f, g, o, tanh(c)    (z_i, z_f, z_c, z_o before)
 * The backward pass replaces them by dL/dz. For a GRU these are four: update, reset, candidate's recurrent part (dL/dq),
 * candidate's input part. */
size_t rnni_cell_rows(enum rnn_cell cell);

/* The numbers of one layer at one time step. */
struct rnni_layer_step {
    rnn_real *h, *c; /* (U, lanes) each; c: LSTM only */
    rnn_real *rows;  /* (rnni_cell_rows, U, lanes) */
};

/* Copies the kernels into packed for the forward pass, which pays off from the second time step on. packed: room for
 * rnni_recurrent_packed_count numbers. */
void rnni_recurrent_pack(struct rnni_recurrent *layer, rnn_real *packed);
size_t rnni_recurrent_packed_count(enum rnn_cell cell, size_t units, size_t features);

/* Transposed recurrent kernel, or kernel, for the backward pass. packed: room for rnni_packed_count(U, G·U), or
 * rnni_packed_count(F, G·U), numbers. */
struct rnni_weights rnni_recurrent_transpose(const struct rnni_recurrent *layer, rnn_real *packed);
struct rnni_weights rnni_recurrent_transpose_input(const struct rnni_recurrent *layer, rnn_real *packed);

/* The weighted sums before any activation. rows: out. h_before: (U, lanes), or NULL to leave out the recurrent product, as for
 * h_0 = 0. */
void rnni_recurrent_preactivate(const struct rnni_recurrent *layer, const rnn_real *x, const rnn_real *h_before,
                                rnn_real *rows, size_t lanes);

/* From the sums to the state. now->rows: in and out; now->h, now->c: out. before: the previous state, whose rows are not read. It
 * may be the same object as now. */
void rnni_recurrent_activate(const struct rnni_recurrent *layer, const struct rnni_layer_step *before,
                             const struct rnni_layer_step *now, size_t lanes);

/* now->rows: in as the forward pass left them, out dL/dz_t. d_h, d_c: in dL/dh_t and dL/dc_t, out those of t - 1. transposed: the
 * result of rnni_recurrent_transpose, or NULL if the recurrent product was left out; then d_h gets only the part that bypasses it. */
void rnni_recurrent_backward(const struct rnni_recurrent *layer, const struct rnni_weights *transposed,
                             const struct rnni_layer_step *before, const struct rnni_layer_step *now, rnn_real *d_h,
                             rnn_real *d_c, size_t lanes);

/* d_x: out dL/dx_t (F, lanes). transposed: the result of rnni_recurrent_transpose_input. rows: dL/dz_t. */
void rnni_recurrent_backward_input(const struct rnni_recurrent *layer, const struct rnni_weights *transposed,
                                   const rnn_real *rows, rnn_real *d_x, size_t lanes);

/* Gradients of the layer's weights, summed over time steps and batch. x: (T, F, lanes); h: (T+1, U, lanes), h_0 first; rows:
 * (T, ...) with dL/dz_t; from_first: false if h_0 is zero; scratch: rnni_outer_scratch() numbers. */
void rnni_recurrent_gradients(const struct rnni_recurrent *layer, const rnn_real *x, const rnn_real *h,
                              const rnn_real *rows, size_t timesteps, bool from_first, size_t lanes,
                              struct rnni_recurrent_gradient gradient, rnn_real *scratch);

#endif
