/* unrolled: the network on the command line. Data go to stdout, one line of diagnosis to stderr. The exit status is 0, or 1 if a
 * file or a run failed, or 2 if the arguments are wrong. The same source runs natively and under WASI. */
#define _POSIX_C_SOURCE 200809L /* for SIGPIPE */
#define _XOPEN_SOURCE   700     /* for SIGXFSZ */
#include "commands.h"
#include "help.h"
#include "memory.h"

#ifndef __wasi__
#include <signal.h>
#endif
#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_tasks,   &command_data,      &command_summary,  &command_fit,   &command_evaluate,
    &command_predict, &command_step,      &command_trace,    &command_probe, &command_seeds,
    &command_export,  &command_baselines, &command_generate, &command_ngrams};
enum { COMMANDS = sizeof commands / sizeof *commands, LIST_BYTES = 160 };

static const char *command_name(const void *list, uint32_t n)
{
    (void)list;
    return n < COMMANDS ? commands[n]->name : NULL;
}

static void program_help(void)
{
    fputs("A recurrent network you can take apart: 1 to 3 layers of SimpleRNN, GRU or LSTM with a Dense "
          "readout, or a dense network to compare with.\n\nUsage: unrolled COMMAND [OPTION ...]\n\nCommands\n",
          stdout);
    for (int i = 0; i < COMMANDS; i++) printf("  %-10s%s\n", commands[i]->name, commands[i]->meaning);
    fputs("\nunrolled COMMAND --help lists the options of a command.\n"
          "The exit code is 0, or 1 if a file or a run failed, or 2 if the arguments are wrong.\n",
          stdout);
}

/* "data, summary or fit" */
static const char *command_list(char text[LIST_BYTES])
{
    size_t used = 0;
    for (int i = 0; i < COMMANDS; i++)
        used += (size_t)snprintf(text + used, LIST_BYTES - used, "%s%s",
                                 i == 0              ? ""
                                 : i == COMMANDS - 1 ? " or "
                                                     : ", ",
                                 commands[i]->name);
    return text;
}

static enum exit_status unknown_command(const char *name)
{
    char list[LIST_BYTES];
    const char *meant = nearest_name(name, command_name, NULL);
    if (meant) return misused("unknown command \"%s\"; did you mean \"%s\"?", name, meant);
    return misused("unknown command \"%s\"; expected %s", name, command_list(list));
}

static enum exit_status run(int count, char **arguments)
{
    struct options options;
    char list[LIST_BYTES];
    if (count < 2) return misused("a command is missing; expected %s", command_list(list));
    if (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0) {
        program_help();
        return DONE;
    }
    const struct command *command = NULL;
    for (int i = 0; i < COMMANDS && !command; i++)
        if (strcmp(commands[i]->name, arguments[1]) == 0) command = commands[i];
    if (!command) return unknown_command(arguments[1]);
    report_command(command->name);
    enum exit_status result = options_read(count - 2, arguments + 2, command->allowed, &options);
    if (result == DONE && options.help)
        help_command(command);
    else if (result == DONE)
        result = command->run(&options);
    return result;
}

int main(int count, char **arguments)
{
#ifndef __wasi__ /* a closed pipe and a full quota become errors with a message instead of ending the program */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
#endif
    enum exit_status result = run(count, arguments);
    memory_release();
    if (!output_arrived() && result == DONE) result = FAILED;
    return (int)result;
}
