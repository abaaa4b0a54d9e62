/* A C test is a program: it counts its checks, says where each wrong one stands and with which values, and ends with a
 * line "name: 12 passed, 0 failed". Header only, no setjmp and no threads, so that it runs natively and under WASI.
 *
 *     CHECK(condition);                  CHECK_EQUAL(got, wanted);       whole numbers, pointers' addresses excepted
 *     CHECK_NEAR(got, wanted, distance); CHECK_TEXT(got, wanted);        texts, either may be NULL
 *     TEST(function);                    runs a void function(void) and names it beside its failures
 *     return check_report();             from main; a program without a check has failed
 */
#ifndef TESTS_CORE_CHECK_H
#define TESTS_CORE_CHECK_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CHECK_SHOWN = 20 }; /* a loop that goes wrong shall not fill the screen */

static uint64_t check_passed, check_failed;
static const char *check_test = ""; /* the TEST under way */

/* Count one result; true if its values are to be shown. */
static inline bool check_count(bool passed, const char *file, int line, const char *what)
{
    if (passed) {
        check_passed++;
        return false;
    }
    if (++check_failed > CHECK_SHOWN) return false;
    printf("%s:%d: %s%s%s\n", file, line, check_test, *check_test ? ": " : "", what);
    return true;
}

static inline void check_equal(intmax_t got, intmax_t wanted, const char *file, int line, const char *what)
{
    if (check_count(got == wanted, file, line, what))
        printf("    got %" PRIdMAX ", wanted %" PRIdMAX "\n", got, wanted);
}

static inline void check_near(double got, double wanted, double distance, const char *file, int line, const char *what)
{
    double apart = got > wanted ? got - wanted : wanted - got; /* NaN on either side is never near */
    if (check_count(apart <= distance, file, line, what))
        printf("    got %.17g, wanted %.17g within %g\n", got, wanted, distance);
}

static inline void check_text(const char *got, const char *wanted, const char *file, int line, const char *what)
{
    bool same = got && wanted ? strcmp(got, wanted) == 0 : got == wanted;
    if (check_count(same, file, line, what))
        printf("    got    \"%s\"\n    wanted \"%s\"\n", got ? got : "(null)", wanted ? wanted : "(null)");
}

static inline void check_named(const char *name, void (*test)(void))
{
    check_test = name;
    test();
    check_test = "";
}

static inline int check_report_of(const char *file)
{
    const char *name = strrchr(file, '/');
    name = name ? name + 1 : file;
    int length = (int)strcspn(name, ".");
    if (check_passed + check_failed == 0) printf("%s: no check was made\n", file);
    printf("%.*s: %" PRIu64 " passed, %" PRIu64 " failed\n", length, name, check_passed, check_failed);
    return check_failed > 0 || check_passed == 0;
}

#define CHECK(condition) ((void)check_count((condition) != 0, __FILE__, __LINE__, #condition))
#define CHECK_EQUAL(got, wanted)                                                                                       \
    check_equal((intmax_t)(got), (intmax_t)(wanted), __FILE__, __LINE__, #got " == " #wanted)
#define CHECK_NEAR(got, wanted, distance)                                                                              \
    check_near((double)(got), (double)(wanted), (double)(distance), __FILE__, __LINE__, #got " near " #wanted)
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), __FILE__, __LINE__, #got " is " #wanted)
#define TEST(function)          check_named(#function, function)
#define check_report()          check_report_of(__FILE__)

#endif
