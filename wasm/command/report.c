#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static const char *command;

void report_command(const char *name)
{
    command = name;
}

/* A name may hold anything: what would break the line or move the terminal's cursor is shown as \xNN. */
static void say_line(const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7f)
            fprintf(stderr, "\\x%02x", c);
        else
            fputc(c, stderr);
    }
    fputc('\n', stderr);
}

static void say(const char *format, va_list arguments)
{
    char line[1024]; /* longer ones are cut: a path of that length is its own explanation */
    fflush(stdout);  /* so that on a terminal the lines stand in the order in which they came */
    fputs("unrolled", stderr);
    if (command) fprintf(stderr, " %s", command);
    fputs(": ", stderr);
    vsnprintf(line, sizeof line, format, arguments);
    say_line(line);
}

enum ending failed(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return FAILED;
}

enum ending misused(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return MISUSED;
}

const char *reason(int error)
{
    static const struct {
        int error;
        const char *text;
    } reasons[] = {
        {ENOENT, "no such file or directory"},
        {ENOTDIR, "a part of the path is not a directory"},
        {EISDIR, "is a directory"},
        {EACCES, "permission denied"},
        {EPERM, "permission denied"},
#ifdef ENOTCAPABLE
        {ENOTCAPABLE, "permission denied"}, /* WASI: outside of the folders that are open */
#endif
        {EROFS, "the file system is read-only"},
        {EEXIST, "exists already"},
        {ENAMETOOLONG, "the name is too long"},
        {ELOOP, "too many symbolic links"},
        {ENOSPC, "no space left"},
        {EDQUOT, "the disk quota is used up"},
        {EFBIG, "the file would become too large"},
        {EPIPE, "nobody reads it any more"},
        {EMFILE, "too many open files"},
        {ENFILE, "too many open files"},
        {ENOMEM, "not enough memory"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].error == error) return reasons[i].text;
    return "input or output failed";
}

static int output_error; /* the errno of the first write that failed */

bool output_goes_on(void)
{
    if (ferror(stdout) && !output_error) output_error = errno;
    return !ferror(stdout);
}

bool output_arrived(void)
{
    bool flushed = fflush(stdout) == 0;
    if (flushed && output_goes_on()) return true;
    failed("cannot write to standard output: %s", reason(output_error ? output_error : errno));
    return false;
}
