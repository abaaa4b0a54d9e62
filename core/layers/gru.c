/* GRU with reset_after: see recurrent.h. */
#include "../numeric/elementary.h"
#include "cells.h"

void rnn_gru_activate(rnn_real *rows, const rnn_real *h_before, rnn_real *h, size_t count)
{
    rnn_real *update = rows, *reset = rows + count, *candidate = rows + 3 * count;
    const rnn_real *recurrent = rows + 2 * count;
    rnn_array_sigmoid(update, update, 2 * count);
    for (size_t i = 0; i < count; i++) candidate[i] += reset[i] * recurrent[i];
    rnn_array_tanh(candidate, candidate, count);
    for (size_t i = 0; i < count; i++) h[i] = update[i] * h_before[i] + (1 - update[i]) * candidate[i];
}

void rnn_gru_backward(rnn_real *restrict rows, const rnn_real *restrict h_before, rnn_real *restrict d_h, size_t count)
{
    rnn_real *update = rows, *reset = rows + count, *recurrent = rows + 2 * count, *candidate = rows + 3 * count;
    for (size_t i = 0; i < count; i++) {
        rnn_real u = update[i], r = reset[i], g = candidate[i];
        rnn_real d_g = d_h[i] * (1 - u) * (1 - g * g);
        update[i] = d_h[i] * (h_before[i] - g) * (u * (1 - u));
        reset[i] = d_g * recurrent[i] * (r * (1 - r));
        recurrent[i] = d_g * r;
        candidate[i] = d_g;
        d_h[i] *= u;
    }
}
