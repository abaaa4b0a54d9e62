/* Writes every text and file. Bytes are always counted, and stored while they fit. The caller's buffer is filled completely or not
 * at all, so everything is written twice, and the first time only counted:
 *
 *     struct rnni_writer writer = {0};
 *     do
 *         rnni_put_text(&writer, "text");
 *     while (rnni_put_again(&writer, text, capacity));
 *     return rnni_put_end(&writer, written); */
#ifndef RNNI_FILES_WRITER_H
#define RNNI_FILES_WRITER_H

#include "../internal.h"

struct rnni_writer {
    char *bytes;
    size_t capacity, written; /* if written exceeds capacity, the rest is lost */
};

void rnni_put(struct rnni_writer *writer, const void *bytes, size_t count);
void rnni_put_text(struct rnni_writer *writer, const char *text);
void rnni_put_number(struct rnni_writer *writer, uint64_t number);

/* A finite double as Python writes it: the fewest digits that read back to the same double, always with a point or an exponent. */
void rnni_put_double(struct rnni_writer *writer, double value);

/* Is each number finite as a float? In the double build a number may be too large for one. */
bool rnni_can_put_floats(const rnn_real *values, size_t count);

/* The lowest `count` bytes of a number, at most 8, least significant byte first. */
void rnni_put_little(struct rnni_writer *writer, uint64_t number, uint32_t count);

/* After the first pass, which only counts: returns true if everything fits, and the writer starts again at `bytes`. After the
 * second pass: returns false. bytes: NULL to only count. */
bool rnni_put_again(struct rnni_writer *writer, char *bytes, size_t capacity);

/* Stores the number of bytes in *written, and returns RNN_ERROR_BLOCK if not all of them fitted. written may be NULL. */
enum rnn_status rnni_put_end(const struct rnni_writer *writer, size_t *written);

#endif
