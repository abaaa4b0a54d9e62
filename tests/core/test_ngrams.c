/* Counts of tokens, compared with counts that are made here by comparing every context with every other, and with the definition of
 * the probabilities in double. */
#include "support.h"

enum { K = 5, N = 9, T = 7, NO_CONTEXT = 99 };

static rnn_real x[N * T * K], x_number[N * T], y[N * T], y_last[N];
static uint32_t inputs[N][T];

/* Tokens of which some contexts are frequent, some rare and some never seen. */
static void draw(uint32_t seed)
{
    memset(x, 0, sizeof x);
    for (uint32_t n = 0; n < N; n++)
        for (uint32_t t = 0; t <= T; t++) {
            seed = seed * 1664525u + 1013904223u;
            const uint32_t token = (seed >> 28) * (seed >> 28) * K >> 8;
            if (t > 0) y[n * T + t - 1] = (rnn_real)token;
            if (t == T) continue;
            inputs[n][t] = token;
            x[(n * T + t) * K + token] = 1;
            x_number[n * T + t] = (rnn_real)token / (K - 1);
        }
    for (uint32_t n = 0; n < N; n++) y_last[n] = y[n * T + T - 1];
}

static struct rnn_dataset data_of(bool one_hot, bool every_step)
{
    return (struct rnn_dataset){.x = one_hot ? x : x_number,
                                .y = every_step ? y : y_last,
                                .samples = N,
                                .timesteps = T,
                                .features = one_hot ? K : 1,
                                .readouts = every_step ? T : 1};
}

/* The token `back` steps before time step t of a sample; before the beginning there is none. */
static uint32_t back_of(uint32_t n, uint32_t t, uint32_t back)
{
    return back > t ? NO_CONTEXT : inputs[n][t - back];
}

static bool same_context(uint32_t n, uint32_t t, uint32_t m, uint32_t s, uint32_t context)
{
    for (uint32_t i = 0; i < context; i++)
        if (back_of(n, t, i) != back_of(m, s, i)) return false;
    return true;
}

/* p(k) after time step t of a sample, counted over the first `samples` samples. */
static double probability(uint32_t n, uint32_t t, uint32_t context, uint32_t k, double prior, uint32_t samples,
                          bool every_step)
{
    double all = 0, followed = 0;
    const double shorter = context ? probability(n, t, context - 1, k, prior, samples, every_step) : 1.0 / K;
    for (uint32_t m = 0; m < samples; m++)
        for (uint32_t s = every_step ? 0 : T - 1; s < T; s++)
            if (same_context(n, t, m, s, context)) {
                all++;
                followed += y[m * T + s] == (rnn_real)k;
            }
    return all + prior == 0 ? shorter : (followed + prior * shorter) / (all + prior);
}

static struct rnn_ngrams *ngrams_of(const struct rnn_dataset *training, uint32_t outputs, uint32_t context)
{
    struct rnn_ngrams *ngrams = NULL;
    uint64_t bytes = 0;
    CHECK_EQUAL(rnn_ngrams_size(training, outputs, context, &bytes), RNN_OK);
    CHECK_EQUAL(rnn_ngrams_init(block_of(bytes), bytes, training, outputs, context, &ngrams), RNN_OK);
    return ngrams;
}

/* Counted over the first six samples, asked of all nine: three have contexts that were never counted. */
static void check_all(uint32_t context, double prior, bool one_hot, bool every_step)
{
    enum { COUNTED = 6 };
    const struct rnn_dataset all = data_of(one_hot, every_step);
    struct rnn_dataset training = all;
    training.samples = COUNTED;
    struct rnn_ngrams *ngrams = ngrams_of(&training, K, context);
    static rnn_real predictions[N * T * K];
    struct rnn_metrics metrics = {0, 0};
    double loss = 0, right = 0, readouts = 0;
    CHECK_EQUAL(rnn_ngrams_predict(ngrams, &all, prior, predictions), RNN_OK);
    CHECK_EQUAL(rnn_ngrams_evaluate(ngrams, &all, prior, &metrics), RNN_OK);
    for (uint32_t n = 0; n < N; n++)
        for (uint32_t t = every_step ? 0 : T - 1; t < T; t++, readouts++) {
            const rnn_real *p = predictions + (size_t)readouts * K;
            double largest = -1, sum = 0, of_target = 0;
            uint32_t answer = 0;
            for (uint32_t k = 0; k < K; k++) {
                const double wanted = probability(n, t, context, k, prior, COUNTED, every_step);
                CHECK_NEAR(p[k], wanted, 1e-6);
                sum += (double)p[k];
                if (wanted > largest + 1e-12) answer = k;
                if (wanted > largest + 1e-12) largest = wanted;
                if (y[n * T + t] == (rnn_real)k) of_target = wanted;
            }
            CHECK_NEAR(sum, 1, 1e-6);
            loss += of_target > 0 ? -log(of_target) : INFINITY;
            right += y[n * T + t] == (rnn_real)answer;
        }
    CHECK_NEAR(metrics.metric, right / readouts, 1e-12);
    if (isfinite(loss))
        CHECK_NEAR(metrics.loss, loss / readouts, 1e-5);
    else
        CHECK(metrics.loss == loss);
}

static void test_definition(void)
{
    for (uint32_t seed = 1; seed <= 4; seed++) {
        draw(seed);
        for (uint32_t context = 0; context <= RNN_CONTEXT_MAXIMUM; context++)
            for (int form = 0; form < 4; form++) {
                check_all(context, 1, form & 1, form & 2);
                check_all(context, 0.25, form & 1, form & 2);
                check_all(context, 0, form & 1, form & 2);
            }
    }
}

/* Masked time steps count as if they were not there: whatever they hold, and with the target of the last valid one. */
static void test_lengths(void)
{
    uint32_t lengths[N];
    static rnn_real shorter[N * T * K], masked[N * T * K];
    for (int every_step = 0; every_step < 2; every_step++) {
        draw(3);
        struct rnn_dataset whole = data_of(true, every_step), cut = whole;
        struct rnn_metrics a = {0, 0}, b = {1, 1};
        cut.lengths = lengths;
        for (uint32_t n = 0; n < N; n++) { /* all sequences as long, then with other numbers behind them */
            lengths[n] = T - 2;
            for (uint32_t i = (n * T + T - 2) * K; i < (n + 1) * T * K; i++) x[i] = 9;
            for (uint32_t t = T - 2; every_step && t < T; t++) y[n * T + t] = -1;
        }
        static rnn_real near_x[N * (T - 2) * K], near_y[N * T];
        for (uint32_t n = 0; n < N; n++) {
            memcpy(near_x + n * (T - 2) * K, x + n * T * K, (T - 2) * K * sizeof *x);
            for (uint32_t t = 0; t < T - 2; t++) near_y[n * (T - 2) + t] = y[n * T + t];
            if (!every_step) near_y[n] = y_last[n];
        }
        whole.x = near_x;
        whole.y = near_y;
        whole.timesteps = T - 2;
        if (every_step) whole.readouts = T - 2;
        struct rnn_ngrams *of_whole = ngrams_of(&whole, K, 3), *of_cut = ngrams_of(&cut, K, 3);
        CHECK_EQUAL(rnn_ngrams_evaluate(of_whole, &whole, 0.5, &a), RNN_OK);
        CHECK_EQUAL(rnn_ngrams_evaluate(of_cut, &cut, 0.5, &b), RNN_OK);
        CHECK(a.loss == b.loss && a.metric == b.metric);
        CHECK_EQUAL(rnn_ngrams_predict(of_whole, &whole, 0.5, shorter), RNN_OK);
        CHECK_EQUAL(rnn_ngrams_predict(of_cut, &cut, 0.5, masked), RNN_OK);
        for (uint32_t n = 0; n < N; n++) {
            const size_t row = whole.readouts * K;
            CHECK(memcmp(shorter + n * row, masked + n * cut.readouts * K, row * sizeof *masked) == 0);
            for (size_t i = row; i < cut.readouts * K; i++) CHECK(masked[n * cut.readouts * K + i] == 0);
        }
        lengths[4] = 0;
        CHECK_EQUAL(rnn_ngrams_evaluate(of_cut, &cut, 0.5, &b), RNN_ERROR_DATA);
        lengths[4] = T + 1;
        CHECK_EQUAL(rnn_ngrams_evaluate(of_cut, &cut, 0.5, &b), RNN_ERROR_DATA);
    }
}

/* The 88 words in which each context of four words is followed by one word alone. The accuracies are 17, 49, 68, 82 and 87 of 87: counted
 * apart from this library, in JavaScript, with the text's words as keys. */
static void test_little_house(void)
{
    static const char text[] = "in the little house there lived a cat and a dog . the cat liked milk and the dog liked "
                               "bread . when the cat was "
                               "hungry she asked for milk . when the dog was hungry he asked for bread . one day the "
                               "cat found bread and the dog "
                               "found milk . so the cat gave the bread to the dog and the dog gave the milk to the cat "
                               ". then the cat slept in "
                               "the sun and the dog slept in the house .";
    enum { WORDS = 88, V = 30, BYTES = 16 };
    static char words[WORDS][BYTES], listed[V][BYTES];
    static rnn_real house_x[(WORDS - 1) * V], house_y[WORDS - 1];
    static const double right[] = {17, 49, 68, 82, 87};
    uint32_t known = 0, count = 0;
    for (const char *at = text; *at; count++) {
        const size_t length = strcspn(at, " ");
        memcpy(words[count], at, length);
        at += length + (at[length] == ' ');
        uint32_t k = 0;
        while (k < known && strcmp(listed[k], words[count]) != 0) k++;
        if (k == known) memcpy(listed[known++], words[count], BYTES);
        if (count < WORDS - 1) house_x[count * V + k] = 1;
        if (count > 0) house_y[count - 1] = (rnn_real)k;
    }
    CHECK(count == WORDS && known == V);
    const struct rnn_dataset data = {
        .x = house_x, .y = house_y, .samples = 1, .timesteps = WORDS - 1, .features = V, .readouts = WORDS - 1};
    for (uint32_t context = 0; context <= RNN_CONTEXT_MAXIMUM; context++)
        for (int prior = 0; prior < 2; prior++) {
            struct rnn_metrics metrics = {0, 0};
            CHECK_EQUAL(rnn_ngrams_evaluate(ngrams_of(&data, V, context), &data, prior, &metrics), RNN_OK);
            CHECK_NEAR(metrics.metric * 87, right[context], 1e-9);
            if (context == 4 && prior == 0) CHECK(metrics.loss == 0);
        }
}

static void test_refusals(void)
{
    draw(1);
    struct rnn_dataset data = data_of(true, true), wrong = data;
    struct rnn_ngrams *ngrams = ngrams_of(&data, K, 2), *made = NULL;
    struct rnn_metrics metrics;
    uint64_t bytes = 0;
    CHECK_EQUAL(rnn_ngrams_size(&data, K, 5, &bytes), RNN_ERROR_RANGE);
    CHECK_EQUAL(rnn_ngrams_size(&data, K + 1, 1, &bytes), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_ngrams_size(&data, K - 1, 1, &bytes), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_ngrams_size(&data, 65, 1, &bytes), RNN_ERROR_RANGE);
    wrong.samples = 0;
    CHECK_EQUAL(rnn_ngrams_size(&wrong, K, 1, &bytes), RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_ngrams_size(&data, K, 2, &bytes), RNN_OK);
    void *block = block_of(bytes + 8);
    CHECK_EQUAL(rnn_ngrams_init(block, bytes - 1, &data, K, 2, &made), RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_ngrams_init((char *)block + 4, bytes, &data, K, 2, &made), RNN_ERROR_BLOCK);
    CHECK(made == NULL);
    CHECK_EQUAL(rnn_ngrams_evaluate(ngrams, &data, -1, &metrics), RNN_ERROR_RANGE);
    CHECK_EQUAL(rnn_ngrams_evaluate(ngrams, &data, NAN, &metrics), RNN_ERROR_RANGE);
    memset(block, 0, bytes);
    CHECK_EQUAL(rnn_ngrams_evaluate(block, &data, 1, &metrics), RNN_ERROR_BLOCK);
    x[3] = x[4] = 1; /* two tokens at once */
    CHECK_EQUAL(rnn_ngrams_evaluate(ngrams, &data, 1, &metrics), RNN_ERROR_DATA);
    draw(1);
    y[N * T - 1] = K;
    CHECK_EQUAL(rnn_ngrams_evaluate(ngrams, &data, 1, &metrics), RNN_ERROR_DATA);
    draw(1);
    data = data_of(false, true);
    for (int i = 0; i < 3; i++) {
        x_number[5] = i == 0 ? (rnn_real)0.3 : i == 1 ? (rnn_real)-0.25 : (rnn_real)1.25;
        CHECK_EQUAL(rnn_ngrams_evaluate(ngrams, &data, 1, &metrics), RNN_ERROR_DATA);
    }
}

int main(void)
{
    TEST(test_definition);
    TEST(test_lengths);
    TEST(test_little_house);
    TEST(test_refusals);
    return check_report();
}
