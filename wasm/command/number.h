/* Numbers as text. */
#ifndef UNROLLED_NUMBER_H
#define UNROLLED_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "rnn.h"

enum { NUMBER_BYTES = 32 };

/* Is the number neither infinite nor NaN? */
bool number_is_finite(double number);

/* A double with the fewest digits, 15 to 17, that read back to the same bits, or "null" if it is not finite, since JSON has no
 * other notation. Returns text. */
const char *number_text(double number, char text[NUMBER_BYTES]);

/* Prints "0.1,0.25,-3", with the fewest digits that read back to the same bits. */
void number_put_list(const rnn_real *numbers, size_t count);

#endif
