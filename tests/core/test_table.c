/* Tables of a time series: what is read, in which order, what is dropped, filled and refused, and where. */
#include "support.h"
#include "rnn_files.h"
#include "../../core/files/decimal.h"

static struct rnn_diagnosis diagnosis;
static struct rnn_table table;
static struct rnn_table_report report;
static double values[64], positions[64];

static enum rnn_status measure(const char *text)
{
    memset(&diagnosis, 0, sizeof diagnosis);
    return rnn_table_measure(text, strlen(text), &table, &diagnosis);
}

/* Measures a text and reads its columns of numbers. */
static enum rnn_status read_all(const char *text, enum rnn_missing missing)
{
    uint32_t columns[8], count = 0;
    struct rnn_table_column column;
    const enum rnn_status status = measure(text);
    if (status != RNN_OK) return status;
    for (uint32_t i = 0; i < table.columns; i++) {
        CHECK_EQUAL(rnn_table_column_of(text, strlen(text), &table, i, &column), RNN_OK);
        if (column.kind == RNN_COLUMN_NUMBERS) columns[count++] = i;
    }
    return rnn_table_read(text, strlen(text), &table, columns, count, missing, 64, values, positions, &report,
                          &diagnosis);
}

/* Checks the numbers that were read: positions and values, row by row, ended by a NaN. */
static void wanted(const double *numbers, uint32_t columns)
{
    uint32_t row = 0;
    for (; !isnan(numbers[0]); row++, numbers += columns + 1) {
        if (row >= report.rows) break;
        CHECK_NEAR(positions[row], numbers[0], 0);
        for (uint32_t i = 0; i < columns; i++) CHECK_NEAR(values[row * columns + i], numbers[1 + i], 1e-12);
    }
    CHECK(isnan(numbers[0]));
    CHECK_EQUAL(report.rows, row);
}

#define WANTED(columns, ...) wanted((const double[]){__VA_ARGS__, NAN}, columns)

static const char *time_at(double position)
{
    static char text[RNN_TIME_BYTES];
    const size_t length = rnn_table_time(&table, position, text);
    CHECK_EQUAL(length, strlen(text));
    return text;
}

static void plain(void)
{
    struct rnn_table_column column;
    const char text[] = "date,temp,sky,wind\n2010-02-27,1.5,clear,3\n2010-02-28,-2,rain,4\n2010-03-01,0,rain,5\n";
    CHECK_EQUAL(read_all(text, RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.rows == 3 && table.columns == 4 && table.time_column == 1 && table.times == 3 && table.step == 86400);
    CHECK(!table.months && !table.descending);
    CHECK_NEAR(table.first_time, 14667.0 * 86400, 0); /* date -d 2010-02-27 +%s */
    WANTED(2, 0, 1.5, 3, 1, -2, 4, 2, 0, 5);
    CHECK(report.dropped == 0 && report.filled == 0 && report.missing_values.count == 0);
    static const struct rnn_table_column columns[] = {{RNN_COLUMN_TIME, "date"},
                                                      {RNN_COLUMN_NUMBERS, "temp"},
                                                      {RNN_COLUMN_WORDS, "sky"},
                                                      {RNN_COLUMN_NUMBERS, "wind"}};
    for (uint32_t i = 0; i < 4; i++) {
        CHECK_EQUAL(rnn_table_column_of(text, strlen(text), &table, i, &column), RNN_OK);
        CHECK_EQUAL(column.kind, columns[i].kind);
        CHECK_TEXT(column.name, columns[i].name);
    }
    CHECK_EQUAL(rnn_table_column_of(text, strlen(text), &table, 4, &column), RNN_ERROR_ARGUMENT);
    /* A column in which every value is missing is no column of numbers. */
    const char gap[] = "date;temp;snow\n2010-02-27;1;\n2010-02-28;2;NA\n2010-03-01;3;-\n";
    CHECK_EQUAL(read_all(gap, RNN_MISSING_DROP), RNN_OK);
    WANTED(1, 0, 1, 1, 2, 2, 3);
    CHECK_EQUAL(rnn_table_column_of(gap, strlen(gap), &table, 2, &column), RNN_OK);
    CHECK_EQUAL(column.kind, RNN_COLUMN_EMPTY);
    static const uint32_t snow = 2;
    CHECK_EQUAL(rnn_table_read(gap, strlen(gap), &table, &snow, 1, RNN_MISSING_DROP, table.rows, values, positions,
                               &report, NULL),
                RNN_ERROR_EMPTY);
    CHECK_EQUAL(read_all(text, RNN_MISSING_REFUSE), RNN_OK);
    CHECK_TEXT(time_at(0), "2010-02-27");
    CHECK_TEXT(time_at(2), "2010-03-01");
    CHECK_TEXT(time_at(366 + 365 + 366), "2013-02-28");
    CHECK_TEXT(time_at(-1e9), "");
    CHECK_TEXT(time_at(1e9), "");
    /* The same column twice, and in another order. */
    const uint32_t twice[] = {3, 1, 3};
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, twice, 3, 0, 3, values, positions, &report, NULL), RNN_OK);
    WANTED(3, 0, 3, 1.5, 3, 1, 4, -2, 4, 2, 5, 0, 5);
}

static void missing_in_columns(void)
{
    uint32_t counts[4] = {9, 9, 9, 9};
    const char text[] = "date;temp;snow;sky\n2010-02-27;1;;clear\n2010-02-28;-999;NA;\n2010-03-01;3;4;-\n";
    CHECK_EQUAL(measure(text), RNN_OK);
    CHECK_EQUAL(rnn_table_missing(text, strlen(text), &table, counts), RNN_OK);
    CHECK(counts[0] == 0 && counts[1] == 1 && counts[2] == 2 && counts[3] == 2);
    /* -150 comes near -999, which therefore is a number */
    const char low[] = "date;temp;snow;sky\n2010-02-27;1;;clear\n2010-02-28;-999;NA;\n2010-03-01;3;-150;-\n";
    CHECK_EQUAL(measure(low), RNN_OK);
    CHECK_EQUAL(rnn_table_missing(low, strlen(low), &table, counts), RNN_OK);
    CHECK(counts[0] == 0 && counts[1] == 0 && counts[2] == 2 && counts[3] == 2);
    const char other[] = "date;temp\n2010-02-27;1\n";
    CHECK_EQUAL(rnn_table_missing(other, strlen(other), &table, counts), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_table_missing(low, strlen(low), &table, NULL), RNN_ERROR_ARGUMENT);
}

static void ways_to_write_times(void)
{
    static const struct {
        const char *text;
        double step;
        const char *times[3];
    } cases[] = {
        {"t,v\n2010/01/30,1\n2010/01/31,2\n2010/02/01,3\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"v;t\n1,5;30.01.2010\n2;31.01.2010\n3;01.02.2010\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"t,v\n01/30/2010,1\n01/31/2010,2\n02/01/2010,3\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"t,v\n30/01/2010,1\n31/01/2010,2\n01/02/2010,3\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"t,v\n20100130,1\n20100131,2\n20100201,3\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"t\tv\n2010-01-31 23:00\t1\n2010-02-01 00:00\t2\n2010-02-01T01:00Z\t3\n",
         3600,
         {"2010-01-31 23:00", "2010-02-01 00:00", "2010-02-01 01:00"}},
        {"t,v\n2010-01-31 23:59:50,1\n2010-02-01 00:00:00,2\n2010-02-01 00:00:10,3\n",
         10,
         {"2010-01-31 23:59:50", "2010-02-01 00:00:00", "2010-02-01 00:00:10"}},
        {"t,v\n2010-01-01,1\n2010-02-01,2\n2010-03-01,3\n", 1, {"2010-01", "2010-02", "2010-03"}},
        {"t,v\n1999-12-31,1\n2000-12-31,2\n2001-12-31,3\n", 12, {"1999-12", "2000-12", "2001-12"}},
        {"t,v\n2010-11,1\n2010-12,2\n2011-01,3\n", 1, {"2010-11", "2010-12", "2011-01"}},
        {"t,v\n2010/9,1\n2010/12,2\n2011/3,3\n", 3, {"2010-09", "2010-12", "2011-03"}},
        {"v,t\n1,11/2010\n2,12/2010\n3,01/2011\n", 1, {"2010-11", "2010-12", "2011-01"}},
        {"Year,v\n2010,1\n2011,2\n2012,3\n", 12, {"2010", "2011", "2012"}},
        {"v;date\n1,5;1990\n2;2000\n3;2010\n", 120, {"1990", "2000", "2010"}},
        /* the year with two digits, and hours up to 12, as a spreadsheet shows them */
        {"t;v\n30.01.10;1\n31.01.10;2\n01.02.10;3\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"t,v\n01/30/10,1\n01/31/10,2\n02/01/10,3\n", 86400, {"2010-01-30", "2010-01-31", "2010-02-01"}},
        {"t;v\n30.12.69;1\n31.12.69;2\n01.01.70;3\n", 86400, {"1969-12-30", "1969-12-31", "1970-01-01"}},
        {"t;v\n29.12.68;1\n30.12.68;2\n31.12.68;3\n", 86400, {"2068-12-29", "2068-12-30", "2068-12-31"}},
        {"t,v\n01/30/2010 11:00 PM,1\n01/31/2010 12:00 AM,2\n01/31/2010 1:00am,3\n",
         3600,
         {"2010-01-30 23:00", "2010-01-31 00:00", "2010-01-31 01:00"}},
        /* without a date that shows the order, the more regular one is meant, and with points the day comes first if both are alike */
        {"t,v\n03.04.2024 22:00,1\n03.04.2024 23:00,2\n03.05.2024 00:00,3\n",
         3600,
         {"2024-03-04 22:00", "2024-03-04 23:00", "2024-03-05 00:00"}},
        {"t;v\n04.03.2024;1\n05.03.2024;2\n06.03.2024;3\n", 86400, {"2024-03-04", "2024-03-05", "2024-03-06"}},
        {"t,v\n3/13/2024 11:00\u202fAM,1\n3/13/2024 12:00\u202fPM,2\n3/13/2024 1:00\u202fPM,3\n",
         3600,
         {"2024-03-13 11:00", "2024-03-13 12:00", "2024-03-13 13:00"}},
        {"t,v\n11:59:30 AM,1\n12:00:00 PM,2\n12:00:30 pm,3\n", 30, {"11:59:30", "12:00:00", "12:00:30"}},
        {"t,v\n2010-01-01,1\n2010-01-08,2\n2010-01-15,3\n", 7 * 86400, {"2010-01-01", "2010-01-08", "2010-01-15"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_EQUAL(read_all(cases[i].text, RNN_MISSING_REFUSE), RNN_OK);
        CHECK_NEAR(table.step, cases[i].step, 0);
        for (int row = 0; row < 3; row++) {
            CHECK_NEAR(positions[row], row, 0);
            CHECK_TEXT(time_at(row), cases[i].times[row]);
        }
    }
    static const char *const none[] = {"13:00 PM", "0:30 PM",  "1:00 XM",   "1:00 P", "1:00  PM", "1:00 PM Z",
                                       "01-30-10", "10-01-30", "30.01.010", "1.2.3",  "1.2.10",   "1/30/10"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char text[40];
        snprintf(text, sizeof text, "t,v\n%s,1\n", none[i]);
        CHECK_EQUAL(measure(text), RNN_OK);
        CHECK_EQUAL(table.time_column, 0);
    }
    CHECK_EQUAL(read_all("a,b\n1,2\n3,4\n", RNN_MISSING_REFUSE), RNN_OK); /* without times */
    WANTED(2, 0, 1, 2, 1, 3, 4);
    CHECK_TEXT(time_at(1), "2");
    CHECK_EQUAL(read_all("t,v\n2010-01-01,1\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.step == 86400 && table.times == 1);
}

static void same_place(struct rnn_table_places places, uint32_t count, uint32_t line, uint32_t column)
{
    CHECK_EQUAL(places.count, count);
    CHECK_EQUAL(places.line, line);
    CHECK_EQUAL(places.column, column);
}

/* A column of four digits is the time only if its name says so, each line is another year, and there is no column of dates. */
static void years_that_are_numbers(void)
{
    CHECK_EQUAL(read_all("n,v\n2010,1\n2011,2\n", RNN_MISSING_REFUSE), RNN_OK);
    WANTED(2, 0, 2010, 1, 1, 2011, 2);
    CHECK_EQUAL(read_all("year,month\n2010,11\n2010,12\n2011,1\n", RNN_MISSING_REFUSE), RNN_OK);
    WANTED(2, 0, 2010, 11, 1, 2010, 12, 2, 2011, 1);
    CHECK_EQUAL(read_all("year,v\n2010,1\n2012,2\n2011,3\n", RNN_MISSING_REFUSE), RNN_OK);
    WANTED(2, 0, 2010, 1, 1, 2012, 2, 2, 2011, 3);
    CHECK_EQUAL(read_all("year,v\n2010,1\n2011.5,2\n", RNN_MISSING_REFUSE), RNN_OK);
    WANTED(2, 0, 2010, 1, 1, 2011.5, 2);
    CHECK_EQUAL(read_all("year,t\n2010,2010-01-30\n2010,2010-01-31\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK_EQUAL(table.time_column, 2);
    WANTED(1, 0, 2010, 1, 2010);
    CHECK_EQUAL(read_all("year,v\n2012,1\n2011,2\n2010,3\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK_EQUAL(table.descending, 1);
    WANTED(1, 0, 3, 1, 2, 2, 1);
    CHECK_EQUAL(read_all("year,v\n2010,1\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.step == 12 && table.times == 1);
    CHECK_TEXT(time_at(0), "2010");
    CHECK_EQUAL(read_all("t,v\n2010-13,1\n", RNN_MISSING_REFUSE), RNN_OK); /* no month, so a word */
    CHECK_EQUAL(table.time_column, 0);
    CHECK_EQUAL(read_all("t,v\n2010.01,1\n", RNN_MISSING_REFUSE), RNN_OK);
    WANTED(2, 0, 2010.01, 1);
    CHECK_EQUAL(read_all("t,v\n2010-01,1\n2010-02-01,2\n", RNN_MISSING_REFUSE), RNN_ERROR_CSV);
    CHECK_TEXT(diagnosis.text, "expected a date as in line 2, got \"2010-02-01\". Correct it, or delete this line");
}

/* -999 and -9999 stand for a missing value if no other number of the columns that are read comes near them. */
static void codes_of_missing_values(void)
{
    const char gaps[] = "t,a,b\n2010-01-01,1,-40\n2010-01-02,-999,20\n2010-01-03,3,-999.0\n2010-01-04,4,40\n";
    CHECK_EQUAL(read_all(gaps, RNN_MISSING_REFUSE), RNN_ERROR_CSV);
    CHECK(diagnosis.line == 3 && diagnosis.column == 2);
    CHECK_TEXT(diagnosis.text,
               "expected a value, got \"-999\", which stands for a missing value, because no other number comes "
               "near it. Correct it, or set missing to drop or fill");
    CHECK_EQUAL(read_all(gaps, RNN_MISSING_DROP), RNN_OK);
    CHECK_EQUAL(report.missing_code, 999);
    same_place(report.missing_values, 2, 3, 2);
    WANTED(2, 0, 1, -40, 3, 4, 40);
    CHECK_EQUAL(read_all(gaps, RNN_MISSING_FILL), RNN_OK);
    CHECK_EQUAL(report.filled, 2);
    WANTED(2, 0, 1, -40, 1, 2, 20, 2, 3, 30, 3, 4, 40);
    CHECK_EQUAL(read_all("a;b\n1,5;-998,9\n-9999;7\n2;7\n", RNN_MISSING_DROP), RNN_OK);
    CHECK_EQUAL(report.missing_code, 9999);
    WANTED(2, 0, 1.5, -998.9, 2, 2, 7);
    static const char *const numbers[] = {
        "a,b\n1,-99\n-999,2\n",   /* another number is as low as a tenth of it */
        "a,b\n-999,-9999\n1,2\n", /* neither is certain */
        "a\n-999\n-999\n",        /* there is nothing to compare it with */
        "a,b\n-999,1\n-999.5,2\n",
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        CHECK_EQUAL(read_all(numbers[i], RNN_MISSING_REFUSE), RNN_OK);
        CHECK(report.missing_code == 0 && report.missing_values.count == 0 && report.rows == 2);
    }
    /* A column that is not read does not count. */
    const uint32_t a = 0;
    const char text[] = "a,b\n1,-500\n-999,2\n";
    CHECK_EQUAL(measure(text), RNN_OK);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &a, 1, 1, 2, values, positions, &report, NULL), RNN_OK);
    CHECK_EQUAL(report.missing_code, 999);
    WANTED(1, 0, 1);
}

static void latest_first(void)
{
    CHECK_EQUAL(read_all("t,v\n2010-01-04,4\n2010-01-03,\n2010-01-02,2\n2010-01-01,1\n", RNN_MISSING_DROP), RNN_OK);
    CHECK_EQUAL(table.descending, 1);
    WANTED(1, 0, 1, 1, 2, 3, 4);
    CHECK_EQUAL(read_all("t,v\n2010-01-05,5\n2010-01-04,4\n2010-01-03,\n2010-01-01,1\n", RNN_MISSING_FILL), RNN_OK);
    WANTED(1, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5);
}

/* One table with everything that can be missing. */
static const char holes[] = "t,a,b\n"
                            "2010-01-01,,10\n"       /* line 2: a begins later */
                            "2010-01-02,2,20\n"      /* 3 */
                            "2010-01-02,9,90\n"      /* 4: again */
                            "2010-01-03,NA,30\n"     /* 5: a value is missing */
                            "2010-01-03 12:00,8,8\n" /* 6: irregular */
                            "2010-01-06,5,60\n"      /* 7: two days are missing before it */
                            "2010-01-07,7,-\n"       /* 8 */
                            "2010-01-08,8,80\n"      /* 9 */
                            "2010-01-09,9,?\n";      /* 10: b ends earlier */

static void dropped_or_filled(void)
{
    for (int fill = 0; fill < 2; fill++) {
        CHECK_EQUAL(read_all(holes, fill ? RNN_MISSING_FILL : RNN_MISSING_DROP), RNN_OK);
        CHECK_EQUAL(table.times, 9);
        same_place(report.missing_values, 4, 2, 2);
        same_place(report.missing_times, 2, 7, 1);
        same_place(report.repeated_times, 1, 4, 1);
        same_place(report.irregular_times, 1, 6, 1);
        if (fill) {
            WANTED(2, 1, 2, 20, 2, 2.75, 30, 3, 3.5, 40, 4, 4.25, 50, 5, 5, 60, 6, 7, 70, 7, 8, 80);
            CHECK_EQUAL(report.filled, 6); /* a: 3, b: 3 */
            CHECK_EQUAL(report.dropped, 4);
        } else {
            WANTED(2, 1, 2, 20, 5, 5, 60, 7, 8, 80);
            CHECK_EQUAL(report.filled, 0);
            CHECK_EQUAL(report.dropped, 6);
        }
    }
}

static void refused_holes(void)
{
    static const struct {
        const char *text;
        uint32_t line, column;
        const char *message;
    } cases[] = {
        {"t,a\n2010-01-01,1\n2010-01-02,\n2010-01-03,3\n", 3, 2,
         "expected a value, got nothing. Correct it, or set missing to drop or fill"},
        {"t,a\n2010-01-01,1\n2010-01-02,2\n2010-01-02,3\n2010-01-03,3\n2010-01-04,3\n", 4, 1,
         "expected each time once, got \"2010-01-02\". Correct it, or set missing to drop or fill"},
        {"t,a\n2010-01-01,1\n2010-01-02,2\n2010-01-03,3\n2010-01-05,3\n", 5, 1,
         "expected a time one step after that of the line above, got \"2010-01-05\". Correct it, or set missing to "
         "drop or fill"},
        {"t,a\n2010-01-01,1\n2010-01-02,2\n2010-01-03,3\n2010-01-04,3\n2010-01-04 05:00,3\n", 6, 1,
         "expected a time that is a whole number of steps after the first, got \"2010-01-04 05:00\". Correct it, or "
         "set missing to drop or fill"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_EQUAL(read_all(cases[i].text, RNN_MISSING_REFUSE), RNN_ERROR_CSV);
        CHECK_EQUAL(diagnosis.line, cases[i].line);
        CHECK_EQUAL(diagnosis.column, cases[i].column);
        CHECK_TEXT(diagnosis.text, cases[i].message);
        CHECK_EQUAL(read_all(cases[i].text, RNN_MISSING_DROP), RNN_OK);
    }
    /* A hole in a column that is not read is none. */
    const char text[] = "t,a,b\n2010-01-01,1,\n2010-01-02,2,\n";
    const uint32_t a = 1, b = 2, t = 0;
    CHECK_EQUAL(measure(text), RNN_OK);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &a, 1, 0, 2, values, positions, &report, NULL), RNN_OK);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &b, 1, 1, 2, values, positions, &report, NULL),
                RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &b, 1, 2, 2, values, positions, &report, NULL),
                RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &t, 1, 0, 2, values, positions, &report, NULL),
                RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &a, 1, 0, 1, values, positions, &report, NULL),
                RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &a, 1, 3, 2, values, positions, &report, NULL),
                RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_table_read(text, strlen(text), &table, &a, 0, 0, 2, values, positions, &report, NULL),
                RNN_ERROR_EMPTY);
    CHECK_EQUAL(rnn_table_read(NULL, 0, &table, &a, 1, 0, 2, values, positions, &report, NULL), RNN_ERROR_ARGUMENT);
    CHECK_TEXT(rnn_missing_name(0), "refuse");
    CHECK_TEXT(rnn_missing_name(1), "drop");
    CHECK_TEXT(rnn_missing_name(2), "fill");
    CHECK_TEXT(rnn_missing_name(3), NULL);
    /* Another text than the one that was measured. */
    const char other[] = "t,a,b\n2010-01-01,1,\n2010-01-02,2,\n2010-01-03,2,\n",
               shuffled[] = "t,a,b\n2010-01-02,1,\n2010-01-01,2,\n";
    CHECK_EQUAL(rnn_table_read(other, strlen(other), &table, &a, 1, 1, 2, values, positions, &report, NULL),
                RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_table_read(shuffled, strlen(shuffled), &table, &a, 1, 1, 2, values, positions, &report, NULL),
                RNN_ERROR_SHAPE);
}

/* Sums and remarks at the end are not read, and RNN_MISSING_REFUSE refuses them. */
static void lines_at_the_end_without_a_time(void)
{
    static const char *const ends[] = {"Total;431\n", "Summe;431;\n", ";431;12,5\n", "Source: a station\n",
                                       "\"Total\"; 4,31 ;1,2\n\n;;\n"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char text[200];
        snprintf(text, sizeof text, "t;v;w\n13.01.2010;1,5;3\n14.01.2010;2,5;4\n15.01.2010;3,5;5\n%s", ends[i]);
        CHECK_EQUAL(read_all(text, RNN_MISSING_DROP), RNN_OK);
        CHECK(table.rows == 3 && table.undated == 1 && table.undated_line == 5 && report.dropped == 0);
        WANTED(2, 0, 1.5, 3, 1, 2.5, 4, 2, 3.5, 5);
        CHECK_EQUAL(read_all(text, RNN_MISSING_FILL), RNN_OK);
        CHECK_EQUAL(report.rows, 3);
        CHECK_EQUAL(read_all(strcpy(text, "t,v\n2010-01-01,1\n2010-01-02,2\nTotal\n"), RNN_MISSING_REFUSE),
                    RNN_ERROR_CSV);
        CHECK(diagnosis.line == 4 && diagnosis.column == 1);
        CHECK_TEXT(diagnosis.text, "expected a time, got \"Total\". Correct it, or set missing to drop or fill");
    }
    /* several, and the time in another column */
    CHECK_EQUAL(read_all("v,date\n1,2010\n2,2011\n3,2012\n6,Sum\n2,Mean\n", RNN_MISSING_DROP), RNN_OK);
    CHECK(table.rows == 3 && table.undated == 2 && table.undated_line == 5);
    WANTED(1, 0, 1, 1, 2, 2, 3);
    /* between others such a line is an error, and so is a date that does not exist */
    CHECK_EQUAL(read_all("t,v\n2010-01-01,1\nTotal,1\n2010-01-02,2\n", RNN_MISSING_DROP), RNN_ERROR_CSV);
    CHECK(diagnosis.line == 3 && diagnosis.column == 1);
    CHECK_TEXT(diagnosis.text, "expected a date as in line 2, got \"Total\". Correct it, or delete this line");
    CHECK_EQUAL(read_all("t,v\n2010-02-27,1\n2010-02-28,1\n2010-02-29,2\n", RNN_MISSING_DROP), RNN_ERROR_CSV);
    /* years that are numbers are no times, and none of them can be missing at the end */
    CHECK_EQUAL(read_all("year,v\n2010,1\n2012,2\n2011,3\n,4\n", RNN_MISSING_FILL), RNN_OK);
    CHECK(table.time_column == 0 && table.rows == 4 && table.undated == 0);
}

/* A line of units below the names. */
static void units(void)
{
    struct rnn_table_column column;
    static const char *const names[] = {"t", "temp (\u00b0C)", "rain [mm]", "wind (m/s)", "n", "sky (in words)"};
    const char text[] = "t;temp;rain;wind (m/s);n;sky\nYYYY-MM-DD;\u00b0C;[mm];m/s;-;in words\n"
                        "2010-01-01;1,5;3;4;5;clear\n2010-01-02;2;3;4;5;rain\n";
    CHECK_EQUAL(read_all(text, RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.rows == 2 && table.unit_line == 2);
    WANTED(4, 0, 1.5, 3, 4, 5, 1, 2, 3, 4, 5);
    for (uint32_t i = 0; i < 6; i++) {
        CHECK_EQUAL(rnn_table_column_of(text, strlen(text), &table, i, &column), RNN_OK);
        CHECK_TEXT(column.name, names[i]);
    }
    /* words in the first row are no units unless a number stands below one, and no number beside them */
    static const char *const none[] = {"a,b\nx,\ny,3\n", "a,b\nx,1\n2,2\n", "t,a\n2010-01-01,x\n2010-01-02,3\n",
                                       "a,b\nx,y\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK_EQUAL(measure(none[i]), RNN_OK);
        CHECK_EQUAL(table.unit_line, 0);
    }
}

/* Times of day without a date, and beside one. */
static void times_of_day(void)
{
    CHECK_EQUAL(read_all("time,v\n8:00,1\n8:15,2\n8:30,3\n9:00,4\n", RNN_MISSING_DROP), RNN_OK);
    CHECK(table.time_column == 1 && table.step == 900 && !table.months);
    WANTED(1, 0, 1, 1, 2, 2, 3, 4, 4);
    CHECK_TEXT(time_at(0), "08:00");
    CHECK_TEXT(time_at(4), "09:00");
    /* past midnight */
    CHECK_EQUAL(read_all("time,v\n22:00,1\n23:00,2\n00:00,3\n01:00,4\n", RNN_MISSING_REFUSE), RNN_OK);
    WANTED(1, 0, 1, 1, 2, 2, 3, 3, 4);
    CHECK_TEXT(time_at(1), "01 23:00");
    CHECK_TEXT(time_at(2), "02 00:00");
    /* the latest first */
    CHECK_EQUAL(read_all("time,v\n01:00,4\n00:00,3\n23:00,2\n22:00,1\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK_EQUAL(table.descending, 1);
    WANTED(1, 0, 1, 1, 2, 2, 3, 3, 4);
    CHECK_TEXT(time_at(0), "01 22:00");
    CHECK_TEXT(time_at(3), "02 01:00");
    /* durations that come at no regular distance are words */
    CHECK_EQUAL(read_all("lap,v\n1:07,1\n1:09,2\n1:02,3\n1:11,4\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK_EQUAL(table.time_column, 0);
    WANTED(1, 0, 1, 1, 2, 2, 3, 3, 4);
    CHECK_EQUAL(read_all("lap,v\n1:07,1\n61:09,2\n,3\n", RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.time_column == 0 && table.rows == 3);
    /* in a column beside that of the dates */
    CHECK_EQUAL(read_all("t,v,time\n2010-01-01,1,23:00\n2010-01-01,2,23:30\n2010-01-02,3,00:00\n", RNN_MISSING_REFUSE),
                RNN_OK);
    CHECK(table.time_column == 1 && table.clock_column == 3 && table.step == 1800);
    WANTED(1, 0, 1, 1, 2, 2, 3);
    CHECK_TEXT(time_at(2), "2010-01-02 00:00");
    /* more than 99 days: the texts sort like the times */
    char text[120 * 24 * 8 + 8] = "time,v\n";
    for (size_t hour = 0, at = strlen(text); hour < 120 * 24; hour++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%02zu:00,1\n", hour % 24);
    CHECK_EQUAL(measure(text), RNN_OK);
    CHECK_TEXT(time_at(0), "001 00:00");
    CHECK_TEXT(time_at(120 * 24 - 1), "120 23:00");
}

/* Dates and times of day in two columns, in either order. */
static void times_of_day_beside_dates(void)
{
    struct rnn_table_column column;
    const char before[] = "no;time;v;date;end\n1;22:00;1;31.12.2010;22:59\n2;23:00;2;31.12.2010;23:59\n"
                          "3;00:00;3;01.01.2011;00:59\n4;01:00;4;01.01.2011;01:59\n";
    CHECK_EQUAL(read_all(before, RNN_MISSING_REFUSE), RNN_OK); /* that behind the date is nearer */
    CHECK(table.time_column == 4 && table.clock_column == 5);
    const char first[] = "time;date;v\n22:00;31.12.2010;1\n23:00;31.12.2010;2\n00:00;01.01.2011;3\n"
                         "01:00;01.01.2011;4\n";
    CHECK_EQUAL(read_all(first, RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.time_column == 2 && table.clock_column == 1 && table.step == 3600);
    WANTED(1, 0, 1, 1, 2, 2, 3, 3, 4);
    CHECK_TEXT(time_at(0), "2010-12-31 22:00");
    CHECK_TEXT(time_at(3), "2011-01-01 01:00");
    CHECK_EQUAL(rnn_table_column_of(first, strlen(first), &table, 0, &column), RNN_OK);
    CHECK_EQUAL(column.kind, RNN_COLUMN_TIME);
    /* dates that do not repeat need none */
    const char once[] = "time,date,v\n08:00,2010-01-01,1\n08:00,2010-01-02,2\n";
    CHECK_EQUAL(read_all(once, RNN_MISSING_REFUSE), RNN_OK);
    CHECK(table.time_column == 2 && table.clock_column == 0);
    CHECK_EQUAL(rnn_table_column_of(once, strlen(once), &table, 0, &column), RNN_OK);
    CHECK_EQUAL(column.kind, RNN_COLUMN_WORDS);
    /* sums at the end have neither */
    char text[200];
    CHECK_EQUAL(read_all(strcat(strcpy(text, first), "Sum;;9\n"), RNN_MISSING_DROP), RNN_OK);
    CHECK(table.rows == 4 && table.undated == 1);
    CHECK_EQUAL(read_all(text, RNN_MISSING_REFUSE), RNN_ERROR_CSV);
    CHECK_TEXT(diagnosis.text, "expected a time, got nothing. Correct it, or set missing to drop or fill");
    /* messages quote both */
    CHECK_EQUAL(measure("t,v,c\n2010-01-01,1,08:00\n2010-01-01,1,09:00\n2010-01-01,1,08:30\n"), RNN_ERROR_CSV);
    CHECK_TEXT(diagnosis.text, "expected a time after the one above, got \"2010-01-01 08:30\". Sort the lines by time");
    CHECK(diagnosis.line == 4 && diagnosis.column == 1);
    CHECK_EQUAL(read_all("t,c,v\n2010-01-01,08:00,1\n2010-01-01,09:00,1\n2010-01-01,09:00,1\n2010-01-01,10:00,1\n",
                         RNN_MISSING_REFUSE),
                RNN_ERROR_CSV);
    CHECK_TEXT(diagnosis.text,
               "expected each time once, got \"2010-01-01 09:00\". Correct it, or set missing to drop or fill");
}

/* Dates of which none shows whether the day or the month comes first. */
static void days_or_months_first(void)
{
    static const struct {
        const char *text;
        const char *first;
        double step;
    } cases[] = {
        {"t;v\n04.03.2024;1\n05.03.2024;2\n06.03.2024;3\n", "2024-03-04", 86400}, /* points: the day */
        {"t;v\n4.3.2024 23:00;1\n5.3.2024 00:00;2\n", "2024-03-04 23:00", 3600},
        /* in the other order a month is missing at midnight, or more */
        {"t;v\n04/03/2024 22:00;1\n04/03/2024 23:00;2\n05/03/2024 00:00;3\n", "2024-03-04 22:00", 3600},
        {"t;v\n03/04/2024 22:00;1\n03/04/2024 23:00;2\n03/05/2024 00:00;3\n", "2024-03-04 22:00", 3600},
        {"t;c;v\n03-04-2024;12:00;1\n03-05-2024;00:00;2\n03-05-2024;12:00;3\n", "2024-03-04 12:00", 43200},
        {"t;v\n01/11/2023;1\n01/12/2023;2\n01/01/2024;3\n01/02/2024;4\n", "2023-11", 1},
        {"t;v\n11/01/2023;1\n12/01/2023;2\n01/01/2024;3\n02/01/2024;4\n", "2023-11", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_EQUAL(read_all(cases[i].text, RNN_MISSING_REFUSE), RNN_OK);
        CHECK_TEXT(time_at(0), cases[i].first);
        CHECK_NEAR(table.step, cases[i].step, 0);
    }
    CHECK_EQUAL(measure("t;v\n04/03/2024;1\n05/03/2024;2\n06/03/2024;3\n"), RNN_ERROR_CSV); /* days or months */
}

/* A time of day beside dates belongs to them only if they repeat. */
static void other_times_of_day(void)
{
    CHECK_EQUAL(
        read_all("time,duration,v\n2010-01-01 00:00,00:15,1\n2010-01-01 01:00,00:15,2\n2010-01-01 02:00,00:07,3\n",
                 RNN_MISSING_REFUSE),
        RNN_OK);
    CHECK(table.clock_column == 0 && table.step == 3600);
    WANTED(1, 0, 1, 1, 2, 2, 3);
    CHECK_EQUAL(
        read_all("date,sunrise,v\n2010-01-01,07:59,1\n2010-01-02,07:58,2\n2010-01-03,07:58,3\n", RNN_MISSING_REFUSE),
        RNN_OK);
    CHECK(table.clock_column == 0 && table.step == 86400);
    WANTED(1, 0, 1, 1, 2, 2, 3);
    CHECK_TEXT(time_at(1), "2010-01-02");
    /* it may be empty, or no time, where it is not needed */
    CHECK_EQUAL(read_all("date,noted,v\n2010-01-01,07:59,1\n2010-01-02,,2\n2010-01-03,noon,3\n", RNN_MISSING_REFUSE),
                RNN_OK);
    CHECK_EQUAL(table.clock_column, 0);
    CHECK_EQUAL(read_all("date,time,v\n2010-01-01,12:00,1\n2010-01-01,24:00,2\n2010-01-02,12:00,3\n", RNN_MISSING_DROP),
                RNN_ERROR_CSV);
    CHECK_TEXT(diagnosis.text, "expected a time of day, got \"24:00\". Correct it, or delete this column");
    CHECK(diagnosis.line == 3 && diagnosis.column == 2);
}

/* Words above words are rows, not units. */
static void words_that_are_no_units(void)
{
    CHECK_EQUAL(measure("city,v\nBerlin,closed\nParis,3\nRome,4\n"), RNN_OK);
    CHECK(table.unit_line == 0 && table.rows == 3);
}

static void refused_tables(void)
{
    static const struct {
        const char *text;
        uint32_t line, column;
        const char *message;
    } cases[] = {
        {"", 1, 0, "expected a table whose first line names the columns, got an empty file"},
        {"t,a\n", 2, 0, "expected at least one line below the names of the columns, got none"},
        {"2010-01-01,1\n2010-01-02,2\n", 1, 1, "expected a first line that names the columns, got \"2010-01-01\""},
        {"1,2\n3,4\n", 1, 1, "expected a first line that names the columns, got \"1\""},
        {"2010-01-01;1,5\n2010-01-02;2,5\n", 1, 1, "expected a first line that names the columns, got \"2010-01-01\""},
        {"Weather of 2010\nt,a\n2010-01-01,1\n", 2, 2,
         "expected 1 column, as in the first line, got 2. Delete titles above the names of the columns"},
        {"t,a\n2010-01-01,1\n2010-01-02\n", 3, 2, "expected 2 columns, as in the first line, got 1"},
        {"t,a\n2010-01-01,1\n2010-01-02,2,3\n", 3, 3, "expected 2 columns, as in the first line, got 3"},
        {"t,a\n2010-01-01,1\n2010-01-02,x\n", 3, 2,
         "expected a number, got \"x\". Correct it, or leave the field empty if the value is missing"},
        {"t,a\n2010-01-01,1\nyesterday,2\n", 3, 1,
         "expected a time, got \"yesterday\". Correct it, or set missing to drop or fill"},
        {"t,a\n2010-01-31,1\n2010-02-30,2\n", 3, 1,
         "expected a date as in line 2, got \"2010-02-30\". Correct it, or delete this line"},
        {"t,a\n2010-01-01,1\n2010-01-03,2\n2010-01-02,2\n", 4, 1,
         "expected a time after the one above, got \"2010-01-02\". Sort the lines by time"},
        {"t,a\n2010-01-03,1\n2010-01-02,2\n2010-01-05,2\n", 4, 1,
         "expected a time before the one above, got \"2010-01-05\". Sort the lines by time"},
        {"t,a\n01/02/2010,1\n02/02/2010,2\n", 2, 1,
         "expected at least one date that shows whether the day or the month comes first, got \"01/02/2010\". "
         "Write dates as year-month-day"},
        {"t,a\n24.03.01,1\n24.03.02,2\n24.03.03,3\n", 2, 1,
         "expected a year of four digits, got \"24.03.01\". Write dates as year-month-day"},
        {"t,a\n04/03/2024 22:00,1\n04/03/2024 23:00,2\n04/03/2024 22:30,3\n05/03/2024 00:00,4\n", 4, 1,
         "expected a time after the one above, got \"04/03/2024 22:30\". Sort the lines by time"},
        {"t,a\n2010-01-01,1\n2010-01-02,1\n2010-01-04,2\n2010-01-09,2\n2010-01-20,2\n", 0, 1,
         "expected times at regular distances, but no distance occurs in more than half of the lines. Without the "
         "column of times, the lines are read one after another"},
        {"t,a\n2010-01-01,1\n2010-01-02,1e200\n", 3, 2,
         "expected a number, got \"1e200\". Correct it, or leave the field empty if the value is missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_EQUAL(read_all(cases[i].text, RNN_MISSING_REFUSE), RNN_ERROR_CSV);
        CHECK_EQUAL(diagnosis.line, cases[i].line);
        CHECK_EQUAL(diagnosis.column, cases[i].column);
        CHECK_TEXT(diagnosis.text, cases[i].message);
    }
    CHECK_EQUAL(rnn_table_measure(NULL, 0, &table, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_table_measure("a\n1\n", 4, NULL, NULL), RNN_ERROR_ARGUMENT);
}

/* A table of one column is read the same whatever is cut off behind a line, and nothing is read beyond the end. */
static void every_truncation(void)
{
    for (size_t bytes = 0; bytes < sizeof holes; bytes++) {
        char *copy = block_of(bytes + 1);
        memcpy(copy, holes, bytes);
        const uint32_t a = 1;
        if (rnn_table_measure(copy, bytes, &table, &diagnosis) == RNN_OK) {
            const enum rnn_status status = rnn_table_read(copy, bytes, &table, &a, 1, RNN_MISSING_FILL, 64, values,
                                                          positions, &report, &diagnosis);
            CHECK(status == RNN_OK || status == RNN_ERROR_EMPTY || status == RNN_ERROR_CSV);
            for (uint32_t row = 0; status == RNN_OK && row < report.rows; row++) {
                CHECK(isfinite(values[row]));
                CHECK(row == 0 || positions[row] == positions[row - 1] + 1);
            }
        }
        free(copy);
    }
}

/* The nearest double, as the C library reads it. */
static void doubles(void)
{
    static const char *const texts[] = {"0.1",
                                        "-2.5",
                                        "0.30000000000000004",
                                        "123456789012345678",
                                        "9007199254740993",
                                        "9007199254740992.5",
                                        "1e22",
                                        "1e23",
                                        "8.5e-23",
                                        "1.7976931348623157e149",
                                        "5e-149",
                                        "3.141592653589793238462643383279502884197",
                                        "1e-150",
                                        "-0",
                                        "00012.50",
                                        "4503599627370497.5",
                                        "4503599627370497.50000000000000000000000001",
                                        "7450580596923828125e-27"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_EQUAL(rnni_decimal_read_double(texts[i], strlen(texts[i]), &value), strlen(texts[i]));
        CHECK(value == strtod(texts[i], NULL));
        CHECK(!signbit(value) == !signbit(strtod(texts[i], NULL)));
    }
    uint64_t state = 1;
    for (int i = 0; i < 20000; i++) {
        char text[64];
        state = state * 6364136223846793005u + 1442695040888963407u;
        const double scale = pow(10, (double)(state >> 33 & 255) - 128);
        snprintf(text, sizeof text, "%.*g", 1 + (int)(state >> 45 & 31),
                 ((double)(state >> 11) - 4e15) * 1e-15 * scale);
        CHECK_EQUAL(rnni_decimal_read_double(text, strlen(text), &value), strlen(text));
        CHECK(value == strtod(text, NULL));
    }
    CHECK_EQUAL(rnni_decimal_read_double("x", 1, &value), 0);
    CHECK_EQUAL(rnni_decimal_read_double("1e151", 5, &value), 5);
    CHECK(isinf(value));
    CHECK_EQUAL(rnni_decimal_read_double("1e-152", 6, &value), 6);
    CHECK(value == 0);
}

int main(void)
{
    TEST(plain);
    TEST(missing_in_columns);
    TEST(ways_to_write_times);
    TEST(years_that_are_numbers);
    TEST(codes_of_missing_values);
    TEST(latest_first);
    TEST(dropped_or_filled);
    TEST(refused_holes);
    TEST(lines_at_the_end_without_a_time);
    TEST(units);
    TEST(times_of_day);
    TEST(times_of_day_beside_dates);
    TEST(days_or_months_first);
    TEST(other_times_of_day);
    TEST(words_that_are_no_units);
    TEST(refused_tables);
    TEST(every_truncation);
    TEST(doubles);
    return check_report();
}
