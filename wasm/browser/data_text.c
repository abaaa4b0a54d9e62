/* The exports of the data module for texts: vocabularies, tokens, sequences of them, and counts. The module keeps the vocabulary that
 * was built or read last; text_encode and text_decode use it. */
#include "data_text.h"

#include "blocks.h"
#include "boundary.h"
#include "diagnosis.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------ vocabularies */

static struct rnn_vocabulary vocabulary;
static char list[RNN_VOCABULARY_MAXIMUM * RNN_TOKEN_BYTES + 1];

static enum rnn_status answer_vocabulary(uint32_t distinct)
{
    size_t bytes = 0;
    TRY(rnn_vocabulary_write(&vocabulary, list, sizeof list - 1, &bytes));
    list[bytes] = 0;
    answer_area[0] = distinct;
    answer_area[1] = vocabulary.size;
    answer_area[2] = vocabulary.unknown;
    answer_area[3] = address_of(list);
    return RNN_OK;
}

EXPORT(token_unit_name) const char *export_token_unit_name(uint32_t index)
{
    return rnn_token_unit_name(index);
}

/* Counts the tokens of a text, and fills `tokens` with their number and the bytes of a block for vocabulary_build. unit: an index of
 * token_unit_name. Fills `diagnosis` with RNN_ERROR_TEXT, as all functions here that read a text. */
EXPORT(text_measure)
enum rnn_status export_text_measure(uint32_t text, uint32_t bytes, uint32_t unit, uint32_t keep_case)
{
    struct rnn_text found;
    uint64_t block_bytes = 0;
    const char *place = bytes_at(text, bytes);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(diagnosed(rnn_text_measure(place, bytes, unit, keep_case, &found, &block_bytes, &diagnosis)));
    answer_pair(found.tokens, (double)block_bytes);
    return RNN_OK;
}

/* Makes a vocabulary of at most `limit` tokens and fills `vocabulary`. block: scratch. */
EXPORT(vocabulary_build)
enum rnn_status export_vocabulary_build(uint32_t text, uint32_t bytes, uint32_t unit, uint32_t keep_case,
                                        uint32_t limit, uint32_t block, uint32_t block_bytes)
{
    struct rnn_text found;
    const char *place = bytes_at(text, bytes);
    void *scratch = block_span(block, block_bytes, RNN_ALIGNMENT);
    if (!place || !scratch || !spans_apart(text, bytes, block, block_bytes)) return RNN_ERROR_ARGUMENT;
    TRY(diagnosed(rnn_vocabulary_build(place, bytes, unit, keep_case, limit, scratch, block_bytes, &vocabulary, &found,
                                       &diagnosis)));
    return answer_vocabulary(found.distinct);
}

/* Reads a vocabulary from the text that rnn_vocabulary_write makes of it, and fills `vocabulary`; distinct is 0. */
EXPORT(vocabulary_read)
enum rnn_status export_vocabulary_read(uint32_t text, uint32_t bytes, uint32_t unit, uint32_t keep_case)
{
    const char *place = bytes_at(text, bytes);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(diagnosed(rnn_vocabulary_read(place, bytes, unit, keep_case, &vocabulary, &diagnosis)));
    return answer_vocabulary(0);
}

/* ------------------------------------------------------------------------------------------------ tokens */

/* Writes the tokens of a text, and fills `text`. count: as text_measure counts with the unit and the case of the vocabulary; tokens:
 * out (count), 32-bit whole numbers; marks: out (count) bytes. */
EXPORT(text_encode)
enum rnn_status export_text_encode(uint32_t text, uint32_t bytes, uint32_t count, uint32_t tokens, uint32_t marks)
{
    struct rnn_text found;
    const char *place = bytes_at(text, bytes);
    uint32_t *out = whole_at(tokens, count);
    uint8_t *ends = block_span(marks, count, 1);
    if (!place || !out || !ends || vocabulary.size == 0) return RNN_ERROR_ARGUMENT;
    if (!spans_apart(text, bytes, tokens, (uint64_t)count * sizeof *out) || !spans_apart(text, bytes, marks, count))
        return RNN_ERROR_ARGUMENT;
    TRY(diagnosed(rnn_text_measure(place, bytes, vocabulary.unit, vocabulary.keep_case, &found, NULL, &diagnosis)));
    if (found.tokens != count) return RNN_ERROR_SHAPE;
    TRY(diagnosed(rnn_text_encode(place, bytes, &vocabulary, out, ends, &found, &diagnosis)));
    answer_pair(found.unknown, found.folded);
    return RNN_OK;
}

/* Writes tokens as a text. tokens: in (count); text: out (capacity), or address 0 and capacity 0 to only measure. Fills `size`. */
EXPORT(text_decode)
enum rnn_status export_text_decode(uint32_t tokens, uint32_t count, uint32_t text, uint32_t capacity)
{
    size_t bytes = 0;
    const uint32_t *from = whole_at(tokens, count);
    if (!from || vocabulary.size == 0) return RNN_ERROR_ARGUMENT;
    if (!spans_apart(tokens, (uint64_t)count * sizeof *from, text, capacity)) return RNN_ERROR_ARGUMENT;
    const enum rnn_status status =
        rnn_text_decode(&vocabulary, from, count, bytes_at(text, capacity), capacity, &bytes);
    return capacity == 0 ? measured(status, bytes) : status;
}

/* ------------------------------------------------------------------------------------------------ sequences */

EXPORT(text_form_name) const char *export_text_form_name(uint32_t index)
{
    return rnn_text_form_name(index);
}

/* tokens, marks: in (count). */
struct encoded {
    const uint32_t *tokens;
    const uint8_t *marks;
    struct rnn_text_layout layout;
    struct rnn_text_shape shape;
};

static enum rnn_status take_encoded(uint32_t tokens, uint32_t marks, uint32_t count, uint32_t layout,
                                    struct encoded *encoded)
{
    enum { LAYOUT_NUMBERS = 5 };
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(layout, LAYOUT_NUMBERS);
    encoded->tokens = whole_at(tokens, count);
    encoded->marks = block_span(marks, count, 1);
    if (!from || !encoded->tokens || !encoded->marks) return RNN_ERROR_ARGUMENT;
    uint32_t whole[LAYOUT_NUMBERS];
    for (int i = 0; i < LAYOUT_NUMBERS; i++) whole[i] = take_whole(from[i], &status);
    TRY(status);
    memcpy(&encoded->layout, whole, sizeof whole);
    _Static_assert(sizeof whole == sizeof encoded->layout, "its record says so");
    return rnn_text_sequences_measure(encoded->tokens, encoded->marks, count, &encoded->layout, &encoded->shape);
}

/* Fills `sequences`. layout: in, this record; form: an index of text_form_name. RNN_ERROR_EMPTY: there are none. */
EXPORT(text_sequences_measure)
enum rnn_status export_text_sequences_measure(uint32_t tokens, uint32_t marks, uint32_t count, uint32_t layout)
{
    struct encoded encoded;
    TRY(take_encoded(tokens, marks, count, layout, &encoded));
    answer_area[0] = encoded.shape.samples;
    answer_area[1] = encoded.shape.timesteps;
    answer_area[2] = encoded.shape.too_short;
    answer_area[3] = encoded.shape.too_long;
    return RNN_OK;
}

/* x: out (n, T, F); y: out (n, T); lengths: out (n), 32-bit whole numbers; n and T as text_sequences_measure says. */
EXPORT(text_sequences)
enum rnn_status export_text_sequences(uint32_t tokens, uint32_t marks, uint32_t count, uint32_t layout, uint32_t x,
                                      uint32_t y, uint32_t lengths)
{
    struct encoded encoded;
    TRY(take_encoded(tokens, marks, count, layout, &encoded));
    const uint32_t samples = encoded.shape.samples;
    const uint64_t steps = (uint64_t)samples * encoded.shape.timesteps, inputs = steps * encoded.layout.features;
    const struct {
        uint32_t address;
        uint64_t bytes;
    } results[] = {{x, 4 * inputs}, {y, 4 * steps}, {lengths, 4 * (uint64_t)samples}};
    for (int i = 0; i < 3; i++)
        if (!spans_apart(results[i].address, results[i].bytes, tokens, 4 * (uint64_t)count) ||
            !spans_apart(results[i].address, results[i].bytes, marks, count))
            return RNN_ERROR_ARGUMENT;
    uint32_t *out = whole_at(lengths, samples);
    if (!out) return RNN_ERROR_ARGUMENT;
    return rnn_text_sequences(encoded.tokens, encoded.marks, count, &encoded.layout, reals_at(x, inputs),
                              reals_at(y, steps), out);
}

/* ------------------------------------------------------------------------------------------------ counts */

/* Reads the record `data`, in which lengths may be 0. Results in [out, out + bytes) must leave it alone. */
static enum rnn_status take_data(uint32_t address, struct rnn_dataset *data, uint32_t out, uint64_t bytes)
{
    enum { TOKEN_DATA_NUMBERS = 7 };
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, TOKEN_DATA_NUMBERS);
    uint32_t whole[TOKEN_DATA_NUMBERS];
    if (!from) return RNN_ERROR_ARGUMENT;
    for (int i = 0; i < TOKEN_DATA_NUMBERS; i++) whole[i] = take_whole(from[i], &status);
    TRY(status);
    const uint32_t lengths = whole[6], samples = whole[2];
    TRY(dataset_at(whole[0], whole[1], samples, whole[3], whole[4], whole[5], data));
    data->lengths = whole_at(lengths, samples);
    if (!data->y || (lengths && !data->lengths)) return RNN_ERROR_ARGUMENT;
    const uint64_t inputs = 4 * (uint64_t)samples * whole[3] * whole[4];
    const bool apart = spans_apart(whole[0], inputs, out, bytes) &&
                       spans_apart(whole[1], 4 * (uint64_t)samples * data->readouts, out, bytes) &&
                       (!lengths || spans_apart(lengths, 4 * (uint64_t)samples, out, bytes));
    return apart ? RNN_OK : RNN_ERROR_ARGUMENT;
}

/* Fills `size` with the bytes of a block for ngrams. training: in, the record `data`. */
EXPORT(ngrams_size) enum rnn_status export_ngrams_size(uint32_t training, uint32_t classes, uint32_t context)
{
    struct rnn_dataset data;
    uint64_t bytes = 0;
    TRY(take_data(training, &data, 0, 0));
    TRY(rnn_ngrams_size(&data, classes, context, &bytes));
    answer_number((double)bytes);
    return RNN_OK;
}

/* Counts the training data in the block, and fills `metrics` with what the counts predict of other data. training, data: in, the
 * record `data`; predictions: out (n, R, K), for the other data. */
EXPORT(ngrams)
enum rnn_status export_ngrams(uint32_t training, uint32_t classes, uint32_t context, uint32_t block, uint32_t bytes,
                              uint32_t data, double prior, uint32_t predictions)
{
    struct rnn_dataset counted, measured;
    struct rnn_ngrams *ngrams;
    struct rnn_metrics metrics;
    void *place = block_span(block, bytes, RNN_ALIGNMENT);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(take_data(training, &counted, block, bytes));
    TRY(take_data(data, &measured, block, bytes));
    TRY(rnn_range_check(RNN_CLASSES, classes));
    const uint64_t count = (uint64_t)measured.samples * measured.readouts * classes;
    rnn_real *out = reals_at(predictions, count);
    if (!out || !spans_apart(block, bytes, predictions, 4 * count)) return RNN_ERROR_ARGUMENT;
    TRY(take_data(data, &measured, predictions, 4 * count));
    TRY(rnn_ngrams_init(place, bytes, &counted, classes, context, &ngrams));
    TRY(rnn_ngrams_evaluate(ngrams, &measured, prior, &metrics));
    TRY(rnn_ngrams_predict(ngrams, &measured, prior, out));
    answer_pair(metrics.loss, metrics.metric);
    return RNN_OK;
}
