/* Error messages of the program, and its exit status. */
#ifndef UNROLLED_REPORT_H
#define UNROLLED_REPORT_H

#include <stdbool.h>

enum exit_status {
    DONE = 0,
    FAILED = 1, /* a file or a run failed */
    MISUSED = 2 /* the arguments are wrong */
};

/* Returns from the calling function with any result other than success. */
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum exit_status try_status = (call);                                                                          \
        if (try_status != DONE) return try_status;                                                                     \
    } while (0)

/* The command to name in every error message, such as "fit"; NULL before it is known. */
void report_command(const char *name);

/* Each prints one line on stderr that begins with "unrolled fit: ", and returns the result in its name. */
#if defined __GNUC__
#define REPORT_FORMAT __attribute__((format(printf, 1, 2)))
#else
#define REPORT_FORMAT
#endif
enum exit_status failed(const char *format, ...) REPORT_FORMAT;
enum exit_status misused(const char *format, ...) REPORT_FORMAT;

/* Prints such a line about something that is not an error. */
void note(const char *format, ...) REPORT_FORMAT;

/* The meaning of an errno, in the same words on every platform. */
const char *errno_text(int error);

/* Can stdout still be written to? To be called after every line, so that the first error is remembered. */
bool output_goes_on(void);

/* Flushes stdout, and prints an error if anything could not be written. To be called once, at the end. */
bool output_arrived(void);

#endif
