#include "../numeric/least_squares.h"

enum rnn_status rnn_probe_size(uint32_t columns, uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    if (columns == 0) return RNN_ERROR_EMPTY;
    const uint64_t weights = (uint64_t)columns + 1;
    *bytes = weights < UINT16_MAX ? (rnni_least_squares_count(weights) + weights + 1) * sizeof(double) : UINT64_MAX;
    return *bytes <= RNN_MEMORY_LIMIT ? RNN_OK : RNN_ERROR_TOO_LARGE;
}

static enum rnn_status check_rows(const struct rnn_probe_rows *rows, uint32_t columns)
{
    if (!rows || !rows->numbers || !rows->values) return RNN_ERROR_ARGUMENT;
    if (rows->count == 0) return RNN_ERROR_EMPTY;
    for (uint64_t i = 0; i < (uint64_t)rows->count * columns; i++)
        if (!isfinite(rows->numbers[i])) return RNN_ERROR_DATA;
    for (uint32_t i = 0; i < rows->count; i++)
        if (!isfinite(rows->values[i])) return RNN_ERROR_DATA;
    return RNN_OK;
}

/* The share of the variance of the values that the linear function explains. */
static double explained(const struct rnn_probe_rows *rows, uint32_t columns, const double *solution)
{
    double mean = 0, around_mean = 0, around_line = 0;
    for (uint32_t i = 0; i < rows->count; i++) mean += rows->values[i];
    mean /= rows->count;
    for (uint32_t i = 0; i < rows->count; i++) {
        double line = solution[columns];
        for (uint32_t k = 0; k < columns; k++) line += solution[k] * rows->numbers[(uint64_t)i * columns + k];
        const double value = rows->values[i];
        around_mean += (value - mean) * (value - mean);
        around_line += (value - line) * (value - line);
    }
    return around_mean > 0 ? 1 - around_line / around_mean : around_line > 0 ? 0 : 1;
}

enum rnn_status rnn_probe(const struct rnn_probe_rows *fitted, const struct rnn_probe_rows *measured, uint32_t columns,
                          void *block, uint64_t bytes, double *solution, double *r2)
{
    uint64_t needed;
    if (!block || !solution || !r2) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_probe_size(columns, &needed));
    RNNI_TRY(check_rows(fitted, columns));
    RNNI_TRY(check_rows(measured, columns));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    const uint32_t weights = columns + 1;
    double *triangle = block, *row = triangle + rnni_least_squares_count(weights);
    rnni_least_squares_begin(triangle, weights);
    for (uint32_t i = 0; i < fitted->count; i++) {
        for (uint32_t k = 0; k < columns; k++) row[k] = fitted->numbers[(uint64_t)i * columns + k];
        row[columns] = 1;
        row[weights] = fitted->values[i];
        rnni_least_squares_add(triangle, weights, row);
    }
    rnni_least_squares_solve(triangle, weights, row, solution);
    *r2 = explained(measured, columns, solution);
    return RNN_OK;
}
