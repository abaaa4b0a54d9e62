/* Weights in a file, as numpy.savez writes them: a ZIP whose entries are stored, each an array in the NPY format.
 *
 *     local header, name.npy, NPY          for each array
 *     central directory                    the same again, with where each local header stands
 *     end record                           22 bytes, the last of the file
 *
 *     NPY   "\x93NUMPY", version (1 0, or 2 0), header length (2 or 4 bytes), then
 *           {'descr': '<f4', 'fortran_order': False, 'shape': (rows, columns), }   padded with spaces, and the numbers
 *
 * ZIP: PKWARE's APPNOTE, 4.3. NPY: numpy.lib.format. __metadata__.npy is an array of bytes, '|S…', that holds the same JSON as
 * a safetensors file. A file is read through the central directory; checksums must agree. */
#include <string.h>

#include "diagnose.h"
#include "sink.h"
#include "weights.h"

enum {
    LOCAL_BYTES = 30,
    CENTRAL_BYTES = 46,
    END_BYTES = 22,
    ENTRIES = RNN_TENSORS_MAXIMUM + 1,
    NPY_BYTES = 128, /* of what is written: a multiple of 64, as numpy has it */
    NPY_START = 10,
    VERSION = 20,  /* of ZIP, 2.0 */
    NEW_YEAR = 33, /* 1 January 1980, the first day ZIP knows */
    DEFLATED = 8
};

#define LOCAL   "PK\3\4"
#define CENTRAL "PK\1\2"
#define END     "PK\5\6"

/* ------------------------------------------------------------------------------------------------ little-endian */

static uint32_t load(const char *bytes, uint32_t count)
{
    uint32_t value = 0;
    while (count-- > 0) value = value << 8 | (unsigned char)bytes[count];
    return value;
}

static void put(struct sink *sink, uint32_t value, uint32_t count)
{
    for (; count-- > 0; value >>= 8) sink_put(sink, &(char){(char)value}, 1);
}

/* CRC-32 of ISO 3309, four bits at a time. */
static uint32_t checksum(const char *bytes, size_t count)
{
    uint32_t table[16], crc = ~0u;
    for (uint32_t i = 0; i < 16; i++) {
        table[i] = i;
        for (int bit = 0; bit < 4; bit++) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320u : 0);
    }
    for (size_t i = 0; i < count; i++) {
        crc ^= (unsigned char)bytes[i];
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}

/* ------------------------------------------------------------------------------------------------ NPY */

/* The array whose header is read. */
struct header {
    struct json *json;
    struct place *place;
    struct json_string *descr;
};

static bool take_word(struct json *json, const char *word)
{
    const size_t length = strlen(word);
    json_skip_space(json);
    if (json->end - json->at < length || memcmp(json->text + json->at, word, length) != 0) return false;
    json->at += length;
    return true;
}

static enum rnn_status take_member(void *context, uint32_t k)
{
    const struct header *header = context;
    struct json *json = header->json;
    struct place *place = header->place;
    if (k == 0) return json_take_string(json, "a dtype", header->descr);
    json_skip_space(json);
    if (k == 2) {
        place->shape_at = json->at;
        return json_take_numbers(json, place->shape, WEIGHTS_RANK, &place->rank);
    }
    place->fortran = take_word(json, "True");
    return place->fortran || take_word(json, "False") ? RNN_OK : json_fail_at_byte(json, "True or False");
}

/* {'descr': ..., 'fortran_order': ..., 'shape': ..., } */
static enum rnn_status take_dictionary(struct json *json, struct place *place, struct json_string *descr)
{
    static const char *const keys[JSON_KEYS] = {"descr", "fortran_order", "shape"};
    struct header header = {json, place, descr};
    uint32_t missing = 0;
    json->python = true;
    const enum rnn_status status = json_take_members(json, keys, take_member, &header, &missing);
    json->python = false;
    TRY(status);
    json_skip_space(json);
    if (json->at != json->end) return json_fail_at_byte(json, "spaces alone behind the header's \"}\"");
    if (missing == JSON_KEYS) return RNN_OK;
    json_fail(json, json->at, "an NPY header has no ");
    diagnose_text(json->diagnosis, keys[missing]);
    return RNN_ERROR_SAFETENSORS;
}

/* The array at json.at ... json.end: *place and *descr: out; then json.at is where its numbers begin. */
static enum rnn_status take_npy(struct json *json, struct place *place, struct json_string *descr)
{
    const char *text = json->text + json->at;
    const size_t bytes = json->end - json->at;
    if (bytes < NPY_START || memcmp(text, "\x93NUMPY", 6) != 0 || (text[6] != 1 && text[6] != 2) || text[7] != 0)
        return json_fail(json, json->at, "expected an array in the NPY format, version 1.0 or 2.0");
    const uint32_t wide = text[6] == 1 ? 2 : 4;
    if (bytes < 8 + wide || load(text + 8, wide) > bytes - 8 - wide)
        return json_fail(json, json->at + 8, "expected a header length that fits the array");
    const size_t end = json->end, begin = json->at + 8 + wide + load(text + 8, wide);
    json->at += 8 + wide;
    json->end = begin;
    const enum rnn_status status = take_dictionary(json, place, descr);
    json->at = begin;
    json->end = end;
    return status;
}

/* ------------------------------------------------------------------------------------------------ entries */

/* One of the central directory. */
struct entry {
    const char *name;
    size_t name_at, name_bytes, data_at, data_bytes;
    uint32_t checksum;
};

/* The name in quotes begins the message. */
static enum rnn_status fail_entry(struct weights *w, const struct entry *entry, const char *text)
{
    json_fail(&w->json, entry->name_at, "");
    diagnose_quote(w->json.diagnosis, entry->name, entry->name_bytes);
    diagnose_text(w->json.diagnosis, ": ");
    diagnose_text(w->json.diagnosis, text);
    return RNN_ERROR_SAFETENSORS;
}

/* An array that is a tensor, at json.at ... json.end. */
static enum rnn_status take_tensor(struct weights *w, const struct json_string *name)
{
    uint32_t slot;
    struct json_string descr;
    TRY(weights_take_name(w, name, &slot));
    struct place *place = &w->places[slot];
    TRY(take_npy(&w->json, place, &descr));
    place->wide = json_equals(&descr, "<f8");
    place->begin = w->json.at;
    place->end = w->json.end;
    if (place->wide || json_equals(&descr, "<f4")) return RNN_OK;
    weights_fail(w, slot, descr.start, "expected dtype <f4 or <f8, got ");
    diagnose_quote(w->json.diagnosis, w->json.text + descr.start, descr.end - descr.start);
    return RNN_ERROR_SAFETENSORS;
}

/* An array of bytes, padded with NUL. */
static enum rnn_status take_metadata(struct weights *w, const struct entry *entry)
{
    struct place place = {0};
    struct json_string descr;
    TRY(take_npy(&w->json, &place, &descr));
    if (memcmp(descr.text, "|S", 2) != 0 || place.rank != 0) return fail_entry(w, entry, "expected an array of bytes");
    while (w->json.end > w->json.at && w->json.text[w->json.end - 1] == 0) w->json.end--;
    TRY(weights_take_metadata(w));
    json_skip_space(&w->json);
    return w->json.at == w->json.end ? RNN_OK : json_fail_at_byte(&w->json, "nothing behind \"}\"");
}

static enum rnn_status take_entry(struct weights *w, const struct entry *entry)
{
    enum { ENDING = 4 };
    const char *data = w->json.text + entry->data_at;
    if (checksum(data, entry->data_bytes) != entry->checksum)
        return fail_entry(w, entry, "the checksum does not agree");
    if (entry->name_bytes <= ENDING || memcmp(entry->name + entry->name_bytes - ENDING, ".npy", ENDING) != 0)
        return fail_entry(w, entry, "expected a name that ends in .npy, as numpy.savez writes it");
    struct json_string name = {.length = entry->name_bytes - ENDING, .start = entry->name_at};
    name.end = name.start + name.length;
    memcpy(name.text, entry->name, name.length < JSON_STRING_BYTES - 1 ? name.length : JSON_STRING_BYTES - 1);
    w->json.at = entry->data_at;
    w->json.end = entry->data_at + entry->data_bytes;
    return json_equals(&name, "__metadata__") ? take_metadata(w, entry) : take_tensor(w, &name);
}

/* ------------------------------------------------------------------------------------------------ ZIP */

/* The local header at `local`, which must agree with the entry and leave room for its bytes before `end`. */
static enum rnn_status take_local(struct weights *w, struct entry *entry, size_t local, size_t end)
{
    const char *text = w->json.text + local;
    if (local > end || end - local < LOCAL_BYTES || memcmp(text, LOCAL, 4) != 0)
        return fail_entry(w, entry, "expected a local header where the directory says");
    const size_t skip = LOCAL_BYTES + load(text + 26, 2) + load(text + 28, 2);
    if (load(text + 26, 2) != entry->name_bytes || end - local < skip || end - local - skip < entry->data_bytes ||
        memcmp(text + LOCAL_BYTES, entry->name, entry->name_bytes) != 0)
        return fail_entry(w, entry, "the local header does not agree with the directory");
    entry->data_at = local + skip;
    return RNN_OK;
}

/* The entry of the directory at *at ... end; *at: out, the next. */
static enum rnn_status take_central(struct weights *w, size_t *at, size_t end, size_t directory)
{
    const char *text = w->json.text + *at;
    if (end - *at < CENTRAL_BYTES || memcmp(text, CENTRAL, 4) != 0)
        return json_fail(&w->json, *at, "expected an entry of the ZIP's directory");
    const uint32_t flags = load(text + 8, 2), method = load(text + 10, 2), packed = load(text + 20, 4);
    struct entry entry = {.name = text + CENTRAL_BYTES,
                          .name_at = *at + CENTRAL_BYTES,
                          .name_bytes = load(text + 28, 2),
                          .data_bytes = load(text + 24, 4),
                          .checksum = load(text + 16, 4)};
    const size_t skip = CENTRAL_BYTES + entry.name_bytes + load(text + 30, 2) + load(text + 32, 2);
    if (end - *at < skip) return json_fail(&w->json, *at, "the ZIP's directory is truncated");
    *at += skip;
    if (method == DEFLATED) return fail_entry(w, &entry, "saved with savez_compressed; use numpy.savez");
    if (method != 0 || (flags & 1) != 0 || packed != entry.data_bytes)
        return fail_entry(w, &entry, "expected an entry that is stored as it is");
    TRY(take_local(w, &entry, load(text + 42, 4), directory));
    return take_entry(w, &entry);
}

enum rnn_status npz_parse(struct weights *w, size_t bytes)
{
    const char *end = bytes < END_BYTES ? NULL : w->json.text + bytes - END_BYTES;
    if (!end || memcmp(end, END, 4) != 0 || load(end + 20, 2) != 0)
        return json_fail(&w->json, bytes,
                         "the file is truncated, or no npz: expected the end of a ZIP without comment");
    const uint32_t count = load(end + 10, 2), directory_bytes = load(end + 12, 4), directory = load(end + 16, 4);
    if ((uint64_t)directory + directory_bytes != bytes - END_BYTES || load(end + 4, 4) != 0)
        return json_fail(&w->json, bytes - END_BYTES, "expected a directory right before the end of the ZIP");
    size_t at = directory;
    for (uint32_t i = 0; i < count; i++) TRY(take_central(w, &at, bytes - END_BYTES, directory));
    if (at != bytes - END_BYTES) return json_fail(&w->json, at, "expected the end of the ZIP's directory");
    w->json.end = bytes;
    TRY(weights_check(w));
    return weights_check_finite(w);
}

/* ------------------------------------------------------------------------------------------------ write */

/* What local header and directory have alike, from the version on. */
static void put_entry(struct sink *sink, const char *name, uint32_t crc, uint32_t bytes)
{
    put(sink, VERSION, 4); /* and no flags */
    put(sink, 0, 4);       /* stored, at midnight */
    put(sink, NEW_YEAR, 2);
    put(sink, crc, 4);
    put(sink, bytes, 4);
    put(sink, bytes, 4);
    put(sink, (uint32_t)strlen(name) + 4, 2);
    put(sink, 0, 2);
}

/* The header of an array; descr and shape as text. */
static void put_npy(struct sink *sink, const char *descr, const struct rnn_tensor *shape)
{
    const size_t start = sink->written;
    sink_put(sink, "\x93NUMPY\1\0", 8);
    put(sink, NPY_BYTES - NPY_START, 2);
    sink_text(sink, "{'descr': '");
    sink_text(sink, descr);
    sink_text(sink, "', 'fortran_order': False, 'shape': (");
    if (shape) {
        sink_number(sink, shape->rows);
        sink_text(sink, shape->rank == 2 ? ", " : ",");
        if (shape->rank == 2) sink_number(sink, shape->columns);
    }
    sink_text(sink, "), }");
    while (sink->written - start < NPY_BYTES - 1) sink_text(sink, " ");
    sink_text(sink, "\n");
}

static void put_array(struct sink *sink, const struct rnn_tensor *tensor, const rnn_real *parameters)
{
    unsigned char number[4];
    put_npy(sink, "<f4", tensor);
    for (size_t i = 0; i < tensor->count; i++) {
        store_float(number, (float)parameters[tensor->offset + i]);
        sink_put(sink, number, sizeof number);
    }
}

static void put_metadata(struct sink *sink, const struct rnn_config *config)
{
    struct sink measure = {0}, descr;
    char text[24] = "|S";
    weights_put_metadata(&measure, config);
    descr = (struct sink){text + 2, sizeof text - 2, 0};
    sink_number(&descr, measure.written);
    put_npy(sink, text, NULL);
    weights_put_metadata(sink, config);
}

/* What was put from `begin` on, if it is there. */
static uint32_t checksum_from(const struct sink *sink, size_t begin)
{
    return sink->written <= sink->capacity ? checksum(sink->bytes + begin, sink->written - begin) : 0;
}

/* The i-th entry, i = P-count: the metadata. descriptor: appended to the directory. */
static void put_local(struct sink *sink, const struct rnn_config *config, const rnn_real *parameters, uint32_t i,
                      struct sink *directory)
{
    struct rnn_tensor tensor = {.name = "__metadata__"};
    const bool is_tensor = rnn_tensor_of(config, i, &tensor) == RNN_OK;
    const size_t local = sink->written;
    sink_put(sink, LOCAL, 4);
    put_entry(sink, tensor.name, 0, 0);
    sink_text(sink, tensor.name);
    sink_text(sink, ".npy");
    const size_t begin = sink->written;
    if (is_tensor)
        put_array(sink, &tensor, parameters);
    else
        put_metadata(sink, config);
    const uint32_t crc = checksum_from(sink, begin), bytes = (uint32_t)(sink->written - begin);
    if (sink->written <= sink->capacity) {
        struct sink again = {sink->bytes + local + 4, LOCAL_BYTES - 4, 0};
        put_entry(&again, tensor.name, crc, bytes);
    }
    sink_put(directory, CENTRAL, 4);
    put(directory, VERSION, 2);
    put_entry(directory, tensor.name, crc, bytes);
    put(directory, 0, 4); /* no comment, the first disk */
    put(directory, 0, 4);
    put(directory, 0, 2);
    put(directory, (uint32_t)local, 4);
    sink_text(directory, tensor.name);
    sink_text(directory, ".npy");
}

enum rnn_status rnn_npz_write(const struct rnn_config *config, const rnn_real *parameters, void *file, size_t capacity,
                              size_t *written)
{
    enum { ENTRY_BYTES = CENTRAL_BYTES + sizeof((struct rnn_tensor *)0)->name + 4 };
    char room[ENTRIES * ENTRY_BYTES];
    if (!config || !parameters || (!file && capacity)) return RNN_ERROR_ARGUMENT;
    TRY(rnn_config_check(config, NULL));
    const size_t count = rnn_parameter_count(config);
    if (!rnn_all_finite(parameters, count)) return RNN_ERROR_DATA;

    struct sink sink = {file, capacity, 0}, directory = {room, sizeof room, 0};
    const uint32_t tensors = rnn_tensor_count(config);
    for (uint32_t i = 0; i <= tensors; i++) put_local(&sink, config, parameters, i, &directory);
    const size_t begin = sink.written;
    sink_put(&sink, directory.bytes, directory.written);
    sink_put(&sink, END "\0\0\0\0", 8);
    put(&sink, tensors + 1, 2);
    put(&sink, tensors + 1, 2);
    put(&sink, (uint32_t)directory.written, 4);
    put(&sink, (uint32_t)begin, 4);
    put(&sink, 0, 2);
    if (written) *written = sink.written;
    return sink.written > capacity ? RNN_ERROR_BLOCK : RNN_OK;
}
