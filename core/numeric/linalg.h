/* Matrix products for training. "Lanes" are samples: a matrix of activations has one row per unit and one column per sample of the
 * batch, padded to a multiple of four.
 *
 * The order of additions in every sum is fixed, whatever the blocking: rnni_lanes_multiply begins with the bias and adds in the
 * order of k; rnni_lanes_outer and rnni_lanes_sum add lane by lane over (time step, vector), and then the four lanes as
 * rnni_quad_sum does. */
#ifndef RNNI_NUMERIC_LINALG_H
#define RNNI_NUMERIC_LINALG_H

#include "lanes.h"

/* A weight matrix in the layout that rnni_lanes_multiply reads: panels of four rows, in which the four weights for one k are
 * neighbors.
 *
 *     weight (k, r) = at[(r / 4) panel + k step + r % 4]
 *
 * A matrix (inner, rows) already has this layout. rnni_pack brings any matrix into one where each panel is contiguous, which the
 * cache needs: with 128 rows, 512 bytes apart, only an eighth of the first-level cache could be used. */
struct rnni_weights {
    const rnn_real *at;
    size_t panel, step;
};

/* The weights of a matrix w (inner, columns) without a copy; its columns are the rows of the product. */
static inline struct rnni_weights rnni_weights_of(const rnn_real *w, size_t columns)
{
    return (struct rnni_weights){w, 4, columns};
}

/* The length of the array that rnni_pack writes. */
static inline size_t rnni_packed_count(size_t rows, size_t inner)
{
    return (rows + 3) / 4 * 4 * inner;
}

static inline struct rnni_weights rnni_packed_of(const rnn_real *packed, size_t inner)
{
    return (struct rnni_weights){packed, 4 * inner, 4};
}

/* Packs the matrix weight (k, r) = w[k, r], or with rnni_pack_transpose w[r, k], into out. The rows of w are `columns` numbers
 * apart. */
struct rnni_weights rnni_pack(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                              size_t inner);
struct rnni_weights rnni_pack_transpose(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                                        size_t inner);

/* One term of a product: sum over k < inner of weight (k, r) · in[k, b]. in: (inner, lanes). */
struct rnni_product {
    struct rnni_weights weights;
    const rnn_real *in;
    size_t inner;
};

/* out[r, b] = bias[r] + the products, one after the other. bias: NULL for zeros; count: at most 2; out: (rows, lanes), which must
 * not overlap any `in`. */
void rnni_lanes_multiply(rnn_real *restrict out, const rnn_real *bias, const struct rnni_product *products,
                         size_t count, size_t rows, size_t lanes);

/* The same, but added to the present content of out. */
void rnni_lanes_multiply_add(rnn_real *restrict out, const struct rnni_product *products, size_t count, size_t rows,
                             size_t lanes);

/* Activations over time: one matrix of (rows, lanes) per time step, `stride` numbers apart. */
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

/* The index of the largest of `count` numbers that are `stride` apart; the first one if several are equal. */
uint32_t rnni_argmax(const rnn_real *values, uint32_t count, size_t stride);

#endif
