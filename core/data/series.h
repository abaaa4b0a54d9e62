/* The windows of a series, one after the other; shared by series.c and baselines.c. */
#ifndef RNNI_DATA_SERIES_H
#define RNNI_DATA_SERIES_H

#include "../internal.h"

/* Checks what every function here is given. */
enum rnn_status rnni_windows_check(const struct rnn_series *series, const struct rnn_windows *windows,
                                   struct rnn_part part);

/* Finds the first window of a part that begins at *row or a whole number of strides later. Returns false if there is none. To go
 * on, add the stride to *row. */
bool rnni_windows_next(const struct rnn_series *series, const struct rnn_windows *windows, struct rnn_part part,
                       uint64_t *row);

static inline double rnni_series_value(const struct rnn_series *series, uint64_t row, uint32_t column)
{
    return series->values[row * series->columns + column];
}

static inline double rnni_standardized(const struct rnn_scale *scale, double value)
{
    return scale->deviation == 0 ? 0 : (value - scale->mean) / scale->deviation;
}

/* The label, or the value itself, that a future value of the target means. */
double rnni_windows_answer(const struct rnn_windows *windows, double now, double future);

#endif
