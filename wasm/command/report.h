/* What the program says and how it ends. */
#ifndef UNROLLED_REPORT_H
#define UNROLLED_REPORT_H

#include <stdbool.h>

enum ending {
    DONE = 0,
    FAILED = 1, /* a file or a run */
    MISUSED = 2 /* the arguments */
};

/* Hand on what did not end well. */
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        enum ending try_ending = (call);                                                                               \
        if (try_ending != DONE) return try_ending;                                                                     \
    } while (0)

/* The command that every diagnosis names: "fit", or NULL before one is known. */
void report_command(const char *name);

/* One line on stderr, "unrolled fit: " before it; return what the names say. */
#if defined __GNUC__
#define REPORT_FORMAT __attribute__((format(printf, 1, 2)))
#else
#define REPORT_FORMAT
#endif
enum ending failed(const char *format, ...) REPORT_FORMAT;
enum ending misused(const char *format, ...) REPORT_FORMAT;

/* The meaning of an errno in words that are the same on every platform. */
const char *reason(int error);

/* Whether stdout still takes what is printed: to be asked after every line, so that the first error is remembered. */
bool output_goes_on(void);

/* Flush stdout; if something did not arrive there, say so. To be called once, at the end. */
bool output_arrived(void);

#endif
