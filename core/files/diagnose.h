/* Builds the one line of text in a struct rnn_diagnosis, piece by piece. Text that does not fit is cut off. */
#ifndef RNNI_FILES_DIAGNOSE_H
#define RNNI_FILES_DIAGNOSE_H

#include "../rnn_files.h"
#include "../internal.h"

/* Clears the text and stores the position. Here and below, diagnosis may be NULL, and then nothing is written. */
void rnni_diagnose_at(struct rnn_diagnosis *diagnosis, uint32_t line, uint32_t column, size_t offset);

/* Append a text, a whole number, or a quotation from the input. The quotation is cut after 24 bytes, and everything but printable
 * ASCII is written as \xNN, so that it stays on one line and is safe to show anywhere. */
void rnni_diagnose_text(struct rnn_diagnosis *diagnosis, const char *text);
void rnni_diagnose_number(struct rnn_diagnosis *diagnosis, uint64_t number);
void rnni_diagnose_quote(struct rnn_diagnosis *diagnosis, const char *found, size_t bytes);

#endif
