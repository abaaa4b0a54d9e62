#include "random.h"

#include "elementary.h"

struct rnni_words rnni_philox(struct rnni_words counter, uint32_t key_0, uint32_t key_1)
{
    struct rnni_words c = counter;
    for (int round = 0; round < 10; round++) {
        uint64_t product_0 = (uint64_t)0xD2511F53U * c.word[0];
        uint64_t product_1 = (uint64_t)0xCD9E8D57U * c.word[2];
        c = (struct rnni_words){{(uint32_t)(product_1 >> 32) ^ c.word[1] ^ key_0, (uint32_t)product_1,
                                 (uint32_t)(product_0 >> 32) ^ c.word[3] ^ key_1, (uint32_t)product_0}};
        key_0 += 0x9E3779B9U;
        key_1 += 0xBB67AE85U;
    }
    return c;
}

struct rnni_words rnni_random_at(uint32_t seed, enum rnni_stream stream, uint32_t a, uint32_t b)
{
    return rnni_philox((struct rnni_words){{a, b, 0, 0}}, seed, (uint32_t)stream);
}

struct rnni_random rnni_random_start(uint32_t seed, enum rnni_stream stream, uint32_t b)
{
    return (struct rnni_random){.seed = seed, .b = b, .stream = stream};
}

uint32_t rnni_random_word(struct rnni_random *random)
{
    if (random->left == 0) {
        random->words = rnni_random_at(random->seed, random->stream, random->next++, random->b);
        random->left = 4;
    }
    return random->words.word[4 - random->left--];
}

uint32_t rnni_random_below(struct rnni_random *random, uint32_t bound)
{
    uint64_t product = (uint64_t)rnni_random_word(random) * bound;
    if ((uint32_t)product < bound) {
        uint32_t threshold = (0U - bound) % bound;
        while ((uint32_t)product < threshold) product = (uint64_t)rnni_random_word(random) * bound;
    }
    return (uint32_t)(product >> 32);
}

void rnni_random_normal(struct rnni_random *random, rnn_real pair[2])
{
    rnn_real u, v, s;
    do {
        u = 2 * rnni_uniform(rnni_random_word(random)) - 1;
        v = 2 * rnni_uniform(rnni_random_word(random)) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    rnn_real factor = rnni_sqrt(-2 * rnni_log(s) / s);
    pair[0] = u * factor;
    pair[1] = v * factor;
}

void rnni_random_permutation(struct rnni_random *random, uint32_t *order, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = rnni_random_below(random, i);
        uint32_t swapped = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swapped;
    }
}
