/* The texts of --help. */
#ifndef UNROLLED_HELP_H
#define UNROLLED_HELP_H

#include "commands.h"

/* Prints the --help of one command. */
void help_command(const struct command *command);

#endif
