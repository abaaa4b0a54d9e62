/* JSON, as far as weights in a file need it. */
#ifndef RNNI_FILES_JSON_H
#define RNNI_FILES_JSON_H

#include "reader.h"

/* "text", with escapes. expected: what the message of a failure calls it. */
enum rnn_status rnni_json_take_string(struct rnni_reader *reader, const char *expected, struct rnni_string *string);

/* [a, b, ...], each below 2^64: stores up to capacity numbers, counts all. */
enum rnn_status rnni_json_take_numbers(struct rnni_reader *reader, uint64_t *values, uint32_t capacity,
                                       uint64_t *count);

#endif
