/* Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC
 * 2011). A number is a function of (seed, stream, counter), so any single datum can be generated without those before it. */
#ifndef RNNI_NUMERIC_RANDOM_H
#define RNNI_NUMERIC_RANDOM_H

#include "../internal.h"

/* Independent streams, so that changing one use of random numbers leaves the others alone. The values are part of the promise of
 * the same bits. */
enum rnni_stream {
    RNNI_STREAM_DATA = 1,
    RNNI_STREAM_LABELS = 2,
    RNNI_STREAM_WEIGHTS = 3,
    RNNI_STREAM_SHUFFLE = 4,
    RNNI_STREAM_TOKENS = 5
};

struct rnni_words {
    uint32_t word[4];
};

/* The four random words for a counter and a key. */
struct rnni_words rnni_philox(struct rnni_words counter, uint32_t key_0, uint32_t key_1);

/* The four random words of (seed, stream) at the counter (a, b, 0, 0). */
struct rnni_words rnni_random_at(uint32_t seed, enum rnni_stream stream, uint32_t a, uint32_t b);

/* A number uniform in [0, 1), a multiple of 2^-24. */
static inline rnn_real rnni_uniform(uint32_t word)
{
    return (rnn_real)(word >> 8) * (rnn_real)0x1p-24;
}

/* A stream to read in order: the words at the counters (0, b, 0, 0), (1, b, 0, 0), ... */
struct rnni_random {
    uint32_t seed, b, next;
    enum rnni_stream stream;
    int left;
    struct rnni_words words;
};

struct rnni_random rnni_random_start(uint32_t seed, enum rnni_stream stream, uint32_t b);
uint32_t rnni_random_word(struct rnni_random *random);

/* An integer uniform in 0 ... bound - 1 without bias (Lemire 2019, "Fast random integer generation in an interval"). bound > 0. */
uint32_t rnni_random_below(struct rnni_random *random, uint32_t bound);

/* Two independent standard normal deviates (Marsaglia's polar method, 1964). */
void rnni_random_normal(struct rnni_random *random, rnn_real pair[2]);

/* Fills order with 0 ... count - 1 and shuffles it (Fisher & Yates; Durstenfeld 1964). */
void rnni_random_permutation(struct rnni_random *random, uint32_t *order, uint32_t count);

#endif
