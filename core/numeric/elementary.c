#include "elementary.h"

#ifdef RNN_DOUBLE

#include <math.h>

#define LANEWISE(name, expression)                                                                                     \
    rnni_vec name(rnni_vec v)                                                                                          \
    {                                                                                                                  \
        for (int lane = 0; lane < RNNI_WIDTH; lane++) {                                                                \
            double x = v[lane];                                                                                        \
            v[lane] = (expression);                                                                                    \
        }                                                                                                              \
        return v;                                                                                                      \
    }

LANEWISE(rnni_vec_exp, exp(x))
LANEWISE(rnni_vec_log, log(x))
LANEWISE(rnni_vec_tanh, tanh(x))
LANEWISE(rnni_vec_sigmoid, x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)))
LANEWISE(rnni_vec_softplus, (x > 0 ? x : 0) + log1p(exp(-fabs(x))))

enum { SEVERAL = 1 };
#define EACH(statement)                                                                                                \
    do {                                                                                                               \
        enum { k = 0 };                                                                                                \
        statement;                                                                                                     \
    } while (0)

static inline void tanh_of_each(rnni_vec *v)
{
    *v = rnni_vec_tanh(*v);
}

static inline void sigmoid_of_each(rnni_vec *v)
{
    *v = rnni_vec_sigmoid(*v);
}

#else

typedef int32_t ints __attribute__((vector_size(4 * RNNI_WIDTH)));
typedef uint32_t words __attribute__((vector_size(4 * RNNI_WIDTH))); /* for arithmetic on bits: it wraps */

#define SPLAT(a)     ((rnni_vec)RNNI_ALL(a))
#define SPLAT_INT(a) ((ints)RNNI_ALL(a))

static const float LN2_HIGH = 0x1.62e4p-1F; /* 15 bits: a multiple by |n| < 512 is exact */
static const float LN2_LOW = 0x1.7f7d1cp-20F;

/* Where mask is all ones a, where it is zero b. */
static inline rnni_vec pick(ints mask, rnni_vec a, rnni_vec b)
{
    return (rnni_vec)((mask & (ints)a) | (~mask & (ints)b));
}

/* NaN stays NaN: it is on no side of any limit. */
static inline rnni_vec at_most(rnni_vec x, rnni_vec limit)
{
#ifdef __wasm_simd128__
    return __builtin_wasm_pmin_f32x4(x, limit);
#else
    return pick(x > limit, limit, x);
#endif
}

static inline rnni_vec at_least(rnni_vec x, rnni_vec limit)
{
#ifdef __wasm_simd128__
    return __builtin_wasm_pmax_f32x4(x, limit);
#else
    return pick(x < limit, limit, x);
#endif
}

static inline rnni_vec magnitude(rnni_vec x)
{
    return (rnni_vec)((ints)x & SPLAT_INT(0x7fffffff));
}

/* exp(x) = 2^n (result): adding 1.5 * 2^23 rounds to a whole number, which then sits in the low bits. */
static inline rnni_vec reduced_exp(rnni_vec x, ints *n)
{
    const rnni_vec shifter = SPLAT(0x1.8p23F);
    rnni_vec shifted = x * SPLAT(0x1.715476p0F) + shifter;
    rnni_vec whole = shifted - shifter;
    rnni_vec r = (x - whole * SPLAT(LN2_HIGH)) - whole * SPLAT(LN2_LOW);
    rnni_vec p = SPLAT(0x1.695414p-10F);
    p = p * r + SPLAT(0x1.123b04p-7F);
    p = p * r + SPLAT(0x1.555a22p-5F);
    p = p * r + SPLAT(0x1.55549p-3F);
    p = p * r + SPLAT(0x1.fffffap-2F);
    *n = (ints)((words)shifted - (words)shifter);
    return (p * (r * r) + r) + SPLAT(1.0F);
}

static inline rnni_vec power_of_two(ints n)
{
    return (rnni_vec)(((words)n + 127) << 23);
}

static inline rnni_vec vec_exp(rnni_vec x)
{
    ints n;
    rnni_vec y = reduced_exp(at_least(at_most(x, SPLAT(89.0F)), SPLAT(-104.0F)), &n);
    /* in two halves, so that overflow and subnormal answers round once */
    ints half = n >> 1;
    return (y * power_of_two(half)) * power_of_two(n - half);
}

static inline rnni_vec vec_log(rnni_vec x)
{
    const rnni_vec zero = SPLAT(0.0F), infinity = SPLAT(__builtin_inff()), nan = SPLAT(__builtin_nanf(""));
    ints small = x < SPLAT(0x1p-126F);
    rnni_vec scaled = pick(small, x * SPLAT(0x1p23F), x);
    ints exponent = (ints)((words)scaled - 0x3f3504f3U) >> 23; /* the bits of sqrt(1/2) */
    rnni_vec f = (rnni_vec)((words)scaled - ((words)exponent << 23)) - SPLAT(1.0F);
    rnni_vec e = __builtin_convertvector(exponent - (small & 23), rnni_vec);
    rnni_vec p = SPLAT(0x1.205246p-4F);
    p = p * f + SPLAT(-0x1.d78ad8p-4F);
    p = p * f + SPLAT(0x1.de36f2p-4F);
    p = p * f + SPLAT(-0x1.fcbdfep-4F);
    p = p * f + SPLAT(0x1.23d504p-3F);
    p = p * f + SPLAT(-0x1.555c92p-3F);
    p = p * f + SPLAT(0x1.999d46p-3F);
    p = p * f + SPLAT(-0x1.fffff8p-3F);
    p = p * f + SPLAT(0x1.555554p-2F);
    rnni_vec square = f * f;
    rnni_vec tail = (square * f) * p + e * SPLAT(LN2_LOW);
    rnni_vec y = ((tail - SPLAT(0.5F) * square) + f) + e * SPLAT(LN2_HIGH);
    y = pick(x == infinity, infinity, y);
    y = pick(x == zero, -infinity, y);
    return pick((x >= zero), y, nan);
}

/* One statement for each of several vectors, v[k], side by side: each of them waits for its own steps, and meanwhile the machine
 * works on the others. Not a loop: clang 14 for wasm keeps an array that a loop walks in memory. */
#if RNNI_WIDTH == 1
enum { SEVERAL = 1 };
#define EACH(statement)                                                                                                \
    do {                                                                                                               \
        enum { k = 0 };                                                                                                \
        statement;                                                                                                     \
    } while (0)
#else
enum { SEVERAL = 4 };
#define ONE(index, statement)                                                                                          \
    do {                                                                                                               \
        enum { k = index };                                                                                            \
        statement;                                                                                                     \
    } while (0)
#define EACH(statement)                                                                                                \
    do {                                                                                                               \
        ONE(0, statement);                                                                                             \
        ONE(1, statement);                                                                                             \
        ONE(2, statement);                                                                                             \
        ONE(3, statement);                                                                                             \
    } while (0)
#endif

/* p = p · x + c: a step of Horner's rule. */
#define STEP(p, x, c) EACH(p[k] = p[k] * x[k] + SPLAT(c))

/* tanh of each, in place. Both forms are computed for every number and the larger one is taken: `near` is good below 3/4 and falls
 * off above it, `far` is good above 3/4 and falls off below it. The forms never fall where they are taken. Of `far` this follows from its
 * operations: each is a sum, product or quotient of what rises alone, and rounding keeps order. In `near` what is subtracted
 * is at most a sixth of |x|, too small for its rounding to undo a step of |x|. The 8th power is scaled so that its roots lie just
 * below 1, where floats are densest, for the numbers between 3/4 and 1, whose errors count most. */
static inline void tanh_of_each(rnni_vec *v)
{
    const float scale = 0x1.152aaap-2F;
    rnni_vec a[SEVERAL], s[SEVERAL], near[SEVERAL], far[SEVERAL];
    EACH(a[k] = magnitude(v[k]));
    EACH(far[k] = a[k] * SPLAT(0x1.664d22p-17F) + SPLAT(0x1.b541b2p-14F));
    STEP(far, a, 0x1.1115aep-9F);
    STEP(far, a, 0x1.8d9898p-6F);
    STEP(far, a, 0x1.8ed61cp-3F);
    STEP(far, a, 0x1.8ebd8ep-1F);
    EACH(far[k] *= far[k]);
    EACH(far[k] *= far[k]);
    EACH(far[k] *= far[k]);
    EACH(far[k] = SPLAT(scale) / (far[k] + SPLAT(scale / 2)));
    EACH(s[k] = a[k] * a[k]);
    EACH(near[k] = s[k] * SPLAT(0x1.3899eap-8F) + SPLAT(-0x1.42337cp-6F));
    STEP(near, s, 0x1.b5604cp-5F);
    STEP(near, s, -0x1.10ed66p-3F);
    STEP(near, s, 0x1.5554a4p-2F);
    EACH(near[k] = a[k] - (a[k] * s[k]) * near[k]);
    EACH(far[k] = at_least(SPLAT(1.0F) - far[k], near[k]));
    EACH(v[k] = (rnni_vec)((ints)far[k] | ((ints)v[k] & SPLAT_INT(INT32_MIN))));
}

/* The logistic function of each, in place: p / (p + exp(-x) p), p a power of two halfway between 1 and exp(x), so that neither
 * overflows and a subnormal answer is rounded once. It never falls, because exp never does. */
static inline void sigmoid_of_each(rnni_vec *v)
{
    ints n[SEVERAL], half[SEVERAL];
    EACH(v[k] = reduced_exp(at_least(at_most(-v[k], SPLAT(104.0F)), SPLAT(-104.0F)), &n[k]));
    EACH(half[k] = n[k] >> 1);
    EACH(v[k] *= power_of_two(n[k] - half[k]));
    EACH(v[k] = power_of_two(-half[k]) / (power_of_two(-half[k]) + v[k]));
}

/* exp(-|x|), at most 1 */
static inline rnni_vec decay(rnni_vec x)
{
    return vec_exp(-magnitude(x));
}

rnni_vec rnni_vec_exp(rnni_vec x)
{
    return vec_exp(x);
}

rnni_vec rnni_vec_log(rnni_vec x)
{
    return vec_log(x);
}

rnni_vec rnni_vec_softplus(rnni_vec x)
{
    const rnni_vec zero = SPLAT(0.0F), one = SPLAT(1.0F);
    rnni_vec e = decay(x);
    rnni_vec u = one + e;
    /* log1p(e): what rounding 1 + e lost, given back to first order (Kahan) */
    rnni_vec log1p = vec_log(u) + (e - (u - one)) / u;
    return pick(x > zero, x, pick(x == x, zero, x)) + log1p;
}

/* Alone, the other ones are dropped by the compiler. */
#define ALONE(name)                                                                                                    \
    rnni_vec rnni_vec_##name(rnni_vec x)                                                                               \
    {                                                                                                                  \
        rnni_vec v[SEVERAL];                                                                                           \
        EACH(v[k] = x);                                                                                                \
        name##_of_each(v);                                                                                             \
        return v[0];                                                                                                   \
    }

ALONE(tanh)
ALONE(sigmoid)

#endif

rnni_vec rnni_vec_larger(rnni_vec a, rnni_vec b)
{
    rnni_vec y = b;
    for (int lane = 0; lane < RNNI_WIDTH; lane++)
        if (a[lane] > b[lane]) y[lane] = a[lane];
    return y;
}

/* Several vectors at a time; what is missing to the last ones is done again. The clones are static, because gcc shows the name
 * that it chooses a clone by in a shared library, whatever the visibility of the function. */
#define ARRAY(name)                                                                                                    \
    RNNI_CLONES static void array_##name(rnn_real *out, const rnn_real *in, size_t count)                              \
    {                                                                                                                  \
        for (size_t i = 0; i < count; i += SEVERAL * RNNI_WIDTH) {                                                     \
            size_t at[SEVERAL];                                                                                        \
            rnni_vec v[SEVERAL];                                                                                       \
            EACH(at[k] = i + k * RNNI_WIDTH < count ? i + k * RNNI_WIDTH : i);                                         \
            EACH(v[k] = rnni_vec_load(in + at[k]));                                                                    \
            name##_of_each(v);                                                                                         \
            EACH(rnni_vec_store(out + at[k], v[k]));                                                                   \
        }                                                                                                              \
    }                                                                                                                  \
                                                                                                                       \
    void rnni_array_##name(rnn_real *out, const rnn_real *in, size_t count)                                            \
    {                                                                                                                  \
        array_##name(out, in, count);                                                                                  \
    }

ARRAY(tanh)
ARRAY(sigmoid)
