/* exp, log, tanh, sigmoid and softplus must be as exact as elementary.h says, with the same bits in every build.
 *
 * Independent reference: the C library in double, rounded. Tested is every 241st float with all signs and exponents, about 18
 * million numbers. test_every_float.c tests all of them natively; the hash shows that this build has the same functions. */
#include <float.h>

#include "../../core/numeric/elementary.h"
#include "support.h"

/* The distance of `got` from `want` in units of the last place of a float as large as `want`. */
static double ulps(float got, double want)
{
    if (isnan(want)) return isnan(got) ? 0 : INFINITY;
    if (got == (float)want) return 0;
    if (isinf(got) || isinf((float)want)) return INFINITY;
    int exponent;
    frexp(want, &exponent);
    return fabs((double)got - want) / fmax(ldexp(1, exponent - 24), ldexp(1, -149));
}

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* All NaNs count as equal, because their bits are not specified. */
static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return isnan(value) ? 0x7fc00000 : bits;
}

static double exact_sigmoid(double x)
{
    return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
}

static double exact_softplus(double x)
{
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}

static void test_errors(void)
{
    double worst[5] = {0};
    uint64_t hash = 0xcbf29ce484222325;                               /* FNV-1a, by words */
    const uint64_t count = (((uint64_t)1 << 32) / (4 * 241) + 1) * 4; /* in fours, whatever the width */
    for (uint64_t n = 0; n < count; n += RNNI_WIDTH) {
        rnni_vec x = {0};
        for (uint32_t lane = 0; lane < RNNI_WIDTH; lane++) x[lane] = float_of((uint32_t)((n + lane) * 241));
        const rnni_vec got[5] = {rnni_vec_exp(x), rnni_vec_log(x), rnni_vec_tanh(x), rnni_vec_sigmoid(x),
                                 rnni_vec_softplus(x)};
        for (int lane = 0; lane < RNNI_WIDTH; lane++) {
            const double v = x[lane];
            const double want[5] = {exp(v), log(v), tanh(v), exact_sigmoid(v), exact_softplus(v)};
            for (int i = 0; i < 5; i++) {
                worst[i] = fmax(worst[i], ulps(got[i][lane], want[i]));
                hash = (hash ^ bits_of(got[i][lane])) * 0x100000001b3;
            }
        }
    }
    CHECK(worst[0] <= 1);
    CHECK(worst[1] <= 1);
    CHECK(worst[2] <= 4);
    CHECK(worst[3] <= 3);
    CHECK(worst[4] <= 3);
    CHECK_EQUAL(hash, 0x7dca48375c8859e3);
}

static void test_order_and_symmetry(void)
{
    float last_exp = 0, last_tanh = -1;
    /* the floats in increasing order: negative ones from -max, then positive ones */
    for (int64_t step = -0x7f7fffff; step <= 0x7f7fffff; step += 997) {
        float x = step < 0 ? -float_of((uint32_t)-step) : float_of((uint32_t)step);
        float e = rnni_vec_exp(rnni_vec_splat(x))[0], t = rnni_vec_tanh(rnni_vec_splat(x))[0];
        CHECK(e >= last_exp);
        CHECK(t >= last_tanh);
        CHECK(rnni_vec_tanh(rnni_vec_splat(-x))[0] == -t);
        last_exp = e;
        last_tanh = t;
    }
}

static void test_special_values(void)
{
    const float x[4] = {INFINITY, -INFINITY, NAN, -0.0F};
    float e[4], l[4], t[4], s[4], p[4];
    for (int i = 0; i < 4; i += RNNI_WIDTH) {
        const rnni_vec v = rnni_vec_load(x + i);
        rnni_vec_store(e + i, rnni_vec_exp(v));
        rnni_vec_store(l + i, rnni_vec_log(v));
        rnni_vec_store(t + i, rnni_vec_tanh(v));
        rnni_vec_store(s + i, rnni_vec_sigmoid(v));
        rnni_vec_store(p + i, rnni_vec_softplus(v));
    }
    CHECK(e[0] == INFINITY && e[1] == 0 && isnan(e[2]) && e[3] == 1);
    CHECK(l[0] == INFINITY && isnan(l[1]) && isnan(l[2]) && l[3] == -INFINITY);
    CHECK(t[0] == 1 && t[1] == -1 && isnan(t[2]) && t[3] == 0 && signbit(t[3]));
    CHECK(s[0] == 1 && s[1] == 0 && isnan(s[2]) && s[3] == 0.5F);
    CHECK(p[0] == INFINITY && p[1] == 0 && isnan(p[2]) && ulps(p[3], log(2)) <= 1);
    CHECK(rnni_log(1) == 0);
    CHECK(ulps(rnni_log(FLT_TRUE_MIN), log((double)FLT_TRUE_MIN)) <= 1);
}

static void test_arrays(void)
{
    for (size_t count = 0; count <= 12; count += 4) {
        rnn_real a[12], t[12], s[12];
        for (size_t i = 0; i < 12; i++) a[i] = t[i] = s[i] = (rnn_real)i / 5 - 1;
        rnni_array_tanh(t, a, count);
        rnni_array_sigmoid(s, s, count);
        for (size_t i = 0; i < 12; i++) {
            CHECK(t[i] == (i < count ? rnni_vec_tanh(rnni_vec_splat(a[i]))[0] : a[i]));
            CHECK(s[i] == (i < count ? rnni_sigmoid(a[i]) : a[i]));
        }
    }
}

int main(void)
{
    test_errors();
    test_order_and_symmetry();
    test_special_values();
    test_arrays();
    return check_report();
}
