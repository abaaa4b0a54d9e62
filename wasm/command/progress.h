/* The output of fit during training. It looks like Keras's, but without times, so that the same run prints the same bytes. */
#ifndef UNROLLED_PROGRESS_H
#define UNROLLED_PROGRESS_H

#include <stdbool.h>

#include "rnn.h"

enum verbosity { SILENT = 0, BAR = 1, LINES = 2 };

struct display {
    enum verbosity verbosity;
    const char *metric; /* "accuracy" */
    double unit;        /* by which a metric is multiplied: 1, or the deviation of a standardized target */
    bool validates;
    uint32_t epochs, batches;
    bool redraws; /* on a terminal: draw a bar; elsewhere each epoch gets plain lines */
    int drawn;    /* length of the current line */
};

/* To be called with the first five members set; fills the others. */
void display_start(struct display *display);

/* The number of updates until the next call of display_batch. Only a bar needs more than one call per epoch. */
uint32_t display_budget(const struct display *display, uint32_t batch);

/* epoch counts from 1. */
void display_epoch_begin(struct display *display, uint32_t epoch);
void display_batch(struct display *display, const struct rnn_progress *progress);
void display_epoch_end(struct display *display, const struct rnn_epoch *figures);

/* Says that early stopping ended the training. */
void display_stopped(const struct display *display, const struct rnn_progress *progress);

/* Call this before an error message: ends the line of an unfinished bar. */
void display_break(struct display *display);

#endif
