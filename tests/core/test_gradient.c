/* The gradient must be the derivative of the loss, and the contributions of the time steps must add up to it.
 *
 * Independent reference: central finite differences of the loss, in the double build, to a relative 1e-6. In both builds: the sum
 * over t of rnn_trace_contribution is the gradient of training. For every cell, depth, readout and loss. */
#include <float.h>

#include "support.h"

static void nudge(struct rig rig, const rnn_real *at, size_t i, double by)
{
    size_t count = rnn_parameter_count(&rig.config);
    rnn_real *moved = block_of(count * sizeof *moved);
    memcpy(moved, at, count * sizeof *moved);
    moved[i] += (rnn_real)by;
    CHECK(rnn_model_set_parameters(rig.model, moved, count) == RNN_OK);
    free(moved);
}

static double loss_at(struct rig rig, const struct rnn_dataset *data)
{
    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, data, NULL, &figures) == RNN_OK);
    return figures.loss;
}

static void check_finite_differences(struct rnn_config config, uint32_t samples)
{
    struct rig rig = rig_of(config, samples);
    struct rnn_dataset data = data_for(&config, 7, samples);
    size_t count = rnn_parameter_count(&rig.config);
    rnn_real *parameters = stir(rig), *gradient = block_of(count * sizeof *gradient);
    struct rnn_metrics figures;
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, gradient, &figures) == RNN_OK);
    CHECK(fabs(figures.loss - loss_at(rig, &data)) <= 1e-14 * figures.loss);
    const double largest = norm_of(gradient, count), h = 1e-5;
    for (size_t i = 0; i < count; i++) {
        nudge(rig, parameters, i, h);
        double above = loss_at(rig, &data);
        nudge(rig, parameters, i, -h);
        double numeric = (above - loss_at(rig, &data)) / (2 * h);
        CHECK(fabs(numeric - (double)gradient[i]) <= 1e-6 * fmax(fabs(numeric), 1e-3 * largest));
    }
}

static void check_contributions(struct rnn_config config)
{
    config.l2 = 0; /* the l2 term belongs to no time step */
    struct rig rig = rig_of(config, 1);
    struct rnn_dataset data = data_for(&config, 5, 1);
    size_t count = rnn_parameter_count(&rig.config);
    uint64_t bytes = 0;
    rnn_real *gradient = block_of(count * sizeof *gradient);
    rnn_real *term = block_of(count * sizeof *term), *sum = block_of(count * sizeof *sum);
    memset(sum, 0, count * sizeof *sum);
    free(stir(rig));
    struct rnn_metrics figures;
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, gradient, &figures) == RNN_OK);
    struct rnn_trace trace;
    CHECK(rnn_trace_size(&rig.config, config.timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, data.x, config.timesteps, data.y, NULL, NULL, block_of(bytes), bytes, &trace) ==
          RNN_OK);
    CHECK(trace.loss == (rnn_real)figures.loss);
    size_t end = 0;
    for (uint32_t layer = 0; layer < config.layers; layer++) {
        struct rnn_tensor tensor[3];
        for (uint32_t i = 0; i < 3; i++) CHECK(rnn_tensor_of(&config, 3 * layer + i, &tensor[i]) == RNN_OK);
        for (uint32_t t = 1; t <= config.timesteps; t++) {
            rnn_real *recurrent = term + tensor[1].offset;
            CHECK(rnn_trace_contribution(&trace, layer, t, term + tensor[0].offset, recurrent,
                                         term + tensor[2].offset) == RNN_OK);
            if (t == 1) CHECK(norm_of(recurrent, tensor[1].count) == 0); /* h_0 = 0 */
            for (size_t i = tensor[0].offset; i < tensor[2].offset + tensor[2].count; i++) sum[i] += term[i];
        }
        end = tensor[2].offset + tensor[2].count;
    }
    for (size_t i = 0; i < end; i++) sum[i] -= gradient[i];
    CHECK(norm_of(gradient, end) > 0);
    CHECK(norm_of(sum, end) <= ROUNDING * norm_of(gradient, end));
}

/* Every kind of network, in small. */
static void check_all(struct rnn_config config, uint32_t samples)
{
    for (config.cell = 0; config.cell < RNN_DENSE; config.cell++)
        for (config.layers = 1; config.layers <= 3; config.layers++)
            for (config.return_sequences = 0; config.return_sequences <= 1; config.return_sequences++)
                for (config.loss = 0; rnn_loss_name(config.loss); config.loss++) {
                    config.outputs = config.loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
                    config.l2 = config.layers == 2 ? 0.01 : 0;
                    if (sizeof(rnn_real) == sizeof(double)) check_finite_differences(config, samples);
                    check_contributions(config);
                }
}

/* Weights so large that adding a step does not change them, or that the loss is not finite: there is nothing to compare. */
static void test_overflow(void)
{
    struct rig rig = rig_of(config_of(2, 3, 1, RNN_RELU), 1);
    const struct rnn_dataset data = data_for(&rig.config, 1, 1);
    const size_t count = rnn_parameter_count(&rig.config);
    rnn_real *weights = block_of(count * sizeof *weights);
    for (size_t i = 0; i < count; i++) weights[i] = (rnn_real)(sizeof(rnn_real) == 4 ? FLT_MAX : DBL_MAX);
    struct rnn_gradient_check check;
    CHECK(rnn_model_set_parameters(rig.model, weights, count) == RNN_OK);
    CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &data, 0, &check) == RNN_OK);
    CHECK(isnan(check.numeric) && isnan(check.relative_error) && isnan(check.tolerance));
    CHECK(memcmp(rnn_model_parameters(rig.model), weights, count * sizeof *weights) == 0);
}

int main(void)
{
    test_overflow();
    if (sizeof(rnn_real) == sizeof(double)) {
        check_finite_differences(config_of(1, 1, 1, RNN_TANH), 1);
        check_finite_differences(config_of(8, 10, 1, RNN_TANH), 6);
        check_finite_differences(config_of(7, 5, 3, RNN_RELU), 9);
        check_finite_differences(config_of(32, 10, 1, RNN_TANH), 4);
    }
    check_all(config_of(3, 4, 2, RNN_TANH), 5);
    check_all(config_of(1, 1, 1, RNN_TANH), 1);
    check_contributions(config_of(32, 10, 1, RNN_RELU));
    check_contributions(config_of(64, 50, 2, RNN_TANH));
    return check_report();
}
