/* Every float must survive a round trip through text, written with the fewest digits, and every text must be read as the nearest
 * float.
 *
 * Independent reference: the C library's strtof and printf, which round correctly on every target we test. Bits are compared, never
 * values. Tested are: every exponent with the significands around its ends and its middle, subnormals, every 65,521st of all
 * positive floats (32,777 of them; the stride is prime because reading works on bits), and for each the midpoint to the next float,
 * written with all its digits, and numbers very close to it on both sides. */
#include "check.h"
#include "files/writer.h"
#include "rnn_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INFINITY_BITS 0x7f800000u

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The bits of the float that rnn_decimal_read reads from a whole text; 0xffffffff if it does not use all of it. */
static uint32_t read_all(const char *text)
{
    float value = 0;
    size_t bytes = strlen(text);
    return rnn_decimal_read(text, bytes, &value) == bytes ? bits_of(value) : 0xffffffffu;
}

static bool written_as(float value, const char *expected)
{
    char text[RNN_DECIMAL_BYTES];
    size_t bytes = rnn_decimal_write(value, text);
    if (bytes == strlen(text) && strcmp(text, expected) == 0) return true;
    printf("wrote %s, expected %s\n", text, expected);
    return false;
}

/* ------------------------------------------------------------------------------------------------ the sweep */

static uint32_t digits_in(const char *text)
{
    uint32_t count = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && count == 0)) continue;
        count++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return count - zeros;
}

/* Does any number with `count` digits read back to these bits: the nearest, or one of its two neighbors? */
static bool fits(float value, uint32_t count)
{
    char text[40];
    snprintf(text, sizeof text, "%.*e", (int)count - 1, (double)value);
    if (bits_of(strtof(text, NULL)) == bits_of(value)) return true;
    char *e = strchr(text, 'e'), digits[16], other[64];
    uint32_t n = 0;
    for (char *at = text; at < e; at++)
        if (*at != '.') digits[n++] = *at;
    digits[n] = 0;
    int whole = (int)strtol(digits, NULL, 10), exponent = (int)strtol(e + 1, NULL, 10) - (int)count + 1;
    for (int move = -1; move <= 1; move += 2) {
        snprintf(other, sizeof other, "%de%d", whole + move, exponent);
        if (bits_of(strtof(other, NULL)) == bits_of(value)) return true;
    }
    return false;
}

static void check_written(uint32_t bits)
{
    char text[RNN_DECIMAL_BYTES], nearest[40];
    float value = float_of(bits);
    CHECK(rnn_decimal_write(value, text) < sizeof text);
    CHECK(bits_of(strtof(text, NULL)) == bits);
    CHECK(read_all(text) == bits);
    uint32_t count = digits_in(text);
    CHECK(count >= 1 && count <= 9);
    CHECK(count == 1 || !fits(value, count - 1));
    /* The nearest number with this many digits, if it reads back at all. */
    snprintf(nearest, sizeof nearest, "%.*e", (int)count - 1, (double)value);
    CHECK(bits_of(strtof(nearest, NULL)) != bits || strtod(nearest, NULL) == strtod(text, NULL));
}

/* The midpoint of a float and the next one has at most 113 digits and is exact in double. */
static void check_midpoint(uint32_t bits)
{
    double low = (double)float_of(bits);
    double high = bits + 1 == INFINITY_BITS ? 0x1p128 : (double)float_of(bits + 1);
    char text[200];
    uint32_t even = bits + (bits & 1);
    int length = snprintf(text, sizeof text, "%.130e", (low + high) / 2);
    CHECK(length > 130 && length < 160);
    CHECK(read_all(text) == even);
    char *last = strchr(text, 'e') - 1; /* a digit far after the last nonzero one */
    *last = '1';
    CHECK(read_all(text) == bits + 1);
    double below = (low + high) / 2;
    uint64_t below_bits;
    memcpy(&below_bits, &below, sizeof below);
    below_bits--;
    memcpy(&below, &below_bits, sizeof below);
    snprintf(text, sizeof text, "%.17e", below);
    CHECK(read_all(text) == bits);
}

static void check_float(uint32_t bits)
{
    check_written(bits);
    check_midpoint(bits);
}

static void test_every_exponent(void)
{
    static const uint32_t significands[] = {0, 1, 2, 3, 0x3fffff, 0x400000, 0x400001, 0x7ffffd, 0x7ffffe, 0x7fffff};
    for (uint32_t exponent = 0; exponent < 255; exponent++)
        for (size_t i = 0; i < sizeof significands / sizeof *significands; i++)
            if (exponent || significands[i]) check_float(exponent << 23 | significands[i]);
}

static void test_smallest(void)
{
    for (uint32_t bits = 1; bits <= 2000; bits++) check_float(bits);
    for (uint32_t bit = 0; bit < 23; bit++) check_float(1u << bit);
}

static void test_stride(void)
{
    uint32_t stride = 65521;
    for (uint32_t bits = 1; bits < INFINITY_BITS; bits += stride) check_float(bits);
}

/* Powers of ten and their neighbors, where the number of digits changes. */
static void test_powers_of_ten(void)
{
    for (int exponent = -45; exponent <= 38; exponent++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", exponent);
        uint32_t bits = bits_of(strtof(text, NULL));
        CHECK(read_all(text) == bits);
        for (uint32_t near = bits > 3 ? bits - 3 : 1; near <= bits + 3; near++) check_float(near);
    }
}

static uint64_t random_state = 88172645463325252u;

static uint32_t random_number(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 32);
}

/* Texts of 1 to 40 digits with a point anywhere, and an exponent that keeps most of them in range. */
static void test_random_texts(void)
{
    for (int i = 0; i < 40000; i++) {
        char text[80];
        size_t used = 0;
        uint32_t digits = 1 + random_number() % 40, point = random_number() % 41;
        if (random_number() & 1) text[used++] = random_number() & 1 ? '-' : '+';
        for (uint32_t d = 0; d < digits; d++) {
            if (d == point) text[used++] = '.';
            text[used++] = (char)('0' + random_number() % 10);
        }
        snprintf(text + used, sizeof text - used, "e%d", (int)(random_number() % 90) - 60);
        CHECK(read_all(text) == bits_of(strtof(text, NULL)));
    }
}

/* ------------------------------------------------------------------------------------------------ single cases */

static void test_form(void)
{
    CHECK(written_as(0.0f, "0"));
    CHECK(written_as(-0.0f, "-0"));
    CHECK(written_as(0.1f, "0.1"));
    CHECK(written_as(-2.5f, "-2.5"));
    CHECK(written_as(1.0f, "1"));
    CHECK(written_as(100000.0f, "100000"));
    CHECK(written_as(16777216.0f, "16777216"));
    CHECK(written_as(33554432.0f, "33554432"));
    CHECK(written_as(123456.789f, "123456.79"));
    CHECK(written_as(0.0001f, "0.0001"));
    CHECK(written_as(0.00012345679f, "0.00012345679"));
    CHECK(written_as(0.00001f, "1e-05"));
    CHECK(written_as(1e-7f, "1e-07"));
    CHECK(written_as(1.17549435e-38f, "1.1754944e-38"));
    CHECK(written_as(float_of(1), "1e-45"));
    CHECK(written_as(-float_of(0x7f7fffff), "-3.4028235e+38"));
    CHECK(written_as(1e15f, "1000000000000000"));
    CHECK(written_as(1e16f, "1e+16"));
    CHECK(written_as(float_of(INFINITY_BITS), "inf"));
    CHECK(written_as(-float_of(INFINITY_BITS), "-inf"));
    CHECK(written_as(float_of(0x7fc00000), "nan"));
    CHECK(written_as(float_of(0xffc00000), "nan"));
}

/* 2^-44: the nearest 7-digit number is below it and does not read back; the one above does. */
static void test_wider_gap_above_a_power_of_two(void)
{
    char text[RNN_DECIMAL_BYTES];
    rnn_decimal_write(0x1p-44f, text);
    CHECK(digits_in(text) == 7);
    CHECK(bits_of(strtof(text, NULL)) == bits_of(0x1p-44f));
}

static size_t taken(const char *text)
{
    float value = 7;
    size_t bytes = rnn_decimal_read(text, strlen(text), &value);
    CHECK(bytes || value == 7);
    return bytes;
}

static void test_what_belongs_to_a_number(void)
{
    CHECK(taken("") == 0);
    CHECK(taken("+") == 0);
    CHECK(taken("-") == 0);
    CHECK(taken(".") == 0);
    CHECK(taken("-.e5") == 0);
    CHECK(taken("e5") == 0);
    CHECK(taken("nan") == 0);
    CHECK(taken("inf") == 0);
    CHECK(taken(" 1") == 0);
    CHECK(taken("--1") == 0);
    CHECK(taken("5.") == 2);
    CHECK(taken(".5") == 2);
    CHECK(taken("1.2.3") == 3);
    CHECK(taken("1e") == 1);
    CHECK(taken("1e+") == 1);
    CHECK(taken("1e+x") == 1);
    CHECK(taken("1e+5") == 4);
    CHECK(taken("1E5") == 3);
    CHECK(taken("0x10") == 1);
    CHECK(taken("1,5") == 1);
    CHECK(taken("12abc") == 2);
}

/* Bytes past the given length are never read. */
static void test_stays_in_its_bytes(void)
{
    float value;
    CHECK(rnn_decimal_read("12345", 2, &value) == 2 && value == 12);
    CHECK(rnn_decimal_read("1e5", 2, &value) == 1 && value == 1);
    CHECK(rnn_decimal_read("1e-5", 3, &value) == 1 && value == 1);
    CHECK(rnn_decimal_read("1.5", 2, &value) == 2 && value == 1);
    CHECK(rnn_decimal_read("-", 0, &value) == 0);
}

static void test_ends_of_the_range(void)
{
    CHECK(read_all("3.4028235e38") == INFINITY_BITS - 1);
    CHECK(read_all("3.40282356779733661637539395458142568447e38") == INFINITY_BITS - 1);
    CHECK(read_all("3.40282356779733661637539395458142568448e38") == INFINITY_BITS);
    CHECK(read_all("-1e39") == (INFINITY_BITS | 0x80000000u));
    CHECK(read_all("9e999999999999999999999") == INFINITY_BITS);
    CHECK(read_all("1e-99999999999999999999") == 0);
    CHECK(read_all("-1e-46") == 0x80000000u);
    CHECK(read_all("0e99999") == 0);
    CHECK(read_all("0.0000e-99999") == 0);
    CHECK(read_all("7.0064923216240853e-46") == 0);
    CHECK(read_all("7.0064923216240854e-46") == 1);
    CHECK(read_all("16777217") == bits_of(16777216.0f));
    CHECK(read_all("16777219") == bits_of(16777220.0f));
}

/* A thousand zeros before or after the digits, compensated by the exponent. */
static void test_long_texts(void)
{
    char text[1100];
    memset(text, '0', sizeof text);
    memcpy(text, "0.", 2);
    memcpy(text + 1001, "15e1000", 8);
    CHECK(read_all(text) == bits_of(1.5f));
    memset(text, '0', sizeof text);
    text[0] = '3';
    memcpy(text + 1001, "e-1000", 7);
    CHECK(read_all(text) == bits_of(3.0f));
    memset(text, '3', sizeof text);
    memcpy(text, "0.", 2);
    text[1050] = 0;
    CHECK(read_all(text) == bits_of(1.0f / 3));
}

/* ------------------------------------------------------------------------------------------------ doubles */

static uint64_t bits_of_double(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A double needs at most 17 digits. The text reads back, no text with one digit fewer does, and it is the nearest of its length. */
static void check_double(uint64_t bits)
{
    char text[40] = {0}, nearest[40];
    double value;
    memcpy(&value, &bits, sizeof value);
    struct rnni_writer writer = {text, sizeof text - 1, 0};
    rnni_put_double(&writer, value);
    CHECK(writer.written <= 24);
    CHECK(strpbrk(text, ".e"));
    CHECK(bits_of_double(strtod(text, NULL)) == bits);
    const int count = (int)digits_in(text);
    CHECK(count >= 1 && count <= 17);
    snprintf(nearest, sizeof nearest, "%.*e", count > 1 ? count - 2 : 0, value);
    CHECK(count <= 1 || bits_of_double(strtod(nearest, NULL)) != bits);
    snprintf(nearest, sizeof nearest, "%.*e", count ? count - 1 : 0, value);
    if (bits_of_double(strtod(nearest, NULL)) != bits) return;
    char again[40];
    snprintf(again, sizeof again, "%.*e", count - 1, strtod(text, NULL));
    CHECK_TEXT(again, nearest);
}

static void test_doubles(void)
{
    static const uint64_t significands[] = {
        0, 1, 2, 0x7ffffffffffff, 0x8000000000000, 0xffffffffffffe, 0xfffffffffffff};
    for (uint64_t exponent = 0; exponent < 2047; exponent++)
        for (size_t i = 0; i < sizeof significands / sizeof *significands; i++)
            if (exponent || significands[i]) check_double(exponent << 52 | significands[i]);
    for (uint64_t bits = 1; bits < 1000; bits++) check_double(bits);
    uint64_t state = 1;
    for (int i = 0; i < 20000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        const uint64_t bits = state >> 1;
        if (bits < (uint64_t)2047 << 52) check_double(bits);
        check_double(bits_of_double((double)(state >> 44) / 1e6 + 1e-6));        /* few digits */
        check_double(bits_of_double((double)(state >> 11) * 0x1p-53 + 0x1p-60)); /* between 0 and 1 */
    }
}

static void test_texts_of_doubles(void)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0.0"},
        {-0.0, "-0.0"},
        {1, "1.0"},
        {-2.5, "-2.5"},
        {0.1, "0.1"},
        {0.001, "0.001"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {1e-7, "1e-07"},
        {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},
        {123456789012345678.0, "1.2345678901234568e+17"},
        {9007199254740993.0, "9007199254740992.0"},
        {5e-324, "5e-324"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {1e23, "1e+23"},
        {9.5367431640625e-07, "9.5367431640625e-07"},
        {0x1p-1022, "2.2250738585072014e-308"},
        {1.0 / 3, "0.3333333333333333"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[40] = {0};
        struct rnni_writer writer = {text, sizeof text - 1, 0};
        rnni_put_double(&writer, cases[i].value);
        CHECK_TEXT(text, cases[i].text);
    }
}

int main(void)
{
    TEST(test_form);
    TEST(test_wider_gap_above_a_power_of_two);
    TEST(test_what_belongs_to_a_number);
    TEST(test_stays_in_its_bytes);
    TEST(test_ends_of_the_range);
    TEST(test_long_texts);
    TEST(test_every_exponent);
    TEST(test_smallest);
    TEST(test_powers_of_ten);
    TEST(test_random_texts);
    TEST(test_stride);
    TEST(test_doubles);
    TEST(test_texts_of_doubles);
    return check_report();
}
