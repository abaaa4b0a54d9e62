/* "Did you mean ...?": the name with the fewest letters inserted, omitted, changed or swapped with their neighbor (Damerau 1964;
 * the variant that edits no part twice), if these are at most a third of it. */
#include "options.h"

#include <string.h>

enum { LONGEST = 32 };

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t distance(const char *a, const char *b)
{
    uint32_t rows[3][LONGEST + 1];
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST) return LONGEST;
    for (size_t i = 0; i <= n; i++) {
        uint32_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = (uint32_t)i;
        for (size_t j = 1; j <= m; j++) {
            if (i == 0) {
                now[j] = (uint32_t)j;
                continue;
            }
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

const char *nearest_name(const char *text, const char *(*name)(const void *list, uint32_t n), const void *list)
{
    const char *nearest = NULL;
    uint32_t fewest = LONGEST;
    for (uint32_t n = 0; name(list, n); n++) {
        uint32_t edits = distance(text, name(list, n));
        if (edits < fewest && 3 * edits <= strlen(name(list, n))) {
            fewest = edits;
            nearest = name(list, n);
        }
    }
    return nearest;
}
