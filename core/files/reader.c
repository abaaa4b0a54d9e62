#include "reader.h"

#include "diagnose.h"

enum rnn_status rnni_fail(struct rnni_reader *reader, size_t offset, const char *text)
{
    rnni_diagnose_at(reader->diagnosis, 0, 0, offset);
    rnni_diagnose_text(reader->diagnosis, text);
    return RNN_ERROR_WEIGHTS;
}

enum rnn_status rnni_fail_at_byte(struct rnni_reader *reader, const char *expected)
{
    rnni_fail(reader, reader->at, "expected ");
    rnni_diagnose_text(reader->diagnosis, expected);
    rnni_diagnose_text(reader->diagnosis, ", got ");
    if (reader->at == reader->end)
        rnni_diagnose_text(reader->diagnosis, "the end of the header");
    else
        rnni_diagnose_quote(reader->diagnosis, reader->text + reader->at, 1);
    return RNN_ERROR_WEIGHTS;
}

enum rnn_status rnni_fail_string(struct rnni_reader *reader, const struct rnni_string *string, const char *expected)
{
    rnni_fail(reader, string->start, expected);
    rnni_diagnose_text(reader->diagnosis, ", got ");
    rnni_diagnose_quote(reader->diagnosis, reader->text + string->start, string->end - string->start);
    return RNN_ERROR_WEIGHTS;
}

void rnni_skip_space(struct rnni_reader *reader)
{
    for (; reader->at < reader->end; reader->at++) {
        const char c = reader->text[reader->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') return;
    }
}

bool rnni_take(struct rnni_reader *reader, char c)
{
    rnni_skip_space(reader);
    if (reader->at == reader->end || reader->text[reader->at] != c) return false;
    reader->at++;
    return true;
}

enum rnn_status rnni_expect(struct rnni_reader *reader, char c)
{
    const char quoted[] = {'"', c, '"', 0};
    return rnni_take(reader, c) ? RNN_OK : rnni_fail_at_byte(reader, quoted);
}

enum rnn_status rnni_take_number(struct rnni_reader *reader, uint64_t *value)
{
    rnni_skip_space(reader);
    const size_t first = reader->at;
    uint64_t number = 0;
    for (; reader->at < reader->end && reader->text[reader->at] >= '0' && reader->text[reader->at] <= '9';
         reader->at++) {
        const uint64_t digit = (uint64_t)(reader->text[reader->at] - '0');
        if (number > (UINT64_MAX - digit) / 10) return rnni_fail(reader, first, "expected a whole number below 2^64");
        number = 10 * number + digit;
    }
    if (reader->at == first) return rnni_fail_at_byte(reader, "a whole number");
    if (reader->text[first] == '0' && reader->at > first + 1)
        return rnni_fail(reader, first, "expected a whole number without leading zeros");
    *value = number;
    return RNN_OK;
}

bool rnni_string_is(const struct rnni_string *string, const char *text)
{
    return string->length < RNNI_STRING_BYTES && string->length == strlen(text) &&
           memcmp(string->text, text, string->length) == 0;
}

enum rnn_status rnni_take_key(struct rnni_reader *reader, const struct rnni_string *key, const char *const *keys,
                              uint32_t count, bool *seen, uint32_t *index)
{
    uint32_t k = 0;
    while (k < count && !rnni_string_is(key, keys[k])) k++;
    if (k < count && !seen[k]) {
        seen[k] = true;
        *index = k;
        return RNN_OK;
    }
    rnni_fail(reader, key->start, "expected ");
    for (k = 0; k < count; k++) {
        rnni_diagnose_quote(reader->diagnosis, keys[k], strlen(keys[k]));
        rnni_diagnose_text(reader->diagnosis, ", ");
    }
    rnni_diagnose_text(reader->diagnosis, "each once, got ");
    rnni_diagnose_quote(reader->diagnosis, reader->text + key->start, key->end - key->start);
    return RNN_ERROR_WEIGHTS;
}
