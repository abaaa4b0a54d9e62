/* Files of weights, in and out. */
#ifndef UNROLLED_WEIGHTS_H
#define UNROLLED_WEIGHTS_H

#include "files.h"
#include "options.h"
#include "rnn.h"

/* Read --weights, safetensors or npz. Cell, layers, units, features, loss, classes and return_sequences of *config become the
 * file's, where it says them; --task and options that are given must agree with it. *parameters stay in memory until the program ends. */
enum ending weights_read(const struct options *options, struct rnn_config *config, const rnn_real **parameters);

/* What file->path is to hold: npz if it ends so, else safetensors. The bytes stay in memory until the program ends. */
enum ending weights_write(const struct rnn_config *config, const rnn_real *parameters, struct output_file *file);

/* Save them as npz if the path ends so, else as safetensors. */
enum ending weights_save(const struct rnn_config *config, const rnn_real *parameters, const char *path);

#endif
