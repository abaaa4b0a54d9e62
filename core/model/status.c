/* The texts of all statuses, in one place. */
#include "../internal.h"

struct status_text {
    const char *name, *text;
};

static const struct status_text STATUSES[] = {
    [RNN_OK] = {"RNN_OK", "done"},
    [RNN_ERROR_ARGUMENT] = {"RNN_ERROR_ARGUMENT", "a null pointer, or an index past the end"},
    [RNN_ERROR_RANGE] = {"RNN_ERROR_RANGE", "a number is outside its range"},
    [RNN_ERROR_TOO_LARGE] = {"RNN_ERROR_TOO_LARGE", "this configuration needs more than 1 GiB of memory"},
    [RNN_ERROR_BLOCK] = {"RNN_ERROR_BLOCK", "a block of memory is too small, not aligned, or of another kind"},
    [RNN_ERROR_SHAPE] = {"RNN_ERROR_SHAPE", "made for another configuration or shape"},
    [RNN_ERROR_DATA] = {"RNN_ERROR_DATA", "a value is not finite, or the loss does not accept a target"},
    [RNN_ERROR_EMPTY] = {"RNN_ERROR_EMPTY", "no samples, or a validation split that leaves one part empty"},
    [RNN_DIVERGED] = {"RNN_DIVERGED", "the loss or a weight is not finite"},
    [RNN_ERROR_CSV] = {"RNN_ERROR_CSV", "the text is not a data set"},
    [RNN_ERROR_WEIGHTS] = {"RNN_ERROR_WEIGHTS", "the bytes are not weights of a model that is supported"},
    [RNN_ERROR_SNAPSHOT] = {"RNN_ERROR_SNAPSHOT",
                            "the bytes are not a snapshot of a model, or the snapshot is damaged"},
    [RNN_ERROR_VERSION] = {"RNN_ERROR_VERSION", "the snapshot was made by another version of this library"},
    [RNN_ERROR_TEXT] = {"RNN_ERROR_TEXT", "the text cannot be read"},
};

static const struct status_text *find(enum rnn_status status)
{
    static const struct status_text UNKNOWN = {"RNN_UNKNOWN", "not a status"};
    size_t index = (size_t)status;
    return index < RNNI_COUNT(STATUSES) ? &STATUSES[index] : &UNKNOWN;
}

const char *rnn_status_name(enum rnn_status status)
{
    return find(status)->name;
}

const char *rnn_status_text(enum rnn_status status)
{
    return find(status)->text;
}

const char *rnn_version(void)
{
    return RNN_VERSION;
}
