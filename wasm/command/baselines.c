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
    "Measure simple forecasts of a time series, as baselines for a network",
    "--table FILE --target NAME --steps T --test-from TIME [OPTION ...]",
    "Prints CSV with one line per baseline. Errors are in the unit of the target.\n"
    "  mean           the mean of the training part\n"
    "  persistence    the latest value of the window\n"
    "  season         with --period: the mean of the training rows at the same time of the period\n"
    "  least_squares  the linear function of the window that fits the training part best\n"
    "  label          with labels: the more common one in the training part",
    allowed,
    run,
};
