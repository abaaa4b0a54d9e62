/* What every text and file is written with: bytes are counted always, and stored while they fit. A caller's block is written all or
 * not at all, so everything is put twice, the first time only counted:
 *
 *     struct rnni_writer writer = {0};
 *     do
 *         rnni_put_text(&writer, "text");
 *     while (rnni_put_again(&writer, text, capacity));
 *     return rnni_put_end(&writer, written);
 */
#ifndef RNNI_FILES_WRITER_H
#define RNNI_FILES_WRITER_H

#include "../internal.h"

struct rnni_writer {
    char *bytes;
    size_t capacity, written; /* written may exceed the capacity; then not all is there */
};

void rnni_put(struct rnni_writer *writer, const void *bytes, size_t count);
void rnni_put_text(struct rnni_writer *writer, const char *text);
void rnni_put_number(struct rnni_writer *writer, uint64_t number);

/* A finite double as Python writes it: the fewest digits that read back to the same double, and always a point or an exponent. */
void rnni_put_double(struct rnni_writer *writer, double value);

/* Is each number finite as the float that a file holds? A double may be too large for one. */
bool rnni_can_put_floats(const rnn_real *values, size_t count);

/* The lowest `count` bytes of a number, 8 at most, the lowest first. */
void rnni_put_little(struct rnni_writer *writer, uint64_t number, uint32_t count);

/* True once, behind what was only counted, if all of it fits: then the writer begins anew in the block. bytes: NULL to count alone. */
bool rnni_put_again(struct rnni_writer *writer, char *bytes, size_t capacity);

/* *written = what was put, and RNN_ERROR_BLOCK if not all of it fitted. written may be NULL. */
enum rnn_status rnni_put_end(const struct rnni_writer *writer, size_t *written);

#endif
