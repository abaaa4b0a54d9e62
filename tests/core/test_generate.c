/* Generated tokens, compared with a loop over rnn_model_step that chooses by itself, and frequencies of draws with probabilities made
 * in double from the logits. */
#include "support.h"

enum { K = 7, MOST = 40 };

static uint32_t tokens[MOST], best[MOST * K];
static rnn_real probabilities[MOST * K];

static struct rig model_of(uint32_t cell, bool one_hot, uint32_t seed)
{
    struct rnn_config config = config_of(12, 5, one_hot ? K : 1, RNN_TANH);
    config.cell = cell;
    config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    config.outputs = K;
    config.return_sequences = 1;
    config.seed = seed;
    struct rig rig = rig_of(config, 1);
    /* larger weights, so that predictions differ from one another and from step to step */
    const size_t count = rnn_parameter_count(&config);
    rnn_real *scaled = block_of(count * sizeof *scaled);
    for (size_t i = 0; i < count; i++) scaled[i] = 3 * rnn_model_parameters(rig.model)[i];
    CHECK_EQUAL(rnn_model_set_parameters(rig.model, scaled, count), RNN_OK);
    return rig;
}

/* Logits and predictions after a sequence of tokens, each step by rnn_model_step. */
static void read_all(struct rig rig, const uint32_t *sequence, uint32_t count, rnn_real *logit, rnn_real *prediction)
{
    CHECK_EQUAL(rnn_model_reset_states(rig.model), RNN_OK);
    for (uint32_t i = 0; i < count; i++) {
        rnn_real x[K] = {0};
        if (rig.config.features == 1)
            x[0] = (rnn_real)sequence[i] / (K - 1);
        else
            x[sequence[i]] = 1;
        CHECK_EQUAL(rnn_model_step(rig.model, x, NULL, logit, prediction), RNN_OK);
    }
}

static void test_greedy(void)
{
    static const uint32_t prompt[] = {3, 0, 5};
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
        for (int one_hot = 0; one_hot < 2; one_hot++) {
            struct rig rig = model_of(cell, one_hot, 5 + cell);
            struct rnn_generate_options options = rnn_generate_options_default();
            uint32_t generated = 0, read[3 + MOST] = {3, 0, 5};
            options.temperature = 0;
            options.tokens = 12;
            options.best = K;
            CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 3, tokens, &generated, best, probabilities),
                        RNN_OK);
            CHECK_EQUAL(generated, 12);
            for (uint32_t i = 0; i < generated; i++) {
                rnn_real logit[K], prediction[K];
                bool seen[K] = {false};
                read_all(rig, read, 3 + i, logit, prediction);
                CHECK_EQUAL(tokens[i], best[i * K]);
                for (uint32_t j = 0; j < K; j++) {
                    CHECK(!seen[best[i * K + j]]);
                    seen[best[i * K + j]] = true;
                    CHECK(probabilities[i * K + j] == prediction[best[i * K + j]]);
                    CHECK(prediction[j] <= prediction[tokens[i]]);
                    if (j > 0) CHECK(probabilities[i * K + j] <= probabilities[i * K + j - 1]);
                }
                read[3 + i] = tokens[i];
            }
        }
}

/* The frequencies of the first token over many seeds lie within four standard deviations of q_k = p_k^(1 / temperature) among the
 * top_k most probable, made here in double from the logits. */
static void check_frequencies(double temperature, uint32_t top_k)
{
    enum { DRAWS = 40000 };
    static const uint32_t prompt[] = {2, 6};
    struct rig rig = model_of(RNN_GRU, true, 3);
    struct rnn_generate_options options = rnn_generate_options_default();
    rnn_real logit[K], prediction[K];
    double q[K], sum = 0;
    uint32_t counts[K] = {0}, generated;
    read_all(rig, prompt, 2, logit, prediction);
    for (uint32_t k = 0; k < K; k++) {
        uint32_t above = 0;
        for (uint32_t j = 0; j < K; j++) above += logit[j] > logit[k];
        q[k] = top_k && above >= top_k ? 0 : exp((double)logit[k] / temperature);
        sum += q[k];
    }
    options.temperature = temperature;
    options.top_k = top_k;
    options.tokens = 1;
    for (options.seed = 0; options.seed < DRAWS; options.seed++) {
        CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 2, tokens, &generated, NULL, NULL), RNN_OK);
        counts[tokens[0]]++;
    }
    for (uint32_t k = 0; k < K; k++) {
        const double p = q[k] / sum;
        CHECK_NEAR(counts[k], DRAWS * p, 4 * sqrt(DRAWS * p * (1 - p)));
    }
}

static void test_draws_follow_the_softmax(void)
{
    check_frequencies(1, 0);
    check_frequencies(2.5, 0);
    check_frequencies(0.3, 0);
    check_frequencies(1, 3);
    check_frequencies(4, 1);
    check_frequencies(1, K + 5);
}

/* So do the tokens of one long sequence: the sum over its steps of what the steps' predictions expect. */
static void test_draws_of_one_sequence(void)
{
    enum { LONG = 20000 };
    static uint32_t many[LONG], order[LONG * K];
    static rnn_real p[LONG * K];
    static const uint32_t prompt[] = {0};
    struct rig rig = model_of(RNN_SIMPLE_RNN, true, 8);
    struct rnn_generate_options options = rnn_generate_options_default();
    uint32_t generated = 0;
    options.tokens = LONG;
    options.best = K;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, many, &generated, order, p), RNN_OK);
    for (uint32_t k = 0; k < K; k++) {
        double count = 0, expected = 0, variance = 0;
        for (uint32_t i = 0; i < LONG; i++) {
            count += many[i] == k;
            for (uint32_t j = 0; j < K; j++) {
                if (order[i * K + j] != k) continue;
                expected += (double)p[i * K + j];
                variance += (double)p[i * K + j] * (1 - (double)p[i * K + j]);
            }
        }
        CHECK_NEAR(count, expected, 4 * sqrt(variance));
    }
}

static void test_seeds_and_lengths(void)
{
    static const uint32_t prompt[] = {1};
    struct rig rig = model_of(RNN_LSTM, true, 2);
    struct rnn_generate_options options = rnn_generate_options_default();
    uint32_t again[MOST], generated = 0;
    options.tokens = 30;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, tokens, &generated, NULL, NULL), RNN_OK);
    options.tokens = 11; /* the beginning of a longer sequence */
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, again, &generated, NULL, NULL), RNN_OK);
    CHECK(generated == 11 && memcmp(again, tokens, 11 * sizeof *again) == 0);
    options.tokens = 30;
    options.seed = 43;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, again, &generated, NULL, NULL), RNN_OK);
    CHECK(memcmp(again, tokens, sizeof *again * 30) != 0);
    options.temperature = 1e-300; /* as good as 0 */
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, again, &generated, NULL, NULL), RNN_OK);
    options.temperature = 0;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, tokens, &generated, NULL, NULL), RNN_OK);
    CHECK(memcmp(again, tokens, sizeof *again * 30) == 0);
    options.stop = tokens[4];
    uint32_t first = 0;
    while (tokens[first] != options.stop) first++;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, again, &generated, NULL, NULL), RNN_OK);
    CHECK_EQUAL(generated, first + 1);
    options.tokens = 0;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 1, again, &generated, NULL, NULL), RNN_OK);
    CHECK_EQUAL(generated, 0);
}

/* The bits are the same in every build with floats. */
static void test_bits(void)
{
#ifndef RNN_DOUBLE
    static const uint32_t prompt[] = {4, 4};
    struct rig rig = model_of(RNN_GRU, false, 11);
    struct rnn_generate_options options = rnn_generate_options_default();
    uint64_t hash = 0xcbf29ce484222325u;
    uint32_t generated = 0;
    options.tokens = MOST;
    options.temperature = 1.7;
    options.top_k = 6;
    options.best = K;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 2, tokens, &generated, best, probabilities), RNN_OK);
    for (uint32_t i = 0; i < MOST * K; i++) {
        uint32_t bits;
        memcpy(&bits, &probabilities[i], sizeof bits);
        hash = (hash ^ bits ^ best[i] ^ tokens[i / K]) * 0x100000001b3u;
    }
    CHECK_EQUAL((int64_t)hash, INT64_C(5693062819787286747));
#endif
}

static void test_refusals(void)
{
    static const uint32_t prompt[] = {1, K - 1}, wrong[] = {1, K};
    struct rig rig = model_of(RNN_GRU, true, 1);
    struct rnn_generate_options options = rnn_generate_options_default();
    uint32_t generated = 77;
    tokens[0] = 78;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 0, tokens, &generated, NULL, NULL), RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, wrong, 2, tokens, &generated, NULL, NULL), RNN_ERROR_ARGUMENT);
    options.temperature = -1;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 2, tokens, &generated, NULL, NULL), RNN_ERROR_RANGE);
    options.temperature = NAN;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 2, tokens, &generated, NULL, NULL), RNN_ERROR_RANGE);
    options = rnn_generate_options_default();
    options.best = K + 1;
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 2, tokens, &generated, best, NULL), RNN_ERROR_ARGUMENT);
    struct rnn_config config = rig.config;
    config.features = 3;
    options.best = 0;
    CHECK_EQUAL(rnn_model_generate(rig_of(config, 1).model, &options, prompt, 2, tokens, &generated, NULL, NULL),
                RNN_ERROR_SHAPE);
    config = config_of(3, 4, 1, RNN_TANH);
    CHECK_EQUAL(rnn_model_generate(rig_of(config, 1).model, &options, prompt, 1, tokens, &generated, NULL, NULL),
                RNN_ERROR_SHAPE);
    CHECK(generated == 77 && tokens[0] == 78);
    /* weights so large that a logit overflows */
    rig = model_of(RNN_SIMPLE_RNN, true, 1);
    const size_t count = rnn_parameter_count(&rig.config);
    rnn_real *huge = block_of(count * sizeof *huge);
    for (size_t i = 0; i < count; i++) huge[i] = sizeof(rnn_real) == 4 ? (rnn_real)3e38 : (rnn_real)1e308;
    CHECK_EQUAL(rnn_model_set_parameters(rig.model, huge, count), RNN_OK);
    CHECK_EQUAL(rnn_model_generate(rig.model, &options, prompt, 2, tokens, &generated, NULL, NULL), RNN_ERROR_DATA);
    CHECK_EQUAL(generated, 0);
}

int main(void)
{
    TEST(test_greedy);
    TEST(test_draws_follow_the_softmax);
    TEST(test_draws_of_one_sequence);
    TEST(test_seeds_and_lengths);
    TEST(test_bits);
    TEST(test_refusals);
    return check_report();
}
