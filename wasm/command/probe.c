/* unrolled probe: how much a linear function of the hidden state after one time step knows of the inputs up to it. */
#include "commands.h"
#include "configure.h"
#include "memory.h"
#include "number.h"
#include "training.h"

#include <stdio.h>

/* The hidden states of sequences after one time step, and room for one number of each. */
struct states {
    const struct rnn_dataset *data;
    rnn_real *h;      /* (L, samples, U) */
    rnn_real *values; /* (samples) */
};

/* Copies the state of each layer. t counts from 1. */
static enum exit_status copy_states(const struct rnn_trace *trace, uint32_t t, uint32_t sample, struct states *states)
{
    for (uint32_t l = 0; l < trace->layers; l++) {
        const size_t units = trace->layer[l].units;
        rnn_real *h = states->h + ((size_t)l * states->data->samples + sample) * units;
        for (size_t k = 0; k < units; k++) {
            h[k] = trace->layer[l].h[t * units + k];
            if (!number_is_finite(h[k]))
                return failed("sequence %lu, layer %lu, time step %lu: the state is not finite; the weights or the "
                              "data are too large",
                              (unsigned long)sample, (unsigned long)l + 1, (unsigned long)t);
        }
    }
    return DONE;
}

/* Returns false after an error message. */
static bool take_states(const struct network *network, uint32_t t, const struct rnn_cut *cut, struct states *states)
{
    const struct rnn_dataset *data = states->data;
    const uint64_t count = (uint64_t)network->config.layers * data->samples * network->config.units;
    uint64_t bytes = 0;
    struct rnn_trace trace;
    enum rnn_status status = rnn_trace_size(&network->config, data->timesteps, &bytes);
    void *block = status == RNN_OK ? memory_take(bytes, "the trace") : NULL;
    if (block) states->h = memory_take(count * sizeof *states->h, "the states");
    if (states->h) states->values = memory_take((uint64_t)data->samples * sizeof *states->values, "the inputs");
    for (uint32_t i = 0; i < data->samples && states->values && status == RNN_OK; i++) {
        const rnn_real *x = data->x + (size_t)i * data->timesteps * data->features;
        status = rnn_trace_run(network->model, x, data->timesteps, NULL, cut, NULL, block, bytes, &trace);
        if (status == RNN_OK && copy_states(&trace, t, i, states) != DONE) return false;
    }
    if (status != RNN_OK) failed("%s", rnn_status_text(status));
    return status == RNN_OK && states->values;
}

/* The states of a layer, each with the input of a time step, which counts from 1. */
static struct rnn_probe_rows rows_of(const struct states *states, uint32_t layer, uint32_t units, uint32_t step,
                                     uint32_t feature)
{
    const struct rnn_dataset *data = states->data;
    for (size_t i = 0; i < data->samples; i++)
        states->values[i] = data->x[(i * data->timesteps + step - 1) * data->features + feature];
    return (struct rnn_probe_rows){
        .numbers = states->h + (size_t)layer * data->samples * units, .values = states->values, .count = data->samples};
}

static enum exit_status put_table(const struct rnn_config *config, uint32_t t, const struct states *fitted,
                                  const struct states *measured)
{
    const uint32_t units = config->units;
    char text[NUMBER_BYTES];
    uint64_t bytes = 0;
    double r2;
    const enum rnn_status sized = rnn_probe_size(units, &bytes);
    if (sized != RNN_OK) return failed("%s", rnn_status_text(sized));
    void *block = memory_take(bytes, "the probe");
    double *solution = block ? memory_take((units + 1) * sizeof *solution, "the probe") : NULL;
    if (!solution) return FAILED;
    puts("layer,t,s,feature,r2");
    for (uint32_t layer = 0; layer < config->layers; layer++)
        for (uint32_t s = 1; s <= t; s++)
            for (uint32_t feature = 0; feature < config->features && output_goes_on(); feature++) {
                const struct rnn_probe_rows rows = rows_of(fitted, layer, units, s, feature),
                                            fresh = rows_of(measured, layer, units, s, feature);
                const enum rnn_status status = rnn_probe(&rows, &fresh, units, block, bytes, solution, &r2);
                if (status != RNN_OK) return failed("%s", rnn_status_text(status));
                printf("%lu,%lu,%lu,%lu,%s\n", (unsigned long)layer + 1, (unsigned long)t, (unsigned long)s,
                       (unsigned long)feature + 1, number_text(r2, text));
            }
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct training training;
    struct network network;
    struct states fitted = {.data = &training.problem.data}, measured = {.data = &training.validation};
    struct rnn_cut cut;
    const struct given *at = option(options, OPTION_AT);
    TRY(training_check(options));
    TRY(option_exclude(options, OPTION_WEIGHTS, OPTION_SEED));
    TRY(training_load(options, &training));
    TRY(training_check_lengths(options, &training));
    if (!training.validates)
        return misused("sequences to measure on are missing; expected %s SHARE, %s FILE or %s N",
                       option_name(OPTION_VALIDATION_SPLIT), option_name(OPTION_VALIDATION_DATA),
                       option_name(OPTION_VALIDATION_SAMPLES));
    const uint32_t timesteps = training.problem.data.timesteps, t = at->here ? (uint32_t)at->number : timesteps;
    if (t > timesteps)
        return misused("%s: expected at most %lu, the last time step, got \"%s\"", option_name(OPTION_AT),
                       (unsigned long)timesteps, at->text);
    TRY(configure_cut(options, &training.problem.config, timesteps, &cut));
    TRY(network_needs_states(options, &training.problem.config));
    TRY(network_make(&training.problem, 1, &network));
    if (!take_states(&network, t, &cut, &fitted) || !take_states(&network, t, &cut, &measured)) return FAILED;
    return put_table(&network.config, t, &fitted, &measured);
}

static const enum option allowed[] = {OPTIONS_OF_DATA,
                                      OPTION_AT,
                                      OPTIONS_OF_NETWORK,
                                      OPTION_WITHOUT_RECURRENCE,
                                      OPTION_RESET_BEFORE,
                                      OPTION_KEEP,
                                      OPTION_WEIGHTS,
                                      OPTION_SEED,
                                      OPTION_KERNEL_INITIALIZER,
                                      OPTION_RECURRENT_INITIALIZER,
                                      OPTION_RECURRENT_GAIN,
                                      OPTION_VALIDATION_SPLIT,
                                      OPTION_VALIDATION_DATA,
                                      OPTION_VALIDATION_SAMPLES,
                                      OPTIONS};

const struct command command_probe = {
    "probe",
    "Measure how much of each earlier input the hidden state contains",
    "(--data FILE | --task NAME --samples N --steps T) --validation-split SHARE [OPTION ...]",
    "Prints CSV with one line for each layer and each input up to time step t: layer, t, s, feature, r2. A linear\n"
    "function of the state h_t is fitted by least squares to the input of time step s. r2 is measured on the\n"
    "validation sequences, which the function has not seen: it is 1 if the function gives the input exactly,\n"
    "and 0 if it knows no more than the mean. Without --weights the network is untrained.\n"
    "--without-recurrence, --reset-before and --keep cut the loop.",
    allowed,
    run,
};
