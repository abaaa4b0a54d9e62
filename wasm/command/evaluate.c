/* unrolled evaluate: loss and accuracy of weights on data. */
#include "commands.h"
#include "network.h"
#include "number.h"
#include "sequences.h"

#include <stdio.h>

static enum ending run(const struct options *options)
{
    struct rnn_dataset data;
    struct network network;
    struct rnn_figures figures;
    char loss[NUMBER_BYTES], accuracy[NUMBER_BYTES];
    if (option_require(options, OPTION_DATA) != DONE || option_require(options, OPTION_WEIGHTS) != DONE) return MISUSED;
    enum ending ending = sequences_load(options, &data);
    if (ending == DONE) ending = network_for_data(options, &data, rnn_fit_options_default().batch_size, &network);
    if (ending != DONE) return ending;
    enum rnn_status status = rnn_model_evaluate(network.model, network.workspace, &data, &figures);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    if (!number_is_finite(figures.loss)) return failed("the loss is not finite; the weights or the data are too large");
    printf("loss: %s\naccuracy: %s\n", number_text(figures.loss, loss), number_text(figures.accuracy, accuracy));
    return DONE;
}

static const enum option allowed[] = {OPTION_DATA,  OPTION_WEIGHTS,    OPTION_STEPS, OPTION_FEATURES,
                                      OPTION_UNITS, OPTION_ACTIVATION, OPTIONS};

const struct command command_evaluate = {
    "evaluate",
    "Measure loss and accuracy of weights on data",
    "--data FILE --weights FILE [OPTION ...]",
    "Prints two lines, loss and accuracy, with all digits. --steps, --features, --units and\n"
    "--activation, where given, must agree with the files.",
    allowed,
    run,
};
