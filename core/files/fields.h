/* Reads a text of separated values, as spreadsheets, R and Python write it, field by field. csv.c and table.c share it.
 *
 *     encoding     UTF-8 with or without a byte-order mark, UTF-16 with one; a byte that is not UTF-8 counts as Latin-1
 *     separator    comma, semicolon or tab, by which the first two lines have equally many columns; or Excel's first line sep=;
 *     comment      a # before the header
 *     quotes       "a, b" is one field, and "" in it is one quote (RFC 4180); line ends are \n, \r\n and \r
 *     skipped      lines without any value, and lines that repeat the header */
#ifndef RNNI_FILES_FIELDS_H
#define RNNI_FILES_FIELDS_H

#include "../internal.h"
#include "../rnn_files.h"

enum { RNNI_FIELD_BYTES = 128 };

/* A text and the position in it. A copy of it can be used to look ahead or to read from there again. */
struct rnni_fields {
    const char *text;
    size_t at, end;
    uint32_t line, column;             /* of the next field, counted from 1 */
    uint32_t unit;                     /* bytes of a code unit: 1 for UTF-8, 2 for UTF-16 */
    bool big_endian;                   /* of UTF-16 */
    bool latin1;                       /* a byte that is not UTF-8 was read */
    bool inside;                       /* a line has begun, and its last field has not been read */
    char separator;                    /* ',' or ';' or a tab */
    size_t header, header_bytes;       /* the line whose repetitions are skipped */
    uint32_t blank_lines, repetitions; /* how many lines were skipped before the field read last */
};

struct rnni_field {
    char text
        [RNNI_FIELD_BYTES]; /* UTF-8 without quotes and without blanks around it, not terminated; cut if it does not fit */
    size_t length;          /* bytes in `text` */
    size_t start, end;      /* its bytes in the file, with the quotes */
    uint32_t line, column; /* where it begins */
    bool quoted, cut;
    bool open; /* the quote at `start` is never closed */
    bool last; /* of its line */
};

/* Finds the encoding and the separator, and moves to the first line with a value. RNN_ERROR_CSV: the file has no line, or is no
 * text. */
enum rnn_status rnni_fields_begin(struct rnni_fields *fields, const char *text, size_t bytes,
                                  struct rnn_diagnosis *diagnosis);

/* Reads the next field. Returns false at the end of the text. */
bool rnni_field_next(struct rnni_fields *fields, struct rnni_field *field);

/* Skip the lines from now on that equal the header, which is text[start .. end). */
void rnni_fields_skip_header(struct rnni_fields *fields, size_t start, size_t end);

/* Begins a message at a field, or ends it with what the field contains: , got "abc". */
enum rnn_status rnni_field_fail(const struct rnni_field *field, const char *text, struct rnn_diagnosis *diagnosis);
void rnni_field_quote(const struct rnni_fields *fields, const struct rnni_field *field,
                      struct rnn_diagnosis *diagnosis);

/* ------------------------------------------------------------------------------------------------ numbers
 *
 * A number may have a sign (also Unicode's minus U+2212), digits in groups of three (1,234 or 1.234 or 1 234 or 1'234), a decimal
 * point or comma, and, without groups, an exponent. Which mark separates the decimals is decided once for a whole text: 0,5 proves
 * that it is the comma, and 1,234.5 that it is the point, but 1,234 proves nothing. */

struct rnni_marks {
    struct rnni_field comma, point; /* the first number that proves this mark; line 0: none */
    struct rnni_field unclear;      /* the first number with a comma that may be either */
    bool unclear_point;             /* there is a number like 1.234 */
    bool grouped;                   /* digits are in groups */
    bool minus;                     /* there is a minus sign of Unicode */
};

/* Takes a field into account. *marks: in and out, all zero before the first field. */
void rnni_marks_add(struct rnni_marks *marks, const struct rnni_field *field);

/* The decimal mark, '.' or ','. RNN_ERROR_CSV: the numbers contradict each other, or are all unclear. */
enum rnn_status rnni_marks_decide(struct rnni_marks *marks, const struct rnni_fields *fields, char *decimal,
                                  struct rnn_diagnosis *diagnosis);

/* Reads a field as the nearest float, which may be infinite. Returns false if it is no number. */
bool rnni_field_number(const struct rnni_fields *fields, const struct rnni_field *field, char decimal, float *value);

/* The number in a field as rnn_decimal_read takes it: a plain sign, no groups, a decimal point. Returns its length, or 0 if the
 * field is no number, or longer than RNNI_FIELD_BYTES. */
size_t rnni_field_plain(const struct rnni_field *field, char decimal, char number[RNNI_FIELD_BYTES]);

/* Does the field stand for a missing value? It is empty, or NA, N/A, NaN, NULL, #N/A or a single - or ?, in any case. */
bool rnni_field_is_missing(const struct rnni_field *field);

/* Is the field this text, given in small letters? Capitals count as small letters. */
bool rnni_field_is(const struct rnni_field *field, const char *text);

/* ------------------------------------------------------------------------------------------------ dates */

/* The orders in which a date can be written; numbers are separated by one of . - / and a year has four digits, or at the
 * end, behind . or /, two: 69 ... 99 are 1969 ... 1999. A month without its
 * day has no point, because 2010.01 is a number. */
enum rnni_date_order {
    RNNI_YEAR_MONTH_DAY = 1, /* 2010-03-12, 2010/03/12, 20100312 */
    RNNI_DAY_MONTH_YEAR = 2, /* 12.03.2010, 12/03/2010 */
    RNNI_MONTH_DAY_YEAR = 4, /* 03/12/2010 */
    RNNI_YEAR_DAY_MONTH = 8, /* 2010-12-03 */
    RNNI_YEAR_MONTH = 16,    /* 2010-03, 2010/3 */
    RNNI_MONTH_YEAR = 32,    /* 03/2010, 3-2010 */
    RNNI_YEAR = 64,          /* 2010, which may also be any number */
    RNNI_CLOCK = 128         /* 08:15 or 08:15:30, a time of day without its date */
};

/* A date of the Gregorian calendar and, if given, a time of day. A month begins with its first day, and a year with its first month.
 * A time of day alone has day 0. */
struct rnni_date {
    int32_t day;     /* days since 1 January 1970 */
    uint32_t second; /* of the day */
};

/* The orders, as a sum of enum rnni_date_order, in which a field is a date that exists. 0: in none. Of a column, take the orders that all
 * its fields have in common. If several remain, YEAR_MONTH_DAY is meant before YEAR_DAY_MONTH, but whether the day or the month
 * comes first in the other two is not certain. A time hh:mm or hh:mm:ss may follow behind a blank or a T, and then Z, AM or PM. */
uint32_t rnni_field_dates(const struct rnni_field *field);

/* Is it a date whose year has two digits and comes last, such as 12.03.10? */
bool rnni_field_short_year(const struct rnni_field *field);

/* Reads a field as a date. order: one that rnni_field_dates gave for it. */
struct rnni_date rnni_field_date(const struct rnni_field *field, enum rnni_date_order order);

#endif
