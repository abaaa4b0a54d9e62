/* Vectors of four numbers, from the compiler's own vector extension: SSE, AVX, NEON, wasm SIMD and plain scalar code all
 * come from this one source, and all of them round each lane as IEEE 754 says, so the bits agree everywhere.
 *
 * Loads and stores take any address: parameters are laid out as Keras has them, not padded. */
#ifndef RNN_NUMERIC_LANES_H
#define RNN_NUMERIC_LANES_H

#include <string.h>

#include "../rnn.h"

enum { RNN_LANES = 4 };

typedef rnn_real rnn_vec __attribute__((vector_size(4 * sizeof(rnn_real))));

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

static inline rnn_vec rnn_vec_splat(rnn_real a)
{
    /* an initialiser list, not a lane-by-lane loop: clang 14 makes one wasm splat of it */
    return (rnn_vec){a, a, a, a};
}

/* The order of this sum is part of the promise of the same bits. */
static inline rnn_real rnn_vec_sum(rnn_vec v)
{
    return (v[0] + v[1]) + (v[2] + v[3]);
}

#endif
