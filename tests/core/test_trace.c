/* Do step, trace and predict tell the same story, to the bit, and is the trace what its equations say? */
#include "../../core/numeric/elementary.h"
#include "support.h"

static struct rnn_trace trace_of(struct rig rig, const rnn_real *x, uint32_t timesteps, rnn_real label)
{
    struct rnn_trace trace;
    size_t bytes = 0;
    CHECK(rnn_trace_size(&rig.config, timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, x, timesteps, label, block_of(bytes), bytes, &trace) == RNN_OK);
    return trace;
}

static void train_a_little(struct rig rig, const struct rnn_dataset *data)
{
    struct rnn_progress progress;
    struct rnn_fit *fit = fit_of(rig, data, NULL, (struct rnn_fit_options){3, 8, true});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
}

static void check_same_bits(uint32_t units, uint32_t timesteps, uint32_t features, enum rnn_activation activation)
{
    const uint32_t samples = 13;
    struct rig rig = rig_of(config_of(units, timesteps, features, activation), 8);
    struct rnn_dataset data = features_of(3, samples, timesteps, features);
    train_a_little(rig, &data);
    rnn_real *predicted = block_of(samples * sizeof *predicted), *h = block_of(units * sizeof *h);
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, predicted) == RNN_OK);
    for (uint32_t i = 0; i < samples; i++) {
        const rnn_real *x = data.x + (size_t)i * timesteps * features;
        struct rnn_trace trace = trace_of(rig, x, timesteps, data.y[i]);
        rnn_real logit = 0, probability = 0;
        CHECK(rnn_model_reset_states(rig.model) == RNN_OK);
        for (uint32_t t = 0; t < timesteps; t++) {
            CHECK(rnn_model_step(rig.model, x + t * features, h, &logit, &probability) == RNN_OK);
            CHECK(memcmp(h, trace.h + (t + 1) * units, units * sizeof *h) == 0);
            CHECK(logit == trace.logit[t] && probability == trace.probability[t]);
        }
        CHECK(probability == predicted[i]);
    }
}

static void test_equations(void)
{
    struct rig rig = rig_of(config_of(6, 4, 2, RNN_TANH), 8);
    struct rnn_dataset data = features_of(9, 8, 4, 2);
    train_a_little(rig, &data);
    struct rnn_trace trace = trace_of(rig, data.x, 4, data.y[0]);
    const rnn_real *p = rnn_model_parameters(rig.model), *kernel = p, *recurrent = p + 12, *bias = p + 48, *v = p + 54;
    for (size_t i = 0; i < 6; i++) CHECK(trace.h[i] == 0);
    for (size_t t = 0; t < 4; t++) {
        double logit = p[60];
        for (size_t j = 0; j < 6; j++) {
            double z = bias[j];
            for (size_t f = 0; f < 2; f++) z += (double)trace.x[t * 2 + f] * (double)kernel[f * 6 + j];
            for (size_t i = 0; i < 6; i++) z += (double)trace.h[t * 6 + i] * (double)recurrent[i * 6 + j];
            CHECK(fabs(z - (double)trace.z[t * 6 + j]) < ROUNDING);
            CHECK(fabs(tanh(z) - (double)trace.h[(t + 1) * 6 + j]) < ROUNDING);
            logit += (double)trace.h[(t + 1) * 6 + j] * (double)v[j];
        }
        CHECK(fabs(logit - (double)trace.logit[t]) < ROUNDING);
        CHECK(fabs(1 / (1 + exp(-logit)) - (double)trace.probability[t]) < ROUNDING);
        CHECK(fabs(norm_of(trace.d_h + t * 6, 6) / (double)trace.d_h_norm[t] - 1) < ROUNDING);
    }
    double p_end = trace.probability[3];
    CHECK(fabs(-log(data.y[0] > 0 ? p_end : 1 - p_end) - (double)trace.loss) < ROUNDING);
}

static void test_without_a_label(void)
{
    struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 1);
    const rnn_real x[3] = {1, 2, 3};
    struct rnn_trace trace = trace_of(rig, x, 3, NAN);
    CHECK(isnan(trace.loss) && isnan(trace.d_h[0]) && isfinite(trace.probability[2]));
}

static void test_any_length(void)
{
    struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 1);
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 1, 1000);
    struct rnn_trace trace = trace_of(rig, data.x, 1000, 1);
    CHECK(trace.timesteps == 1000 && isfinite(trace.probability[999]));
}

static void test_refusals(void)
{
    struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 1);
    const rnn_real x[3] = {1, NAN, 3};
    struct rnn_trace trace;
    size_t bytes = 0;
    CHECK(rnn_trace_size(&rig.config, 3, &bytes) == RNN_OK);
    char *block = block_of(bytes + 64);
    CHECK(rnn_trace_run(rig.model, x, 3, 1, block, bytes, &trace) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 1, 2, block, bytes, &trace) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 0, 1, block, bytes, &trace) == RNN_ERROR_RANGE);
    CHECK(rnn_trace_run(rig.model, x, 1001, 1, block, bytes, &trace) == RNN_ERROR_RANGE);
    CHECK(rnn_trace_run(rig.model, x, 3, 1, block, bytes - 1, &trace) == RNN_ERROR_BLOCK);
    CHECK(rnn_trace_run(rig.model, x, 1, 1, block + 4, bytes, &trace) == RNN_ERROR_BLOCK);
    CHECK(rnn_model_step(rig.model, x + 1, NULL, NULL, NULL) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 1, 1, block, bytes, &trace) == RNN_OK);
    CHECK(rnn_trace_contribution(&trace, 0, NULL, NULL, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_contribution(&trace, 2, NULL, NULL, NULL) == RNN_ERROR_ARGUMENT);
}

int main(void)
{
    check_same_bits(1, 1, 1, RNN_TANH);
    check_same_bits(3, 4, 2, RNN_TANH);
    check_same_bits(8, 10, 1, RNN_RELU);
    check_same_bits(32, 10, 1, RNN_TANH);
    check_same_bits(37, 6, 5, RNN_TANH);
    test_equations();
    test_without_a_label();
    test_any_length();
    test_refusals();
    return check_report();
}
