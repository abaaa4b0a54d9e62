/* The products that training consists of. "Lanes" are samples: a matrix of activations has a row for each unit and a
 * column for each sample of the batch, padded to a multiple of four.
 *
 * Every sum has one order, whatever the blocking: rnn_lanes_multiply adds in the order of k; rnn_lanes_outer and
 * rnn_lanes_sum add lane by lane over (time step, vector) and then the four lanes as rnn_vec_sum does. */
#ifndef RNN_NUMERIC_LINALG_H
#define RNN_NUMERIC_LINALG_H

#include "lanes.h"

/* out[r, b] += sum over k of w[k, r] · in[k, b]
 * out: in and out (rows, lanes); w: (inner, rows), its rows `stride` numbers apart; in: (inner, lanes). out and in do not
 * overlap. */
void rnn_lanes_multiply(rnn_real *restrict out, const rnn_real *restrict w, size_t stride, const rnn_real *restrict in,
                        size_t rows, size_t inner, size_t lanes);

/* A run of activations in time: matrices of (rows, lanes), one for each of `steps` time steps, `stride` numbers apart. */
struct rnn_run {
    const rnn_real *at;
    size_t stride;
};

/* out[i, j] = sum over steps and samples of a_t[i, b] · b_t[j, b]
 * out: (rows, columns), its rows `stride` numbers apart; a: matrices of (rows, lanes); b: of (columns, lanes). */
void rnn_lanes_outer(rnn_real *restrict out, size_t stride, struct rnn_run a, struct rnn_run b, size_t rows,
                     size_t columns, size_t lanes, size_t steps);

/* out[i] = sum over steps and samples of a_t[i, b] */
void rnn_lanes_sum(rnn_real *restrict out, struct rnn_run a, size_t rows, size_t lanes, size_t steps);

/* out[r, b] = value[r], or a[r] + b[r] */
void rnn_lanes_fill(rnn_real *restrict out, const rnn_real *value, size_t rows, size_t lanes);
void rnn_lanes_fill_sum(rnn_real *restrict out, const rnn_real *a, const rnn_real *b, size_t rows, size_t lanes);

/* out (columns, rows) = the transpose of in (rows, columns) */
void rnn_transpose(rnn_real *restrict out, const rnn_real *restrict in, size_t rows, size_t columns);

#endif
