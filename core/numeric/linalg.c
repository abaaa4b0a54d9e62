#include "linalg.h"

/* Blocks as wide as the registers are: without vectors a block of eight of them would live in memory. The order of every
 * sum is the same in all blocks, so this choice changes no bit. */
#if defined(__wasm__) && !defined(__wasm_simd128__)
#define WIDE 0
#else
#define WIDE 1
#endif

/* Accumulators have names: clang 14 for wasm keeps an array of vectors in memory, at fifty times the cost. */

/* Four rows by two vectors: eight independent chains of additions. */
static inline void multiply_4x2(rnn_real *restrict out, const rnn_real *restrict w, size_t stride,
                                const rnn_real *restrict in, size_t inner, size_t lanes)
{
    rnn_real *o0 = out, *o1 = out + lanes, *o2 = out + 2 * lanes, *o3 = out + 3 * lanes;
    rnn_vec c00 = rnn_vec_load(o0), c01 = rnn_vec_load(o0 + 4), c10 = rnn_vec_load(o1), c11 = rnn_vec_load(o1 + 4);
    rnn_vec c20 = rnn_vec_load(o2), c21 = rnn_vec_load(o2 + 4), c30 = rnn_vec_load(o3), c31 = rnn_vec_load(o3 + 4);
    for (size_t k = 0; k < inner; k++, in += lanes, w += stride) {
        rnn_vec x0 = rnn_vec_load(in), x1 = rnn_vec_load(in + 4);
        rnn_vec a = rnn_vec_splat(w[0]);
        c00 += a * x0;
        c01 += a * x1;
        a = rnn_vec_splat(w[1]);
        c10 += a * x0;
        c11 += a * x1;
        a = rnn_vec_splat(w[2]);
        c20 += a * x0;
        c21 += a * x1;
        a = rnn_vec_splat(w[3]);
        c30 += a * x0;
        c31 += a * x1;
    }
    rnn_vec_store(o0, c00);
    rnn_vec_store(o0 + 4, c01);
    rnn_vec_store(o1, c10);
    rnn_vec_store(o1 + 4, c11);
    rnn_vec_store(o2, c20);
    rnn_vec_store(o2 + 4, c21);
    rnn_vec_store(o3, c30);
    rnn_vec_store(o3 + 4, c31);
}

/* Four rows by one vector: the odd vector of a batch. */
static inline void multiply_4x1(rnn_real *restrict out, const rnn_real *restrict w, size_t stride,
                                const rnn_real *restrict in, size_t inner, size_t lanes)
{
    rnn_real *o0 = out, *o1 = out + lanes, *o2 = out + 2 * lanes, *o3 = out + 3 * lanes;
    rnn_vec c0 = rnn_vec_load(o0), c1 = rnn_vec_load(o1), c2 = rnn_vec_load(o2), c3 = rnn_vec_load(o3);
    for (size_t k = 0; k < inner; k++, in += lanes, w += stride) {
        rnn_vec x = rnn_vec_load(in);
        c0 += rnn_vec_splat(w[0]) * x;
        c1 += rnn_vec_splat(w[1]) * x;
        c2 += rnn_vec_splat(w[2]) * x;
        c3 += rnn_vec_splat(w[3]) * x;
    }
    rnn_vec_store(o0, c0);
    rnn_vec_store(o1, c1);
    rnn_vec_store(o2, c2);
    rnn_vec_store(o3, c3);
}

/* One row by four vectors: rows that are no multiple of four, and the readout's single row. */
static inline void multiply_1x4(rnn_real *restrict out, const rnn_real *restrict w, size_t stride,
                                const rnn_real *restrict in, size_t inner, size_t lanes)
{
    rnn_vec c0 = rnn_vec_load(out), c1 = rnn_vec_load(out + 4), c2 = rnn_vec_load(out + 8), c3 = rnn_vec_load(out + 12);
    for (size_t k = 0; k < inner; k++, in += lanes, w += stride) {
        rnn_vec a = rnn_vec_splat(*w);
        c0 += a * rnn_vec_load(in);
        c1 += a * rnn_vec_load(in + 4);
        c2 += a * rnn_vec_load(in + 8);
        c3 += a * rnn_vec_load(in + 12);
    }
    rnn_vec_store(out, c0);
    rnn_vec_store(out + 4, c1);
    rnn_vec_store(out + 8, c2);
    rnn_vec_store(out + 12, c3);
}

static inline void multiply_1x1(rnn_real *restrict out, const rnn_real *restrict w, size_t stride,
                                const rnn_real *restrict in, size_t inner, size_t lanes)
{
    rnn_vec c = rnn_vec_load(out);
    for (size_t k = 0; k < inner; k++, in += lanes, w += stride) c += rnn_vec_splat(*w) * rnn_vec_load(in);
    rnn_vec_store(out, c);
}

void rnn_lanes_multiply(rnn_real *restrict out, const rnn_real *restrict w, size_t stride, const rnn_real *restrict in,
                        size_t rows, size_t inner, size_t lanes)
{
    size_t r = 0;
    for (; r + 4 <= rows; r += 4, out += 4 * lanes, w += 4) {
        size_t b = 0;
        if (WIDE)
            for (; b + 8 <= lanes; b += 8) multiply_4x2(out + b, w, stride, in + b, inner, lanes);
        for (; b < lanes; b += 4) multiply_4x1(out + b, w, stride, in + b, inner, lanes);
    }
    for (; r < rows; r++, out += lanes, w++) {
        size_t b = 0;
        if (WIDE)
            for (; b + 16 <= lanes; b += 16) multiply_1x4(out + b, w, stride, in + b, inner, lanes);
        for (; b < lanes; b += 4) multiply_1x1(out + b, w, stride, in + b, inner, lanes);
    }
}

/* Four rows of a by two of b. */
static inline void outer_4x2(rnn_real *restrict out, size_t stride, struct rnn_run a, struct rnn_run b, size_t lanes,
                             size_t steps)
{
    rnn_vec c00 = {0}, c01 = {0}, c10 = {0}, c11 = {0}, c20 = {0}, c21 = {0}, c30 = {0}, c31 = {0};
    for (size_t t = 0; t < steps; t++) {
        const rnn_real *p = a.at + t * a.stride, *q = b.at + t * b.stride;
        for (size_t i = 0; i < lanes; i += 4, p += 4, q += 4) {
            rnn_vec q0 = rnn_vec_load(q), q1 = rnn_vec_load(q + lanes);
            rnn_vec x = rnn_vec_load(p);
            c00 += x * q0;
            c01 += x * q1;
            x = rnn_vec_load(p + lanes);
            c10 += x * q0;
            c11 += x * q1;
            x = rnn_vec_load(p + 2 * lanes);
            c20 += x * q0;
            c21 += x * q1;
            x = rnn_vec_load(p + 3 * lanes);
            c30 += x * q0;
            c31 += x * q1;
        }
    }
    out[0] = rnn_vec_sum(c00);
    out[1] = rnn_vec_sum(c01);
    out[stride] = rnn_vec_sum(c10);
    out[stride + 1] = rnn_vec_sum(c11);
    out[2 * stride] = rnn_vec_sum(c20);
    out[2 * stride + 1] = rnn_vec_sum(c21);
    out[3 * stride] = rnn_vec_sum(c30);
    out[3 * stride + 1] = rnn_vec_sum(c31);
}

/* One row of a by four of b. */
static inline void outer_1x4(rnn_real *restrict out, struct rnn_run a, struct rnn_run b, size_t lanes, size_t steps)
{
    rnn_vec c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0};
    for (size_t t = 0; t < steps; t++) {
        const rnn_real *p = a.at + t * a.stride, *q = b.at + t * b.stride;
        for (size_t i = 0; i < lanes; i += 4, p += 4, q += 4) {
            rnn_vec x = rnn_vec_load(p);
            c0 += x * rnn_vec_load(q);
            c1 += x * rnn_vec_load(q + lanes);
            c2 += x * rnn_vec_load(q + 2 * lanes);
            c3 += x * rnn_vec_load(q + 3 * lanes);
        }
    }
    out[0] = rnn_vec_sum(c0);
    out[1] = rnn_vec_sum(c1);
    out[2] = rnn_vec_sum(c2);
    out[3] = rnn_vec_sum(c3);
}

static inline rnn_real outer_1x1(struct rnn_run a, struct rnn_run b, size_t lanes, size_t steps)
{
    rnn_vec c = {0};
    for (size_t t = 0; t < steps; t++)
        for (size_t i = 0; i < lanes; i += 4)
            c += rnn_vec_load(a.at + t * a.stride + i) * rnn_vec_load(b.at + t * b.stride + i);
    return rnn_vec_sum(c);
}

static struct rnn_run row_of(struct rnn_run run, size_t row, size_t lanes)
{
    run.at += row * lanes;
    return run;
}

void rnn_lanes_outer(rnn_real *restrict out, size_t stride, struct rnn_run a, struct rnn_run b, size_t rows,
                     size_t columns, size_t lanes, size_t steps)
{
    size_t i = 0;
    for (; WIDE && i + 4 <= rows; i += 4) {
        size_t j = 0;
        for (; j + 2 <= columns; j += 2)
            outer_4x2(out + i * stride + j, stride, row_of(a, i, lanes), row_of(b, j, lanes), lanes, steps);
        for (; j < columns; j++)
            for (size_t r = i; r < i + 4; r++)
                out[r * stride + j] = outer_1x1(row_of(a, r, lanes), row_of(b, j, lanes), lanes, steps);
    }
    for (; i < rows; i++) {
        size_t j = 0;
        for (; j + 4 <= columns; j += 4)
            outer_1x4(out + i * stride + j, row_of(a, i, lanes), row_of(b, j, lanes), lanes, steps);
        for (; j < columns; j++)
            out[i * stride + j] = outer_1x1(row_of(a, i, lanes), row_of(b, j, lanes), lanes, steps);
    }
}

void rnn_lanes_sum(rnn_real *restrict out, struct rnn_run a, size_t rows, size_t lanes, size_t steps)
{
    size_t r = 0;
    for (; WIDE && r + 4 <= rows; r += 4) {
        rnn_vec c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0};
        for (size_t t = 0; t < steps; t++) {
            const rnn_real *p = a.at + t * a.stride + r * lanes;
            for (size_t i = 0; i < lanes; i += 4, p += 4) {
                c0 += rnn_vec_load(p);
                c1 += rnn_vec_load(p + lanes);
                c2 += rnn_vec_load(p + 2 * lanes);
                c3 += rnn_vec_load(p + 3 * lanes);
            }
        }
        out[r] = rnn_vec_sum(c0);
        out[r + 1] = rnn_vec_sum(c1);
        out[r + 2] = rnn_vec_sum(c2);
        out[r + 3] = rnn_vec_sum(c3);
    }
    for (; r < rows; r++) {
        rnn_vec c = {0};
        for (size_t t = 0; t < steps; t++)
            for (size_t i = 0; i < lanes; i += 4) c += rnn_vec_load(a.at + t * a.stride + r * lanes + i);
        out[r] = rnn_vec_sum(c);
    }
}

void rnn_lanes_fill(rnn_real *restrict out, const rnn_real *value, size_t rows, size_t lanes)
{
    for (size_t r = 0; r < rows; r++) {
        rnn_vec v = rnn_vec_splat(value[r]);
        for (size_t b = 0; b < lanes; b += 4, out += 4) rnn_vec_store(out, v);
    }
}

void rnn_lanes_fill_sum(rnn_real *restrict out, const rnn_real *a, const rnn_real *b, size_t rows, size_t lanes)
{
    for (size_t r = 0; r < rows; r++, out += lanes) {
        rnn_real sum = a[r] + b[r];
        rnn_lanes_fill(out, &sum, 1, lanes);
    }
}

void rnn_transpose(rnn_real *restrict out, const rnn_real *restrict in, size_t rows, size_t columns)
{
    for (size_t j = 0; j < columns; j++)
        for (size_t i = 0; i < rows; i++) out[j * rows + i] = in[i * columns + j];
}
