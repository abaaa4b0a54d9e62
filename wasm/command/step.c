/* unrolled step: one sequence, time step by time step, with the state that the network keeps between them. */
#include "commands.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "sequences.h"

#include <stdio.h>

static void put_numbers(const rnn_real *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char text[RNN_DECIMAL_BYTES];
        rnn_decimal_write((float)numbers[i], text);
        printf(",%s", text);
    }
}

static bool all_finite(const rnn_real *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!number_is_finite(numbers[i])) return false;
    return true;
}

/* The first time step with a number that is not finite is shown, and is the last. */
static enum ending put_steps(const struct network *network, const rnn_real *x, uint32_t timesteps)
{
    uint32_t units = network->config.units, features = network->config.features;
    rnn_real *h = memory_take(units * sizeof *h, "the state");
    if (!h) return FAILED;
    for (uint32_t t = 0; t < timesteps && output_goes_on(); t++, x += features) {
        rnn_real readout[2]; /* logit, probability */
        enum rnn_status status = rnn_model_step(network->model, x, h, &readout[0], &readout[1]);
        if (status != RNN_OK) return failed("%s", rnn_status_text(status));
        printf("%lu", (unsigned long)t + 1);
        put_numbers(x, features);
        put_numbers(h, units);
        put_numbers(readout, 2);
        putchar('\n');
        if (!number_is_finite(readout[0]) || !all_finite(h, units))
            return failed("time step %lu: state or logit are not finite; the weights or the data are too large",
                          (unsigned long)t + 1);
    }
    return DONE;
}

static enum ending run(const struct options *options)
{
    struct rnn_dataset data;
    struct network network;
    uint32_t sample = option_whole(options, OPTION_SAMPLE);
    if (option_require(options, OPTION_DATA) != DONE || option_require(options, OPTION_WEIGHTS) != DONE) return MISUSED;
    enum ending ending = sequences_load(options, &data);
    if (ending == DONE && sample >= data.samples)
        return misused("--sample: expected a whole number from 0 to %lu, the last sequence of %s, got \"%s\"",
                       (unsigned long)data.samples - 1, option(options, OPTION_DATA)->text,
                       option(options, OPTION_SAMPLE)->text);
    if (ending == DONE) ending = network_for_data(options, &data, 1, &network);
    if (ending != DONE) return ending;
    return put_steps(&network, data.x + (size_t)sample * data.timesteps * data.features, data.timesteps);
}

static const enum option allowed[] = {OPTION_DATA,     OPTION_WEIGHTS, OPTION_SAMPLE,     OPTION_STEPS,
                                      OPTION_FEATURES, OPTION_UNITS,   OPTION_ACTIVATION, OPTIONS};

const struct command command_step = {
    "step",
    "Show the state after every time step of one sequence",
    "--data FILE --weights FILE [OPTION ...]",
    "Prints one line a time step: t, the F numbers of x, the U numbers of h, the logit and the\n"
    "probability, with commas between. --steps, --features, --units and --activation, where given,\n"
    "must agree with the files.",
    allowed,
    run,
};
