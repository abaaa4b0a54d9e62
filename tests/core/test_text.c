/* Texts as tokens, vocabularies and sequences, compared with what is written here by hand and with counts that are made here by
 * comparing every token with every other. Texts are copied into blocks of exactly their size, so that the address sanitizer finds
 * any byte read past the end. */
#include "rnn_files.h"
#include "support.h"

enum { ROOM = 4096, SHOWN = 1 << 14 };

static struct rnn_vocabulary vocabulary;
static struct rnn_text found;
static struct rnn_diagnosis diagnosis;
static uint32_t tokens[ROOM];
static uint8_t marks[ROOM];

static char *copy_of(const char *text, size_t bytes)
{
    char *copy = malloc(bytes ? bytes : 1);
    memcpy(copy, text, bytes);
    return copy;
}

/* Reads a text with its own vocabulary. */
static enum rnn_status read_bytes(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case, uint32_t limit)
{
    char *copy = copy_of(text, bytes);
    uint64_t block_bytes = 0;
    enum rnn_status status = rnn_text_measure(copy, bytes, unit, keep_case, &found, &block_bytes, &diagnosis);
    if (status == RNN_OK) {
        const uint32_t counted = found.tokens;
        void *block = block_of(block_bytes);
        status = rnn_vocabulary_build(copy, bytes, unit, keep_case, limit, block, block_bytes, &vocabulary, &found,
                                      &diagnosis);
        free(block);
        if (status == RNN_OK && counted <= ROOM) {
            struct rnn_text again;
            CHECK_EQUAL(rnn_text_encode(copy, bytes, &vocabulary, tokens, marks, &again, &diagnosis), RNN_OK);
            CHECK(again.tokens == counted && found.tokens == counted);
            CHECK(again.unknown == found.unknown && again.folded == found.folded);
        }
    }
    free(copy);
    return status;
}

static enum rnn_status read_text(const char *text, uint32_t unit)
{
    return read_bytes(text, strlen(text), unit, 0, RNN_VOCABULARY_MAXIMUM);
}

/* The tokens of the latest text with | between them, and after each that ends a sentence || . */
static const char *parted(void)
{
    static char text[SHOWN];
    size_t used = 0;
    for (uint32_t i = 0; i < found.tokens; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", vocabulary.token[tokens[i]],
                                 i + 1 == found.tokens           ? ""
                                 : (marks[i] & RNN_SENTENCE_END) ? "||"
                                                                 : "|");
    return text;
}

static const char *words_of(const char *text)
{
    return read_text(text, RNN_WORDS) == RNN_OK ? parted() : diagnosis.text;
}

static const char *characters_of(const char *text)
{
    return read_text(text, RNN_CHARACTERS) == RNN_OK ? parted() : diagnosis.text;
}

/* ------------------------------------------------------------------------------------------------ tokens */

static void test_words(void)
{
    CHECK_TEXT(words_of("The cat, the dog."), "the|cat|,|the|dog|.");
    CHECK_TEXT(words_of("  a\tb\r\nc\n\n"), "a|b|c");
    CHECK_TEXT(words_of("Don't say 'ice-cream' - it's 3.14 or 1,000.\n"),
               "don't|say|'|ice-cream|'|-|it's|3.14|or|1,000|.");
    CHECK_TEXT(words_of("don\u2019t \u201cgo\u201d\u2014now"), "don\u2019t|\u201c|go|\u201d|\u2014|now");
    CHECK_TEXT(words_of("rock-'n'-roll x- -y z'"), "rock|-|'|n|'|-|roll|x|-|-|y|z|'");
    CHECK_TEXT(words_of("a.b 1.a a.1 ,5"), "a|.|b|1|.|a|a|.|1|,|5");
    CHECK_TEXT(words_of("<unknown> tag"), "<|unknown|>|tag");
    CHECK_TEXT(words_of("snake_case x^2"), "snake|_|case|x|^|2");
    CHECK_TEXT(words_of("\xef\xbb\xbf"
                        "caf\u00e9 \u00bfqu\u00e9?"),
               "caf\u00e9|\u00bf|qu\u00e9|?");
    CHECK_TEXT(words_of("5\u00a0\u20ac 6\u202f% \U0001f408"), "5|\u20ac|6|%|\U0001f408");
}

static void test_case(void)
{
    CHECK_TEXT(words_of("AbZ \u00c0\u00d6\u00d8\u00de \u00df \u00ff \u00d7 \u0394\u0416"),
               "abz|\u00e0\u00f6\u00f8\u00fe|\u00df|\u00ff|\u00d7|\u0394\u0416");
    CHECK_EQUAL(found.folded, 6);
    CHECK_EQUAL(read_bytes("The the", 7, RNN_WORDS, 1, 64), RNN_OK);
    CHECK_TEXT(parted(), "The|the");
    CHECK(found.folded == 0 && vocabulary.keep_case == 1);
    CHECK_TEXT(characters_of("Ab \u00c4"), "a|b| |\u00e4");
}

static void test_characters(void)
{
    CHECK_TEXT(characters_of("hi\tyou\r\nand\n"), "h|i| |y|o|u|\n|a|n|d|\n");
    CHECK_TEXT(characters_of("\xef\xbb\xbf"
                             "e\u0301\U0001f408"),
               "e|\u0301|\U0001f408"); /* code points, not graphemes */
    CHECK_TEXT(characters_of("No. \"Why?\"  Yes"), "n|o|.|| |\"|w|h|y|?|\"|| | |y|e|s");
    CHECK((marks[3] & RNN_BETWEEN_SENTENCES) && (marks[10] & RNN_BETWEEN_SENTENCES) &&
          !(marks[4] & RNN_BETWEEN_SENTENCES));
    CHECK_TEXT(characters_of("ab\n\ncd"), "a|b|\n||\n|c|d");
}

static void test_sentences(void)
{
    CHECK_TEXT(words_of("It rains. It pours!? Yes"), "it|rains|.||it|pours|!|?||yes");
    CHECK_TEXT(words_of("He said \"no.\" (Really?) Yes..."), "he|said|\"|no|.|\"||(|really|?|)||yes|.|.|.");
    CHECK_TEXT(words_of("a title\n\nand text\nof two lines"), "a|title||and|text|of|two|lines");
    CHECK_TEXT(words_of("one. \"two.\""), "one|.||\"|two|.|\"");
    CHECK_TEXT(words_of("see example.com now? yes"), "see|example|.|com|now|?||yes");
    CHECK(words_of("a b\nc\n") && (marks[0] & RNN_LINE_END) == 0 && (marks[1] & RNN_LINE_END) &&
          (marks[2] & RNN_LINE_END));
    CHECK(marks[2] & RNN_SENTENCE_END);
}

/* ------------------------------------------------------------------------------------------------ vocabularies */

static void test_order(void)
{
    CHECK_EQUAL(read_text("b a b c a d", RNN_WORDS), RNN_OK);
    CHECK(vocabulary.size == 4 && vocabulary.unknown == RNN_NO_TOKEN && found.distinct == 4 && found.unknown == 0);
    const char *wanted[] = {"b", "a", "c", "d"};
    for (int i = 0; i < 4; i++) CHECK_TEXT(vocabulary.token[i], wanted[i]);
    CHECK_EQUAL(read_bytes("b a b c a d", 11, RNN_WORDS, 0, 3), RNN_OK);
    CHECK(vocabulary.size == 3 && vocabulary.unknown == 2 && found.distinct == 4 && found.unknown == 2);
    CHECK_TEXT(parted(), "b|a|b|<unknown>|a|<unknown>");
    CHECK_EQUAL(read_bytes("aaab", 4, RNN_CHARACTERS, 0, 2), RNN_OK);
    CHECK(vocabulary.size == 2 && vocabulary.unknown == RNN_NO_TOKEN);
    CHECK_EQUAL(read_text("a a a", RNN_WORDS), RNN_OK); /* a network has two classes at least */
    CHECK(vocabulary.size == 2 && vocabulary.unknown == 1 && found.unknown == 0);
    CHECK_TEXT(characters_of("a\ufffd"
                             "b"),
               "a|\ufffd|b");
    CHECK(vocabulary.unknown == 2 && found.unknown == 1);
}

/* A word of 63 bytes is the longest that a vocabulary holds. */
static void test_long_words(void)
{
    char text[200];
    memset(text, 'w', sizeof text);
    text[63] = ' ';
    text[128] = ' ';
    CHECK_EQUAL(read_bytes(text, 160, RNN_WORDS, 0, 64), RNN_OK);
    CHECK(found.tokens == 3 && found.distinct == 2 && found.unknown == 1 && vocabulary.size == 3);
    CHECK(tokens[0] == 0 && tokens[1] == 2 && tokens[2] == 1);
}

/* Makes a text of random words, and the same words one after the other. */
static size_t random_text(uint32_t seed, uint32_t count, char *text, char words[][4])
{
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        const uint32_t a = seed >> 24, b = seed >> 16 & 0xff;
        snprintf(words[i], 4, "%c%c", 'a' + (int)(a * a >> 12), 'a' + (int)(b >> 6)); /* some are more frequent */
        used += (size_t)snprintf(text + used, 5, "%s%s", i ? (a & 1 ? " " : "\n") : "", words[i]);
    }
    return used;
}

/* The frequencies of every vocabulary against counts made one by one. */
static void test_random_texts(void)
{
    static char text[ROOM * 4], words[ROOM][4];
    for (uint32_t seed = 1; seed <= 40; seed++) {
        const uint32_t count = 3 + 11 * seed;
        const size_t bytes = random_text(seed, count, text, words);
        CHECK_EQUAL(read_bytes(text, bytes, RNN_WORDS, 0, 2 + seed), RNN_OK);
        CHECK_EQUAL(found.tokens, count);
        uint32_t before = UINT32_MAX, appeared = 0,
                 listed = vocabulary.unknown == RNN_NO_TOKEN ? vocabulary.size : vocabulary.unknown;
        uint32_t counts[64] = {0}, other = 0, distinct = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t k = 0, first = 0, same = 0;
            while (k < listed && strcmp(vocabulary.token[k], words[i]) != 0) k++;
            CHECK_EQUAL(tokens[i], k);
            while (strcmp(words[first], words[i]) != 0) first++;
            distinct += first == i;
            for (uint32_t j = 0; j < count; j++) same += strcmp(words[j], words[i]) == 0;
            if (k < listed) counts[k] = same;
            if (k == listed && same > other) other = same;
        }
        CHECK_EQUAL(found.distinct, distinct);
        for (uint32_t k = 0; k < listed; k++) {
            uint32_t first = 0;
            while (strcmp(words[first], vocabulary.token[k]) != 0) first++;
            CHECK(counts[k] < before || (counts[k] == before && first > appeared));
            CHECK(counts[k] >= other);
            before = counts[k];
            appeared = first;
        }
    }
}

static void test_vocabulary_as_text(void)
{
    char text[RNN_VOCABULARY_MAXIMUM * RNN_TOKEN_BYTES];
    static const struct {
        const char *text;
        uint32_t unit, limit;
    } cases[] = {{"the cat . the \"don't\"", RNN_WORDS, 64},
                 {"< unknown > and more words", RNN_WORDS, 5},
                 {"ab c\n\nd\u00e4\"\\", RNN_CHARACTERS, 64},
                 {"abcdefgh", RNN_CHARACTERS, 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bytes = 0, needed = 0;
        struct rnn_vocabulary again;
        CHECK_EQUAL(read_bytes(cases[i].text, strlen(cases[i].text), cases[i].unit, 0, cases[i].limit), RNN_OK);
        CHECK_EQUAL(rnn_vocabulary_write(&vocabulary, NULL, 0, &needed), RNN_ERROR_BLOCK);
        CHECK_EQUAL(rnn_vocabulary_write(&vocabulary, text, needed - 1, NULL), RNN_ERROR_BLOCK);
        CHECK_EQUAL(rnn_vocabulary_write(&vocabulary, text, needed, &bytes), RNN_OK);
        CHECK_EQUAL(bytes, needed);
        char *copy = copy_of(text, bytes);
        CHECK_EQUAL(rnn_vocabulary_read(copy, bytes, cases[i].unit, 0, &again, &diagnosis), RNN_OK);
        free(copy);
        CHECK(memcmp(&again, &vocabulary, sizeof again) == 0);
    }
    CHECK_EQUAL(read_bytes("b a b c", 7, RNN_WORDS, 0, 3), RNN_OK);
    size_t bytes = 0;
    CHECK_EQUAL(rnn_vocabulary_write(&vocabulary, text, sizeof text, &bytes), RNN_OK);
    text[bytes] = 0;
    CHECK_TEXT(text, "b a c");
}

static void test_vocabularies_that_are_refused(void)
{
    static const struct {
        const char *text, *message;
        uint32_t unit, column;
    } cases[] = {
        {"one", "expected at least two tokens", RNN_WORDS, 4},
        {"a b a", "expected each token once, and the unknown one last, got \"a\"", RNN_WORDS, 5},
        {"a <unknown> b", "expected each token once, and the unknown one last, got \"b\"", RNN_WORDS, 13},
        {"a, b", "expected a space between two tokens, got \",\"", RNN_WORDS, 2},
        {"a b\xff", "expected a text in UTF-8, got the byte \"\\xff\"", RNN_WORDS, 4},
        {"aba", "expected each token once, and the unknown one last, got \"a\"", RNN_CHARACTERS, 3},
        {"0123456789abcdefghijklmnopqrstuvwxyz\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb"
         "\u00ec\u00ed\u00ee\u00ef\u00f0\u00f1\u00f2\u00f3\u00f4\u00f5\u00f6\u00f8\u00f9\u00fa\u00fb\u00fc\u00fd",
         "expected at most 64 tokens, got \"\\xc3\\xbd\"", RNN_CHARACTERS, 65}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rnn_vocabulary untouched = {.size = 77}, read = untouched;
        CHECK_EQUAL(rnn_vocabulary_read(cases[i].text, strlen(cases[i].text), cases[i].unit, 0, &read, &diagnosis),
                    RNN_ERROR_TEXT);
        CHECK_TEXT(diagnosis.text, cases[i].message);
        CHECK_EQUAL(diagnosis.column, cases[i].column);
        CHECK(memcmp(&read, &untouched, sizeof read) == 0);
    }
}

/* ------------------------------------------------------------------------------------------------ refusals */

static void refused(const char *text, size_t bytes, uint32_t line, uint32_t column, size_t offset, const char *message)
{
    CHECK_EQUAL(read_bytes(text, bytes, RNN_WORDS, 0, 64), RNN_ERROR_TEXT);
    CHECK_TEXT(diagnosis.text, message);
    CHECK(diagnosis.line == line && diagnosis.column == column && diagnosis.offset == offset);
}

static void test_texts_that_are_refused(void)
{
    refused("", 0, 1, 1, 0, "expected a text with at least one word, got none");
    refused(" \n ", 3, 2, 2, 3, "expected a text with at least one word, got none");
    refused("ab\n\u00e4\xff z", 8, 2, 2, 5, "expected a text in UTF-8, got the byte \"\\xff\"");
    refused("\xef\xbb\xbf"
            "a\xc3",
            5, 1, 2, 4, "expected a text in UTF-8, got the byte \"\\xc3\"");
    refused("a\r\nb\0c", 6, 0, 0, 4,
            "this file is not a text, because it has a NUL byte. Save it as plain text in UTF-8");
    refused("a\x1b[0m", 5, 1, 2, 1, "expected a text in UTF-8, got the control character \"\\x1b\"");
    refused("\xff\xfe"
            "a\0",
            4, 1, 1, 0, "expected a text in UTF-8, got one in UTF-16; save it as UTF-8");
    CHECK_EQUAL(read_text("the cat", RNN_WORDS), RNN_OK);
    CHECK_EQUAL(rnn_text_encode("the\nold cat", 11, &vocabulary, tokens, marks, NULL, &diagnosis), RNN_ERROR_TEXT);
    CHECK_TEXT(diagnosis.text, "expected one of the vocabulary's 2 words, got \"old\"");
    CHECK(diagnosis.line == 2 && diagnosis.column == 1 && diagnosis.offset == 4);
    vocabulary.size = 65;
    CHECK_EQUAL(rnn_text_encode("the", 3, &vocabulary, tokens, marks, NULL, &diagnosis), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(read_bytes("a b", 3, RNN_WORDS, 0, 1), RNN_ERROR_RANGE);
    CHECK_EQUAL(read_bytes("a b", 3, RNN_WORDS, 0, 65), RNN_ERROR_RANGE);
    CHECK_EQUAL(read_bytes("a b", 3, 2, 0, 64), RNN_ERROR_ARGUMENT);
}

/* ------------------------------------------------------------------------------------------------ back to text */

static const char *decoded(void)
{
    static char text[SHOWN];
    size_t needed = 0, bytes = 0;
    const enum rnn_status measured = rnn_text_decode(&vocabulary, tokens, found.tokens, NULL, 0, &needed);
    CHECK_EQUAL(measured, needed ? RNN_ERROR_BLOCK : RNN_OK);
    CHECK_EQUAL(rnn_text_decode(&vocabulary, tokens, found.tokens, text, needed, &bytes), RNN_OK);
    CHECK_EQUAL(bytes, needed);
    text[bytes] = 0;
    return text;
}

static void test_decode(void)
{
    static const char *const same[] = {"the cat, the dog: 3.14%? no!", "he said \"no.\" (really?) yes...",
                                       "\u00bfqu\u00e9? \u201cgo\u201d, don't 'x' \u00abno\u00bb [1]; a - b",
                                       "20\u00b0, 5%"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        CHECK_EQUAL(read_text(same[i], RNN_WORDS), RNN_OK);
        CHECK_TEXT(decoded(), same[i]);
    }
    CHECK_EQUAL(read_text("a \nb!", RNN_CHARACTERS), RNN_OK);
    CHECK_TEXT(decoded(), "a \nb!");
    tokens[0] = vocabulary.size;
    CHECK_EQUAL(rnn_text_decode(&vocabulary, tokens, 1, NULL, 0, NULL), RNN_ERROR_ARGUMENT);
}

/* Random tokens, many of them marks, read again. */
static void test_read_what_was_decoded(void)
{
    static const char all[] = "don't a 3 1,5 . , ! ? ; : ' \" ( ) [ ] { } - \u2019 \u2018 \u201c \u201d \u201e \u00ab "
                              "\u00bb \u2026 % \u00b0 \u00bf \u20ac / < > _";
    static uint32_t drawn[200];
    uint32_t seed = 9;
    for (int round = 0; round < 300; round++) {
        CHECK_EQUAL(rnn_vocabulary_read(all, sizeof all - 1, RNN_WORDS, 0, &vocabulary, &diagnosis), RNN_OK);
        for (uint32_t i = 0; i < 200; i++) {
            seed = seed * 1664525u + 1013904223u;
            drawn[i] = tokens[i] = (seed >> 16) % vocabulary.size;
        }
        found.tokens = 200;
        const char *text = decoded();
        struct rnn_text again;
        CHECK_EQUAL(rnn_text_encode(text, strlen(text), &vocabulary, tokens, NULL, &again, &diagnosis), RNN_OK);
        CHECK(again.tokens == 200 && memcmp(tokens, drawn, sizeof drawn) == 0);
    }
}

/* ------------------------------------------------------------------------------------------------ sequences */

static rnn_real x[ROOM], y[ROOM];
static uint32_t lengths[ROOM];

static enum rnn_status lay_out(uint32_t form, uint32_t timesteps, uint32_t stride, bool one_hot,
                               struct rnn_text_shape *shape)
{
    const struct rnn_text_layout layout = {form, timesteps, stride, vocabulary.size, one_hot ? vocabulary.size : 1};
    const enum rnn_status status = rnn_text_sequences_measure(tokens, marks, found.tokens, &layout, shape);
    for (size_t i = 0; i < ROOM; i++) x[i] = y[i] = (rnn_real)-7;
    if (status == RNN_OK) {
        CHECK_EQUAL(rnn_text_sequences(tokens, marks, found.tokens, &layout, x, y, lengths), RNN_OK);
        CHECK(x[(size_t)shape->samples * shape->timesteps * layout.features] == -7); /* nothing beyond */
        CHECK(y[(size_t)shape->samples * shape->timesteps] == -7);
    }
    return status;
}

static void test_windows(void)
{
    struct rnn_text_shape shape;
    CHECK_EQUAL(read_text("a b c d e f g h", RNN_WORDS), RNN_OK); /* tokens 0 ... 7 */
    CHECK_EQUAL(lay_out(RNN_TEXT_WINDOWS, 3, 2, true, &shape), RNN_OK);
    CHECK(shape.samples == 3 && shape.timesteps == 3); /* from a, c and e; g has too few behind it */
    for (uint32_t n = 0; n < 3; n++)
        for (uint32_t t = 0; t < 3; t++) {
            for (uint32_t k = 0; k < 8; k++) CHECK(x[(n * 3 + t) * 8 + k] == (k == 2 * n + t));
            CHECK(y[n * 3 + t] == (rnn_real)(2 * n + t + 1) && lengths[n] == 3);
        }
    CHECK_EQUAL(lay_out(RNN_TEXT_WINDOWS, 7, 1, false, &shape), RNN_OK);
    CHECK(shape.samples == 1 && x[0] == 0 && x[6] == (rnn_real)6 / 7 && y[6] == 7);
    CHECK_EQUAL(lay_out(RNN_TEXT_WINDOWS, 8, 1, false, &shape), RNN_ERROR_EMPTY);
    CHECK_EQUAL(lay_out(RNN_TEXT_WINDOWS, 0, 1, false, &shape), RNN_ERROR_RANGE);
    CHECK_EQUAL(lay_out(RNN_TEXT_WINDOWS, 1, 0, false, &shape), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(lay_out(3, 1, 1, false, &shape), RNN_ERROR_ARGUMENT);
    tokens[7] = 8;
    CHECK_EQUAL(lay_out(RNN_TEXT_WINDOWS, 3, 1, false, &shape), RNN_ERROR_ARGUMENT);
}

static void test_parts(void)
{
    struct rnn_text_shape shape;
    CHECK_EQUAL(read_text("a b c. a\n\nb a. c b a c.", RNN_WORDS),
                RNN_OK); /* a 0, b 1, c 2, . 3: 4, 1, 3 and 5 tokens */
    CHECK_EQUAL(lay_out(RNN_TEXT_SENTENCES, 0, 0, true, &shape), RNN_OK);
    CHECK(shape.samples == 3 && shape.timesteps == 4 && shape.too_short == 1 && shape.too_long == 0);
    CHECK(lengths[0] == 3 && lengths[1] == 2 && lengths[2] == 4);
    static const rnn_real targets[] = {1, 2, 3, 0, 0, 3, 0, 0, 1, 0, 2, 3};
    CHECK(memcmp(y, targets, sizeof targets) == 0);
    CHECK(x[0] == 1 && x[4 + 1] == 1 && x[8 + 2] == 1);
    for (uint32_t k = 0; k < 4; k++) CHECK(x[3 * 4 + k] == 0 && x[(4 + 2) * 4 + k] == 0);
    CHECK_EQUAL(lay_out(RNN_TEXT_SENTENCES, 3, 0, true, &shape), RNN_OK);
    CHECK(shape.samples == 2 && shape.timesteps == 3 && shape.too_long == 1);
    CHECK_EQUAL(lay_out(RNN_TEXT_LINES, 0, 0, true, &shape), RNN_OK);
    CHECK(shape.samples == 2 && shape.timesteps == 7 && lengths[0] == 4 && lengths[1] == 7);
    CHECK_EQUAL(read_text("anna\nbo\n", RNN_CHARACTERS), RNN_OK); /* names, with the line break as their end */
    CHECK_EQUAL(lay_out(RNN_TEXT_LINES, 0, 0, false, &shape), RNN_OK);
    CHECK(shape.samples == 2 && shape.timesteps == 4 && lengths[0] == 4 && lengths[1] == 2);
    CHECK_TEXT(vocabulary.token[(int)y[3]], "\n");
    CHECK_EQUAL(read_text("No. Yes", RNN_CHARACTERS), RNN_OK);
    CHECK_EQUAL(lay_out(RNN_TEXT_SENTENCES, 0, 0, false, &shape), RNN_OK);
    CHECK(shape.samples == 2 && lengths[0] == 2 && lengths[1] == 2); /* the blank belongs to neither */
    CHECK_EQUAL(read_text("a", RNN_WORDS), RNN_OK);
    CHECK_EQUAL(lay_out(RNN_TEXT_SENTENCES, 0, 0, false, &shape), RNN_ERROR_EMPTY);
}

int main(void)
{
    TEST(test_words);
    TEST(test_case);
    TEST(test_characters);
    TEST(test_sentences);
    TEST(test_order);
    TEST(test_long_words);
    TEST(test_random_texts);
    TEST(test_vocabulary_as_text);
    TEST(test_vocabularies_that_are_refused);
    TEST(test_texts_that_are_refused);
    TEST(test_decode);
    TEST(test_read_what_was_decoded);
    TEST(test_windows);
    TEST(test_parts);
    return check_report();
}
