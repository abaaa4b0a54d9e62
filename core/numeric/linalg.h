/* The products that training consists of. "Lanes" are samples: a matrix of activations has a row for each unit and a
 * column for each sample of the batch, padded to a multiple of four.
 *
 * Every sum has one order, whatever the blocking: rnn_lanes_multiply adds the bias, then in the order of k; rnn_lanes_outer and
 * rnn_lanes_sum add lane by lane over (time step, vector) and then the four lanes as rnn_quad_sum does. */
#ifndef RNN_NUMERIC_LINALG_H
#define RNN_NUMERIC_LINALG_H

#include "lanes.h"

/* A matrix of weights as rnn_lanes_multiply reads it: four rows' weights for one k lie side by side,
 *
 *     weight (k, r) = at[(r / 4) panel + k step + r % 4]
 *
 * which a matrix (inner, rows) is as it stands, and which rnn_pack makes of any: then all that four rows need lies in one
 * piece. The caches like that (128 rows 512 bytes apart share an eighth of the nearest one) and so do the addresses. */
struct rnn_weights {
    const rnn_real *at;
    size_t panel, step;
};

/* w: (inner, columns); the rows are its columns. */
static inline struct rnn_weights rnn_weights_of(const rnn_real *w, size_t columns)
{
    return (struct rnn_weights){w, 4, columns};
}

/* How many numbers rnn_pack writes. */
static inline size_t rnn_packed_count(size_t rows, size_t inner)
{
    return (rows + 3) / 4 * 4 * inner;
}

static inline struct rnn_weights rnn_packed_of(const rnn_real *packed, size_t inner)
{
    return (struct rnn_weights){packed, 4 * inner, 4};
}

/* out: weight (k, r) = w[k, r] of a matrix whose rows are `columns` numbers apart; rnn_pack_transpose: w[r, k] */
struct rnn_weights rnn_pack(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                            size_t inner);
struct rnn_weights rnn_pack_transpose(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                                      size_t inner);

/* sum over k < inner of weight (k, r) · in[k, b]; in: (inner, lanes) */
struct rnn_product {
    struct rnn_weights weights;
    const rnn_real *in;
    size_t inner;
};

/* out[r, b] = bias[r] + the products, one after the other. bias: NULL for 0. out: (rows, lanes), no part of any `in`. */
void rnn_lanes_multiply(rnn_real *restrict out, const rnn_real *bias, const struct rnn_product *products, size_t count,
                        size_t rows, size_t lanes);

/* The same, added to what stands in out. */
void rnn_lanes_multiply_add(rnn_real *restrict out, const struct rnn_product *products, size_t count, size_t rows,
                            size_t lanes);

/* A run of activations in time: matrices of (rows, lanes), one for each of `steps` time steps, `stride` numbers apart. */
struct rnn_run {
    const rnn_real *at;
    size_t stride;
};

/* out[i, j] = sum over steps and samples of a_t[i, b] · b_t[j, b]
 * out: (rows, columns), its rows `stride` numbers apart; a: matrices of (rows, lanes); b: of (columns, lanes);
 * scratch: rnn_outer_scratch() numbers. */
void rnn_lanes_outer(rnn_real *restrict out, size_t stride, struct rnn_run a, struct rnn_run b, size_t rows,
                     size_t columns, size_t lanes, size_t steps, rnn_real *restrict scratch);
size_t rnn_outer_scratch(void);

/* out[i] = sum over steps and samples of a_t[i, b] */
void rnn_lanes_sum(rnn_real *restrict out, struct rnn_run a, size_t rows, size_t lanes, size_t steps);

/* out[r, b] = a[r] + b[r] */
void rnn_lanes_fill_sum(rnn_real *restrict out, const rnn_real *a, const rnn_real *b, size_t rows, size_t lanes);

/* Is none of them infinite or NaN? */
bool rnn_all_finite(const rnn_real *values, size_t count);

#endif
