/* A data set must survive a round trip through text bit by bit, and every text that is not a data set must be rejected with the
 * position of the error.
 *
 * Texts are copied into blocks of exactly their size, so that the address sanitizer finds any byte read past the end. */
#include "rnn_files.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 4096 };

struct read {
    enum rnn_status status;
    struct rnn_csv_shape shape;
    rnn_real x[ROOM], y[ROOM];
    uint32_t lengths[ROOM];
    struct rnn_diagnosis diagnosis;
};

static struct read result;

static enum rnn_loss loss = RNN_BINARY_CROSSENTROPY; /* the loss for which the text is read */
static uint32_t outputs = 1;

static void read_text(const char *text, size_t bytes)
{
    char *copy = malloc(bytes ? bytes : 1);
    memcpy(copy, text, bytes);
    memset(&result, 0, sizeof result);
    memset(result.x, 255, sizeof result.x); /* not a number, where nothing is written */
    memset(result.y, 255, sizeof result.y);
    result.status = rnn_csv_measure(copy, bytes, &result.shape, &result.diagnosis);
    if (result.status == RNN_OK &&
        (size_t)result.shape.samples * result.shape.timesteps * result.shape.features <= ROOM)
        result.status = rnn_csv_read(copy, bytes, &result.shape, loss, outputs, result.x, result.y, result.lengths,
                                     &result.diagnosis);
    free(copy);
}

static bool accepted(const char *text, uint32_t samples, uint32_t timesteps, uint32_t features)
{
    read_text(text, strlen(text));
    bool same = result.status == RNN_OK && result.shape.samples == samples && result.shape.timesteps == timesteps &&
                result.shape.features == features;
    if (!same) printf("not accepted: %s\n%s\n", text, result.diagnosis.text);
    return same;
}

static bool refused_bytes(const char *text, size_t bytes, uint32_t line, uint32_t column, const char *message)
{
    read_text(text, bytes);
    const struct rnn_diagnosis *d = &result.diagnosis;
    bool same = result.status == RNN_ERROR_CSV && d->line == line && d->column == column &&
                strcmp(d->text, message) == 0 && d->offset <= bytes;
    if (!same)
        printf("%s\nstatus %d at %u:%u: %s\nexpected %u:%u: %s\n", text, result.status, (unsigned)d->line,
               (unsigned)d->column, d->text, (unsigned)line, (unsigned)column, message);
    return same;
}

static bool refused(const char *text, uint32_t line, uint32_t column, const char *message)
{
    return refused_bytes(text, strlen(text), line, column, message);
}

/* ------------------------------------------------------------------------------------------------ accepted */

static void test_numbers(void)
{
    CHECK(accepted("y,x1,x2\n1,0.5,-2\n0,1e-3,4.5E2\n", 2, 2, 1));
    CHECK(result.y[0] == 1 && result.y[1] == 0);
    CHECK(result.x[0] == (rnn_real)0.5 && result.x[1] == -2 && result.x[2] == (rnn_real)0.001f && result.x[3] == 450);
    CHECK(accepted("y,x1_1,x1_2,x2_1,x2_2\n1,1,2,3,4\n", 1, 2, 2));
    CHECK(result.x[0] == 1 && result.x[1] == 2 && result.x[2] == 3 && result.x[3] == 4);
}

static void test_forms_of_the_header(void)
{
    CHECK(accepted("y,x1\n0,7\n", 1, 1, 1));
    CHECK(accepted("y,x1_1\n0,7\n", 1, 1, 1));
    CHECK(accepted("y,x1_1,x1_2,x1_3\n0,7,8,9\n", 1, 1, 3));
    CHECK(accepted("y,x1_1,x2_1,x3_1\n0,7,8,9\n", 1, 3, 1));
}

static void test_line_ends_and_blanks(void)
{
    CHECK(accepted("y,x1\r\n1,2\r\n0,3\r\n", 2, 1, 1));
    CHECK(accepted("y,x1\n1,2\n0,3", 2, 1, 1));
    CHECK(accepted("y,x1\n1,2\n0,3\n\n \t\r\n\n", 2, 1, 1));
    CHECK(accepted("\xef\xbb\xbfy,x1\n1,2\n", 1, 1, 1));
    CHECK(accepted(" y ,\tx1 \n 1 , 2\t\n", 1, 1, 1));
    CHECK(result.x[0] == 2);
    CHECK(accepted("y,x1\n1.0,+.5\n0e0,5.\n-0,1\n", 3, 1, 1));
    CHECK(result.y[0] == 1 && result.y[1] == 0 && result.x[0] == (rnn_real)0.5 && result.x[1] == 5);
}

/* ------------------------------------------------------------------------------------------------ other programs */

#define SAME(text) text, sizeof text - 1

/* Each of these texts has the labels 0 and 1 and the sequences (1.5, -2) and (1234.5, 0.25), as another program writes them. */
static void test_texts_of_other_programs(void)
{
    static const struct {
        const char *text;
        size_t bytes;
    } texts[] = {
        {SAME("y,x1,x2\n0,1.5,-2\n1,1234.5,0.25\n")},
        /* R: write.csv, with and without row names, write.csv2; numpy.savetxt with header="y,x1,x2", which is a comment */
        {SAME("\"\",\"y\",\"x1\",\"x2\"\n\"1\",0,1.5,-2\n\"2\",1,1234.5,0.25\n")},
        {SAME("\"y\",\"x1\",\"x2\"\n0,1.5,-2\n1,1234.5,0.25\n")},
        {SAME("\"y\";\"x1\";\"x2\"\n0;1,5;-2\n1;1234,5;0,25\n")},
        {SAME("\"y\",\"x1\",\"x2\"\nFALSE,1.5,-2\nTRUE,1234.5,0.25\n")},
        {SAME("# y,x1,x2\n0.000e+00,1.5e+00,-2.000e+00\n1.000e+00,1.2345e+03,2.5e-01\n")},
        /* pandas: DataFrame.to_csv */
        {SAME(",y,x1,x2\n0,0,1.5,-2.0\n1,1,1234.5,0.25\n")},
        {SAME("y,x1,x2\nFalse,1.5,-2.0\nTrue,1234.5,0.25\n")},
        /* Excel: CSV UTF-8 in English, and in German with thousands; Unicode text; a column that was emptied; sep= */
        {SAME("\xef\xbb\xbfy,x1,x2\r\n0,1.5,-2\r\n1,\"1,234.5\",0.25\r\n")},
        {SAME("\xef\xbb\xbfy;x1;x2\r\n0;1,5;-2\r\n1;1.234,5;0,25\r\n")},
        {SAME("y\tx1\tx2\r\n0\t1,5\t-2\r\n1\t1234,5\t0,25\r\n")},
        {SAME("y,x1,x2,,\r\n0,1.5,-2,,\r\n1,1234.5,0.25,,\r\n,,,,\r\n,,,,\r\n")},
        {SAME("sep=;\r\ny;x1;x2\r\n0;1.5;-2\r\n1;1234.5;0.25\r\n")},
        {SAME("sep=\t\r\ny\tx1\tx2\r\n0\t1.5\t-2\r\n1\t1234.5\t0.25\r\n")},
        {SAME("y,x1,x2\r0,1.5,-2\r1,1234.5,0.25\r")},
        {SAME("\xff\xfey\0\t\0x\0001\0\t\0x\0002\0\r\0\n\0000\0\t\0001\0.\0005\0\t\0-"
              "\0002\0\r\0\n\0001\0\t\0001\0002\0003\0004\0.\0005\0\t\0000\0.\0002\0005\0\r\0\n\0")},
        {SAME("\xfe\xff\0y\0,\0x\0001\0,\0x\0002\0\n\0000\0,\0001\0.\0005\0,\x22\x12\0002\0\n\0001\0,"
              "\0001\0002\0003\0004\0.\0005\0,\0000\0.\0002\0005\0\n")},
        /* LibreOffice: quoted fields, text with decimal commas in quotes, French and Swiss thousands */
        {SAME("\"y\",\"x1\",\"x2\"\n\"0\",\"1.5\",\"-2\"\n\"1\",\"1234.5\",\"0.25\"\n")},
        {SAME("y,x1,x2\n0,\"1,5\",-2\n1,\"1234,5\",\"0,25\"\n")},
        {SAME("y;x1;x2\n0;1,5;\xe2\x88\x92"
              "2\n1;1\xe2\x80\xaf"
              "234,5;0,25\n")},
        {SAME("y;x1;x2\n0;1,5;-2\n1;1\xc2\xa0"
              "234,5;0,25\n")},
        {SAME("y;x1;x2\n0;1,5;-2\n1;1\xa0"
              "234,5;0,25\n")},
        {SAME("y;x1;x2\n0;1.5;-2\n1;1'234.5;0.25\n")},
        {SAME("y;x1;x2\n0;1.5;-2\n1;1\xe2\x80\x99"
              "234.5;0.25\n")},
        /* by hand: the target last and by other names, labels -1 and 1, the header again, empty lines, blanks */
        {SAME("x1,x2,y\n1.5,-2,0\n1234.5,0.25,1\n")},
        {SAME("x1,x2,Label\n1.5,-2,0\n1234.5,0.25,1\n")},
        {SAME(",x1,x2,target\n0,1.5,-2,0\n1,1234.5,0.25,1\n")},
        {SAME("Class,X1,X2\n-1,1.5,-2\n1,1234.5,0.25\n")},
        {SAME("y,x1,x2\n\xe2\x88\x92"
              "1,1.5,\xe2\x88\x92"
              "2\n+1,1234.5,0.25\n")},
        {SAME("y,x1,x2\n0,1.5,-2\ny,x1,x2\n1,1234.5,0.25\ny,x1,x2")},
        {SAME("y,x1,x2\r\n0,1.5,-2\r\ny,x1,x2\r\n1,1234.5,0.25\r\n")},
        {SAME("\n\ny,x1,x2\n\n0,1.5,-2\n   \n1,1234.5,0.25\n")},
        {SAME("y , x1 ,\" x2 \"\n 0 , 1.5 ,\xc2\xa0-2\n\" 1 \",\t1234.5\t,0.25\xc2\xa0\n")},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text(texts[i].text, texts[i].bytes);
        const bool same = result.status == RNN_OK && result.shape.samples == 2 && result.shape.timesteps == 2 &&
                          result.shape.features == 1 && result.y[0] == 0 && result.y[1] == 1 &&
                          result.x[0] == (rnn_real)1.5 && result.x[1] == -2 && result.x[2] == (rnn_real)1234.5 &&
                          result.x[3] == (rnn_real)0.25;
        if (!same) printf("not the same: %s\n%s\n", texts[i].text, result.diagnosis.text);
        CHECK(same);
    }
}

/* Reads a text and compares what is said of it. training: 0 for all. */
static bool noted(const char *text, size_t bytes, uint32_t training, const char *expected)
{
    char notes[1000];
    size_t written = 0, needed = 0;
    read_text(text, bytes);
    const struct rnn_csv_shape s = result.shape;
    const struct rnn_dataset data = {.x = result.x,
                                     .y = result.y,
                                     .samples = s.samples,
                                     .timesteps = s.timesteps,
                                     .features = s.features,
                                     .readouts = s.return_sequences ? s.timesteps : 1,
                                     .lengths = result.lengths};
    if (!training) training = s.samples;
    size_t more = 0;
    enum rnn_status status = rnn_csv_notes(text, bytes, (uint32_t)loss, notes, sizeof notes - 1, &written, NULL);
    if (status == RNN_OK)
        status = rnn_dataset_notes(&data, (uint32_t)loss, training, notes + written, sizeof notes - 1 - written, &more);
    notes[written + more] = 0;
    bool same = result.status == RNN_OK && status == RNN_OK && strcmp(notes, expected) == 0;
    for (size_t room = 0; room < written || room < more; room++) {
        char *block = malloc(room ? room : 1);
        if (room < written)
            same = same && rnn_csv_notes(text, bytes, (uint32_t)loss, block, room, &needed, NULL) == RNN_ERROR_BLOCK &&
                   needed == written;
        if (room < more)
            same = same &&
                   rnn_dataset_notes(&data, (uint32_t)loss, training, block, room, &needed) == RNN_ERROR_BLOCK &&
                   needed == more;
        free(block);
    }
    if (!same) printf("%s\nstatus %d, said:\n%sexpected:\n%s", text, status, notes, expected);
    return same;
}

static void test_notes(void)
{
    static const struct {
        const char *text;
        size_t bytes;
        uint32_t training;
        const char *notes;
    } texts[] = {
        {SAME("y,x1\n0,1\n1,2\n"), 0, ""},
        {SAME("\xef\xbb\xbfy,x1\r\n0,\"1\"\r\n1,2\r\n\r\n"), 0, ""},
        {SAME("\xff\xfey\0\t\0x\0001\0\n\0000\0\t\0001\0\n\0001\0\t\0002\0\n\0"), 0,
         "The text is in UTF-16.\nThe columns are separated by tabs.\n"},
        {SAME("y;x1;\n0;1.234,5;\n1;\xe2\x88\x92"
              "2;\n"),
         0,
         "The columns are separated by semicolons.\nThe decimal mark is a comma.\nMarks between thousands were left "
         "out of the "
         "numbers.\nTypographic minus signs were read as -.\nEmpty columns without a name were left "
         "out.\n"},
        {SAME("y;x1\n0;1\xa0"
              "000\n1;2\n"),
         0,
         "Bytes that are not UTF-8 were read as Latin-1.\nThe columns are separated by semicolons.\nMarks between "
         "thousands "
         "were left out of the numbers.\n"},
        {SAME("\"\",\"x1\",\"Label\"\n\"1\",1,0\n\"2\",2,1\n"), 0,
         "The first column has no name and was left out.\nThe target y comes after x.\nThe column \"Label\" is the "
         "target "
         "y.\n"},
        {SAME("y,x1\n-1,1\n\ny,x1\n1,2\n\n\n1,3\ny,x1\n"), 0,
         "2 lines that repeat the header were left out.\n3 lines without values were left out.\nThe labels -1 and 1 "
         "were read "
         "as 0 and 1.\n"},
        {SAME("y,x1\n-1,1\ny,x1\n\n1,2\n"), 0,
         "1 line that repeats the header was left out.\n1 line without values was left out.\nThe labels -1 and 1 were "
         "read "
         "as 0 and 1.\n"},
        {SAME("y,x1\nTRUE,1\nFALSE,2\n"), 0, "The labels FALSE and TRUE were read as 0 and 1.\n"},
        {SAME("y,x1\n1,1\n1,2\n"), 0, "All labels are 1, so there is nothing to learn.\n"},
        {SAME("y,x1\n0,1\n0,2\n1,3\n"), 2,
         "All labels of the 2 training sequences are 0, so there is nothing to learn from them. Mix the lines of the "
         "file.\n"},
        {SAME("y,x1\n0,1\n1,2\n1,3\n"), 2, ""},
        {SAME("y,x1,x2\n0,1,3\n1,2,3\n0,3,3\n1,4,3\n0,5,3\n1,6,3\n0,7,3\n1,8,3\n0,9,3\n1,0,3\n"), 0,
         "The column x2 is the same in every sequence, so the network learns nothing from it.\n"},
        {SAME("y,x1_1,x1_2,x1_3,x2_1,x2_2,x2_3\n0,1,2,3,1,3,3\n1,1,2,3,1,2,3\n0,1,2,3,1,2,3\n1,1,2,3,1,2,3\n0,1,2,3,1,"
              "2,3\n1,1,2,"
              "3,1,2,3\n0,1,2,3,1,2,3\n1,1,2,3,1,2,3\n0,1,2,3,1,2,3\n1,1,2,3,1,2,3\n"),
         0,
         "2 columns (the first is x1_1 at every time step) are the same in every sequence, so the network learns "
         "nothing from them.\n"},
        {SAME("y,x1,x2\n0,1,3\n1,-7,-999\n0,-999,20\n"), 0,
         "2 numbers are -999, the first in sequence 2, column x2. If this stands for a missing value, fill it in or "
         "delete the "
         "sequence.\n"},
        {SAME("y,x1\n0,1\n1,-99\n"), 0,
         "1 number is -99, in sequence 2, column x1. If this stands for a missing value, fill it in or "
         "delete the "
         "sequence.\n"},
        {SAME("y,x1\n0,-998\n1,-999\n"), 0, ""},
        {SAME("y,x1,x2\n\n0,1,2\n1,3\n"), 0,
         "1 line without values was left out.\n1 sequence ends early, in line 4. The missing time steps are masked and "
         "do not count.\n"},
        {SAME("y,x1,x2,x3\n0,1,,\n1,2,3\n0,4,5,6\n"), 0,
         "2 sequences end early, the first in line 2. The missing time steps are masked and do not count.\n"},
        /* x2 is the same in nine sequences, and the others have none; then it is the same in ten */
        {SAME("y,x1,x2\n0,1,3\n1,2,3\n0,3,3\n1,4,3\n0,5,3\n1,6,3\n0,7,3\n1,8,3\n0,9,3\n1,10\n0,11\n"), 0,
         "2 sequences end early, the first in line 11. The missing time steps are masked and do not count.\n"},
        {SAME("y,x1,x2\n0,1,3\n1,2,3\n0,3,3\n1,4,3\n0,5,3\n1,6,3\n0,7,3\n1,8,3\n0,9,3\n1,10\n0,11,3\n"), 0,
         "1 sequence ends early, in line 11. The missing time steps are masked and do not count.\nThe column x2 is the "
         "same in every sequence, so the network learns nothing from it.\n"},
        {SAME("y1,y2,x1,x2\n1,1,2,3\n1,,4,\n"), 0,
         "1 sequence ends early, in line 3. The missing time steps are masked and do not count.\nAll labels "
         "are 1, so there is nothing to learn.\n"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(noted(texts[i].text, texts[i].bytes, texts[i].training, texts[i].notes));
    loss = RNN_MEAN_SQUARED_ERROR; /* a number may be any, also a label */
    CHECK(noted(SAME("y,x1\n-1,1\n1,2\n"), 0, ""));
    CHECK(noted(SAME("y,x1\n1,1\n1,2\n"), 0, ""));
    loss = RNN_BINARY_CROSSENTROPY;
    const rnn_real numbers[] = {0, 1};
    const struct rnn_dataset data = {
        .x = numbers, .y = numbers, .samples = 2, .timesteps = 1, .features = 1, .readouts = 1};
    static const char text[] = "y,x1\n0,0\n1,1\n";
    CHECK_EQUAL(rnn_dataset_notes(&data, 0, 3, NULL, 0, NULL), RNN_ERROR_SHAPE);
    CHECK_EQUAL(rnn_dataset_notes(&data, 9, 2, NULL, 0, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_csv_notes(text, sizeof text - 1, 9, NULL, 0, NULL, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_csv_notes(text, 4, 0, NULL, 0, NULL, NULL), RNN_ERROR_CSV);
}

/* A text whose meaning is not certain is refused where the doubt begins. */
static void test_uncertain_texts(void)
{
    CHECK(refused("y;x1\n0;1,5\n1;2.5\n", 3, 2,
                  "expected a decimal comma, as in line 2, got \"2.5\". Write all numbers with the same decimal mark"));
    CHECK(refused("y;x1\n0;2.5\n1;1,5\n", 3, 2,
                  "expected a decimal point, as in line 2, got \"1,5\". Write all numbers with the same decimal mark"));
    CHECK(refused("y;x1\n0;7\n1;1,234\n", 3, 2,
                  "expected a number with one meaning, got \"1,234\", whose comma may separate thousands or decimals. "
                  "Write it without that comma, or with a decimal point"));
    CHECK(accepted("y;x1\n0;1,234\n1;0,5\n", 2, 1, 1) && result.x[0] == (rnn_real)1.234f);
    CHECK(accepted("y;x1\n0;1,234\n1;0.5\n", 2, 1, 1) && result.x[0] == 1234);
    CHECK(accepted("y;x1\n0;1.234\n1;2.345\n", 2, 1, 1) && result.x[0] == (rnn_real)1.234f);
    CHECK(refused("y;x1\n0;12.345.67\n", 2, 2, "expected a number in column x1, got \"12.345.67\""));
    CHECK(refused("y;x1\n0;0,123,456\n", 2, 2, "expected a number in column x1, got \"0,123,456\""));
    CHECK(refused("y,x1\n0,\"1\n", 2, 2, "expected a closing quote, got none before the end of the file"));
    CHECK(refused("y,x1\n0,-999 m\n", 2, 2, "expected a number in column x1, got \"-999 m\""));
    CHECK(refused("y,x1\n0,NA\n", 2, 2,
                  "expected a number in column x1, got \"NA\". Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1\n0,\"1\"\"\"\n", 2, 2, "expected a number in column x1, got \"1\"\""));
    CHECK(refused("y,x1\n0,\"1\n2\"\n1,z\n", 2, 2, "expected a number in column x1, got \"1\\x0a2\""));
}

/* ------------------------------------------------------------------------------------------------ refused */

static void test_nothing_there(void)
{
    CHECK(refused("", 1, 0, "expected a table whose first line names the columns, got an empty file"));
    CHECK(refused("\xef\xbb\xbf", 1, 0, "expected a table whose first line names the columns, got an empty file"));
    CHECK(refused("\n\n", 1, 0, "expected a table whose first line names the columns, got an empty file"));
    CHECK(refused("y,x1,x2\n", 2, 0, "expected at least one sequence below the header, got none"));
    CHECK(refused("y,x1,x2", 2, 0, "expected at least one sequence below the header, got none"));
}

static void test_bad_headers(void)
{
    static const char no_header[] =
        "expected a header that begins with y,x1, got \"1\". Add a first line that names the columns, such as y,x1,x2";
    CHECK(refused("1,0.5\n0,0.25\n", 1, 1, no_header));
    CHECK(refused("\n1,2\n", 2, 1, no_header));
    CHECK(refused("1;0,5\n", 1, 1, no_header));
    CHECK(refused("hello", 1, 1,
                  "expected the column \"y\" (the target) or \"x1\", got \"hello\". Name the columns y,x1,x2 "
                  "and so on"));
    CHECK(refused("x1,x3,y\n1,2,0\n", 1, 2, "expected the column \"x2\" or the target \"y\", got \"x3\""));
    CHECK(refused("x1,x2,y,x3\n1,2,0,3\n", 1, 4, "expected the column \"y2\", got \"x3\""));
    CHECK(refused("x1,x2\n1,2\n", 1, 3, "expected the column \"x3\" or the target \"y\", got nothing"));
    CHECK(refused("y,x1,,x2\n1,2,3,4\n", 1, 4, "expected no more names after a column without a name, got \"x2\""));
    CHECK(refused("y\n1\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got nothing"));
    CHECK(refused("y,x0\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x0\""));
    CHECK(refused("y,x01\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x01\""));
    CHECK(refused("y,x2\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x2\""));
    CHECK(refused("y,x1,x3\n1,2,3\n", 1, 3, "expected the column \"x2\", got \"x3\""));
    CHECK(refused("y,x1,x1\n1,2,3\n", 1, 3, "expected the column \"x2\", got \"x1\""));
    CHECK(refused("y,x1,\n1,2,3\n", 2, 3, "expected nothing in a column without a name, got \"3\""));
    CHECK(refused("y,x1,x2_1\n1,2,3\n", 1, 3, "expected the column \"x2\", got \"x2_1\""));
    CHECK(refused("y,x1_1,x1_3\n1,2,3\n", 1, 3, "expected the column \"x1_2\" or \"x2_1\", got \"x1_3\""));
    CHECK(refused("y,x1_1,x2\n1,2,3\n", 1, 3, "expected the column \"x1_2\" or \"x2_1\", got \"x2\""));
    CHECK(refused("y,x1_1,x1_2,x2_2\n1,2,3,4\n", 1, 4, "expected the column \"x1_3\" or \"x2_1\", got \"x2_2\""));
    CHECK(refused("y,x1_1,x1_2,x2_1\n1,2,3,4\n", 1, 5, "expected the column \"x2_2\", got nothing"));
    CHECK(refused("y,x1_1,x1_2,x2_1,x3_1\n1,2,3,4,5\n", 1, 5, "expected the column \"x2_2\", got \"x3_1\""));
    CHECK(refused("y,x1_\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x1_\""));
    CHECK(refused("y,x1_01\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x1_01\""));
    CHECK(refused("y,x99999999999999999999\n1,2\n", 1, 2,
                  "expected the column \"x1\" or \"x1_1\", got \"x99999999999999999999\""));
}

static void test_wrong_number_of_columns(void)
{
    CHECK(refused("y,x1,x2\n1,2,3\n0,4", 3, 3,
                  "expected 3 columns, as in the header, got 2. Add the missing values, or delete this line, or end it "
                  "with a line break if its sequence ends here"));
    CHECK(refused("x1,x2,y\n2,3,1\n4,0\n", 3, 3,
                  "expected 3 columns, as in the header, got 2. Add the missing values, or delete this line"));
    CHECK(refused("y,x1_1,x1_2,x2_1,x2_2\n1,2,3,4\n", 2, 5,
                  "expected 5 columns, as in the header, got 4. Add the missing values, or delete this line"));
    CHECK(refused("y,x1,x2,x3,x4\n1,2,,3\n", 2, 5,
                  "expected 5 columns, as in the header, got 4. Add the missing values, or delete this line"));
    CHECK(refused("y,x1,x2\n1\n", 2, 2,
                  "expected 3 columns, as in the header, got 1. Add the missing values, or delete this line"));
    CHECK(refused(
        "y,x1,x2\n1,2,3,4\n", 2, 4,
        "expected 3 columns, as in the header, got 4. Where commas separate columns, write decimals with a point"));
    CHECK(refused(
        "y,x1,x2\n1,2,3,\n", 2, 4,
        "expected 3 columns, as in the header, got 4. Where commas separate columns, write decimals with a point"));
    CHECK(refused(
        "y,x1,x2\n1,2,3,4,5,6\n", 2, 4,
        "expected 3 columns, as in the header, got 6. Where commas separate columns, write decimals with a point"));
}

static bool same_numbers(const rnn_real *numbers, const rnn_real *expected, size_t count)
{
    return memcmp(numbers, expected, count * sizeof *numbers) == 0;
}

/* A sequence ends before its first empty field if only empty fields follow, or none. */
static void test_sequences_that_end_early(void)
{
    static const char *const texts[] = {
        "y,x1,x2,x3\n1,2,,\n0,3,4\n1,5,6,7\n", /* as spreadsheets and as people write them */
        "y,x1,x2,x3\n1,2\n0,3,4,\n1,5,6,7",           "y,x1,x2,x3,,\r\n1,2,,,,\r\n0,3,4,,,\r\n1,5,6,7,,\r\n",
        ",y,x1,x2,x3\n0,1,2,\n1,0,3,4,\n2,1,5,6,7\n", "y;x1;x2;x3\r1;\"2\";\"\";\"\"\r0;3;4; \r1;5;6;7\r",
    };
    static const rnn_real x[] = {2, 0, 0, 3, 4, 0, 5, 6, 7}, y[] = {1, 0, 1};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK(accepted(texts[i], 3, 3, 1) && result.shape.shorter == 2);
        CHECK(result.lengths[0] == 1 && result.lengths[1] == 2 && result.lengths[2] == 3);
        CHECK(same_numbers(result.x, x, 9) && same_numbers(result.y, y, 3));
    }
    static const rnn_real pairs[] = {2, 3, 0, 0, 4, 5, 6, 7};
    CHECK(accepted("y,x1_1,x1_2,x2_1,x2_2\n1,2,3\n0,4,5,6,7\n", 2, 2, 2) && result.shape.shorter == 1);
    CHECK(result.lengths[0] == 1 && result.lengths[1] == 2 && same_numbers(result.x, pairs, 8));
    CHECK(accepted("y,x1,x2\n1,2,3\n", 1, 2, 1) && result.shape.shorter == 0 && result.lengths[0] == 2);
    CHECK(refused("y,x1,x2,x3\n1,2,,4\n", 2, 3,
                  "expected a number in column x2, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1,x2\n1,2,", 2, 3, /* the number may have been cut off */
                  "expected a number in column x2, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1,x2\n1,2,NA\n", 2, 3,
                  "expected a number in column x2, got \"NA\". Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1,x2\n1,,\n", 2, 2,
                  "expected a number in column x1, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1_1,x1_2,x2_1,x2_2\n1,2,3,4,\n", 2, 5,
                  "expected a number in column x2_2, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("x1,x2,y\n1,,0\n", 2, 2,
                  "expected a number in column x2, got nothing. Fill in the missing value, or delete this line"));
    static const char text[] = "y,x1,x2\n1,2\n";
    const struct rnn_csv_shape shape = {1, 2, 1, 0, 1};
    rnn_real some[2], one;
    CHECK_EQUAL(rnn_csv_read(text, sizeof text - 1, &shape, RNN_BINARY_CROSSENTROPY, 1, some, &one, NULL, NULL),
                RNN_ERROR_ARGUMENT);
}

static void test_no_numbers(void)
{
    CHECK(refused("y,x1,x2\n1,2,3\n0,4,abc\n", 3, 3, "expected a number in column x2, got \"abc\""));
    CHECK(refused("y,x1,x2\n1,,3\n", 2, 2,
                  "expected a number in column x1, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1,x2\n1,1 2,3\n", 2, 2, "expected a number in column x1, got \"1 2\""));
    CHECK(refused("y,x1,x2\n1,1e,3\n", 2, 2, "expected a number in column x1, got \"1e\""));
    CHECK(refused("y,x1,x2\n1,0x10,3\n", 2, 2, "expected a number in column x1, got \"0x10\""));
    CHECK(refused("y,x1_1,x1_2,x2_1,x2_2\n1,2,3,4,*\n", 2, 5, "expected a number in column x2_2, got \"*\""));
    CHECK(refused("y,x1\n1,\xc2\xbd\x1b[1m\n", 2, 2, "expected a number in column x1, got \"\\xc2\\xbd\\x1b[1m\""));
    CHECK(refused("y,x1\n1,abcdefghijklmnopqrstuvwxyz\n", 2, 2,
                  "expected a number in column x1, got \"abcdefghijklmnopqrstuvwx...\""));
}

static void test_not_finite(void)
{
    CHECK(refused("y,x1\n1,nan\n", 2, 2,
                  "expected a number in column x1, got \"nan\". Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1\n1,-NaN\n", 2, 2, "expected a number in column x1, got \"-NaN\""));
    CHECK(refused("y,x1\n1,inf\n", 2, 2, "expected a number in column x1, got \"inf\""));
    CHECK(refused("y,x1\n1,-Infinity\n", 2, 2, "expected a number in column x1, got \"-Infinity\""));
    CHECK(refused("y,x1\n1,1e39\n", 2, 2,
                  "expected a number between -3.4028235e+38 and 3.4028235e+38 in column x1, got \"1e39\""));
    CHECK(refused("y,x1\n1,-1e39\n", 2, 2,
                  "expected a number between -3.4028235e+38 and 3.4028235e+38 in column x1, got \"-1e39\""));
    CHECK(refused("y,x1\n1,in\n", 2, 2, "expected a number in column x1, got \"in\""));
    CHECK(refused("y,x1\n1,infinit\n", 2, 2, "expected a number in column x1, got \"infinit\""));
}

static void test_labels(void)
{
    CHECK(refused("y,x1\n2,0\n", 2, 1, "expected the label 0 or 1 in column y, got \"2\""));
    CHECK(refused("y,x1\n1,0\n-1,0\n0,0\n", 3, 1, "expected the label 0 or 1 in column y, got \"-1\""));
    CHECK(refused("y,x1\n-1,0\n-1,0\n", 2, 1, "expected the label 0 or 1 in column y, got \"-1\""));
    CHECK(refused("y,x1\n0.5,0\n", 2, 1, "expected the label 0 or 1 in column y, got \"0.5\""));
    CHECK(
        refused("y,x1\n,0\n", 2, 1,
                "expected the label 0 or 1 in column y, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y,x1\nyes,0\n", 2, 1, "expected the label 0 or 1 in column y, got \"yes\""));
    CHECK(
        refused("y,x1\nnan,0\n", 2, 1,
                "expected the label 0 or 1 in column y, got \"nan\". Fill in the missing value, or delete this line"));
}

static void test_nul_bytes(void)
{
    static const char inside[] = "y,x1\n1,2\0\n";
    CHECK(refused_bytes(inside, sizeof inside - 1, 0, 0,
                        "this file is not a text, because it has a NUL byte. Save it as CSV in UTF-8"));
}

/* Numbers that do not fit into 32 bits, and would be valid if only their lowest bits were used. */
static void test_numbers_too_long(void)
{
    CHECK(refused("y,x4294967297\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x4294967297\""));
    CHECK(refused("y,x1_4294967297\n1,2\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"x1_4294967297\""));
    CHECK(refused("y4294967297,x1\n1,2\n", 1, 1,
                  "expected the column \"y\" (the target) or \"x1\", got \"y4294967297\". Name the columns "
                  "y,x1,x2 and so on"));
    CHECK(refused("y,x1,x4294967298\n1,2,3\n", 1, 3, "expected the column \"x2\", got \"x4294967298\""));
    CHECK(refused("y,x1\n4294967296,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"4294967296\""));
    CHECK(refused("y,x1\n4294967297,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"4294967297\""));
    CHECK(refused("y,x1\n-4294967296,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"-4294967296\""));
    CHECK(accepted("y,x1\n00000000000000000001,5\n", 1, 1, 1) && result.y[0] == 1);
}

/* A header with the names from first(1) on, and no lines. */
static void test_extents(void)
{
    static char text[ROOM * 8];
    size_t used = 1;
    text[0] = 'y';
    for (unsigned t = 1; t <= 1001; t++) used += (size_t)snprintf(text + used, sizeof text - used, ",x%u", t);
    CHECK(refused(text, 1, 1002, "expected at most 1000 time steps, got 1001"));
    used = 1;
    for (unsigned f = 1; f <= 65; f++) used += (size_t)snprintf(text + used, sizeof text - used, ",x1_%u", f);
    CHECK(refused(text, 1, 66, "expected at most 64 features, got 65"));
}

static void test_too_many_samples(void)
{
    enum { MOST = 10000000 };
    struct rnn_csv_shape shape;
    const size_t bytes = 5 + 4 * ((size_t)MOST + 1);
    char *text = malloc(bytes);
    CHECK(text);
    if (!text) return;
    memcpy(text, "y,x1\n", 5);
    for (size_t at = 5; at < bytes; at += 4) memcpy(text + at, "1,2\n", 4);
    CHECK_EQUAL(rnn_csv_measure(text, bytes, &shape, &result.diagnosis), RNN_ERROR_CSV);
    CHECK_TEXT(result.diagnosis.text, "expected at most 10000000 sequences, got 10000001");
    CHECK_EQUAL(rnn_csv_measure(text, bytes - 4, &shape, &result.diagnosis), RNN_OK);
    CHECK_EQUAL(shape.samples, MOST);
    free(text);
}

static void test_arguments(void)
{
    static const char text[] = "y,x1\n1,2\n";
    struct rnn_csv_shape shape;
    const struct rnn_csv_shape right = {1, 1, 1, 0, 0};
    const struct rnn_csv_shape wrong[] = {{2, 1, 1, 0, 0}, {1, 2, 1, 0, 0}, {1, 1, 2, 0, 0}, {1, 1, 1, 1, 0}};
    rnn_real x[4] = {9, 9, 9, 9}, y[4];
    CHECK(rnn_csv_measure(NULL, 3, &shape, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_csv_measure("y,x2", 4, &shape, NULL) == RNN_ERROR_CSV);
    for (int i = 0; i < 4; i++)
        CHECK(rnn_csv_read(text, sizeof text - 1, &wrong[i], RNN_BINARY_CROSSENTROPY, 1, x, y, NULL, NULL) ==
              RNN_ERROR_SHAPE);
    CHECK(rnn_csv_read(text, sizeof text - 1, &right, RNN_BINARY_CROSSENTROPY, 1, NULL, y, NULL, NULL) ==
          RNN_ERROR_ARGUMENT);
    CHECK(rnn_csv_read(text, sizeof text - 1, &right, (enum rnn_loss)3, 1, x, y, NULL, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(x[0] == 9);
}

/* The number of outputs of the loss, or 0 to accept any class. */
static void test_outputs(void)
{
    static const char text[] = "y,x1\n12345678,2\n";
    static const struct {
        enum rnn_loss loss;
        uint32_t outputs;
    } wrong[] = {{RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 1},
                 {RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 65},
                 {RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 20000000},
                 {RNN_SPARSE_CATEGORICAL_CROSSENTROPY, UINT32_MAX},
                 {RNN_BINARY_CROSSENTROPY, 2},
                 {RNN_MEAN_SQUARED_ERROR, 2},
                 {RNN_MEAN_SQUARED_ERROR, UINT32_MAX}};
    const struct rnn_csv_shape shape = {1, 1, 1, 0, 0};
    rnn_real x = 9, y = 9;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_EQUAL(rnn_csv_read(text, sizeof text - 1, &shape, wrong[i].loss, wrong[i].outputs, &x, &y, NULL, NULL),
                    RNN_ERROR_RANGE);
    CHECK(x == 9 && y == 9);
    for (uint32_t count = 2; count <= 64; count++)
        CHECK_EQUAL(
            rnn_csv_read("y,x1\n1,2", 8, &shape, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, count, &x, &y, NULL, NULL),
            RNN_OK);
    for (uint32_t any = 0; any < 2; any++)
        CHECK_EQUAL(rnn_csv_read(text, sizeof text - 1, &shape, RNN_MEAN_SQUARED_ERROR, any, &x, &y, NULL, NULL),
                    RNN_OK);
    CHECK_EQUAL(rnn_csv_read("y,x1\n63,2", 9, &shape, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 0, &x, &y, NULL, NULL),
                RNN_OK);
}

/* ------------------------------------------------------------------------------------------------ writing */

static struct rnn_csv_shape shape_of(const struct rnn_dataset *data, uint32_t return_sequences)
{
    return (struct rnn_csv_shape){data->samples, data->timesteps, data->features, return_sequences, 0};
}

static size_t write_all(const struct rnn_dataset *data, uint32_t return_sequences, char *text, size_t capacity)
{
    const struct rnn_csv_shape shape = shape_of(data, return_sequences);
    size_t used, bytes;
    CHECK(rnn_csv_write_header(&shape, text, capacity, &used) == RNN_OK);
    for (uint32_t i = 0; i < data->samples; i++) {
        CHECK(rnn_csv_write_sample(data, i, text + used, capacity - used, &bytes) == RNN_OK);
        used += bytes;
    }
    return used;
}

/* ------------------------------------------------------------------------------------------------ other targets */

static void test_classes_and_numbers(void)
{
    CHECK(accepted("y,x1\n+1,5\n1.0,5\n-0,5\n1.000e+00,5\n", 4, 1, 1) && result.y[0] == 1 && result.y[2] == 0);
    CHECK(refused("y,x1\n1e,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"1e\""));
    CHECK(refused("y,x1\n1e1,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"1e1\""));
    CHECK(refused("y,x1\n1e-50,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"1e-50\""));
    CHECK(refused("y,x1\n0.99999999999,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"0.99999999999\""));
    CHECK(refused("y,x1\n1.00000001,5\n", 2, 1, "expected the label 0 or 1 in column y, got \"1.00000001\""));
    loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    outputs = 3;
    CHECK(accepted("y,x1\n2,5\n0,6\n", 2, 1, 1) && result.y[0] == 2 && result.y[1] == 0);
    CHECK(refused("y,x1\n3,5\n", 2, 1, "expected a class (a whole number from 0 to 2) in column y, got \"3\""));
    CHECK(refused("y,x1\n1.5,5\n", 2, 1, "expected a class (a whole number from 0 to 2) in column y, got \"1.5\""));
    CHECK(refused("y,x1\n-1,5\n", 2, 1, "expected a class (a whole number from 0 to 2) in column y, got \"-1\""));
    outputs = 0; /* as many as there are */
    CHECK(accepted("y,x1\n63,5\n", 1, 1, 1) && result.y[0] == 63);
    CHECK(refused("y,x1\n64,5\n", 2, 1, "expected a class (a whole number from 0 to 63) in column y, got \"64\""));
    loss = RNN_MEAN_SQUARED_ERROR;
    outputs = 1;
    CHECK(accepted("y,x1\n-2.5e-3,5\n", 1, 1, 1) && result.y[0] == (rnn_real)-2.5e-3f);
    CHECK(refused("y,x1\nnan,5\n", 2, 1,
                  "expected a number in column y, got \"nan\". Fill in the missing value, or delete this line"));
    loss = RNN_BINARY_CROSSENTROPY;
}

static void test_a_target_at_every_step(void)
{
    loss = RNN_MEAN_SQUARED_ERROR;
    CHECK(accepted("y1,y2,x1,x2\n1,2,3,4\n", 1, 2, 1) && result.shape.return_sequences == 1);
    CHECK(result.y[0] == 1 && result.y[1] == 2 && result.x[0] == 3 && result.x[1] == 4);
    CHECK(accepted("y1,x1_1,x1_2\n1,2,3\n", 1, 1, 2) && result.shape.return_sequences == 1);
    CHECK(accepted("y,x1\n1,2\n", 1, 1, 1) && result.shape.return_sequences == 0); /* one step: the name tells */
    CHECK(refused("y1,y2,x1\n", 1, 0, "expected one target y, or one for each time step (y1 to y1), got 2"));
    CHECK(refused("y1,y3,x1\n", 1, 2, "expected the column \"y2\", \"x1\" or \"x1_1\", got \"y3\""));
    CHECK(refused("y,y2,x1\n", 1, 2, "expected the column \"x1\" or \"x1_1\", got \"y2\""));
    CHECK(refused("y1,y2,x1,x2\n1,?,3,4\n", 2, 2,
                  "expected a number in column y2, got \"?\". Fill in the missing value, or delete this line"));
    CHECK(refused("y1,y2,x1,x2\n1,2,3,?\n", 2, 4,
                  "expected a number in column x2, got \"?\". Fill in the missing value, or delete this line"));
    CHECK(
        refused("y1,y2,x1,x2\n1,2,3\n", 2, 3,
                "expected a target for each of the 1 time steps, got 2. Add the missing values, or delete this line"));
    CHECK(refused("y1,y2,x1,x2\n1,,3,4\n", 2, 2,
                  "expected a number in column y2, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y1,y2,y3,x1,x2,x3\n1,,2,3,4,5\n", 2, 2,
                  "expected a number in column y2, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y1,y2,y3,x1,x2,x3\n1,,2,3,4,\n", 2, 2,
                  "expected a number in column y2, got nothing. Fill in the missing value, or delete this line"));
    CHECK(refused("y1,y2,x1,x2\n,,3,4\n", 2, 1,
                  "expected a number in column y1, got nothing. Fill in the missing value, or delete this line"));
    CHECK(accepted("y1,y2,y3,x1,x2,x3\n7,8,9,1,2,3\n1,,,4,,\n2,3,,5,6\n", 3, 3, 1) && result.shape.shorter == 2);
    CHECK(result.lengths[0] == 3 && result.lengths[1] == 1 && result.lengths[2] == 2);
    CHECK(result.y[3] == 1 && result.y[4] == 0 && result.y[6] == 2 && result.y[7] == 3 && result.y[8] == 0);
    loss = RNN_BINARY_CROSSENTROPY;
    CHECK(refused("y1,y2,x1,x2\n1,2,3,4\n", 2, 2, "expected the label 0 or 1 in column y2, got \"2\""));
    /* the form of the names stays that of the file */
    CHECK(refused("y,x1_1,x2_1\n1,2,?\n", 2, 3,
                  "expected a number in column x2_1, got \"?\". Fill in the missing value, or delete this line"));
    static const rnn_real x[] = {1, 2}, y[] = {3, 4};
    char text[64];
    struct rnn_dataset data = DATASET(x, y, 1, 2, 1, 2);
    CHECK(write_all(&data, 1, text, sizeof text) == 20 && memcmp(text, "y1,y2,x1,x2\n3,4,1,2\n", 20) == 0);
    data.timesteps = data.readouts = 1;
    CHECK(write_all(&data, 1, text, sizeof text) == 10 && memcmp(text, "y1,x1\n3,1\n", 10) == 0);
    CHECK(write_all(&data, 0, text, sizeof text) == 9 && memcmp(text, "y,x1\n3,1\n", 9) == 0);
}

/* ------------------------------------------------------------------------------------------------ round trip */

static void test_what_is_written(void)
{
    static const rnn_real x[] = {(rnn_real)0.1f, (rnn_real)-0.0, 1, 100000, (rnn_real)1e-7f, 3, 4, 5, 6, 7, 8, 9};
    static const rnn_real y[] = {1, 0};
    char text[200];
    struct rnn_dataset data = DATASET(x, y, 2, 6, 1, 1);
    size_t bytes = write_all(&data, 0, text, sizeof text);
    static const char one[] = "y,x1,x2,x3,x4,x5,x6\n1,0.1,-0,1,100000,1e-07,3\n0,4,5,6,7,8,9\n";
    CHECK(bytes == sizeof one - 1 && memcmp(text, one, bytes) == 0);
    data.timesteps = 3;
    data.features = 2;
    bytes = write_all(&data, 0, text, sizeof text);
    static const char two[] = "y,x1_1,x1_2,x2_1,x2_2,x3_1,x3_2\n1,0.1,-0,1,100000,1e-07,3\n0,4,5,6,7,8,9\n";
    CHECK(bytes == sizeof two - 1 && memcmp(text, two, bytes) == 0);
}

/* The fields of padding are empty, whatever its numbers are, and the text gives the same lengths again. */
static void test_lengths_are_written(void)
{
    rnn_real x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    const rnn_real y[] = {1, 0, 1, 0, 1, 1};
    const uint32_t lengths[] = {1, 3};
    char text[200];
    struct rnn_dataset data = {x, y, 2, 3, 2, 3, .lengths = lengths};
    x[2] = (rnn_real)HUGE_VAL;
    size_t bytes = write_all(&data, 1, text, sizeof text);
    static const char every[] = "y1,y2,y3,x1_1,x1_2,x2_1,x2_2,x3_1,x3_2\n1,,,1,2,,,,\n0,1,1,7,8,9,10,11,12\n";
    CHECK(bytes == sizeof every - 1 && memcmp(text, every, bytes) == 0);
    read_text(text, bytes);
    CHECK(result.status == RNN_OK && memcmp(result.lengths, lengths, sizeof lengths) == 0);
    data.readouts = 1;
    bytes = write_all(&data, 0, text, sizeof text);
    static const char one[] = "y,x1_1,x1_2,x2_1,x2_2,x3_1,x3_2\n1,1,2,,,,\n0,7,8,9,10,11,12\n";
    CHECK(bytes == sizeof one - 1 && memcmp(text, one, bytes) == 0);
    read_text(text, bytes);
    CHECK(result.status == RNN_OK && memcmp(result.lengths, lengths, sizeof lengths) == 0);
    CHECK(result.x[2] == 0 && result.x[5] == 0 && same_numbers(result.x + 6, x + 6, 6));
    const uint32_t wrong[] = {0, 4};
    data.lengths = wrong;
    for (uint32_t i = 0; i < 2; i++)
        CHECK_EQUAL(rnn_csv_write_sample(&data, i, text, sizeof text, &bytes), RNN_ERROR_DATA);
}

/* Floats of every magnitude, from random bits. */
static void test_round_trip_to_the_bit(void)
{
    static rnn_real x[ROOM], y[ROOM / 8];
    static char text[ROOM * 20];
    uint32_t state = 1;
    for (size_t i = 0; i < ROOM; i++) {
        uint32_t bits;
        do {
            state = state * 1664525u + 1013904223u;
            bits = state ^ state >> 13;
        } while ((bits >> 23 & 255) == 255);
        float value;
        memcpy(&value, &bits, sizeof value);
        x[i] = value;
        y[i / 8] = state >> 31;
    }
    for (uint32_t features = 1; features <= 4; features *= 2) {
        struct rnn_dataset data = DATASET(x, y, ROOM / 8, 8 / features, features, 1);
        size_t bytes = write_all(&data, 0, text, sizeof text);
        read_text(text, bytes);
        CHECK(result.status == RNN_OK && result.shape.samples == ROOM / 8);
        CHECK(result.shape.timesteps == 8 / features && result.shape.features == features);
        CHECK(memcmp(result.x, x, sizeof x) == 0);
        CHECK(memcmp(result.y, y, sizeof y) == 0);
    }
}

static void test_capacity(void)
{
    static const rnn_real x[] = {(rnn_real)0.25f, 2}, y[] = {1};
    struct rnn_dataset data = DATASET(x, y, 1, 2, 1, 1);
    const struct rnn_csv_shape shape = shape_of(&data, 0);
    char text[16];
    size_t needed;
    for (size_t capacity = 0; capacity < 8; capacity++) {
        memset(text, '#', sizeof text);
        CHECK(rnn_csv_write_header(&shape, text, capacity, &needed) == RNN_ERROR_BLOCK || capacity >= 8);
        CHECK(needed == 8 && text[capacity] == '#');
        CHECK(rnn_csv_write_sample(&data, 0, text, capacity, &needed) == RNN_ERROR_BLOCK || capacity >= 9);
        CHECK(needed == 9 && text[capacity] == '#');
    }
    CHECK(rnn_csv_write_header(&shape, NULL, 0, &needed) == RNN_ERROR_BLOCK && needed == 8);
    CHECK(rnn_csv_write_header(&shape, text, 8, &needed) == RNN_OK && memcmp(text, "y,x1,x2\n", 8) == 0);
    CHECK(rnn_csv_write_sample(&data, 0, text, 9, &needed) == RNN_OK && memcmp(text, "1,0.25,2\n", 9) == 0);
}

static void test_what_cannot_be_written(void)
{
    static const rnn_real x[] = {1, 2}, y[] = {1};
    rnn_real nan = 0, unfinished[2] = {1, 0};
    nan /= nan;
    unfinished[1] = nan;
    char text[32];
    size_t needed;
    const uint32_t extents[][2] = {{0, 1}, {1001, 1}, {1, 65}};
    for (int i = 0; i < 3; i++) {
        const struct rnn_csv_shape wrong = {1, extents[i][0], extents[i][1], 0, 0};
        CHECK(rnn_csv_write_header(&wrong, text, sizeof text, &needed) == RNN_ERROR_RANGE);
    }
    CHECK(rnn_csv_write_sample(&DATASET(x, y, 1, 3, 1, 2), 0, text, 32, &needed) == RNN_ERROR_SHAPE);
    CHECK(rnn_csv_write_sample(&DATASET(x, y, 1, 2, 0, 1), 0, text, 32, &needed) == RNN_ERROR_RANGE);
    CHECK(rnn_csv_write_sample(&DATASET(x, y, 1, 1001, 1, 1), 0, text, 32, &needed) == RNN_ERROR_RANGE);
    CHECK(rnn_csv_write_sample(&DATASET(unfinished, y, 1, 2, 1, 1), 0, text, 32, &needed) == RNN_ERROR_DATA);
    CHECK(rnn_csv_write_sample(&DATASET(x, unfinished + 1, 1, 2, 1, 1), 0, text, 32, &needed) == RNN_ERROR_DATA);
    CHECK(rnn_csv_write_sample(&DATASET(x, y, 1, 2, 1, 1), 1, text, 32, &needed) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_csv_write_sample(&DATASET(x, NULL, 1, 2, 1, 1), 0, text, 32, &needed) == RNN_ERROR_ARGUMENT);
}

/* ------------------------------------------------------------------------------------------------ damage */

static const char sound[] = "y,x1_1,x1_2,x2_1,x2_2\n1,0.5,-1e-3,3,4\n0,1,2,3.25,4e2\n";

static void check_survived(size_t bytes)
{
    CHECK(result.status == RNN_OK || result.status == RNN_ERROR_CSV);
    if (result.status == RNN_OK) return;
    CHECK(result.diagnosis.text[0] && !strchr(result.diagnosis.text, '\n'));
    /* what is no text has no lines */
    const bool is_text = strncmp(result.diagnosis.text, "this file is", 12) != 0;
    CHECK((result.diagnosis.line >= 1) == is_text && result.diagnosis.offset <= bytes);
}

/* The rest of a line that lost a column is rejected. With a shortened last number or without the last line it is still a data set. */
static void test_truncated_at_every_byte(void)
{
    for (size_t bytes = 0; bytes < sizeof sound; bytes++) {
        read_text(sound, bytes);
        check_survived(bytes);
        size_t commas = 0, header = 22;
        for (size_t i = header; i < bytes; i++) commas += sound[i] == ',';
        bool whole = bytes > header && commas % 4 == 0 && sound[bytes - 1] != ',';
        bool dangling = bytes && (sound[bytes - 1] == 'e' || sound[bytes - 1] == '-' || sound[bytes - 1] == ',');
        if (!whole && bytes > header && !(commas == 4 && sound[bytes - 1] == '\n'))
            CHECK(result.status == RNN_ERROR_CSV);
        if (dangling || bytes <= header) CHECK(result.status == RNN_ERROR_CSV);
    }
}

static void test_every_byte_changed(void)
{
    static const char others[] = "\0\n\r,.-e09x_y \xff\"";
    char text[sizeof sound];
    for (size_t at = 0; at < sizeof sound - 1; at++)
        for (size_t i = 0; i < sizeof others - 1; i++) {
            memcpy(text, sound, sizeof sound);
            text[at] = others[i];
            read_text(text, sizeof sound - 1);
            check_survived(sizeof sound - 1);
            if (at < 21 && others[i] != sound[at]) CHECK(result.status == RNN_ERROR_CSV || others[i] == ' ');
            if (others[i] == 0) CHECK(result.status == RNN_ERROR_CSV);
        }
}

static void test_a_byte_appended(void)
{
    char text[sizeof sound + 1];
    for (int byte = 0; byte < 256; byte++) {
        memcpy(text, sound, sizeof sound - 1);
        text[sizeof sound - 1] = (char)byte;
        read_text(text, sizeof sound);
        check_survived(sizeof sound);
        /* 0xa0 is Latin-1's no-break space */
        bool blank = byte == '\n' || byte == '\r' || byte == ' ' || byte == '\t' || byte == ',' || byte == 0xa0;
        CHECK((result.status == RNN_OK) == blank);
    }
}

int main(void)
{
    TEST(test_numbers);
    TEST(test_forms_of_the_header);
    TEST(test_line_ends_and_blanks);
    TEST(test_texts_of_other_programs);
    TEST(test_notes);
    TEST(test_uncertain_texts);
    TEST(test_nothing_there);
    TEST(test_bad_headers);
    TEST(test_wrong_number_of_columns);
    TEST(test_sequences_that_end_early);
    TEST(test_no_numbers);
    TEST(test_not_finite);
    TEST(test_labels);
    TEST(test_nul_bytes);
    TEST(test_numbers_too_long);
    TEST(test_extents);
    TEST(test_too_many_samples);
    TEST(test_arguments);
    TEST(test_outputs);
    TEST(test_classes_and_numbers);
    TEST(test_a_target_at_every_step);
    TEST(test_what_is_written);
    TEST(test_lengths_are_written);
    TEST(test_round_trip_to_the_bit);
    TEST(test_capacity);
    TEST(test_what_cannot_be_written);
    TEST(test_truncated_at_every_byte);
    TEST(test_every_byte_changed);
    TEST(test_a_byte_appended);
    return check_report();
}
