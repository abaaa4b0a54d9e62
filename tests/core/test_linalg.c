/* The blocked products must be right for every shape, and both ways to multiply must give the same bits.
 *
 * Independent reference: the definition, summed in double. */
#include "../../core/numeric/linalg.h"
#include "support.h"

enum { MOST = 70 * 24 * 32 };

static rnn_real a[MOST], b[MOST], out[MOST], *scratch;

static void fill(rnn_real *values, uint32_t seed)
{
    CHECK(rnn_task_generate(RNN_TASK_RANDOM, seed, 0, MOST / 8, 8, values, out) == RNN_OK);
    for (int i = 0; i < MOST; i++) values[i] = 2 * values[i] - 1;
}

static bool near(double got, double want)
{
    return fabs(got - want) <= ROUNDING * (1 + fabs(want));
}

/* Two products one after the other, the second over the rest of k, with weights as they are and packed. */
static void check_multiply(size_t rows, size_t inner, size_t lanes, size_t stride)
{
    static rnn_real packed[2][16 * 16], bias[16], other[16 * 24];
    const size_t first = inner / 3, rest = inner - first;
    struct rnni_product products[2] = {{rnni_weights_of(a, stride), b, first},
                                       {rnni_weights_of(a + first * stride, stride), b + first * lanes, rest}};
    for (size_t r = 0; r < rows; r++) bias[r] = a[MOST - 1 - r];
    rnni_lanes_multiply(out, bias, products, 2, rows, lanes);
    for (size_t r = 0; r < rows; r++)
        for (size_t l = 0; l < lanes; l++) {
            double want = (double)bias[r];
            for (size_t k = 0; k < inner; k++) want += (double)a[k * stride + r] * (double)b[k * lanes + l];
            CHECK(near(out[r * lanes + l], want));
        }
    products[0].weights = rnni_pack(packed[0], a, stride, rows, first);
    products[1].weights = rnni_pack(packed[1], a + first * stride, stride, rows, rest);
    for (size_t r = 0; r < rows; r++)
        for (size_t l = 0; l < lanes; l++) other[r * lanes + l] = bias[r];
    rnni_lanes_multiply_add(other, products, 2, rows, lanes);
    CHECK(memcmp(other, out, rows * lanes * sizeof *out) == 0);
    rnni_lanes_multiply(other, bias, products, 2, rows, lanes);
    CHECK(memcmp(other, out, rows * lanes * sizeof *out) == 0);
    rnni_lanes_multiply(other, NULL, products, 0, rows, lanes);
    for (size_t i = 0; i < rows * lanes; i++) CHECK(other[i] == 0);
}

static void check_outer(size_t rows, size_t columns, size_t lanes, size_t steps)
{
    const size_t stride = columns + 1;
    struct rnni_run left = {a, rows * lanes}, right = {b, columns * lanes};
    rnni_lanes_outer(out, stride, left, right, rows, columns, lanes, steps, scratch);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            double want = 0;
            for (size_t t = 0; t < steps; t++)
                for (size_t l = 0; l < lanes; l++)
                    want += (double)a[(t * rows + i) * lanes + l] * (double)b[(t * columns + j) * lanes + l];
            CHECK(near(out[i * stride + j], want));
        }
    rnni_lanes_sum(out, left, rows, lanes, steps);
    for (size_t i = 0; i < rows; i++) {
        double want = 0;
        for (size_t t = 0; t < steps; t++)
            for (size_t l = 0; l < lanes; l++) want += (double)a[(t * rows + i) * lanes + l];
        CHECK(near(out[i], want));
    }
}

/* The order of every sum is the same in every block. */
static void check_outer_order(size_t rows, size_t columns, size_t lanes, size_t steps)
{
    struct rnni_run left = {a, rows * lanes}, right = {b, columns * lanes};
    rnni_lanes_outer(out, columns, left, right, rows, columns, lanes, steps, scratch);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            rnn_real lane[4] = {0};
            for (size_t t = 0; t < steps; t++)
                for (size_t l = 0; l < lanes; l++)
                    lane[l % 4] += a[(t * rows + i) * lanes + l] * b[(t * columns + j) * lanes + l];
            CHECK(out[i * columns + j] == (lane[0] + lane[1]) + (lane[2] + lane[3]));
        }
}

/* A sample gets the same bits in any lane of any batch. */
static void check_same_bits(size_t rows, size_t inner)
{
    static rnn_real alone[16 * 4], in[16 * 24], single[16 * 4], packed[16 * 16];
    const struct rnni_weights weights = rnni_weights_of(a, rows),
                              side_by_side = rnni_pack(packed, a, rows, rows, inner);
    for (size_t lanes = 4; lanes <= 24; lanes += 4) {
        for (size_t k = 0; k < inner; k++) {
            for (size_t l = 0; l < lanes; l++) in[k * lanes + l] = b[k];
            for (size_t l = 0; l < 4; l++) single[k * 4 + l] = b[k];
        }
        rnni_lanes_multiply(alone, a + 200, &(struct rnni_product){weights, single, inner}, 1, rows, 4);
        rnni_lanes_multiply(out, a + 200, &(struct rnni_product){side_by_side, in, inner}, 1, rows, lanes);
        for (size_t r = 0; r < rows; r++)
            for (size_t l = 0; l < lanes; l++) CHECK(out[r * lanes + l] == alone[r * 4]);
    }
}

static void check_pack(size_t rows, size_t inner)
{
    static rnn_real packed[16 * 16];
    struct rnni_weights as_it_stands = rnni_pack(packed, a, rows + 1, rows, inner);
    for (size_t k = 0; k < inner; k++)
        for (size_t r = 0; r < rows; r++)
            CHECK(packed[r / 4 * as_it_stands.panel + k * as_it_stands.step + r % 4] == a[k * (rows + 1) + r]);
    struct rnni_weights transposed = rnni_pack_transpose(packed, a, inner + 1, rows, inner);
    for (size_t k = 0; k < inner; k++)
        for (size_t r = 0; r < rows; r++)
            CHECK(packed[r / 4 * transposed.panel + k * transposed.step + r % 4] == a[r * (inner + 1) + k]);
}

/* The first of several equal numbers, also for zeros of different sign; NaN is never larger. */
static void check_argmax(void)
{
    const rnn_real equal[] = {2, 2, 2}, later[] = {1, 3, 0, 3, 2}, zeros[] = {-1, -(rnn_real)0, 0},
                   nans[] = {1, NAN, 2};
    const rnn_real apart[] = {1, 9, 5, 9, 5, 9};
    CHECK_EQUAL(rnni_argmax(equal, 3, 1), 0);
    CHECK_EQUAL(rnni_argmax(later, 5, 1), 1);
    CHECK_EQUAL(rnni_argmax(later + 1, 1, 1), 0);
    CHECK_EQUAL(rnni_argmax(zeros, 3, 1), 1);
    CHECK_EQUAL(rnni_argmax(nans, 3, 1), 2);
    CHECK_EQUAL(rnni_argmax(apart, 3, 2), 1);
}

int main(void)
{
    check_argmax();
    scratch = block_of(rnni_outer_scratch() * sizeof *scratch);
    fill(a, 1);
    fill(b, 2);
    for (size_t rows = 1; rows <= 13; rows++)
        for (size_t inner = 1; inner <= 13; inner++) {
            check_same_bits(rows, inner);
            check_pack(rows, inner);
            for (size_t lanes = 4; lanes <= 24; lanes += 4) {
                check_multiply(rows, inner, lanes, rows);
                check_multiply(rows, inner, lanes, rows + 3);
                for (size_t steps = 0; steps <= 3; steps++) check_outer(rows, inner, lanes, steps);
            }
        }
    /* more than one tile of sums and more than RUN numbers, with remainders */
    check_outer(66, 67, 12, 28);
    check_outer(70, 2, 32, 21);
    check_outer(5, 64, 324, 2);
    check_outer(1, 69, 24, 14);
    check_outer_order(6, 67, 12, 28);
    check_outer_order(2, 3, 8, 5);
    return check_report();
}
