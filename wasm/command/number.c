#include "rnn_files.h"
#include "number.h"

#include <stdio.h>
#include <stdlib.h>

bool number_is_finite(double number)
{
    return number - number == 0;
}

const char *number_text(double number, char text[NUMBER_BYTES])
{
    if (!number_is_finite(number)) {
        snprintf(text, NUMBER_BYTES, "null");
        return text;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, NUMBER_BYTES, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    return text;
}

void number_put_list(const rnn_real *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[RNN_DECIMAL_BYTES];
        rnn_decimal_write((float)numbers[i], text);
        printf("%s%s", i ? "," : "", text);
    }
}
