/* Every source file of both libraries includes this, directly or through a header of its folder. It holds the promise of the same bits
 * and the few things that all share. It is not installed. Private names begin with rnni_ and RNNI_, public ones with rnn_ and RNN_. */
#ifndef RNNI_INTERNAL_H
#define RNNI_INTERNAL_H

#include <float.h>
#include <math.h>
#include <string.h>

#include "rnn.h"

/* ------------------------------------------------------------------------------------------------ the same bits */

/* clang-cl has vector extensions and yet calls itself MSVC, so the compiler is asked for the extension and not for its name. */
#if defined(__has_attribute)
#if __has_attribute(vector_size)
#define RNNI_HAS_VECTORS
#endif
#endif

#if !defined(RNNI_HAS_VECTORS)
#error "rnn needs a compiler with vector extensions: use gcc, clang, or clang-cl instead of MSVC"
#elif defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) ||                       \
    defined(__NO_SIGNED_ZEROS__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error                                                                                                                 \
    "rnn gives the same bits everywhere only with exact arithmetic: compile it without -ffast-math, -Ofast and their parts"
/* 16 is about _Float16 alone: gcc has it with -mavx512fp16, and rounds floats to floats */
#elif !defined(RNN_DOUBLE) && FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 16
#error                                                                                                                 \
    "rnn needs each operation on floats rounded to a float (FLT_EVAL_METHOD 0): compile with -msse2 -mfpmath=sse on i386, with -fexcess-precision=fast on s390x"
#elif defined(__clang__) && defined(__ARM_NEON) && !defined(__aarch64__)
#error "rnn needs subnormal numbers, which NEON takes for zero on 32-bit ARM: compile with -mfpu=vfpv3-d16, or with gcc"
#elif FLT_RADIX != 2 || FLT_MANT_DIG != 24 || FLT_MAX_EXP != 128 || DBL_MANT_DIG != 53 || DBL_MAX_EXP != 1024
#error "rnn needs the floats and doubles of IEEE 754, which this machine or compiler does not have"
#endif

_Static_assert(sizeof 1.0 == sizeof(double),
               "rnn needs constants in double: compile it without -fsingle-precision-constant");

/* A multiplication and an addition are rounded one after the other, never as one. clang defines no macro for some parts of
 * fast-math, such as -fassociative-math; asking for precise arithmetic takes them back, on the machines for which clang knows that
 * pragma. It allows contraction again, so contraction is forbidden last. */
#if defined(__clang__)
#if __clang_major__ >= 13
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wignored-pragmas"
#pragma float_control(precise, on)
#pragma clang diagnostic pop
#pragma clang fp reassociate(off)
#endif
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
