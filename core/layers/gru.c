/* GRU with reset_after: see recurrent.h. */
#include "../numeric/elementary.h"
#include "cells.h"

void rnn_gru_activate(rnn_real *rows, const rnn_real *h_before, rnn_real *h, size_t count)
{
    rnn_real *update = rows, *reset = rows + count, *candidate = rows + 3 * count;
    const rnn_real *recurrent = rows + 2 * count;
    const rnn_vec one = rnn_vec_splat(1);
    rnn_array_sigmoid(update, update, 2 * count);
    for (size_t k = 0; k < count; k += RNN_WIDTH)
        rnn_vec_store(candidate + k,
                      rnn_vec_load(candidate + k) + rnn_vec_load(reset + k) * rnn_vec_load(recurrent + k));
    rnn_array_tanh(candidate, candidate, count);
    for (size_t k = 0; k < count; k += RNN_WIDTH) {
        rnn_vec u = rnn_vec_load(update + k);
        rnn_vec_store(h + k, u * rnn_vec_load(h_before + k) + (one - u) * rnn_vec_load(candidate + k));
    }
}

void rnn_gru_backward(rnn_real *rows, const rnn_real *h_before, rnn_real *d_h, size_t count)
{
    rnn_real *update = rows, *reset = rows + count, *recurrent = rows + 2 * count, *candidate = rows + 3 * count;
    const rnn_vec one = rnn_vec_splat(1);
    for (size_t k = 0; k < count; k += RNN_WIDTH) {
        rnn_vec u = rnn_vec_load(update + k), r = rnn_vec_load(reset + k), g = rnn_vec_load(candidate + k);
        rnn_vec d = rnn_vec_load(d_h + k), d_g = d * (one - u) * (one - g * g);
        rnn_vec_store(update + k, d * (rnn_vec_load(h_before + k) - g) * (u * (one - u)));
        rnn_vec_store(reset + k, d_g * rnn_vec_load(recurrent + k) * (r * (one - r)));
        rnn_vec_store(recurrent + k, d_g * r);
        rnn_vec_store(candidate + k, d_g);
        rnn_vec_store(d_h + k, d * u);
    }
}
