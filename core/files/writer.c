#include "writer.h"

#include "little_endian.h"

void rnni_put(struct rnni_writer *writer, const void *bytes, size_t count)
{
    if (count && writer->written <= writer->capacity && count <= writer->capacity - writer->written)
        memcpy(writer->bytes + writer->written, bytes, count);
    writer->written += count;
}

void rnni_put_text(struct rnni_writer *writer, const char *text)
{
    rnni_put(writer, text, strlen(text));
}

void rnni_put_number(struct rnni_writer *writer, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    rnni_put(writer, digits + first, sizeof digits - first);
}

bool rnni_can_put_floats(const rnn_real *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite((float)values[i])) return false;
    return true;
}

void rnni_put_little(struct rnni_writer *writer, uint64_t number, uint32_t count)
{
    char bytes[8];
    rnni_little_store(bytes, number, count);
    rnni_put(writer, bytes, count);
}

bool rnni_put_again(struct rnni_writer *writer, char *bytes, size_t capacity)
{
    if (writer->bytes || !bytes || writer->written > capacity) return false;
    *writer = (struct rnni_writer){bytes, capacity, 0};
    return true;
}

enum rnn_status rnni_put_end(const struct rnni_writer *writer, size_t *written)
{
    if (written) *written = writer->written;
    return writer->written > writer->capacity ? RNN_ERROR_BLOCK : RNN_OK;
}
