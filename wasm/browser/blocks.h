/* The memory blocks that JavaScript has reserved. Every address that comes from JavaScript is looked up here before it is
 * dereferenced, so that a wrong one gives an error status. */
#ifndef UNROLLED_BLOCKS_H
#define UNROLLED_BLOCKS_H

#include "../../core/rnn.h"

/* The content of a block. Only a raw one may be read or written as numbers and text. */
enum block_kind { BLOCK_RAW, BLOCK_MODEL, BLOCK_WORKSPACE, BLOCK_FIT };

/* Returns a new raw block, aligned to RNN_ALIGNMENT, or NULL if bytes is 0 or memory cannot grow that far. */
void *block_reserve(uint64_t bytes);

/* Frees a block. RNN_ERROR_ARGUMENT: no block begins at this address. */
enum rnn_status block_release(uint32_t address);

/* Returns the block of this kind that begins at the address, and its size in *bytes (may be NULL), or NULL. */
void *block_at(uint32_t address, enum block_kind kind, size_t *bytes);

/* Sets the kind of a block after its content has changed. */
void block_becomes(void *block, enum block_kind kind);

/* Returns the bytes [address, address + bytes) if they are all in one raw block and the address is a multiple of alignment, or
 * NULL. */
void *block_span(uint32_t address, uint64_t bytes, uint32_t alignment);

#endif
