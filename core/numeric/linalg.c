#include "linalg.h"

/* Without SIMD, eight accumulators of four numbers each do not fit into registers and would be spilled to memory, so that build
 * uses smaller blocks. Every block adds in the same order, so this choice changes no bit. */
#if defined(__wasm__) && !defined(__wasm_simd128__)
#define WIDE 0
#else
#define WIDE 1
#endif

/* rnni_lanes_outer accumulates a tile of TILE by TILE sums, each still as four separate lanes. It first copies RUN numbers of each
 * row into a contiguous buffer. In the original arrays, the same row at consecutive time steps lies a power of two apart, so few of
 * these addresses can be in the cache at once. */
enum { TILE = 64, RUN = 320 };

static inline size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t rnni_outer_scratch(void)
{
    return 4 * TILE * TILE + (16 + TILE) * RUN;
}

/* A function that is called twice must not be inlined twice, because the size of the wasm module counts. */
#define ONCE __attribute__((noinline))

/* In the functions below, accumulators are separate variables, because clang 14 for wasm keeps an array of vectors in memory, which
 * is fifty times slower. */

/* The initial value of an accumulator: the bias of its row, or the present content of out if bias is NULL. */
static inline rnni_quad begin(const rnn_real *out, const rnn_real *bias, size_t row)
{
    return bias ? rnni_quad_splat(bias[row]) : rnni_quad_load(out);
}

static inline const rnn_real *weights_of(const struct rnni_product *product, size_t r)
{
    return product->weights.at + r / 4 * product->weights.panel + r % 4;
}

/* Four rows times two vectors: eight independent chains of additions. This takes packed weights only, with one pointer per operand
 * and one loop for each of the two products of a time step, because the number of instructions and registers is the bottleneck
 * here. Returns the number of lanes computed, a multiple of 8. */
RNNI_CLONES ONCE static size_t multiply_4x2(rnn_real *restrict out, const rnn_real *bias,
                                            const struct rnni_product *products, size_t count, size_t r, size_t lanes)
{
    const struct rnni_product *more = products + (count > 1); /* with one product: the first again, of length 0 */
    const size_t more_inner = count > 1 ? more->inner : 0;
    const rnn_real *const w_begin = weights_of(products, r), *const w_end = w_begin + 4 * products->inner;
    const rnn_real *const more_begin = weights_of(more, r), *const more_end = more_begin + 4 * more_inner;
    size_t b = 0;
    for (; b + 8 <= lanes; b += 8) {
        rnn_real *o0 = out + b, *o1 = o0 + lanes, *o2 = o1 + lanes, *o3 = o2 + lanes;
        const rnn_real *w = w_begin, *in = products->in + b, *more_w = more_begin, *more_in = more->in + b;
        rnni_quad c00 = begin(o0, bias, 0), c01 = begin(o0 + 4, bias, 0), c10 = begin(o1, bias, 1);
        rnni_quad c11 = begin(o1 + 4, bias, 1), c20 = begin(o2, bias, 2), c21 = begin(o2 + 4, bias, 2);
        rnni_quad c30 = begin(o3, bias, 3), c31 = begin(o3 + 4, bias, 3);
#define ADD_PRODUCTS(w, in, end)                                                                                       \
    for (; (w) < (end); (w) += 4, (in) += lanes) {                                                                     \
        const rnni_quad x0 = rnni_quad_load(in), x1 = rnni_quad_load((in) + 4);                                        \
        rnni_quad a = rnni_quad_splat((w)[0]);                                                                         \
        c00 += a * x0;                                                                                                 \
        c01 += a * x1;                                                                                                 \
        a = rnni_quad_splat((w)[1]);                                                                                   \
        c10 += a * x0;                                                                                                 \
        c11 += a * x1;                                                                                                 \
        a = rnni_quad_splat((w)[2]);                                                                                   \
        c20 += a * x0;                                                                                                 \
        c21 += a * x1;                                                                                                 \
        a = rnni_quad_splat((w)[3]);                                                                                   \
        c30 += a * x0;                                                                                                 \
        c31 += a * x1;                                                                                                 \
    }
        ADD_PRODUCTS(w, in, w_end)
        ADD_PRODUCTS(more_w, more_in, more_end)
        rnni_quad_store(o0, c00);
        rnni_quad_store(o0 + 4, c01);
        rnni_quad_store(o1, c10);
        rnni_quad_store(o1 + 4, c11);
        rnni_quad_store(o2, c20);
        rnni_quad_store(o2 + 4, c21);
        rnni_quad_store(o3, c30);
        rnni_quad_store(o3 + 4, c31);
    }
    return b;
}

/* Transposes a 4 by 4 block: element r of vector b becomes element b of row r of out. Rows of out are `pitch` numbers apart. */
static inline void store_turned(rnn_real *out, size_t pitch, rnni_quad v0, rnni_quad v1, rnni_quad v2, rnni_quad v3)
{
    const rnni_quad low0 = RNNI_SHUFFLE(v0, v1, 0, 4, 1, 5), high0 = RNNI_SHUFFLE(v0, v1, 2, 6, 3, 7);
    const rnni_quad low1 = RNNI_SHUFFLE(v2, v3, 0, 4, 1, 5), high1 = RNNI_SHUFFLE(v2, v3, 2, 6, 3, 7);
    rnni_quad_store(out, RNNI_SHUFFLE(low0, low1, 0, 1, 4, 5));
    rnni_quad_store(out + pitch, RNNI_SHUFFLE(low0, low1, 2, 3, 6, 7));
    rnni_quad_store(out + 2 * pitch, RNNI_SHUFFLE(high0, high1, 0, 1, 4, 5));
    rnni_quad_store(out + 3 * pitch, RNNI_SHUFFLE(high0, high1, 2, 3, 6, 7));
}

/* Eight rows for a batch that is one vector wide. Here a vector holds the weights of four neighboring rows instead of four samples,
 * which gives as many independent chains of additions as multiply_4x2 has. */
RNNI_CLONES ONCE static void multiply_8_by_4(rnn_real *restrict out, const rnn_real *bias,
                                             const struct rnni_product *product, size_t count, size_t r)
{
    const rnni_quad b0 = rnni_quad_load(bias), b1 = rnni_quad_load(bias + 4);
    rnni_quad c00 = b0, c01 = b1, c10 = b0, c11 = b1, c20 = b0, c21 = b1, c30 = b0, c31 = b1;
    for (; count > 0; count--, product++) {
        const rnn_real *w = weights_of(product, r), *v = weights_of(product, r + 4), *in = product->in;
        const size_t step = product->weights.step;
        for (const rnn_real *end = in + 4 * product->inner; in < end; in += 4, w += step, v += step) {
            const rnni_quad w0 = rnni_quad_load(w), w1 = rnni_quad_load(v);
            rnni_quad x = rnni_quad_splat(in[0]);
            c00 += w0 * x;
            c01 += w1 * x;
            x = rnni_quad_splat(in[1]);
            c10 += w0 * x;
            c11 += w1 * x;
            x = rnni_quad_splat(in[2]);
            c20 += w0 * x;
            c21 += w1 * x;
            x = rnni_quad_splat(in[3]);
            c30 += w0 * x;
            c31 += w1 * x;
        }
    }
    store_turned(out, 4, c00, c10, c20, c30);
    store_turned(out + 16, 4, c01, c11, c21, c31);
}

/* Four rows times one vector: the last vector of an odd number of them, and a batch of one vector. */
ONCE static void multiply_4x1(rnn_real *restrict out, const rnn_real *bias, const struct rnni_product *product,
                              size_t count, size_t r, size_t b, size_t lanes)
{
    rnn_real *o0 = out, *o1 = out + lanes, *o2 = out + 2 * lanes, *o3 = out + 3 * lanes;
    rnni_quad c0 = begin(o0, bias, 0), c1 = begin(o1, bias, 1), c2 = begin(o2, bias, 2), c3 = begin(o3, bias, 3);
    for (; count > 0; count--, product++) {
        const rnn_real *w = weights_of(product, r), *in = product->in + b;
        for (size_t k = 0; k < product->inner; k++, w += product->weights.step, in += lanes) {
            rnni_quad x = rnni_quad_load(in);
            c0 += rnni_quad_splat(w[0]) * x;
            c1 += rnni_quad_splat(w[1]) * x;
            c2 += rnni_quad_splat(w[2]) * x;
            c3 += rnni_quad_splat(w[3]) * x;
        }
    }
    rnni_quad_store(o0, c0);
    rnni_quad_store(o1, c1);
    rnni_quad_store(o2, c2);
    rnni_quad_store(o3, c3);
}

/* One row: what is left when the number of rows is no multiple of four, and the single row of a readout. */
ONCE static void multiply_1x1(rnn_real *restrict out, const rnn_real *bias, const struct rnni_product *product,
                              size_t count, size_t r, size_t b, size_t lanes)
{
    rnni_quad c = begin(out, bias, 0);
    for (; count > 0; count--, product++) {
        const rnn_real *w = weights_of(product, r), *in = product->in + b;
        for (size_t k = 0; k < product->inner; k++, w += product->weights.step, in += lanes)
            c += rnni_quad_splat(*w) * rnni_quad_load(in);
    }
    rnni_quad_store(out, c);
}

static bool all_packed(const struct rnni_product *products, size_t count)
{
    for (; count > 0; count--, products++)
        if (products->weights.step != 4 && products->inner != 1) return false;
    return true;
}

/* The bias of row r is bias[r · spread]. If bias is NULL, the products are added to out. */
RNNI_CLONES ONCE static void multiply(rnn_real *restrict out, const rnn_real *bias, size_t spread,
                                      const struct rnni_product *products, size_t count, size_t rows, size_t lanes)
{
    const bool packed = all_packed(products, count);
    size_t r = 0;
    for (; WIDE && lanes == 4 && bias && r + 8 <= rows; r += 8, out += 8 * lanes)
        multiply_8_by_4(out, bias + r * spread, products, count, r);
    for (; r + 4 <= rows; r += 4, out += 4 * lanes) {
        const rnn_real *first = bias ? bias + r * spread : NULL;
        size_t b = 0;
        if (WIDE && packed && count) b = multiply_4x2(out, first, products, count, r, lanes);
        for (; b < lanes; b += 4) multiply_4x1(out + b, first, products, count, r, b, lanes);
    }
    for (; r < rows; r++, out += lanes) {
        const rnn_real *first = bias ? bias + r * spread : NULL;
        for (size_t b = 0; b < lanes; b += 4) multiply_1x1(out + b, first, products, count, r, b, lanes);
    }
}

void rnni_lanes_multiply(rnn_real *restrict out, const rnn_real *bias, const struct rnni_product *products,
                         size_t count, size_t rows, size_t lanes)
{
    static const rnn_real zero[8] = {0};
    multiply(out, bias ? bias : zero, bias ? 1 : 0, products, count, rows, lanes);
}

void rnni_lanes_multiply_add(rnn_real *restrict out, const struct rnni_product *products, size_t count, size_t rows,
                             size_t lanes)
{
    multiply(out, NULL, 0, products, count, rows, lanes);
}

/* weight (k, r) = w[k · by_k + r · by_row]. The last panel is padded with zeros. */
ONCE static void pack(rnn_real *restrict out, const rnn_real *restrict w, size_t by_k, size_t by_row, size_t rows,
                      size_t inner)
{
    for (; rows >= 4; rows -= 4, w += 4 * by_row)
        for (size_t k = 0; k < inner; k++, out += 4) {
            const rnn_real *from = w + k * by_k;
            out[0] = from[0];
            out[1] = from[by_row];
            out[2] = from[2 * by_row];
            out[3] = from[3 * by_row];
        }
    for (size_t k = 0; rows > 0 && k < inner; k++)
        for (size_t i = 0; i < 4; i++) *out++ = i < rows ? w[k * by_k + i * by_row] : 0;
}

struct rnni_weights rnni_pack(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                              size_t inner)
{
    pack(out, w, columns, 1, rows, inner);
    return rnni_packed_of(out, inner);
}

struct rnni_weights rnni_pack_transpose(rnn_real *restrict out, const rnn_real *restrict w, size_t columns, size_t rows,
                                        size_t inner)
{
    pack(out, w, 1, columns, rows, inner);
    return rnni_packed_of(out, inner);
}

/* Four rows of a times two rows of b, both in the copied buffers. */
RNNI_CLONES ONCE static void outer_4x2(rnn_real *restrict sums, const rnn_real *restrict a, const rnn_real *restrict b,
                                       size_t count)
{
    rnn_real *s0 = sums, *s1 = s0 + 4 * TILE, *s2 = s1 + 4 * TILE, *s3 = s2 + 4 * TILE;
    rnni_quad c00 = rnni_quad_load(s0), c01 = rnni_quad_load(s0 + 4), c10 = rnni_quad_load(s1),
              c11 = rnni_quad_load(s1 + 4);
    rnni_quad c20 = rnni_quad_load(s2), c21 = rnni_quad_load(s2 + 4), c30 = rnni_quad_load(s3),
              c31 = rnni_quad_load(s3 + 4);
    for (const rnn_real *end = a + count; a < end; a += 4, b += 4) {
        rnni_quad q0 = rnni_quad_load(b), q1 = rnni_quad_load(b + RUN);
        rnni_quad x = rnni_quad_load(a);
        c00 += x * q0;
        c01 += x * q1;
        x = rnni_quad_load(a + RUN);
        c10 += x * q0;
        c11 += x * q1;
        x = rnni_quad_load(a + 2 * RUN);
        c20 += x * q0;
        c21 += x * q1;
        x = rnni_quad_load(a + 3 * RUN);
        c30 += x * q0;
        c31 += x * q1;
    }
    rnni_quad_store(s0, c00);
    rnni_quad_store(s0 + 4, c01);
    rnni_quad_store(s1, c10);
    rnni_quad_store(s1 + 4, c11);
    rnni_quad_store(s2, c20);
    rnni_quad_store(s2 + 4, c21);
    rnni_quad_store(s3, c30);
    rnni_quad_store(s3 + 4, c31);
}

/* One row of a times all rows of b, which are `pitch` numbers apart. */
ONCE static void outer_row(rnn_real *restrict sums, struct rnni_run a, struct rnni_run b, size_t pitch, size_t columns,
                           size_t count, size_t steps)
{
    size_t j = 0;
    for (; j + 4 <= columns; j += 4, sums += 16, b.at += 4 * pitch) {
        rnni_quad c0 = rnni_quad_load(sums), c1 = rnni_quad_load(sums + 4), c2 = rnni_quad_load(sums + 8);
        rnni_quad c3 = rnni_quad_load(sums + 12);
        for (size_t t = 0; t < steps; t++) {
            const rnn_real *p = a.at + t * a.stride, *q = b.at + t * b.stride;
            for (size_t i = 0; i < count; i += 4, p += 4, q += 4) {
                rnni_quad x = rnni_quad_load(p);
                c0 += x * rnni_quad_load(q);
                c1 += x * rnni_quad_load(q + pitch);
                c2 += x * rnni_quad_load(q + 2 * pitch);
                c3 += x * rnni_quad_load(q + 3 * pitch);
            }
        }
        rnni_quad_store(sums, c0);
        rnni_quad_store(sums + 4, c1);
        rnni_quad_store(sums + 8, c2);
        rnni_quad_store(sums + 12, c3);
    }
    for (; j < columns; j++, sums += 4, b.at += pitch) {
        rnni_quad c = rnni_quad_load(sums);
        for (size_t t = 0; t < steps; t++)
            for (size_t i = 0; i < count; i += 4)
                c += rnni_quad_load(a.at + t * a.stride + i) * rnni_quad_load(b.at + t * b.stride + i);
        rnni_quad_store(sums, c);
    }
}

/* Copies `count` numbers of each row, beginning at number `first` if the time steps are counted as one long row. */
RNNI_CLONES ONCE static void copy_run(rnn_real *restrict out, struct rnni_run run, size_t first, size_t count,
                                      size_t rows, size_t lanes)
{
    const rnn_real *from = run.at + first / lanes * run.stride;
    for (size_t begin = first % lanes; count > 0; begin = 0, from += run.stride) {
        const size_t length = smaller(lanes - begin, count);
        const rnn_real *row = from + begin;
        for (size_t r = 0; r < rows; r++, row += lanes)
            for (size_t i = 0; i < length; i += 4) rnni_quad_store(out + r * RUN + i, rnni_quad_load(row + i));
        out += length;
        count -= length;
    }
}

static struct rnni_run rows_from(struct rnni_run run, size_t row, size_t lanes)
{
    run.at += row * lanes;
    return run;
}

/* For many time steps: copies and multiplies RUN numbers of each row at a time. */
ONCE static void outer_wide(rnn_real *restrict sums, struct rnni_run a, struct rnni_run b, size_t rows, size_t columns,
                            size_t lanes, size_t steps, rnn_real *restrict copies)
{
    rnn_real *left = copies, *right = copies + 4 * RUN;
    for (size_t first = 0; first < steps * lanes; first += RUN) {
        const size_t count = smaller(steps * lanes - first, RUN);
        copy_run(right, b, first, count, columns, lanes);
        for (size_t i = 0; i < rows; i += 4, sums += 16 * TILE) {
            const size_t high = smaller(rows - i, 4);
            size_t j = 0;
            copy_run(left, rows_from(a, i, lanes), first, count, high, lanes);
            if (high == 4)
                for (; j + 2 <= columns; j += 2) outer_4x2(sums + 4 * j, left, right + j * RUN, count);
            for (size_t r = 0; j < columns && r < high; r++)
                outer_row(sums + 4 * (r * TILE + j), (struct rnni_run){left + r * RUN, 0},
                          (struct rnni_run){right + j * RUN, 0}, RUN, columns - j, count, 1);
        }
        sums -= (rows + 3) / 4 * 16 * TILE;
    }
}

/* Pairs of rows of a times four rows of b, both in the copied buffers. The sums stay in registers from the first product to the
 * last. */
RNNI_CLONES ONCE static void outer_2x4(rnn_real *restrict out, size_t stride, const rnn_real *restrict a,
                                       const rnn_real *restrict b, size_t rows, size_t count)
{
    for (; rows >= 2; rows -= 2, out += 2 * stride, a += 2 * RUN) {
        rnni_quad c00 = {0}, c01 = {0}, c02 = {0}, c03 = {0}, c10 = {0}, c11 = {0}, c12 = {0}, c13 = {0};
        const rnn_real *p = a, *q = b;
        for (const rnn_real *end = a + count; p < end; p += 4, q += 4) {
            const rnni_quad x0 = rnni_quad_load(p), x1 = rnni_quad_load(p + RUN);
            rnni_quad y = rnni_quad_load(q);
            c00 += x0 * y;
            c10 += x1 * y;
            y = rnni_quad_load(q + RUN);
            c01 += x0 * y;
            c11 += x1 * y;
            y = rnni_quad_load(q + 2 * RUN);
            c02 += x0 * y;
            c12 += x1 * y;
            y = rnni_quad_load(q + 3 * RUN);
            c03 += x0 * y;
            c13 += x1 * y;
        }
        rnni_quad_store(out, rnni_quad_sums(c00, c01, c02, c03));
        rnni_quad_store(out + stride, rnni_quad_sums(c10, c11, c12, c13));
    }
}

/* Adds up the four lanes of each sum and stores the results. */
static inline void add_lanes(rnn_real *restrict out, const rnn_real *restrict sums, size_t columns)
{
    size_t c = 0;
    for (; WIDE && c + 4 <= columns; c += 4, sums += 16)
        rnni_quad_store(out + c, rnni_quad_sums(rnni_quad_load(sums), rnni_quad_load(sums + 4),
                                                rnni_quad_load(sums + 8), rnni_quad_load(sums + 12)));
    for (; c < columns; c++, sums += 4) out[c] = rnni_quad_sum(rnni_quad_load(sums));
}

/* For at most RUN numbers per row, so that each row is copied only once. ROWS rows of a and four of b at a time fit into the
 * first-level cache. */
ONCE static void outer_near(rnn_real *restrict out, size_t stride, struct rnni_run a, struct rnni_run b, size_t rows,
                            size_t columns, size_t lanes, size_t steps, rnn_real *restrict copies)
{
    enum { ROWS = 16 };
    const size_t count = steps * lanes;
    rnn_real *left = copies, *right = copies + ROWS * RUN, rest[16];
    copy_run(right, b, 0, count, columns, lanes);
    for (size_t first = 0; first < rows; first += ROWS, out += ROWS * stride) {
        const size_t high = smaller(rows - first, ROWS), paired = high / 2 * 2;
        copy_run(left, rows_from(a, first, lanes), 0, count, high, lanes);
        for (size_t j = 0; j < columns; j += 4) {
            const size_t wide = smaller(columns - j, 4);
            const rnn_real *near = right + j * RUN;
            size_t r = wide == 4 ? paired : 0;
            outer_2x4(out + j, stride, left, near, r, count);
            for (; r < high; r++) {
                memset(rest, 0, sizeof rest);
                outer_row(rest, (struct rnni_run){left + r * RUN, 0}, (struct rnni_run){near, 0}, RUN, wide, count, 1);
                add_lanes(out + r * stride + j, rest, wide);
            }
        }
    }
}

void rnni_lanes_outer(rnn_real *restrict out, size_t stride, struct rnni_run a, struct rnni_run b, size_t rows,
                      size_t columns, size_t lanes, size_t steps, rnn_real *restrict scratch)
{
    rnn_real *sums = scratch;
    for (size_t i = 0; i < rows; i += TILE)
        for (size_t j = 0; j < columns; j += TILE) {
            const size_t high = smaller(rows - i, TILE), wide = smaller(columns - j, TILE);
            const struct rnni_run left = rows_from(a, i, lanes), right = rows_from(b, j, lanes);
            rnn_real *at = out + i * stride + j;
            if (WIDE && high >= 4 && steps * lanes <= RUN) {
                outer_near(at, stride, left, right, high, wide, lanes, steps, scratch);
                continue;
            }
            memset(sums, 0, high * 4 * TILE * sizeof *sums);
            if (WIDE && high >= 4)
                outer_wide(sums, left, right, high, wide, lanes, steps, scratch + 4 * TILE * TILE);
            else /* few rows: copying would not pay */
                for (size_t r = 0; r < high; r++)
                    outer_row(sums + 4 * r * TILE, rows_from(left, r, lanes), right, lanes, wide, lanes, steps);
            for (size_t r = 0; r < high; r++) add_lanes(at + r * stride, sums + 4 * r * TILE, wide);
        }
}

void rnni_lanes_sum(rnn_real *restrict out, struct rnni_run a, size_t rows, size_t lanes, size_t steps)
{
    size_t r = 0;
    for (; WIDE && r + 4 <= rows; r += 4) {
        rnni_quad c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0};
        for (size_t t = 0; t < steps; t++) {
            const rnn_real *p = a.at + t * a.stride + r * lanes;
            for (size_t i = 0; i < lanes; i += 4, p += 4) {
                c0 += rnni_quad_load(p);
                c1 += rnni_quad_load(p + lanes);
                c2 += rnni_quad_load(p + 2 * lanes);
                c3 += rnni_quad_load(p + 3 * lanes);
            }
        }
        out[r] = rnni_quad_sum(c0);
        out[r + 1] = rnni_quad_sum(c1);
        out[r + 2] = rnni_quad_sum(c2);
        out[r + 3] = rnni_quad_sum(c3);
    }
    for (; r < rows; r++) {
        rnni_quad c = {0};
        for (size_t t = 0; t < steps; t++)
            for (size_t i = 0; i < lanes; i += 4) c += rnni_quad_load(a.at + t * a.stride + r * lanes + i);
        out[r] = rnni_quad_sum(c);
    }
}

void rnni_lanes_fill_sum(rnn_real *restrict out, const rnn_real *a, const rnn_real *b, size_t rows, size_t lanes)
{
    for (size_t r = 0; r < rows; r++) {
        const rnni_quad sum = rnni_quad_splat(a[r] + b[r]);
        for (size_t l = 0; l < lanes; l += 4, out += 4) rnni_quad_store(out, sum);
    }
}

double rnn_norm(const rnn_real *values, size_t count)
{
    double squares = 0; /* in double, so that large gradients do not overflow and small ones do not vanish */
    for (size_t i = 0; i < count; i++) squares += (double)values[i] * (double)values[i];
    return __builtin_sqrt(squares);
}

uint32_t rnni_argmax(const rnn_real *values, uint32_t count, size_t stride)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (values[i * stride] > values[best * stride]) best = i;
    return best;
}
