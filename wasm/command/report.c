#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static const char *command;

void report_command(const char *name)
{
    command = name;
}

static void say(const char *format, va_list arguments)
{
    fflush(stdout); /* so that on a terminal the lines stand in the order in which they came */
    fputs("unrolled", stderr);
    if (command)
        fprintf(stderr, " %s", command);
    fputs(": ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
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
    switch (error) {
    case ENOENT: return "no such file or directory";
    case ENOTDIR: return "a part of the path is not a directory";
    case EISDIR: return "is a directory";
    case EACCES:
    case EPERM: return "permission denied";
    case EROFS: return "the file system is read-only";
    case EEXIST: return "exists already";
    case ENAMETOOLONG: return "the name is too long";
    case ELOOP: return "too many symbolic links";
    case ENOSPC: return "no space left";
    case EFBIG: return "the file would become too large";
    case EPIPE: return "nobody reads it any more";
    case EMFILE:
    case ENFILE: return "too many open files";
    case ENOMEM: return "not enough memory";
#ifdef EDQUOT
    case EDQUOT: return "the disk quota is used up";
#endif
#ifdef ENOTCAPABLE
    case ENOTCAPABLE: return "permission denied";
#endif
    default: return "input or output failed";
    }
}

static int output_error; /* the errno of the first write that failed */

bool output_goes_on(void)
{
    if (ferror(stdout) && !output_error)
        output_error = errno;
    return !ferror(stdout);
}

bool output_arrived(void)
{
    bool flushed = fflush(stdout) == 0;
    if (flushed && output_goes_on())
        return true;
    failed("cannot write to standard output: %s", reason(output_error ? output_error : errno));
    return false;
}
