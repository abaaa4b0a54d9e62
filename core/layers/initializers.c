#include "initializers.h"

#include "../numeric/elementary.h"

void rnni_glorot_uniform(struct rnni_random *random, rnn_real *weights, size_t count, uint32_t fan_in, uint32_t fan_out)
{
    rnn_real limit = rnni_sqrt((rnn_real)6 / (rnn_real)(fan_in + fan_out));
    for (size_t i = 0; i < count; i++) weights[i] = limit * (2 * rnni_uniform(rnni_random_word(random)) - 1);
}

static rnn_real dot(const rnn_real *a, const rnn_real *b, size_t count)
{
    rnni_quad c0 = {0}, c1 = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        c0 += rnni_quad_load(a + i) * rnni_quad_load(b + i);
        c1 += rnni_quad_load(a + i + 4) * rnni_quad_load(b + i + 4);
    }
    rnn_real sum = rnni_quad_sum(c0 + c1);
    for (; i < count; i++) sum += a[i] * b[i];
    return sum;
}

static void subtract_multiple(rnn_real *restrict a, const rnn_real *restrict b, rnn_real factor, size_t count)
{
    for (size_t i = 0; i < count; i++) a[i] -= factor * b[i];
}

static void normal(struct rnni_random *random, rnn_real *weights, size_t count)
{
    for (size_t i = 0; i < count; i += 2) {
        rnn_real pair[2];
        rnni_random_normal(random, pair);
        weights[i] = pair[0];
        if (i + 1 < count) weights[i + 1] = pair[1];
    }
}

/* Makes a row orthogonal to the rows before it and returns its norm. A second pass restores the orthogonality that the first loses
 * to rounding ("twice is enough", Giraud, Langou & Rozloznik 2005). */
static rnn_real remove_earlier(rnn_real *row, const rnn_real *earlier, size_t rows, size_t columns)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t q = 0; q < rows; q++)
            subtract_multiple(row, earlier + q * columns, dot(row, earlier + q * columns, columns), columns);
    return rnni_sqrt(dot(row, row, columns));
}

void rnni_orthogonal(struct rnni_random *random, rnn_real *weights, size_t rows, size_t columns)
{
    normal(random, weights, rows * columns);
    /* Modified Gram-Schmidt by rows. The norms are the diagonal of R, so that is positive. */
    for (size_t r = 0; r < rows; r++) {
        rnn_real *row = weights + r * columns;
        rnn_real norm = remove_earlier(row, weights, r, columns);
        while (!(norm > 0)) { /* draw again if the row is zero; in a 1 by 1 matrix that happens once in 2^24 */
            normal(random, row, columns);
            norm = remove_earlier(row, weights, r, columns);
        }
        for (size_t j = 0; j < columns; j++) row[j] /= norm;
    }
}

/* With more rows than columns: generates the transpose and transposes it in place, one cycle of the permutation at a time. */
static void orthogonal_columns(struct rnni_random *random, rnn_real *weights, size_t rows, size_t columns)
{
    rnni_orthogonal(random, weights, columns, rows);
    const size_t last = rows * columns - 1;
    for (size_t start = 1; start < last; start++) {
        size_t at = start;
        do {                                         /* follow the cycle to find its smallest index */
            at = at % columns * rows + at / columns; /* NOLINT(clang-analyzer-core.DivideZero): columns > 0 */
        } while (at > start);
        if (at < start) continue; /* already done: the cycle has a smaller index */
        rnn_real first = weights[start];
        for (at = start;;) {
            size_t from = at % columns * rows + at / columns;
            if (from == start) break;
            weights[at] = weights[from];
            at = from;
        }
        weights[at] = first;
    }
}

void rnni_initialize(enum rnn_initializer initializer, struct rnni_random *random, rnn_real *weights, uint32_t rows,
                     uint32_t columns)
{
    const size_t count = (size_t)rows * columns;
    if (initializer == RNN_GLOROT_UNIFORM) {
        rnni_glorot_uniform(random, weights, count, rows, columns);
        return;
    }
    if (initializer == RNN_ORTHOGONAL) {
        if (rows <= columns)
            rnni_orthogonal(random, weights, rows, columns);
        else
            orthogonal_columns(random, weights, rows, columns);
        return;
    }
    for (size_t i = 0; i < count; i++) weights[i] = initializer == RNN_IDENTITY && i / columns == i % columns;
}
