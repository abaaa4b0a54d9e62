/* GRU with reset_after. The equations are in recurrent.h. */
#include "../numeric/elementary.h"
#include "cells.h"

void rnni_gru_activate(rnn_real *rows, const rnn_real *h_before, rnn_real *h, size_t count)
{
    rnn_real *update = rows, *reset = rows + count, *candidate = rows + 3 * count;
    const rnn_real *recurrent = rows + 2 * count;
    const rnni_vec one = rnni_vec_splat(1);
    rnni_array_sigmoid(update, update, 2 * count);
    for (size_t k = 0; k < count; k += RNNI_WIDTH)
        rnni_vec_store(candidate + k,
                       rnni_vec_load(candidate + k) + rnni_vec_load(reset + k) * rnni_vec_load(recurrent + k));
    rnni_array_tanh(candidate, candidate, count);
    for (size_t k = 0; k < count; k += RNNI_WIDTH) {
        rnni_vec u = rnni_vec_load(update + k);
        rnni_vec_store(h + k, u * rnni_vec_load(h_before + k) + (one - u) * rnni_vec_load(candidate + k));
    }
}

void rnni_gru_backward(rnn_real *rows, const rnn_real *h_before, rnn_real *d_h, size_t count)
{
    rnn_real *update = rows, *reset = rows + count, *recurrent = rows + 2 * count, *candidate = rows + 3 * count;
    const rnni_vec one = rnni_vec_splat(1);
    for (size_t k = 0; k < count; k += RNNI_WIDTH) {
        rnni_vec u = rnni_vec_load(update + k), r = rnni_vec_load(reset + k), g = rnni_vec_load(candidate + k);
        rnni_vec d = rnni_vec_load(d_h + k), d_g = d * (one - u) * (one - g * g);
        rnni_vec_store(update + k, d * (rnni_vec_load(h_before + k) - g) * (u * (one - u)));
        rnni_vec_store(reset + k, d_g * rnni_vec_load(recurrent + k) * (r * (one - r)));
        rnni_vec_store(recurrent + k, d_g * r);
        rnni_vec_store(candidate + k, d_g);
        rnni_vec_store(d_h + k, d * u);
    }
}
