/* Sequences of different lengths, cuts of the recurrent kernel, and first states.
 *
 * Independent references: Keras's rules for a mask, written here in double over the cells' equations; the gradients of the shorter
 * sequences, each alone; central finite differences, in the double build; a model whose weights were set to zero; a longer sequence
 * that is split in two. */
#include "equations.h"

enum { SAMPLES = 9, STEPS = 6, FEATURES = 2 };
static const uint32_t LENGTHS[SAMPLES] = {6, 1, 3, 2, 6, 5, 1, 4, 2};

static double worst; /* distance of a masked gradient from that of the shorter sequence, relative to its norm */

static rnn_real *copy_of(const rnn_real *values, size_t count)
{
    rnn_real *copy = block_of(count * sizeof *copy);
    memcpy(copy, values, count * sizeof *copy);
    return copy;
}

/* Data with LENGTHS, whose padding is NaN, so that any use of it shows. */
static struct rnn_dataset padded(const struct rnn_config *config)
{
    struct rnn_dataset data = data_for(config, 7, SAMPLES);
    rnn_real *x = copy_of(data.x, SAMPLES * STEPS * FEATURES), *y = copy_of(data.y, SAMPLES * data.readouts);
    for (size_t i = 0; i < SAMPLES; i++) {
        for (size_t k = LENGTHS[i] * FEATURES; k < STEPS * FEATURES; k++) x[i * STEPS * FEATURES + k] = NAN;
        for (size_t r = LENGTHS[i]; r < data.readouts; r++) y[i * data.readouts + r] = NAN;
    }
    data.x = x;
    data.y = y;
    data.lengths = LENGTHS;
    return data;
}

/* Sequence i without its padding. */
static struct rnn_dataset alone(const struct rnn_dataset *data, size_t i)
{
    const uint32_t readouts = data->readouts == 1 ? 1 : LENGTHS[i];
    return (struct rnn_dataset){.x = data->x + i * STEPS * FEATURES,
                                .y = data->y + i * data->readouts,
                                .samples = 1,
                                .timesteps = LENGTHS[i],
                                .features = FEATURES,
                                .readouts = readouts};
}

static struct rnn_trace trace_of(struct rig rig, const struct rnn_dataset *one, const struct rnn_cut *cut,
                                 const struct rnn_state *first)
{
    uint64_t bytes = 0;
    struct rnn_trace trace;
    CHECK(rnn_trace_size(&rig.config, one->timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, one->x, one->timesteps, one->y, cut, first, block_of(bytes), bytes, &trace) ==
          RNN_OK);
    return trace;
}

/* ------------------------------------------------------------------------------------------------ lengths */

/* The loss of one readout, and whether its answer is right or how far off it is. logit: (K). */
static void judge(const struct rnn_config *config, const double *logit, double y, double *loss, double *metric)
{
    const size_t class = config->outputs > 1 ? (size_t)y : 0;
    if (config->loss == RNN_MEAN_SQUARED_ERROR) {
        *loss += (logit[0] - y) * (logit[0] - y);
        *metric += fabs(logit[0] - y);
    } else if (config->outputs == 1) {
        *loss += -log(y > 0 ? sigmoid(logit[0]) : 1 - sigmoid(logit[0]));
        *metric += (logit[0] > 0) == (y > 0);
    } else {
        double sum = exp(logit[0]);
        size_t best = 0;
        for (size_t k = 1; k < config->outputs; k++) {
            sum += exp(logit[k]);
            if (logit[k] > logit[best]) best = k;
        }
        *loss += log(sum) - logit[class];
        *metric += best == class;
    }
}

/* Keras's rules: where the mask is false, a layer's state and output are those of the step before; the loss is the sum over the
 * readouts whose mask is true, divided by their number; and a metric likewise. logits: out (n, T, K) of every step. */
static struct rnn_metrics keras_rules(struct rig rig, const struct rnn_dataset *data, double *logits)
{
    const struct rnn_config *config = &rig.config;
    const rnn_real *p = rnn_model_parameters(rig.model);
    const size_t outputs = config->outputs;
    struct rnn_tensor dense, bias;
    CHECK(rnn_tensor_of(config, 3 * config->layers, &dense) == RNN_OK);
    CHECK(rnn_tensor_of(config, 3 * config->layers + 1, &bias) == RNN_OK);
    double loss = 0, metric = 0, counted = 0;
    for (size_t i = 0; i < data->samples; i++) {
        struct reference layers[3];
        memset(layers, 0, sizeof layers);
        for (size_t t = 0; t < STEPS; t++) {
            const bool mask = t < data->lengths[i];
            double *logit = logits + (i * STEPS + t) * outputs, x[8];
            size_t features = FEATURES;
            for (size_t f = 0; f < features; f++) x[f] = (double)data->x[(i * STEPS + t) * features + f];
            for (uint32_t l = 0; l < config->layers; l++) {
                if (mask) reference_step(rig, l, x, features, &layers[l]);
                features = config->units;
                memcpy(x, layers[l].h, features * sizeof *x);
            }
            for (size_t k = 0; k < outputs; k++)
                logit[k] = (double)p[bias.offset + k] + weighted(p + dense.offset, outputs, k, x, config->units);
            const bool read = config->return_sequences ? mask : t == STEPS - 1;
            if (!read) continue;
            judge(config, logit, (double)data->y[i * data->readouts + (config->return_sequences ? t : 0)], &loss,
                  &metric);
            counted++;
        }
    }
    double squares = 0;
    for (uint32_t l = 0; l < config->layers; l++)
        for (uint32_t k = 0; k < 2; k++) {
            struct rnn_tensor kernel;
            CHECK(rnn_tensor_of(config, 3 * l + k, &kernel) == RNN_OK);
            squares += pow(norm_of(p + kernel.offset, kernel.count), 2);
        }
    return (struct rnn_metrics){loss / counted + config->l2 * squares, metric / counted};
}

static void check_keras_rules(struct rig rig, const struct rnn_dataset *data)
{
    const struct rnn_config *config = &rig.config;
    const size_t outputs = config->outputs, readouts = data->readouts;
    static double logits[SAMPLES * STEPS * 3];
    static rnn_real predictions[SAMPLES * STEPS * 3];
    const struct rnn_metrics wanted = keras_rules(rig, data, logits);
    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, data, NULL, &figures) == RNN_OK);
    CHECK_NEAR(figures.loss, wanted.loss, 2 * ROUNDING * fmax(1, wanted.loss));
    CHECK_NEAR(figures.metric, wanted.metric, config->loss == RNN_MEAN_SQUARED_ERROR ? 2 * ROUNDING : 1e-15);
    CHECK(rnn_model_predict(rig.model, rig.workspace, data, NULL, predictions) == RNN_OK);
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t r = 0; r < readouts; r++) {
            const double *logit = logits + (i * STEPS + (readouts == 1 ? STEPS - 1 : r)) * outputs;
            double sum = 0;
            for (size_t k = 0; k < outputs; k++) sum += exp(logit[k]);
            for (size_t k = 0; k < outputs; k++) {
                const double said = config->loss == RNN_MEAN_SQUARED_ERROR ? logit[k]
                                    : outputs == 1                         ? sigmoid(logit[k])
                                                                           : exp(logit[k]) / sum;
                CHECK_NEAR(predictions[(i * readouts + r) * outputs + k], said, ROUNDING);
            }
        }
    if (config->loss == RNN_MEAN_SQUARED_ERROR) return;
    uint32_t counts[9], all = 0, right = 0, valid = 0;
    const size_t classes = outputs == 1 ? 2 : outputs;
    CHECK(rnn_model_confusion(rig.model, rig.workspace, data, NULL, counts) == RNN_OK);
    for (size_t i = 0; i < classes * classes; i++) {
        all += counts[i];
        if (i % (classes + 1) == 0) right += counts[i];
    }
    for (size_t i = 0; i < SAMPLES; i++) valid += readouts == 1 ? 1 : LENGTHS[i];
    CHECK_EQUAL(all, valid);
    CHECK_NEAR((double)right / all, figures.metric, 1e-15);
}

/* The gradient is that of the shorter sequences: of one to 1e-6 of its norm, of a batch that of their mean. */
static void check_gradient(struct rig rig, const struct rnn_dataset *data)
{
    const size_t count = rnn_parameter_count(&rig.config);
    rnn_real *whole = block_of(count * sizeof *whole), *one = block_of(count * sizeof *one);
    double *mean = block_of(count * sizeof *mean), terms = 0;
    memset(mean, 0, count * sizeof *mean);
    struct rnn_metrics figures;
    for (size_t i = 0; i < SAMPLES; i++) {
        const struct rnn_dataset shorter = alone(data, i);
        struct rnn_dataset masked = *data;
        masked.x = shorter.x;
        masked.y = shorter.y;
        masked.samples = 1;
        masked.lengths = data->lengths + i;
        CHECK(rnn_model_gradient(rig.model, rig.workspace, &masked, whole, &figures) == RNN_OK);
        const double loss = figures.loss;
        CHECK(rnn_model_gradient(rig.model, rig.workspace, &shorter, one, &figures) == RNN_OK);
        CHECK(loss == figures.loss);
        for (size_t k = 0; k < count; k++) {
            whole[k] -= one[k];
            mean[k] += (double)one[k] * shorter.readouts;
        }
        terms += shorter.readouts;
        worst = fmax(worst, norm_of(whole, count) / norm_of(one, count));
        CHECK(norm_of(whole, count) <= 1e-6 * norm_of(one, count));
    }
    CHECK(rnn_model_gradient(rig.model, rig.workspace, data, whole, &figures) == RNN_OK);
    double apart = 0;
    for (size_t k = 0; k < count; k++) apart += pow((double)whole[k] - mean[k] / terms, 2);
    CHECK(sqrt(apart) <= 1e-6 * norm_of(whole, count));
}

/* In the double build the gradient is the derivative of the loss, also with first states. */
static void check_differences(struct rig rig, struct rnn_dataset data)
{
    if (sizeof(rnn_real) != sizeof(double)) return;
    const size_t count = rnn_parameter_count(&rig.config), states = (size_t)rig.config.layers * rig.config.units;
    const double h = 1e-5;
    rnn_real *gradient = block_of(count * sizeof *gradient);
    for (int with_first = 0; with_first < 2; with_first++) {
        if (with_first) data.first.h = features_of(3, SAMPLES, (uint32_t)states, 1).x;
        if (with_first && rig.config.cell == RNN_LSTM) data.first.c = features_of(4, SAMPLES, (uint32_t)states, 1).x;
        CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, gradient, NULL) == RNN_OK);
        rnn_real *weights = copy_of(rnn_model_parameters(rig.model), count);
        for (size_t i = 0; i < count; i++) {
            const rnn_real was = weights[i];
            struct rnn_metrics above, below;
            weights[i] = was + (rnn_real)h;
            CHECK(rnn_model_set_parameters(rig.model, weights, count) == RNN_OK);
            CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &above) == RNN_OK);
            weights[i] = was - (rnn_real)h;
            CHECK(rnn_model_set_parameters(rig.model, weights, count) == RNN_OK);
            CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &below) == RNN_OK);
            weights[i] = was;
            const double numeric = (above.loss - below.loss) / (2 * h);
            CHECK_NEAR(gradient[i], numeric, 1e-6 * fmax(fabs(numeric), 1e-3 * norm_of(gradient, count)));
        }
        CHECK(rnn_model_set_parameters(rig.model, weights, count) == RNN_OK);
        struct rnn_gradient_check check;
        CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &data, count / 2, &check) == RNN_OK);
        CHECK_NEAR(check.numeric, check.analytic, check.tolerance);
    }
}

/* Backpropagation over all sequences is the mean over the traces of the shorter ones, and zero at their padding. */
static void check_backward(struct rig rig, const struct rnn_dataset *data)
{
    const size_t units = rig.config.units;
    for (uint32_t layer = 0; layer < rig.config.layers; layer++) {
        uint64_t bytes = 0;
        struct rnn_backward backward;
        CHECK(rnn_backward_size(&rig.config, STEPS, SAMPLES, &bytes) == RNN_OK);
        CHECK(rnn_backward_run(rig.model, data, NULL, layer, block_of(bytes), bytes, &backward) == RNN_OK);
        double mean[STEPS * 8] = {0}, terms = 0, loss = 0;
        for (size_t i = 0; i < SAMPLES; i++) {
            const struct rnn_dataset shorter = alone(data, i);
            const struct rnn_trace trace = trace_of(rig, &shorter, NULL, NULL);
            for (size_t k = 0; k < LENGTHS[i] * units; k++)
                mean[k] += (double)trace.layer[layer].d_h[k] * shorter.readouts;
            terms += shorter.readouts;
            loss += (double)trace.loss * shorter.readouts;
        }
        for (size_t k = 0; k < STEPS * units; k++) CHECK_NEAR(backward.d_h[k], mean[k] / terms, ROUNDING);
        CHECK_NEAR(backward.loss, loss / terms, ROUNDING * fmax(1, backward.loss));
    }
}

/* With a learning rate so small that no weight changes, an epoch's figures are those of evaluate, and so are those in mid-epoch. */
static void check_fit(struct rig rig, const struct rnn_dataset *data, bool shuffle)
{
    struct rnn_optimizer optimizer = rnn_optimizer_default();
    optimizer.method = RNN_SGD;
    optimizer.learning_rate = rnn_range_of(RNN_LEARNING_RATE)->minimum;
    CHECK(rnn_model_compile(rig.model, &optimizer) == RNN_OK);
    const struct rnn_fit_options options = {.epochs = 2, .batch_size = 4, .shuffle = shuffle, .validation_freq = 1};
    struct rnn_fit *fit = fit_of(rig, data, data, options);
    struct rnn_progress progress;
    uint32_t batch[4], samples = 0;
    CHECK(rnn_fit_batch(fit, rig.model, batch, 4, &samples) == RNN_OK);
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, 1, &progress) == RNN_OK);
    struct rnn_metrics figures;
    double loss = 0, terms = 0;
    for (size_t i = 0; i < samples; i++) {
        const struct rnn_dataset shorter = alone(data, batch[i]);
        CHECK(rnn_model_evaluate(rig.model, rig.workspace, &shorter, NULL, &figures) == RNN_OK);
        loss += figures.loss * shorter.readouts;
        terms += shorter.readouts;
    }
    CHECK_NEAR(progress.loss, loss / terms, ROUNDING);
    CHECK(progress.loss == progress.batch_loss && progress.metric == progress.batch_metric);
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
    CHECK(progress.done);
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, data, NULL, &figures) == RNN_OK);
    for (size_t e = 0; e < 2; e++) {
        const struct rnn_epoch *epoch = rnn_fit_history(fit, NULL) + e;
        CHECK_NEAR(epoch->loss, figures.loss, ROUNDING * fmax(1, figures.loss));
        CHECK_NEAR(epoch->metric, figures.metric, ROUNDING);
        CHECK(epoch->val_loss == figures.loss && epoch->val_metric == figures.metric);
    }
}

/* Lengths that are all T change nothing, to the bit. */
static void check_full_lengths(struct rig rig)
{
    static const uint32_t full[SAMPLES] = {STEPS, STEPS, STEPS, STEPS, STEPS, STEPS, STEPS, STEPS, STEPS};
    const size_t count = rnn_parameter_count(&rig.config);
    rnn_real *with = block_of(count * sizeof *with), *without = block_of(count * sizeof *without);
    struct rnn_dataset data = data_for(&rig.config, 7, SAMPLES);
    const uint64_t hash = rnn_dataset_hash(&data);
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, without, NULL) == RNN_OK);
    data.lengths = full;
    CHECK(rnn_model_gradient(rig.model, rig.workspace, &data, with, NULL) == RNN_OK);
    for (size_t i = 0; i < count; i++) CHECK(with[i] == without[i]);
    data.lengths = LENGTHS;
    CHECK(rnn_dataset_hash(&data) != hash);
}

/* ------------------------------------------------------------------------------------------------ cuts */

/* A model of the same shape whose recurrent kernels have zeros where the cut removes entries. */
static struct rig cut_weights(struct rig rig, const struct rnn_cut *cut)
{
    const size_t count = rnn_parameter_count(&rig.config), units = rig.config.units;
    struct rig other = rig_of(rig.config, SAMPLES);
    rnn_real *weights = copy_of(rnn_model_parameters(rig.model), count);
    for (uint32_t l = 0; l < rig.config.layers; l++) {
        struct rnn_tensor w;
        CHECK(rnn_tensor_of(&rig.config, 3 * l + 1, &w) == RNN_OK);
        for (size_t i = 0; i < units; i++)
            for (size_t j = 0; j < w.columns; j++) {
                const bool diagonal = j == i || j == units + i || j == 2 * units + i || j == 3 * units + i;
                const bool kept = !cut->without_recurrence && diagonal == (cut->kept == RNN_KEEP_DIAGONAL);
                if (!kept) weights[w.offset + i * w.columns + j] = 0;
            }
    }
    CHECK(rnn_model_set_parameters(other.model, weights, count) == RNN_OK);
    return other;
}

/* A cut gives the numbers of a model whose weights were set to zero, also with lengths and first states. */
static void check_cut(struct rig rig, struct rnn_dataset data, const struct rnn_cut *cut)
{
    const struct rig zeroed = cut_weights(rig, cut);
    const size_t units = rig.config.units, numbers = SAMPLES * data.readouts * rig.config.outputs;
    rnn_real *got = block_of(numbers * sizeof *got), *wanted = block_of(numbers * sizeof *wanted);
    struct rnn_metrics one, other;
    if (!cut->without_recurrence) data.first.h = features_of(3, SAMPLES, (uint32_t)units * rig.config.layers, 1).x;
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, cut, got) == RNN_OK);
    CHECK(rnn_model_predict(zeroed.model, zeroed.workspace, &data, NULL, wanted) == RNN_OK);
    CHECK(memcmp(got, wanted, numbers * sizeof *got) == 0);
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, cut, &one) == RNN_OK);
    CHECK(rnn_model_evaluate(zeroed.model, zeroed.workspace, &data, NULL, &other) == RNN_OK);
    if (rig.config.l2 == 0) CHECK(one.loss == other.loss && one.metric == other.metric);
    if (rig.config.loss != RNN_MEAN_SQUARED_ERROR) {
        uint32_t counts[9] = {0}, same[9] = {0};
        CHECK(rnn_model_confusion(rig.model, rig.workspace, &data, cut, counts) == RNN_OK);
        CHECK(rnn_model_confusion(zeroed.model, zeroed.workspace, &data, NULL, same) == RNN_OK);
        CHECK(memcmp(counts, same, sizeof counts) == 0);
    }
    const struct rnn_dataset first = alone(&data, 0);
    const struct rnn_trace a = trace_of(rig, &first, cut, NULL), b = trace_of(zeroed, &first, NULL, NULL);
    CHECK(a.loss == b.loss);
    for (uint32_t l = 0; l < rig.config.layers; l++) {
        const size_t width = a.layer[l].gates * units;
        CHECK(memcmp(a.layer[l].h, b.layer[l].h, (STEPS + 1) * units * sizeof *got) == 0);
        CHECK(memcmp(a.layer[l].d_h, b.layer[l].d_h, STEPS * units * sizeof *got) == 0);
        CHECK(memcmp(a.layer[l].d_z, b.layer[l].d_z, STEPS * width * sizeof *got) == 0);
        rnn_real *term = block_of(units * width * sizeof *term);
        CHECK(rnn_trace_contribution(&a, l, 2, NULL, term, NULL) == RNN_OK);
        for (size_t i = 0; i < units * width; i++)
            if (cut->without_recurrence || (i / width == i % width % units) != (cut->kept == RNN_KEEP_DIAGONAL))
                CHECK(term[i] == 0);
    }
}

/* After a reset before step t the predictions are those of the steps from t on. */
static void check_reset(struct rig rig)
{
    const uint32_t t = 3, outputs = rig.config.outputs;
    struct rnn_dataset data = data_for(&rig.config, 5, SAMPLES), rest = data;
    data.first.h = features_of(3, SAMPLES, rig.config.units * rig.config.layers, 1).x; /* a reset removes it, too */
    rnn_real *x = block_of(SAMPLES * STEPS * FEATURES * sizeof *x);
    rnn_real got[SAMPLES * STEPS * 3], wanted[SAMPLES * STEPS * 3];
    rest.timesteps = STEPS - t + 1;
    const size_t row = rest.timesteps * FEATURES;
    for (size_t i = 0; i < SAMPLES; i++)
        memcpy(x + i * row, data.x + i * STEPS * FEATURES + (t - 1) * FEATURES, row * sizeof *x);
    rest.x = x;
    const struct rnn_cut cut = {.reset_before = t};
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, &cut, got) == RNN_OK);
    CHECK(rnn_model_predict(rig.model, rig.workspace, &rest, NULL, wanted) == RNN_OK);
    const size_t readouts = rnn_config_readouts(&rig.config, STEPS),
                 after = rnn_config_readouts(&rig.config, STEPS - t + 1);
    for (size_t i = 0; i < SAMPLES; i++)
        CHECK(memcmp(got + ((i + 1) * readouts - after) * outputs, wanted + i * after * outputs,
                     after * outputs * sizeof *got) == 0);
}

/* ------------------------------------------------------------------------------------------------ first states */

/* The states of a trace after step t, one layer after the other. */
static struct rnn_state state_after(const struct rnn_trace *trace, uint32_t t)
{
    const size_t units = trace->layer[0].units;
    rnn_real *h = block_of(trace->layers * units * sizeof *h), *c = block_of(trace->layers * units * sizeof *c);
    for (uint32_t l = 0; l < trace->layers; l++) {
        memcpy(h + l * units, trace->layer[l].h + t * units, units * sizeof *h);
        if (trace->layer[l].c) memcpy(c + l * units, trace->layer[l].c + t * units, units * sizeof *c);
    }
    return (struct rnn_state){h, trace->layer[0].c ? c : NULL};
}

/* A sequence that is split in two, where the second part begins with the state that the first left, gives the same bits. */
static void check_split(struct rig rig)
{
    const uint32_t before = 2, after = STEPS - before, outputs = rig.config.outputs;
    const struct rnn_dataset data = data_for(&rig.config, 5, 1);
    const struct rnn_trace whole = trace_of(rig, &data, NULL, NULL);
    const struct rnn_state state = state_after(&whole, before);
    struct rnn_dataset rest = data;
    rest.x += before * FEATURES;
    rest.timesteps = after;
    rest.first = state;
    if (rest.readouts > 1) {
        rest.y += before;
        rest.readouts = after;
    }
    const rnn_real *logits = whole.logit + before * outputs, *said = whole.prediction + before * outputs;
    const struct rnn_trace second = trace_of(rig, &rest, NULL, &state);
    CHECK(second.first_state == 1 && whole.first_state == 0);
    for (uint32_t l = 0; l < whole.layers; l++) {
        const size_t units = whole.layer[l].units, width = whole.layer[l].gates * units;
        const size_t numbers = rig.config.return_sequences ? 0 : after * width; /* otherwise the losses differ */
        CHECK(memcmp(second.layer[l].h, whole.layer[l].h + before * units, (after + 1) * units * sizeof *logits) == 0);
        CHECK(memcmp(second.layer[l].d_z, whole.layer[l].d_z + before * width, numbers * sizeof *logits) == 0);
        for (uint32_t gate = 0; gate < whole.layer[l].gates; gate++) {
            struct rnn_term terms[32];
            uint32_t count = 0;
            CHECK(rnn_trace_terms(rig.model, &second, l, 1, 0, gate, terms, &count) == RNN_OK);
            const bool candidate = rig.config.cell == RNN_GRU && gate == 2;
            CHECK_EQUAL(count, whole.layer[l].features + units + 1 + (rig.config.cell == RNN_GRU) + candidate);
            CHECK(terms[count - 1].sum == second.layer[l].z[gate * units]);
        }
    }
    CHECK(memcmp(second.logit, logits, after * outputs * sizeof *logits) == 0);
    rnn_real predicted[STEPS * 3];
    const size_t skipped = rig.config.return_sequences ? 0 : after - 1;
    CHECK(rnn_model_predict(rig.model, rig.workspace, &rest, NULL, predicted) == RNN_OK);
    CHECK(memcmp(predicted, said + skipped * outputs, (after - skipped) * outputs * sizeof *said) == 0);
    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &rest, NULL, &figures) == RNN_OK);
    if (rig.config.l2 == 0) CHECK((rnn_real)figures.loss == second.loss);
    CHECK(rnn_model_set_states(rig.model, &state) == RNN_OK);
    for (size_t t = 0; t < after; t++) {
        CHECK(rnn_model_step(rig.model, rest.x + t * FEATURES, NULL, NULL, predicted) == RNN_OK);
        CHECK(memcmp(predicted, said + t * outputs, outputs * sizeof *said) == 0);
    }
    CHECK(rnn_model_reset_states(rig.model) == RNN_OK);
    CHECK(rnn_model_step(rig.model, data.x, NULL, NULL, predicted) == RNN_OK);
    CHECK(memcmp(predicted, whole.prediction, outputs * sizeof *said) == 0);
}

/* ------------------------------------------------------------------------------------------------ refusals */

static void test_refusals(void)
{
    struct rnn_config config = config_of(3, STEPS, FEATURES, RNN_TANH);
    struct rig rig = rig_of(config, SAMPLES);
    struct rnn_dataset data = data_for(&config, 1, 4);
    uint32_t lengths[4] = {1, 2, 3, 4}, sample = 9;
    const rnn_real bad[12] = {[5] = NAN};
    struct rnn_metrics figures;
    struct rnn_progress progress;
    rnn_real numbers[4] = {7, 7, 7, 7};
    data.lengths = lengths;
    struct rnn_fit *fit = fit_of(rig, &data, &data, rnn_fit_options_default());
    static const uint32_t wrong[] = {0, STEPS + 1, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        lengths[2] = wrong[i];
        CHECK_EQUAL(rnn_dataset_check(&data, &config, &sample), RNN_ERROR_DATA);
        CHECK_EQUAL(sample, 2);
        CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures), RNN_ERROR_DATA);
        CHECK_EQUAL(rnn_model_predict(rig.model, rig.workspace, &data, NULL, numbers), RNN_ERROR_DATA);
        CHECK_EQUAL(rnn_fit_run(fit, rig.model, rig.workspace, 1, &progress), RNN_ERROR_DATA);
        CHECK(numbers[0] == 7 && numbers[3] == 7);
    }
    lengths[2] = 3;
    CHECK_EQUAL(rnn_fit_run(fit, rig.model, rig.workspace, 1, &progress), RNN_OK);
    data.first.h = bad;
    CHECK_EQUAL(rnn_dataset_check(&data, &config, &sample), RNN_ERROR_DATA);
    CHECK_EQUAL(sample, 1); /* three units a sequence */
    CHECK_EQUAL(rnn_model_set_states(rig.model, &(struct rnn_state){.h = bad + 3}), RNN_ERROR_DATA);
    CHECK_EQUAL(rnn_model_set_states(rig.model, &(struct rnn_state){.c = bad}), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_model_set_states(rig.model, NULL), RNN_ERROR_ARGUMENT);
    data.first = (struct rnn_state){.c = bad};
    CHECK_EQUAL(rnn_dataset_check(&data, &config, &sample), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_model_predict(rig.model, rig.workspace, &data, NULL, numbers), RNN_ERROR_SHAPE);
    data.first.c = NULL;
    static const struct rnn_cut cuts[] = {{.kept = 3}, {.without_recurrence = 2}, {.reset_before = STEPS + 1}};
    for (size_t i = 0; i < 3; i++) {
        CHECK_EQUAL(rnn_model_evaluate(rig.model, rig.workspace, &data, &cuts[i], &figures), RNN_ERROR_ARGUMENT);
        CHECK_EQUAL(rnn_model_predict(rig.model, rig.workspace, &data, &cuts[i], numbers), RNN_ERROR_ARGUMENT);
        CHECK_EQUAL(rnn_model_confusion(rig.model, rig.workspace, &data, &cuts[i], lengths), RNN_ERROR_ARGUMENT);
    }
}

static void check_all(struct rnn_config config)
{
    static const struct rnn_cut cuts[] = {
        {.kept = RNN_KEEP_DIAGONAL}, {.kept = RNN_KEEP_OFF_DIAGONAL}, {.without_recurrence = 1}};
    struct rig rig = rig_of(config, SAMPLES);
    free(stir(rig));
    const struct rnn_dataset data = padded(&config);
    check_keras_rules(rig, &data);
    check_gradient(rig, &data);
    check_differences(rig, data);
    check_backward(rig, &data);
    check_full_lengths(rig);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) check_cut(rig, data, &cuts[i]);
    check_reset(rig);
    check_split(rig);
    check_fit(rig, &data, config.layers == 2);
}

int main(void)
{
    struct rnn_config config = config_of(5, STEPS, FEATURES, RNN_TANH);
    for (config.cell = 0; config.cell < RNN_DENSE; config.cell++)
        for (config.layers = 1; config.layers <= 3; config.layers++)
            for (config.return_sequences = 0; config.return_sequences <= 1; config.return_sequences++)
                for (config.loss = 0; rnn_loss_name(config.loss); config.loss++) {
                    config.outputs = config.loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
                    config.l2 = config.layers == 2 ? 0.01 : 0;
                    check_all(config);
                }
    test_refusals();
    printf("a masked gradient is at most %.2g of its norm from that of the shorter sequence\n", worst);
    return check_report();
}
