/* The data of a command, from a CSV file or from a task. First only their shape is read; the numbers are read once it is known
 * which targets are valid. */
#ifndef UNROLLED_SEQUENCES_H
#define UNROLLED_SEQUENCES_H

#include "files.h"
#include "options.h"
#include "rnn_files.h"

struct sequences {
    const char *path;  /* NULL for a task */
    struct bytes text; /* of the file */
    struct rnn_csv_shape shape;
    uint32_t first_sample; /* of the task */
};

/* Checks that the options a task needs were given. */
enum exit_status sequences_check_task(const struct options *options);

/* Checks that there is a file or a task, and that a task's options were not given with a file. */
enum exit_status sequences_check_source(const struct options *options);

/* Opens the CSV file of an option. --steps, --features and --return-sequences, if given, must agree with it. */
enum exit_status sequences_open_file(const struct options *options, enum option which, struct sequences *sequences);

/* Opens --data, or prepares --task with --samples and --steps. */
enum exit_status sequences_open(const struct options *options, struct sequences *sequences);

/* Is the task asked at every time step, by itself or by --return-sequences? */
bool sequences_ask_every_step(const struct options *options);

/* Generates samples of the task. x: out (n, T, F); y: out (n, R). */
enum exit_status sequences_generate(const struct options *options, uint32_t first_sample, uint32_t samples, rnn_real *x,
                                    rnn_real *y);

/* Reads or generates the numbers and closes the file. The config's loss and outputs (0: any class) determine which targets are
 * valid. */
enum exit_status sequences_read(const struct options *options, struct sequences *sequences,
                                const struct rnn_config *config, struct rnn_dataset *data);

/* Prints each line of the notes that the core made about a file. NOTES_BYTES: room for all that it can say. */
enum { NOTES_BYTES = 2048 };
void sequences_print_notes(const char *path, char *notes, size_t count);

/* Generates as many new sequences as an option says. They come after those of --samples in the task's stream. */
enum exit_status sequences_make_fresh(const struct options *options, enum option which, const struct rnn_config *config,
                                      struct rnn_dataset *data);

void sequences_close(struct sequences *sequences);

#endif
