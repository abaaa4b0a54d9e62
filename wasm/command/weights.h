/* Reads and writes files of weights. */
#ifndef UNROLLED_WEIGHTS_H
#define UNROLLED_WEIGHTS_H

#include "files.h"
#include "options.h"
#include "rnn_files.h"

/* Reads --weights, safetensors or npz. *config gets the cell, layers, units, features, loss, classes and return_sequences of the
 * file, as far as it has them; --task and given options must agree with it. *parameters and *notes, those of text.h as far as the file has them, stay in memory
 * until the program ends. */
enum exit_status weights_read(const struct options *options, struct rnn_config *config, const rnn_real **parameters,
                              const struct rnn_note **notes);

/* The value of a note in a file of weights. *bytes is 0 if the file has none. *value stays in memory until the program ends. */
enum exit_status weights_note(const char *path, const char *key, const char **value, size_t *bytes);

/* The content of a file of weights: npz if file->path ends so, otherwise safetensors. The bytes stay in memory until the program
 * ends. */
enum exit_status weights_write(const struct rnn_config *config, const rnn_real *parameters,
                               const struct rnn_note *notes, struct output_file *file);

/* Saves weights as npz if the path ends so, otherwise as safetensors. */
enum exit_status weights_save(const struct rnn_config *config, const rnn_real *parameters, const struct rnn_note *notes,
                              const char *path);

#endif
