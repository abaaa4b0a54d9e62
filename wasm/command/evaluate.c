/* unrolled evaluate: loss and metric of weights on data, and the confusion matrix. */
#include "commands.h"
#include "configure.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "series.h"

#include <stdio.h>

static enum exit_status put_figures(const struct network *network, const struct rnn_dataset *data,
                                    const struct rnn_cut *cut)
{
    struct rnn_metrics figures;
    char loss[NUMBER_BYTES], metric[NUMBER_BYTES];
    enum rnn_status status = rnn_model_evaluate(network->model, network->workspace, data, cut, &figures);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    if (!number_is_finite(figures.loss)) return failed("the loss is not finite; the weights or the data are too large");
    printf("loss: %s\n%s: %s\n", number_text(figures.loss, loss), rnn_metric_name(rnn_config_metric(&network->config)),
           number_text(figures.metric, metric));
    return DONE;
}

/* The confusion matrix as CSV: a line for each true class, a column for each predicted one. */
static enum exit_status put_confusion(const struct network *network, const struct rnn_dataset *data,
                                      const struct rnn_cut *cut)
{
    const uint32_t outputs = network->config.outputs, classes = outputs == 1 ? 2 : outputs;
    uint32_t *counts = memory_take((uint64_t)classes * classes * sizeof *counts, "the confusion matrix");
    if (!counts) return FAILED;
    enum rnn_status status = rnn_model_confusion(network->model, network->workspace, data, cut, counts);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    printf("confusion: rows are true classes, columns answered ones\ntrue");
    for (uint32_t j = 0; j < classes; j++) printf(",%lu", (unsigned long)j);
    putchar('\n');
    for (uint32_t i = 0; i < classes; i++) {
        printf("%lu", (unsigned long)i);
        for (uint32_t j = 0; j < classes; j++) printf(",%lu", (unsigned long)counts[i * classes + j]);
        putchar('\n');
    }
    return DONE;
}

/* The scores on the test part of a table; the baselines learn from the rows before it. */
static enum exit_status evaluate_series(const struct options *options)
{
    struct problem problem;
    struct network network;
    struct time_series series;
    struct rnn_dataset test;
    TRY(series_check(options));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_CONFUSION));
    TRY(option_require(options, OPTION_WEIGHTS));
    TRY(series_need_test(options));
    TRY(series_load(options, &problem, &series, &test));
    TRY(network_make(&problem, rnn_fit_options_default().batch_size, &network));
    return series_report(options, &series, &network);
}

static enum exit_status run(const struct options *options)
{
    struct problem problem;
    struct network network;
    struct rnn_cut cut;
    const bool asked = option(options, OPTION_CONFUSION)->here;
    TRY(option_exclude(options, OPTION_TABLE, OPTION_WITHOUT_RECURRENCE));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_RESET_BEFORE));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_KEEP));
    if (option(options, OPTION_TABLE)->here) return evaluate_series(options);
    TRY(problem_load_measured(options, &problem));
    TRY(configure_cut(options, problem.data.timesteps, &cut));
    const uint32_t loss = problem.config.loss;
    if (asked && loss == RNN_MEAN_SQUARED_ERROR)
        return option_disagrees(options, OPTION_CONFUSION, option(options, OPTION_WEIGHTS)->text, rnn_loss_name(loss));
    TRY(network_make(&problem, rnn_fit_options_default().batch_size, &network));
    TRY(put_figures(&network, &problem.data, &cut));
    const bool classes = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY && !problem.text.vocabulary;
    return asked || classes ? put_confusion(&network, &problem.data, &cut) : DONE;
}

static const enum option allowed[] = {OPTION_DATA,
                                      OPTION_TEXT,
                                      OPTION_STEPS,
                                      OPTION_FEATURES,
                                      OPTIONS_OF_SERIES,
                                      OPTIONS_OF_SEASON,
                                      OPTIONS_OF_NETWORK,
                                      OPTION_L2,
                                      OPTION_WITHOUT_RECURRENCE,
                                      OPTION_RESET_BEFORE,
                                      OPTION_KEEP,
                                      OPTION_WEIGHTS,
                                      OPTION_VALIDATION_SPLIT,
                                      OPTION_CONFUSION,
                                      OPTIONS};

const struct command command_evaluate = {
    "evaluate",
    "Measure loss and metric of weights on data",
    "(--data FILE | --text FILE | --table FILE) --weights FILE [OPTION ...]",
    "Prints two lines, loss and accuracy (or mean_absolute_error), with all digits. With classes also the\n"
    "confusion matrix: a line for each true class, a column for each answered one. Options of data and\n"
    "network, where given, must agree with the files. --without-recurrence, --reset-before and --keep cut\n"
    "the loop. A text is one sequence without --steps, and has a confusion matrix with --confusion alone.\n"
    "Of a table: CSV with the errors of the baselines and of the network on the rows from --test-from on,\n"
    "in the unit of the target.",
    allowed,
    run,
};
