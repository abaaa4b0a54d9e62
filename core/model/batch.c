/* One batch, forward and backward through layers and time steps. */
#include <string.h>

#include "../numeric/linalg.h"
#include "layout.h"

struct rnni_layer_step rnni_batch_step(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer,
                                       size_t t)
{
    const struct rnni_layer_step *base = &batch->layer[layer];
    const size_t state = model->config.units * batch->lanes;
    const size_t slot = t % batch->stored_states, step = t > 0 && batch->stored_states > 2 ? t - 1 : 0;
    return (struct rnni_layer_step){.h = base->h + slot * state,
                                    .c = base->c ? base->c + slot * state : NULL,
                                    .rows =
                                        base->rows + step * rnni_cell_rows((enum rnn_cell)model->config.cell) * state};
}

struct rnni_layer_step rnni_batch_previous(const struct rnn_model *model, const struct rnni_batch *batch,
                                           uint32_t layer, size_t t)
{
    struct rnni_layer_step before = rnni_batch_step(model, batch, layer, t - 1);
    if (t == batch->cut.reset_before) before.h = before.c = batch->zeros;
    return before;
}

rnn_real rnni_batch_d_c(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer, size_t t,
                        const rnn_real *d_h, const rnn_real *d_c, size_t i)
{
    const size_t state = model->config.units * batch->lanes;
    const rnn_real *rows = rnni_batch_step(model, batch, layer, t).rows, *o = rows + 3 * state, *s = rows + 4 * state;
    return d_c[i] + d_h[i] * o[i] * (1 - s[i] * s[i]);
}

/* Does time step t receive the previous state through the recurrent kernel? */
static bool receives_state(const struct rnni_batch *batch, size_t t)
{
    return (t > 1 || batch->first_state) && t != batch->cut.reset_before && !batch->cut.without_recurrence;
}

/* Copies the previous state over that of time step t in the lanes for which t is padding. */
static void carry_state(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer, size_t t)
{
    const struct rnni_layer_step before = rnni_batch_step(model, batch, layer, t - 1);
    const struct rnni_layer_step now = rnni_batch_step(model, batch, layer, t);
    const size_t lanes = batch->lanes, state = model->config.units * lanes;
    for (size_t b = 0; b < lanes; b++)
        for (size_t i = b; t > batch->lengths[b] && i < state; i += lanes) {
            now.h[i] = before.h[i];
            if (now.c) now.c[i] = before.c[i];
        }
}

void rnni_batch_forward(const struct rnn_model *model, struct rnni_batch *batch, const struct rnni_hooks *hooks)
{
    const uint32_t layers = model->config.layers;
    const size_t timesteps = batch->timesteps, lanes = batch->lanes;
    struct rnni_recurrent *layer = batch->weights;
    rnn_real *packed = batch->packed;
    rnn_real *parameters = rnni_model_arrays_of(model).parameters;
    batch->readout = rnni_model_readout(model, parameters);
    for (uint32_t l = 0; l < layers; l++) {
        layer[l] = rnni_model_layer(model, l, parameters);
        layer[l].kept = batch->cut.kept;
        rnni_recurrent_pack(&layer[l], packed);
        packed += rnni_recurrent_packed_count(layer[l].cell, layer[l].units, layer[l].features);
    }
    if (batch->cut.reset_before) memset(batch->zeros, 0, model->config.units * lanes * sizeof *batch->zeros);
    for (size_t t = 1; t <= timesteps; t++) {
        const rnn_real *input = batch->x + (t - 1) * model->config.features * lanes;
        for (uint32_t l = 0; l < layers; l++) {
            const struct rnni_layer_step before = rnni_batch_previous(model, batch, l, t);
            const struct rnni_layer_step now = rnni_batch_step(model, batch, l, t);
            rnni_recurrent_preactivate(&layer[l], input, receives_state(batch, t) ? before.h : NULL, now.rows, lanes);
            if (hooks) hooks->forward_hook(hooks->context, l, t, &now);
            rnni_recurrent_activate(&layer[l], &before, &now, lanes);
            if (batch->lengths) carry_state(model, batch, l, t);
            input = now.h;
        }
        const size_t left = timesteps - t;
        if (left < batch->readouts)
            rnni_dense_forward(&batch->readout, input,
                               batch->logit + (batch->readouts - 1 - left) * batch->readout.outputs * lanes, lanes);
    }
}

void rnni_batch_loss(const struct rnn_model *model, struct rnni_batch *batch, struct rnni_sums *sums,
                     bool want_gradient)
{
    const size_t outputs = model->config.outputs, block = outputs * batch->lanes;
    for (size_t r = 0; r < batch->readouts; r++) {
        const struct rnni_loss_input answers = {.logit = batch->logit + r * block,
                                                .y = batch->y + r * batch->lanes,
                                                .lengths = batch->lengths,
                                                .readout = r,
                                                .samples = batch->samples,
                                                .lanes = batch->lanes,
                                                .outputs = outputs};
        rnn_real *d_logit = batch->d_logit + r * block;
        rnni_loss((enum rnn_loss)model->config.loss, &answers, sums, batch->terms, want_gradient ? d_logit : NULL,
                  d_logit);
    }
}

/* The readout's gradients, and dL/dh of the top layer: d_above at every step with return_sequences, otherwise d_h at the last, or
 * with lengths d_last. */
static void readout_backward(const struct rnn_model *model, struct rnni_batch *batch)
{
    const struct rnni_dense readout = batch->readout;
    const uint32_t top = model->config.layers - 1;
    const size_t lanes = batch->lanes, state = readout.units * lanes;
    const rnn_real *first = rnni_batch_step(model, batch, top, batch->timesteps - batch->readouts + 1).h;
    rnni_dense_gradients(&readout, first, batch->d_logit, batch->readouts, lanes,
                         rnni_gradient_readout(&model->config, batch->gradient), batch->scratch);
    const struct rnni_weights transposed = rnni_dense_transpose(&readout, batch->packed);
    for (size_t r = 0; r < batch->readouts; r++)
        rnni_dense_backward(&readout, transposed, batch->d_logit + r * readout.outputs * lanes,
                            model->config.return_sequences ? batch->d_above + r * state
                            : batch->lengths               ? batch->d_last
                                                           : batch->d_h,
                            lanes);
}

static void add(rnn_real *to, const rnn_real *from, size_t count)
{
    for (size_t i = 0; i < count; i += RNNI_WIDTH)
        rnni_vec_store(to + i, rnni_vec_load(to + i) + rnni_vec_load(from + i));
}

/* Adds d_last to d_h in the lanes whose last valid step is t. Before that, going back in time, their d_h is zero. */
static void add_last(const struct rnni_batch *batch, size_t t, size_t state)
{
    for (size_t b = 0; b < batch->lanes; b++)
        for (size_t i = b; t == batch->lengths[b] && i < state; i += batch->lanes) batch->d_h[i] = batch->d_last[i];
}

/* Backpropagation through time in one layer. above: d_above holds dL/dh_t from the layer above or from the readout at every step;
 * otherwise d_h holds dL/dh_T, or with lengths d_last holds the dL/dh of each sequence's last valid step. At padding dL/dh_t and
 * dL/dz_t are zero, since nothing reads a state from there. Leaves dL/dx_t in d_above for the layer below. */
static void layer_backward(const struct rnn_model *model, struct rnni_batch *batch, uint32_t index, bool above,
                           const struct rnni_hooks *hooks)
{
    const struct rnni_recurrent layer = batch->weights[index];
    const size_t units = layer.units, lanes = batch->lanes, state = units * lanes;
    const struct rnni_weights recurrent = rnni_recurrent_transpose(&layer, batch->packed);
    struct rnni_weights kernel = {0};
    if (index > 0)
        kernel = rnni_recurrent_transpose_input(
            &layer, batch->packed + rnni_packed_count(units, rnni_cell_gates(layer.cell) * units));
    if (above || batch->lengths) memset(batch->d_h, 0, state * sizeof *batch->d_h);
    if (layer.cell == RNN_LSTM) memset(batch->d_c, 0, state * sizeof *batch->d_c);
    for (size_t t = batch->timesteps; t > 0; t--) {
        const struct rnni_layer_step before = rnni_batch_previous(model, batch, index, t);
        const struct rnni_layer_step now = rnni_batch_step(model, batch, index, t);
        if (above)
            add(batch->d_h, batch->d_above + (t - 1) * state, state);
        else if (batch->lengths)
            add_last(batch, t, state);
        if (hooks) hooks->backward_hook(hooks->context, index, t, batch->d_h, batch->d_c);
        rnni_recurrent_backward(&layer, receives_state(batch, t) ? &recurrent : NULL, &before, &now, batch->d_h,
                                batch->d_c, lanes);
        if (index > 0)
            rnni_recurrent_backward_input(&layer, &kernel, now.rows, batch->d_above + (t - 1) * state, lanes);
        if (t == batch->cut.reset_before) {
            memset(batch->d_h, 0, state * sizeof *batch->d_h);
            if (layer.cell == RNN_LSTM) memset(batch->d_c, 0, state * sizeof *batch->d_c);
        }
    }
    const rnn_real *input = index ? rnni_batch_step(model, batch, index - 1, 1).h : batch->x;
    rnni_recurrent_gradients(&layer, input, batch->layer[index].h, batch->layer[index].rows, batch->timesteps,
                             batch->first_state, lanes, rnni_gradient_layer(&model->config, index, batch->gradient),
                             batch->scratch);
}

void rnni_batch_backward(const struct rnn_model *model, struct rnni_batch *batch, const struct rnni_hooks *hooks)
{
    readout_backward(model, batch);
    for (uint32_t l = model->config.layers; l-- > 0;)
        layer_backward(model, batch, l, l + 1 < model->config.layers || model->config.return_sequences, hooks);
}

void rnni_batch_gradient(const struct rnn_model *model, struct rnni_batch *batch, struct rnni_sums *sums)
{
    rnni_batch_forward(model, batch, NULL);
    rnni_batch_loss(model, batch, sums, true);
    rnni_batch_backward(model, batch, NULL);
    sums->loss += rnni_model_penalty(model, batch->gradient) * (double)batch->terms;
}
