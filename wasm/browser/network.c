/* Exports of the network module: flat functions for JavaScript around core/rnn.h, and around the summary of
 * core/rnn_files.h. This file checks every address, size and index that comes from JavaScript, and computes nothing itself.
 *
 * - An address is a number inside a block from `reserve`. Only `reserve` may grow memory. RNN_ERROR_ARGUMENT: an address of 0, outside
 *   all blocks, in a block of another kind, not aligned, or with too few bytes after it. It is turned into NULL, which the core
 *   rejects; where the core accepts NULL, this file rejects it.
 * - Most calls return an enum rnn_status. "Fills `name`" means that the call writes the record of that name into the answer area
 *   (boundary.h).
 * - Letters: n samples, T timesteps, F features, U units, G gates, L layers, K outputs, R readouts of a sequence, P
 *   parameters. Arrays are row-major; numbers are floats. */
#include "blocks.h"
#include "network_answers.h"

/* ------------------------------------------------------------------------------------------------ from addresses */

static struct rnn_model *model_at(uint32_t address)
{
    return block_at(address, BLOCK_MODEL, NULL);
}

static const struct rnn_config *config_at(uint32_t address)
{
    struct rnn_model *model = model_at(address);
    return model ? rnn_model_config(model) : NULL;
}

static struct rnn_workspace *workspace_at(uint32_t address)
{
    return block_at(address, BLOCK_WORKSPACE, NULL);
}

/* The first fields of the records data and plan. */
enum { X, Y, SAMPLES, TIMESTEPS, LENGTHS, H, C, DATA_NUMBERS };

/* Reads whole numbers from a record that JavaScript wrote at an address. */
static enum rnn_status take_numbers(uint32_t address, uint32_t count, uint32_t *numbers)
{
    const double *from = numbers_at(address, count);
    enum rnn_status status = RNN_OK;
    if (!from) return RNN_ERROR_ARGUMENT;
    for (uint32_t i = 0; i < count; i++) numbers[i] = take_whole(from[i], &status);
    return status;
}

/* A data set with the features and readouts of a model. Every address but that of x may be 0. */
static enum rnn_status data_of(uint32_t model, const uint32_t *from, struct rnn_dataset *data)
{
    const struct rnn_config *config = config_at(model);
    if (!config) return RNN_ERROR_ARGUMENT;
    TRY(dataset_at(from[X], from[Y], from[SAMPLES], from[TIMESTEPS], config->features, config->return_sequences, data));
    const uint64_t states = (uint64_t)from[SAMPLES] * config->layers * config->units;
    data->lengths = block_span(from[LENGTHS], (uint64_t)from[SAMPLES] * sizeof(uint32_t), sizeof(uint32_t));
    data->first = (struct rnn_state){reals_at(from[H], states), reals_at(from[C], states)};
    const bool given = (!from[Y] || data->y) && (!from[LENGTHS] || data->lengths) && (!from[H] || data->first.h) &&
                       (!from[C] || data->first.c);
    return given ? RNN_OK : RNN_ERROR_ARGUMENT;
}

/* The record data: sequences, and the cut with which the network runs over them. */
struct request {
    struct rnn_dataset data;
    struct rnn_cut cut;
};

static enum rnn_status take_request(uint32_t model, uint32_t record, struct request *request)
{
    enum { REQUEST_NUMBERS = DATA_NUMBERS + 3 };
    uint32_t numbers[REQUEST_NUMBERS];
    const uint32_t *cut = numbers + DATA_NUMBERS;
    TRY(take_numbers(record, REQUEST_NUMBERS, numbers));
    request->cut = (struct rnn_cut){.without_recurrence = cut[0], .reset_before = cut[1], .kept = cut[2]};
    return data_of(model, numbers, &request->data);
}

/* ------------------------------------------------------------------------------------------------ texts and ranges */

EXPORT(status_name) const char *export_status_name(uint32_t status)
{
    return rnn_status_name((enum rnn_status)status);
}

EXPORT(status_text) const char *export_status_text(uint32_t status)
{
    return rnn_status_text((enum rnn_status)status);
}

/* The name of the value with this index, or 0 past the last. list: which values, in the order below. */
EXPORT(name) const char *export_name(uint32_t list, uint32_t index)
{
    static const char *(*const LISTS[])(uint32_t) = {rnn_activation_name, rnn_cell_name,   rnn_initializer_name,
                                                     rnn_loss_name,       rnn_metric_name, rnn_method_name,
                                                     rnn_term_name,       rnn_kept_name};
    return list < sizeof LISTS / sizeof *LISTS ? LISTS[list](index) : NULL;
}

/* Fills `task`. RNN_ERROR_ARGUMENT past the last. */
EXPORT(task_info) enum rnn_status export_task_info(uint32_t task)
{
    const struct rnn_task_info *info = rnn_task_info_of(task);
    if (!info) return RNN_ERROR_ARGUMENT;
    answer_task(info);
    return RNN_OK;
}

/* Fills `range`. RNN_ERROR_ARGUMENT past the last. */
EXPORT(range) enum rnn_status export_range(uint32_t quantity)
{
    const struct rnn_range *range = rnn_range_of(quantity);
    if (!range) return RNN_ERROR_ARGUMENT;
    answer_range(range);
    return RNN_OK;
}

EXPORT(range_check) enum rnn_status export_range_check(uint32_t quantity, double value)
{
    return rnn_range_check((enum rnn_quantity)quantity, value);
}

/* Fills `limits`. */
EXPORT(limits) void export_limits(void)
{
    answer_limits();
}

/* Fills `defaults`. */
EXPORT(defaults) void export_defaults(void)
{
    answer_defaults();
}

/* ------------------------------------------------------------------------------------------------ model */

/* Fills `size`. config: in, the record config. */
EXPORT(model_size) enum rnn_status export_model_size(uint32_t config)
{
    struct rnn_config wanted;
    uint64_t bytes = 0;
    TRY(take_config(config, &wanted));
    TRY(rnn_model_size(&wanted, &bytes));
    return measured(RNN_OK, bytes);
}

/* Turns a raw block into a model. config: in, the record config. */
EXPORT(model_init) enum rnn_status export_model_init(uint32_t block, uint32_t config)
{
    struct rnn_config wanted;
    struct rnn_model *model = NULL;
    size_t bytes = 0;
    void *place = block_at(block, BLOCK_RAW, &bytes);
    TRY(take_config(config, &wanted));
    TRY(rnn_model_init(place, bytes, &wanted, &model));
    block_becomes(place, BLOCK_MODEL);
    return RNN_OK;
}

/* Fills `config`. */
EXPORT(config) enum rnn_status export_config(uint32_t model)
{
    const struct rnn_config *config = config_at(model);
    if (!config) return RNN_ERROR_ARGUMENT;
    answer_config(config);
    return RNN_OK;
}

/* Fills `size` with the index of the metric's name. */
EXPORT(metric) enum rnn_status export_metric(uint32_t model)
{
    const struct rnn_config *config = config_at(model);
    if (!config) return RNN_ERROR_ARGUMENT;
    answer_number(rnn_config_metric(config));
    return RNN_OK;
}

/* Fills `optimizer`. */
EXPORT(optimizer) enum rnn_status export_optimizer(uint32_t model)
{
    struct rnn_model *found = model_at(model);
    if (!found) return RNN_ERROR_ARGUMENT;
    answer_optimizer(rnn_model_optimizer(found));
    return RNN_OK;
}

/* optimizer: in, the record optimizer. */
EXPORT(compile) enum rnn_status export_compile(uint32_t model, uint32_t optimizer)
{
    struct rnn_optimizer wanted;
    TRY(take_optimizer(optimizer, &wanted));
    return rnn_model_compile(model_at(model), &wanted);
}

EXPORT(set_learning_rate) enum rnn_status export_set_learning_rate(uint32_t model, double learning_rate)
{
    return rnn_model_set_learning_rate(model_at(model), learning_rate);
}

/* Fills `tensor`. RNN_ERROR_ARGUMENT past the last. */
EXPORT(tensor) enum rnn_status export_tensor(uint32_t model, uint32_t index)
{
    static struct rnn_tensor tensor; /* static, because JavaScript reads the name after this call */
    TRY(rnn_tensor_of(config_at(model), index, &tensor));
    answer_tensor(&tensor);
    return RNN_OK;
}

/* Fills `parameters`. */
EXPORT(parameters) enum rnn_status export_parameters(uint32_t model)
{
    struct rnn_model *found = model_at(model);
    if (!found) return RNN_ERROR_ARGUMENT;
    answer_parameters(rnn_model_parameters(found), rnn_parameter_count(rnn_model_config(found)));
    return RNN_OK;
}

/* parameters: in (count), where count must be P. */
EXPORT(set_parameters)
enum rnn_status export_set_parameters(uint32_t model, uint32_t parameters, uint32_t count)
{
    return rnn_model_set_parameters(model_at(model), reals_at(parameters, count), count);
}

/* Fills `counters`. */
EXPORT(counters) enum rnn_status export_counters(uint32_t model)
{
    struct rnn_model *found = model_at(model);
    if (!found) return RNN_ERROR_ARGUMENT;
    answer_counters(rnn_model_counters(found));
    return RNN_OK;
}

/* bytes: the size from model_size. */
EXPORT(snapshot) enum rnn_status export_snapshot(uint32_t model, uint32_t snapshot, uint32_t bytes)
{
    return rnn_model_snapshot(model_at(model), bytes_at(snapshot, bytes), bytes);
}

EXPORT(restore) enum rnn_status export_restore(uint32_t model, uint32_t snapshot, uint32_t bytes)
{
    return rnn_model_restore(model_at(model), bytes_at(snapshot, bytes), bytes);
}

/* Fills `size`, which includes the NUL. */
EXPORT(summary_size) enum rnn_status export_summary_size(uint32_t model)
{
    size_t bytes = 0;
    enum rnn_status status = rnn_summary_write(config_at(model), NULL, 0, &bytes);
    return measured(status, bytes);
}

/* text: out (capacity). */
EXPORT(summary) enum rnn_status export_summary(uint32_t model, uint32_t text, uint32_t capacity)
{
    return rnn_summary_write(config_at(model), bytes_at(text, capacity), capacity, NULL);
}

/* ------------------------------------------------------------------------------------------------ workspace */

/* The configuration of a model with another number of timesteps. */
static enum rnn_status longer(uint32_t model, uint32_t timesteps, struct rnn_config *config)
{
    const struct rnn_config *own = config_at(model);
    if (!own) return RNN_ERROR_ARGUMENT;
    *config = *own;
    config->timesteps = timesteps;
    return RNN_OK;
}

/* Fills `size`, also with RNN_ERROR_TOO_LARGE. timesteps: the longest sequence for the workspace. */
EXPORT(workspace_size)
enum rnn_status export_workspace_size(uint32_t model, uint32_t batch_size, uint32_t timesteps)
{
    uint64_t bytes = 0;
    struct rnn_config config;
    TRY(longer(model, timesteps, &config));
    enum rnn_status status = rnn_workspace_size(&config, batch_size, &bytes);
    answer_number((double)bytes);
    return status;
}

/* Turns a raw block into a workspace for this model and others of its shape. timesteps: as for workspace_size. */
EXPORT(workspace_init)
enum rnn_status export_workspace_init(uint32_t block, uint32_t model, uint32_t batch_size, uint32_t timesteps)
{
    struct rnn_config config;
    TRY(longer(model, timesteps, &config));
    struct rnn_workspace *workspace = NULL;
    size_t bytes = 0;
    void *place = block_at(block, BLOCK_RAW, &bytes);
    TRY(rnn_workspace_init(place, bytes, &config, batch_size, &workspace));
    block_becomes(place, BLOCK_WORKSPACE);
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ training */

/* The addresses of a fit's data. Each block with a fit begins with them, so that every call of `fit` can check that the data were
 * not released. */
struct guard {
    _Alignas(RNN_ALIGNMENT) uint32_t training[DATA_NUMBERS];
    uint32_t validation[DATA_NUMBERS];
};

static struct guard *guard_at(uint32_t address)
{
    return block_at(address, BLOCK_FIT, NULL);
}

static struct rnn_fit *fit_behind(struct guard *guard)
{
    return guard ? (struct rnn_fit *)(guard + 1) : NULL;
}

static enum rnn_status guarded_data(const struct guard *guard, uint32_t model, struct rnn_dataset *training,
                                    struct rnn_dataset *validation)
{
    TRY(data_of(model, guard->training, training));
    return guard->validation[SAMPLES] ? data_of(model, guard->validation, validation) : RNN_OK;
}

/* Fills `size` with the number of samples to train on. */
EXPORT(validation_split) enum rnn_status export_validation_split(uint32_t samples, double split)
{
    uint32_t training = 0;
    TRY(rnn_validation_split(samples, split, &training));
    return measured(RNN_OK, training);
}

/* Fills `size`. learning_rates: how many; restores: 1 with early stopping that restores the best weights. */
EXPORT(fit_size)
enum rnn_status export_fit_size(uint32_t model, uint32_t samples, uint32_t epochs, uint32_t batch_size,
                                uint32_t learning_rates, uint32_t restores)
{
    uint64_t bytes = 0;
    const struct rnn_fit_options options = {
        .epochs = epochs,
        .batch_size = batch_size,
        .learning_rate_count = learning_rates,
        .early_stopping = {.monitor = RNN_MONITOR_LOSS, .restore_best_weights = restores != 0}};
    TRY(rnn_fit_size(config_at(model), samples, &options, &bytes));
    return measured(RNN_OK, bytes + sizeof(struct guard));
}

/* Turns a raw block into a fit. plan: in, the record plan; validation_samples 0: no validation; learning_rates: (learning_rate_count) doubles; monitor: enum rnn_monitor, 0: no early stopping. The data must stay in place. If they are released, later calls return RNN_ERROR_ARGUMENT. */
EXPORT(fit_begin) enum rnn_status export_fit_begin(uint32_t block, uint32_t model, uint32_t plan)
{
    enum {
        EPOCHS = 2 * DATA_NUMBERS,
        BATCH_SIZE,
        SHUFFLE,
        VALIDATION_FREQ,
        RATES,
        RATE_COUNT,
        MONITOR,
        PATIENCE,
        RESTORES,
        MIN_DELTA
    };
    struct rnn_dataset training, validation;
    struct rnn_fit *fit = NULL;
    size_t bytes = 0;
    uint32_t numbers[MIN_DELTA];
    const double *from = numbers_at(plan, MIN_DELTA + 1);
    struct guard guard, *place = block_at(block, BLOCK_RAW, &bytes);
    if (!from) return RNN_ERROR_ARGUMENT;
    TRY(take_numbers(plan, MIN_DELTA, numbers));
    if (bytes < sizeof *place) return place ? RNN_ERROR_BLOCK : RNN_ERROR_ARGUMENT;
    __builtin_memcpy(&guard, numbers, sizeof guard);
    const struct rnn_fit_options options = {.epochs = numbers[EPOCHS],
                                            .batch_size = numbers[BATCH_SIZE],
                                            .shuffle = numbers[SHUFFLE] != 0,
                                            .validation_freq = numbers[VALIDATION_FREQ],
                                            .learning_rates = numbers_at(numbers[RATES], numbers[RATE_COUNT]),
                                            .learning_rate_count = numbers[RATE_COUNT],
                                            .early_stopping = {.monitor = numbers[MONITOR],
                                                               .patience = numbers[PATIENCE],
                                                               .restore_best_weights = numbers[RESTORES] != 0,
                                                               .min_delta = from[MIN_DELTA]}};
    TRY(guarded_data(&guard, model, &training, &validation));
    TRY(rnn_fit_init(place + 1, bytes - sizeof guard, model_at(model), &training,
                     guard.validation[SAMPLES] ? &validation : NULL, &options, &fit));
    *place = guard;
    block_becomes(place, BLOCK_FIT);
    return RNN_OK;
}

/* Fills `progress`, also with RNN_DIVERGED. budget: the maximum number of updates (>= 0; Infinity: all that are left). */
EXPORT(fit) enum rnn_status export_fit(uint32_t fit, uint32_t model, uint32_t workspace, double budget)
{
    struct rnn_dataset training, validation;
    struct rnn_progress progress;
    struct guard *guard = guard_at(fit);
    if (!guard) return RNN_ERROR_ARGUMENT;
    if (!(budget >= 0)) return RNN_ERROR_RANGE;
    TRY(guarded_data(guard, model, &training, &validation));
    const uint64_t updates = budget < 0x1p63 ? (uint64_t)budget : UINT64_MAX;
    enum rnn_status status =
        rnn_fit_run(fit_behind(guard), model_at(model), workspace_at(workspace), updates, &progress);
    if (status == RNN_OK || status == RNN_DIVERGED) answer_progress(&progress);
    return status;
}

/* Fills `size` with the number of samples in the next update. batch: out (capacity), their 32-bit indexes. */
EXPORT(fit_batch)
enum rnn_status export_fit_batch(uint32_t fit, uint32_t model, uint32_t batch, uint32_t capacity)
{
    uint32_t samples = 0;
    uint32_t *out = block_span(batch, (uint64_t)capacity * sizeof *out, sizeof *out);
    TRY(rnn_fit_batch(fit_behind(guard_at(fit)), model_at(model), out, capacity, &samples));
    return measured(RNN_OK, samples);
}

/* Fills `history`: the completed epochs, each in the layout of the record epoch. */
EXPORT(history) enum rnn_status export_history(uint32_t fit)
{
    uint32_t epochs = 0;
    struct guard *guard = guard_at(fit);
    if (!guard) return RNN_ERROR_ARGUMENT;
    const struct rnn_epoch *history = rnn_fit_history(fit_behind(guard), &epochs);
    answer_history(history, epochs);
    return RNN_OK;
}

/* Fills `metrics`. data: in, here and below the record data. */
EXPORT(evaluate) enum rnn_status export_evaluate(uint32_t model, uint32_t workspace, uint32_t data)
{
    struct request request;
    struct rnn_metrics metrics;
    TRY(take_request(model, data, &request));
    TRY(rnn_model_evaluate(model_at(model), workspace_at(workspace), &request.data, &request.cut, &metrics));
    answer_metrics(metrics);
    return RNN_OK;
}

/* predictions: out (n, R, K). */
EXPORT(predict)
enum rnn_status export_predict(uint32_t model, uint32_t workspace, uint32_t data, uint32_t predictions)
{
    struct request request;
    TRY(take_request(model, data, &request));
    const uint64_t readouts = (uint64_t)request.data.samples * request.data.readouts;
    rnn_real *out = reals_at(predictions, readouts * config_at(model)->outputs);
    return rnn_model_predict(model_at(model), workspace_at(workspace), &request.data, &request.cut, out);
}

/* counts: out (C, C), 32-bit whole numbers, where C is K, or 2 for K = 1. */
EXPORT(confusion)
enum rnn_status export_confusion(uint32_t model, uint32_t workspace, uint32_t data, uint32_t counts)
{
    struct request request;
    TRY(take_request(model, data, &request));
    const uint64_t classes = config_at(model)->outputs == 1 ? 2 : config_at(model)->outputs;
    uint32_t *out = block_span(counts, classes * classes * sizeof *out, sizeof *out);
    return rnn_model_confusion(model_at(model), workspace_at(workspace), &request.data, &request.cut, out);
}

/* Fills `metrics`. gradient: out (P). The cut is ignored, here and in gradient_check. */
EXPORT(gradient)
enum rnn_status export_gradient(uint32_t model, uint32_t workspace, uint32_t data, uint32_t gradient)
{
    struct request request;
    struct rnn_metrics metrics;
    TRY(take_request(model, data, &request));
    rnn_real *out = parameters_at(gradient, config_at(model));
    TRY(rnn_model_gradient(model_at(model), workspace_at(workspace), &request.data, out, &metrics));
    answer_metrics(metrics);
    return RNN_OK;
}

/* Fills `check`. parameter: an index into the P parameters. */
EXPORT(gradient_check)
enum rnn_status export_gradient_check(uint32_t model, uint32_t workspace, uint32_t data, uint32_t parameter)
{
    struct request request;
    struct rnn_gradient_check check;
    TRY(take_request(model, data, &request));
    TRY(rnn_model_gradient_check(model_at(model), workspace_at(workspace), &request.data, parameter, &check));
    answer_check(&check);
    return RNN_OK;
}

/* Fills `size`, also with RNN_ERROR_TOO_LARGE. */
EXPORT(backward_size) enum rnn_status export_backward_size(uint32_t model, uint32_t timesteps, uint32_t samples)
{
    uint64_t bytes = 0;
    enum rnn_status status = rnn_backward_size(config_at(model), timesteps, samples, &bytes);
    answer_number((double)bytes);
    return status;
}

/* Fills `backward`. Its arrays are in the block, which stays raw. */
EXPORT(backward) enum rnn_status export_backward(uint32_t block, uint32_t model, uint32_t data, uint32_t layer)
{
    struct request request;
    struct rnn_backward backward;
    size_t bytes = 0;
    void *place = block_at(block, BLOCK_RAW, &bytes);
    TRY(take_request(model, data, &request));
    TRY(rnn_backward_run(model_at(model), &request.data, &request.cut, layer, place, bytes, &backward));
    answer_backward(&backward);
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ one sequence */

/* numbers: in x (F); out, after it, h (L, U), logits (K) and predictions (K). */
EXPORT(step) enum rnn_status export_step(uint32_t model, uint32_t numbers)
{
    const struct rnn_config *config = config_at(model);
    if (!config) return RNN_ERROR_ARGUMENT;
    const uint32_t states = config->layers * config->units, outputs = config->outputs;
    rnn_real *x = reals_at(numbers, (uint64_t)config->features + states + 2 * (uint64_t)outputs);
    if (!x) return RNN_ERROR_ARGUMENT;
    rnn_real *h = x + config->features, *logit = h + states;
    return rnn_model_step(model_at(model), x, h, logit, logit + outputs);
}

/* h, c: in (L, U) each, or address 0 for zeros. */
EXPORT(set_states) enum rnn_status export_set_states(uint32_t model, uint32_t h, uint32_t c)
{
    const struct rnn_config *config = config_at(model);
    if (!config) return RNN_ERROR_ARGUMENT;
    const uint64_t states = (uint64_t)config->layers * config->units;
    const struct rnn_state state = {reals_at(h, states), reals_at(c, states)};
    if ((h && !state.h) || (c && !state.c)) return RNN_ERROR_ARGUMENT;
    return rnn_model_set_states(model_at(model), &state);
}

/* Fills `size` with the number of tokens. prompt: in (prompt_tokens), 32-bit whole numbers; out: tokens (N), then best tokens (N,
 * best), 32-bit whole numbers, then their probabilities (N, best), where N is `tokens`. stop: 2^32 - 1 for none. */
EXPORT(generate)
enum rnn_status export_generate(uint32_t model, uint32_t prompt, uint32_t prompt_tokens, double temperature,
                                uint32_t top_k, uint32_t seed, uint32_t tokens, uint32_t stop, uint32_t best,
                                uint32_t out)
{
    const struct rnn_generate_options options = {temperature, top_k, seed, tokens, stop, best};
    const uint64_t choices = (uint64_t)tokens * best;
    uint32_t generated = 0, *from = block_span(prompt, (uint64_t)prompt_tokens * sizeof *from, sizeof *from),
             *to = best > rnn_range_of(RNN_CLASSES)->maximum
                       ? NULL
                       : block_span(out, (tokens + 2 * choices) * sizeof *to, sizeof *to);
    if (!to) return RNN_ERROR_ARGUMENT;
    TRY(rnn_model_generate(model_at(model), &options, from, prompt_tokens, to, &generated, to + tokens,
                           (rnn_real *)(to + tokens + choices)));
    answer_number(generated);
    return RNN_OK;
}

/* Fills `size`. */
EXPORT(trace_size) enum rnn_status export_trace_size(uint32_t model, uint32_t timesteps)
{
    uint64_t bytes = 0;
    TRY(rnn_trace_size(config_at(model), timesteps, &bytes));
    return measured(RNN_OK, bytes);
}

/* The latest trace. Its arrays are in the block that was passed to `trace`. */
static struct rnn_trace latest;

/* Fills `trace`. Its arrays are in the block, which stays raw. data: one sequence without lengths; y: address 0 without targets. */
EXPORT(trace) enum rnn_status export_trace(uint32_t block, uint32_t model, uint32_t data)
{
    size_t bytes = 0;
    void *place = block_at(block, BLOCK_RAW, &bytes);
    struct request request;
    const struct rnn_dataset *one = &request.data;
    TRY(take_request(model, data, &request));
    if (one->samples != 1 || one->lengths) return RNN_ERROR_ARGUMENT;
    latest = (struct rnn_trace){0};
    TRY(rnn_trace_run(model_at(model), one->x, one->timesteps, one->y, &request.cut, &one->first, place, bytes,
                      &latest));
    answer_trace(&latest);
    return RNN_OK;
}

/* Fills `layer` with a layer of the latest trace, whose block must still exist. RNN_ERROR_ARGUMENT past the last. */
EXPORT(trace_layer) enum rnn_status export_trace_layer(uint32_t layer)
{
    if (layer >= latest.layers) return RNN_ERROR_ARGUMENT;
    answer_layer(&latest, layer);
    return RNN_OK;
}

/* The contribution of one time step to the gradients of a layer. x: in (F of the layer), of this step; h: in (U), of the previous
 * step, or address 0 if the step did not receive it; d_z: in (G·U), of this step; d_q: in (U) for a GRU, otherwise address 0; kept:
 * that of the trace's cut.
 * gradient: out (P), of which only the layer's three tensors are written. */
EXPORT(contribution)
enum rnn_status export_contribution(uint32_t model, uint32_t layer, uint32_t x, uint32_t h, uint32_t d_z, uint32_t d_q,
                                    uint32_t kept, uint32_t gradient)
{
    const struct rnn_config *config = config_at(model);
    struct rnn_tensor kernel, recurrent, bias;
    if (!config || layer >= config->layers || config->cell == RNN_DENSE) return RNN_ERROR_ARGUMENT;
    TRY(rnn_tensor_of(config, 3 * layer, &kernel));
    TRY(rnn_tensor_of(config, 3 * layer + 1, &recurrent));
    TRY(rnn_tensor_of(config, 3 * layer + 2, &bias));
    struct rnn_trace step = {.timesteps = 1, .layers = layer + 1, .cut = {.without_recurrence = h == 0, .kept = kept}};
    step.layer[layer] = (struct rnn_trace_layer){.features = kernel.rows,
                                                 .units = config->units,
                                                 .gates = kernel.columns / config->units,
                                                 .x = reals_at(x, kernel.rows),
                                                 .h = reals_at(h, config->units),
                                                 .d_z = reals_at(d_z, kernel.columns),
                                                 .d_q = reals_at(d_q, config->units)};
    const struct rnn_trace_layer *from = &step.layer[layer];
    rnn_real *out = parameters_at(gradient, config);
    const bool gru = config->cell == RNN_GRU;
    if (!from->x || !from->d_z || !out || (h && !from->h) || (gru ? !from->d_q : d_q != 0) ||
        kept > RNN_KEEP_OFF_DIAGONAL)
        return RNN_ERROR_ARGUMENT;
    return rnn_trace_contribution(&step, layer, 1, out + kernel.offset, out + recurrent.offset, out + bias.offset);
}

/* Fills `size` with their number: the terms of one unit (from 0) at the last of `steps` time steps. steps is 1 for the first time
 * step of a sequence, and 2 for any other. question: in, the record question. Its arrays come from a trace's layer: x (steps, F), h
 * (steps + 1, U), a (steps, G·U), and for an LSTM c (steps + 1, U), otherwise address 0. without_recurrence, reset (1: that step
 * receives a state of zeros) and kept are the trace's cut; first_state is 1 if the trace began with a state of the caller's. terms:
 * out (F + U + 3), as struct rnn_term. */
EXPORT(terms) enum rnn_status export_terms(uint32_t model, uint32_t question, uint32_t terms)
{
    enum {
        LAYER,
        STEPS,
        STEPS_X,
        STATES_H,
        GATES_A,
        STATES_C,
        WITHOUT_RECURRENCE,
        RESET,
        KEPT,
        FIRST_STATE,
        UNIT,
        GATE,
        QUESTION_NUMBERS
    };
    const struct rnn_config *config = config_at(model);
    struct rnn_tensor kernel;
    uint32_t asked[QUESTION_NUMBERS], count = 0;
    if (!config) return RNN_ERROR_ARGUMENT;
    TRY(take_numbers(question, QUESTION_NUMBERS, asked));
    const uint32_t layer = asked[LAYER], steps = asked[STEPS];
    if (layer >= config->layers || steps - 1 > 1) return RNN_ERROR_ARGUMENT;
    TRY(rnn_tensor_of(config, 3 * layer, &kernel));
    const uint64_t units = config->units, states = (steps + 1) * units;
    struct rnn_trace trace = {.timesteps = steps,
                              .layers = layer + 1,
                              .first_state = asked[FIRST_STATE],
                              .cut = {.without_recurrence = asked[WITHOUT_RECURRENCE],
                                      .reset_before = asked[RESET] ? steps : 0,
                                      .kept = asked[KEPT]}};
    trace.layer[layer] = (struct rnn_trace_layer){.features = kernel.rows,
                                                  .units = config->units,
                                                  .gates = kernel.columns / config->units,
                                                  .x = reals_at(asked[STEPS_X], (uint64_t)steps * kernel.rows),
                                                  .h = reals_at(asked[STATES_H], states),
                                                  .a = reals_at(asked[GATES_A], (uint64_t)steps * kernel.columns),
                                                  .c = reals_at(asked[STATES_C], states)};
    const struct rnn_trace_layer *known = &trace.layer[layer];
    struct rnn_term *out = block_span(terms, (kernel.rows + units + 3) * sizeof *out, sizeof(rnn_real));
    const bool lstm = config->cell == RNN_LSTM;
    if (!known->x || !known->h || !known->a || (lstm ? !known->c : asked[STATES_C] != 0)) return RNN_ERROR_ARGUMENT;
    TRY(rnn_trace_terms(model_at(model), &trace, layer, steps, asked[UNIT], asked[GATE], out, &count));
    return measured(RNN_OK, count);
}

/* numbers: in z (count), out the gate's activation of each. */
EXPORT(activate)
enum rnn_status export_activate(uint32_t model, uint32_t gate, uint32_t numbers, uint32_t count)
{
    rnn_real *z = reals_at(numbers, count);
    return rnn_model_activate(model_at(model), gate, z, count, z);
}

/* ------------------------------------------------------------------------------------------------ data */

/* x: out (n, T, F), with the F of the task; y: out (n, R), where R is T if the task or the argument says return_sequences. */
EXPORT(task)
enum rnn_status export_task(uint32_t task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                            uint32_t timesteps, uint32_t return_sequences, uint32_t x, uint32_t y)
{
    const struct rnn_task_info *info = rnn_task_info_of(task);
    if (!info) return RNN_ERROR_RANGE;
    TRY(check_extents(samples, timesteps, info->features));
    const bool repeats = return_sequences && !info->return_sequences;
    rnn_real *inputs = reals_at(x, (uint64_t)samples * timesteps * info->features);
    rnn_real *targets = reals_at(y, (uint64_t)samples * (repeats || info->return_sequences ? timesteps : 1));
    if (!inputs || !targets) return RNN_ERROR_ARGUMENT;
    TRY(rnn_task_generate((enum rnn_task)task, data_seed, first_sample, samples, timesteps, inputs, targets));
    return repeats ? rnn_targets_repeat(targets, samples, timesteps) : RNN_OK;
}

/* Fills `size` with 1 if the task has a rule for x, otherwise with 0. x: in (T, F); y: out (R), with the F and R of the task. */
EXPORT(task_targets)
enum rnn_status export_task_targets(uint32_t task, uint32_t x, uint32_t timesteps, uint32_t y)
{
    const struct rnn_task_info *info = rnn_task_info_of(task);
    if (!info) return RNN_ERROR_RANGE;
    const rnn_real *inputs = reals_at(x, (uint64_t)timesteps * info->features);
    rnn_real *targets = reals_at(y, info->return_sequences ? timesteps : 1);
    bool applies = false;
    TRY(rnn_task_targets((enum rnn_task)task, inputs, timesteps, targets, &applies));
    answer_number(applies);
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ baselines */

/* Fills `band`. */
EXPORT(chance_band) enum rnn_status export_chance_band(uint32_t n)
{
    double low = 0, high = 0;
    TRY(rnn_chance_band(n, &low, &high));
    answer_pair(low, high);
    return RNN_OK;
}

/* Fills `targets`. y: in (n). loss: 0 to choose the one that suits, otherwise 1 + an index of the losses' names. */
EXPORT(targets) enum rnn_status export_targets(uint32_t y, uint32_t n, uint32_t loss)
{
    struct rnn_targets targets;
    TRY(rnn_targets_of(reals_at(y, n), n, loss ? loss - 1 : RNN_ANY_LOSS, &targets));
    answer_targets(&targets);
    return RNN_OK;
}

/* predictions: in (n, K); y: in (n); answered: out (2, n), 32-bit: the predicted classes, then 1 for each that is correct. */
EXPORT(judge)
enum rnn_status export_judge(uint32_t predictions, uint32_t n, uint32_t outputs, uint32_t y, uint32_t answered)
{
    if (outputs != 1) TRY(rnn_range_check(RNN_CLASSES, outputs));
    const rnn_real *said = reals_at(predictions, (uint64_t)n * outputs);
    uint32_t *out = block_span(answered, 2 * (uint64_t)n * sizeof *out, sizeof *out);
    return rnn_answers(said, n, outputs, reals_at(y, n), out, out ? out + n : NULL);
}

/* Fills `size` with its upper 32 bits, and writes the lower ones after them. x: in (n, T, F); y: in (n, R); lengths: in (n), 32-bit,
 * or address 0. */
EXPORT(dataset_hash)
enum rnn_status export_dataset_hash(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                                    uint32_t return_sequences, uint32_t lengths)
{
    struct rnn_dataset data;
    TRY(dataset_at(x, y, samples, timesteps, features, return_sequences, &data));
    data.lengths = block_span(lengths, (uint64_t)samples * sizeof lengths, sizeof lengths);
    if (!data.y || (lengths && !data.lengths)) return RNN_ERROR_ARGUMENT;
    const uint64_t hash = rnn_dataset_hash(&data);
    answer_pair((double)(hash >> 32), (double)(hash & UINT32_MAX));
    return RNN_OK;
}

/* Fills `size` with the share. y: in (n). */
EXPORT(majority_share) enum rnn_status export_majority_share(uint32_t y, uint32_t n)
{
    double share = 0;
    TRY(rnn_majority_share(reals_at(y, n), n, &share));
    answer_number(share);
    return RNN_OK;
}

/* Fills `size` with the quantile. values: in (n), doubles, which are sorted in place. */
EXPORT(quantile) enum rnn_status export_quantile(uint32_t values, uint32_t n, double q)
{
    double quantile = 0;
    TRY(rnn_quantile(block_span(values, (uint64_t)n * sizeof quantile, sizeof quantile), n, q, &quantile));
    answer_number(quantile);
    return RNN_OK;
}

/* values: in (rows, columns); ranges: out (2, columns), the smallest number of each column, then the largest. */
EXPORT(column_ranges)
enum rnn_status export_column_ranges(uint32_t values, uint32_t rows, uint32_t columns, uint32_t ranges)
{
    const rnn_real *numbers =
        (uint64_t)rows * columns <= UINT32_MAX ? reals_at(values, (uint64_t)rows * columns) : NULL;
    rnn_real *low = reals_at(ranges, 2 * (uint64_t)columns);
    return rnn_column_ranges(numbers, rows, columns, low, low ? low + columns : NULL);
}
