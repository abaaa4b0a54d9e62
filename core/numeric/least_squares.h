/* Linear least squares: the weights w that minimize |A w - b|², in double.
 *
 * Rows are added one by one and never stored. Each is rotated into the upper triangle of the QR decomposition of (A b) by Givens
 * rotations (George & Heath 1980), which is as stable as Householder's method. It takes about 3 n p² operations for n rows of p
 * numbers. Only + - × ÷ √ are used, in one fixed order, so the bits are the same everywhere. */
#ifndef RNNI_NUMERIC_LEAST_SQUARES_H
#define RNNI_NUMERIC_LEAST_SQUARES_H

#include "../internal.h"

/* How many doubles the triangle for p weights has. */
static inline uint64_t rnni_least_squares_count(uint64_t weights)
{
    return (weights + 1) * (weights + 2) / 2;
}

/* Begin with no rows. triangle: out (rnni_least_squares_count(weights)). */
void rnni_least_squares_begin(double *triangle, uint32_t weights);

/* Add a row of A and its b, which stands behind it. row: in (weights + 1); it is used as scratch. */
void rnni_least_squares_add(double *triangle, uint32_t weights, double *row);

/* Solve for the weights. A column that depends on earlier ones, up to rounding, gets the weight 0. The triangle is used up. row:
 * scratch (weights + 1). solution: out (weights). */
void rnni_least_squares_solve(double *triangle, uint32_t weights, double *row, double *solution);

#endif
