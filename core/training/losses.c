#include "losses.h"

#include <math.h>

#include "../numeric/elementary.h"
#include "../numeric/linalg.h"

static bool target_valid(enum rnn_loss loss, uint32_t outputs, rnn_real y)
{
    if (loss == RNN_MEAN_SQUARED_ERROR) return isfinite(y);
    if (loss == RNN_BINARY_CROSSENTROPY) return y == 0 || y == 1;
    return y >= 0 && y < (rnn_real)outputs && y == (rnn_real)(uint32_t)y;
}

bool rnni_targets_valid(enum rnn_loss loss, uint32_t outputs, const rnn_real *y, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!target_valid(loss, outputs, y[i])) return false;
    return true;
}

static bool counts(const struct rnni_loss_input *input, size_t sample)
{
    return sample < input->samples && (!input->lengths || input->readout < input->lengths[sample]);
}

/* scratch may be the same array as d_logit. Samples are added one by one, in order. */
static void binary_crossentropy(const struct rnni_loss_input *input, struct rnni_sums *sums, rnni_vec count,
                                rnn_real *d_logit, rnn_real *scratch)
{
    const rnn_real *logit = input->logit, *y = input->y;
    for (size_t b = 0; b < input->lanes; b += RNNI_WIDTH) {
        /* softplus(z) - z·y without cancellation: for y = 1 it is softplus(-z) */
        const rnni_vec target = rnni_vec_load(y + b), side = rnni_vec_splat(1) - (target + target);
        rnni_vec_store(scratch + b, rnni_vec_softplus(rnni_vec_load(logit + b) * side));
    }
    for (size_t i = 0; i < input->samples; i++)
        if (counts(input, i)) sums->loss += (double)scratch[i];
    rnni_array_sigmoid(scratch, logit, input->lanes);
    for (size_t i = 0; i < input->samples; i++)
        if (counts(input, i)) sums->metric += (scratch[i] > (rnn_real)0.5) == (y[i] > (rnn_real)0.5);
    for (size_t b = 0; d_logit && b < input->lanes; b += RNNI_WIDTH)
        rnni_vec_store(d_logit + b, (rnni_vec_load(scratch + b) - rnni_vec_load(y + b)) / count);
}

uint32_t rnni_class_of(const rnn_real *logit, size_t outputs, size_t lanes, size_t sample)
{
    if (outputs == 1) return rnni_sigmoid(logit[sample]) > (rnn_real)0.5;
    return rnni_argmax(logit + sample, (uint32_t)outputs, lanes);
}

/* Softmax of one vector of samples. logit, out: (K, lanes). Returns log(sum of exp(l_k)). */
static rnni_vec softmax(const rnn_real *logit, rnn_real *out, size_t outputs, size_t lanes)
{
    rnni_vec largest = rnni_vec_load(logit), sum = {0};
    for (size_t k = 1; k < outputs; k++) largest = rnni_vec_larger(rnni_vec_load(logit + k * lanes), largest);
    for (size_t k = 0; k < outputs; k++) {
        rnni_vec e = rnni_vec_exp(rnni_vec_load(logit + k * lanes) - largest);
        rnni_vec_store(out + k * lanes, e);
        sum += e;
    }
    for (size_t k = 0; k < outputs; k++) rnni_vec_store(out + k * lanes, rnni_vec_load(out + k * lanes) / sum);
    return rnni_vec_log(sum) + largest;
}

static void sparse_categorical_crossentropy(const struct rnni_loss_input *input, struct rnni_sums *sums, rnni_vec count,
                                            rnn_real *d_logit, rnn_real *scratch)
{
    const size_t outputs = input->outputs, lanes = input->lanes;
    for (size_t b = 0; b < lanes; b += RNNI_WIDTH) {
        const rnn_real *logit = input->logit + b;
        rnn_real normalizer[RNNI_WIDTH];
        rnni_vec_store(normalizer, softmax(logit, scratch + b, outputs, lanes));
        for (size_t lane = 0; lane < RNNI_WIDTH; lane++) {
            size_t class = (size_t)input->y[b + lane];
            scratch[class * lanes + b + lane] -= 1;
            if (!counts(input, b + lane)) continue;
            sums->loss += (double)(normalizer[lane] - logit[class * lanes + lane]);
            sums->metric += rnni_class_of(input->logit, outputs, lanes, b + lane) == class;
        }
        if (!d_logit) continue;
        for (size_t k = 0; k < outputs; k++)
            rnni_vec_store(d_logit + k * lanes + b, rnni_vec_load(scratch + k * lanes + b) / count);
    }
}

static void mean_squared_error(const struct rnni_loss_input *input, struct rnni_sums *sums, rnni_vec count,
                               rnn_real *d_logit, rnn_real *scratch)
{
    for (size_t b = 0; b < input->lanes; b += RNNI_WIDTH) {
        const rnni_vec error = rnni_vec_load(input->logit + b) - rnni_vec_load(input->y + b);
        rnni_vec_store(scratch + b, error);
    }
    for (size_t i = 0; i < input->samples; i++) {
        if (!counts(input, i)) continue;
        sums->loss += (double)scratch[i] * (double)scratch[i];
        sums->metric += fabs((double)scratch[i]);
    }
    for (size_t b = 0; d_logit && b < input->lanes; b += RNNI_WIDTH) {
        const rnni_vec error = rnni_vec_load(scratch + b);
        rnni_vec_store(d_logit + b, (error + error) / count);
    }
}

void rnni_loss(enum rnn_loss loss, const struct rnni_loss_input *input, struct rnni_sums *sums, size_t count,
               rnn_real *d_logit, rnn_real *scratch)
{
    const rnni_vec terms = rnni_vec_splat((rnn_real)count);
    if (loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY)
        sparse_categorical_crossentropy(input, sums, terms, d_logit, scratch);
    else if (loss == RNN_MEAN_SQUARED_ERROR)
        mean_squared_error(input, sums, terms, d_logit, scratch);
    else
        binary_crossentropy(input, sums, terms, d_logit, scratch);
    for (size_t b = input->lengths ? 0 : input->samples; d_logit && b < input->lanes; b++)
        for (size_t k = 0; k < input->outputs && !counts(input, b); k++) d_logit[k * input->lanes + b] = 0;
}

void rnni_predictions(enum rnn_loss loss, const rnn_real *logit, rnn_real *predictions, size_t outputs, size_t lanes)
{
    for (size_t b = 0; b < lanes; b += RNNI_WIDTH) {
        rnni_vec z = rnni_vec_load(logit + b);
        if (loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY)
            softmax(logit + b, predictions + b, outputs, lanes);
        else
            rnni_vec_store(predictions + b, loss == RNN_BINARY_CROSSENTROPY ? rnni_vec_sigmoid(z) : z);
    }
}
