/* The arguments of a command: what was given for each option of the table. */
#ifndef UNROLLED_OPTIONS_H
#define UNROLLED_OPTIONS_H

#include "report.h"
#include "table.h"

/* What was given for one option; number is its default where it was not. */
struct given {
    bool here;
    const char *text; /* the argument itself: a file's name, or what a message quotes; NULL for a flag */
    double number;    /* of a number; the index of a choice; 1 for a flag that is here */
};

struct options {
    struct given values[OPTIONS];
    bool help;
};

/* Read the arguments behind the command's name. allowed ends with OPTIONS. */
enum ending options_read(int count, char **arguments, const enum option *allowed, struct options *options);

static inline const struct given *option(const struct options *options, enum option which)
{
    return &options->values[which];
}

/* A whole number, a choice's index, or whether a flag is here. */
static inline uint32_t option_whole(const struct options *options, enum option which)
{
    return (uint32_t)options->values[which].number;
}

/* MISUSED, and said so, if both or neither are there, in turn. */
enum ending option_exclude(const struct options *options, enum option one, enum option other);
enum ending option_require(const struct options *options, enum option which);

/* MISUSED: "--units 4 does not agree with w.safetensors, which has 3 units". */
enum ending option_disagrees(const struct options *options, enum option which, const char *with, const char *has);

/* The name in a list (ended by NULL from name(n)) that text was probably meant to be, or NULL. */
const char *nearest_name(const char *text, const char *(*name)(const void *list, uint32_t n), const void *list);

#endif
