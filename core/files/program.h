/* Fills in a template of a Python program. Its marks stand between dollar signs, which Python does not use:
 *
 *     $units$            the value
 *     $?gru$             at the beginning of a line, or after another such mark there: keep the line if the condition is true
 *     $?gru$text$;$      elsewhere: keep the text if the condition is true
 *     $!gru$             the same, if it is false
 *     $windows$          the template windows.py.in, filled in
 *     $tokens$           the template tokens.py.in, filled in
 *
 * True are a number that is not 0, the name of a given file, and for each enum (cell, activation, loss, optimizer) the name of the
 * chosen value. validation_freq is 0 if every epoch is validated. File names are written as Python strings. A double is written so
 * that Python reads the same double and a float: 1 becomes 1.0. Whole numbers stay whole. */
#ifndef RNNI_FILES_PROGRAM_H
#define RNNI_FILES_PROGRAM_H

#include "writer.h"
#include "../rnn_files.h"

/* The templates keras.py.in and pytorch.py.in, in the order of enum rnn_framework, windows.py.in and tokens.py.in. The build
 * generates this array from the files. */
struct rnni_template {
    const char *text;
    size_t bytes;
};
enum { RNNI_WINDOWS = 2, RNNI_TOKENS, RNNI_TEMPLATES };
extern const struct rnni_template rnni_templates[RNNI_TEMPLATES];

/* Fills in a template. config and optimizer are in range. RNN_ERROR_ARGUMENT: a mark is not closed, or its name is unknown. Text
 * that a condition leaves out is not checked. */
enum rnn_status rnni_program_fill(struct rnni_writer *writer, const struct rnni_template *from,
                                  const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                  const struct rnn_program *program);

#endif
