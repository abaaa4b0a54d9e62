/* Training in small portions. The model holds everything that training changes (weights, optimizer, position in the epoch, its
 * sums). A fit holds the data sets, the history, and the order of samples in an epoch, which follows from (run seed, epoch). */
#include <math.h>
#include <string.h>

#include "../numeric/random.h"
#include "carve.h"
#include "layout.h"

struct rnn_fit {
    uint32_t magic;
    struct rnn_dataset training, validation; /* validation.samples is 0 without validation data */
    struct rnn_fit_options options;
    struct rnn_config config; /* a copy of the model's, whose run seed determines the orders */
    uint32_t first_epoch;     /* the model's epoch counter when the fit began */
    uint32_t completed;       /* epochs in the history */
    bool ordered;             /* does the block hold an order, */
    uint32_t ordered_epoch;   /* and of which epoch? */
    uint32_t batches;
    /* Early stopping, after the first `judged` epochs of the history. best_epoch and held_epoch are counted from 1. */
    uint32_t judged, best_epoch, wait;
    bool stopped;
    double best;
    uint32_t held_epoch; /* the epoch whose weights the block holds; 0: none */
};

struct fit_arrays {
    struct rnn_epoch *history;
    double *learning_rates;
    rnn_real *best; /* the weights after the best epoch; NULL if they are not restored */
    uint32_t *order;
};

static bool holds_best(const struct rnn_fit_options *options)
{
    return options->early_stopping.monitor && options->early_stopping.restore_best_weights;
}

static uint64_t carve(const struct rnn_config *config, uint32_t samples, const struct rnn_fit_options *options,
                      void *base, struct fit_arrays *arrays)
{
    struct rnni_carver carver = {base, 0};
    struct fit_arrays a;
    rnni_carve(&carver, sizeof(struct rnn_fit));
    a.history = rnni_carve(&carver, (uint64_t)options->epochs * sizeof *a.history);
    a.learning_rates = rnni_carve(&carver, (uint64_t)options->learning_rate_count * sizeof *a.learning_rates);
    a.best = rnni_carve_reals(&carver, holds_best(options) ? rnn_parameter_count(config) : 0);
    a.order = rnni_carve(&carver, (uint64_t)samples * sizeof *a.order);
    if (arrays) *arrays = a;
    return carver.used;
}

static struct fit_arrays arrays_of(const struct rnn_fit *fit)
{
    struct fit_arrays arrays;
    carve(&fit->config, fit->training.samples, &fit->options, (void *)fit, &arrays);
    return arrays;
}

enum rnn_status rnn_fit_size(const struct rnn_config *config, uint32_t training_samples,
                             const struct rnn_fit_options *options, uint64_t *bytes)
{
    if (!options || !bytes) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    if (training_samples == 0) return RNN_ERROR_EMPTY;
    RNNI_TRY(rnn_range_check(RNN_SAMPLES, training_samples));
    RNNI_TRY(rnn_range_check(RNN_EPOCHS, options->epochs));
    RNNI_TRY(rnn_range_check(RNN_BATCH_SIZE, options->batch_size));
    const struct rnn_early_stopping *stopping = &options->early_stopping;
    if (stopping->monitor > RNN_MONITOR_VAL_METRIC || rnn_range_check(RNN_EPSILON, stopping->min_delta) ||
        options->learning_rate_count > options->epochs)
        return RNN_ERROR_RANGE;
    *bytes = carve(config, training_samples, options, NULL, NULL);
    return RNN_OK;
}

static void restart_epoch(struct rnn_model *model)
{
    model->position = 0;
    model->sums = (struct rnni_sums){0};
}

enum rnn_status rnn_fit_init(void *block, uint64_t bytes, struct rnn_model *model, const struct rnn_dataset *training,
                             const struct rnn_dataset *validation, const struct rnn_fit_options *options,
                             struct rnn_fit **fit)
{
    uint64_t needed = 0;
    if (!block || !training || !fit) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_model_valid(model));
    RNNI_TRY(rnn_fit_size(&model->config, training->samples, options, &needed));
    if (options->learning_rate_count && !options->learning_rates) return RNN_ERROR_ARGUMENT;
    for (uint32_t i = 0; i < options->learning_rate_count; i++)
        RNNI_TRY(rnn_range_check(RNN_LEARNING_RATE, options->learning_rates[i]));
    if (!validation && options->early_stopping.monitor >= RNN_MONITOR_VAL_LOSS) return RNN_ERROR_EMPTY;
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    if (model->epochs > UINT32_MAX - options->epochs) return RNN_ERROR_RANGE; /* the counter of epochs would overflow */
    RNNI_TRY(rnn_dataset_check(training, &model->config, NULL));
    if (validation) RNNI_TRY(rnn_dataset_check(validation, &model->config, NULL));
    struct rnn_fit *made = block;
    *made = (struct rnn_fit){.magic = RNNI_FIT_MAGIC,
                             .training = *training,
                             .options = *options,
                             .config = model->config,
                             .first_epoch = model->epochs,
                             .batches = (training->samples - 1) / options->batch_size + 1};
    if (validation) made->validation = *validation;
    const struct fit_arrays arrays = arrays_of(made);
    for (uint32_t i = 0; i < options->epochs; i++) arrays.history[i] = (struct rnn_epoch){NAN, NAN, NAN, NAN};
    for (uint32_t i = 0; i < options->learning_rate_count; i++) arrays.learning_rates[i] = options->learning_rates[i];
    restart_epoch(model);
    *fit = made;
    return RNN_OK;
}

/* The order depends only on (run seed, epoch), so it can be generated again after a snapshot is restored. */
static const uint32_t *epoch_order(struct rnn_fit *fit, const struct rnn_model *model)
{
    uint32_t *order = arrays_of(fit).order, samples = fit->training.samples;
    if (fit->ordered && fit->ordered_epoch == model->epochs) return order;
    if (fit->options.shuffle) {
        struct rnni_random random = rnni_random_start(model->config.seed, RNNI_STREAM_SHUFFLE, model->epochs);
        rnni_random_permutation(&random, order, samples);
    } else {
        for (uint32_t i = 0; i < samples; i++) order[i] = i;
    }
    fit->ordered = true;
    fit->ordered_epoch = model->epochs;
    return order;
}

static uint32_t batches_before(const struct rnn_fit *fit, uint32_t position)
{
    return position == 0 ? 0 : (position - 1) / fit->options.batch_size + 1;
}

/* Keras's EarlyStopping.on_epoch_end, for the next epoch of the history. */
static void judge(struct rnn_fit *fit)
{
    const struct rnn_early_stopping *stopping = &fit->options.early_stopping;
    const uint32_t epoch = ++fit->judged;
    const struct fit_arrays arrays = arrays_of(fit);
    const struct rnn_epoch figures = arrays.history[epoch - 1];
    const double figure[] = {NAN, figures.loss, figures.metric, figures.val_loss, figures.val_metric};
    const bool larger = stopping->monitor % 2 == 0 && rnn_config_metric(&fit->config) == RNN_ACCURACY;
    const double value = larger ? -figure[stopping->monitor] : figure[stopping->monitor];
    if (isnan(value)) return;
    fit->wait++;
    if (fit->best_epoch == 0 || value + stopping->min_delta < fit->best) {
        fit->best = value;
        fit->best_epoch = epoch;
        fit->wait = 0;
    } else {
        fit->stopped = fit->wait >= stopping->patience && epoch > 1;
    }
}

/* Judges the first epochs of the history anew if the model went back, and those that are not judged yet. */
static void judge_until(struct rnn_fit *fit, uint32_t epochs)
{
    if (fit->judged > epochs) {
        fit->judged = fit->best_epoch = fit->wait = 0;
        fit->stopped = false;
    }
    while (fit->judged < epochs) judge(fit);
}

static bool is_done(const struct rnn_fit *fit, const struct rnn_model *model)
{
    return fit->stopped || model->epochs - fit->first_epoch == fit->options.epochs;
}

/* Keeps the weights after the best epoch, and gives them back to the model at the end. */
static void hold_best(struct rnn_fit *fit, struct rnn_model *model)
{
    rnn_real *weights = rnni_model_arrays_of(model).parameters, *best = arrays_of(fit).best;
    const size_t bytes = rnn_parameter_count(&model->config) * sizeof *best;
    if (!best) return;
    if (fit->best_epoch == fit->judged) {
        memcpy(best, weights, bytes);
        fit->held_epoch = fit->best_epoch;
    } else if (is_done(fit, model) && fit->held_epoch == fit->best_epoch && fit->held_epoch) {
        memcpy(weights, best, bytes);
    }
}

/* Fills *progress, except for the loss and metric of the latest batch. */
static void report(struct rnn_fit *fit, const struct rnn_model *model, struct rnn_progress *progress)
{
    uint32_t epoch = model->epochs - fit->first_epoch, position = model->position;
    progress->epoch = epoch;
    progress->batch = batches_before(fit, position);
    progress->batches = fit->batches;
    progress->updates = (uint64_t)epoch * fit->batches + progress->batch;
    progress->done = is_done(fit, model);
    progress->best_epoch = fit->best_epoch;
    const uint32_t *order = fit->training.lengths && position ? epoch_order(fit, model) : NULL;
    const double terms = (double)rnni_terms(&fit->training, fit->training.readouts, order, 0, position);
    progress->loss = position ? model->sums.loss / terms : 0;
    progress->metric = position ? model->sums.metric / terms : 0;
}

static enum rnn_status diverge(struct rnn_progress *progress, enum rnn_divergence what, uint32_t epoch, uint32_t batch)
{
    progress->divergence = (uint32_t)what;
    progress->diverged_epoch = epoch + 1;
    progress->diverged_batch = batch;
    return RNN_DIVERGED;
}

/* The number of samples in the next batch; an epoch's last batch may be smaller. */
static uint32_t batch_samples(const struct rnn_fit *fit, const struct rnn_model *model)
{
    uint32_t left = fit->training.samples - model->position;
    return left < fit->options.batch_size ? left : fit->options.batch_size;
}

static enum rnn_status update(struct rnn_fit *fit, struct rnn_model *model, struct rnn_workspace *workspace,
                              struct rnn_progress *progress)
{
    const uint32_t samples = batch_samples(fit, model), rates = fit->options.learning_rate_count;
    const uint32_t epoch = model->epochs - fit->first_epoch;
    struct rnni_batch batch;
    struct rnni_sums sums = {0};
    rnni_batch_carve(&model->config, fit->training.timesteps, samples, workspace, &batch);
    RNNI_TRY(rnni_batch_gather(&model->config, &batch, &fit->training, epoch_order(fit, model) + model->position, 0));
    rnni_batch_gradient(model, &batch, &sums);
    progress->batch_loss = sums.loss / (double)batch.terms;
    progress->batch_metric = sums.metric / (double)batch.terms;
    if (!isfinite(sums.loss))
        return diverge(progress, RNN_DIVERGED_LOSS, epoch, batches_before(fit, model->position) + 1);
    if (rates) model->optimizer.learning_rate = arrays_of(fit).learning_rates[epoch < rates ? epoch : rates - 1];
    struct rnni_model_arrays arrays = rnni_model_arrays_of(model);
    struct rnni_slots slots = {arrays.m, arrays.v, &model->beta_1_power, &model->beta_2_power};
    const size_t count = rnn_parameter_count(&model->config);
    rnni_clip(&model->optimizer, batch.gradient, count);
    rnni_optimizer_update(&model->optimizer, slots, arrays.parameters, batch.gradient, count);
    if (model->updates < RNNI_UPDATES_MAXIMUM) model->updates++;
    model->position += samples;
    model->sums.loss += sums.loss;
    model->sums.metric += sums.metric;
    return RNN_OK;
}

/* Is the network evaluated on the validation data after this epoch, counted from 0? */
static bool validates(const struct rnn_fit *fit, uint32_t epoch)
{
    const uint32_t every = fit->options.validation_freq;
    return fit->validation.samples && (every == 0 || (epoch + 1) % every == 0);
}

/* Validates, writes the epoch's line of the history, and moves the model to the beginning of the next epoch. */
static enum rnn_status end_epoch(struct rnn_fit *fit, struct rnn_model *model, struct rnn_workspace *workspace,
                                 struct rnn_progress *progress)
{
    uint32_t epoch = model->epochs - fit->first_epoch;
    const double terms = (double)rnni_terms(&fit->training, fit->training.readouts, NULL, 0, fit->training.samples);
    struct rnn_metrics validation = {NAN, NAN};
    if (!rnni_all_finite(rnn_model_parameters(model), rnn_parameter_count(&model->config)))
        return diverge(progress, RNN_DIVERGED_WEIGHTS, epoch, fit->batches);
    if (validates(fit, epoch)) {
        RNNI_TRY(rnn_model_evaluate(model, workspace, &fit->validation, NULL, &validation));
        if (!isfinite(validation.loss)) return diverge(progress, RNN_DIVERGED_VALIDATION, epoch, fit->batches);
    }
    arrays_of(fit).history[epoch] = (struct rnn_epoch){.loss = model->sums.loss / terms,
                                                       .metric = model->sums.metric / terms,
                                                       .val_loss = validation.loss,
                                                       .val_metric = validation.metric};
    fit->completed = epoch + 1;
    model->epochs++;
    restart_epoch(model);
    judge_until(fit, epoch + 1);
    hold_best(fit, model);
    return RNN_OK;
}

static enum rnn_status check_fit(const struct rnn_fit *fit, const struct rnn_model *model)
{
    if (!fit) return RNN_ERROR_ARGUMENT;
    if (!rnni_aligned(fit) || fit->magic != RNNI_FIT_MAGIC) return RNN_ERROR_BLOCK;
    RNNI_TRY(rnni_model_valid(model));
    if (memcmp(&fit->config, &model->config, sizeof fit->config) != 0) return RNN_ERROR_SHAPE;
    /* the model was restored from a snapshot that was taken outside this fit */
    if (model->epochs < fit->first_epoch || model->epochs - fit->first_epoch > fit->options.epochs ||
        model->position > fit->training.samples)
        return RNN_ERROR_SHAPE;
    return RNN_OK;
}

static enum rnn_status check_run(const struct rnn_fit *fit, const struct rnn_model *model,
                                 const struct rnn_workspace *workspace)
{
    RNNI_TRY(check_fit(fit, model));
    const struct rnn_dataset *training = &fit->training;
    uint32_t largest = training->samples < fit->options.batch_size ? training->samples : fit->options.batch_size;
    RNNI_TRY(rnni_workspace_fits(workspace, model, training->timesteps, largest));
    return fit->validation.samples ? rnni_workspace_fits(workspace, model, fit->validation.timesteps, 1) : RNN_OK;
}

enum rnn_status rnn_fit_batch(struct rnn_fit *fit, const struct rnn_model *model, uint32_t *batch, uint32_t capacity,
                              uint32_t *samples)
{
    if (!batch || !samples) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_fit(fit, model));
    const uint32_t count = batch_samples(fit, model);
    if (capacity < count) return RNN_ERROR_BLOCK;
    memcpy(batch, epoch_order(fit, model) + model->position, count * sizeof *batch);
    *samples = count;
    return RNN_OK;
}

enum rnn_status rnn_fit_run(struct rnn_fit *fit, struct rnn_model *model, struct rnn_workspace *workspace,
                            uint64_t max_updates, struct rnn_progress *progress)
{
    struct rnn_progress now = {0};
    if (!progress) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_run(fit, model, workspace));
    fit->completed = model->epochs - fit->first_epoch;
    judge_until(fit, fit->completed);
    enum rnn_status status = RNN_OK;
    while (status == RNN_OK && !is_done(fit, model)) {
        if (model->position == fit->training.samples) {
            status = end_epoch(fit, model, workspace, &now);
        } else if (max_updates == 0) {
            break;
        } else {
            status = update(fit, model, workspace, &now);
            max_updates--;
        }
    }
    report(fit, model, &now);
    *progress = now;
    return status;
}

const struct rnn_epoch *rnn_fit_history(const struct rnn_fit *fit, uint32_t *epochs)
{
    if (epochs) *epochs = fit->completed;
    return arrays_of(fit).history;
}
