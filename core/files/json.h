/* The part of JSON that files of weights need. */
#ifndef RNNI_FILES_JSON_H
#define RNNI_FILES_JSON_H

#include "reader.h"
#include "writer.h"

/* A string in quotes, with escapes. expected: what an error message calls it. */
enum rnn_status rnni_json_take_string(struct rnni_reader *reader, const char *expected, struct rnni_string *string);

/* An array of whole numbers below 2^64. Stores up to `capacity` of them and counts all. */
enum rnn_status rnni_json_take_numbers(struct rnni_reader *reader, uint64_t *values, uint32_t capacity,
                                       uint64_t *count);

/* Writes a text of well-formed UTF-8 as a string in quotes. */
void rnni_json_put_string(struct rnni_writer *writer, const char *text);

/* Writes what the characters between the quotes of a string mean, as UTF-8. string: from rnni_json_take_string on this reader. */
void rnni_json_put_meaning(struct rnni_writer *writer, const struct rnni_reader *reader,
                           const struct rnni_string *string);

#endif
