/* unrolled trace: the norm of the hidden state at every time step, and of the loss's gradient there, computed by backpropagation
 * through time. */
#include "commands.h"
#include "configure.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "sequences.h"

#include <stdio.h>

/* The columns after layer and t. Only an LSTM has a cell state. */
enum column { H_NORM, D_H_NORM, D_Z_NORM, C_NORM, D_C_NORM, COLUMNS };
static const char *const names[COLUMNS] = {"h_norm", "dh_norm", "dz_norm", "c_norm", "dc_norm"};

struct table {
    uint32_t layers, timesteps, columns;
    double *norms;       /* (L, T, columns), summed over the sequences */
    uint32_t *sequences; /* (T), how many of them reach the time step */
};

static enum exit_status table_take(const struct problem *problem, struct table *table)
{
    *table = (struct table){.layers = problem->config.layers,
                            .timesteps = problem->data.timesteps,
                            .columns = problem->config.cell == RNN_LSTM ? COLUMNS : C_NORM};
    const uint64_t count = (uint64_t)table->layers * table->timesteps * table->columns;
    table->norms = memory_take(count * sizeof *table->norms, "the norms");
    if (!table->norms) return FAILED;
    table->sequences = memory_take(table->timesteps * sizeof *table->sequences, "the number of sequences");
    if (!table->sequences) return FAILED;
    for (uint64_t i = 0; i < count; i++) table->norms[i] = 0;
    for (uint32_t t = 0; t < table->timesteps; t++) table->sequences[t] = 0;
    return DONE;
}

/* t counts from 0. Returns false if a norm is not finite. */
static bool add_norms(const struct rnn_trace_layer *layer, uint32_t t, uint32_t columns, double *norms)
{
    const size_t units = layer->units, at = t * units, width = layer->gates * units;
    bool finite = true;
    norms[H_NORM] += rnn_norm(layer->h + at + units, units);
    norms[D_H_NORM] += rnn_norm(layer->d_h + at, units);
    norms[D_Z_NORM] += rnn_norm(layer->d_z + t * width, width);
    if (columns > C_NORM) {
        norms[C_NORM] += rnn_norm(layer->c + at + units, units);
        norms[D_C_NORM] += rnn_norm(layer->d_c + at, units);
    }
    for (uint32_t i = 0; i < columns; i++) finite = finite && number_is_finite(norms[i]);
    return finite;
}

static double *norms_of(const struct table *table, uint32_t layer, uint32_t t)
{
    return table->norms + ((size_t)layer * table->timesteps + t) * table->columns;
}

static enum exit_status add_sequence(const struct network *network, const struct rnn_dataset *data, uint32_t sample,
                                     const struct rnn_cut *cut, void *block, uint64_t bytes, struct table *table)
{
    struct rnn_trace trace;
    const uint32_t steps = data->lengths ? data->lengths[sample] : data->timesteps;
    enum rnn_status status =
        rnn_trace_run(network->model, data->x + (size_t)sample * data->timesteps * data->features, steps,
                      data->y + (size_t)sample * data->readouts, cut, NULL, block, bytes, &trace);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    for (uint32_t t = 0; t < steps; t++) table->sequences[t]++;
    for (uint32_t l = 0; l < table->layers; l++)
        for (uint32_t t = 0; t < steps; t++)
            if (!add_norms(&trace.layer[l], t, table->columns, norms_of(table, l, t)))
                return failed("sequence %lu, layer %lu, time step %lu: the state or its gradient is not finite; the "
                              "weights or the data are too large",
                              (unsigned long)sample, (unsigned long)l + 1, (unsigned long)t + 1);
    return DONE;
}

static void put_table(const struct table *table)
{
    char text[NUMBER_BYTES];
    printf("layer,t");
    for (uint32_t i = 0; i < table->columns; i++) printf(",%s", names[i]);
    putchar('\n');
    for (uint32_t l = 0; l < table->layers; l++)
        for (uint32_t t = 0; t < table->timesteps && table->sequences[t] && output_goes_on(); t++) {
            printf("%lu,%lu", (unsigned long)l + 1, (unsigned long)t + 1);
            for (uint32_t i = 0; i < table->columns; i++)
                printf(",%s", number_text(norms_of(table, l, t)[i] / table->sequences[t], text));
            putchar('\n');
        }
}

static enum exit_status check(const struct options *options)
{
    TRY(sequences_check_source(options));
    TRY(option_exclude(options, OPTION_SAMPLE, OPTION_MEAN));
    return option_exclude(options, OPTION_WEIGHTS, OPTION_SEED);
}

/* Checks options against a problem whose data are known. */
static enum exit_status check_extents(const struct options *options, const struct rnn_dataset *data)
{
    if (option_whole(options, OPTION_SAMPLE) >= data->samples)
        return misused("--sample: expected a whole number from 0 to %lu, the last sequence, got \"%s\"",
                       (unsigned long)data->samples - 1, option(options, OPTION_SAMPLE)->text);
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct problem problem;
    struct network network;
    struct table table;
    uint64_t bytes = 0;
    struct rnn_cut cut;
    const bool mean = option(options, OPTION_MEAN)->here;
    TRY(check(options));
    TRY(problem_load(options, &problem));
    TRY(check_extents(options, &problem.data));
    TRY(configure_cut(options, &problem.config, problem.data.timesteps, &cut));
    TRY(network_needs_states(options, &problem.config));
    TRY(network_make(&problem, 1, &network));
    TRY(table_take(&problem, &table));
    enum rnn_status status = rnn_trace_size(&problem.config, problem.data.timesteps, &bytes);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    void *block = memory_take(bytes, "the trace");
    if (!block) return FAILED;
    const uint32_t first = option_whole(options, OPTION_SAMPLE), count = mean ? problem.data.samples : 1;
    for (uint32_t i = 0; i < count; i++)
        TRY(add_sequence(&network, &problem.data, first + i, &cut, block, bytes, &table));
    put_table(&table);
    return DONE;
}

static const enum option allowed[] = {OPTIONS_OF_DATA,
                                      OPTION_SAMPLE,
                                      OPTION_MEAN,
                                      OPTIONS_OF_NETWORK,
                                      OPTION_WITHOUT_RECURRENCE,
                                      OPTION_RESET_BEFORE,
                                      OPTION_KEEP,
                                      OPTION_WEIGHTS,
                                      OPTION_SEED,
                                      OPTION_KERNEL_INITIALIZER,
                                      OPTION_RECURRENT_INITIALIZER,
                                      OPTION_RECURRENT_GAIN,
                                      OPTIONS};

const struct command command_trace = {
    "trace",
    "Show how large the state and its gradient are at every time step",
    "(--data FILE | --task NAME --samples N --steps T) [OPTION ...]",
    "Prints CSV with one line for each layer and time step: layer, t, then these Euclidean norms for one\n"
    "sequence, or with --mean their means over all sequences that reach the time step:\n"
    "  h_norm   the hidden state h_t\n"
    "  dh_norm  the gradient of the loss with respect to h_t\n"
    "  dz_norm  the gradient with respect to the sums before the activations\n"
    "  c_norm   with lstm: the cell state\n"
    "  dc_norm  with lstm: the gradient with respect to the cell state\n"
    "Without --weights the network is untrained. --without-recurrence, --reset-before and --keep cut the loop.",
    allowed,
    run,
};
