/* A double as text with the fewest digits, 15 to 17, that read back to the same bits. */
#ifndef UNROLLED_NUMBER_H
#define UNROLLED_NUMBER_H

#include <stdbool.h>

enum { NUMBER_BYTES = 32 };

/* Neither an infinity nor NaN. */
bool number_is_finite(double number);

/* Returns text. "null" for what is not finite, as JSON has it. */
const char *number_text(double number, char text[NUMBER_BYTES]);

#endif
