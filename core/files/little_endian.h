/* Numbers in files, least significant byte first on every machine. */
#ifndef RNNI_FILES_LITTLE_ENDIAN_H
#define RNNI_FILES_LITTLE_ENDIAN_H

#include "../internal.h"

/* A whole number of `count` bytes, at most 8. */
static inline uint64_t rnni_little_load(const void *bytes, uint32_t count)
{
    uint64_t value = 0;
    while (count-- > 0) value = value << 8 | ((const unsigned char *)bytes)[count];
    return value;
}

static inline void rnni_little_store(void *bytes, uint64_t value, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) ((unsigned char *)bytes)[i] = (unsigned char)(value >> 8 * i);
}

static inline float rnni_little_load_float(const void *bytes)
{
    const uint32_t bits = (uint32_t)rnni_little_load(bytes, sizeof bits);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline double rnni_little_load_double(const void *bytes)
{
    const uint64_t bits = rnni_little_load(bytes, sizeof bits);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline void rnni_little_store_float(void *bytes, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    rnni_little_store(bytes, bits, sizeof bits);
}

#endif
