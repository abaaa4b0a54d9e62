/* Malicious snapshots must be rejected with the reason, without writing anything or reading past their end.
 *
 * A snapshot comes from a file or from an address, so each of its bytes may be anything. Every field of the header takes malicious
 * values here, and every byte of the header takes several. If a snapshot is rejected, the model must be unchanged. If it is
 * accepted, the model must train, step, predict and be copied without a wrong access: the blocks have exactly the promised size, so
 * that the sanitizers find an access one byte too far. */
#include "model/layout.h"
#include "support.h"

enum { SAMPLES = 5, EPOCHS = 2 };

/* A block of exactly this size. */
static void *exactly(size_t bytes)
{
    void *block = malloc(bytes);
    if (!block) abort();
    return block;
}

/* A small model in the middle of its second epoch, its snapshot, and a copy of the snapshot to modify. */
struct subject {
    struct rig rig;
    struct rnn_dataset data;
    unsigned char *snapshot, *hostile;
};

static const struct rnn_fit_options OPTIONS = {.epochs = EPOCHS,
                                               .batch_size = 2,
                                               .shuffle = true,
                                               .validation_freq = 1};

/* What rnn_model_step and rnn_model_reset_states return: a dense network has no states. */
static enum rnn_status step_status(const struct rnn_config *config)
{
    return config->cell == RNN_DENSE ? RNN_ERROR_SHAPE : RNN_OK;
}

static struct subject subject_of(uint32_t cell)
{
    struct rnn_config config = config_of(3, 4, 2, RNN_TANH);
    struct rnn_progress progress;
    config.cell = cell;
    struct subject s = {.rig = rig_of(config, SAMPLES), .data = data_for(&config, 1, SAMPLES)};
    struct rnn_fit *fit = fit_of(s.rig, &s.data, NULL, OPTIONS);
    CHECK(rnn_fit_run(fit, s.rig.model, s.rig.workspace, 4, &progress) == RNN_OK && progress.epoch == 1);
    CHECK(rnn_model_step(s.rig.model, s.data.x, NULL, NULL, NULL) == step_status(&config));
    s.snapshot = exactly(s.rig.bytes);
    s.hostile = exactly(s.rig.bytes);
    CHECK(rnn_model_snapshot(s.rig.model, s.snapshot, s.rig.bytes) == RNN_OK);
    memcpy(s.hostile, s.snapshot, s.rig.bytes);
    return s;
}

/* Calls every function that trains, evaluates or copies a model. */
static void use(const struct subject *s)
{
    const size_t parameters = rnn_parameter_count(&s->rig.config);
    struct rnn_progress progress;
    struct rnn_metrics figures;
    struct rnn_fit *fit = NULL;
    uint64_t bytes = 0;
    uint32_t epochs = 0, batch[2], samples = 0;
    CHECK(rnn_fit_size(&s->rig.config, SAMPLES, &OPTIONS, &bytes) == RNN_OK);
    void *block = aligned_alloc(RNN_ALIGNMENT, (bytes + RNN_ALIGNMENT - 1) / RNN_ALIGNMENT * RNN_ALIGNMENT);
    if (!block) abort();
    memset(block, 0xa5, bytes);
    if (rnn_fit_init(block, bytes, s->rig.model, &s->data, &s->data, &OPTIONS, &fit) == RNN_OK) {
        rnn_fit_batch(fit, s->rig.model, batch, 2, &samples);
        rnn_fit_run(fit, s->rig.model, s->rig.workspace, ALL_UPDATES, &progress);
        const struct rnn_epoch *history = rnn_fit_history(fit, &epochs);
        CHECK(epochs <= EPOCHS);
        for (uint32_t i = 0; i < epochs; i++) CHECK(history[i].loss == history[i].loss);
    }
    free(block);
    rnn_real *prediction = exactly(SAMPLES * sizeof *prediction), *gradient = exactly(parameters * sizeof *gradient);
    CHECK(rnn_model_predict(s->rig.model, s->rig.workspace, &s->data, NULL, prediction) == RNN_OK);
    CHECK(rnn_model_evaluate(s->rig.model, s->rig.workspace, &s->data, NULL, &figures) == RNN_OK);
    CHECK(rnn_model_gradient(s->rig.model, s->rig.workspace, &s->data, gradient, NULL) == RNN_OK);
    CHECK(rnn_model_step(s->rig.model, s->data.x, NULL, NULL, NULL) == step_status(&s->rig.config));
    CHECK(rnn_model_reset_states(s->rig.model) == step_status(&s->rig.config));
    void *copy = exactly(s->rig.bytes);
    CHECK(rnn_model_snapshot(s->rig.model, copy, s->rig.bytes) == RNN_OK);
    free(copy);
    free(prediction);
    free(gradient);
}

/* Restores the modified copy. If it is rejected, the model must be unchanged, otherwise it must be usable. Then restores the
 * original. */
static enum rnn_status attempt(const struct subject *s)
{
    const enum rnn_status status = rnn_model_restore(s->rig.model, s->hostile, s->rig.bytes);
    if (status == RNN_OK) {
        use(s);
        CHECK(rnn_model_restore(s->rig.model, s->snapshot, s->rig.bytes) == RNN_OK);
    }
    CHECK(memcmp(s->rig.model, s->snapshot, s->rig.bytes) == 0);
    memcpy(s->hostile, s->snapshot, s->rig.bytes);
    return status;
}

static void check_field(const struct subject *s, size_t offset, const void *value, size_t bytes, enum rnn_status wanted)
{
    memcpy(s->hostile + offset, value, bytes);
    CHECK_EQUAL(attempt(s), wanted);
}

#define FIELD(type, field, value, wanted)                                                                              \
    check_field(&s, offsetof(struct rnn_model, field), &(const type){value}, sizeof(type), wanted)

static void test_fields(void)
{
    const struct subject s = subject_of(RNN_SIMPLE_RNN);
    const double not_numbers[] = {NAN, INFINITY, -INFINITY};
    FIELD(uint32_t, magic, 0, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, magic, UINT32_MAX, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, magic, RNNI_WORKSPACE_MAGIC, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, magic, 0x314d4e52, RNN_ERROR_VERSION); /* RNM1 */
    FIELD(uint32_t, magic, 0x324d4e52, RNN_ERROR_VERSION); /* RNM2 */
    FIELD(uint32_t, magic, 0x344d4e52, RNN_ERROR_VERSION); /* RNM4 */
    FIELD(uint32_t, stepped, 2, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, stepped, UINT32_MAX, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, stepped, 0, RNN_OK);
    FIELD(uint32_t, config.cell, RNN_LSTM, RNN_ERROR_SHAPE);
    FIELD(uint32_t, config.layers, UINT32_MAX, RNN_ERROR_SHAPE);
    FIELD(uint32_t, config.units, UINT32_MAX, RNN_ERROR_SHAPE);
    FIELD(uint32_t, config.outputs, 64, RNN_ERROR_SHAPE);
    FIELD(double, config.l2, NAN, RNN_ERROR_SHAPE);
    FIELD(uint32_t, optimizer.method, 3, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, optimizer.method, UINT32_MAX, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, optimizer.method, RNN_SGD, RNN_OK);
    FIELD(uint32_t, optimizer.nesterov, 2, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.learning_rate, -1, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.beta_1, 1, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.beta_2, 2, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.epsilon, -1, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.rho, 1, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.momentum, 1, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.global_clipnorm, -1, RNN_ERROR_SNAPSHOT);
    FIELD(double, optimizer.clipvalue, 1e300, RNN_ERROR_SNAPSHOT);
    FIELD(double, beta_1_power, 1.5, RNN_ERROR_SNAPSHOT);
    FIELD(double, beta_1_power, -0.5, RNN_ERROR_SNAPSHOT);
    FIELD(double, beta_2_power, 1.5, RNN_ERROR_SNAPSHOT);
    FIELD(double, beta_2_power, 0, RNN_OK); /* after very many updates */
    FIELD(uint64_t, updates, UINT64_MAX, RNN_ERROR_SNAPSHOT);
    FIELD(uint64_t, updates, ((uint64_t)1 << 53) + 1, RNN_ERROR_SNAPSHOT);
    FIELD(uint64_t, updates, 0, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, epochs, UINT32_MAX, RNN_ERROR_SNAPSHOT); /* each epoch has at least one update */
    FIELD(uint32_t, epochs, 4, RNN_ERROR_SNAPSHOT);          /* 4 updates, one of them in the current epoch */
    FIELD(uint32_t, epochs, 3, RNN_OK);
    FIELD(uint32_t, position, UINT32_MAX, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, position, 10000001, RNN_ERROR_SNAPSHOT);
    FIELD(uint32_t, position, 0, RNN_ERROR_SNAPSHOT); /* with sums of the current epoch */
    FIELD(uint32_t, position, 1, RNN_OK);
    FIELD(double, sums.metric, -1, RNN_ERROR_SNAPSHOT);
    for (size_t i = 0; i < 3; i++) {
        FIELD(double, optimizer.learning_rate, not_numbers[i], RNN_ERROR_SNAPSHOT);
        FIELD(double, optimizer.epsilon, not_numbers[i], RNN_ERROR_SNAPSHOT);
        FIELD(double, beta_1_power, not_numbers[i], RNN_ERROR_SNAPSHOT);
        FIELD(double, beta_2_power, not_numbers[i], RNN_ERROR_SNAPSHOT);
        FIELD(double, sums.loss, not_numbers[i], RNN_ERROR_SNAPSHOT);
        FIELD(double, sums.metric, not_numbers[i], RNN_ERROR_SNAPSHOT);
    }
}

/* The largest number of epochs that can be counted, and larger ones. */
static void test_most_epochs(void)
{
    const struct subject s = subject_of(RNN_SIMPLE_RNN);
    struct rnn_model *model = s.rig.model;
    struct rnn_progress progress;
    struct rnn_fit *fit = NULL;
    uint64_t bytes = 0;
    for (uint32_t left = 0; left <= EPOCHS; left++) {
        const uint32_t epochs = UINT32_MAX - left;
        const uint64_t updates = (uint64_t)1 << 40;
        memcpy(s.hostile + offsetof(struct rnn_model, updates), &updates, sizeof updates);
        memcpy(s.hostile + offsetof(struct rnn_model, epochs), &epochs, sizeof epochs);
        CHECK(rnn_model_restore(model, s.hostile, s.rig.bytes) == RNN_OK);
        CHECK(rnn_fit_size(&s.rig.config, SAMPLES, &OPTIONS, &bytes) == RNN_OK);
        const enum rnn_status status = rnn_fit_init(block_of(bytes), bytes, model, &s.data, NULL, &OPTIONS, &fit);
        CHECK_EQUAL(status, left < EPOCHS ? RNN_ERROR_RANGE : RNN_OK);
        if (status != RNN_OK) continue;
        CHECK(rnn_fit_run(fit, model, s.rig.workspace, ALL_UPDATES, &progress) == RNN_OK && progress.done);
        CHECK(rnn_model_counters(model).epochs == UINT32_MAX);
    }
}

/* A snapshot of a later epoch than this fit ever trained: the epochs in between have no metrics. */
static void test_unknown_history(void)
{
    const struct subject s = subject_of(RNN_GRU), other = subject_of(RNN_GRU);
    struct rnn_progress progress;
    uint64_t bytes = 0;
    uint32_t epochs = 0;
    struct rnn_model *model = rig_of(s.rig.config, 1).model;
    struct rnn_fit *fit = NULL;
    CHECK(rnn_fit_size(&s.rig.config, SAMPLES, &OPTIONS, &bytes) == RNN_OK);
    void *block = block_of(bytes);
    memset(block, 0x3f, bytes); /* leftover content of this memory */
    CHECK(rnn_fit_init(block, bytes, model, &other.data, NULL, &OPTIONS, &fit) == RNN_OK);
    CHECK(rnn_model_restore(model, s.snapshot, s.rig.bytes) == RNN_OK);
    CHECK(rnn_fit_run(fit, model, s.rig.workspace, ALL_UPDATES, &progress) == RNN_OK && progress.done);
    const struct rnn_epoch *history = rnn_fit_history(fit, &epochs);
    CHECK(epochs == EPOCHS && isnan(history[0].loss) && isnan(history[0].val_metric));
    CHECK(isfinite(history[1].loss));
}

static void test_bytes(void)
{
    static const unsigned char values[] = {0, 1, 2, 0x3f, 0x7f, 0x80, 0xf0, 0xff};
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++) {
        const struct subject s = subject_of(cell);
        for (size_t i = 0; i < sizeof(struct rnn_model); i++) {
            for (size_t v = 0; v < sizeof values; v++) {
                s.hostile[i] = values[v];
                attempt(&s);
            }
            for (unsigned bit = 0; bit < 8; bit++) {
                s.hostile[i] ^= (unsigned char)(1 << bit);
                attempt(&s);
            }
        }
        /* eight bytes at once: a whole field */
        for (size_t i = 0; i + 8 <= sizeof(struct rnn_model); i += 4)
            for (size_t v = 0; v < sizeof values; v++) {
                memset(s.hostile + i, values[v], 8);
                attempt(&s);
            }
    }
}

/* Weights, moments and states may be any bits, because a run that diverged has such weights, and its snapshot is valid. */
static void test_arrays(void)
{
    static const unsigned char values[] = {0, 0x3f, 0x7f, 0x80, 0xff};
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++) {
        const struct subject s = subject_of(cell);
        for (size_t v = 0; v < sizeof values; v++) {
            memset(s.hostile + sizeof(struct rnn_model), values[v], s.rig.bytes - sizeof(struct rnn_model));
            CHECK_EQUAL(attempt(&s), RNN_OK);
        }
        for (size_t i = sizeof(struct rnn_model); i < s.rig.bytes; i += 5) {
            s.hostile[i] ^= 0xff;
            CHECK_EQUAL(attempt(&s), RNN_OK);
        }
    }
}

/* A snapshot of every other length, each in its own memory. */
static void test_lengths(void)
{
    const struct subject s = subject_of(RNN_LSTM);
    for (size_t bytes = 0; bytes <= s.rig.bytes + 16; bytes++) {
        unsigned char *part = exactly(bytes ? bytes : 1);
        memset(part, 0, bytes);
        memcpy(part, s.snapshot, bytes < s.rig.bytes ? bytes : s.rig.bytes);
        CHECK_EQUAL(rnn_model_restore(s.rig.model, part, bytes), bytes == s.rig.bytes ? RNN_OK : RNN_ERROR_BLOCK);
        CHECK_EQUAL(rnn_model_snapshot(s.rig.model, part, bytes), bytes == s.rig.bytes ? RNN_OK : RNN_ERROR_BLOCK);
        free(part);
    }
    CHECK(memcmp(s.rig.model, s.snapshot, s.rig.bytes) == 0);
    CHECK_EQUAL(rnn_model_restore(s.rig.model, NULL, s.rig.bytes), RNN_ERROR_ARGUMENT);
}

/* A snapshot need not be aligned; a model, a workspace and a fit must be. */
static void test_alignment(void)
{
    const struct subject s = subject_of(RNN_GRU);
    struct rnn_model *model = NULL;
    struct rnn_workspace *workspace = NULL;
    struct rnn_fit *fit = NULL;
    uint64_t room = 0;
    uint64_t bytes = 0;
    CHECK(rnn_workspace_size(&s.rig.config, 4, &room) == RNN_OK &&
          rnn_fit_size(&s.rig.config, SAMPLES, &OPTIONS, &bytes) == RNN_OK);
    const size_t largest = s.rig.bytes + (size_t)room + bytes;
    char *block = block_of(largest + 16);
    for (size_t shift = 1; shift < RNN_ALIGNMENT; shift++) {
        memcpy(block + shift, s.snapshot, s.rig.bytes);
        CHECK_EQUAL(rnn_model_restore(s.rig.model, block + shift, s.rig.bytes), RNN_OK);
        CHECK_EQUAL(rnn_model_init(block + shift, largest, &s.rig.config, &model), RNN_ERROR_BLOCK);
        CHECK_EQUAL(rnn_workspace_init(block + shift, largest, &s.rig.config, 4, &workspace), RNN_ERROR_BLOCK);
        CHECK_EQUAL(rnn_fit_init(block + shift, largest, s.rig.model, &s.data, NULL, &OPTIONS, &fit), RNN_ERROR_BLOCK);
        CHECK(memcmp(block + shift, s.snapshot, s.rig.bytes) == 0);
        CHECK_EQUAL(rnn_model_restore((struct rnn_model *)(void *)(block + shift), s.snapshot, s.rig.bytes),
                    RNN_ERROR_BLOCK);
    }
    CHECK(!model && !workspace && !fit);
}

/* The alignment of any malloc is enough, and changes no bit. */
static void test_least_alignment(void)
{
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++) {
        const struct subject s = subject_of((enum rnn_cell)cell);
        uint64_t room = 0, bytes = 0;
        struct rig moved = s.rig;
        CHECK(rnn_workspace_size(&s.rig.config, 4, &room) == RNN_OK &&
              rnn_fit_size(&s.rig.config, SAMPLES, &OPTIONS, &bytes) == RNN_OK);
        char *model = block_of(s.rig.bytes + 64), *workspace = block_of(room + 64), *fit = block_of(bytes + 64);
        struct rnn_fit *here = NULL, *there = NULL;
        struct rnn_progress progress;
        CHECK_EQUAL(rnn_model_init(model + RNN_ALIGNMENT, s.rig.bytes, &s.rig.config, &moved.model), RNN_OK);
        CHECK_EQUAL(rnn_workspace_init(workspace + RNN_ALIGNMENT, room, &s.rig.config, 4, &moved.workspace), RNN_OK);
        CHECK_EQUAL(rnn_model_restore(moved.model, s.snapshot, s.rig.bytes), RNN_OK);
        CHECK_EQUAL(rnn_model_restore(s.rig.model, s.snapshot, s.rig.bytes), RNN_OK);
        CHECK_EQUAL(rnn_fit_init(fit + RNN_ALIGNMENT, bytes, moved.model, &s.data, NULL, &OPTIONS, &there), RNN_OK);
        here = fit_of(s.rig, &s.data, NULL, OPTIONS);
        CHECK_EQUAL(rnn_fit_run(here, s.rig.model, s.rig.workspace, ALL_UPDATES, &progress), RNN_OK);
        CHECK_EQUAL(rnn_fit_run(there, moved.model, moved.workspace, ALL_UPDATES, &progress), RNN_OK);
        CHECK(same_parameters(s.rig, moved));
    }
}

/* A model may be initialized again in its own block from its own configuration. */
static void test_made_anew(void)
{
    struct rig rig = rig_of(config_of(4, 3, 2, RNN_TANH), 1);
    unsigned char *before = exactly(rig.bytes);
    memcpy(before, rig.model, rig.bytes);
    struct rnn_model *model = NULL;
    CHECK_EQUAL(rnn_model_init(rig.model, rig.bytes, rnn_model_config(rig.model), &model), RNN_OK);
    CHECK(memcmp(model, before, rig.bytes) == 0);
}

/* At the largest number of updates the counter stays there, so that every model can restore its own snapshot. */
static void test_most_updates(void)
{
    const struct subject s = subject_of(RNN_SIMPLE_RNN);
    struct rnn_model *changed = (struct rnn_model *)s.hostile;
    struct rnn_progress progress;
    changed->updates = (uint64_t)1 << 53;
    CHECK_EQUAL(rnn_model_restore(s.rig.model, s.hostile, s.rig.bytes), RNN_OK);
    struct rnn_fit *fit = fit_of(s.rig, &s.data, NULL, OPTIONS);
    CHECK_EQUAL(rnn_fit_run(fit, s.rig.model, s.rig.workspace, ALL_UPDATES, &progress), RNN_OK);
    CHECK_EQUAL(rnn_model_snapshot(s.rig.model, s.hostile, s.rig.bytes), RNN_OK);
    CHECK_EQUAL(rnn_model_restore(s.rig.model, s.hostile, s.rig.bytes), RNN_OK);
}

int main(void)
{
    test_made_anew();
    test_most_updates();
    TEST(test_fields);
    TEST(test_most_epochs);
    TEST(test_unknown_history);
    TEST(test_bytes);
    TEST(test_arrays);
    TEST(test_lengths);
    TEST(test_alignment);
    TEST(test_least_alignment);
    return check_report();
}
