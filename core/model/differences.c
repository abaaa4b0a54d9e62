/* One number of the gradient beside a central difference of the loss:
 *
 *     (L(w + h) - L(w - h)) / 2h        h = 2^-8 max(1, |w|) in floats, 2^-18 in the double build: u^(1/3)
 */
#include <math.h>

#include "layout.h"

#ifdef RNN_DOUBLE
#define STEP 0x1p-18
#else
#define STEP 0x1p-8
#endif

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static enum rnn_status loss_at(struct rnn_model *model, struct rnn_workspace *workspace,
                               const struct rnn_dataset *batch, double *loss)
{
    struct rnn_figures figures;
    RNN_TRY(rnn_model_evaluate(model, workspace, batch, &figures));
    *loss = figures.loss;
    return RNN_OK;
}

enum rnn_status rnn_model_gradient_check(struct rnn_model *model, struct rnn_workspace *workspace,
                                         const struct rnn_dataset *data, size_t parameter,
                                         struct rnn_gradient_check *check)
{
    struct rnn_batch batch;
    struct rnn_sums sums = {0};
    RNN_TRY(rnn_model_valid(model));
    if (!data || !check || parameter >= rnn_parameter_count(&model->config)) return RNN_ERROR_ARGUMENT;
    RNN_TRY(rnn_dataset_check(data, &model->config, NULL));
    RNN_TRY(rnn_workspace_fits(workspace, model, data->timesteps, data->samples));
    rnn_batch_carve(&model->config, data->timesteps, data->samples, workspace, &batch);
    rnn_batch_gather(&batch, data, NULL, 0);
    rnn_batch_gradient(model, &batch, &sums);
    const double analytic = (double)batch.gradient[parameter],
                 size = fabs(sums.loss) / (double)(batch.samples * batch.readouts);

    rnn_real *weight = rnn_model_arrays_of(model).parameters + parameter;
    const rnn_real was = *weight, step = (rnn_real)STEP * (rnn_real)larger(1, fabs((double)was));
    const rnn_real above = was + step, below = was - step;
    struct rnn_gradient_check found = {.analytic = analytic, .step = ((double)above - (double)below) / 2};
    *weight = above;
    enum rnn_status status = loss_at(model, workspace, data, &found.loss_above);
    *weight = below;
    if (status == RNN_OK) status = loss_at(model, workspace, data, &found.loss_below);
    *weight = was;
    RNN_TRY(status);
    found.numeric = (found.loss_above - found.loss_below) / (2 * found.step);
    const double largest = larger(fabs(analytic), fabs(found.numeric)), apart = fabs(analytic - found.numeric);
    found.relative_error = apart == 0 ? 0 : apart / largest;
    found.tolerance = 4 * STEP * STEP * larger(1, size);
    *check = found;
    return RNN_OK;
}
