/* unrolled predict: the network's prediction for every sequence. */
#include "commands.h"
#include "memory.h"
#include "network.h"
#include "number.h"

#include <stdio.h>

/* The predictions of all readouts, one after the other. */
struct predictions {
    const rnn_real *numbers;
    uint32_t samples, readouts, outputs;
    const char *name; /* what a message calls one number */
};

static enum exit_status make(const struct problem *problem, struct predictions *p)
{
    struct network network;
    TRY(network_make(problem, rnn_fit_options_default().batch_size, &network));
    p->samples = problem->data.samples;
    p->readouts = problem->data.readouts;
    p->outputs = problem->config.outputs;
    p->name = problem->config.loss == RNN_MEAN_SQUARED_ERROR ? "prediction" : "probability";
    rnn_real *room = memory_take((uint64_t)p->samples * p->readouts * p->outputs * sizeof *room, "the predictions");
    if (!room) return FAILED;
    p->numbers = room;
    enum rnn_status status = rnn_model_predict(network.model, network.workspace, &problem->data, NULL, room);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}

static enum exit_status check_finite(const struct predictions *p)
{
    const size_t of_sample = (size_t)p->readouts * p->outputs;
    for (size_t i = 0; i < p->samples * of_sample; i++) {
        if (number_is_finite(p->numbers[i])) continue;
        char step[40] = "";
        if (p->readouts > 1)
            snprintf(step, sizeof step, ", time step %lu", (unsigned long)(i % of_sample / p->outputs) + 1);
        return failed("sequence %lu%s: the %s is not a number; the weights or the data are too large",
                      (unsigned long)(i / of_sample), step, p->name);
    }
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct problem problem;
    struct predictions p;
    TRY(option_require(options, OPTION_DATA));
    TRY(option_require(options, OPTION_WEIGHTS));
    TRY(problem_load(options, &problem));
    TRY(make(&problem, &p));
    TRY(check_finite(&p));
    const size_t lines = (size_t)p.samples * p.readouts;
    for (size_t line = 0; line < lines && output_goes_on(); line++) {
        number_put_list(p.numbers + line * p.outputs, p.outputs);
        putchar('\n');
    }
    return DONE;
}

static const enum option allowed[] = {OPTION_DATA,        OPTION_STEPS,   OPTION_FEATURES,
                                      OPTIONS_OF_NETWORK, OPTION_WEIGHTS, OPTIONS};

const struct command command_predict = {
    "predict",
    "Predict what is to be said of each sequence",
    "--data FILE --weights FILE [OPTION ...]",
    "Prints one line a sequence: the probability of label 1, or the probabilities of all classes with\n"
    "commas between, or the predicted number. Read out at every time step, one line a time step: the T\n"
    "lines of the first sequence, then those of the second, and so on. Options of data and network, where\n"
    "given, must agree with the files.",
    allowed,
    run,
};
