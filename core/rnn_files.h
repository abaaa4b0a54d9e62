/* Reads and writes data sets as CSV, weights as safetensors and npz, models as Python programs, and texts.
 *
 * This is the public header of the library `rnn_files`, which uses only the public functions of `rnn`. It reads and writes memory;
 * the caller opens the files. Results, memory and threads are as in rnn.h. No function here keeps state or pointers.
 *
 * Lengths of texts and files are size_t. A function that writes takes the capacity of the buffer in bytes, and writes everything or
 * nothing. If the capacity is too small, it returns RNN_ERROR_BLOCK and stores in *written how many bytes are needed. To only
 * measure, pass NULL and capacity 0, and expect RNN_ERROR_BLOCK. written may be NULL. A function that reads explains in *diagnosis,
 * which may be NULL, what was wrong and where. It does so only with RNN_ERROR_CSV, RNN_ERROR_WEIGHTS and RNN_ERROR_TEXT. */
#ifndef RNN_FILES_H
#define RNN_FILES_H

#include "rnn.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The position of an error in a text or a file, and what was expected there. line and column count from 1 (0: not applicable). In a
 * table, the column is a column of the table; in other texts it is a character of the line. offset counts bytes from 0. text is one
 * line without a full stop, terminated by NUL. */
struct rnn_diagnosis {
    uint32_t line, column;
    size_t offset;
    char text[240];
};

/* ------------------------------------------------------------------------------------------------ data as text */

/* The shape of a data set as CSV. With one feature the header is y,x1,...,xT, with more it is y,x1_1,x1_2,...,xT_F, and with a
 * target at every time step it is y1,...,yT,x1,... Each following line is one sequence. Numbers are decimal or in scientific
 * notation; they are written with the fewest digits that read back to the same bits.
 *
 * A text that another program wrote is read, too, where its meaning is certain, and rnn_csv_notes says how:
 *     encoding    UTF-8 with or without a byte-order mark, UTF-16 with one, and single bytes of Latin-1
 *     fields      separated by commas, semicolons or tabs; in quotes or not; with blanks, also no-break spaces, around them
 *     lines       ended by \n, \r\n or \r; empty lines and repetitions of the header are left out
 *     columns     y is the first or the last, and may be called label, target or class; a first column without a name (the line
 *                 numbers of R and pandas) and empty last columns are left out
 *     numbers     a decimal point or comma, the same in the whole text; groups of thousands; the minus sign U+2212
 *     labels      0 and 1, or FALSE and TRUE, or -1 and 1
 *     lengths     a sequence may end early if y comes first: all fields after its last time step are empty or left out, those of y
 *                 at these time steps too, and the line ends with a line break */
struct rnn_csv_shape {
    uint32_t samples, timesteps, features;
    uint32_t return_sequences; /* 1: the header has y1,...,yT, even if T is 1; 0: it has y */
    uint32_t shorter;          /* out: the number of sequences that end early */
};

/* Read the header and count the sequences. shape: out. RNN_ERROR_CSV: see the diagnosis. */
RNN_API enum rnn_status rnn_csv_measure(const char *text, size_t bytes, struct rnn_csv_shape *shape,
                                        struct rnn_diagnosis *diagnosis);

/* Read the numbers of a text that rnn_csv_measure accepted, with the shape it gave. loss and outputs determine which targets are
 * valid. outputs is K of the loss: 2 to 64 for sparse_categorical_crossentropy, 1 for the others, or 0 to accept any class; other
 * numbers give RNN_ERROR_RANGE. x: out (samples, timesteps, features); y: out (samples, readouts); both are 0 where a sequence has
 * ended. lengths: out (samples), the time steps of each sequence; it may be NULL if shape->shorter is 0. RNN_ERROR_CSV: see the
 * diagnosis; x, y and lengths then hold the lines before that position, and the rest of them is undefined. */
RNN_API enum rnn_status rnn_csv_read(const char *text, size_t bytes, const struct rnn_csv_shape *shape, uint32_t loss,
                                     uint32_t outputs, rnn_real *x, rnn_real *y, uint32_t *lengths,
                                     struct rnn_diagnosis *diagnosis);

/* Say in sentences how rnn_csv_read understands a text, as far as it differs from what rnn_csv_write_header and
 * rnn_csv_write_sample write. loss: that of rnn_csv_read. notes: out, UTF-8 without a NUL, each sentence with its \n; nothing if
 * there is nothing to say. RNN_ERROR_BLOCK: the capacity is too small; RNN_ERROR_CSV: see the diagnosis. */
RNN_API enum rnn_status rnn_csv_notes(const char *text, size_t bytes, uint32_t loss, char *notes, size_t capacity,
                                      size_t *written, struct rnn_diagnosis *diagnosis);

/* Say in sentences what is unusual in data from which a network is to learn: only one label, columns that are the same in every
 * sequence, and numbers such as -999 that often stand for missing values. training: how many of the first samples are for training;
 * the others validate. notes: as above. RNN_ERROR_SHAPE: training exceeds data->samples. */
RNN_API enum rnn_status rnn_dataset_notes(const struct rnn_dataset *data, uint32_t loss, uint32_t training, char *notes,
                                          size_t capacity, size_t *written);

/* Write the header, or the line of one sample, each with its \n and without a NUL. The fields of a sample after its length are empty.
 * RNN_ERROR_BLOCK: the capacity is too small; RNN_ERROR_DATA: a number is not finite, or a length is not 1 ... T. The header does not
 * depend on shape->samples and shape->shorter. */
RNN_API enum rnn_status rnn_csv_write_header(const struct rnn_csv_shape *shape, char *text, size_t capacity,
                                             size_t *written);
RNN_API enum rnn_status rnn_csv_write_sample(const struct rnn_dataset *data, uint32_t sample, char *text,
                                             size_t capacity, size_t *written);

/* Write a float as text, terminated by NUL: the fewest digits that read back to the same bits ("0.1", "1e-07", "-0"). Returns the
 * length without the NUL. */
#define RNN_DECIMAL_BYTES 20
RNN_API size_t rnn_decimal_write(float value, char text[RNN_DECIMAL_BYTES]);

/* Read a decimal number as the nearest float, ties to even. The format is [sign] digits [e [sign] digits], with at most one decimal
 * point before, among or after the first digits. Returns how many bytes of text[0 .. bytes) belong to the number; 0 if none do. A
 * number that is too large gives infinity. */
RNN_API size_t rnn_decimal_read(const char *text, size_t bytes, float *value);

/* ------------------------------------------------------------------------------------------------ tables of a time series */

/* A table of a time series as text: the first line names the columns, and each following line is one time. Encodings, separators,
 * quotes, empty lines and numbers are as in a data set. The first column whose values are dates is the time: 2010-03-12,
 * 12.03.2010, 12/03/2010, 03/12/2010, 12.03.10 (2010) or 03/12/10, with or without a time of day, with or without AM or PM, or a
 * month as 2010-03, 2010/03 or 03/2010. A column of years, such as 2010, is the time if it is named year, date or time, and the
 * years grow or fall from line to line. Times of day alone, such as 08:15, are the time if nothing else is and they come at
 * regular distances; each that is earlier than the one before belongs to the next day. In another column than the dates they
 * belong to the date of their line, if dates repeat. Where dates leave open whether the day or the month comes first,
 * the order is taken in which more distances of neighbors are the same; if they are as many, dates with points begin with the day, and
 * others are an error (RNN_ERROR_CSV). A line of units below the
 * names, such as "°C", has no numbers; a unit is added to its name: "temp (°C)". Lines at the end that have no time, such as sums,
 * are not read. Columns whose first value is a word, and columns without any value, are left out. A value is missing if its field
 * is empty, NA, NaN, N/A, NULL, "-" or "?"; or if it is -999 (or -9999), and every other number that is read is above -99 (above
 * -999). */
enum rnn_column_kind {
    RNN_COLUMN_NUMBERS = 0,
    RNN_COLUMN_TIME = 1,
    RNN_COLUMN_WORDS = 2,
    RNN_COLUMN_EMPTY = 3 /* every value is missing */
};

/* What a text turned out to be. It must be passed back unchanged, with the same text. */
struct rnn_table {
    uint32_t rows;         /* lines below the header */
    uint32_t columns;      /* of the text, with those of times and of words */
    uint32_t time_column;  /* counted from 1; 0: there is none, and the rows are numbered */
    uint32_t clock_column; /* the column with the times of day that belong to its dates; 0: there is none */
    uint32_t date_order;   /* how dates are written */
    uint32_t months;       /* 1: first_time and step count calendar months, not seconds */
    uint32_t descending;   /* 1: the text begins with the latest time; it is read in the order of time even then */
    uint32_t decimal;      /* the decimal mark, '.' or ',' */
    uint32_t unit_line;    /* the line that has units in place of numbers; 0: there is none */
    uint32_t undated;      /* how many lines at the end have no time */
    uint32_t undated_line; /* the first of them */
    double end;            /* if there are such lines: how many bytes of the text come before them */
    double first_time;     /* the earliest time: seconds or months since 1 January 1970, without a time zone */
    double step;           /* the most common distance of neighboring times, in seconds or months; 1 without times */
    uint64_t times;        /* how many times there are from the first to the last, if none is missing */
};

/* Read the whole text once: the names, the kinds of columns, the number of lines and the distance of times. table: out.
 * RNN_ERROR_CSV: see the diagnosis; among others if less than half of the times have the same distance. */
RNN_API enum rnn_status rnn_table_measure(const char *text, size_t bytes, struct rnn_table *table,
                                          struct rnn_diagnosis *diagnosis);

/* A column of a table. */
struct rnn_table_column {
    uint32_t kind;  /* enum rnn_column_kind */
    char name[132]; /* UTF-8, terminated by NUL; a longer name is cut after 128 bytes */
};

/* Describe a column, counted from 0. column: out. RNN_ERROR_ARGUMENT: there is no such column; RNN_ERROR_SHAPE: the text is not that
 * of the table. */
RNN_API enum rnn_status rnn_table_column_of(const char *text, size_t bytes, const struct rnn_table *table,
                                            uint32_t index, struct rnn_table_column *column);

/* In how many lines each column has no value. These include lines in which -999 or -9999 stands for a missing value
 * (rnn_table_report), here if no other number of the whole table comes near it. counts: out (table->columns). RNN_ERROR_SHAPE: the
 * text is not that of the table. */
RNN_API enum rnn_status rnn_table_missing(const char *text, size_t bytes, const struct rnn_table *table,
                                          uint32_t *counts);

/* What to do with a table that has holes: missing values, missing times, repeated times, and times that are not a whole number of
 * steps after the first. Lines without a time at the end are not read, but RNN_MISSING_REFUSE refuses them, too. */
enum rnn_missing {
    RNN_MISSING_REFUSE = 0, /* RNN_ERROR_CSV at the first of them */
    RNN_MISSING_DROP = 1,   /* leave out these lines; where times are then missing, the positions have a gap */
    /* Leave out lines with a repeated or an irregular time, and fill what is missing linearly between its neighbors in time. Rows
     * before the first or after the last value of a column are left out. */
    RNN_MISSING_FILL = 2
};

/* The name of a choice: "refuse", "drop", "fill". Returns NULL past the last. */
RNN_API const char *rnn_missing_name(uint32_t index);

/* How often something occurred, and the line and column of the first occurrence, counted from 1. */
struct rnn_table_places {
    uint32_t count, line, column;
};

struct rnn_table_report {
    uint32_t rows;         /* of the result */
    uint32_t dropped;      /* lines that were left out */
    uint32_t filled;       /* values that were filled in, also those of missing times */
    uint32_t missing_code; /* 999 or 9999 if the numbers -999 or -9999 stand for missing values, otherwise 0 */
    struct rnn_table_places missing_values, missing_times, repeated_times, irregular_times;
};

/* Read columns of a table in the order of time. columns: in (count), the columns to read, counted from 0; they must not be columns
 * of times or words. missing: enum rnn_missing. values: out (report->rows, count). positions: out (report->rows), the time of each
 * row in steps since table->first_time. capacity: the rows for which values and positions have room, at least table->rows, and
 * table->times to fill. report: out. RNN_ERROR_BLOCK: the capacity is too small; RNN_ERROR_ARGUMENT: a column is of times or words;
 * RNN_ERROR_EMPTY: no row is left; RNN_ERROR_SHAPE: the text is not that of the table; RNN_ERROR_CSV: see the diagnosis. After an
 * error values and positions are undefined. */
RNN_API enum rnn_status rnn_table_read(const char *text, size_t bytes, const struct rnn_table *table,
                                       const uint32_t *columns, uint32_t count, uint32_t missing, uint32_t capacity,
                                       double *values, double *positions, struct rnn_table_report *report,
                                       struct rnn_diagnosis *diagnosis);

/* Write the time of a position as text, terminated by NUL: 2010-03-12, 2010-03-12 14:00 with hours and minutes, 2010-03-12 14:00:05
 * with seconds, 2010-03 for months, 2010 for years, 14:00 for times of day, or 02 14:00 on the second of several such days (002 14:00
 * of more than 99). Sorting these texts sorts the times of the table. Without times it is the number of the row, counted from 1. Returns the
 * length without the NUL. A position outside of the years 1 to 9999 gives an empty text. */
#define RNN_TIME_BYTES 24
RNN_API size_t rnn_table_time(const struct rnn_table *table, double position, char text[RNN_TIME_BYTES]);

/* ------------------------------------------------------------------------------------------------ words and characters */

/* A text in UTF-8 is split into tokens, which a network can read and predict as classes.
 *     words       Letters and digits form words, with an apostrophe or a hyphen between two of them (don't, ice-cream), and a point
 *                 or a comma between two digits (3.14). Each punctuation mark or symbol is a token of its own. Blanks and line
 *                 breaks only separate tokens. Languages that write no blanks between words should be read by characters.
 *     characters  Each character (code point) is a token. Each blank is the token " ", and each line break the token "\n".
 * Unless case is kept, the capitals of ASCII and Latin-1 become small letters; all others stay as they are. A byte-order mark at
 * the beginning is skipped. Bytes that are not UTF-8 and control characters give RNN_ERROR_TEXT. */
enum rnn_token_unit { RNN_WORDS = 0, RNN_CHARACTERS = 1 };

/* The name of a unit: "words", "characters". Returns NULL past the last. */
RNN_API const char *rnn_token_unit_name(uint32_t index);

#define RNN_VOCABULARY_MAXIMUM 64 /* tokens, as many as a network has classes */
#define RNN_TOKEN_BYTES        64 /* of a token with its NUL; a longer word is in no vocabulary */

/* The tokens that have a number. If `unknown` is not RNN_NO_TOKEN, it is the number of one more token, the last, that stands for
 * all others: "<unknown>" among words, U+FFFD among characters. */
struct rnn_vocabulary {
    uint32_t unit;      /* enum rnn_token_unit */
    uint32_t keep_case; /* 0 or 1 */
    uint32_t size;      /* V: 2 ... 64 */
    uint32_t unknown;
    char token[RNN_VOCABULARY_MAXIMUM][RNN_TOKEN_BYTES]; /* UTF-8, each ends with a NUL */
};

/* What was found in a text, so that a caller can report it. */
struct rnn_text {
    uint32_t tokens;   /* all tokens */
    uint32_t distinct; /* different ones, without words that are too long */
    uint32_t unknown;  /* how many of all tokens are not in the vocabulary */
    uint32_t folded;   /* how many capital letters were read as small ones */
};

/* Checks the text and counts its tokens. found: out; its distinct and unknown are 0. block_bytes: out, the size of the block for
 * rnn_vocabulary_build; may be NULL. RNN_ERROR_TEXT: see the diagnosis; RNN_ERROR_TOO_LARGE: 4 GiB or more. */
RNN_API enum rnn_status rnn_text_measure(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case,
                                         struct rnn_text *found, uint64_t *block_bytes,
                                         struct rnn_diagnosis *diagnosis);

/* Makes the vocabulary of a text: its `limit` most frequent tokens, of equally frequent ones those that appear first, in this order.
 * If the text has more different tokens, or only one, the last place is that of the unknown token. limit: 2 ... 64, otherwise
 * RNN_ERROR_RANGE. block: scratch, as large as rnn_text_measure says, otherwise RNN_ERROR_BLOCK. found: out. RNN_ERROR_TEXT: see the
 * diagnosis, also for a text without a token; RNN_ERROR_TOO_LARGE: more than a million different tokens. */
RNN_API enum rnn_status rnn_vocabulary_build(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case,
                                             uint32_t limit, void *block, uint64_t block_bytes,
                                             struct rnn_vocabulary *vocabulary, struct rnn_text *found,
                                             struct rnn_diagnosis *diagnosis);

/* A vocabulary as one text, as files of weights hold it (rnn_note): words separated by single blanks, characters one after the
 * other, in the order of their numbers. Read refuses with RNN_ERROR_TEXT what is not such a text, and Write an invalid vocabulary
 * with RNN_ERROR_DATA. */
RNN_API enum rnn_status rnn_vocabulary_write(const struct rnn_vocabulary *vocabulary, char *text, size_t capacity,
                                             size_t *written);
RNN_API enum rnn_status rnn_vocabulary_read(const char *text, size_t bytes, uint32_t unit, uint32_t keep_case,
                                            struct rnn_vocabulary *vocabulary, struct rnn_diagnosis *diagnosis);

/* Where a text ends a line or a sentence. A sentence ends before an empty line, and where a blank follows . ! ? or U+2026, also with
 * closing marks between them. Abbreviations are not recognized. */
enum rnn_text_mark {
    RNN_LINE_END = 1,
    RNN_SENTENCE_END = 2,
    RNN_BETWEEN_SENTENCES = 4 /* a blank among characters, after the end of a sentence */
};

/* The numbers of all tokens of a text. tokens: out, as many as rnn_text_measure counted; marks: out, of the same length, a sum of enum
 * rnn_text_mark, may be NULL. found: out, may be NULL. RNN_ERROR_TEXT: see the diagnosis, also for a token that is not in a
 * vocabulary without an unknown token. */
RNN_API enum rnn_status rnn_text_encode(const char *text, size_t bytes, const struct rnn_vocabulary *vocabulary,
                                        uint32_t *tokens, uint8_t *marks, struct rnn_text *found,
                                        struct rnn_diagnosis *diagnosis);

/* The text of tokens: words with blanks between them, except at marks that belong to the word before or after them. Reading it
 * again gives the same tokens, unless one is unknown. text: out, without a NUL. RNN_ERROR_ARGUMENT: a token is not below V. */
RNN_API enum rnn_status rnn_text_decode(const struct rnn_vocabulary *vocabulary, const uint32_t *tokens, uint32_t count,
                                        char *text, size_t capacity, size_t *written);

/* How the tokens of a text become sequences whose targets are the next tokens, at every time step. */
enum rnn_text_form {
    RNN_TEXT_WINDOWS = 0,   /* T tokens from every stride-th on */
    RNN_TEXT_SENTENCES = 1, /* each sentence is a sequence, padded to T */
    RNN_TEXT_LINES = 2      /* each line is one */
};

/* The name of a form: "windows", "sentences", "lines". Returns NULL past the last. */
RNN_API const char *rnn_text_form_name(uint32_t index);

struct rnn_text_layout {
    uint32_t form;      /* enum rnn_text_form */
    uint32_t timesteps; /* T; with sentences and lines 0 stands for the length of the longest, at most 1,000 */
    uint32_t stride;    /* of windows, at least 1 */
    uint32_t outputs;   /* V, of the vocabulary */
    uint32_t features;  /* of x: V for one-hot, 1 for the number token / (V - 1) */
};

/* The sequences that a layout gives. A sentence or line of m tokens gives m - 1 time steps. */
struct rnn_text_shape {
    uint32_t samples, timesteps;
    uint32_t too_short; /* sentences or lines left out because they have one token */
    uint32_t too_long;  /* those left out because they have more than T + 1 tokens */
};

/* Counts the sequences. marks: as from rnn_text_encode; NULL with windows. shape: out. RNN_ERROR_EMPTY: there are none;
 * RNN_ERROR_RANGE: a number of the layout; RNN_ERROR_ARGUMENT: a token is not below V. */
RNN_API enum rnn_status rnn_text_sequences_measure(const uint32_t *tokens, const uint8_t *marks, uint32_t count,
                                                   const struct rnn_text_layout *layout, struct rnn_text_shape *shape);

/* Writes them. x: out (samples, T, features); y: out (samples, T); lengths: out (samples), the time steps of each sequence, may be
 * NULL. In x and y the time steps after that are 0. */
RNN_API enum rnn_status rnn_text_sequences(const uint32_t *tokens, const uint8_t *marks, uint32_t count,
                                           const struct rnn_text_layout *layout, rnn_real *x, rnn_real *y,
                                           uint32_t *lengths);

/* ------------------------------------------------------------------------------------------------ weights in files */

/* Two formats, which are recognized by the first bytes of a file:
 *     safetensors  (Hugging Face) an 8-byte little-endian length, a JSON header, the tensors' bytes, F32
 *     npz          (NumPy) an uncompressed ZIP of NPY arrays, as numpy.savez writes it; <f4 or <f8, C or Fortran order
 * Written files have F32 numbers, the names and shapes of rnn_tensor_of, and __metadata__ (in an npz an array of bytes) with
 * "cell", "activation", "loss", of a dense network "features", and, if set, "return_sequences": "true". Files to read may have these tensors in any order:
 *     Keras        simple_rnn/kernel, sequential/gru_1/gru_cell/bias:0, dense_2/kernel ...: layers are sorted by their
 *                  numbers; or arr_0, arr_1, ... of numpy.savez(file, *model.get_weights())
 *     PyTorch      rnn.weight_ih_l0, rnn.bias_hh_l0, fc.weight ..., of the state_dict of RNN, GRU or LSTM and a Linear:
 *                  they are transposed, a GRU's gates r z n are reordered, and the two biases of an RNN or LSTM are added
 * The names or the shapes determine the cell. Activation, loss and return_sequences keep their values in *config if the file does
 * not contain them and they suit it; otherwise the activation becomes tanh, and the loss sparse_categorical_crossentropy if K > 1,
 * or binary_crossentropy. */

/* Check a whole file and read its configuration: cell, activation, layers, units, features, outputs, loss and return_sequences. The
 * other fields keep their values. So does timesteps, unless the network is dense: its shapes determine it. config: in and out;
 * start from rnn_config_default(). RNN_ERROR_WEIGHTS: see the diagnosis; RNN_ERROR_RANGE: *config was out of range.
 *
 * To load weights, call rnn_weights_measure, provide a buffer of rnn_parameter_count(&config) numbers, and call rnn_weights_read,
 * rnn_model_init with that config, and rnn_model_set_parameters. */
RNN_API enum rnn_status rnn_weights_measure(const void *file, size_t bytes, struct rnn_config *config,
                                            struct rnn_diagnosis *diagnosis);

/* Copy the parameters out of a file that rnn_weights_measure accepted. parameters: out (P). RNN_ERROR_SHAPE: the file is from
 * another network than *config describes; rnn_weights_measure tells which. */
RNN_API enum rnn_status rnn_weights_read(const void *file, size_t bytes, const struct rnn_config *config,
                                         rnn_real *parameters, struct rnn_diagnosis *diagnosis);

/* One more entry of __metadata__, for something that belongs to a model but is not a weight: how to make its inputs from the
 * caller's data. Both texts are UTF-8 and end with a NUL. */
struct rnn_note {
    const char *key, *value;
};

/* Write a file of weights. notes: an array that ends with a NULL key, or NULL for none. RNN_ERROR_BLOCK: the capacity is too small;
 * RNN_ERROR_DATA: a parameter is not finite, or a note is not UTF-8; RNN_ERROR_ARGUMENT: a note has a key that the configuration
 * uses, or one that another note has. */
RNN_API enum rnn_status rnn_safetensors_write(const struct rnn_config *config, const rnn_real *parameters,
                                              const struct rnn_note *notes, void *file, size_t capacity,
                                              size_t *written);
RNN_API enum rnn_status rnn_npz_write(const struct rnn_config *config, const rnn_real *parameters,
                                      const struct rnn_note *notes, void *file, size_t capacity, size_t *written);

/* Read the value of a note from a file that rnn_weights_measure accepts. value: out, without a NUL. *written: its length; 0 if the
 * file has no such note. RNN_ERROR_WEIGHTS: see the diagnosis; RNN_ERROR_BLOCK: the capacity is too small. */
RNN_API enum rnn_status rnn_weights_note(const void *file, size_t bytes, const char *key, char *value, size_t capacity,
                                         size_t *written, struct rnn_diagnosis *diagnosis);

/* What one must know to use a network for a time series: the windows and the scales with which it was trained. A file of weights
 * keeps it as a note with this key, whose value is JSON:
 *     {"timesteps": 7, "lead": 1, "forecast": "value", "threshold": 0.0, "target": {"name": "temp", "mean": 11.5, "deviation": 10.0},
 *      "inputs": [{"name": "temp", "mean": 11.5, "deviation": 10.0}, ...]} */
#define RNN_SERIES_NOTE "series"

struct rnn_note_column {
    char name[132]; /* UTF-8, terminated by NUL */
    struct rnn_scale scale;
};

struct rnn_series_note {
    uint32_t timesteps, lead;
    uint32_t forecast; /* enum rnn_forecast */
    uint32_t features; /* F */
    double threshold;
    struct rnn_note_column target, inputs[64];
};

/* Write the value of the note as text, terminated by a NUL that is included in *written. RNN_ERROR_RANGE: a number is out of range or
 * not finite; RNN_ERROR_DATA: a name is not UTF-8; RNN_ERROR_BLOCK: the capacity is too small. */
RNN_API enum rnn_status rnn_series_note_write(const struct rnn_series_note *note, char *text, size_t capacity,
                                              size_t *written);

/* Read the value of a note that rnn_series_note_write wrote. bytes: without a NUL. note: out. RNN_ERROR_WEIGHTS: see the diagnosis. */
RNN_API enum rnn_status rnn_series_note_read(const char *text, size_t bytes, struct rnn_series_note *note,
                                             struct rnn_diagnosis *diagnosis);

/* ------------------------------------------------------------------------------------------------ Python programs */

/* The framework for which a program is written. */
enum rnn_framework { RNN_KERAS = 0, RNN_PYTORCH = 1 };

/* The name of a framework: "keras", "pytorch". Returns NULL past the last. */
RNN_API const char *rnn_framework_name(uint32_t index);

/* The files that an exported program loads, and the settings with which it trains. */
struct rnn_program {
    uint32_t framework;          /* enum rnn_framework */
    const char *data;            /* names of files; bytes that are not UTF-8 are preserved */
    const char *validation_data; /* NULL for none */
    const char *weights;         /* npz if the name ends so, otherwise safetensors */
    double validation_split;     /* 0 for none */
    /* 0: data and validation_data are data sets. Otherwise a window begins at every stride-th row or token. If the loss is
     * sparse_categorical_crossentropy, data and validation_data are texts in UTF-8, and the file of weights has the notes "tokens",
     * "case" and "vocabulary"; validation_data are read as one sequence. Otherwise both are tables of a time series, and the file of
     * weights has a note RNN_SERIES_NOTE. A table is a CSV with a header. Its first column is the time, and its
     * last column counts the steps since the first time; it has at least the columns of the note, without missing values. */
    uint32_t stride;
    uint32_t masks; /* 1: sequences of the data sets may end early, as in a CSV with lengths */
    struct rnn_fit_options fit;
};

/* Write a Python program that loads the data and the weights and continues training. It is files/keras.py.in or
 * files/pytorch.py.in, filled in with the network, the optimizer and *program. Python reads the same doubles from it. text: out,
 * without a NUL. RNN_ERROR_ARGUMENT: program->data or program->weights is NULL; or there is a validation_split together with
 * validation_data or a stride; or a stride with masks, or a stride and a network for classes whose shapes suit no text.
 * RNN_ERROR_SHAPE: the network is dense, for which there are no programs; RNN_ERROR_BLOCK: the capacity is too small;
 * RNN_ERROR_RANGE: a number of config, optimizer or program is out of range. validation_freq: 0, or the range of epochs. */
RNN_API enum rnn_status rnn_program_write(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                          const struct rnn_program *program, char *text, size_t capacity,
                                          size_t *written);

/* ------------------------------------------------------------------------------------------------ texts */

/* Write Keras's model.summary() as UTF-8 text with line ends, terminated by a NUL that is included in *written. RNN_ERROR_BLOCK:
 * the capacity is too small. */
RNN_API enum rnn_status rnn_summary_write(const struct rnn_config *config, char *text, size_t capacity,
                                          size_t *written);

/* The description of a task of rnn.h, in sentences. */
struct rnn_task_text {
    const char *text;     /* the question about a sequence */
    const char *solution; /* what a network must do to solve it */
    const char *scope;    /* what its rule (rnn_task_targets) needs, or that there is none; NULL: nothing */
};

/* Describes a task (enum rnn_task). Returns NULL past the last. */
RNN_API const struct rnn_task_text *rnn_task_text_of(uint32_t task);

#ifdef __cplusplus
}
#endif
#endif
