/* Texts as tokens, and back. Kinds of characters are those of Unicode 15 for what words of European languages need: blanks, marks and
 * symbols; everything else is a letter. */
#include "text.h"

#include "diagnose.h"
#include "foreign.h"
#include "utf8.h"
#include "writer.h"

enum kind { LETTER, DIGIT, BLANK, LINE_BREAK, MARK, CONTROL };

struct span {
    uint32_t first, last;
    enum kind kind;
};

static const struct span SPANS[] = {
    {0x00, 0x08, CONTROL},    {0x09, 0x09, BLANK},          {0x0a, 0x0a, LINE_BREAK}, {0x0b, 0x0c, BLANK},
    {0x0d, 0x0d, LINE_BREAK}, {0x0e, 0x1f, CONTROL},        {0x20, 0x20, BLANK},      {0x21, 0x2f, MARK},
    {0x30, 0x39, DIGIT},      {0x3a, 0x40, MARK},           {0x5b, 0x60, MARK},       {0x7b, 0x7e, MARK},
    {0x7f, 0x84, CONTROL},    {0x85, 0x85, LINE_BREAK},     {0x86, 0x9f, CONTROL},    {0xa0, 0xa0, BLANK},
    {0xa1, 0xa9, MARK},       {0xab, 0xb4, MARK},           {0xb6, 0xb9, MARK},       {0xbb, 0xbf, MARK},
    {0xd7, 0xd7, MARK},       {0xf7, 0xf7, MARK},           {0x1680, 0x1680, BLANK},  {0x2000, 0x200b, BLANK},
    {0x2010, 0x2027, MARK},   {0x2028, 0x2029, LINE_BREAK}, {0x202f, 0x202f, BLANK},  {0x2030, 0x205e, MARK},
    {0x205f, 0x205f, BLANK},  {0x20a0, 0x20cf, MARK},       {0x2190, 0x2bff, MARK},   {0x3000, 0x3000, BLANK},
    {0x3001, 0x3004, MARK},   {0x3008, 0x3020, MARK},       {0xfeff, 0xfeff, BLANK},  {0xff01, 0xff0f, MARK},
    {0xff1a, 0xff20, MARK},   {0xff3b, 0xff40, MARK},       {0xff5b, 0xff65, MARK},   {0x1f000, 0x1faff, MARK},
};

static enum kind kind_of(uint32_t code)
{
    for (size_t i = 0; i < RNNI_COUNT(SPANS) && SPANS[i].first <= code; i++)
        if (code <= SPANS[i].last) return SPANS[i].kind;
    return LETTER;
}

static void put_code(struct rnni_writer *writer, uint32_t code)
{
    static const char hex[] = "0123456789abcdef";
    const uint32_t digits = code < 0x100 ? 2 : code < 0x10000 ? 4 : 8;
    rnni_put_text(writer, digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
    for (uint32_t i = digits; i-- > 0;) rnni_put(writer, &hex[code >> (4 * i) & 15], 1);
}

void rnni_put_characters(struct rnni_writer *writer, enum rnni_characters characters)
{
    static const enum kind kinds[] = {
        [RNNI_BLANKS] = BLANK, [RNNI_LINE_BREAKS] = LINE_BREAK, [RNNI_PUNCTUATION] = MARK};
    for (size_t i = 0; i < RNNI_COUNT(SPANS); i++) {
        if (SPANS[i].kind != kinds[characters]) continue;
        put_code(writer, SPANS[i].first);
        if (SPANS[i].last == SPANS[i].first) continue;
        rnni_put_text(writer, "-");
        put_code(writer, SPANS[i].last);
    }
}

const char *rnn_token_unit_name(uint32_t index)
{
    static const char *const names[] = {"words", "characters"};
    return RNNI_NAME(names, index);
}

/* ------------------------------------------------------------------------------------------------ characters */

struct character {
    uint32_t code;
    enum kind kind;
    size_t bytes; /* 0: the end of the text */
};

/* The character at an offset of a text in well-formed UTF-8. A carriage return and a line feed are one line break. */
static struct character character_at(const struct rnni_scan *scan, size_t at)
{
    struct character c = {0, CONTROL, 0};
    if (at >= scan->bytes) return c;
    c.bytes = rnni_utf8_bytes(scan->text + at, scan->bytes - at);
    const unsigned char *s = (const unsigned char *)scan->text + at;
    c.code = c.bytes == 1 ? s[0] : s[0] & (0x7fu >> c.bytes);
    for (size_t i = 1; i < c.bytes; i++) c.code = c.code << 6 | (s[i] & 0x3f);
    c.kind = kind_of(c.code);
    if (c.code == '\r' && at + 1 < scan->bytes && s[1] == '\n') c.bytes = 2;
    return c;
}

enum rnn_status rnni_scan_fail(const struct rnni_scan *scan, size_t offset, const char *text,
                               struct rnn_diagnosis *diagnosis)
{
    uint32_t line = 1, column = 1;
    for (size_t at = 0; at < offset;) {
        const struct character c = character_at(scan, at);
        at += c.bytes;
        column = c.kind == LINE_BREAK ? 1 : column + (c.code != 0xfeff);
        line += c.kind == LINE_BREAK;
    }
    rnni_diagnose_at(diagnosis, line, column, offset);
    rnni_diagnose_text(diagnosis, text);
    return RNN_ERROR_TEXT;
}

/* Checks every character. */
static enum rnn_status check(const struct rnni_scan *scan, struct rnn_diagnosis *diagnosis)
{
    const char *text = scan->text;
    if (scan->bytes >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0))
        return rnni_scan_fail(scan, 0, "expected a text in UTF-8, got one in UTF-16; save it as UTF-8", diagnosis);
    for (size_t at = 0; at < scan->bytes;) {
        const size_t bytes = rnni_utf8_bytes(text + at, scan->bytes - at);
        const bool control = bytes && character_at(scan, at).kind == CONTROL;
        if (bytes && !control) {
            at += bytes;
            continue;
        }
        if (memchr(text, 0, scan->bytes)) { /* a picture, a program and the like have no lines */
            rnni_diagnose_at(diagnosis, 0, 0, at);
            rnni_diagnose_text(diagnosis,
                               "this file is not a text, because it has a NUL byte. Save it as plain text in UTF-8");
            return RNN_ERROR_TEXT;
        }
        rnni_scan_fail(scan, at, "expected a text in UTF-8, got ", diagnosis);
        rnni_diagnose_text(diagnosis, control ? "the control character " : "the byte ");
        rnni_diagnose_quote(diagnosis, text + at, control ? bytes : 1);
        return RNN_ERROR_TEXT;
    }
    return RNN_OK;
}

enum rnn_status rnni_scan_start(struct rnni_scan *scan, const char *text, size_t bytes, uint32_t unit,
                                uint32_t keep_case, struct rnn_diagnosis *diagnosis)
{
    if ((!text && bytes) || !rnn_token_unit_name(unit) || keep_case > 1) return RNN_ERROR_ARGUMENT;
    if (bytes >= UINT32_MAX) return RNN_ERROR_TOO_LARGE;
    *scan = (struct rnni_scan){.text = text, .bytes = bytes, .unit = unit, .keep_case = keep_case};
    RNNI_TRY(rnni_foreign_text(text, bytes, diagnosis));
    RNNI_TRY(check(scan, diagnosis));
    if (bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) scan->at = 3;
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ tokens */

/* Appends a character in the form that a vocabulary has. *used: RNN_TOKEN_BYTES if there was no room. Small letters have as many
 * bytes as their capitals: those of Latin-1 are U+00C0 ... U+00DE without the multiplication sign. */
static void append(struct rnni_scan *scan, struct rnni_token *token, size_t *used, struct character c)
{
    const bool latin = c.code >= 0xc0 && c.code <= 0xde && c.code != 0xd7;
    const bool fold = !scan->keep_case && ((c.code >= 'A' && c.code <= 'Z') || latin);
    scan->folded += fold;
    if (*used + c.bytes >= RNN_TOKEN_BYTES) {
        *used = RNN_TOKEN_BYTES;
        return;
    }
    memcpy(token->text + *used, scan->text + scan->at, c.bytes);
    *used += c.bytes;
    if (fold) token->text[*used - 1] = (char)(token->text[*used - 1] + 0x20);
}

static bool is_word(struct character c)
{
    return c.bytes && (c.kind == LETTER || c.kind == DIGIT);
}

/* Does a mark belong to the word that it stands in, between two letters or digits? */
static bool joins(enum kind before, struct character mark, struct character behind)
{
    const uint32_t code = mark.code;
    if (code == '\'' || code == 0x2019 || code == '-' || code == 0x2010) return is_word(behind);
    return (code == '.' || code == ',') && before == DIGIT && behind.bytes && behind.kind == DIGIT;
}

/* Appends the rest of a word. */
static void take_word(struct rnni_scan *scan, struct rnni_token *token, size_t *used, enum kind before)
{
    for (;;) {
        const struct character c = character_at(scan, scan->at);
        if (!is_word(c) && !(c.kind == MARK && joins(before, c, character_at(scan, scan->at + c.bytes)))) return;
        append(scan, token, used, c);
        scan->at += c.bytes;
        before = c.kind;
    }
}

static bool next_character(struct rnni_scan *scan, struct rnni_token *token, size_t *used)
{
    const struct character c = character_at(scan, scan->at);
    if (!c.bytes) return false;
    if (c.kind == BLANK || c.kind == LINE_BREAK)
        token->text[(*used)++] = c.kind == BLANK ? ' ' : '\n';
    else
        append(scan, token, used, c);
    scan->at += c.bytes;
    return true;
}

static bool next_word(struct rnni_scan *scan, struct rnni_token *token, size_t *used)
{
    static const char unknown[] = "<unknown>";
    const size_t before = scan->at;
    struct character c;
    for (; (c = character_at(scan, scan->at)).bytes && (c.kind == BLANK || c.kind == LINE_BREAK); scan->at += c.bytes)
        token->breaks += c.kind == LINE_BREAK;
    token->joined = scan->at == before;
    token->at = scan->at;
    if (!c.bytes) return false;
    const size_t listed = sizeof unknown - 1;
    if (scan->lists_unknown && scan->bytes - scan->at >= listed &&
        memcmp(scan->text + scan->at, unknown, listed) == 0) {
        memcpy(token->text, unknown, listed);
        *used = listed;
        scan->at += listed;
        return true;
    }
    append(scan, token, used, c);
    scan->at += c.bytes;
    if (is_word(c)) take_word(scan, token, used, c.kind);
    return true;
}

bool rnni_scan_next(struct rnni_scan *scan, struct rnni_token *token)
{
    size_t used = 0;
    *token = (struct rnni_token){.at = scan->at, .joined = true};
    const bool there = (scan->unit == RNN_WORDS ? next_word : next_character)(scan, token, &used);
    token->text[used < RNN_TOKEN_BYTES ? used : 0] = 0;
    token->end = scan->at;
    if (!there && token->breaks == 0) token->breaks = 1;
    return there;
}

/* ------------------------------------------------------------------------------------------------ marks */

static bool is_one_of(const char *token, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(token, *list) == 0) return true;
    return false;
}

bool rnni_ends_sentence(const char *token)
{
    static const char *const list[] = {".", "!", "?", "\u2026", NULL};
    return is_one_of(token, list);
}

bool rnni_is_quote(const char *token)
{
    static const char *const list[] = {"\"", "'", NULL};
    return is_one_of(token, list);
}

bool rnni_is_closing(const char *token)
{
    static const char *const list[] = {")", "]", "}", "\u201d", "\u2019", "\u00bb", "\u203a", NULL};
    return is_one_of(token, list) || rnni_is_quote(token);
}

bool rnni_is_opening(const char *token)
{
    static const char *const list[] = {"(",      "[",      "{",      "\u201c", "\u201e", "\u2018",
                                       "\u201a", "\u00ab", "\u2039", "\u00a1", "\u00bf", NULL};
    return is_one_of(token, list);
}

/* ------------------------------------------------------------------------------------------------ numbers */

enum rnn_status rnn_text_measure(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case,
                                 struct rnn_text *found, uint64_t *block_bytes, struct rnn_diagnosis *diagnosis)
{
    struct rnni_scan scan;
    struct rnni_token token;
    uint32_t tokens = 0;
    if (!found) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_scan_start(&scan, text, bytes, unit, keep_case, diagnosis));
    while (rnni_scan_next(&scan, &token)) tokens++;
    *found = (struct rnn_text){.tokens = tokens, .folded = scan.folded};
    if (block_bytes) *block_bytes = rnni_counter_bytes(tokens);
    return RNN_OK;
}

/* Follows the sentences of a text while its tokens are read. */
struct sentence {
    bool ended;   /* its end mark was read; closing marks may follow */
    bool between; /* by characters: only blanks since it ended */
};

/* The marks that the token before gets because this one follows, and in *own this one's. */
static uint8_t follow(struct sentence *sentence, uint32_t unit, const struct rnni_token *token, const char *before,
                      uint8_t *own)
{
    const bool line = strcmp(token->text, "\n") == 0,
               blank = unit == RNN_CHARACTERS && (line || strcmp(token->text, " ") == 0);
    const bool empty_line = unit == RNN_WORDS ? token->breaks > 1 : line && before && strcmp(before, "\n") == 0;
    const bool goes_on = token->joined && !blank;
    uint8_t marks = token->breaks ? RNN_LINE_END : 0;
    *own = line && unit == RNN_CHARACTERS ? RNN_LINE_END : 0;
    if (!sentence->between && before && ((sentence->ended && !goes_on) || empty_line)) {
        marks |= RNN_SENTENCE_END;
        sentence->ended = false;
        sentence->between = true;
    }
    sentence->between = sentence->between && blank;
    if (goes_on && !rnni_is_closing(token->text)) sentence->ended = false; /* as in example.com */
    if (sentence->between) *own |= RNN_BETWEEN_SENTENCES;
    if (rnni_ends_sentence(token->text)) sentence->ended = true;
    return marks;
}

enum rnn_status rnn_text_encode(const char *text, size_t bytes, const struct rnn_vocabulary *vocabulary,
                                uint32_t *tokens, uint8_t *marks, struct rnn_text *found,
                                struct rnn_diagnosis *diagnosis)
{
    struct rnni_scan scan;
    struct rnni_token token;
    struct sentence sentence = {false, false};
    char before[RNN_TOKEN_BYTES];
    uint32_t count = 0, unknown = 0;
    if (!tokens || !rnni_vocabulary_valid(vocabulary)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnni_scan_start(&scan, text, bytes, vocabulary->unit, vocabulary->keep_case, diagnosis));
    for (; rnni_scan_next(&scan, &token); count++) {
        const uint32_t number = rnni_vocabulary_find(vocabulary, token.text);
        uint8_t own;
        if (number == RNN_NO_TOKEN) {
            rnni_scan_fail(&scan, token.at, "expected one of the vocabulary's ", diagnosis);
            rnni_diagnose_number(diagnosis, vocabulary->size);
            rnni_diagnose_text(diagnosis, vocabulary->unit == RNN_WORDS ? " words, got " : " characters, got ");
            rnni_diagnose_quote(diagnosis, text + token.at, token.end - token.at);
            return RNN_ERROR_TEXT;
        }
        unknown += number == vocabulary->unknown;
        const uint8_t earlier = follow(&sentence, vocabulary->unit, &token, count ? before : NULL, &own);
        if (marks && count) marks[count - 1] |= earlier;
        if (marks) marks[count] = own;
        memcpy(before, token.text, sizeof before);
        tokens[count] = number;
    }
    if (marks && count) marks[count - 1] |= RNN_LINE_END | (sentence.between ? 0 : RNN_SENTENCE_END);
    if (found) *found = (struct rnn_text){.tokens = count, .unknown = unknown, .folded = scan.folded};
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ back to text */

/* Marks that follow a word without a blank. */
static bool follows(const char *token)
{
    static const char *const list[] = {",", ";", ":", "%", "\u00b0", "\u3001", NULL};
    return is_one_of(token, list) || rnni_ends_sentence(token) || (rnni_is_closing(token) && !rnni_is_quote(token));
}

enum rnn_status rnn_text_decode(const struct rnn_vocabulary *vocabulary, const uint32_t *tokens, uint32_t count,
                                char *text, size_t capacity, size_t *written)
{
    struct rnni_writer writer = {0};
    if (!rnni_vocabulary_valid(vocabulary) || (!tokens && count) || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    for (uint32_t i = 0; i < count; i++)
        if (tokens[i] >= vocabulary->size) return RNN_ERROR_ARGUMENT;
    do {
        bool open[2] = {false, false}, glued = true; /* are " and ' open? does the next token follow without a blank? */
        for (uint32_t i = 0; i < count; i++) {
            const char *token = vocabulary->token[tokens[i]];
            bool *quote = rnni_is_quote(token) ? &open[*token == '\''] : NULL;
            if (vocabulary->unit == RNN_WORDS && !glued && !follows(token) && !(quote && *quote))
                rnni_put_text(&writer, " ");
            rnni_put_text(&writer, token);
            if (quote) *quote = !*quote;
            glued = rnni_is_opening(token) || (quote && *quote);
        }
    } while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}
