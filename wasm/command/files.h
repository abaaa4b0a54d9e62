/* Reads and writes whole files. Error messages contain the name of the file as it was given. */
#ifndef UNROLLED_FILES_H
#define UNROLLED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

struct bytes {
    char *data; /* allocated with malloc; free it with file_release */
    size_t count;
};

/* Reads a regular file of any size, or at most 256 MiB of a pipe or a device. */
enum exit_status file_read(const char *path, struct bytes *bytes);
void file_release(struct bytes *bytes);

/* Reads the first `most` bytes of a regular file that is longer. For any other file it reads nothing, because a pipe can be read
 * only once. */
enum exit_status file_read_start(const char *path, size_t most, struct bytes *bytes);

/* An error if a regular file is longer than `most` bytes, before it is read. expected: for example "a safetensors file"; advice: a
 * sentence without its period. A file that cannot be examined, a pipe and a device are left to file_read. */
enum exit_status file_check_size(const char *path, uint64_t most, const char *expected, const char *advice);

/* Do two names mean the same file? It need not exist yet. */
bool file_same(const char *a, const char *b);

/* The name of the temporary file that file_save writes first, allocated with malloc; NULL if there is no memory. */
char *file_temporary_name(const char *path);

/* Is input the temporary file of output, so that file_save would overwrite it? */
bool file_is_temporary_of(const char *output, const char *input);

/* The content of a file to write. It belongs to the caller. */
struct output_file {
    const char *path;
    const void *data;
    size_t count;
};

/* Writes each file under its temporary name, which must not exist yet, and renames all of them once all are on the disk. If
 * anything before that fails, every old file is unchanged, and the temporary files are removed. A file keeps the permissions of the
 * one it replaces. Replacing a symbolic link is an error. */
enum exit_status file_save_all(const struct output_file *files, size_t count);

/* The same for a single file. */
enum exit_status file_save(const char *path, const void *data, size_t count);

/* Before a long run: checks whether file_save could work. Leaves no file behind. */
enum exit_status file_check_target(const char *path);

#endif
