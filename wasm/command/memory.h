/* Memory that lasts until the program ends. */
#ifndef UNROLLED_MEMORY_H
#define UNROLLED_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* A block aligned to RNN_ALIGNMENT, or NULL after saying how many bytes `what` would have needed. */
void *memory_take(uint64_t bytes, const char *what);

/* Give back all blocks. */
void memory_release(void);

#endif
