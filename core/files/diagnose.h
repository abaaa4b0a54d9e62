/* Builds the one line of text in a struct rnn_diagnosis, piece by piece; what does not fit is cut off. */
#ifndef RNNI_FILES_DIAGNOSE_H
#define RNNI_FILES_DIAGNOSE_H

#include "../rnn_files.h"
#include "../internal.h"

/* Empty the text and note the place. diagnosis may be NULL, here and below: then nothing is written. */
void rnni_diagnose_at(struct rnn_diagnosis *diagnosis, uint32_t line, uint32_t column, size_t offset);

/* Append text, a whole number, or what was found in the input: in quotes, cut after 24 bytes, with everything but
 * printable ASCII as \xNN, so that it is one line and safe to show anywhere. */
void rnni_diagnose_text(struct rnn_diagnosis *diagnosis, const char *text);
void rnni_diagnose_number(struct rnn_diagnosis *diagnosis, uint64_t number);
void rnni_diagnose_quote(struct rnn_diagnosis *diagnosis, const char *found, size_t bytes);

#endif
