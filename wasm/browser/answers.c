/* The area of answers, and for each record the function that fills it. */
#include "answers.h"

#include <string.h>

enum { AREA = 40 };

static double area[AREA];

#ifdef __wasm_simd128__
static const bool simd = true;
#else
static const bool simd = false;
#endif

#define CONFIG                                                                                                         \
    "recurrent_gain l2 cell activation layers units timesteps features return_sequences loss outputs "                 \
    "kernel_initializer recurrent_initializer seed"
#define OPTIMIZER "method nesterov learning_rate beta_1 beta_2 epsilon rho momentum global_clipnorm clipvalue"

/* Each in the order in which its function below fills the area. */
static const char *const RECORDS[] = {
    "size bytes",
    "range name:text minimum maximum whole open_end",
    "limits memory_limit fresh_sample simd",
    ("defaults " CONFIG " " OPTIMIZER " epochs batch_size shuffle"),
    ("config " CONFIG),
    ("optimizer " OPTIMIZER),
    "metric index",
    "task name:text text:text solution:text scope:text chance least_timesteps features outputs loss return_sequences",
    "tensor name:text rank rows columns offset count",
    "parameters parameters:f32",
    "counters updates epochs position",
    "progress epoch batch batches updates done loss metric batch_loss batch_metric divergence diverged_epoch "
    "diverged_batch",
    "history epochs:f64",
    "epoch loss metric val_loss val_metric",
    "figures loss metric",
    "trace timesteps layers outputs readouts loss y:f32 logit:f32 prediction:f32",
    "layer features units gates x:f32 z:f32 a:f32 q:f32 h:f32 c:f32 d_h:f32 d_c:f32 d_z:f32 d_q:f32 d_h_norm:f32",
    "terms count",
    "backward samples timesteps units gates loss rate_h rate_c d_h:f32 d_c:f32 norms:f32 terms:f32 sums:f32",
    "check analytic numeric relative_error step tolerance loss_above loss_below rounding truncation",
    "extents samples timesteps features return_sequences",
    "split training",
    "diagnosis line column offset text:text",
    "band low high",
    "targets loss outputs guess",
    "hash upper lower",
    "share share",
    "quantile quantile",
};

const double *answer_area(void)
{
    return area;
}

const char *answer_record(uint32_t index)
{
    return index < sizeof RECORDS / sizeof *RECORDS ? RECORDS[index] : NULL;
}

static double address_of(const void *place)
{
    return (double)(uintptr_t)place;
}

/* An array's two doubles; returns where the next field goes. */
static double *put_array(double *next, const void *array, double count)
{
    *next++ = address_of(array);
    *next++ = count;
    return next;
}

void answer_number(double number)
{
    area[0] = number;
}

void answer_pair(double first, double second)
{
    area[0] = first;
    area[1] = second;
}

void answer_range(const struct rnn_range *range)
{
    double *next = area;
    *next++ = address_of(range->name);
    *next++ = range->minimum;
    *next++ = range->maximum;
    *next++ = range->whole;
    *next++ = range->open_end;
}

void answer_limits(void)
{
    area[0] = (double)RNN_MEMORY_LIMIT;
    area[1] = RNN_FRESH_SAMPLE;
    area[2] = simd;
}

/* Behind its two doubles a config is whole numbers alone, in the order of its record. */
enum { CONFIG_WHOLE = CONFIG_NUMBERS - 2 };
_Static_assert(sizeof(struct rnn_config) == 2 * sizeof(double) + CONFIG_WHOLE * sizeof(uint32_t), "its record says so");

static double *put_config(double *next, const struct rnn_config *config)
{
    uint32_t whole[CONFIG_WHOLE];
    memcpy(whole, (const char *)config + offsetof(struct rnn_config, cell), sizeof whole);
    *next++ = config->recurrent_gain;
    *next++ = config->l2;
    for (int i = 0; i < CONFIG_WHOLE; i++) *next++ = whole[i];
    return next;
}

/* A whole number that fits, or *status says that it does not. */
static uint32_t take_whole(double number, enum rnn_status *status)
{
    if (number >= 0 && number <= UINT32_MAX && number == (double)(uint32_t)number) return (uint32_t)number;
    *status = RNN_ERROR_RANGE;
    return 0;
}

enum rnn_status take_config(const double *from, struct rnn_config *config)
{
    enum rnn_status status = RNN_OK;
    uint32_t whole[CONFIG_WHOLE];
    if (!from) return RNN_ERROR_ARGUMENT;
    for (int i = 0; i < CONFIG_WHOLE; i++) whole[i] = take_whole(from[2 + i], &status);
    config->recurrent_gain = from[0];
    config->l2 = from[1];
    memcpy((char *)config + offsetof(struct rnn_config, cell), whole, sizeof whole);
    return status;
}

void answer_config(const struct rnn_config *config)
{
    put_config(area, config);
}

/* Behind its two whole numbers an optimizer is doubles alone, in the order of its record. */
enum { OPTIMIZER_DOUBLES = OPTIMIZER_NUMBERS - 2 };
_Static_assert(sizeof(struct rnn_optimizer) == (1 + OPTIMIZER_DOUBLES) * sizeof(double), "its record says so");

static double *put_optimizer(double *next, const struct rnn_optimizer *optimizer)
{
    *next++ = optimizer->method;
    *next++ = optimizer->nesterov;
    memcpy(next, (const char *)optimizer + offsetof(struct rnn_optimizer, learning_rate),
           OPTIMIZER_DOUBLES * sizeof *next);
    return next + OPTIMIZER_DOUBLES;
}

enum rnn_status take_optimizer(const double *from, struct rnn_optimizer *optimizer)
{
    enum rnn_status status = RNN_OK;
    if (!from) return RNN_ERROR_ARGUMENT;
    optimizer->method = take_whole(from[0], &status);
    optimizer->nesterov = take_whole(from[1], &status);
    memcpy((char *)optimizer + offsetof(struct rnn_optimizer, learning_rate), from + 2,
           OPTIMIZER_DOUBLES * sizeof *from);
    return status;
}

void answer_optimizer(const struct rnn_optimizer *optimizer)
{
    put_optimizer(area, optimizer);
}

void answer_defaults(void)
{
    struct rnn_config config = rnn_config_default();
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    struct rnn_fit_options fit = rnn_fit_options_default();
    double *next = put_optimizer(put_config(area, &config), &optimizer);
    *next++ = fit.epochs;
    *next++ = fit.batch_size;
    *next++ = fit.shuffle;
}

void answer_task(const struct rnn_task_info *info)
{
    double *next = area;
    *next++ = address_of(info->name);
    *next++ = address_of(info->text);
    *next++ = address_of(info->solution);
    *next++ = address_of(info->scope ? info->scope : "");
    *next++ = info->chance;
    *next++ = info->least_timesteps;
    *next++ = info->features;
    *next++ = info->outputs;
    *next++ = info->loss;
    *next++ = info->return_sequences;
}

void answer_tensor(const struct rnn_tensor *tensor)
{
    double *next = area;
    *next++ = address_of(tensor->name);
    *next++ = tensor->rank;
    *next++ = tensor->rows;
    *next++ = tensor->columns;
    *next++ = (double)tensor->offset;
    *next++ = (double)tensor->count;
}

void answer_parameters(const rnn_real *parameters, size_t count)
{
    put_array(area, parameters, (double)count);
}

void answer_counters(struct rnn_counters counters)
{
    area[0] = (double)counters.updates;
    area[1] = counters.epochs;
    area[2] = counters.position;
}

void answer_progress(const struct rnn_progress *progress)
{
    double *next = area;
    *next++ = progress->epoch;
    *next++ = progress->batch;
    *next++ = progress->batches;
    *next++ = (double)progress->updates;
    *next++ = progress->done;
    *next++ = progress->loss;
    *next++ = progress->metric;
    *next++ = progress->batch_loss;
    *next++ = progress->batch_metric;
    *next++ = progress->divergence;
    *next++ = progress->diverged_epoch;
    *next++ = progress->diverged_batch;
}

void answer_history(const struct rnn_epoch *epochs, uint32_t count)
{
    _Static_assert(sizeof *epochs == 4 * sizeof(double), "an epoch is the four doubles of its record");
    put_array(area, epochs, 4.0 * count);
}

void answer_figures(struct rnn_figures figures)
{
    answer_pair(figures.loss, figures.metric);
}

void answer_targets(const struct rnn_targets *targets)
{
    area[0] = targets->loss;
    area[1] = targets->outputs;
    area[2] = targets->guess;
}

void answer_trace(const struct rnn_trace *trace)
{
    const double steps = trace->timesteps;
    double *next = area;
    *next++ = steps;
    *next++ = trace->layers;
    *next++ = trace->outputs;
    *next++ = trace->readouts;
    *next++ = (double)trace->loss;
    next = put_array(next, trace->y, trace->readouts);
    next = put_array(next, trace->logit, steps * trace->outputs);
    put_array(next, trace->prediction, steps * trace->outputs);
}

/* An array that not every cell has. */
static double *put_some(double *next, const rnn_real *array, double count)
{
    return put_array(next, array, array ? count : 0);
}

void answer_layer(const struct rnn_trace *trace, uint32_t index)
{
    const struct rnn_trace_layer *layer = &trace->layer[index];
    const double steps = trace->timesteps, units = layer->units, cells = steps * units, sums = cells * layer->gates;
    double *next = area;
    *next++ = layer->features;
    *next++ = units;
    *next++ = layer->gates;
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
    double *next = area;
    *next++ = backward->samples;
    *next++ = steps;
    *next++ = units;
    *next++ = backward->gates;
    *next++ = backward->loss;
    *next++ = backward->rate_h;
    *next++ = backward->rate_c;
    next = put_array(next, backward->d_h, cells);
    next = put_some(next, backward->d_c, cells);
    next = put_array(next, backward->norms, RNN_BACKWARD_NORMS * steps);
    next = put_array(next, backward->terms, maps);
    put_array(next, backward->sums, maps);
}

void answer_check(const struct rnn_gradient_check *check)
{
    _Static_assert(sizeof *check == 9 * sizeof *area, "a check is the nine doubles of its record");
    memcpy(area, check, sizeof *check);
}

void answer_extents(const struct rnn_csv_shape *shape)
{
    area[0] = shape->samples;
    area[1] = shape->timesteps;
    area[2] = shape->features;
    area[3] = shape->return_sequences;
}

void answer_diagnosis(const struct rnn_diagnosis *diagnosis)
{
    area[0] = diagnosis->line;
    area[1] = diagnosis->column;
    area[2] = (double)diagnosis->offset;
    area[3] = address_of(diagnosis->text);
}
