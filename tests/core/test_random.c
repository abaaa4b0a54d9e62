/* The random numbers must be Philox's, unbiased, and independent between streams.
 *
 * Independent reference: the known answers that Random123 publishes for philox4x32-10. */
#include "../../core/numeric/random.h"
#include "support.h"

static bool philox_gives(struct rnni_words counter, uint32_t key_0, uint32_t key_1, struct rnni_words want)
{
    struct rnni_words got = rnni_philox(counter, key_0, key_1);
    return memcmp(&got, &want, sizeof got) == 0;
}

static void test_known_answers(void)
{
    const uint32_t ones = 0xffffffff;
    CHECK(philox_gives((struct rnni_words){{0}}, 0, 0,
                       (struct rnni_words){{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
    CHECK(philox_gives((struct rnni_words){{ones, ones, ones, ones}}, ones, ones,
                       (struct rnni_words){{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
    CHECK(philox_gives((struct rnni_words){{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0xa4093822, 0x299f31d0,
                       (struct rnni_words){{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

static void test_uniform(void)
{
    CHECK(rnni_uniform(0) == 0);
    CHECK(rnni_uniform(UINT32_MAX) < 1);
    CHECK((double)rnni_uniform(UINT32_MAX) == 1 - 0x1p-24);
}

/* Chi-squared with 6 degrees of freedom is below 22.5 for 999 of 1,000 seeds; the seed here is fixed. */
static void test_below(void)
{
    double counts[7] = {0}, chi = 0;
    const int draws = 70000;
    struct rnni_random random = rnni_random_start(1, RNNI_STREAM_SHUFFLE, 0);
    for (int i = 0; i < draws; i++) counts[rnni_random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++) chi += (counts[i] - draws / 7.0) * (counts[i] - draws / 7.0) / (draws / 7.0);
    CHECK(chi > 0.3 && chi < 22.5);
    for (int i = 0; i < 100; i++) CHECK(rnni_random_below(&random, 1) == 0);
    /* four words for three values: without rejection one value would come twice as often */
    int thirds = 0;
    for (int i = 0; i < 3000; i++) thirds += rnni_random_below(&random, 0xc0000000U) % 3 == 0;
    CHECK(abs(thirds - 1000) < 4 * 26);
}

static void test_normal(void)
{
    double sum = 0, squares = 0, fourths = 0, product = 0;
    const int pairs = 50000;
    struct rnni_random random = rnni_random_start(2, RNNI_STREAM_WEIGHTS, 0);
    for (int i = 0; i < pairs; i++) {
        rnn_real pair[2];
        rnni_random_normal(&random, pair);
        for (int k = 0; k < 2; k++) {
            double v = pair[k];
            sum += v;
            squares += v * v;
            fourths += v * v * v * v;
        }
        product += (double)pair[0] * (double)pair[1];
    }
    const double n = 2.0 * pairs;
    CHECK(fabs(sum / n) < 4 / sqrt(n)); /* four standard errors, from the moments of the normal distribution */
    CHECK(fabs(squares / n - 1) < 4 * sqrt(2 / n));
    CHECK(fabs(fourths / n - 3) < 4 * sqrt(96 / n));
    CHECK(fabs(product / pairs) < 4 / sqrt((double)pairs));
}

/* Marsaglia's method as defined, applied to the words of the same stream. */
static void test_polar_method(void)
{
    struct rnni_random random = rnni_random_start(9, RNNI_STREAM_WEIGHTS, 1), words = random;
    for (int i = 0; i < 1000; i++) {
        double u, v, s;
        do {
            u = 2 * (double)rnni_uniform(rnni_random_word(&words)) - 1;
            v = 2 * (double)rnni_uniform(rnni_random_word(&words)) - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        rnn_real pair[2];
        rnni_random_normal(&random, pair);
        CHECK_NEAR(pair[0], u * sqrt(-2 * log(s) / s), 1e-4);
        CHECK_NEAR(pair[1], v * sqrt(-2 * log(s) / s), 1e-4);
        CHECK(random.next == words.next && random.left == words.left);
    }
}

static void test_permutation(void)
{
    uint32_t order[1000], again[1000], seen[1000] = {0}, fixed = 0;
    struct rnni_random random = rnni_random_start(3, RNNI_STREAM_SHUFFLE, 7);
    rnni_random_permutation(&random, order, 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        CHECK(order[i] < 1000);
        seen[order[i]]++;
        fixed += order[i] == i;
    }
    for (uint32_t i = 0; i < 1000; i++) CHECK(seen[i] == 1);
    CHECK(fixed < 10); /* one on average */
    random = rnni_random_start(3, RNNI_STREAM_SHUFFLE, 7);
    rnni_random_permutation(&random, again, 1000);
    CHECK(memcmp(order, again, sizeof order) == 0);
    random = rnni_random_start(3, RNNI_STREAM_SHUFFLE, 8);
    rnni_random_permutation(&random, again, 1000);
    CHECK(memcmp(order, again, sizeof order) != 0);
}

static void test_streams_differ(void)
{
    struct rnni_words data = rnni_random_at(42, RNNI_STREAM_DATA, 0, 0),
                      labels = rnni_random_at(42, RNNI_STREAM_LABELS, 0, 0);
    CHECK(data.word[0] != labels.word[0]);
    struct rnni_random random = rnni_random_start(42, RNNI_STREAM_DATA, 5);
    for (uint32_t i = 0; i < 12; i++)
        CHECK(rnni_random_word(&random) == rnni_random_at(42, RNNI_STREAM_DATA, i / 4, 5).word[i % 4]);
}

int main(void)
{
    test_known_answers();
    test_uniform();
    test_below();
    test_normal();
    test_polar_method();
    test_permutation();
    test_streams_differ();
    return check_report();
}
