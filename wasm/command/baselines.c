/* unrolled baselines: how well forecasts do that need no network. */
#include "commands.h"
#include "series.h"

static enum exit_status run(const struct options *options)
{
    struct problem problem;
    struct time_series series;
    TRY(option_require(options, OPTION_TABLE));
    TRY(series_check(options));
    TRY(series_need_test(options));
    TRY(series_open(options, &problem, &series));
    return series_report(options, &series, NULL);
}

static const enum option allowed[] = {OPTION_STEPS, OPTIONS_OF_SERIES, OPTIONS_OF_SEASON, OPTION_VALIDATION_SPLIT,
                                      OPTIONS};

const struct command command_baselines = {
    "baselines",
    "Score forecasts of a time series that need no network",
    "--table FILE --target NAME --steps T --test-from TIME [OPTION ...]",
    "Prints CSV with a line for each baseline: the mean of the training part; persistence, which is the\n"
    "value now; with --period the season, which is the mean of the training rows at the same time of the\n"
    "period; least_squares, the best linear function of the same window; and for labels the more common\n"
    "one. Errors are in the unit of the target.",
    allowed,
    run,
};
