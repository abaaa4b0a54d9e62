#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *command;

void report_command(const char *name)
{
    command = name;
}

enum {
    TEXT_BYTES = 1024, /* a longer text is cut, for example one with an extremely long path */
    LINE_BYTES = 4096  /* what Linux writes to a pipe in one piece, so that lines of parallel runs do not mix */
};

struct line {
    char bytes[LINE_BYTES];
    size_t used;
    bool full;
};

/* Adds all of the bytes or none, and nothing after something that did not fit. The last byte is reserved for the end of the line. */
static void put(struct line *line, const void *bytes, size_t count)
{
    line->full = line->full || count > LINE_BYTES - 1 - line->used;
    if (line->full) return;
    memcpy(line->bytes + line->used, bytes, count);
    line->used += count;
}

/* The code point of a character, and its length in UTF-8 (Unicode 15.0, table 3-7); 0 bytes if it is not valid. */
static size_t character_at(const unsigned char *at, unsigned long *character)
{
    static const unsigned long smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t bytes = *at < 0x80 ? 1 : *at >> 5 == 6 ? 2 : *at >> 4 == 14 ? 3 : *at >> 3 == 30 ? 4 : 0;
    *character = bytes == 1 ? *at : *at & (0x7fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        if (at[i] >> 6 != 2) return 0; /* also stops at the end of the text */
        *character = *character << 6 | (at[i] & 0x3fu);
    }
    const bool surrogate = *character >> 11 == 0xd800 >> 11;
    return bytes && *character >= smallest[bytes] && *character <= 0x10ffff && !surrogate ? bytes : 0;
}

/* Characters that a terminal interprets, does not show, or shows as blank, so that two different names would look the same: the
 * control characters, the separators other than the space, the default-ignorable code points, the noncharacters (Unicode 15.0,
 * DerivedCoreProperties.txt and chapter 23), and the few letters and symbols that are drawn blank. In ascending order. */
static const struct {
    unsigned long first, last;
} unseen[] = {
    {0x0, 0x1f},        /* controls */
    {0x7f, 0xa0},       /* controls, no-break space */
    {0xad, 0xad},       /* soft hyphen */
    {0x34f, 0x34f},     /* combining grapheme joiner */
    {0x61c, 0x61c},     /* Arabic letter mark */
    {0x115f, 0x1160},   /* Hangul fillers */
    {0x1680, 0x1680},   /* Ogham space */
    {0x17b4, 0x17b5},   /* Khmer inherent vowels */
    {0x180b, 0x180f},   /* Mongolian selectors and vowel separator */
    {0x2000, 0x200f},   /* spaces, joiners, marks of direction */
    {0x2028, 0x202f},   /* line separators, turns of direction, narrow space */
    {0x205f, 0x206f},   /* mathematical space, invisible operators */
    {0x2800, 0x2800},   /* blank Braille pattern */
    {0x3000, 0x3000},   /* ideographic space */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xfdd0, 0xfdef},   /* noncharacters */
    {0xfe00, 0xfe0f},   /* variation selectors */
    {0xfeff, 0xfeff},   /* byte order mark */
    {0xffa0, 0xffa0},   /* halfwidth Hangul filler */
    {0xfff0, 0xfffb},   /* reserved, interlinear annotation */
    {0x13430, 0x1343f}, /* joiners of hieroglyphs */
    {0x16fe4, 0x16fe4}, /* Khitan filler */
    {0x1bca0, 0x1bca3}, /* shorthand controls */
    {0x1d159, 0x1d159}, /* musical null notehead */
    {0x1d173, 0x1d17a}, /* musical controls */
    {0xe0000, 0xe0fff}, /* tags, variation selectors */
};

static bool is_shown(unsigned long c)
{
    if ((c & 0xfffe) == 0xfffe) return false; /* the last two of each plane are noncharacters */
    size_t i = 0;
    while (i < sizeof unseen / sizeof *unseen && unseen[i].last < c) i++;
    return i == sizeof unseen / sizeof *unseen || c < unseen[i].first;
}

/* A file name may contain any bytes. Those that are not text, would break the line, move the terminal's cursor or be invisible are
 * written as \xNN. */
static void put_escaped(struct line *line, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        unsigned long character;
        const size_t bytes = character_at(at, &character);
        if (bytes && is_shown(character)) {
            put(line, at, bytes);
            at += bytes;
        } else {
            put(line, (const char[]){'\\', 'x', hex[*at >> 4], hex[*at & 15]}, 4);
            at++;
        }
    }
}

/* Removes the last character of a text that was cut, since it may be incomplete. A character has at most four bytes. */
static void drop_last(char *text)
{
    const size_t whole = strlen(text);
    size_t length = whole;
    while (length > 0 && whole - length < 3 && ((unsigned char)text[length - 1] >> 6) == 2) length--;
    if (length > 0) text[length - 1] = 0;
}

/* Writes the line with one call, so that lines of parallel runs do not mix. */
static void say(const char *format, va_list arguments)
{
    char text[TEXT_BYTES];
    struct line line = {.used = 0};
    fflush(stdout); /* so that a terminal shows both streams in the right order */
    put(&line, "unrolled", 8);
    if (command) put(&line, " ", 1);
    if (command) put(&line, command, strlen(command));
    put(&line, ": ", 2);
    if (vsnprintf(text, sizeof text, format, arguments) >= TEXT_BYTES) drop_last(text);
    put_escaped(&line, text);
    line.bytes[line.used++] = '\n';
    fwrite(line.bytes, 1, line.used, stderr);
}

enum exit_status failed(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return FAILED;
}

enum exit_status misused(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return MISUSED;
}

void note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

const char *errno_text(int error)
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
        {ENOTCAPABLE, "permission denied"}, /* WASI: outside of the folders the program may open */
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
    failed("cannot write to standard output: %s", errno_text(output_error ? output_error : errno));
    return false;
}
