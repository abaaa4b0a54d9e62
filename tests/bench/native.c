/* One work, natively: native KIND CELL UNITS TIMESTEPS SAMPLES REPEAT ROUNDS
 *
 *     fit    REPEAT epochs of the random task, batches of 32, Adam at 0.001; a fresh model each time
 *     evaluate  REPEAT calls of rnn_model_evaluate
 *     step   REPEAT calls of rnn_model_step
 *     trace  REPEAT calls of rnn_trace_run over TIMESTEPS steps, backward included
 *
 * Prints one line of JSON, as session.ts answers it: milliseconds of the first time and of each round, the limit in
 * GFLOP/s just before each round (best of 5), bytes of the blocks and of the data. Exits 3 if there is no such cell. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "limit.h"
#include "rnn.h"

enum { BATCH = 32, LIMIT_TURNS = 1 << 20, LIMIT_RUNS = 5 };

/* A benchmark does not continue after an error. */
#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        const enum rnn_status status = (call);                                                                         \
        if (status != RNN_OK) {                                                                                        \
            fprintf(stderr, "native: %s: %s\n", #call, rnn_status_text(status));                                       \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

struct work {
    const char *kind;
    struct rnn_config config;
    uint32_t samples, repeat, rounds;
};

struct bench {
    struct work work;
    struct rnn_dataset data;
    void *model_block, *workspace_block, *fit_block, *trace_block;
    uint64_t model_bytes, workspace_bytes, fit_bytes, trace_bytes;
    struct rnn_fit_options options;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static volatile float kept; /* volatile, so that the compiler keeps the computation */

static double limit(void)
{
    double best = 0;
    for (int run = 0; run < LIMIT_RUNS; run++) {
        const double from = now();
        kept = limit_run(LIMIT_TURNS);
        const double speed = (double)LIMIT_TURNS * LIMIT_OPERATIONS / ((now() - from) * 1e6);
        if (speed > best) best = speed;
    }
    return best;
}

static void *block_of(uint64_t bytes)
{
    void *block = aligned_alloc(64, (size_t)((bytes + 63) / 64 * 64));
    if (!block) abort();
    return block;
}

static struct rnn_model *model_of(const struct bench *bench)
{
    struct rnn_model *model = NULL;
    MUST(rnn_model_init(bench->model_block, bench->model_bytes, &bench->work.config, &model));
    return model;
}

static struct bench bench_of(struct work work)
{
    struct bench bench = {.work = work, .options = rnn_fit_options_default()};
    const uint32_t timesteps = work.config.timesteps;
    const size_t numbers = (size_t)work.samples * timesteps;
    rnn_real *x = block_of(numbers * sizeof *x), *y = block_of(work.samples * sizeof *y);
    MUST(rnn_task_generate(RNN_TASK_RANDOM, 42, 0, work.samples, timesteps, x, y));
    bench.data = (struct rnn_dataset){
        .x = x, .y = y, .samples = work.samples, .timesteps = timesteps, .features = 1, .readouts = 1};
    bench.options.epochs = strcmp(work.kind, "fit") == 0 ? work.repeat : 1;
    bench.options.batch_size = BATCH;
    MUST(rnn_model_size(&work.config, &bench.model_bytes));
    MUST(rnn_workspace_size(&work.config, BATCH, &bench.workspace_bytes));
    MUST(rnn_fit_size(&work.config, work.samples, &bench.options, &bench.fit_bytes));
    MUST(rnn_trace_size(&work.config, timesteps, &bench.trace_bytes));
    bench.model_block = block_of(bench.model_bytes);
    bench.workspace_block = block_of(bench.workspace_bytes);
    bench.fit_block = block_of(bench.fit_bytes);
    bench.trace_block = block_of(bench.trace_bytes);
    return bench;
}

static double time_fit(const struct bench *bench)
{
    struct rnn_model *model = model_of(bench);
    struct rnn_workspace *workspace = NULL;
    struct rnn_progress progress;
    struct rnn_fit *fit = NULL;
    const double from = now();
    MUST(rnn_workspace_init(bench->workspace_block, bench->workspace_bytes, &bench->work.config, BATCH, &workspace));
    MUST(rnn_fit_init(bench->fit_block, bench->fit_bytes, model, &bench->data, NULL, &bench->options, &fit));
    MUST(rnn_fit_run(fit, model, workspace, UINT64_MAX, &progress));
    return now() - from;
}

static double time_evaluate(const struct bench *bench)
{
    const struct rnn_model *model = model_of(bench);
    struct rnn_workspace *workspace = NULL;
    struct rnn_metrics metrics = {0};
    MUST(rnn_workspace_init(bench->workspace_block, bench->workspace_bytes, &bench->work.config, BATCH, &workspace));
    const double from = now();
    for (uint32_t call = 0; call < bench->work.repeat; call++)
        MUST(rnn_model_evaluate(model, workspace, &bench->data, NULL, &metrics));
    kept = (float)metrics.loss;
    return (now() - from) / bench->work.repeat;
}

static double time_step(const struct bench *bench)
{
    struct rnn_model *model = model_of(bench);
    const uint32_t timesteps = bench->work.config.timesteps;
    rnn_real logit = 0, probability = 0;
    const double from = now();
    for (uint32_t call = 0; call < bench->work.repeat; call++)
        MUST(rnn_model_step(model, bench->data.x + call % timesteps, NULL, &logit, &probability));
    const double took = now() - from;
    kept = (float)probability;
    return took / bench->work.repeat;
}

static double time_trace(const struct bench *bench)
{
    const struct rnn_model *model = model_of(bench);
    struct rnn_trace trace;
    const double from = now();
    for (uint32_t call = 0; call < bench->work.repeat; call++) {
        const rnn_real y = (rnn_real)(call % 2);
        MUST(rnn_trace_run(model, bench->data.x, bench->work.config.timesteps, &y, NULL, NULL, bench->trace_block,
                           bench->trace_bytes, &trace));
    }
    return (now() - from) / bench->work.repeat;
}

static void print_list(const char *name, const double *values, uint32_t count)
{
    printf("\"%s\": [", name);
    for (uint32_t i = 0; i < count; i++) printf("%s%.9g", i ? ", " : "", values[i]);
    printf("], ");
}

static void run(const struct bench *bench, double (*time)(const struct bench *))
{
    const uint32_t rounds = bench->work.rounds;
    double *times = block_of(rounds * sizeof *times), *limits = block_of(rounds * sizeof *limits);
    const double first = time(bench);
    time(bench);
    for (uint32_t round = 0; round < rounds; round++) {
        limits[round] = limit();
        times[round] = time(bench);
    }
    const size_t numbers = (size_t)bench->data.samples * (bench->data.timesteps + 1);
    printf("{\"first\": %.9g, ", first);
    print_list("times", times, rounds);
    print_list("limits", limits, rounds);
    printf("\"block_bytes\": %" PRIu64 ", \"data_bytes\": %zu}\n",
           bench->model_bytes + bench->workspace_bytes + bench->fit_bytes, numbers * sizeof(rnn_real));
}

static uint32_t number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

int main(int count, char **words)
{
    if (count != 8) {
        fprintf(stderr, "usage: native fit|evaluate|step|trace CELL UNITS TIMESTEPS SAMPLES REPEAT ROUNDS\n");
        return 2;
    }
    struct work work = {.kind = words[1],
                        .config = rnn_config_default(),
                        .samples = number(words[5]),
                        .repeat = number(words[6]),
                        .rounds = number(words[7])};
    work.config.units = number(words[3]);
    work.config.timesteps = number(words[4]);
    work.config.cell = 0;
    const char *name;
    while ((name = rnn_cell_name(work.config.cell)) && strcmp(name, words[2]) != 0) work.config.cell++;
    if (!name) return 3;
    const struct bench bench = bench_of(work);
    run(&bench, strcmp(work.kind, "step") == 0       ? time_step
                : strcmp(work.kind, "trace") == 0    ? time_trace
                : strcmp(work.kind, "evaluate") == 0 ? time_evaluate
                                                     : time_fit);
    return 0;
}
