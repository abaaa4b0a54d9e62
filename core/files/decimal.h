/* Decimal numbers in double; those in float are public. */
#ifndef RNNI_FILES_DECIMAL_H
#define RNNI_FILES_DECIMAL_H

#include "../internal.h"

/* As rnn_decimal_read, but the nearest double. Numbers of 10^150 and more count as infinite, and those below 10^-150 as 0. */
size_t rnni_decimal_read_double(const char *text, size_t bytes, double *value);

#endif
