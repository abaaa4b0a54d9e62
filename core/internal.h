/* What every source file of both libraries includes, directly or through a header of its folder: the promise of the same bits, and the few
 * things that all share. It is not installed. Private names begin with rnni_ and RNNI_, public ones with rnn_ and RNN_. */
#ifndef RNNI_INTERNAL_H
#define RNNI_INTERNAL_H

#include <float.h>
#include <math.h>
#include <string.h>

#include "rnn.h"

/* ------------------------------------------------------------------------------------------------ the same bits */

#if !defined(__GNUC__)
#error "rnn: this compiler has no vector extensions; use gcc, clang, or clang-cl instead of MSVC"
#endif

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) ||                         \
    (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || defined(__NO_SIGNED_ZEROS__)
#error "rnn: the same bits everywhere need exact arithmetic; compile without -ffast-math, -Ofast and their parts"
#endif

#if !defined(RNN_DOUBLE) && FLT_EVAL_METHOD != 0
#error                                                                                                                 \
    "rnn: floats must be rounded after each operation (FLT_EVAL_METHOD 0); for i386 compile with -msse2 -mfpmath=sse, for s390x with -fexcess-precision=fast"
#endif

#if FLT_RADIX != 2 || FLT_MANT_DIG != 24 || DBL_MANT_DIG != 53
#error "rnn: floats and doubles must be those of IEEE 754"
#endif

/* A multiplication and an addition are rounded one after the other, never as one. */
#if defined(__clang__)
#pragma clang fp contract(off)
#else
#pragma GCC optimize("fp-contract=off")
#endif

/* ------------------------------------------------------------------------------------------------ shared */

/* Pass an error on. */
#define RNNI_TRY(call)                                                                                                 \
    do {                                                                                                               \
        const enum rnn_status rnni_status = (call);                                                                    \
        if (rnni_status != RNN_OK) return rnni_status;                                                                 \
    } while (0)

/* How many elements an array has. */
#define RNNI_COUNT(array) (sizeof(array) / sizeof *(array))

/* The index-th of an array of names, or NULL past the last. */
#define RNNI_NAME(names, index) ((index) < RNNI_COUNT(names) ? (names)[index] : NULL)

/* Is none of them infinite or NaN? */
static inline bool rnni_all_finite(const rnn_real *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return false;
    return true;
}

static inline bool rnni_aligned(const void *block)
{
    return (uintptr_t)block % RNN_ALIGNMENT == 0;
}

#endif
