#include "recurrent.h"

#include "cells.h"

size_t rnni_cell_gates(enum rnn_cell cell)
{
    return cell == RNN_LSTM ? 4 : cell == RNN_GRU ? 3 : 1;
}

size_t rnni_cell_rows(enum rnn_cell cell)
{
    return cell == RNN_LSTM ? 5 : cell == RNN_GRU ? 4 : 1;
}

static size_t width_of(const struct rnni_recurrent *layer)
{
    return rnni_cell_gates(layer->cell) * layer->units;
}

/* The number of kernel columns that go into the first product. A GRU's candidate needs a second one, because the reset gate
 * multiplies only its recurrent part. */
static size_t first_part(enum rnn_cell cell, size_t units)
{
    return cell == RNN_GRU ? 2 * units : rnni_cell_gates(cell) * units;
}

size_t rnni_recurrent_packed_count(enum rnn_cell cell, size_t units, size_t features)
{
    const size_t first = first_part(cell, units), rest = rnni_cell_gates(cell) * units - first;
    return rnni_packed_count(first, features + units) + rnni_packed_count(rest, features + units);
}

/* Sets what the cut does not keep to zero in a packed recurrent kernel, or in its transpose. */
static void apply_cut(const struct rnni_recurrent *layer, rnn_real *packed, size_t rows, size_t inner)
{
    const size_t units = layer->units;
    for (size_t r = 0; layer->kept != RNN_KEEP_ALL && r < rows; r++)
        for (size_t k = 0; k < inner; k++)
            if (!rnni_keeps(layer->kept, r % units, k, units)) packed[(r / 4 * inner + k) * 4 + r % 4] = 0;
}

/* The layout of packed: kernel and recurrent kernel of the first product's columns, then both of the second's. */
void rnni_recurrent_pack(struct rnni_recurrent *layer, rnn_real *packed)
{
    const size_t width = width_of(layer), first = first_part(layer->cell, layer->units);
    layer->packed = packed;
    for (size_t column = 0, columns = first; columns > 0; column += columns, columns = width - column) {
        rnni_pack(packed, layer->kernel + column, width, columns, layer->features);
        packed += rnni_packed_count(columns, layer->features);
        rnni_pack(packed, layer->recurrent_kernel + column, width, columns, layer->states);
        apply_cut(layer, packed, columns, layer->units);
        packed += rnni_packed_count(columns, layer->units);
    }
}

/* The products of x and h with the columns of one of the two parts, which begins at `column`. */
static void products_of(const struct rnni_recurrent *layer, size_t column, const rnn_real *x, const rnn_real *h,
                        struct rnni_product products[2])
{
    const size_t width = width_of(layer), features = layer->features, units = layer->units;
    products[0] = (struct rnni_product){rnni_weights_of(layer->kernel + column, width), x, features};
    products[1] = (struct rnni_product){rnni_weights_of(layer->recurrent_kernel + column, width), h, units};
    if (!layer->packed) return;
    const rnn_real *packed = layer->packed + rnni_packed_count(column, features + units);
    const size_t columns = column ? width - column : first_part(layer->cell, units);
    products[0].weights = rnni_packed_of(packed, features);
    products[1].weights = rnni_packed_of(packed + rnni_packed_count(columns, features), units);
}

void rnni_recurrent_preactivate(const struct rnni_recurrent *layer, const rnn_real *x, const rnn_real *h_before,
                                rnn_real *rows, size_t lanes)
{
    const size_t units = layer->units, width = width_of(layer), block = units * lanes,
                 state_products = h_before ? 1 : 0;
    struct rnni_product products[2];
    products_of(layer, 0, x, h_before, products);
    if (layer->cell != RNN_GRU) {
        rnni_lanes_multiply(rows, layer->bias, products, 1 + state_products, width, lanes);
        return;
    }
    /* Update and reset gate need one sum each. The candidate's recurrent part (q) and input part stay separate. */
    const rnn_real *recurrent_bias = layer->bias + width;
    rnni_lanes_fill_sum(rows, layer->bias, recurrent_bias, 2 * units, lanes);
    rnni_lanes_multiply_add(rows, products, 1 + state_products, 2 * units, lanes);
    products_of(layer, 2 * units, x, h_before, products);
    rnni_lanes_multiply(rows + 2 * block, recurrent_bias + 2 * units, products + 1, state_products, units, lanes);
    rnni_lanes_multiply(rows + 3 * block, layer->bias + 2 * units, products, 1, units, lanes);
}

void rnni_recurrent_activate(const struct rnni_recurrent *layer, const struct rnni_layer_step *before,
                             const struct rnni_layer_step *now, size_t lanes)
{
    const size_t count = layer->units * lanes;
    if (layer->cell == RNN_LSTM)
        rnni_lstm_activate(now->rows, before->c, now->h, now->c, count);
    else if (layer->cell == RNN_GRU)
        rnni_gru_activate(now->rows, before->h, now->h, count);
    else
        rnni_simple_rnn_activate(layer->activation, now->rows, now->h, count);
}

struct rnni_weights rnni_recurrent_transpose(const struct rnni_recurrent *layer, rnn_real *packed)
{
    const size_t width = width_of(layer);
    const struct rnni_weights weights =
        rnni_pack_transpose(packed, layer->recurrent_kernel, width, layer->states, width);
    apply_cut(layer, packed, layer->units, width);
    return weights;
}

struct rnni_weights rnni_recurrent_transpose_input(const struct rnni_recurrent *layer, rnn_real *packed)
{
    return rnni_pack_transpose(packed, layer->kernel, width_of(layer), layer->features, width_of(layer));
}

void rnni_recurrent_backward(const struct rnni_recurrent *layer, const struct rnni_weights *transposed,
                             const struct rnni_layer_step *before, const struct rnni_layer_step *now, rnn_real *d_h,
                             rnn_real *d_c, size_t lanes)
{
    const size_t units = layer->units, count = units * lanes;
    if (layer->cell == RNN_LSTM)
        rnni_lstm_backward(now->rows, before->c, d_h, d_c, count);
    else if (layer->cell == RNN_GRU)
        rnni_gru_backward(now->rows, before->h, d_h, count);
    else
        rnni_simple_rnn_backward(layer->activation, now->rows, d_h, now->h, count);
    struct rnni_product product = {.in = now->rows, .inner = width_of(layer)};
    if (transposed) product.weights = *transposed;
    if (layer->cell != RNN_GRU)
        rnni_lanes_multiply(d_h, NULL, &product, transposed ? 1 : 0, units, lanes);
    else if (transposed)
        rnni_lanes_multiply_add(d_h, &product, 1, units, lanes);
}

void rnni_recurrent_backward_input(const struct rnni_recurrent *layer, const struct rnni_weights *transposed,
                                   const rnn_real *rows, rnn_real *d_x, size_t lanes)
{
    const size_t units = layer->units, first = first_part(layer->cell, units);
    struct rnni_product products[2] = {{*transposed, rows, first}, {*transposed, rows + 3 * units * lanes, units}};
    products[1].weights.at += 4 * first;
    rnni_lanes_multiply(d_x, NULL, products, layer->cell == RNN_GRU ? 2 : 1, layer->features, lanes);
}

/* A range of kernel columns, and the row of the deltas where its gradients begin. */
struct columns {
    size_t first, count, row; /* row: counted in units */
};

static void input_gradients(const struct rnni_recurrent *layer, const rnn_real *x, struct rnni_run rows,
                            struct columns columns, size_t timesteps, size_t lanes,
                            struct rnni_recurrent_gradient gradient, rnn_real *scratch)
{
    const size_t features = layer->features, width = rnni_cell_gates(layer->cell) * layer->units;
    struct rnni_run deltas = {rows.at + columns.row * layer->units * lanes, rows.stride};
    rnni_lanes_sum(gradient.bias + columns.first, deltas, columns.count, lanes, timesteps);
    rnni_lanes_outer(gradient.kernel + columns.first, width, (struct rnni_run){x, features * lanes}, deltas, features,
                     columns.count, lanes, timesteps, scratch);
}

void rnni_recurrent_gradients(const struct rnni_recurrent *layer, const rnn_real *x, const rnn_real *h,
                              const rnn_real *rows, size_t timesteps, bool from_first, size_t lanes,
                              struct rnni_recurrent_gradient gradient, rnn_real *scratch)
{
    const size_t units = layer->units, state = units * lanes, width = rnni_cell_gates(layer->cell) * units;
    const size_t stride = rnni_cell_rows(layer->cell) * state;
    struct rnni_run deltas = {rows, stride};
    if (layer->cell == RNN_GRU) {
        input_gradients(layer, x, deltas, (struct columns){0, 2 * units, 0}, timesteps, lanes, gradient, scratch);
        input_gradients(layer, x, deltas, (struct columns){2 * units, units, 3}, timesteps, lanes, gradient, scratch);
        rnni_lanes_sum(gradient.bias + width, deltas, width, lanes, timesteps);
    } else {
        input_gradients(layer, x, deltas, (struct columns){0, width, 0}, timesteps, lanes, gradient, scratch);
    }
    /* a state of zeros before the first time step adds nothing, so begin at the second */
    const size_t skipped = from_first ? 0 : 1;
    struct rnni_run later = {rows + skipped * stride, stride};
    rnni_lanes_outer(gradient.recurrent_kernel, width, (struct rnni_run){h + skipped * state, state}, later,
                     layer->states, width, lanes, timesteps - skipped, scratch);
}
