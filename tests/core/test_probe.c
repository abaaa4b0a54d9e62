/* Linear probes, compared with a line that is worked out by hand and with functions that are known exactly. */
#include "support.h"

enum { ROWS = 200, COLUMNS = 5 };

static rnn_real numbers[ROWS * COLUMNS], values[ROWS];
static double solution[COLUMNS + 1];
static _Alignas(RNN_ALIGNMENT) unsigned char block[4096];

static double pick(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed / 4294967296.0 - 0.5;
}

static struct rnn_probe_rows rows_from(uint32_t first, uint32_t count)
{
    return (struct rnn_probe_rows){numbers + first * COLUMNS, values + first, count};
}

static double probed(const rnn_real *x, const rnn_real *y, uint32_t fitted, uint32_t measured)
{
    double r2 = -99;
    const struct rnn_probe_rows of[] = {{x, y, fitted}, {x + fitted, y + fitted, measured}};
    CHECK_EQUAL(rnn_probe(&of[0], &of[1], 1, block, sizeof block, solution, &r2), RNN_OK);
    return r2;
}

/* The line of least squares through (0, 1), (1, 3), (2, 2), (3, 5) has slope 1.1 and constant 1.1. */
static void test_line_by_hand(void)
{
    const rnn_real x[] = {0, 1, 2, 3, 0, 2}, y[] = {1, 3, 2, 5, 0, 4};
    CHECK_NEAR(probed(x, y, 4, 2), 1 - (1.1 * 1.1 + 0.7 * 0.7) / 8, 1e-12);
    CHECK_NEAR(solution[0], 1.1, 1e-12);
    CHECK_NEAR(solution[1], 1.1, 1e-12);
    const rnn_real alike[] = {1, 3, 2, 5, 6, 6}, exact[] = {1, 1, 1, 1, 1, 1};
    CHECK_EQUAL(probed(x, alike, 4, 2), 0);
    CHECK_EQUAL(probed(x, exact, 4, 2), 1);
}

static void test_exact_function(void)
{
    uint32_t seed = 1;
    double r2;
    for (uint32_t i = 0; i < ROWS; i++) {
        double value = 0.25;
        for (uint32_t k = 0; k < COLUMNS; k++) {
            /* The last column depends on the first two, so that it gets no weight. */
            rnn_real *row = numbers + i * COLUMNS;
            row[k] = k < COLUMNS - 1 ? (rnn_real)((int)(16 * pick(&seed)) / 8.0) : row[0] + row[1];
            value += (k + 1.0) * (k < COLUMNS - 1) * row[k];
        }
        values[i] = (rnn_real)value;
    }
    const struct rnn_probe_rows fitted = rows_from(0, ROWS / 2), measured = rows_from(ROWS / 2, ROWS / 2);
    CHECK_EQUAL(rnn_probe(&fitted, &measured, COLUMNS, block, sizeof block, solution, &r2), RNN_OK);
    CHECK_NEAR(r2, 1, 1e-12);
    for (uint32_t k = 0; k < COLUMNS; k++) CHECK_NEAR(solution[k], k < COLUMNS - 1 ? k + 1.0 : 0, 1e-9);
    CHECK_NEAR(solution[COLUMNS], 0.25, 1e-9);
}

/* Values that have nothing to do with the numbers are not explained on rows that were not fitted. */
static void test_nothing_to_know(void)
{
    uint32_t seed = 2;
    double r2;
    for (uint32_t i = 0; i < ROWS * COLUMNS; i++) numbers[i] = (rnn_real)pick(&seed);
    for (uint32_t i = 0; i < ROWS; i++) values[i] = (rnn_real)pick(&seed);
    const struct rnn_probe_rows fitted = rows_from(0, ROWS / 2), measured = rows_from(ROWS / 2, ROWS / 2);
    CHECK_EQUAL(rnn_probe(&fitted, &measured, COLUMNS, block, sizeof block, solution, &r2), RNN_OK);
    CHECK(r2 < 0.1);
    CHECK_EQUAL(rnn_probe(&fitted, &fitted, COLUMNS, block, sizeof block, solution, &r2), RNN_OK);
    CHECK(r2 > 0);
}

static void test_refusals(void)
{
    double r2;
    uint64_t bytes;
    CHECK_EQUAL(rnn_probe_size(COLUMNS, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_probe_size(0, &bytes), RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_probe_size(UINT32_MAX, &bytes), RNN_ERROR_TOO_LARGE);
    CHECK_EQUAL(rnn_probe_size(COLUMNS, &bytes), RNN_OK);
    const struct rnn_probe_rows rows = rows_from(0, ROWS), none = rows_from(0, 0);
    CHECK_EQUAL(rnn_probe(&rows, &rows, COLUMNS, block, bytes, solution, &r2), RNN_OK);
    CHECK_EQUAL(rnn_probe(&rows, &rows, COLUMNS, block, bytes - 1, solution, &r2), RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_probe(&rows, &rows, COLUMNS, block + 1, bytes, solution, &r2), RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_probe(&none, &rows, COLUMNS, block, bytes, solution, &r2), RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_probe(&rows, &none, COLUMNS, block, bytes, solution, &r2), RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_probe(NULL, &rows, COLUMNS, block, bytes, solution, &r2), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_probe(&rows, &rows, COLUMNS, block, bytes, NULL, &r2), RNN_ERROR_ARGUMENT);
    values[3] = (rnn_real)NAN;
    CHECK_EQUAL(rnn_probe(&rows, &rows, COLUMNS, block, bytes, solution, &r2), RNN_ERROR_DATA);
    values[3] = 0;
    numbers[7] = (rnn_real)INFINITY;
    CHECK_EQUAL(rnn_probe(&rows, &rows, COLUMNS, block, bytes, solution, &r2), RNN_ERROR_DATA);
}

int main(void)
{
    test_line_by_hand();
    test_exact_function();
    test_nothing_to_know();
    test_refusals();
    return check_report();
}
