/* Decimal text to float and back, and double to text, exact in both directions.
 *
 * Reading. value = digits · 10^exponent. Double arithmetic is used where it is certain to give the right float: digits and
 * 10^|exponent| (up to 10^22) are exact or off by half a unit, so the quotient is within 3 units of the 53rd bit, and unless it
 * lies that close to the midpoint of two floats, rounding it to 24 bits is right. All other cases use integers of up to 768 bits:
 * the quotient N / M = digits · 10^exponent / 2^unit, its remainder, and the rule of ties to even.
 *
 * Writing. The fewest digits that read back to the same number, and of these the nearest to it. Digits are taken from v one by one,
 * in large integers, until the rest is less than half the gap to the neighbor below, or, if the last digit is increased by one, to
 * the neighbor above (Steele & White 1990). For a float, double arithmetic is used where it is certain: v is scaled to 10^8 <= v ·
 * 10^k < 10^9; then n = 1, 2, ... 9 digits are rounded from it and read back until the bits agree. */
#include "../rnn_files.h"
#include "../internal.h"
#include "decimal.h"
#include "writer.h"

#include <string.h>

enum {
    BIG_WORDS = 35,           /* reading a float needs 768 bits; writing a double needs fewer than 1090 */
    LEADING_DIGITS = 19,      /* that fit into a uint64_t */
    SIGNIFICANT_DIGITS = 120, /* the midpoint of two floats has at most 113 */
    MOST_DIGITS = 17,         /* enough to identify any double */
    DOUBLE_BYTES = 24         /* the longest texts without a sign: 1.2345678901234567e-308, 0.00012345678901234567 */
};

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { EXACT_POWER = 22 };

/* ------------------------------------------------------------------------------------------------ large integers */

struct big {
    uint32_t words[BIG_WORDS]; /* least significant word first */
    uint32_t used;             /* words[used - 1] is not 0 */
};

static void big_set(struct big *a, uint64_t value)
{
    a->words[0] = (uint32_t)value;
    a->words[1] = (uint32_t)(value >> 32);
    a->used = a->words[1] ? 2 : a->words[0] ? 1 : 0;
}

static void big_multiply_add(struct big *a, uint32_t factor, uint32_t term)
{
    uint64_t carry = term;
    for (uint32_t i = 0; i < a->used; i++) {
        carry += (uint64_t)a->words[i] * factor;
        a->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry) a->words[a->used++] = (uint32_t)carry;
}

static void big_multiply_power_of_ten(struct big *a, uint32_t exponent)
{
    for (; exponent >= 9; exponent -= 9) big_multiply_add(a, 1000000000u, 0);
    for (; exponent > 0; exponent--) big_multiply_add(a, 10, 0);
}

static void big_shift_left(struct big *a, uint32_t bits)
{
    for (; bits >= 31; bits -= 31) big_multiply_add(a, 1u << 31, 0);
    big_multiply_add(a, 1u << bits, 0);
}

static uint32_t big_bits(const struct big *a)
{
    uint32_t bits = 32 * a->used;
    if (a->used)
        for (uint32_t top = a->words[a->used - 1]; !(top >> 31); top <<= 1) bits--;
    return bits;
}

static int big_compare(const struct big *a, const struct big *b)
{
    if (a->used != b->used) return a->used < b->used ? -1 : 1;
    for (uint32_t i = a->used; i-- > 0;)
        if (a->words[i] != b->words[i]) return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

/* a -= b, for a >= b. */
static void big_subtract(struct big *a, const struct big *b)
{
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < a->used; i++) {
        uint64_t difference = (uint64_t)a->words[i] - (i < b->used ? b->words[i] : 0) - borrow;
        a->words[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    while (a->used && !a->words[a->used - 1]) a->used--;
}

/* Returns floor(n / m), which must be below 2^bits. Afterwards n is the remainder times 2^bits, and m is m · 2^bits. */
static uint64_t big_divide(struct big *n, struct big *m, uint32_t bits)
{
    uint64_t quotient = 0;
    big_shift_left(m, bits);
    for (uint32_t i = 0; i < bits; i++) {
        big_multiply_add(n, 2, 0);
        quotient <<= 1;
        if (big_compare(n, m) >= 0) {
            big_subtract(n, m);
            quotient |= 1;
        }
    }
    return quotient;
}

/* ------------------------------------------------------------------------------------------------ reading */

static float float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The float significand · 2^unit, where significand <= 2^24. A significand below 2^23 requires unit -149. */
static float float_assemble(uint32_t significand, int32_t unit)
{
    uint32_t exponent = (uint32_t)(unit + 150);
    if (significand < 1u << 23) return float_of_bits(significand);
    uint32_t bits = (exponent << 23) + (significand - (1u << 23));
    return float_of_bits(bits < 0x7f800000u ? bits : 0x7f800000u);
}

/* n · 10^exponent, n > 0, rounded to `bits` bits: the result times 2^*unit. Below 2^(least + 1 + bits) it has fewer bits, of which
 * the last is 2^(least + 1). */
static uint64_t nearest_exact(struct big *n, int32_t exponent, uint32_t bits, int32_t least, int32_t *unit)
{
    struct big m;
    big_set(&m, 1);
    big_multiply_power_of_ten(exponent < 0 ? &m : n, (uint32_t)(exponent < 0 ? -exponent : exponent));

    /* n/m lies in 2^(b-1) ... 2^(b+1), where b is the difference of their lengths in bits. Take one or two bits more of it than are
     * needed, or fewer if the result is subnormal. */
    int32_t first = (int32_t)big_bits(n) - (int32_t)big_bits(&m) - (int32_t)bits - 1;
    if (first < least) first = least;
    big_shift_left(first < 0 ? n : &m, (uint32_t)(first < 0 ? -first : first));
    uint64_t quotient = big_divide(n, &m, bits + 2);

    uint32_t drop = quotient >> (bits + 1) ? 2 : 1;
    uint64_t half = (uint64_t)1 << (drop - 1);
    uint64_t tail = quotient & (2 * half - 1);
    uint64_t significand = quotient >> drop;
    if (tail > half || (tail == half && (n->used || (significand & 1)))) significand++;
    *unit = first + (int32_t)drop;
    return significand;
}

/* The float nearest to digits · 10^exponent, also if up to one more unit in the last digit is added. Returns false where doubles
 * cannot decide. */
static bool nearest_quick(uint64_t digits, int64_t exponent, float *value)
{
    if (exponent < -EXACT_POWER || exponent > EXACT_POWER) return false;
    double near = (double)digits;
    near = exponent < 0 ? near / powers_of_ten[-exponent] : near * powers_of_ten[exponent];
    if (!(near >= 0x1p-126 && near <= 0x1p127)) return false;
    uint64_t bits;
    memcpy(&bits, &near, sizeof bits);
    uint64_t tail = bits & 0x1fffffff; /* the bits for which a float has no room; its midpoint is 0x10000000 */
    if (tail >= 0x0ffffff0 && tail <= 0x10000010) return false;
    *value = (float)near;
    return true;
}

/* The parts of a number's text: value = ± leading · 10^exponent. If count is LEADING_DIGITS, more digits may follow. */
struct scanned {
    bool negative;
    uint64_t leading; /* up to 19 digits, beginning with the first nonzero one */
    uint32_t count;   /* number of digits in leading */
    int64_t exponent;
    const char *mantissa; /* digits with at most one point */
    size_t mantissa_bytes;
    size_t bytes; /* length of the number's text; 0 if there is none */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads [e [sign] digits] at text. Returns its length in bytes and adds its value to *exponent. */
static size_t scan_exponent(const char *text, size_t bytes, int64_t *exponent)
{
    const int64_t enough = (int64_t)1 << 56; /* a limit so large that leading zeros cannot compensate for it */
    size_t i = 1;
    if (bytes < 2 || (text[0] != 'e' && text[0] != 'E')) return 0;
    bool negative = text[1] == '-';
    if (negative || text[1] == '+') i++;
    if (i >= bytes || !is_digit(text[i])) return 0;
    int64_t value = 0;
    for (; i < bytes && is_digit(text[i]); i++)
        if (value < enough) value = 10 * value + (text[i] - '0');
    *exponent += negative ? -value : value;
    return i;
}

static struct scanned scan(const char *text, size_t bytes)
{
    struct scanned s = {0};
    size_t i = 0;
    bool point = false, digits = false;
    if (bytes && (text[0] == '-' || text[0] == '+')) s.negative = text[i++] == '-';
    s.mantissa = text + i;
    for (; i < bytes && (is_digit(text[i]) || (text[i] == '.' && !point)); i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        digits = true;
        if (s.count == LEADING_DIGITS) {
            s.exponent += !point;
            continue;
        }
        s.leading = 10 * s.leading + (uint64_t)(text[i] - '0');
        s.count += s.leading > 0;
        s.exponent -= point;
    }
    s.mantissa_bytes = (size_t)(text + i - s.mantissa);
    s.bytes = digits ? i + scan_exponent(text + i, bytes - i, &s.exponent) : 0;
    return s;
}

/* The first SIGNIFICANT_DIGITS of a mantissa, followed by a 1 if any later digit is not 0. That is enough to decide on which side
 * of a midpoint the number lies. Returns the number of digits in *n. */
static uint32_t significant_digits(const struct scanned *s, struct big *n)
{
    uint32_t count = 0;
    bool more = false;
    big_set(n, 0);
    for (size_t i = 0; i < s->mantissa_bytes; i++) {
        char c = s->mantissa[i];
        if (c == '.' || (c == '0' && count == 0)) continue;
        if (count < SIGNIFICANT_DIGITS) {
            big_multiply_add(n, 10, (uint32_t)(c - '0'));
            count++;
        } else {
            more = more || c != '0';
        }
    }
    if (more) big_multiply_add(n, 10, 1);
    return count + more;
}

static float nearest(const struct scanned *s)
{
    float value;
    int64_t magnitude = (int64_t)s->count + s->exponent; /* 10^(magnitude-1) <= value < 10^magnitude */
    if (s->leading == 0 || magnitude < -45) return 0;
    if (magnitude > 39) return float_of_bits(0x7f800000u);
    if (nearest_quick(s->leading, s->exponent, &value)) return value;
    struct big n;
    int32_t unit;
    uint32_t count = significant_digits(s, &n);
    const uint64_t significand = nearest_exact(&n, (int32_t)magnitude - (int32_t)count, 24, -150, &unit);
    return float_assemble((uint32_t)significand, unit);
}

size_t rnn_decimal_read(const char *text, size_t bytes, float *value)
{
    struct scanned s = scan(text, bytes);
    if (s.bytes) {
        float magnitude = nearest(&s);
        *value = s.negative ? -magnitude : magnitude;
    }
    return s.bytes;
}

size_t rnni_decimal_read_double(const char *text, size_t bytes, double *value)
{
    enum { MOST_MAGNITUDE = 150 };
    struct scanned s = scan(text, bytes);
    const int64_t magnitude = (int64_t)s.count + s.exponent;
    double near = (double)s.leading; /* a product or quotient of two exact numbers is rounded once */
    if (!s.bytes) return 0;
    if (s.leading == 0 || magnitude < -MOST_MAGNITUDE) {
        near = 0;
    } else if (magnitude > MOST_MAGNITUDE) {
        near = INFINITY;
    } else if (s.leading <= (uint64_t)1 << 53 && s.count < LEADING_DIGITS && s.exponent >= -EXACT_POWER &&
               s.exponent <= EXACT_POWER) {
        near = s.exponent < 0 ? near / powers_of_ten[-s.exponent] : near * powers_of_ten[s.exponent];
    } else {
        struct big n;
        int32_t unit;
        const uint32_t count = significant_digits(&s, &n);
        near = (double)nearest_exact(&n, (int32_t)magnitude - (int32_t)count, 53, -1075, &unit);
        for (; unit > 0; unit--) near *= 2;
        for (; unit < 0; unit++) near /= 2;
    }
    *value = s.negative ? -near : near;
    return s.bytes;
}

/* ------------------------------------------------------------------------------------------------ writing */

/* digits · 10^exponent, where digits does not end in 0. */
struct short_decimal {
    uint64_t digits;
    int32_t exponent;
};

/* Is a + b > limit, or with_end and a + b = limit? */
static bool reaches(const struct big *a, const struct big *b, const struct big *limit, bool with_end)
{
    struct big rest = *limit;
    if (big_compare(a, limit) >= 0) return true;
    big_subtract(&rest, a);
    return big_compare(b, &rest) >= !with_end;
}

static void multiply_by_ten(struct big *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) big_multiply_add(&numbers[i], 10, 0);
}

/* The fewest digits that read back to a positive number, given IEEE 754's exponent field and `bits` bits of fraction. */
static struct short_decimal shortest_exact(uint64_t fraction, uint32_t bits, uint32_t field)
{
    struct short_decimal d = {0, 0};
    const bool narrow = fraction == 0 && field > 1; /* at a power of two the gap below is half the gap above */
    const bool even = !(fraction & 1);              /* the midpoint of a gap rounds to the even number */
    const int32_t unit = (int32_t)(field ? field : 1) - (bits == 23 ? 150 : 1075);
    /* The number is v = rest / one. Half the gaps to its neighbors are below / one and above / one. */
    struct big numbers[3], one, ten, *const rest = numbers, *const below = numbers + 1, *const above = numbers + 2;
    big_set(rest, (field ? fraction | (uint64_t)1 << bits : fraction) << (1 + narrow));
    big_set(&one, 2u << narrow);
    big_set(below, 1);
    big_shift_left(unit < 0 ? &one : rest, (uint32_t)(unit < 0 ? -unit : unit));
    if (unit > 0) big_shift_left(below, (uint32_t)unit);
    *above = *below;
    big_shift_left(above, narrow);
    for (; big_compare(rest, &one) < 0; d.exponent--) multiply_by_ten(numbers, 3);
    for (;; one = ten, d.exponent++) {
        ten = one;
        multiply_by_ten(&ten, 1);
        if (!reaches(rest, above, &ten, even)) break;
    }
    for (;; d.exponent--) {
        d.digits *= 10;
        for (; big_compare(rest, &one) >= 0; d.digits++) big_subtract(rest, &one);
        const bool down = big_compare(rest, below) < even, up = reaches(rest, above, &one, even);
        if (down || up) {
            big_multiply_add(rest, 2, 0);
            const int order = big_compare(rest, &one);
            d.digits += up && (!down || order > 0 || (order == 0 && (d.digits & 1)));
            return d;
        }
        multiply_by_ten(numbers, 3);
    }
}

/* The same for a float, computed with doubles. Returns false where they cannot decide. */
static bool shortest_quick(float value, struct short_decimal *d)
{
    const double v = value;
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    if (!(bits << 12)) return false; /* a power of two has gaps of different widths */
    const int32_t binary = (int32_t)(bits >> 52) - 1023;
    /* floor(binary · log10 2), correct for |binary| <= 149; then v · 10^scale lies in 10^8 ... 2 · 10^9. */
    int32_t scale = 8 - (binary * 1233 - (binary < 0 ? 4095 : 0)) / 4096;
    double product;
    for (;; scale--) {
        if (scale < -EXACT_POWER || scale > EXACT_POWER) return false;
        product = scale < 0 ? v / powers_of_ten[-scale] : v * powers_of_ten[scale];
        if (product < 1e9) break;
    }
    const uint32_t whole = (uint32_t)product;
    const double rest = product - whole, to_half = rest - 0.5;
    /* Give up if rest is so close to 0, 1/2 or 1 that rounding errors could put it on the wrong side. */
    if (!(rest > 1e-5 && rest < 1 - 1e-5 && (to_half < -1e-5 || to_half > 1e-5))) return false;
    d->exponent = 8 - scale;
    for (uint32_t power = 100000000u; power; power /= 10, d->exponent--) {
        float back;
        d->digits = whole / power + (power == 1 ? to_half > 0 : whole % power >= power / 2);
        if (!nearest_quick(d->digits, d->exponent, &back)) return false;
        if (back != value) continue;
        for (; d->digits % 10 == 0; d->digits /= 10) d->exponent++;
        return true;
    }
    return false;
}

static char *put_zeros(char *at, int32_t count)
{
    for (; count > 0; count--) *at++ = '0';
    return at;
}

/* point: the number of digits before the decimal point, from -3 to 16. */
static char *put_plain(char *at, const char *digits, int32_t count, int32_t point)
{
    if (point <= 0) {
        *at++ = '0';
        *at++ = '.';
        at = put_zeros(at, -point);
    }
    for (int32_t i = 0; i < count; i++) {
        if (i == point && i > 0) *at++ = '.';
        *at++ = digits[i];
    }
    return put_zeros(at, point - count);
}

static char *put_scientific(char *at, const char *digits, int32_t count, int32_t exponent)
{
    *at++ = digits[0];
    if (count > 1) *at++ = '.';
    for (int32_t i = 1; i < count; i++) *at++ = digits[i];
    *at++ = 'e';
    *at++ = exponent < 0 ? '-' : '+';
    uint32_t size = (uint32_t)(exponent < 0 ? -exponent : exponent);
    if (size >= 100) *at++ = (char)('0' + size / 100);
    *at++ = (char)('0' + size / 10 % 10);
    *at++ = (char)('0' + size % 10);
    return at;
}

static char *put_magnitude(char *at, struct short_decimal d)
{
    char digits[MOST_DIGITS];
    struct rnni_writer writer = {digits, sizeof digits, 0};
    rnni_put_number(&writer, d.digits);
    const int32_t count = (int32_t)writer.written;
    int32_t point = count + d.exponent;
    if (point < -3 || point > 16) return put_scientific(at, digits, count, point - 1);
    return put_plain(at, digits, count, point);
}

size_t rnn_decimal_write(float value, char text[RNN_DECIMAL_BYTES])
{
    const uint32_t bits = bits_of_float(value) & 0x7fffffff;
    struct short_decimal d;
    char *at = text;
    if (bits_of_float(value) >> 31 && bits <= 0x7f800000u) *at++ = '-';
    if (bits >= 0x7f800000u) {
        memcpy(at, bits == 0x7f800000u ? "inf" : "nan", 3);
        at += 3;
    } else if (bits == 0) {
        *at++ = '0';
    } else {
        if (!shortest_quick(float_of_bits(bits), &d)) d = shortest_exact(bits & 0x7fffff, 23, bits >> 23);
        at = put_magnitude(at, d);
    }
    *at = 0;
    return (size_t)(at - text);
}

void rnni_put_double(struct rnni_writer *writer, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    char text[DOUBLE_BYTES] = "0", *end = text + 1;
    if (bits >> 63) rnni_put_text(writer, "-");
    if (bits << 1) end = put_magnitude(text, shortest_exact(bits << 12 >> 12, 52, (uint32_t)(bits >> 52 & 0x7ff)));
    rnni_put(writer, text, (size_t)(end - text));
    for (const char *at = text; at < end; at++)
        if (*at == '.' || *at == 'e') return;
    rnni_put_text(writer, ".0");
}
