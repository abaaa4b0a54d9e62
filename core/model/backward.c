/* Backpropagation through one layer, for the mean over a batch. The batch's loss is a mean, so the gradient that training computes
 * for sequence b is already 1/n of that sequence's own gradient, and the mean is a sum over the lanes:
 *
 *     dL/dh_t = sum over b of d_h[t][:, b]        term_t = sum over b of h_{t-1}[:, b] dL/dz_t[:, b]ᵀ */
#include <math.h>

#include "../numeric/elementary.h"
#include "carve.h"
#include "layout.h"

struct backward_arrays {
    rnn_real *d_h, *d_c, *norms, *terms, *sums;
    void *batch;
};

static uint64_t carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                      struct backward_arrays *arrays)
{
    const uint64_t steps = timesteps, units = config->units;
    const uint64_t maps = steps * units * units * rnni_cell_gates((enum rnn_cell)config->cell);
    struct rnni_carver carver = {base, 0};
    struct backward_arrays a = {0};
    a.d_h = rnni_carve_reals(&carver, steps * units);
    a.d_c = rnni_carve_reals(&carver, config->cell == RNN_LSTM ? steps * units : 0);
    a.norms = rnni_carve_reals(&carver, steps * RNN_BACKWARD_NORMS);
    a.terms = rnni_carve_reals(&carver, maps);
    a.sums = rnni_carve_reals(&carver, maps);
    a.batch = rnni_carve(&carver, rnni_batch_carve(config, timesteps, samples, NULL, NULL));
    if (arrays) *arrays = a;
    return carver.used;
}

enum rnn_status rnn_backward_size(const struct rnn_config *config, uint32_t timesteps, uint32_t samples,
                                  uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, timesteps));
    RNNI_TRY(rnn_range_check(RNN_BATCH_SIZE, samples));
    if (config->cell == RNN_DENSE) return RNN_ERROR_SHAPE;
    *bytes = carve(config, timesteps, samples, NULL, NULL);
    return *bytes > RNN_MEMORY_LIMIT ? RNN_ERROR_TOO_LARGE : RNN_OK;
}

struct recorder {
    const struct rnn_model *model;
    const struct rnni_batch *batch;
    struct backward_arrays arrays;
    size_t units;
    uint32_t layer;
};

/* The time step that the backward pass has reached in the layer, and its gradients. */
struct reached_step {
    size_t t;
    const rnn_real *d_h, *d_c;
};

/* Element i of dL/dh_t (U, lanes), or of dL/dc_t if cell_state. */
static rnn_real gradient_at(const struct recorder *recorder, const struct reached_step *reached_step, bool cell_state,
                            size_t i)
{
    if (!cell_state) return reached_step->d_h[i];
    return rnni_batch_d_c(recorder->model, recorder->batch, recorder->layer, reached_step->t, reached_step->d_h,
                          reached_step->d_c, i);
}

/* mean: out (U). Returns the mean over the sequences of the norm of each one's gradient. */
static rnn_real mean_gradient(const struct recorder *recorder, const struct reached_step *reached_step, bool cell_state,
                              rnn_real *mean)
{
    const size_t lanes = recorder->batch->lanes, samples = recorder->batch->samples;
    double norms = 0;
    for (size_t j = 0; j < recorder->units; j++) {
        double sum = 0;
        for (size_t b = 0; b < samples; b++)
            sum += (double)gradient_at(recorder, reached_step, cell_state, j * lanes + b);
        mean[j] = (rnn_real)sum;
    }
    for (size_t b = 0; b < samples; b++) {
        double squares = 0;
        for (size_t j = 0; j < recorder->units; j++) {
            const double number = (double)gradient_at(recorder, reached_step, cell_state, j * lanes + b);
            squares += number * number;
        }
        norms += __builtin_sqrt(squares);
    }
    return (rnn_real)norms;
}

static void record(void *context, uint32_t layer, size_t t, const rnn_real *d_h, const rnn_real *d_c)
{
    const struct recorder *recorder = context;
    const size_t units = recorder->units, steps = recorder->batch->timesteps, at = (t - 1) * units;
    const struct backward_arrays *arrays = &recorder->arrays;
    const struct reached_step reached_step = {t, d_h, d_c};
    rnn_real *norms = arrays->norms + t - 1;
    if (layer != recorder->layer) return;
    norms[RNN_NORM_EACH_D_H * steps] = mean_gradient(recorder, &reached_step, false, arrays->d_h + at);
    norms[RNN_NORM_D_H * steps] = (rnn_real)rnn_norm(arrays->d_h + at, units);
    norms[RNN_NORM_EACH_D_C * steps] = arrays->d_c ? mean_gradient(recorder, &reached_step, true, arrays->d_c + at) : 0;
    norms[RNN_NORM_D_C * steps] = arrays->d_c ? (rnn_real)rnn_norm(arrays->d_c + at, units) : 0;
}

/* After the backward pass, when rows hold dL/dz of all time steps: the terms h_{t-1} dL/dz_tᵀ, and their sums from the last time
 * step down to t. */
static void add_terms(const struct recorder *recorder)
{
    const struct rnn_model *model = recorder->model;
    const struct rnni_batch *batch = recorder->batch;
    const struct backward_arrays *arrays = &recorder->arrays;
    const size_t units = recorder->units, lanes = batch->lanes, steps = batch->timesteps;
    const size_t width = rnni_cell_gates((enum rnn_cell)model->config.cell) * units, count = units * width;
    for (size_t t = steps; t > 0; t--) {
        const struct rnni_layer_step now = rnni_batch_step(model, batch, recorder->layer, t);
        const struct rnni_layer_step before = rnni_batch_previous(model, batch, recorder->layer, t);
        rnn_real *term = arrays->terms + (t - 1) * count, *sum = arrays->sums + (t - 1) * count;
        /* 0 time steps give a term of zeros */
        const size_t receives_state = (t > 1 || batch->first_state) && !batch->cut.without_recurrence;
        rnni_lanes_outer(term, width, (struct rnni_run){before.h, 0}, (struct rnni_run){now.rows, 0}, units, width,
                         lanes, receives_state, batch->scratch);
        for (size_t i = 0; i < count; i++) {
            if (!rnni_keeps(batch->cut.kept, i / width, i % width, units)) term[i] = 0;
            sum[i] = t < steps ? sum[i + count] + term[i] : term[i];
        }
        arrays->norms[RNN_NORM_TERM * steps + t - 1] = (rnn_real)rnn_norm(term, count);
        arrays->norms[RNN_NORM_SUM * steps + t - 1] = (rnn_real)rnn_norm(sum, count);
    }
}

static bool normal(rnn_real norm)
{
    return norm >= (rnn_real)0x1p-126 && isfinite(norm);
}

static double rate(const rnn_real *norms, size_t steps)
{
    if (steps < 2 || !normal(norms[0]) || !normal(norms[steps - 1])) return NAN;
    const rnn_real fall = (rnni_log(norms[0]) - rnni_log(norms[steps - 1])) / (rnn_real)(steps - 1);
    return (double)rnni_vec_exp(rnni_vec_splat(fall))[0];
}

enum rnn_status rnn_backward_run(const struct rnn_model *model, const struct rnn_dataset *data,
                                 const struct rnn_cut *cut, uint32_t layer, void *block, uint64_t bytes,
                                 struct rnn_backward *backward)
{
    uint64_t needed = 0;
    RNNI_TRY(rnni_model_valid(model));
    if (!data || !block || !backward || layer >= model->config.layers) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_dataset_check(data, &model->config, NULL));
    RNNI_TRY(rnn_backward_size(&model->config, data->timesteps, data->samples, &needed));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    RNNI_TRY(rnni_cut_check(cut, &model->config, data->timesteps));
    struct rnni_batch batch;
    struct rnni_sums sums = {0};
    struct recorder recorder = {.model = model, .batch = &batch, .units = model->config.units, .layer = layer};
    const struct rnni_hooks hooks = {NULL, record, &recorder};
    carve(&model->config, data->timesteps, data->samples, block, &recorder.arrays);
    rnni_batch_carve(&model->config, data->timesteps, data->samples, recorder.arrays.batch, &batch);
    if (cut) batch.cut = *cut;
    RNNI_TRY(rnni_batch_gather(&model->config, &batch, data, NULL, 0));
    rnni_batch_forward(model, &batch, NULL);
    rnni_batch_loss(model, &batch, &sums, true);
    rnni_batch_backward(model, &batch, &hooks);
    add_terms(&recorder);
    const size_t steps = batch.timesteps;
    const struct backward_arrays *arrays = &recorder.arrays;
    *backward = (struct rnn_backward){.samples = data->samples,
                                      .timesteps = data->timesteps,
                                      .units = model->config.units,
                                      .gates = (uint32_t)rnni_cell_gates((enum rnn_cell)model->config.cell),
                                      .loss = sums.loss / (double)batch.terms,
                                      .rate_h = rate(arrays->norms + RNN_NORM_D_H * steps, steps),
                                      .rate_c = rate(arrays->norms + RNN_NORM_D_C * steps, steps),
                                      .d_h = arrays->d_h,
                                      .d_c = arrays->d_c,
                                      .norms = arrays->norms,
                                      .terms = arrays->terms,
                                      .sums = arrays->sums};
    return RNN_OK;
}
