/* Any bytes are read as a table of a time series, and as the note that a file of weights keeps of one. A table is rejected with a
 * position, or its numbers are finite, its positions grow, and its times are texts in order. What is accepted without a hole is the
 * same whether holes are refused, dropped or filled. A note that is accepted is written and read back to the same bits. */
#include "require.h"

#include <math.h>

enum { LARGEST = 1 << 14 }; /* rows; larger tables are only measured */

struct numbers {
    double *values, *positions;
    struct rnn_table_report report;
    enum rnn_status status;
};

static void require_order(const struct rnn_table *table, const struct numbers *numbers, uint32_t count)
{
    char before[RNN_TIME_BYTES] = "", text[RNN_TIME_BYTES];
    for (uint32_t row = 0; row < numbers->report.rows; row++) {
        for (uint32_t i = 0; i < count; i++) REQUIRE(isfinite(numbers->values[(size_t)row * count + i]));
        REQUIRE(row == 0 || numbers->positions[row] > numbers->positions[row - 1]);
        REQUIRE(rnn_table_time(table, numbers->positions[row], text) == strlen(text));
        if (table->time_column) REQUIRE(strcmp(before, text) < 0);
        memcpy(before, text, sizeof before);
    }
}

static struct numbers read(const char *text, size_t bytes, const struct rnn_table *table, const uint32_t *columns,
                           uint32_t count, uint32_t missing, uint32_t capacity)
{
    struct rnn_diagnosis diagnosis = {0};
    struct numbers numbers = {require_memory((size_t)capacity * count * sizeof(double)),
                              require_memory(capacity * sizeof(double)),
                              {0},
                              RNN_OK};
    numbers.status = rnn_table_read(text, bytes, table, columns, count, missing, capacity, numbers.values,
                                    numbers.positions, &numbers.report, &diagnosis);
    REQUIRE(numbers.status == RNN_OK || numbers.status == RNN_ERROR_CSV || numbers.status == RNN_ERROR_EMPTY);
    if (numbers.status == RNN_ERROR_CSV) require_diagnosis(&diagnosis, bytes);
    if (numbers.status != RNN_OK) return numbers;
    REQUIRE(numbers.report.rows > 0 && numbers.report.rows <= capacity);
    require_order(table, &numbers, count);
    return numbers;
}

static void require_same(const struct numbers *one, const struct numbers *other, uint32_t count)
{
    REQUIRE(other->status == RNN_OK && one->report.rows == other->report.rows);
    REQUIRE(other->report.dropped == 0 && other->report.filled == 0);
    REQUIRE(memcmp(one->values, other->values, (size_t)one->report.rows * count * sizeof(double)) == 0);
    REQUIRE(memcmp(one->positions, other->positions, one->report.rows * sizeof(double)) == 0);
}

static void release(struct numbers *numbers)
{
    free(numbers->values);
    free(numbers->positions);
}

static void require_table(const char *text, size_t bytes, const struct rnn_table *table)
{
    struct rnn_table_column column;
    uint32_t columns[8], count = 0;
    uint32_t *const missing_values = require_memory(table->columns * sizeof(uint32_t));
    REQUIRE(rnn_table_missing(text, bytes, table, missing_values) == RNN_OK);
    for (uint32_t i = 0; i < table->columns; i++) REQUIRE(missing_values[i] <= table->rows);
    free(missing_values);
    for (uint32_t i = 0; i < table->columns && count < 8; i++) {
        REQUIRE(rnn_table_column_of(text, bytes, table, i, &column) == RNN_OK);
        REQUIRE(memchr(column.name, 0, sizeof column.name));
        REQUIRE((column.kind == RNN_COLUMN_TIME) == (i + 1 == table->time_column || i + 1 == table->clock_column));
        if (column.kind == RNN_COLUMN_NUMBERS) columns[count++] = i;
    }
    if (count == 0 || table->rows > LARGEST) return;
    struct numbers all[3];
    for (uint32_t missing = 0; missing < 3; missing++) {
        const bool fills = missing == RNN_MISSING_FILL && table->times <= LARGEST;
        const uint32_t capacity = fills && table->times > table->rows ? (uint32_t)table->times : table->rows;
        all[missing] =
            read(text, bytes, table, columns, count, missing == RNN_MISSING_FILL && !fills ? 1 : missing, capacity);
    }
    if (all[0].status == RNN_OK)
        for (int missing = 1; missing < 3; missing++) require_same(&all[0], &all[missing], count);
    for (int missing = 0; missing < 3; missing++) release(&all[missing]);
}

static void require_note(const char *text, size_t bytes)
{
    static struct rnn_series_note note, again;
    static char written[1 << 16];
    struct rnn_diagnosis diagnosis = {0};
    size_t count;
    const enum rnn_status status = rnn_series_note_read(text, bytes, &note, &diagnosis);
    REQUIRE(status == RNN_OK || status == RNN_ERROR_WEIGHTS);
    if (status != RNN_OK) {
        require_diagnosis(&diagnosis, bytes);
        return;
    }
    REQUIRE(rnn_series_note_write(&note, written, sizeof written, &count) == RNN_OK);
    REQUIRE(rnn_series_note_read(written, count - 1, &again, NULL) == RNN_OK);
    REQUIRE(memcmp(&note, &again, sizeof note) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    struct rnn_diagnosis diagnosis = {0};
    struct rnn_table table;
    char *text = require_memory(bytes);
    memcpy(text, input, bytes);
    require_note(text, bytes);
    const enum rnn_status status = rnn_table_measure(text, bytes, &table, &diagnosis);
    REQUIRE(status == RNN_OK || status == RNN_ERROR_CSV);
    if (status == RNN_OK)
        require_table(text, bytes, &table);
    else
        require_diagnosis(&diagnosis, bytes);
    free(text);
    return 0;
}
