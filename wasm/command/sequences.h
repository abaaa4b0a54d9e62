/* The data that a command works on: from a CSV file or from a task. First their shape is known, then, when it is clear
 * which targets are right, their numbers. */
#ifndef UNROLLED_SEQUENCES_H
#define UNROLLED_SEQUENCES_H

#include "files.h"
#include "options.h"
#include "rnn_files.h"

struct sequences {
    const char *path;  /* NULL: a task's */
    struct bytes text; /* of the file */
    struct rnn_csv_shape shape;
    uint32_t first_sample; /* of a task */
};

/* The options that a task needs are there. */
enum ending sequences_check_task(const struct options *options);

/* The data are in a file or of a task, and options of a task stand beside one alone. */
enum ending sequences_check_source(const struct options *options);

/* Open the CSV file of an option. --steps, --features and --return-sequences, where given, must agree with it. */
enum ending sequences_open_file(const struct options *options, enum option which, struct sequences *sequences);

/* By --data or by --task, --samples and --steps, whichever is there. */
enum ending sequences_open(const struct options *options, struct sequences *sequences);

/* Read or make the numbers, and close. The config's loss and outputs (0: any class) say which targets are right. */
enum ending sequences_read(const struct options *options, struct sequences *sequences, const struct rnn_config *config,
                           struct rnn_dataset *data);

/* Make as many sequences as an option says, which lie behind those of --samples in the stream of the task. */
enum ending sequences_make_fresh(const struct options *options, enum option which, const struct rnn_config *config,
                                 struct rnn_dataset *data);

void sequences_close(struct sequences *sequences);

#endif
