/* unrolled predict: the probability of label 1 for every sequence. */
#include "commands.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "sequences.h"

#include <stdio.h>

static enum ending run(const struct options *options)
{
    struct rnn_dataset data;
    struct network network;
    if (option_require(options, OPTION_DATA) != DONE || option_require(options, OPTION_WEIGHTS) != DONE) return MISUSED;
    enum ending ending = sequences_load(options, &data);
    if (ending == DONE) ending = network_for_data(options, &data, rnn_fit_options_default().batch_size, &network);
    if (ending != DONE) return ending;
    rnn_real *probabilities = memory_take((uint64_t)data.samples * sizeof *probabilities, "the predictions");
    if (!probabilities) return FAILED;
    enum rnn_status status = rnn_model_predict(network.model, network.workspace, &data, probabilities);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    for (uint32_t i = 0; i < data.samples; i++)
        if (!number_is_finite(probabilities[i]))
            return failed("sequence %lu: the probability is not a number; the weights or the data are too large",
                          (unsigned long)i);
    for (uint32_t i = 0; i < data.samples && output_goes_on(); i++) {
        char text[RNN_DECIMAL_BYTES];
        rnn_decimal_write((float)probabilities[i], text);
        puts(text);
    }
    return DONE;
}

static const enum option allowed[] = {OPTION_DATA,  OPTION_WEIGHTS,    OPTION_STEPS, OPTION_FEATURES,
                                      OPTION_UNITS, OPTION_ACTIVATION, OPTIONS};

const struct command command_predict = {
    "predict",
    "Predict the probability of label 1 for each sequence",
    "--data FILE --weights FILE [OPTION ...]",
    "Prints one probability a line. --steps, --features, --units and --activation, where given,\n"
    "must agree with the files.",
    allowed,
    run,
};
