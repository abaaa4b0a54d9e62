/* A data set as text:
 *
 *     y,x1,x2,...,xT              one feature            y,x1_1,x1_2,...,x1_F,x2_1,...,xT_F      F features
 *     1,0.5,0.25,...              the target, then the sequence, time step by time step
 *     y1,...,yT,x1,...,xT         a target at every time step
 *
 * fields.h says how other programs may have written the fields. The targets may also be the last columns.
 *
 * If the targets come first, a sequence may end before the last time step: in a data set of three time steps, 1,0.5,, and 1,0.5 are
 * sequences of one. Such a line needs a line break, because the last line of a file that was cut off looks the same.
 *
 * Reading goes over the text twice: a survey finds the names, the number of lines, the decimal mark and the labels, and then the
 * numbers are read. A column in a diagnosis is a column of the table, counted from 1.
 */
#include "diagnose.h"
#include "fields.h"
#include "writer.h"

/* The contents of the header, as far as it has been read. */
struct header {
    uint32_t unnamed;             /* 1: the first column has no name; it numbers the lines */
    uint32_t readouts;            /* number of columns of y */
    bool numbered;                /* they are named y1, ..., not y */
    bool targets_last;            /* they stand behind x */
    uint32_t timesteps, features; /* extents of x */
    bool two_parts;               /* its columns are named x1_1, not x1 */
    uint32_t x_columns;           /* number of columns of x */
    uint32_t empty;               /* number of columns without name at the end */
    struct rnni_field target;     /* the first name of y */
};

/* Labels that were seen, as a sum. */
enum { MINUS_ONE = 1, ZERO = 2, ONE = 4, OTHER = 8 };

struct csv {
    struct rnni_fields fields;
    struct header header;
    uint32_t columns; /* named and unnamed */
    uint64_t samples;
    uint32_t shorter, first_shorter; /* sequences that end early: how many, and the line of the first */
    struct rnni_marks marks;
    char decimal;
    uint32_t labels; /* those in the columns of y */
    bool words;      /* there are the labels TRUE or FALSE */
    uint32_t loss;
    uint32_t outputs; /* number of classes, 0 for any */
    struct rnn_diagnosis *diagnosis;
};

/* ------------------------------------------------------------------------------------------------ the header */

static void diagnose_x(struct rnn_diagnosis *diagnosis, const struct header *header, uint32_t index)
{
    rnni_diagnose_text(diagnosis, "x");
    rnni_diagnose_number(diagnosis, (header->two_parts ? index / header->features : index) + 1);
    if (!header->two_parts) return;
    rnni_diagnose_text(diagnosis, "_");
    rnni_diagnose_number(diagnosis, index % header->features + 1);
}

/* The index of a column among y if it is one, otherwise readouts + its index in x. */
static uint32_t place_of(const struct header *header, uint32_t column)
{
    const uint32_t index = column - 1 - header->unnamed;
    if (!header->targets_last) return index;
    return index < header->x_columns ? header->readouts + index : index - header->x_columns;
}

/* Appends the name of a column: y or y1 ..., or x1 ... or x1_1 ... */
static void diagnose_column(struct rnn_diagnosis *diagnosis, uint32_t column, const struct header *header)
{
    const uint32_t place = place_of(header, column);
    if (place >= header->readouts) {
        diagnose_x(diagnosis, header, place - header->readouts);
        return;
    }
    rnni_diagnose_text(diagnosis, "y");
    if (header->numbered) rnni_diagnose_number(diagnosis, place + 1);
}

/* A whole number from 1 to 10^9 - 1 without leading zeros at text[*at], or 0 if there is none. */
static uint32_t read_index(const char *text, size_t end, size_t *at)
{
    uint32_t value = 0;
    if (*at < end && text[*at] == '0') return 0;
    for (size_t first = *at; *at < end && text[*at] >= '0' && text[*at] <= '9'; (*at)++) {
        if (*at - first == 9) return 0;
        value = 10 * value + (uint32_t)(text[*at] - '0');
    }
    return value;
}

/* "x3" gives step 3, feature 0; "x3_2" gives step 3, feature 2. Returns false for any other name. */
static bool read_name(const struct rnni_field *field, uint32_t *step, uint32_t *feature)
{
    size_t at = 1;
    *feature = 0;
    if (field->length == 0 || (field->text[0] != 'x' && field->text[0] != 'X')) return false;
    *step = read_index(field->text, field->length, &at);
    if (!*step) return false;
    if (at == field->length) return true;
    if (field->text[at++] != '_') return false;
    *feature = read_index(field->text, field->length, &at);
    return *feature && at == field->length;
}

/* "y3" gives 3; "y" and "label" and the like give 0. Returns false for any other name. */
static bool read_target(const struct rnni_field *field, uint32_t *step)
{
    static const char *const names[] = {"y", "label", "target", "class"};
    size_t at = 1;
    *step = 0;
    for (size_t i = 0; i < RNNI_COUNT(names); i++)
        if (rnni_field_is(field, names[i])) return true;
    if (field->length == 0 || (field->text[0] != 'y' && field->text[0] != 'Y')) return false;
    *step = read_index(field->text, field->length, &at);
    return *step && at == field->length;
}

static enum rnn_status name_error(const struct csv *csv, const struct rnni_field *field)
{
    const struct header *header = &csv->header;
    struct rnn_diagnosis *diagnosis = csv->diagnosis;
    float number;
    if (!header->readouts && !header->x_columns) {
        const bool is_number = rnni_field_number(&csv->fields, field, '.', &number);
        rnni_field_fail(field,
                        is_number ? "expected a header that begins with y,x1"
                                  : "expected the column \"y\" (the target) or \"x1\"",
                        diagnosis);
        rnni_field_quote(&csv->fields, field, diagnosis);
        rnni_diagnose_text(diagnosis, is_number ? ". Add a first line that names the columns, such as y,x1,x2"
                                                : ". Name the columns y,x1,x2 and so on");
        return RNN_ERROR_CSV;
    }
    rnni_field_fail(field, "expected the column \"", diagnosis);
    if (header->x_columns == 0) {
        if (header->numbered) {
            rnni_diagnose_text(diagnosis, "y");
            rnni_diagnose_number(diagnosis, header->readouts + 1);
            rnni_diagnose_text(diagnosis, "\", \"");
        }
        rnni_diagnose_text(diagnosis, "x1\" or \"x1_1");
    } else if (header->targets_last && header->readouts) {
        rnni_diagnose_text(diagnosis, "y");
        rnni_diagnose_number(diagnosis, header->readouts + 1);
    } else {
        struct header next = *header;
        const bool widens = header->two_parts && header->timesteps == 1;
        next.features += widens; /* the name expected here may be that of one more feature */
        diagnose_x(diagnosis, &next, header->x_columns);
        if (widens) rnni_diagnose_text(diagnosis, "\" or \"x2_1");
        if (!header->readouts && header->x_columns % header->features == 0)
            rnni_diagnose_text(diagnosis, "\" or the target \"y");
    }
    rnni_diagnose_text(diagnosis, "\"");
    rnni_field_quote(&csv->fields, field, diagnosis);
    return RNN_ERROR_CSV;
}

static enum rnn_status range_error(const struct csv *csv, const struct rnni_field *field, enum rnn_quantity quantity,
                                   const char *what, uint64_t got)
{
    rnni_field_fail(field, "expected at most ", csv->diagnosis);
    rnni_diagnose_number(csv->diagnosis, (uint64_t)rnn_range_of(quantity)->maximum);
    rnni_diagnose_text(csv->diagnosis, " ");
    rnni_diagnose_text(csv->diagnosis, what);
    rnni_diagnose_text(csv->diagnosis, ", got ");
    rnni_diagnose_number(csv->diagnosis, got);
    return RNN_ERROR_CSV;
}

/* Takes the name of one column of x. In the columns of the first time step, the number of features grows. */
static enum rnn_status take_x(struct csv *csv, const struct rnni_field *field)
{
    struct header *header = &csv->header;
    uint32_t step, feature;
    const bool named = read_name(field, &step, &feature);
    if (header->x_columns == 0) {
        if (!named || step != 1 || feature > 1) return name_error(csv, field);
        header->two_parts = feature;
        header->timesteps = header->features = header->x_columns = 1;
        return RNN_OK;
    }
    const bool widens = header->two_parts && header->timesteps == 1 && named && step == 1;
    const uint32_t index = header->x_columns, features = header->features + widens;
    if (!named || step != index / features + 1 || feature != (header->two_parts ? index % features + 1 : 0))
        return name_error(csv, field);
    header->features = features;
    header->timesteps = step;
    header->x_columns++;
    if (rnn_range_check(RNN_FEATURES, features) != RNN_OK)
        return range_error(csv, field, RNN_FEATURES, "features", features);
    if (rnn_range_check(RNN_TIMESTEPS, step) != RNN_OK)
        return range_error(csv, field, RNN_TIMESTEPS, "time steps", step);
    return RNN_OK;
}

/* Takes the name of a column of y. Returns false if it cannot stand here. */
static bool take_target(struct header *header, const struct rnni_field *field)
{
    uint32_t step;
    if (!read_target(field, &step) || (header->readouts && !header->numbered) ||
        step != (step || header->readouts ? header->readouts + 1 : 0))
        return false;
    if (!header->readouts) {
        header->target = *field;
        header->numbered = step;
        header->targets_last = header->x_columns;
    }
    header->readouts++;
    return true;
}

static enum rnn_status take_name(struct csv *csv, const struct rnni_field *field)
{
    struct header *header = &csv->header;
    if (field->length == 0) {
        if (field->column == 1 && !field->last)
            header->unnamed = 1;
        else
            header->empty++;
        return RNN_OK;
    }
    if (header->empty) {
        rnni_field_fail(field, "expected no more names after a column without a name", csv->diagnosis);
        rnni_field_quote(&csv->fields, field, csv->diagnosis);
        return RNN_ERROR_CSV;
    }
    if ((header->x_columns == 0 || header->targets_last || !header->readouts) && take_target(header, field)) {
        if (rnn_range_check(RNN_TIMESTEPS, header->readouts) == RNN_OK) return RNN_OK;
        return range_error(csv, field, RNN_TIMESTEPS, "time steps", header->readouts);
    }
    if (header->targets_last) return name_error(csv, field);
    if (header->x_columns || header->readouts) return take_x(csv, field);
    uint32_t step, feature;
    return read_name(field, &step, &feature) ? take_x(csv, field) : name_error(csv, field);
}

static enum rnn_status read_header(struct csv *csv)
{
    struct header *header = &csv->header;
    struct rnni_field field, first;
    rnni_field_next(&csv->fields, &field);
    first = field;
    for (;; rnni_field_next(&csv->fields, &field)) {
        if (field.open) return rnni_field_fail(&field, "expected a closing quote, got none", csv->diagnosis);
        RNNI_TRY(take_name(csv, &field));
        if (field.last) break;
    }
    rnni_fields_skip_header(&csv->fields, first.start, field.end);
    csv->columns = field.column;
    field = (struct rnni_field){
        .start = field.end, .end = field.end, .line = field.line, .column = field.column + 1 - header->empty};
    if (header->x_columns == 0 || header->timesteps * header->features != header->x_columns || !header->readouts)
        return name_error(csv, &field);
    if (!header->numbered || header->readouts == header->timesteps) return RNN_OK;
    field.column = 0;
    rnni_field_fail(&field, "expected one target y, or one for each time step (y1 to y", csv->diagnosis);
    rnni_diagnose_number(csv->diagnosis, header->timesteps);
    rnni_diagnose_text(csv->diagnosis, "), got ");
    rnni_diagnose_number(csv->diagnosis, header->readouts);
    return RNN_ERROR_CSV;
}

/* ------------------------------------------------------------------------------------------------ values */

static enum rnn_status value_error(const struct csv *csv, const struct rnni_field *field, const char *expected)
{
    rnni_field_fail(field, expected, csv->diagnosis);
    rnni_diagnose_text(csv->diagnosis, " in column ");
    diagnose_column(csv->diagnosis, field->column, &csv->header);
    rnni_field_quote(&csv->fields, field, csv->diagnosis);
    if (rnni_field_is_missing(field))
        rnni_diagnose_text(csv->diagnosis, ". Fill in the missing value, or delete this line");
    return RNN_ERROR_CSV;
}

static enum rnn_status read_number(const struct csv *csv, const struct rnni_field *field, float *value)
{
    if (!rnni_field_number(&csv->fields, field, csv->decimal, value))
        return value_error(csv, field, "expected a number");
    if (!(*value - *value == 0))
        return value_error(csv, field, "expected a number between -3.4028235e+38 and 3.4028235e+38");
    return RNN_OK;
}

/* The message for a target that is not 0 or 1, or not a class. */
static enum rnn_status label_error(const struct csv *csv, const struct rnni_field *field, uint32_t classes)
{
    if (csv->loss == RNN_BINARY_CROSSENTROPY) return value_error(csv, field, "expected the label 0 or 1");
    rnni_field_fail(field, "expected a class (a whole number from 0 to ", csv->diagnosis);
    rnni_diagnose_number(csv->diagnosis, classes - 1);
    rnni_diagnose_text(csv->diagnosis, ") in column ");
    diagnose_column(csv->diagnosis, field->column, &csv->header);
    rnni_field_quote(&csv->fields, field, csv->diagnosis);
    return RNN_ERROR_CSV;
}

/* Reads a whole number. Accepted are a sign, zeros after the point and an exponent of zero: 1, +1, 1.0, 01, -0, 1.000e+00. A number
 * that only rounds to a whole one is not accepted. */
static bool read_whole(const char *text, size_t bytes, uint32_t *value, bool *negative)
{
    size_t at = 0, digits = 0;
    *negative = bytes && text[0] == '-';
    if (*negative || (bytes && text[0] == '+')) at++;
    for (*value = 0; at < bytes && text[at] >= '0' && text[at] <= '9'; at++, digits++)
        if (*value < 1000000) *value = 10 * *value + (uint32_t)(text[at] - '0');
    if (at < bytes && text[at] == '.')
        for (at++; at < bytes && text[at] == '0'; at++) digits++;
    if (at + 1 < bytes && (text[at] == 'e' || text[at] == 'E')) {
        at += text[at + 1] == '+' || text[at + 1] == '-' ? 2 : 1;
        if (at == bytes) return false;
        while (at < bytes && text[at] == '0') at++;
    }
    return digits > 0 && at == bytes;
}

/* Reads a label: a whole number, or TRUE or FALSE. Returns which of the labels it is, or 0 if it is none. */
static uint32_t read_label(struct csv *csv, const struct rnni_field *field, char decimal, uint32_t *value)
{
    char number[RNNI_FIELD_BYTES];
    bool negative = false, truth = rnni_field_is(field, "true");
    if (truth || rnni_field_is(field, "false")) {
        csv->words = true;
        *value = truth;
    } else if (!read_whole(number, rnni_field_plain(field, decimal, number), value, &negative)) {
        return 0;
    }
    if (negative && *value) return *value == 1 ? MINUS_ONE : 0;
    return *value == 0 ? ZERO : *value == 1 ? ONE : OTHER;
}

static enum rnn_status read_target_value(struct csv *csv, const struct rnni_field *field, float *y)
{
    if (csv->loss == RNN_MEAN_SQUARED_ERROR) return read_number(csv, field, y);
    const uint32_t most = (uint32_t)rnn_range_of(RNN_CLASSES)->maximum;
    const bool binary = csv->loss == RNN_BINARY_CROSSENTROPY;
    const uint32_t classes = binary ? 2 : csv->outputs ? csv->outputs : most;
    uint32_t value = 0, label = read_label(csv, field, csv->decimal, &value);
    if (label == MINUS_ONE && binary && csv->labels == (MINUS_ONE | ONE))
        value = 0; /* the two labels are -1 and 1 */
    else if (!label || label == MINUS_ONE || value >= classes)
        return label_error(csv, field, classes);
    *y = (float)value;
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ lines */

/* A line that is being read. */
struct line {
    rnn_real *x, *y; /* where its numbers go, or NULL in the survey */
    uint32_t steps;  /* time steps of its sequence */
    bool searched;   /* the first of its empty fields in x has been seen */
    uint32_t targets;
    struct rnni_field no_target; /* the empty field after its targets; line 0: none */
};

/* May a sequence end before this column? It needs a whole number of time steps, at least one. */
static bool can_end_before(const struct header *header, uint32_t column)
{
    const uint32_t place = column - 1 - header->unnamed, first = header->readouts + header->features;
    return !header->targets_last && place >= first && (place - first) % header->features == 0;
}

/* Has the field's line a line break? */
static bool is_ended(const struct rnni_fields *fields, const struct rnni_field *last)
{
    return fields->line > last->line;
}

/* Are this field and all after it in its line empty? */
static bool is_empty_from(const struct csv *csv, const struct rnni_field *field)
{
    struct rnni_fields ahead = csv->fields;
    struct rnni_field rest = *field;
    while (!rest.length && !rest.last) rnni_field_next(&ahead, &rest);
    return !rest.length && is_ended(&ahead, &rest);
}

static enum rnn_status column_error(struct csv *csv, const struct rnni_field *field, uint32_t column, uint64_t got)
{
    rnni_diagnose_at(csv->diagnosis, field->line, column, field->end);
    rnni_diagnose_text(csv->diagnosis, "expected ");
    rnni_diagnose_number(csv->diagnosis, csv->columns);
    rnni_diagnose_text(csv->diagnosis, " columns, as in the header, got ");
    rnni_diagnose_number(csv->diagnosis, got);
    rnni_diagnose_text(csv->diagnosis, got < csv->columns ? ". Add the missing values, or delete this line"
                                       : csv->fields.separator == ','
                                           ? ". Where commas separate columns, write decimals with a point"
                                           : "");
    return RNN_ERROR_CSV;
}

static enum rnn_status take_target_value(struct csv *csv, const struct rnni_field *field, struct line *line)
{
    const uint32_t place = place_of(&csv->header, field->column);
    float value = 0;
    uint32_t ignored;
    if (!line->y) {
        const uint32_t point = read_label(csv, field, '.', &ignored);
        csv->labels |= point ? point : read_label(csv, field, ',', &ignored);
        rnni_marks_add(&csv->marks, field);
        return RNN_OK;
    }
    if (!field->length && place && !csv->header.targets_last) {
        if (!line->no_target.line) line->no_target = *field;
        line->y[place] = 0;
        return RNN_OK;
    }
    if (line->no_target.line) return value_error(csv, &line->no_target, "expected a number");
    RNNI_TRY(read_target_value(csv, field, &value));
    line->y[place] = value;
    line->targets++;
    return RNN_OK;
}

static enum rnn_status take_input(struct csv *csv, const struct rnni_field *field, struct line *line)
{
    const uint32_t index = place_of(&csv->header, field->column) - csv->header.readouts;
    float value = 0;
    if (!field->length && !line->searched) {
        line->searched = true;
        if (can_end_before(&csv->header, field->column) && is_empty_from(csv, field))
            line->steps = index / csv->header.features;
    }
    if (!line->x) {
        rnni_marks_add(&csv->marks, field);
        return RNN_OK;
    }
    if (index < line->steps * csv->header.features) RNNI_TRY(read_number(csv, field, &value));
    line->x[index] = value;
    return RNN_OK;
}

static enum rnn_status take_value(struct csv *csv, const struct rnni_field *field, struct line *line)
{
    const struct header *header = &csv->header;
    if (field->column <= header->unnamed) return RNN_OK;
    if (field->column > csv->columns - header->empty) {
        if (field->length == 0) return RNN_OK;
        rnni_field_fail(field, "expected nothing in a column without a name", csv->diagnosis);
        rnni_field_quote(&csv->fields, field, csv->diagnosis);
        return RNN_ERROR_CSV;
    }
    return place_of(header, field->column) < header->readouts ? take_target_value(csv, field, line)
                                                              : take_input(csv, field, line);
}

/* Takes the end of a line that has fewer fields than the header. */
static enum rnn_status end_short_line(struct csv *csv, const struct rnni_field *last, struct line *line)
{
    const struct header *header = &csv->header;
    const bool fits = can_end_before(header, last->column + 1), ended = is_ended(&csv->fields, last);
    if (line->steps == header->timesteps) {
        if (line->searched || !fits || !ended) {
            column_error(csv, last, last->column + 1, last->column);
            if (!line->searched && fits)
                rnni_diagnose_text(csv->diagnosis, ", or end it with a line break if its sequence ends here");
            return RNN_ERROR_CSV;
        }
        line->steps = (last->column - header->unnamed - header->readouts) / header->features;
    }
    for (uint32_t i = last->column - header->unnamed - header->readouts; line->x && i < header->x_columns; i++)
        line->x[i] = 0;
    return RNN_OK;
}

/* Is there a target for each time step, and for no other? */
static enum rnn_status check_targets(const struct csv *csv, const struct rnni_field *last, const struct line *line)
{
    if (!csv->header.numbered || line->targets == line->steps) return RNN_OK;
    if (line->targets < line->steps) return value_error(csv, &line->no_target, "expected a number");
    rnni_field_fail(last, "expected a target for each of the ", csv->diagnosis);
    rnni_diagnose_number(csv->diagnosis, line->steps);
    rnni_diagnose_text(csv->diagnosis, " time steps, got ");
    rnni_diagnose_number(csv->diagnosis, line->targets);
    rnni_diagnose_text(csv->diagnosis, ". Add the missing values, or delete this line");
    return RNN_ERROR_CSV;
}

/* Takes the line whose first field has been read. */
static enum rnn_status take_line(struct csv *csv, struct rnni_field *field, struct line *line)
{
    const uint32_t first_line = field->line;
    struct rnni_field rest;
    for (;; rnni_field_next(&csv->fields, field)) {
        if (field->open)
            return rnni_field_fail(field, "expected a closing quote, got none before the end of the file",
                                   csv->diagnosis);
        if (field->column > csv->columns) {
            for (rest = *field; !rest.last;) rnni_field_next(&csv->fields, &rest);
            field->end = field->start;
            return column_error(csv, field, field->column, rest.column);
        }
        RNNI_TRY(take_value(csv, field, line));
        if (field->last) break;
    }
    if (field->column < csv->columns - csv->header.empty) RNNI_TRY(end_short_line(csv, field, line));
    if (line->x) return check_targets(csv, field, line);
    if (line->steps < csv->header.timesteps && csv->shorter++ == 0) csv->first_shorter = first_line;
    return RNN_OK;
}

static enum rnn_status survey(const char *text, size_t bytes, struct csv *csv)
{
    struct rnni_field field;
    RNNI_TRY(rnni_fields_begin(&csv->fields, text, bytes, csv->diagnosis));
    RNNI_TRY(read_header(csv));
    const struct rnni_fields start = csv->fields;
    for (; rnni_field_next(&csv->fields, &field); csv->samples++) {
        struct line line = {.steps = csv->header.timesteps};
        RNNI_TRY(take_line(csv, &field, &line));
    }
    if (csv->samples == 0 || rnn_range_check(RNN_SAMPLES, (double)csv->samples) != RNN_OK) {
        rnni_diagnose_at(csv->diagnosis, csv->samples ? 0 : csv->header.target.line + 1, 0, bytes);
        rnni_diagnose_text(csv->diagnosis, csv->samples ? "expected at most "
                                                        : "expected at least one sequence below the header, got none");
        if (csv->samples == 0) return RNN_ERROR_CSV;
        rnni_diagnose_number(csv->diagnosis, (uint64_t)rnn_range_of(RNN_SAMPLES)->maximum);
        rnni_diagnose_text(csv->diagnosis, " sequences, got ");
        rnni_diagnose_number(csv->diagnosis, csv->samples);
        return RNN_ERROR_CSV;
    }
    RNNI_TRY(rnni_marks_decide(&csv->marks, &csv->fields, &csv->decimal, csv->diagnosis));
    csv->fields.at = start.at;
    csv->fields.line = start.line;
    csv->fields.column = start.column;
    csv->fields.inside = false;
    return RNN_OK;
}

enum rnn_status rnn_csv_measure(const char *text, size_t bytes, struct rnn_csv_shape *shape,
                                struct rnn_diagnosis *diagnosis)
{
    struct csv csv = {.diagnosis = diagnosis};
    if (!text || !shape) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(survey(text, bytes, &csv));
    *shape = (struct rnn_csv_shape){(uint32_t)csv.samples, csv.header.timesteps, csv.header.features,
                                    csv.header.numbered, csv.shorter};
    return RNN_OK;
}

enum rnn_status rnn_csv_read(const char *text, size_t bytes, const struct rnn_csv_shape *shape, uint32_t loss,
                             uint32_t outputs, rnn_real *x, rnn_real *y, uint32_t *lengths,
                             struct rnn_diagnosis *diagnosis)
{
    struct csv csv = {.loss = loss, .outputs = outputs, .diagnosis = diagnosis};
    struct rnni_field field;
    if (!text || !shape || !x || !y || !rnn_loss_name((uint32_t)loss)) return RNN_ERROR_ARGUMENT;
    if (loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY && outputs) RNNI_TRY(rnn_range_check(RNN_CLASSES, outputs));
    if (loss != RNN_SPARSE_CATEGORICAL_CROSSENTROPY && outputs > 1) return RNN_ERROR_RANGE;
    RNNI_TRY(survey(text, bytes, &csv));
    const struct header *header = &csv.header;
    if (csv.samples != shape->samples || header->timesteps != shape->timesteps || header->features != shape->features ||
        header->numbered != (shape->return_sequences != 0))
        return RNN_ERROR_SHAPE;
    if (csv.shorter && !lengths) return RNN_ERROR_ARGUMENT;
    for (size_t i = 0; i < shape->samples && rnni_field_next(&csv.fields, &field); i++) {
        struct line line = {x + i * header->x_columns, y + i * header->readouts, .steps = header->timesteps};
        RNNI_TRY(take_line(&csv, &field, &line));
        if (lengths) lengths[i] = line.steps;
    }
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ notes */

static void put_note(struct rnni_writer *writer, bool applies, const char *text)
{
    if (!applies) return;
    rnni_put_text(writer, text);
    rnni_put_text(writer, "\n");
}

static void put_count(struct rnni_writer *writer, uint32_t count, const char *one, const char *several)
{
    if (count == 0) return;
    rnni_put_number(writer, count);
    put_note(writer, true, count == 1 ? one : several);
}

/* How the text was understood. */
static void put_form(struct rnni_writer *writer, const struct csv *csv)
{
    const struct header *header = &csv->header;
    const struct rnni_fields *fields = &csv->fields;
    put_note(writer, fields->unit == 2, "The text is in UTF-16.");
    put_note(writer, fields->latin1, "Bytes that are not UTF-8 were read as Latin-1.");
    put_note(writer, fields->separator == ';', "The columns are separated by semicolons.");
    put_note(writer, fields->separator == '\t', "The columns are separated by tabs.");
    put_note(writer, csv->decimal == ',', "The decimal mark is a comma.");
    put_note(writer, csv->marks.grouped, "Marks between thousands were left out of the numbers.");
    put_note(writer, csv->marks.minus, "Typographic minus signs were read as -.");
    put_note(writer, header->unnamed, "The first column has no name and was left out.");
    put_note(writer, header->empty, "Empty columns without a name were left out.");
    put_note(writer, header->targets_last, "The target y comes after x.");
    if (header->target.length > 1 && !header->numbered) {
        rnni_put_text(writer, "The column \"");
        rnni_put(writer, header->target.text, header->target.length);
        put_note(writer, true, "\" is the target y.");
    }
    put_count(writer, fields->repetitions, " line that repeats the header was left out.",
              " lines that repeat the header were left out.");
    put_count(writer, fields->blank_lines, " line without values was left out.",
              " lines without values were left out.");
    if (csv->shorter) {
        rnni_put_number(writer, csv->shorter);
        rnni_put_text(writer, csv->shorter == 1 ? " sequence ends early, in line "
                                                : " sequences end early, the first in line ");
        rnni_put_number(writer, csv->first_shorter);
        put_note(writer, true, ". The missing time steps are masked and do not count.");
    }
    const bool binary = csv->loss == RNN_BINARY_CROSSENTROPY;
    put_note(writer, binary && csv->labels == (MINUS_ONE | ONE), "The labels -1 and 1 were read as 0 and 1.");
    put_note(writer, csv->words && csv->loss != RNN_MEAN_SQUARED_ERROR,
             "The labels FALSE and TRUE were read as 0 and 1.");
}

enum rnn_status rnn_csv_notes(const char *text, size_t bytes, uint32_t loss, char *notes, size_t capacity,
                              size_t *written, struct rnn_diagnosis *diagnosis)
{
    struct csv csv = {.loss = loss, .diagnosis = diagnosis};
    struct rnni_writer writer = {0};
    if (!text || (!notes && capacity) || !rnn_loss_name(loss)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(survey(text, bytes, &csv));
    do put_form(&writer, &csv);
    while (rnni_put_again(&writer, notes, capacity));
    return rnni_put_end(&writer, written);
}

/* ------------------------------------------------------------------------------------------------ write */

static enum rnn_status check_extents(uint32_t timesteps, uint32_t features)
{
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, timesteps));
    return rnn_range_check(RNN_FEATURES, features);
}

static void put_names(struct rnni_writer *writer, const struct rnn_csv_shape *shape)
{
    rnni_put_text(writer, "y");
    for (uint32_t t = 1; shape->return_sequences && t <= shape->timesteps; t++) {
        if (t > 1) rnni_put_text(writer, ",y");
        rnni_put_number(writer, t);
    }
    for (uint32_t t = 1; t <= shape->timesteps; t++)
        for (uint32_t f = 1; f <= shape->features; f++) {
            rnni_put_text(writer, ",x");
            rnni_put_number(writer, t);
            if (shape->features == 1) continue;
            rnni_put_text(writer, "_");
            rnni_put_number(writer, f);
        }
    rnni_put_text(writer, "\n");
}

enum rnn_status rnn_csv_write_header(const struct rnn_csv_shape *shape, char *text, size_t capacity, size_t *written)
{
    if (!shape || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_extents(shape->timesteps, shape->features));
    struct rnni_writer writer = {0};
    do put_names(&writer, shape);
    while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}

/* Writes numbers and then empty fields, separated by commas, and `end` after the last. */
static void put_numbers(struct rnni_writer *writer, const rnn_real *values, size_t count, size_t fields,
                        const char *end)
{
    for (size_t i = 0; i < fields; i++) {
        char number[RNN_DECIMAL_BYTES];
        if (i < count) rnni_put(writer, number, rnn_decimal_write((float)values[i], number));
        rnni_put_text(writer, i + 1 < fields ? "," : end);
    }
}

enum rnn_status rnn_csv_write_sample(const struct rnn_dataset *data, uint32_t sample, char *text, size_t capacity,
                                     size_t *written)
{
    if (!data || !data->x || !data->y || sample >= data->samples || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_extents(data->timesteps, data->features));
    if (data->readouts != 1 && data->readouts != data->timesteps) return RNN_ERROR_SHAPE;
    const uint32_t steps = data->lengths ? data->lengths[sample] : data->timesteps;
    if (steps == 0 || steps > data->timesteps) return RNN_ERROR_DATA;
    const size_t count = (size_t)data->timesteps * data->features, readouts = data->readouts;
    const size_t inputs = (size_t)steps * data->features, targets = readouts == 1 ? 1 : steps;
    const rnn_real *y = data->y + sample * readouts, *x = data->x + sample * count;
    if (!rnni_can_put_floats(y, targets) || !rnni_can_put_floats(x, inputs)) return RNN_ERROR_DATA;
    struct rnni_writer writer = {0};
    /* If even the longest numbers fit, the first pass, which only counts, is not needed. */
    if (text && capacity >= (count + readouts) * RNN_DECIMAL_BYTES) writer = (struct rnni_writer){text, capacity, 0};
    do {
        put_numbers(&writer, y, targets, readouts, ",");
        put_numbers(&writer, x, inputs, count, "\n");
    } while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}
