/* The part of a time step that differs between cells: from the weighted sums to the state (activate), and its derivative
 * (backward). All arrays are blocks of `count` = U · lanes numbers. The rows are those of rnni_cell_rows in recurrent.h. */
#ifndef RNNI_LAYERS_CELLS_H
#define RNNI_LAYERS_CELLS_H

#include "recurrent.h"

void rnni_simple_rnn_activate(enum rnn_activation activation, const rnn_real *z, rnn_real *h, size_t count);
void rnni_simple_rnn_backward(enum rnn_activation activation, rnn_real *d_z, const rnn_real *d_h, const rnn_real *h,
                              size_t count);

/* rows: u, r, q, g */
void rnni_gru_activate(rnn_real *rows, const rnn_real *h_before, rnn_real *h, size_t count);
/* d_h: in dL/dh_t; out only the part of dL/dh_{t-1} that does not pass through the gates */
void rnni_gru_backward(rnn_real *rows, const rnn_real *h_before, rnn_real *d_h, size_t count);

/* rows: i, f, g, o, tanh(c) */
void rnni_lstm_activate(rnn_real *rows, const rnn_real *c_before, rnn_real *h, rnn_real *c, size_t count);
/* d_c: in dL/dc_t without the part through h_t; out dL/dc_{t-1} */
void rnni_lstm_backward(rnn_real *rows, const rnn_real *c_before, const rnn_real *d_h, rnn_real *d_c, size_t count);

#endif
