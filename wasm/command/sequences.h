/* The data that a command works on: from a CSV file or from a task. */
#ifndef UNROLLED_SEQUENCES_H
#define UNROLLED_SEQUENCES_H

#include "options.h"
#include "rnn.h"

/* Read a CSV file. --steps and --features, where given, must agree with it. */
enum ending sequences_read(const struct options *options, const char *path, struct rnn_dataset *data);

/* By --data or by --task, --samples and --steps, whichever is there. */
enum ending sequences_load(const struct options *options, struct rnn_dataset *data);

/* The options that a task needs are there and agree with each other. */
enum ending sequences_check_task(const struct options *options);

#endif
