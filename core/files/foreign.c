#include "foreign.h"

#include "diagnose.h"
#include "little_endian.h"

const char rnni_foreign_keras[] = ". Save the weights in Python: np.savez(\"weights.npz\", *model.get_weights())";

static const char save_pytorch[] =
    ". Save the weights in Python: safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")";
static const char save_csv[] = ". Save it as CSV";
static const char save_text[] = ". Save it as plain text";
static const char download[] = ". Download the file itself, not the page about it";

/* A kind of file: how it begins, or, if it is a ZIP, how the name of its first entry ends. */
static const struct kind {
    const char *start, *entry, *name, *weights, *data;
} kinds[] = {
    {"\x89HDF\r\n\x1a\n", "", "HDF5, as in Keras's .weights.h5", rnni_foreign_keras, save_csv},
    {"PK\3\4", "metadata.json", "a model of Keras (.keras)", rnni_foreign_keras, save_csv},
    {"PK\3\4", "/data.pkl", "a file of torch.save (.pt)", save_pytorch, save_csv},
    {"\x80", "", "a pickle of Python", save_pytorch, save_csv},
    {"\x93NUMPY", "", "one array of NumPy (.npy)", rnni_foreign_keras, save_csv},
    {"PK\3\4", ".npy", "several arrays of NumPy (.npz)", NULL, save_csv},
    {"PK\3\4", "[Content_Types].xml", "an Excel workbook (.xlsx)", "", save_csv},
    {"PK\3\4", "mimetype", "a LibreOffice document", "", save_csv},
    {"\xd0\xcf\x11\xe0", "", "an old Excel workbook (.xls)", "", save_csv},
    {"version https://git-lfs", "", "a pointer of git-lfs instead of the file", ". Run: git lfs pull",
     ". Run: git lfs pull"},
    {"<!DOCTYPE", "", "a web page (HTML)", download, download},
    {"<!doctype", "", "a web page (HTML)", download, download},
    {"<html", "", "a web page (HTML)", download, download},
    {"{", "", "JSON", rnni_foreign_keras, save_csv},
    {"\x1f\x8b", "", "compressed with gzip", ". Unpack it first", ". Unpack it first"},
};

/* Documents that people bring for data, each with a text by which it is recognized: at its beginning, or, if it is a ZIP, anywhere
 * among the names of its entries, whose order differs from program to program. Weights do without this table. */
static const struct document {
    const char *start, *inside, *name, *cure;
} documents[] = {
    {"PK\3\4", "xl/workbook", "an Excel workbook (.xlsx)", save_csv},
    {"PK\3\4", "opendocument.spreadsheet", "a LibreOffice spreadsheet (.ods)", save_csv},
    {"PK\3\4", "Index/Document.iwa", "a document of Numbers or Pages", save_csv},
    {"PK\3\4", "word/document", "a Word document (.docx)", save_text},
    {"PK\3\4", "opendocument.text", "a LibreOffice document (.odt)", save_text},
    {"%PDF-", "", "a PDF", ". Copy the part that you need, and paste it"},
};
static const char zip[] = "a ZIP archive", unpack[] = ". Unpack it first";

static bool contains(const char *file, size_t bytes, const char *text)
{
    const size_t length = strlen(text);
    for (size_t at = 0; at + length <= bytes; at++)
        if (memcmp(file + at, text, length) == 0) return true;
    return false;
}

static bool begins_with(const char *file, size_t bytes, const char *start)
{
    const size_t length = strlen(start);
    return bytes >= length && memcmp(file, start, length) == 0;
}

static bool ends_with(const char *text, size_t bytes, const char *ending)
{
    const size_t length = strlen(ending);
    return bytes >= length && memcmp(text + bytes - length, ending, length) == 0;
}

static bool is_kind(const struct kind *kind, const char *file, size_t bytes)
{
    enum { LOCAL_BYTES = 30, NAME_LENGTH = 26 };
    if (!begins_with(file, bytes, kind->start)) return false;
    if (!*kind->entry) return true;
    if (bytes < LOCAL_BYTES) return false;
    const size_t name = (size_t)rnni_little_load(file + NAME_LENGTH, 2);
    return name <= bytes - LOCAL_BYTES && ends_with(file + LOCAL_BYTES, name, kind->entry);
}

/* Moves behind a byte-order mark and blank lines. */
static void skip_blanks(const char **file, size_t *bytes)
{
    const char *at = *file, *const end = at + *bytes;
    if (begins_with(at, *bytes, "\xef\xbb\xbf")) at += 3;
    while (at < end && (*at == ' ' || *at == '\r' || *at == '\n')) at++;
    *file = at;
    *bytes = (size_t)(end - at);
}

/* The place in a line means nothing to somebody who sees no lines in such a file. */
static enum rnn_status refuse(const char *name, const char *wanted, const char *cure, enum rnn_status status,
                              struct rnn_diagnosis *diagnosis)
{
    rnni_diagnose_at(diagnosis, 0, 0, 0);
    rnni_diagnose_text(diagnosis, "this file is ");
    rnni_diagnose_text(diagnosis, name);
    rnni_diagnose_text(diagnosis, wanted);
    rnni_diagnose_text(diagnosis, cure);
    return status;
}

static const struct kind *find_kind(const char *file, size_t bytes)
{
    for (size_t i = 0; i < RNNI_COUNT(kinds); i++)
        if (is_kind(&kinds[i], file, bytes)) return &kinds[i];
    return NULL;
}

static enum rnn_status document(const char *file, size_t bytes, const char *wanted, enum rnn_status status,
                                struct rnn_diagnosis *diagnosis)
{
    for (size_t i = 0; i < RNNI_COUNT(documents); i++) {
        const struct document *one = &documents[i];
        if (begins_with(file, bytes, one->start) && contains(file, bytes, one->inside))
            return refuse(one->name, wanted, one->cure, status, diagnosis);
    }
    return RNN_OK;
}

enum rnn_status rnni_foreign_data(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    static const char wanted[] = ", not a table as text (CSV)";
    skip_blanks(&file, &bytes);
    RNNI_TRY(document(file, bytes, wanted, RNN_ERROR_CSV, diagnosis));
    const struct kind *kind = find_kind(file, bytes);
    if (kind) return refuse(kind->name, wanted, kind->data, RNN_ERROR_CSV, diagnosis);
    return begins_with(file, bytes, "PK\3\4") ? refuse(zip, wanted, unpack, RNN_ERROR_CSV, diagnosis) : RNN_OK;
}

enum rnn_status rnni_foreign_text(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    static const char wanted[] = ", not a text";
    RNNI_TRY(document(file, bytes, wanted, RNN_ERROR_TEXT, diagnosis));
    return begins_with(file, bytes, "PK\3\4") ? refuse(zip, wanted, unpack, RNN_ERROR_TEXT, diagnosis) : RNN_OK;
}

enum rnn_status rnni_foreign_weights(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    skip_blanks(&file, &bytes);
    const struct kind *kind = find_kind(file, bytes);
    if (!kind || !kind->weights) return RNN_OK;
    rnni_diagnose_at(diagnosis, 0, 0, 0);
    rnni_diagnose_text(diagnosis, "expected a file of weights (safetensors or npz), got ");
    rnni_diagnose_text(diagnosis, kind->name);
    rnni_diagnose_text(diagnosis, kind->weights);
    return RNN_ERROR_WEIGHTS;
}
