#include "activations.h"

#include "../numeric/elementary.h"

void rnn_activate(enum rnn_activation activation, rnn_real *a, size_t count)
{
    if (activation == RNN_TANH) {
        rnn_array_tanh(a, count);
        return;
    }
    for (size_t i = 0; i < count; i++) a[i] = a[i] < 0 ? 0 : a[i]; /* NaN stays NaN */
}

void rnn_activate_backward(enum rnn_activation activation, rnn_real *restrict d_z, const rnn_real *restrict d_h,
                           const rnn_real *restrict h, size_t count)
{
    if (activation == RNN_TANH) {
        for (size_t i = 0; i < count; i++) d_z[i] = d_h[i] * (1 - h[i] * h[i]);
        return;
    }
    for (size_t i = 0; i < count; i++) d_z[i] = h[i] > 0 ? d_h[i] : 0;
}
