#include "history.h"

#include "files.h"
#include "memory.h"
#include "number.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct series {
    const char *name;
    size_t offset; /* of the figure in struct rnn_epoch */
};

static const struct series all_series[] = {
    {"loss", offsetof(struct rnn_epoch, loss)},
    {"accuracy", offsetof(struct rnn_epoch, accuracy)},
    {"val_loss", offsetof(struct rnn_epoch, val_loss)},
    {"val_accuracy", offsetof(struct rnn_epoch, val_accuracy)},
};

enum { SERIES = 4, SERIES_WITHOUT_VALIDATION = 2, SERIES_FRAME = 32 };

/* Returns the end of what it wrote. */
static char *put_text(char *at, const char *text)
{
    size_t bytes = strlen(text);
    memcpy(at, text, bytes);
    return at + bytes;
}

static char *put_series(char *at, const struct series *series, const struct rnn_epoch *history, uint32_t epochs)
{
    at = put_text(at, "\"");
    at = put_text(at, series->name);
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

enum ending history_save(const char *path, const struct rnn_epoch *history, uint32_t epochs, bool validates)
{
    uint64_t room = (uint64_t)SERIES * (SERIES_FRAME + (uint64_t)epochs * (NUMBER_BYTES + 2));
    char *text = memory_take(room, "the history");
    if (!text) return FAILED;
    char *at = put_text(text, "{");
    for (int i = 0; i < (validates ? SERIES : SERIES_WITHOUT_VALIDATION); i++) {
        if (i) at = put_text(at, ", ");
        at = put_series(at, &all_series[i], history, epochs);
    }
    at = put_text(at, "}\n");
    return file_save(path, text, (size_t)(at - text));
}
