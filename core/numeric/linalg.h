/* The products that training consists of. "Lanes" are samples: a matrix of activations has a row for each unit and a
 * column for each sample of the batch, padded to a multiple of four.
 *
 * Every sum has one order, whatever the blocking: rnni_lanes_multiply adds the bias, then in the order of k; rnni_lanes_outer and
 * rnni_lanes_sum add lane by lane over (time step, vector) and then the four lanes as rnni_quad_sum does. */
#ifndef RNNI_NUMERIC_LINALG_H
#define RNNI_NUMERIC_LINALG_H

#include "lanes.h"

/* A matrix of weights as rnni_lanes_multiply reads it: four rows' weights for one k lie side by side,
 *
 *     weight (k, r) = at[(r / 4) panel + k step + r % 4]
 *
 * which a matrix (inner, rows) is as it stands, and which rnni_pack makes of any: then all that four rows need lies in one
 * piece. The caches like that (128 rows 512 bytes apart share an eighth of the nearest one) and so do the addresses. */
struct rnni_weights {
    const rnn_real *at;
    size_t panel, step;
};

/* w: (inner, columns); the rows are its columns. */
static inline struct rnni_weights rnni_weights_of(const rnn_real *w, size_t columns)
{
    return (struct rnni_weights){w, 4, columns};
}

/* How many numbers rnni_pack writes. */
static inline size_t rnni_packed_count(size_t rows, size_t inner)
{
    return (rows + 3) / 4 * 4 * inner;
}

static inline struct rnni_weights rnni_packed_of(const rnn_real *packed, size_t inner)
{
    return (struct rnni_weights){packed, 4 * inner, 4};
}

/* out: weight (k, r) = w[k, r] of a matrix whose rows are `columns` numbers apart; rnni_pack_transpose: w[r, k] */
struct rnni_weights rnni_pack(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                              size_t inner);
struct rnni_weights rnni_pack_transpose(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                                        size_t inner);

/* sum over k < inner of weight (k, r) · in[k, b]; in: (inner, lanes) */
struct rnni_product {
    struct rnni_weights weights;
    const rnn_real *in;
    size_t inner;
};

/* out[r, b] = bias[r] + the products, one after the other. bias: NULL for 0; count: at most 2. out: (rows, lanes), no part of any
 * `in`. */
void rnni_lanes_multiply(rnn_real *restrict out, const rnn_real *bias, const struct rnni_product *products,
                         size_t count, size_t rows, size_t lanes);

/* The same, added to what stands in out. */
void rnni_lanes_multiply_add(rnn_real *restrict out, const struct rnni_product *products, size_t count, size_t rows,
                             size_t lanes);

/* A run of activations in time: matrices of (rows, lanes), one for each of `steps` time steps, `stride` numbers apart. */
struct rnni_run {
    const rnn_real *at;
    size_t stride;
};

/* out[i, j] = sum over steps and samples of a_t[i, b] · b_t[j, b]
 * out: (rows, columns), its rows `stride` numbers apart; a: matrices of (rows, lanes); b: of (columns, lanes);
 * scratch: rnni_outer_scratch() numbers. */
void rnni_lanes_outer(rnn_real *restrict out, size_t stride, struct rnni_run a, struct rnni_run b, size_t rows,
                      size_t columns, size_t lanes, size_t steps, rnn_real *restrict scratch);
size_t rnni_outer_scratch(void);

/* out[i] = sum over steps and samples of a_t[i, b] */
void rnni_lanes_sum(rnn_real *restrict out, struct rnni_run a, size_t rows, size_t lanes, size_t steps);

/* out[r, b] = a[r] + b[r] */
void rnni_lanes_fill_sum(rnn_real *restrict out, const rnn_real *a, const rnn_real *b, size_t rows, size_t lanes);

/* The index of the largest of `count` numbers that are `stride` apart, the first of equals. */
uint32_t rnni_argmax(const rnn_real *values, uint32_t count, size_t stride);

#endif
