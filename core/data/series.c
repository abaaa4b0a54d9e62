/* A window that begins at row s reads the rows s ... s + T - 1. Its target is row s + T - 1 + lead:
 *
 *     x_t = (value of row s + t - 1 - mean) / deviation      for each input column, t = 1 ... T
 *     y   = (value of the target row - mean) / deviation     or is it higher than row s + T - 1, or above the threshold? */
#include "series.h"

static const char *const forecast_names[] = {"value", "higher", "above"};

const char *rnn_forecast_name(uint32_t index)
{
    return RNNI_NAME(forecast_names, index);
}

/* ------------------------------------------------------------------------------------------------ scales */

static enum rnn_status check_part(const struct rnn_series *series, struct rnn_part part)
{
    if (!series || !series->values) return RNN_ERROR_ARGUMENT;
    return part.first <= part.end && part.end <= series->rows ? RNN_OK : RNN_ERROR_RANGE;
}

static enum rnn_status scale_of(const struct rnn_series *series, struct rnn_part part, uint32_t column,
                                struct rnn_scale *scale)
{
    const double rows = part.end - part.first, first = rnni_series_value(series, part.first, column);
    double sum = 0, squares = 0;
    bool constant = true;
    for (uint32_t row = part.first; row < part.end; row++) {
        const double value = rnni_series_value(series, row, column);
        sum += value;
        constant = constant && value == first;
    }
    const double mean = constant ? first : sum / rows; /* of equal numbers, rounding could miss it */
    for (uint32_t row = part.first; row < part.end; row++) {
        const double distance = rnni_series_value(series, row, column) - mean;
        squares += distance * distance;
    }
    if (!isfinite(mean) || !isfinite(squares)) return RNN_ERROR_DATA;
    *scale = (struct rnn_scale){mean, sqrt(squares / rows)};
    return RNN_OK;
}

enum rnn_status rnn_series_scales(const struct rnn_series *series, struct rnn_part part, struct rnn_scale *scales)
{
    RNNI_TRY(check_part(series, part));
    if (!scales) return RNN_ERROR_ARGUMENT;
    if (part.first == part.end) return RNN_ERROR_EMPTY;
    struct rnn_scale ignored;
    for (uint32_t column = 0; column < series->columns; column++)
        RNNI_TRY(scale_of(series, part, column, &ignored)); /* an error leaves the results unchanged */
    for (uint32_t column = 0; column < series->columns; column++)
        RNNI_TRY(scale_of(series, part, column, &scales[column]));
    return RNN_OK;
}

enum rnn_status rnn_scale_undo(const struct rnn_scale *scale, const rnn_real *predictions, size_t count, double *values)
{
    if (!scale || !predictions || !values) return RNN_ERROR_ARGUMENT;
    for (size_t i = 0; i < count; i++) values[i] = scale->mean + scale->deviation * (double)predictions[i];
    return RNN_OK;
}

enum rnn_status rnn_input_drive(const struct rnn_dataset *data, uint32_t units, double *drive)
{
    if (!data || !data->x || !drive) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_range_check(RNN_UNITS, units));
    RNNI_TRY(rnn_range_check(RNN_FEATURES, data->features));
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, data->timesteps));
    if (data->samples == 0) return RNN_ERROR_EMPTY;
    const size_t rows = (size_t)data->samples * data->timesteps;
    const double limit = sqrt(6.0 / ((double)data->features + units));
    for (uint32_t f = 0; f < data->features; f++) {
        double squares = 0;
        for (size_t row = 0; row < rows; row++) {
            const double x = data->x[row * data->features + f];
            squares += x * x;
        }
        drive[f] = sqrt(squares / (double)rows) * limit;
    }
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ windows */

enum rnn_status rnni_windows_check(const struct rnn_series *series, const struct rnn_windows *windows,
                                   struct rnn_part part)
{
    RNNI_TRY(check_part(series, part));
    if (!windows || !windows->inputs || windows->target >= series->columns) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, windows->timesteps));
    RNNI_TRY(rnn_range_check(RNN_FEATURES, windows->features));
    for (uint32_t f = 0; f < windows->features; f++)
        if (windows->inputs[f] >= series->columns) return RNN_ERROR_ARGUMENT;
    if (windows->stride == 0 || windows->return_sequences > 1 || !rnn_forecast_name(windows->forecast))
        return RNN_ERROR_RANGE;
    return windows->forecast != RNN_FORECAST_ABOVE || isfinite(windows->threshold) ? RNN_OK : RNN_ERROR_RANGE;
}

bool rnni_windows_next(const struct rnn_series *series, const struct rnn_windows *windows, struct rnn_part part,
                       uint64_t *row)
{
    const uint64_t span = (uint64_t)windows->timesteps - 1 + windows->lead; /* from its first row to its target */
    for (; *row + span < part.end; *row += windows->stride)
        if (!series->positions || series->positions[*row + span] - series->positions[*row] == (double)span) return true;
    return false;
}

double rnni_windows_answer(const struct rnn_windows *windows, double now, double future)
{
    if (windows->forecast == RNN_FORECAST_HIGHER) return future > now;
    if (windows->forecast == RNN_FORECAST_ABOVE) return future > windows->threshold;
    return future;
}

enum rnn_status rnn_windows_count(const struct rnn_series *series, const struct rnn_windows *windows,
                                  struct rnn_part part, uint32_t *samples)
{
    if (!samples) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_windows_check(series, windows, part));
    uint32_t count = 0;
    for (uint64_t row = part.first; rnni_windows_next(series, windows, part, &row); row += windows->stride) count++;
    if (count && rnn_range_check(RNN_SAMPLES, count) != RNN_OK) return RNN_ERROR_TOO_LARGE;
    *samples = count;
    return RNN_OK;
}

/* Standardizes one value as a float. Returns false if it is not finite. */
static bool standardize(const struct rnn_scale *scale, double value, rnn_real *out)
{
    *out = (rnn_real)rnni_standardized(scale, value);
    return isfinite(value) && isfinite(*out);
}

static bool make_inputs(const struct rnn_series *series, const struct rnn_windows *windows,
                        const struct rnn_scale *scales, uint64_t row, rnn_real *x)
{
    for (uint32_t t = 0; t < windows->timesteps; t++)
        for (uint32_t f = 0; f < windows->features; f++) {
            const uint32_t column = windows->inputs[f];
            if (!standardize(&scales[column], rnni_series_value(series, row + t, column), x++)) return false;
        }
    return true;
}

static bool make_targets(const struct rnn_series *series, const struct rnn_windows *windows,
                         const struct rnn_scale *scales, uint64_t row, rnn_real *y)
{
    for (uint32_t t = windows->return_sequences ? 0 : windows->timesteps - 1; t < windows->timesteps; t++, y++) {
        const double now = rnni_series_value(series, row + t, windows->target);
        const double future = rnni_series_value(series, row + t + windows->lead, windows->target);
        if (!isfinite(now) || !isfinite(future)) return false;
        *y = (rnn_real)rnni_windows_answer(windows, now, future);
        if (windows->forecast == RNN_FORECAST_VALUE && !standardize(&scales[windows->target], future, y)) return false;
    }
    return true;
}

enum rnn_status rnn_windows_make(const struct rnn_series *series, const struct rnn_windows *windows,
                                 const struct rnn_scale *scales, struct rnn_part part, rnn_real *x, rnn_real *y,
                                 uint32_t *rows)
{
    if (!scales || !x) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_windows_check(series, windows, part));
    if ((y == NULL) != (windows->lead == 0)) return RNN_ERROR_ARGUMENT;
    const size_t inputs = (size_t)windows->timesteps * windows->features;
    const size_t readouts = windows->return_sequences ? windows->timesteps : 1;
    for (uint64_t row = part.first; rnni_windows_next(series, windows, part, &row); row += windows->stride) {
        if (!make_inputs(series, windows, scales, row, x)) return RNN_ERROR_DATA;
        if (y && !make_targets(series, windows, scales, row, y)) return RNN_ERROR_DATA;
        if (rows) *rows++ = (uint32_t)row + windows->timesteps - 1;
        x += inputs;
        if (y) y += readouts;
    }
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ score */

/* Adds the forecasts of one window. Returns false if one is not finite. */
static bool add_score(const struct rnn_series *series, const struct rnn_windows *windows, uint64_t row,
                      const double *forecasts, struct rnn_score *sum)
{
    for (uint32_t t = windows->return_sequences ? 0 : windows->timesteps - 1; t < windows->timesteps; t++) {
        const double now = rnni_series_value(series, row + t, windows->target), forecast = *forecasts++;
        const double future = rnni_series_value(series, row + t + windows->lead, windows->target);
        const double answer = rnni_windows_answer(windows, now, future), error = forecast - answer;
        if (!isfinite(forecast)) return false;
        sum->root_mean_squared_error += error * error;
        sum->mean_absolute_error += error < 0 ? -error : error;
        sum->accuracy += (forecast > 0.5) == (answer != 0);
    }
    return true;
}

enum rnn_status rnn_windows_score(const struct rnn_series *series, const struct rnn_windows *windows,
                                  struct rnn_part part, const double *forecasts, struct rnn_score *score)
{
    if (!forecasts || !score) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_windows_check(series, windows, part));
    if (windows->lead == 0) return RNN_ERROR_RANGE;
    const uint32_t readouts = windows->return_sequences ? windows->timesteps : 1;
    const bool labels = windows->forecast != RNN_FORECAST_VALUE;
    struct rnn_score sum = {0, 0, 0};
    double count = 0;
    for (uint64_t row = part.first; rnni_windows_next(series, windows, part, &row); row += windows->stride) {
        if (!add_score(series, windows, row, forecasts, &sum)) return RNN_ERROR_DATA;
        forecasts += readouts;
        count += readouts;
    }
    if (count == 0) return RNN_ERROR_EMPTY;
    *score = (struct rnn_score){labels ? NAN : sqrt(sum.root_mean_squared_error / count),
                                labels ? NAN : sum.mean_absolute_error / count, labels ? sum.accuracy / count : NAN};
    return RNN_OK;
}
