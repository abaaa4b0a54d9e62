/* unrolled evaluate: loss and metric of weights on data, and the confusion matrix. */
#include "commands.h"
#include "configure.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "series.h"

#include <stdio.h>
#include <stdlib.h>

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
    printf("confusion: rows are true classes, columns predicted ones\ntrue");
    for (uint32_t j = 0; j < classes; j++) printf(",%lu", (unsigned long)j);
    putchar('\n');
    for (uint32_t i = 0; i < classes; i++) {
        printf("%lu", (unsigned long)i);
        for (uint32_t j = 0; j < classes; j++) printf(",%lu", (unsigned long)counts[i * classes + j]);
        putchar('\n');
    }
    return DONE;
}

/* Reads the classes of --among: numbers with commas between, or of a text its tokens. */
static enum exit_status read_among(const struct options *options, const struct problem *problem,
                                   const uint32_t **classes, uint32_t *count)
{
    const char *text = option(options, OPTION_AMONG)->text, *at = text;
    const uint32_t outputs = problem->config.outputs;
    if (problem->text.vocabulary) {
        struct text tokens;
        TRY(text_read_argument(options, OPTION_AMONG, problem->text.vocabulary, &tokens));
        if (tokens.found.unknown)
            return misused("%s: expected tokens of the vocabulary, separated by spaces, got \"%s\"",
                           option_name(OPTION_AMONG), text);
        *classes = tokens.tokens;
        *count = tokens.count;
        return DONE;
    }
    uint32_t *made = memory_take(outputs * sizeof *made, "the classes");
    if (!made) return FAILED;
    *classes = made;
    for (*count = 0; *count < outputs; at++) {
        char *end = NULL;
        const double class = *at >= '0' && *at <= '9' ? strtod(at, &end) : outputs;
        if (class >= outputs || class != (uint32_t) class) break;
        made[(*count)++] = (uint32_t) class;
        at = end;
        if (!*at) return DONE;
        if (*at != ',') break;
    }
    return misused("%s: expected classes from 0 to %lu, separated by commas, got \"%s\"", option_name(OPTION_AMONG),
                   (unsigned long)outputs - 1, text);
}

static void put_accuracy(uint32_t right, uint32_t readouts)
{
    char text[NUMBER_BYTES];
    printf(",%lu,%s\n", (unsigned long)readouts, readouts ? number_text((double)right / readouts, text) : "");
}

/* The accuracy at each time step as CSV, and over all of them in the last line. */
static enum exit_status put_steps(const struct options *options, const struct problem *problem,
                                  const struct network *network, const struct rnn_cut *cut)
{
    const struct rnn_dataset *data = &problem->data;
    const uint32_t *among = NULL, outputs = problem->config.outputs, steps = data->readouts;
    uint32_t count = 0, all_right = 0, all = 0;
    if (option(options, OPTION_AMONG)->here) TRY(read_among(options, problem, &among, &count));
    rnn_real *room = memory_take((uint64_t)data->samples * steps * outputs * sizeof *room, "the predictions");
    uint32_t *readouts = room ? memory_take(2 * (uint64_t)steps * sizeof *readouts, "the counts") : NULL;
    if (!readouts) return FAILED;
    uint32_t *right = readouts + steps;
    enum rnn_status status = rnn_model_predict(network->model, network->workspace, data, cut, room);
    if (status == RNN_OK) status = rnn_answers_by_step(room, data, outputs, among, count, readouts, right);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    puts("t,readouts,accuracy");
    for (uint32_t t = 0; t < steps; t++) {
        printf("%lu", (unsigned long)t + 1);
        put_accuracy(right[t], readouts[t]);
        all += readouts[t];
        all_right += right[t];
    }
    printf("all");
    put_accuracy(all_right, all);
    return DONE;
}

static enum exit_status check_by_step(const struct options *options, const struct rnn_config *config)
{
    const char *weights = option(options, OPTION_WEIGHTS)->text;
    if (option(options, OPTION_AMONG)->here) {
        TRY(option_require(options, OPTION_BY_STEP));
        if (config->loss != RNN_SPARSE_CATEGORICAL_CROSSENTROPY)
            return option_disagrees(options, OPTION_AMONG, weights, rnn_loss_name(config->loss));
    }
    if (!option(options, OPTION_BY_STEP)->here) return DONE;
    if (!config->return_sequences) return option_disagrees(options, OPTION_BY_STEP, weights, "one answer per sequence");
    if (config->loss == RNN_MEAN_SQUARED_ERROR)
        return option_disagrees(options, OPTION_BY_STEP, weights, rnn_loss_name(config->loss));
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
    TRY(option_exclude(options, OPTION_TABLE, OPTION_BY_STEP));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_AMONG));
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
    TRY(option_exclude(options, OPTION_BY_STEP, OPTION_CONFUSION));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_WITHOUT_RECURRENCE));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_RESET_BEFORE));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_KEEP));
    if (option(options, OPTION_TABLE)->here) return evaluate_series(options);
    TRY(problem_load_measured(options, &problem));
    TRY(configure_cut(options, &problem.config, problem.data.timesteps, &cut));
    const uint32_t loss = problem.config.loss;
    if (asked && loss == RNN_MEAN_SQUARED_ERROR)
        return option_disagrees(options, OPTION_CONFUSION, option(options, OPTION_WEIGHTS)->text, rnn_loss_name(loss));
    TRY(check_by_step(options, &problem.config));
    TRY(network_make(&problem, rnn_fit_options_default().batch_size, &network));
    if (option(options, OPTION_BY_STEP)->here) return put_steps(options, &problem, &network, &cut);
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
                                      OPTION_BY_STEP,
                                      OPTION_AMONG,
                                      OPTIONS};

const struct command command_evaluate = {
    "evaluate",
    "Measure a network with given weights on data",
    "(--data FILE | --text FILE | --table FILE) --weights FILE [OPTION ...]",
    "Prints two lines, loss and accuracy (or mean_absolute_error), with all digits. With classes, a\n"
    "confusion matrix follows: a line for each true class, a column for each predicted one. If you give\n"
    "options of data and network, they must agree with the files. --without-recurrence, --reset-before\n"
    "and --keep cut the loop. Without --steps a text is one sequence. It has a confusion matrix only with\n"
    "--confusion. --by-step prints CSV instead, the accuracy at each time step of a network that answers\n"
    "at every step, and over all in the last line. With --among only targets of these classes count\n"
    "(3,7), or for a text only these tokens (\"is are\"), and the answer is the most probable of them. For\n"
    "a table it prints CSV with the errors of the baselines and of the network on the rows from\n"
    "--test-from on, in the unit of the target.",
    allowed,
    run,
};
