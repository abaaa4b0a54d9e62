/* Runs a fuzz target on files, and on these files with a few bytes changed, always the same ones, so that the committed corpus is
 * an ordinary test on every platform. */
#include "check.h"
#include "require.h"

enum { LARGEST_FILE = 1 << 20, MUTATIONS = 400, LONGEST_CHANGE = 32 };

static uint8_t room[LARGEST_FILE], mutated[LARGEST_FILE + 4 * LONGEST_CHANGE];

/* The target must not read past the end, so each input is in its own block, which sanitizers watch. */
static void replay_bytes(const uint8_t *bytes, size_t count)
{
    uint8_t *input = require_memory(count);
    memcpy(input, bytes, count);
    CHECK(LLVMFuzzerTestOneInput(input, count) == 0);
    free(input);
}

static uint32_t draw(uint32_t *state, size_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return below ? (uint32_t)((uint64_t)*state * below >> 32) : 0;
}

/* One change: replaces a byte, by any or by a meaningful one; removes some bytes; or repeats some. Returns the new size. */
static size_t mutate(uint8_t *bytes, size_t count, uint32_t *state)
{
    static const char telling[] = "0123456789,.-eyx_\"{}[]: \n";
    const size_t at = draw(state, count), rest = count - at;
    const size_t some = 1 + draw(state, rest < LONGEST_CHANGE ? rest : LONGEST_CHANGE);
    switch (draw(state, 4)) {
    case 0:
        bytes[at] = (uint8_t)draw(state, 256);
        return count;
    case 1:
        bytes[at] = (uint8_t)telling[draw(state, sizeof telling - 1)];
        return count;
    case 2:
        if (some > rest) return count;
        memmove(bytes + at, bytes + at + some, rest - some);
        return count - some;
    default:
        if (some > rest) return count;
        memmove(bytes + at + some, bytes + at, rest);
        return count + some;
    }
}

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
    replay_bytes(room, bytes);
    uint32_t state = (uint32_t)bytes;
    for (int i = 0; bytes && i < MUTATIONS; i++) {
        size_t changed = bytes;
        memcpy(mutated, room, bytes);
        for (uint32_t changes = 1 + draw(&state, 3); changed && changes > 0; changes--)
            changed = mutate(mutated, changed, &state);
        replay_bytes(mutated, changed);
    }
}

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) replay(paths[i]);
    return check_report();
}
