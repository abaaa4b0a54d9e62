/* Measures how fast this machine can multiply and add four floats at a time.
 *
 *     a_k = a_k · s + b        k = 0 … 11
 *
 * Twelve independent chains hide the latency of both operations (eight reach only three quarters of the limit). They are separate
 * variables, because clang 14 keeps an array of vectors in memory when it compiles for WebAssembly. */
#include "limit.h"

#ifdef __EMSCRIPTEN__
#define EXPORT __attribute__((used, visibility("default"), export_name("limit_run")))
#else
#define EXPORT
#endif

typedef float vector __attribute__((vector_size(16)));

#define CHAIN(a) a = a * s + b;
#define ONCE                                                                                                           \
    CHAIN(a0)                                                                                                          \
    CHAIN(a1) CHAIN(a2) CHAIN(a3) CHAIN(a4) CHAIN(a5) CHAIN(a6) CHAIN(a7) CHAIN(a8) CHAIN(a9) CHAIN(a10) CHAIN(a11)

EXPORT float limit_run(unsigned turns)
{
    const vector s = {0.9999f, 0.9998f, 0.9997f, 0.9996f}, b = {1e-4f, 2e-4f, 3e-4f, 4e-4f};
    vector a0 = b, a1 = a0 + b, a2 = a1 + b, a3 = a2 + b, a4 = a3 + b, a5 = a4 + b;
    vector a6 = a5 + b, a7 = a6 + b, a8 = a7 + b, a9 = a8 + b, a10 = a9 + b, a11 = a10 + b;
    for (unsigned turn = 0; turn < turns; turn++) {
        ONCE ONCE ONCE ONCE
    }
    const vector sum = a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11;
    return sum[0] + sum[1] + sum[2] + sum[3];
}
