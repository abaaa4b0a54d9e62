#include "optimizers.h"

#include "../numeric/elementary.h"

void rnn_adam_update(const struct rnn_optimizer *optimizer, struct rnn_adam adam, rnn_real *weights,
                     const rnn_real *gradient, size_t count)
{
    *adam.beta_1_power *= optimizer->beta_1;
    *adam.beta_2_power *= optimizer->beta_2;
    /* double's square root too is exactly rounded everywhere */
    const rnn_real alpha = (rnn_real)(optimizer->learning_rate * __builtin_sqrt(1 - *adam.beta_2_power) /
                                      (1 - *adam.beta_1_power));
    const rnn_real rest_1 = (rnn_real)(1 - optimizer->beta_1), rest_2 = (rnn_real)(1 - optimizer->beta_2);
    const rnn_real epsilon = (rnn_real)optimizer->epsilon;
    rnn_real *restrict m = adam.m, *restrict v = adam.v, *restrict w = weights;
    const rnn_real *restrict g = gradient;
    for (size_t i = 0; i < count; i++) { /* no sum runs across i: any compiler may use vectors here, with the same bits */
        rnn_real first = m[i] + (g[i] - m[i]) * rest_1;
        rnn_real second = v[i] + (g[i] * g[i] - v[i]) * rest_2;
        m[i] = first;
        v[i] = second;
        w[i] -= alpha * first / (rnn_sqrt(second) + epsilon);
    }
}
