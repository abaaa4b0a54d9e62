/* A simple allocator for the memory above everything that the linker placed: a list of the reserved blocks, sorted by address, each
 * with a header before it. Looking up an address walks the list, which has a handful of blocks per model, so an address that was
 * never given out is never dereferenced. A new block takes the first gap that is large enough. */
#include "blocks.h"

enum { PAGE = 65536 };

struct header {
    _Alignas(RNN_ALIGNMENT) struct header *next;
    uint32_t bytes;
    enum block_kind kind;
};

extern unsigned char __heap_base; /* defined by the linker: the first free byte */

static struct header *blocks;

static uint64_t start_of(const struct header *header)
{
    return (uintptr_t)(header + 1);
}

static uint64_t rounded(uint64_t bytes)
{
    return (bytes + (RNN_ALIGNMENT - 1)) & ~(uint64_t)(RNN_ALIGNMENT - 1);
}

static bool grow_to(uint64_t end)
{
    const uint64_t pages = (end + (PAGE - 1)) / PAGE, now = __builtin_wasm_memory_size(0);
    if (pages <= now) return true;
    return pages <= PAGE && __builtin_wasm_memory_grow(0, (uint32_t)(pages - now)) != SIZE_MAX;
}

void *block_reserve(uint64_t bytes)
{
    const uint64_t needed = sizeof(struct header) + rounded(bytes);
    struct header **link = &blocks;
    uint64_t place = rounded((uintptr_t)&__heap_base);
    if (bytes == 0 || bytes > UINT32_MAX) return NULL;
    while (*link && (uintptr_t)*link - place < needed) {
        place = start_of(*link) + rounded((*link)->bytes);
        link = &(*link)->next;
    }
    if (!*link && !grow_to(place + needed)) return NULL;
    struct header *header = (struct header *)(uintptr_t)place;
    *header = (struct header){.next = *link, .bytes = (uint32_t)bytes, .kind = BLOCK_RAW};
    *link = header;
    return header + 1;
}

enum rnn_status block_release(uint32_t address)
{
    for (struct header **link = &blocks; *link; link = &(*link)->next) {
        if (start_of(*link) != address) continue;
        *link = (*link)->next;
        return RNN_OK;
    }
    return RNN_ERROR_ARGUMENT;
}

void *block_at(uint32_t address, enum block_kind kind, size_t *bytes)
{
    for (struct header *header = blocks; header; header = header->next) {
        if (start_of(header) != address || header->kind != kind) continue;
        if (bytes) *bytes = header->bytes;
        return header + 1;
    }
    return NULL;
}

void block_becomes(void *block, enum block_kind kind)
{
    ((struct header *)block - 1)->kind = kind;
}

void *block_span(uint32_t address, uint64_t bytes, uint32_t alignment)
{
    for (struct header *header = blocks; header; header = header->next) {
        uint64_t start = start_of(header), end = start + header->bytes;
        if (header->kind == BLOCK_RAW && address >= start && address <= end && bytes <= end - address)
            return address % alignment ? NULL : (void *)(uintptr_t)address;
    }
    return NULL;
}
