/* unrolled predict: the network's prediction for every sequence. */
#include "commands.h"
#include "configure.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

/* The predictions of all readouts, one after the other. */
struct predictions {
    const rnn_real *numbers;
    uint32_t samples, readouts, outputs;
    const char *name; /* what a message calls one number */
};

static enum exit_status make(const struct problem *problem, const struct rnn_cut *cut, struct predictions *p)
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
    enum rnn_status status = rnn_model_predict(network.model, network.workspace, &problem->data, cut, room);
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

/* ------------------------------------------------------------------------------------------------ of a table */

static void put_forecast(const struct time_series *series, double position, rnn_real prediction)
{
    const struct rnn_scale *scale = &series->scales[series->windows.target];
    double value = (double)prediction;
    char time[RNN_TIME_BYTES], text[NUMBER_BYTES];
    if (series->windows.forecast == RNN_FORECAST_VALUE) rnn_scale_undo(scale, &prediction, 1, &value);
    rnn_table_time(&series->table, position, time);
    printf("%s,%s\n", time, number_text(value, text));
}

static double position_of(const struct time_series *series, uint32_t row)
{
    return series->data.positions[row];
}

/* One forecast for each window, the last of which ends with the table. */
static enum exit_status put_windows(const struct time_series *series, const struct rnn_dataset *data,
                                    const uint32_t *rows, const struct network *network)
{
    const uint32_t readouts = series->windows.return_sequences ? data->timesteps : 1;
    rnn_real *room = memory_take((uint64_t)data->samples * readouts * sizeof *room, "the predictions");
    if (!room) return FAILED;
    const enum rnn_status status = rnn_model_predict(network->model, network->workspace, data, NULL, room);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    for (uint32_t n = 0; n < data->samples && output_goes_on(); n++)
        put_forecast(series, position_of(series, rows[n]) + series->note.lead,
                     room[(size_t)n * readouts + readouts - 1]);
    return DONE;
}

/* One forecast for each row, with the state of all rows before it. After a gap the state begins again. */
static enum exit_status put_stream(const struct time_series *series, const struct rnn_dataset *data,
                                   const uint32_t *rows, const struct network *network)
{
    for (uint32_t n = 0; n < data->samples && output_goes_on(); n++) {
        rnn_real prediction;
        enum rnn_status status = RNN_OK;
        if (n == 0 || position_of(series, rows[n]) - position_of(series, rows[n - 1]) != 1)
            status = rnn_model_reset_states(network->model);
        if (status == RNN_OK)
            status = rnn_model_step(network->model, data->x + (size_t)n * data->features, NULL, NULL, &prediction);
        if (status != RNN_OK) return failed("%s", rnn_status_text(status));
        put_forecast(series, position_of(series, rows[n]) + series->note.lead, prediction);
    }
    return DONE;
}

/* A dense network has no states, so each window is predicted as a sequence of its own. */
static enum rnn_status roll_dense(const struct network *network, const rnn_real *window, uint32_t timesteps,
                                  uint32_t steps, rnn_real *values)
{
    memcpy(values, window, timesteps * sizeof *values);
    for (uint32_t step = 0; step < steps; step++) {
        const struct rnn_dataset data = {
            .x = values + step, .samples = 1, .timesteps = timesteps, .features = 1, .readouts = 1};
        const enum rnn_status status =
            rnn_model_predict(network->model, network->workspace, &data, NULL, values + timesteps + step);
        if (status != RNN_OK) return status;
    }
    return RNN_OK;
}

/* Forecasts behind the end of the table, each from those before it. */
static enum exit_status put_rolled(const struct options *options, const struct time_series *series,
                                   const struct rnn_dataset *data, const uint32_t *rows, const struct network *network)
{
    const uint32_t steps = option_whole(options, OPTION_ROLL), last = data->samples - 1;
    const uint32_t timesteps = data->timesteps;
    rnn_real *values = memory_take(((uint64_t)timesteps + steps) * sizeof *values, "the predictions");
    if (!values) return FAILED;
    rnn_real *room = values + timesteps;
    const rnn_real *window = data->x + (size_t)last * timesteps;
    const enum rnn_status status = network->config.cell == RNN_DENSE
                                       ? roll_dense(network, window, timesteps, steps, values)
                                       : rnn_model_roll(network->model, window, timesteps, steps, room);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    puts("time,forecast");
    for (uint32_t step = 0; step < steps && output_goes_on(); step++)
        put_forecast(series, position_of(series, rows[last]) + step + 1, room[step]);
    return DONE;
}

static enum exit_status check_roll(const struct options *options, const struct rnn_series_note *note)
{
    if (note->features != 1 || strcmp(note->inputs[0].name, note->target.name) != 0 || note->lead != 1 ||
        note->forecast != RNN_FORECAST_VALUE)
        return misused(
            "--roll: expected weights that forecast the value of a column one row ahead from that column alone; %s "
            "reads %lu columns for \"%s\"",
            option(options, OPTION_WEIGHTS)->text, (unsigned long)note->features, note->target.name);
    return DONE;
}

static enum exit_status predict_series(const struct options *options)
{
    struct problem problem;
    struct network network;
    struct time_series series;
    struct rnn_dataset data;
    uint32_t *rows;
    const bool streams = option(options, OPTION_STREAM)->here, rolls = option(options, OPTION_ROLL)->here;
    TRY(series_check(options));
    TRY(option_require(options, OPTION_WEIGHTS));
    TRY(option_exclude(options, OPTION_STREAM, OPTION_ROLL));
    TRY(series_open(options, &problem, &series));
    if (rolls) TRY(check_roll(options, &series.note));
    if (streams) TRY(network_needs_states(options, &problem.config));
    series.windows.lead = 0; /* also windows whose target is not known yet */
    if (streams) series.windows.timesteps = 1;
    TRY(series_part(&series, (struct rnn_part){series.training.first, series.test.end}, "the table", &data, &rows));
    problem.data = data;
    TRY(network_make(&problem, rnn_fit_options_default().batch_size, &network));
    if (rolls) return put_rolled(options, &series, &data, rows, &network);
    puts("time,forecast");
    return streams ? put_stream(&series, &data, rows, &network) : put_windows(&series, &data, rows, &network);
}

static enum exit_status run(const struct options *options)
{
    struct problem problem;
    struct predictions p;
    struct rnn_cut cut;
    TRY(option_exclude(options, OPTION_TABLE, OPTION_WITHOUT_RECURRENCE));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_RESET_BEFORE));
    TRY(option_exclude(options, OPTION_TABLE, OPTION_KEEP));
    if (option(options, OPTION_TABLE)->here) return predict_series(options);
    TRY(problem_load_measured(options, &problem));
    TRY(configure_cut(options, &problem.config, problem.data.timesteps, &cut));
    TRY(make(&problem, &cut, &p));
    TRY(check_finite(&p));
    const size_t lines = (size_t)p.samples * p.readouts;
    for (size_t line = 0; line < lines && output_goes_on(); line++) {
        number_put_list(p.numbers + line * p.outputs, p.outputs);
        putchar('\n');
    }
    return DONE;
}

static const enum option allowed[] = {OPTION_DATA,
                                      OPTION_TEXT,
                                      OPTION_STEPS,
                                      OPTION_FEATURES,
                                      OPTION_TABLE,
                                      OPTION_STRIDE,
                                      OPTION_MISSING,
                                      OPTION_FROM,
                                      OPTION_UNTIL,
                                      OPTION_ROLL,
                                      OPTION_STREAM,
                                      OPTIONS_OF_NETWORK,
                                      OPTION_WITHOUT_RECURRENCE,
                                      OPTION_RESET_BEFORE,
                                      OPTION_KEEP,
                                      OPTION_WEIGHTS,
                                      OPTIONS};

const struct command command_predict = {
    "predict",
    "Predict the answer for each sequence",
    "(--data FILE | --text FILE | --table FILE) --weights FILE [OPTION ...]",
    "Prints one line per sequence: the probability of label 1, or the probabilities of all classes,\n"
    "separated by commas, or the predicted number. A network that answers at every time step gives T lines\n"
    "per sequence, one sequence after the other. If you give options of data and network, they must agree\n"
    "with the files. --without-recurrence, --reset-before and --keep cut the loop. Without --steps a text is\n"
    "one sequence: each token except the first gives a line with the probabilities of all tokens at its\n"
    "place. For a table it prints CSV: the time, then the forecast in the unit of the target, or the\n"
    "probability. It also forecasts the rows that follow the end of the table.",
    allowed,
    run,
};
