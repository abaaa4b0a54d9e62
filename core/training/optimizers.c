#include "optimizers.h"

#include "../numeric/elementary.h"

/* In the loops over weights no sum runs across i, so a compiler may vectorize them without changing a bit. */

void rnni_clip(const struct rnn_optimizer *optimizer, rnn_real *gradient, size_t count)
{
    if (optimizer->clipvalue > 0) {
        const rnn_real limit = (rnn_real)optimizer->clipvalue;
        for (size_t i = 0; i < count; i++) {
            rnn_real g = gradient[i];
            gradient[i] = g > limit ? limit : g < -limit ? -limit : g;
        }
    }
    if (optimizer->global_clipnorm > 0) {
        const double norm = rnn_norm(gradient, count);
        if (!(norm > optimizer->global_clipnorm)) return;
        const rnn_real factor = (rnn_real)(optimizer->global_clipnorm / norm);
        for (size_t i = 0; i < count; i++) gradient[i] *= factor;
    }
}

static void sgd(const struct rnn_optimizer *optimizer, struct rnni_slots slots, rnn_real *restrict w,
                const rnn_real *restrict g, size_t count)
{
    const rnn_real rate = (rnn_real)optimizer->learning_rate, momentum = (rnn_real)optimizer->momentum;
    rnn_real *restrict m = slots.m;
    for (size_t i = 0; i < count; i++) {
        const rnn_real move = rate * g[i], velocity = momentum * m[i] - move;
        m[i] = velocity;
        w[i] += optimizer->nesterov ? momentum * velocity - move : velocity;
    }
}

static void rmsprop(const struct rnn_optimizer *optimizer, struct rnni_slots slots, rnn_real *restrict w,
                    const rnn_real *restrict g, size_t count)
{
    const rnn_real rate = (rnn_real)optimizer->learning_rate, momentum = (rnn_real)optimizer->momentum;
    const rnn_real rho = (rnn_real)optimizer->rho, rest = (rnn_real)(1 - optimizer->rho);
    const rnn_real epsilon = (rnn_real)optimizer->epsilon;
    rnn_real *restrict m = slots.m, *restrict v = slots.v;
    for (size_t i = 0; i < count; i++) {
        rnn_real mean = rho * v[i] + rest * (g[i] * g[i]);
        v[i] = mean;
        rnn_real step = rate * g[i] / rnni_sqrt(mean + epsilon);
        if (momentum > 0) m[i] = step = momentum * m[i] + step;
        w[i] -= step;
    }
}

void rnni_optimizer_update(const struct rnn_optimizer *optimizer, struct rnni_slots slots, rnn_real *weights,
                           const rnn_real *gradient, size_t count)
{
    if (optimizer->method == RNN_SGD)
        sgd(optimizer, slots, weights, gradient, count);
    else if (optimizer->method == RNN_RMSPROP)
        rmsprop(optimizer, slots, weights, gradient, count);
    else
        rnni_adam_update(optimizer, slots, weights, gradient, count);
}
