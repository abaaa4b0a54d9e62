/* The arguments of a command: the value given for each option of the table. */
#ifndef UNROLLED_OPTIONS_H
#define UNROLLED_OPTIONS_H

#include "report.h"
#include "table.h"

/* The value of one option. If the option was not given, number is its default. */
struct given {
    bool here;
    const char *text; /* the argument itself, such as a file's name; NULL for a flag */
    double number;    /* the number; for a name its index; for a flag 1 */
};

struct options {
    struct given values[OPTIONS];
    const enum option *allowed; /* those of the command; the last is OPTIONS */
    bool help;
};

/* Reads the arguments after the command's name. allowed is terminated by OPTIONS. */
enum exit_status options_read(int count, char **arguments, const enum option *allowed, struct options *options);

static inline const struct given *option(const struct options *options, enum option which)
{
    return &options->values[which];
}

/* The option's value as a whole number: also the index of a name, or whether a flag was given. */
static inline uint32_t option_whole(const struct options *options, enum option which)
{
    return (uint32_t)options->values[which].number;
}

/* Each prints an error and returns MISUSED: the first if both options were given, the second if the option was not given. */
enum exit_status option_exclude(const struct options *options, enum option one, enum option other);
enum exit_status option_require(const struct options *options, enum option which);

/* If no option that names data was given, prints an error with those that the command has, and returns MISUSED. */
enum exit_status options_require_data(const struct options *options);

/* Prints an error and returns MISUSED: "--units 4 does not agree with w.safetensors, which has 3 units". */
enum exit_status option_disagrees(const struct options *options, enum option which, const char *with, const char *has);

/* The name that was probably meant by text, or NULL. name(list, n) returns the n-th name, and NULL past the last. */
const char *nearest_name(const char *text, const char *(*name)(const void *list, uint32_t n), const void *list);

#endif
