#include "recurrent.h"

#include "cells.h"

size_t rnn_cell_gates(enum rnn_cell cell)
{
    return cell == RNN_LSTM ? 4 : cell == RNN_GRU ? 3 : 1;
}

size_t rnn_cell_rows(enum rnn_cell cell)
{
    return cell == RNN_LSTM ? 5 : cell == RNN_GRU ? 4 : 1;
}

static size_t width_of(const struct rnn_recurrent *layer)
{
    return rnn_cell_gates(layer->cell) * layer->units;
}

/* The columns of the kernels whose sums are alike: a GRU's update and reset, apart from its candidate. */
static size_t alike(enum rnn_cell cell, size_t units)
{
    return cell == RNN_GRU ? 2 * units : rnn_cell_gates(cell) * units;
}

size_t rnn_recurrent_packed_count(enum rnn_cell cell, size_t units, size_t features)
{
    const size_t first = alike(cell, units), rest = rnn_cell_gates(cell) * units - first;
    return rnn_packed_count(first, features + units) + rnn_packed_count(rest, features + units);
}

/* packed: kernel then recurrent kernel of the first part of the columns, then of the rest. */
void rnn_recurrent_pack(struct rnn_recurrent *layer, rnn_real *packed)
{
    const size_t width = width_of(layer), first = alike(layer->cell, layer->units);
    layer->packed = packed;
    for (size_t column = 0, columns = first; columns > 0; column += columns, columns = width - column) {
        rnn_pack(packed, layer->kernel + column, width, columns, layer->features);
        packed += rnn_packed_count(columns, layer->features);
        rnn_pack(packed, layer->recurrent_kernel + column, width, columns, layer->units);
        packed += rnn_packed_count(columns, layer->units);
    }
}

/* The products with x and h of the columns from `column` on: 0, or where the rest begins. */
static void products_of(const struct rnn_recurrent *layer, size_t column, const rnn_real *x, const rnn_real *h,
                        struct rnn_product products[2])
{
    const size_t width = width_of(layer), features = layer->features, units = layer->units;
    products[0] = (struct rnn_product){rnn_weights_of(layer->kernel + column, width), x, features};
    products[1] = (struct rnn_product){rnn_weights_of(layer->recurrent_kernel + column, width), h, units};
    if (!layer->packed) return;
    const rnn_real *packed = layer->packed + rnn_packed_count(column, features + units);
    const size_t columns = column ? width - column : alike(layer->cell, units);
    products[0].weights = rnn_packed_of(packed, features);
    products[1].weights = rnn_packed_of(packed + rnn_packed_count(columns, features), units);
}

void rnn_recurrent_preactivate(const struct rnn_recurrent *layer, const rnn_real *x, const rnn_real *h_before,
                               rnn_real *rows, size_t lanes)
{
    const size_t units = layer->units, width = width_of(layer), block = units * lanes, heard = h_before ? 1 : 0;
    struct rnn_product products[2];
    products_of(layer, 0, x, h_before, products);
    if (layer->cell != RNN_GRU) {
        rnn_lanes_multiply(rows, layer->bias, products, 1 + heard, width, lanes);
        return;
    }
    /* update and reset: one sum; the candidate: what the state brings (q) and what the input brings, apart */
    const rnn_real *recurrent_bias = layer->bias + width;
    rnn_lanes_fill_sum(rows, layer->bias, recurrent_bias, 2 * units, lanes);
    rnn_lanes_multiply_add(rows, products, 1 + heard, 2 * units, lanes);
    products_of(layer, 2 * units, x, h_before, products);
    rnn_lanes_multiply(rows + 2 * block, recurrent_bias + 2 * units, products + 1, heard, units, lanes);
    rnn_lanes_multiply(rows + 3 * block, layer->bias + 2 * units, products, 1, units, lanes);
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

struct rnn_weights rnn_recurrent_transpose(const struct rnn_recurrent *layer, rnn_real *packed)
{
    return rnn_pack_transpose(packed, layer->recurrent_kernel, width_of(layer), layer->units, width_of(layer));
}

struct rnn_weights rnn_recurrent_transpose_input(const struct rnn_recurrent *layer, rnn_real *packed)
{
    return rnn_pack_transpose(packed, layer->kernel, width_of(layer), layer->features, width_of(layer));
}

void rnn_recurrent_backward(const struct rnn_recurrent *layer, const struct rnn_weights *transposed,
                            const struct rnn_moment *before, const struct rnn_moment *now, rnn_real *d_h, rnn_real *d_c,
                            size_t lanes)
{
    const size_t units = layer->units, count = units * lanes;
    if (layer->cell == RNN_LSTM)
        rnn_lstm_backward(now->rows, before->c, d_h, d_c, count);
    else if (layer->cell == RNN_GRU)
        rnn_gru_backward(now->rows, before->h, d_h, count);
    else
        rnn_simple_rnn_backward(layer->activation, now->rows, d_h, now->h, count);
    struct rnn_product product = {.in = now->rows, .inner = width_of(layer)};
    if (transposed) product.weights = *transposed;
    if (layer->cell != RNN_GRU)
        rnn_lanes_multiply(d_h, NULL, &product, transposed ? 1 : 0, units, lanes);
    else if (transposed)
        rnn_lanes_multiply_add(d_h, &product, 1, units, lanes);
}

void rnn_recurrent_backward_input(const struct rnn_recurrent *layer, const struct rnn_weights *transposed,
                                  const rnn_real *rows, rnn_real *d_x, size_t lanes)
{
    const size_t units = layer->units, first = alike(layer->cell, units);
    struct rnn_product products[2] = {{*transposed, rows, first}, {*transposed, rows + 3 * units * lanes, units}};
    products[1].weights.at += 4 * first;
    rnn_lanes_multiply(d_x, NULL, products, layer->cell == RNN_GRU ? 2 : 1, layer->features, lanes);
}

/* The part of the gradients that belongs to some columns of the kernels. */
struct columns {
    size_t first, count, row; /* the deltas' first row, in units */
};

static void input_gradients(const struct rnn_recurrent *layer, const rnn_real *x, struct rnn_run rows,
                            struct columns columns, size_t timesteps, size_t lanes,
                            struct rnn_recurrent_gradient gradient, rnn_real *scratch)
{
    const size_t features = layer->features, width = rnn_cell_gates(layer->cell) * layer->units;
    struct rnn_run deltas = {rows.at + columns.row * layer->units * lanes, rows.stride};
    rnn_lanes_sum(gradient.bias + columns.first, deltas, columns.count, lanes, timesteps);
    rnn_lanes_outer(gradient.kernel + columns.first, width, (struct rnn_run){x, features * lanes}, deltas, features,
                    columns.count, lanes, timesteps, scratch);
}

void rnn_recurrent_gradients(const struct rnn_recurrent *layer, const rnn_real *x, const rnn_real *h,
                             const rnn_real *rows, size_t timesteps, size_t lanes,
                             struct rnn_recurrent_gradient gradient, rnn_real *scratch)
{
    const size_t units = layer->units, state = units * lanes, width = rnn_cell_gates(layer->cell) * units;
    const size_t stride = rnn_cell_rows(layer->cell) * state;
    struct rnn_run deltas = {rows, stride};
    if (layer->cell == RNN_GRU) {
        input_gradients(layer, x, deltas, (struct columns){0, 2 * units, 0}, timesteps, lanes, gradient, scratch);
        input_gradients(layer, x, deltas, (struct columns){2 * units, units, 3}, timesteps, lanes, gradient, scratch);
        rnn_lanes_sum(gradient.bias + width, deltas, width, lanes, timesteps);
    } else {
        input_gradients(layer, x, deltas, (struct columns){0, width, 0}, timesteps, lanes, gradient, scratch);
    }
    /* h_0 = 0 adds nothing: begin at the second time step */
    struct rnn_run later = {rows + stride, stride};
    rnn_lanes_outer(gradient.recurrent_kernel, width, (struct rnn_run){h + state, state}, later, units, width, lanes,
                    timesteps - 1, scratch);
}
