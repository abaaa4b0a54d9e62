/* unrolled fit: train a model on data, show the progress, save weights and history. */
#include "commands.h"
#include "configure.h"
#include "outputs.h"
#include "training.h"
#include "progress.h"

#include <stdio.h>

/* Suggests "; try a --learning-rate below 30" if a lower one could help. */
static enum exit_status diverged_in_training(const struct options *options, const struct rnn_progress *progress,
                                             const char *what)
{
    const double rate = option(options, OPTION_LEARNING_RATE)->number;
    const uint64_t update = (uint64_t)(progress->diverged_epoch - 1) * progress->batches + progress->diverged_batch;
    char hint[64] = "";
    if (rate > 0) snprintf(hint, sizeof hint, "; try a --learning-rate below %g", rate);
    return failed("diverged in epoch %lu, update %llu (batch %lu of %lu): %s is no longer finite%s",
                  (unsigned long)progress->diverged_epoch, (unsigned long long)update,
                  (unsigned long)progress->diverged_batch, (unsigned long)progress->batches, what, hint);
}

static enum exit_status diverged(const struct options *options, const struct rnn_progress *progress)
{
    if (progress->divergence == RNN_DIVERGED_VALIDATION)
        return failed(
            "the validation loss is not finite after epoch %lu; the weights or the validation data are too large",
            (unsigned long)progress->diverged_epoch);
    if (progress->divergence == RNN_DIVERGED_WEIGHTS) return diverged_in_training(options, progress, "a weight");
    if (progress->diverged_epoch == 1 && progress->diverged_batch == 1)
        return failed(
            "the loss is not finite in epoch 1, update 1, before any training; the weights or the data are too "
            "large");
    return diverged_in_training(options, progress, "the loss");
}

static enum exit_status train(const struct options *options, const struct training *training, struct network *network,
                              struct rnn_fit *fit)
{
    uint32_t epochs = option_whole(options, OPTION_EPOCHS), batch_size = option_whole(options, OPTION_BATCH_SIZE);
    uint32_t batches = (training->problem.data.samples - 1) / batch_size + 1, shown;
    struct rnn_progress progress = {0};
    struct display display = {.verbosity = (enum verbosity)option_whole(options, OPTION_VERBOSE),
                              .metric = rnn_metric_name(rnn_config_metric(&network->config)),
                              .unit = series_unit(&training->series),
                              .validates = training->validates,
                              .epochs = epochs,
                              .batches = batches};
    display_start(&display);
    for (uint32_t epoch = 1; epoch <= epochs && !progress.done; epoch++) {
        display_epoch_begin(&display, epoch);
        while (progress.epoch < epoch) {
            enum rnn_status status = rnn_fit_run(fit, network->model, network->workspace,
                                                 display_budget(&display, progress.batch), &progress);
            if (status != RNN_OK) display_break(&display);
            if (status == RNN_DIVERGED) return diverged(options, &progress);
            if (status != RNN_OK) return failed("%s", rnn_status_text(status));
            if (progress.epoch < epoch) display_batch(&display, &progress);
        }
        display_epoch_end(&display, &rnn_fit_history(fit, &shown)[epoch - 1]);
    }
    if (progress.epoch < epochs) display_stopped(&display, &progress);
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct training training;
    struct network network;
    struct rnn_optimizer optimizer;
    struct rnn_fit *fit = NULL;
    TRY(training_check(options));
    TRY(outputs_check(options));
    TRY(configure_optimizer(options, &optimizer));
    TRY(training_load(options, &training));
    TRY(training_start(options, &training, &optimizer, &network, &fit));
    TRY(outputs_try(options));
    if (training.problem.text.vocabulary && option_whole(options, OPTION_VERBOSE)) text_report(&training.problem.text);
    enum exit_status result = train(options, &training, &network, fit);
    if (result == DONE && training.series.has_test && option_whole(options, OPTION_VERBOSE) > 0)
        result = series_report(options, &training.series, &network);
    return outputs_save(options, &network, fit, training.validates, result);
}

static const enum option allowed[] = {
    OPTIONS_OF_DATA,   OPTIONS_OF_SERIES, OPTIONS_OF_SEASON, OPTIONS_OF_TEXT,     OPTIONS_OF_NETWORK,
    OPTION_L2,         OPTION_WEIGHTS,    OPTION_SEED,       OPTIONS_OF_TRAINING, OPTION_VALIDATION_TEXT,
    OPTIONS_OF_EPOCHS, OPTION_SAVE,       OPTION_HISTORY,    OPTION_VERBOSE,      OPTIONS};

const struct command command_fit = {
    "fit",
    "Train a model",
    "(--data FILE | --table FILE ... | --text FILE | --task NAME --samples N --steps T) [...]",
    "Prints the progress. A task sets its loss, classes, features and --return-sequences. A file of data\n"
    "sets its time steps and features, and --return-sequences if it has a y for every time step. A file\n"
    "of weights sets its network. You can leave these options out, and they must agree if you give them.\n"
    "Without --classes, the largest label determines the number of classes. With --no-shuffle and\n"
    "--weights a run is fully determined by its files. --early-stopping has the rules of Keras's\n"
    "EarlyStopping. If the loss is no longer finite, training stops: the history has the completed\n"
    "epochs, and --save is not written. A table is a time series: its columns are standardized by the\n"
    "rows before --test-from, and after the progress come the errors of the baselines and the network on\n"
    "the other rows, in the unit of the target. --save keeps the windows and the scales with the weights.",
    allowed,
    run,
};
