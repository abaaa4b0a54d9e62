/* LSTM: see recurrent.h. */
#include "../numeric/elementary.h"
#include "cells.h"

void rnn_lstm_activate(rnn_real *rows, const rnn_real *c_before, rnn_real *h, rnn_real *c, size_t count)
{
    rnn_real *input = rows, *forget = rows + count, *candidate = rows + 2 * count, *output = rows + 3 * count;
    rnn_real *squashed = rows + 4 * count;
    rnn_array_sigmoid(input, input, 2 * count);
    rnn_array_tanh(candidate, candidate, count);
    rnn_array_sigmoid(output, output, count);
    for (size_t k = 0; k < count; k += RNN_WIDTH)
        rnn_vec_store(c + k, rnn_vec_load(forget + k) * rnn_vec_load(c_before + k) +
                                 rnn_vec_load(input + k) * rnn_vec_load(candidate + k));
    rnn_array_tanh(squashed, c, count);
    for (size_t k = 0; k < count; k += RNN_WIDTH)
        rnn_vec_store(h + k, rnn_vec_load(output + k) * rnn_vec_load(squashed + k));
}

void rnn_lstm_backward(rnn_real *rows, const rnn_real *c_before, const rnn_real *d_h, rnn_real *d_c, size_t count)
{
    rnn_real *input = rows, *forget = rows + count, *candidate = rows + 2 * count, *output = rows + 3 * count;
    const rnn_real *squashed = rows + 4 * count;
    const rnn_vec one = rnn_vec_splat(1);
    for (size_t k = 0; k < count; k += RNN_WIDTH) {
        rnn_vec i = rnn_vec_load(input + k), f = rnn_vec_load(forget + k), g = rnn_vec_load(candidate + k);
        rnn_vec o = rnn_vec_load(output + k), s = rnn_vec_load(squashed + k), d_state = rnn_vec_load(d_h + k);
        rnn_vec d = rnn_vec_load(d_c + k) + d_state * o * (one - s * s);
        rnn_vec_store(output + k, d_state * s * (o * (one - o)));
        rnn_vec_store(input + k, d * g * (i * (one - i)));
        rnn_vec_store(forget + k, d * rnn_vec_load(c_before + k) * (f * (one - f)));
        rnn_vec_store(candidate + k, d * i * (one - g * g));
        rnn_vec_store(d_c + k, d * f);
    }
}
