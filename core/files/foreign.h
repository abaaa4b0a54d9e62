/* Recognizes files of other programs that people bring for data or weights. */
#ifndef RNNI_FILES_FOREIGN_H
#define RNNI_FILES_FOREIGN_H

#include "../internal.h"
#include "../rnn_files.h"

/* The message says what the file is, such as "this file is an Excel workbook", and ends with what to do to get data, a text, or
 * weights. It names no line. Returns RNN_OK if the file is none of those that are known. Otherwise the status is that of such a reader. */
enum rnn_status rnni_foreign_data(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis);
enum rnn_status rnni_foreign_text(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis);
enum rnn_status rnni_foreign_weights(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis);

/* What to do for the weights of a network in Keras. */
extern const char rnni_foreign_keras[];

#endif
