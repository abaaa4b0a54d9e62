/* Why the latest text or file of weights was rejected. The modules for files and for data share it. */
#ifndef UNROLLED_DIAGNOSIS_H
#define UNROLLED_DIAGNOSIS_H

#include "../../core/rnn_files.h"

#define DIAGNOSIS_RECORD "diagnosis line column offset text:text"

extern struct rnn_diagnosis diagnosis;

/* Fills `diagnosis` in the answer area if the status is RNN_ERROR_CSV, RNN_ERROR_WEIGHTS or RNN_ERROR_TEXT. Returns the status. */
enum rnn_status diagnosed(enum rnn_status status);

#endif
