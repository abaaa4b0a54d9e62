#include "json.h"

#include <string.h>

#include "diagnose.h"

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum rnn_status try_status = (call);                                                                           \
        if (try_status != RNN_OK) return try_status;                                                                   \
    } while (0)

enum rnn_status json_fail(struct json *p, size_t offset, const char *text)
{
    diagnose_at(p->diagnosis, 0, 0, offset);
    diagnose_text(p->diagnosis, text);
    return RNN_ERROR_SAFETENSORS;
}

enum rnn_status json_fail_at_byte(struct json *p, const char *expected)
{
    json_fail(p, p->at, "expected ");
    diagnose_text(p->diagnosis, expected);
    diagnose_text(p->diagnosis, ", got ");
    if (p->at == p->end)
        diagnose_text(p->diagnosis, "the end of the header");
    else
        diagnose_quote(p->diagnosis, p->text + p->at, 1);
    return RNN_ERROR_SAFETENSORS;
}

enum rnn_status json_fail_string(struct json *p, const struct json_string *s, const char *expected)
{
    json_fail(p, s->start, expected);
    diagnose_text(p->diagnosis, ", got ");
    diagnose_quote(p->diagnosis, p->text + s->start, s->end - s->start);
    return RNN_ERROR_SAFETENSORS;
}

void json_skip_space(struct json *p)
{
    while (p->at < p->end &&
           (p->text[p->at] == ' ' || p->text[p->at] == '\t' || p->text[p->at] == '\n' || p->text[p->at] == '\r'))
        p->at++;
}

bool json_take(struct json *p, char c)
{
    json_skip_space(p);
    if (p->at == p->end || p->text[p->at] != c) return false;
    p->at++;
    return true;
}

/* Strings are decoded to be compared with names in ASCII, so that one byte stands for all that is not. */
static void put_character(struct json_string *s, uint32_t code)
{
    if (s->length < JSON_STRING_BYTES - 1) s->text[s->length] = (char)(code < 0x80 ? code : 0xff);
    s->length++;
}

/* Four hexadecimal digits at p->at, or -1. */
static int32_t take_hex(struct json *p)
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
static enum rnn_status take_unicode(struct json *p, struct json_string *s)
{
    int32_t high = take_hex(p), low;
    if (high < 0) return json_fail_at_byte(p, "four hexadecimal digits behind \\u");
    if (high < 0xd800 || high > 0xdfff) {
        put_character(s, (uint32_t)high);
        return RNN_OK;
    }
    if (high > 0xdbff || p->end - p->at < 2 || p->text[p->at] != '\\' || p->text[p->at + 1] != 'u')
        return json_fail_at_byte(p, "a pair of surrogates");
    p->at += 2;
    low = take_hex(p);
    if (low < 0xdc00 || low > 0xdfff) return json_fail_at_byte(p, "the second of a pair of surrogates");
    put_character(s, 0x10000);
    return RNN_OK;
}

static enum rnn_status take_escape(struct json *p, struct json_string *s)
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
    return json_fail_at_byte(p, "one of \"\\/bfnrtu behind a backslash");
}

/* How many bytes of well-formed UTF-8 the character at p->at takes (Unicode 15, table 3-7), or 0. */
static size_t utf8_bytes(const struct json *p)
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

enum rnn_status json_take_string(struct json *p, const char *expected, struct json_string *s)
{
    s->length = 0;
    json_skip_space(p);
    const char quote = p->python && p->at < p->end && p->text[p->at] == '\'' ? '\'' : '"';
    if (!json_take(p, quote)) return json_fail_at_byte(p, expected);
    s->start = p->at;
    for (;;) {
        if (p->at == p->end) return json_fail_at_byte(p, "a closing quote");
        unsigned char c = (unsigned char)p->text[p->at];
        if (c < 0x20) return json_fail_at_byte(p, "no control character in a string");
        if (c == (unsigned char)quote) break;
        if (c == '\\') {
            p->at++;
            TRY(take_escape(p, s));
            continue;
        }
        size_t bytes = utf8_bytes(p);
        if (!bytes) return json_fail_at_byte(p, "UTF-8");
        put_character(s, c);
        p->at += bytes;
    }
    s->end = p->at++;
    s->text[s->length < JSON_STRING_BYTES ? s->length : JSON_STRING_BYTES - 1] = 0;
    return RNN_OK;
}

bool json_equals(const struct json_string *s, const char *text)
{
    return s->length < JSON_STRING_BYTES && s->length == strlen(text) && memcmp(s->text, text, s->length) == 0;
}

static enum rnn_status take_whole_number(struct json *p, uint64_t *value)
{
    json_skip_space(p);
    size_t first = p->at;
    *value = 0;
    for (; p->at < p->end && p->text[p->at] >= '0' && p->text[p->at] <= '9'; p->at++) {
        uint64_t digit = (uint64_t)(p->text[p->at] - '0');
        if (*value > (UINT64_MAX - digit) / 10) return json_fail(p, first, "expected a whole number below 2^64");
        *value = 10 * *value + digit;
    }
    if (p->at == first) return json_fail_at_byte(p, "a whole number");
    if (p->text[first] == '0' && p->at > first + 1)
        return json_fail(p, first, "expected a whole number without zeros in front");
    return RNN_OK;
}

enum rnn_status json_take_numbers(struct json *p, uint64_t *values, uint32_t capacity, uint64_t *count)
{
    *count = 0;
    const char end = p->python ? ')' : ']';
    if (!json_take(p, p->python ? '(' : '[')) return json_fail_at_byte(p, p->python ? "\"(\"" : "\"[\"");
    if (json_take(p, end)) return RNN_OK;
    for (;;) {
        uint64_t value;
        TRY(take_whole_number(p, &value));
        if (*count < capacity) values[*count] = value;
        ++*count;
        const bool more = json_take(p, ',');
        json_skip_space(p);
        if (!more || (p->python && p->at < p->end && p->text[p->at] == end)) break;
    }
    return json_take(p, end) ? RNN_OK : json_fail_at_byte(p, p->python ? "\",\" or \")\"" : "\",\" or \"]\"");
}

/* A key that is none of them, or there already. */
static enum rnn_status fail_key(struct json *p, const char *const keys[JSON_KEYS], const struct json_string *key)
{
    json_fail(p, key->start, "expected ");
    for (uint32_t k = 0; k < JSON_KEYS; k++) {
        diagnose_quote(p->diagnosis, keys[k], strlen(keys[k]));
        diagnose_text(p->diagnosis, ", ");
    }
    diagnose_text(p->diagnosis, "each once, got ");
    diagnose_quote(p->diagnosis, p->text + key->start, key->end - key->start);
    return RNN_ERROR_SAFETENSORS;
}

enum rnn_status json_take_members(struct json *p, const char *const keys[JSON_KEYS],
                                  enum rnn_status (*take)(void *context, uint32_t k), void *context, uint32_t *missing)
{
    bool seen[JSON_KEYS + 1] = {false}, closed = false;
    if (!json_take(p, '{')) return json_fail_at_byte(p, "\"{\"");
    do {
        struct json_string key;
        uint32_t k = 0;
        TRY(json_take_string(p, "a key", &key));
        while (k < JSON_KEYS && !json_equals(&key, keys[k])) k++;
        if (k == JSON_KEYS || seen[k]) return fail_key(p, keys, &key);
        seen[k] = true;
        TRY(json_take_colon(p));
        TRY(take(context, k));
        const bool more = json_take(p, ',');
        closed = (!more || p->python) && json_take(p, '}'); /* Python's may end in a comma */
        if (!more && !closed) return json_fail_at_byte(p, "\",\" or \"}\"");
    } while (!closed);
    for (*missing = 0; seen[*missing]; ++*missing) {
    }
    return RNN_OK;
}

enum rnn_status json_take_colon(struct json *p)
{
    return json_take(p, ':') ? RNN_OK : json_fail_at_byte(p, "\":\"");
}
