#include "dense.h"

#include <string.h>

#include "../numeric/linalg.h"

void rnn_dense_forward(const struct rnn_dense *layer, const rnn_real *h, rnn_real *logit, size_t lanes)
{
    rnn_lanes_fill(logit, layer->bias, 1, lanes);
    rnn_lanes_multiply(logit, (struct rnn_matrix){layer->kernel, 0, 1}, h, 1, layer->units, lanes);
}

void rnn_dense_backward(const struct rnn_dense *layer, const rnn_real *h, const rnn_real *d_logit, rnn_real *d_h,
                        size_t lanes, struct rnn_dense_gradient gradient)
{
    struct rnn_run deltas = {d_logit, 0};
    rnn_lanes_sum(gradient.bias, deltas, 1, lanes, 1);
    rnn_lanes_outer(gradient.kernel, deltas, (struct rnn_run){h, 0}, 1, layer->units, lanes, 1);
    memset(d_h, 0, layer->units * lanes * sizeof *d_h);
    rnn_lanes_multiply(d_h, (struct rnn_matrix){layer->kernel, 1, 0}, d_logit, layer->units, 1, lanes);
}

rnn_real rnn_dense_step(const struct rnn_dense *layer, const rnn_real *h)
{
    rnn_real logit = layer->bias[0];
    rnn_row_multiply(&logit, h, layer->kernel, layer->units, 1);
    return logit;
}
