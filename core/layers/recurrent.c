#include "recurrent.h"

#include <string.h>

#include "../numeric/linalg.h"
#include "cells.h"

size_t rnn_cell_gates(enum rnn_cell cell)
{
    return cell == RNN_LSTM ? 4 : cell == RNN_GRU ? 3 : 1;
}

size_t rnn_cell_rows(enum rnn_cell cell)
{
    return cell == RNN_LSTM ? 5 : cell == RNN_GRU ? 4 : 1;
}

void rnn_recurrent_preactivate(const struct rnn_recurrent *layer, const rnn_real *x, const rnn_real *h_before,
                               rnn_real *rows, size_t lanes)
{
    const size_t units = layer->units, width = rnn_cell_gates(layer->cell) * units, block = units * lanes;
    if (layer->cell != RNN_GRU) {
        rnn_lanes_fill(rows, layer->bias, width, lanes);
        rnn_lanes_multiply(rows, layer->kernel, width, x, width, layer->features, lanes);
        if (h_before) rnn_lanes_multiply(rows, layer->recurrent_kernel, width, h_before, width, units, lanes);
        return;
    }
    /* update and reset: one sum; the candidate: what the state brings (q) and what the input brings, apart */
    const rnn_real *recurrent_bias = layer->bias + width;
    rnn_lanes_fill_sum(rows, layer->bias, recurrent_bias, 2 * units, lanes);
    rnn_lanes_fill(rows + 2 * block, recurrent_bias + 2 * units, units, lanes);
    rnn_lanes_fill(rows + 3 * block, layer->bias + 2 * units, units, lanes);
    rnn_lanes_multiply(rows, layer->kernel, width, x, 2 * units, layer->features, lanes);
    rnn_lanes_multiply(rows + 3 * block, layer->kernel + 2 * units, width, x, units, layer->features, lanes);
    if (h_before) rnn_lanes_multiply(rows, layer->recurrent_kernel, width, h_before, width, units, lanes);
}

void rnn_recurrent_activate(const struct rnn_recurrent *layer, const struct rnn_moment *before,
                            const struct rnn_moment *now, size_t lanes)
{
    const size_t count = layer->units * lanes;
    if (layer->cell == RNN_LSTM)
        rnn_lstm_activate(now->rows, before->c, now->h, now->c, count);
    else if (layer->cell == RNN_GRU)
        rnn_gru_activate(now->rows, before->h, now->h, count);
    else
        rnn_simple_rnn_activate(layer->activation, now->rows, now->h, count);
}

void rnn_recurrent_backward(const struct rnn_recurrent *layer, const rnn_real *transposed,
                            const struct rnn_moment *before, const struct rnn_moment *now, rnn_real *d_h, rnn_real *d_c,
                            size_t lanes)
{
    const size_t units = layer->units, count = units * lanes, width = rnn_cell_gates(layer->cell) * units;
    if (layer->cell == RNN_LSTM)
        rnn_lstm_backward(now->rows, before->c, d_h, d_c, count);
    else if (layer->cell == RNN_GRU)
        rnn_gru_backward(now->rows, before->h, d_h, count);
    else
        rnn_simple_rnn_backward(layer->activation, now->rows, d_h, now->h, count);
    if (layer->cell != RNN_GRU) memset(d_h, 0, count * sizeof *d_h);
    if (transposed) rnn_lanes_multiply(d_h, transposed, units, now->rows, units, width, lanes);
}

void rnn_recurrent_backward_input(const struct rnn_recurrent *layer, const rnn_real *transposed, const rnn_real *rows,
                                  rnn_real *d_x, size_t lanes)
{
    const size_t units = layer->units, features = layer->features;
    memset(d_x, 0, features * lanes * sizeof *d_x);
    if (layer->cell != RNN_GRU) {
        rnn_lanes_multiply(d_x, transposed, features, rows, features, rnn_cell_gates(layer->cell) * units, lanes);
        return;
    }
    rnn_lanes_multiply(d_x, transposed, features, rows, features, 2 * units, lanes);
    rnn_lanes_multiply(d_x, transposed + 2 * units * features, features, rows + 3 * units * lanes, features, units,
                       lanes);
}

/* The part of the gradients that belongs to some columns of the kernels. */
struct columns {
    size_t first, count, row; /* the deltas' first row, in units */
};

static void input_gradients(const struct rnn_recurrent *layer, const rnn_real *x, struct rnn_run rows,
                            struct columns columns, size_t timesteps, size_t lanes,
                            struct rnn_recurrent_gradient gradient)
{
    const size_t features = layer->features, width = rnn_cell_gates(layer->cell) * layer->units;
    struct rnn_run deltas = {rows.at + columns.row * layer->units * lanes, rows.stride};
    rnn_lanes_sum(gradient.bias + columns.first, deltas, columns.count, lanes, timesteps);
    rnn_lanes_outer(gradient.kernel + columns.first, width, (struct rnn_run){x, features * lanes}, deltas, features,
                    columns.count, lanes, timesteps);
}

void rnn_recurrent_gradients(const struct rnn_recurrent *layer, const rnn_real *x, const rnn_real *h,
                             const rnn_real *rows, size_t timesteps, size_t lanes,
                             struct rnn_recurrent_gradient gradient)
{
    const size_t units = layer->units, state = units * lanes, width = rnn_cell_gates(layer->cell) * units;
    const size_t stride = rnn_cell_rows(layer->cell) * state;
    struct rnn_run deltas = {rows, stride};
    if (layer->cell == RNN_GRU) {
        input_gradients(layer, x, deltas, (struct columns){0, 2 * units, 0}, timesteps, lanes, gradient);
        input_gradients(layer, x, deltas, (struct columns){2 * units, units, 3}, timesteps, lanes, gradient);
        rnn_lanes_sum(gradient.bias + width, deltas, width, lanes, timesteps);
    } else {
        input_gradients(layer, x, deltas, (struct columns){0, width, 0}, timesteps, lanes, gradient);
    }
    /* h_0 = 0 adds nothing: begin at the second time step */
    struct rnn_run later = {rows + stride, stride};
    rnn_lanes_outer(gradient.recurrent_kernel, width, (struct rnn_run){h + state, state}, later, units, width, lanes,
                    timesteps - 1);
}
