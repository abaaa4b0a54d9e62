#include "foreign.h"

#include "diagnose.h"
#include "little_endian.h"

const char rnni_foreign_keras[] = ". Save the weights in Python: np.savez(\"weights.npz\", *model.get_weights())";

static const char save_pytorch[] =
    ". Save the weights in Python: safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")";
static const char save_csv[] = ". Save it as CSV";
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

static bool ends_with(const char *text, size_t bytes, const char *ending)
{
    const size_t length = strlen(ending);
    return bytes >= length && memcmp(text + bytes - length, ending, length) == 0;
}

static bool is_kind(const struct kind *kind, const char *file, size_t bytes)
{
    enum { LOCAL_BYTES = 30, NAME_LENGTH = 26 };
    const size_t start = strlen(kind->start);
    if (bytes < start || memcmp(file, kind->start, start) != 0) return false;
    if (!*kind->entry) return true;
    if (bytes < LOCAL_BYTES) return false;
    const size_t name = (size_t)rnni_little_load(file + NAME_LENGTH, 2);
    return name <= bytes - LOCAL_BYTES && ends_with(file + LOCAL_BYTES, name, kind->entry);
}

static enum rnn_status foreign(const char *file, size_t bytes, bool weights, struct rnn_diagnosis *diagnosis)
{
    size_t at = 0;
    if (bytes >= 3 && memcmp(file, "\xef\xbb\xbf", 3) == 0) at = 3;
    while (at < bytes && (file[at] == ' ' || file[at] == '\r' || file[at] == '\n')) at++;
    for (size_t i = 0; i < RNNI_COUNT(kinds); i++) {
        const char *const cure = weights ? kinds[i].weights : kinds[i].data;
        if (!cure || !is_kind(&kinds[i], file + at, bytes - at)) continue;
        rnni_diagnose_at(diagnosis, weights ? 0 : 1, 0, 0);
        rnni_diagnose_text(diagnosis, weights ? "expected a file of weights (safetensors or npz), got "
                                              : "expected a text of separated values (CSV), got ");
        rnni_diagnose_text(diagnosis, kinds[i].name);
        rnni_diagnose_text(diagnosis, cure);
        return weights ? RNN_ERROR_WEIGHTS : RNN_ERROR_CSV;
    }
    return RNN_OK;
}

enum rnn_status rnni_foreign_data(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    return foreign(file, bytes, false, diagnosis);
}

enum rnn_status rnni_foreign_weights(const char *file, size_t bytes, struct rnn_diagnosis *diagnosis)
{
    return foreign(file, bytes, true, diagnosis);
}
