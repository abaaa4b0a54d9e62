#include "json.h"

#include "utf8.h"

/* Names are ASCII, so each character outside ASCII is stored as one placeholder byte, which equals no part of a name. */
static void put_character(struct rnni_string *string, uint32_t code)
{
    if (string->length < RNNI_STRING_BYTES - 1) string->text[string->length] = (char)(code < 0x80 ? code : 0xff);
    string->length++;
}

/* Reads four hexadecimal digits at reader->at, or returns -1. */
static int32_t take_hex(struct rnni_reader *reader)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        char c = reader->at < reader->end ? reader->text[reader->at] : 0;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return -1;
        value = 16 * value + digit;
    }
    return value;
}

/* Reads the XXXX of \uXXXX. Characters above U+FFFF are a pair of surrogates. */
static enum rnn_status take_unicode(struct rnni_reader *reader, uint32_t *code)
{
    int32_t high = take_hex(reader), low;
    if (high < 0) return rnni_fail_at_byte(reader, "four hexadecimal digits after \\u");
    *code = (uint32_t)high;
    if (high < 0xd800 || high > 0xdfff) return RNN_OK;
    if (high > 0xdbff || reader->end - reader->at < 2 || reader->text[reader->at] != '\\' ||
        reader->text[reader->at + 1] != 'u')
        return rnni_fail_at_byte(reader, "a pair of surrogates");
    reader->at += 2;
    low = take_hex(reader);
    if (low < 0xdc00 || low > 0xdfff) return rnni_fail_at_byte(reader, "the second of a pair of surrogates");
    *code = 0x10000 + (((uint32_t)high - 0xd800) << 10) + ((uint32_t)low - 0xdc00);
    return RNN_OK;
}

/* Reads what follows a backslash. *code: out, the character that it means. */
static enum rnn_status take_escape(struct rnni_reader *reader, uint32_t *code)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char c = reader->at < reader->end ? reader->text[reader->at] : 0;
    if (c == 'u') {
        reader->at++;
        return take_unicode(reader, code);
    }
    for (int i = 0; letters[i]; i++)
        if (c == letters[i]) {
            *code = (unsigned char)meanings[i];
            reader->at++;
            return RNN_OK;
        }
    return rnni_fail_at_byte(reader, "one of \"\\/bfnrtu after a backslash");
}

enum rnn_status rnni_json_take_string(struct rnni_reader *reader, const char *expected, struct rnni_string *string)
{
    string->length = 0;
    rnni_skip_space(reader);
    if (!rnni_take(reader, '"')) return rnni_fail_at_byte(reader, expected);
    string->start = reader->at;
    for (;;) {
        if (reader->at == reader->end) return rnni_fail_at_byte(reader, "a closing quote");
        unsigned char c = (unsigned char)reader->text[reader->at];
        if (c < 0x20) return rnni_fail_at_byte(reader, "no control character in a string");
        if (c == '"') break;
        if (c == '\\') {
            uint32_t code = 0;
            reader->at++;
            RNNI_TRY(take_escape(reader, &code));
            put_character(string, code);
            continue;
        }
        size_t bytes = rnni_utf8_bytes(reader->text + reader->at, reader->end - reader->at);
        if (!bytes) return rnni_fail_at_byte(reader, "UTF-8");
        put_character(string, c);
        reader->at += bytes;
    }
    string->end = reader->at++;
    string->text[string->length < RNNI_STRING_BYTES ? string->length : RNNI_STRING_BYTES - 1] = 0;
    return RNN_OK;
}

enum rnn_status rnni_json_take_numbers(struct rnni_reader *reader, uint64_t *values, uint32_t capacity, uint64_t *count)
{
    uint64_t taken = 0;
    RNNI_TRY(rnni_expect(reader, '['));
    if (!rnni_take(reader, ']')) {
        do {
            uint64_t value;
            RNNI_TRY(rnni_take_number(reader, &value));
            if (taken < capacity) values[taken] = value;
            taken++;
        } while (rnni_take(reader, ','));
        if (!rnni_take(reader, ']')) return rnni_fail_at_byte(reader, "\",\" or \"]\"");
    }
    *count = taken;
    return RNN_OK;
}

void rnni_json_put_string(struct rnni_writer *writer, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    rnni_put_text(writer, "\"");
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        const char quoted[2] = {'\\', *text}, control[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        if (c < 0x20)
            rnni_put(writer, control, sizeof control);
        else if (c == '"' || c == '\\')
            rnni_put(writer, quoted, sizeof quoted);
        else
            rnni_put(writer, text, 1);
    }
    rnni_put_text(writer, "\"");
}

static void put_utf8(struct rnni_writer *writer, uint32_t code)
{
    char bytes[4];
    size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const uint32_t heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = count - 1; i > 0; i--, code >>= 6) bytes[i] = (char)(0x80 | (code & 0x3f));
    bytes[0] = (char)(heads[count] | code);
    rnni_put(writer, bytes, count);
}

void rnni_json_put_meaning(struct rnni_writer *writer, const struct rnni_reader *reader,
                           const struct rnni_string *string)
{
    struct rnni_reader inside = {.text = reader->text, .at = string->start, .end = string->end};
    while (inside.at < inside.end) {
        uint32_t code = 0;
        if (inside.text[inside.at++] != '\\')
            rnni_put(writer, inside.text + inside.at - 1, 1);
        else if (take_escape(&inside, &code) == RNN_OK)
            put_utf8(writer, code);
    }
}
