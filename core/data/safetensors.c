/* Weights in a file, the format of Hugging Face's safetensors:
 *
 *     8 bytes     N, the header's length, little-endian
 *     N bytes     JSON: {"name": {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}, ...,
 *                        "__metadata__": {"cell": "simple_rnn", "activation": "tanh", "loss": "binary_crossentropy",
 *                                         "return_sequences": "false"}}
 *     the rest    the tensors, back to back; offsets count from the end of the header
 *
 * A file is read in one pass over the header, which notes where each tensor lies, and then checked as a whole: what weights.c
 * checks, and offsets that cover the rest of the file exactly. The depth of the JSON is fixed by the format, so nothing here
 * recurses.
 */
#include <string.h>

#include "diagnose.h"
#include "sink.h"
#include "weights.h"

enum { LENGTH_BYTES = 8 };

/* ------------------------------------------------------------------------------------------------ the header */

static enum rnn_status take_dtype(struct weights *w, uint32_t slot)
{
    struct json_string dtype;
    TRY(json_take_string(&w->json, "a string", &dtype));
    if (json_equals(&dtype, "F32")) return RNN_OK;
    weights_fail(w, slot, dtype.start, "expected dtype F32, got ");
    diagnose_quote(w->json.diagnosis, w->json.text + dtype.start, dtype.end - dtype.start);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_shape(struct weights *w, uint32_t slot)
{
    struct place *place = &w->places[slot];
    json_skip_space(&w->json);
    place->shape_at = w->json.at;
    return json_take_numbers(&w->json, place->shape, WEIGHTS_RANK, &place->rank);
}

static enum rnn_status take_offsets(struct weights *w, uint32_t slot)
{
    uint64_t offsets[2], count;
    json_skip_space(&w->json);
    size_t offset = w->json.at;
    TRY(json_take_numbers(&w->json, offsets, 2, &count));
    if (count != 2) return weights_fail(w, slot, offset, "expected 2 data_offsets, begin and end");
    if (offsets[0] > offsets[1])
        return weights_fail(w, slot, offset, "expected data_offsets that do not end before they begin");
    w->places[slot].begin = offsets[0];
    w->places[slot].end = offsets[1];
    return RNN_OK;
}

/* The tensor whose description is read. */
struct member {
    struct weights *w;
    uint32_t slot;
};

static enum rnn_status take_member(void *context, uint32_t k)
{
    static enum rnn_status (*const takes[JSON_KEYS])(struct weights *, uint32_t) = {take_dtype, take_shape,
                                                                                    take_offsets};
    const struct member *member = context;
    return takes[k](member->w, member->slot);
}

/* {"dtype": ..., "shape": ..., "data_offsets": ...} */
static enum rnn_status take_tensor(struct weights *w, uint32_t slot)
{
    static const char *const keys[JSON_KEYS] = {"dtype", "shape", "data_offsets"};
    struct member member = {w, slot};
    uint32_t missing = 0;
    const size_t start = w->json.at;
    TRY(json_take_members(&w->json, keys, take_member, &member, &missing));
    if (missing == JSON_KEYS) return RNN_OK;
    weights_fail(w, slot, start, "expected \"");
    diagnose_text(w->json.diagnosis, keys[missing]);
    diagnose_text(w->json.diagnosis, "\", got none");
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_entry(struct weights *w)
{
    struct json_string name;
    uint32_t slot;
    TRY(json_take_string(&w->json, "the name of a tensor", &name));
    if (json_equals(&name, "__metadata__")) {
        if (w->metadata) return json_fail_string(&w->json, &name, "expected __metadata__ once");
        TRY(json_take_colon(&w->json));
        return weights_take_metadata(w);
    }
    TRY(weights_take_name(w, &name, &slot));
    TRY(json_take_colon(&w->json));
    return take_tensor(w, slot);
}

static enum rnn_status take_header(struct weights *w)
{
    struct json *json = &w->json;
    if (json->at == json->end || json->text[json->at] != '{')
        return json_fail_at_byte(json, "\"{\" at the header's begin");
    json->at++;
    if (!json_take(json, '}')) {
        do TRY(take_entry(w));
        while (json_take(json, ','));
        if (!json_take(json, '}')) return json_fail_at_byte(json, "\",\" or \"}\"");
    }
    json_skip_space(json);
    return json->at == json->end ? RNN_OK : json_fail_at_byte(json, "spaces alone behind the header's \"}\"");
}

/* ------------------------------------------------------------------------------------------------ the whole file */

/* The tensor that begins first, leaving out those already taken. */
static uint32_t next_place(const struct weights *w, const bool *taken)
{
    uint32_t next = SLOTS;
    for (uint32_t i = 0; i < SLOTS; i++)
        if (w->places[i].there && !taken[i] && (next == SLOTS || w->places[i].begin < w->places[next].begin)) next = i;
    return next;
}

/* The offsets must cover the data from 0 to its end: no gap, no overlap, nothing behind. */
static enum rnn_status check_offsets(struct weights *w, uint64_t data_bytes)
{
    bool taken[SLOTS] = {false};
    uint64_t covered = 0;
    struct rnn_diagnosis *diagnosis = w->json.diagnosis;
    for (uint32_t i = next_place(w, taken); i < SLOTS; i = next_place(w, taken)) {
        const struct place *place = &w->places[i];
        taken[i] = true;
        if (place->begin != covered) {
            weights_fail(w, i, place->name, place->begin < covered ? "overlaps" : "leaves a gap behind");
            diagnose_text(diagnosis, " the tensor before it: expected data_offsets from ");
            diagnose_number(diagnosis, covered);
            diagnose_text(diagnosis, ", got ");
            diagnose_number(diagnosis, place->begin);
            return RNN_ERROR_SAFETENSORS;
        }
        covered = place->end;
        if (covered > data_bytes) {
            weights_fail(w, i, w->json.end + (size_t)data_bytes, "the file is truncated: expected ");
            diagnose_number(diagnosis, covered);
            diagnose_text(diagnosis, " bytes behind the header, got ");
            diagnose_number(diagnosis, data_bytes);
            return RNN_ERROR_SAFETENSORS;
        }
    }
    if (covered == data_bytes) return RNN_OK;
    json_fail(&w->json, w->json.end + (size_t)covered, "expected the end of the file, got ");
    diagnose_number(diagnosis, data_bytes - covered);
    diagnose_text(diagnosis, data_bytes - covered == 1 ? " trailing byte" : " trailing bytes");
    return RNN_ERROR_SAFETENSORS;
}

/* json.text + json.at ... json.end becomes the header. */
static enum rnn_status find_header(struct json *json, size_t bytes)
{
    uint64_t length = 0;
    if (bytes < LENGTH_BYTES) {
        json_fail(json, bytes, "the file is truncated: expected 8 bytes of header length, got ");
        diagnose_number(json->diagnosis, bytes);
        return RNN_ERROR_SAFETENSORS;
    }
    for (int i = 0; i < LENGTH_BYTES; i++) length |= (uint64_t)(unsigned char)json->text[i] << 8 * i;
    if (length > bytes - LENGTH_BYTES) {
        json_fail(json, 0, "the file is truncated, or no safetensors: expected a header of ");
        diagnose_number(json->diagnosis, length);
        diagnose_text(json->diagnosis, " bytes, got ");
        diagnose_number(json->diagnosis, bytes - LENGTH_BYTES);
        return RNN_ERROR_SAFETENSORS;
    }
    json->at = LENGTH_BYTES;
    json->end = LENGTH_BYTES + (size_t)length;
    return RNN_OK;
}

enum rnn_status safetensors_parse(struct weights *w, size_t bytes)
{
    TRY(find_header(&w->json, bytes));
    w->base = w->json.end;
    TRY(take_header(w));
    TRY(weights_check(w));
    TRY(check_offsets(w, bytes - w->json.end));
    return weights_check_finite(w);
}

/* ------------------------------------------------------------------------------------------------ write */

static void put_tensor(struct sink *sink, const struct rnn_tensor *tensor)
{
    sink_text(sink, ",\"");
    sink_text(sink, tensor->name);
    sink_text(sink, "\":{\"dtype\":\"F32\",\"shape\":[");
    sink_number(sink, tensor->rows);
    if (tensor->rank == 2) {
        sink_text(sink, ",");
        sink_number(sink, tensor->columns);
    }
    sink_text(sink, "],\"data_offsets\":[");
    sink_number(sink, 4 * tensor->offset);
    sink_text(sink, ",");
    sink_number(sink, 4 * (tensor->offset + tensor->count));
    sink_text(sink, "]}");
}

/* The length, left 0, and the header, padded with spaces so that the data begin at a multiple of 8. */
static enum rnn_status put_header(struct sink *sink, const struct rnn_config *config)
{
    sink_put(sink, "\0\0\0\0\0\0\0\0", LENGTH_BYTES);
    sink_text(sink, "{\"__metadata__\":");
    weights_put_metadata(sink, config);
    for (uint32_t i = 0; i < rnn_tensor_count(config); i++) {
        struct rnn_tensor tensor;
        TRY(rnn_tensor_of(config, i, &tensor));
        put_tensor(sink, &tensor);
    }
    sink_text(sink, "}");
    while (sink->written % 8) sink_text(sink, " ");
    return RNN_OK;
}

enum rnn_status rnn_safetensors_write(const struct rnn_config *config, const rnn_real *parameters, void *file,
                                      size_t capacity, size_t *written)
{
    if (!config || !parameters || (!file && capacity)) return RNN_ERROR_ARGUMENT;
    TRY(rnn_config_check(config, NULL));
    size_t count = rnn_parameter_count(config);
    if (!rnn_all_finite(parameters, count)) return RNN_ERROR_DATA;

    struct sink sink = {file, capacity, 0};
    TRY(put_header(&sink, config));
    size_t length = sink.written - LENGTH_BYTES, needed = sink.written + 4 * count;
    if (written) *written = needed;
    if (needed > capacity) return RNN_ERROR_BLOCK;
    unsigned char *bytes = file;
    for (int i = 0; i < LENGTH_BYTES; i++) bytes[i] = (unsigned char)((uint64_t)length >> 8 * i);
    for (size_t i = 0; i < count; i++) store_float(bytes + sink.written + 4 * i, (float)parameters[i]);
    return RNN_OK;
}
