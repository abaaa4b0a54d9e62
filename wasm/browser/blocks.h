/* The blocks of memory that JavaScript has reserved. Every address that comes from outside is looked up here before it is
 * followed, so that a wrong one is answered with a status. */
#ifndef UNROLLED_BLOCKS_H
#define UNROLLED_BLOCKS_H

#include "../../core/rnn.h"

/* What stands in a block. Only a raw one may be read or written as numbers and text. */
enum block_kind { BLOCK_RAW, BLOCK_MODEL, BLOCK_WORKSPACE, BLOCK_FIT };

/* A new raw block, aligned to RNN_ALIGNMENT, or NULL if bytes is 0 or memory cannot grow so far. */
void *block_reserve(uint64_t bytes);

/* Give a block back. RNN_ERROR_ARGUMENT: no block begins there. */
enum rnn_status block_release(uint32_t address);

/* The block of this kind that begins at the address, and its size; else NULL. */
void *block_at(uint32_t address, enum block_kind kind, size_t *bytes);

/* Say what now stands in a block. */
void block_becomes(void *block, enum block_kind kind);

/* The bytes [address, address + bytes) if one raw block holds them all and the address is a multiple of alignment; else
 * NULL. */
void *block_span(uint32_t address, uint64_t bytes, uint32_t alignment);

#endif
