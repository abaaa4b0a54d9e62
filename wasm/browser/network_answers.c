#include "network_answers.h"

#include <string.h>

#ifdef __wasm_simd128__
static const bool simd = true;
#else
static const bool simd = false;
#endif

/* The fields of each record, in the order in which its function below writes them. */
const char *const answer_records[] = {
    "size bytes",
    "range name:text minimum maximum whole open_end",
    "limits memory_limit new_sample simd",
    ("defaults " CONFIG_FIELDS " " OPTIMIZER_FIELDS " epochs batch_size shuffle temperature tokens"),
    ("config " CONFIG_FIELDS),
    ("optimizer " OPTIMIZER_FIELDS),
    "task name:text tokens:text chance least_timesteps features outputs loss return_sequences",
    "tensor name:text rank rows columns offset count",
    "parameters parameters:f32",
    "counters updates epochs position",
    ("progress epoch batch batches updates done best_epoch loss metric batch_loss batch_metric divergence "
     "diverged_epoch "
     "diverged_batch"),
    "history epochs:f64",
    "epoch loss metric val_loss val_metric",
    "metrics loss metric",
    "trace timesteps layers outputs readouts loss y:f32 logit:f32 prediction:f32",
    "layer features units gates x:f32 z:f32 a:f32 q:f32 h:f32 c:f32 d_h:f32 d_c:f32 d_z:f32 d_q:f32 d_h_norm:f32",
    "backward samples timesteps units gates loss rate_h rate_c d_h:f32 d_c:f32 norms:f32 terms:f32 sums:f32",
    "check analytic numeric relative_error step tolerance loss_above loss_below rounding truncation",
    "band low high",
    "targets loss outputs guess",
    "data x y samples timesteps lengths h c without_recurrence reset_before kept",
    ("plan x y samples timesteps lengths h c validation_x validation_y validation_samples validation_timesteps "
     "validation_lengths validation_h validation_c epochs batch_size shuffle validation_freq "
     "learning_rates learning_rate_count monitor patience restore_best_weights min_delta"),
    "question layer steps x h a c without_recurrence reset kept first_state unit gate",
    NULL,
};

/* Writes an array's address and length, and returns the position of the next field. */
static double *put_array(double *next, const void *array, double count)
{
    *next++ = address_of(array);
    *next++ = count;
    return next;
}

void answer_range(const struct rnn_range *range)
{
    double *next = answer_area;
    *next++ = address_of(range->name);
    *next++ = range->minimum;
    *next++ = range->maximum;
    *next++ = range->whole;
    *next++ = range->open_end;
}

void answer_limits(void)
{
    answer_area[0] = (double)RNN_MEMORY_LIMIT;
    answer_area[1] = RNN_NEW_SAMPLE;
    answer_area[2] = simd;
}

void answer_optimizer(const struct rnn_optimizer *optimizer)
{
    put_optimizer(answer_area, optimizer);
}

void answer_defaults(void)
{
    struct rnn_config config = rnn_config_default();
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    struct rnn_fit_options fit = rnn_fit_options_default();
    double *next = put_optimizer(put_config(answer_area, &config), &optimizer);
    next = put_whole(next, &fit, 0, 2);
    *next++ = fit.shuffle;
    const struct rnn_generate_options generation = rnn_generate_options_default();
    *next++ = generation.temperature;
    *next++ = generation.tokens;
}

void answer_task(const struct rnn_task_info *info)
{
    double *next = answer_area;
    *next++ = address_of(info->name);
    *next++ = address_of(info->tokens ? info->tokens : "");
    *next++ = info->chance;
    put_whole(next, info, offsetof(struct rnn_task_info, least_timesteps), 5);
}

void answer_tensor(const struct rnn_tensor *tensor)
{
    double *next = answer_area;
    *next++ = address_of(tensor->name);
    next = put_whole(next, tensor, offsetof(struct rnn_tensor, rank), 3);
    *next++ = (double)tensor->offset;
    *next++ = (double)tensor->count;
}

void answer_parameters(const rnn_real *parameters, size_t count)
{
    put_array(answer_area, parameters, (double)count);
}

void answer_counters(struct rnn_counters counters)
{
    answer_area[0] = (double)counters.updates;
    put_whole(answer_area + 1, &counters, offsetof(struct rnn_counters, epochs), 2);
}

void answer_progress(const struct rnn_progress *progress)
{
    double *next = put_whole(answer_area, progress, 0, 3);
    *next++ = (double)progress->updates;
    *next++ = progress->done;
    *next++ = progress->best_epoch;
    memcpy(next, &progress->loss, 4 * sizeof *next);
    put_whole(next + 4, progress, offsetof(struct rnn_progress, divergence), 3);
}

void answer_history(const struct rnn_epoch *epochs, uint32_t count)
{
    _Static_assert(sizeof *epochs == 4 * sizeof(double), "an epoch is the four doubles of its record");
    put_array(answer_area, epochs, 4.0 * count);
}

void answer_metrics(struct rnn_metrics metrics)
{
    answer_pair(metrics.loss, metrics.metric);
}

void answer_targets(const struct rnn_targets *targets)
{
    *put_whole(answer_area, targets, 0, 2) = targets->guess;
}

void answer_trace(const struct rnn_trace *trace)
{
    const double steps = trace->timesteps;
    double *next = put_whole(answer_area, trace, 0, 4);
    *next++ = (double)trace->loss;
    next = put_array(next, trace->y, trace->readouts);
    next = put_array(next, trace->logit, steps * trace->outputs);
    put_array(next, trace->prediction, steps * trace->outputs);
}

/* The same for an array that some cells do not have. */
static double *put_some(double *next, const rnn_real *array, double count)
{
    return put_array(next, array, array ? count : 0);
}

void answer_layer(const struct rnn_trace *trace, uint32_t index)
{
    const struct rnn_trace_layer *layer = &trace->layer[index];
    const double steps = trace->timesteps, units = layer->units, cells = steps * units, sums = cells * layer->gates;
    double *next = put_whole(answer_area, layer, 0, 3);
    next = put_array(next, layer->x, steps * layer->features);
    next = put_array(next, layer->z, sums);
    next = put_array(next, layer->a, sums);
    next = put_some(next, layer->q, cells);
    next = put_array(next, layer->h, cells + units);
    next = put_some(next, layer->c, cells + units);
    next = put_array(next, layer->d_h, cells);
    next = put_some(next, layer->d_c, cells);
    next = put_array(next, layer->d_z, sums);
    next = put_some(next, layer->d_q, cells);
    put_array(next, layer->d_h_norm, steps);
}

void answer_backward(const struct rnn_backward *backward)
{
    const double steps = backward->timesteps, units = backward->units, cells = steps * units;
    const double maps = cells * units * backward->gates;
    double *next = put_whole(answer_area, backward, 0, 4);
    memcpy(next, &backward->loss, 3 * sizeof *next);
    next += 3;
    next = put_array(next, backward->d_h, cells);
    next = put_some(next, backward->d_c, cells);
    next = put_array(next, backward->norms, RNN_BACKWARD_NORMS * steps);
    next = put_array(next, backward->terms, maps);
    put_array(next, backward->sums, maps);
}

void answer_check(const struct rnn_gradient_check *check)
{
    _Static_assert(sizeof *check == 9 * sizeof *answer_area, "a check is the nine doubles of its record");
    memcpy(answer_area, check, sizeof *check);
}
