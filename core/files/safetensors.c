/* Weights in Hugging Face's safetensors format:
 *
 *     8 bytes     N, the header's length, little-endian
 *     N bytes     JSON: {"name": {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}, ...,
 *                        "__metadata__": {"cell": "simple_rnn", "activation": "tanh", "loss": "binary_crossentropy",
 *                                         "return_sequences": "false"}}
 *     the rest    the tensors, back to back; offsets count from the end of the header
 *
 * One pass over the header notes the position of each tensor. Then the file is checked as a whole: everything that weights.c
 * checks, and that the offsets cover the rest of the file exactly. The depth of the JSON is fixed by the format, so no function
 * here is recursive. */
#include <string.h>

#include "diagnose.h"
#include "foreign.h"
#include "little_endian.h"
#include "weights.h"

enum { LENGTH_BYTES = 8 };

/* ------------------------------------------------------------------------------------------------ the header */

static enum rnn_status take_dtype(struct weights *w, uint32_t slot)
{
    struct rnni_string dtype;
    RNNI_TRY(rnni_json_take_string(&w->reader, "a string", &dtype));
    if (rnni_string_is(&dtype, "F32")) return RNN_OK;
    rnni_weights_fail(w, slot, dtype.start, "expected dtype F32, got ");
    rnni_diagnose_quote(w->reader.diagnosis, w->reader.text + dtype.start, dtype.end - dtype.start);
    return RNN_ERROR_WEIGHTS;
}

static enum rnn_status take_shape(struct weights *w, uint32_t slot)
{
    struct location *location = &w->locations[slot];
    rnni_skip_space(&w->reader);
    location->shape_at = w->reader.at;
    return rnni_json_take_numbers(&w->reader, location->shape, RNNI_NPY_RANK, &location->rank);
}

static enum rnn_status take_offsets(struct weights *w, uint32_t slot)
{
    uint64_t offsets[2], count;
    rnni_skip_space(&w->reader);
    size_t offset = w->reader.at;
    RNNI_TRY(rnni_json_take_numbers(&w->reader, offsets, 2, &count));
    if (count != 2) return rnni_weights_fail(w, slot, offset, "expected 2 data_offsets, begin and end");
    if (offsets[0] > offsets[1])
        return rnni_weights_fail(w, slot, offset, "expected data_offsets that do not end before they begin");
    w->locations[slot].begin = offsets[0];
    w->locations[slot].end = offsets[1];
    return RNN_OK;
}

/* {"dtype": ..., "shape": ..., "data_offsets": ...}, in any order */
static enum rnn_status take_tensor(struct weights *w, uint32_t slot)
{
    enum { KEYS = 3 };
    static const char *const keys[KEYS] = {"dtype", "shape", "data_offsets"};
    static enum rnn_status (*const takes[KEYS])(struct weights *, uint32_t) = {take_dtype, take_shape, take_offsets};
    struct rnni_reader *reader = &w->reader;
    bool seen[KEYS] = {false};
    const size_t start = reader->at;
    RNNI_TRY(rnni_expect(reader, '{'));
    do {
        struct rnni_string key;
        uint32_t k;
        RNNI_TRY(rnni_json_take_string(reader, "a key", &key));
        RNNI_TRY(rnni_take_key(reader, &key, keys, KEYS, seen, &k));
        RNNI_TRY(rnni_expect(reader, ':'));
        RNNI_TRY(takes[k](w, slot));
    } while (rnni_take(reader, ','));
    if (!rnni_take(reader, '}')) return rnni_fail_at_byte(reader, "\",\" or \"}\"");
    for (uint32_t k = 0; k < KEYS; k++) {
        if (seen[k]) continue;
        rnni_weights_fail(w, slot, start, "expected \"");
        rnni_diagnose_text(reader->diagnosis, keys[k]);
        rnni_diagnose_text(reader->diagnosis, "\", got none");
        return RNN_ERROR_WEIGHTS;
    }
    return RNN_OK;
}

static enum rnn_status take_entry(struct weights *w)
{
    struct rnni_string name;
    uint32_t slot;
    RNNI_TRY(rnni_json_take_string(&w->reader, "the name of a tensor", &name));
    if (rnni_string_is(&name, "__metadata__")) {
        if (w->metadata) return rnni_fail_string(&w->reader, &name, "expected __metadata__ once");
        RNNI_TRY(rnni_expect(&w->reader, ':'));
        return rnni_weights_take_metadata(w);
    }
    RNNI_TRY(rnni_weights_take_name(w, &name, &slot));
    RNNI_TRY(rnni_expect(&w->reader, ':'));
    return take_tensor(w, slot);
}

static enum rnn_status take_header(struct weights *w)
{
    struct rnni_reader *reader = &w->reader;
    if (reader->at == reader->end || reader->text[reader->at] != '{')
        return rnni_fail_at_byte(reader, "\"{\" at the start of the header");
    reader->at++;
    if (!rnni_take(reader, '}')) {
        do RNNI_TRY(take_entry(w));
        while (rnni_take(reader, ','));
        if (!rnni_take(reader, '}')) return rnni_fail_at_byte(reader, "\",\" or \"}\"");
    }
    rnni_skip_space(reader);
    return reader->at == reader->end ? RNN_OK : rnni_fail_at_byte(reader, "only spaces after the header's \"}\"");
}

/* ------------------------------------------------------------------------------------------------ the whole file */

/* Of the tensors not yet taken, the one whose data begin first. */
static uint32_t next_location(const struct weights *w, const bool *taken)
{
    uint32_t next = SLOTS;
    for (uint32_t i = 0; i < SLOTS; i++)
        if (w->locations[i].found && !taken[i] && (next == SLOTS || w->locations[i].begin < w->locations[next].begin))
            next = i;
    return next;
}

/* The offsets must cover the data from beginning to end: no gap, no overlap, and nothing after the last tensor. */
static enum rnn_status check_offsets(struct weights *w, uint64_t data_bytes)
{
    bool taken[SLOTS] = {false};
    uint64_t covered = 0;
    struct rnn_diagnosis *diagnosis = w->reader.diagnosis;
    for (uint32_t i = next_location(w, taken); i < SLOTS; i = next_location(w, taken)) {
        const struct location *location = &w->locations[i];
        taken[i] = true;
        if (location->begin != covered) {
            rnni_weights_fail(w, i, location->name, location->begin < covered ? "overlaps" : "leaves a gap after");
            rnni_diagnose_text(diagnosis, " the tensor before it: expected data_offsets from ");
            rnni_diagnose_number(diagnosis, covered);
            rnni_diagnose_text(diagnosis, ", got ");
            rnni_diagnose_number(diagnosis, location->begin);
            return RNN_ERROR_WEIGHTS;
        }
        covered = location->end;
        if (covered > data_bytes) {
            rnni_weights_fail(w, i, w->reader.end + (size_t)data_bytes, "the file is truncated: expected ");
            rnni_diagnose_number(diagnosis, covered);
            rnni_diagnose_text(diagnosis, " bytes after the header, got ");
            rnni_diagnose_number(diagnosis, data_bytes);
            return RNN_ERROR_WEIGHTS;
        }
    }
    if (covered == data_bytes) return RNN_OK;
    rnni_fail(&w->reader, w->reader.end + (size_t)covered, "expected the end of the file, got ");
    rnni_diagnose_number(diagnosis, data_bytes - covered);
    rnni_diagnose_text(diagnosis, data_bytes - covered == 1 ? " trailing byte" : " trailing bytes");
    return RNN_ERROR_WEIGHTS;
}

/* Finds the header in reader.text[at .. end), which then are its bounds. */
static enum rnn_status find_header(struct rnni_reader *reader, size_t bytes)
{
    if (bytes < LENGTH_BYTES) {
        rnni_fail(reader, bytes, "the file is truncated: expected 8 bytes of header length, got ");
        rnni_diagnose_number(reader->diagnosis, bytes);
        return RNN_ERROR_WEIGHTS;
    }
    const uint64_t length = rnni_little_load(reader->text, LENGTH_BYTES);
    if (length > bytes - LENGTH_BYTES) {
        /* As a length, the beginning of another kind of file is larger than that of any header. */
        if (length >> 24) RNNI_TRY(rnni_foreign_weights(reader->text, bytes, reader->diagnosis));
        rnni_fail(reader, 0, "the file is truncated, or is not safetensors: expected a header of ");
        rnni_diagnose_number(reader->diagnosis, length);
        rnni_diagnose_text(reader->diagnosis, " bytes, got ");
        rnni_diagnose_number(reader->diagnosis, bytes - LENGTH_BYTES);
        return RNN_ERROR_WEIGHTS;
    }
    reader->at = LENGTH_BYTES;
    reader->end = LENGTH_BYTES + (size_t)length;
    return RNN_OK;
}

enum rnn_status rnni_safetensors_parse(struct weights *w, size_t bytes)
{
    RNNI_TRY(find_header(&w->reader, bytes));
    w->base = w->reader.end;
    RNNI_TRY(take_header(w));
    RNNI_TRY(rnni_weights_check(w));
    RNNI_TRY(check_offsets(w, bytes - w->reader.end));
    return rnni_weights_check_finite(w);
}

/* ------------------------------------------------------------------------------------------------ write */

static void put_tensor(struct rnni_writer *writer, const struct rnn_tensor *tensor)
{
    rnni_put_text(writer, ",\"");
    rnni_put_text(writer, tensor->name);
    rnni_put_text(writer, "\":{\"dtype\":\"F32\",\"shape\":[");
    rnni_put_number(writer, tensor->rows);
    if (tensor->rank == 2) {
        rnni_put_text(writer, ",");
        rnni_put_number(writer, tensor->columns);
    }
    rnni_put_text(writer, "],\"data_offsets\":[");
    rnni_put_number(writer, 4 * tensor->offset);
    rnni_put_text(writer, ",");
    rnni_put_number(writer, 4 * (tensor->offset + tensor->count));
    rnni_put_text(writer, "]}");
}

/* Writes 0 in place of the length, and the header, padded with spaces so that the data begin at a multiple of 8. */
static enum rnn_status put_header(struct rnni_writer *writer, const struct rnn_config *config,
                                  const struct rnn_note *notes)
{
    rnni_put(writer, "\0\0\0\0\0\0\0\0", LENGTH_BYTES);
    rnni_put_text(writer, "{\"__metadata__\":");
    rnni_weights_put_metadata(writer, config, notes);
    for (uint32_t i = 0; i < rnn_tensor_count(config); i++) {
        struct rnn_tensor tensor;
        RNNI_TRY(rnn_tensor_of(config, i, &tensor));
        put_tensor(writer, &tensor);
    }
    rnni_put_text(writer, "}");
    while (writer->written % 8) rnni_put_text(writer, " ");
    return RNN_OK;
}

enum rnn_status rnn_safetensors_write(const struct rnn_config *config, const rnn_real *parameters,
                                      const struct rnn_note *notes, void *file, size_t capacity, size_t *written)
{
    if (!config || !parameters || (!file && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(rnni_weights_check_notes(notes));
    size_t count = rnn_parameter_count(config);
    if (!rnni_can_put_floats(parameters, count)) return RNN_ERROR_DATA;

    struct rnni_writer writer = {0};
    RNNI_TRY(put_header(&writer, config, notes)); /* measure it first */
    size_t length = writer.written - LENGTH_BYTES, needed = writer.written + 4 * count;
    if (written) *written = needed;
    if (needed > capacity) return RNN_ERROR_BLOCK;
    writer = (struct rnni_writer){file, capacity, 0};
    RNNI_TRY(put_header(&writer, config, notes));
    unsigned char *bytes = file;
    rnni_little_store(bytes, length, LENGTH_BYTES);
    for (size_t i = 0; i < count; i++) rnni_little_store_float(bytes + writer.written + 4 * i, (float)parameters[i]);
    return RNN_OK;
}
