/* Reads a text from left to right. What is wrong is told in the diagnosis, at its byte. */
#ifndef RNNI_FILES_READER_H
#define RNNI_FILES_READER_H

#include "../internal.h"
#include "../rnn_files.h"

/* The text, how far it is read, and where it ends. */
struct rnni_reader {
    const char *text;
    size_t at, end;
    struct rnn_diagnosis *diagnosis;
};

enum { RNNI_STRING_BYTES = 96 }; /* longer than every name that matters */

/* A string: its first characters, decoded, and where its raw text stands between the quotes. */
struct rnni_string {
    char text[RNNI_STRING_BYTES];
    size_t length; /* characters of the whole string; more than RNNI_STRING_BYTES - 1 equals no name */
    size_t start, end;
};

void rnni_skip_space(struct rnni_reader *reader);

/* Skips space, then takes c if it comes next. */
bool rnni_take(struct rnni_reader *reader, char c);

/* The same, or a failure. */
enum rnn_status rnni_expect(struct rnni_reader *reader, char c);

/* A whole number below 2^64, without zeros in front. */
enum rnn_status rnni_take_number(struct rnni_reader *reader, uint64_t *value);

bool rnni_string_is(const struct rnni_string *string, const char *text);

/* Which of the keys it is; each is taken once. seen: in and out (count). */
enum rnn_status rnni_take_key(struct rnni_reader *reader, const struct rnni_string *key, const char *const *keys,
                              uint32_t count, bool *seen, uint32_t *index);

/* Each begins a message at its place and returns RNN_ERROR_WEIGHTS. */
enum rnn_status rnni_fail(struct rnni_reader *reader, size_t offset, const char *text);
enum rnn_status rnni_fail_at_byte(struct rnni_reader *reader, const char *expected);
enum rnn_status rnni_fail_string(struct rnni_reader *reader, const struct rnni_string *string, const char *expected);

#endif
