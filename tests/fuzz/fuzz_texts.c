/* Any bytes are read as a text, by words and by characters: they are rejected with a position, or accepted, and then the vocabulary
 * is the same after writing and reading it, the tokens the same after decoding them, and every layout of sequences holds tokens of
 * the vocabulary alone. */
#include "require.h"

enum { LARGEST = 1 << 12 }; /* tokens; longer texts are only measured */

static void require_vocabulary(const struct rnn_vocabulary *vocabulary)
{
    struct rnn_diagnosis diagnosis;
    struct rnn_vocabulary again;
    size_t needed = 0;
    REQUIRE(vocabulary->size >= 2 && vocabulary->size <= RNN_VOCABULARY_MAXIMUM);
    REQUIRE(rnn_vocabulary_write(vocabulary, NULL, 0, &needed) == RNN_ERROR_BLOCK);
    char *text = require_memory(needed);
    REQUIRE(rnn_vocabulary_write(vocabulary, text, needed, &needed) == RNN_OK);
    REQUIRE(rnn_vocabulary_read(text, needed, vocabulary->unit, vocabulary->keep_case, &again, &diagnosis) == RNN_OK);
    REQUIRE(memcmp(&again, vocabulary, sizeof again) == 0);
    free(text);
}

static void require_tokens(const struct rnn_vocabulary *vocabulary, const uint32_t *tokens, uint32_t count,
                           uint32_t unknown)
{
    struct rnn_text found;
    struct rnn_diagnosis diagnosis;
    size_t needed = 0;
    rnn_text_decode(vocabulary, tokens, count, NULL, 0, &needed);
    char *text = require_memory(needed);
    REQUIRE(rnn_text_decode(vocabulary, tokens, count, text, needed, &needed) == RNN_OK);
    REQUIRE(rnn_text_measure(text, needed, vocabulary->unit, vocabulary->keep_case, &found, NULL, &diagnosis) ==
            RNN_OK);
    if (unknown == 0) {
        uint32_t *again = require_memory(count * sizeof *again);
        REQUIRE(found.tokens == count);
        REQUIRE(rnn_text_encode(text, needed, vocabulary, again, NULL, NULL, &diagnosis) == RNN_OK);
        REQUIRE(memcmp(again, tokens, count * sizeof *again) == 0);
        free(again);
    }
    free(text);
}

static void require_sequences(const struct rnn_vocabulary *vocabulary, const uint32_t *tokens, const uint8_t *marks,
                              uint32_t count)
{
    for (uint32_t form = 0; rnn_text_form_name(form); form++) {
        const struct rnn_text_layout layout = {form, form == RNN_TEXT_WINDOWS ? 3 : 0, 2, vocabulary->size, 1};
        struct rnn_text_shape shape;
        const enum rnn_status status = rnn_text_sequences_measure(tokens, marks, count, &layout, &shape);
        REQUIRE(status == RNN_OK || status == RNN_ERROR_EMPTY);
        if (status != RNN_OK) continue;
        const size_t steps = (size_t)shape.samples * shape.timesteps;
        rnn_real *x = require_memory(steps * sizeof *x), *y = require_memory(steps * sizeof *y);
        uint32_t *lengths = require_memory(shape.samples * sizeof *lengths);
        REQUIRE(rnn_text_sequences(tokens, marks, count, &layout, x, y, lengths) == RNN_OK);
        for (size_t i = 0; i < steps; i++)
            REQUIRE(x[i] >= 0 && x[i] <= 1 && y[i] >= 0 && y[i] < (rnn_real)layout.outputs);
        for (uint32_t i = 0; i < shape.samples; i++) REQUIRE(lengths[i] >= 1 && lengths[i] <= shape.timesteps);
        free(x);
        free(y);
        free(lengths);
    }
}

static void read_as(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case, uint32_t limit)
{
    struct rnn_diagnosis diagnosis = {0};
    struct rnn_vocabulary vocabulary;
    struct rnn_text found;
    uint64_t block_bytes = 0;
    enum rnn_status status = rnn_text_measure(text, bytes, unit, keep_case, &found, &block_bytes, &diagnosis);
    if (status == RNN_OK && found.tokens > LARGEST) return;
    const uint32_t count = found.tokens;
    if (status == RNN_OK) {
        void *block = require_memory((size_t)block_bytes);
        status = rnn_vocabulary_build(text, bytes, unit, keep_case, limit, block, block_bytes, &vocabulary, &found,
                                      &diagnosis);
        free(block);
    }
    REQUIRE(status == RNN_OK || status == RNN_ERROR_TEXT);
    if (status != RNN_OK) {
        require_diagnosis(&diagnosis, bytes);
        return;
    }
    uint32_t *tokens = require_memory(count * sizeof *tokens);
    uint8_t *marks = require_memory(count);
    REQUIRE(rnn_text_encode(text, bytes, &vocabulary, tokens, marks, NULL, &diagnosis) == RNN_OK);
    require_vocabulary(&vocabulary);
    require_tokens(&vocabulary, tokens, count, found.unknown);
    require_sequences(&vocabulary, tokens, marks, count);
    free(tokens);
    free(marks);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    static const uint32_t limits[] = {64, 5};
    const char *text = (const char *)input;
    struct rnn_vocabulary vocabulary;
    struct rnn_diagnosis diagnosis = {0};
    if (!text) return 0;
    for (uint32_t unit = 0; rnn_token_unit_name(unit); unit++) {
        for (uint32_t keep_case = 0; keep_case < 2; keep_case++)
            read_as(text, bytes, unit, keep_case, limits[keep_case]);
        if (rnn_vocabulary_read(text, bytes, unit, 0, &vocabulary, &diagnosis) == RNN_OK)
            require_vocabulary(&vocabulary);
        else
            require_diagnosis(&diagnosis, bytes);
    }
    return 0;
}
