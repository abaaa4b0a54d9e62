/* LSTM. The equations are in recurrent.h. */
#include "../numeric/elementary.h"
#include "cells.h"

void rnni_lstm_activate(rnn_real *rows, const rnn_real *c_before, rnn_real *h, rnn_real *c, size_t count)
{
    rnn_real *input = rows, *forget = rows + count, *candidate = rows + 2 * count, *output = rows + 3 * count;
    rnn_real *squashed = rows + 4 * count;
    rnni_array_sigmoid(input, input, 2 * count);
    rnni_array_tanh(candidate, candidate, count);
    rnni_array_sigmoid(output, output, count);
    for (size_t k = 0; k < count; k += RNNI_WIDTH)
        rnni_vec_store(c + k, rnni_vec_load(forget + k) * rnni_vec_load(c_before + k) +
                                  rnni_vec_load(input + k) * rnni_vec_load(candidate + k));
    rnni_array_tanh(squashed, c, count);
    for (size_t k = 0; k < count; k += RNNI_WIDTH)
        rnni_vec_store(h + k, rnni_vec_load(output + k) * rnni_vec_load(squashed + k));
}

void rnni_lstm_backward(rnn_real *rows, const rnn_real *c_before, const rnn_real *d_h, rnn_real *d_c, size_t count)
{
    rnn_real *input = rows, *forget = rows + count, *candidate = rows + 2 * count, *output = rows + 3 * count;
    const rnn_real *squashed = rows + 4 * count;
    const rnni_vec one = rnni_vec_splat(1);
    for (size_t k = 0; k < count; k += RNNI_WIDTH) {
        rnni_vec i = rnni_vec_load(input + k), f = rnni_vec_load(forget + k), g = rnni_vec_load(candidate + k);
        rnni_vec o = rnni_vec_load(output + k), s = rnni_vec_load(squashed + k), d_state = rnni_vec_load(d_h + k);
        rnni_vec d = rnni_vec_load(d_c + k) + d_state * o * (one - s * s);
        rnni_vec_store(output + k, d_state * s * (o * (one - o)));
        rnni_vec_store(input + k, d * g * (i * (one - i)));
        rnni_vec_store(forget + k, d * rnni_vec_load(c_before + k) * (f * (one - f)));
        rnni_vec_store(candidate + k, d * i * (one - g * g));
        rnni_vec_store(d_c + k, d * f);
    }
}
