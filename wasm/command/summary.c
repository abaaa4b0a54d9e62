/* unrolled summary: the model's layers and how many parameters they have. */
#include "rnn_files.h"
#include "commands.h"
#include "configure.h"
#include "memory.h"

#include <stdio.h>

static enum exit_status run(const struct options *options)
{
    struct rnn_config config;
    size_t bytes = 0;
    TRY(configure_network(options, &config));
    if (config.outputs == 0) return option_require(options, OPTION_CLASSES);
    rnn_summary_write(&config, NULL, 0, &bytes);
    char *text = memory_take(bytes, "the summary");
    if (!text) return FAILED;
    enum rnn_status status = rnn_summary_write(&config, text, bytes, NULL);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    fputs(text, stdout);
    return DONE;
}

static const enum option allowed[] = {OPTION_STEPS, OPTION_FEATURES, OPTIONS_OF_NETWORK, OPTIONS};

const struct command command_summary = {
    "summary",      "Show the layers of a model and their parameters",
    "[OPTION ...]", "Prints a table of the layers, their output shapes and parameters, as Keras does.",
    allowed,        run,
};
