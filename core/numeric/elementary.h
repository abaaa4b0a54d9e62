/* exp, log, tanh and the logistic function over arrays, ours, so that every target gives the same bits.
 *
 *     exp(x)      = 2^n exp(r)                  n = round(x / ln 2),  r = x - n ln 2,  |r| <= ln 2 / 2
 *     log(x)      = e ln 2 + log(1 + f)         x = 2^e (1 + f),  sqrt(1/2) <= 1 + f < sqrt(2)
 *     tanh(x)     = sign(x) max(|x| - |x|³ P(x²), 1 - c / (Q(|x|)^8 + c / 2))      Q(a)^8 = c exp(2a) / 2
 *     sigmoid(x)  = 1 / (1 + exp(-x))
 *     softplus(x) = max(x, 0) + log1p(exp(-|x|))
 *
 * Range reduction and forms: Cody & Waite 1980. The polynomials are made by polynomials.sollya.
 * Largest errors over all floats, asserted by tests/core/test_every_float.c: exp 1, log 1, tanh 4, sigmoid 3, softplus 3
 * ULP. tanh is odd to the bit; exp, log, tanh and sigmoid never fall, softplus by one float at most.
 * NaN gives NaN. The double build takes the C library's functions: it serves gradient tests and promises no bits. */
#ifndef RNNI_NUMERIC_ELEMENTARY_H
#define RNNI_NUMERIC_ELEMENTARY_H

#include "lanes.h"

rnni_vec rnni_vec_exp(rnni_vec x);
rnni_vec rnni_vec_log(rnni_vec x);
rnni_vec rnni_vec_tanh(rnni_vec x);
rnni_vec rnni_vec_sigmoid(rnni_vec x);
rnni_vec rnni_vec_softplus(rnni_vec x);

/* The larger of each pair; b where they cannot be compared. */
rnni_vec rnni_vec_larger(rnni_vec a, rnni_vec b);

/* out[i] = tanh(in[i]), sigmoid(in[i]) for i < count, a multiple of four; out may be in. */
void rnni_array_tanh(rnn_real *out, const rnn_real *in, size_t count);
void rnni_array_sigmoid(rnn_real *out, const rnn_real *in, size_t count);

/* One number at a time, with the bits of the vector forms. */
static inline rnn_real rnni_log(rnn_real x)
{
    return rnni_vec_log(rnni_vec_splat(x))[0];
}

static inline rnn_real rnni_sigmoid(rnn_real x)
{
    return rnni_vec_sigmoid(rnni_vec_splat(x))[0];
}

/* The platform's square root: IEEE 754 rounds it exactly. */
static inline rnn_real rnni_sqrt(rnn_real x)
{
#ifdef RNN_DOUBLE
    return __builtin_sqrt(x);
#else
    return __builtin_sqrtf(x);
#endif
}

#endif
