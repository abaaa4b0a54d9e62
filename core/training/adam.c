/* Adam has a file of its own because it is the default optimizer and is compiled for speed. */
#include "../numeric/elementary.h"
#include "optimizers.h"

void rnni_adam_update(const struct rnn_optimizer *optimizer, struct rnni_slots slots, rnn_real *restrict w,
                      const rnn_real *restrict g, size_t count)
{
    *slots.beta_1_power *= optimizer->beta_1;
    *slots.beta_2_power *= optimizer->beta_2;
    /* the square root is correctly rounded in double as well, so it is the same on every machine */
    const rnn_real alpha =
        (rnn_real)(optimizer->learning_rate * __builtin_sqrt(1 - *slots.beta_2_power) / (1 - *slots.beta_1_power));
    const rnn_real rest_1 = (rnn_real)(1 - optimizer->beta_1), rest_2 = (rnn_real)(1 - optimizer->beta_2);
    const rnn_real epsilon = (rnn_real)optimizer->epsilon;
    rnn_real *restrict m = slots.m, *restrict v = slots.v;
    for (size_t i = 0; i < count; i++) { /* no sum runs across i: vectorizing changes no bit */
        rnn_real first = m[i] + (g[i] - m[i]) * rest_1;
        rnn_real second = v[i] + (g[i] * g[i] - v[i]) * rest_2;
        m[i] = first;
        v[i] = second;
        w[i] -= alpha * first / (rnni_sqrt(second) + epsilon);
    }
}
