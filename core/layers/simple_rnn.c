/* SimpleRNN: h = activation(z). Derivatives: tanh' = 1 - h², relu' = 1 where h > 0. */
#include "../numeric/elementary.h"
#include "cells.h"

void rnni_simple_rnn_activate(enum rnn_activation activation, const rnn_real *z, rnn_real *h, size_t count)
{
    if (activation == RNN_TANH) {
        rnni_array_tanh(h, z, count);
        return;
    }
    for (size_t i = 0; i < count; i++) h[i] = z[i] < 0 ? 0 : z[i]; /* NaN stays NaN */
}

void rnni_simple_rnn_backward(enum rnn_activation activation, rnn_real *d_z, const rnn_real *d_h, const rnn_real *h,
                              size_t count)
{
    if (activation == RNN_TANH) {
        const rnni_vec one = rnni_vec_splat(1);
        size_t i = 0;
        for (; i + 2 * RNNI_WIDTH <= count; i += 2 * RNNI_WIDTH) { /* two independent vectors at a time */
            const rnni_vec a = rnni_vec_load(h + i), b = rnni_vec_load(h + i + RNNI_WIDTH);
            rnni_vec_store(d_z + i, rnni_vec_load(d_h + i) * (one - a * a));
            rnni_vec_store(d_z + i + RNNI_WIDTH, rnni_vec_load(d_h + i + RNNI_WIDTH) * (one - b * b));
        }
        for (; i < count; i += RNNI_WIDTH) {
            const rnni_vec a = rnni_vec_load(h + i);
            rnni_vec_store(d_z + i, rnni_vec_load(d_h + i) * (one - a * a));
        }
        return;
    }
    for (size_t i = 0; i < count; i++) d_z[i] = h[i] > 0 ? d_h[i] : 0;
}
