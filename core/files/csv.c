/* A data set as text:
 *
 *     y,x1,x2,...,xT              one feature            y,x1_1,x1_2,...,x1_F,x2_1,...,xT_F      F features
 *     1,0.5,0.25,...              the target, then the sequence, time step by time step
 *     y1,...,yT,x1,...,xT         a target at every time step
 *
 * Reading goes over the text twice: rnn_csv_measure reads the header and counts the lines, rnn_csv_read reads the numbers
 * into arrays of that size. A column in a diagnosis is a column of the table, counted from 1.
 */
#include "diagnose.h"
#include "writer.h"
#include "../rnn_files.h"
#include "../internal.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------ lines and fields */

/* One line: text[start .. end) without its line end. next is where the following line begins. */
struct line {
    size_t start, end, next;
};

/* One field: text[start .. end) without the blanks around it. next is the position after its comma. For the last field it is past
 * the end of the line. */
struct field {
    size_t start, end, next;
};

static struct line line_at(const char *text, size_t bytes, size_t start)
{
    struct line line = {start, start, bytes};
    while (line.end < bytes && text[line.end] != '\n') line.end++;
    if (line.end < bytes) line.next = line.end + 1;
    if (line.end > start && text[line.end - 1] == '\r') line.end--;
    return line;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct field field_at(const char *text, const struct line *line, size_t start)
{
    struct field field = {start, start, line->end + 1};
    while (field.end < line->end && text[field.end] != ',') field.end++;
    if (field.end < line->end) field.next = field.end + 1;
    while (field.start < field.end && is_blank(text[field.start])) field.start++;
    while (field.end > field.start && is_blank(text[field.end - 1])) field.end--;
    return field;
}

/* Is there a field at `next`? */
static bool has_field(const struct line *line, size_t next)
{
    return next <= line->end;
}

static size_t mark_bytes(const char *text, size_t bytes)
{
    return bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* The length of the text without blank lines at its end. */
static size_t length_without_blank_end(const char *text, size_t bytes)
{
    while (bytes && (is_blank(text[bytes - 1]) || text[bytes - 1] == '\r' || text[bytes - 1] == '\n')) bytes--;
    return bytes;
}

/* The contents of the header, as far as it has been read. */
struct header {
    uint32_t readouts;            /* number of columns of y */
    bool numbered;                /* they are named y1, ..., not y */
    uint32_t timesteps, features; /* extents of x */
    bool two_parts;               /* its columns are named x1_1, not x1 */
};

/* Appends the name of a column: y or y1 ..., then x1 ... or x1_1 ... */
static void diagnose_column(struct rnn_diagnosis *diagnosis, uint32_t column, const struct header *header)
{
    if (column <= header->readouts) {
        rnni_diagnose_text(diagnosis, "y");
        if (header->numbered) rnni_diagnose_number(diagnosis, column);
        return;
    }
    uint32_t index = column - header->readouts - 1;
    rnni_diagnose_text(diagnosis, "x");
    rnni_diagnose_number(diagnosis, (header->two_parts ? index / header->features : index) + 1);
    if (header->two_parts) {
        rnni_diagnose_text(diagnosis, "_");
        rnni_diagnose_number(diagnosis, index % header->features + 1);
    }
}

/* ------------------------------------------------------------------------------------------------ the header */

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
static bool read_name(const char *text, const struct field *field, uint32_t *step, uint32_t *feature)
{
    size_t at = field->start + 1;
    *feature = 0;
    if (field->start == field->end || text[field->start] != 'x') return false;
    *step = read_index(text, field->end, &at);
    if (!*step) return false;
    if (at == field->end) return true;
    if (text[at++] != '_') return false;
    *feature = read_index(text, field->end, &at);
    return *feature && at == field->end;
}

static void quote_field(struct rnn_diagnosis *diagnosis, const char *text, const struct field *field)
{
    rnni_diagnose_text(diagnosis, ", got ");
    if (field->start == field->end)
        rnni_diagnose_text(diagnosis, "nothing");
    else
        rnni_diagnose_quote(diagnosis, text + field->start, field->end - field->start);
}

/* Is the header separated by semicolons, as spreadsheets with decimal commas write it, or by tabs? */
static bool is_separated_otherwise(const char *text, const struct field *field)
{
    for (size_t i = field->start; i < field->end; i++)
        if (text[i] == ';' || text[i] == '\t') return true;
    return false;
}

static enum rnn_status name_error(const char *text, const struct field *field, uint32_t column,
                                  const struct header *header, struct rnn_diagnosis *diagnosis)
{
    float number;
    rnni_diagnose_at(diagnosis, 1, column, field->start);
    if (is_separated_otherwise(text, field)) {
        rnni_diagnose_text(diagnosis, "expected columns separated by commas and decimals with a point");
    } else if (column == 1 && field->end > field->start &&
               rnn_decimal_read(text + field->start, field->end - field->start, &number) == field->end - field->start) {
        rnni_diagnose_text(diagnosis, "expected a header that begins with y,x1");
    } else {
        const uint32_t first_x = header->readouts + 1;
        rnni_diagnose_text(diagnosis, "expected the header's column \"");
        if (column == 1) {
            rnni_diagnose_text(diagnosis, "y");
        } else if (column == first_x) {
            if (header->numbered) {
                rnni_diagnose_text(diagnosis, "y");
                rnni_diagnose_number(diagnosis, column);
                rnni_diagnose_text(diagnosis, "\", \"");
            }
            rnni_diagnose_text(diagnosis, "x1\" or \"x1_1");
        } else {
            diagnose_column(diagnosis, column, header);
        }
        if (header->two_parts && header->timesteps == 1 && column > first_x)
            rnni_diagnose_text(diagnosis, "\" or \"x2_1");
        rnni_diagnose_text(diagnosis, column == 1 ? "\", the target, which comes first" : "\"");
    }
    quote_field(diagnosis, text, field);
    return RNN_ERROR_CSV;
}

static enum rnn_status range_error(const struct field *field, uint32_t column, enum rnn_quantity quantity,
                                   const char *what, uint64_t got, struct rnn_diagnosis *diagnosis)
{
    rnni_diagnose_at(diagnosis, 1, column, field->start);
    rnni_diagnose_text(diagnosis, "expected at most ");
    rnni_diagnose_number(diagnosis, (uint64_t)rnn_range_of(quantity)->maximum);
    rnni_diagnose_text(diagnosis, " ");
    rnni_diagnose_text(diagnosis, what);
    rnni_diagnose_text(diagnosis, ", got ");
    rnni_diagnose_number(diagnosis, got);
    return RNN_ERROR_CSV;
}

/* Reads the name of one column of x. In the columns of the first time step, the number of features grows. */
static enum rnn_status take_name(const char *text, const struct field *field, uint32_t column, struct header *header,
                                 struct rnn_diagnosis *diagnosis)
{
    uint32_t step, feature;
    bool named = read_name(text, field, &step, &feature);
    const uint32_t first_x = header->readouts + 1;
    if (column == first_x) {
        header->two_parts = named && feature;
        header->timesteps = header->features = 1;
        return named && step == 1 && feature <= 1 ? RNN_OK : name_error(text, field, column, header, diagnosis);
    }
    bool widens = header->two_parts && header->timesteps == 1 && named && step == 1;
    if (widens) header->features++;
    uint32_t index = column - first_x, features = header->features;
    if (!named || step != index / features + 1 || feature != (header->two_parts ? index % features + 1 : 0)) {
        header->features -= widens;
        if (header->two_parts && header->timesteps == 1)
            header->features++; /* the name expected here may be that of one more feature */
        return name_error(text, field, column, header, diagnosis);
    }
    header->timesteps = step;
    if (rnn_range_check(RNN_FEATURES, features) != RNN_OK)
        return range_error(field, column, RNN_FEATURES, "features", features, diagnosis);
    if (rnn_range_check(RNN_TIMESTEPS, step) != RNN_OK)
        return range_error(field, column, RNN_TIMESTEPS, "timesteps", step, diagnosis);
    return RNN_OK;
}

/* "y3" gives 3; any other name gives 0. */
static uint32_t read_target(const char *text, const struct field *field)
{
    size_t at = field->start + 1;
    if (field->start == field->end || text[field->start] != 'y') return 0;
    uint32_t step = read_index(text, field->end, &at);
    return at == field->end ? step : 0;
}

static enum rnn_status read_header(const char *text, const struct line *line, struct header *header,
                                   struct rnn_diagnosis *diagnosis)
{
    uint32_t column = 1;
    struct field field = field_at(text, line, line->start);
    header->numbered = read_target(text, &field) == 1;
    if (!header->numbered && (field.end - field.start != 1 || text[field.start] != 'y'))
        return name_error(text, &field, column, header, diagnosis);
    header->readouts = 1;
    while (has_field(line, field.next)) {
        field = field_at(text, line, field.next);
        column++;
        if (header->numbered && header->readouts == column - 1 && read_target(text, &field) == column) {
            header->readouts = column;
            if (rnn_range_check(RNN_TIMESTEPS, column) != RNN_OK)
                return range_error(&field, column, RNN_TIMESTEPS, "timesteps", column, diagnosis);
            continue;
        }
        RNNI_TRY(take_name(text, &field, column, header, diagnosis));
    }
    field = (struct field){line->end, line->end, line->end};
    if (column == header->readouts) return name_error(text, &field, column + 1, header, diagnosis);
    if (header->timesteps * header->features != column - header->readouts)
        return name_error(text, &field, column + 1, header, diagnosis);
    if (!header->numbered || header->readouts == header->timesteps) return RNN_OK;
    rnni_diagnose_at(diagnosis, 1, 0, line->end);
    rnni_diagnose_text(diagnosis, "expected a target y1 ... for each time step or one y for all, got ");
    rnni_diagnose_number(diagnosis, header->readouts);
    rnni_diagnose_text(diagnosis, " for ");
    rnni_diagnose_number(diagnosis, header->timesteps);
    rnni_diagnose_text(diagnosis, " time steps");
    return RNN_ERROR_CSV;
}

/* ------------------------------------------------------------------------------------------------ measure */

/* A text contains no NUL. Most likely the file is UTF-16. */
static enum rnn_status refuse_nul(const char *text, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    uint32_t line = 1, column = 1;
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == 0) {
            rnni_diagnose_at(diagnosis, line, column, i);
            rnni_diagnose_text(diagnosis, "expected text in UTF-8, got a NUL byte");
            return RNN_ERROR_CSV;
        }
        column = text[i] == '\n' ? 1 : column + (text[i] == ',');
        line += text[i] == '\n';
    }
    return RNN_OK;
}

static enum rnn_status count_samples(const char *text, size_t bytes, size_t start, uint32_t *samples,
                                     struct rnn_diagnosis *diagnosis)
{
    uint64_t lines = start < bytes;
    for (size_t i = start; i < bytes; i++) lines += text[i] == '\n';
    if (lines == 0) {
        rnni_diagnose_at(diagnosis, 2, 0, bytes);
        rnni_diagnose_text(diagnosis, "expected at least one sequence below the header, got none");
        return RNN_ERROR_CSV;
    }
    if (rnn_range_check(RNN_SAMPLES, (double)lines) != RNN_OK) {
        rnni_diagnose_at(diagnosis, 0, 0, bytes);
        rnni_diagnose_text(diagnosis, "expected at most ");
        rnni_diagnose_number(diagnosis, (uint64_t)rnn_range_of(RNN_SAMPLES)->maximum);
        rnni_diagnose_text(diagnosis, " sequences, got ");
        rnni_diagnose_number(diagnosis, lines);
        return RNN_ERROR_CSV;
    }
    *samples = (uint32_t)lines;
    return RNN_OK;
}

static enum rnn_status measure(const char *text, size_t bytes, struct header *header, uint32_t *samples,
                               struct rnn_diagnosis *diagnosis)
{
    size_t start = mark_bytes(text, bytes), end = length_without_blank_end(text, bytes);
    if (end <= start) {
        rnni_diagnose_at(diagnosis, 1, 0, 0);
        rnni_diagnose_text(diagnosis, "expected a header that begins with y,x1, got an empty file");
        return RNN_ERROR_CSV;
    }
    RNNI_TRY(refuse_nul(text, end, diagnosis));
    struct line line = line_at(text, end, start);
    RNNI_TRY(read_header(text, &line, header, diagnosis));
    return count_samples(text, end, line.next, samples, diagnosis);
}

enum rnn_status rnn_csv_measure(const char *text, size_t bytes, struct rnn_csv_shape *shape,
                                struct rnn_diagnosis *diagnosis)
{
    struct header header = {0};
    uint32_t samples = 0;
    if (!text || !shape) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(measure(text, bytes, &header, &samples, diagnosis));
    *shape = (struct rnn_csv_shape){samples, header.timesteps, header.features, header.numbered};
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ read */

struct reader {
    const char *text;
    uint32_t line_number;
    uint32_t columns;
    struct header header;
    enum rnn_loss loss;
    uint32_t outputs; /* number of classes, 0 for any */
    struct rnn_diagnosis *diagnosis;
};

static enum rnn_status column_error(const struct reader *reader, uint32_t column, size_t offset, uint64_t got)
{
    rnni_diagnose_at(reader->diagnosis, reader->line_number, column, offset);
    rnni_diagnose_text(reader->diagnosis, "expected ");
    rnni_diagnose_number(reader->diagnosis, reader->columns);
    rnni_diagnose_text(reader->diagnosis, " columns, got ");
    if (got)
        rnni_diagnose_number(reader->diagnosis, got);
    else
        rnni_diagnose_text(reader->diagnosis, "an empty line");
    return RNN_ERROR_CSV;
}

static enum rnn_status value_error(const struct reader *reader, uint32_t column, const struct field *field,
                                   const char *expected)
{
    rnni_diagnose_at(reader->diagnosis, reader->line_number, column, field->start);
    rnni_diagnose_text(reader->diagnosis, expected);
    rnni_diagnose_text(reader->diagnosis, " in column ");
    diagnose_column(reader->diagnosis, column, &reader->header);
    quote_field(reader->diagnosis, reader->text, field);
    return RNN_ERROR_CSV;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Is it "nan", "inf" or "infinity", in any case and with or without a sign? These get a message of their own. */
static bool is_not_finite(const char *text, size_t bytes)
{
    static const char *const names[] = {"nan", "inf", "infinity"};
    if (bytes && (text[0] == '-' || text[0] == '+')) {
        text++;
        bytes--;
    }
    for (size_t n = 0; n < RNNI_COUNT(names); n++) {
        size_t i = 0;
        while (i < bytes && names[n][i] && lower(text[i]) == names[n][i]) i++;
        if (i == bytes && i > 0 && !names[n][i]) return true;
    }
    return false;
}

static enum rnn_status read_number(const struct reader *reader, uint32_t column, const struct field *field,
                                   float *value)
{
    const char *text = reader->text + field->start;
    size_t bytes = field->end - field->start;
    if (is_not_finite(text, bytes)) return value_error(reader, column, field, "expected a finite number");
    if (!bytes || rnn_decimal_read(text, bytes, value) != bytes)
        return value_error(reader, column, field, "expected a number");
    if (!(*value - *value == 0))
        return value_error(reader, column, field, "expected a number between -3.4028235e+38 and 3.4028235e+38");
    return RNN_OK;
}

/* The message for a target that is not 0 or 1, or not a class. */
static enum rnn_status label_error(const struct reader *reader, uint32_t column, const struct field *field,
                                   uint32_t classes)
{
    if (reader->loss == RNN_BINARY_CROSSENTROPY) return value_error(reader, column, field, "expected the label 0 or 1");
    rnni_diagnose_at(reader->diagnosis, reader->line_number, column, field->start);
    rnni_diagnose_text(reader->diagnosis, "expected a class, a whole number from 0 to ");
    rnni_diagnose_number(reader->diagnosis, classes - 1);
    rnni_diagnose_text(reader->diagnosis, ", in column ");
    diagnose_column(reader->diagnosis, column, &reader->header);
    quote_field(reader->diagnosis, reader->text, field);
    return RNN_ERROR_CSV;
}

/* Reads a whole number. Accepted are a sign, zeros after the point and an exponent of zero: 1, +1, 1.0, 01, -0, 1.000e+00. A number
 * that only rounds to a whole one is not accepted. */
static bool read_label(const char *text, size_t bytes, uint32_t *value)
{
    size_t at = 0, digits = 0;
    const bool negative = bytes && text[0] == '-';
    if (negative || (bytes && text[0] == '+')) at++;
    for (*value = 0; at < bytes && text[at] >= '0' && text[at] <= '9'; at++, digits++)
        if (*value < 1000000) *value = 10 * *value + (uint32_t)(text[at] - '0');
    if (at < bytes && text[at] == '.')
        for (at++; at < bytes && text[at] == '0'; at++) digits++;
    if (at + 1 < bytes && (text[at] == 'e' || text[at] == 'E')) {
        at += text[at + 1] == '+' || text[at + 1] == '-' ? 2 : 1;
        if (at == bytes) return false;
        while (at < bytes && text[at] == '0') at++;
    }
    return digits > 0 && at == bytes && !(negative && *value);
}

static enum rnn_status read_target_value(const struct reader *reader, uint32_t column, const struct field *field,
                                         float *y)
{
    if (reader->loss == RNN_MEAN_SQUARED_ERROR) return read_number(reader, column, field, y);
    const uint32_t most = (uint32_t)rnn_range_of(RNN_CLASSES)->maximum;
    const uint32_t classes = reader->loss == RNN_BINARY_CROSSENTROPY ? 2 : reader->outputs ? reader->outputs : most;
    const char *text = reader->text + field->start;
    const size_t bytes = field->end - field->start;
    uint32_t value = 0;
    if (!read_label(text, bytes, &value) || value >= classes) return label_error(reader, column, field, classes);
    *y = (float)value;
    return RNN_OK;
}

static uint64_t count_columns(const char *text, const struct line *line)
{
    uint64_t columns = 1;
    for (size_t i = line->start; i < line->end; i++) columns += text[i] == ',';
    return columns;
}

/* Reads one line into y[0 .. readouts) and x[0 .. columns - readouts). */
static enum rnn_status read_line(const struct reader *reader, const struct line *line, rnn_real *x, rnn_real *y)
{
    const uint32_t readouts = reader->header.readouts;
    struct field field = {line->start, line->start, line->start};
    for (uint32_t column = 1; has_field(line, field.next); column++) {
        if (column > reader->columns)
            return column_error(reader, column, field.next, count_columns(reader->text, line));
        float value = 0;
        field = field_at(reader->text, line, field.next);
        if (column == 1 && !has_field(line, field.next) && field.start == field.end)
            return column_error(reader, 1, line->start, 0);
        RNNI_TRY(column <= readouts ? read_target_value(reader, column, &field, &value)
                                    : read_number(reader, column, &field, &value));
        if (column <= readouts)
            y[column - 1] = value;
        else
            x[column - readouts - 1] = value;
        if (!has_field(line, field.next) && column < reader->columns)
            return column_error(reader, column + 1, line->end, column);
    }
    return RNN_OK;
}

enum rnn_status rnn_csv_read(const char *text, size_t bytes, const struct rnn_csv_shape *shape, uint32_t loss,
                             uint32_t outputs, rnn_real *x, rnn_real *y, struct rnn_diagnosis *diagnosis)
{
    struct reader reader = {.text = text, .line_number = 1, .loss = loss, .outputs = outputs, .diagnosis = diagnosis};
    uint32_t samples = 0;
    if (!text || !shape || !x || !y || !rnn_loss_name((uint32_t)loss)) return RNN_ERROR_ARGUMENT;
    if (loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY && outputs) RNNI_TRY(rnn_range_check(RNN_CLASSES, outputs));
    if (loss != RNN_SPARSE_CATEGORICAL_CROSSENTROPY && outputs > 1) return RNN_ERROR_RANGE;
    RNNI_TRY(measure(text, bytes, &reader.header, &samples, diagnosis));
    const struct header *header = &reader.header;
    if (samples != shape->samples || header->timesteps != shape->timesteps || header->features != shape->features ||
        header->numbered != (shape->return_sequences != 0))
        return RNN_ERROR_SHAPE;

    const size_t row = (size_t)header->timesteps * header->features, end = length_without_blank_end(text, bytes);
    struct line line = line_at(text, end, mark_bytes(text, bytes));
    reader.columns = header->readouts + (uint32_t)row;
    for (uint32_t sample = 0; sample < samples; sample++) {
        line = line_at(text, end, line.next);
        reader.line_number++;
        RNNI_TRY(read_line(&reader, &line, x + sample * row, y + (size_t)sample * header->readouts));
    }
    return RNN_OK;
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

/* Writes numbers separated by commas, and `end` after the last. */
static void put_numbers(struct rnni_writer *writer, const rnn_real *values, size_t count, const char *end)
{
    for (size_t i = 0; i < count; i++) {
        char number[RNN_DECIMAL_BYTES];
        rnni_put(writer, number, rnn_decimal_write((float)values[i], number));
        rnni_put_text(writer, i + 1 < count ? "," : end);
    }
}

enum rnn_status rnn_csv_write_sample(const struct rnn_dataset *data, uint32_t sample, char *text, size_t capacity,
                                     size_t *written)
{
    if (!data || !data->x || !data->y || sample >= data->samples || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check_extents(data->timesteps, data->features));
    if (data->readouts != 1 && data->readouts != data->timesteps) return RNN_ERROR_SHAPE;
    const size_t count = (size_t)data->timesteps * data->features, readouts = data->readouts;
    const rnn_real *y = data->y + sample * readouts, *x = data->x + sample * count;
    if (!rnni_can_put_floats(y, readouts) || !rnni_can_put_floats(x, count)) return RNN_ERROR_DATA;
    struct rnni_writer writer = {0};
    /* If even the longest numbers fit, the first pass, which only counts, is not needed. */
    if (text && capacity >= (count + readouts) * RNN_DECIMAL_BYTES) writer = (struct rnni_writer){text, capacity, 0};
    do {
        put_numbers(&writer, y, readouts, ",");
        put_numbers(&writer, x, count, "\n");
    } while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}
