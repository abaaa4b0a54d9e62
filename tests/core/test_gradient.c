/* Is the gradient the derivative of the loss, and do the time steps' contributions add up to it?
 *
 * Independent reference: central finite differences of the loss, in the double build, to a relative 1e-6. In both builds:
 * the sum over t of rnn_trace_contribution is the gradient that training uses. */
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
    struct rnn_figures figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, data, &figures) == RNN_OK);
    return figures.loss;
}

/* Weights of some size everywhere, so that no derivative is zero by chance. */
static void stir(struct rig rig, rnn_real *parameters)
{
    size_t count = rnn_parameter_count(&rig.config);
    memcpy(parameters, rnn_model_parameters(rig.model), count * sizeof *parameters);
    for (size_t i = 0; i < count; i++) parameters[i] += (rnn_real)0.1 * (rnn_real)((double)(i * 37 % 19) / 19 - 0.4);
    CHECK(rnn_model_set_parameters(rig.model, parameters, count) == RNN_OK);
}

static void check_finite_differences(uint32_t units, uint32_t timesteps, uint32_t features,
                                     enum rnn_activation activation, uint32_t samples)
{
    struct rig rig = rig_of(config_of(units, timesteps, features, activation), samples);
    struct rnn_dataset data = features_of(7, samples, timesteps, features);
    size_t count = rnn_parameter_count(&rig.config);
    rnn_real *parameters = block_of(count * sizeof *parameters), *gradient = block_of(count * sizeof *gradient);
    stir(rig, parameters);
    struct rnn_figures figures;
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, gradient, &figures) == RNN_OK);
    CHECK(figures.loss == loss_at(rig, &data));
    const double largest = norm_of(gradient, count), h = 1e-5;
    for (size_t i = 0; i < count; i++) {
        nudge(rig, parameters, i, h);
        double above = loss_at(rig, &data);
        nudge(rig, parameters, i, -h);
        double numeric = (above - loss_at(rig, &data)) / (2 * h);
        CHECK(fabs(numeric - (double)gradient[i]) <= 1e-6 * fmax(fabs(numeric), 1e-3 * largest));
    }
}

static void check_contributions(uint32_t units, uint32_t timesteps, uint32_t features, enum rnn_activation activation)
{
    struct rig rig = rig_of(config_of(units, timesteps, features, activation), 1);
    struct rnn_dataset data = features_of(5, 1, timesteps, features);
    size_t count = rnn_parameter_count(&rig.config), bytes = 0;
    size_t recurrent = (size_t)features * units, bias = recurrent + (size_t)units * units;
    rnn_real *parameters = block_of(count * sizeof *parameters), *gradient = block_of(count * sizeof *gradient);
    rnn_real *term = block_of(count * sizeof *term), *sum = block_of(count * sizeof *sum);
    memset(sum, 0, count * sizeof *sum);
    stir(rig, parameters);
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, gradient, NULL) == RNN_OK);
    struct rnn_trace trace;
    CHECK(rnn_trace_size(&rig.config, timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, data.x, timesteps, data.y[0], block_of(bytes), bytes, &trace) == RNN_OK);
    for (uint32_t t = 1; t <= timesteps; t++) {
        CHECK(rnn_trace_contribution(&trace, t, term, term + recurrent, term + bias) == RNN_OK);
        if (t == 1) CHECK(norm_of(term + recurrent, (size_t)units * units) == 0); /* h_0 = 0 */
        for (size_t i = 0; i < bias + units; i++) sum[i] += term[i];
    }
    for (size_t i = 0; i < bias + units; i++) sum[i] -= gradient[i];
    CHECK(norm_of(gradient, bias + units) > 0);
    CHECK(norm_of(sum, bias + units) <= ROUNDING * norm_of(gradient, bias + units));
}

int main(void)
{
    if (sizeof(rnn_real) == sizeof(double)) {
        check_finite_differences(1, 1, 1, RNN_TANH, 1);
        check_finite_differences(3, 4, 2, RNN_TANH, 5);
        check_finite_differences(8, 10, 1, RNN_TANH, 6);
        check_finite_differences(7, 5, 3, RNN_RELU, 9);
        check_finite_differences(32, 10, 1, RNN_TANH, 4);
    }
    check_contributions(1, 1, 1, RNN_TANH);
    check_contributions(5, 7, 3, RNN_TANH);
    check_contributions(32, 10, 1, RNN_TANH);
    check_contributions(32, 10, 1, RNN_RELU);
    check_contributions(64, 50, 2, RNN_TANH);
    return check_report();
}
