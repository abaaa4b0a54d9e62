/* Where CSV and files of weights are written to: bytes are counted always and stored while they fit. */
#ifndef RNN_DATA_SINK_H
#define RNN_DATA_SINK_H

#include <stddef.h>
#include <stdint.h>

struct sink {
    char *bytes;
    size_t capacity, written; /* written may exceed the capacity; then not all is there */
};

void sink_put(struct sink *sink, const void *bytes, size_t count);
void sink_text(struct sink *sink, const char *text);
void sink_number(struct sink *sink, uint64_t number);

#endif
