/* A Python program out of a template, a text with marks between dollar signs, which Python does not use:
 *
 *     $units$            the value
 *     $?gru$             at the begin of a line, or behind another such mark there: the line is kept if it holds
 *     $?gru$text$;$      elsewhere: the text is kept if it holds
 *     $!gru$             likewise, if it does not hold
 *
 * What holds: a number that is not 0, a file that is named, and of every choice (cell, activation, loss, optimizer) the name of
 * what was chosen. validation_freq is 0 where every epoch is measured. Names of files become Python strings.
 * A double is written so that Python reads the same double, and a float: 1 is written 1.0. Whole numbers stay whole. */
#ifndef RNNI_FILES_PROGRAM_H
#define RNNI_FILES_PROGRAM_H

#include "writer.h"
#include "../rnn_files.h"

/* The templates keras.py.in and pytorch.py.in, by enum rnn_framework; the build makes this array of the two files. */
struct rnni_template {
    const char *text;
    size_t bytes;
};
enum { RNNI_TEMPLATES = 2 };
extern const struct rnni_template rnni_templates[RNNI_TEMPLATES];

/* Fill a template. config and optimizer are in range. RNN_ERROR_ARGUMENT: a mark that is not closed, or whose name
 * is neither a value nor, in a condition, the name of a choice. What a condition leaves out is not read. */
enum rnn_status rnni_program_fill(struct rnni_writer *writer, const struct rnni_template *from,
                                  const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                  const struct rnn_program *program);

#endif
