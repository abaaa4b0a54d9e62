/* The arguments of a command: one table says what each option is, what it may be and what it means. */
#ifndef UNROLLED_OPTIONS_H
#define UNROLLED_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "report.h"

enum option {
    OPTION_DATA,
    OPTION_TASK,
    OPTION_SAMPLES,
    OPTION_STEPS,
    OPTION_FEATURES,
    OPTION_DATA_SEED,
    OPTION_FIRST_SAMPLE,
    OPTION_UNITS,
    OPTION_ACTIVATION,
    OPTION_SEED,
    OPTION_WEIGHTS,
    OPTION_EPOCHS,
    OPTION_BATCH_SIZE,
    OPTION_LEARNING_RATE,
    OPTION_NO_SHUFFLE,
    OPTION_VALIDATION_SPLIT,
    OPTION_VALIDATION_DATA,
    OPTION_SAVE,
    OPTION_HISTORY,
    OPTION_VERBOSE,
    OPTION_SAMPLE,
    OPTIONS
};

/* What was given for one option; number is its default where it was not. */
struct given {
    bool here;
    const char *text; /* the argument itself: a file's name, or what a message quotes */
    double number;    /* of a whole or real number; the index of a choice */
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

/* A whole number, or a choice's index. */
static inline uint32_t option_whole(const struct options *options, enum option which)
{
    return (uint32_t)options->values[which].number;
}

/* "--units" */
const char *option_name(enum option which);

/* MISUSED, and said so, if both or neither are there, in turn. */
enum ending option_exclude(const struct options *options, enum option one, enum option other);
enum ending option_require(const struct options *options, enum option which);

/* The lines of --help that describe the allowed options. */
void options_help(const enum option *allowed);

/* The name in a list (ended by NULL from name(n)) that text was probably meant to be, or NULL. */
const char *nearest_name(const char *text, const char *(*name)(const void *list, uint32_t n), const void *list);

#endif
