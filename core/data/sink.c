#include "sink.h"

#include <string.h>

void sink_put(struct sink *sink, const void *bytes, size_t count)
{
    if (count && sink->written <= sink->capacity && count <= sink->capacity - sink->written)
        memcpy(sink->bytes + sink->written, bytes, count);
    sink->written += count;
}

void sink_text(struct sink *sink, const char *text)
{
    sink_put(sink, text, strlen(text));
}

void sink_number(struct sink *sink, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    sink_put(sink, digits + first, sizeof digits - first);
}
