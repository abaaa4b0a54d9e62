/* Vectors, from the compiler's own vector extension: SSE, AVX, NEON, wasm SIMD and plain scalar code all come from this one
 * source, and all of them round each number as IEEE 754 says, so the bits agree everywhere.
 *
 *     rnn_quad  four numbers, on every machine: for sums across samples, whose order counts in fours
 *     rnn_vec   RNN_WIDTH numbers, for what is done number by number: four, or one where there are no vector registers: the
 *               same bits from a quarter of the code
 *
 * Loads and stores take any address: parameters are laid out as Keras has them, not padded. */
#ifndef RNN_NUMERIC_LANES_H
#define RNN_NUMERIC_LANES_H

#include <string.h>

#include "../rnn.h"

enum { RNN_LANES = 4 }; /* samples lie in multiples of so many */

#if defined(__wasm__) && !defined(__wasm_simd128__)
#define RNN_WIDTH 1
#else
#define RNN_WIDTH 4
#endif

typedef rnn_real rnn_quad __attribute__((vector_size(4 * sizeof(rnn_real))));
typedef rnn_real rnn_vec __attribute__((vector_size(RNN_WIDTH * sizeof(rnn_real))));

static inline rnn_quad rnn_quad_load(const rnn_real *from)
{
    rnn_quad v;
    memcpy(&v, from, sizeof v);
    return v;
}

static inline void rnn_quad_store(rnn_real *to, rnn_quad v)
{
    memcpy(to, &v, sizeof v);
}

static inline rnn_quad rnn_quad_splat(rnn_real a)
{
    /* an initialiser list, not a lane-by-lane loop: clang 14 makes one wasm splat of it */
    return (rnn_quad){a, a, a, a};
}

/* The order of this sum is part of the promise of the same bits. */
static inline rnn_real rnn_quad_sum(rnn_quad v)
{
    return (v[0] + v[1]) + (v[2] + v[3]);
}

static inline rnn_vec rnn_vec_load(const rnn_real *from)
{
    rnn_vec v;
    memcpy(&v, from, sizeof v);
    return v;
}

static inline void rnn_vec_store(rnn_real *to, rnn_vec v)
{
    memcpy(to, &v, sizeof v);
}

/* A vector of the same number. RNN_ALL gives an initialiser list, also for vectors of other numbers. */
#if RNN_WIDTH == 1
#define RNN_ALL(a) {(a)}
#else
#define RNN_ALL(a) {(a), (a), (a), (a)}
#endif

static inline rnn_vec rnn_vec_splat(rnn_real a)
{
    return (rnn_vec)RNN_ALL(a);
}

#endif
