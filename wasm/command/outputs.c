#include "outputs.h"

#include "files.h"
#include "history.h"
#include "weights.h"

/* The other file must not be the temporary file of the output. */
static enum exit_status check_temporary(const struct options *options, enum option output, enum option other)
{
    const struct given *a = option(options, output), *b = option(options, other);
    if (!a->here || !b->here || !file_is_temporary_of(a->text, b->text)) return DONE;
    return misused("%s %s would overwrite %s, which %s names, as its temporary file; give one of them another name",
                   option_name(output), a->text, b->text, option_name(other));
}

/* The files of two options must not be the same, whatever names they were given by. */
static enum exit_status check_apart(const struct options *options, enum option output, enum option other)
{
    const struct given *a = option(options, output), *b = option(options, other);
    if (!a->here || !b->here) return DONE;
    if (file_same(a->text, b->text))
        return misused("%s and %s are the same file, %s", option_name(output), option_name(other), a->text);
    return check_temporary(options, output, other);
}

/* --save may name the file of --weights, which is read before it is replaced, but that must not be the temporary file. */
enum exit_status outputs_check(const struct options *options)
{
    TRY(check_apart(options, OPTION_SAVE, OPTION_HISTORY));
    TRY(check_apart(options, OPTION_HISTORY, OPTION_SAVE));
    TRY(check_apart(options, OPTION_SAVE, OPTION_DATA));
    TRY(check_apart(options, OPTION_SAVE, OPTION_VALIDATION_DATA));
    TRY(check_apart(options, OPTION_SAVE, OPTION_TEXT));
    TRY(check_apart(options, OPTION_SAVE, OPTION_VALIDATION_TEXT));
    TRY(check_temporary(options, OPTION_SAVE, OPTION_WEIGHTS));
    TRY(check_apart(options, OPTION_HISTORY, OPTION_DATA));
    TRY(check_apart(options, OPTION_HISTORY, OPTION_VALIDATION_DATA));
    TRY(check_apart(options, OPTION_HISTORY, OPTION_TEXT));
    TRY(check_apart(options, OPTION_HISTORY, OPTION_VALIDATION_TEXT));
    return check_apart(options, OPTION_HISTORY, OPTION_WEIGHTS);
}

enum exit_status outputs_try(const struct options *options)
{
    if (option(options, OPTION_SAVE)->here) TRY(file_check_target(option(options, OPTION_SAVE)->text));
    if (option(options, OPTION_HISTORY)->here) TRY(file_check_target(option(options, OPTION_HISTORY)->text));
    return DONE;
}

enum exit_status outputs_save(const struct options *options, const struct network *network, const struct rnn_fit *fit,
                              bool validates, enum exit_status trained)
{
    const struct given *weights = option(options, OPTION_SAVE), *history = option(options, OPTION_HISTORY);
    enum exit_status result = trained;
    if (trained == DONE && weights->here)
        result = weights_save(&network->config, rnn_model_parameters(network->model), network->notes, weights->text);
    if (history->here) {
        uint32_t epochs;
        const struct rnn_epoch *figures = rnn_fit_history(fit, &epochs);
        const char *metric = rnn_metric_name(rnn_config_metric(&network->config));
        enum exit_status written = history_save(history->text, metric, figures, epochs, validates);
        if (result == DONE) result = written;
    }
    return result;
}
