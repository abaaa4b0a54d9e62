#include "memory.h"

#include "report.h"
#include "rnn.h"

#include <stdlib.h>

/* The header before each block. room makes it as large as the alignment, so that the block stays aligned. */
union block {
    union block *next;
    unsigned char room[RNN_ALIGNMENT];
};

static union block *blocks;

void *memory_take(uint64_t bytes, const char *what)
{
    uint64_t rounded = (bytes + RNN_ALIGNMENT - 1) / RNN_ALIGNMENT * RNN_ALIGNMENT + sizeof(union block);
    union block *block = NULL;
    if (bytes < SIZE_MAX / 2) block = aligned_alloc(RNN_ALIGNMENT, (size_t)rounded);
    if (!block) {
        failed("not enough memory for %s: %llu bytes are needed", what, (unsigned long long)bytes);
        return NULL;
    }
    block->next = blocks;
    blocks = block;
    return block + 1;
}

void memory_release(void)
{
    while (blocks) {
        union block *next = blocks->next;
        free(blocks);
        blocks = next;
    }
}
