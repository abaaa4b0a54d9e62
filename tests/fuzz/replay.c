/* Runs a fuzz target on files, so that the committed corpus is an ordinary test on every platform. */
#include "check.h"
#include "require.h"

enum { LARGEST_FILE = 1 << 20 };

static uint8_t room[LARGEST_FILE];

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    CHECK(file);
    if (!file) {
        printf("%s cannot be opened\n", path);
        return;
    }
    size_t bytes = fread(room, 1, sizeof room, file);
    fclose(file);
    CHECK(bytes < sizeof room);
    uint8_t *input = require_memory(bytes);
    memcpy(input, room, bytes);
    CHECK(LLVMFuzzerTestOneInput(input, bytes) == 0);
    free(input);
}

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) replay(paths[i]);
    return check_report();
}
