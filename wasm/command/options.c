#include "options.h"

#include "rnn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------------------ the table */

enum kind { FLAG, FILE_NAME, CHOICE, WHOLE, REAL };

struct description {
    const char *name;
    enum kind kind;
    const char *value;               /* what --help calls it */
    enum rnn_quantity quantity;      /* whose range a number has; RNN_QUANTITIES: 0 to 2^32 - 1 */
    const char *(*choice)(uint32_t); /* the names of a choice, up to NULL */
    const char *meaning;
};

static const char *verbosity_name(uint32_t index)
{
    static const char *const names[] = {"0", "1", "2"};
    return index < 3 ? names[index] : NULL;
}

static const struct description table[OPTIONS] = {
    [OPTION_DATA] = {"--data", FILE_NAME, "FILE", RNN_QUANTITIES, NULL, "read the sequences from a CSV file"},
    [OPTION_TASK] = {"--task", CHOICE, NULL, RNN_QUANTITIES, rnn_task_name, "make the sequences of a task"},
    [OPTION_SAMPLES] = {"--samples", WHOLE, "N", RNN_SAMPLES, NULL, "how many sequences to make"},
    [OPTION_STEPS] = {"--steps", WHOLE, "T", RNN_TIMESTEPS, NULL, "time steps of a sequence"},
    [OPTION_FEATURES] = {"--features", WHOLE, "F", RNN_FEATURES, NULL, "features of a time step"},
    [OPTION_DATA_SEED] = {"--data-seed", WHOLE, "N", RNN_SEED, NULL, "seed of the task's data"},
    [OPTION_FIRST_SAMPLE] = {"--first-sample", WHOLE, "N", RNN_QUANTITIES, NULL, "number of the first sequence"},
    [OPTION_UNITS] = {"--units", WHOLE, "U", RNN_UNITS, NULL, "units of the recurrent layer"},
    [OPTION_ACTIVATION] = {"--activation", CHOICE, NULL, RNN_QUANTITIES, rnn_activation_name,
                           "activation of the recurrent layer"},
    [OPTION_SEED] = {"--seed", WHOLE, "N", RNN_SEED, NULL, "seed of the first weights and of the shuffles"},
    [OPTION_WEIGHTS] = {"--weights", FILE_NAME, "FILE", RNN_QUANTITIES, NULL,
                        "read the weights from a safetensors file"},
    [OPTION_EPOCHS] = {"--epochs", WHOLE, "N", RNN_EPOCHS, NULL, "how often to go over the data"},
    [OPTION_BATCH_SIZE] = {"--batch-size", WHOLE, "B", RNN_BATCH_SIZE, NULL, "sequences for one update"},
    [OPTION_LEARNING_RATE] = {"--learning-rate", REAL, "RATE", RNN_LEARNING_RATE, NULL, "Adam's learning rate"},
    [OPTION_NO_SHUFFLE] = {"--no-shuffle", FLAG, NULL, RNN_QUANTITIES, NULL,
                           "keep the order of the data in every epoch"},
    [OPTION_VALIDATION_SPLIT] = {"--validation-split", REAL, "SHARE", RNN_VALIDATION_SPLIT, NULL,
                                 "keep the last share of the data for validation"},
    [OPTION_VALIDATION_DATA] = {"--validation-data", FILE_NAME, "FILE", RNN_QUANTITIES, NULL,
                                "validate on a CSV file after each epoch"},
    [OPTION_SAVE] = {"--save", FILE_NAME, "FILE", RNN_QUANTITIES, NULL, "write the trained weights as safetensors"},
    [OPTION_HISTORY] = {"--history", FILE_NAME, "FILE", RNN_QUANTITIES, NULL,
                        "write loss and accuracy by epoch as JSON"},
    [OPTION_VERBOSE] = {"--verbose", CHOICE, NULL, RNN_QUANTITIES, verbosity_name,
                        "0 silent, 1 a progress bar, 2 one line an epoch"},
    [OPTION_SAMPLE] = {"--sample", WHOLE, "N", RNN_QUANTITIES, NULL, "which sequence of the file, from 0"},
};

const char *option_name(enum option which)
{
    return table[which].name;
}

/* What an option is where it is not given; has_default says whether --help should tell. */
static double default_of(enum option which, bool *has_default)
{
    struct rnn_config config = rnn_config_default();
    struct rnn_fit_options fit = rnn_fit_options_default();
    *has_default = true;
    switch (which) {
    case OPTION_STEPS:
        return config.timesteps;
    case OPTION_FEATURES:
        return config.features;
    case OPTION_UNITS:
        return config.units;
    case OPTION_ACTIVATION:
        return config.activation;
    case OPTION_SEED:
        return config.seed;
    case OPTION_DATA_SEED:
        return 42;
    case OPTION_EPOCHS:
        return fit.epochs;
    case OPTION_BATCH_SIZE:
        return fit.batch_size;
    case OPTION_LEARNING_RATE:
        return rnn_optimizer_default().learning_rate;
    case OPTION_VERBOSE:
        return 1;
    case OPTION_FIRST_SAMPLE:
    case OPTION_VALIDATION_SPLIT:
    case OPTION_SAMPLE:
        return 0;
    default:
        *has_default = false;
        return 0;
    }
}

static struct rnn_range range_of(const struct description *d)
{
    if (d->quantity != RNN_QUANTITIES) return *rnn_range_of(d->quantity);
    return (struct rnn_range){.minimum = 0, .maximum = UINT32_MAX, .whole = true};
}

/* ------------------------------------------------------------------------------------------------ reading */

enum { RANGE_BYTES = 120 };

/* "a whole number from 1 to 512", "a number in [0, 1)", "a finite number of at least 0" */
static void describe_range(const struct description *d, char text[RANGE_BYTES])
{
    struct rnn_range range = range_of(d);
    if (range.whole)
        snprintf(text, RANGE_BYTES, "a whole number from %.0f to %.0f", range.minimum, range.maximum);
    else if (range.open_end)
        snprintf(text, RANGE_BYTES, "a number in [%g, %g)", range.minimum, range.maximum);
    else if (range.maximum > 1e30)
        snprintf(text, RANGE_BYTES, "a finite number of at least %g", range.minimum);
    else
        snprintf(text, RANGE_BYTES, "a number from %g to %g", range.minimum, range.maximum);
}

/* The number that a whole text is, in digits only; reals also with point, sign and exponent. */
static bool read_number(const char *text, bool whole, double *number)
{
    char *end;
    if (!*text || strspn(text, whole ? "0123456789" : "0123456789.eE+-") != strlen(text)) return false;
    *number = strtod(text, &end);
    return *end == 0;
}

static enum ending read_ranged(const struct description *d, struct given *given)
{
    char expected[RANGE_BYTES];
    struct rnn_range range = range_of(d);
    if (read_number(given->text, range.whole, &given->number) && given->number >= range.minimum &&
        (range.open_end ? given->number < range.maximum : given->number <= range.maximum))
        return DONE;
    describe_range(d, expected);
    return misused("%s: expected %s, got \"%s\"", d->name, expected, given->text);
}

static enum ending read_choice(const struct description *d, struct given *given)
{
    char expected[RANGE_BYTES] = "";
    for (uint32_t i = 0; d->choice(i); i++) {
        if (strcmp(given->text, d->choice(i)) == 0) {
            given->number = i;
            return DONE;
        }
        const char *between = i == 0 ? "" : d->choice(i + 1) ? ", " : " or ";
        size_t used = strlen(expected);
        snprintf(expected + used, sizeof expected - used, "%s%s", between, d->choice(i));
    }
    return misused("%s: expected %s, got \"%s\"", d->name, expected, given->text);
}

static enum ending read_value(const struct description *d, struct given *given)
{
    switch (d->kind) {
    case CHOICE:
        return read_choice(d, given);
    case WHOLE:
    case REAL:
        return read_ranged(d, given);
    case FILE_NAME:
        return *given->text ? DONE : misused("%s: expected the name of a file, got \"\"", d->name);
    default:
        return DONE;
    }
}

static const char *allowed_name(const void *list, uint32_t n)
{
    const enum option *allowed = list;
    return allowed[n] == OPTIONS ? NULL : table[allowed[n]].name;
}

static enum ending unknown_option(const char *argument, size_t length, const enum option *allowed)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", length < 60 ? (int)length : 60, argument);
    if (argument[0] != '-') return misused("unexpected argument \"%s\"; options begin with --", argument);
    for (int i = 0; i < OPTIONS; i++)
        if (strcmp(table[i].name, name) == 0) return misused("%s is not an option of this command", name);
    const char *meant = nearest_name(name, allowed_name, allowed);
    if (meant) return misused("unknown option \"%s\"; did you mean \"%s\"?", name, meant);
    return misused("unknown option \"%s\"; --help lists all", name);
}

/* The allowed option whose name is the first length bytes of argument, or OPTIONS. */
static enum option find_option(const char *argument, size_t length, const enum option *allowed)
{
    for (; *allowed != OPTIONS; allowed++)
        if (strlen(table[*allowed].name) == length && memcmp(table[*allowed].name, argument, length) == 0) break;
    return *allowed;
}

/* One option with its value, "--name value" or "--name=value"; *used: how many arguments these are. */
static enum ending read_option(int count, char **arguments, const enum option *allowed, struct options *options,
                               int *used)
{
    const char *argument = arguments[0];
    size_t length = strcspn(argument, "=");
    enum option which = find_option(argument, length, allowed);
    *used = 1;
    if (which == OPTIONS) return unknown_option(argument, length, allowed);
    const struct description *d = &table[which];
    struct given *given = &options->values[which];
    if (given->here) return misused("%s is given twice", d->name);
    given->here = true;
    if (d->kind == FLAG) return argument[length] ? misused("%s takes no value", d->name) : DONE;
    if (argument[length]) {
        given->text = argument + length + 1;
        return read_value(d, given);
    }
    if (count < 2 || strncmp(arguments[1], "--", 2) == 0) return misused("%s needs a value", d->name);
    given->text = arguments[1];
    *used = 2;
    return read_value(d, given);
}

enum ending options_read(int count, char **arguments, const enum option *allowed, struct options *options)
{
    memset(options, 0, sizeof *options);
    for (int i = 0; i < OPTIONS; i++) {
        bool has_default;
        options->values[i].number = default_of((enum option)i, &has_default);
    }
    for (int i = 0, used; i < count; i += used) {
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0) {
            options->help = true;
            return DONE;
        }
        enum ending ending = read_option(count - i, arguments + i, allowed, options, &used);
        if (ending != DONE) return ending;
    }
    return DONE;
}

enum ending option_exclude(const struct options *options, enum option one, enum option other)
{
    if (!option(options, one)->here || !option(options, other)->here) return DONE;
    return misused("%s and %s exclude each other", table[one].name, table[other].name);
}

enum ending option_require(const struct options *options, enum option which)
{
    return option(options, which)->here ? DONE : misused("%s is missing", table[which].name);
}

/* ------------------------------------------------------------------------------------------------ help */

enum { MEANING_COLUMN = 28 };

static void put_range(const struct description *d)
{
    struct rnn_range range = range_of(d);
    if (d->kind == FLAG || d->kind == FILE_NAME || d->kind == CHOICE) return;
    if (range.open_end)
        printf(", in [%g, %g)", range.minimum, range.maximum);
    else if (range.maximum > 1e30)
        printf(", at least %g", range.minimum);
    else
        printf(", %.0f to %.0f", range.minimum, range.maximum);
}

static void put_default(enum option which)
{
    bool has_default;
    double number = default_of(which, &has_default);
    if (!has_default) return;
    if (table[which].kind == CHOICE)
        printf(" (default %s)", table[which].choice((uint32_t)number));
    else
        printf(" (default %g)", number);
}

static void put_option(enum option which)
{
    const struct description *d = &table[which];
    char left[64];
    size_t used = (size_t)snprintf(left, sizeof left, "  %s", d->name);
    if (d->value) used += (size_t)snprintf(left + used, sizeof left - used, " %s", d->value);
    for (uint32_t i = 0; d->choice && d->choice(i); i++)
        used += (size_t)snprintf(left + used, sizeof left - used, "%s%s", i ? "|" : " ", d->choice(i));
    printf("%-*s  %s", MEANING_COLUMN, left, d->meaning);
    put_range(d);
    put_default(which);
    putchar('\n');
}

void options_help(const enum option *allowed)
{
    for (; *allowed != OPTIONS; allowed++) put_option(*allowed);
    printf("%-*s  this text\n", MEANING_COLUMN, "  --help");
}
