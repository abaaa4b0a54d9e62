/* The losses and the optimizers must be right for every size of batch and of vector, at extreme values, too, and access only their
 * arrays.
 *
 * Independent reference: the definitions, in double. Each array is between guards, numbers that differ greatly from all others:
 * reading one would spoil the result, and writing one would show. */
#include "../../core/training/losses.h"
#include "../../core/training/optimizers.h"
#include "support.h"

enum { GUARD = 8, MOST = 64, FAR = 54321 };

struct array {
    rnn_real *all;
    size_t count;
};

static struct array array_of(size_t count)
{
    struct array array = {malloc((count + 2 * GUARD) * sizeof(rnn_real)), count};
    if (!array.all) abort();
    for (size_t i = 0; i < count + 2 * GUARD; i++) array.all[i] = FAR;
    return array;
}

static rnn_real *numbers_of(struct array array)
{
    return array.all + GUARD;
}

static void release(struct array array)
{
    for (size_t i = 0; i < GUARD; i++) CHECK(array.all[i] == FAR && array.all[GUARD + array.count + i] == FAR);
    free(array.all);
}

/* Pseudorandom numbers in [-1, 1], always the same. */
static double drawn(size_t i)
{
    return (double)(i * 7919 % 2003) / 1001 - 1;
}

/* ------------------------------------------------------------------------------------------------ losses */

/* One readout of a batch, with its loss and metric by the definitions. */
struct judged {
    double loss, metric, p[MOST], d[MOST];
};

static struct judged judge(enum rnn_loss loss, const rnn_real *logit, const rnn_real *y, size_t samples, size_t lanes,
                           size_t outputs, size_t count)
{
    struct judged judged = {0};
    for (size_t b = 0; b < samples; b++) {
        double largest = -INFINITY, sum = 0;
        size_t best = 0;
        for (size_t k = 0; k < outputs; k++) {
            if ((double)logit[k * lanes + b] > largest) best = k;
            largest = fmax(largest, (double)logit[k * lanes + b]);
        }
        for (size_t k = 0; k < outputs; k++) sum += exp((double)logit[k * lanes + b] - largest);
        const double l = logit[b], target = y[b];
        for (size_t k = 0; k < outputs; k++) {
            double p = exp((double)logit[k * lanes + b] - largest) / sum,
                   d = (p - (k == (size_t)fabs(target))) / (double)count;
            if (loss == RNN_BINARY_CROSSENTROPY) p = 1 / (1 + exp(-l)), d = (p - target) / (double)count;
            if (loss == RNN_MEAN_SQUARED_ERROR) p = l, d = 2 * (l - target) / (double)count;
            judged.p[k * lanes + b] = p;
            judged.d[k * lanes + b] = d;
        }
        if (loss == RNN_MEAN_SQUARED_ERROR) {
            judged.loss += (l - target) * (l - target);
            judged.metric += fabs(l - target);
        } else if (loss == RNN_BINARY_CROSSENTROPY) {
            judged.loss += fmax(l, 0) - l * target + log1p(exp(-fabs(l)));
            judged.metric += (l > 0) == (target > 0);
        } else {
            judged.loss += log(sum) + largest - (double)logit[(size_t)target * lanes + b];
            judged.metric += best == (size_t)target;
        }
    }
    return judged;
}

static void near(double got, double wanted)
{
    CHECK_NEAR(got, wanted, 10 * ROUNDING * fmax(1, fabs(wanted)));
}

/* The padding repeats the last sample, as in a batch. scale: the magnitude of the logits. */
static void check_loss(enum rnn_loss loss, size_t outputs, size_t samples, double scale)
{
    const size_t lanes = (samples + 3) / 4 * 4, numbers = outputs * lanes, count = 3 * samples;
    struct array logit = array_of(numbers), y = array_of(lanes), d = array_of(numbers), scratch = array_of(numbers);
    struct array p = array_of(numbers);
    for (size_t b = 0; b < lanes; b++) {
        const size_t from = b < samples ? b : samples - 1;
        for (size_t k = 0; k < outputs; k++)
            numbers_of(logit)[k * lanes + b] = (rnn_real)(scale * drawn(from * outputs + k + samples));
        const size_t classes = loss == RNN_BINARY_CROSSENTROPY ? 2 : outputs;
        numbers_of(y)[b] = loss == RNN_MEAN_SQUARED_ERROR ? (rnn_real)drawn(from + 5) : (rnn_real)(from * 5 % classes);
    }
    const struct judged wanted = judge(loss, numbers_of(logit), numbers_of(y), samples, lanes, outputs, count);
    const struct rnni_loss_input input = {
        .logit = numbers_of(logit), .y = numbers_of(y), .samples = samples, .lanes = lanes, .outputs = outputs};
    struct rnni_sums sums = {.loss = 2, .metric = 1}, again = {0}, same = {0};
    rnni_loss(loss, &input, &sums, count, numbers_of(d), numbers_of(scratch));
    near(sums.loss - 2, wanted.loss);
    near(sums.metric - 1, wanted.metric);
    for (size_t k = 0; k < outputs; k++)
        for (size_t b = 0; b < lanes; b++)
            near(numbers_of(d)[k * lanes + b], b < samples ? wanted.d[k * lanes + b] : 0);
    /* without a gradient, and with d_logit as scratch: the same bits */
    rnni_loss(loss, &input, &again, count, NULL, numbers_of(scratch));
    rnni_loss(loss, &input, &same, count, numbers_of(scratch), numbers_of(scratch));
    CHECK(again.loss == same.loss && again.metric == same.metric);
    near(again.loss, sums.loss - 2);
    near(again.metric, sums.metric - 1);
    CHECK(memcmp(numbers_of(scratch), numbers_of(d), numbers * sizeof(rnn_real)) == 0);
    rnni_predictions(loss, numbers_of(logit), numbers_of(p), outputs, lanes);
    for (size_t k = 0; k < outputs; k++)
        for (size_t b = 0; b < samples; b++) near(numbers_of(p)[k * lanes + b], wanted.p[k * lanes + b]);
    rnni_predictions(loss, numbers_of(logit), numbers_of(logit), outputs, lanes);
    CHECK(memcmp(numbers_of(p), numbers_of(logit), numbers * sizeof(rnn_real)) == 0);
    release(logit);
    release(y);
    release(d);
    release(scratch);
    release(p);
}

static void test_losses(void)
{
    static const double scales[] = {0, 1, 20, 1e4}; /* 1e4: a naive exp would overflow */
    for (size_t s = 0; s < 4; s++)
        for (size_t samples = 1; samples <= 9; samples++) {
            check_loss(RNN_BINARY_CROSSENTROPY, 1, samples, scales[s]);
            check_loss(RNN_MEAN_SQUARED_ERROR, 1, samples, scales[s]);
            for (size_t outputs = 2; outputs <= 5; outputs++)
                check_loss(RNN_SPARSE_CATEGORICAL_CROSSENTROPY, outputs, samples, scales[s]);
        }
}

static void test_targets(void)
{
    static const rnn_real whole[] = {0, 1, 2}, negative[] = {0, -1}, half[] = {1, (rnn_real)0.5}, none[] = {0, NAN};
    static const rnn_real infinite[] = {1, INFINITY};
    const enum rnn_loss binary = RNN_BINARY_CROSSENTROPY, classes = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    const enum rnn_loss numbers = RNN_MEAN_SQUARED_ERROR;
    CHECK(rnni_targets_valid(binary, 1, whole, 2) && !rnni_targets_valid(binary, 1, whole, 3));
    CHECK(rnni_targets_valid(classes, 3, whole, 3) && !rnni_targets_valid(classes, 2, whole, 3));
    CHECK(rnni_targets_valid(classes, 2, whole, 2) && rnni_targets_valid(numbers, 1, whole, 3));
    CHECK(!rnni_targets_valid(binary, 1, negative, 2) && !rnni_targets_valid(classes, 3, negative, 2));
    CHECK(!rnni_targets_valid(binary, 1, half, 2) && !rnni_targets_valid(classes, 3, half, 2));
    CHECK(rnni_targets_valid(numbers, 1, negative, 2) && rnni_targets_valid(numbers, 1, half, 2));
    for (uint32_t loss = 0; rnn_loss_name(loss); loss++) {
        CHECK(!rnni_targets_valid((enum rnn_loss)loss, 3, none, 2));
        CHECK(!rnni_targets_valid((enum rnn_loss)loss, 3, infinite, 2));
        CHECK(rnni_targets_valid((enum rnn_loss)loss, 3, none, 0)); /* an empty array is valid */
    }
}

/* ------------------------------------------------------------------------------------------------ optimizers */

/* Keras's formulas for one weight; t counts from 1. */
static double step_of(const struct rnn_optimizer *o, double g, double *m, double *v, int t)
{
    if (o->method == RNN_SGD) {
        *m = o->momentum * *m - o->learning_rate * g;
        return o->nesterov ? o->momentum * *m - o->learning_rate * g : *m;
    }
    if (o->method == RNN_RMSPROP) {
        *v = o->rho * *v + (1 - o->rho) * g * g;
        const double move = o->learning_rate * g / sqrt(*v + o->epsilon);
        if (o->momentum > 0) *m = o->momentum * *m + move;
        return -(o->momentum > 0 ? *m : move);
    }
    *m += (g - *m) * (1 - o->beta_1);
    *v += (g * g - *v) * (1 - o->beta_2);
    return -o->learning_rate * sqrt(1 - pow(o->beta_2, t)) / (1 - pow(o->beta_1, t)) * *m / (sqrt(*v) + o->epsilon);
}

static void check_updates(const struct rnn_optimizer *optimizer, size_t count)
{
    struct array w = array_of(count), g = array_of(count), m = array_of(count), v = array_of(count);
    double want_w[MOST], want_m[MOST] = {0}, want_v[MOST] = {0}, powers[2] = {1, 1};
    const struct rnni_slots slots = {numbers_of(m), numbers_of(v), &powers[0], &powers[1]};
    for (size_t i = 0; i < count; i++) {
        numbers_of(w)[i] = (rnn_real)(want_w[i] = (double)(rnn_real)drawn(i));
        numbers_of(m)[i] = numbers_of(v)[i] = 0;
    }
    for (int t = 1; t <= 3; t++) {
        for (size_t i = 0; i < count; i++) {
            numbers_of(g)[i] = (rnn_real)drawn(i + (size_t)(100 * t));
            want_w[i] += step_of(optimizer, (double)numbers_of(g)[i], &want_m[i], &want_v[i], t);
        }
        rnni_optimizer_update(optimizer, slots, numbers_of(w), numbers_of(g), count);
        for (size_t i = 0; i < count; i++) {
            near(numbers_of(w)[i], want_w[i]);
            near(numbers_of(m)[i], want_m[i]);
            near(numbers_of(v)[i], want_v[i]);
        }
        near(powers[0], optimizer->method == RNN_ADAM ? pow(optimizer->beta_1, t) : 1);
        near(powers[1], optimizer->method == RNN_ADAM ? pow(optimizer->beta_2, t) : 1);
    }
    release(w);
    release(g);
    release(m);
    release(v);
}

static void test_updates(void)
{
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    optimizer.learning_rate = 0.05;
    for (optimizer.method = 0; rnn_method_name(optimizer.method); optimizer.method++)
        for (int variant = 0; variant < 4; variant++)
            for (size_t count = 1; count <= 13; count++) {
                optimizer.momentum = variant / 2 ? 0.7 : 0;
                optimizer.nesterov = (uint32_t)variant % 2;
                check_updates(&optimizer, count);
            }
}

/* At the limit nothing changes; above it each number, or the norm, is reduced to the limit. */
static void test_clipping(void)
{
    for (size_t count = 1; count <= 9; count++) {
        struct rnn_optimizer optimizer = rnn_optimizer_default();
        struct array g = array_of(count);
        rnn_real *numbers = numbers_of(g);
        for (size_t i = 0; i < count; i++) numbers[i] = i % 2 ? -4 : 3;
        const double norm = rnn_norm(numbers, count);
        rnni_clip(&optimizer, numbers, count);
        optimizer.clipvalue = 4;
        rnni_clip(&optimizer, numbers, count);
        optimizer.clipvalue = 0;
        optimizer.global_clipnorm = norm;
        rnni_clip(&optimizer, numbers, count);
        for (size_t i = 0; i < count; i++) CHECK(numbers[i] == (i % 2 ? -4 : 3));
        optimizer.global_clipnorm = norm / 2;
        rnni_clip(&optimizer, numbers, count);
        for (size_t i = 0; i < count; i++) near(numbers[i], i % 2 ? -2 : 1.5);
        optimizer.global_clipnorm = 0;
        optimizer.clipvalue = 1;
        rnni_clip(&optimizer, numbers, count);
        for (size_t i = 0; i < count; i++) CHECK(numbers[i] == (i % 2 ? -1 : 1));
        release(g);
    }
}

int main(void)
{
    TEST(test_losses);
    TEST(test_targets);
    TEST(test_updates);
    TEST(test_clipping);
    return check_report();
}
