#include "diagnose.h"
#include "writer.h"

#include <string.h>

enum { QUOTED_BYTES = 24 };

void rnni_diagnose_at(struct rnn_diagnosis *diagnosis, uint32_t line, uint32_t column, size_t offset)
{
    if (!diagnosis) return;
    diagnosis->line = line;
    diagnosis->column = column;
    diagnosis->offset = offset;
    diagnosis->text[0] = 0;
}

static void put(struct rnn_diagnosis *diagnosis, const char *text, size_t bytes)
{
    if (!diagnosis) return;
    size_t used = strlen(diagnosis->text), room = sizeof diagnosis->text - 1 - used;
    if (bytes > room) bytes = room;
    memcpy(diagnosis->text + used, text, bytes);
    diagnosis->text[used + bytes] = 0;
}

void rnni_diagnose_text(struct rnn_diagnosis *diagnosis, const char *text)
{
    put(diagnosis, text, strlen(text));
}

void rnni_diagnose_number(struct rnn_diagnosis *diagnosis, uint64_t number)
{
    char digits[20];
    struct rnni_writer writer = {digits, sizeof digits, 0};
    rnni_put_number(&writer, number);
    put(diagnosis, digits, writer.written);
}

void rnni_diagnose_quote(struct rnn_diagnosis *diagnosis, const char *found, size_t bytes)
{
    static const char hex[] = "0123456789abcdef";
    put(diagnosis, "\"", 1);
    for (size_t i = 0; i < bytes && i < QUOTED_BYTES; i++) {
        unsigned char c = (unsigned char)found[i];
        char escaped[4] = {'\\', 'x', hex[c >> 4], hex[c & 15]};
        if (c < 0x20 || c >= 0x7f)
            put(diagnosis, escaped, 4);
        else
            put(diagnosis, found + i, 1);
    }
    put(diagnosis, bytes > QUOTED_BYTES ? "...\"" : "\"", bytes > QUOTED_BYTES ? 4 : 1);
}
