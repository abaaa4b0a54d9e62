/* unrolled generate: a network that learned from a text reads its own answers. */
#include "commands.h"
#include "memory.h"
#include "network.h"
#include "number.h"
#include "text.h"
#include "weights.h"

#include <stdio.h>
#include <string.h>

struct generated {
    uint32_t *tokens, *best, count;
    rnn_real *probabilities;
};

static enum exit_status take_room(const struct rnn_generate_options *how, struct generated *made)
{
    const uint64_t choices = (uint64_t)how->tokens * how->best;
    made->tokens = memory_take((how->tokens + choices) * sizeof *made->tokens, "the tokens");
    made->probabilities = made->tokens ? memory_take(choices * sizeof *made->probabilities, "the probabilities") : NULL;
    made->best = made->tokens + how->tokens;
    return made->probabilities ? DONE : FAILED;
}

/* The number of the token that --stop names. */
static enum exit_status take_stop(const struct options *options, const struct rnn_vocabulary *vocabulary,
                                  uint32_t *stop)
{
    const char *name = option(options, OPTION_STOP)->text;
    if (!option(options, OPTION_STOP)->here) return DONE;
    for (uint32_t i = 0; i < vocabulary->size; i++)
        if (strcmp(vocabulary->token[i], name) == 0) {
            *stop = i;
            return DONE;
        }
    return misused("%s: expected a token of the vocabulary, got \"%s\"", option_name(OPTION_STOP), name);
}

static void put_token(const char *token)
{
    fputs(strcmp(token, "\n") == 0 ? "\\n" : token, stdout);
}

/* One line a token: the token, then the best ones with their probabilities, with tabs between them. */
static void put_table(const struct rnn_vocabulary *vocabulary, const struct generated *made, uint32_t best)
{
    for (uint32_t i = 0; i < made->count && output_goes_on(); i++) {
        put_token(vocabulary->token[made->tokens[i]]);
        for (uint32_t k = 0; k < best; k++) {
            putchar('\t');
            put_token(vocabulary->token[made->best[(size_t)i * best + k]]);
            putchar('\t');
            number_put_list(made->probabilities + (size_t)i * best + k, 1);
        }
        putchar('\n');
    }
}

static enum exit_status run(const struct options *options)
{
    const char *path = option(options, OPTION_WEIGHTS)->text;
    struct problem problem = {.data = {.samples = 1}};
    struct network network;
    struct text prompt;
    struct generated made = {0};
    const struct rnn_vocabulary *vocabulary;
    struct rnn_generate_options how = {.temperature = option(options, OPTION_TEMPERATURE)->number,
                                       .top_k = option_whole(options, OPTION_TOP_K),
                                       .seed = option_whole(options, OPTION_SEED),
                                       .tokens = option_whole(options, OPTION_COUNT),
                                       .stop = RNN_NO_TOKEN,
                                       .best = option_whole(options, OPTION_BEST)};
    TRY(option_require(options, OPTION_WEIGHTS));
    TRY(option_require(options, OPTION_PROMPT));
    problem.config = rnn_config_default();
    TRY(weights_read(options, &problem.config, &problem.parameters, &problem.notes));
    TRY(text_vocabulary(path, problem.notes, &vocabulary));
    if (!vocabulary || vocabulary->size != problem.config.outputs)
        return failed("%s has no vocabulary; train with --text FILE --save %s", path, path);
    TRY(take_stop(options, vocabulary, &how.stop));
    TRY(text_read_argument(options, OPTION_PROMPT, vocabulary, &prompt));
    if (how.best > vocabulary->size) how.best = vocabulary->size;
    TRY(network_needs_states(options, &problem.config));
    TRY(network_make(&problem, 1, &network));
    TRY(take_room(&how, &made));
    const enum rnn_status status = rnn_model_generate(network.model, &how, prompt.tokens, prompt.count, made.tokens,
                                                      &made.count, made.best, made.probabilities);
    if (status != RNN_OK) return failed("%s: %s", path, rnn_status_text(status));
    if (how.best == 0) return text_put(vocabulary, made.tokens, made.count);
    put_table(vocabulary, &made, how.best);
    return DONE;
}

static const enum option allowed[] = {OPTION_WEIGHTS, OPTION_SEED, OPTION_PROMPT, OPTION_COUNT, OPTION_TEMPERATURE,
                                      OPTION_TOP_K,   OPTION_STOP, OPTION_BEST,   OPTIONS};

const struct command command_generate = {
    "generate",
    "Continue a text, token by token",
    "--weights FILE --prompt TEXT [OPTION ...]",
    "Prints the generated text. The network must have been trained with --text, because the file of weights\n"
    "then also has the vocabulary. With --best K it prints one line per token, separated by tabs: the chosen\n"
    "token, then the K tokens that were most probable there, each with its probability. The same --seed\n"
    "gives the same text.",
    allowed,
    run,
};
