/* Memory that is freed when the program ends. */
#ifndef UNROLLED_MEMORY_H
#define UNROLLED_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* Returns a block aligned to RNN_ALIGNMENT, or NULL after an error message with the number of bytes. what: its purpose. */
void *memory_take(uint64_t bytes, const char *what);

/* Frees all blocks. */
void memory_release(void);

#endif
