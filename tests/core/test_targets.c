/* The loss that suits some targets, the score of guessing, and the correctness of answers must be right.
 *
 * Independent reference: results computed by hand; rnn_model_confusion and rnn_model_evaluate, which count the same answers from
 * the logits; FNV-1a as its authors define it, a byte at a time. */
#include "support.h"

static void test_losses(void)
{
    struct rnn_targets targets;
    const rnn_real labels[4] = {0, 1, 0, 0}, classes[5] = {2, 0, 2, 1, 2},
                   numbers[4] = {(rnn_real)0.5, 1, 2, (rnn_real)2.5};
    const rnn_real large[2] = {64, 1}, negative[2] = {-1, 1}, gaps[2] = {63, 63}, none[2] = {0, NAN};
    CHECK(rnn_targets_of(labels, 4, RNN_ANY_LOSS, &targets) == RNN_OK);
    CHECK(targets.loss == RNN_BINARY_CROSSENTROPY && targets.outputs == 1 && targets.guess == 0.75);
    CHECK(rnn_targets_of(classes, 5, RNN_ANY_LOSS, &targets) == RNN_OK);
    CHECK(targets.loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY && targets.outputs == 3 && targets.guess == 0.6);
    CHECK(rnn_targets_of(numbers, 4, RNN_ANY_LOSS, &targets) == RNN_OK);
    CHECK(targets.loss == RNN_MEAN_SQUARED_ERROR && targets.outputs == 1 && targets.guess == 0.625);
    CHECK(rnn_targets_of(large, 2, RNN_ANY_LOSS, &targets) == RNN_OK && targets.loss == RNN_MEAN_SQUARED_ERROR);
    CHECK(rnn_targets_of(negative, 2, RNN_ANY_LOSS, &targets) == RNN_OK && targets.guess == 1);
    CHECK(rnn_targets_of(gaps, 2, RNN_ANY_LOSS, &targets) == RNN_OK && targets.outputs == 64 && targets.guess == 1);
    CHECK(rnn_targets_of(labels, 4, RNN_MEAN_SQUARED_ERROR, &targets) == RNN_OK && targets.guess == 0.1875);
    CHECK(rnn_targets_of(labels, 4, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, &targets) == RNN_OK && targets.outputs == 2);
    const rnn_real zeros[2] = {0, 0}; /* one class, and a softmax needs two */
    CHECK(rnn_targets_of(zeros, 2, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, &targets) == RNN_OK && targets.outputs == 2);
    CHECK(rnn_targets_of(classes, 5, RNN_BINARY_CROSSENTROPY, &targets) == RNN_ERROR_DATA);
    CHECK(rnn_targets_of(numbers, 4, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, &targets) == RNN_ERROR_DATA);
    CHECK(rnn_targets_of(none, 2, RNN_ANY_LOSS, &targets) == RNN_ERROR_DATA);
    CHECK(rnn_targets_of(labels, 0, RNN_ANY_LOSS, &targets) == RNN_ERROR_EMPTY);
    CHECK(rnn_targets_of(labels, 4, 77, &targets) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_targets_of(NULL, 4, RNN_ANY_LOSS, &targets) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_targets_of(labels, 4, RNN_ANY_LOSS, NULL) == RNN_ERROR_ARGUMENT);
}

/* The answers from predictions are those that the model counts from its logits. */
static void test_answers(enum rnn_task task, uint32_t timesteps)
{
    const struct rnn_task_info *info = rnn_task_info_of(task);
    struct rnn_config config = rnn_config_default();
    config.timesteps = timesteps;
    config.features = info->features;
    config.loss = info->loss;
    config.outputs = info->outputs;
    struct rig rig = rig_of(config, 32);
    struct rnn_dataset data = task_of(task, 3, 0, 200, timesteps);
    rnn_real *predictions = block_of(200 * info->outputs * sizeof *predictions);
    uint32_t classes[200], right[200], counts[16] = {0}, all = info->outputs == 1 ? 2 : info->outputs, sum = 0;
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, predictions) == RNN_OK);
    CHECK(rnn_answers(predictions, 200, info->outputs, data.y, classes, right) == RNN_OK);
    CHECK(rnn_model_confusion(rig.model, rig.workspace, &data, NULL, counts) == RNN_OK);
    for (uint32_t i = 0; i < 200; i++) {
        counts[(uint32_t)data.y[i] * all + classes[i]]--;
        CHECK(right[i] == (classes[i] == (uint32_t)data.y[i]));
        sum += right[i];
    }
    for (uint32_t i = 0; i < all * all; i++) CHECK(counts[i] == 0);
    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures) == RNN_OK);
    CHECK(figures.metric == sum / 200.0);
    CHECK(rnn_answers(predictions, 200, 0, data.y, classes, right) == RNN_ERROR_RANGE);
    CHECK(rnn_answers(predictions, 200, 65, data.y, classes, right) == RNN_ERROR_RANGE);
    CHECK(rnn_answers(NULL, 200, 1, data.y, classes, right) == RNN_ERROR_ARGUMENT);
}

/* Answers by time step, counted another way: each readout on its own, over the classes that are allowed. */
static void test_by_step(void)
{
    enum { N = 40, T = 5, K = 4 };
    static const uint32_t among[] = {3, 1};
    static rnn_real predictions[N * T * K], y[N * T];
    static uint32_t lengths[N];
    uint32_t readouts[T], right[T];
    struct rnn_config config = config_of(3, T, 2, RNN_TANH);
    config.return_sequences = 1;
    config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    config.outputs = K;
    struct rig rig = rig_of(config, 8);
    struct rnn_dataset data = data_for(&config, 5, N);
    memcpy(y, data.y, sizeof y);
    for (uint32_t i = 0; i < N; i++) lengths[i] = 1 + i % T;
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, predictions) == RNN_OK);
    for (int masked = 0; masked < 2; masked++)
        for (uint32_t allowed = 0; allowed <= 2; allowed += 2) {
            uint32_t all = 0, all_right = 0;
            data.lengths = masked ? lengths : NULL;
            CHECK(rnn_answers_by_step(predictions, &data, K, allowed ? among : NULL, allowed, readouts, right) ==
                  RNN_OK);
            for (uint32_t t = 0; t < T; t++) {
                for (uint32_t i = 0; i < N; i++) {
                    const rnn_real *p = predictions + (i * T + t) * K, target = y[i * T + t];
                    bool highest = true;
                    if ((masked && t >= lengths[i]) || (allowed && target != 1 && target != 3)) continue;
                    for (uint32_t k = 0; k < K; k++)
                        if ((!allowed || k % 2) && p[k] > p[(uint32_t)target]) highest = false;
                    readouts[t]--;
                    right[t] -= highest;
                    all++;
                    all_right += highest;
                }
                CHECK(readouts[t] == 0 && right[t] == 0);
            }
            struct rnn_metrics figures;
            CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures) == RNN_OK);
            CHECK(allowed || figures.metric == (double)all_right / all);
            CHECK(all > 0 && all_right > 0 && all_right < all);
        }
}

/* Weights of zero make all classes equally probable, so the first one is the answer, from predictions and from logits. */
static void test_ties(uint32_t outputs)
{
    struct rnn_config config = config_of(3, 2, 1, RNN_TANH);
    config.kernel_initializer = config.recurrent_initializer = RNN_ZEROS;
    config.loss = outputs == 1 ? RNN_BINARY_CROSSENTROPY : RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    config.outputs = outputs;
    struct rig rig = rig_of(config, 8);
    const struct rnn_dataset data = data_for(&config, 4, 12);
    const size_t parameters = rnn_parameter_count(&config);
    const uint32_t classes = outputs == 1 ? 2 : outputs;
    rnn_real *zeros = block_of(parameters * sizeof *zeros), *predictions = block_of(12 * outputs * sizeof *predictions);
    uint32_t answered[12], right[12], *counts = block_of(classes * classes * sizeof *counts), firsts = 0;
    memset(zeros, 0, parameters * sizeof *zeros);
    CHECK(rnn_model_set_parameters(rig.model, zeros, parameters) == RNN_OK);
    CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, predictions) == RNN_OK);
    CHECK(rnn_answers(predictions, 12, outputs, data.y, answered, right) == RNN_OK);
    CHECK(rnn_model_confusion(rig.model, rig.workspace, &data, NULL, counts) == RNN_OK);
    for (int i = 0; i < 12; i++) {
        CHECK(answered[i] == 0 && right[i] == (data.y[i] == 0));
        firsts += right[i];
    }
    for (uint32_t i = 0; i < classes * classes; i++)
        if (i % classes) CHECK_EQUAL(counts[i], 0);
    CHECK_EQUAL(counts[0], firsts);
    struct rnn_metrics figures;
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &figures) == RNN_OK &&
          figures.metric == firsts / 12.0);
}

/* A number between two classes is not a class, at any position and for every loss with classes. */
static void test_fractions(void)
{
    static const rnn_real between[] = {(rnn_real)0.5, (rnn_real)1.25, (rnn_real)62.5, (rnn_real)0x1p-20};
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        const rnn_real x[2] = {0, 0}, y[2] = {1, between[i]};
        const struct rnn_dataset data = DATASET(x, y, 2, 1, 1, 1);
        struct rnn_config config = config_of(2, 1, 1, RNN_TANH);
        struct rnn_targets targets;
        uint32_t sample = 0;
        CHECK(rnn_dataset_check(&data, &config, &sample) == RNN_ERROR_DATA && sample == 1);
        config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
        config.outputs = 64;
        CHECK(rnn_dataset_check(&data, &config, &sample) == RNN_ERROR_DATA && sample == 1);
        CHECK(rnn_targets_of(y, 2, RNN_BINARY_CROSSENTROPY, &targets) == RNN_ERROR_DATA);
        CHECK(rnn_targets_of(y, 2, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, &targets) == RNN_ERROR_DATA);
        CHECK(rnn_targets_of(y, 2, RNN_ANY_LOSS, &targets) == RNN_OK && targets.loss == RNN_MEAN_SQUARED_ERROR);
    }
}

/* FNV-1a of the little-endian bytes of a number, on machines of either byte order. */
static uint64_t hash_number(uint64_t hash, uint64_t bits, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) hash = (hash ^ (bits >> 8 * i & 0xff)) * 0x100000001b3u;
    return hash;
}

static uint64_t bits_of(rnn_real value)
{
    uint32_t small = 0;
    uint64_t large = 0;
    if (sizeof value == sizeof small) memcpy(&small, &value, sizeof small);
    if (sizeof value == sizeof large) memcpy(&large, &value, sizeof large);
    return sizeof value == sizeof small ? small : large;
}

/* The hash depends on every bit and every extent. */
static void test_hash(void)
{
    rnn_real x[6] = {0, 1, 2, 3, 4, 5}, y[3] = {0, 1, 0};
    struct rnn_dataset data = DATASET(x, y, 3, 2, 1, 1);
    uint64_t expected = 0xcbf29ce484222325u;
    const uint32_t shape[4] = {3, 2, 1, 1};
    for (int i = 0; i < 4; i++) expected = hash_number(expected, shape[i], 4);
    for (int i = 0; i < 6; i++) expected = hash_number(expected, bits_of(x[i]), sizeof *x);
    for (int i = 0; i < 3; i++) expected = hash_number(expected, bits_of(y[i]), sizeof *y);
    const uint64_t hash = rnn_dataset_hash(&data);
    CHECK_EQUAL(hash, expected);
    x[5] = 6;
    CHECK(rnn_dataset_hash(&data) != hash);
    x[5] = 5;
    y[2] = 1;
    CHECK(rnn_dataset_hash(&data) != hash);
    y[2] = 0;
    CHECK(rnn_dataset_hash(&data) == hash);
    data.timesteps = 1;
    data.features = 2;
    CHECK(rnn_dataset_hash(&data) != hash);
}

/* Targets inside memory that a call writes to change during the call. Since a class is an index, such a call must return
 * RNN_ERROR_DATA, or read them before. The sanitizers would notice a write elsewhere. */
static void test_targets_inside_a_block(void)
{
    struct rnn_config config = config_of(4, 3, 1, RNN_TANH);
    config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    config.outputs = 5;
    struct rig rig = rig_of(config, 4);
    struct rnn_dataset data = data_for(&config, 1, 300);
    rnn_real *const inputs = block_of(900 * sizeof *inputs), *const numbers = block_of(1500 * sizeof *numbers);
    for (size_t i = 0; i < 900; i++) inputs[i] = (rnn_real)1e9;
    data.x = inputs;
    uint64_t trace_bytes = 0, backward_bytes = 0, workspace_bytes = 0;
    CHECK_EQUAL(rnn_trace_size(&config, 3, &trace_bytes), RNN_OK);
    CHECK_EQUAL(rnn_backward_size(&config, 3, 4, &backward_bytes), RNN_OK);
    CHECK_EQUAL(rnn_workspace_size(&config, 4, &workspace_bytes), RNN_OK);
    uint32_t refused = 0;
    for (size_t offset = 0; offset + 300 * sizeof(rnn_real) <= workspace_bytes; offset += sizeof(rnn_real)) {
        struct rnn_metrics metrics;
        uint32_t counts[25];
        enum rnn_status status[4];
        for (int call = 0; call < 4; call++) {
            rig.workspace = block_of(workspace_bytes);
            struct rnn_workspace *workspace = NULL;
            CHECK(rnn_workspace_init(rig.workspace, workspace_bytes, &config, 4, &workspace) == RNN_OK);
            rnn_real *y = (rnn_real *)((char *)workspace + offset);
            /* the bytes before it identify the block as a workspace */
            if (offset >= 256) memset(y, 0, 300 * sizeof *y);
            data.y = y;
            data.samples = call < 2 ? 300 : 4;
            status[call] = call == 0   ? rnn_model_evaluate(rig.model, workspace, &data, NULL, &metrics)
                           : call == 1 ? rnn_model_confusion(rig.model, workspace, &data, NULL, counts)
                                       : rnn_model_gradient(rig.model, workspace, &data, numbers, NULL);
            CHECK(status[call] == RNN_OK || status[call] == RNN_ERROR_DATA);
            refused += status[call] == RNN_ERROR_DATA;
            free(workspace);
        }
    }
    for (size_t offset = 0; offset < trace_bytes; offset += sizeof(rnn_real)) {
        struct rnn_trace trace;
        char *block = block_of(trace_bytes);
        memset(block, 0, trace_bytes);
        const enum rnn_status status =
            rnn_trace_run(rig.model, inputs, 3, (rnn_real *)(block + offset), NULL, NULL, block, trace_bytes, &trace);
        CHECK(status == RNN_OK || status == RNN_ERROR_DATA);
        refused += status == RNN_ERROR_DATA;
        free(block);
    }
    data.samples = 4;
    for (size_t offset = 0; offset + 4 * sizeof(rnn_real) <= backward_bytes; offset += sizeof(rnn_real)) {
        struct rnn_backward backward;
        char *block = block_of(backward_bytes);
        memset(block, 0, backward_bytes);
        data.y = (rnn_real *)(block + offset);
        const enum rnn_status status = rnn_backward_run(rig.model, &data, NULL, 0, block, backward_bytes, &backward);
        CHECK(status == RNN_OK || status == RNN_ERROR_DATA);
        refused += status == RNN_ERROR_DATA;
        free(block);
    }
    CHECK(refused > 3);
}

/* 32-bit counts cannot hold them. This is reported before any of the data are read. */
static void test_more_readouts_than_counts(void)
{
    struct rnn_config config = config_of(1, 1000, 1, RNN_TANH);
    config.return_sequences = 1;
    struct rig rig = rig_of(config, 1);
    struct rnn_dataset data = data_for(&config, 1, 1);
    uint32_t counts[4] = {1, 2, 3, 4};
    data.samples = 4294968; /* times 1,000 is 2^32 + 704 */
    CHECK_EQUAL(rnn_model_confusion(rig.model, rig.workspace, &data, NULL, counts), RNN_ERROR_TOO_LARGE);
    CHECK(counts[0] == 1 && counts[3] == 4);
}

/* Each answer stands at every time step of its sequence, and the numbers behind stay. */
static void test_repeat(void)
{
    rnn_real y[7] = {3, 1, 4, -1, -1, -1, 9};
    CHECK(rnn_targets_repeat(y, 3, 2) == RNN_OK);
    const rnn_real wanted[7] = {3, 3, 1, 1, 4, 4, 9};
    CHECK(memcmp(y, wanted, sizeof y) == 0);
    CHECK(rnn_targets_repeat(y, 6, 1) == RNN_OK && memcmp(y, wanted, sizeof y) == 0);
    CHECK(rnn_targets_repeat(y, 0, 2) == RNN_ERROR_RANGE && rnn_targets_repeat(y, 1, 1001) == RNN_ERROR_RANGE);
    CHECK(memcmp(y, wanted, sizeof y) == 0);
}

int main(void)
{
    test_repeat();
    test_targets_inside_a_block();
    test_more_readouts_than_counts();
    test_losses();
    test_answers(RNN_TASK_MAJORITY, 10);
    test_answers(RNN_TASK_ORDER, 20);
    test_by_step();
    test_ties(1);
    test_ties(5);
    test_fractions();
    test_hash();
    return check_report();
}
