#include "npy.h"

#include "diagnose.h"
#include "little_endian.h"

enum { START = 10, HEADER_BYTES = 128 }; /* HEADER_BYTES: of the header we write; like numpy's, a multiple of 64 */

/* A Python string in single or double quotes, without escapes. */
static enum rnn_status take_string(struct rnni_reader *reader, const char *expected, struct rnni_string *string)
{
    rnni_skip_space(reader);
    const char quote = reader->at < reader->end && reader->text[reader->at] == '\'' ? '\'' : '"';
    if (!rnni_take(reader, quote)) return rnni_fail_at_byte(reader, expected);
    const char *text = reader->text + reader->at;
    string->start = reader->at;
    while (reader->at < reader->end && reader->text[reader->at] != quote) reader->at++;
    string->end = reader->at;
    string->length = string->end - string->start;
    const size_t kept = string->length < RNNI_STRING_BYTES - 1 ? string->length : RNNI_STRING_BYTES - 1;
    memcpy(string->text, text, kept);
    string->text[kept] = 0;
    if (reader->at == reader->end) return rnni_fail_at_byte(reader, "a closing quote");
    reader->at++;
    return RNN_OK;
}

static bool take_word(struct rnni_reader *reader, const char *word)
{
    const size_t length = strlen(word);
    rnni_skip_space(reader);
    if (reader->end - reader->at < length || memcmp(reader->text + reader->at, word, length) != 0) return false;
    reader->at += length;
    return true;
}

static enum rnn_status take_order(struct rnni_reader *reader, bool *fortran_order)
{
    *fortran_order = take_word(reader, "True");
    return *fortran_order || take_word(reader, "False") ? RNN_OK : rnni_fail_at_byte(reader, "True or False");
}

/* A Python tuple: (), (a,), (a, b), ... The comma after the last element may be missing. */
static enum rnn_status take_shape(struct rnni_reader *reader, struct rnni_npy *npy)
{
    bool more = true;
    rnni_skip_space(reader);
    npy->shape_at = reader->at;
    npy->rank = 0;
    RNNI_TRY(rnni_expect(reader, '('));
    while (!rnni_take(reader, ')')) {
        uint64_t extent;
        if (!more) return rnni_fail_at_byte(reader, "\",\" or \")\"");
        RNNI_TRY(rnni_take_number(reader, &extent));
        if (npy->rank < RNNI_NPY_RANK) npy->shape[npy->rank] = extent;
        npy->rank++;
        more = rnni_take(reader, ',');
    }
    return RNN_OK;
}

/* {'descr': ..., 'fortran_order': ..., 'shape': ..., } */
static enum rnn_status take_dictionary(struct rnni_reader *reader, struct rnni_npy *npy)
{
    enum { DESCR, FORTRAN_ORDER, SHAPE, KEYS };
    static const char *const keys[KEYS] = {"descr", "fortran_order", "shape"};
    bool seen[KEYS] = {false}, closed = false;
    RNNI_TRY(rnni_expect(reader, '{'));
    while (!closed) {
        struct rnni_string key;
        uint32_t k;
        RNNI_TRY(take_string(reader, "a key", &key));
        RNNI_TRY(rnni_take_key(reader, &key, keys, KEYS, seen, &k));
        RNNI_TRY(rnni_expect(reader, ':'));
        RNNI_TRY(k == DESCR           ? take_string(reader, "a dtype", &npy->descr)
                 : k == FORTRAN_ORDER ? take_order(reader, &npy->fortran_order)
                                      : take_shape(reader, npy));
        const bool more = rnni_take(reader, ',');
        closed = rnni_take(reader, '}');
        if (!more && !closed) return rnni_fail_at_byte(reader, "\",\" or \"}\"");
    }
    rnni_skip_space(reader);
    if (reader->at != reader->end) return rnni_fail_at_byte(reader, "only spaces after the header's \"}\"");
    for (uint32_t k = 0; k < KEYS; k++) {
        if (seen[k]) continue;
        rnni_fail(reader, reader->at, "the NPY header has no ");
        rnni_diagnose_text(reader->diagnosis, keys[k]);
        return RNN_ERROR_WEIGHTS;
    }
    return RNN_OK;
}

enum rnn_status rnni_npy_read(struct rnni_reader *reader, struct rnni_npy *npy)
{
    const char *text = reader->text + reader->at;
    const size_t bytes = reader->end - reader->at;
    if (bytes < START || memcmp(text, "\x93NUMPY", 6) != 0 || (text[6] != 1 && text[6] != 2) || text[7] != 0)
        return rnni_fail(reader, reader->at, "expected an array in the NPY format, version 1.0 or 2.0");
    const uint32_t wide = text[6] == 1 ? 2 : 4;
    if (bytes < 8 + wide || rnni_little_load(text + 8, wide) > bytes - 8 - wide)
        return rnni_fail(reader, reader->at + 8, "expected a header length that fits the array");
    struct rnni_reader header = *reader;
    header.at = reader->at + 8 + wide;
    header.end = header.at + (size_t)rnni_little_load(text + 8, wide);
    reader->at = header.end;
    return take_dictionary(&header, npy);
}

void rnni_npy_put(struct rnni_writer *writer, const char *descr, const struct rnn_tensor *shape)
{
    const size_t start = writer->written;
    rnni_put(writer, "\x93NUMPY\1\0", 8);
    rnni_put_little(writer, HEADER_BYTES - START, 2);
    rnni_put_text(writer, "{'descr': '");
    rnni_put_text(writer, descr);
    rnni_put_text(writer, "', 'fortran_order': False, 'shape': (");
    if (shape) {
        rnni_put_number(writer, shape->rows);
        rnni_put_text(writer, shape->rank == 2 ? ", " : ",");
        if (shape->rank == 2) rnni_put_number(writer, shape->columns);
    }
    rnni_put_text(writer, "), }");
    while (writer->written - start < HEADER_BYTES - 1) rnni_put_text(writer, " ");
    rnni_put_text(writer, "\n");
}
