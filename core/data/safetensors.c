/* Weights in a file, the format of Hugging Face's safetensors:
 *
 *     8 bytes     N, the header's length, little-endian
 *     N bytes     JSON: {"name": {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}, ...,
 *                        "__metadata__": {"cell": "simple_rnn", "activation": "tanh", "loss": "binary_crossentropy",
 *                                         "return_sequences": "false"}}
 *     the rest    the tensors, back to back; offsets count from the end of the header
 *
 * A file is read in one pass over the header, which notes where each tensor lies, and then checked as a whole: every tensor
 * of one kind of model there once, shapes that belong together, offsets that cover the rest of the file exactly, finite
 * numbers. The depth of the JSON is fixed by the format, so nothing here recurses.
 */
#include "diagnose.h"
#include "json.h"
#include "sink.h"

#include <string.h>

enum { LENGTH_BYTES = 8, RANK_MAXIMUM = 2, NOBODY = UINT8_MAX };

/* Where an entry stands: three for each layer, then the readout's two. */
enum { KERNEL = 0, RECURRENT_KERNEL = 1, BIAS = 2, DENSE_KERNEL = 3 * RNN_LAYERS_MAXIMUM, DENSE_BIAS, ENTRIES };

/* What the header says of one tensor. */
struct entry {
    bool there;
    size_t offset; /* of its name, in the file */
    uint64_t rank, shape[RANK_MAXIMUM];
    uint64_t begin, end;
};

/* The header, how far it is read, and what was found. */
struct reader {
    struct json json;
    struct entry entries[ENTRIES];
    bool metadata, has_cell, has_loss; /* said in the metadata */
    bool has_names;                    /* a recurrent tensor has said the cell */
    struct rnn_config config; /* as far as it is known */
};

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum rnn_status try_status = (call);                                                                           \
        if (try_status != RNN_OK) return try_status;                                                                   \
    } while (0)

/* ------------------------------------------------------------------------------------------------ names */

/* A config with the smallest extents tells the names of a kind of model. */
static struct rnn_config kind_of(uint32_t cell, uint32_t layers)
{
    struct rnn_config config = rnn_config_default();
    config.cell = cell;
    config.layers = layers;
    return config;
}

/* The name of an entry in a model of this cell. */
static void name_entry(uint32_t cell, uint32_t entry, char name[32])
{
    const struct rnn_config config = kind_of(cell, RNN_LAYERS_MAXIMUM);
    struct rnn_tensor tensor = {0};
    rnn_tensor_of(&config, entry, &tensor);
    memcpy(name, tensor.name, sizeof tensor.name);
}

/* The entry that a name stands for in a model of this cell, or NOBODY. */
static uint32_t find_entry(uint32_t cell, const struct json_string *name)
{
    char wanted[32];
    for (uint32_t entry = 0; entry < ENTRIES; entry++) {
        name_entry(cell, entry, wanted);
        if (json_equals(name, wanted)) return entry;
    }
    return NOBODY;
}

/* "simple_rnn/kernel: " begins the message. */
static enum rnn_status fail_tensor(struct reader *r, uint32_t entry, size_t offset, const char *text)
{
    char name[32];
    name_entry(r->config.cell, entry, name);
    json_fail(&r->json, offset, name);
    diagnose_text(r->json.diagnosis, ": ");
    diagnose_text(r->json.diagnosis, text);
    return RNN_ERROR_SAFETENSORS;
}

/* The list of tensors that belong to the model, for a message. */
static enum rnn_status fail_unknown_tensor(struct reader *r, const struct json_string *name)
{
    struct rnn_diagnosis *diagnosis = r->json.diagnosis;
    const struct rnn_config kind = kind_of(r->config.cell, 1);
    json_fail(&r->json, name->start, "unknown tensor ");
    diagnose_quote(diagnosis, r->json.text + name->start, name->end - name->start);
    for (uint32_t i = 0; i < rnn_tensor_count(&kind); i++) {
        struct rnn_tensor tensor = {0};
        rnn_tensor_of(&kind, i, &tensor);
        diagnose_text(diagnosis, i ? ", " : "; expected ");
        diagnose_text(diagnosis, tensor.name);
    }
    _Static_assert(RNN_LAYERS_MAXIMUM == 3, "the message says so");
    diagnose_text(diagnosis, ", in up to 3 layers");
    return RNN_ERROR_SAFETENSORS;
}

/* ------------------------------------------------------------------------------------------------ the header */

static enum rnn_status take_dtype(struct reader *r, uint32_t entry)
{
    struct json_string dtype;
    TRY(json_take_string(&r->json, "a string", &dtype));
    if (json_equals(&dtype, "F32")) return RNN_OK;
    fail_tensor(r, entry, dtype.start, "expected dtype F32, got ");
    diagnose_quote(r->json.diagnosis, r->json.text + dtype.start, dtype.end - dtype.start);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_shape(struct reader *r, uint32_t index)
{
    struct entry *entry = &r->entries[index];
    struct rnn_tensor tensor = {0};
    const struct rnn_config kind = kind_of(r->config.cell, RNN_LAYERS_MAXIMUM);
    rnn_tensor_of(&kind, index, &tensor);
    json_skip_space(&r->json);
    size_t offset = r->json.at;
    TRY(json_take_numbers(&r->json, entry->shape, RANK_MAXIMUM, &entry->rank));
    if (entry->rank == tensor.rank) return RNN_OK;
    fail_tensor(r, index, offset, "expected a shape of ");
    diagnose_text(r->json.diagnosis, tensor.rank == 1 ? "1 number, got " : "2 numbers, got ");
    diagnose_number(r->json.diagnosis, entry->rank);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_offsets(struct reader *r, uint32_t entry)
{
    uint64_t offsets[2], count;
    json_skip_space(&r->json);
    size_t offset = r->json.at;
    TRY(json_take_numbers(&r->json, offsets, 2, &count));
    if (count != 2) return fail_tensor(r, entry, offset, "expected 2 data_offsets, begin and end");
    if (offsets[0] > offsets[1])
        return fail_tensor(r, entry, offset, "expected data_offsets that do not end before they begin");
    r->entries[entry].begin = offsets[0];
    r->entries[entry].end = offsets[1];
    return RNN_OK;
}

/* {"dtype": ..., "shape": ..., "data_offsets": ...}, each once, in any order. */
static enum rnn_status take_tensor(struct reader *r, uint32_t entry)
{
    static const char *const names[] = {"dtype", "shape", "data_offsets"};
    enum rnn_status (*const takes[])(struct reader *, uint32_t) = {take_dtype, take_shape, take_offsets};
    bool seen[3] = {false, false, false};
    struct json *json = &r->json;
    size_t start = json->at;
    if (!json_take(json, '{')) return json_fail_at_byte(json, "\"{\"");
    do {
        struct json_string key;
        TRY(json_take_string(json, "\"dtype\", \"shape\" or \"data_offsets\"", &key));
        uint32_t k = 0;
        while (k < 3 && !json_equals(&key, names[k])) k++;
        if (k == 3) return json_fail_string(json, &key, "expected \"dtype\", \"shape\" or \"data_offsets\"");
        if (seen[k])
            return json_fail_string(json, &key, "expected each of \"dtype\", \"shape\" and \"data_offsets\" once");
        seen[k] = true;
        TRY(json_take_colon(json));
        TRY(takes[k](r, entry));
    } while (json_take(json, ','));
    if (!json_take(json, '}')) return json_fail_at_byte(json, "\",\" or \"}\"");
    for (uint32_t k = 0; k < 3; k++)
        if (!seen[k]) {
            fail_tensor(r, entry, start, "expected \"");
            diagnose_text(json->diagnosis, names[k]);
            diagnose_text(json->diagnosis, "\", got none");
            return RNN_ERROR_SAFETENSORS;
        }
    return RNN_OK;
}

/* The index of a string among names, or a failure that lists them. */
static enum rnn_status take_choice(struct json *json, const struct json_string *s, const char *what,
                                   const char *(*name)(uint32_t), uint32_t *index)
{
    for (uint32_t i = 0; name(i); i++)
        if (json_equals(s, name(i))) {
            *index = i;
            return RNN_OK;
        }
    json_fail(json, s->start, "__metadata__: unknown ");
    diagnose_text(json->diagnosis, what);
    diagnose_text(json->diagnosis, " ");
    diagnose_quote(json->diagnosis, json->text + s->start, s->end - s->start);
    for (uint32_t i = 0; name(i); i++) {
        diagnose_text(json->diagnosis, i ? " or " : "; expected ");
        diagnose_text(json->diagnosis, name(i));
    }
    return RNN_ERROR_SAFETENSORS;
}

static const char *flag_name(uint32_t index)
{
    return index == 0 ? "false" : index == 1 ? "true" : NULL;
}

/* {"cell": "simple_rnn", ...}: string values; other keys may stand there and mean nothing. */
static enum rnn_status take_metadata(struct reader *r)
{
    enum { KEYS = 4 };
    static const char *const keys[KEYS] = {"cell", "activation", "loss", "return_sequences"};
    const char *(*const names[KEYS])(uint32_t) = {rnn_cell_name, rnn_activation_name, rnn_loss_name, flag_name};
    uint32_t cell = r->config.cell;
    uint32_t *const values[KEYS] = {&cell, &r->config.activation, &r->config.loss, &r->config.return_sequences};
    bool seen[KEYS] = {false};
    struct json *json = &r->json;
    if (!json_take(json, '{')) return json_fail_at_byte(json, "\"{\" of __metadata__");
    if (json_take(json, '}')) return RNN_OK;
    do {
        struct json_string key, value;
        TRY(json_take_string(json, "a key of __metadata__", &key));
        TRY(json_take_colon(json));
        TRY(json_take_string(json, "a string as a value of __metadata__", &value));
        for (uint32_t k = 0; k < KEYS; k++) {
            if (!json_equals(&key, keys[k])) continue;
            if (seen[k]) return json_fail_string(json, &key, "expected each key of __metadata__ once");
            seen[k] = true;
            TRY(take_choice(json, &value, keys[k], names[k], values[k]));
            if (k == 0 && r->has_names && cell != r->config.cell)
                return json_fail_string(json, &value, "__metadata__: expected the cell that the tensors' names say");
        }
    } while (json_take(json, ','));
    r->config.cell = cell;
    r->has_cell = seen[0];
    r->has_loss = seen[2];
    return json_take(json, '}') ? RNN_OK : json_fail_at_byte(json, "\",\" or \"}\"");
}

/* The first name of a recurrent tensor says which cell it is, and later ones must agree. */
static uint32_t entry_of(struct reader *r, const struct json_string *name)
{
    uint32_t entry = find_entry(r->config.cell, name);
    if (entry == NOBODY && !r->has_names && !r->has_cell)
        for (uint32_t cell = 0; rnn_cell_name(cell) && entry == NOBODY; cell++) {
            entry = find_entry(cell, name);
            if (entry != NOBODY) r->config.cell = cell;
        }
    if (entry < DENSE_KERNEL) r->has_names = true;
    return entry;
}

static enum rnn_status take_entry(struct reader *r)
{
    struct json_string name;
    TRY(json_take_string(&r->json, "the name of a tensor", &name));
    if (json_equals(&name, "__metadata__")) {
        if (r->metadata) return json_fail_string(&r->json, &name, "expected __metadata__ once");
        r->metadata = true;
        TRY(json_take_colon(&r->json));
        return take_metadata(r);
    }
    uint32_t entry = entry_of(r, &name);
    if (entry == NOBODY) return fail_unknown_tensor(r, &name);
    if (r->entries[entry].there) return fail_tensor(r, entry, name.start, "expected this tensor once");
    r->entries[entry].there = true;
    r->entries[entry].offset = name.start;
    TRY(json_take_colon(&r->json));
    return take_tensor(r, entry);
}

static enum rnn_status take_header(struct reader *r)
{
    struct json *json = &r->json;
    if (json->at == json->end || json->text[json->at] != '{')
        return json_fail_at_byte(json, "\"{\" at the header's begin");
    json->at++;
    if (!json_take(json, '}')) {
        do TRY(take_entry(r));
        while (json_take(json, ','));
        if (!json_take(json, '}')) return json_fail_at_byte(json, "\",\" or \"}\"");
    }
    json_skip_space(json);
    return json->at == json->end ? RNN_OK : json_fail_at_byte(json, "spaces alone behind the header's \"}\"");
}

/* ------------------------------------------------------------------------------------------------ the whole file */

/* The entry that holds the index-th tensor of the config. */
static uint32_t entry_at(const struct rnn_config *config, uint32_t index)
{
    return index < 3 * config->layers ? index : DENSE_KERNEL + index - 3 * config->layers;
}

/* So many layers as the highest tensor says; each of theirs must be there. */
static enum rnn_status check_all_there(struct reader *r)
{
    r->config.layers = 1;
    for (uint32_t entry = 0; entry < DENSE_KERNEL; entry++)
        if (r->entries[entry].there) r->config.layers = entry / 3 + 1;
    for (uint32_t i = 0; i < 3 * r->config.layers + 2; i++)
        if (!r->entries[entry_at(&r->config, i)].there)
            return fail_tensor(r, entry_at(&r->config, i), r->json.end, "expected this tensor, got none");
    return RNN_OK;
}

static void diagnose_shape(struct rnn_diagnosis *diagnosis, const uint64_t *shape, uint64_t rank)
{
    diagnose_text(diagnosis, "(");
    diagnose_number(diagnosis, shape[0]);
    diagnose_text(diagnosis, rank == 2 ? ", " : ",");
    if (rank == 2) diagnose_number(diagnosis, shape[1]);
    diagnose_text(diagnosis, ")");
}

static enum rnn_status check_extent(struct reader *r, uint32_t entry, enum rnn_quantity quantity, uint64_t minimum,
                                    uint64_t value)
{
    const struct rnn_range *range = rnn_range_of(quantity);
    if (value >= minimum && value <= (uint64_t)range->maximum) return RNN_OK;
    fail_tensor(r, entry, r->entries[entry].offset, "expected ");
    diagnose_number(r->json.diagnosis, minimum);
    diagnose_text(r->json.diagnosis, " to ");
    diagnose_number(r->json.diagnosis, (uint64_t)range->maximum);
    diagnose_text(r->json.diagnosis, " ");
    diagnose_text(r->json.diagnosis, quantity == RNN_CLASSES ? "outputs" : range->name);
    diagnose_text(r->json.diagnosis, ", got ");
    diagnose_number(r->json.diagnosis, value);
    return RNN_ERROR_SAFETENSORS;
}

/* After this the config is whole and every extent small, so that no product can overflow. */
static enum rnn_status find_extents(struct reader *r)
{
    struct rnn_config *config = &r->config;
    const uint64_t features = r->entries[KERNEL].shape[0], outputs = r->entries[DENSE_KERNEL].shape[1];
    /* a SimpleRNN's kernel is (F, U); where gates stand side by side the recurrent kernel's rows count the units */
    const uint32_t teller = config->cell == RNN_SIMPLE_RNN ? KERNEL : RECURRENT_KERNEL;
    const uint64_t units = r->entries[teller].shape[teller == KERNEL];
    TRY(check_extent(r, KERNEL, RNN_FEATURES, 1, features));
    TRY(check_extent(r, teller, RNN_UNITS, 1, units));
    TRY(check_extent(r, DENSE_KERNEL, RNN_CLASSES, 1, outputs));
    config->features = (uint32_t)features;
    config->units = (uint32_t)units;
    config->outputs = (uint32_t)outputs;
    if (!r->has_loss && outputs > 1) config->loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    if ((config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY) == (outputs > 1) &&
        (config->cell == RNN_SIMPLE_RNN || config->activation == RNN_TANH))
        return RNN_OK;
    if (config->cell != RNN_SIMPLE_RNN && config->activation != RNN_TANH) {
        json_fail(&r->json, LENGTH_BYTES, "__metadata__: expected the activation tanh in a ");
        diagnose_text(r->json.diagnosis, rnn_cell_name(config->cell));
        return RNN_ERROR_SAFETENSORS;
    }
    fail_tensor(r, DENSE_KERNEL, r->entries[DENSE_KERNEL].offset,
                config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? "expected at least 2 outputs for "
                                                                    : "expected 1 output for ");
    diagnose_text(r->json.diagnosis, rnn_loss_name(config->loss));
    diagnose_text(r->json.diagnosis, ", got ");
    diagnose_number(r->json.diagnosis, outputs);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status check_shapes(struct reader *r)
{
    TRY(find_extents(r));
    for (uint32_t i = 0; i < rnn_tensor_count(&r->config); i++) {
        const uint32_t at = entry_at(&r->config, i);
        const struct entry *entry = &r->entries[at];
        struct rnn_tensor tensor = {0};
        rnn_tensor_of(&r->config, i, &tensor);
        const uint64_t expected[RANK_MAXIMUM] = {tensor.rows, tensor.columns};
        if (entry->shape[0] != expected[0] || (tensor.rank == 2 && entry->shape[1] != expected[1])) {
            fail_tensor(r, at, entry->offset, "expected shape ");
            diagnose_shape(r->json.diagnosis, expected, tensor.rank);
            diagnose_text(r->json.diagnosis, ", got ");
            diagnose_shape(r->json.diagnosis, entry->shape, entry->rank);
            return RNN_ERROR_SAFETENSORS;
        }
        if (entry->end - entry->begin != 4 * (uint64_t)tensor.count) {
            fail_tensor(r, at, entry->offset, "expected data_offsets ");
            diagnose_number(r->json.diagnosis, 4 * (uint64_t)tensor.count);
            diagnose_text(r->json.diagnosis, " bytes apart, got ");
            diagnose_number(r->json.diagnosis, entry->end - entry->begin);
            return RNN_ERROR_SAFETENSORS;
        }
    }
    return RNN_OK;
}

/* The tensor that begins first, leaving out those already taken. */
static uint32_t next_entry(const struct reader *r, const bool *taken)
{
    uint32_t next = ENTRIES;
    for (uint32_t i = 0; i < ENTRIES; i++)
        if (r->entries[i].there && !taken[i] && (next == ENTRIES || r->entries[i].begin < r->entries[next].begin))
            next = i;
    return next;
}

/* The offsets must cover the data from 0 to its end: no gap, no overlap, nothing behind. */
static enum rnn_status check_offsets(struct reader *r, uint64_t data_bytes)
{
    bool taken[ENTRIES] = {false};
    uint64_t covered = 0;
    struct rnn_diagnosis *diagnosis = r->json.diagnosis;
    for (uint32_t i = next_entry(r, taken); i < ENTRIES; i = next_entry(r, taken)) {
        const struct entry *entry = &r->entries[i];
        taken[i] = true;
        if (entry->begin != covered) {
            fail_tensor(r, i, entry->offset, entry->begin < covered ? "overlaps" : "leaves a gap behind");
            diagnose_text(diagnosis, " the tensor before it: expected data_offsets from ");
            diagnose_number(diagnosis, covered);
            diagnose_text(diagnosis, ", got ");
            diagnose_number(diagnosis, entry->begin);
            return RNN_ERROR_SAFETENSORS;
        }
        covered = entry->end;
        if (covered > data_bytes) {
            fail_tensor(r, i, r->json.end + (size_t)data_bytes, "the file is truncated: expected ");
            diagnose_number(diagnosis, covered);
            diagnose_text(diagnosis, " bytes behind the header, got ");
            diagnose_number(diagnosis, data_bytes);
            return RNN_ERROR_SAFETENSORS;
        }
    }
    if (covered == data_bytes) return RNN_OK;
    json_fail(&r->json, r->json.end + (size_t)covered, "expected the end of the file, got ");
    diagnose_number(diagnosis, data_bytes - covered);
    diagnose_text(diagnosis, data_bytes - covered == 1 ? " trailing byte" : " trailing bytes");
    return RNN_ERROR_SAFETENSORS;
}

static float load_float(const unsigned char *bytes)
{
    uint32_t bits = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void store_float(unsigned char *bytes, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 4; i++) bytes[i] = (unsigned char)(bits >> 8 * i);
}

static bool is_finite(float value)
{
    return value - value == 0;
}

static enum rnn_status check_finite(struct reader *r)
{
    const unsigned char *data = (const unsigned char *)r->json.text + r->json.end;
    for (uint32_t i = 0; i < ENTRIES; i++)
        for (uint64_t at = r->entries[i].begin; r->entries[i].there && at < r->entries[i].end; at += 4)
            if (!is_finite(load_float(data + at))) {
                fail_tensor(r, i, r->json.end + (size_t)at, "expected finite numbers, got NaN or infinity at index ");
                diagnose_number(r->json.diagnosis, (at - r->entries[i].begin) / 4);
                return RNN_ERROR_SAFETENSORS;
            }
    return RNN_OK;
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

static enum rnn_status parse(const void *file, size_t bytes, struct reader *r, struct rnn_diagnosis *diagnosis)
{
    *r = (struct reader){.json = {.text = file, .diagnosis = diagnosis}, .config = rnn_config_default()};
    TRY(find_header(&r->json, bytes));
    TRY(take_header(r));
    TRY(check_all_there(r));
    TRY(check_shapes(r));
    TRY(check_offsets(r, bytes - r->json.end));
    return check_finite(r);
}

enum rnn_status rnn_safetensors_measure(const void *file, size_t bytes, struct rnn_config *config,
                                        struct rnn_diagnosis *diagnosis)
{
    struct reader r;
    if (!file || !config) return RNN_ERROR_ARGUMENT;
    TRY(parse(file, bytes, &r, diagnosis));
    config->cell = r.config.cell;
    config->activation = r.config.activation;
    config->layers = r.config.layers;
    config->units = r.config.units;
    config->features = r.config.features;
    config->outputs = r.config.outputs;
    config->loss = r.config.loss;
    config->return_sequences = r.config.return_sequences;
    return RNN_OK;
}

enum rnn_status rnn_safetensors_read(const void *file, size_t bytes, const struct rnn_config *config,
                                     rnn_real *parameters, struct rnn_diagnosis *diagnosis)
{
    struct reader r;
    if (!file || !config || !parameters) return RNN_ERROR_ARGUMENT;
    TRY(parse(file, bytes, &r, diagnosis));
    if (config->cell != r.config.cell || config->layers != r.config.layers || config->units != r.config.units ||
        config->features != r.config.features || config->outputs != r.config.outputs)
        return RNN_ERROR_SHAPE;
    for (uint32_t i = 0; i < rnn_tensor_count(config); i++) {
        struct rnn_tensor tensor;
        TRY(rnn_tensor_of(config, i, &tensor));
        const struct entry *entry = &r.entries[entry_at(config, i)];
        const unsigned char *data = (const unsigned char *)file + r.json.end + (size_t)entry->begin;
        for (size_t k = 0; k < tensor.count; k++) parameters[tensor.offset + k] = load_float(data + 4 * k);
    }
    return RNN_OK;
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
    sink_text(sink, "{\"__metadata__\":{\"activation\":\"");
    sink_text(sink, rnn_activation_name(config->activation));
    sink_text(sink, "\",\"cell\":\"");
    sink_text(sink, rnn_cell_name(config->cell));
    sink_text(sink, "\",\"loss\":\"");
    sink_text(sink, rnn_loss_name(config->loss));
    if (config->return_sequences) sink_text(sink, "\",\"return_sequences\":\"true");
    sink_text(sink, "\"}");
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
    for (size_t i = 0; i < count; i++)
        if (!is_finite((float)parameters[i])) return RNN_ERROR_DATA;

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
