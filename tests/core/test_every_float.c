/* Do exp, log, tanh, sigmoid and softplus keep elementary.h's promises for every one of the 2^32 floats?
 *
 * Independent reference: the C library in double, whose own error (at most 2 units of a double's last place, glibc manual,
 * "Known Maximum Errors in Math Functions") is 2^-28 of a float's. Where a double cannot tell f(x) from the first terms of
 * its series, or from its limit, those are the reference, at a fraction of the cost.
 *
 * The error is |got - exact| in units of the last place of a float as large as the exact value, with 2^128 for infinity.
 * A fall is how many floats f(x) lies below f of the float before x.
 *
 * Two threads; native builds only. test_elementary's hash carries the answer over to the other targets. */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <pthread.h>
#include <time.h>

#include "../../core/numeric/elementary.h"
#include "check.h"

enum { THREADS = 2, BLOCK = 1 << 14 }; /* the floats of a block share sign and exponent */

enum part { TINY, SMALL, MIDDLE, LARGE }; /* |x| < 2^-30, < 2^-13, < 2^7, the rest */

static enum part part_of(uint32_t bits)
{
    uint32_t exponent = bits >> 23 & 255;
    return exponent < 127 - 30 ? TINY : exponent < 127 - 13 ? SMALL : exponent < 127 + 7 ? MIDDLE : LARGE;
}

static double exact_exp(double x, enum part part)
{
    return part == TINY ? 1 + x : part == LARGE ? (x < 0 ? 0 : INFINITY) : exp(x);
}

static double exact_log(double x, enum part part)
{
    (void)part;
    return log(x);
}

static double exact_tanh(double x, enum part part)
{
    return part <= SMALL ? x - x * x * x / 3 : part == LARGE ? copysign(1, x) : tanh(x);
}

static double exact_sigmoid(double x, enum part part)
{
    if (part == TINY) return 0.5 + x / 4;
    if (part == LARGE) return x > 0;
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static double exact_softplus(double x, enum part part)
{
    if (part == TINY) return 0x1.62e42fefa39efp-1 + x / 2;
    if (part == LARGE) return x > 0 ? x : 0;
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}

/* A copy of each loop for each function, so that nothing is called through a pointer for a single float. */
#define DEFINE(name)                                                                                                   \
    static void got_##name(const float *x, float *y, size_t count)                                                     \
    {                                                                                                                  \
        for (size_t i = 0; i < count; i += 4) rnni_vec_store(y + i, rnni_vec_##name(rnni_vec_load(x + i)));            \
    }                                                                                                                  \
    static void want_##name(const float *x, double *y, size_t count, enum part part)                                   \
    {                                                                                                                  \
        for (size_t i = 0; i < count; i++) y[i] = exact_##name(x[i], part);                                            \
    }

DEFINE(exp)
DEFINE(log)
DEFINE(tanh)
DEFINE(sigmoid)
DEFINE(softplus)

/* What is found out about one function. */
struct finding {
    double worst; /* largest error, ULP, where above half a unit */
    float worst_at;
    int64_t fall; /* largest fall, in floats */
    float fall_at;
    uint64_t floats;    /* compared with the reference */
    uint64_t nans;      /* NaN where the answer is NaN */
    uint64_t wrong_nan; /* NaN where it is a number, or a number where it is NaN */
    uint64_t not_odd;   /* f(-x) is not -f(x), to the bit */
};

struct function {
    const char *name;
    void (*got)(const float *, float *, size_t);
    void (*want)(const float *, double *, size_t, enum part);
    bool from_zero, odd; /* NaN below zero; f(-x) = -f(x) */
    double limit;        /* ULP */
    int64_t fall_limit;
    struct finding found[THREADS];
} functions[] = {
    {.name = "exp", .got = got_exp, .want = want_exp, .limit = 1, .fall_limit = 0},
    {.name = "log", .got = got_log, .want = want_log, .limit = 1, .fall_limit = 0, .from_zero = true},
    {.name = "tanh", .got = got_tanh, .want = want_tanh, .limit = 4, .fall_limit = 0, .odd = true},
    {.name = "sigmoid", .got = got_sigmoid, .want = want_sigmoid, .limit = 3, .fall_limit = 0},
    {.name = "softplus", .got = got_softplus, .want = want_softplus, .limit = 3, .fall_limit = 1},
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

static uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The floats counted in rising order; both zeros are 0. */
static int64_t place_of(float x)
{
    uint32_t bits = bits_of(x);
    return bits >> 31 ? -(int64_t)(bits & 0x7fffffff) : (int64_t)bits;
}

static double ulps(float got, double want)
{
    const double limit = 0x1p128;
    double g = got, w = want;
    g = g > limit ? limit : g < -limit ? -limit : g;
    w = w > limit ? limit : w < -limit ? -limit : w;
    uint64_t bits, smallest = 1023 - 126;
    memcpy(&bits, &w, sizeof bits);
    uint64_t exponent = bits >> 52 & 2047;
    uint64_t scale_bits = (2046 + 23 - (exponent < smallest ? smallest : exponent)) << 52;
    double per_unit;
    memcpy(&per_unit, &scale_bits, sizeof per_unit);
    return fabs(g - w) * per_unit;
}

/* The block's floats, and the one after them for the order. */
static void check_block(const struct function *f, struct finding *found, uint32_t first)
{
    static _Thread_local float x[BLOCK + 4], y[BLOCK + 4], opposite[BLOCK + 4];
    static _Thread_local double want[BLOCK];
    const bool negative = first >> 31;
    for (uint32_t i = 0; i < BLOCK + 4; i++) {
        uint32_t bits = first + i;
        memcpy(&x[i], &bits, sizeof bits);
    }
    f->got(x, y, BLOCK + 4);
    size_t numbers = BLOCK; /* the first so many have numbers for answers, the rest NaN */
    if ((first & 0x7fffffff) >= 0x7f800000) numbers = (first & 0x7fffff) == 0;
    if (f->from_zero && negative) numbers = first == 0x80000000; /* log(-0) = -infinity */
    f->want(x, want, numbers, part_of(first));

    /* where every answer is the nearest float, half a unit at most is wrong, and that is never the worst */
    int rounded = 0;
    for (size_t i = 0; i < numbers; i++) rounded |= y[i] != (float)want[i];
    for (size_t i = 0; rounded && i < numbers; i++) {
        double error = ulps(y[i], want[i]);
        if (error > found->worst) {
            found->worst = error;
            found->worst_at = x[i];
        }
        if (y[i] != y[i]) found->wrong_nan++;
    }
    for (size_t i = numbers; i < BLOCK; i++) found->wrong_nan += y[i] == y[i];
    found->floats += numbers;
    found->nans += BLOCK - numbers;

    /* bits count up from zero: below zero the next float is the lesser one */
    size_t pairs = numbers < BLOCK ? 0 : BLOCK;
    int falls = 0;
    if (negative)
        for (size_t i = 0; i < pairs; i++) falls |= y[i + 1] > y[i];
    else
        for (size_t i = 0; i < pairs; i++) falls |= y[i + 1] < y[i];
    for (size_t i = 0; falls && i < pairs; i++) {
        int64_t rise = place_of(y[i + 1]) - place_of(y[i]);
        int64_t fall = negative ? rise : -rise;
        if (fall > found->fall) {
            found->fall = fall;
            found->fall_at = x[i + !negative];
        }
    }

    if (!f->odd || negative) return;
    for (size_t i = 0; i < BLOCK; i++) x[i] = -x[i];
    f->got(x, opposite, BLOCK);
    for (size_t i = 0; i < numbers; i++) found->not_odd += bits_of(opposite[i]) != (bits_of(y[i]) ^ 0x80000000);
}

static struct function *current;

static void *work(void *which)
{
    struct finding *found = which;
    const uint64_t stride = (uint64_t)THREADS * BLOCK;
    for (uint64_t first = (uint64_t)(found - current->found) * BLOCK; first < (uint64_t)1 << 32; first += stride)
        check_block(current, found, (uint32_t)first);
    return NULL;
}

static struct finding check_all(struct function *f)
{
    pthread_t threads[THREADS];
    current = f;
    for (int t = 0; t < THREADS; t++) CHECK(pthread_create(&threads[t], NULL, work, &f->found[t]) == 0);
    for (int t = 0; t < THREADS; t++) CHECK(pthread_join(threads[t], NULL) == 0);
    struct finding all = f->found[0];
    for (int t = 1; t < THREADS; t++) {
        const struct finding *one = &f->found[t];
        if (one->worst > all.worst) all.worst = one->worst, all.worst_at = one->worst_at;
        if (one->fall > all.fall) all.fall = one->fall, all.fall_at = one->fall_at;
        all.floats += one->floats;
        all.nans += one->nans;
        all.wrong_nan += one->wrong_nan;
        all.not_odd += one->not_odd;
    }
    return all;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int main(void)
{
    printf("%-9s %9s %15s %6s %15s %11s %11s %8s\n", "function", "worst ULP", "at", "fall", "at", "compared", "NaN",
           "seconds");
    for (int i = 0; i < FUNCTIONS; i++) {
        struct function *f = &functions[i];
        double start = seconds();
        struct finding found = check_all(f);
        printf("%-9s %9.4f %15.7g %6" PRId64 " %15.7g %11" PRIu64 " %11" PRIu64 " %8.1f\n", f->name, found.worst,
               (double)found.worst_at, found.fall, (double)found.fall_at, found.floats, found.nans, seconds() - start);
        fflush(stdout);
        check_test = f->name;
        CHECK(found.worst <= f->limit);
        CHECK(found.fall <= f->fall_limit);
        float zeros[4] = {0.0F, -0.0F, 0.0F, 0.0F}, of_zeros[4];
        f->got(zeros, of_zeros, 4);
        CHECK(of_zeros[0] == of_zeros[1]);
        CHECK_EQUAL(found.wrong_nan, 0);
        CHECK_EQUAL(found.not_odd, 0);
        CHECK_EQUAL(found.floats + found.nans, (int64_t)1 << 32);
        CHECK_EQUAL(found.nans, f->from_zero ? ((int64_t)1 << 31) - 1 + 0x7fffff : 2 * 0x7fffff);
    }
    return check_report();
}
