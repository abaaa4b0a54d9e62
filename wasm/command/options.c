#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------------------ values */

enum { RANGE_BYTES = 160 };

/* "a whole number from 1 to 512", "a number in [0, 1)", "a finite number of at least 0" */
static void describe_range(struct rnn_range range, char text[RANGE_BYTES])
{
    if (range.whole)
        snprintf(text, RANGE_BYTES, "a whole number from %.0f to %.0f", range.minimum, range.maximum);
    else if (range.open_end)
        snprintf(text, RANGE_BYTES, "a number in [%g, %g)", range.minimum, range.maximum);
    else if (range.minimum < -1e30)
        snprintf(text, RANGE_BYTES, "a finite number");
    else if (range.maximum > 1e30)
        snprintf(text, RANGE_BYTES, "a finite number of at least %g", range.minimum);
    else
        snprintf(text, RANGE_BYTES, "a number from %g to %g", range.minimum, range.maximum);
}

/* Reads a whole text as a number: digits only, or for real numbers also point, sign and exponent. */
static bool read_number(const char *text, bool whole, double *number)
{
    char *end;
    if (!*text || strspn(text, whole ? "0123456789" : "0123456789.eE+-") != strlen(text)) return false;
    *number = strtod(text, &end);
    return *end == 0;
}

static enum exit_status read_ranged(enum option which, struct given *given)
{
    char expected[RANGE_BYTES];
    const struct rnn_range range = option_range(which);
    if (read_number(given->text, range.whole, &given->number) && given->number >= range.minimum &&
        (range.open_end ? given->number < range.maximum : given->number <= range.maximum))
        return DONE;
    describe_range(range, expected);
    return misused("%s: expected %s, got \"%s\"", option_name(which), expected, given->text);
}

/* Adds one to "a, b or c". list has RANGE_BYTES. */
static void add_alternative(char *list, const char *one, bool last)
{
    size_t used = strlen(list);
    snprintf(list + used, RANGE_BYTES - used, "%s%s", used == 0 ? "" : last ? " or " : ", ", one);
}

static enum exit_status read_choice(const struct description *d, struct given *given)
{
    char expected[RANGE_BYTES] = "";
    for (uint32_t i = 0; d->choice(i); i++) {
        if (strcmp(given->text, d->choice(i)) == 0) {
            given->number = i;
            return DONE;
        }
        add_alternative(expected, d->choice(i), d->choice(i + 1) == NULL);
    }
    return misused("%s: expected %s, got \"%s\"", d->name, expected, given->text);
}

static enum exit_status read_value(enum option which, struct given *given)
{
    const struct description *d = &option_table[which];
    if (d->kind == CHOICE) return read_choice(d, given);
    if (d->kind == NUMBER || d->kind == REAL) return read_ranged(which, given);
    if (*given->text) return DONE;
    return misused("%s: expected %s, got \"\"", d->name, d->kind == TEXT ? "a text" : "the name of a file");
}

/* ------------------------------------------------------------------------------------------------ arguments */

static const char *allowed_name(const void *list, uint32_t n)
{
    const enum option *allowed = list;
    return allowed[n] == OPTIONS ? NULL : option_table[allowed[n]].name;
}

static enum exit_status unknown_option(const char *argument, size_t length, const enum option *allowed)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", length < 60 ? (int)length : 60, argument);
    if (argument[0] != '-') return misused("unexpected argument \"%s\"; options begin with --", argument);
    for (int i = 0; i < OPTIONS; i++)
        if (strcmp(option_table[i].name, name) == 0) return misused("%s is not an option of this command", name);
    const char *meant = nearest_name(name, allowed_name, allowed);
    if (meant) return misused("unknown option \"%s\"; did you mean \"%s\"?", name, meant);
    return misused("unknown option \"%s\"; --help lists all", name);
}

/* The allowed option whose name is the first `length` bytes of argument; OPTIONS if there is none. */
static enum option find_option(const char *argument, size_t length, const enum option *allowed)
{
    for (; *allowed != OPTIONS; allowed++)
        if (strlen(option_table[*allowed].name) == length && memcmp(option_table[*allowed].name, argument, length) == 0)
            break;
    return *allowed;
}

/* Reads one option with its value, "--name value" or "--name=value". *used: out, the number of arguments it consists of. */
static enum exit_status read_option(int count, char **arguments, const enum option *allowed, struct options *options,
                                    int *used)
{
    const char *argument = arguments[0];
    size_t length = strcspn(argument, "=");
    enum option which = find_option(argument, length, allowed);
    *used = 1;
    if (which == OPTIONS) return unknown_option(argument, length, allowed);
    const struct description *d = &option_table[which];
    struct given *given = &options->values[which];
    if (given->here) return misused("%s is given twice", d->name);
    given->here = true;
    given->number = 1; /* for a flag */
    if (d->kind == FLAG) return argument[length] ? misused("%s takes no value", d->name) : DONE;
    if (argument[length]) {
        given->text = argument + length + 1;
        return read_value(which, given);
    }
    if (count < 2 || strncmp(arguments[1], "--", 2) == 0) return misused("%s needs a value", d->name);
    given->text = arguments[1];
    *used = 2;
    return read_value(which, given);
}

enum exit_status options_read(int count, char **arguments, const enum option *allowed, struct options *options)
{
    memset(options, 0, sizeof *options);
    options->allowed = allowed;
    for (int i = 0; i < OPTIONS; i++) options->values[i].number = option_default((enum option)i, NULL);
    for (int i = 0, used; i < count; i += used) {
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0) {
            options->help = true;
            return DONE;
        }
        enum exit_status result = read_option(count - i, arguments + i, allowed, options, &used);
        if (result != DONE) return result;
    }
    return DONE;
}

enum exit_status option_exclude(const struct options *options, enum option one, enum option other)
{
    if (!option(options, one)->here || !option(options, other)->here) return DONE;
    return misused("%s and %s exclude each other", option_table[one].name, option_table[other].name);
}

enum exit_status option_require(const struct options *options, enum option which)
{
    return option(options, which)->here ? DONE : misused("%s is missing", option_table[which].name);
}

enum exit_status options_require_data(const struct options *options)
{
    static const enum option sources[] = {OPTION_DATA, OPTION_TABLE, OPTION_TASK, OPTION_TEXT};
    const size_t count = sizeof sources / sizeof *sources;
    char names[sizeof sources / sizeof *sources][32];
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct description *d = &option_table[sources[i]];
        if (option(options, sources[i])->here) return DONE;
        if (find_option(d->name, strlen(d->name), options->allowed) != OPTIONS)
            snprintf(names[found++], sizeof *names, "%s %s", d->name, d->value);
    }
    char expected[RANGE_BYTES] = "";
    for (size_t i = 0; i < found; i++) add_alternative(expected, names[i], i + 1 == found);
    return misused("data are missing; expected %s", expected);
}

enum exit_status option_disagrees(const struct options *options, enum option which, const char *with, const char *has)
{
    const char *text = option(options, which)->text;
    return misused("%s%s%s does not agree with %s, which has %s", option_name(which), text ? " " : "", text ? text : "",
                   with, has);
}
