#include "dense.h"

void rnn_dense_forward(const struct rnn_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes)
{
    const struct rnn_product product = {rnn_weights_of(layer->kernel, layer->outputs), h, layer->units};
    rnn_lanes_multiply(logit, layer->bias, &product, 1, layer->outputs, lanes);
}

struct rnn_weights rnn_dense_transpose(const struct rnn_dense *layer, rnn_real *packed)
{
    if (layer->outputs == 1) return rnn_packed_of(layer->kernel, 1); /* a single column is packed as it stands */
    return rnn_pack_transpose(packed, layer->kernel, layer->outputs, layer->units, layer->outputs);
}

void rnn_dense_backward(const struct rnn_dense *layer, struct rnn_weights transposed, const rnn_real *d_logit,
                        rnn_real *d_h, size_t lanes)
{
    const struct rnn_product product = {transposed, d_logit, layer->outputs};
    rnn_lanes_multiply(d_h, NULL, &product, 1, layer->units, lanes);
}

void rnn_dense_gradients(const struct rnn_dense *layer, const rnn_real *h, const rnn_real *d_logit, size_t reads,
                         size_t lanes, struct rnn_dense_gradient gradient, rnn_real *scratch)
{
    struct rnn_run states = {h, layer->units * lanes}, deltas = {d_logit, layer->outputs * lanes};
    rnn_lanes_sum(gradient.bias, deltas, layer->outputs, lanes, reads);
    if (layer->outputs == 1) /* the same numbers by the other side: a single column would leave the vectors idle */
        rnn_lanes_outer(gradient.kernel, layer->units, deltas, states, 1, layer->units, lanes, reads, scratch);
    else
        rnn_lanes_outer(gradient.kernel, layer->outputs, states, deltas, layer->units, layer->outputs, lanes, reads,
                        scratch);
}
