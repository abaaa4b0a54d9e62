/* What fit shows while it trains: as Keras does, but without times, so that the same run prints the same bytes. */
#ifndef UNROLLED_PROGRESS_H
#define UNROLLED_PROGRESS_H

#include <stdbool.h>

#include "rnn.h"

enum verbosity { SILENT = 0, BAR = 1, LINES = 2 };

struct display {
    enum verbosity verbosity;
    const char *metric; /* "accuracy" */
    bool validates;
    uint32_t epochs, batches;
    bool redraws; /* a bar on a terminal; elsewhere each epoch gets plain lines */
    int drawn;    /* characters of the line that stands there */
};

/* The first five are set; the rest follows. */
void display_start(struct display *display);

/* How many updates to do before the next display_batch: only a bar wants more than one part an epoch. */
uint32_t display_budget(const struct display *display, uint32_t batch);

/* epoch counts from 1. */
void display_epoch_begin(struct display *display, uint32_t epoch);
void display_batch(struct display *display, const struct rnn_progress *progress);
void display_epoch_end(struct display *display, const struct rnn_epoch *figures);

/* Before a diagnosis: leave the line of a bar that is not finished. */
void display_break(struct display *display);

#endif
