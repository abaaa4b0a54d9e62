/* Any bytes as a snapshot. It is rejected, and the model is unchanged; or it is restored, and then the model trains, steps and
 * predicts, and its snapshot has the same bytes again.
 *
 * The first bytes of an input choose the model's shape, the rest is the snapshot. It is tried as it is, and with the header's first
 * fields, which contain the version and the shape, corrected, so that not every input fails there. */
#include "model/layout.h"
#include "require.h"

#include <math.h>

enum { SAMPLES = 3, TIMESTEPS = 3, BATCH = 2, CLASSES = 3, CHOICES = 3 };

struct subject {
    struct rnn_config config;
    struct rnn_model *model;
    struct rnn_workspace *workspace;
    struct rnn_dataset data;
    void *model_block, *workspace_block;
    rnn_real *x, *y;
    uint64_t bytes; /* of the model */
};

static const struct rnn_fit_options OPTIONS = {.epochs = 2, .batch_size = BATCH, .shuffle = true, .validation_freq = 1};

static struct rnn_config choose(const uint8_t choices[CHOICES])
{
    struct rnn_config config = rnn_config_default();
    config.cell = choices[0] % 3;
    config.loss = choices[0] / 3 % 3;
    config.return_sequences = choices[0] / 9 % 2;
    config.layers = 1 + choices[0] / 18 % 3;
    config.units = 1 + choices[1] % 5;
    config.features = 1 + choices[1] / 5 % 3;
    config.l2 = choices[1] / 15 % 2 ? 0.01 : 0;
    config.activation = config.cell == RNN_SIMPLE_RNN ? choices[2] % 2 : RNN_TANH;
    config.kernel_initializer = choices[2] / 2 % 4;
    config.recurrent_initializer = choices[2] / 8 % 4;
    config.timesteps = TIMESTEPS;
    config.outputs = config.loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? CLASSES : 1;
    return config;
}

static struct subject subject_of(const struct rnn_config *config)
{
    struct subject s = {.config = *config};
    const uint32_t readouts = rnn_config_readouts(config, TIMESTEPS);
    const size_t numbers = (size_t)SAMPLES * TIMESTEPS * config->features, targets = (size_t)SAMPLES * readouts;
    uint64_t room = 0;
    REQUIRE(rnn_model_size(config, &s.bytes) == RNN_OK && rnn_workspace_size(config, BATCH, &room) == RNN_OK);
    s.model_block = require_memory((size_t)s.bytes);
    s.workspace_block = require_memory((size_t)room);
    REQUIRE(rnn_model_init(s.model_block, s.bytes, config, &s.model) == RNN_OK);
    REQUIRE(rnn_workspace_init(s.workspace_block, room, config, BATCH, &s.workspace) == RNN_OK);
    s.x = require_memory(numbers * sizeof *s.x);
    s.y = require_memory(targets * sizeof *s.y);
    for (size_t i = 0; i < numbers; i++) s.x[i] = (rnn_real)(i * 7 % 11) / 11 - (rnn_real)0.5;
    for (size_t i = 0; i < targets; i++) s.y[i] = (rnn_real)(i % 2);
    s.data = (struct rnn_dataset){.x = s.x,
                                  .y = s.y,
                                  .samples = SAMPLES,
                                  .timesteps = TIMESTEPS,
                                  .features = config->features,
                                  .readouts = readouts};
    return s;
}

static void release(const struct subject *s)
{
    free(s->model_block);
    free(s->workspace_block);
    free(s->x);
    free(s->y);
}

static bool is_result(enum rnn_status status)
{
    return status == RNN_OK || status == RNN_DIVERGED;
}

/* Calls functions that do not change the model. */
static void ask(const struct subject *s)
{
    const struct rnn_config *config = &s->config;
    const size_t answers = (size_t)SAMPLES * s->data.readouts * config->outputs,
                 parameters = rnn_parameter_count(config);
    struct rnn_dataset batch = s->data;
    struct rnn_metrics figures;
    struct rnn_trace trace;
    struct rnn_backward backward;
    struct rnn_gradient_check check;
    uint32_t counts[CLASSES * CLASSES], terms = 0;
    uint64_t bytes = 0;
    batch.samples = BATCH;
    rnn_real *predictions = require_memory(answers * sizeof *predictions);
    rnn_real *gradient = require_memory(parameters * sizeof *gradient);
    REQUIRE(rnn_model_predict(s->model, s->workspace, &s->data, NULL, predictions) == RNN_OK);
    REQUIRE(rnn_model_evaluate(s->model, s->workspace, &s->data, NULL, &figures) == RNN_OK);
    REQUIRE(rnn_model_gradient(s->model, s->workspace, &batch, gradient, &figures) == RNN_OK);
    REQUIRE(rnn_model_gradient_check(s->model, s->workspace, &batch, parameters - 1, &check) == RNN_OK);
    if (config->loss != RNN_MEAN_SQUARED_ERROR)
        REQUIRE(rnn_model_confusion(s->model, s->workspace, &s->data, NULL, counts) == RNN_OK);
    free(predictions);
    free(gradient);
    REQUIRE(rnn_trace_size(config, TIMESTEPS, &bytes) == RNN_OK);
    void *block = require_memory((size_t)bytes);
    REQUIRE(rnn_trace_run(s->model, s->x, TIMESTEPS, s->y, NULL, NULL, block, bytes, &trace) == RNN_OK);
    struct rnn_term *sum = require_memory((trace.layer[0].features + config->units + 3) * sizeof *sum);
    REQUIRE(rnn_trace_terms(s->model, &trace, 0, TIMESTEPS, config->units - 1, 0, sum, &terms) == RNN_OK);
    free(sum);
    free(block);
    REQUIRE(rnn_backward_size(config, TIMESTEPS, SAMPLES, &bytes) == RNN_OK);
    block = require_memory((size_t)bytes);
    REQUIRE(rnn_backward_run(s->model, &s->data, NULL, config->layers - 1, block, bytes, &backward) == RNN_OK);
    free(block);
}

static void step(const struct subject *s)
{
    rnn_real h[3 * 5], logit[CLASSES], prediction[CLASSES];
    for (int t = 0; t < TIMESTEPS; t++)
        REQUIRE(rnn_model_step(s->model, s->x + t * (int)s->config.features, h, logit, prediction) == RNN_OK);
    REQUIRE(rnn_model_reset_states(s->model) == RNN_OK);
}

/* Trains in portions of one update, with validation. A model near the end of its counters accepts no more epochs. */
static void train(const struct subject *s)
{
    struct rnn_progress progress = {0};
    struct rnn_fit *fit = NULL;
    uint64_t bytes = 0;
    uint32_t batch[BATCH], samples = 0, epochs = 0;
    REQUIRE(rnn_fit_size(&s->config, SAMPLES, &OPTIONS, &bytes) == RNN_OK);
    void *block = require_memory((size_t)bytes);
    memset(block, 0xa5, (size_t)bytes);
    enum rnn_status status = rnn_fit_init(block, bytes, s->model, &s->data, &s->data, &OPTIONS, &fit);
    const bool counted = rnn_model_counters(s->model).epochs <= UINT32_MAX - OPTIONS.epochs;
    REQUIRE(status == (counted ? RNN_OK : RNN_ERROR_RANGE));
    for (int i = 0; status == RNN_OK && !progress.done; i++) {
        REQUIRE(i <= 4 && rnn_fit_batch(fit, s->model, batch, BATCH, &samples) == RNN_OK && samples <= BATCH);
        for (uint32_t b = 0; b < samples; b++) REQUIRE(batch[b] < SAMPLES);
        status = rnn_fit_run(fit, s->model, s->workspace, 1, &progress);
        REQUIRE(is_result(status));
        const struct rnn_epoch *history = rnn_fit_history(fit, &epochs);
        REQUIRE(epochs <= OPTIONS.epochs && epochs == progress.epoch);
        for (uint32_t e = 0; e < epochs; e++) REQUIRE(isfinite(history[e].loss) && isfinite(history[e].val_loss));
    }
    free(block);
}

/* The model's snapshot, in memory of exactly its size. */
static void *snapshot_of(const struct subject *s)
{
    void *snapshot = require_memory((size_t)s->bytes);
    REQUIRE(rnn_model_snapshot(s->model, snapshot, s->bytes) == RNN_OK);
    return snapshot;
}

static void require_restored(const struct rnn_config *config, const uint8_t *snapshot, size_t bytes)
{
    const struct subject s = subject_of(config);
    void *before = snapshot_of(&s);
    const enum rnn_status status = rnn_model_restore(s.model, snapshot, bytes);
    void *after = snapshot_of(&s);
    if (status == RNN_OK) {
        REQUIRE(bytes == s.bytes && memcmp(after, snapshot, bytes) == 0);
        ask(&s);
        step(&s);
        train(&s);
        ask(&s);
        /* the result of training can be restored */
        free(after);
        after = snapshot_of(&s);
        REQUIRE(rnn_model_restore(s.model, after, s.bytes) == RNN_OK);
    } else {
        REQUIRE(status == RNN_ERROR_BLOCK || status == RNN_ERROR_SNAPSHOT || status == RNN_ERROR_VERSION ||
                status == RNN_ERROR_SHAPE);
        REQUIRE(memcmp(before, after, (size_t)s.bytes) == 0);
    }
    free(before);
    free(after);
    release(&s);
}

/* A snapshot with the right version, shape and size. Bytes that the input does not provide are those of a new model. */
static void require_mended(const struct rnn_config *config, const uint8_t *bytes, size_t count)
{
    const struct subject s = subject_of(config);
    uint8_t *snapshot = snapshot_of(&s);
    const size_t first = offsetof(struct rnn_model, optimizer), most = (size_t)s.bytes - first;
    if (count) memcpy(snapshot + first, bytes, count < most ? count : most);
    require_restored(config, snapshot, (size_t)s.bytes);
    free(snapshot);
    release(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    if (bytes < CHOICES) return 0;
    const struct rnn_config config = choose(input);
    uint8_t *snapshot = require_memory(bytes - CHOICES); /* in its own block, at an arbitrary address */
    memcpy(snapshot, input + CHOICES, bytes - CHOICES);
    require_restored(&config, snapshot, bytes - CHOICES);
    const size_t first = offsetof(struct rnn_model, optimizer);
    require_mended(&config, snapshot, bytes - CHOICES);
    if (bytes - CHOICES > first) require_mended(&config, snapshot + first, bytes - CHOICES - first);
    free(snapshot);
    return 0;
}
