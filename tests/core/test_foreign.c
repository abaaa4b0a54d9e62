/* Files that people have: those of other programs are named, with what to do, and files of weights with other names are read.
 *
 * The beginnings of files are those that the formats define; a file of weights is assembled here from its names and shapes. */
#include "weights_file.h"

enum { PARTS = 10, NAME_BYTES = 60 };

static enum rnn_status read_data(const void *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);
    struct rnn_csv_shape shape;
    memcpy(copy, bytes, length);
    memset(&diagnosis, 0, sizeof diagnosis);
    enum rnn_status status = rnn_csv_measure(copy, length, &shape, &diagnosis);
    free(copy);
    return status;
}

static bool says(const char *text)
{
    if (strcmp(diagnosis.text, text) == 0) return true;
    printf("%s\nexpected: %s\n", diagnosis.text, text);
    return false;
}

/* ------------------------------------------------------------------------------------------------ other programs */

#define KERAS    ". Save the weights in Python: np.savez(\"weights.npz\", *model.get_weights())"
#define PYTORCH  ". Save the weights in Python: safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")"
#define CSV      ". Save it as CSV"
#define TEXT     ". Save it as plain text"
#define DOWNLOAD ". Download the file itself, not the page about it"

/* The local header of a ZIP with this name of 2 to 30 bytes, whose length is given as one character. */
#define ZIP(length, name) "PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" length "\0\0\0" name

static const struct beginning {
    const char *bytes;
    size_t count;
    const char *name, *weights, *data;
} beginnings[] = {
#define FILE_OF(bytes) bytes, sizeof(bytes) - 1
    {FILE_OF("\x89HDF\r\n\x1a\n\0\0\0\0\0\10\10\0"), "HDF5, as in Keras's .weights.h5", KERAS, CSV},
    {FILE_OF(ZIP("\15", "metadata.json")), "a model of Keras (.keras)", KERAS, CSV},
    {FILE_OF(ZIP("\20", "archive/data.pkl")), "a file of torch.save (.pt)", PYTORCH, CSV},
    {FILE_OF("\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19."), "a pickle of Python", PYTORCH, CSV},
    {FILE_OF("\x80\4\x95\x1c\1\0\0\0\0\0\0}"), "a pickle of Python", PYTORCH, CSV},
    {FILE_OF("\x93NUMPY\1\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"), "one array of NumPy (.npy)",
     KERAS, CSV},
    {FILE_OF(ZIP("\11", "arr_0.npy")), "several arrays of NumPy (.npz)", NULL, CSV},
    {FILE_OF(ZIP("\23", "[Content_Types].xml")), "an Excel workbook (.xlsx)", "", CSV},
    /* openpyxl begins with another entry */
    {FILE_OF(ZIP("\21", "docProps/app.xml") "PK\1\2 xl/workbook.xml"), "an Excel workbook (.xlsx)", NULL, CSV},
    {FILE_OF(ZIP("\23", "[Content_Types].xml") "PK\3\4 word/document.xml"), "a Word document (.docx)", NULL, TEXT},
    {FILE_OF(ZIP("\10", "mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK")),
     "a LibreOffice spreadsheet (.ods)", NULL, CSV},
    {FILE_OF(ZIP("\10", "mimetypeapplication/vnd.oasis.opendocument.textPK")), "a LibreOffice document (.odt)", NULL,
     TEXT},
    {FILE_OF(ZIP("\22", "Index/Document.iwa")), "a document of Numbers or Pages", NULL, CSV},
    {FILE_OF(ZIP("\10", "mimetypeapplication/vnd.oasis")), "a LibreOffice document", "", CSV},
    {FILE_OF(ZIP("\7", "wind.csv")), "a ZIP archive", NULL, ". Unpack it first"},
    {FILE_OF("%PDF-1.7\n%\xe2\xe3"), "a PDF", NULL, ". Copy the part that you need, and paste it"},
    {FILE_OF("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Excel workbook (.xls)", "", CSV},
    {FILE_OF("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
     "a pointer of git-lfs instead of the file", ". Run: git lfs pull", ". Run: git lfs pull"},
    {FILE_OF("\n\n<!DOCTYPE html>\n<html lang=\"en\">"), "a web page (HTML)", DOWNLOAD, DOWNLOAD},
    {FILE_OF("\xef\xbb\xbf<html>\n<head>"), "a web page (HTML)", DOWNLOAD, DOWNLOAD},
    {FILE_OF("{\"class_name\": \"Sequential\"}"), "JSON", KERAS, CSV},
    {FILE_OF("\x1f\x8b\10\10\0\0\0\0\0\3weights"), "compressed with gzip", ". Unpack it first", ". Unpack it first"},
};

static void test_other_programs(void)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        const struct beginning *b = &beginnings[i];
        char text[sizeof diagnosis.text];
        if (b->weights) {
            snprintf(text, sizeof text, "expected a file of weights (safetensors or npz), got %s%s", b->name,
                     b->weights);
            CHECK_EQUAL(read_weights(b->bytes, b->count), RNN_ERROR_WEIGHTS);
            CHECK(says(text));
        }
        snprintf(text, sizeof text, "this file is %s, not a table as text (CSV)%s", b->name, b->data);
        CHECK_EQUAL(read_data(b->bytes, b->count), RNN_ERROR_CSV);
        CHECK(says(text));
        CHECK(diagnosis.line == 0 && diagnosis.column == 0);
    }
}

static enum rnn_status read_text(const void *bytes, size_t length)
{
    struct rnn_text found;
    char *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    memset(&diagnosis, 0, sizeof diagnosis);
    enum rnn_status status = rnn_text_measure(copy, length, RNN_WORDS, 0, &found, NULL, &diagnosis);
    free(copy);
    return status;
}

/* Documents are no texts either. They are named, without a line. */
static void test_documents_in_place_of_a_text(void)
{
    static const struct beginning documents[] = {
        {FILE_OF(ZIP("\23", "[Content_Types].xml") "PK\3\4 word/document.xml"), "a Word document (.docx)", NULL, TEXT},
        {FILE_OF(ZIP("\23", "[Content_Types].xml") "PK\3\4 xl/workbook.xml"), "an Excel workbook (.xlsx)", NULL, CSV},
        {FILE_OF(ZIP("\11", "story.txt")), "a ZIP archive", NULL, ". Unpack it first"},
        {FILE_OF("%PDF-1.7\n1 0 obj"), "a PDF", NULL, ". Copy the part that you need, and paste it"},
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        char text[sizeof diagnosis.text];
        snprintf(text, sizeof text, "this file is %s, not a text%s", documents[i].name, documents[i].data);
        CHECK_EQUAL(read_text(documents[i].bytes, documents[i].count), RNN_ERROR_TEXT);
        CHECK(says(text));
        CHECK(diagnosis.line == 0 && diagnosis.column == 0);
    }
    static const char picture[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    CHECK_EQUAL(read_text(picture, sizeof picture - 1), RNN_ERROR_TEXT);
    CHECK(says("this file is not a text, because it has a NUL byte. Save it as plain text in UTF-8"));
    CHECK(diagnosis.line == 0 && diagnosis.column == 0);
    CHECK_EQUAL(read_data(picture, sizeof picture - 1), RNN_ERROR_CSV);
    CHECK(says("this file is not a text, because it has a NUL byte. Save it as CSV in UTF-8"));
    CHECK(diagnosis.line == 0 && diagnosis.column == 0);
    /* a text may begin like a file of data */
    CHECK_EQUAL(read_text("{ is a brace", 12), RNN_OK);
}

/* The beginning alone, cut anywhere, is refused, and nothing behind it is read. */
static void test_cut_beginnings(void)
{
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        for (size_t count = 0; count < beginnings[i].count; count++) {
            CHECK_EQUAL(read_weights(beginnings[i].bytes, count), RNN_ERROR_WEIGHTS);
            CHECK_EQUAL(read_data(beginnings[i].bytes, count), RNN_ERROR_CSV);
            CHECK(diagnosis.text[0] != 0);
        }
}

/* A header of safetensors may have the length 60 or 123, whose byte is "<" or "{". */
static void test_lengths_that_look_like_text(void)
{
    static const char page[] = "<\0\0\0\0\0\0\0{}", brace[] = "{\0\0\0\0\0\0\0{}";
    CHECK_EQUAL(read_weights(page, sizeof page - 1), RNN_ERROR_WEIGHTS);
    CHECK(says("the file is truncated, or is not safetensors: expected a header of 60 bytes, got 2"));
    CHECK_EQUAL(read_weights(brace, sizeof brace - 1), RNN_ERROR_WEIGHTS);
    CHECK(says("the file is truncated, or is not safetensors: expected a header of 123 bytes, got 2"));
}

/* ------------------------------------------------------------------------------------------------ names */

/* columns 0: a shape of one number */
struct part {
    char name[NAME_BYTES];
    unsigned rows, columns;
};

/* Reads a safetensors file with these tensors, whose numbers count up from 1, and this text before them. */
static enum rnn_status read_parts(const char *before, const struct part *parts)
{
    static unsigned char file[ROOM];
    char header[ROOM / 2];
    size_t used = (size_t)snprintf(header, sizeof header, "{%s", before), numbers = 0;
    for (size_t i = 0; i < PARTS && parts[i].name[0]; i++) {
        const struct part *part = &parts[i];
        char shape[32];
        snprintf(shape, sizeof shape, part->columns ? "%u,%u" : "%u", part->rows, part->columns);
        const size_t end = numbers + (size_t)part->rows * (part->columns ? part->columns : 1);
        used += (size_t)snprintf(
            header + used, sizeof header - used, "%s\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%u,%u]}",
            i || *before ? "," : "", part->name, shape, (unsigned)(4 * numbers), (unsigned)(4 * end));
        numbers = end;
    }
    used += (size_t)snprintf(header + used, sizeof header - used, "}");
    for (int i = 0; i < 8; i++) file[i] = (unsigned char)((uint64_t)used >> 8 * i);
    memcpy(file + 8, header, used);
    for (size_t i = 0; i < numbers; i++) {
        const float value = (float)(i + 1);
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        for (int k = 0; k < 4; k++) file[8 + used + 4 * i + (size_t)k] = (unsigned char)(bits >> 8 * k);
    }
    return read_weights(file, 8 + used + 4 * numbers);
}

static bool accepts(uint32_t cell, const struct part *parts)
{
    const enum rnn_status status = read_parts("", parts);
    bool same = status == RNN_OK && config.cell == cell && config.units == 2 && config.features == 1 &&
                config.layers == 1 && config.outputs == 1;
    for (uint32_t i = 0; same && i < rnn_parameter_count(&config); i++) same = parameters[i] == (rnn_real)(i + 1);
    if (!same) printf("%s: not accepted: %s\n", parts[0].name, diagnosis.text);
    return same;
}

static bool refuses(const struct part *parts, const char *text)
{
    return read_parts("", parts) == RNN_ERROR_WEIGHTS && says(text);
}

/* LSTM(2, name="encoder") and the like, as {w.path: w.numpy() for w in model.weights} names them, in versions 2 and 3 of Keras. */
static void test_layers_with_names_of_their_own(void)
{
    CHECK(accepts(RNN_LSTM, (struct part[PARTS]){{"encoder/lstm_cell/kernel", 1, 8},
                                                 {"encoder/lstm_cell/recurrent_kernel", 2, 8},
                                                 {"encoder/lstm_cell/bias", 8, 0},
                                                 {"readout/kernel", 2, 1},
                                                 {"readout/bias", 1, 0}}));
    CHECK(accepts(RNN_GRU, (struct part[PARTS]){{"sequential_1/encoder_2/gru_cell_3/kernel:0", 1, 6},
                                                {"sequential_1/encoder_2/gru_cell_3/recurrent_kernel:0", 2, 6},
                                                {"sequential_1/encoder_2/gru_cell_3/bias:0", 2, 6},
                                                {"sequential_1/dense_4/kernel:0", 2, 1},
                                                {"sequential_1/dense_4/bias:0", 1, 0}}));
    /* without the cell's name, the shape tells */
    CHECK(accepts(RNN_LSTM, (struct part[PARTS]){{"encoder/kernel", 1, 8},
                                                 {"encoder/recurrent_kernel", 2, 8},
                                                 {"encoder/bias", 8, 0},
                                                 {"out/kernel", 2, 1},
                                                 {"out/bias", 1, 0}}));
    CHECK(accepts(RNN_SIMPLE_RNN, (struct part[PARTS]){{"memory/kernel", 1, 2},
                                                       {"memory/recurrent_kernel", 2, 2},
                                                       {"memory/bias", 2, 0},
                                                       {"dense/kernel", 2, 1},
                                                       {"dense/bias", 1, 0}}));
    CHECK(accepts(RNN_LSTM, (struct part[PARTS]){{"lstm/kernel", 1, 8},
                                                 {"lstm/recurrent_kernel", 2, 8},
                                                 {"lstm/bias", 8, 0},
                                                 {"answer/kernel", 2, 1},
                                                 {"answer/bias", 1, 0}}));
}

static void test_names_that_are_refused(void)
{
    CHECK(refuses((struct part[PARTS]){{"a/kernel", 1, 2},
                                       {"a/recurrent_kernel", 2, 2},
                                       {"a/bias", 2, 0},
                                       {"b/kernel", 2, 2},
                                       {"b/recurrent_kernel", 2, 2},
                                       {"b/bias", 2, 0},
                                       {"dense/kernel", 2, 1},
                                       {"dense/bias", 1, 0}},
                  "expected one recurrent layer and one Dense layer with custom names, got one more, \"b\". Name "
                  "several recurrent layers as Keras does: lstm, lstm_1"));
    CHECK(refuses((struct part[PARTS]){{"a/kernel", 1, 2}, {"b/kernel", 1, 2}, {"c/kernel", 1, 2}},
                  "expected one recurrent layer and one Dense layer with custom names, got one more, \"c\". Name "
                  "several recurrent layers as Keras does: lstm, lstm_1"));
    CHECK(refuses((struct part[PARTS]){{"a/lstm_cell/kernel", 1, 8},
                                       {"a/lstm_cell/recurrent_kernel", 2, 8},
                                       {"dense/kernel", 2, 1},
                                       {"dense/bias", 1, 0}},
                  "a/bias: expected this tensor, got none"));
    CHECK(refuses((struct part[PARTS]){{"a/kernel", 1, 10},
                                       {"a/recurrent_kernel", 2, 10},
                                       {"a/bias", 10, 0},
                                       {"dense/kernel", 2, 1},
                                       {"dense/bias", 1, 0}},
                  "a/recurrent_kernel: expected 1, 3 or 4 gates of (units, units), got (2, 10)"));
}

static void test_two_readouts(void)
{
    CHECK(refuses(
        (struct part[PARTS]){{"rnn.weight_ih_l0", 2, 1},
                             {"rnn.weight_hh_l0", 2, 2},
                             {"rnn.bias_ih_l0", 2, 0},
                             {"rnn.bias_hh_l0", 2, 0},
                             {"fc1.weight", 2, 2},
                             {"fc1.bias", 2, 0},
                             {"fc2.weight", 1, 2},
                             {"fc2.bias", 1, 0}},
        "expected one Linear layer, got \"fc2.weight\". Two without an activation between them equal one layer: "
        "multiply their kernels. In a dense network, name them as Keras does: dense/kernel, dense_1/kernel"));
    CHECK(refuses((struct part[PARTS]){{"lstm/kernel", 1, 8},
                                       {"lstm/recurrent_kernel", 2, 8},
                                       {"lstm/bias", 8, 0},
                                       {"dense/kernel", 2, 2},
                                       {"dense/bias", 2, 0},
                                       {"dense_1/kernel", 2, 1},
                                       {"dense_1/bias", 1, 0}},
                  "expected one Dense layer, got \"dense_1/kernel\". Two without an activation between them equal one "
                  "layer: multiply their kernels"));
}

static void test_reset_before(void)
{
    CHECK(refuses((struct part[PARTS]){{"gru/kernel", 1, 6},
                                       {"gru/recurrent_kernel", 2, 6},
                                       {"gru/bias", 6, 0},
                                       {"dense/kernel", 2, 1},
                                       {"dense/bias", 1, 0}},
                  "gru/bias: expected a shape of 2 numbers, got 1, as with reset_after=False. "
                  "Build the GRU with reset_after=True, Keras's default, and train it again"));
}

static void test_metadata_that_is_null(void)
{
    static const struct part parts[PARTS] = {{"simple_rnn/kernel", 1, 2},
                                             {"simple_rnn/recurrent_kernel", 2, 2},
                                             {"simple_rnn/bias", 2, 0},
                                             {"dense/kernel", 2, 1},
                                             {"dense/bias", 1, 0}};
    CHECK_EQUAL(read_parts("\"__metadata__\":null", parts), RNN_OK);
    CHECK_EQUAL(read_parts("\"__metadata__\": null", parts), RNN_OK);
    CHECK_EQUAL(read_parts("\"__metadata__\":nul", parts), RNN_ERROR_WEIGHTS);
    CHECK(says("expected \"{\" of __metadata__, got \"n\""));
}

int main(void)
{
    TEST(test_other_programs);
    TEST(test_documents_in_place_of_a_text);
    TEST(test_cut_beginnings);
    TEST(test_lengths_that_look_like_text);
    TEST(test_layers_with_names_of_their_own);
    TEST(test_names_that_are_refused);
    TEST(test_two_readouts);
    TEST(test_reset_before);
    TEST(test_metadata_that_is_null);
    return check_report();
}
