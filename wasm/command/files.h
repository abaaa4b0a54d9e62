/* Whole files, in and out. Messages name the file as it was given. */
#ifndef UNROLLED_FILES_H
#define UNROLLED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

struct bytes {
    char *data; /* from malloc; file_release gives it back */
    size_t count;
};

/* A regular file of any size; of a pipe or a device 256 MiB at most. */
enum ending file_read(const char *path, struct bytes *bytes);
void file_release(struct bytes *bytes);

/* The first `most` bytes of a regular file that has more; of every other file nothing, since a pipe can be read only once. */
enum ending file_read_start(const char *path, size_t most, struct bytes *bytes);

/* Refuse a regular file of more bytes than `most` before it is read. expected: "a safetensors file" or the like; advice: a sentence
 * without its period. What cannot be looked at, and a pipe or a device, is left to file_read. */
enum ending file_check_size(const char *path, uint64_t most, const char *expected, const char *advice);

/* Do two names stand for one file, there already or not? */
bool file_same(const char *a, const char *b);

/* The name that file_save writes to first; from malloc, NULL without memory. */
char *file_temporary_name(const char *path);

/* Would file_save of output write over input on the way, because that is the file of its temporary name? */
bool file_is_temporary_of(const char *output, const char *input);

/* What a file is to hold; the caller owns it. */
struct output_file {
    const char *path;
    const void *data;
    size_t count;
};

/* Write each file under its temporary name, which must not exist yet, and give all of them their names once all are on the
 * disk. A failure before that leaves every old file as it was and removes the temporary files. A file that is replaced hands its
 * permissions on; a symbolic link is refused. */
enum ending file_save_all(const struct output_file *files, size_t count);

/* The same for one file. */
enum ending file_save(const char *path, const void *data, size_t count);

/* Before a long run: whether file_save would have a chance. Leaves nothing behind. */
enum ending file_check_target(const char *path);

#endif
