/* Compares one number of the gradient with a central difference of the loss:
 *
 *     D(h) = (L(w + h) - L(w - h)) / 2h
 *
 * Two errors separate D(h) from dL/dw. The first is rounding: each rounding on the way to the loss has the effect of changing a
 * weight by a relative error u, so a loss is accurate to about 4 u max(1, |L|, Σ|w dL/dw|). The second is truncation, h² |L'''| /
 * 6, because the loss is curved between the two weights. D(2h) - D(h) is three times that, to leading order, so a second difference
 * measures it. h begins at u^(1/3), which is best where L''' is near 1, and is made smaller where the truncation exceeds the
 * rounding (Press et al., Numerical Recipes, 3rd ed. 2007, section 5.7). */
#include <math.h>

#include "layout.h"

#ifdef RNN_DOUBLE
#define STEP 0x1p-18
#else
#define STEP 0x1p-8
#endif

/* This code runs once per click of a reader, so its size matters more than its speed. */
#define SMALL __attribute__((noinline, cold))

/* The smallest step, as a multiple of STEP. */
#define LEAST 0x1p-6

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* The model whose weight is changed, the data for its loss, and the weight's original value. */
struct prober {
    struct rnn_model *model;
    struct rnn_workspace *workspace;
    const struct rnn_dataset *data;
    rnn_real *weight, was;
};

static SMALL enum rnn_status loss_at(const struct prober *prober, rnn_real weight, double *loss)
{
    struct rnn_metrics metrics;
    *prober->weight = weight;
    const enum rnn_status status = rnn_model_evaluate(prober->model, prober->workspace, prober->data, NULL, &metrics);
    *prober->weight = prober->was;
    if (status == RNN_OK) *loss = metrics.loss;
    return status;
}

/* The central difference with a step of about `step`. The exact step is that between the two weights as stored. */
static SMALL enum rnn_status difference(const struct prober *prober, double step, struct rnn_gradient_check *check)
{
    const rnn_real above = prober->was + (rnn_real)step, below = prober->was - (rnn_real)step;
    check->step = ((double)above - (double)below) / 2;
    RNNI_TRY(loss_at(prober, above, &check->loss_above));
    RNNI_TRY(loss_at(prober, below, &check->loss_below));
    check->numeric = (check->loss_above - check->loss_below) / (2 * check->step);
    return RNN_OK;
}

/* The central difference with `step`, and bounds of its two errors. The one for the truncation is how far it is from the difference
 * with twice the step. */
static SMALL enum rnn_status difference_and_bounds(const struct prober *prober, double step, double noise,
                                                   struct rnn_gradient_check *check)
{
    struct rnn_gradient_check wide;
    RNNI_TRY(difference(prober, 2 * step, &wide));
    RNNI_TRY(difference(prober, step, check));
    check->rounding = noise / check->step;
    check->truncation = fabs(wide.numeric - check->numeric);
    return RNN_OK;
}

/* To first order, an upper bound for the relative change of the loss: how much it changes if every weight changes by a factor of 1
 * + u, divided by u. */
static double sensitivity(struct rnn_model *model, const rnn_real *gradient)
{
    const rnn_real *weights = rnni_model_arrays_of(model).parameters;
    const size_t count = rnn_parameter_count(&model->config);
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += fabs((double)weights[i] * (double)gradient[i]);
    return sum;
}

enum rnn_status rnn_model_gradient_check(struct rnn_model *model, struct rnn_workspace *workspace,
                                         const struct rnn_dataset *data, size_t parameter,
                                         struct rnn_gradient_check *check)
{
    struct rnni_batch batch;
    struct rnni_sums sums = {0};
    RNNI_TRY(rnni_model_valid(model));
    if (!data || !check || parameter >= rnn_parameter_count(&model->config)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_dataset_check(data, &model->config, NULL));
    RNNI_TRY(rnni_workspace_fits(workspace, model, data->timesteps, data->samples));
    rnni_batch_carve(&model->config, data->timesteps, data->samples, workspace, &batch);
    RNNI_TRY(rnni_batch_gather(&model->config, &batch, data, NULL, 0));
    rnni_batch_gradient(model, &batch, &sums);
    const double size = fabs(sums.loss) / (double)batch.terms;

    rnn_real *weight = rnni_model_arrays_of(model).parameters + parameter;
    const struct prober prober = {model, workspace, data, weight, *weight};
    struct rnn_gradient_check found = {.analytic = (double)batch.gradient[parameter]};
    const double noise = 4 * STEP * STEP * STEP * larger(larger(1, size), sensitivity(model, batch.gradient));
    const double step = STEP * larger(1, fabs((double)*weight));
    RNNI_TRY(difference_and_bounds(&prober, step, noise, &found));
    /* with a step smaller by a factor s, the truncation is s² times as large and the rounding 1/s times */
    double smaller = 1;
    while (smaller > LEAST && found.truncation * smaller * smaller * smaller > found.rounding) smaller /= 2;
    if (smaller < 1 && isfinite(found.truncation))
        RNNI_TRY(difference_and_bounds(&prober, smaller * step, noise, &found));
    if (!isfinite(found.step) || !isfinite(found.numeric))
        found.numeric = found.truncation = NAN; /* overflow: no difference */
    const double apart = fabs(found.analytic - found.numeric);
    found.relative_error = apart == 0 ? 0 : apart / larger(fabs(found.analytic), fabs(found.numeric));
    found.tolerance = found.rounding + found.truncation;
    *check = found;
    return RNN_OK;
}
