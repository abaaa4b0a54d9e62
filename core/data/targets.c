/* What a column of targets implies: the loss that suits it and the score of a constant guess. Also which predictions are correct,
 * and a hash that identifies a data set. */
#include <string.h>

#include "../numeric/linalg.h"

enum { MOST_CLASSES = 64 };

/* Counts how often each class is the target. *classes: out, the largest class + 1. Returns false if a target is not a class. */
static bool count_classes(const rnn_real *y, uint32_t count, uint32_t counts[MOST_CLASSES], uint32_t *classes)
{
    memset(counts, 0, MOST_CLASSES * sizeof *counts);
    *classes = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!(y[i] >= 0 && y[i] < MOST_CLASSES) || y[i] != (rnn_real)(uint32_t)y[i]) return false;
        const uint32_t class = (uint32_t)y[i];
        counts[class]++;
        if (class >= *classes) *classes = class + 1;
    }
    return true;
}

static double variance(const rnn_real *y, uint32_t count)
{
    double mean = 0, squares = 0;
    for (uint32_t i = 0; i < count; i++) mean += (double)y[i];
    mean /= count;
    for (uint32_t i = 0; i < count; i++) squares += ((double)y[i] - mean) * ((double)y[i] - mean);
    return squares / count;
}

enum rnn_status rnn_targets_of(const rnn_real *y, uint32_t count, uint32_t loss, struct rnn_targets *targets)
{
    uint32_t counts[MOST_CLASSES], classes, commonest = 0;
    if (!y || !targets || (loss != RNN_ANY_LOSS && !rnn_loss_name(loss))) return RNN_ERROR_ARGUMENT;
    if (count == 0) return RNN_ERROR_EMPTY;
    if (!rnni_all_finite(y, count)) return RNN_ERROR_DATA;
    const bool are_classes = count_classes(y, count, counts, &classes);
    uint32_t suits = !are_classes  ? RNN_MEAN_SQUARED_ERROR
                     : classes > 2 ? RNN_SPARSE_CATEGORICAL_CROSSENTROPY
                                   : RNN_BINARY_CROSSENTROPY;
    if (loss == RNN_ANY_LOSS) loss = suits;
    const bool binary = loss == RNN_BINARY_CROSSENTROPY;
    if (loss != RNN_MEAN_SQUARED_ERROR && (!are_classes || (binary && classes > 2))) return RNN_ERROR_DATA;
    for (uint32_t i = 0; are_classes && i < classes; i++)
        if (counts[i] > commonest) commonest = counts[i];
    targets->loss = loss;
    targets->outputs = loss != RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 1 : classes < 2 ? 2 : classes;
    targets->guess = loss == RNN_MEAN_SQUARED_ERROR ? variance(y, count) : (double)commonest / count;
    return RNN_OK;
}

enum rnn_status rnn_answers(const rnn_real *predictions, uint32_t count, uint32_t outputs, const rnn_real *y,
                            uint32_t *classes, uint32_t *right)
{
    if (!predictions || !y || !classes || !right) return RNN_ERROR_ARGUMENT;
    if (outputs == 0 || outputs > MOST_CLASSES) return RNN_ERROR_RANGE;
    for (uint32_t i = 0; i < count; i++) {
        const rnn_real *p = predictions + (size_t)i * outputs;
        classes[i] = outputs == 1 ? p[0] > (rnn_real)0.5 : rnni_argmax(p, outputs, 1);
        right[i] = (rnn_real)classes[i] == y[i];
    }
    return RNN_OK;
}

enum rnn_status rnn_answers_by_step(const rnn_real *predictions, const struct rnn_dataset *data, uint32_t outputs,
                                    const uint32_t *among, uint32_t among_count, uint32_t *readouts, uint32_t *right)
{
    if (!predictions || !data || !data->y || (among_count && !among) || !readouts || !right) return RNN_ERROR_ARGUMENT;
    if (outputs == 0 || outputs > MOST_CLASSES) return RNN_ERROR_RANGE;
    for (uint32_t i = 0; i < among_count; i++)
        if (outputs == 1 || among[i] >= outputs) return RNN_ERROR_RANGE;
    memset(readouts, 0, data->readouts * sizeof *readouts);
    memset(right, 0, data->readouts * sizeof *right);
    const uint32_t allowed = among_count ? among_count : outputs;
    for (size_t i = 0; i < (size_t)data->samples * data->readouts; i++) {
        const uint32_t r = (uint32_t)(i % data->readouts);
        const rnn_real *p = predictions + i * outputs, y = data->y[i];
        uint32_t best = among_count ? among[0] : 0;
        bool counts = among_count == 0;
        if (data->lengths && r >= data->lengths[i / data->readouts]) continue;
        for (uint32_t k = 0; k < allowed; k++) {
            const uint32_t class = among_count ? among[k] : k;
            if (p[class] > p[best]) best = class;
            if ((rnn_real) class == y) counts = true;
        }
        if (outputs == 1) best = p[0] > (rnn_real)0.5;
        readouts[r] += counts;
        right[r] += counts && (rnn_real)best == y;
    }
    return RNN_OK;
}

enum rnn_status rnn_targets_repeat(rnn_real *y, uint32_t samples, uint32_t timesteps)
{
    if (!y) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_range_check(RNN_SAMPLES, samples));
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, timesteps));
    /* from the last on, because each sequence's targets may cover answers of the sequences after it */
    for (size_t i = (size_t)samples * timesteps; i-- > 0;) y[i] = y[i / timesteps];
    return RNN_OK;
}

/* FNV-1a over the lowest `bytes` bytes of a number, least significant byte first on every machine. */
static uint64_t hash_number(uint64_t hash, uint64_t bits, size_t bytes)
{
    for (; bytes > 0; bytes--, bits >>= 8) hash = (hash ^ (bits & 0xff)) * 0x100000001b3u;
    return hash;
}

#ifdef RNN_DOUBLE
typedef uint64_t real_bits;
#else
typedef uint32_t real_bits;
#endif

static uint64_t hash_reals(uint64_t hash, const rnn_real *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        real_bits bits;
        memcpy(&bits, values + i, sizeof bits);
        hash = hash_number(hash, bits, sizeof bits);
    }
    return hash;
}

uint64_t rnn_dataset_hash(const struct rnn_dataset *data)
{
    const uint32_t shape[4] = {data->samples, data->timesteps, data->features, data->readouts};
    const size_t numbers = (size_t)data->samples * data->timesteps * data->features;
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) hash = hash_number(hash, shape[i], sizeof shape[i]);
    for (size_t i = 0; data->lengths && i < data->samples; i++)
        hash = hash_number(hash, data->lengths[i], sizeof data->lengths[i]);
    hash = hash_reals(hash, data->x, numbers);
    return hash_reals(hash, data->y, (size_t)data->samples * data->readouts);
}
