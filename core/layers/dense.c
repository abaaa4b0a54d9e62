#include "dense.h"

void rnni_dense_forward(const struct rnni_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes)
{
    const struct rnni_product product = {rnni_weights_of(layer->kernel, layer->outputs), h, layer->units};
    rnni_lanes_multiply(logit, layer->bias, &product, 1, layer->outputs, lanes);
}

struct rnni_weights rnni_dense_transpose(const struct rnni_dense *layer, rnn_real *packed)
{
    if (layer->outputs == 1) return rnni_packed_of(layer->kernel, 1); /* one column already has the packed layout */
    return rnni_pack_transpose(packed, layer->kernel, layer->outputs, layer->units, layer->outputs);
}

void rnni_dense_backward(const struct rnni_dense *layer, struct rnni_weights transposed, const rnn_real *d_logit,
                         rnn_real *d_h, size_t lanes)
{
    const struct rnni_product product = {transposed, d_logit, layer->outputs};
    rnni_lanes_multiply(d_h, NULL, &product, 1, layer->units, lanes);
}

void rnni_dense_gradients(const struct rnni_dense *layer, const rnn_real *h, const rnn_real *d_logit, size_t reads,
                          size_t lanes, struct rnni_dense_gradient gradient, rnn_real *scratch)
{
    struct rnni_run states = {h, layer->units * lanes}, deltas = {d_logit, layer->outputs * lanes};
    rnni_lanes_sum(gradient.bias, deltas, layer->outputs, lanes, reads);
    if (layer->outputs == 1) /* with one output, swap the operands: one column would leave three of four lanes empty */
        rnni_lanes_outer(gradient.kernel, layer->units, deltas, states, 1, layer->units, lanes, reads, scratch);
    else
        rnni_lanes_outer(gradient.kernel, layer->outputs, states, deltas, layer->units, layer->outputs, lanes, reads,
                         scratch);
}
