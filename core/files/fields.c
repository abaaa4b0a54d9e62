#include "fields.h"

#include "diagnose.h"
#include "foreign.h"
#include "utf8.h"

/* ------------------------------------------------------------------------------------------------ characters */

static uint32_t unit_at(const struct rnni_fields *fields, size_t at)
{
    const unsigned char *s = (const unsigned char *)fields->text + at;
    return fields->big_endian ? (uint32_t)(s[0] << 8 | s[1]) : (uint32_t)(s[1] << 8 | s[0]);
}

static uint32_t utf16_at(const struct rnni_fields *fields, size_t at, size_t *next)
{
    *next = at + 2;
    if (fields->end - at < 2) {
        *next = fields->end;
        return 0xfffd;
    }
    const uint32_t unit = unit_at(fields, at), low = fields->end - at < 4 ? 0 : unit_at(fields, at + 2);
    if (unit < 0xd800 || unit > 0xdfff) return unit;
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return 0xfffd;
    *next = at + 4;
    return 0x10000 + ((unit - 0xd800) << 10 | (low - 0xdc00));
}

/* The character at a position before the end. *next: out, the position after it. */
static uint32_t character_at(struct rnni_fields *fields, size_t at, size_t *next)
{
    if (fields->unit == 2) return utf16_at(fields, at, next);
    const unsigned char *s = (const unsigned char *)fields->text + at;
    const size_t bytes = s[0] < 0x80 ? 1 : rnni_utf8_bytes(fields->text + at, fields->end - at);
    *next = at + (bytes ? bytes : 1);
    fields->latin1 |= !bytes;
    if (bytes < 2) return s[0];
    uint32_t character = s[0] & (0xff >> (bytes + 1));
    for (size_t i = 1; i < bytes; i++) character = character << 6 | (s[i] & 0x3f);
    return character;
}

/* Spaces: no-break, figure, thin, narrow no-break; and the byte-order mark. */
static bool is_wide_blank(uint32_t c)
{
    return c == 0xa0 || c == 0x2007 || c == 0x2009 || c == 0x202f || c == 0xfeff;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || is_wide_blank(c);
}

static bool is_line_end(uint32_t c)
{
    return c == '\n' || c == '\r';
}

static void put_character(struct rnni_field *field, uint32_t c)
{
    char utf8[4];
    size_t bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    utf8[0] = (char)c;
    if (bytes > 1) utf8[0] = (char)((0xf00u >> bytes) | c >> 6 * (bytes - 1));
    for (size_t i = 1; i < bytes; i++) utf8[i] = (char)(0x80 | ((c >> 6 * (bytes - 1 - i)) & 0x3f));
    field->cut |= sizeof field->text - field->length < bytes;
    if (field->cut) return;
    memcpy(field->text + field->length, utf8, bytes);
    field->length += bytes;
}

/* ------------------------------------------------------------------------------------------------ lines and fields */

/* Moves behind the \n, \r or \r\n at `at`, of which the first character has been read. */
static void end_line(struct rnni_fields *fields, uint32_t c, size_t next)
{
    size_t after;
    if (c == '\r' && next < fields->end && character_at(fields, next, &after) == '\n') next = after;
    fields->at = next;
    fields->line++;
    fields->column = 1;
    fields->inside = false;
}

/* Skips a line that has no value, if one begins here. */
static bool skip_blank_line(struct rnni_fields *fields)
{
    const size_t first = fields->at;
    for (size_t at = first, next; at < fields->end; at = next) {
        const uint32_t c = character_at(fields, at, &next);
        if (is_line_end(c)) {
            end_line(fields, c, next);
            return true;
        }
        if (!is_blank(c) && c != (uint32_t)fields->separator) return false;
    }
    fields->at = fields->end;
    return first < fields->end;
}

static bool skip_repetition(struct rnni_fields *fields)
{
    const size_t bytes = fields->header_bytes;
    if (!bytes || fields->end - fields->at < bytes ||
        memcmp(fields->text + fields->at, fields->text + fields->header, bytes) != 0)
        return false;
    size_t next = fields->at + bytes;
    const uint32_t c = next < fields->end ? character_at(fields, next, &next) : '\n';
    if (!is_line_end(c)) return false;
    end_line(fields, c, next);
    fields->repetitions++;
    return true;
}

/* The position behind the printable ASCII at `at`, without quotes, separators and blanks: most of a text, read without its cases. */
static size_t skip_plain(const struct rnni_fields *fields, size_t at)
{
    const char *text = fields->text;
    if (fields->unit != 1) return at;
    while (at < fields->end && text[at] > ' ' && text[at] < 0x7f && text[at] != '"' && text[at] != fields->separator)
        at++;
    return at;
}

/* Reads a field up to its separator or line end. */
static void scan_field(struct rnni_fields *fields, struct rnni_field *field)
{
    size_t end = skip_plain(fields, fields->at), length = end - fields->at; /* without the blanks read last */
    bool inside = false;
    if (length > sizeof field->text) {
        end = fields->at;
        length = 0;
    }
    memcpy(field->text, fields->text + fields->at, length);
    field->length = length;
    fields->at = end;
    while (fields->at < fields->end) {
        size_t next, after;
        const uint32_t c = character_at(fields, fields->at, &next);
        if (!inside && c == (uint32_t)fields->separator) {
            fields->at = next;
            fields->column++;
            fields->inside = true;
            field->last = false;
            break;
        }
        if (!inside && is_line_end(c)) {
            end_line(fields, c, next);
            break;
        }
        fields->at = next;
        if (c == '"' && !inside && end == field->start) { /* the first character */
            field->start = next - fields->unit;
            end = next;
            field->quoted = inside = true;
            continue;
        }
        if (c == '"' && inside) {
            if (next >= fields->end || character_at(fields, next, &after) != '"') {
                inside = false;
                end = next;
                continue;
            }
            fields->at = after;
        }
        fields->line += inside && c == '\n';
        if (is_blank(c) && length == 0) {
            if (!inside) field->start = end = next;
            continue;
        }
        put_character(field, c);
        if (is_blank(c)) continue;
        length = field->length;
        end = fields->at;
    }
    field->open = inside;
    field->length = length;
    field->end = end;
}

bool rnni_field_next(struct rnni_fields *fields, struct rnni_field *field)
{
    uint32_t blank_lines = 0;
    while (!fields->inside) {
        if (skip_blank_line(fields))
            blank_lines++;
        else if (!skip_repetition(fields))
            break;
    }
    if (!fields->inside && fields->at >= fields->end) return false;
    fields->blank_lines += blank_lines;
    field->length = 0;
    field->start = fields->at;
    field->line = fields->line;
    field->column = fields->column;
    field->quoted = field->cut = field->open = false;
    field->last = true;
    fields->inside = false;
    scan_field(fields, field);
    return true;
}

void rnni_fields_skip_header(struct rnni_fields *fields, size_t start, size_t end)
{
    fields->header = start;
    fields->header_bytes = end - start;
}

/* ------------------------------------------------------------------------------------------------ the beginning */

static uint32_t count_columns(struct rnni_fields *fields)
{
    struct rnni_field field;
    uint32_t columns = 0;
    do {
        if (!rnni_field_next(fields, &field)) return columns;
        columns++;
    } while (!field.last);
    return columns;
}

static char find_separator(const struct rnni_fields *fields)
{
    char first = 0;
    for (const char *separator = ";,\t"; *separator; separator++) {
        struct rnni_fields look = *fields;
        look.separator = *separator;
        const uint32_t above = count_columns(&look), below = count_columns(&look);
        if (above > 1 && above == below) return *separator;
        if (above > 1 && !first) first = *separator;
    }
    return first ? first : ',';
}

/* A text contains no NUL. Its bytes may be UTF-16 without a mark, or no text at all, and then they have no lines. */
static enum rnn_status refuse_nul(const char *text, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    const char *nul = memchr(text, 0, bytes);
    if (!nul) return RNN_OK;
    rnni_diagnose_at(diagnosis, 0, 0, (size_t)(nul - text));
    rnni_diagnose_text(diagnosis, "this file is not a text, because it has a NUL byte. Save it as CSV in UTF-8");
    return RNN_ERROR_CSV;
}

enum rnn_status rnni_fields_begin(struct rnni_fields *fields, const char *text, size_t bytes,
                                  struct rnn_diagnosis *diagnosis)
{
    RNNI_TRY(rnni_foreign_data(text, bytes, diagnosis));
    *fields = (struct rnni_fields){.text = text, .end = bytes, .line = 1, .column = 1, .unit = 1, .separator = ','};
    if (bytes >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
        fields->unit = 2;
        fields->at = 2;
        fields->big_endian = text[0] == '\xfe';
    } else {
        if (bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) fields->at = 3;
        RNNI_TRY(refuse_nul(text, bytes, diagnosis));
    }
    struct rnni_fields look = *fields;
    struct rnni_field field = {0};
    look.separator = 0;
    rnni_field_next(&look, &field);
    const bool excel = (field.length == 4 || field.length == 5) && memcmp(field.text, "sep=", 4) == 0;
    if (excel) {
        *fields = look;
        fields->separator = field.length == 5 ? field.text[4] : '\t';
    } else {
        if (fields->unit == 1 && field.length && text[field.start] == '#') { /* numpy.savetxt comments its header out */
            fields->at = field.start + 1;
            fields->line = field.line;
        }
        fields->separator = find_separator(fields);
    }
    look = *fields;
    if (rnni_field_next(&look, &field)) return RNN_OK;
    rnni_diagnose_at(diagnosis, 1 + excel, 0, fields->at);
    rnni_diagnose_text(diagnosis, "expected a table whose first line names the columns, got an empty file");
    return RNN_ERROR_CSV;
}

/* ------------------------------------------------------------------------------------------------ messages */

enum rnn_status rnni_field_fail(const struct rnni_field *field, const char *text, struct rnn_diagnosis *diagnosis)
{
    rnni_diagnose_at(diagnosis, field->line, field->column, field->start);
    rnni_diagnose_text(diagnosis, text);
    return RNN_ERROR_CSV;
}

void rnni_field_quote(const struct rnni_fields *fields, const struct rnni_field *field, struct rnn_diagnosis *diagnosis)
{
    rnni_diagnose_text(diagnosis, ", got ");
    if (field->start == field->end)
        rnni_diagnose_text(diagnosis, "nothing");
    else if (fields->unit == 1 && !field->quoted)
        rnni_diagnose_quote(diagnosis, fields->text + field->start, field->end - field->start);
    else
        rnni_diagnose_quote(diagnosis, field->text, field->length);
}

/* ------------------------------------------------------------------------------------------------ numbers */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The field with a plain minus for Unicode's, and plain blanks and apostrophes for its other ones. Returns its length. */
static size_t plain_text(const struct rnni_field *field, char text[RNNI_FIELD_BYTES], bool *minus)
{
    size_t length = 0;
    for (size_t i = 0; i < field->length;) {
        struct rnni_fields one = {.text = field->text, .end = field->length, .unit = 1};
        const uint32_t c = character_at(&one, i, &i);
        const bool is_minus = c == 0x2212 || (c >= 0x2010 && c <= 0x2013);
        *minus |= is_minus;
        text[length++] = is_minus ? '-' : is_wide_blank(c) ? ' ' : c == 0x2019 ? '\'' : c < 0x80 ? (char)c : '?';
    }
    return length;
}

/* Does the text have the form of a number with this decimal mark? If so, and `number` is not NULL, it is written there for
 * rnn_decimal_read, and *length is set. */
static bool has_form(const char *text, size_t bytes, char decimal, bool *grouped, char *number, size_t *length)
{
    size_t i = 0, used = 0, digits = 0, run = 0;
    char group = 0;
    char scratch[RNNI_FIELD_BYTES];
    if (!number) number = scratch;
    if (bytes && (text[0] == '-' || text[0] == '+')) number[used++] = text[i++];
    if (i < bytes && text[i] == ' ') i++; /* − 5, as a typesetter writes it */
    const size_t first = i;
    for (; i < bytes; i++) {
        const char c = text[i];
        if (is_digit(c)) {
            number[used++] = c;
            digits++;
            run++;
            continue;
        }
        const bool separates = c != decimal && (group ? c == group : c == '.' || c == ',' || c == ' ' || c == '\'');
        if (!separates || run == 0 || run > 3 || (group && run != 3) || (!group && text[first] == '0')) break;
        group = c;
        run = 0;
    }
    if (group && run != 3) return false;
    if (i < bytes && text[i] == decimal) {
        number[used++] = '.';
        for (i++; i < bytes && is_digit(text[i]); digits++) number[used++] = text[i++];
    }
    if (!digits) return false;
    if (!group && i < bytes && (text[i] == 'e' || text[i] == 'E')) {
        number[used++] = text[i++];
        if (i < bytes && (text[i] == '-' || text[i] == '+')) number[used++] = text[i++];
        if (i >= bytes || !is_digit(text[i])) return false;
        while (i < bytes && is_digit(text[i])) number[used++] = text[i++];
    }
    if (i != bytes) return false;
    if (group) *grouped = true;
    if (length) *length = used;
    return true;
}

/* Can a field change nothing? Most numbers have no mark, or one point like a number before them. */
static bool is_plain(const struct rnni_marks *marks, const struct rnni_field *field)
{
    uint32_t points = 0;
    for (size_t i = 0; i < field->length; i++) {
        const char c = field->text[i];
        points += c == '.';
        if (!is_digit(c) && c != '.' && c != '-') return false;
    }
    return points == 0 || (points == 1 && marks->point.line);
}

void rnni_marks_add(struct rnni_marks *marks, const struct rnni_field *field)
{
    char text[RNNI_FIELD_BYTES];
    bool minus = false, grouped = false;
    if (field->cut || is_plain(marks, field)) return;
    const size_t bytes = plain_text(field, text, &minus);
    const bool point = has_form(text, bytes, '.', &grouped, NULL, NULL),
               comma = has_form(text, bytes, ',', &grouped, NULL, NULL);
    if (!point && !comma) return;
    marks->minus |= minus;
    if (point && comma) {
        const bool has_comma = memchr(text, ',', bytes) != NULL, has_point = memchr(text, '.', bytes) != NULL;
        if (has_comma && !marks->unclear.line) marks->unclear = *field;
        marks->unclear_point |= has_point;
        marks->grouped |= grouped && !has_comma && !has_point;
        return;
    }
    marks->grouped |= grouped;
    struct rnni_field *proof = point ? &marks->point : &marks->comma;
    if (!proof->line) *proof = *field;
}

enum rnn_status rnni_marks_decide(struct rnni_marks *marks, const struct rnni_fields *fields, char *decimal,
                                  struct rnn_diagnosis *diagnosis)
{
    const struct rnni_field *comma = &marks->comma, *point = &marks->point;
    *decimal = comma->line ? ',' : '.';
    if (comma->line && point->line) {
        const bool comma_first = comma->start < point->start;
        rnni_field_fail(comma_first ? point : comma, "expected a decimal ", diagnosis);
        rnni_diagnose_text(diagnosis, comma_first ? "comma, as in line " : "point, as in line ");
        rnni_diagnose_number(diagnosis, (comma_first ? comma : point)->line);
        rnni_field_quote(fields, comma_first ? point : comma, diagnosis);
        rnni_diagnose_text(diagnosis, ". Write all numbers with the same decimal mark");
        return RNN_ERROR_CSV;
    }
    if (!comma->line && !point->line && marks->unclear.line) {
        rnni_field_fail(&marks->unclear, "expected a number with one meaning", diagnosis);
        rnni_field_quote(fields, &marks->unclear, diagnosis);
        rnni_diagnose_text(diagnosis,
                           ", whose comma may separate thousands or decimals. Write it without that comma, or "
                           "with a decimal point");
        return RNN_ERROR_CSV;
    }
    marks->grouped |= comma->line ? marks->unclear_point : marks->unclear.line != 0;
    return RNN_OK;
}

size_t rnni_field_plain(const struct rnni_field *field, char decimal, char number[RNNI_FIELD_BYTES])
{
    char text[RNNI_FIELD_BYTES];
    bool ignored = false;
    size_t length;
    if (field->cut) return 0;
    const size_t bytes = plain_text(field, text, &ignored);
    if (!has_form(text, bytes, decimal, &ignored, number, &length)) return 0;
    return length;
}

bool rnni_field_number(const struct rnni_fields *fields, const struct rnni_field *field, char decimal, float *value)
{
    const char *raw = fields->text + field->start;
    const size_t bytes = field->end - field->start;
    char number[RNNI_FIELD_BYTES];
    if (fields->unit == 1 && decimal == '.' && rnn_decimal_read(raw, bytes, value) == bytes && bytes)
        return true; /* also a number that is longer than a field */
    const size_t length = rnni_field_plain(field, decimal, number);
    return length && rnn_decimal_read(number, length, value) == length;
}

bool rnni_field_is(const struct rnni_field *field, const char *text)
{
    size_t i = 0;
    for (; i < field->length && text[i]; i++) {
        const char c = field->text[i];
        if ((c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c) != text[i]) return false;
    }
    return i == field->length && !text[i];
}

bool rnni_field_is_missing(const struct rnni_field *field)
{
    static const char *const words[] = {"", "na", "n/a", "nan", "null", "#n/a", "-", "?"};
    for (size_t i = 0; i < RNNI_COUNT(words); i++)
        if (rnni_field_is(field, words[i])) return true;
    return false;
}

/* ------------------------------------------------------------------------------------------------ dates */

/* Reads 1 to 4 digits at text[*at]. Returns how many. */
static uint32_t take_digits(const char *text, size_t bytes, size_t *at, uint32_t most, uint32_t *value)
{
    uint32_t digits = 0;
    for (*value = 0; *at < bytes && is_digit(text[*at]) && digits < most; (*at)++, digits++)
        *value = 10 * *value + (uint32_t)(text[*at] - '0');
    return digits;
}

/* Reads hh:mm[:ss[.fraction]] and then Z, AM or PM, if there is one, up to the end. */
static bool take_clock(const char *text, size_t bytes, size_t at, uint32_t *second)
{
    uint32_t parts[3] = {0}, count = 0;
    for (;; at++) {
        if (count == 3 || !take_digits(text, bytes, &at, 2, &parts[count++])) return false;
        if (at >= bytes || text[at] != ':') break;
    }
    if (count == 3 && at < bytes && text[at] == '.')
        for (at++; at < bytes && is_digit(text[at]);) at++;
    const size_t half = at + (at < bytes && text[at] == ' ');
    if (at < bytes && text[at] == 'Z') {
        at++;
    } else if (bytes == half + 2 && (text[half + 1] | 32) == 'm' && parts[0] >= 1 && parts[0] <= 12) {
        const bool pm = (text[half] | 32) == 'p';
        if (pm || (text[half] | 32) == 'a') at = bytes;
        parts[0] = parts[0] % 12 + (pm ? 12 : 0);
    }
    *second = 3600 * parts[0] + 60 * parts[1] + parts[2];
    return at == bytes && count >= 2 && parts[0] < 24 && parts[1] < 60 && parts[2] < 60;
}

/* Reads a time of day behind a blank or a T. An empty text is midnight. */
static bool take_time(const char *text, size_t bytes, size_t at, uint32_t *second)
{
    *second = 0;
    if (at == bytes) return true;
    return (text[at] == ' ' || text[at] == 'T') && take_clock(text, bytes, at + 1, second);
}

/* Reads the three numbers of a date. Returns the index of the year, 0 or 2, or 1 if it is no date. */
static uint32_t take_date(const struct rnni_field *field, uint32_t parts[3], uint32_t *second)
{
    const char *text = field->text;
    const size_t bytes = field->length;
    size_t at = 0;
    uint32_t digits[3];
    char separator = 0;
    if (field->cut) return 1;
    digits[0] = take_digits(text, bytes, &at, 4, &parts[0]);
    if (digits[0] == 4 && at < bytes && is_digit(text[at])) { /* 20100312 */
        digits[1] = take_digits(text, bytes, &at, 2, &parts[1]);
        digits[2] = take_digits(text, bytes, &at, 2, &parts[2]);
        if (digits[1] + digits[2] != 4) return 1;
    } else {
        separator = at < bytes ? text[at] : 0;
        if (separator != '-' && separator != '.' && separator != '/') return 1;
        at++;
        digits[1] = take_digits(text, bytes, &at, 2, &parts[1]);
        if (at == bytes || text[at++] != separator) return 1;
        digits[2] = take_digits(text, bytes, &at, 4, &parts[2]);
    }
    if (!digits[0] || !digits[1] || !digits[2] || !take_time(text, bytes, at, second)) return 1;
    if (digits[0] == 2 && digits[1] == 2 && digits[2] == 2 &&
        separator != '-') { /* 12.03.10; the century is that of strptime */
        parts[2] += parts[2] < 69 ? 2000 : 1900;
        digits[2] = 4;
    }
    return digits[0] == 4 && digits[2] <= 2 ? 0 : digits[0] <= 2 && digits[2] == 4 ? 2 : 1;
}

/* Reads a month without its day, or a year alone: parts are then year and month. Returns the order, or 0 if it is neither. */
static uint32_t take_month(const struct rnni_field *field, uint32_t parts[3])
{
    const char *text = field->text;
    const size_t bytes = field->length;
    size_t at = 0;
    if (field->cut) return 0;
    const uint32_t first = take_digits(text, bytes, &at, 4, &parts[0]);
    uint32_t order = RNNI_YEAR;
    if (at == bytes && first == 4) {
        parts[1] = 1;
    } else {
        if (!first || at == bytes || (text[at] != '-' && text[at] != '/')) return 0;
        at++;
        const uint32_t second = take_digits(text, bytes, &at, 4, &parts[1]);
        order = first == 4 && second >= 1 && second <= 2 ? RNNI_YEAR_MONTH
                : first <= 2 && second == 4              ? RNNI_MONTH_YEAR
                                                         : 0u;
        if (order == RNNI_MONTH_YEAR) {
            const uint32_t month = parts[0];
            parts[0] = parts[1];
            parts[1] = month;
        }
    }
    return at == bytes && parts[0] > 0 && parts[1] >= 1 && parts[1] <= 12 ? order : 0;
}

static bool is_day(uint32_t year, uint32_t month, uint32_t day)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (uint32_t)(leap && month == 2);
}

/* A field with plain blanks: some programs write a narrow no-break space before AM and PM. */
static struct rnni_field plain_field(const struct rnni_field *field)
{
    struct rnni_field plain = *field;
    bool minus = false;
    if (!field->cut) plain.length = plain_text(field, plain.text, &minus);
    return plain;
}

uint32_t rnni_field_dates(const struct rnni_field *written)
{
    const struct rnni_field plain = plain_field(written), *field = &plain;
    uint32_t parts[3], second;
    const uint32_t year = take_date(field, parts, &second);
    if (year == 1) {
        const uint32_t order = take_month(field, parts);
        const bool is_clock = !order && !field->cut && take_clock(field->text, field->length, 0, &second);
        return is_clock ? (uint32_t)RNNI_CLOCK : order;
    }
    const uint32_t a = parts[year ? 0 : 1], b = parts[year ? 1 : 2];
    const bool month_first = is_day(parts[year], a, b), day_first = is_day(parts[year], b, a);
    return year ? (day_first ? RNNI_DAY_MONTH_YEAR : 0u) | (month_first ? RNNI_MONTH_DAY_YEAR : 0u)
                : (month_first ? RNNI_YEAR_MONTH_DAY : 0u) | (day_first ? RNNI_YEAR_DAY_MONTH : 0u);
}

bool rnni_field_short_year(const struct rnni_field *field)
{
    uint32_t parts[3], second;
    return take_date(field, parts, &second) == 2 && field->length >= 8 && field->text[2] == field->text[5];
}

static int32_t day_number(uint32_t year, uint32_t month, uint32_t day)
{
    /* Count from 1 March of year 0, so that a leap day is the last of its year (Hinnant, days_from_civil). */
    const uint32_t of_march = year - (month <= 2), from_march = (month + 9) % 12;
    const uint32_t days =
        365 * of_march + of_march / 4 - of_march / 100 + of_march / 400 + (153 * from_march + 2) / 5 + day - 1;
    return (int32_t)days - 719468;
}

struct rnni_date rnni_field_date(const struct rnni_field *written, enum rnni_date_order order)
{
    const struct rnni_field plain = plain_field(written), *field = &plain;
    struct rnni_date date = {0};
    uint32_t parts[3] = {0};
    if (order == RNNI_CLOCK) {
        take_clock(field->text, field->length, 0, &date.second);
        return date;
    }
    if (order >= RNNI_YEAR_MONTH) {
        take_month(field, parts);
        date.day = day_number(parts[0], parts[1], 1);
        return date;
    }
    const bool year_last = take_date(field, parts, &date.second) == 2;
    const bool month_first = order == RNNI_YEAR_MONTH_DAY || order == RNNI_MONTH_DAY_YEAR;
    const uint32_t month = parts[(year_last ? 0 : 1) + !month_first], day = parts[(year_last ? 0 : 1) + month_first];
    date.day = day_number(parts[year_last ? 2 : 0], month, day);
    return date;
}
