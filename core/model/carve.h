/* Divides a block of memory into pieces. Without a block it only adds up their sizes, so that the size of a block is measured by
 * the same code that divides it. */
#ifndef RNNI_MODEL_CARVE_H
#define RNNI_MODEL_CARVE_H

#include "../internal.h"

enum { RNNI_PIECE = 16 }; /* alignment of each piece in bytes: one vector of four floats */

struct rnni_carver {
    void *base; /* NULL: only measure */
    uint64_t used;
};

static inline void *rnni_carve(struct rnni_carver *carver, uint64_t bytes)
{
    void *piece = carver->base ? (char *)carver->base + carver->used : NULL;
    carver->used += (bytes + RNNI_PIECE - 1) / RNNI_PIECE * RNNI_PIECE;
    return piece;
}

/* NULL if count is 0. */
static inline rnn_real *rnni_carve_reals(struct rnni_carver *carver, uint64_t count)
{
    return count ? rnni_carve(carver, count * sizeof(rnn_real)) : NULL;
}

#endif
