/* Weights in a file, the format of Hugging Face's safetensors:
 *
 *     8 bytes     N, the header's length, little-endian
 *     N bytes     JSON: {"name": {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}, ...,
 *                        "__metadata__": {"cell": "simple_rnn", "activation": "tanh", "loss": "binary_crossentropy"}}
 *     the rest    the tensors, back to back; offsets count from the end of the header
 *
 * A file is read in one pass over the header, which notes where each of the five tensors lies, and then checked as a whole:
 * every tensor there once, shapes that belong together, offsets that cover the rest of the file exactly, finite numbers.
 * The JSON is read strictly. Its depth is fixed by the format, so nothing here recurses.
 */
#include "diagnose.h"
#include "sink.h"
#include "../rnn.h"

#include <string.h>

static const char loss_name[] = "binary_crossentropy";

enum {
    LENGTH_BYTES = 8,
    NAME_BYTES = 64, /* longer than every name that matters */
    RANK_MAXIMUM = 2,
    KERNEL = 0 /* (F, U): the tensor that decides features and units */
};

/* Shapes by letters, to compare and to show: U, F or 1. */
static const char tensor_shape[RNN_TENSORS][RANK_MAXIMUM + 1] = {"FU", "UU", "U", "U1", "1"};

/* The names do not depend on the extents, so the smallest configuration tells them. */
static const char *tensor_name(uint32_t index)
{
    struct rnn_config config = rnn_config_default();
    struct rnn_tensor tensor;
    return rnn_tensor_of(&config, index, &tensor) == RNN_OK ? tensor.name : "";
}

/* What the header says of one tensor. */
struct entry {
    bool there;
    size_t offset; /* of its name, in the file */
    uint32_t rank;
    uint64_t shape[RANK_MAXIMUM];
    uint64_t begin, end;
};

/* The header's text, how far it is read, and what was found. */
struct parser {
    const char *text;
    size_t at, end;
    struct entry entries[RNN_TENSORS];
    bool metadata;
    uint32_t cell, activation;
    struct rnn_diagnosis *diagnosis;
};

/* A decoded JSON string: the first characters of it, and where its raw text stands between the quotes. */
struct string {
    char text[NAME_BYTES];
    size_t length; /* characters of the whole string; more than NAME_BYTES - 1 equals no name */
    size_t start, end;
};

/* ------------------------------------------------------------------------------------------------ errors */

/* Begins the message at a byte of the file. */
static struct rnn_diagnosis *begin(struct rnn_diagnosis *diagnosis, size_t offset)
{
    diagnose_at(diagnosis, 0, 0, offset);
    return diagnosis;
}

static enum rnn_status fail(struct parser *p, size_t offset, const char *text)
{
    diagnose_text(begin(p->diagnosis, offset), text);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status fail_at_byte(struct parser *p, const char *expected)
{
    fail(p, p->at, "expected ");
    diagnose_text(p->diagnosis, expected);
    diagnose_text(p->diagnosis, ", got ");
    if (p->at == p->end)
        diagnose_text(p->diagnosis, "the end of the header");
    else
        diagnose_quote(p->diagnosis, p->text + p->at, 1);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status fail_string(struct parser *p, const struct string *s, const char *expected)
{
    fail(p, s->start, expected);
    diagnose_text(p->diagnosis, ", got ");
    diagnose_quote(p->diagnosis, p->text + s->start, s->end - s->start);
    return RNN_ERROR_SAFETENSORS;
}

/* "simple_rnn/kernel: " begins the message. */
static enum rnn_status fail_tensor(struct parser *p, uint32_t tensor, size_t offset, const char *text)
{
    fail(p, offset, tensor_name(tensor));
    diagnose_text(p->diagnosis, ": ");
    diagnose_text(p->diagnosis, text);
    return RNN_ERROR_SAFETENSORS;
}

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum rnn_status try_status = (call);                                                                           \
        if (try_status != RNN_OK) return try_status;                                                                   \
    } while (0)

/* ------------------------------------------------------------------------------------------------ JSON */

static void skip_space(struct parser *p)
{
    while (p->at < p->end &&
           (p->text[p->at] == ' ' || p->text[p->at] == '\t' || p->text[p->at] == '\n' || p->text[p->at] == '\r'))
        p->at++;
}

/* Skips space, then takes c if it comes next. */
static bool take(struct parser *p, char c)
{
    skip_space(p);
    if (p->at == p->end || p->text[p->at] != c) return false;
    p->at++;
    return true;
}

/* Strings are decoded to be compared with names in ASCII, so that one byte stands for all that is not. */
static void put_character(struct string *s, uint32_t code)
{
    if (s->length < NAME_BYTES - 1) s->text[s->length] = (char)(code < 0x80 ? code : 0xff);
    s->length++;
}

/* Four hexadecimal digits at p->at, or -1. */
static int32_t take_hex(struct parser *p)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        char c = p->at < p->end ? p->text[p->at] : 0;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return -1;
        value = 16 * value + digit;
    }
    return value;
}

/* \uXXXX behind its u; characters above U+FFFF are a pair of surrogates. */
static enum rnn_status take_unicode(struct parser *p, struct string *s)
{
    int32_t high = take_hex(p), low;
    if (high < 0) return fail_at_byte(p, "four hexadecimal digits behind \\u");
    if (high < 0xd800 || high > 0xdfff) {
        put_character(s, (uint32_t)high);
        return RNN_OK;
    }
    if (high > 0xdbff || p->end - p->at < 2 || p->text[p->at] != '\\' || p->text[p->at + 1] != 'u')
        return fail_at_byte(p, "a pair of surrogates");
    p->at += 2;
    low = take_hex(p);
    if (low < 0xdc00 || low > 0xdfff) return fail_at_byte(p, "the second of a pair of surrogates");
    put_character(s, 0x10000);
    return RNN_OK;
}

static enum rnn_status take_escape(struct parser *p, struct string *s)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->end ? p->text[p->at] : 0;
    if (c == 'u') {
        p->at++;
        return take_unicode(p, s);
    }
    for (int i = 0; letters[i]; i++)
        if (c == letters[i]) {
            put_character(s, (unsigned char)meanings[i]);
            p->at++;
            return RNN_OK;
        }
    return fail_at_byte(p, "one of \"\\/bfnrtu behind a backslash");
}

/* How many bytes of well-formed UTF-8 the character at p->at takes (Unicode 15, table 3-7), or 0. */
static size_t utf8_bytes(const struct parser *p)
{
    const unsigned char *s = (const unsigned char *)p->text + p->at;
    size_t room = p->end - p->at;
    size_t bytes = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
    if (bytes > room) return 0;
    for (size_t i = 1; i < bytes; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    bool too_low = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    bool too_high = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
    return too_low || too_high ? 0 : bytes;
}

static enum rnn_status take_string(struct parser *p, const char *expected, struct string *s)
{
    s->length = 0;
    if (!take(p, '"')) return fail_at_byte(p, expected);
    s->start = p->at;
    for (;;) {
        if (p->at == p->end) return fail_at_byte(p, "a closing quote");
        unsigned char c = (unsigned char)p->text[p->at];
        if (c < 0x20) return fail_at_byte(p, "no control character in a string");
        if (c == '"') break;
        if (c == '\\') {
            p->at++;
            TRY(take_escape(p, s));
            continue;
        }
        size_t bytes = utf8_bytes(p);
        if (!bytes) return fail_at_byte(p, "UTF-8");
        put_character(s, c);
        p->at += bytes;
    }
    s->end = p->at++;
    s->text[s->length < NAME_BYTES ? s->length : NAME_BYTES - 1] = 0;
    return RNN_OK;
}

static bool equals(const struct string *s, const char *text)
{
    return s->length < NAME_BYTES && s->length == strlen(text) && memcmp(s->text, text, s->length) == 0;
}

static enum rnn_status take_whole_number(struct parser *p, uint64_t *value)
{
    skip_space(p);
    size_t first = p->at;
    *value = 0;
    for (; p->at < p->end && p->text[p->at] >= '0' && p->text[p->at] <= '9'; p->at++) {
        uint64_t digit = (uint64_t)(p->text[p->at] - '0');
        if (*value > (UINT64_MAX - digit) / 10) return fail(p, first, "expected a whole number below 2^64");
        *value = 10 * *value + digit;
    }
    if (p->at == first) return fail_at_byte(p, "a whole number");
    if (p->text[first] == '0' && p->at > first + 1)
        return fail(p, first, "expected a whole number without zeros in front");
    return RNN_OK;
}

/* [a, b, ...]: stores up to capacity numbers, counts all. */
static enum rnn_status take_numbers(struct parser *p, uint64_t *values, uint32_t capacity, uint64_t *count)
{
    *count = 0;
    if (!take(p, '[')) return fail_at_byte(p, "\"[\"");
    if (take(p, ']')) return RNN_OK;
    do {
        uint64_t value;
        TRY(take_whole_number(p, &value));
        if (*count < capacity) values[*count] = value;
        ++*count;
    } while (take(p, ','));
    return take(p, ']') ? RNN_OK : fail_at_byte(p, "\",\" or \"]\"");
}

static enum rnn_status take_colon(struct parser *p)
{
    return take(p, ':') ? RNN_OK : fail_at_byte(p, "\":\"");
}

/* ------------------------------------------------------------------------------------------------ the header */

/* The list of tensors that belong to the model, for a message. */
static enum rnn_status fail_unknown_tensor(struct parser *p, const struct string *name)
{
    fail(p, name->start, "unknown tensor ");
    diagnose_quote(p->diagnosis, p->text + name->start, name->end - name->start);
    for (uint32_t i = 0; i < RNN_TENSORS; i++) {
        diagnose_text(p->diagnosis, i ? ", " : "; expected ");
        diagnose_text(p->diagnosis, tensor_name(i));
    }
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_dtype(struct parser *p, uint32_t tensor)
{
    struct string dtype;
    TRY(take_string(p, "a string", &dtype));
    if (equals(&dtype, "F32")) return RNN_OK;
    fail_tensor(p, tensor, dtype.start, "expected dtype F32, got ");
    diagnose_quote(p->diagnosis, p->text + dtype.start, dtype.end - dtype.start);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_shape(struct parser *p, uint32_t tensor)
{
    uint64_t rank;
    struct entry *entry = &p->entries[tensor];
    skip_space(p);
    size_t offset = p->at;
    TRY(take_numbers(p, entry->shape, RANK_MAXIMUM, &rank));
    entry->rank = (uint32_t)strlen(tensor_shape[tensor]);
    if (rank == entry->rank) return RNN_OK;
    fail_tensor(p, tensor, offset, "expected a shape of ");
    diagnose_text(p->diagnosis, entry->rank == 1 ? "1 number, got " : "2 numbers, got ");
    diagnose_number(p->diagnosis, rank);
    return RNN_ERROR_SAFETENSORS;
}

static enum rnn_status take_offsets(struct parser *p, uint32_t tensor)
{
    uint64_t offsets[2], count;
    skip_space(p);
    size_t offset = p->at;
    TRY(take_numbers(p, offsets, 2, &count));
    if (count != 2) return fail_tensor(p, tensor, offset, "expected 2 data_offsets, begin and end");
    if (offsets[0] > offsets[1])
        return fail_tensor(p, tensor, offset, "expected data_offsets that do not end before they begin");
    p->entries[tensor].begin = offsets[0];
    p->entries[tensor].end = offsets[1];
    return RNN_OK;
}

/* {"dtype": ..., "shape": ..., "data_offsets": ...}, each once, in any order. */
static enum rnn_status take_tensor(struct parser *p, uint32_t tensor)
{
    static const char *const names[] = {"dtype", "shape", "data_offsets"};
    enum rnn_status (*const takes[])(struct parser *, uint32_t) = {take_dtype, take_shape, take_offsets};
    bool seen[3] = {false, false, false};
    size_t start = p->at;
    if (!take(p, '{')) return fail_at_byte(p, "\"{\"");
    do {
        struct string key;
        TRY(take_string(p, "\"dtype\", \"shape\" or \"data_offsets\"", &key));
        uint32_t k = 0;
        while (k < 3 && !equals(&key, names[k])) k++;
        if (k == 3) return fail_string(p, &key, "expected \"dtype\", \"shape\" or \"data_offsets\"");
        if (seen[k]) return fail_string(p, &key, "expected each of \"dtype\", \"shape\" and \"data_offsets\" once");
        seen[k] = true;
        TRY(take_colon(p));
        TRY(takes[k](p, tensor));
    } while (take(p, ','));
    if (!take(p, '}')) return fail_at_byte(p, "\",\" or \"}\"");
    for (uint32_t k = 0; k < 3; k++)
        if (!seen[k]) {
            fail_tensor(p, tensor, start, "expected \"");
            diagnose_text(p->diagnosis, names[k]);
            diagnose_text(p->diagnosis, "\", got none");
            return RNN_ERROR_SAFETENSORS;
        }
    return RNN_OK;
}

/* The index of a string among names, or a failure that lists them. */
static enum rnn_status take_choice(struct parser *p, const struct string *s, const char *what,
                                   const char *(*name)(uint32_t), uint32_t *index)
{
    for (uint32_t i = 0; name(i); i++)
        if (equals(s, name(i))) {
            *index = i;
            return RNN_OK;
        }
    fail(p, s->start, "__metadata__: unknown ");
    diagnose_text(p->diagnosis, what);
    diagnose_text(p->diagnosis, " ");
    diagnose_quote(p->diagnosis, p->text + s->start, s->end - s->start);
    for (uint32_t i = 0; name(i); i++) {
        diagnose_text(p->diagnosis, i ? " or " : "; expected ");
        diagnose_text(p->diagnosis, name(i));
    }
    return RNN_ERROR_SAFETENSORS;
}

static const char *loss_name_of(uint32_t index)
{
    return index == 0 ? loss_name : NULL;
}

/* {"cell": "simple_rnn", ...}: string values; other keys than the three may stand there and mean nothing. */
static enum rnn_status take_metadata(struct parser *p)
{
    static const char *const keys[] = {"cell", "activation", "loss"};
    const char *(*const names[])(uint32_t) = {rnn_cell_name, rnn_activation_name, loss_name_of};
    uint32_t loss, *const values[] = {&p->cell, &p->activation, &loss};
    bool seen[3] = {false, false, false};
    if (!take(p, '{')) return fail_at_byte(p, "\"{\" of __metadata__");
    if (take(p, '}')) return RNN_OK;
    do {
        struct string key, value;
        TRY(take_string(p, "a key of __metadata__", &key));
        TRY(take_colon(p));
        TRY(take_string(p, "a string as a value of __metadata__", &value));
        for (uint32_t k = 0; k < 3; k++) {
            if (!equals(&key, keys[k])) continue;
            if (seen[k]) return fail_string(p, &key, "expected each key of __metadata__ once");
            seen[k] = true;
            TRY(take_choice(p, &value, keys[k], names[k], values[k]));
        }
    } while (take(p, ','));
    return take(p, '}') ? RNN_OK : fail_at_byte(p, "\",\" or \"}\"");
}

static enum rnn_status take_entry(struct parser *p)
{
    struct string name;
    TRY(take_string(p, "the name of a tensor", &name));
    if (equals(&name, "__metadata__")) {
        if (p->metadata) return fail_string(p, &name, "expected __metadata__ once");
        p->metadata = true;
        TRY(take_colon(p));
        return take_metadata(p);
    }
    for (uint32_t i = 0; i < RNN_TENSORS; i++) {
        if (!equals(&name, tensor_name(i))) continue;
        if (p->entries[i].there) return fail_tensor(p, i, name.start, "expected this tensor once");
        p->entries[i].there = true;
        p->entries[i].offset = name.start;
        TRY(take_colon(p));
        return take_tensor(p, i);
    }
    return fail_unknown_tensor(p, &name);
}

static enum rnn_status take_header(struct parser *p)
{
    if (p->at == p->end || p->text[p->at] != '{') return fail_at_byte(p, "\"{\" at the header's begin");
    p->at++;
    if (!take(p, '}')) {
        do TRY(take_entry(p));
        while (take(p, ','));
        if (!take(p, '}')) return fail_at_byte(p, "\",\" or \"}\"");
    }
    skip_space(p);
    return p->at == p->end ? RNN_OK : fail_at_byte(p, "spaces alone behind the header's \"}\"");
}

/* ------------------------------------------------------------------------------------------------ the whole file */

static enum rnn_status check_all_there(struct parser *p)
{
    for (uint32_t i = 0; i < RNN_TENSORS; i++)
        if (!p->entries[i].there) return fail_tensor(p, i, p->end, "expected this tensor, got none");
    return RNN_OK;
}

/* What a letter of tensor_shape stands for. */
static uint64_t extent(char letter, uint64_t features, uint64_t units)
{
    return letter == 'F' ? features : letter == 'U' ? units : 1;
}

static void diagnose_shape(struct rnn_diagnosis *diagnosis, const uint64_t *shape, uint32_t rank)
{
    diagnose_text(diagnosis, "(");
    diagnose_number(diagnosis, shape[0]);
    diagnose_text(diagnosis, rank == 2 ? ", " : ",");
    if (rank == 2) diagnose_number(diagnosis, shape[1]);
    diagnose_text(diagnosis, ")");
}

static enum rnn_status check_extent(struct parser *p, enum rnn_quantity quantity, uint64_t value)
{
    const struct rnn_range *range = rnn_range_of(quantity);
    if (value >= (uint64_t)range->minimum && value <= (uint64_t)range->maximum) return RNN_OK;
    fail_tensor(p, KERNEL, p->entries[KERNEL].offset, "expected ");
    diagnose_number(p->diagnosis, (uint64_t)range->minimum);
    diagnose_text(p->diagnosis, " to ");
    diagnose_number(p->diagnosis, (uint64_t)range->maximum);
    diagnose_text(p->diagnosis, " ");
    diagnose_text(p->diagnosis, range->name);
    diagnose_text(p->diagnosis, ", got ");
    diagnose_number(p->diagnosis, value);
    return RNN_ERROR_SAFETENSORS;
}

/* After this every extent is small, so that no product below can overflow. */
static enum rnn_status check_shapes(struct parser *p)
{
    uint64_t features = p->entries[KERNEL].shape[0], units = p->entries[KERNEL].shape[1];
    TRY(check_extent(p, RNN_FEATURES, features));
    TRY(check_extent(p, RNN_UNITS, units));
    for (uint32_t i = 0; i < RNN_TENSORS; i++) {
        const struct entry *entry = &p->entries[i];
        uint64_t expected[RANK_MAXIMUM], count = 1;
        bool same = true;
        for (uint32_t k = 0; k < entry->rank; k++) {
            expected[k] = extent(tensor_shape[i][k], features, units);
            same = same && entry->shape[k] == expected[k];
            count *= expected[k];
        }
        if (!same) {
            fail_tensor(p, i, entry->offset, "expected shape ");
            diagnose_shape(p->diagnosis, expected, entry->rank);
            diagnose_text(p->diagnosis, ", got ");
            diagnose_shape(p->diagnosis, entry->shape, entry->rank);
            return RNN_ERROR_SAFETENSORS;
        }
        if (entry->end - entry->begin != 4 * count) {
            fail_tensor(p, i, entry->offset, "expected data_offsets ");
            diagnose_number(p->diagnosis, 4 * count);
            diagnose_text(p->diagnosis, " bytes apart, got ");
            diagnose_number(p->diagnosis, entry->end - entry->begin);
            return RNN_ERROR_SAFETENSORS;
        }
    }
    return RNN_OK;
}

/* The tensor that begins first at or behind `from`, leaving out those already taken. */
static uint32_t next_tensor(const struct parser *p, const bool *taken)
{
    uint32_t next = RNN_TENSORS;
    for (uint32_t i = 0; i < RNN_TENSORS; i++)
        if (!taken[i] && (next == RNN_TENSORS || p->entries[i].begin < p->entries[next].begin)) next = i;
    return next;
}

/* The offsets must cover the data from 0 to its end: no gap, no overlap, nothing behind. */
static enum rnn_status check_offsets(struct parser *p, uint64_t data_bytes)
{
    bool taken[RNN_TENSORS] = {false};
    uint64_t covered = 0;
    for (uint32_t n = 0; n < RNN_TENSORS; n++) {
        uint32_t i = next_tensor(p, taken);
        const struct entry *entry = &p->entries[i];
        taken[i] = true;
        if (entry->begin != covered) {
            fail_tensor(p, i, entry->offset, entry->begin < covered ? "overlaps" : "leaves a gap behind");
            diagnose_text(p->diagnosis, " the tensor before it: expected data_offsets from ");
            diagnose_number(p->diagnosis, covered);
            diagnose_text(p->diagnosis, ", got ");
            diagnose_number(p->diagnosis, entry->begin);
            return RNN_ERROR_SAFETENSORS;
        }
        covered = entry->end;
        if (covered > data_bytes) {
            fail_tensor(p, i, p->end + (size_t)data_bytes, "the file is truncated: expected ");
            diagnose_number(p->diagnosis, covered);
            diagnose_text(p->diagnosis, " bytes behind the header, got ");
            diagnose_number(p->diagnosis, data_bytes);
            return RNN_ERROR_SAFETENSORS;
        }
    }
    if (covered == data_bytes) return RNN_OK;
    fail(p, p->end + (size_t)covered, "expected the end of the file, got ");
    diagnose_number(p->diagnosis, data_bytes - covered);
    diagnose_text(p->diagnosis, data_bytes - covered == 1 ? " trailing byte" : " trailing bytes");
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

static enum rnn_status check_finite(struct parser *p)
{
    const unsigned char *data = (const unsigned char *)p->text + p->end;
    for (uint32_t i = 0; i < RNN_TENSORS; i++)
        for (uint64_t at = p->entries[i].begin; at < p->entries[i].end; at += 4)
            if (!is_finite(load_float(data + at))) {
                fail_tensor(p, i, p->end + (size_t)at, "expected finite numbers, got NaN or infinity at index ");
                diagnose_number(p->diagnosis, (at - p->entries[i].begin) / 4);
                return RNN_ERROR_SAFETENSORS;
            }
    return RNN_OK;
}

/* p->text + p->at ... p->end becomes the header. */
static enum rnn_status find_header(struct parser *p, size_t bytes)
{
    uint64_t length = 0;
    if (bytes < LENGTH_BYTES) {
        fail(p, bytes, "the file is truncated: expected 8 bytes of header length, got ");
        diagnose_number(p->diagnosis, bytes);
        return RNN_ERROR_SAFETENSORS;
    }
    for (int i = 0; i < LENGTH_BYTES; i++) length |= (uint64_t)(unsigned char)p->text[i] << 8 * i;
    if (length > bytes - LENGTH_BYTES) {
        fail(p, 0, "the file is truncated, or no safetensors: expected a header of ");
        diagnose_number(p->diagnosis, length);
        diagnose_text(p->diagnosis, " bytes, got ");
        diagnose_number(p->diagnosis, bytes - LENGTH_BYTES);
        return RNN_ERROR_SAFETENSORS;
    }
    p->at = LENGTH_BYTES;
    p->end = LENGTH_BYTES + (size_t)length;
    return RNN_OK;
}

static enum rnn_status parse(const void *file, size_t bytes, struct parser *p, struct rnn_diagnosis *diagnosis)
{
    *p = (struct parser){.text = file, .cell = RNN_SIMPLE_RNN, .activation = RNN_TANH, .diagnosis = diagnosis};
    TRY(find_header(p, bytes));
    TRY(take_header(p));
    TRY(check_all_there(p));
    TRY(check_shapes(p));
    TRY(check_offsets(p, bytes - p->end));
    return check_finite(p);
}

enum rnn_status rnn_safetensors_measure(const void *file, size_t bytes, struct rnn_config *config,
                                        struct rnn_diagnosis *diagnosis)
{
    struct parser p;
    if (!file || !config) return RNN_ERROR_ARGUMENT;
    TRY(parse(file, bytes, &p, diagnosis));
    config->cell = p.cell;
    config->activation = p.activation;
    config->features = (uint32_t)p.entries[KERNEL].shape[0];
    config->units = (uint32_t)p.entries[KERNEL].shape[1];
    return RNN_OK;
}

enum rnn_status rnn_safetensors_read(const void *file, size_t bytes, const struct rnn_config *config,
                                     rnn_real *parameters, struct rnn_diagnosis *diagnosis)
{
    struct parser p;
    if (!file || !config || !parameters) return RNN_ERROR_ARGUMENT;
    TRY(parse(file, bytes, &p, diagnosis));
    if (config->features != p.entries[KERNEL].shape[0] || config->units != p.entries[KERNEL].shape[1])
        return RNN_ERROR_SHAPE;
    for (uint32_t i = 0; i < RNN_TENSORS; i++) {
        struct rnn_tensor tensor;
        TRY(rnn_tensor_of(config, i, &tensor));
        const unsigned char *data = (const unsigned char *)file + p.end + (size_t)p.entries[i].begin;
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
    sink_text(sink, loss_name);
    sink_text(sink, "\"}");
    for (uint32_t i = 0; i < RNN_TENSORS; i++) {
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
