/* Are the blocked products right for every shape, and do both ways to multiply give the same bits?
 *
 * Independent reference: the definition, summed in double. */
#include "../../core/numeric/linalg.h"
#include "support.h"

enum { MOST = 16 * 16 * 24 };

static rnn_real a[MOST], b[MOST], out[MOST];

static void fill(rnn_real *values, uint32_t seed)
{
    CHECK(rnn_task_generate(RNN_TASK_RANDOM, seed, 0, MOST / 8, 8, values, out) == RNN_OK);
    for (int i = 0; i < MOST; i++) values[i] = 2 * values[i] - 1;
}

static bool near(double got, double want)
{
    return fabs(got - want) <= ROUNDING * (1 + fabs(want));
}

static void check_multiply(size_t rows, size_t inner, size_t lanes, bool transposed)
{
    struct rnn_matrix matrix = transposed ? (struct rnn_matrix){a, 1, rows} : (struct rnn_matrix){a, inner, 1};
    for (size_t i = 0; i < rows * lanes; i++) out[i] = (rnn_real)0.25;
    rnn_lanes_multiply(out, matrix, b, rows, inner, lanes);
    for (size_t r = 0; r < rows; r++)
        for (size_t l = 0; l < lanes; l++) {
            double want = 0.25;
            for (size_t k = 0; k < inner; k++)
                want += (double)a[r * matrix.row_stride + k * matrix.column_stride] * (double)b[k * lanes + l];
            CHECK(near(out[r * lanes + l], want));
        }
}

static void check_outer(size_t rows, size_t columns, size_t lanes, size_t steps)
{
    struct rnn_run left = {a, rows * lanes}, right = {b, columns * lanes};
    rnn_lanes_outer(out, left, right, rows, columns, lanes, steps);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            double want = 0;
            for (size_t t = 0; t < steps; t++)
                for (size_t l = 0; l < lanes; l++)
                    want += (double)a[(t * rows + i) * lanes + l] * (double)b[(t * columns + j) * lanes + l];
            CHECK(near(out[i * columns + j], want));
        }
    rnn_lanes_sum(out, left, rows, lanes, steps);
    for (size_t i = 0; i < rows; i++) {
        double want = 0;
        for (size_t t = 0; t < steps; t++)
            for (size_t l = 0; l < lanes; l++) want += (double)a[(t * rows + i) * lanes + l];
        CHECK(near(out[i], want));
    }
}

/* One sequence alone gets the bits that it gets in any lane of a batch. */
static void check_same_bits(size_t rows, size_t inner)
{
    static rnn_real alone[16], in[16 * 8];
    for (size_t k = 0; k < inner; k++)
        for (size_t l = 0; l < 8; l++) in[k * 8 + l] = b[k];
    for (size_t r = 0; r < rows; r++) {
        alone[r] = a[MOST - 1 - r];
        for (size_t l = 0; l < 8; l++) out[r * 8 + l] = alone[r];
    }
    rnn_row_multiply(alone, b, a, inner, rows);
    rnn_lanes_multiply(out, (struct rnn_matrix){a, 1, rows}, in, rows, inner, 8);
    for (size_t r = 0; r < rows; r++)
        for (size_t l = 0; l < 8; l++) CHECK(out[r * 8 + l] == alone[r]);
}

int main(void)
{
    fill(a, 1);
    fill(b, 2);
    for (size_t rows = 1; rows <= 13; rows++)
        for (size_t inner = 1; inner <= 13; inner++) {
            check_same_bits(rows, inner);
            for (size_t lanes = 4; lanes <= 24; lanes += 4) {
                check_multiply(rows, inner, lanes, false);
                check_multiply(rows, inner, lanes, true);
                for (size_t steps = 0; steps <= 3; steps++) check_outer(rows, inner, lanes, steps);
            }
        }
    return check_report();
}
