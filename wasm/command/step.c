/* unrolled step: one sequence, time step by time step, while the network keeps its state. */
#include "commands.h"
#include "memory.h"
#include "network.h"
#include "number.h"

#include <stdio.h>

/* The results of a time step: h (L, U), logit (K), prediction (K), one after the other. */
struct state {
    uint32_t features, layers, units, outputs;
    bool regression;
    rnn_real *h, *logit, *prediction;
};

static enum exit_status take_state(const struct rnn_config *config, struct state *s)
{
    *s = (struct state){.features = config->features,
                        .layers = config->layers,
                        .units = config->units,
                        .outputs = config->outputs,
                        .regression = config->loss == RNN_MEAN_SQUARED_ERROR};
    const uint64_t states = (uint64_t)s->layers * s->units;
    s->h = memory_take((states + 2 * (uint64_t)s->outputs) * sizeof *s->h, "the state");
    if (!s->h) return FAILED;
    s->logit = s->h + states;
    s->prediction = s->logit + s->outputs;
    return DONE;
}

/* ",x1,x2" */
static void put_names(const char *name, uint32_t count, unsigned long first)
{
    for (uint32_t i = 0; i < count; i++) printf(",%s%lu", name, first + i);
}

/* "t,x1,h1,h2,logit,probability"; h1_1 with several layers, logit_0 with several classes */
static void put_header(const struct state *s)
{
    const char *prediction = s->regression ? "prediction" : "probability";
    char name[32];
    putchar('t');
    put_names("x", s->features, 1);
    for (uint32_t layer = 1; layer <= s->layers; layer++) {
        snprintf(name, sizeof name, s->layers > 1 ? "h%lu_" : "h", (unsigned long)layer);
        put_names(name, s->units, 1);
    }
    if (s->outputs == 1) {
        printf(",logit,%s\n", prediction);
        return;
    }
    put_names("logit_", s->outputs, 0);
    snprintf(name, sizeof name, "%s_", prediction);
    put_names(name, s->outputs, 0);
    putchar('\n');
}

static void put_list(const rnn_real *numbers, size_t count)
{
    putchar(',');
    number_put_list(numbers, count);
}

static bool all_finite(const rnn_real *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!number_is_finite(numbers[i])) return false;
    return true;
}

/* Prints the time steps up to and including the first with a number that is not finite. */
static enum exit_status put_steps(const struct network *network, const struct state *s, const rnn_real *x,
                                  uint32_t timesteps)
{
    const size_t states = (size_t)s->layers * s->units;
    for (uint32_t t = 0; t < timesteps && output_goes_on(); t++, x += s->features) {
        enum rnn_status status = rnn_model_step(network->model, x, s->h, s->logit, s->prediction);
        if (status != RNN_OK) return failed("%s", rnn_status_text(status));
        printf("%lu", (unsigned long)t + 1);
        put_list(x, s->features);
        put_list(s->h, states + 2 * (size_t)s->outputs);
        putchar('\n');
        if (!all_finite(s->h, states + s->outputs))
            return failed("time step %lu: the state or a logit is not finite; the weights or the data are too large",
                          (unsigned long)t + 1);
    }
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct problem problem;
    struct network network;
    struct state state;
    const uint32_t sample = option_whole(options, OPTION_SAMPLE);
    TRY(options_require_data(options));
    TRY(option_require(options, OPTION_WEIGHTS));
    TRY(problem_load(options, &problem));
    const struct rnn_dataset *data = &problem.data;
    if (sample >= data->samples)
        return misused("--sample: expected a whole number from 0 to %lu, the last sequence of %s, got \"%s\"",
                       (unsigned long)data->samples - 1, option(options, OPTION_DATA)->text,
                       option(options, OPTION_SAMPLE)->text);
    TRY(network_needs_states(options, &problem.config));
    TRY(network_make(&problem, 1, &network));
    TRY(take_state(&problem.config, &state));
    if (option(options, OPTION_HEADER)->here) put_header(&state);
    return put_steps(&network, &state, data->x + (size_t)sample * data->timesteps * data->features,
                     data->lengths ? data->lengths[sample] : data->timesteps);
}

static const enum option allowed[] = {OPTION_DATA,        OPTION_STEPS,   OPTION_FEATURES, OPTION_SAMPLE,
                                      OPTIONS_OF_NETWORK, OPTION_WEIGHTS, OPTION_HEADER,   OPTIONS};

const struct command command_step = {
    "step",
    "Show the state after every time step of one sequence",
    "--data FILE --weights FILE [OPTION ...]",
    "Prints CSV with one line per time step: t, the F numbers of x, the U numbers of h in each layer, and\n"
    "the readout: K logits and K probabilities (of label 1, or of each class), or the predicted number twice.\n"
    "--header adds a line with the names of the columns. If you give options of data and network, they\n"
    "must agree with the files.",
    allowed,
    run,
};
