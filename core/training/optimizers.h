/* Keras's optimizers, described at struct rnn_optimizer in rnn.h. TF.js and PyTorch add Adam's epsilon at another place. */
#ifndef RNNI_TRAINING_OPTIMIZERS_H
#define RNNI_TRAINING_OPTIMIZERS_H

#include "../internal.h"

/* The state of an optimizer: two vectors shaped like the parameters, and Adam's beta^t after t updates. */
struct rnni_slots {
    rnn_real *m, *v;
    double *beta_1_power, *beta_2_power;
};

/* Applies the optimizer's gradient clipping. gradient: in and out. */
void rnni_clip(const struct rnn_optimizer *optimizer, rnn_real *gradient, size_t count);

/* One update of `count` weights: with Adam, and with the method that the optimizer names. */
void rnni_adam_update(const struct rnn_optimizer *optimizer, struct rnni_slots slots, rnn_real *weights,
                      const rnn_real *gradient, size_t count);
void rnni_optimizer_update(const struct rnn_optimizer *optimizer, struct rnni_slots slots, rnn_real *weights,
                           const rnn_real *gradient, size_t count);

#endif
