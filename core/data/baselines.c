/* Each baseline forecasts the target's value at a later row:
 *
 *     mean           the mean of the training rows
 *     persistence    the value now
 *     season         the mean of the training rows r with |(p_r - p) mod period| <= half_width, p being the target's position
 *     least_squares  w · (the standardized window, 1) with the w of least error on the training windows
 *
 * Where a label is asked, it follows from that value. `label` is the more common label of the training windows. */
#include "series.h"
#include "../numeric/least_squares.h"

static const char *const baseline_names[] = {"mean", "persistence", "season", "least_squares", "label"};

const char *rnn_baseline_name(uint32_t index)
{
    return RNNI_NAME(baseline_names, index);
}

/* What all baselines are given, and what some have learned. */
struct baseline {
    const struct rnn_series *series;
    const struct rnn_windows *windows;
    struct rnn_part training;
    struct rnn_season season;
    uint32_t weights;         /* of least squares: T·F and the constant */
    double label;             /* the more common one */
    struct rnn_scale *scales; /* (columns) */
    double *triangle;         /* of least squares */
    double *row, *solution;   /* (weights + 1), (weights) */
};

static double target_at(const struct baseline *b, uint64_t row)
{
    return rnni_series_value(b->series, row, b->windows->target);
}

static double position_of(const struct rnn_series *series, uint64_t row)
{
    return series->positions ? series->positions[row] : (double)row;
}

/* ------------------------------------------------------------------------------------------------ season */

/* The distance of two positions, reduced to the period: 0 ... period / 2. */
static double distance_in_period(double a, double b, double period)
{
    const double distance = a > b ? a - b : b - a;
    const double cycles = distance / period + 0.5;
    const double rest = cycles < 0x1p62 ? distance - (double)(uint64_t)cycles * period : 0;
    return rest < 0 ? -rest : rest;
}

static double seasonal_mean(const struct baseline *b, double position)
{
    double sum = 0, count = 0;
    for (uint32_t row = b->training.first; row < b->training.end; row++) {
        if (distance_in_period(position_of(b->series, row), position, b->season.period) > b->season.half_width)
            continue;
        sum += target_at(b, row);
        count++;
    }
    return count > 0 ? sum / count : b->scales[b->windows->target].mean;
}

/* ------------------------------------------------------------------------------------------------ least squares */

/* The row of A for time step t (0 ... T - 1) of the window at `row`: the time steps up to t, the latest first, then zeros for
 * those before the window, then the constant. */
static void fill_row(const struct baseline *b, uint64_t row, uint32_t t, double *out)
{
    const struct rnn_windows *w = b->windows;
    for (uint32_t back = 0; back < w->timesteps; back++)
        for (uint32_t f = 0; f < w->features; f++) {
            const struct rnn_scale *scale = &b->scales[w->inputs[f]];
            *out++ =
                back > t ? 0 : rnni_standardized(scale, rnni_series_value(b->series, row + t - back, w->inputs[f]));
        }
    *out = 1;
}

static uint32_t first_readout(const struct rnn_windows *windows)
{
    return windows->return_sequences ? 0 : windows->timesteps - 1;
}

static void learn_least_squares(const struct baseline *b)
{
    const struct rnn_scale *scale = &b->scales[b->windows->target];
    rnni_least_squares_begin(b->triangle, b->weights);
    for (uint64_t row = b->training.first; rnni_windows_next(b->series, b->windows, b->training, &row);
         row += b->windows->stride)
        for (uint32_t t = first_readout(b->windows); t < b->windows->timesteps; t++) {
            fill_row(b, row, t, b->row);
            b->row[b->weights] = rnni_standardized(scale, target_at(b, row + t + b->windows->lead));
            rnni_least_squares_add(b->triangle, b->weights, b->row);
        }
    rnni_least_squares_solve(b->triangle, b->weights, b->row, b->solution);
}

static double linear_forecast(const struct baseline *b, uint64_t row, uint32_t t)
{
    const struct rnn_scale *scale = &b->scales[b->windows->target];
    double sum = 0;
    fill_row(b, row, t, b->row);
    for (uint32_t i = 0; i < b->weights; i++) sum += b->row[i] * b->solution[i];
    return scale->mean + scale->deviation * sum;
}

/* ------------------------------------------------------------------------------------------------ all of them */

static double common_label(const struct baseline *b)
{
    double ones = 0, count = 0;
    for (uint64_t row = b->training.first; rnni_windows_next(b->series, b->windows, b->training, &row);
         row += b->windows->stride)
        for (uint32_t t = first_readout(b->windows); t < b->windows->timesteps; t++, count++)
            ones += rnni_windows_answer(b->windows, target_at(b, row + t), target_at(b, row + t + b->windows->lead));
    return 2 * ones > count;
}

static double value_of(const struct baseline *b, uint32_t baseline, uint64_t row, uint32_t t)
{
    const uint64_t target = row + t + b->windows->lead;
    switch (baseline) {
    case RNN_BASELINE_PERSISTENCE:
        return target_at(b, row + t);
    case RNN_BASELINE_SEASON:
        return seasonal_mean(b, position_of(b->series, target));
    case RNN_BASELINE_LEAST_SQUARES:
        return linear_forecast(b, row, t);
    default:
        return b->scales[b->windows->target].mean;
    }
}

enum rnn_status rnn_baseline_size(const struct rnn_series *series, const struct rnn_windows *windows, uint64_t *bytes)
{
    if (!bytes) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_windows_check(series, windows, (struct rnn_part){0, 0}));
    const uint64_t weights = (uint64_t)windows->timesteps * windows->features + 1;
    *bytes = series->columns * (uint64_t)sizeof(struct rnn_scale) +
             (rnni_least_squares_count(weights) + 2 * weights + 1) * sizeof(double);
    return *bytes <= RNN_MEMORY_LIMIT ? RNN_OK : RNN_ERROR_TOO_LARGE;
}

static enum rnn_status check_season(uint32_t baseline, const struct rnn_season *season)
{
    if (baseline != RNN_BASELINE_SEASON) return RNN_OK;
    if (!season) return RNN_ERROR_ARGUMENT;
    return season->period > 0 && isfinite(season->period) && season->half_width >= 0 && isfinite(season->half_width)
               ? RNN_OK
               : RNN_ERROR_RANGE;
}

static enum rnn_status check_values(const struct baseline *b, struct rnn_part part)
{
    const size_t columns = b->series->columns;
    for (size_t i = part.first * columns; i < part.end * columns; i++)
        if (!isfinite(b->series->values[i])) return RNN_ERROR_DATA;
    return RNN_OK;
}

enum rnn_status rnn_baseline_forecasts(const struct rnn_series *series, const struct rnn_windows *windows,
                                       struct rnn_part training, struct rnn_part test, uint32_t baseline,
                                       const struct rnn_season *season, void *block, uint64_t bytes, double *forecasts)
{
    uint32_t samples[2];
    uint64_t needed;
    if (!forecasts || !block || !rnn_baseline_name(baseline)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_windows_count(series, windows, training, &samples[0]));
    RNNI_TRY(rnn_windows_count(series, windows, test, &samples[1]));
    if (windows->lead == 0) return RNN_ERROR_RANGE;
    if (baseline == RNN_BASELINE_LABEL && windows->forecast == RNN_FORECAST_VALUE) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_season(baseline, season));
    RNNI_TRY(rnn_baseline_size(series, windows, &needed));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    if (samples[0] == 0 || samples[1] == 0) return RNN_ERROR_EMPTY;

    struct baseline b = {.series = series, .windows = windows, .training = training, .scales = block};
    if (season) b.season = *season;
    b.weights = windows->timesteps * windows->features + 1;
    b.triangle = (double *)(b.scales + series->columns);
    b.row = b.triangle + rnni_least_squares_count(b.weights);
    b.solution = b.row + b.weights + 1;
    RNNI_TRY(check_values(&b, test));
    RNNI_TRY(rnn_series_scales(series, training, b.scales));
    if (baseline == RNN_BASELINE_LEAST_SQUARES) learn_least_squares(&b);
    if (baseline == RNN_BASELINE_LABEL) b.label = common_label(&b);
    for (uint64_t row = test.first; rnni_windows_next(series, windows, test, &row); row += windows->stride)
        for (uint32_t t = first_readout(windows); t < windows->timesteps; t++) {
            const double value = baseline == RNN_BASELINE_LABEL ? 0 : value_of(&b, baseline, row, t);
            *forecasts++ =
                baseline == RNN_BASELINE_LABEL ? b.label : rnni_windows_answer(windows, target_at(&b, row + t), value);
        }
    return RNN_OK;
}
