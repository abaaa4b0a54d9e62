/* Loss, metric, l2 term and confusion matrix of every network must follow from its predictions and weights.
 *
 * Independent reference: the definitions, in double with the C library's log, applied to the results of rnn_model_predict. */
#include "support.h"

enum { SAMPLES = 21, TRAINING = 14, BATCH = 8, CLASSES = 3 };

/* The results that follow from the predictions of `count` sequences from `first` on. */
struct said {
    double loss, metric;
    uint32_t confusion[CLASSES * CLASSES];
};

static uint32_t answer_of(const rnn_real *prediction, uint32_t outputs)
{
    uint32_t answer = 0;
    if (outputs == 1) return (double)prediction[0] > 0.5;
    for (uint32_t k = 1; k < outputs; k++)
        if (prediction[k] > prediction[answer]) answer = k;
    return answer;
}

static struct said judge(const struct rnn_config *config, const rnn_real *predictions, const rnn_real *y, size_t count)
{
    struct said said = {0};
    const uint32_t outputs = config->outputs, classes = outputs == 1 ? 2 : outputs;
    for (size_t i = 0; i < count; i++, predictions += outputs) {
        const double target = y[i];
        double loss, metric;
        if (config->loss == RNN_MEAN_SQUARED_ERROR) {
            metric = fabs((double)predictions[0] - target);
            loss = metric * metric;
        } else {
            const double p = outputs == 1 ? (target > 0 ? (double)predictions[0] : 1 - (double)predictions[0])
                                          : (double)predictions[(size_t)target];
            const uint32_t answer = answer_of(predictions, outputs);
            loss = -log(p);
            metric = answer == (uint32_t)target;
            said.confusion[(uint32_t)target * classes + answer]++;
        }
        said.loss += loss / (double)count;
        said.metric += metric / (double)count;
    }
    return said;
}

/* lambda times the sum over the kernels and recurrent kernels of all layers but the readout, whose tensors are the last two. */
static double penalty_of(const struct rnn_config *config, const rnn_real *parameters)
{
    double sum = 0;
    for (uint32_t i = 0; i + 2 < rnn_tensor_count(config); i++) {
        struct rnn_tensor tensor;
        CHECK(rnn_tensor_of(config, i, &tensor) == RNN_OK);
        if (!strstr(tensor.name, "kernel")) continue;
        const double norm = norm_of(parameters + tensor.offset, tensor.count);
        sum += norm * norm;
    }
    return config->l2 * sum;
}

static struct rnn_dataset part_of(const struct rnn_dataset *data, uint32_t first, uint32_t samples)
{
    struct rnn_dataset part = *data;
    part.x += (size_t)first * data->timesteps * data->features;
    part.y += (size_t)first * data->readouts;
    part.samples = samples;
    return part;
}

static bool near(double got, double wanted)
{
    return fabs(got - wanted) < 3 * ROUNDING * fmax(1, fabs(wanted));
}

static void check_network(const struct rnn_config *config)
{
    struct rig rig = rig_of(*config, BATCH);
    struct rnn_dataset data = data_for(config, 5, SAMPLES);
    struct rnn_dataset training = part_of(&data, 0, TRAINING),
                       validation = part_of(&data, TRAINING, SAMPLES - TRAINING);
    const size_t readouts = data.readouts, outputs = config->outputs, of_training = TRAINING * readouts;
    rnn_real *p = block_of(SAMPLES * readouts * outputs * sizeof *p);
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, p) == RNN_OK);
    const struct said all = judge(config, p, data.y, SAMPLES * readouts);
    const struct said first = judge(config, p, data.y, of_training);
    const struct said rest = judge(config, p + of_training * outputs, validation.y, (SAMPLES - TRAINING) * readouts);
    const double penalty = penalty_of(config, rnn_model_parameters(rig.model));
    CHECK((penalty > 0.01) == (config->l2 > 0));

    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures) == RNN_OK);
    CHECK(near(figures.loss, all.loss + penalty) && near(figures.metric, all.metric));

    CHECK(rnn_model_set_learning_rate(rig.model, 0) == RNN_OK); /* so that the weights stay the same */
    struct rnn_fit *fit =
        fit_of(rig, &training, &validation,
               (struct rnn_fit_options){.epochs = 1, .batch_size = BATCH, .shuffle = true, .validation_freq = 1});
    struct rnn_progress progress;
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
    const struct rnn_epoch *epoch = rnn_fit_history(fit, NULL);
    CHECK(near(epoch->loss, first.loss + penalty) && near(epoch->metric, first.metric));
    CHECK(near(epoch->val_loss, rest.loss + penalty) && near(epoch->val_metric, rest.metric));

    struct rnn_dataset batch = part_of(&data, TRAINING, SAMPLES - TRAINING);
    rnn_real *gradient = block_of(rnn_parameter_count(config) * sizeof *gradient);
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &batch, gradient, &figures) == RNN_OK);
    CHECK(near(figures.loss, rest.loss + penalty) && near(figures.metric, rest.metric));

    uint32_t counts[CLASSES * CLASSES] = {0};
    const uint32_t classes = outputs == 1 ? 2 : config->outputs;
    memset(counts, 0xa5, classes * classes * sizeof *counts); /* leftover content of this memory */
    enum rnn_status status = rnn_model_confusion(rig.model, rig.workspace, &data, NULL, counts);
    if (config->loss == RNN_MEAN_SQUARED_ERROR)
        CHECK(status == RNN_ERROR_ARGUMENT);
    else
        CHECK(status == RNN_OK && memcmp(counts, all.confusion, sizeof counts) == 0);
}

int main(void)
{
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++)
        for (uint32_t layers = 1; layers <= 3; layers++)
            for (uint32_t loss = 0; rnn_loss_name(loss); loss++)
                for (uint32_t sequences = 0; sequences < (cell == RNN_DENSE ? 1u : 2u); sequences++)
                    for (int penalty = 0; penalty <= 1; penalty++) {
                        struct rnn_config config = config_of(6, 5, 2, RNN_TANH);
                        config.cell = cell;
                        config.layers = layers;
                        config.loss = loss;
                        config.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? CLASSES : 1;
                        config.return_sequences = sequences;
                        config.l2 = penalty ? 0.03 : 0;
                        check_network(&config);
                    }
    return check_report();
}
