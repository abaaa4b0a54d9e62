/* unrolled seeds: train the same network from many run seeds, to see how much of a result is luck. */
#include "commands.h"
#include "configure.h"
#include "memory.h"
#include "number.h"
#include "outputs.h"
#include "training.h"

#include <math.h>
#include <stdio.h>

/* The values of the last epoch. */
enum column { LOSS, METRIC, VAL_LOSS, VAL_METRIC, COLUMNS };

struct table {
    uint32_t runs, columns, kept; /* kept: number of runs that did not diverge */
    double *values;               /* (columns, runs) */
};

static void put_header(const struct table *table, const struct rnn_config *config, const char *first, const char *last)
{
    const char *metric = rnn_metric_name(rnn_config_metric(config));
    printf("%s,loss,%s", first, metric);
    if (table->columns == COLUMNS) printf(",val_loss,val_%s", metric);
    printf("%s\n", last);
}

/* One run. *update: out, where it diverged, or 0. */
static enum exit_status train(struct network *network, struct rnn_fit *fit, uint64_t *update)
{
    struct rnn_progress progress = {0};
    const enum rnn_status status = rnn_fit_run(fit, network->model, network->workspace, UINT64_MAX, &progress);
    *update = 0;
    if (status == RNN_DIVERGED)
        *update = (uint64_t)(progress.diverged_epoch - 1) * progress.batches + progress.diverged_batch;
    else if (status != RNN_OK)
        return failed("%s", rnn_status_text(status));
    return DONE;
}

static void put_run(struct table *table, uint32_t seed, const struct rnn_fit *fit, uint64_t update, bool prints)
{
    uint32_t epochs;
    const struct rnn_epoch *history = rnn_fit_history(fit, &epochs);
    if (prints) printf("%lu", (unsigned long)seed);
    for (uint32_t i = 0; i < table->columns; i++) {
        char text[NUMBER_BYTES];
        if (update) {
            if (prints) putchar(',');
            continue;
        }
        const struct rnn_epoch *last = &history[epochs - 1];
        const double value[COLUMNS] = {last->loss, last->metric, last->val_loss, last->val_metric};
        table->values[i * table->runs + table->kept] = value[i];
        if (prints) printf(",%s", number_text(value[i], text));
    }
    table->kept += !update;
    if (!prints) return;
    if (update)
        printf(",%llu\n", (unsigned long long)update);
    else
        printf(",\n");
}

static enum exit_status put_statistic(const struct table *table, const char *name, double q)
{
    printf("%s", name);
    for (uint32_t i = 0; i < table->columns; i++) {
        char text[NUMBER_BYTES];
        double quantile;
        enum rnn_status status = rnn_quantile(table->values + (size_t)i * table->runs, table->kept, q, &quantile);
        if (status != RNN_OK) return failed("%s", rnn_status_text(status));
        printf(",%s", number_text(quantile, text));
    }
    putchar('\n');
    return DONE;
}

/* The mean and the standard deviation of a sample (divided by n - 1). */
static void put_moments(const struct table *table)
{
    double mean[COLUMNS], deviation[COLUMNS];
    char text[NUMBER_BYTES];
    for (uint32_t i = 0; i < table->columns; i++) {
        const double *values = table->values + (size_t)i * table->runs;
        double sum = 0, squares = 0;
        for (uint32_t k = 0; k < table->kept; k++) sum += values[k]; /* NOLINT(*.NullDereference): kept > 0 */
        mean[i] = sum / table->kept;
        for (uint32_t k = 0; k < table->kept; k++) squares += (values[k] - mean[i]) * (values[k] - mean[i]);
        deviation[i] = table->kept > 1 ? sqrt(squares / (table->kept - 1)) : 0;
    }
    printf("mean");
    for (uint32_t i = 0; i < table->columns; i++) printf(",%s", number_text(mean[i], text));
    printf("\nsd");
    for (uint32_t i = 0; i < table->columns; i++) printf(",%s", number_text(deviation[i], text));
    putchar('\n');
}

static enum exit_status put_summary(const struct table *table, const struct rnn_config *config)
{
    static const struct {
        const char *name;
        double q;
    } quantiles[] = {{"minimum", 0}, {"q05", 0.05}, {"median", 0.5}, {"q95", 0.95}, {"maximum", 1}};
    if (table->kept == 0) return failed("all %lu runs diverged", (unsigned long)table->runs);
    put_header(table, config, "over", "");
    put_moments(table);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        TRY(put_statistic(table, quantiles[i].name, quantiles[i].q));
    if (table->kept < table->runs)
        return failed("%lu of %lu runs diverged, and are left out", (unsigned long)(table->runs - table->kept),
                      (unsigned long)table->runs);
    return DONE;
}

static enum exit_status take_table(const struct options *options, const struct training *training, struct table *table)
{
    const uint32_t first = option_whole(options, OPTION_SEED);
    *table =
        (struct table){.runs = option_whole(options, OPTION_RUNS), .columns = training->validates ? COLUMNS : VAL_LOSS};
    if (first > UINT32_MAX - (table->runs - 1))
        return misused("--seed: expected at most %lu, so that %lu seeds follow one another, got \"%s\"",
                       (unsigned long)(UINT32_MAX - (table->runs - 1)), (unsigned long)table->runs,
                       option(options, OPTION_SEED)->text);
    table->values = memory_take((uint64_t)table->runs * table->columns * sizeof *table->values, "the runs");
    return table->values ? DONE : FAILED;
}

static enum exit_status run(const struct options *options)
{
    struct training training;
    struct network network;
    struct rnn_optimizer optimizer;
    struct rnn_fit *fit = NULL;
    struct table table;
    const bool summary = option(options, OPTION_SUMMARY)->here;
    TRY(training_check(options));
    TRY(configure_optimizer(options, &optimizer));
    TRY(training_load(options, &training));
    TRY(take_table(options, &training, &table));
    if (!summary) put_header(&table, &training.problem.config, "seed", ",diverged");
    const uint32_t first = option_whole(options, OPTION_SEED);
    for (uint32_t i = 0; i < table.runs && output_goes_on(); i++) {
        uint64_t update;
        training.problem.config.seed = first + i;
        TRY(training_start(options, &training, &optimizer, &network, &fit));
        TRY(train(&network, fit, &update));
        put_run(&table, first + i, fit, update, !summary);
    }
    return summary ? put_summary(&table, &training.problem.config) : DONE;
}

static const enum option allowed[] = {
    OPTIONS_OF_DATA, OPTIONS_OF_TEXT,     OPTION_STRIDE,          OPTIONS_OF_NETWORK, OPTION_L2,      OPTION_SEED,
    OPTION_RUNS,     OPTIONS_OF_TRAINING, OPTION_VALIDATION_TEXT, OPTIONS_OF_EPOCHS,  OPTION_SUMMARY, OPTIONS};

const struct command command_seeds = {
    "seeds",
    "Train the same network from many run seeds",
    "(--data FILE | --task NAME --samples N --steps T | --text FILE) [OPTION ...]",
    "Prints CSV with one line per run: its seed, then loss and metric of the last epoch, for training and\n"
    "for validation. The first run has the seed --seed, and each further run the next seed. All runs have\n"
    "the same data. Each run gives the same result as fit with its seed. If a run diverges, its numbers are\n"
    "empty, and the last column has the update at which it diverged. With --summary you get mean, standard\n"
    "deviation, minimum, quantiles and maximum over the runs that did not diverge.",
    allowed,
    run,
};
