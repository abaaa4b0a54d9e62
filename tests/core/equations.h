/* The cells' equations in double, written apart from the core: an independent reference for its forward pass. */
#ifndef TESTS_CORE_EQUATIONS_H
#define TESTS_CORE_EQUATIONS_H

#include "support.h"

static inline double sigmoid(double z)
{
    return 1 / (1 + exp(-z));
}

/* One time step of a layer by its equations. h, c: in and out; z, a: out (G·U). */
struct reference {
    double h[8], c[8], z[32], a[32], q[8];
};

static inline double weighted(const rnn_real *w, size_t width, size_t column, const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += values[i] * (double)w[i * width + column];
    return sum;
}

static inline void reference_step(struct rig rig, uint32_t layer, const double *x, size_t features, struct reference *r)
{
    const rnn_real *p = rnn_model_parameters(rig.model);
    struct rnn_tensor tensor[3];
    for (uint32_t i = 0; i < 3; i++) CHECK(rnn_tensor_of(&rig.config, 3 * layer + i, &tensor[i]) == RNN_OK);
    const rnn_real *kernel = p + tensor[0].offset, *recurrent = p + tensor[1].offset, *bias = p + tensor[2].offset;
    const size_t units = rig.config.units, width = tensor[1].columns;
    for (size_t k = 0; k < width; k++) {
        const bool candidate = rig.config.cell == RNN_GRU && k >= 2 * units;
        double from_x = weighted(kernel, width, k, x, features) + (double)bias[k];
        double from_h = weighted(recurrent, width, k, r->h, units);
        if (rig.config.cell == RNN_GRU) from_h += (double)bias[width + k];
        if (candidate) {
            r->q[k - 2 * units] = from_h;
            from_h *= r->a[k - units]; /* the reset gate is in the previous block */
        }
        r->z[k] = from_x + from_h;
        const bool squashed = rig.config.cell == RNN_LSTM  ? k / units == 2
                              : rig.config.cell == RNN_GRU ? candidate
                                                           : true;
        r->a[k] = squashed ? tanh(r->z[k]) : sigmoid(r->z[k]);
    }
    for (size_t j = 0; j < units; j++) {
        if (rig.config.cell == RNN_SIMPLE_RNN) {
            r->h[j] = r->a[j];
        } else if (rig.config.cell == RNN_GRU) {
            r->h[j] = r->a[j] * r->h[j] + (1 - r->a[j]) * r->a[2 * units + j];
        } else {
            r->c[j] = r->a[units + j] * r->c[j] + r->a[j] * r->a[2 * units + j];
            r->h[j] = r->a[3 * units + j] * tanh(r->c[j]);
        }
    }
}

#endif
