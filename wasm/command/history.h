/* The history of a fit as JSON: {"loss": [...], "accuracy": [...]}, and with validation also "val_loss" and "val_accuracy". The
 * metric has the name of the loss's metric. */
#ifndef UNROLLED_HISTORY_H
#define UNROLLED_HISTORY_H

#include "report.h"
#include "rnn.h"

enum exit_status history_save(const char *path, const char *metric, const struct rnn_epoch *history, uint32_t epochs,
                              bool validates);

#endif
