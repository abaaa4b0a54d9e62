/* h = activation(z), and back: dL/dz from dL/dh and h alone (tanh' = 1 - h², relu' = 1 where h > 0). */
#ifndef RNN_LAYERS_ACTIVATIONS_H
#define RNN_LAYERS_ACTIVATIONS_H

#include "../rnn.h"

/* a[i] = activation(a[i]) */
void rnn_activate(enum rnn_activation activation, rnn_real *a, size_t count);

/* d_z[i] = d_h[i] · activation'(z[i]), read off h[i] */
void rnn_activate_backward(enum rnn_activation activation, rnn_real *restrict d_z, const rnn_real *restrict d_h,
                           const rnn_real *restrict h, size_t count);

#endif
