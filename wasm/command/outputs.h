/* The files that fit writes: --save and --history. */
#ifndef UNROLLED_OUTPUTS_H
#define UNROLLED_OUTPUTS_H

#include "network.h"

/* Checks that no output file is also another output or an input. */
enum exit_status outputs_check(const struct options *options);

/* Checks whether the files could be written, before hours of training. */
enum exit_status outputs_try(const struct options *options);

/* Saves the history of the completed epochs, however training ended, and the weights if it completed. */
enum exit_status outputs_save(const struct options *options, const struct network *network, const struct rnn_fit *fit,
                              bool validates, enum exit_status trained);

#endif
