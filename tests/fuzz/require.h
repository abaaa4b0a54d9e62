/* A property that must hold for every input. The fuzzer, or the replay, stops if it does not. */
#ifndef TESTS_FUZZ_REQUIRE_H
#define TESTS_FUZZ_REQUIRE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rnn_files.h"

#define REQUIRE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                    \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* Every error has one line of text and a position inside the input. */
static inline void require_diagnosis(const struct rnn_diagnosis *diagnosis, size_t bytes)
{
    REQUIRE(memchr(diagnosis->text, 0, sizeof diagnosis->text));
    REQUIRE(diagnosis->text[0]);
    for (const char *at = diagnosis->text; *at; at++) REQUIRE(*at >= 0x20 && *at < 0x7f);
    REQUIRE(diagnosis->offset <= bytes);
}

/* Memory of exactly this size from malloc, so that the address sanitizer finds an access one byte too far. */
static inline void *require_memory(size_t bytes)
{
    void *memory = malloc(bytes ? bytes : 1);
    REQUIRE(memory);
    return memory;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes);

#endif
