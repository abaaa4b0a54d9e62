#include "dense.h"

#include <string.h>

#include "../numeric/linalg.h"

void rnn_dense_forward(const struct rnn_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes)
{
    rnn_lanes_fill(logit, layer->bias, layer->outputs, lanes);
    rnn_lanes_multiply(logit, layer->kernel, layer->outputs, h, layer->outputs, layer->units, lanes);
}

void rnn_dense_backward(const struct rnn_dense *layer, const rnn_real *transposed, const rnn_real *d_logit, rnn_real *d_h,
                        size_t lanes)
{
    memset(d_h, 0, layer->units * lanes * sizeof *d_h);
    rnn_lanes_multiply(d_h, transposed, layer->units, d_logit, layer->units, layer->outputs, lanes);
}

void rnn_dense_gradients(const struct rnn_dense *layer, const rnn_real *h, const rnn_real *d_logit, size_t reads,
                         size_t lanes, struct rnn_dense_gradient gradient)
{
    struct rnn_run states = {h, layer->units * lanes}, deltas = {d_logit, layer->outputs * lanes};
    rnn_lanes_sum(gradient.bias, deltas, layer->outputs, lanes, reads);
    if (layer->outputs == 1) /* the same numbers by the other side: a single column would leave the vectors idle */
        rnn_lanes_outer(gradient.kernel, layer->units, deltas, states, 1, layer->units, lanes, reads);
    else
        rnn_lanes_outer(gradient.kernel, layer->outputs, states, deltas, layer->units, layer->outputs, lanes,
                        reads);
}
