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
    for (size_t i = 0; i < count; i++) c[i] = forget[i] * c_before[i] + input[i] * candidate[i];
    rnn_array_tanh(squashed, c, count);
    for (size_t i = 0; i < count; i++) h[i] = output[i] * squashed[i];
}

void rnn_lstm_backward(rnn_real *restrict rows, const rnn_real *restrict c_before, const rnn_real *restrict d_h,
                       rnn_real *restrict d_c, size_t count)
{
    rnn_real *input = rows, *forget = rows + count, *candidate = rows + 2 * count, *output = rows + 3 * count;
    const rnn_real *squashed = rows + 4 * count;
    for (size_t k = 0; k < count; k++) {
        rnn_real i = input[k], f = forget[k], g = candidate[k], o = output[k], s = squashed[k];
        rnn_real d = d_c[k] + d_h[k] * o * (1 - s * s);
        output[k] = d_h[k] * s * (o * (1 - o));
        input[k] = d * g * (i * (1 - i));
        forget[k] = d * c_before[k] * (f * (1 - f));
        candidate[k] = d * i * (1 - g * g);
        d_c[k] = d * f;
    }
}
