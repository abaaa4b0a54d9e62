/* Hands out pieces of a block, or only counts them when there is none: so a size is measured by the code that carves. */
#ifndef RNNI_MODEL_CARVE_H
#define RNNI_MODEL_CARVE_H

#include "../internal.h"

enum { RNNI_PIECE = 16 }; /* pieces begin at multiples of so many bytes: a vector of four floats */

struct rnni_carver {
    void *base; /* NULL: count alone */
    uint64_t used;
};

static inline void *rnni_carve(struct rnni_carver *carver, uint64_t bytes)
{
    void *piece = carver->base ? (char *)carver->base + carver->used : NULL;
    carver->used += (bytes + RNNI_PIECE - 1) / RNNI_PIECE * RNNI_PIECE;
    return piece;
}

/* NULL for none. */
static inline rnn_real *rnni_carve_reals(struct rnni_carver *carver, uint64_t count)
{
    return count ? rnni_carve(carver, count * sizeof(rnn_real)) : NULL;
}

#endif
