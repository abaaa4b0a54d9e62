#define _POSIX_C_SOURCE 200809L /* for stat and fsync */
#include "files.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FIRST_CAPACITY = 1 << 16,
    /* limit for a pipe or a device, whose size is unknown, and for a file that grows while it is read */
    MOST_BYTES = 1 << 28
};

/* ------------------------------------------------------------------------------------------------ reading */

/* most: the maximum number of bytes to read, so that an endless file such as /dev/zero does not fill the memory. */
static enum exit_status read_all(FILE *file, const char *path, size_t most, struct bytes *bytes)
{
    size_t capacity = 0;
    do {
        if (bytes->count > most)
            return failed("%s: cannot read: it goes on after %lu MiB, the most that is read from a pipe or a device. "
                          "Save the part that you need in a file, and name that file",
                          path, (unsigned long)(most >> 20));
        if (bytes->count == capacity) {
            size_t larger = capacity ? 2 * capacity : FIRST_CAPACITY;
            if (larger > most) larger = most + 1;
            char *grown = larger > capacity ? realloc(bytes->data, larger) : NULL;
            if (!grown) return failed("%s: not enough memory to read it", path);
            bytes->data = grown;
            capacity = larger;
        }
        bytes->count += fread(bytes->data + bytes->count, 1, capacity - bytes->count, file);
    } while (!feof(file) && !ferror(file));
    return ferror(file) ? failed("%s: cannot read: %s", path, errno_text(errno)) : DONE;
}

enum exit_status file_read(const char *path, struct bytes *bytes)
{
    struct stat about;
    size_t most = MOST_BYTES;
    *bytes = (struct bytes){NULL, 0};
    if (stat(path, &about) != 0) return failed("%s: cannot read: %s", path, errno_text(errno));
    if (S_ISDIR(about.st_mode)) return failed("%s: cannot read: %s", path, errno_text(EISDIR));
    if (S_ISREG(about.st_mode) && about.st_size > MOST_BYTES) {
        if ((uintmax_t)about.st_size >= SIZE_MAX) return failed("%s: not enough memory to read it", path);
        most = (size_t)about.st_size;
    }
    FILE *file = fopen(path, "rb");
    if (!file) return failed("%s: cannot read: %s", path, errno_text(errno));
    enum exit_status result = read_all(file, path, most, bytes);
    fclose(file);
    if (result != DONE) file_release(bytes);
    return result;
}

enum exit_status file_read_start(const char *path, size_t most, struct bytes *bytes)
{
    struct stat about;
    *bytes = (struct bytes){NULL, 0};
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || (uint64_t)about.st_size <= most) return DONE;
    FILE *file = fopen(path, "rb");
    if (!file) return failed("%s: cannot read: %s", path, errno_text(errno));
    enum exit_status result = DONE;
    bytes->data = malloc(most);
    if (!bytes->data) result = failed("%s: not enough memory to read it", path);
    if (result == DONE) bytes->count = fread(bytes->data, 1, most, file);
    if (result == DONE && ferror(file)) result = failed("%s: cannot read: %s", path, errno_text(errno));
    fclose(file);
    if (result != DONE) file_release(bytes);
    return result;
}

enum exit_status file_check_size(const char *path, uint64_t most, const char *expected, const char *advice)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || (uint64_t)about.st_size <= most) return DONE;
    return failed("%s: cannot read: it has %llu bytes; expected %s, which has at most %llu bytes (%llu MiB). %s", path,
                  (unsigned long long)about.st_size, expected, (unsigned long long)most,
                  (unsigned long long)(most >> 20), advice);
}

void file_release(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){NULL, 0};
}

/* ------------------------------------------------------------------------------------------------ writing */

/* Returns false if there is nothing at this path. */
static bool look(const char *path, struct stat *about)
{
    return stat(path, about) == 0;
}

static bool same_place(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Returns the name after the last slash, and in *about the folder before it. */
static const char *look_at_folder(const char *path, struct stat *about, bool *there)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        *there = look(".", about);
        return path;
    }
    size_t bytes = (size_t)(slash - path);
    char *folder = malloc(bytes + 2);
    if (folder) {
        memcpy(folder, path, bytes + 1); /* with the slash, because "/" is a folder */
        folder[bytes + 1] = 0;
    }
    *there = folder && look(folder, about);
    free(folder);
    return slash + 1;
}

bool file_same(const char *a, const char *b)
{
    struct stat of_a, of_b;
    if (strcmp(a, b) == 0) return true;
    const bool a_there = look(a, &of_a), b_there = look(b, &of_b);
    if (a_there || b_there) return a_there && b_there && same_place(&of_a, &of_b);
    bool folder_a, folder_b;
    const char *name_a = look_at_folder(a, &of_a, &folder_a), *name_b = look_at_folder(b, &of_b, &folder_b);
    return folder_a && folder_b && same_place(&of_a, &of_b) && strcmp(name_a, name_b) == 0;
}

char *file_temporary_name(const char *path)
{
    size_t bytes = strlen(path) + sizeof ".tmp";
    char *name = malloc(bytes);
    if (name) snprintf(name, bytes, "%s.tmp", path);
    return name;
}

bool file_is_temporary_of(const char *output, const char *input)
{
    char *temporary = file_temporary_name(output);
    const bool same = temporary && file_same(temporary, input);
    free(temporary);
    return same;
}

static enum exit_status cannot_write(const char *path, int error)
{
    return failed("%s: cannot write: %s", path, errno_text(error));
}

/* Only a regular file may be replaced: renaming over a device, a folder or a link would destroy it or fail. */
static enum exit_status check_replaceable(const char *path)
{
    struct stat about;
    if (lstat(path, &about) != 0) return errno == ENOENT ? DONE : cannot_write(path, errno);
    if (S_ISDIR(about.st_mode)) return cannot_write(path, EISDIR);
    if (S_ISLNK(about.st_mode))
        return failed("%s: cannot write: it is a symbolic link; give the name of the file itself", path);
    if (!S_ISREG(about.st_mode)) return failed("%s: cannot write: it is not a regular file", path);
#ifndef __wasi__ /* WASI has no permissions */
    if (access(path, W_OK) != 0) return cannot_write(path, errno);
#endif
    return DONE;
}

static enum exit_status open_new(const char *path, const char *temporary, FILE **file)
{
    *file = fopen(temporary, "wbx");
    if (*file) return DONE;
    if (errno == EEXIST)
        return failed("%s exists already, perhaps left by an interrupted run; remove it, then try again", temporary);
    return cannot_write(path, errno);
}

/* Gives the new file the permissions of the old one. WASI has none. */
static void keep_permissions(const char *path, FILE *file)
{
#ifdef __wasi__
    (void)path;
    (void)file;
#else
    struct stat about;
    if (stat(path, &about) == 0 && fchmod(fileno(file), about.st_mode & 07777) != 0)
        errno = 0; /* the file belongs to someone else */
#endif
}

/* Writes everything and flushes it to the disk. If that fails, errno says why. */
static bool write_all(FILE *file, const void *data, size_t count)
{
    errno = 0;
    bool written = fwrite(data, 1, count, file) == count && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int error = errno;
    bool closed = fclose(file) == 0;
    if (!written) errno = error;
    return written && closed;
}

/* Writes the whole file under its temporary name, or nothing. */
static enum exit_status write_temporary(const struct output_file *output)
{
    FILE *file;
    char *temporary = file_temporary_name(output->path);
    if (!temporary) return cannot_write(output->path, ENOMEM);
    enum exit_status result = open_new(output->path, temporary, &file);
    if (result == DONE) {
        keep_permissions(output->path, file);
        if (!write_all(file, output->data, output->count)) {
            const int error = errno;
            remove(temporary);
            result = cannot_write(output->path, error);
        }
    }
    free(temporary);
    return result;
}

static enum exit_status rename_temporary(const struct output_file *output)
{
    char *temporary = file_temporary_name(output->path);
    const bool renamed = temporary && rename(temporary, output->path) == 0;
    const int error = temporary ? errno : ENOMEM;
    free(temporary);
    return renamed ? DONE : cannot_write(output->path, error);
}

static void remove_temporary(const struct output_file *output)
{
    char *temporary = file_temporary_name(output->path);
    if (temporary) remove(temporary);
    free(temporary);
}

enum exit_status file_save_all(const struct output_file *files, size_t count)
{
    size_t written = 0, renamed = 0;
    enum exit_status result = DONE;
    for (size_t i = 0; i < count; i++) TRY(check_replaceable(files[i].path));
    while (result == DONE && written < count) {
        result = write_temporary(&files[written]);
        if (result == DONE) written++;
    }
    while (result == DONE && renamed < count) {
        result = rename_temporary(&files[renamed]);
        if (result == DONE) renamed++;
    }
    for (size_t i = renamed; i < written; i++) remove_temporary(&files[i]);
    return result;
}

enum exit_status file_save(const char *path, const void *data, size_t count)
{
    const struct output_file file = {path, data, count};
    return file_save_all(&file, 1);
}

static enum exit_status check_as(const char *path, const char *temporary)
{
    FILE *file;
    enum exit_status result = check_replaceable(path);
    if (result == DONE) result = open_new(path, temporary, &file);
    if (result != DONE) return result;
    fclose(file);
    remove(temporary);
    return DONE;
}

enum exit_status file_check_target(const char *path)
{
    char *temporary = file_temporary_name(path);
    if (!temporary) return cannot_write(path, ENOMEM);
    enum exit_status result = check_as(path, temporary);
    free(temporary);
    return result;
}
