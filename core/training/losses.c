#include "losses.h"

#include "../numeric/elementary.h"

void rnn_binary_crossentropy(const rnn_real *logit, const rnn_real *y, size_t samples, size_t lanes,
                             struct rnn_sums *sums, rnn_real *d_logit)
{
    const rnn_vec count = rnn_vec_splat((rnn_real)samples);
    for (size_t b = 0; b < lanes; b += RNN_LANES) {
        rnn_vec z = rnn_vec_load(logit + b), target = rnn_vec_load(y + b);
        rnn_vec p = rnn_vec_sigmoid(z);
        /* softplus(z) - z·y; with y = 1 that is softplus(-z), free of cancellation */
        rnn_vec side = rnn_vec_splat(1) - (target + target);
        rnn_vec loss = rnn_vec_softplus(z * side);
        size_t here = samples - b < RNN_LANES ? samples - b : RNN_LANES;
        for (size_t lane = 0; lane < here; lane++) {
            sums->loss += (double)loss[lane];
            sums->correct += (p[lane] > (rnn_real)0.5) == (target[lane] > (rnn_real)0.5);
        }
        if (!d_logit) continue;
        rnn_vec_store(d_logit + b, (p - target) / count);
        for (size_t lane = here; lane < RNN_LANES; lane++) d_logit[b + lane] = 0;
    }
}
