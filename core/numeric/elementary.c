#include "elementary.h"

#ifdef RNN_DOUBLE

#include <math.h>

#define LANEWISE(name, expression)                                                                                     \
    rnn_vec name(rnn_vec v)                                                                                            \
    {                                                                                                                  \
        for (int lane = 0; lane < RNN_WIDTH; lane++) {                                                                 \
            double x = v[lane];                                                                                        \
            v[lane] = (expression);                                                                                    \
        }                                                                                                              \
        return v;                                                                                                      \
    }

LANEWISE(rnn_vec_exp, exp(x))
LANEWISE(rnn_vec_log, log(x))
LANEWISE(rnn_vec_tanh, tanh(x))
LANEWISE(rnn_vec_sigmoid, x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)))
LANEWISE(rnn_vec_softplus, (x > 0 ? x : 0) + log1p(exp(-fabs(x))))
#define vec_tanh rnn_vec_tanh

#else

typedef int32_t ints __attribute__((vector_size(4 * RNN_WIDTH)));
typedef uint32_t words __attribute__((vector_size(4 * RNN_WIDTH))); /* for arithmetic on bits: it wraps */

#define SPLAT(a)     ((rnn_vec)RNN_ALL(a))
#define SPLAT_INT(a) ((ints)RNN_ALL(a))

static const float LN2_HIGH = 0x1.62e4p-1F; /* 15 bits: a multiple by |n| < 512 is exact */
static const float LN2_LOW = 0x1.7f7d1cp-20F;

/* Where mask is all ones a, where it is zero b. */
static inline rnn_vec pick(ints mask, rnn_vec a, rnn_vec b)
{
    return (rnn_vec)((mask & (ints)a) | (~mask & (ints)b));
}

/* NaN stays NaN: it is on no side of any limit. */
static inline rnn_vec at_most(rnn_vec x, rnn_vec limit)
{
#ifdef __wasm_simd128__
    return __builtin_wasm_pmin_f32x4(x, limit);
#else
    return pick(x > limit, limit, x);
#endif
}

static inline rnn_vec at_least(rnn_vec x, rnn_vec limit)
{
#ifdef __wasm_simd128__
    return __builtin_wasm_pmax_f32x4(x, limit);
#else
    return pick(x < limit, limit, x);
#endif
}

static inline rnn_vec magnitude(rnn_vec x)
{
    return (rnn_vec)((ints)x & SPLAT_INT(0x7fffffff));
}

/* exp(x) = 2^n (result): adding 1.5 * 2^23 rounds to a whole number, which then sits in the low bits. */
static inline rnn_vec reduced_exp(rnn_vec x, ints *n)
{
    const rnn_vec shifter = SPLAT(0x1.8p23F);
    rnn_vec shifted = x * SPLAT(0x1.715476p0F) + shifter;
    rnn_vec whole = shifted - shifter;
    rnn_vec r = (x - whole * SPLAT(LN2_HIGH)) - whole * SPLAT(LN2_LOW);
    rnn_vec p = SPLAT(0x1.695414p-10F);
    p = p * r + SPLAT(0x1.123b04p-7F);
    p = p * r + SPLAT(0x1.555a22p-5F);
    p = p * r + SPLAT(0x1.55549p-3F);
    p = p * r + SPLAT(0x1.fffffap-2F);
    *n = (ints)((words)shifted - (words)shifter);
    return (p * (r * r) + r) + SPLAT(1.0F);
}

static inline rnn_vec power_of_two(ints n)
{
    return (rnn_vec)(((words)n + 127) << 23);
}

static inline rnn_vec vec_exp(rnn_vec x)
{
    ints n;
    rnn_vec y = reduced_exp(at_least(at_most(x, SPLAT(89.0F)), SPLAT(-104.0F)), &n);
    /* in two halves, so that overflow and subnormal answers round once */
    ints half = n >> 1;
    return (y * power_of_two(half)) * power_of_two(n - half);
}

static inline rnn_vec vec_log(rnn_vec x)
{
    const rnn_vec zero = SPLAT(0.0F), infinity = SPLAT(__builtin_inff()), nan = SPLAT(__builtin_nanf(""));
    ints small = x < SPLAT(0x1p-126F);
    rnn_vec scaled = pick(small, x * SPLAT(0x1p23F), x);
    ints exponent = (ints)((words)scaled - 0x3f3504f3U) >> 23; /* the bits of sqrt(1/2) */
    rnn_vec f = (rnn_vec)((words)scaled - ((words)exponent << 23)) - SPLAT(1.0F);
    rnn_vec e = __builtin_convertvector(exponent - (small & 23), rnn_vec);
    rnn_vec p = SPLAT(0x1.205246p-4F);
    p = p * f + SPLAT(-0x1.d78ad8p-4F);
    p = p * f + SPLAT(0x1.de36f2p-4F);
    p = p * f + SPLAT(-0x1.fcbdfep-4F);
    p = p * f + SPLAT(0x1.23d504p-3F);
    p = p * f + SPLAT(-0x1.555c92p-3F);
    p = p * f + SPLAT(0x1.999d46p-3F);
    p = p * f + SPLAT(-0x1.fffff8p-3F);
    p = p * f + SPLAT(0x1.555554p-2F);
    rnn_vec square = f * f;
    rnn_vec tail = (square * f) * p + e * SPLAT(LN2_LOW);
    rnn_vec y = ((tail - SPLAT(0.5F) * square) + f) + e * SPLAT(LN2_HIGH);
    y = pick(x == infinity, infinity, y);
    y = pick(x == zero, -infinity, y);
    return pick((x >= zero), y, nan);
}

/* One reduction and one division for the whole range, and no branch. n > 0 begins at y = 7/8, where tanh is 0.29 and
 * little cancels. That y is rounded is felt in what is added to |x| or c alone. P is summed in halves: in one chain each
 * step would wait for the one before. */
static inline rnn_vec vec_tanh(rnn_vec x)
{
    const rnn_vec one = SPLAT(1.0F), shifter = SPLAT(0x1.8p23F);
    rnn_vec sign = (rnn_vec)((ints)x & SPLAT_INT(INT32_MIN));
    rnn_vec a = at_most(magnitude(x), SPLAT(9.5F)); /* 1 there */
    rnn_vec y = a * SPLAT(0x1.715476p1F);
    rnn_vec shifted = (y - SPLAT(0.375F)) + shifter;
    rnn_vec f = y - (shifted - shifter);
    rnn_vec square = f * f;
    rnn_vec p = (SPLAT(0x1.3b9ea8p-7F) + f * SPLAT(0x1.53431ep-10F)) + square * SPLAT(0x1.9d81d8p-13F);
    p = (SPLAT(0x1.ebfbc8p-3F) + f * SPLAT(0x1.c6ae2ap-5F)) + p * square;
    rnn_vec w = p * square;
    rnn_vec q = f * SPLAT(0x1.62e43p-1F) + w;
    words n = (words)shifted << 23; /* in the place of the exponent */
    ints first = n == 0;
    rnn_vec inverse = (rnn_vec)((words)one - n);
    rnn_vec c = one - inverse; /* 0 where n is */
    rnn_vec part = pick(first, w - a * q, (q - c) * inverse) / ((one + inverse) + q);
    c = (rnn_vec)((ints)c | (first & (ints)a));
    return (rnn_vec)((ints)(c + part) | (ints)sign);
}

/* exp(-|x|), at most 1 */
static inline rnn_vec decay(rnn_vec x)
{
    return vec_exp(-magnitude(x));
}

rnn_vec rnn_vec_exp(rnn_vec x)
{
    return vec_exp(x);
}

rnn_vec rnn_vec_log(rnn_vec x)
{
    return vec_log(x);
}

rnn_vec rnn_vec_tanh(rnn_vec x)
{
    return vec_tanh(x);
}

rnn_vec rnn_vec_sigmoid(rnn_vec x)
{
    rnn_vec e = decay(x);
    return pick(x < SPLAT(0.0F), e, SPLAT(1.0F)) / (SPLAT(1.0F) + e);
}

rnn_vec rnn_vec_softplus(rnn_vec x)
{
    const rnn_vec zero = SPLAT(0.0F), one = SPLAT(1.0F);
    rnn_vec e = decay(x);
    rnn_vec u = one + e;
    /* log1p(e): what rounding 1 + e lost, given back to first order (Kahan) */
    rnn_vec log1p = vec_log(u) + (e - (u - one)) / u;
    return pick(x > zero, x, pick(x == x, zero, x)) + log1p;
}

#endif

rnn_vec rnn_vec_larger(rnn_vec a, rnn_vec b)
{
    rnn_vec y = b;
    for (int lane = 0; lane < RNN_WIDTH; lane++)
        if (a[lane] > b[lane]) y[lane] = a[lane];
    return y;
}

/* Two vectors at a time: each waits for its own steps, and the constants are fetched once for both. An odd one is done
 * twice. */
void rnn_array_tanh(rnn_real *out, const rnn_real *in, size_t count)
{
    for (size_t i = 0; i < count; i += 2 * RNN_WIDTH) {
        const size_t j = i + RNN_WIDTH < count ? i + RNN_WIDTH : i;
        rnn_vec a = rnn_vec_load(in + i), b = rnn_vec_load(in + j);
        rnn_vec_store(out + i, vec_tanh(a));
        rnn_vec_store(out + j, vec_tanh(b));
    }
}

void rnn_array_sigmoid(rnn_real *out, const rnn_real *in, size_t count)
{
    for (size_t i = 0; i < count; i += RNN_WIDTH) rnn_vec_store(out + i, rnn_vec_sigmoid(rnn_vec_load(in + i)));
}
