/* Exports of the data module, which JavaScript loads when it first reads data or prepares a time series: flat functions around
 * core/rnn.h and core/rnn_files.h. Those for data sets as CSV are in data_csv.c, those for texts in data_text.c. It has no models. Addresses, statuses and letters are as
 * in network.c. A part of a series is two numbers, its first row and the row after its last. */
#include "blocks.h"
#include "boundary.h"
#include "data_text.h"
#include "diagnosis.h"

const char *const answer_records[] = {
    "size bytes",
    "count samples",
    "series values positions rows columns",
    "windows inputs features target timesteps lead stride forecast return_sequences threshold",
    "drive saturating",
    "table rows columns time_column clock_column date_order months descending decimal unit_line undated undated_line "
    "first_time step end times",
    "column kind name:text",
    "time text:text",
    "report rows dropped filled missing_code missing_values missing_values_line missing_values_column missing_times "
    "missing_times_line "
    "missing_times_column repeated_times repeated_times_line repeated_times_column irregular_times "
    "irregular_times_line irregular_times_column",
    "extents samples timesteps features return_sequences shorter",
    DIAGNOSIS_RECORD,
    "score root_mean_squared_error mean_absolute_error accuracy",
    TEXT_RECORDS,
    "task_text text:text solution:text scope:text",
    "probe r2",
    NULL,
};

/* ------------------------------------------------------------------------------------------------ arguments */

enum { SERIES_NUMBERS = 4, WINDOWS_NUMBERS = 9 };

/* Reads a series. positions may be 0. */
static enum rnn_status take_series(uint32_t address, struct rnn_series *series)
{
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, SERIES_NUMBERS);
    if (!from) return RNN_ERROR_ARGUMENT;
    const uint32_t values = take_whole(from[0], &status), positions = take_whole(from[1], &status);
    series->rows = take_whole(from[2], &status);
    series->columns = take_whole(from[3], &status);
    TRY(status);
    if (series->rows == 0 || series->columns == 0) return RNN_ERROR_EMPTY;
    const uint64_t count = (uint64_t)series->rows * series->columns;
    if (count > UINT32_MAX) return RNN_ERROR_ARGUMENT;
    series->values = numbers_at(values, (uint32_t)count);
    series->positions = positions ? numbers_at(positions, series->rows) : NULL;
    return series->values && (series->positions || !positions) ? RNN_OK : RNN_ERROR_ARGUMENT;
}

static enum rnn_status take_windows(uint32_t address, struct rnn_windows *windows)
{
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, WINDOWS_NUMBERS);
    if (!from) return RNN_ERROR_ARGUMENT;
    const uint32_t inputs = take_whole(from[0], &status);
    *windows = (struct rnn_windows){.features = take_whole(from[1], &status),
                                    .target = take_whole(from[2], &status),
                                    .timesteps = take_whole(from[3], &status),
                                    .lead = take_whole(from[4], &status),
                                    .stride = take_whole(from[5], &status),
                                    .forecast = take_whole(from[6], &status),
                                    .return_sequences = take_whole(from[7], &status),
                                    .threshold = from[8]};
    windows->inputs = block_span(inputs, (uint64_t)windows->features * sizeof(uint32_t), sizeof(uint32_t));
    return status;
}

/* What every function over windows is given. */
static enum rnn_status take_both(uint32_t series, uint32_t windows, struct rnn_series *of, struct rnn_windows *cut)
{
    TRY(take_series(series, of));
    return take_windows(windows, cut);
}

/* Scales are pairs of doubles: mean and deviation. */
_Static_assert(sizeof(struct rnn_scale) == 2 * sizeof(double), "JavaScript writes them so");

static struct rnn_scale *scales_at(uint32_t address, uint64_t count)
{
    return block_span(address, count * sizeof(struct rnn_scale), sizeof(double));
}

/* How many targets the windows of a part have. */
static enum rnn_status count_targets(const struct rnn_series *series, const struct rnn_windows *windows,
                                     struct rnn_part part, uint32_t *samples, uint64_t *targets)
{
    TRY(rnn_windows_count(series, windows, part, samples));
    *targets = (uint64_t)*samples * (windows->return_sequences ? windows->timesteps : 1);
    return *samples ? RNN_OK : RNN_ERROR_EMPTY;
}

/* ------------------------------------------------------------------------------------------------ tables */

/* The latest column and time that were described. */
static struct rnn_table_column described;
static char time_text[RNN_TIME_BYTES];

/* Reads the record that table_measure filled. */
static enum rnn_status take_table(uint32_t address, struct rnn_table *table)
{
    enum { TABLE_NUMBERS = 15 };
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, TABLE_NUMBERS);
    if (!from) return RNN_ERROR_ARGUMENT;
    *table = (struct rnn_table){.rows = take_whole(from[0], &status),
                                .columns = take_whole(from[1], &status),
                                .time_column = take_whole(from[2], &status),
                                .clock_column = take_whole(from[3], &status),
                                .date_order = take_whole(from[4], &status),
                                .months = take_whole(from[5], &status),
                                .descending = take_whole(from[6], &status),
                                .decimal = take_whole(from[7], &status),
                                .unit_line = take_whole(from[8], &status),
                                .undated = take_whole(from[9], &status),
                                .undated_line = take_whole(from[10], &status),
                                .first_time = from[11],
                                .step = from[12],
                                .end = from[13]};
    if (!(from[14] >= 0 && from[14] < 0x1p63)) return RNN_ERROR_RANGE;
    table->times = (uint64_t)from[14];
    return status;
}

EXPORT(missing_name) const char *export_missing_name(uint32_t index)
{
    return rnn_missing_name(index);
}

/* Fills `table`, or `diagnosis` with RNN_ERROR_CSV. */
EXPORT(table_measure) enum rnn_status export_table_measure(uint32_t text, uint32_t bytes)
{
    struct rnn_table table;
    diagnosis.text[0] = 0;
    TRY(diagnosed(rnn_table_measure(bytes_at(text, bytes), bytes, &table, &diagnosis)));
    const uint32_t whole[] = {table.rows,       table.columns, table.time_column, table.clock_column,
                              table.date_order, table.months,  table.descending,  table.decimal,
                              table.unit_line,  table.undated, table.undated_line};
    for (int i = 0; i < 11; i++) answer_area[i] = whole[i];
    answer_area[11] = table.first_time;
    answer_area[12] = table.step;
    answer_area[13] = table.end;
    answer_area[14] = (double)table.times;
    return RNN_OK;
}

/* Fills `column`. kind: 0 numbers, 1 times, 2 words, 3 no values. */
EXPORT(table_column)
enum rnn_status export_table_column(uint32_t text, uint32_t bytes, uint32_t table, uint32_t index)
{
    struct rnn_table of;
    TRY(take_table(table, &of));
    TRY(rnn_table_column_of(bytes_at(text, bytes), bytes, &of, index, &described));
    answer_area[0] = described.kind;
    answer_area[1] = address_of(described.name);
    return RNN_OK;
}

/* counts: out (columns of the table) uint32. */
EXPORT(table_missing)
enum rnn_status export_table_missing(uint32_t text, uint32_t bytes, uint32_t table, uint32_t counts)
{
    struct rnn_table of;
    TRY(take_table(table, &of));
    return rnn_table_missing(bytes_at(text, bytes), bytes, &of,
                             block_span(counts, of.columns * (uint64_t)sizeof(uint32_t), sizeof(uint32_t)));
}

/* columns: in (count) uint32; missing: an index of missing_name; values: out (capacity, count) doubles; positions: out (capacity)
 * doubles. Fills `report`, or `diagnosis` with RNN_ERROR_CSV. */
EXPORT(table_read)
enum rnn_status export_table_read(uint32_t text, uint32_t bytes, uint32_t table, uint32_t columns, uint32_t count,
                                  uint32_t missing, uint32_t capacity, uint32_t values, uint32_t positions)
{
    struct rnn_table of;
    struct rnn_table_report report;
    diagnosis.text[0] = 0;
    TRY(take_table(table, &of));
    TRY(diagnosed(rnn_table_read(
        bytes_at(text, bytes), bytes, &of, block_span(columns, count * (uint64_t)sizeof(uint32_t), sizeof(uint32_t)),
        count, missing, capacity, block_span(values, sizeof(double) * (uint64_t)capacity * count, sizeof(double)),
        block_span(positions, sizeof(double) * (uint64_t)capacity, sizeof(double)), &report, &diagnosis)));
    const struct rnn_table_places places[] = {report.missing_values, report.missing_times, report.repeated_times,
                                              report.irregular_times};
    answer_area[0] = report.rows;
    answer_area[1] = report.dropped;
    answer_area[2] = report.filled;
    answer_area[3] = report.missing_code;
    for (int i = 0; i < 4; i++) {
        answer_area[4 + 3 * i] = places[i].count;
        answer_area[5 + 3 * i] = places[i].line;
        answer_area[6 + 3 * i] = places[i].column;
    }
    return RNN_OK;
}

/* Fills `time` with the text of a position's time. */
EXPORT(table_time) enum rnn_status export_table_time(uint32_t table, double position)
{
    struct rnn_table of;
    TRY(take_table(table, &of));
    rnn_table_time(&of, position, time_text);
    answer_number(address_of(time_text));
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ time series */

EXPORT(forecast_name) const char *export_forecast_name(uint32_t index)
{
    return rnn_forecast_name(index);
}

EXPORT(baseline_name) const char *export_baseline_name(uint32_t index)
{
    return rnn_baseline_name(index);
}

/* scales: out (columns, 2) doubles, the mean and the deviation of each column. */
EXPORT(series_scales)
enum rnn_status export_series_scales(uint32_t series, uint32_t first, uint32_t end, uint32_t scales)
{
    struct rnn_series of;
    TRY(take_series(series, &of));
    return rnn_series_scales(&of, (struct rnn_part){first, end}, scales_at(scales, of.columns));
}

/* Fills `count`, which may be 0. */
EXPORT(windows_count)
enum rnn_status export_windows_count(uint32_t series, uint32_t windows, uint32_t first, uint32_t end)
{
    struct rnn_series of;
    struct rnn_windows cut;
    uint32_t samples;
    TRY(take_both(series, windows, &of, &cut));
    TRY(rnn_windows_count(&of, &cut, (struct rnn_part){first, end}, &samples));
    answer_number(samples);
    return RNN_OK;
}

/* scales: in (columns, 2); x: out (n, T, F); y: out (n, R); rows: out (n) uint32. RNN_ERROR_EMPTY: there are no windows. */
EXPORT(windows_make)
enum rnn_status export_windows_make(uint32_t series, uint32_t windows, uint32_t scales, uint32_t first, uint32_t end,
                                    uint32_t x, uint32_t y, uint32_t rows)
{
    struct rnn_series of;
    struct rnn_windows cut;
    const struct rnn_part part = {first, end};
    uint32_t samples;
    uint64_t targets;
    TRY(take_both(series, windows, &of, &cut));
    TRY(count_targets(&of, &cut, part, &samples, &targets));
    uint32_t *now = block_span(rows, samples * (uint64_t)sizeof *now, sizeof *now);
    if (!now) return RNN_ERROR_ARGUMENT;
    return rnn_windows_make(&of, &cut, scales_at(scales, of.columns), part,
                            reals_at(x, (uint64_t)samples * cut.timesteps * cut.features), reals_at(y, targets), now);
}

/* scale: in (2); predictions: in (count) floats; values: out (count) doubles. */
EXPORT(scale_undo)
enum rnn_status export_scale_undo(uint32_t scale, uint32_t predictions, uint32_t count, uint32_t values)
{
    return rnn_scale_undo(scales_at(scale, 1), reals_at(predictions, count), count,
                          block_span(values, count * (uint64_t)sizeof(double), sizeof(double)));
}

/* x: in (n, T, F); drive: out (F) doubles. Fills `drive` with the limit beyond which an input saturates the units. */
EXPORT(input_drive)
enum rnn_status export_input_drive(uint32_t x, uint32_t samples, uint32_t timesteps, uint32_t features, uint32_t units,
                                   uint32_t drive)
{
    TRY(check_extents(samples, timesteps, features));
    const struct rnn_dataset data = {.x = reals_at(x, (uint64_t)samples * timesteps * features),
                                     .samples = samples,
                                     .timesteps = timesteps,
                                     .features = features,
                                     .readouts = 1};
    answer_number(RNN_SATURATING_DRIVE);
    return rnn_input_drive(&data, units, block_span(drive, features * (uint64_t)sizeof(double), sizeof(double)));
}

/* forecasts: in (n, R) doubles. Fills `score`. */
EXPORT(windows_score)
enum rnn_status export_windows_score(uint32_t series, uint32_t windows, uint32_t first, uint32_t end,
                                     uint32_t forecasts)
{
    struct rnn_series of;
    struct rnn_windows cut;
    struct rnn_score score;
    const struct rnn_part part = {first, end};
    uint32_t samples;
    uint64_t targets;
    TRY(take_both(series, windows, &of, &cut));
    TRY(count_targets(&of, &cut, part, &samples, &targets));
    TRY(rnn_windows_score(&of, &cut, part, block_span(forecasts, targets * sizeof(double), sizeof(double)), &score));
    answer_area[0] = score.root_mean_squared_error;
    answer_area[1] = score.mean_absolute_error;
    answer_area[2] = score.accuracy;
    return RNN_OK;
}

/* Fills `size` with the bytes of the block that baseline_forecasts needs. */
EXPORT(baseline_size) enum rnn_status export_baseline_size(uint32_t series, uint32_t windows)
{
    struct rnn_series of;
    struct rnn_windows cut;
    uint64_t bytes;
    TRY(take_both(series, windows, &of, &cut));
    TRY(rnn_baseline_size(&of, &cut, &bytes));
    answer_number((double)bytes);
    return RNN_OK;
}

/* baseline: an index of baseline_name; period and half_width: of the season, used by that baseline alone; forecasts: out (n, R)
 * doubles, for the test part. */
EXPORT(baseline_forecasts)
enum rnn_status export_baseline_forecasts(uint32_t series, uint32_t windows, uint32_t training_first,
                                          uint32_t training_end, uint32_t test_first, uint32_t test_end,
                                          uint32_t baseline, double period, double half_width, uint32_t block,
                                          uint32_t bytes, uint32_t forecasts)
{
    struct rnn_series of;
    struct rnn_windows cut;
    const struct rnn_part training = {training_first, training_end}, test = {test_first, test_end};
    const struct rnn_season season = {period, half_width};
    uint32_t samples;
    uint64_t targets;
    TRY(take_both(series, windows, &of, &cut));
    TRY(count_targets(&of, &cut, test, &samples, &targets));
    return rnn_baseline_forecasts(&of, &cut, training, test, baseline, &season, block_span(block, bytes, RNN_ALIGNMENT),
                                  bytes, block_span(forecasts, targets * sizeof(double), sizeof(double)));
}

/* ------------------------------------------------------------------------------------------------ probe */

/* Fills `size` with the bytes of the block that probe needs. */
EXPORT(probe_size) enum rnn_status export_probe_size(uint32_t columns)
{
    uint64_t bytes;
    TRY(rnn_probe_size(columns, &bytes));
    answer_number((double)bytes);
    return RNN_OK;
}

/* numbers: in (rows, columns); values: in (rows); the same of the rows that are measured; solution: out (columns + 1) doubles. Fills
 * `probe`. */
EXPORT(probe)
enum rnn_status export_probe(uint32_t numbers, uint32_t values, uint32_t rows, uint32_t measured_numbers,
                             uint32_t measured_values, uint32_t measured_rows, uint32_t columns, uint32_t block,
                             uint32_t bytes, uint32_t solution)
{
    const struct rnn_probe_rows of[] = {{reals_at(numbers, (uint64_t)rows * columns), reals_at(values, rows), rows},
                                        {reals_at(measured_numbers, (uint64_t)measured_rows * columns),
                                         reals_at(measured_values, measured_rows), measured_rows}};
    const uint64_t solved = ((uint64_t)columns + 1) * sizeof(double);
    double r2;
    if (!spans_apart(block, bytes, solution, solved)) return RNN_ERROR_ARGUMENT;
    const uint32_t starts[] = {numbers, values, measured_numbers, measured_values};
    for (unsigned i = 0; i < 4; i++) {
        const uint64_t count = sizeof(rnn_real) * of[i / 2].count * (i % 2 ? 1 : (uint64_t)columns);
        if (!spans_apart(starts[i], count, block, bytes) || !spans_apart(starts[i], count, solution, solved))
            return RNN_ERROR_ARGUMENT;
    }
    TRY(rnn_probe(&of[0], &of[1], columns, block_span(block, bytes, RNN_ALIGNMENT), bytes,
                  block_span(solution, solved, sizeof(double)), &r2));
    answer_number(r2);
    return RNN_OK;
}

/* predictions: in (n, R, K); y: in (n, R); lengths: in (n), 32-bit, or address 0; among: in (count), 32-bit, or address 0 with count 0;
 * counts: out (2, R), 32-bit: the readouts at each time step, then how many are right. */
EXPORT(answers_by_step)
enum rnn_status export_answers_by_step(uint32_t predictions, uint32_t outputs, uint32_t y, uint32_t samples,
                                       uint32_t readouts, uint32_t lengths, uint32_t among, uint32_t count,
                                       uint32_t counts)
{
    TRY(check_extents(samples, readouts, 1));
    if (outputs != 1) TRY(rnn_range_check(RNN_CLASSES, outputs));
    const uint64_t all = (uint64_t)samples * readouts;
    const struct rnn_dataset data = {
        .y = reals_at(y, all), .samples = samples, .readouts = readouts, .lengths = whole_at(lengths, samples)};
    uint32_t *out = whole_at(counts, 2 * (uint64_t)readouts);
    if (!out || (lengths && !data.lengths) || !spans_apart(among, 4 * (uint64_t)count, counts, 8 * (uint64_t)readouts))
        return RNN_ERROR_ARGUMENT;
    return rnn_answers_by_step(reals_at(predictions, all * outputs), &data, outputs, whole_at(among, count), count, out,
                               out + readouts);
}

/* ------------------------------------------------------------------------------------------------ tasks */

/* Fills `task_text`; scope is empty if the task has a rule for every sequence. RNN_ERROR_ARGUMENT past the last. */
EXPORT(task_text) enum rnn_status export_task_text(uint32_t task)
{
    const struct rnn_task_text *text = rnn_task_text_of(task);
    if (!text) return RNN_ERROR_ARGUMENT;
    answer_area[0] = address_of(text->text);
    answer_area[1] = address_of(text->solution);
    answer_area[2] = address_of(text->scope ? text->scope : "");
    return RNN_OK;
}
