/* The products that training consists of. "Lanes" are samples: a matrix of activations has a row for each unit and a
 * column for each sample of the batch, padded to a multiple of four.
 *
 * Every sum has one order, whatever the blocking: rnn_lanes_multiply adds in the order of k; rnn_lanes_outer and
 * rnn_lanes_sum add lane by lane over (time step, vector) and then the four lanes as rnn_vec_sum does. */
#ifndef RNN_NUMERIC_LINALG_H
#define RNN_NUMERIC_LINALG_H

#include "lanes.h"

/* A matrix of weights read with any strides, so that one kernel serves W and its transpose. */
struct rnn_matrix {
    const rnn_real *at;
    size_t row_stride, column_stride;
};

/* out[r, b] += sum over k of a[r, k] · in[k, b]
 * out: in and out (rows, lanes); a: (rows, inner); in: (inner, lanes). out and in do not overlap. */
void rnn_lanes_multiply(rnn_real *restrict out, struct rnn_matrix a, const rnn_real *restrict in, size_t rows,
                        size_t inner, size_t lanes);

/* A run of activations in time: matrices of (rows, lanes), one for each of `steps` time steps, `stride` numbers apart. */
struct rnn_run {
    const rnn_real *at;
    size_t stride;
};

/* out[i, j] = sum over steps and samples of a_t[i, b] · b_t[j, b]
 * out: (rows, columns); a: matrices of (rows, lanes); b: of (columns, lanes). */
void rnn_lanes_outer(rnn_real *restrict out, struct rnn_run a, struct rnn_run b, size_t rows, size_t columns,
                     size_t lanes, size_t steps);

/* out[i] = sum over steps and samples of a_t[i, b] */
void rnn_lanes_sum(rnn_real *restrict out, struct rnn_run a, size_t rows, size_t lanes, size_t steps);

/* out[r, b] = value[r] */
void rnn_lanes_fill(rnn_real *restrict out, const rnn_real *value, size_t rows, size_t lanes);

/* For one sequence: out[j] += sum over k of in[k] · a[k, j], each out[j] in the order of k, so that its bits are those of
 * rnn_lanes_multiply by the transpose. a: (inner, columns), row-major. */
void rnn_row_multiply(rnn_real *restrict out, const rnn_real *restrict in, const rnn_real *restrict a, size_t inner,
                      size_t columns);

#endif
