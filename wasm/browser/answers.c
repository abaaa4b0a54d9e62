/* The area of answers, and for each record the function that fills it. */
#include "answers.h"

enum { AREA = 32 };

static double area[AREA];

#ifdef __wasm_simd128__
static const bool simd = true;
#else
static const bool simd = false;
#endif

/* Each in the order in which its function below fills the area. */
static const char *const RECORDS[] = {
    "size bytes",
    "range name:text minimum maximum whole open_end",
    "limits memory_limit fresh_sample simd",
    "defaults cell activation units timesteps features seed learning_rate beta_1 beta_2 epsilon epochs batch_size shuffle",
    "config cell activation units timesteps features seed",
    "optimizer learning_rate beta_1 beta_2 epsilon",
    "tensor name:text rank rows columns offset count",
    "parameters parameters:f32",
    "counters updates epochs position",
    "progress epoch batch batches updates done loss accuracy batch_loss batch_accuracy divergence diverged_epoch diverged_batch",
    "history epochs:f64",
    "epoch loss accuracy val_loss val_accuracy",
    "figures loss accuracy",
    "readout logit probability",
    "trace timesteps units features label loss x:f32 z:f32 h:f32 logit:f32 probability:f32 d_h:f32 d_z:f32 d_h_norm:f32",
    "extents samples timesteps features",
    "split training",
    "diagnosis line column offset text:text",
    "band low high",
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

static double *put_config(double *next, const struct rnn_config *config)
{
    *next++ = config->cell;
    *next++ = config->activation;
    *next++ = config->units;
    *next++ = config->timesteps;
    *next++ = config->features;
    *next++ = config->seed;
    return next;
}

void answer_config(const struct rnn_config *config)
{
    put_config(area, config);
}

static double *put_optimizer(double *next, const struct rnn_optimizer *optimizer)
{
    *next++ = optimizer->learning_rate;
    *next++ = optimizer->beta_1;
    *next++ = optimizer->beta_2;
    *next++ = optimizer->epsilon;
    return next;
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
    *next++ = progress->accuracy;
    *next++ = progress->batch_loss;
    *next++ = progress->batch_accuracy;
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
    answer_pair(figures.loss, figures.accuracy);
}

void answer_trace(const struct rnn_trace *trace)
{
    const double steps = trace->timesteps, units = trace->units, cells = steps * units;
    double *next = area;
    *next++ = steps;
    *next++ = units;
    *next++ = trace->features;
    *next++ = (double)trace->label;
    *next++ = (double)trace->loss;
    next = put_array(next, trace->x, steps * trace->features);
    next = put_array(next, trace->z, cells);
    next = put_array(next, trace->h, cells + units);
    next = put_array(next, trace->logit, steps);
    next = put_array(next, trace->probability, steps);
    next = put_array(next, trace->d_h, cells);
    next = put_array(next, trace->d_z, cells);
    put_array(next, trace->d_h_norm, steps);
}

void answer_extents(uint32_t samples, uint32_t timesteps, uint32_t features)
{
    area[0] = samples;
    area[1] = timesteps;
    area[2] = features;
}

void answer_diagnosis(const struct rnn_diagnosis *diagnosis)
{
    area[0] = diagnosis->line;
    area[1] = diagnosis->column;
    area[2] = (double)diagnosis->offset;
    area[3] = address_of(diagnosis->text);
}
