#include "series.h"

#include "configure.h"
#include "files.h"
#include "memory.h"
#include "number.h"
#include "weights.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------------------------------------ options */

enum exit_status series_check(const struct options *options)
{
    static const enum option others[] = {OPTION_DATA,
                                         OPTION_TEXT,
                                         OPTION_TASK,
                                         OPTION_SAMPLES,
                                         OPTION_FEATURES,
                                         OPTION_DATA_SEED,
                                         OPTION_VALIDATION_DATA,
                                         OPTION_VALIDATION_SAMPLES};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) TRY(option_exclude(options, OPTION_TABLE, others[i]));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_TEST_FROM));
    TRY(option_exclude(options, OPTION_VALIDATION_SPLIT, OPTION_UNTIL));
    if (option(options, OPTION_THRESHOLD)->here && option_whole(options, OPTION_FORECAST) != RNN_FORECAST_ABOVE &&
        !option(options, OPTION_WEIGHTS)->here)
        return misused("--threshold: expected --forecast above as well");
    if (option(options, OPTION_WEIGHTS)->here) return DONE;
    TRY(option_require(options, OPTION_TARGET));
    TRY(option_require(options, OPTION_STEPS));
    if (option_whole(options, OPTION_FORECAST) == RNN_FORECAST_ABOVE) return option_require(options, OPTION_THRESHOLD);
    return DONE;
}

enum exit_status series_need_test(const struct options *options)
{
    const bool has_test = option(options, OPTION_TEST_FROM)->here || option(options, OPTION_VALIDATION_SPLIT)->here;
    return has_test ? DONE
                    : misused("a part to test on is missing; expected --test-from TIME or --validation-split SHARE");
}

/* ------------------------------------------------------------------------------------------------ the table */

static enum exit_status table_failed(const char *path, enum rnn_status status, const struct rnn_diagnosis *d)
{
    if (status != RNN_ERROR_CSV || !d->text[0]) return failed("%s: %s", path, rnn_status_text(status));
    if (d->line == 0) return failed("%s: %s", path, d->text);
    if (d->column == 0) return failed("%s:%lu: %s", path, (unsigned long)d->line, d->text);
    return failed("%s:%lu:%lu: %s", path, (unsigned long)d->line, (unsigned long)d->column, d->text);
}

/* Is this the name of the column, with or without the unit that the line below the names gives it? */
static bool is_named(const struct time_series *series, const struct rnn_table_column *column, const char *name,
                     size_t length)
{
    if (strncmp(column->name, name, length) != 0) return false;
    const char *unit = column->name + length;
    return !*unit || (series->table.unit_line && unit[0] == ' ' && (unit[1] == '(' || unit[1] == '['));
}

/* The index of a column of numbers, by its name. option: which one names it, or the file of weights. */
static enum exit_status find_column(const struct time_series *series, const struct bytes *text, const char *option_text,
                                    const char *name, size_t length, uint32_t *index)
{
    struct rnn_table_column column;
    for (uint32_t i = 0; i < series->table.columns; i++) {
        if (rnn_table_column_of(text->data, text->count, &series->table, i, &column) != RNN_OK) break;
        if (!is_named(series, &column, name, length)) continue;
        *index = i;
        if (column.kind == RNN_COLUMN_NUMBERS) return DONE;
        return misused("%s: expected a column of numbers, but \"%s\" of %s has %s", option_text, column.name,
                       series->path,
                       column.kind == RNN_COLUMN_TIME    ? "times"
                       : column.kind == RNN_COLUMN_EMPTY ? "no values"
                                                         : "words");
    }
    return misused("%s: %s has no column \"%.*s\"", option_text, series->path, (int)length, name);
}

/* Reads "temp,wind" into the note; without --inputs all columns of numbers. */
static enum exit_status list_inputs(const struct options *options, struct time_series *series, const struct bytes *text)
{
    const char *at = option(options, OPTION_INPUTS)->text;
    struct rnn_series_note *note = &series->note;
    struct rnn_table_column column;
    const uint32_t most = (uint32_t)rnn_range_of(RNN_FEATURES)->maximum;
    for (uint32_t i = 0; !at && i < series->table.columns; i++) {
        if (rnn_table_column_of(text->data, text->count, &series->table, i, &column) != RNN_OK) return FAILED;
        if (column.kind != RNN_COLUMN_NUMBERS) continue;
        if (note->features == most)
            return misused("%s has more than %lu columns of numbers; choose some of them with --inputs", series->path,
                           (unsigned long)most);
        memcpy(note->inputs[note->features++].name, column.name, sizeof column.name);
    }
    for (; at; at = *at ? at + 1 : NULL) {
        const size_t length = strcspn(at, ",");
        if (note->features == most) return misused("--inputs: expected at most %lu names", (unsigned long)most);
        if (length >= sizeof column.name)
            return misused("--inputs: %s has no column with a name this long", series->path);
        memcpy(note->inputs[note->features++].name, at, length);
        at += length;
    }
    return DONE;
}

static enum exit_status take_note(const struct options *options, struct time_series *series, const struct bytes *text)
{
    struct rnn_series_note *note = &series->note;
    const char *target = option(options, OPTION_TARGET)->text;
    note->timesteps = option_whole(options, OPTION_STEPS);
    note->lead = option_whole(options, OPTION_LEAD);
    note->forecast = option_whole(options, OPTION_FORECAST);
    note->threshold = option(options, OPTION_THRESHOLD)->number;
    if (strlen(target) >= sizeof note->target.name)
        return misused("--target: %s has no column with a name this long", series->path);
    memcpy(note->target.name, target, strlen(target) + 1);
    return list_inputs(options, series, text);
}

/* The windows and scales in a file of weights, with which given options must agree. */
static enum exit_status read_note(const struct options *options, struct time_series *series)
{
    const char *path = option(options, OPTION_WEIGHTS)->text;
    struct rnn_series_note *note = &series->note;
    const char *text;
    size_t bytes;
    char has[HAS_BYTES];
    struct rnn_diagnosis diagnosis = {0};
    TRY(weights_note(path, RNN_SERIES_NOTE, &text, &bytes));
    if (bytes == 0)
        return failed("%s says nothing about a time series; expected weights that unrolled fit --table has saved",
                      path);
    if (rnn_series_note_read(text, bytes, note, &diagnosis) != RNN_OK)
        return failed("%s: its note about a time series is damaged: %s", path, diagnosis.text);
    const struct {
        enum option option;
        uint32_t number;
        const char *what;
    } numbers[] = {{OPTION_STEPS, note->timesteps, "time steps"}, {OPTION_LEAD, note->lead, "as its lead"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!option(options, numbers[i].option)->here || option_whole(options, numbers[i].option) == numbers[i].number)
            continue;
        snprintf(has, sizeof has, "%lu %s", (unsigned long)numbers[i].number, numbers[i].what);
        return option_disagrees(options, numbers[i].option, path, has);
    }
    if (option(options, OPTION_FORECAST)->here && option_whole(options, OPTION_FORECAST) != note->forecast)
        return option_disagrees(options, OPTION_FORECAST, path, rnn_forecast_name(note->forecast));
    if (option(options, OPTION_THRESHOLD)->here && option(options, OPTION_THRESHOLD)->number != note->threshold)
        return option_disagrees(options, OPTION_THRESHOLD, path, "another threshold");
    if (option(options, OPTION_TARGET)->here && strcmp(option(options, OPTION_TARGET)->text, note->target.name) != 0)
        return option_disagrees(options, OPTION_TARGET, path, note->target.name);
    return DONE;
}

/* One line on stderr for each kind of hole that was dropped or filled. */
static void report_holes(const struct time_series *series, const struct rnn_table_report *report)
{
    if (report->missing_code)
        note("%s: the number -%lu stands for a missing value, because every other number is above -%lu", series->path,
             (unsigned long)report->missing_code, (unsigned long)report->missing_code / 10);
    if (series->table.unit_line)
        note("%s: line %lu has no numbers, so it is read as the units of the columns", series->path,
             (unsigned long)series->table.unit_line);
    const struct {
        struct rnn_table_places places;
        const char *one, *many;
    } kinds[] = {{{series->table.undated, series->table.undated_line, series->table.time_column},
                  "line at the end has no time and is left out",
                  "lines at the end have no time and are left out"},
                 {report->missing_values, "line lacks a value", "lines lack a value"},
                 {report->missing_times, "time is missing", "times are missing"},
                 {report->repeated_times, "time is repeated", "times are repeated"},
                 {report->irregular_times, "time is irregular", "times are irregular"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].places.count)
            note("%s: %lu %s, the first in line %lu", series->path, (unsigned long)kinds[i].places.count,
                 kinds[i].places.count == 1 ? kinds[i].one : kinds[i].many, (unsigned long)kinds[i].places.line);
    if (report->dropped || report->filled)
        note("%s: %lu lines are left out, %lu values are filled in", series->path, (unsigned long)report->dropped,
             (unsigned long)report->filled);
}

/* Reads the inputs and the target: the inputs first, and the target behind them if it is none of them. */
static enum exit_status read_columns(const struct options *options, struct time_series *series,
                                     const struct bytes *text)
{
    struct rnn_series_note *note = &series->note;
    const bool in_file = option(options, OPTION_WEIGHTS)->here;
    const char *const weights = option(options, OPTION_WEIGHTS)->text;
    uint32_t *columns = memory_take(2 * (uint64_t)(note->features + 1) * sizeof *columns, "the columns");
    if (!columns) return FAILED;
    uint32_t *inputs = columns + note->features + 1, count = note->features;
    for (uint32_t f = 0; f < note->features; f++) {
        const char *name = note->inputs[f].name;
        TRY(find_column(series, text, in_file ? weights : "--inputs", name, strlen(name), &columns[f]));
        inputs[f] = f;
    }
    TRY(find_column(series, text, in_file ? weights : "--target", note->target.name, strlen(note->target.name),
                    &columns[count]));
    uint32_t target = 0;
    while (columns[target] != columns[count]) target++;
    if (target == count) count++;

    const uint32_t missing = option_whole(options, OPTION_MISSING);
    const uint64_t capacity = missing == RNN_MISSING_FILL && series->table.times > series->table.rows
                                  ? series->table.times
                                  : series->table.rows;
    if (capacity > UINT32_MAX / 2)
        return failed("%s: there are %llu times from the first to the last, which are too many to fill", series->path,
                      (unsigned long long)capacity);
    double *values = memory_take(capacity * count * sizeof *values, "the table");
    double *positions = values ? memory_take(capacity * sizeof *positions, "the times") : NULL;
    struct rnn_diagnosis diagnosis = {0};
    struct rnn_table_report report;
    if (!positions) return FAILED;
    const enum rnn_status status = rnn_table_read(text->data, text->count, &series->table, columns, count, missing,
                                                  (uint32_t)capacity, values, positions, &report, &diagnosis);
    if (status == RNN_ERROR_EMPTY) return failed("%s: no line has a value in every column", series->path);
    if (status != RNN_OK) return table_failed(series->path, status, &diagnosis);
    report_holes(series, &report);
    series->data = (struct rnn_series){values, positions, report.rows, count};
    series->windows = (struct rnn_windows){.inputs = inputs,
                                           .features = note->features,
                                           .target = target,
                                           .timesteps = note->timesteps,
                                           .lead = note->lead,
                                           .stride = option_whole(options, OPTION_STRIDE),
                                           .forecast = note->forecast,
                                           .threshold = note->threshold};
    return DONE;
}

static enum exit_status read_table(const struct options *options, struct time_series *series)
{
    struct bytes text;
    struct rnn_diagnosis diagnosis = {0};
    series->path = option(options, OPTION_TABLE)->text;
    TRY(file_read(series->path, &text));
    const enum rnn_status status = rnn_table_measure(text.data, text.count, &series->table, &diagnosis);
    enum exit_status result = status == RNN_OK ? DONE : table_failed(series->path, status, &diagnosis);
    if (result == DONE)
        result = option(options, OPTION_WEIGHTS)->here ? read_note(options, series) : take_note(options, series, &text);
    if (result == DONE) result = read_columns(options, series, &text);
    file_release(&text);
    return result;
}

/* ------------------------------------------------------------------------------------------------ parts of time */

/* Copies a time as the table writes its own, or the beginning of one up to the end of a number. T may stand before the time of day.
 * own: a time of the table. Returns false if it is none. */
static bool take_time(const char *given, const char *own, char time[RNN_TIME_BYTES])
{
    static const char dates[] = "0000-00-00 00:00:00", days[] = "0000000 00:00:00", clocks[] = "00:00:00";
    const size_t digits = strspn(own, "0123456789"), length = strlen(given);
    const char *form = own[digits] == ' ' ? days + strcspn(days, " ") - digits : own[digits] == ':' ? clocks : dates;
    if (length == 0 || length > strlen(form) || form[length] == '0') return false;
    for (size_t i = 0; i < length; i++) {
        const bool digit = given[i] >= '0' && given[i] <= '9', separates = form[i] == ' ' && given[i] == 'T';
        if (form[i] == '0' ? !digit : given[i] != form[i] && !separates) return false;
        time[i] = separates ? ' ' : given[i];
    }
    time[length] = 0;
    return true;
}

/* The first row at or after a time, or with `behind` the first after it. A time is compared with as many characters as it was given
 * with, so that 2005 stands for all of that year. */
static enum exit_status row_of(const struct options *options, const struct time_series *series, enum option which,
                               bool behind, uint32_t *row)
{
    const struct given *given = option(options, which);
    char first[RNN_TIME_BYTES], last[RNN_TIME_BYTES], time[RNN_TIME_BYTES];
    if (!given->here) return DONE;
    if (!series->table.time_column)
        return misused("%s needs a column of times, but %s has none; --validation-split divides its rows without one",
                       option_name(which), series->path);
    rnn_table_time(&series->table, series->data.positions[0], first);
    rnn_table_time(&series->table, series->data.positions[series->data.rows - 1], last);
    if (!take_time(given->text, first, time))
        return misused("%s: expected a time like %s, or its beginning, got \"%s\"; the times of %s run from %s to %s%s",
                       option_name(which), first, given->text, series->path, first, last,
                       first[strspn(first, "0123456789")] == ' ' ? ", where each begins with the number of its day"
                                                                 : "");
    for (*row = 0; *row < series->data.rows; ++*row) {
        char text[RNN_TIME_BYTES];
        rnn_table_time(&series->table, series->data.positions[*row], text);
        const int order = strncmp(text, time, strlen(time));
        if (behind ? order > 0 : order >= 0) break;
    }
    return DONE;
}

static enum exit_status split(const struct options *options, struct time_series *series)
{
    uint32_t from = 0, border = series->data.rows, until = series->data.rows;
    const struct given *share = option(options, OPTION_VALIDATION_SPLIT);
    TRY(row_of(options, series, OPTION_FROM, false, &from));
    TRY(row_of(options, series, OPTION_UNTIL, true, &until));
    border = until;
    TRY(row_of(options, series, OPTION_TEST_FROM, false, &border));
    series->has_test = option(options, OPTION_TEST_FROM)->here;
    if (share->here && share->number > 0) {
        series->has_test = true;
        if (from >= until || rnn_validation_split(until - from, share->number, &border) != RNN_OK)
            return misused("--validation-split %s leaves a part of the %lu rows empty", share->text,
                           (unsigned long)(until - from));
        border += from;
    }
    if (from > border || border > until)
        return misused("--from, --test-from and --until: expected them in the order of time");
    series->training = (struct rnn_part){from, border};
    series->test = (struct rnn_part){border, until};
    return DONE;
}

/* ------------------------------------------------------------------------------------------------ windows */

enum exit_status series_part(const struct time_series *series, struct rnn_part part, const char *name,
                             struct rnn_dataset *data, uint32_t **rows)
{
    const struct rnn_windows *windows = &series->windows;
    const uint32_t readouts = windows->return_sequences ? windows->timesteps : 1;
    uint32_t samples = 0;
    enum rnn_status status = rnn_windows_count(&series->data, windows, part, &samples);
    if (status == RNN_OK && samples == 0)
        return failed("%s: %s has %lu rows and no window; expected at least %lu rows without a gap", series->path, name,
                      (unsigned long)(part.end - part.first), (unsigned long)windows->timesteps + windows->lead);
    if (status != RNN_OK) return failed("%s: %s", series->path, rnn_status_text(status));
    rnn_real *x = memory_take((uint64_t)samples * windows->timesteps * windows->features * sizeof *x, "the windows");
    rnn_real *y = x ? memory_take((uint64_t)samples * readouts * sizeof *y, "the targets") : NULL;
    uint32_t *now = y ? memory_take((uint64_t)samples * sizeof *now, "the rows") : NULL;
    if (!now) return FAILED;
    if (windows->lead == 0) y = NULL;
    status = rnn_windows_make(&series->data, windows, series->scales, part, x, y, now);
    *data = (struct rnn_dataset){.x = x,
                                 .y = y,
                                 .samples = samples,
                                 .timesteps = windows->timesteps,
                                 .features = windows->features,
                                 .readouts = readouts};
    if (rows) *rows = now;
    return status == RNN_OK ? DONE : failed("%s: %s", series->path, rnn_status_text(status));
}

/* The scales of the training part, or those of the file of weights. */
static enum exit_status scale(const struct options *options, struct time_series *series)
{
    struct rnn_series_note *kept = &series->note;
    const bool standardizes = !option(options, OPTION_NO_STANDARDIZE)->here;
    series->scales = memory_take(series->data.columns * (uint64_t)sizeof *series->scales, "the scales");
    if (!series->scales) return FAILED;
    if (option(options, OPTION_WEIGHTS)->here) {
        series->scales[series->windows.target] = kept->target.scale;
        for (uint32_t f = 0; f < kept->features; f++) series->scales[f] = kept->inputs[f].scale;
        return DONE;
    }
    for (uint32_t i = 0; i < series->data.columns; i++) series->scales[i] = (struct rnn_scale){0, 1};
    const enum rnn_status status =
        standardizes ? rnn_series_scales(&series->data, series->training, series->scales) : RNN_OK;
    if (status != RNN_OK) return failed("%s: the training part: %s", series->path, rnn_status_text(status));
    kept->target.scale = series->scales[series->windows.target];
    for (uint32_t f = 0; f < kept->features; f++) {
        kept->inputs[f].scale = series->scales[f];
        if (series->scales[f].deviation == 0)
            note("%s: column \"%s\" has only one value in the training part; the network learns nothing from it",
                 series->path, kept->inputs[f].name);
    }
    return DONE;
}

static enum exit_status keep_note(const struct time_series *series, struct problem *problem)
{
    size_t bytes = 0;
    struct rnn_note *notes = memory_take(2 * sizeof *notes, "the note");
    enum rnn_status status = rnn_series_note_write(&series->note, NULL, 0, &bytes);
    char *text = notes && status == RNN_ERROR_BLOCK ? memory_take(bytes, "the note") : NULL;
    if (status == RNN_ERROR_BLOCK && !text) return FAILED;
    if (text) status = rnn_series_note_write(&series->note, text, bytes, NULL);
    if (status != RNN_OK) return failed("%s: the names of its columns: %s", series->path, rnn_status_text(status));
    notes[0] = (struct rnn_note){RNN_SERIES_NOTE, text};
    notes[1] = (struct rnn_note){NULL, NULL};
    problem->notes = notes;
    return DONE;
}

/* The network must suit the windows. */
static enum exit_status configure(const struct options *options, const struct time_series *series,
                                  struct problem *problem)
{
    struct rnn_config *config = &problem->config;
    const uint32_t loss =
        series->note.forecast == RNN_FORECAST_VALUE ? RNN_MEAN_SQUARED_ERROR : RNN_BINARY_CROSSENTROPY;
    const uint32_t timesteps = config->timesteps;
    config->timesteps = series->note.timesteps;
    if (problem->parameters) {
        const bool window = config->cell != RNN_DENSE || timesteps == series->note.timesteps;
        if (config->features == series->note.features && config->loss == loss && window) return DONE;
        return failed("%s: its weights do not fit the time series that it describes",
                      option(options, OPTION_WEIGHTS)->text);
    }
    if (option(options, OPTION_LOSS)->here && config->loss != loss)
        return misused("%s %s does not agree with --forecast %s, which needs %s", option_name(OPTION_LOSS),
                       rnn_loss_name(config->loss), rnn_forecast_name(series->note.forecast), rnn_loss_name(loss));
    config->features = series->note.features;
    config->loss = loss;
    config->outputs = 1;
    return DONE;
}

static void warn_of_saturation(const struct time_series *series, const struct problem *problem)
{
    double drive[64];
    if (problem->parameters || rnn_input_drive(&problem->data, problem->config.units, drive) != RNN_OK) return;
    for (uint32_t f = 0; f < series->note.features; f++)
        if (drive[f] > RNN_SATURATING_DRIVE)
            note("%s: column \"%s\" is so large that it saturates the units; leave out --no-standardize", series->path,
                 series->note.inputs[f].name);
}

enum exit_status series_open(const struct options *options, struct problem *problem, struct time_series *series)
{
    *problem = (struct problem){0};
    *series = (struct time_series){0};
    TRY(configure_network(options, &problem->config));
    if (option(options, OPTION_WEIGHTS)->here)
        TRY(weights_read(options, &problem->config, &problem->parameters, &problem->notes));
    TRY(read_table(options, series));
    series->windows.return_sequences = problem->config.return_sequences;
    TRY(configure(options, series, problem));
    TRY(split(options, series));
    TRY(scale(options, series));
    return keep_note(series, problem);
}

enum exit_status series_load(const struct options *options, struct problem *problem, struct time_series *series,
                             struct rnn_dataset *test)
{
    TRY(series_open(options, problem, series));
    TRY(series_part(series, series->training, "the training part", &problem->data, NULL));
    warn_of_saturation(series, problem);
    return series->has_test ? series_part(series, series->test, "the test part", test, NULL) : DONE;
}

/* ------------------------------------------------------------------------------------------------ scores */

double series_unit(const struct time_series *series)
{
    const bool values = series->scales && series->windows.forecast == RNN_FORECAST_VALUE;
    return values ? series->scales[series->windows.target].deviation : 1;
}

static void put_score(const struct time_series *series, const char *name, const struct rnn_score *score)
{
    char one[NUMBER_BYTES], other[NUMBER_BYTES];
    if (series->windows.forecast == RNN_FORECAST_VALUE)
        printf("%s,%s,%s\n", name, number_text(score->root_mean_squared_error, one),
               number_text(score->mean_absolute_error, other));
    else
        printf("%s,%s\n", name, number_text(score->accuracy, one));
}

/* How bad a score is: smaller is better. */
static double badness(const struct time_series *series, const struct rnn_score *score)
{
    return series->windows.forecast == RNN_FORECAST_VALUE ? score->root_mean_squared_error : -score->accuracy;
}

static enum exit_status score_network(const struct time_series *series, struct network *network,
                                      const struct rnn_dataset *data, double *forecasts, struct rnn_score *score)
{
    const size_t count = (size_t)data->samples * data->readouts;
    rnn_real *predictions = memory_take(count * sizeof *predictions, "the predictions");
    if (!predictions) return FAILED;
    enum rnn_status status = rnn_model_predict(network->model, network->workspace, data, NULL, predictions);
    const struct rnn_scale *scale = &series->scales[series->windows.target], as_it_is = {0, 1};
    if (status == RNN_OK)
        status = rnn_scale_undo(series->windows.forecast == RNN_FORECAST_VALUE ? scale : &as_it_is, predictions, count,
                                forecasts);
    if (status == RNN_OK) status = rnn_windows_score(&series->data, &series->windows, series->test, forecasts, score);
    return status == RNN_OK ? DONE : failed("the forecasts: %s", rnn_status_text(status));
}

enum exit_status series_report(const struct options *options, const struct time_series *series, struct network *network)
{
    const struct rnn_season season = {option(options, OPTION_PERIOD)->number,
                                      option(options, OPTION_HALF_WIDTH)->number};
    const bool seasonal = option(options, OPTION_PERIOD)->here, values = series->windows.forecast == RNN_FORECAST_VALUE;
    struct rnn_dataset data;
    struct rnn_score score, own;
    uint64_t bytes;
    enum rnn_status status = rnn_baseline_size(&series->data, &series->windows, &bytes);
    if (status != RNN_OK) return failed("%s: the baselines: %s", series->path, rnn_status_text(status));
    TRY(series_part(series, series->test, "the test part", &data, NULL));
    void *block = memory_take(bytes, "the baselines");
    double *forecasts =
        block ? memory_take((uint64_t)data.samples * data.readouts * sizeof *forecasts, "the forecasts") : NULL;
    if (!forecasts) return FAILED;
    if (network) TRY(score_network(series, network, &data, forecasts, &own));
    puts(values ? "forecast,root_mean_squared_error,mean_absolute_error" : "forecast,accuracy");
    for (uint32_t i = 0; rnn_baseline_name(i); i++) {
        if ((i == RNN_BASELINE_SEASON && !seasonal) || (i == RNN_BASELINE_LABEL && values)) continue;
        status = rnn_baseline_forecasts(&series->data, &series->windows, series->training, series->test, i, &season,
                                        block, bytes, forecasts);
        if (status == RNN_OK)
            status = rnn_windows_score(&series->data, &series->windows, series->test, forecasts, &score);
        if (status != RNN_OK)
            return failed("%s: baseline %s: %s", series->path, rnn_baseline_name(i), rnn_status_text(status));
        put_score(series, rnn_baseline_name(i), &score);
        if (network && badness(series, &own) > badness(series, &score))
            note("the network forecasts worse than the baseline %s", rnn_baseline_name(i));
    }
    if (network) put_score(series, "network", &own);
    return DONE;
}
