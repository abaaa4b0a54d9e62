/* The part of JSON that files of weights need. */
#ifndef RNNI_FILES_JSON_H
#define RNNI_FILES_JSON_H

#include "reader.h"

/* A string in quotes, with escapes. expected: what an error message calls it. */
enum rnn_status rnni_json_take_string(struct rnni_reader *reader, const char *expected, struct rnni_string *string);

/* An array of whole numbers below 2^64. Stores up to `capacity` of them and counts all. */
enum rnn_status rnni_json_take_numbers(struct rnni_reader *reader, uint64_t *values, uint32_t capacity,
                                       uint64_t *count);

#endif
