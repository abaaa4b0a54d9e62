/* Adam as Keras writes it: see struct rnn_optimizer in rnn.h. TF.js and PyTorch add epsilon elsewhere. */
#ifndef RNN_TRAINING_OPTIMIZERS_H
#define RNN_TRAINING_OPTIMIZERS_H

#include "../rnn.h"

/* The moments, each shaped like the parameters, and beta^t after t updates. */
struct rnn_adam {
    rnn_real *m, *v;
    double *beta_1_power, *beta_2_power;
};

/* One update of `count` weights. */
void rnn_adam_update(const struct rnn_optimizer *optimizer, struct rnn_adam adam, rnn_real *weights,
                     const rnn_real *gradient, size_t count);

#endif
