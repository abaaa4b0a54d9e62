/* The dense network, compared with its definition in double and with a SimpleRNN that reads the same numbers in one time step. */
#include "rnn_files.h"
#include "support.h"

enum { STEPS = 5, FEATURES = 2, UNITS = 7, SAMPLES = 9, INPUTS = STEPS * FEATURES };

static struct rnn_config dense_of(uint32_t layers, enum rnn_loss loss)
{
    struct rnn_config config = rnn_config_default();
    config.cell = RNN_DENSE;
    config.layers = layers;
    config.units = UNITS;
    config.timesteps = STEPS;
    config.features = FEATURES;
    config.loss = loss;
    config.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
    return config;
}

static struct rnn_dataset data_of(const struct rnn_config *config)
{
    rnn_real *x = block_of(SAMPLES * INPUTS * sizeof *x), *y = block_of(SAMPLES * sizeof *y);
    for (int i = 0; i < SAMPLES * INPUTS; i++) x[i] = (rnn_real)sin(1.0 + 3 * i);
    for (uint32_t i = 0; i < SAMPLES; i++) y[i] = (rnn_real)(i % (config->outputs == 1 ? 2 : config->outputs));
    return (struct rnn_dataset){
        .x = x, .y = y, .samples = SAMPLES, .timesteps = STEPS, .features = FEATURES, .readouts = 1};
}

static void test_tensors(void)
{
    static const char *const names[] = {"dense/kernel", "dense/bias",     "dense_1/kernel",
                                        "dense_1/bias", "dense_2/kernel", "dense_2/bias"};
    static const uint32_t rows[] = {INPUTS, UNITS, UNITS, UNITS, UNITS, 1};
    const struct rnn_config config = dense_of(2, RNN_MEAN_SQUARED_ERROR);
    struct rnn_tensor tensor;
    size_t offset = 0;
    CHECK_EQUAL(rnn_tensor_count(&config), 6);
    for (uint32_t i = 0; i < 6; i++) {
        CHECK_EQUAL(rnn_tensor_of(&config, i, &tensor), RNN_OK);
        CHECK_TEXT(tensor.name, names[i]);
        CHECK_EQUAL(tensor.rank, i % 2 ? 1 : 2);
        CHECK_EQUAL(tensor.rows, rows[i]);
        CHECK_EQUAL(tensor.offset, offset);
        offset += tensor.count;
    }
    CHECK_EQUAL(rnn_tensor_of(&config, 6, &tensor), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_parameter_count(&config), offset);
    CHECK_EQUAL(offset, (INPUTS + 1) * UNITS + (UNITS + 1) * UNITS + UNITS + 1);
}

/* logit = tanh(x · kernel + bias) · dense kernel + dense bias, with mean squared error the prediction. */
static void test_values(void)
{
    const struct rnn_config config = dense_of(1, RNN_MEAN_SQUARED_ERROR);
    const struct rig rig = rig_of(config, SAMPLES);
    const struct rnn_dataset data = data_of(&config);
    rnn_real predictions[SAMPLES], *w = block_of(rnn_parameter_count(&config) * sizeof *w);
    for (size_t i = 0; i < rnn_parameter_count(&config); i++) w[i] = (rnn_real)cos(2.0 * (double)i);
    CHECK_EQUAL(rnn_model_set_parameters(rig.model, w, rnn_parameter_count(&config)), RNN_OK);
    CHECK_EQUAL(rnn_model_predict(rig.model, rig.workspace, &data, NULL, predictions), RNN_OK);
    const rnn_real *bias = w + INPUTS * UNITS, *readout = bias + UNITS;
    for (int s = 0; s < SAMPLES; s++) {
        double logit = (double)readout[UNITS];
        for (int j = 0; j < UNITS; j++) {
            double z = (double)bias[j];
            for (int i = 0; i < INPUTS; i++) z += (double)data.x[s * INPUTS + i] * (double)w[i * UNITS + j];
            logit += tanh(z) * (double)readout[j];
        }
        CHECK_NEAR(predictions[s], logit, ROUNDING);
    }
}

/* In one time step from a state of zeros a SimpleRNN computes the same, to the bit, whatever its recurrent kernel. */
static void test_one_step(void)
{
    for (uint32_t loss = 0; rnn_loss_name(loss); loss++) {
        const struct rnn_config config = dense_of(1, (enum rnn_loss)loss);
        struct rnn_config step = config;
        step.cell = RNN_SIMPLE_RNN;
        step.timesteps = 1;
        step.features = INPUTS;
        const struct rig dense = rig_of(config, SAMPLES), recurrent = rig_of(step, SAMPLES);
        const struct rnn_dataset data = data_of(&config);
        struct rnn_dataset one = data;
        one.timesteps = 1;
        one.features = INPUTS;
        const size_t count = rnn_parameter_count(&config), states = UNITS * UNITS, before = INPUTS * UNITS;
        CHECK_EQUAL(rnn_parameter_count(&step), count + states);
        const rnn_real *w = rnn_model_parameters(recurrent.model);
        rnn_real *without = block_of(count * sizeof *w);
        memcpy(without, w, before * sizeof *w);
        memcpy(without + before, w + before + states, (count - before) * sizeof *w);
        CHECK_EQUAL(memcmp(without, rnn_model_parameters(dense.model), count * sizeof *w), 0); /* drawn alike */
        rnn_real *gradient = block_of(count * sizeof *w), *wanted = block_of((count + states) * sizeof *w);
        struct rnn_metrics got, expected;
        CHECK_EQUAL(rnn_model_gradient(dense.model, dense.workspace, &data, gradient, &got), RNN_OK);
        CHECK_EQUAL(rnn_model_gradient(recurrent.model, recurrent.workspace, &one, wanted, &expected), RNN_OK);
        CHECK(got.loss == expected.loss && got.metric == expected.metric);
        CHECK(norm_of(gradient, count) > 0);
        CHECK_EQUAL(memcmp(gradient, wanted, before * sizeof *w), 0);
        CHECK_EQUAL(memcmp(gradient + before, wanted + before + states, (count - before) * sizeof *w), 0);
    }
}

static void test_finite_differences(void)
{
    for (uint32_t layers = 1; layers <= 3; layers++)
        for (uint32_t loss = 0; rnn_loss_name(loss); loss++) {
            struct rnn_config config = dense_of(layers, (enum rnn_loss)loss);
            config.l2 = layers == 2 ? 0.01 : 0;
            const struct rig rig = rig_of(config, SAMPLES);
            const struct rnn_dataset data = data_of(&config);
            for (size_t i = 0; i < rnn_parameter_count(&config); i++) {
                struct rnn_gradient_check check;
                CHECK_EQUAL(rnn_model_gradient_check(rig.model, rig.workspace, &data, i, &check), RNN_OK);
                CHECK_NEAR(check.numeric, check.analytic, check.tolerance);
            }
        }
}

/* What has no meaning for it is refused, and nothing is written. */
static void test_refusals(void)
{
    struct rnn_config config = dense_of(1, RNN_BINARY_CROSSENTROPY);
    const struct rig rig = rig_of(config, SAMPLES);
    const struct rnn_dataset data = data_of(&config);
    struct rnn_dataset other = data;
    struct rnn_metrics metrics;
    uint64_t bytes = 7;
    rnn_real h[UNITS] = {0}, p[SAMPLES];
    uint32_t lengths[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) lengths[i] = STEPS;
    CHECK_EQUAL(rnn_model_step(rig.model, data.x, NULL, NULL, p), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_model_reset_states(rig.model), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_trace_size(&config, STEPS, &bytes), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_backward_size(&config, STEPS, 1, &bytes), RNN_ERROR_SHAPE);
    CHECK_EQUAL(bytes, 7);
    other.timesteps = STEPS - 1;
    CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &other, NULL, &metrics), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_model_predict(rig.model, rig.workspace, &other, NULL, p), RNN_ERROR_SHAPE);
    other = data;
    other.lengths = lengths;
    CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &other, NULL, &metrics), RNN_ERROR_SHAPE);
    other = data;
    other.first.h = h;
    CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &other, NULL, &metrics), RNN_ERROR_SHAPE);
    const struct rnn_cut cuts[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &data, &cuts[i], &metrics), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &data, &(struct rnn_cut){0}, &metrics), RNN_OK);
    config.return_sequences = 1;
    CHECK_EQUAL(rnn_config_check(&config, NULL), RNN_ERROR_RANGE);
}

#ifndef RNN_DOUBLE
static void test_files(void)
{
    for (uint32_t layers = 1; layers <= 3; layers++)
        for (int npz = 0; npz < 2; npz++) {
            const struct rnn_config config = dense_of(layers, RNN_SPARSE_CATEGORICAL_CROSSENTROPY);
            const struct rig rig = rig_of(config, 1);
            const size_t count = rnn_parameter_count(&config);
            const rnn_real *w = rnn_model_parameters(rig.model);
            static char file[1 << 14];
            size_t bytes = 0;
            CHECK_EQUAL((npz ? rnn_npz_write : rnn_safetensors_write)(&config, w, NULL, file, sizeof file, &bytes),
                        RNN_OK);
            struct rnn_config found = rnn_config_default();
            struct rnn_diagnosis diagnosis = {0};
            CHECK_EQUAL(rnn_weights_measure(file, bytes, &found, &diagnosis), RNN_OK);
            CHECK_TEXT(diagnosis.text, "");
            CHECK(found.cell == RNN_DENSE && found.layers == layers && found.units == UNITS);
            CHECK(found.timesteps == STEPS && found.features == FEATURES && found.outputs == 3);
            rnn_real *read = block_of(count * sizeof *read);
            CHECK_EQUAL(rnn_weights_read(file, bytes, &found, read, &diagnosis), RNN_OK);
            CHECK_EQUAL(memcmp(read, w, count * sizeof *read), 0);
            found.timesteps++;
            CHECK_EQUAL(rnn_weights_read(file, bytes, &found, read, &diagnosis), RNN_ERROR_SHAPE);
        }
}
#endif

int main(void)
{
    TEST(test_tensors);
    TEST(test_values);
    TEST(test_one_step);
    TEST(test_finite_differences);
    TEST(test_refusals);
#ifndef RNN_DOUBLE
    TEST(test_files);
#endif
    return check_report();
}
