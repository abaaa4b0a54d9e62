/* Time series: scales, windows, baselines and scores against numbers worked out by hand, invariants, and for least squares a
 * Householder decomposition in long double. */
#include "support.h"
#include "../../core/numeric/least_squares.h"

enum { ROWS = 12, COLUMNS = 3 };

/* Column 0 counts up, column 1 is always 7, and column 2 alternates. */
static double values[ROWS * COLUMNS];
static const struct rnn_series series = {values, NULL, ROWS, COLUMNS};
static const struct rnn_part whole = {0, ROWS};
static const uint32_t inputs[] = {2, 0};
static const struct rnn_windows plain =
    {.inputs = inputs, .features = 2, .target = 0, .timesteps = 3, .lead = 2, .stride = 1};

static void fill_values(void)
{
    for (int row = 0; row < ROWS; row++) {
        values[row * COLUMNS] = row;
        values[row * COLUMNS + 1] = 7;
        values[row * COLUMNS + 2] = row % 2 ? -1 : 1;
    }
}

static uint32_t count_of(const struct rnn_series *of, struct rnn_windows windows, uint32_t first, uint32_t end)
{
    uint32_t samples = 99;
    CHECK_EQUAL(rnn_windows_count(of, &windows, (struct rnn_part){first, end}, &samples), RNN_OK);
    return samples;
}

static void scales(void)
{
    struct rnn_scale of[COLUMNS];
    CHECK_EQUAL(rnn_series_scales(&series, (struct rnn_part){2, 7}, of), RNN_OK); /* 2 3 4 5 6 */
    CHECK_NEAR(of[0].mean, 4, 0);
    CHECK_NEAR(of[0].deviation, sqrt(2), 1e-15);
    CHECK_NEAR(of[1].mean, 7, 0);
    CHECK_NEAR(of[1].deviation, 0, 0);
    CHECK_NEAR(of[2].mean, 0.2, 1e-15);
    CHECK_NEAR(of[2].deviation, sqrt(0.96), 1e-15);
    /* The mean of ten times 0.1, rounded, is not 0.1. */
    double tenths[10];
    for (int i = 0; i < 10; i++) tenths[i] = 0.1;
    CHECK_EQUAL(rnn_series_scales(&(struct rnn_series){tenths, NULL, 10, 1}, (struct rnn_part){0, 10}, of), RNN_OK);
    CHECK(of[0].mean == 0.1 && of[0].deviation == 0);
    const rnn_real predictions[] = {-1, 0, 0.5};
    double back[3];
    CHECK_EQUAL(rnn_scale_undo(&(struct rnn_scale){10, 4}, predictions, 3, back), RNN_OK);
    CHECK(back[0] == 6 && back[1] == 10 && back[2] == 12);
}

static void scales_are_refused(void)
{
    struct rnn_scale of[COLUMNS] = {{-5, -5}};
    CHECK_EQUAL(rnn_series_scales(&series, (struct rnn_part){4, 4}, of), RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_series_scales(&series, (struct rnn_part){5, 4}, of), RNN_ERROR_RANGE);
    CHECK_EQUAL(rnn_series_scales(&series, (struct rnn_part){0, ROWS + 1}, of), RNN_ERROR_RANGE);
    CHECK_EQUAL(rnn_series_scales(NULL, whole, of), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_series_scales(&series, whole, NULL), RNN_ERROR_ARGUMENT);
    const double bad[] = {NAN, INFINITY, 1e200};
    for (int i = 0; i < 3; i++) {
        fill_values();
        values[5 * COLUMNS + 2] = bad[i];
        CHECK_EQUAL(rnn_series_scales(&series, whole, of), RNN_ERROR_DATA);
    }
    fill_values();
    CHECK(of[0].mean == -5 && of[0].deviation == -5);
    CHECK_EQUAL(rnn_scale_undo(NULL, NULL, 0, NULL), RNN_ERROR_ARGUMENT);
}

static void windows_are_cut(void)
{
    static const struct rnn_scale scale[COLUMNS] = {{1, 2}, {0, 1}, {0, 1}};
    rnn_real x[8 * 6], y[8];
    uint32_t rows[8];
    CHECK_EQUAL(count_of(&series, plain, 0, ROWS), 8);
    CHECK_EQUAL(rnn_windows_make(&series, &plain, scale, whole, x, y, rows), RNN_OK);
    for (int n = 0; n < 8; n++) {
        CHECK_EQUAL(rows[n], n + 2);
        CHECK_NEAR(y[n], (n + 4 - 1) / 2.0, 0); /* two rows after now */
        for (int t = 0; t < 3; t++) {
            CHECK_NEAR(x[n * 6 + t * 2], (n + t) % 2 ? -1 : 1, 0);
            CHECK_NEAR(x[n * 6 + t * 2 + 1], (n + t - 1) / 2.0, 0);
        }
    }
    /* Every third row begins a window; the last begins at 6 and has its target at 10. */
    struct rnn_windows strided = plain;
    strided.stride = 3;
    CHECK_EQUAL(count_of(&series, strided, 0, ROWS), 3);
    CHECK_EQUAL(rnn_windows_make(&series, &strided, scale, whole, x, y, rows), RNN_OK);
    CHECK(rows[0] == 2 && rows[1] == 5 && rows[2] == 8);
    /* With a forecast at every time step the last target is the one from before. */
    struct rnn_windows every = plain;
    rnn_real targets[8 * 3];
    every.return_sequences = 1;
    CHECK_EQUAL(rnn_windows_make(&series, &every, scale, whole, x, targets, NULL), RNN_OK);
    for (int n = 0; n < 8; n++)
        for (int t = 0; t < 3; t++) CHECK_NEAR(targets[n * 3 + t], (n + t + 2 - 1) / 2.0, 0);
}

static void labels(void)
{
    static const struct rnn_scale scale[COLUMNS] = {{0, 1}, {0, 1}, {0, 1}};
    struct rnn_windows windows = {
        .inputs = inputs, .features = 1, .target = 2, .timesteps = 1, .lead = 1, .stride = 1, .forecast = 1};
    rnn_real x[ROWS], y[ROWS];
    CHECK_EQUAL(count_of(&series, windows, 0, ROWS), 11);
    CHECK_EQUAL(rnn_windows_make(&series, &windows, scale, whole, x, y, NULL), RNN_OK);
    for (int n = 0; n < 11; n++) CHECK_EQUAL(y[n], n % 2); /* after -1 comes 1 */
    windows.target = 0;
    windows.forecast = RNN_FORECAST_ABOVE;
    windows.threshold = 5;
    CHECK_EQUAL(rnn_windows_make(&series, &windows, scale, whole, x, y, NULL), RNN_OK);
    for (int n = 0; n < 11; n++) CHECK_EQUAL(y[n], n + 1 > 5);
    windows.target = 1;
    windows.forecast = RNN_FORECAST_HIGHER; /* the same value is not higher */
    CHECK_EQUAL(rnn_windows_make(&series, &windows, scale, whole, x, y, NULL), RNN_OK);
    for (int n = 0; n < 11; n++) CHECK_EQUAL(y[n], 0);
    CHECK_TEXT(rnn_forecast_name(0), "value");
    CHECK_TEXT(rnn_forecast_name(RNN_FORECAST_HIGHER), "higher");
    CHECK_TEXT(rnn_forecast_name(RNN_FORECAST_ABOVE), "above");
    CHECK_TEXT(rnn_forecast_name(3), NULL);
}

/* No window of one part reads a row of the other, and what lies outside of a part does not change its windows. */
static void parts_do_not_mix(void)
{
    static const struct rnn_scale scale[COLUMNS] = {{0, 1}, {0, 1}, {0, 1}};
    rnn_real x[8 * 6], y[8], again_x[8 * 6], again_y[8];
    for (uint32_t border = 0; border <= ROWS; border++) {
        const uint32_t before = count_of(&series, plain, 0, border), after = count_of(&series, plain, border, ROWS);
        CHECK_EQUAL(before, border < 5 ? 0 : border - 4);
        CHECK_EQUAL(after, ROWS - border < 5 ? 0 : ROWS - border - 4);
        const struct rnn_part part = {0, border};
        CHECK_EQUAL(rnn_windows_make(&series, &plain, scale, part, x, y, NULL), RNN_OK);
        for (size_t i = (size_t)border * COLUMNS; i < ROWS * COLUMNS; i++) values[i] = NAN;
        CHECK_EQUAL(rnn_windows_make(&series, &plain, scale, part, again_x, again_y, NULL), RNN_OK);
        CHECK(memcmp(x, again_x, before * 6 * sizeof *x) == 0 && memcmp(y, again_y, before * sizeof *y) == 0);
        fill_values();
    }
}

static void gaps(void)
{
    double positions[ROWS];
    for (int i = 0; i < ROWS; i++) positions[i] = i < 6 ? i : i + 10;
    const struct rnn_series broken = {values, positions, ROWS, COLUMNS};
    uint32_t rows[8];
    rnn_real x[8 * 6], y[8];
    static const struct rnn_scale scale[COLUMNS] = {{0, 1}, {0, 1}, {0, 1}};
    CHECK_EQUAL(count_of(&broken, plain, 0, ROWS), 4); /* two on either side */
    CHECK_EQUAL(rnn_windows_make(&broken, &plain, scale, whole, x, y, rows), RNN_OK);
    CHECK(rows[0] == 2 && rows[1] == 3 && rows[2] == 8 && rows[3] == 9);
}

/* Without a lead the last window ends with the series. */
static void windows_without_targets(void)
{
    static const struct rnn_scale scale[COLUMNS] = {{0, 1}, {0, 1}, {0, 1}};
    struct rnn_windows windows = plain;
    rnn_real x[10 * 6], y[10];
    uint32_t rows[10];
    double forecasts[10] = {0};
    struct rnn_score score;
    windows.lead = 0;
    CHECK_EQUAL(count_of(&series, windows, 0, ROWS), 10);
    CHECK_EQUAL(rnn_windows_make(&series, &windows, scale, whole, x, NULL, rows), RNN_OK);
    CHECK(rows[9] == ROWS - 1 && x[9 * 6 + 5] == ROWS - 1);
    CHECK_EQUAL(rnn_windows_make(&series, &windows, scale, whole, x, y, rows), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_windows_make(&series, &plain, scale, whole, x, NULL, rows), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_windows_score(&series, &windows, whole, forecasts, &score), RNN_ERROR_RANGE);
}

static void windows_are_refused(void)
{
    static const struct {
        struct rnn_windows windows;
        struct rnn_part part;
        enum rnn_status status;
    } cases[] = {
        {{.inputs = NULL, .features = 1, .timesteps = 1, .lead = 1, .stride = 1}, {0, 9}, RNN_ERROR_ARGUMENT},
        {{.inputs = inputs, .features = 1, .target = 3, .timesteps = 1, .lead = 1, .stride = 1},
         {0, 9},
         RNN_ERROR_ARGUMENT},
        {{.inputs = inputs, .features = 0, .timesteps = 1, .lead = 1, .stride = 1}, {0, 9}, RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 0, .lead = 1, .stride = 1}, {0, 9}, RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 1, .lead = 1, .stride = 0}, {0, 9}, RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 1, .lead = 1, .stride = 1, .forecast = 3},
         {0, 9},
         RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 1, .lead = 1, .stride = 1, .return_sequences = 2},
         {0, 9},
         RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 1, .lead = 1, .stride = 1, .forecast = 2, .threshold = NAN},
         {0, 9},
         RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 1, .lead = 1, .stride = 1}, {0, ROWS + 1}, RNN_ERROR_RANGE},
        {{.inputs = inputs, .features = 1, .timesteps = 1, .lead = UINT32_MAX, .stride = UINT32_MAX},
         {0, ROWS},
         RNN_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t samples = 77;
        CHECK_EQUAL(rnn_windows_count(&series, &cases[i].windows, cases[i].part, &samples), cases[i].status);
        CHECK_EQUAL(samples, cases[i].status == RNN_OK ? 0 : 77);
    }
    static const uint32_t outside[] = {COLUMNS};
    struct rnn_windows beyond = plain;
    uint32_t samples;
    rnn_real x[8 * 6], y[8];
    static const struct rnn_scale scale[COLUMNS] = {{0, 1}, {0, 1}, {0, 1}};
    beyond.inputs = outside;
    beyond.features = 1;
    CHECK_EQUAL(rnn_windows_count(&series, &beyond, whole, &samples), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_windows_count(&series, NULL, whole, &samples), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_windows_count(&series, &plain, whole, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_windows_make(&series, &plain, NULL, whole, x, y, NULL), RNN_ERROR_ARGUMENT);
    for (int i = 0; i < 2; i++) { /* an input that no target is; a target that no input is */
        fill_values();
        values[(i ? 11 : 3) * COLUMNS + (i ? 0 : 2)] = INFINITY;
        CHECK_EQUAL(rnn_windows_make(&series, &plain, scale, whole, x, y, NULL), RNN_ERROR_DATA);
    }
    fill_values();
}

/* ------------------------------------------------------------------------------------------------ baselines */

static enum rnn_status forecast(const struct rnn_series *of, const struct rnn_windows *windows,
                                struct rnn_part training, struct rnn_part test, uint32_t baseline,
                                struct rnn_season season, double *forecasts)
{
    uint64_t bytes = 0;
    CHECK_EQUAL(rnn_baseline_size(of, windows, &bytes), RNN_OK);
    return rnn_baseline_forecasts(of, windows, training, test, baseline, &season, block_of(bytes), bytes, forecasts);
}

static const struct rnn_season none = {1, 0};

/* A column of one value becomes zeros, also where it has another value later, and undone it is that value again. */
static void constant_columns(void)
{
    const uint32_t column[] = {1};
    const struct rnn_windows windows = {
        .inputs = column, .features = 1, .target = 1, .timesteps = 1, .lead = 1, .stride = 1};
    struct rnn_scale of[COLUMNS];
    rnn_real x[ROWS], y[ROWS];
    double back, forecasts[ROWS];
    CHECK_EQUAL(rnn_series_scales(&series, (struct rnn_part){0, 6}, of), RNN_OK);
    values[8 * COLUMNS + 1] = 1e6;
    CHECK_EQUAL(rnn_windows_make(&series, &windows, of, whole, x, y, NULL), RNN_OK);
    for (int n = 0; n < ROWS - 1; n++) CHECK(x[n] == 0 && y[n] == 0);
    CHECK_EQUAL(rnn_scale_undo(&of[1], (const rnn_real[]){3}, 1, &back), RNN_OK);
    CHECK(back == 7);
    CHECK_EQUAL(forecast(&series, &windows, (struct rnn_part){0, 6}, (struct rnn_part){6, ROWS},
                         RNN_BASELINE_LEAST_SQUARES, none, forecasts),
                RNN_OK);
    for (int n = 0; n < 5; n++) CHECK(forecasts[n] == 7);
    fill_values();
}

static void simple_baselines(void)
{
    double forecasts[8];
    struct rnn_score score;
    const struct rnn_part training = {0, 6},
                          test = {6, ROWS}; /* two windows: now is 8 and 9, the targets are 10 and 11 */
    const struct rnn_part longer = {0, 9};
    CHECK_EQUAL(forecast(&series, &plain, training, test, RNN_BASELINE_MEAN, none, forecasts), RNN_OK);
    CHECK(forecasts[0] == 2.5 && forecasts[1] == 2.5);
    CHECK_EQUAL(rnn_windows_score(&series, &plain, test, forecasts, &score), RNN_OK);
    CHECK_NEAR(score.root_mean_squared_error, sqrt((7.5 * 7.5 + 8.5 * 8.5) / 2), 1e-14);
    CHECK_NEAR(score.mean_absolute_error, 8, 1e-14);
    CHECK(isnan(score.accuracy));
    CHECK_EQUAL(forecast(&series, &plain, training, test, RNN_BASELINE_PERSISTENCE, none, forecasts), RNN_OK);
    CHECK(forecasts[0] == 8 && forecasts[1] == 9);
    CHECK_EQUAL(forecast(&series, &plain, longer, test, RNN_BASELINE_LEAST_SQUARES, none, forecasts), RNN_OK);
    CHECK_NEAR(forecasts[0], 10, 1e-12); /* a straight line is linear */
    CHECK_NEAR(forecasts[1], 11, 1e-12);
    CHECK_EQUAL(rnn_windows_score(&series, &plain, test, forecasts, &score), RNN_OK);
    CHECK_NEAR(score.root_mean_squared_error, 0, 1e-12);
    CHECK_EQUAL(forecast(&series, &plain, training, test, RNN_BASELINE_LABEL, none, forecasts), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(forecast(&series, &plain, (struct rnn_part){0, 4}, test, 0, none, forecasts), RNN_ERROR_EMPTY);
    CHECK_EQUAL(forecast(&series, &plain, training, (struct rnn_part){6, 6}, 0, none, forecasts), RNN_ERROR_EMPTY);
    CHECK_EQUAL(forecast(&series, &plain, training, test, 5, none, forecasts), RNN_ERROR_ARGUMENT);
    CHECK_TEXT(rnn_baseline_name(RNN_BASELINE_MEAN), "mean");
    CHECK_TEXT(rnn_baseline_name(RNN_BASELINE_PERSISTENCE), "persistence");
    CHECK_TEXT(rnn_baseline_name(RNN_BASELINE_SEASON), "season");
    CHECK_TEXT(rnn_baseline_name(RNN_BASELINE_LEAST_SQUARES), "least_squares");
    CHECK_TEXT(rnn_baseline_name(RNN_BASELINE_LABEL), "label");
    CHECK_TEXT(rnn_baseline_name(5), NULL);
}

/* With a period of 2 the alternating column is forecast exactly; with one that never fits, the mean remains. */
static void season(void)
{
    double forecasts[8];
    struct rnn_windows windows = plain;
    const struct rnn_part training = {0, 6}, test = {6, ROWS};
    windows.target = 2;
    CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_SEASON, (struct rnn_season){2, 0}, forecasts),
                RNN_OK);
    CHECK(forecasts[0] == 1 && forecasts[1] == -1);
    CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_SEASON, (struct rnn_season){2, 1}, forecasts),
                RNN_OK);
    CHECK(forecasts[0] == 0 && forecasts[1] == 0);
    windows.target = 0;
    /* Position 10 lies in a period of 4 beside 2 and, one away on either side, 1, 3 and 5. */
    CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_SEASON, (struct rnn_season){4, 1}, forecasts),
                RNN_OK);
    CHECK_NEAR(forecasts[0], (1 + 2 + 3 + 5) / 4.0, 0);
    CHECK_EQUAL(
        forecast(&series, &windows, training, test, RNN_BASELINE_SEASON, (struct rnn_season){1000, 3}, forecasts),
        RNN_OK);
    CHECK(forecasts[0] == 2.5 && forecasts[1] == 2.5);
    const struct rnn_season wrong[] = {{0, 1}, {-1, 1}, {NAN, 1}, {INFINITY, 1}, {1, -1}, {1, NAN}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_SEASON, wrong[i], forecasts),
                    RNN_ERROR_RANGE);
}

static void label_baselines(void)
{
    double forecasts[8];
    struct rnn_score score;
    struct rnn_windows windows = plain;
    const struct rnn_part training = {0, 6}, test = {6, ROWS};
    const struct rnn_part longer = {0, 9};
    windows.forecast = RNN_FORECAST_HIGHER; /* column 0 always rises */
    CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_LABEL, none, forecasts), RNN_OK);
    CHECK(forecasts[0] == 1 && forecasts[1] == 1);
    CHECK_EQUAL(rnn_windows_score(&series, &windows, test, forecasts, &score), RNN_OK);
    CHECK(score.accuracy == 1 && isnan(score.root_mean_squared_error) && isnan(score.mean_absolute_error));
    CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_PERSISTENCE, none, forecasts), RNN_OK);
    CHECK(forecasts[0] == 0 && forecasts[1] == 0); /* as now is not higher than now */
    CHECK_EQUAL(forecast(&series, &windows, longer, test, RNN_BASELINE_LEAST_SQUARES, none, forecasts), RNN_OK);
    CHECK(forecasts[0] == 1 && forecasts[1] == 1);
    windows.forecast = RNN_FORECAST_ABOVE;
    windows.threshold = 8.5;
    CHECK_EQUAL(forecast(&series, &windows, training, test, RNN_BASELINE_PERSISTENCE, none, forecasts), RNN_OK);
    CHECK(forecasts[0] == 0 && forecasts[1] == 1);
    CHECK_EQUAL(rnn_windows_score(&series, &windows, test, forecasts, &score), RNN_OK);
    CHECK_NEAR(score.accuracy, 0.5, 0);
    const double nearly[] = {0.5, 0.50001}; /* probabilities */
    CHECK_EQUAL(rnn_windows_score(&series, &windows, test, nearly, &score), RNN_OK);
    CHECK_NEAR(score.accuracy, 0.5, 0);
    const double bad[] = {0.5, NAN};
    CHECK_EQUAL(rnn_windows_score(&series, &windows, test, bad, &score), RNN_ERROR_DATA);
    CHECK_EQUAL(rnn_windows_score(&series, &windows, (struct rnn_part){0, 3}, bad, &score), RNN_ERROR_EMPTY);
}

static void block_is_checked(void)
{
    uint64_t bytes;
    double forecasts[8];
    const struct rnn_part training = {0, 6}, test = {6, ROWS};
    CHECK_EQUAL(rnn_baseline_size(&series, &plain, &bytes), RNN_OK);
    char *block = block_of(bytes + 8);
    CHECK_EQUAL(rnn_baseline_forecasts(&series, &plain, training, test, 0, NULL, block, bytes - 1, forecasts),
                RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_baseline_forecasts(&series, &plain, training, test, 0, NULL, block + 1, bytes, forecasts),
                RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_baseline_forecasts(&series, &plain, training, test, 0, NULL, block, bytes, forecasts), RNN_OK);
    CHECK_EQUAL(rnn_baseline_forecasts(&series, &plain, training, test, 2, NULL, block, bytes, forecasts),
                RNN_ERROR_ARGUMENT);
    struct rnn_windows wide = plain;
    uint32_t many[64] = {0};
    wide.inputs = many;
    wide.features = 64;
    wide.timesteps = 1000;
    CHECK_EQUAL(rnn_baseline_size(&series, &wide, &bytes), RNN_ERROR_TOO_LARGE);
    CHECK(bytes > RNN_MEMORY_LIMIT);
}

/* ------------------------------------------------------------------------------------------------ least squares */

enum { EQUATIONS = 200, WEIGHTS = 9 };

/* The Householder decomposition of (A b), in long double, which is solved by substitution. a: in, overwritten. */
static void householder(long double *a, int rows, int columns, long double *solution)
{
    const int wide = columns + 1;
    for (int j = 0; j < columns; j++) {
        long double squares = 0, along[EQUATIONS];
        for (int i = j; i < rows; i++) squares += a[i * wide + j] * a[i * wide + j];
        const long double length = sqrtl(squares), sign = a[j * wide + j] > 0 ? -length : length;
        long double norm = 0;
        for (int i = j; i < rows; i++) along[i] = a[i * wide + j] - (i == j ? sign : 0);
        for (int i = j; i < rows; i++) norm += along[i] * along[i];
        for (int k = j; k < wide; k++) {
            long double dot = 0;
            for (int i = j; i < rows; i++) dot += along[i] * a[i * wide + k];
            for (int i = j; i < rows; i++) a[i * wide + k] -= 2 * dot / norm * along[i];
        }
    }
    for (int j = columns - 1; j >= 0; j--) {
        solution[j] = a[j * wide + columns];
        for (int k = j + 1; k < columns; k++) solution[j] -= a[j * wide + k] * solution[k];
        solution[j] /= a[j * wide + j];
    }
}

/* Columns of very different size, two of them nearly the same, so that the normal equations would lose half of the digits. */
static double equation(int i, int j, const struct rnn_dataset *noise)
{
    const double u = noise->x[i * (WEIGHTS + 1) + j] - 0.5;
    if (j == 4) return (noise->x[i * (WEIGHTS + 1) + 3] - 0.5) + 1e-4 * u;
    return j == 0 ? 1 : j == 2 ? 1e4 * u : u;
}

static void least_squares(void)
{
    const struct rnn_dataset noise = features_of(3, EQUATIONS, 1, WEIGHTS + 1);
    static long double a[EQUATIONS * (WEIGHTS + 1)];
    long double wanted[WEIGHTS];
    double triangle[(WEIGHTS + 1) * (WEIGHTS + 2) / 2], row[WEIGHTS + 1], got[WEIGHTS];
    CHECK_EQUAL(rnni_least_squares_count(WEIGHTS), sizeof triangle / sizeof *triangle);
    rnni_least_squares_begin(triangle, WEIGHTS);
    for (int i = 0; i < EQUATIONS; i++) {
        for (int j = 0; j <= WEIGHTS; j++) a[i * (WEIGHTS + 1) + j] = row[j] = equation(i, j, &noise);
        rnni_least_squares_add(triangle, WEIGHTS, row);
    }
    rnni_least_squares_solve(triangle, WEIGHTS, row, got);
    householder(a, EQUATIONS, WEIGHTS, wanted);
    for (int j = 0; j < WEIGHTS; j++) CHECK_NEAR(got[j], (double)wanted[j], 1e-10 * fabs((double)wanted[j]));
}

/* A zero column, a copy of another, and too few equations: the residual is still the smallest there is. */
static void dependent_columns(void)
{
    double triangle[5 * 6 / 2], row[5], got[4];
    rnni_least_squares_begin(triangle, 4);
    for (int i = 0; i < 10; i++) {
        const double made[] = {i, 0, i, 1, 3.0 * i - 2}; /* b = 3 i - 2 */
        memcpy(row, made, sizeof row);
        rnni_least_squares_add(triangle, 4, row);
    }
    rnni_least_squares_solve(triangle, 4, row, got);
    CHECK_NEAR(got[0] + got[2], 3, 1e-13);
    CHECK(got[1] == 0 && got[2] == 0);
    CHECK_NEAR(got[3], -2, 1e-13);

    rnni_least_squares_begin(triangle, 4);
    const double single[] = {0, 2, 4, 1, 6};
    memcpy(row, single, sizeof row);
    rnni_least_squares_add(triangle, 4, row);
    rnni_least_squares_solve(triangle, 4, row, got);
    CHECK_NEAR(2 * got[1] + 4 * got[2] + got[3], 6, 1e-14);
    rnni_least_squares_begin(triangle, 4);
    rnni_least_squares_solve(triangle, 4, row, got);
    for (int j = 0; j < 4; j++) CHECK(got[j] == 0);
}

static void drive(void)
{
    const rnn_real x[] = {3, 1000, -4, -1000, 0, 1000, 5, -1000};
    const struct rnn_dataset data = {.x = x, .samples = 2, .timesteps = 2, .features = 2, .readouts = 1};
    double of[2] = {-1, -1};
    CHECK_EQUAL(rnn_input_drive(&data, 4, of), RNN_OK);
    CHECK_NEAR(of[0], sqrt((9 + 16 + 0 + 25) / 4.0) * 1, 1e-15); /* sqrt(6 / (2 + 4)) is 1 */
    CHECK_NEAR(of[1], 1000, 1e-12);
    CHECK(of[0] > RNN_SATURATING_DRIVE && of[1] > RNN_SATURATING_DRIVE);
    CHECK_EQUAL(rnn_input_drive(&data, 0, of), RNN_ERROR_RANGE);
    CHECK_EQUAL(rnn_input_drive(NULL, 4, of), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_input_drive(&(struct rnn_dataset){.x = x, .timesteps = 1, .features = 1}, 4, of), RNN_ERROR_EMPTY);
}

/* Each forecast is that of rnn_model_predict for a window that ends with the forecasts before it, to the bit. */
static void roll(void)
{
    enum { T = 5, AHEAD = 12 };
    struct rnn_config config = config_of(6, T, 1, RNN_TANH);
    config.loss = RNN_MEAN_SQUARED_ERROR;
    config.cell = RNN_GRU;
    struct rig rig = rig_of(config, 1);
    rnn_real values_and_forecasts[T + AHEAD] = {0.5, -1, 0.25, 0, 1}, forecasts[AHEAD], predicted, step;
    CHECK_EQUAL(rnn_model_roll(rig.model, values_and_forecasts, T, AHEAD, forecasts), RNN_OK);
    for (int i = 0; i < AHEAD; i++) {
        const struct rnn_dataset data = {
            .x = values_and_forecasts + i, .samples = 1, .timesteps = T, .features = 1, .readouts = 1};
        CHECK_EQUAL(rnn_model_predict(rig.model, rig.workspace, &data, NULL, &predicted), RNN_OK);
        CHECK(memcmp(&predicted, &forecasts[i], sizeof predicted) == 0);
        values_and_forecasts[T + i] = predicted;
    }
    /* Afterwards the state is zero. */
    CHECK_EQUAL(rnn_model_step(rig.model, values_and_forecasts, NULL, NULL, &predicted), RNN_OK);
    CHECK_EQUAL(rnn_model_reset_states(rig.model), RNN_OK);
    CHECK_EQUAL(rnn_model_step(rig.model, values_and_forecasts, NULL, NULL, &step), RNN_OK);
    CHECK(predicted == step);
    CHECK_EQUAL(rnn_model_roll(rig.model, values_and_forecasts, 0, 1, forecasts), RNN_ERROR_RANGE);
    CHECK_EQUAL(rnn_model_roll(rig.model, NULL, T, 1, forecasts), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_model_roll(rig.model, values_and_forecasts, T, 1, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_model_roll(NULL, values_and_forecasts, T, 1, forecasts), RNN_ERROR_ARGUMENT);
    values_and_forecasts[1] = NAN;
    CHECK_EQUAL(rnn_model_roll(rig.model, values_and_forecasts, T, 1, forecasts), RNN_ERROR_DATA);
    struct rig labels = rig_of(config_of(6, T, 1, RNN_TANH), 1), wide = rig_of(config_of(6, T, 2, RNN_TANH), 1);
    CHECK_EQUAL(rnn_model_roll(labels.model, values_and_forecasts, T, 1, forecasts), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_model_roll(wide.model, values_and_forecasts, T, 1, forecasts), RNN_ERROR_SHAPE);
}

int main(void)
{
    fill_values();
    TEST(scales);
    TEST(scales_are_refused);
    TEST(windows_are_cut);
    TEST(labels);
    TEST(parts_do_not_mix);
    TEST(gaps);
    TEST(windows_without_targets);
    TEST(windows_are_refused);
    TEST(constant_columns);
    TEST(simple_baselines);
    TEST(season);
    TEST(label_baselines);
    TEST(block_is_checked);
    TEST(least_squares);
    TEST(dependent_columns);
    TEST(drive);
    TEST(roll);
    return check_report();
}
