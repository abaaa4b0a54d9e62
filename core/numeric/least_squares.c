#include "least_squares.h"

/* The rows of the triangle one after the other; row j begins with its diagonal number and has weights + 1 - j numbers. */
static double *row_of(double *triangle, uint32_t weights, uint32_t j)
{
    return triangle + (size_t)j * (2 * (size_t)weights + 3 - j) / 2;
}

void rnni_least_squares_begin(double *triangle, uint32_t weights)
{
    const size_t count = (size_t)rnni_least_squares_count(weights);
    for (size_t i = 0; i < count; i++) triangle[i] = 0;
}

/* Rotates row[first ...] into the rows of the triangle from `first` on. */
static void add_from(double *triangle, uint32_t weights, uint32_t first, double *row)
{
    for (uint32_t j = first; j < weights; j++) {
        if (row[j] == 0) continue;
        double *r = row_of(triangle, weights, j);
        /* The larger number divides, so that no square can overflow. */
        const double a = r[0] < 0 ? -r[0] : r[0], b = row[j] < 0 ? -row[j] : row[j];
        const double most = a > b ? a : b, x = r[0] / most, y = row[j] / most;
        const double length = sqrt(x * x + y * y), c = x / length, s = y / length;
        for (uint32_t k = j; k <= weights; k++) {
            const double upper = r[k - j], lower = row[k];
            r[k - j] = c * upper + s * lower;
            row[k] = c * lower - s * upper;
        }
        row[j] = 0;
    }
}

void rnni_least_squares_add(double *triangle, uint32_t weights, double *row)
{
    add_from(triangle, weights, 0, row);
}

void rnni_least_squares_solve(double *triangle, uint32_t weights, double *row, double *solution)
{
    double largest = 0;
    for (uint32_t j = 0; j < weights; j++) {
        const double *r = row_of(triangle, weights, j);
        for (uint32_t k = 0; k < weights - j; k++)
            if (r[k] > largest || -r[k] > largest) largest = r[k] > 0 ? r[k] : -r[k];
    }
    const double negligible = largest * (weights + 1) * DBL_EPSILON;
    for (uint32_t j = 0; j < weights; j++) {
        double *r = row_of(triangle, weights, j);
        if (r[0] > negligible || -r[0] > negligible) continue;
        /* No weight is determined here; what the row says of the later columns goes to their rows. */
        for (uint32_t k = j; k <= weights; k++) {
            row[k] = k == j ? 0 : r[k - j];
            r[k - j] = 0;
        }
        add_from(triangle, weights, j + 1, row);
    }
    for (uint32_t j = weights; j-- > 0;) {
        const double *r = row_of(triangle, weights, j);
        double rest = r[weights - j];
        for (uint32_t k = j + 1; k < weights; k++) rest -= r[k - j] * solution[k];
        solution[j] = r[0] == 0 ? 0 : rest / r[0];
    }
}
