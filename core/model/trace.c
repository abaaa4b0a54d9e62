/* One sequence: step by step as it comes, or whole, with every intermediate number, forward and backward. */
#include <math.h>
#include <string.h>

#include "../layers/activations.h"
#include "../numeric/elementary.h"
#include "layout.h"

enum rnn_status rnn_model_step(struct rnn_model *model, const rnn_real *x, rnn_real *h, rnn_real *logit,
                               rnn_real *probability)
{
    RNN_TRY(rnn_model_valid(model));
    if (!x) return RNN_ERROR_ARGUMENT;
    for (uint32_t f = 0; f < model->config.features; f++)
        if (!isfinite(x[f])) return RNN_ERROR_DATA;
    struct rnn_model_arrays arrays = rnn_model_arrays_of(model);
    struct rnn_simple_rnn recurrent = rnn_model_recurrent(model);
    struct rnn_dense readout = rnn_model_readout(model);
    rnn_simple_rnn_step(&recurrent, x, model->stepped ? arrays.h : NULL, arrays.z, arrays.h);
    model->stepped = 1;
    rnn_real said = rnn_dense_step(&readout, arrays.h);
    if (h) memcpy(h, arrays.h, recurrent.units * sizeof *h);
    if (logit) *logit = said;
    if (probability) *probability = rnn_sigmoid(said);
    return RNN_OK;
}

enum rnn_status rnn_model_reset_states(struct rnn_model *model)
{
    RNN_TRY(rnn_model_valid(model));
    memset(rnn_model_arrays_of(model).h, 0, model->config.units * sizeof(rnn_real));
    model->stepped = 0;
    return RNN_OK;
}

/* The trace's arrays, writable. */
struct trace_arrays {
    rnn_real *x, *z, *h, *logit, *probability, *d_h, *d_z, *d_h_norm;
};

static uint64_t carve(const struct rnn_config *config, uint32_t timesteps, rnn_real *base, struct trace_arrays *arrays)
{
    const size_t units = config->units, steps = timesteps;
    const size_t counts[8] = {steps * config->features, steps * units, (steps + 1) * units, steps, steps,
                              steps * units,            steps * units, steps};
    rnn_real *pieces[8];
    size_t used = 0;
    for (int i = 0; i < 8; i++) {
        pieces[i] = base ? base + used : NULL;
        used += (counts[i] + 3) & ~(size_t)3;
    }
    if (arrays)
        *arrays = (struct trace_arrays){pieces[0], pieces[1], pieces[2], pieces[3],
                                        pieces[4], pieces[5], pieces[6], pieces[7]};
    return used * sizeof(rnn_real);
}

enum rnn_status rnn_trace_size(const struct rnn_config *config, uint32_t timesteps, size_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_config_check(config, NULL));
    RNN_TRY(rnn_range_check(RNN_TIMESTEPS, timesteps));
    *bytes = (size_t)carve(config, timesteps, NULL, NULL);
    return RNN_OK;
}

static void trace_forward(const struct rnn_model *model, struct trace_arrays *arrays, uint32_t timesteps)
{
    struct rnn_simple_rnn recurrent = rnn_model_recurrent(model);
    struct rnn_dense readout = rnn_model_readout(model);
    size_t units = recurrent.units;
    memset(arrays->h, 0, units * sizeof *arrays->h);
    for (size_t t = 0; t < timesteps; t++) {
        rnn_real *before = arrays->h + t * units, *after = before + units;
        rnn_simple_rnn_step(&recurrent, arrays->x + t * recurrent.features, t ? before : NULL, arrays->z + t * units,
                            after);
        arrays->logit[t] = rnn_dense_step(&readout, after);
        arrays->probability[t] = rnn_sigmoid(arrays->logit[t]);
    }
}

/* d_h = d_z · recurrent_kernelᵀ */
static void back_one_step(const struct rnn_simple_rnn *layer, const rnn_real *d_z, rnn_real *d_h)
{
    for (size_t i = 0; i < layer->units; i++) {
        const rnn_real *row = layer->recurrent_kernel + i * layer->units;
        rnn_real sum = 0;
        for (size_t j = 0; j < layer->units; j++) sum += row[j] * d_z[j];
        d_h[i] = sum;
    }
}

static rnn_real norm(const rnn_real *values, size_t count)
{
    double squares = 0; /* in double: neither overflow nor a vanished gradient may spoil it */
    for (size_t i = 0; i < count; i++) squares += (double)values[i] * (double)values[i];
    return (rnn_real)__builtin_sqrt(squares);
}

static void set_nan(rnn_real *values, size_t count)
{
    for (size_t i = 0; i < count; i++) values[i] = NAN;
}

static void trace_backward(const struct rnn_model *model, struct trace_arrays *arrays, uint32_t timesteps,
                           rnn_real label)
{
    struct rnn_simple_rnn recurrent = rnn_model_recurrent(model);
    struct rnn_dense readout = rnn_model_readout(model);
    size_t units = recurrent.units;
    rnn_real d_logit = arrays->probability[timesteps - 1] - label;
    for (size_t t = timesteps; t-- > 0;) {
        rnn_real *d_h = arrays->d_h + t * units, *d_z = arrays->d_z + t * units;
        if (t == timesteps - 1) {
            for (size_t i = 0; i < units; i++) d_h[i] = readout.kernel[i] * d_logit;
        } else {
            back_one_step(&recurrent, d_z + units, d_h);
        }
        rnn_activate_backward(recurrent.activation, d_z, d_h, arrays->h + (t + 1) * units, units);
        arrays->d_h_norm[t] = norm(d_h, units);
    }
}

enum rnn_status rnn_trace_run(const struct rnn_model *model, const rnn_real *x, uint32_t timesteps, rnn_real label,
                              void *block, size_t bytes, struct rnn_trace *trace)
{
    size_t needed = 0;
    if (!x || !block || !trace) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_model_valid(model));
    RNN_TRY(rnn_trace_size(&model->config, timesteps, &needed));
    if (bytes < needed || !rnn_aligned(block)) return RNN_ERROR_BLOCK;
    if (!isnan(label) && label != 0 && label != 1) return RNN_ERROR_DATA;
    const size_t count = (size_t)timesteps * model->config.features;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(x[i])) return RNN_ERROR_DATA;
    struct trace_arrays arrays;
    carve(&model->config, timesteps, block, &arrays);
    memcpy(arrays.x, x, count * sizeof *x);
    trace_forward(model, &arrays, timesteps);
    if (isnan(label)) {
        const size_t states = (size_t)timesteps * model->config.units;
        set_nan(arrays.d_h, states);
        set_nan(arrays.d_z, states);
        set_nan(arrays.d_h_norm, timesteps);
    } else {
        trace_backward(model, &arrays, timesteps, label);
    }
    rnn_real last = arrays.logit[timesteps - 1];
    *trace = (struct rnn_trace){.timesteps = timesteps,
                                .units = model->config.units,
                                .features = model->config.features,
                                .label = label,
                                .loss = isnan(label) ? label : rnn_softplus(label > 0 ? -last : last),
                                .x = arrays.x,
                                .z = arrays.z,
                                .h = arrays.h,
                                .logit = arrays.logit,
                                .probability = arrays.probability,
                                .d_h = arrays.d_h,
                                .d_z = arrays.d_z,
                                .d_h_norm = arrays.d_h_norm};
    return RNN_OK;
}

/* out (rows, columns) = aᵀ b */
static void outer(rnn_real *out, const rnn_real *a, size_t rows, const rnn_real *b, size_t columns)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) out[i * columns + j] = a[i] * b[j];
}

enum rnn_status rnn_trace_contribution(const struct rnn_trace *trace, uint32_t t, rnn_real *d_kernel,
                                       rnn_real *d_recurrent_kernel, rnn_real *d_bias)
{
    if (!trace || t < 1 || t > trace->timesteps) return RNN_ERROR_ARGUMENT;
    const size_t units = trace->units, features = trace->features;
    const rnn_real *d_z = trace->d_z + (t - 1) * units;
    if (d_kernel) outer(d_kernel, trace->x + (t - 1) * features, features, d_z, units);
    if (d_recurrent_kernel) outer(d_recurrent_kernel, trace->h + (t - 1) * units, units, d_z, units);
    if (d_bias) memcpy(d_bias, d_z, units * sizeof *d_bias);
    return RNN_OK;
}
