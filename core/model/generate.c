/* Generates tokens: the network reads its own answers, one step at a time.
 *
 *     q_k = exp((l_k - l_max) / temperature), for the top_k largest logits l       token k is drawn with probability q_k / sum of q */
#include "../numeric/elementary.h"
#include "../numeric/random.h"
#include "layout.h"

enum { MOST_TOKENS = 64 };

struct rnn_generate_options rnn_generate_options_default(void)
{
    return (struct rnn_generate_options){.temperature = 1, .seed = 42, .tokens = 20, .stop = RNN_NO_TOKEN};
}

static enum rnn_status check(const struct rnn_config *config, const struct rnn_generate_options *options,
                             const uint32_t *prompt, uint32_t prompt_tokens)
{
    if (config->loss != RNN_SPARSE_CATEGORICAL_CROSSENTROPY ||
        (config->features != config->outputs && config->features != 1))
        return RNN_ERROR_SHAPE;
    if (options->best > config->outputs) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_range_check(RNN_TEMPERATURE, options->temperature));
    for (uint32_t i = 0; i < prompt_tokens; i++)
        if (prompt[i] >= config->outputs) return RNN_ERROR_ARGUMENT;
    return prompt_tokens ? RNN_OK : RNN_ERROR_EMPTY;
}

/* Reads one token; logit and prediction are those after it. */
static enum rnn_status read(struct rnn_model *model, uint32_t token, rnn_real *logit, rnn_real *prediction)
{
    const struct rnn_config *config = &model->config;
    rnn_real x[MOST_TOKENS] = {0};
    if (config->features == 1)
        x[0] = (rnn_real)token / (rnn_real)(config->outputs - 1);
    else
        x[token] = 1;
    return rnn_model_step(model, x, NULL, logit, prediction);
}

/* Fills order with the tokens, the one with the largest logit first. */
static void sort(const rnn_real *logit, uint32_t count, uint32_t *order)
{
    for (uint32_t k = 0; k < count; k++) {
        uint32_t at = k;
        for (; at > 0 && logit[order[at - 1]] < logit[k]; at--) order[at] = order[at - 1];
        order[at] = k;
    }
}

/* The sums over q are made in double, from the most probable token on. number: of the draw. */
static uint32_t choose(const rnn_real *logit, const uint32_t *order, uint32_t count,
                       const struct rnn_generate_options *options, uint32_t number)
{
    rnn_real q[MOST_TOKENS];
    double sum = 0;
    uint32_t i = 0;
    if (options->temperature == 0) return order[0];
    if (options->top_k && options->top_k < count) count = options->top_k;
    for (; i < count; i++) {
        const double below = ((double)logit[order[i]] - (double)logit[order[0]]) / options->temperature;
        q[i] = below < -128 ? 0 : rnni_vec_exp(rnni_vec_splat((rnn_real)below))[0];
        sum += (double)q[i];
    }
    double rest = sum * (double)rnni_uniform(rnni_random_at(options->seed, RNNI_STREAM_TOKENS, number, 0).word[0]);
    for (i = 0; i + 1 < count && rest >= (double)q[i]; i++) rest -= (double)q[i];
    return order[i];
}

enum rnn_status rnn_model_generate(struct rnn_model *model, const struct rnn_generate_options *options,
                                   const uint32_t *prompt, uint32_t prompt_tokens, uint32_t *tokens,
                                   uint32_t *generated, uint32_t *best, rnn_real *probabilities)
{
    rnn_real logit[MOST_TOKENS], prediction[MOST_TOKENS];
    uint32_t order[MOST_TOKENS];
    RNNI_TRY(rnni_model_valid(model));
    if (!options || !prompt || !tokens || !generated) return RNN_ERROR_ARGUMENT;
    const uint32_t outputs = model->config.outputs;
    RNNI_TRY(check(&model->config, options, prompt, prompt_tokens));
    RNNI_TRY(rnn_model_reset_states(model));
    for (uint32_t i = 0; i < prompt_tokens; i++) RNNI_TRY(read(model, prompt[i], logit, prediction));
    for (uint32_t i = 0; i < options->tokens; i++) {
        *generated = i;
        if (i > 0) {
            if (tokens[i - 1] == options->stop) return RNN_OK;
            RNNI_TRY(read(model, tokens[i - 1], logit, prediction));
        }
        if (!rnni_all_finite(logit, outputs)) return RNN_ERROR_DATA;
        sort(logit, outputs, order);
        for (uint32_t k = 0; k < options->best; k++) {
            if (best) best[(size_t)i * options->best + k] = order[k];
            if (probabilities) probabilities[(size_t)i * options->best + k] = prediction[order[k]];
        }
        tokens[i] = choose(logit, order, outputs, options, i);
    }
    *generated = options->tokens;
    return RNN_OK;
}
