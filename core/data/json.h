/* The JSON of a file of weights, read strictly from left to right. What is wrong is told in the diagnosis, at its byte. */
#ifndef RNN_DATA_JSON_H
#define RNN_DATA_JSON_H

#include "../rnn.h"

enum { JSON_STRING_BYTES = 96 }; /* longer than every name that matters */

/* The text, how far it is read, and where it ends. */
struct json {
    const char *text;
    size_t at, end;
    struct rnn_diagnosis *diagnosis;
    bool python; /* a literal of Python's: 'text' is a string too, (a, b,) a list */
};

/* A decoded string: the first characters of it, and where its raw text stands between the quotes. */
struct json_string {
    char text[JSON_STRING_BYTES];
    size_t length; /* characters of the whole string; more than JSON_STRING_BYTES - 1 equals no name */
    size_t start, end;
};

void json_skip_space(struct json *p);

/* Skips space, then takes c if it comes next. */
bool json_take(struct json *p, char c);
enum rnn_status json_take_colon(struct json *p);
enum rnn_status json_take_string(struct json *p, const char *expected, struct json_string *s);

/* [a, b, ...], each below 2^64: stores up to capacity numbers, counts all. */
enum rnn_status json_take_numbers(struct json *p, uint64_t *values, uint32_t capacity, uint64_t *count);

/* {"a": ..., "b": ..., "c": ...}, each key once, in any order: take(context, k) takes what stands behind the k-th key's colon.
 * *missing: out, a key that is not there, or JSON_KEYS. */
enum { JSON_KEYS = 3 };
enum rnn_status json_take_members(struct json *p, const char *const keys[JSON_KEYS],
                                  enum rnn_status (*take)(void *context, uint32_t k), void *context, uint32_t *missing);

bool json_equals(const struct json_string *s, const char *text);

/* Each begins a message at its place and answers RNN_ERROR_SAFETENSORS. */
enum rnn_status json_fail(struct json *p, size_t offset, const char *text);
enum rnn_status json_fail_at_byte(struct json *p, const char *expected);
enum rnn_status json_fail_string(struct json *p, const struct json_string *s, const char *expected);

#endif
