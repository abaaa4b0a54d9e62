/* Training must do what Keras does, with any portions, interruptions and snapshots.
 *
 * Independent reference: Keras's formulas, applied here in double to the gradients of rnn_model_gradient (which test_gradient.c
 * compares with finite differences). The other checks are invariants. */
#include "support.h"

static const struct rnn_fit_options NOTEBOOK = {.epochs = 10, .batch_size = 32, .shuffle = true, .validation_freq = 1};

static struct rig notebook_rig(void)
{
    return rig_of(rnn_config_default(), 32);
}

static struct rnn_progress run(struct rnn_fit *fit, struct rig rig, uint64_t updates)
{
    struct rnn_progress progress;
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, updates, &progress) == RNN_OK);
    return progress;
}

static void same_history(const struct rnn_fit *a, uint32_t from, const struct rnn_fit *b)
{
    uint32_t count_a, count_b;
    const struct rnn_epoch *all = rnn_fit_history(a, &count_a), *part = rnn_fit_history(b, &count_b);
    CHECK(count_a >= from + count_b);
    CHECK(memcmp(all + from, part, count_b * sizeof *part) == 0);
}

static void test_two_fits_of_5_are_one_of_10(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 42, 0, 100, 10);
    struct rnn_dataset fresh = task_of(RNN_TASK_RANDOM, 42, RNN_NEW_SAMPLE, 50, 10);
    struct rig whole = notebook_rig(), halves = notebook_rig();
    struct rnn_fit *ten = fit_of(whole, &data, &fresh, NOTEBOOK);
    run(ten, whole, ALL_UPDATES);
    for (uint32_t half = 0; half < 2; half++) {
        struct rnn_fit *five =
            fit_of(halves, &data, &fresh,
                   (struct rnn_fit_options){.epochs = 5, .batch_size = 32, .shuffle = true, .validation_freq = 1});
        struct rnn_progress progress = run(five, halves, ALL_UPDATES);
        CHECK(progress.done && progress.epoch == 5 && progress.updates == 20);
        same_history(ten, 5 * half, five);
    }
    CHECK(same_parameters(whole, halves));
    CHECK(rnn_model_counters(halves.model).updates == 40 && rnn_model_counters(halves.model).epochs == 10);
}

static void test_budgets(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 100, 10);
    struct rig whole = notebook_rig();
    struct rnn_fit *all = fit_of(whole, &data, &data, NOTEBOOK);
    run(all, whole, 1000);
    const uint64_t budgets[] = {1, 3, 7};
    for (int i = 0; i < 3; i++) {
        struct rig cut = notebook_rig();
        struct rnn_fit *fit = fit_of(cut, &data, &data, NOTEBOOK);
        struct rnn_progress progress;
        uint64_t updates = 0;
        do {
            progress = run(fit, cut, budgets[i]);
            updates = updates + budgets[i] < 40 ? updates + budgets[i] : 40;
            CHECK(progress.updates == updates && progress.batches == 4);
            CHECK(progress.epoch == updates / 4 && progress.batch == updates % 4);
        } while (!progress.done);
        CHECK(same_parameters(whole, cut));
        same_history(all, 0, fit);
    }
}

static void test_snapshots(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 100, 10);
    struct rig rig = notebook_rig(), straight = notebook_rig();
    struct rnn_fit *fit = fit_of(rig, &data, &data, NOTEBOOK), *reference = fit_of(straight, &data, &data, NOTEBOOK);
    run(reference, straight, ALL_UPDATES);
    char *snapshot = block_of(rig.bytes + 8);
    run(fit, rig, 22);                                                       /* in the middle of the sixth epoch */
    CHECK(rnn_model_snapshot(rig.model, snapshot + 1, rig.bytes) == RNN_OK); /* a snapshot need not be aligned */
    run(fit, rig, ALL_UPDATES);
    CHECK(same_parameters(rig, straight));
    CHECK(rnn_model_restore(rig.model, snapshot + 1, rig.bytes) == RNN_OK);
    struct rnn_progress back = run(fit, rig, 0);
    CHECK(back.epoch == 5 && back.batch == 2 && back.updates == 22 && !back.done);
    uint32_t epochs;
    rnn_fit_history(fit, &epochs);
    CHECK(epochs == 5);
    run(fit, rig, ALL_UPDATES);
    CHECK(same_parameters(rig, straight));
    same_history(reference, 0, fit);
    CHECK(rnn_model_restore(rig.model, snapshot + 1, rig.bytes - 1) == RNN_ERROR_BLOCK);
    snapshot[2] ^= 1;
    CHECK(rnn_model_restore(rig.model, snapshot + 1, rig.bytes) == RNN_ERROR_SNAPSHOT);
    snapshot[2] ^= 1;
    struct rnn_config other = rig.config;
    other.seed++;
    struct rig stranger = rig_of(other, 1);
    CHECK(rnn_model_restore(stranger.model, snapshot + 1, rig.bytes) == RNN_ERROR_SHAPE);
    CHECK(same_parameters(rig, straight));
}

/* The caller owns the targets and may change them between two calls. Invalid targets are rejected where they are used, and are
 * never used as an index. Once they are corrected, training continues as if nothing had happened. */
static void test_changed_targets(void)
{
    static const rnn_real wrong[] = {-1,        3,  (rnn_real)0.5, 64, (rnn_real)1e9, (rnn_real)-1e30, INFINITY,
                                     -INFINITY, NAN};
    for (uint32_t loss = 0; rnn_loss_name(loss); loss++)
        for (uint32_t sequences = 0; sequences <= 1; sequences++) {
            struct rnn_config config = config_of(4, 5, 1, RNN_TANH);
            config.loss = loss;
            config.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
            config.return_sequences = sequences;
            const struct rnn_dataset data = data_for(&config, 3, 10), other = data_for(&config, 4, 6);
            const struct rnn_fit_options options = {
                .epochs = 2, .batch_size = 4, .shuffle = true, .validation_freq = 1};
            struct rig rig = rig_of(config, 4), straight = rig_of(config, 4);
            struct rnn_fit *fit = fit_of(rig, &data, &other, options), *all = fit_of(straight, &data, &other, options);
            run(all, straight, ALL_UPDATES);
            run(fit, rig, 1);
            char *before = block_of(rig.bytes), *after = block_of(rig.bytes);
            CHECK(rnn_model_snapshot(rig.model, before, rig.bytes) == RNN_OK);
            for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
                if (loss == RNN_MEAN_SQUARED_ERROR && isfinite(wrong[i])) continue;
                rnn_real *targets[] = {(rnn_real *)data.y, (rnn_real *)other.y};
                const size_t counts[] = {(size_t)data.samples * data.readouts, (size_t)other.samples * data.readouts};
                struct rnn_progress progress;
                for (int which = 0; which < 2; which++) {
                    rnn_real *kept = block_of(counts[which] * sizeof *kept);
                    memcpy(kept, targets[which], counts[which] * sizeof *kept);
                    /* training: all of them, because of the shuffle; validation: only the last one */
                    for (size_t k = which ? counts[which] - 1 : 0; k < counts[which]; k++) targets[which][k] = wrong[i];
                    CHECK_EQUAL(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress), RNN_ERROR_DATA);
                    CHECK(progress.updates == (which ? 3 : 1) && !progress.done);
                    CHECK(rnn_model_snapshot(rig.model, after, rig.bytes) == RNN_OK);
                    if (!which) CHECK(memcmp(before, after, rig.bytes) == 0);
                    memcpy(targets[which], kept, counts[which] * sizeof *kept);
                }
                CHECK(rnn_model_restore(rig.model, before, rig.bytes) == RNN_OK);
            }
            run(fit, rig, ALL_UPDATES);
            CHECK(same_parameters(rig, straight));
            same_history(all, 0, fit);
        }
}

/* Predicting needs no targets: y is not read, even if it is an array of another length. */
static void test_predict_reads_no_targets(void)
{
    struct rnn_config config = config_of(4, 5, 1, RNN_TANH);
    config.return_sequences = 1;
    struct rig rig = rig_of(config, 4);
    struct rnn_dataset data = data_for(&config, 3, 10);
    rnn_real *one = malloc(sizeof *one), with[50], without[50];
    if (!one) abort();
    *one = NAN;
    data.y = NULL;
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, without) == RNN_OK);
    data.y = one;
    data.readouts = 1000000;
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, with) == RNN_OK);
    CHECK(memcmp(with, without, sizeof with) == 0);
    free(one);
}

/* One epoch without shuffling consists of, for each batch in order, the mean gradient and then Keras's Adam. */
static void test_is_keras_adam(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 4, 0, 70, 10);
    struct rig rig = notebook_rig(), mine = notebook_rig();
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    optimizer.learning_rate = 0.01;
    CHECK(rnn_model_compile(rig.model, &optimizer) == RNN_OK);
    struct rnn_fit *fit =
        fit_of(rig, &data, NULL,
               (struct rnn_fit_options){.epochs = 4, .batch_size = 32, .shuffle = false, .validation_freq = 1});
    size_t count = rnn_parameter_count(&rig.config);
    double *w = block_of(count * sizeof *w), *m = block_of(count * sizeof *m), *v = block_of(count * sizeof *v);
    rnn_real *gradient = block_of(count * sizeof *gradient), *rounded = block_of(count * sizeof *rounded);
    for (size_t i = 0; i < count; i++) {
        w[i] = rnn_model_parameters(mine.model)[i];
        m[i] = v[i] = 0;
    }
    for (int update = 1; update <= 12; update++) {
        uint32_t first = (uint32_t)((update - 1) % 3) * 32, samples = first + 32 > 70 ? 70 - first : 32;
        struct rnn_dataset batch = DATASET(data.x + first * 10, data.y + first, samples, 10, 1, 1);
        for (size_t i = 0; i < count; i++) rounded[i] = (rnn_real)w[i];
        CHECK(rnn_model_set_parameters(mine.model, rounded, count) == RNN_OK);
        CHECK(rnn_model_gradient(mine.model, mine.workspace, &batch, gradient, NULL) == RNN_OK);
        double alpha = 0.01 * sqrt(1 - pow(0.999, update)) / (1 - pow(0.9, update));
        for (size_t i = 0; i < count; i++) {
            double g = gradient[i];
            m[i] += (g - m[i]) * (1 - 0.9);
            v[i] += (g * g - v[i]) * (1 - 0.999);
            w[i] -= alpha * m[i] / (sqrt(v[i]) + 1e-7);
        }
        run(fit, rig, 1);
        const rnn_real *trained = rnn_model_parameters(rig.model);
        double worst = 0;
        for (size_t i = 0; i < count; i++) worst = fmax(worst, fabs((double)trained[i] - w[i]));
        CHECK(worst < 10 * ROUNDING); /* a gradient near epsilon magnifies rounding */
    }
}

/* Keras's formulas in double for one weight; t counts from 1. */
static double reference_step(const struct rnn_optimizer *o, double g, double *m, double *v, int t)
{
    if (o->method == RNN_SGD) {
        *m = o->momentum * *m - o->learning_rate * g;
        return o->nesterov ? o->momentum * *m - o->learning_rate * g : *m;
    }
    if (o->method == RNN_RMSPROP) {
        *v = o->rho * *v + (1 - o->rho) * g * g;
        *m = o->momentum * *m + o->learning_rate * g / sqrt(*v + o->epsilon);
        return -*m;
    }
    *m += (g - *m) * (1 - o->beta_1);
    *v += (g * g - *v) * (1 - o->beta_2);
    double alpha = o->learning_rate * sqrt(1 - pow(o->beta_2, t)) / (1 - pow(o->beta_1, t));
    return -alpha * *m / (sqrt(*v) + o->epsilon);
}

static void reference_clip(const struct rnn_optimizer *o, double *g, size_t count)
{
    double squares = 0;
    for (size_t i = 0; i < count; i++) squares += g[i] * g[i];
    for (size_t i = 0; i < count; i++) {
        if (o->global_clipnorm > 0) g[i] *= fmin(1, o->global_clipnorm / sqrt(squares));
        if (o->clipvalue > 0) g[i] = fmax(-o->clipvalue, fmin(o->clipvalue, g[i]));
    }
}

/* Compares ten updates of the model with the formulas, applied to the model's own gradients. */
static void check_optimizer(struct rnn_optimizer optimizer)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 4, 0, 32, 10);
    struct rig rig = notebook_rig(), mine = notebook_rig();
    CHECK(rnn_model_compile(rig.model, &optimizer) == RNN_OK);
    struct rnn_fit *fit =
        fit_of(rig, &data, NULL,
               (struct rnn_fit_options){.epochs = 10, .batch_size = 32, .shuffle = false, .validation_freq = 1});
    size_t count = rnn_parameter_count(&rig.config);
    double *w = block_of(count * sizeof *w), *m = block_of(count * sizeof *m), *v = block_of(count * sizeof *v);
    double *g = block_of(count * sizeof *g);
    rnn_real *gradient = block_of(count * sizeof *gradient), *rounded = block_of(count * sizeof *rounded);
    for (size_t i = 0; i < count; i++) {
        w[i] = rnn_model_parameters(mine.model)[i];
        m[i] = v[i] = 0;
    }
    for (int update = 1; update <= 10; update++) {
        for (size_t i = 0; i < count; i++) rounded[i] = (rnn_real)w[i];
        CHECK(rnn_model_set_parameters(mine.model, rounded, count) == RNN_OK);
        CHECK(rnn_model_gradient(mine.model, mine.workspace, &data, gradient, NULL) == RNN_OK);
        for (size_t i = 0; i < count; i++) g[i] = gradient[i];
        reference_clip(&optimizer, g, count);
        double worst = 0;
        run(fit, rig, 1);
        for (size_t i = 0; i < count; i++) {
            w[i] += reference_step(&optimizer, g[i], &m[i], &v[i], update);
            worst = fmax(worst, fabs((double)rnn_model_parameters(rig.model)[i] - w[i]));
        }
        CHECK(worst < 10 * ROUNDING);
    }
}

static void test_optimizers(void)
{
    struct rnn_optimizer o = rnn_optimizer_default();
    o.learning_rate = 0.01;
    for (o.method = 0; rnn_method_name(o.method); o.method++)
        for (o.momentum = 0; o.momentum < 1; o.momentum += 0.6)
            for (o.nesterov = 0; o.nesterov <= 1; o.nesterov++)
                for (int clip = 0; clip < 3; clip++) {
                    o.global_clipnorm = clip == 1 ? 0.05 : 0;
                    o.clipvalue = clip == 2 ? 0.01 : 0;
                    check_optimizer(o);
                }
    struct rig rig = notebook_rig();
    struct rnn_optimizer bad = rnn_optimizer_default();
    enum rnn_quantity quantity = RNN_UNITS;
    bad.global_clipnorm = bad.clipvalue = 1;
    CHECK(rnn_optimizer_check(&bad, &quantity) == RNN_ERROR_RANGE && quantity == RNN_QUANTITIES);
    bad.clipvalue = 0;
    bad.momentum = 1;
    CHECK(rnn_optimizer_check(&bad, &quantity) == RNN_ERROR_RANGE && quantity == RNN_MOMENTUM);
    bad.epsilon = -1;
    CHECK(rnn_optimizer_check(&bad, &quantity) == RNN_ERROR_RANGE && quantity == RNN_EPSILON);
    bad.beta_2 = 1;
    CHECK(rnn_optimizer_check(&bad, &quantity) == RNN_ERROR_RANGE && quantity == RNN_BETA_2);
    bad.beta_1 = NAN;
    CHECK(rnn_optimizer_check(&bad, &quantity) == RNN_ERROR_RANGE && quantity == RNN_BETA_1);
    CHECK(rnn_model_compile(rig.model, &bad) == RNN_ERROR_RANGE);
    bad.momentum = 0;
    bad.method = 3;
    CHECK(rnn_optimizer_check(&bad, NULL) == RNN_ERROR_RANGE);
}

/* The diagonal of the confusion matrix gives the accuracy, for two classes and for more. */
static void test_confusion(void)
{
    for (uint32_t outputs = 1; outputs <= 4; outputs += 3) {
        struct rnn_config config = rnn_config_default();
        config.loss = outputs == 1 ? RNN_BINARY_CROSSENTROPY : RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
        config.outputs = outputs;
        config.return_sequences = outputs > 1;
        struct rig rig = rig_of(config, 32);
        struct rnn_dataset data = data_for(&config, 5, 50);
        uint32_t counts[16] = {0}, classes = outputs == 1 ? 2 : outputs, right = 0, all = 0, ones = 0;
        struct rnn_metrics figures;
        CHECK(rnn_model_confusion(rig.model, rig.workspace, &data, NULL, counts) == RNN_OK);
        CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures) == RNN_OK);
        for (uint32_t i = 0; i < classes; i++)
            for (uint32_t j = 0; j < classes; j++) {
                all += counts[i * classes + j];
                right += i == j ? counts[i * classes + j] : 0;
                ones += i == 1 ? counts[i * classes + j] : 0;
            }
        for (size_t i = 0; i < 50 * (size_t)data.readouts; i++) ones -= data.y[i] == 1;
        CHECK(all == 50 * data.readouts && figures.metric == (double)right / all && ones == 0);
    }
    struct rnn_config config = rnn_config_default();
    config.loss = RNN_MEAN_SQUARED_ERROR;
    struct rig rig = rig_of(config, 8);
    struct rnn_dataset data = data_for(&config, 5, 8);
    uint32_t counts[4];
    CHECK(rnn_model_confusion(rig.model, rig.workspace, &data, NULL, counts) == RNN_ERROR_ARGUMENT);
}

/* With learning rate 0 the averages over the epoch are those of evaluate, with any shuffle. */
static void test_figures(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 8, 0, 101, 10), fresh = task_of(RNN_TASK_FIRST, 9, 0, 33, 10);
    struct rig rig = notebook_rig();
    struct rnn_metrics training, validation;
    CHECK(rnn_model_set_learning_rate(rig.model, 0) == RNN_OK);
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &training) == RNN_OK);
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &fresh, NULL, &validation) == RNN_OK);
    struct rnn_fit *fit =
        fit_of(rig, &data, &fresh,
               (struct rnn_fit_options){.epochs = 2, .batch_size = 16, .shuffle = true, .validation_freq = 1});
    struct rnn_progress progress = run(fit, rig, 7); /* the seventh batch has 5 samples */
    CHECK(progress.batches == 7 && progress.epoch == 1 && progress.batch == 0);
    run(fit, rig, ALL_UPDATES);
    uint32_t epochs;
    const struct rnn_epoch *history = rnn_fit_history(fit, &epochs);
    CHECK(epochs == 2);
    for (uint32_t e = 0; e < epochs; e++) {
        CHECK(fabs(history[e].loss / training.loss - 1) < 1e-9 && history[e].metric == training.metric);
        CHECK(history[e].val_loss == validation.loss && history[e].val_metric == validation.metric);
    }
    double loss = 0, correct = 0;
    rnn_real *p = block_of(101 * sizeof *p);
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, p) == RNN_OK);
    for (int i = 0; i < 101; i++) {
        loss -= log(data.y[i] > 0 ? (double)p[i] : 1 - (double)p[i]) / 101;
        correct += ((double)p[i] > 0.5) == (data.y[i] > 0);
    }
    CHECK(fabs(loss - training.loss) < ROUNDING && fabs(correct / 101 - training.metric) < 1e-12);
}

/* Keras's validation_freq: training is the same, and the metrics of epochs 3, 6 and 9 are those of a fit that validates every
 * epoch. */
static void test_validation_freq(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 42, 0, 100, 10);
    struct rnn_dataset fresh = task_of(RNN_TASK_FIRST, 42, RNN_NEW_SAMPLE, 50, 10);
    struct rig each = notebook_rig(), third = notebook_rig();
    struct rnn_fit *all = fit_of(each, &data, &fresh, NOTEBOOK);
    struct rnn_fit *some =
        fit_of(third, &data, &fresh,
               (struct rnn_fit_options){.epochs = 10, .batch_size = 32, .shuffle = true, .validation_freq = 3});
    run(all, each, ALL_UPDATES);
    run(some, third, 7);
    run(some, third, ALL_UPDATES);
    CHECK(same_parameters(each, third));
    uint32_t epochs = 0;
    const struct rnn_epoch *a = rnn_fit_history(all, &epochs), *b = rnn_fit_history(some, &epochs);
    CHECK(epochs == 10);
    for (uint32_t e = 0; e < 10; e++) {
        const bool measured = (e + 1) % 3 == 0;
        CHECK(b[e].loss == a[e].loss && b[e].metric == a[e].metric);
        CHECK(measured ? b[e].val_loss == a[e].val_loss && b[e].val_metric == a[e].val_metric
                       : isnan(b[e].val_loss) && isnan(b[e].val_metric));
    }
}

static void test_without_validation(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 8, 0, 20, 10);
    struct rig rig = notebook_rig();
    struct rnn_fit *fit =
        fit_of(rig, &data, NULL,
               (struct rnn_fit_options){.epochs = 1, .batch_size = 32, .shuffle = true, .validation_freq = 1});
    run(fit, rig, ALL_UPDATES);
    const struct rnn_epoch *history = rnn_fit_history(fit, NULL);
    CHECK(isnan(history[0].val_loss) && isnan(history[0].val_metric) && isfinite(history[0].loss));
}

static void test_shuffles(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 8, 0, 100, 10);
    struct rig ordered = notebook_rig(), shuffled = notebook_rig();
    run(fit_of(ordered, &data, NULL,
               (struct rnn_fit_options){.epochs = 1, .batch_size = 32, .shuffle = false, .validation_freq = 1}),
        ordered, ALL_UPDATES);
    run(fit_of(shuffled, &data, NULL,
               (struct rnn_fit_options){.epochs = 1, .batch_size = 32, .shuffle = true, .validation_freq = 1}),
        shuffled, ALL_UPDATES);
    CHECK(!same_parameters(ordered, shuffled));
    /* a batch with all samples has the same samples in any order */
    struct rig large = rig_of(rnn_config_default(), 128), again = rig_of(rnn_config_default(), 128);
    struct rnn_progress a =
        run(fit_of(large, &data, NULL,
                   (struct rnn_fit_options){.epochs = 1, .batch_size = 128, .shuffle = false, .validation_freq = 1}),
            large, 1);
    struct rnn_progress b =
        run(fit_of(again, &data, NULL,
                   (struct rnn_fit_options){.epochs = 1, .batch_size = 128, .shuffle = true, .validation_freq = 1}),
            again, 1);
    CHECK(fabs(a.batch_loss - b.batch_loss) < 1e-9 && a.batch_metric == b.batch_metric);
}

/* rnn_fit_batch: the batches of an epoch contain every sample once, and an update with such a batch's gradient is the next update,
 * at any point of the epoch. */
static void test_batch_told_in_advance(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 100, 10);
    struct rig rig = notebook_rig();
    const struct rnn_optimizer sgd = {.method = RNN_SGD, .learning_rate = 0.5};
    const size_t count = rnn_parameter_count(&rig.config);
    rnn_real *gradient = block_of(count * sizeof *gradient), *before = block_of(count * sizeof *before);
    rnn_real x[32 * 10], y[32];
    uint32_t batch[32], samples = 0;
    CHECK(rnn_model_compile(rig.model, &sgd) == RNN_OK);
    struct rnn_fit *fit =
        fit_of(rig, &data, NULL,
               (struct rnn_fit_options){.epochs = 2, .batch_size = 32, .shuffle = true, .validation_freq = 1});
    uint8_t seen[100] = {0};
    for (int update = 0; update < 8; update++) {
        CHECK(rnn_fit_batch(fit, rig.model, batch, 32, &samples) == RNN_OK);
        CHECK(samples == (update % 4 == 3 ? 4 : 32));
        for (uint32_t b = 0; b < samples; b++) {
            seen[batch[b]]++;
            memcpy(x + b * 10, data.x + batch[b] * 10, 10 * sizeof *x);
            y[b] = data.y[batch[b]];
        }
        const struct rnn_dataset taken = DATASET(x, y, samples, 10, 1, 1);
        CHECK(rnn_model_gradient(rig.model, rig.workspace, &taken, gradient, NULL) == RNN_OK);
        memcpy(before, rnn_model_parameters(rig.model), count * sizeof *before);
        run(fit, rig, 1);
        for (size_t i = 0; i < count; i++) {
            const double moved = (double)before[i] - 0.5 * (double)gradient[i];
            CHECK(fabs((double)rnn_model_parameters(rig.model)[i] - moved) <= 1e-6 * (1 + fabs(moved)));
        }
    }
    for (int i = 0; i < 100; i++) CHECK(seen[i] == 2);
    CHECK(rnn_fit_batch(fit, rig.model, batch, 32, &samples) == RNN_OK && samples == 32);
    CHECK(rnn_fit_batch(fit, rig.model, batch, 31, &samples) == RNN_ERROR_BLOCK);
    CHECK(rnn_fit_batch(fit, rig.model, NULL, 32, &samples) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_fit_batch(NULL, rig.model, batch, 32, &samples) == RNN_ERROR_ARGUMENT);
}

static void test_divergence(void)
{
    struct rnn_config config = rnn_config_default();
    config.activation = RNN_RELU;
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 42, 0, 100, 10);
    struct rig rig = rig_of(config, 32);
    struct rnn_fit *fit = fit_of(rig, &data, NULL, NOTEBOOK);
    run(fit, rig, 4); /* one epoch without divergence */
    CHECK(rnn_model_set_learning_rate(rig.model, 1e30) == RNN_OK);
    struct rnn_progress progress;
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_DIVERGED);
    CHECK(progress.divergence == RNN_DIVERGED_LOSS);
    CHECK(progress.diverged_epoch == 2 && progress.diverged_batch == 2); /* right after the first such update */
    CHECK(!isfinite(progress.batch_loss) && progress.epoch == 1);
    uint32_t epochs;
    const struct rnn_epoch *history = rnn_fit_history(fit, &epochs);
    CHECK(epochs == 1 && isfinite(history[0].loss));
    /* and a second call gives the same */
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_DIVERGED);
    config.activation = RNN_TANH;
    struct rig bounded = rig_of(config, 32);
    CHECK(rnn_model_set_learning_rate(bounded.model, 1000) == RNN_OK);
    progress = run(fit_of(bounded, &data, NULL, NOTEBOOK), bounded, ALL_UPDATES);
    CHECK(progress.done); /* with tanh the loss is huge but finite */
}

/* The last update of an epoch makes a weight infinite, and no later batch can notice it. */
static void test_a_weight_that_overflows_last(void)
{
    if (sizeof(rnn_real) == sizeof(double)) return; /* the largest learning rate is a float's */
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 42, 0, 32, 10);
    struct rig rig = notebook_rig();
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    optimizer.learning_rate = 3.4e38;
    optimizer.beta_2 = 0.5; /* alpha = 3.4e38 · sqrt(.5) / .1 exceeds a float's range */
    CHECK(rnn_model_compile(rig.model, &optimizer) == RNN_OK);
    struct rnn_progress progress;
    struct rnn_fit *fit =
        fit_of(rig, &data, NULL,
               (struct rnn_fit_options){.epochs = 1, .batch_size = 32, .shuffle = true, .validation_freq = 1});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_DIVERGED);
    CHECK(progress.divergence == RNN_DIVERGED_WEIGHTS);
    CHECK(progress.diverged_epoch == 1 && progress.diverged_batch == 1 && progress.epoch == 0);
}

/* Training stays finite, but validation data overflow. */
static void test_validation_that_overflows(void)
{
    if (sizeof(rnn_real) == sizeof(double)) return;
    struct rig rig = rig_of(config_of(32, 10, 1, RNN_RELU), 32);
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 42, 0, 32, 10), huge = task_of(RNN_TASK_FIRST, 42, 0, 8, 10);
    for (int i = 0; i < 80; i++) ((rnn_real *)huge.x)[i] = (rnn_real)3e38;
    struct rnn_progress progress;
    struct rnn_fit *fit =
        fit_of(rig, &data, &huge,
               (struct rnn_fit_options){.epochs = 2, .batch_size = 32, .shuffle = true, .validation_freq = 1});
    size_t count = rnn_parameter_count(&rig.config);
    rnn_real *weights = block_of(count * sizeof *weights);
    for (size_t i = 0; i < count; i++) weights[i] = (rnn_real)0.1;
    CHECK(rnn_model_set_parameters(rig.model, weights, count) == RNN_OK);
    CHECK(rnn_model_set_learning_rate(rig.model, 0) == RNN_OK);
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_DIVERGED);
    CHECK(progress.divergence == RNN_DIVERGED_VALIDATION && progress.diverged_epoch == 1);
    /* it is noticed when validated: after epoch 2, or never if the fit ends before epoch 3 */
    fit = fit_of(rig, &data, &huge,
                 (struct rnn_fit_options){.epochs = 2, .batch_size = 32, .shuffle = true, .validation_freq = 2});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_DIVERGED);
    CHECK(progress.divergence == RNN_DIVERGED_VALIDATION && progress.diverged_epoch == 2 && progress.epoch == 1);
    fit = fit_of(rig, &data, &huge,
                 (struct rnn_fit_options){.epochs = 2, .batch_size = 32, .shuffle = true, .validation_freq = 3});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
    CHECK(progress.done && progress.divergence == 0 && progress.epoch == 2);
}

/* A fit rejects other models, and snapshots from outside of it. */
static void test_another_model(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 100, 10), few = data;
    struct rnn_dataset longer = task_of(RNN_TASK_FIRST, 1, 0, 10, 20);
    few.samples = 40;
    struct rig rig = notebook_rig();
    struct rnn_config config = rnn_config_default();
    config.seed = 7;
    struct rig other = rig_of(config, 32);
    struct rnn_progress progress;
    char *before = block_of(rig.bytes), *middle = block_of(rig.bytes);
    CHECK(rnn_model_snapshot(rig.model, before, rig.bytes) == RNN_OK);
    struct rnn_fit *fit = fit_of(rig, &data, NULL, NOTEBOOK);
    run(fit, rig, 3);
    CHECK(rnn_fit_run(fit, other.model, other.workspace, 1, &progress) == RNN_ERROR_SHAPE);
    CHECK(rnn_model_snapshot(rig.model, middle, rig.bytes) == RNN_OK); /* 96 samples into the epoch */
    struct rnn_fit *smaller = fit_of(rig, &few, NULL, NOTEBOOK);
    CHECK(rnn_model_counters(rig.model).position == 0); /* the unfinished epoch begins again */
    CHECK(rnn_model_restore(rig.model, middle, rig.bytes) == RNN_OK);
    CHECK(rnn_fit_run(smaller, rig.model, rig.workspace, 1, &progress) == RNN_ERROR_SHAPE);
    fit = fit_of(rig, &data, NULL, NOTEBOOK);
    run(fit, rig, 8);
    struct rnn_fit *later = fit_of(rig, &data, NULL, NOTEBOOK); /* begins at the third epoch */
    CHECK(rnn_model_restore(rig.model, before, rig.bytes) == RNN_OK);
    CHECK(rnn_fit_run(later, rig.model, rig.workspace, 1, &progress) == RNN_ERROR_SHAPE);
    fit = fit_of(rig, &data, &longer, NOTEBOOK);
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, 1, &progress) == RNN_ERROR_SHAPE);
}

/* Like Keras's compile: the next update is that of a new optimizer on the same weights. */
static void test_compile_forgets(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 32, 10);
    struct rig used = notebook_rig(), fresh = notebook_rig();
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    size_t count = rnn_parameter_count(&used.config);
    const struct rnn_fit_options options = {.epochs = 1, .batch_size = 32, .validation_freq = 1};
    run(fit_of(used, &data, NULL, options), used, ALL_UPDATES);
    CHECK(rnn_model_set_parameters(fresh.model, rnn_model_parameters(used.model), count) == RNN_OK);
    CHECK(rnn_model_compile(used.model, &optimizer) == RNN_OK);
    run(fit_of(used, &data, NULL, options), used, ALL_UPDATES);
    run(fit_of(fresh, &data, NULL, options), fresh, ALL_UPDATES);
    CHECK(same_parameters(used, fresh));
    const double wrong[] = {-1, NAN, INFINITY};
    for (int i = 0; i < 3; i++) {
        struct rnn_optimizer bad = optimizer;
        bad.epsilon = wrong[i];
        CHECK(rnn_model_compile(used.model, &bad) == RNN_ERROR_RANGE);
        bad = optimizer;
        bad.beta_2 = i ? wrong[i] : 1;
        CHECK(rnn_model_compile(used.model, &bad) == RNN_ERROR_RANGE);
        CHECK(rnn_model_set_learning_rate(used.model, wrong[i]) == RNN_ERROR_RANGE);
    }
    rnn_real *weights = block_of(count * sizeof *weights);
    memcpy(weights, rnn_model_parameters(fresh.model), count * sizeof *weights);
    CHECK(rnn_model_set_parameters(used.model, weights, count - 1) == RNN_ERROR_SHAPE);
    weights[count - 1] = NAN;
    CHECK(rnn_model_set_parameters(used.model, weights, count) == RNN_ERROR_DATA);
    CHECK(same_parameters(used, fresh));
}

/* If p is exactly 0.5 the answer is 0: accuracy counts p > 0.5. */
static void test_an_even_answer(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 50, 10);
    struct rig rig = notebook_rig();
    size_t count = rnn_parameter_count(&rig.config);
    rnn_real *zeros = block_of(count * sizeof *zeros);
    memset(zeros, 0, count * sizeof *zeros);
    CHECK(rnn_model_set_parameters(rig.model, zeros, count) == RNN_OK);
    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures) == RNN_OK);
    double of_zeros = 0;
    for (int i = 0; i < 50; i++) of_zeros += data.y[i] == 0;
    CHECK(figures.metric == of_zeros / 50 && of_zeros != 25);
}

static void test_refusals(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 8, 0, 20, 10), other = features_of(1, 20, 10, 2);
    struct rnn_dataset empty = data, longer = task_of(RNN_TASK_FIRST, 8, 0, 20, 11);
    empty.samples = 0;
    struct rig rig = notebook_rig();
    struct rnn_fit_options options = {.epochs = 1, .batch_size = 32, .shuffle = true, .validation_freq = 1};
    struct rnn_fit *fit = NULL;
    struct rnn_progress progress;
    uint64_t bytes = 0;
    CHECK(rnn_fit_size(&rig.config, 20, &options, &bytes) == RNN_OK);
    char *block = block_of(bytes + 64);
    CHECK(rnn_fit_init(block, bytes, rig.model, &other, NULL, &options, &fit) == RNN_ERROR_SHAPE);
    CHECK(rnn_fit_init(block, bytes, rig.model, &data, &other, &options, &fit) == RNN_ERROR_SHAPE);
    CHECK(rnn_fit_init(block, bytes, rig.model, &empty, NULL, &options, &fit) == RNN_ERROR_EMPTY);
    CHECK(rnn_fit_init(block, bytes, rig.model, &data, &empty, &options, &fit) == RNN_ERROR_EMPTY);
    CHECK(rnn_fit_init(block, bytes - 1, rig.model, &data, NULL, &options, &fit) == RNN_ERROR_BLOCK);
    CHECK(rnn_fit_init(block + 4, bytes, rig.model, &data, NULL, &options, &fit) == RNN_ERROR_BLOCK);
    CHECK(rnn_fit_init(block, bytes, rig.model, &longer, NULL, &options, &fit) == RNN_OK);
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, 1, &progress) == RNN_ERROR_SHAPE);
    struct rnn_fit_options wide = {.epochs = 1, .batch_size = 1025}, none = {.batch_size = 32};
    CHECK(rnn_fit_size(&rig.config, 20, &wide, &bytes) == RNN_ERROR_RANGE);
    CHECK(rnn_fit_size(&rig.config, 20, &none, &bytes) == RNN_ERROR_RANGE);
    rnn_real bad_y[20] = {0}, *bad_x = block_of(200 * sizeof *bad_x);
    memcpy(bad_x, data.x, 200 * sizeof *bad_x);
    bad_y[3] = (rnn_real)0.5;
    bad_x[57] = INFINITY;
    uint32_t sample = 0;
    CHECK(rnn_dataset_check(&DATASET(data.x, bad_y, 20, 10, 1, 1), &rig.config, &sample) == RNN_ERROR_DATA &&
          sample == 3);
    CHECK(rnn_dataset_check(&DATASET(bad_x, data.y, 20, 10, 1, 1), &rig.config, &sample) == RNN_ERROR_DATA &&
          sample == 5);
}

static void test_larger_batches_than_data(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 8, 0, 5, 10);
    struct rig small = rig_of(rnn_config_default(), 5), large = rig_of(rnn_config_default(), 1024);
    run(fit_of(small, &data, NULL,
               (struct rnn_fit_options){.epochs = 3, .batch_size = 1024, .shuffle = true, .validation_freq = 1}),
        small, ALL_UPDATES);
    run(fit_of(large, &data, NULL,
               (struct rnn_fit_options){.epochs = 3, .batch_size = 1024, .shuffle = true, .validation_freq = 1}),
        large, ALL_UPDATES);
    CHECK(same_parameters(small, large));
}

/* A schedule is a fit for each phase with the learning rate set between them, bit by bit, in portions too. */
static void test_learning_rates(void)
{
    static const double rates[] = {0.01, 0.01, 0.003};
    static const uint64_t budgets[] = {UINT64_MAX, 1, 7};
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 42, 0, 100, 10);
    struct rig phases = notebook_rig();
    struct rnn_fit_options options = {.epochs = 2, .batch_size = 32, .shuffle = true};
    CHECK(rnn_model_set_learning_rate(phases.model, 0.01) == RNN_OK);
    run(fit_of(phases, &data, NULL, options), phases, ALL_UPDATES);
    CHECK(rnn_model_set_learning_rate(phases.model, 0.003) == RNN_OK);
    run(fit_of(phases, &data, NULL, options), phases, ALL_UPDATES);
    options.epochs = 4; /* the last rate stays */
    options.learning_rate_count = 3;
    for (size_t b = 0; b < sizeof budgets / sizeof *budgets; b++) {
        struct rig rig = notebook_rig();
        double passed[3];
        memcpy(passed, rates, sizeof passed);
        options.learning_rates = passed;
        struct rnn_fit *fit = fit_of(rig, &data, NULL, options);
        memset(passed, 0, sizeof passed); /* the fit has a copy */
        char *before = block_of(rig.bytes);
        CHECK(run(fit, rig, 0).updates == 0 && rnn_model_optimizer(rig.model)->learning_rate == 0.001);
        run(fit, rig, 9);
        CHECK(rnn_model_snapshot(rig.model, before, rig.bytes) == RNN_OK);
        run(fit, rig, 4); /* into the epoch with the other rate, and back */
        CHECK(rnn_model_restore(rig.model, before, rig.bytes) == RNN_OK);
        while (!run(fit, rig, budgets[b]).done) {
        }
        CHECK(same_parameters(rig, phases) && rnn_model_optimizer(rig.model)->learning_rate == 0.003);
    }
}

/* What Keras's EarlyStopping would do with a history, written after its documentation: the number of epochs, and the best one. */
static uint32_t keras_stops(const struct rnn_epoch *history, uint32_t epochs, struct rnn_early_stopping how,
                            bool larger, uint32_t *best)
{
    double best_value = larger ? -INFINITY : INFINITY;
    *best = 0;
    for (uint32_t e = 1; e <= epochs; e++) {
        const struct rnn_epoch *h = &history[e - 1];
        const double value = how.monitor == RNN_MONITOR_LOSS       ? h->loss
                             : how.monitor == RNN_MONITOR_METRIC   ? h->metric
                             : how.monitor == RNN_MONITOR_VAL_LOSS ? h->val_loss
                                                                   : h->val_metric;
        if (larger ? value - how.min_delta > best_value : value + how.min_delta < best_value) {
            best_value = value;
            *best = e;
        } else {
            uint32_t measured = 0; /* epochs since the best one, without those that have no such value */
            for (uint32_t i = *best; i < e; i++)
                measured += how.monitor <= RNN_MONITOR_METRIC || !isnan(history[i].val_loss);
            if (!isnan(value) && measured >= how.patience && e > 1) return e;
        }
    }
    return epochs;
}

static void test_early_stopping(uint32_t loss, uint32_t validation_freq)
{
    enum { EPOCHS = 30 };
    struct rnn_config config = config_of(16, 10, 1, RNN_TANH);
    config.loss = loss;
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 42, 0, 40, 10), other = task_of(RNN_TASK_RANDOM, 43, 0, 30, 10);
    struct rnn_fit_options options = {
        .epochs = EPOCHS, .batch_size = 16, .shuffle = true, .validation_freq = validation_freq};
    struct rig whole = rig_of(config, 16);
    static const double rate = 0.02;
    options.learning_rates = &rate;
    options.learning_rate_count = 1;
    struct rnn_fit *all = fit_of(whole, &data, &other, options);
    struct rig after[EPOCHS + 1]; /* the weights after each epoch */
    for (uint32_t e = 1; e <= EPOCHS; e++) {
        run(all, whole, 3);
        after[e] = rig_of(config, 1);
        memcpy(after[e].model, whole.model, whole.bytes);
    }
    const struct rnn_epoch *history = rnn_fit_history(all, NULL);
    uint32_t early = 0, late = 0, not_last = 0;
    for (uint32_t monitor = RNN_MONITOR_LOSS; monitor <= RNN_MONITOR_VAL_METRIC; monitor++)
        for (uint32_t patience = 0; patience < 6; patience++)
            for (int delta = 0; delta < 3; delta++)
                for (int restore = 0; restore < 2; restore++) {
                    static const double deltas[] = {0, 0.003, 0.1};
                    const bool larger = monitor % 2 == 0 && loss != RNN_MEAN_SQUARED_ERROR;
                    struct rig rig = rig_of(config, 16);
                    uint32_t best, count;
                    options.early_stopping = (struct rnn_early_stopping){monitor, patience, deltas[delta], restore};
                    const uint32_t stops = keras_stops(history, EPOCHS, options.early_stopping, larger, &best);
                    struct rnn_fit *fit = fit_of(rig, &data, &other, options);
                    struct rnn_progress progress = run(fit, rig, patience);
                    char *snapshot = block_of(rig.bytes);
                    CHECK(rnn_model_snapshot(rig.model, snapshot, rig.bytes) == RNN_OK);
                    while (!progress.done) progress = run(fit, rig, 1 + patience);
                    for (int again = 0; again < 2; again++) {
                        CHECK_EQUAL(progress.epoch, stops);
                        CHECK_EQUAL(progress.best_epoch, best);
                        CHECK(memcmp(rnn_fit_history(fit, &count), history, stops * sizeof *history) == 0 ||
                              validation_freq > 1); /* NaN may have any bits */
                        CHECK_EQUAL(count, stops);
                        CHECK(same_parameters(rig, after[restore ? best : stops]));
                        CHECK(run(fit, rig, 5).done && same_parameters(rig, after[restore ? best : stops]));
                        CHECK(rnn_model_restore(rig.model, snapshot, rig.bytes) == RNN_OK);
                        progress = run(fit, rig, ALL_UPDATES);
                    }
                    early += stops < EPOCHS;
                    late += stops == EPOCHS;
                    not_last += restore && best < stops;
                    free(snapshot);
                }
    CHECK(early > 20 && late > 5 && not_last > 20);
}

int main(void)
{
    test_learning_rates();
    test_early_stopping(RNN_BINARY_CROSSENTROPY, 1);
    test_early_stopping(RNN_MEAN_SQUARED_ERROR, 1);
    test_early_stopping(RNN_BINARY_CROSSENTROPY, 3);
    test_two_fits_of_5_are_one_of_10();
    test_budgets();
    test_snapshots();
    test_changed_targets();
    test_predict_reads_no_targets();
    test_is_keras_adam();
    test_figures();
    test_optimizers();
    test_confusion();
    test_validation_freq();
    test_without_validation();
    test_shuffles();
    test_batch_told_in_advance();
    test_divergence();
    test_a_weight_that_overflows_last();
    test_validation_that_overflows();
    test_another_model();
    test_compile_forgets();
    test_an_even_answer();
    test_refusals();
    test_larger_batches_than_data();
    return check_report();
}
