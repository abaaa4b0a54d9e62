/* Counts which token followed which context, in a hash table with open addressing. A key holds the context's length, its tokens and
 * the token that followed, seven bits each. The order of sums does not depend on the table. */
#include "../numeric/elementary.h"
#include "../training/losses.h"

enum { MOST_TOKENS = 64, BEGINNING = 64, ANY_TOKEN = 65, TOKEN_BITS = 7, NGRAMS_MAGIC = 0x314e4e52 /* "RNN1" */ };

struct rnn_ngrams {
    uint32_t magic, outputs, context, bits; /* the table has 2^bits places */
};

struct table {
    uint64_t *keys;   /* 0: an empty place */
    uint32_t *counts; /* how often each key was counted */
    uint32_t bits;
};

static struct table table_of(const struct rnn_ngrams *ngrams)
{
    uint64_t *keys = (uint64_t *)(uintptr_t)(ngrams + 1);
    return (struct table){keys, (uint32_t *)(keys + ((size_t)1 << ngrams->bits)), ngrams->bits};
}

/* window: the latest tokens, the newest in the lowest bits. next: the token that followed, or ANY_TOKEN for the context itself. */
static uint64_t key_of(uint64_t window, uint32_t context, uint32_t next)
{
    const uint64_t tokens = window & (((uint64_t)1 << TOKEN_BITS * context) - 1);
    return (((tokens << TOKEN_BITS) | next) << 3) | (context + 1);
}

/* The place of a key, or the empty place where it belongs. */
static size_t place_of(const struct table *table, uint64_t key)
{
    const size_t last = ((size_t)1 << table->bits) - 1;
    size_t place = (size_t)((key * 0x9e3779b97f4a7c15u) >> (64 - table->bits));
    while (table->keys[place] && table->keys[place] != key) place = (place + 1) & last;
    return place;
}

static void count(const struct table *table, uint64_t key)
{
    const size_t place = place_of(table, key);
    table->keys[place] = key;
    table->counts[place]++;
}

static uint32_t count_of(const struct table *table, uint64_t key)
{
    return table->counts[place_of(table, key)];
}

/* ------------------------------------------------------------------------------------------------ data */

/* The token of a time step's input; outputs if it is none. */
static uint32_t token_of(const rnn_real *x, uint32_t features, uint32_t outputs)
{
    uint32_t token = outputs;
    if (features == 1) {
        const rnn_real scaled = x[0] * (rnn_real)(outputs - 1);
        if (!(scaled >= 0 && scaled < (rnn_real)outputs)) return outputs;
        token = (uint32_t)(scaled + (rnn_real)0.5);
        const rnn_real apart = scaled - (rnn_real)token;
        return apart < (rnn_real)1e-3 && apart > (rnn_real)-1e-3 ? token : outputs;
    }
    for (uint32_t f = 0; f < features; f++) {
        if (x[f] == 0) continue;
        if (x[f] != 1 || token < outputs) return outputs;
        token = f;
    }
    return token;
}

/* The time steps of a sample that are not masked. */
static uint32_t steps_of(const struct rnn_dataset *data, uint32_t sample)
{
    return data->lengths ? data->lengths[sample] : data->timesteps;
}

static bool sample_valid(const struct rnn_dataset *data, uint32_t outputs, bool targets, uint32_t sample)
{
    const uint32_t steps = steps_of(data, sample);
    const rnn_real *x = data->x + (size_t)sample * data->timesteps * data->features;
    if (steps == 0 || steps > data->timesteps) return false;
    for (uint32_t t = 0; t < steps; t++)
        if (token_of(x + (size_t)t * data->features, data->features, outputs) == outputs) return false;
    return !targets || rnni_targets_valid(RNN_SPARSE_CATEGORICAL_CROSSENTROPY, outputs,
                                          data->y + (size_t)sample * data->readouts, data->readouts == 1 ? 1 : steps);
}

static enum rnn_status check_data(const struct rnn_dataset *data, uint32_t outputs, bool targets)
{
    if (!data || !data->x || (targets && !data->y)) return RNN_ERROR_ARGUMENT;
    if (data->samples == 0) return RNN_ERROR_EMPTY;
    RNNI_TRY(rnn_range_check(RNN_CLASSES, outputs));
    RNNI_TRY(rnn_range_check(RNN_SAMPLES, data->samples));
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, data->timesteps));
    if (outputs < 2 || (data->features != outputs && data->features != 1) ||
        (data->readouts != 1 && data->readouts != data->timesteps))
        return RNN_ERROR_SHAPE;
    for (uint32_t i = 0; i < data->samples; i++)
        if (!sample_valid(data, outputs, targets, i)) return RNN_ERROR_DATA;
    return RNN_OK;
}

/* Goes over the readouts of a data set in order. */
struct cursor {
    const struct rnn_dataset *data;
    uint32_t outputs, sample, t;
    uint64_t window; /* the tokens up to time step t */
    size_t readout;
};

static struct cursor cursor_of(const struct rnn_dataset *data, uint32_t outputs)
{
    return (struct cursor){.data = data, .outputs = outputs};
}

static bool next_readout(struct cursor *at)
{
    const struct rnn_dataset *data = at->data;
    while (at->sample < data->samples) {
        const uint32_t steps = steps_of(data, at->sample), first = data->readouts == 1 ? steps - 1 : 0;
        if (at->t == 0)
            for (int i = 0; i < RNN_CONTEXT_MAXIMUM; i++) at->window = at->window << TOKEN_BITS | BEGINNING;
        const size_t step = (size_t)at->sample * data->timesteps + at->t;
        at->window = at->window << TOKEN_BITS | token_of(data->x + step * data->features, data->features, at->outputs);
        const uint32_t t = at->t;
        at->readout = (size_t)at->sample * data->readouts + t - first;
        at->t = t + 1 < steps ? t + 1 : 0;
        if (at->t == 0) at->sample++;
        if (t >= first) return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------------ counting */

/* A table is at most three quarters full. */
static uint32_t bits_for(const struct rnn_dataset *data, uint32_t outputs, uint32_t context)
{
    const uint64_t readouts = (uint64_t)data->samples * data->readouts;
    uint64_t keys = 0, contexts = 1;
    uint32_t bits = 4;
    for (uint32_t c = 0; c <= context; c++, contexts *= outputs + 1) {
        const uint64_t different = contexts < readouts ? contexts : readouts, followed = different * outputs;
        keys += different + (followed < readouts ? followed : readouts);
    }
    while (((uint64_t)3 << bits) < 4 * keys) bits++;
    return bits;
}

static enum rnn_status measure(const struct rnn_dataset *training, uint32_t outputs, uint32_t context, uint32_t *bits,
                               uint64_t *bytes)
{
    RNNI_TRY(check_data(training, outputs, true));
    if (context > RNN_CONTEXT_MAXIMUM) return RNN_ERROR_RANGE;
    *bits = bits_for(training, outputs, context);
    *bytes = sizeof(struct rnn_ngrams) + ((sizeof(uint64_t) + sizeof(uint32_t)) << *bits);
    return *bytes > RNN_MEMORY_LIMIT ? RNN_ERROR_TOO_LARGE : RNN_OK;
}

enum rnn_status rnn_ngrams_size(const struct rnn_dataset *training, uint32_t outputs, uint32_t context, uint64_t *bytes)
{
    uint32_t bits;
    if (!bytes) return RNN_ERROR_ARGUMENT;
    return measure(training, outputs, context, &bits, bytes);
}

enum rnn_status rnn_ngrams_init(void *block, uint64_t bytes, const struct rnn_dataset *training, uint32_t outputs,
                                uint32_t context, struct rnn_ngrams **ngrams)
{
    uint64_t needed = 0;
    uint32_t bits = 0;
    if (!block || !ngrams) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(measure(training, outputs, context, &bits, &needed));
    if (bytes < needed || !rnni_aligned(block)) return RNN_ERROR_BLOCK;
    struct rnn_ngrams *made = block;
    memset(block, 0, (size_t)needed);
    *made = (struct rnn_ngrams){NGRAMS_MAGIC, outputs, context, bits};
    const struct table table = table_of(made);
    for (struct cursor at = cursor_of(training, outputs); next_readout(&at);)
        for (uint32_t c = 0; c <= context; c++) {
            count(&table, key_of(at.window, c, ANY_TOKEN));
            count(&table, key_of(at.window, c, (uint32_t)training->y[at.readout]));
        }
    *ngrams = made;
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ predictions */

/* p: out (K). */
static void predict(const struct rnn_ngrams *ngrams, uint64_t window, double prior, double *p)
{
    const struct table table = table_of(ngrams);
    for (uint32_t k = 0; k < ngrams->outputs; k++) p[k] = 1 / (double)ngrams->outputs;
    for (uint32_t c = 0; c <= ngrams->context; c++) {
        const double all = count_of(&table, key_of(window, c, ANY_TOKEN));
        if (all == 0) return; /* nor did a longer one occur */
        for (uint32_t k = 0; k < ngrams->outputs; k++)
            p[k] = ((double)count_of(&table, key_of(window, c, k)) + prior * p[k]) / (all + prior);
    }
}

static enum rnn_status check_question(const struct rnn_ngrams *ngrams, const struct rnn_dataset *data, double prior,
                                      bool targets)
{
    if (!ngrams) return RNN_ERROR_ARGUMENT;
    if (!rnni_aligned(ngrams) || ngrams->magic != NGRAMS_MAGIC) return RNN_ERROR_BLOCK;
    if (!(prior >= 0 && prior <= DBL_MAX)) return RNN_ERROR_RANGE;
    return check_data(data, ngrams->outputs, targets);
}

enum rnn_status rnn_ngrams_predict(const struct rnn_ngrams *ngrams, const struct rnn_dataset *data, double prior,
                                   rnn_real *predictions)
{
    double p[MOST_TOKENS];
    if (!predictions) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_question(ngrams, data, prior, false));
    for (size_t i = 0; i < (size_t)data->samples * data->readouts * ngrams->outputs; i++) predictions[i] = 0;
    for (struct cursor at = cursor_of(data, ngrams->outputs); next_readout(&at);) {
        predict(ngrams, at.window, prior, p);
        for (uint32_t k = 0; k < ngrams->outputs; k++) predictions[at.readout * ngrams->outputs + k] = (rnn_real)p[k];
    }
    return RNN_OK;
}

enum rnn_status rnn_ngrams_evaluate(const struct rnn_ngrams *ngrams, const struct rnn_dataset *data, double prior,
                                    struct rnn_metrics *metrics)
{
    double p[MOST_TOKENS], loss = 0, right = 0, readouts = 0;
    if (!metrics) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_question(ngrams, data, prior, true));
    for (struct cursor at = cursor_of(data, ngrams->outputs); next_readout(&at); readouts++) {
        uint32_t largest = 0;
        const uint32_t target = (uint32_t)data->y[at.readout];
        predict(ngrams, at.window, prior, p);
        for (uint32_t k = 1; k < ngrams->outputs; k++)
            if (p[k] > p[largest]) largest = k;
        loss -= (double)rnni_log((rnn_real)p[target]);
        right += largest == target;
    }
    *metrics = (struct rnn_metrics){loss / readouts, right / readouts};
    return RNN_OK;
}
