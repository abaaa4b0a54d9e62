/* The records of data_text.c, which are a part of those of the module. */
#ifndef UNROLLED_DATA_TEXT_H
#define UNROLLED_DATA_TEXT_H

#define TEXT_RECORDS                                                                                                   \
    "tokens count block_bytes", "vocabulary distinct size unknown list:text", "text unknown folded",                   \
        "layout form timesteps stride outputs features", "sequences samples timesteps too_short too_long",             \
        "data x y samples timesteps features return_sequences lengths", "metrics loss accuracy"

#endif
