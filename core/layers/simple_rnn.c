#include "simple_rnn.h"

#include <string.h>

#include "../numeric/linalg.h"
#include "activations.h"

/* Weights act on lanes through their transpose: row j of the product belongs to unit j. */
static struct rnn_matrix transposed(const rnn_real *weights, size_t columns)
{
    return (struct rnn_matrix){weights, 1, columns};
}

void rnn_simple_rnn_forward(const struct rnn_simple_rnn *layer, const rnn_real *x, rnn_real *h, size_t timesteps,
                            size_t lanes, size_t kept)
{
    size_t units = layer->units, features = layer->features, state = units * lanes;
    struct rnn_matrix kernel = transposed(layer->kernel, units);
    struct rnn_matrix recurrent_kernel = transposed(layer->recurrent_kernel, units);
    for (size_t t = 0; t < timesteps; t++) {
        const rnn_real *before = h + t % kept * state;
        rnn_real *after = h + (t + 1) % kept * state;
        rnn_lanes_fill(after, layer->bias, units, lanes);
        rnn_lanes_multiply(after, kernel, x + t * features * lanes, units, features, lanes);
        if (t > 0) rnn_lanes_multiply(after, recurrent_kernel, before, units, units, lanes);
        rnn_activate(layer->activation, after, state);
    }
}

void rnn_simple_rnn_backward(const struct rnn_simple_rnn *layer, const rnn_real *x, const rnn_real *h, rnn_real *d_h,
                             rnn_real *d_z, size_t timesteps, size_t lanes, struct rnn_simple_rnn_gradient gradient)
{
    size_t units = layer->units, features = layer->features, state = units * lanes;
    struct rnn_matrix recurrent_kernel = {layer->recurrent_kernel, units, 1};
    for (size_t t = timesteps; t-- > 0;) {
        rnn_real *d_z_t = d_z + t * state;
        rnn_activate_backward(layer->activation, d_z_t, d_h, h + (t + 1) * state, state);
        if (t == 0) break;
        memset(d_h, 0, state * sizeof *d_h);
        rnn_lanes_multiply(d_h, recurrent_kernel, d_z_t, units, units, lanes);
    }
    struct rnn_run deltas = {d_z, state};
    rnn_lanes_sum(gradient.bias, deltas, units, lanes, timesteps);
    rnn_lanes_outer(gradient.kernel, (struct rnn_run){x, features * lanes}, deltas, features, units, lanes, timesteps);
    /* h_0 = 0 adds nothing: begin at the second time step */
    struct rnn_run later = {d_z + state, state};
    rnn_lanes_outer(gradient.recurrent_kernel, (struct rnn_run){h + state, state}, later, units, units, lanes,
                    timesteps - 1);
}

void rnn_simple_rnn_step(const struct rnn_simple_rnn *layer, const rnn_real *x, const rnn_real *h_before, rnn_real *z,
                         rnn_real *h)
{
    size_t units = layer->units;
    memcpy(z, layer->bias, units * sizeof *z);
    rnn_row_multiply(z, x, layer->kernel, layer->features, units);
    if (h_before) rnn_row_multiply(z, h_before, layer->recurrent_kernel, units, units);
    memmove(h, z, units * sizeof *h);
    rnn_activate(layer->activation, h, units);
}
