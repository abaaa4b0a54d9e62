/* The texts that `export` fills, made of wasm/js/templates.ts when the command is built. */
#ifndef UNROLLED_TEMPLATES_H
#define UNROLLED_TEMPLATES_H

#include <stddef.h>
#include <stdint.h>

struct template
{
    const char *name; /* of the framework */
    const char *text;
    size_t bytes;
};

enum { TEMPLATES = 2 };
extern const struct template templates[TEMPLATES];

/* "keras", "pytorch", or NULL past the last. */
const char *template_name(uint32_t index);

#endif
