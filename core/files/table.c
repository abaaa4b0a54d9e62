/* A table of a time series. rnn_table_measure goes over the text to learn which column has the times and how they are written, which
 * mark separates decimals, and how far apart times are. rnn_table_read goes over it again and reads the numbers.
 *
 * The most common distance of two times is found without a list of them (Boyer & Moore 1981): a candidate gains a vote by each equal
 * distance and loses one by each other, and is replaced at zero. If any distance makes up more than half, it is the candidate at the
 * end; a second pass counts. */
#include "decimal.h"
#include "diagnose.h"
#include "fields.h"
#include "writer.h"

#define SECONDS_OF_DAY     86400
#define DAY_OR_MONTH_FIRST (RNNI_DAY_MONTH_YEAR | RNNI_MONTH_DAY_YEAR)

static const char *const missing_names[] = {"refuse", "drop", "fill"};

const char *rnn_missing_name(uint32_t index)
{
    return RNNI_NAME(missing_names, index);
}

/* ------------------------------------------------------------------------------------------------ the header and the columns */

static bool is_number(const struct rnni_field *field)
{
    char number[RNNI_FIELD_BYTES];
    return rnni_field_plain(field, '.', number) || rnni_field_plain(field, ',', number);
}

/* Moves behind the header and counts its columns. */
static enum rnn_status skip_header(struct rnni_fields *fields, const char *text, size_t bytes, uint32_t *columns,
                                   struct rnn_diagnosis *diagnosis)
{
    struct rnni_field field, first = {0};
    uint32_t named = 0;
    *columns = 0;
    RNNI_TRY(rnni_fields_begin(fields, text, bytes, diagnosis));
    const size_t start = fields->at;
    do {
        if (!rnni_field_next(fields, &field)) break;
        if (field.open) return rnni_field_fail(&field, "expected a quote at the end of this name", diagnosis);
        if ((*columns)++ == 0) first = field;
        named += !rnni_field_is_missing(&field) && !is_number(&field) && !rnni_field_dates(&field);
    } while (!field.last);
    if (named == 0) {
        rnni_field_fail(&first, "expected a first line that names the columns", diagnosis);
        rnni_field_quote(fields, &first, diagnosis);
        return RNN_ERROR_CSV;
    }
    rnni_fields_skip_header(fields, start, field.end);
    return RNN_OK;
}

static enum rnn_status length_error(const struct rnni_field *field, uint32_t columns, uint32_t got,
                                    struct rnn_diagnosis *diagnosis)
{
    rnni_diagnose_at(diagnosis, field->line, got < columns ? got + 1 : columns + 1, field->end);
    rnni_diagnose_text(diagnosis, "expected ");
    rnni_diagnose_number(diagnosis, columns);
    rnni_diagnose_text(diagnosis, columns == 1 ? " column" : " columns");
    rnni_diagnose_text(diagnosis, ", as in the first line, got ");
    rnni_diagnose_number(diagnosis, got);
    if (columns == 1) rnni_diagnose_text(diagnosis, ". Delete titles above the names of the columns");
    return RNN_ERROR_CSV;
}

/* Goes over the fields of a text below its header. */
struct walk {
    struct rnni_fields fields, line; /* line: at the beginning of the line of the field */
    struct rnni_field field;
    uint32_t columns, column; /* the column of the field, counted from 0 */
    uint32_t row;
    struct rnni_date clock; /* of times of day alone: the day since the first line, and the time of the line before */
    struct rnn_diagnosis *diagnosis;
};

/* Reads on to the end of a line, of which at least one field is still to be read. */
static bool skip_line(struct rnni_fields *fields)
{
    struct rnni_field field;
    do
        if (!rnni_field_next(fields, &field)) return false;
    while (!field.last);
    return true;
}

static enum rnn_status begin(struct walk *walk, const char *text, size_t bytes, const struct rnn_table *table,
                             struct rnn_diagnosis *diagnosis)
{
    *walk = (struct walk){.diagnosis = diagnosis};
    if (table->undated && table->end >= 0 && table->end < (double)bytes) bytes = (size_t)table->end;
    RNNI_TRY(skip_header(&walk->fields, text, bytes, &walk->columns, diagnosis));
    if (table->unit_line) skip_line(&walk->fields);
    walk->column = UINT32_MAX; /* the next field is in column 0 */
    walk->row = UINT32_MAX;
    walk->field.last = true;
    return RNN_OK;
}

/* Reads the next field. *more: out, is there one? Lines of another length than the header's are an error. */
static enum rnn_status next(struct walk *walk, bool *more)
{
    const bool begins = walk->field.last;
    if (begins) walk->line = walk->fields;
    *more = rnni_field_next(&walk->fields, &walk->field);
    if (!*more) return RNN_OK;
    if (begins) walk->row++;
    walk->column = begins ? 0 : walk->column + 1;
    const bool is_last = walk->column == walk->columns - 1;
    if (walk->field.open)
        return rnni_field_fail(&walk->field, "expected a quote at the end of this field", walk->diagnosis);
    if (walk->column >= walk->columns || walk->field.last != is_last) {
        uint32_t got = walk->column + 1;
        struct rnni_field rest = walk->field;
        while (!rest.last && rnni_field_next(&walk->fields, &rest)) got++;
        return length_error(&rest, walk->columns, got, walk->diagnosis);
    }
    if (is_last && walk->row == UINT32_MAX - 1) return RNN_ERROR_TOO_LARGE;
    return RNN_OK;
}

/* Adds a unit to a name that has none, in brackets: temp (°C). */
static void add_unit(char *name, size_t bytes, const struct rnni_field *unit)
{
    const size_t length = strlen(name);
    struct rnni_writer writer = {name + length, bytes - 1 - length, 0};
    const char last = length ? name[length - 1] : ')', first = unit->text[0];
    const bool in_brackets = first == '(' || first == '[';
    if (rnni_field_is_missing(unit) || unit->length + 3 > writer.capacity || last == ')' || last == ']') return;
    rnni_put_text(&writer, in_brackets ? " " : " (");
    rnni_put(&writer, unit->text, unit->length);
    if (!in_brackets) rnni_put_text(&writer, ")");
}

enum rnn_status rnn_table_column_of(const char *text, size_t bytes, const struct rnn_table *table, uint32_t index,
                                    struct rnn_table_column *column)
{
    struct rnni_fields fields;
    struct rnni_field field;
    struct walk walk;
    bool more = true;
    char number[RNNI_FIELD_BYTES];
    if (!text || !table || !column || index >= table->columns) return RNN_ERROR_ARGUMENT;
    if (begin(&walk, text, bytes, table, NULL) != RNN_OK || walk.columns != table->columns ||
        rnni_fields_begin(&fields, text, bytes, NULL) != RNN_OK)
        return RNN_ERROR_SHAPE;
    for (uint32_t i = 0; i <= index; i++)
        if (!rnni_field_next(&fields, &field)) return RNN_ERROR_SHAPE;
    struct rnn_table_column found = {.kind = RNN_COLUMN_EMPTY};
    memcpy(found.name, field.text, field.length);
    if (table->unit_line && index + 1 != table->time_column) {
        if (!field.last) skip_line(&fields);
        for (uint32_t i = 0; i <= index; i++)
            if (!rnni_field_next(&fields, &field)) return RNN_ERROR_SHAPE;
        add_unit(found.name, sizeof found.name, &field);
    }
    if (index + 1 == table->time_column || index + 1 == table->clock_column) found.kind = RNN_COLUMN_TIME;
    while (found.kind == RNN_COLUMN_EMPTY) {
        if (next(&walk, &more) != RNN_OK) return RNN_ERROR_SHAPE;
        if (!more) break;
        if (walk.column != index || rnni_field_is_missing(&walk.field)) continue;
        const bool plain = rnni_field_plain(&walk.field, (char)table->decimal, number);
        found.kind = plain ? RNN_COLUMN_NUMBERS : RNN_COLUMN_WORDS;
    }
    *column = found;
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ times */

/* The calendar date of a day since 1 January 1970 (Hinnant, civil_from_days). */
static void date_of_day(int64_t day, uint32_t *year, uint32_t *month, uint32_t *day_of_month)
{
    const uint32_t days = (uint32_t)(day + 719468); /* since 1 March of year 0 */
    const uint32_t era = days / 146097, of_era = days % 146097;
    const uint32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const uint32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const uint32_t from_march = (5 * of_year + 2) / 153;
    *day_of_month = of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* A date in the unit of the table. */
static double time_of(const struct rnn_table *table, struct rnni_date date)
{
    uint32_t year, month, day;
    if (!table->months) return (double)date.day * SECONDS_OF_DAY + date.second;
    date_of_day(date.day, &year, &month, &day);
    return ((double)year - 1970) * 12 + month - 1;
}

/* The field of the line in a column that is counted from 1. */
static struct rnni_field field_in(const struct walk *walk, uint32_t column)
{
    struct rnni_fields look = walk->line;
    struct rnni_field field = {0};
    for (uint32_t i = 0; i < column && !field.last; i++) rnni_field_next(&look, &field);
    return field;
}

/* The date of the field that was read. It must be asked for once in each line, because a time of day alone that is earlier than the
 * one before it (with `descending`, later) is of another day. */
static struct rnni_date date_of(const struct rnn_table *table, struct walk *walk)
{
    struct rnni_date date = rnni_field_date(&walk->field, (enum rnni_date_order)table->date_order);
    if (table->clock_column) {
        const struct rnni_field clock = field_in(walk, table->clock_column);
        date.second = rnni_field_date(&clock, RNNI_CLOCK).second;
    }
    if (table->date_order != RNNI_CLOCK) return date;
    const uint32_t before = walk->clock.second;
    if (walk->row && (table->descending ? date.second > before : date.second < before))
        walk->clock.day += table->descending ? -1 : 1;
    walk->clock.second = date.second;
    return walk->clock;
}

/* The time of the line as a message quotes it: its date, and its time of day if that is in another column. */
static struct rnni_field quoted_time(const struct rnn_table *table, const struct walk *walk)
{
    struct rnni_field time = walk->field;
    if (!table->clock_column) return time;
    const struct rnni_field clock = field_in(walk, table->clock_column);
    if (time.length + 1 + clock.length > sizeof time.text) return time;
    time.text[time.length] = ' ';
    memcpy(time.text + time.length + 1, clock.text, clock.length);
    time.length += 1 + clock.length;
    time.quoted = true; /* the text is not that of the file */
    return time;
}

/* Moves to the time of the next row. *more: out, is there one? */
static enum rnn_status next_time(struct walk *walk, const struct rnn_table *table, bool *more)
{
    do RNNI_TRY(next(walk, more));
    while (*more && walk->column + 1 != table->time_column);
    return RNN_OK;
}

static enum rnn_status time_error(const struct walk *walk, const char *text, const char *advice)
{
    rnni_field_fail(&walk->field, text, walk->diagnosis);
    rnni_field_quote(&walk->fields, &walk->field, walk->diagnosis);
    rnni_diagnose_text(walk->diagnosis, advice);
    return RNN_ERROR_CSV;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_digits(const struct rnni_field *field)
{
    for (size_t i = 0; i < field->length; i++)
        if (!is_digit(field->text[i])) return false;
    return true;
}

/* May a field of the first row, in these orders a date, stand in the column of times? 20100312 may be any number, unless it stands
 * where times do, and 2010, unless the column has such a name. */
static bool may_be_time(const struct rnni_field *field, uint32_t column, uint32_t dates, const char *text, size_t bytes)
{
    struct rnni_fields fields;
    struct rnni_field name = {0};
    if (dates != RNNI_YEAR) return dates && (column == 0 || !is_digits(field));
    rnni_fields_begin(&fields, text, bytes, NULL);
    for (uint32_t i = 0; i <= column; i++) rnni_field_next(&fields, &name);
    return rnni_field_is(&name, "year") || rnni_field_is(&name, "date") || rnni_field_is(&name, "time");
}

/* Finds the column of times and that of their times of day in the first row. A year or a time of day alone gives way to a date. Its time
 * of day is the first one behind it, or else the first one before it. */
static void find_times(struct rnni_fields fields, const char *text, size_t bytes, struct rnn_table *table)
{
    struct rnni_field field;
    uint32_t column = 0, orders = 0, before = 0, behind = 0;
    do {
        if (!rnni_field_next(&fields, &field)) return;
        const uint32_t dates = rnni_field_dates(&field);
        uint32_t *const clock = orders && orders < RNNI_YEAR_MONTH ? &behind : &before;
        if (dates == RNNI_CLOCK && !*clock) *clock = column + 1;
        if (may_be_time(&field, column, dates, text, bytes) &&
            (!table->time_column || (orders >= RNNI_YEAR && dates < RNNI_YEAR))) {
            table->time_column = column + 1;
            orders = dates;
        }
        column++;
    } while (!field.last);
    if (orders < RNNI_YEAR_MONTH) table->clock_column = behind ? behind : before;
}

/* Does a line have words, but no number and no date, and at least one word above a number of the next line? Where that has no date, no
 * word may stand above a word, because the line may then be a row. */
static bool is_unit_line(struct rnni_fields fields, uint32_t columns)
{
    struct rnni_fields below = fields;
    struct rnni_field unit, field;
    bool above_number = false, above_word = false, dated = false;
    if (!skip_line(&below)) return false;
    do {
        if (!rnni_field_next(&fields, &unit) || !rnni_field_next(&below, &field)) return false;
        if (is_number(&unit) || rnni_field_dates(&unit)) return false;
        const bool number = is_number(&field), date = !number && rnni_field_dates(&field);
        dated |= date;
        if (!rnni_field_is_missing(&unit)) {
            above_number |= number;
            above_word |= !number && !date && !rnni_field_is_missing(&field);
        }
        columns--;
    } while (!unit.last && !field.last);
    return above_number && (dated || !above_word) && unit.last && field.last && columns == 0;
}

/* Finds the lines at the end whose field of the time begins with no digit. */
static void find_undated(struct rnni_fields fields, struct rnn_table *table)
{
    struct rnni_field field;
    table->undated = 0;
    while (rnni_field_next(&fields, &field)) {
        const uint32_t line = field.line;
        bool dated = false;
        for (uint32_t column = 1;; column++) {
            if (column == table->time_column) dated = field.length && is_digit(field.text[0]);
            if (field.last || !rnni_field_next(&fields, &field)) break;
        }
        if (dated) {
            table->end = (double)fields.at;
            table->undated = 0;
        } else if (table->undated++ == 0)
            table->undated_line = line;
    }
}

/* Before the first pass: which lines are rows, and in which column their times are. */
static enum rnn_status lay_out(const char *text, size_t bytes, struct rnn_table *table, struct rnn_diagnosis *diagnosis)
{
    struct rnni_fields fields;
    struct rnni_field unit;
    RNNI_TRY(skip_header(&fields, text, bytes, &table->columns, diagnosis));
    if (is_unit_line(fields, table->columns)) {
        rnni_field_next(&fields, &unit);
        table->unit_line = unit.line;
        if (!unit.last) skip_line(&fields);
    }
    find_times(fields, text, bytes, table);
    if (table->time_column) find_undated(fields, table);
    return RNN_OK;
}

/* The years of a column, as long as each differs from the one before in the same direction. */
struct years {
    int32_t previous;
    int direction;
};

static bool go_on(struct years *years, const struct walk *walk)
{
    const int32_t day = rnni_field_date(&walk->field, RNNI_YEAR).day;
    const int direction = walk->row == 0 ? 0 : (day > years->previous) - (day < years->previous);
    const bool same = walk->row == 0 || (direction && (!years->direction || direction == years->direction));
    years->previous = day;
    years->direction = direction;
    return same;
}

/* Takes a time of day into account. Of the first two, the shorter way around the clock says whether the latest comes first. Returns false
 * if it is none. */
static bool follow(struct rnn_table *table, struct rnni_date *clock, const struct walk *walk, uint32_t dates)
{
    const uint32_t second = rnni_field_date(&walk->field, RNNI_CLOCK).second, day = SECONDS_OF_DAY;
    if (dates != RNNI_CLOCK) return false;
    if (walk->row == 0) clock->second = second;
    if (walk->row == 1) table->descending = (second + day - clock->second) % day > day / 2;
    return true;
}

/* The column with the times of day of the dates. It is one only if dates repeat: otherwise, they say all, and the column is of something
 * else, such as sunrise. */
struct clock_column {
    struct rnni_field previous, broken;
    bool repeated, is_broken;
};

static void look_at_clock(struct clock_column *clock, const struct walk *walk, const struct rnn_table *table,
                          uint32_t dates)
{
    const struct rnni_field *field = &walk->field;
    if (walk->column + 1 == table->clock_column && dates != RNNI_CLOCK && !clock->is_broken) {
        clock->broken = *field;
        clock->is_broken = true;
    }
    if (walk->column + 1 != table->time_column) return;
    clock->repeated |= walk->row > 0 && field->length == clock->previous.length &&
                       memcmp(field->text, clock->previous.text, field->length) == 0;
    clock->previous = *field;
}

/* First pass: the lines, how times are written, and the decimal mark. */
static enum rnn_status survey(const char *text, size_t bytes, struct rnn_table *table, struct rnn_diagnosis *diagnosis)
{
    struct walk walk;
    struct rnni_marks marks = {0};
    struct rnni_field first = {0};
    struct years years = {0};
    struct rnni_date clock = {0};
    struct clock_column clocks = {0};
    bool more;
    char decimal;
    uint32_t orders = 0;
    RNNI_TRY(begin(&walk, text, bytes, table, diagnosis));
    for (;;) {
        RNNI_TRY(next(&walk, &more));
        if (!more) break;
        const uint32_t dates = rnni_field_dates(&walk.field);
        if (table->clock_column) look_at_clock(&clocks, &walk, table, dates);
        const bool is_time = walk.column + 1 == table->time_column;
        if (is_time && walk.row == 0) {
            first = walk.field;
            orders = dates;
        }
        if (is_time && orders == RNNI_YEAR && (dates != RNNI_YEAR || !go_on(&years, &walk)))
            table->time_column = 0; /* these years are numbers */
        if (is_time && orders == RNNI_CLOCK && !follow(table, &clock, &walk, dates))
            table->time_column = 0; /* these times are words */
        if (walk.column + 1 != table->time_column) {
            rnni_marks_add(&marks, &walk.field);
            continue;
        }
        orders &= dates;
        if (orders) continue;
        rnni_field_fail(&walk.field, "expected a date as in line ", diagnosis);
        rnni_diagnose_number(diagnosis, first.line);
        rnni_field_quote(&walk.fields, &walk.field, diagnosis);
        rnni_diagnose_text(diagnosis, ". Correct it, or delete this line");
        return RNN_ERROR_CSV;
    }
    if (!clocks.repeated) table->clock_column = 0;
    if (table->clock_column && clocks.is_broken) {
        walk.field = clocks.broken;
        return time_error(&walk, "expected a time of day", ". Correct it, or delete this column");
    }
    table->rows = walk.row + 1;
    table->columns = walk.columns;
    if (table->rows == 0) {
        rnni_diagnose_at(diagnosis, walk.fields.line, 0, walk.fields.at);
        rnni_diagnose_text(diagnosis, "expected at least one line below the names of the columns, got none");
        return RNN_ERROR_CSV;
    }
    RNNI_TRY(rnni_marks_decide(&marks, &walk.fields, &decimal, diagnosis));
    table->decimal = (uint32_t)decimal;
    if (!table->time_column) return RNN_OK;
    if (orders & RNNI_YEAR_MONTH_DAY) orders = RNNI_YEAR_MONTH_DAY;
    table->date_order = orders;
    return RNN_OK;
}

/* Second pass: the direction, whether the times are months, the first time, and how far the last is from it. */
static enum rnn_status survey_times(const char *text, size_t bytes, struct rnn_table *table, double *span,
                                    struct rnn_diagnosis *diagnosis)
{
    struct walk walk;
    struct rnni_date first = {0}, date = {0};
    bool more, monthly = table->date_order != RNNI_CLOCK;
    double previous = 0;
    uint32_t year, month, day, first_day = 0;
    int direction = 0;
    RNNI_TRY(begin(&walk, text, bytes, table, diagnosis));
    for (;;) {
        RNNI_TRY(next_time(&walk, table, &more));
        if (!more) break;
        date = date_of(table, &walk);
        date_of_day(date.day, &year, &month, &day);
        if (walk.row == 0) {
            first = date;
            first_day = day;
        }
        const double time = time_of(table, date); /* in seconds */
        const int step = walk.row == 0 ? 0 : (time > previous) - (time < previous);
        if (step * direction < 0) {
            walk.field = quoted_time(table, &walk);
            return time_error(
                &walk, direction > 0 ? "expected a time after the one above" : "expected a time before the one above",
                ". Sort the lines by time");
        }
        if (step) direction = step;
        monthly = monthly && day == first_day && date.second == first.second;
        previous = time;
    }
    table->descending = direction < 0;
    /* Two different times on the same day of a month are months apart. */
    table->months = monthly && (direction || table->date_order >= RNNI_YEAR_MONTH);
    const double one = time_of(table, first), other = time_of(table, date);
    table->first_time = direction < 0 ? other : one;
    *span = direction < 0 ? one - other : other - one;
    return RNN_OK;
}

/* Goes over the distances of neighboring times: to find the candidate for the step, or to count how often it occurs. */
static enum rnn_status pass_distances(const char *text, size_t bytes, struct rnn_table *table, bool counting,
                                      uint64_t *votes, uint64_t *distances)
{
    struct walk walk;
    bool more;
    double previous = 0;
    *votes = *distances = 0;
    RNNI_TRY(begin(&walk, text, bytes, table, NULL));
    for (;;) {
        RNNI_TRY(next_time(&walk, table, &more));
        if (!more) return RNN_OK;
        const double time = time_of(table, date_of(table, &walk));
        const double distance = time > previous ? time - previous : previous - time;
        previous = time;
        if (walk.row == 0 || distance == 0) continue;
        ++*distances;
        if (!counting && *votes == 0) table->step = distance;
        if (distance == table->step)
            ++*votes;
        else if (!counting)
            --*votes;
    }
}

/* *votes: out, how many distances are the step. */
static enum rnn_status measure_times(const char *text, size_t bytes, struct rnn_table *table, uint64_t *votes,
                                     struct rnn_diagnosis *diagnosis)
{
    uint64_t distances;
    double span = 0;
    *votes = 0;
    RNNI_TRY(survey_times(text, bytes, table, &span, diagnosis));
    table->step = table->date_order == RNNI_YEAR ? 12 : table->months ? 1 : SECONDS_OF_DAY; /* of one time alone */
    RNNI_TRY(pass_distances(text, bytes, table, false, votes, &distances));
    RNNI_TRY(pass_distances(text, bytes, table, true, votes, &distances));
    table->times = (uint64_t)(span / table->step) + 1;
    if (distances == 0 || 2 * *votes > distances) return RNN_OK;
    rnni_diagnose_at(diagnosis, 0, table->time_column, 0);
    rnni_diagnose_text(
        diagnosis,
        "expected times at regular distances, but no distance occurs in more than half of the lines. Without "
        "the column of times, the lines are read one after another");
    return RNN_ERROR_CSV;
}

/* Measures times. If no date shows whether the day or the month comes first, more distances are the same in the right order: a table by
 * the hour would jump over a month at each midnight in the other one. Where they are as many, dates with points begin with the day. */
static enum rnn_status find_order(const char *text, size_t bytes, struct rnn_table *table,
                                  struct rnn_diagnosis *diagnosis)
{
    struct rnn_table other = *table;
    struct walk walk;
    uint64_t votes[2];
    bool more;
    if (table->date_order != DAY_OR_MONTH_FIRST) return measure_times(text, bytes, table, votes, diagnosis);
    table->date_order = RNNI_DAY_MONTH_YEAR;
    other.date_order = RNNI_MONTH_DAY_YEAR;
    const enum rnn_status day_first = measure_times(text, bytes, table, &votes[0], NULL);
    const enum rnn_status month_first = measure_times(text, bytes, &other, &votes[1], NULL);
    if (day_first != RNN_OK && month_first != RNN_OK) return measure_times(text, bytes, table, votes, diagnosis);
    if (day_first != RNN_OK || (month_first == RNN_OK && votes[0] < votes[1])) *table = other;
    if (day_first != month_first || votes[0] != votes[1]) return RNN_OK;
    RNNI_TRY(begin(&walk, text, bytes, table, diagnosis));
    RNNI_TRY(next_time(&walk, table, &more));
    if (walk.field.text[1 + is_digit(walk.field.text[1])] == '.') return RNN_OK;
    return time_error(&walk, "expected at least one date that shows whether the day or the month comes first",
                      ". Write dates as year-month-day");
}

/* As find_order. Days that are written 24.03.01, with the year first, would be years apart if the year were last. */
static enum rnn_status find_distances(const char *text, size_t bytes, struct rnn_table *table,
                                      struct rnn_diagnosis *diagnosis)
{
    struct walk walk;
    bool more;
    RNNI_TRY(find_order(text, bytes, table, diagnosis));
    if (!table->months || table->step < 12) return RNN_OK;
    RNNI_TRY(begin(&walk, text, bytes, table, diagnosis));
    RNNI_TRY(next_time(&walk, table, &more));
    if (!rnni_field_short_year(&walk.field)) return RNN_OK;
    return time_error(&walk, "expected a year of four digits", ". Write dates as year-month-day");
}

enum rnn_status rnn_table_measure(const char *text, size_t bytes, struct rnn_table *table,
                                  struct rnn_diagnosis *diagnosis)
{
    struct rnn_table found = {.step = 1};
    if (!text || !table) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(lay_out(text, bytes, &found, diagnosis));
    const bool may_have_times = found.time_column != 0;
    RNNI_TRY(survey(text, bytes, &found, diagnosis));
    const enum rnn_status status = found.time_column ? find_distances(text, bytes, &found, diagnosis) : RNN_OK;
    if (status != RNN_OK && found.date_order != RNNI_CLOCK) return status;
    if (may_have_times && (status != RNN_OK || !found.time_column)) { /* they are none, and each line is a row */
        found = (struct rnn_table){.step = 1, .unit_line = found.unit_line};
        RNNI_TRY(survey(text, bytes, &found, diagnosis));
    }
    if (!found.time_column) found.times = found.rows;
    *table = found;
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ read */

/* A call of rnn_table_read. */
struct reading {
    const struct rnn_table *table;
    const uint32_t *columns;
    uint32_t count, missing;
    double *values, *positions;
    struct rnn_table_report report;
    struct walk walk;
    double missing_code; /* the number that stands for a missing value, or NAN */
    /* of the present line */
    double position;
    bool irregular;
    struct rnni_field hole; /* its first missing value; line 0: none */
    double previous;        /* the position of the regular line before it */
    bool has_previous;
};

static void count_place(struct rnn_table_places *places, double count, uint32_t line, uint32_t column)
{
    if (places->count == 0) {
        places->line = line;
        places->column = column;
    }
    places->count = count < (double)(UINT32_MAX - places->count) ? places->count + (uint32_t)count : UINT32_MAX;
}

/* Ends the message about something that only RNN_MISSING_REFUSE does not accept. */
static enum rnn_status refuse(const struct reading *reading, const struct rnni_field *field, const char *text)
{
    rnni_field_fail(field, text, reading->walk.diagnosis);
    rnni_field_quote(&reading->walk.fields, field, reading->walk.diagnosis);
    if (field == &reading->hole && !rnni_field_is_missing(field))
        rnni_diagnose_text(reading->walk.diagnosis,
                           ", which stands for a missing value, because no other number comes near it");
    rnni_diagnose_text(reading->walk.diagnosis, ". Correct it, or set missing to drop or fill");
    return RNN_ERROR_CSV;
}

static enum rnn_status refuse_time(const struct reading *reading, const char *text)
{
    const struct rnni_field time = quoted_time(reading->table, &reading->walk);
    return refuse(reading, &time, text);
}

/* Takes the time of a line: its position, and whether there is a gap before it. */
static enum rnn_status take_time(struct reading *reading)
{
    const struct rnn_table *table = reading->table;
    const struct rnni_field *field = &reading->walk.field;
    const double position = (time_of(table, date_of(table, &reading->walk)) - table->first_time) / table->step;
    const bool refuses = reading->missing == RNN_MISSING_REFUSE;
    struct rnn_table_report *report = &reading->report;
    reading->position = position;
    reading->irregular = !(position >= 0 && position < 0x1p32 && position == (double)(uint64_t)position);
    if (reading->irregular) {
        count_place(&report->irregular_times, 1, field->line, field->column);
        return refuses ? refuse_time(reading, "expected a time that is a whole number of steps after the first")
                       : RNN_OK;
    }
    const double distance = table->descending ? reading->previous - position : position - reading->previous;
    const bool first = !reading->has_previous;
    reading->has_previous = true;
    reading->previous = position;
    if (first || distance == 1) return RNN_OK;
    if (distance < 0) return RNN_ERROR_SHAPE; /* another text */
    if (distance == 0) {
        reading->irregular = true; /* the line is left out */
        count_place(&report->repeated_times, 1, field->line, field->column);
        return refuses ? refuse_time(reading, "expected each time once") : RNN_OK;
    }
    count_place(&report->missing_times, distance - 1, field->line, field->column);
    return refuses ? refuse_time(reading, "expected a time one step after that of the line above") : RNN_OK;
}

/* Is the column of the field one of those that are read? Without a list, all are. */
static bool is_wanted(const struct reading *reading, const struct walk *walk)
{
    if (!reading->columns) return true;
    for (uint32_t i = 0; i < reading->count; i++)
        if (reading->columns[i] == walk->column) return true;
    return false;
}

static bool read_number(const struct reading *reading, const struct rnni_field *field, double *value)
{
    char number[RNNI_FIELD_BYTES];
    const size_t bytes = rnni_field_plain(field, (char)reading->table->decimal, number);
    return bytes && rnni_decimal_read_double(number, bytes, value) == bytes && isfinite(*value);
}

/* Finds the number that stands for a missing value: no other number may be as low as a tenth of it. */
static enum rnn_status find_missing_code(struct reading *reading)
{
    static const uint32_t codes[] = {999, 9999};
    double others[RNNI_COUNT(codes)] = {INFINITY, INFINITY}, value; /* the lowest number that is not the code */
    bool seen[RNNI_COUNT(codes)] = {false}, more;
    struct walk walk = reading->walk;
    for (;;) {
        RNNI_TRY(next(&walk, &more));
        if (!more) break;
        if (!is_wanted(reading, &walk) || !read_number(reading, &walk.field, &value)) continue;
        for (size_t i = 0; i < RNNI_COUNT(codes); i++) {
            if (value == -(double)codes[i])
                seen[i] = true;
            else if (value < others[i])
                others[i] = value;
        }
    }
    for (size_t i = 0; i < RNNI_COUNT(codes); i++)
        if (seen[i] && isfinite(others[i]) && others[i] > -(double)(codes[i] / 10)) {
            reading->report.missing_code = codes[i];
            reading->missing_code = -(double)codes[i];
        }
    return RNN_OK;
}

/* Takes a value into each place of the row that asks for its column. */
static enum rnn_status take_value(struct reading *reading)
{
    const struct walk *walk = &reading->walk;
    double *row = reading->values + (size_t)reading->report.rows * reading->count, value = NAN;
    if (!is_wanted(reading, walk)) return RNN_OK;
    const bool is_empty = rnni_field_is_missing(&walk->field);
    if (!is_empty && !read_number(reading, &walk->field, &value))
        return time_error(walk, "expected a number", ". Correct it, or leave the field empty if the value is missing");
    if (is_empty || value == reading->missing_code) {
        value = NAN;
        if (!reading->hole.line) reading->hole = walk->field;
    }
    for (uint32_t i = 0; i < reading->count; i++)
        if (reading->columns[i] == walk->column) row[i] = value;
    return RNN_OK;
}

/* Keeps or drops the line that has been read. */
static enum rnn_status end_row(struct reading *reading)
{
    const bool has_hole = reading->hole.line != 0;
    struct rnn_table_report *report = &reading->report;
    if (!reading->table->time_column) reading->position = reading->walk.row;
    if (has_hole) {
        count_place(&report->missing_values, 1, reading->hole.line, reading->hole.column);
        if (reading->missing == RNN_MISSING_REFUSE) return refuse(reading, &reading->hole, "expected a value");
    }
    if (reading->irregular || (has_hole && reading->missing == RNN_MISSING_DROP))
        report->dropped++;
    else
        reading->positions[report->rows++] = reading->position;
    reading->irregular = false;
    reading->hole.line = 0;
    return RNN_OK;
}

static enum rnn_status read_rows(struct reading *reading)
{
    bool more;
    for (;;) {
        RNNI_TRY(next(&reading->walk, &more));
        if (!more) return RNN_OK;
        if (reading->walk.row >= reading->table->rows) return RNN_ERROR_SHAPE; /* another text */
        RNNI_TRY(reading->walk.column + 1 == reading->table->time_column ? take_time(reading) : take_value(reading));
        if (reading->walk.field.last) RNNI_TRY(end_row(reading));
    }
}

static void copy_row(struct reading *reading, uint32_t from, uint32_t to)
{
    if (from == to) return;
    memcpy(reading->values + (size_t)to * reading->count, reading->values + (size_t)from * reading->count,
           reading->count * sizeof(double));
    reading->positions[to] = reading->positions[from];
}

static void reverse(struct reading *reading)
{
    const uint32_t rows = reading->report.rows;
    for (uint32_t low = 0; low < rows / 2; low++) {
        const uint32_t high = rows - 1 - low;
        for (uint32_t i = 0; i < reading->count; i++) {
            double *one = reading->values + (size_t)low * reading->count + i;
            double *other = reading->values + (size_t)high * reading->count + i, kept = *one;
            *one = *other;
            *other = kept;
        }
        const double kept = reading->positions[low];
        reading->positions[low] = reading->positions[high];
        reading->positions[high] = kept;
    }
}

/* Gives each missing time a row without values. The rows move to where their positions say, the last first. */
static void spread(struct reading *reading)
{
    const uint32_t rows = reading->report.rows;
    const double first = reading->positions[0];
    uint32_t end = (uint32_t)(reading->positions[rows - 1] - first) + 1;
    reading->report.rows = end;
    for (uint32_t row = rows; row-- > 0;) {
        const uint32_t to = (uint32_t)(reading->positions[row] - first);
        while (end > to + 1) {
            end--;
            reading->positions[end] = first + end;
            for (uint32_t i = 0; i < reading->count; i++) reading->values[(size_t)end * reading->count + i] = NAN;
        }
        copy_row(reading, row, to);
        end = to;
    }
}

/* Fills one column between the rows that have a value. Narrows *first and *last to the rows that have one or are between two. */
static void fill_column(struct reading *reading, uint32_t column, uint32_t *first, uint32_t *last)
{
    const uint32_t rows = reading->report.rows, count = reading->count;
    double *values = reading->values + column;
    uint32_t known = UINT32_MAX;
    for (uint32_t row = 0; row < rows; row++) {
        const double value = values[(size_t)row * count];
        if (isnan(value)) continue;
        if (known == UINT32_MAX && row > *first) *first = row;
        for (uint32_t between = known + 1; known != UINT32_MAX && between < row; between++) {
            const double before = values[(size_t)known * count], share = (double)(between - known) / (row - known);
            values[(size_t)between * count] = before + (value - before) * share;
            reading->report.filled++;
        }
        known = row;
    }
    if (known == UINT32_MAX)
        *first = rows; /* the column has no value */
    else if (known < *last)
        *last = known;
}

static void fill(struct reading *reading)
{
    spread(reading);
    uint32_t first = 0, last = reading->report.rows - 1;
    for (uint32_t i = 0; i < reading->count; i++) fill_column(reading, i, &first, &last);
    const uint32_t rows = first <= last ? last - first + 1 : 0;
    reading->report.dropped += reading->report.rows - rows;
    reading->report.rows = rows;
    for (uint32_t row = 0; row < rows; row++) copy_row(reading, first + row, row);
}

enum rnn_status rnn_table_read(const char *text, size_t bytes, const struct rnn_table *table, const uint32_t *columns,
                               uint32_t count, uint32_t missing, uint32_t capacity, double *values, double *positions,
                               struct rnn_table_report *report, struct rnn_diagnosis *diagnosis)
{
    struct rnn_table_column column;
    if (!text || !table || !columns || !values || !positions || !report || !rnn_missing_name(missing))
        return RNN_ERROR_ARGUMENT;
    if (count == 0) return RNN_ERROR_EMPTY;
    for (uint32_t i = 0; i < count; i++) {
        RNNI_TRY(rnn_table_column_of(text, bytes, table, columns[i], &column));
        if (column.kind != RNN_COLUMN_NUMBERS && column.kind != RNN_COLUMN_EMPTY) return RNN_ERROR_ARGUMENT;
    }
    if (capacity < table->rows || (missing == RNN_MISSING_FILL && capacity < table->times)) return RNN_ERROR_BLOCK;
    struct reading reading = {.table = table,
                              .columns = columns,
                              .count = count,
                              .missing = missing,
                              .values = values,
                              .positions = positions,
                              .missing_code = NAN};
    RNNI_TRY(begin(&reading.walk, text, bytes, table, diagnosis));
    if (reading.walk.columns != table->columns) return RNN_ERROR_SHAPE;
    RNNI_TRY(find_missing_code(&reading));
    RNNI_TRY(read_rows(&reading));
    if (table->undated && missing == RNN_MISSING_REFUSE) {
        reading.walk.line = reading.walk.fields;
        reading.walk.line.end = bytes;
        const struct rnni_field field = field_in(&reading.walk, table->time_column);
        return refuse(&reading, &field, "expected a time");
    }
    if (table->descending) reverse(&reading);
    if (table->time_column && reading.report.rows &&
        reading.positions[reading.report.rows - 1] - reading.positions[0] >= (double)table->times)
        return RNN_ERROR_SHAPE; /* another text */
    if (missing == RNN_MISSING_FILL && reading.report.rows) fill(&reading);
    if (reading.report.rows == 0) return RNN_ERROR_EMPTY;
    *report = reading.report;
    return RNN_OK;
}

enum rnn_status rnn_table_missing(const char *text, size_t bytes, const struct rnn_table *table, uint32_t *counts)
{
    bool more;
    double value;
    if (!text || !table || !counts) return RNN_ERROR_ARGUMENT;
    struct reading reading = {.table = table, .missing_code = NAN};
    struct walk *const walk = &reading.walk;
    if (begin(walk, text, bytes, table, NULL) != RNN_OK || walk->columns != table->columns) return RNN_ERROR_SHAPE;
    if (find_missing_code(&reading) != RNN_OK) return RNN_ERROR_SHAPE;
    for (uint32_t i = 0; i < table->columns; i++) counts[i] = 0;
    for (;;) {
        if (next(walk, &more) != RNN_OK) return RNN_ERROR_SHAPE;
        if (!more) return RNN_OK;
        counts[walk->column] += rnni_field_is_missing(&walk->field) ||
                                (read_number(&reading, &walk->field, &value) && value == reading.missing_code);
    }
}

/* ------------------------------------------------------------------------------------------------ times as text */

static int64_t day_of(double time)
{
    const int64_t day = (int64_t)(time / SECONDS_OF_DAY);
    return day - (time < (double)day * SECONDS_OF_DAY);
}

static void put_padded(struct rnni_writer *writer, uint64_t number, uint64_t least)
{
    for (; least > 1 && number < least; least /= 10) rnni_put_text(writer, "0");
    rnni_put_number(writer, number);
}

size_t rnn_table_time(const struct rnn_table *table, double position, char text[RNN_TIME_BYTES])
{
    struct rnni_writer writer = {text, RNN_TIME_BYTES - 1, 0};
    uint32_t year, month, day, second = 0;
    text[0] = 0;
    const double time = table->first_time + position * table->step;
    if (!table->time_column) {
        if (position >= 0 && position < 0x1p53) rnni_put_number(&writer, (uint64_t)position + 1);
    } else if (table->months) {
        const double month_number = time + 1970 * 12;
        if (!(month_number >= 12 && month_number < 10000 * 12)) return 0;
        year = (uint32_t)month_number / 12;
        put_padded(&writer, year, 1000);
        if (table->date_order != RNNI_YEAR) {
            rnni_put_text(&writer, "-");
            put_padded(&writer, (uint32_t)month_number % 12 + 1, 10);
        }
    } else {
        const bool is_clock = table->date_order == RNNI_CLOCK;
        /* of times of day alone: since the midnight before the first; otherwise since 1 January of year 0 */
        const double midnight =
            is_clock ? SECONDS_OF_DAY * (double)day_of(table->first_time) : -719528.0 * SECONDS_OF_DAY;
        const double since = time - midnight;
        if (!(since >= (is_clock ? 0 : 366.0 * SECONDS_OF_DAY) && since < 3652425.0 * SECONDS_OF_DAY)) return 0;
        const uint64_t seconds = (uint64_t)since;
        second = (uint32_t)(seconds % SECONDS_OF_DAY);
        if (is_clock) {
            const double last = table->first_time + (double)(table->times - 1) * table->step - midnight;
            uint64_t least = 10;
            while (least < 1000000 && last >= SECONDS_OF_DAY * (10.0 * (double)least - 1)) least *= 10;
            if (last >= SECONDS_OF_DAY) put_padded(&writer, seconds / SECONDS_OF_DAY + 1, least);
        } else {
            date_of_day((int64_t)(seconds / SECONDS_OF_DAY) - 719528, &year, &month, &day);
            put_padded(&writer, year, 1000);
            rnni_put_text(&writer, "-");
            put_padded(&writer, month, 10);
            rnni_put_text(&writer, "-");
            put_padded(&writer, day, 10);
        }
        const bool whole_days = (uint64_t)table->step % SECONDS_OF_DAY == 0;
        if (!whole_days || second || is_clock) {
            if (writer.written) rnni_put_text(&writer, " ");
            put_padded(&writer, second / 3600, 10);
            rnni_put_text(&writer, ":");
            put_padded(&writer, second / 60 % 60, 10);
            if ((uint64_t)table->step % 60 || second % 60) {
                rnni_put_text(&writer, ":");
                put_padded(&writer, second % 60, 10);
            }
        }
    }
    text[writer.written] = 0;
    return writer.written;
}
