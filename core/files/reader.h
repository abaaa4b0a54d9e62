/* Reads a text from left to right. An error is written to the diagnosis with its byte offset. */
#ifndef RNNI_FILES_READER_H
#define RNNI_FILES_READER_H

#include "../internal.h"
#include "../rnn_files.h"

/* The text, the current position, and the end. */
struct rnni_reader {
    const char *text;
    size_t at, end;
    struct rnn_diagnosis *diagnosis;
};

enum { RNNI_STRING_BYTES = 96 }; /* longer than every known name */

/* A string: its first characters, decoded, and the position of its raw text between the quotes. */
struct rnni_string {
    char text[RNNI_STRING_BYTES];
    size_t
        length; /* characters of the whole string; if they do not fit into RNNI_STRING_BYTES, it equals no known name */
    size_t start, end;
};

void rnni_skip_space(struct rnni_reader *reader);

/* Skips space, then consumes c and returns true if it comes next. */
bool rnni_take(struct rnni_reader *reader, char c);

/* The same, but anything else than c is an error. */
enum rnn_status rnni_expect(struct rnni_reader *reader, char c);

/* A whole number below 2^64, without leading zeros. */
enum rnn_status rnni_take_number(struct rnni_reader *reader, uint64_t *value);

bool rnni_string_is(const struct rnni_string *string, const char *text);

/* Finds a key in a list; finding it a second time is an error. seen: in and out (count). */
enum rnn_status rnni_take_key(struct rnni_reader *reader, const struct rnni_string *key, const char *const *keys,
                              uint32_t count, bool *seen, uint32_t *index);

/* Each of these starts an error message at its position and returns RNN_ERROR_WEIGHTS. */
enum rnn_status rnni_fail(struct rnni_reader *reader, size_t offset, const char *text);
enum rnn_status rnni_fail_at_byte(struct rnni_reader *reader, const char *expected);
enum rnn_status rnni_fail_string(struct rnni_reader *reader, const struct rnni_string *string, const char *expected);

#endif
