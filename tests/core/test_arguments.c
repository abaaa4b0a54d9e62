/* Every wrong argument must be rejected with its status, without writing anything or reading outside of arrays.
 *
 * Each block has exactly its size and each output is filled with a pattern, so that the address sanitizer finds an access one byte
 * too far, and a comparison finds a changed byte. Files have their own tests (test_csv, test_safetensors, test_npz, test_program). */
#include "support.h"

enum { SAMPLES = 5, BATCH = 4, TIMESTEPS = 4, PATTERN = 0xa5, MOST_REGIONS = 64 };

/* Memory that no rejected call may change. */
static struct region {
    void *at, *copy;
    size_t bytes;
} regions[MOST_REGIONS];
static size_t regions_kept;

static void *exactly(size_t bytes)
{
    void *block = malloc(bytes);
    if (!block) abort();
    memset(block, PATTERN, bytes);
    return block;
}

/* Registers memory that must not change from now on. */
static void *keep(void *at, size_t bytes)
{
    if (regions_kept == MOST_REGIONS) abort();
    struct region region = {at, exactly(bytes), bytes};
    memcpy(region.copy, at, bytes);
    regions[regions_kept++] = region;
    return at;
}

static void *kept(size_t bytes)
{
    return keep(exactly(bytes), bytes);
}

static void refused(enum rnn_status got, enum rnn_status wanted, int line, const char *call)
{
    check_equal(got, wanted, __FILE__, line, call);
    for (size_t i = 0; i < regions_kept; i++)
        (void)check_count(memcmp(regions[i].at, regions[i].copy, regions[i].bytes) == 0, __FILE__, line, call);
}

#define REFUSED(call, wanted) refused((call), (wanted), __LINE__, #call)

/* A model in the middle of a fit, the arguments it was made with, and room for the results of every function. */
static struct rnn_config config;
static struct rnn_optimizer optimizer;
static struct rnn_fit_options options;
static struct rnn_model *model;
static struct rnn_workspace *workspace;
static struct rnn_fit *fit;
static struct rnn_dataset data;
static struct rnn_trace trace;
static uint64_t model_bytes, workspace_bytes, fit_bytes, trace_bytes, backward_bytes;
static size_t parameters;
static void *block; /* large enough for each of them */
static uint64_t block_bytes;

/* Results, each in its own memory. */
static uint64_t *size;
static rnn_real *numbers, *gradient;
static struct rnn_metrics *figures;
static struct rnn_progress *progress;
static struct rnn_backward *backward;
static struct rnn_gradient_check *difference;
static struct rnn_trace *traced;
static struct rnn_term *terms;
static uint32_t *whole;
static double *low, *high;
static bool *applies;
static struct rnn_targets *targets;
static struct rnn_tensor *tensor;
static struct rnn_model **made_model;
static struct rnn_workspace **made_workspace;
static struct rnn_fit **made_fit;
static char *snapshot;

static void prepare(void)
{
    config = config_of(3, TIMESTEPS, 2, RNN_TANH);
    config.cell = RNN_LSTM;
    optimizer = rnn_optimizer_default();
    options = (struct rnn_fit_options){.epochs = 2, .batch_size = 2, .shuffle = true, .validation_freq = 1};
    parameters = rnn_parameter_count(&config);
    CHECK(rnn_model_size(&config, &model_bytes) == RNN_OK);
    CHECK(rnn_workspace_size(&config, BATCH, &workspace_bytes) == RNN_OK);
    CHECK(rnn_fit_size(&config, SAMPLES, &options, &fit_bytes) == RNN_OK);
    CHECK(rnn_trace_size(&config, TIMESTEPS, &trace_bytes) == RNN_OK);
    CHECK(rnn_backward_size(&config, TIMESTEPS, BATCH, &backward_bytes) == RNN_OK);
    CHECK(rnn_model_init(exactly(model_bytes), model_bytes, &config, &model) == RNN_OK);
    CHECK(rnn_workspace_init(exactly(workspace_bytes), workspace_bytes, &config, BATCH, &workspace) == RNN_OK);
    data = data_for(&config, 3, SAMPLES);
    CHECK(rnn_fit_init(exactly(fit_bytes), fit_bytes, model, &data, &data, &options, &fit) == RNN_OK);
    struct rnn_progress so_far;
    CHECK(rnn_fit_run(fit, model, workspace, 2, &so_far) == RNN_OK);
    CHECK(rnn_trace_run(model, data.x, TIMESTEPS, data.y, NULL, NULL, exactly(trace_bytes), trace_bytes, &trace) ==
          RNN_OK);
    keep(model, model_bytes);
    keep(workspace, workspace_bytes);
    keep(fit, fit_bytes);
    block_bytes = model_bytes + workspace_bytes + fit_bytes + trace_bytes + backward_bytes;
    block = kept(block_bytes);
    snapshot = kept(model_bytes);
    size = kept(sizeof *size);
    numbers = kept(parameters * sizeof *numbers);
    gradient = kept(parameters * sizeof *gradient);
    figures = kept(sizeof *figures);
    progress = kept(sizeof *progress);
    backward = kept(sizeof *backward);
    difference = kept(sizeof *difference);
    traced = kept(sizeof *traced);
    terms = kept((config.features + config.units + 3) * sizeof *terms);
    whole = kept(64 * sizeof *whole);
    low = kept(sizeof *low);
    high = kept(sizeof *high);
    applies = kept(sizeof *applies);
    targets = kept(sizeof *targets);
    tensor = kept(sizeof *tensor);
    made_model = kept(sizeof(void *));
    made_workspace = kept(sizeof(void *));
    made_fit = kept(sizeof(void *));
}

/* ------------------------------------------------------------------------------------------------ nothing there */

static void test_null_pointers(void)
{
    const enum rnn_status wanted = RNN_ERROR_ARGUMENT;
    const rnn_real *x = data.x, *y = data.y;
    const rnn_real few[] = {0, 1};
    REFUSED(rnn_config_check(NULL, NULL), wanted);
    REFUSED(rnn_optimizer_check(NULL, NULL), wanted);
    REFUSED(rnn_tensor_of(NULL, 0, tensor), wanted);
    REFUSED(rnn_tensor_of(&config, 0, NULL), wanted);
    REFUSED(rnn_dataset_check(NULL, &config, whole), wanted);
    REFUSED(rnn_dataset_check(&data, NULL, whole), wanted);
    REFUSED(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 1, 1, NULL, numbers), wanted);
    REFUSED(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 1, 1, numbers, NULL), wanted);
    REFUSED(rnn_task_targets(RNN_TASK_FIRST, NULL, 4, numbers, applies), wanted);
    REFUSED(rnn_task_targets(RNN_TASK_FIRST, x, 4, NULL, applies), wanted);
    REFUSED(rnn_task_targets(RNN_TASK_FIRST, x, 4, numbers, NULL), wanted);
    REFUSED(rnn_targets_repeat(NULL, 1, 1), wanted);
    REFUSED(rnn_validation_split(10, 0.5, NULL), wanted);
    REFUSED(rnn_targets_of(NULL, 2, RNN_ANY_LOSS, targets), wanted);
    REFUSED(rnn_targets_of(y, 2, RNN_ANY_LOSS, NULL), wanted);
    REFUSED(rnn_answers(NULL, 2, 1, few, whole, whole + 2), wanted);
    REFUSED(rnn_answers(few, 2, 1, NULL, whole, whole + 2), wanted);
    REFUSED(rnn_answers(few, 2, 1, few, NULL, whole + 2), wanted);
    REFUSED(rnn_answers(few, 2, 1, few, whole, NULL), wanted);
    const struct rnn_dataset of_two = {.y = few, .samples = 2, .readouts = 1}, of_none = {.samples = 2, .readouts = 1};
    REFUSED(rnn_answers_by_step(NULL, &of_two, 1, NULL, 0, whole, whole + 2), wanted);
    REFUSED(rnn_answers_by_step(few, NULL, 1, NULL, 0, whole, whole + 2), wanted);
    REFUSED(rnn_answers_by_step(few, &of_none, 1, NULL, 0, whole, whole + 2), wanted);
    REFUSED(rnn_answers_by_step(few, &of_two, 1, NULL, 1, whole, whole + 2), wanted);
    REFUSED(rnn_answers_by_step(few, &of_two, 1, NULL, 0, NULL, whole + 2), wanted);
    REFUSED(rnn_answers_by_step(few, &of_two, 1, NULL, 0, whole, NULL), wanted);
    const uint32_t third = 2;
    REFUSED(rnn_answers_by_step(few, &of_two, 65, NULL, 0, whole, whole + 2), RNN_ERROR_RANGE);
    REFUSED(rnn_answers_by_step(few, &of_two, 2, &third, 1, whole, whole + 2), RNN_ERROR_RANGE);
    REFUSED(rnn_answers_by_step(few, &of_two, 1, &(uint32_t){0}, 1, whole, whole + 2), RNN_ERROR_RANGE);
    REFUSED(rnn_model_size(&config, NULL), wanted);
    REFUSED(rnn_model_size(NULL, size), wanted);
    REFUSED(rnn_model_init(NULL, block_bytes, &config, made_model), wanted);
    REFUSED(rnn_model_init(block, block_bytes, NULL, made_model), wanted);
    REFUSED(rnn_model_init(block, block_bytes, &config, NULL), wanted);
    REFUSED(rnn_model_compile(NULL, &optimizer), wanted);
    REFUSED(rnn_model_compile(model, NULL), wanted);
    REFUSED(rnn_model_set_learning_rate(NULL, 0.1), wanted);
    REFUSED(rnn_model_set_parameters(NULL, rnn_model_parameters(model), parameters), wanted);
    REFUSED(rnn_model_set_parameters(model, NULL, parameters), wanted);
    REFUSED(rnn_model_snapshot(NULL, snapshot, model_bytes), wanted);
    REFUSED(rnn_model_snapshot(model, NULL, model_bytes), wanted);
    REFUSED(rnn_model_restore(NULL, snapshot, model_bytes), wanted);
    REFUSED(rnn_model_restore(model, NULL, model_bytes), wanted);
    REFUSED(rnn_workspace_size(NULL, BATCH, size), wanted);
    REFUSED(rnn_workspace_size(&config, BATCH, NULL), wanted);
    REFUSED(rnn_workspace_init(NULL, block_bytes, &config, BATCH, made_workspace), wanted);
    REFUSED(rnn_workspace_init(block, block_bytes, NULL, BATCH, made_workspace), wanted);
    REFUSED(rnn_workspace_init(block, block_bytes, &config, BATCH, NULL), wanted);
    REFUSED(rnn_fit_size(NULL, SAMPLES, &options, size), wanted);
    REFUSED(rnn_fit_size(&config, SAMPLES, NULL, size), wanted);
    REFUSED(rnn_fit_size(&config, SAMPLES, &options, NULL), wanted);
    REFUSED(rnn_fit_init(NULL, block_bytes, model, &data, NULL, &options, made_fit), wanted);
    REFUSED(rnn_fit_init(block, block_bytes, NULL, &data, NULL, &options, made_fit), wanted);
    REFUSED(rnn_fit_init(block, block_bytes, model, NULL, NULL, &options, made_fit), wanted);
    REFUSED(rnn_fit_init(block, block_bytes, model, &data, NULL, NULL, made_fit), wanted);
    REFUSED(rnn_fit_init(block, block_bytes, model, &data, NULL, &options, NULL), wanted);
    REFUSED(rnn_fit_run(NULL, model, workspace, 1, progress), wanted);
    REFUSED(rnn_fit_run(fit, NULL, workspace, 1, progress), wanted);
    REFUSED(rnn_fit_run(fit, model, NULL, 1, progress), wanted);
    REFUSED(rnn_fit_run(fit, model, workspace, 1, NULL), wanted);
    REFUSED(rnn_fit_batch(NULL, model, whole, 2, whole + 2), wanted);
    REFUSED(rnn_fit_batch(fit, NULL, whole, 2, whole + 2), wanted);
    REFUSED(rnn_fit_batch(fit, model, NULL, 2, whole + 2), wanted);
    REFUSED(rnn_fit_batch(fit, model, whole, 2, NULL), wanted);
    REFUSED(rnn_model_evaluate(NULL, workspace, &data, NULL, figures), wanted);
    REFUSED(rnn_model_evaluate(model, NULL, &data, NULL, figures), wanted);
    REFUSED(rnn_model_evaluate(model, workspace, NULL, NULL, figures), wanted);
    REFUSED(rnn_model_evaluate(model, workspace, &data, NULL, NULL), wanted);
    REFUSED(rnn_model_predict(NULL, workspace, &data, NULL, numbers), wanted);
    REFUSED(rnn_model_predict(model, NULL, &data, NULL, numbers), wanted);
    REFUSED(rnn_model_predict(model, workspace, NULL, NULL, numbers), wanted);
    REFUSED(rnn_model_predict(model, workspace, &data, NULL, NULL), wanted);
    REFUSED(rnn_model_confusion(NULL, workspace, &data, NULL, whole), wanted);
    REFUSED(rnn_model_confusion(model, NULL, &data, NULL, whole), wanted);
    REFUSED(rnn_model_confusion(model, workspace, NULL, NULL, whole), wanted);
    REFUSED(rnn_model_confusion(model, workspace, &data, NULL, NULL), wanted);
    REFUSED(rnn_model_gradient(NULL, workspace, &data, gradient, figures), wanted);
    REFUSED(rnn_model_gradient(model, NULL, &data, gradient, figures), wanted);
    REFUSED(rnn_model_gradient(model, workspace, NULL, gradient, figures), wanted);
    REFUSED(rnn_model_gradient(model, workspace, &data, NULL, figures), wanted);
    REFUSED(rnn_model_gradient_check(NULL, workspace, &data, 0, difference), wanted);
    REFUSED(rnn_model_gradient_check(model, NULL, &data, 0, difference), wanted);
    REFUSED(rnn_model_gradient_check(model, workspace, NULL, 0, difference), wanted);
    REFUSED(rnn_model_gradient_check(model, workspace, &data, 0, NULL), wanted);
    REFUSED(rnn_model_step(NULL, x, numbers, NULL, NULL), wanted);
    REFUSED(rnn_model_step(model, NULL, numbers, NULL, NULL), wanted);
    REFUSED(rnn_model_reset_states(NULL), wanted);
    REFUSED(rnn_trace_size(NULL, TIMESTEPS, size), wanted);
    REFUSED(rnn_trace_size(&config, TIMESTEPS, NULL), wanted);
    REFUSED(rnn_trace_run(NULL, x, TIMESTEPS, y, NULL, NULL, block, block_bytes, traced), wanted);
    REFUSED(rnn_trace_run(model, NULL, TIMESTEPS, y, NULL, NULL, block, block_bytes, traced), wanted);
    REFUSED(rnn_trace_run(model, x, TIMESTEPS, y, NULL, NULL, NULL, block_bytes, traced), wanted);
    REFUSED(rnn_trace_run(model, x, TIMESTEPS, y, NULL, NULL, block, block_bytes, NULL), wanted);
    REFUSED(rnn_trace_contribution(NULL, 0, 1, numbers, NULL, NULL), wanted);
    REFUSED(rnn_trace_terms(NULL, &trace, 0, 1, 0, 0, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, NULL, 0, 1, 0, 0, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 0, 1, 0, 0, NULL, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 0, 1, 0, 0, terms, NULL), wanted);
    REFUSED(rnn_model_activate(NULL, 0, x, 2, numbers), wanted);
    REFUSED(rnn_model_activate(model, 0, NULL, 2, numbers), wanted);
    REFUSED(rnn_model_activate(model, 0, x, 2, NULL), wanted);
    REFUSED(rnn_backward_size(NULL, TIMESTEPS, BATCH, size), wanted);
    REFUSED(rnn_backward_size(&config, TIMESTEPS, BATCH, NULL), wanted);
    REFUSED(rnn_backward_run(NULL, &data, NULL, 0, block, block_bytes, backward), wanted);
    REFUSED(rnn_backward_run(model, NULL, NULL, 0, block, block_bytes, backward), wanted);
    REFUSED(rnn_backward_run(model, &data, NULL, 0, NULL, block_bytes, backward), wanted);
    REFUSED(rnn_backward_run(model, &data, NULL, 0, block, block_bytes, NULL), wanted);
    const struct rnn_generate_options generation = rnn_generate_options_default();
    struct rnn_ngrams *ngrams = NULL;
    struct rnn_metrics counted;
    REFUSED(rnn_model_generate(NULL, &generation, whole, 1, whole, whole + 1, NULL, NULL), wanted);
    REFUSED(rnn_model_generate(model, NULL, whole, 1, whole, whole + 1, NULL, NULL), wanted);
    REFUSED(rnn_model_generate(model, &generation, NULL, 1, whole, whole + 1, NULL, NULL), wanted);
    REFUSED(rnn_model_generate(model, &generation, whole, 1, NULL, whole + 1, NULL, NULL), wanted);
    REFUSED(rnn_model_generate(model, &generation, whole, 1, whole, NULL, NULL, NULL), wanted);
    REFUSED(rnn_ngrams_size(NULL, 2, 1, size), wanted);
    REFUSED(rnn_ngrams_size(&data, 2, 1, NULL), wanted);
    REFUSED(rnn_ngrams_init(NULL, block_bytes, &data, 2, 1, &ngrams), wanted);
    REFUSED(rnn_ngrams_init(block, block_bytes, NULL, 2, 1, &ngrams), wanted);
    REFUSED(rnn_ngrams_init(block, block_bytes, &data, 2, 1, NULL), wanted);
    REFUSED(rnn_ngrams_predict(NULL, &data, 1, numbers), wanted);
    REFUSED(rnn_ngrams_predict(block, &data, 1, NULL), wanted);
    REFUSED(rnn_ngrams_evaluate(NULL, &data, 1, &counted), wanted);
    REFUSED(rnn_ngrams_evaluate(block, &data, 1, NULL), wanted);
    REFUSED(rnn_chance_band(10, NULL, high), wanted);
    REFUSED(rnn_chance_band(10, low, NULL), wanted);
    REFUSED(rnn_majority_share(NULL, 2, low), wanted);
    REFUSED(rnn_majority_share(y, 2, NULL), wanted);
    REFUSED(rnn_quantile(NULL, 1, 0.5, low), wanted);
    REFUSED(rnn_quantile(low, 1, 0.5, NULL), wanted);
    REFUSED(rnn_column_ranges(NULL, 1, 1, numbers, numbers + 1), wanted);
    REFUSED(rnn_column_ranges(x, 1, 1, NULL, numbers + 1), wanted);
    REFUSED(rnn_column_ranges(x, 1, 1, numbers, NULL), wanted);
}

/* Data without x, or without y where targets are needed. */
static void check_data_without(struct rnn_dataset part, bool of_training, bool of_predicting)
{
    const enum rnn_status wanted = RNN_ERROR_ARGUMENT;
    if (of_training) {
        REFUSED(rnn_dataset_check(&part, &config, whole), wanted);
        REFUSED(rnn_fit_init(block, block_bytes, model, &part, NULL, &options, made_fit), wanted);
        REFUSED(rnn_fit_init(block, block_bytes, model, &data, &part, &options, made_fit), wanted);
        REFUSED(rnn_model_evaluate(model, workspace, &part, NULL, figures), wanted);
        REFUSED(rnn_model_confusion(model, workspace, &part, NULL, whole), wanted);
        REFUSED(rnn_model_gradient(model, workspace, &part, gradient, figures), wanted);
        REFUSED(rnn_model_gradient_check(model, workspace, &part, 0, difference), wanted);
        REFUSED(rnn_backward_run(model, &part, NULL, 0, block, block_bytes, backward), wanted);
    }
    if (of_predicting) REFUSED(rnn_model_predict(model, workspace, &part, NULL, numbers), wanted);
}

static void test_data_without_arrays(void)
{
    struct rnn_dataset part = data;
    part.samples = BATCH;
    part.x = NULL;
    check_data_without(part, true, true);
    part.x = data.x;
    part.y = NULL;
    check_data_without(part, true, false);
}

/* ------------------------------------------------------------------------------------------------ other blocks */

/* Anything that is not a model, in place of one. */
static void check_no_model(struct rnn_model *other)
{
    const enum rnn_status wanted = RNN_ERROR_BLOCK;
    struct rnn_dataset batch = data;
    batch.samples = BATCH;
    REFUSED(rnn_model_compile(other, &optimizer), wanted);
    REFUSED(rnn_model_set_learning_rate(other, 0.1), wanted);
    REFUSED(rnn_model_set_parameters(other, rnn_model_parameters(model), parameters), wanted);
    REFUSED(rnn_model_snapshot(other, snapshot, model_bytes), wanted);
    REFUSED(rnn_model_restore(other, snapshot, model_bytes), wanted);
    REFUSED(rnn_fit_init(block, block_bytes, other, &data, NULL, &options, made_fit), wanted);
    REFUSED(rnn_fit_run(fit, other, workspace, 1, progress), wanted);
    REFUSED(rnn_fit_batch(fit, other, whole, 2, whole + 2), wanted);
    REFUSED(rnn_model_evaluate(other, workspace, &data, NULL, figures), wanted);
    REFUSED(rnn_model_predict(other, workspace, &data, NULL, numbers), wanted);
    REFUSED(rnn_model_confusion(other, workspace, &data, NULL, whole), wanted);
    REFUSED(rnn_model_gradient(other, workspace, &batch, gradient, figures), wanted);
    REFUSED(rnn_model_gradient_check(other, workspace, &batch, 0, difference), wanted);
    REFUSED(rnn_model_step(other, data.x, numbers, NULL, NULL), wanted);
    REFUSED(rnn_model_reset_states(other), wanted);
    REFUSED(rnn_trace_run(other, data.x, TIMESTEPS, data.y, NULL, NULL, block, block_bytes, traced), wanted);
    REFUSED(rnn_trace_terms(other, &trace, 0, 1, 0, 0, terms, whole), wanted);
    REFUSED(rnn_model_activate(other, 0, data.x, 2, numbers), wanted);
    REFUSED(rnn_backward_run(other, &batch, NULL, 0, block, block_bytes, backward), wanted);
}

static void check_no_workspace(struct rnn_workspace *other, enum rnn_status wanted)
{
    struct rnn_dataset batch = data;
    batch.samples = BATCH;
    REFUSED(rnn_fit_run(fit, model, other, 1, progress), wanted);
    REFUSED(rnn_model_evaluate(model, other, &data, NULL, figures), wanted);
    REFUSED(rnn_model_predict(model, other, &data, NULL, numbers), wanted);
    REFUSED(rnn_model_confusion(model, other, &data, NULL, whole), wanted);
    REFUSED(rnn_model_gradient(model, other, &batch, gradient, figures), wanted);
    REFUSED(rnn_model_gradient_check(model, other, &batch, 0, difference), wanted);
}

/* Memory that was never initialized as a block, blocks of another kind, and blocks four bytes off. */
static void test_other_blocks(void)
{
    void *zeros = memset(exactly(model_bytes), 0, model_bytes);
    char *moved = exactly(block_bytes + 4);
    memcpy(moved + 4, model, model_bytes);
    check_no_model(zeros);
    check_no_model((struct rnn_model *)(void *)workspace);
    check_no_model((struct rnn_model *)(void *)fit);
    check_no_model((struct rnn_model *)(void *)(moved + 4));
    check_no_workspace(zeros, RNN_ERROR_BLOCK);
    check_no_workspace((struct rnn_workspace *)(void *)model, RNN_ERROR_BLOCK);
    check_no_workspace((struct rnn_workspace *)(void *)fit, RNN_ERROR_BLOCK);
    memcpy(moved + 4, workspace, workspace_bytes);
    check_no_workspace((struct rnn_workspace *)(void *)(moved + 4), RNN_ERROR_BLOCK);
    memcpy(moved + 4, fit, fit_bytes);
    struct rnn_fit *const fits[] = {zeros, (struct rnn_fit *)(void *)model, (struct rnn_fit *)(void *)workspace,
                                    (struct rnn_fit *)(void *)(moved + 4)};
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        REFUSED(rnn_fit_run(fits[i], model, workspace, 1, progress), RNN_ERROR_BLOCK);
        REFUSED(rnn_fit_batch(fits[i], model, whole, 2, whole + 2), RNN_ERROR_BLOCK);
    }
    free(zeros);
    free(moved);
}

static struct rnn_workspace *workspace_of(const struct rnn_config *other, uint32_t batch)
{
    struct rnn_workspace *made = NULL;
    uint64_t bytes = 0;
    CHECK(rnn_workspace_size(other, batch, &bytes) == RNN_OK);
    CHECK(rnn_workspace_init(exactly(bytes), bytes, other, batch, &made) == RNN_OK);
    return made;
}

static struct rnn_model *model_of(const struct rnn_config *other)
{
    struct rnn_model *made = NULL;
    uint64_t bytes = 0;
    CHECK(rnn_model_size(other, &bytes) == RNN_OK);
    CHECK(rnn_model_init(exactly(bytes), bytes, other, &made) == RNN_OK);
    return made;
}

/* A workspace serves only models of its shape, and a fit only those of its configuration. */
static void test_other_shapes(void)
{
    struct rnn_config others[8];
    for (size_t i = 0; i < 8; i++) others[i] = config;
    others[0].cell = RNN_GRU;
    others[1].layers = 2;
    others[2].units = 4;
    others[3].features = 1;
    others[4].return_sequences = 1;
    others[5].timesteps = TIMESTEPS - 1;
    others[6].loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    others[6].outputs = 2;
    others[7].seed++;
    for (size_t i = 0; i < 7; i++) check_no_workspace(workspace_of(&others[i], BATCH), RNN_ERROR_SHAPE);
    for (size_t i = 0; i < 8; i++) {
        struct rnn_model *other = model_of(&others[i]);
        REFUSED(rnn_fit_run(fit, other, workspace, 1, progress), RNN_ERROR_SHAPE);
        REFUSED(rnn_fit_batch(fit, other, whole, 2, whole + 2), RNN_ERROR_SHAPE);
    }
    struct rnn_dataset batch = data;
    batch.samples = BATCH;
    struct rnn_workspace *narrow = workspace_of(&config, 1);
    REFUSED(rnn_fit_run(fit, model, narrow, 1, progress), RNN_ERROR_SHAPE);
    REFUSED(rnn_model_gradient(model, narrow, &batch, gradient, figures), RNN_ERROR_SHAPE);
    REFUSED(rnn_model_gradient_check(model, narrow, &batch, 0, difference), RNN_ERROR_SHAPE);
    REFUSED(rnn_model_gradient(model, workspace, &data, gradient, figures), RNN_ERROR_SHAPE); /* one sample too many */
    const struct rnn_model *upper = model_of(&others[0]), *wider = model_of(&others[2]), *other = model_of(&others[3]);
    REFUSED(rnn_trace_terms(upper, &trace, 0, 1, 0, 0, terms, whole), RNN_ERROR_SHAPE);
    REFUSED(rnn_trace_terms(wider, &trace, 0, 1, 0, 0, terms, whole), RNN_ERROR_SHAPE);
    REFUSED(rnn_trace_terms(other, &trace, 0, 1, 0, 0, terms, whole), RNN_ERROR_SHAPE);
    struct rnn_trace deep = trace;
    deep.layers = 2;
    deep.layer[1] = trace.layer[0];
    REFUSED(rnn_trace_terms(model, &deep, 1, 1, 0, 0, terms, whole), RNN_ERROR_SHAPE);
    REFUSED(rnn_model_set_parameters(model, rnn_model_parameters(model), parameters - 1), RNN_ERROR_SHAPE);
    REFUSED(rnn_model_set_parameters(model, rnn_model_parameters(model), parameters + 1), RNN_ERROR_SHAPE);
}

/* A block one byte too small, and one that is large enough but misaligned by four bytes. */

/* A workspace with room for one sample less than the next batch has. The fit is at the last batch of its epoch, which has one
 * sample. */
static void test_small_and_moved_blocks(void)
{
    const enum rnn_status wanted = RNN_ERROR_BLOCK;
    const struct rnn_dataset batch = DATASET(data.x, data.y, BATCH, TIMESTEPS, config.features, 1);
    const uint64_t needs[] = {model_bytes, workspace_bytes, fit_bytes, trace_bytes, backward_bytes};
    char *moved = kept(block_bytes + 4);
    for (int which = 0; which < 5; which++) {
        const uint64_t bytes = needs[which] - 1;
        void *small = keep(exactly(bytes), bytes);
        for (int beside = 0; beside < 2; beside++) {
            void *at = beside ? moved + 4 : small;
            const uint64_t room = beside ? block_bytes : bytes;
            if (which == 0) REFUSED(rnn_model_init(at, room, &config, made_model), wanted);
            if (which == 1) REFUSED(rnn_workspace_init(at, room, &config, BATCH, made_workspace), wanted);
            if (which == 2) REFUSED(rnn_fit_init(at, room, model, &data, &data, &options, made_fit), wanted);
            if (which == 3)
                REFUSED(rnn_trace_run(model, data.x, TIMESTEPS, data.y, NULL, NULL, at, room, traced), wanted);
            if (which == 4) REFUSED(rnn_backward_run(model, &batch, NULL, 0, at, room, backward), wanted);
        }
    }
    REFUSED(rnn_model_init(block, 0, &config, made_model), wanted);
    REFUSED(rnn_workspace_init(block, 0, &config, BATCH, made_workspace), wanted);
    REFUSED(rnn_fit_init(block, 0, model, &data, NULL, &options, made_fit), wanted);
    REFUSED(rnn_trace_run(model, data.x, TIMESTEPS, data.y, NULL, NULL, block, 0, traced), wanted);
    REFUSED(rnn_backward_run(model, &batch, NULL, 0, block, 0, backward), wanted);
}

/* Blocks of exactly the reported size are accepted, in the same calls that were rejected. */
static void test_small_batch(void)
{
    uint32_t *one = kept(sizeof *one);
    REFUSED(rnn_fit_batch(fit, model, one, 0, whole), RNN_ERROR_BLOCK);
    uint32_t order[2] = {UINT32_MAX, UINT32_MAX}, samples = 0;
    CHECK(rnn_fit_batch(fit, model, order, 2, &samples) == RNN_OK && samples == 1);
    CHECK(order[0] < SAMPLES && order[1] == UINT32_MAX);
}

/* What the sizes say is enough: the very calls that were refused. */
static void test_blocks_that_fit(void)
{
    struct rnn_model *here = NULL;
    struct rnn_workspace *room = NULL;
    struct rnn_fit *run = NULL;
    struct rnn_trace one;
    struct rnn_backward back;
    const struct rnn_dataset batch = DATASET(data.x, data.y, BATCH, TIMESTEPS, config.features, 1);
    CHECK_EQUAL(rnn_model_init(exactly(model_bytes), model_bytes, &config, &here), RNN_OK);
    CHECK_EQUAL(rnn_workspace_init(exactly(workspace_bytes), workspace_bytes, &config, BATCH, &room), RNN_OK);
    CHECK_EQUAL(rnn_fit_init(exactly(fit_bytes), fit_bytes, here, &data, &data, &options, &run), RNN_OK);
    CHECK_EQUAL(rnn_trace_run(here, data.x, TIMESTEPS, data.y, NULL, NULL, exactly(trace_bytes), trace_bytes, &one),
                RNN_OK);
    CHECK_EQUAL(rnn_backward_run(here, &batch, NULL, 0, exactly(backward_bytes), backward_bytes, &back), RNN_OK);
}

/* ------------------------------------------------------------------------------------------------ counts and numbers */

static void check_counts(struct rnn_dataset wrong, enum rnn_status of_data, enum rnn_status of_predicting)
{
    REFUSED(rnn_dataset_check(&wrong, &config, whole), of_data);
    REFUSED(rnn_fit_init(block, block_bytes, model, &wrong, NULL, &options, made_fit), of_data);
    REFUSED(rnn_fit_init(block, block_bytes, model, &data, &wrong, &options, made_fit), of_data);
    REFUSED(rnn_model_evaluate(model, workspace, &wrong, NULL, figures), of_data);
    REFUSED(rnn_model_confusion(model, workspace, &wrong, NULL, whole), of_data);
    REFUSED(rnn_model_gradient(model, workspace, &wrong, gradient, figures), of_data);
    REFUSED(rnn_model_gradient_check(model, workspace, &wrong, 0, difference), of_data);
    REFUSED(rnn_backward_run(model, &wrong, NULL, 0, block, block_bytes, backward), of_data);
    if (of_predicting != RNN_OK) REFUSED(rnn_model_predict(model, workspace, &wrong, NULL, numbers), of_predicting);
}

/* The arrays have one number each, so believing the counts would mean reading past the end. */
static void test_hostile_counts(void)
{
    const rnn_real *x = keep(exactly(sizeof *x), sizeof *x), *y = keep(exactly(sizeof *y), sizeof *y);
    const struct rnn_dataset right = DATASET(x, y, 1, TIMESTEPS, config.features, 1);
    static const uint32_t samples[] = {10000001, 0x7fffffff, 0x80000000, UINT32_MAX};
    static const uint32_t timesteps[] = {0, 1001, 0x10000000, UINT32_MAX};
    struct rnn_dataset wrong = right;
    wrong.samples = 0;
    check_counts(wrong, RNN_ERROR_EMPTY, RNN_ERROR_EMPTY);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        wrong.samples = samples[i];
        check_counts(wrong, RNN_ERROR_RANGE, RNN_ERROR_RANGE);
    }
    wrong = right;
    for (size_t i = 0; i < sizeof timesteps / sizeof *timesteps; i++) {
        wrong.timesteps = timesteps[i];
        check_counts(wrong, RNN_ERROR_RANGE, RNN_ERROR_RANGE);
    }
    wrong = right;
    static const uint32_t features[] = {0, 65, UINT32_MAX};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        wrong.features = features[i];
        REFUSED(rnn_dataset_check(&wrong, &config, whole), RNN_ERROR_RANGE);
        REFUSED(rnn_fit_init(block, block_bytes, model, &wrong, NULL, &options, made_fit), RNN_ERROR_RANGE);
        REFUSED(rnn_model_predict(model, workspace, &wrong, NULL, numbers), RNN_ERROR_SHAPE);
        REFUSED(rnn_model_evaluate(model, workspace, &wrong, NULL, figures), RNN_ERROR_SHAPE);
        REFUSED(rnn_backward_run(model, &wrong, NULL, 0, block, block_bytes, backward), RNN_ERROR_RANGE);
    }
    wrong = right;
    wrong.features = config.features + 1;
    check_counts(wrong, RNN_ERROR_SHAPE, RNN_ERROR_SHAPE);
    wrong = right;
    static const uint32_t readouts[] = {0, 2, TIMESTEPS, UINT32_MAX};
    for (size_t i = 0; i < sizeof readouts / sizeof *readouts; i++) {
        wrong.readouts = readouts[i];
        check_counts(wrong, RNN_ERROR_SHAPE, RNN_OK);
    }
    wrong = right;
    wrong.timesteps = TIMESTEPS + 1; /* more than the workspace has room for */
    REFUSED(rnn_model_predict(model, workspace, &wrong, NULL, numbers), RNN_ERROR_SHAPE);
    REFUSED(rnn_model_evaluate(model, workspace, &wrong, NULL, figures), RNN_ERROR_SHAPE);
    REFUSED(rnn_fit_size(&config, 0, &options, size), RNN_ERROR_EMPTY);
    REFUSED(rnn_fit_size(&config, UINT32_MAX, &options, size), RNN_ERROR_RANGE);
    REFUSED(rnn_trace_size(&config, 0, size), RNN_ERROR_RANGE);
    REFUSED(rnn_trace_size(&config, UINT32_MAX, size), RNN_ERROR_RANGE);
    REFUSED(rnn_backward_size(&config, UINT32_MAX, 1, size), RNN_ERROR_RANGE);
    REFUSED(rnn_backward_size(&config, 1, 1025, size), RNN_ERROR_RANGE);
    REFUSED(rnn_backward_size(&config, 1, 0, size), RNN_ERROR_RANGE);
    REFUSED(rnn_workspace_size(&config, UINT32_MAX, size), RNN_ERROR_RANGE);
    REFUSED(rnn_answers(x, UINT32_MAX, 65, y, whole, whole + 2), RNN_ERROR_RANGE);
    REFUSED(rnn_validation_split(UINT32_MAX, 0.5, whole), RNN_ERROR_RANGE);
    REFUSED(rnn_validation_split(0, 0.5, whole), RNN_ERROR_EMPTY);
}

static void test_hostile_options(void)
{
    static const struct rnn_fit_options wrong[] = {
        {.epochs = 0, .batch_size = 2},
        {.epochs = 100001, .batch_size = 2},
        {.epochs = UINT32_MAX, .batch_size = 2},
        {.epochs = 2, .batch_size = 0},
        {.epochs = 2, .batch_size = 1025},
        {.epochs = 2, .batch_size = UINT32_MAX},
        {.epochs = 2, .batch_size = 2, .learning_rate_count = 3},
        {.epochs = 2, .batch_size = 2, .learning_rate_count = UINT32_MAX},
        {.epochs = 2, .batch_size = 2, .early_stopping = {.monitor = 5}},
        {.epochs = 2, .batch_size = 2, .early_stopping = {.monitor = UINT32_MAX}},
        {.epochs = 2, .batch_size = 2, .early_stopping = {.monitor = 1, .min_delta = -1}},
        {.epochs = 2, .batch_size = 2, .early_stopping = {.monitor = 1, .min_delta = NAN}},
        {.epochs = 2, .batch_size = 2, .early_stopping = {.monitor = 1, .min_delta = INFINITY}}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        REFUSED(rnn_fit_size(&config, SAMPLES, &wrong[i], size), RNN_ERROR_RANGE);
        REFUSED(rnn_fit_init(block, block_bytes, model, &data, NULL, &wrong[i], made_fit), RNN_ERROR_RANGE);
    }
    struct rnn_config huge = config;
    huge.units = UINT32_MAX;
    REFUSED(rnn_model_size(&huge, size), RNN_ERROR_RANGE);
    REFUSED(rnn_model_init(block, block_bytes, &huge, made_model), RNN_ERROR_RANGE);
    REFUSED(rnn_workspace_init(block, block_bytes, &huge, BATCH, made_workspace), RNN_ERROR_RANGE);
    REFUSED(rnn_trace_size(&huge, 1, size), RNN_ERROR_RANGE);
    REFUSED(rnn_backward_size(&huge, 1, 1, size), RNN_ERROR_RANGE);
    REFUSED(rnn_tensor_of(&huge, 0, tensor), RNN_ERROR_RANGE);
    REFUSED(rnn_tensor_of(&config, 5, tensor), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_tensor_count(&huge), 0);
    struct rnn_optimizer bad = optimizer;
    bad.beta_1 = 1;
    REFUSED(rnn_model_compile(model, &bad), RNN_ERROR_RANGE);
    static const double rates[] = {-1, NAN, INFINITY, 1e39};
    struct rnn_fit_options scheduled = options;
    scheduled.learning_rate_count = 1;
    REFUSED(rnn_fit_init(block, block_bytes, model, &data, NULL, &scheduled, made_fit), RNN_ERROR_ARGUMENT);
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        scheduled.learning_rates = &rates[i];
        REFUSED(rnn_model_set_learning_rate(model, rates[i]), RNN_ERROR_RANGE);
        REFUSED(rnn_fit_init(block, block_bytes, model, &data, NULL, &scheduled, made_fit), RNN_ERROR_RANGE);
    }
    struct rnn_fit_options stopping = options;
    for (uint32_t monitor = RNN_MONITOR_VAL_LOSS; monitor <= RNN_MONITOR_VAL_METRIC; monitor++) {
        stopping.early_stopping.monitor = monitor;
        REFUSED(rnn_fit_init(block, block_bytes, model, &data, NULL, &stopping, made_fit), RNN_ERROR_EMPTY);
    }
}

/* Indexes one past the last, and far past it. */
static void test_hostile_indexes(void)
{
    const enum rnn_status wanted = RNN_ERROR_ARGUMENT;
    const struct rnn_dataset batch = DATASET(data.x, data.y, BATCH, TIMESTEPS, config.features, 1);
    const struct rnn_cut late = {.reset_before = TIMESTEPS + 1}, odd = {.without_recurrence = 2};
    static const uint32_t far = UINT32_MAX;
    REFUSED(rnn_backward_run(model, &batch, NULL, 1, block, block_bytes, backward), wanted);
    REFUSED(rnn_backward_run(model, &batch, NULL, far, block, block_bytes, backward), wanted);
    REFUSED(rnn_backward_run(model, &batch, &late, 0, block, block_bytes, backward), wanted);
    REFUSED(rnn_backward_run(model, &batch, &odd, 0, block, block_bytes, backward), wanted);
    REFUSED(rnn_trace_run(model, data.x, TIMESTEPS, data.y, &late, NULL, block, block_bytes, traced), wanted);
    REFUSED(rnn_trace_run(model, data.x, TIMESTEPS, data.y, &odd, NULL, block, block_bytes, traced), wanted);
    REFUSED(rnn_model_gradient_check(model, workspace, &batch, parameters, difference), wanted);
    REFUSED(rnn_model_gradient_check(model, workspace, &batch, SIZE_MAX, difference), wanted);
    REFUSED(rnn_trace_contribution(&trace, 1, 1, numbers, NULL, NULL), wanted);
    REFUSED(rnn_trace_contribution(&trace, 0, 0, numbers, NULL, NULL), wanted);
    REFUSED(rnn_trace_contribution(&trace, 0, TIMESTEPS + 1, numbers, NULL, NULL), wanted);
    REFUSED(rnn_trace_contribution(&trace, far, far, numbers, NULL, NULL), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 1, 1, 0, 0, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 0, 0, 0, 0, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 0, TIMESTEPS + 1, 0, 0, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 0, 1, config.units, 0, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, 0, 1, 0, 5, terms, whole), wanted);
    REFUSED(rnn_trace_terms(model, &trace, far, far, far, far, terms, whole), wanted);
    REFUSED(rnn_model_activate(model, 5, data.x, 2, numbers), wanted); /* an LSTM has four gates and its cell state */
    REFUSED(rnn_model_activate(model, far, data.x, 2, numbers), wanted);
    REFUSED(rnn_targets_of(data.y, 2, 3, targets), wanted);
}

/* Values that are not finite, and targets that are not valid for the loss, at each position. */
static void test_hostile_values(void)
{
    const enum rnn_status wanted = RNN_ERROR_DATA;
    static const rnn_real bad[] = {NAN, INFINITY, -INFINITY};
    const size_t row = (size_t)TIMESTEPS * config.features;
    rnn_real *x = exactly(SAMPLES * row * sizeof *x), *y = exactly(SAMPLES * sizeof *y),
             *weights = exactly(parameters * sizeof *weights);
    memcpy(x, data.x, SAMPLES * row * sizeof *x);
    memcpy(y, data.y, SAMPLES * sizeof *y);
    const struct rnn_dataset wrong = DATASET(x, y, SAMPLES, TIMESTEPS, config.features, 1);
    uint32_t sample = 0;
    for (size_t i = 0; i < SAMPLES * row; i++) {
        x[i] = bad[i % 3];
        REFUSED(rnn_dataset_check(&wrong, &config, &sample), wanted);
        CHECK_EQUAL(sample, i / row);
        REFUSED(rnn_fit_init(block, block_bytes, model, &data, &wrong, &options, made_fit), wanted);
        REFUSED(rnn_model_evaluate(model, workspace, &wrong, NULL, figures), wanted);
        REFUSED(rnn_model_confusion(model, workspace, &wrong, NULL, whole), wanted);
        if (i < config.features) REFUSED(rnn_model_step(model, x, numbers, NULL, NULL), wanted);
        if (i < row) REFUSED(rnn_trace_run(model, x, TIMESTEPS, NULL, NULL, NULL, block, block_bytes, traced), wanted);
        x[i] = data.x[i];
    }
    static const rnn_real none[] = {2, -1, (rnn_real)0.5, NAN};
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t v = 0; v < sizeof none / sizeof *none; v++) {
            y[i] = none[v];
            REFUSED(rnn_dataset_check(&wrong, &config, &sample), wanted);
            CHECK_EQUAL(sample, i);
            REFUSED(rnn_model_evaluate(model, workspace, &wrong, NULL, figures), wanted);
            if (i == 0) REFUSED(rnn_trace_run(model, x, TIMESTEPS, y, NULL, NULL, block, block_bytes, traced), wanted);
            y[i] = data.y[i];
        }
    for (size_t i = 0; i < parameters; i++) {
        memcpy(weights, rnn_model_parameters(model), parameters * sizeof *weights);
        weights[i] = bad[i % 3];
        REFUSED(rnn_model_set_parameters(model, weights, parameters), wanted);
    }
    double values[] = {1, NAN, 2}, quantiles[] = {-0.1, 1.1, NAN};
    keep(values, sizeof values);
    REFUSED(rnn_quantile(values, 3, 0.5, low), wanted);
    for (size_t i = 0; i < 3; i++) REFUSED(rnn_quantile(values, 1, quantiles[i], low), RNN_ERROR_RANGE);
    REFUSED(rnn_quantile(values, 0, 0.5, low), RNN_ERROR_EMPTY);
    REFUSED(rnn_column_ranges(bad, 1, 3, numbers, numbers + 3), wanted);
    REFUSED(rnn_majority_share(none, 1, low), wanted);
    regions_kept--; /* the values are local to this function */
}

int main(void)
{
    prepare();
    TEST(test_null_pointers);
    TEST(test_data_without_arrays);
    TEST(test_other_blocks);
    TEST(test_other_shapes);
    TEST(test_small_and_moved_blocks);
    TEST(test_small_batch);
    TEST(test_blocks_that_fit);
    TEST(test_hostile_counts);
    TEST(test_hostile_options);
    TEST(test_hostile_indexes);
    TEST(test_hostile_values);
    return check_report();
}
