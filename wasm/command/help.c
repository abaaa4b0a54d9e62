#include "help.h"

#include <stdio.h>

enum { MEANING_COLUMN = 30, NAME_BYTES = 120 };

/* The groups of options. Each begins with the given option and ends where the next group begins. */
static const struct {
    enum option first;
    const char *title;
} groups[] = {{OPTION_DATA, "Data"},           {OPTION_CELL, "Network"},    {OPTION_WEIGHTS, "Weights"},
              {OPTION_OPTIMIZER, "Optimizer"}, {OPTION_EPOCHS, "Training"}, {OPTION_PROMPT, "Generating"},
              {OPTION_SAVE, "Output"}};

static const char *group_of(enum option which)
{
    size_t group = sizeof groups / sizeof *groups - 1;
    while (groups[group].first > which) group--;
    return groups[group].title;
}

static void put_range(enum option which)
{
    const struct rnn_range range = option_range(which);
    if (option_table[which].kind != NUMBER && option_table[which].kind != REAL) return;
    if (range.minimum < -1e30) return;
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
    const double number = option_default(which, &has_default);
    if (!has_default) return;
    if (option_table[which].kind == CHOICE)
        printf(" (default %s)", option_table[which].choice((uint32_t)number));
    else
        printf(" (default %g)", number);
}

static bool allows(const struct command *command, enum option which)
{
    const enum option *allowed = command->allowed;
    while (*allowed != OPTIONS && *allowed != which) allowed++;
    return *allowed == which;
}

/* Some options have no default in commands that always read a file: its data determine the shape, or its weights the network. */
static bool is_said_by_files(const struct command *command, enum option which)
{
    const bool has_file = allows(command, OPTION_DATA) || allows(command, OPTION_TABLE),
               makes_data = allows(command, OPTION_TASK);
    if (which == OPTION_STEPS || which == OPTION_FEATURES) return has_file || makes_data;
    return has_file && !makes_data && which >= OPTION_CELL && which <= OPTION_CLASSES;
}

static void put_option(const struct command *command, enum option which)
{
    const struct description *d = &option_table[which];
    char left[NAME_BYTES];
    size_t used = (size_t)snprintf(left, sizeof left, "  %s", d->name);
    if (d->value) used += (size_t)snprintf(left + used, sizeof left - used, " %s", d->value);
    for (uint32_t i = 0; !d->value && d->choice && d->choice(i); i++)
        used += (size_t)snprintf(left + used, sizeof left - used, "%s%s", i ? "|" : " ", d->choice(i));
    if (used > MEANING_COLUMN) /* too long: the meaning goes on the next line */
        printf("%s\n%*s  %s", left, MEANING_COLUMN, "", d->meaning);
    else
        printf("%-*s  %s", MEANING_COLUMN, left, d->meaning);
    put_range(which);
    if (!is_said_by_files(command, which)) put_default(which);
    putchar('\n');
}

void help_command(const struct command *command)
{
    const char *title = NULL;
    printf("%s.\n\nUsage: unrolled %s %s\n\n%s\n", command->meaning, command->name, command->synopsis, command->output);
    for (const enum option *which = command->allowed; *which != OPTIONS; which++) {
        if (group_of(*which) != title) {
            title = group_of(*which);
            printf("\n%s\n", title);
        }
        put_option(command, *which);
    }
    printf("\n%-*s  this text\n", MEANING_COLUMN, "  --help");
}
