/* unrolled tasks: list the built-in tasks. */
#include "commands.h"
#include "rnn_files.h"

#include <stdio.h>

static void put_task(uint32_t task)
{
    const struct rnn_task_info *info = rnn_task_info_of(task);
    const struct rnn_task_text *text = rnn_task_text_of(task);
    printf("%s\n  %s\n  What solves it: %s\n", info->name, text->text, text->solution);
    if (info->loss == RNN_MEAN_SQUARED_ERROR)
        printf("  Chance: a mean squared error of %.4f, by always answering the mean.\n", info->chance);
    else
        printf("  Chance: an accuracy of %g, by guessing.\n", info->chance);
    printf("  %lu feature%s, %s", (unsigned long)info->features, info->features == 1 ? "" : "s",
           rnn_loss_name(info->loss));
    if (info->outputs > 1) printf(", %lu classes", (unsigned long)info->outputs);
    printf("%s\n", info->return_sequences ? ", one answer at every time step" : "");
    if (info->tokens) printf("  The features in order: %s\n", info->tokens);
}

static enum exit_status run(const struct options *options)
{
    (void)options;
    for (uint32_t task = 0; rnn_task_info_of(task); task++) {
        if (task) putchar('\n');
        put_task(task);
    }
    return DONE;
}

static const enum option allowed[] = {OPTIONS};

const struct command command_tasks = {
    "tasks",
    "List the tasks",
    "",
    "Prints for each task: its name for --task, what the target y is, what a network must do to solve it,\n"
    "what pure guessing reaches, its number of features and its loss, and the names of its features if they\n"
    "have names. With --return-sequences a task asks its question at every time step.",
    allowed,
    run,
};
