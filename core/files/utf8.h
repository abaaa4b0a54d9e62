#ifndef RNNI_FILES_UTF8_H
#define RNNI_FILES_UTF8_H

#include "../internal.h"

/* The length in bytes of the first character of a text in well-formed UTF-8 (Unicode 15.0, table 3-7), or 0 if there is none within
 * `room` bytes. */
size_t rnni_utf8_bytes(const char *text, size_t room);

#endif
