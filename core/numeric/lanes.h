/* Vectors, from the compiler's own vector extension: SSE, AVX, NEON, wasm SIMD and plain scalar code all come from this one
 * source, and all of them round each number as IEEE 754 says, so the bits agree everywhere.
 *
 *     rnni_quad  four numbers, on every machine: for sums across samples, whose order counts in fours
 *     rnni_vec   RNNI_WIDTH numbers, for what is done number by number: four, or one where there are no vector registers,
 *               which gives the same bits with a quarter of the code
 *
 * Loads and stores take any address: parameters are laid out as Keras has them, not padded. */
#ifndef RNNI_NUMERIC_LANES_H
#define RNNI_NUMERIC_LANES_H

#include <string.h>

#include "../internal.h"

enum { RNNI_LANES = 4 }; /* samples lie in multiples of so many */

#if defined(__wasm__) && !defined(__wasm_simd128__)
#define RNNI_WIDTH 1
#else
#define RNNI_WIDTH 4
#endif

/* AVX loads one number into all lanes at once and leaves the numbers that it multiplies where they are; SSE takes one more step for
 * each. gcc builds both, and the program chooses when it starts. The operations are the same, and so are the bits. The choice is made
 * by what ELF calls an indirect function, which the C library has to call. glibc does so, in static programs too. musl cannot, and its
 * static programs crash without a message, so this is only for glibc: math.h defines __GLIBC__ there (and in uClibc, too). A
 * sanitizer's checks would run before the choice is made. Four doubles are one register of AVX and two of SSE, so a function of one
 * choice cannot pass them to one of the other. Therefore doubles have no choice. */
#if !defined(RNN_DOUBLE) && defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__) &&   \
    defined(__GLIBC__) && !defined(__UCLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define RNNI_CLONES __attribute__((target_clones("avx", "default")))
#else
#define RNNI_CLONES
#endif

typedef rnn_real rnni_quad __attribute__((vector_size(4 * sizeof(rnn_real))));
typedef rnn_real rnni_vec __attribute__((vector_size(RNNI_WIDTH * sizeof(rnn_real))));

/* The numbers of a and b at four places, where 0 ... 3 are a's and 4 ... 7 are b's. */
#ifdef __clang__
#define RNNI_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#ifdef RNN_DOUBLE
typedef int64_t rnni_places __attribute__((vector_size(32)));
#else
typedef int32_t rnni_places __attribute__((vector_size(16)));
#endif
#define RNNI_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (rnni_places){__VA_ARGS__})
#endif

static inline rnni_quad rnni_quad_load(const rnn_real *from)
{
    rnni_quad v;
    memcpy(&v, from, sizeof v);
    return v;
}

static inline void rnni_quad_store(rnn_real *to, rnni_quad v)
{
    memcpy(to, &v, sizeof v);
}

static inline rnni_quad rnni_quad_splat(rnn_real a)
{
    /* an initialiser list, not a lane-by-lane loop: clang 14 makes one wasm splat of it */
    return (rnni_quad){a, a, a, a};
}

/* The order of this sum is part of the promise of the same bits. */
static inline rnn_real rnni_quad_sum(rnni_quad v)
{
    return (v[0] + v[1]) + (v[2] + v[3]);
}

/* The sums of four vectors, side by side, each in that order. */
static inline rnni_quad rnni_quad_sums(rnni_quad a, rnni_quad b, rnni_quad c, rnni_quad d)
{
    const rnni_quad ab = RNNI_SHUFFLE(a, b, 0, 4, 2, 6) + RNNI_SHUFFLE(a, b, 1, 5, 3, 7);
    const rnni_quad cd = RNNI_SHUFFLE(c, d, 0, 4, 2, 6) + RNNI_SHUFFLE(c, d, 1, 5, 3, 7);
    return RNNI_SHUFFLE(ab, cd, 0, 1, 4, 5) + RNNI_SHUFFLE(ab, cd, 2, 3, 6, 7);
}

static inline rnni_vec rnni_vec_load(const rnn_real *from)
{
    rnni_vec v;
    memcpy(&v, from, sizeof v);
    return v;
}

static inline void rnni_vec_store(rnn_real *to, rnni_vec v)
{
    memcpy(to, &v, sizeof v);
}

/* A vector of the same number. RNNI_ALL gives an initialiser list, also for vectors of other numbers. */
#if RNNI_WIDTH == 1
#define RNNI_ALL(a)                                                                                                    \
    {                                                                                                                  \
        (a)                                                                                                            \
    }
#else
#define RNNI_ALL(a)                                                                                                    \
    {                                                                                                                  \
        (a), (a), (a), (a)                                                                                             \
    }
#endif

static inline rnni_vec rnni_vec_splat(rnn_real a)
{
    return (rnni_vec)RNNI_ALL(a);
}

#endif
