#include "history.h"

#include "files.h"
#include "memory.h"
#include "number.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct series {
    const char *prefix;
    bool is_metric;
    size_t offset; /* of the member in struct rnn_epoch */
};

static const struct series all_series[] = {
    {"", false, offsetof(struct rnn_epoch, loss)},
    {"", true, offsetof(struct rnn_epoch, metric)},
    {"val_", false, offsetof(struct rnn_epoch, val_loss)},
    {"val_", true, offsetof(struct rnn_epoch, val_metric)},
};

enum { SERIES = 4, SERIES_WITHOUT_VALIDATION = 2, SERIES_FRAME = 64 };

/* Copies text to `at` and returns the position after it. */
static char *put_text(char *at, const char *text)
{
    size_t bytes = strlen(text);
    memcpy(at, text, bytes);
    return at + bytes;
}

static char *put_series(char *at, const struct series *series, const char *metric, const struct rnn_epoch *history,
                        uint32_t epochs)
{
    at = put_text(at, "\"");
    at = put_text(at, series->prefix);
    at = put_text(at, series->is_metric ? metric : "loss");
    at = put_text(at, "\": [");
    for (uint32_t i = 0; i < epochs; i++) {
        char number[NUMBER_BYTES];
        double figure;
        memcpy(&figure, (const char *)&history[i] + series->offset, sizeof figure);
        if (i) at = put_text(at, ", ");
        at = put_text(at, number_text(figure, number));
    }
    return put_text(at, "]");
}

enum exit_status history_save(const char *path, const char *metric, const struct rnn_epoch *history, uint32_t epochs,
                              bool validates)
{
    uint64_t room = (uint64_t)SERIES * (SERIES_FRAME + (uint64_t)epochs * (NUMBER_BYTES + 2));
    char *text = memory_take(room, "the history");
    if (!text) return FAILED;
    char *at = put_text(text, "{");
    for (int i = 0; i < (validates ? SERIES : SERIES_WITHOUT_VALIDATION); i++) {
        if (i) at = put_text(at, ", ");
        at = put_series(at, &all_series[i], metric, history, epochs);
    }
    at = put_text(at, "}\n");
    return file_save(path, text, (size_t)(at - text));
}
