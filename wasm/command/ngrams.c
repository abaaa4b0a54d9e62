/* unrolled ngrams: what counting predicts of a text, the baseline of a network. */
#include "commands.h"
#include "memory.h"
#include "number.h"
#include "text.h"

#include <stdio.h>

static enum exit_status put_figures(const struct rnn_ngrams *ngrams, const struct rnn_dataset *data, double prior)
{
    struct rnn_metrics metrics;
    char loss[NUMBER_BYTES], accuracy[NUMBER_BYTES];
    const enum rnn_status status = rnn_ngrams_evaluate(ngrams, data, prior, &metrics);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    printf(",%s,%s", number_is_finite(metrics.loss) ? number_text(metrics.loss, loss) : "inf",
           number_text(metrics.metric, accuracy));
    return DONE;
}

static enum exit_status put_line(const struct rnn_dataset *training, const struct rnn_dataset *validation,
                                 uint32_t outputs, uint32_t context, double prior)
{
    struct rnn_ngrams *ngrams;
    uint64_t bytes = 0;
    enum rnn_status status = rnn_ngrams_size(training, outputs, context, &bytes);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    void *block = memory_take(bytes, "the counts");
    if (!block) return FAILED;
    status = rnn_ngrams_init(block, bytes, training, outputs, context, &ngrams);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    printf("%lu", (unsigned long)context);
    TRY(put_figures(ngrams, training, prior));
    if (validation) TRY(put_figures(ngrams, validation, prior));
    putchar('\n');
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct text text, other;
    struct rnn_dataset training, validation;
    const bool validates = option(options, OPTION_VALIDATION_TEXT)->here;
    TRY(option_require(options, OPTION_TEXT));
    TRY(text_read(options, option(options, OPTION_TEXT)->text, NULL, &text));
    TRY(option(options, OPTION_STEPS)->here ? text_windows(options, &text, 1, &training)
                                            : text_stream(&text, 1, &training));
    if (validates) {
        TRY(text_read(options, option(options, OPTION_VALIDATION_TEXT)->text, text.vocabulary, &other));
        TRY(text_stream(&other, 1, &validation));
    }
    printf("context,loss,accuracy%s\n", validates ? ",val_loss,val_accuracy" : "");
    for (uint32_t context = 0; context <= RNN_CONTEXT_MAXIMUM && output_goes_on(); context++)
        TRY(put_line(&training, validates ? &validation : NULL, text.vocabulary->size, context,
                     option(options, OPTION_PRIOR)->number));
    return DONE;
}

static const enum option allowed[] = {OPTIONS_OF_TEXT,        OPTION_STEPS, OPTION_STRIDE,
                                      OPTION_VALIDATION_TEXT, OPTION_PRIOR, OPTIONS};

const struct command command_ngrams = {
    "ngrams",
    "Predict the next token of a text by counting",
    "--text FILE [OPTION ...]",
    "Prints CSV with one line for each length of the context, 0 to 4 tokens: the crossentropy and the\n"
    "accuracy that counting reaches on the text itself and, with --validation-text, on another text.\n"
    "Without --steps the text is one sequence.",
    allowed,
    run,
};
