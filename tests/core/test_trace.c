/* step, trace and predict must agree bit by bit, and the trace must follow the equations.
 *
 * Independent reference: the cells' equations, in double (equations.h). */
#include "equations.h"

static struct rnn_trace trace_cut(struct rig rig, const rnn_real *x, const rnn_real *y, const struct rnn_cut *cut)
{
    struct rnn_trace trace;
    uint64_t bytes = 0;
    CHECK(rnn_trace_size(&rig.config, rig.config.timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, x, rig.config.timesteps, y, cut, NULL, block_of(bytes), bytes, &trace) == RNN_OK);
    return trace;
}

static struct rnn_trace trace_of(struct rig rig, const rnn_real *x, const rnn_real *y)
{
    return trace_cut(rig, x, y, NULL);
}

static void train_a_little(struct rig rig, const struct rnn_dataset *data)
{
    struct rnn_progress progress;
    struct rnn_fit *fit = fit_of(
        rig, data, NULL, (struct rnn_fit_options){.epochs = 3, .batch_size = 8, .shuffle = true, .validation_freq = 1});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
}

static void check_same_bits(struct rnn_config config)
{
    const uint32_t samples = 13, timesteps = config.timesteps, units = config.units, outputs = config.outputs;
    struct rig rig = rig_of(config, 8);
    struct rnn_dataset data = data_for(&config, 3, samples);
    train_a_little(rig, &data);
    const size_t said = (size_t)data.readouts * outputs;
    rnn_real *predicted = block_of(samples * said * sizeof *predicted);
    rnn_real *h = block_of((size_t)config.layers * units * sizeof *h), logit[3], prediction[3] = {0};
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, predicted) == RNN_OK);
    for (uint32_t i = 0; i < samples; i++) {
        const rnn_real *x = data.x + (size_t)i * timesteps * config.features;
        struct rnn_trace trace = trace_of(rig, x, data.y + i * data.readouts);
        CHECK(rnn_model_reset_states(rig.model) == RNN_OK);
        for (uint32_t t = 0; t < timesteps; t++) {
            CHECK(rnn_model_step(rig.model, x + t * config.features, h, logit, prediction) == RNN_OK);
            for (uint32_t l = 0; l < config.layers; l++)
                CHECK(memcmp(h + l * units, trace.layer[l].h + (t + 1) * units, units * sizeof *h) == 0);
            CHECK(memcmp(logit, trace.logit + t * outputs, outputs * sizeof *logit) == 0);
            CHECK(memcmp(prediction, trace.prediction + t * outputs, outputs * sizeof *prediction) == 0);
            if (config.return_sequences)
                CHECK(memcmp(prediction, predicted + i * said + t * outputs, outputs * sizeof *prediction) == 0);
        }
        CHECK(memcmp(prediction, predicted + (i + 1) * said - outputs, outputs * sizeof *prediction) == 0);
    }
}

static void near(const rnn_real *got, const double *want, size_t count)
{
    for (size_t i = 0; i < count; i++) CHECK(fabs((double)got[i] - want[i]) < ROUNDING);
}

static void check_equations(struct rnn_config config, const struct rnn_cut *cut)
{
    struct rig rig = rig_of(config, 8);
    struct rnn_dataset data = data_for(&config, 9, 8);
    train_a_little(rig, &data);
    struct rnn_trace trace = trace_cut(rig, data.x, data.y, cut);
    struct reference layers[3];
    memset(layers, 0, sizeof layers);
    const size_t units = config.units;
    struct rnn_tensor v;
    CHECK(rnn_tensor_of(&config, 3 * config.layers, &v) == RNN_OK);
    const rnn_real *p = rnn_model_parameters(rig.model);
    for (uint32_t t = 1; t <= config.timesteps; t++) {
        double x[8] = {0};
        size_t features = config.features;
        for (size_t f = 0; f < features; f++) x[f] = data.x[(t - 1) * features + f];
        for (uint32_t l = 0; l < config.layers; l++) {
            struct reference *r = &layers[l];
            const struct rnn_trace_layer *layer = &trace.layer[l];
            const size_t width = layer->gates * units, at = (t - 1) * width;
            if (cut && cut->reset_before == t) memset(r, 0, sizeof *r);
            reference_step(rig, l, x, features, r);
            near(layer->x + (t - 1) * features, x, features);
            near(layer->z + at, r->z, width);
            near(layer->a + at, r->a, width);
            near(layer->h + t * units, r->h, units);
            if (config.cell == RNN_LSTM) near(layer->c + t * units, r->c, units);
            if (config.cell == RNN_GRU) near(layer->q + (t - 1) * units, r->q, units);
            CHECK(fabs(norm_of(layer->d_h + (t - 1) * units, units) - (double)layer->d_h_norm[t - 1]) < ROUNDING);
            CHECK(layer->d_h_norm[t - 1] == (rnn_real)rnn_norm(layer->d_h + (t - 1) * units, units));
            for (size_t j = 0; j < units; j++) x[j] = r->h[j];
            features = units;
        }
        double logit = (double)p[v.offset + v.count] + weighted(p + v.offset, 1, 0, x, units);
        CHECK(fabs(logit - (double)trace.logit[t - 1]) < ROUNDING);
        CHECK(fabs(sigmoid(logit) - (double)trace.prediction[t - 1]) < ROUNDING);
    }
    double end = trace.prediction[config.timesteps - 1];
    CHECK(fabs(-log(data.y[0] > 0 ? end : 1 - end) - (double)trace.loss) < ROUNDING);
}

/* Without recurrence only the last step matters, and states are those of sequences of one step. */
static void check_without_recurrence(struct rnn_config config)
{
    struct rig rig = rig_of(config, 8);
    struct rnn_dataset data = data_for(&config, 2, 8);
    train_a_little(rig, &data);
    const struct rnn_cut cut = {.without_recurrence = 1};
    struct rnn_trace trace = trace_cut(rig, data.x, data.y, &cut);
    size_t count = rnn_parameter_count(&config);
    rnn_real *parameters = block_of(count * sizeof *parameters);
    memcpy(parameters, rnn_model_parameters(rig.model), count * sizeof *parameters);
    for (uint32_t l = 0; l < config.layers; l++) {
        struct rnn_tensor recurrent;
        CHECK(rnn_tensor_of(&config, 3 * l + 1, &recurrent) == RNN_OK);
        memset(parameters + recurrent.offset, 0, recurrent.count * sizeof *parameters);
    }
    CHECK(rnn_model_set_parameters(rig.model, parameters, count) == RNN_OK);
    struct rnn_trace zeroed = trace_of(rig, data.x, data.y);
    for (uint32_t l = 0; l < config.layers; l++)
        for (size_t i = 0; i < (size_t)(config.timesteps + 1) * config.units; i++)
            CHECK(trace.layer[l].h[i] == zeroed.layer[l].h[i]);
    CHECK(trace.loss == zeroed.loss);
    rnn_real *d = block_of(count * sizeof *d);
    CHECK(rnn_trace_contribution(&trace, 0, 2, NULL, d, NULL) == RNN_OK);
    CHECK(norm_of(d, config.units * trace.layer[0].gates * config.units) == 0);
}

/* Nothing passes a reset, neither a state forward nor a gradient backward. */
static void check_reset(struct rnn_config config)
{
    struct rig rig = rig_of(config, 8);
    struct rnn_dataset data = data_for(&config, 2, 8);
    train_a_little(rig, &data);
    const struct rnn_cut cut = {.reset_before = 3};
    struct rnn_trace trace = trace_cut(rig, data.x, data.y, &cut);
    CHECK(trace.layer[0].d_h_norm[1] == 0 && trace.layer[0].d_h_norm[2] > 0);
    struct rig shorter = rig_of(config, 1);
    CHECK(rnn_model_set_parameters(shorter.model, rnn_model_parameters(rig.model), rnn_parameter_count(&config)) ==
          RNN_OK);
    shorter.config.timesteps = config.timesteps - 2;
    struct rnn_trace alone = trace_of(shorter, data.x + 2 * config.features, data.y);
    const size_t bytes = config.units * sizeof(rnn_real);
    CHECK(memcmp(trace.layer[0].h + config.timesteps * config.units,
                 alone.layer[0].h + shorter.config.timesteps * config.units, bytes) == 0);
    CHECK(trace.loss == alone.loss);
}

static void all_nan(const rnn_real *values, size_t count)
{
    for (size_t i = 0; i < count; i++) CHECK(isnan(values[i]));
}

static void test_without_targets(void)
{
    for (uint32_t activation = 0; activation < 2; activation++) {
        struct rig rig = rig_of(config_of(4, 3, 1, (enum rnn_activation)activation), 1);
        const rnn_real x[3] = {1, 2, 3};
        struct rnn_trace trace = trace_of(rig, x, NULL);
        CHECK(isnan(trace.loss) && isnan(trace.y[0]) && isfinite(trace.prediction[2]));
        for (int i = 0; i < 12; i++) CHECK(isnan(trace.layer[0].d_h[i]) && isnan(trace.layer[0].d_z[i]));
        for (int t = 0; t < 3; t++) CHECK(isnan(trace.layer[0].d_h_norm[t]));
    }
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++) {
        struct rnn_config config = config_of(4, 3, 2, RNN_TANH);
        config.cell = cell;
        config.layers = 2;
        config.return_sequences = 1;
        const struct rnn_dataset data = data_for(&config, 1, 1);
        struct rnn_trace trace = trace_of(rig_of(config, 1), data.x, NULL);
        CHECK(isnan(trace.loss) && trace.readouts == 3);
        all_nan(trace.y, 3);
        for (int i = 0; i < 3; i++) CHECK(isfinite(trace.logit[i]) && isfinite(trace.prediction[i]));
        for (uint32_t l = 0; l < 2; l++) {
            const struct rnn_trace_layer *layer = &trace.layer[l];
            const size_t states = 3 * (size_t)layer->units;
            all_nan(layer->d_h, states);
            all_nan(layer->d_z, states * layer->gates);
            all_nan(layer->d_h_norm, 3);
            CHECK((layer->d_c != NULL) == (cell == RNN_LSTM) && (layer->d_q != NULL) == (cell == RNN_GRU));
            if (layer->d_c) all_nan(layer->d_c, states);
            if (layer->d_q) all_nan(layer->d_q, states);
        }
    }
}

static void test_any_length(void)
{
    struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 1);
    struct rnn_dataset data = task_of(RNN_TASK_FIRST, 1, 0, 1, 1000);
    rig.config.timesteps = 1000;
    struct rnn_trace trace = trace_of(rig, data.x, data.y);
    CHECK(trace.timesteps == 1000 && isfinite(trace.prediction[999]));
}

static void test_refusals(void)
{
    struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 1);
    const rnn_real x[3] = {1, NAN, 3}, one[1] = {1}, two[1] = {2};
    const struct rnn_cut late = {.reset_before = 4}, odd = {.without_recurrence = 2};
    struct rnn_trace trace;
    uint64_t bytes = 0;
    CHECK(rnn_trace_size(&rig.config, 3, &bytes) == RNN_OK);
    char *block = block_of(bytes + 64);
    CHECK(rnn_trace_run(rig.model, x, 3, one, NULL, NULL, block, bytes, &trace) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 3, NULL, NULL, NULL, block, bytes, &trace) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 1, two, NULL, NULL, block, bytes, &trace) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 0, one, NULL, NULL, block, bytes, &trace) == RNN_ERROR_RANGE);
    CHECK(rnn_trace_run(rig.model, x, 1001, one, NULL, NULL, block, bytes, &trace) == RNN_ERROR_RANGE);
    CHECK(rnn_trace_run(rig.model, x, 3, one, NULL, NULL, block, bytes - 1, &trace) == RNN_ERROR_BLOCK);
    CHECK(rnn_trace_run(rig.model, x, 1, one, NULL, NULL, block + 4, bytes, &trace) == RNN_ERROR_BLOCK);
    CHECK(rnn_trace_run(rig.model, x, 1, one, &late, NULL, block, bytes, &trace) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_run(rig.model, x, 1, one, &odd, NULL, block, bytes, &trace) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_model_step(rig.model, x + 1, NULL, NULL, NULL) == RNN_ERROR_DATA);
    CHECK(rnn_trace_run(rig.model, x, 1, one, NULL, NULL, block, bytes, &trace) == RNN_OK);
    CHECK(rnn_trace_contribution(&trace, 0, 0, NULL, NULL, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_contribution(&trace, 0, 2, NULL, NULL, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_contribution(&trace, 1, 1, NULL, NULL, NULL) == RNN_ERROR_ARGUMENT);
}

int main(void)
{
    check_same_bits(config_of(1, 1, 1, RNN_TANH));
    check_same_bits(config_of(8, 10, 1, RNN_RELU));
    check_same_bits(config_of(32, 10, 1, RNN_TANH));
    check_same_bits(config_of(37, 6, 5, RNN_TANH));
    struct rnn_config large =
        config_of(128, 3, 1, RNN_TANH); /* its packed weights are larger than any other scratch array */
    large.cell = RNN_LSTM;
    large.layers = 2;
    check_same_bits(large);
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
        for (uint32_t layers = 1; layers <= 3; layers++) {
            struct rnn_config config = config_of(6, 5, 2, RNN_TANH);
            config.cell = cell;
            config.layers = layers;
            check_equations(config, NULL);
            check_equations(config, &(struct rnn_cut){.reset_before = 4});
            check_without_recurrence(config);
            check_reset(config);
            check_same_bits(config);
            config.return_sequences = 1;
            config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
            config.outputs = 3;
            check_same_bits(config);
        }
    test_without_targets();
    test_any_length();
    test_refusals();
    return check_report();
}
