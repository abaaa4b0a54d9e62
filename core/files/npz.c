/* Weights in an npz, as numpy.savez writes it: a ZIP of uncompressed entries, each an array in the NPY format.
 *
 *     local header, name.npy, NPY          for each array
 *     central directory                    the same headers again, with the offset of each local one
 *     end record                           22 bytes, the last of the file
 *
 * ZIP: PKWARE's APPNOTE, 4.3. NPY: npy.h. __metadata__.npy is an array of bytes, '|S…', with the same JSON as in a safetensors
 * file. A file is read through its central directory, and checksums must agree. */
#include <string.h>

#include "diagnose.h"
#include "little_endian.h"
#include "npy.h"
#include "weights.h"

enum {
    LOCAL_BYTES = 30,
    CENTRAL_BYTES = 46,
    END_BYTES = 22,
    ENTRIES = RNN_TENSORS_MAXIMUM + 1,
    VERSION = 20,  /* 2.0, the version of ZIP */
    NEW_YEAR = 33, /* 1 January 1980, the earliest date of a ZIP */
    DEFLATED = 8
};

#define LOCAL   "PK\3\4"
#define CENTRAL "PK\1\2"
#define END     "PK\5\6"

/* CRC-32 as in ISO 3309, four bits at a time. */
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

/* ------------------------------------------------------------------------------------------------ entries */

/* An entry of the central directory. */
struct entry {
    const char *name;
    size_t name_at, name_bytes, data_at, data_bytes;
    uint32_t checksum;
};

/* Begins the message with the entry's name in quotes. */
static enum rnn_status fail_entry(struct weights *w, const struct entry *entry, const char *text)
{
    rnni_fail(&w->reader, entry->name_at, "");
    rnni_diagnose_quote(w->reader.diagnosis, entry->name, entry->name_bytes);
    rnni_diagnose_text(w->reader.diagnosis, ": ");
    rnni_diagnose_text(w->reader.diagnosis, text);
    return RNN_ERROR_WEIGHTS;
}

/* Reads the header of a tensor's array at reader.at ... reader.end. */
static enum rnn_status take_tensor(struct weights *w, const struct rnni_string *name)
{
    uint32_t slot;
    struct rnni_npy npy;
    RNNI_TRY(rnni_weights_take_name(w, name, &slot));
    RNNI_TRY(rnni_npy_read(&w->reader, &npy));
    struct location *location = &w->locations[slot];
    location->fortran = npy.fortran_order;
    location->rank = npy.rank;
    location->shape_at = npy.shape_at;
    memcpy(location->shape, npy.shape, sizeof location->shape);
    location->wide = rnni_string_is(&npy.descr, "<f8");
    location->begin = w->reader.at;
    location->end = w->reader.end;
    if (location->wide || rnni_string_is(&npy.descr, "<f4")) return RNN_OK;
    rnni_weights_fail(w, slot, npy.descr.start, "expected dtype <f4 or <f8, got ");
    rnni_diagnose_quote(w->reader.diagnosis, w->reader.text + npy.descr.start, npy.descr.end - npy.descr.start);
    const char kind = npy.descr.length > 1 ? npy.descr.text[1] : 0;
    if (kind == 'O')
        rnni_diagnose_text(
            w->reader.diagnosis,
            ", a list in one array. Put a star before it: np.savez(\"weights.npz\", *model.get_weights())");
    else if (kind == 'i' || kind == 'u')
        rnni_diagnose_text(w->reader.diagnosis,
                           ", which is no weight. Leave it out: np.savez(\"weights.npz\", *[w for w "
                           "in model.get_weights() if w.dtype.kind == \"f\"])");
    return RNN_ERROR_WEIGHTS;
}

/* Reads the metadata, an array of bytes that is padded with NUL. */
static enum rnn_status take_metadata(struct weights *w, const struct entry *entry)
{
    struct rnni_npy npy;
    RNNI_TRY(rnni_npy_read(&w->reader, &npy));
    if (npy.descr.length < 2 || memcmp(npy.descr.text, "|S", 2) != 0 || npy.rank != 0)
        return fail_entry(w, entry, "expected an array of bytes");
    while (w->reader.end > w->reader.at && w->reader.text[w->reader.end - 1] == 0) w->reader.end--;
    RNNI_TRY(rnni_weights_take_metadata(w));
    rnni_skip_space(&w->reader);
    return w->reader.at == w->reader.end ? RNN_OK : rnni_fail_at_byte(&w->reader, "nothing after \"}\"");
}

static enum rnn_status take_entry(struct weights *w, const struct entry *entry)
{
    enum { ENDING = 4 };
    const char *data = w->reader.text + entry->data_at;
    if (checksum(data, entry->data_bytes) != entry->checksum)
        return fail_entry(w, entry, "the checksum is wrong, so the file is damaged");
    if (entry->name_bytes <= ENDING || memcmp(entry->name + entry->name_bytes - ENDING, ".npy", ENDING) != 0)
        return fail_entry(w, entry, "expected a name that ends in .npy, as numpy.savez writes it");
    struct rnni_string name = {.length = entry->name_bytes - ENDING, .start = entry->name_at};
    name.end = name.start + name.length;
    memcpy(name.text, entry->name, name.length < RNNI_STRING_BYTES - 1 ? name.length : RNNI_STRING_BYTES - 1);
    w->reader.at = entry->data_at;
    w->reader.end = entry->data_at + entry->data_bytes;
    return rnni_string_is(&name, "__metadata__") ? take_metadata(w, entry) : take_tensor(w, &name);
}

/* ------------------------------------------------------------------------------------------------ ZIP */

/* Checks the local header at `local`, which must agree with the entry and leave room for its bytes before `end`. */
static enum rnn_status take_local(struct weights *w, struct entry *entry, size_t local, size_t end)
{
    const char *text = w->reader.text + local;
    if (local > end || end - local < LOCAL_BYTES || memcmp(text, LOCAL, 4) != 0)
        return fail_entry(w, entry, "expected a local header where the directory points");
    const size_t skip =
        LOCAL_BYTES + (uint32_t)rnni_little_load(text + 26, 2) + (uint32_t)rnni_little_load(text + 28, 2);
    if ((uint32_t)rnni_little_load(text + 26, 2) != entry->name_bytes || end - local < skip ||
        end - local - skip < entry->data_bytes || memcmp(text + LOCAL_BYTES, entry->name, entry->name_bytes) != 0)
        return fail_entry(w, entry, "the local header does not agree with the directory");
    entry->data_at = local + skip;
    return RNN_OK;
}

/* Reads the directory's entry at *at ... end and moves *at to the next. */
static enum rnn_status take_central(struct weights *w, size_t *at, size_t end, size_t directory)
{
    const char *text = w->reader.text + *at;
    if (end - *at < CENTRAL_BYTES || memcmp(text, CENTRAL, 4) != 0)
        return rnni_fail(&w->reader, *at, "expected an entry of the ZIP's directory");
    const uint32_t flags = (uint32_t)rnni_little_load(text + 8, 2), method = (uint32_t)rnni_little_load(text + 10, 2),
                   packed = (uint32_t)rnni_little_load(text + 20, 4);
    struct entry entry = {.name = text + CENTRAL_BYTES,
                          .name_at = *at + CENTRAL_BYTES,
                          .name_bytes = (uint32_t)rnni_little_load(text + 28, 2),
                          .data_bytes = (uint32_t)rnni_little_load(text + 24, 4),
                          .checksum = (uint32_t)rnni_little_load(text + 16, 4)};
    const size_t skip = CENTRAL_BYTES + entry.name_bytes + (uint32_t)rnni_little_load(text + 30, 2) +
                        (uint32_t)rnni_little_load(text + 32, 2);
    if (end - *at < skip) return rnni_fail(&w->reader, *at, "the ZIP's directory is truncated");
    *at += skip;
    if (method == DEFLATED) return fail_entry(w, &entry, "saved with savez_compressed; use numpy.savez");
    if (method != 0 || (flags & 1) != 0 || packed != entry.data_bytes)
        return fail_entry(w, &entry, "expected an entry without compression or encryption");
    RNNI_TRY(take_local(w, &entry, (uint32_t)rnni_little_load(text + 42, 4), directory));
    return take_entry(w, &entry);
}

enum rnn_status rnni_npz_parse(struct weights *w, size_t bytes)
{
    const char *end = bytes < END_BYTES ? NULL : w->reader.text + bytes - END_BYTES;
    if (!end || memcmp(end, END, 4) != 0 || (uint32_t)rnni_little_load(end + 20, 2) != 0)
        return rnni_fail(&w->reader, bytes,
                         "the file is truncated, or is not npz: expected the end of a ZIP without a comment");
    const uint32_t count = (uint32_t)rnni_little_load(end + 10, 2),
                   directory_bytes = (uint32_t)rnni_little_load(end + 12, 4),
                   directory = (uint32_t)rnni_little_load(end + 16, 4);
    if ((uint64_t)directory + directory_bytes != bytes - END_BYTES || (uint32_t)rnni_little_load(end + 4, 4) != 0)
        return rnni_fail(&w->reader, bytes - END_BYTES, "expected a directory right before the end of the ZIP");
    size_t at = directory;
    for (uint32_t i = 0; i < count; i++) RNNI_TRY(take_central(w, &at, bytes - END_BYTES, directory));
    if (at != bytes - END_BYTES) return rnni_fail(&w->reader, at, "expected the end of the ZIP's directory");
    w->reader.end = bytes;
    RNNI_TRY(rnni_weights_check(w));
    return rnni_weights_check_finite(w);
}

/* ------------------------------------------------------------------------------------------------ write */

/* The fields that a local header and the directory share, beginning with the version. */
static void put_entry(struct rnni_writer *writer, const char *name, uint32_t crc, uint32_t bytes)
{
    rnni_put_little(writer, VERSION, 4); /* VERSION in two bytes, then no flags */
    rnni_put_little(writer, 0, 4);       /* uncompressed; the time is midnight */
    rnni_put_little(writer, NEW_YEAR, 2);
    rnni_put_little(writer, crc, 4);
    rnni_put_little(writer, bytes, 4);
    rnni_put_little(writer, bytes, 4);
    rnni_put_little(writer, (uint32_t)strlen(name) + 4, 2);
    rnni_put_little(writer, 0, 2);
}

static void put_array(struct rnni_writer *writer, const struct rnn_tensor *tensor, const rnn_real *parameters)
{
    unsigned char number[4];
    rnni_npy_put(writer, "<f4", tensor);
    for (size_t i = 0; i < tensor->count; i++) {
        rnni_little_store_float(number, (float)parameters[tensor->offset + i]);
        rnni_put(writer, number, sizeof number);
    }
}

static void put_metadata(struct rnni_writer *writer, const struct rnn_config *config, const struct rnn_note *notes)
{
    struct rnni_writer measure = {0}, descr;
    char text[24] = "|S";
    rnni_weights_put_metadata(&measure, config, notes);
    descr = (struct rnni_writer){text + 2, sizeof text - 2, 0};
    rnni_put_number(&descr, measure.written);
    rnni_npy_put(writer, text, NULL);
    rnni_weights_put_metadata(writer, config, notes);
}

/* The checksum of everything written since `begin`. While bytes are only counted, there is nothing to read and it is 0. */
static uint32_t checksum_from(const struct rnni_writer *writer, size_t begin)
{
    return writer->written <= writer->capacity ? checksum(writer->bytes + begin, writer->written - begin) : 0;
}

/* Writes the i-th tensor, or after the last one the metadata, and appends its entry to directory. */
static void put_local(struct rnni_writer *writer, const struct rnn_config *config, const rnn_real *parameters,
                      const struct rnn_note *notes, uint32_t i, struct rnni_writer *directory)
{
    struct rnn_tensor tensor = {.name = "__metadata__"};
    const bool is_tensor = rnn_tensor_of(config, i, &tensor) == RNN_OK;
    const size_t local = writer->written;
    rnni_put(writer, LOCAL, 4);
    put_entry(writer, tensor.name, 0, 0);
    rnni_put_text(writer, tensor.name);
    rnni_put_text(writer, ".npy");
    const size_t begin = writer->written;
    if (is_tensor)
        put_array(writer, &tensor, parameters);
    else
        put_metadata(writer, config, notes);
    const uint32_t crc = checksum_from(writer, begin), bytes = (uint32_t)(writer->written - begin);
    if (writer->written <= writer->capacity) {
        struct rnni_writer again = {writer->bytes + local + 4, LOCAL_BYTES - 4, 0};
        put_entry(&again, tensor.name, crc, bytes);
    }
    rnni_put(directory, CENTRAL, 4);
    rnni_put_little(directory, VERSION, 2);
    put_entry(directory, tensor.name, crc, bytes);
    rnni_put_little(directory, 0, 4); /* no extra field, no comment */
    rnni_put_little(directory, 0, 4);
    rnni_put_little(directory, 0, 2);
    rnni_put_little(directory, (uint32_t)local, 4);
    rnni_put_text(directory, tensor.name);
    rnni_put_text(directory, ".npy");
}

enum rnn_status rnn_npz_write(const struct rnn_config *config, const rnn_real *parameters, const struct rnn_note *notes,
                              void *file, size_t capacity, size_t *written)
{
    enum { ENTRY_BYTES = CENTRAL_BYTES + sizeof((struct rnn_tensor *)0)->name + 4 };
    char room[ENTRIES * ENTRY_BYTES];
    if (!config || !parameters || (!file && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(rnni_weights_check_notes(notes));
    const size_t count = rnn_parameter_count(config);
    if (!rnni_can_put_floats(parameters, count)) return RNN_ERROR_DATA;

    struct rnni_writer writer = {0};
    const uint32_t tensors = rnn_tensor_count(config);
    do {
        struct rnni_writer directory = {room, sizeof room, 0};
        for (uint32_t i = 0; i <= tensors; i++) put_local(&writer, config, parameters, notes, i, &directory);
        const size_t begin = writer.written;
        rnni_put(&writer, directory.bytes, directory.written);
        rnni_put(&writer, END "\0\0\0\0", 8);
        rnni_put_little(&writer, tensors + 1, 2);
        rnni_put_little(&writer, tensors + 1, 2);
        rnni_put_little(&writer, (uint32_t)directory.written, 4);
        rnni_put_little(&writer, (uint32_t)begin, 4);
        rnni_put_little(&writer, 0, 2);
    } while (rnni_put_again(&writer, file, capacity));
    return rnni_put_end(&writer, written);
}
