/* The most frequent tokens of a text, counted in a hash table with open addressing, and a vocabulary as text. */
#include "diagnose.h"
#include "text.h"
#include "utf8.h"
#include "writer.h"

enum { MOST_DISTINCT = 1 << 20 };

const char *rnni_unknown_text(uint32_t unit)
{
    return unit == RNN_WORDS ? "<unknown>" : "\ufffd";
}

/* ------------------------------------------------------------------------------------------------ counting */

/* A token, by where it is first. */
struct entry {
    uint32_t at, count; /* count 0: an empty place */
};

struct counter {
    struct entry *entries;
    uint32_t last; /* the number of places - 1 */
    uint32_t distinct;
    struct rnni_scan scan;
};

/* The table is at most half full. */
static uint32_t places_for(uint32_t tokens)
{
    uint32_t places = 16;
    while (places < 2 * (uint64_t)MOST_DISTINCT && places < 2 * (uint64_t)tokens) places *= 2;
    return places;
}

uint64_t rnni_counter_bytes(uint32_t tokens)
{
    return (uint64_t)places_for(tokens) * sizeof(struct entry);
}

/* FNV-1a, 32 bits. */
static uint32_t hash_of(const char *text)
{
    uint32_t hash = 0x811c9dc5u;
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 0x01000193u;
    return hash;
}

/* The token that begins at an offset of the text. */
static void token_at(const struct counter *counter, uint32_t at, struct rnni_token *token)
{
    struct rnni_scan scan = counter->scan;
    scan.at = at;
    rnni_scan_next(&scan, token);
}

static bool is_at(const struct counter *counter, uint32_t at, const struct rnni_token *token)
{
    struct rnni_token other;
    token_at(counter, at, &other);
    return strcmp(other.text, token->text) == 0;
}

/* Returns false if there is no room for one more token. */
static bool count(struct counter *counter, const struct rnni_token *token)
{
    uint32_t place = hash_of(token->text) & counter->last;
    struct entry *entry;
    while ((entry = &counter->entries[place])->count && !is_at(counter, entry->at, token))
        place = (place + 1) & counter->last;
    if (!entry->count) {
        if (counter->distinct == MOST_DISTINCT) return false;
        entry->at = (uint32_t)token->at;
        counter->distinct++;
    }
    entry->count++;
    return true;
}

/* Fills best with the most frequent entries in order, and returns their number. */
static uint32_t find_best(const struct counter *counter, uint32_t most, struct entry *best)
{
    uint32_t found = 0;
    for (uint32_t place = 0; place <= counter->last; place++) {
        const struct entry entry = counter->entries[place];
        uint32_t at = found < most ? found : most;
        if (!entry.count) continue;
        for (; at > 0; at--) {
            const struct entry other = best[at - 1];
            if (other.count > entry.count || (other.count == entry.count && other.at < entry.at)) break;
            if (at < most) best[at] = other;
        }
        if (at < most) best[at] = entry;
        if (found < most) found++;
    }
    return found;
}

enum rnn_status rnn_vocabulary_build(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case, uint32_t limit,
                                     void *block, uint64_t block_bytes, struct rnn_vocabulary *vocabulary,
                                     struct rnn_text *found, struct rnn_diagnosis *diagnosis)
{
    struct entry best[RNN_VOCABULARY_MAXIMUM];
    struct counter counter = {.entries = block};
    struct rnn_text made;
    struct rnni_token token;
    uint64_t needed = 0;
    uint32_t known = 0;
    if (!block || !vocabulary || !found) return RNN_ERROR_ARGUMENT;
    if (limit < 2 || limit > RNN_VOCABULARY_MAXIMUM) return RNN_ERROR_RANGE;
    RNNI_TRY(rnn_text_measure(text, bytes, unit, keep_case, &made, &needed, diagnosis));
    if (block_bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    RNNI_TRY(rnni_scan_start(&counter.scan, text, bytes, unit, keep_case, diagnosis));
    if (made.tokens == 0)
        return rnni_scan_fail(&counter.scan, bytes, "expected a text with at least one word, got none", diagnosis);
    memset(block, 0, (size_t)needed);
    counter.last = places_for(made.tokens) - 1;
    for (struct rnni_scan scan = counter.scan; rnni_scan_next(&scan, &token);)
        if (token.text[0] && strcmp(token.text, rnni_unknown_text(unit)) != 0) {
            if (!count(&counter, &token)) return RNN_ERROR_TOO_LARGE;
            known++;
        }
    made.distinct = counter.distinct;
    const bool all = counter.distinct >= 2 && counter.distinct <= limit && known == made.tokens;
    const uint32_t listed = find_best(&counter, all ? limit : limit - 1, best);
    memset(vocabulary, 0, sizeof *vocabulary);
    vocabulary->unit = unit;
    vocabulary->keep_case = keep_case;
    vocabulary->unknown = all ? RNN_NO_TOKEN : listed;
    vocabulary->size = listed + !all;
    made.unknown = made.tokens;
    for (uint32_t i = 0; i < listed; i++) {
        token_at(&counter, best[i].at, &token);
        memcpy(vocabulary->token[i], token.text, RNN_TOKEN_BYTES);
        made.unknown -= best[i].count;
    }
    if (!all) strcpy(vocabulary->token[listed], rnni_unknown_text(unit));
    *found = made;
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ as text */

bool rnni_vocabulary_valid(const struct rnn_vocabulary *vocabulary)
{
    if (!vocabulary || !rnn_token_unit_name(vocabulary->unit) || vocabulary->keep_case > 1) return false;
    if (vocabulary->size < 2 || vocabulary->size > RNN_VOCABULARY_MAXIMUM) return false;
    if (vocabulary->unknown != RNN_NO_TOKEN && vocabulary->unknown != vocabulary->size - 1) return false;
    for (uint32_t i = 0; i < vocabulary->size; i++)
        if (!vocabulary->token[i][0] || !memchr(vocabulary->token[i], 0, RNN_TOKEN_BYTES)) return false;
    return true;
}

uint32_t rnni_vocabulary_find(const struct rnn_vocabulary *vocabulary, const char *token)
{
    for (uint32_t i = 0; i < vocabulary->size; i++)
        if (strcmp(vocabulary->token[i], token) == 0) return i;
    return vocabulary->unknown;
}

enum rnn_status rnn_vocabulary_write(const struct rnn_vocabulary *vocabulary, char *text, size_t capacity,
                                     size_t *written)
{
    struct rnni_writer writer = {0};
    if (!vocabulary || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    if (!rnni_vocabulary_valid(vocabulary)) return RNN_ERROR_DATA;
    do
        for (uint32_t i = 0; i < vocabulary->size; i++) {
            if (i > 0 && vocabulary->unit == RNN_WORDS) rnni_put_text(&writer, " ");
            rnni_put_text(&writer, vocabulary->token[i]);
        }
    while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}

static enum rnn_status refuse(const struct rnni_scan *scan, const struct rnni_token *token, const char *expected,
                              struct rnn_diagnosis *diagnosis)
{
    rnni_scan_fail(scan, token->at, expected, diagnosis);
    rnni_diagnose_text(diagnosis, ", got ");
    rnni_diagnose_quote(diagnosis, scan->text + token->at, token->end - token->at);
    return RNN_ERROR_TEXT;
}

enum rnn_status rnn_vocabulary_read(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case,
                                    struct rnn_vocabulary *vocabulary, struct rnn_diagnosis *diagnosis)
{
    struct rnn_vocabulary made = {.unit = unit, .keep_case = keep_case, .unknown = RNN_NO_TOKEN};
    struct rnni_scan scan;
    struct rnni_token token;
    if (!vocabulary) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_scan_start(&scan, text, bytes, unit, keep_case, diagnosis));
    for (scan.lists_unknown = true; rnni_scan_next(&scan, &token); made.size++) {
        if (!token.text[0]) return refuse(&scan, &token, "expected a token of at most 63 bytes", diagnosis);
        if (made.size == RNN_VOCABULARY_MAXIMUM) return refuse(&scan, &token, "expected at most 64 tokens", diagnosis);
        if (rnni_vocabulary_find(&made, token.text) != RNN_NO_TOKEN)
            return refuse(&scan, &token, "expected each token once, and the unknown one last", diagnosis);
        if (unit == RNN_WORDS && made.size > 0 && token.joined)
            return refuse(&scan, &token, "expected a space between two tokens", diagnosis);
        memcpy(made.token[made.size], token.text, RNN_TOKEN_BYTES);
        if (strcmp(token.text, rnni_unknown_text(unit)) == 0) made.unknown = made.size;
    }
    if (made.size < 2) return rnni_scan_fail(&scan, bytes, "expected at least two tokens", diagnosis);
    *vocabulary = made;
    return RNN_OK;
}
