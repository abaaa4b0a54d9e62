/* A time series from a table: its windows, standardized, parted by time; baselines and scores in the unit of the column. */
#ifndef UNROLLED_SERIES_H
#define UNROLLED_SERIES_H

#include "network.h"
#include "rnn_files.h"

struct time_series {
    const char *path;
    struct rnn_table table;
    struct rnn_series data;
    struct rnn_windows windows;
    struct rnn_series_note note; /* names and scales of the inputs and of the target */
    struct rnn_scale *scales;    /* of the columns of data */
    struct rnn_part training, test;
    bool has_test;
};

/* Checks that the options of a table go together: --target and --steps are there unless a file of weights has them, and no option of
 * another source of data. */
enum exit_status series_check(const struct options *options);

/* Checks that there is a part of the table to test on. */
enum exit_status series_need_test(const struct options *options);

/* Reads --table, parts it by time, and sets the problem's configuration and notes. With --weights the file says what windows and scales
 * are, and options must agree with it. */
enum exit_status series_open(const struct options *options, struct problem *problem, struct time_series *series);

/* The same, and then the data sets of the training part and, if there is one, of the test part. */
enum exit_status series_load(const struct options *options, struct problem *problem, struct time_series *series,
                             struct rnn_dataset *test);

/* Makes the data set of a part. rows: out, for each window the row that is now; may be NULL. Without windows it is an error. name: what
 * the message calls the part. */
enum exit_status series_part(const struct time_series *series, struct rnn_part part, const char *name,
                             struct rnn_dataset *data, uint32_t **rows);

/* By which an error of standardized forecasts is multiplied, to be in the unit of the target. 1 for labels, and without a series. */
double series_unit(const struct time_series *series);

/* Prints the scores of all baselines on the test part, and of the network, if it is not NULL, as CSV. Warns if a baseline is better
 * than the network. */
enum exit_status series_report(const struct options *options, const struct time_series *series,
                               struct network *network);

#endif
