/* What fit leaves behind: --save and --history. */
#ifndef UNROLLED_OUTPUTS_H
#define UNROLLED_OUTPUTS_H

#include "network.h"

/* No file that is written is another that is read or written. */
enum ending outputs_check(const struct options *options);

/* Whether they could be written: better asked now than after hours of training. */
enum ending outputs_try(const struct options *options);

/* The history holds the completed epochs, whatever ended the training; weights are saved only if it came to its end. */
enum ending outputs_save(const struct options *options, const struct network *network, const struct rnn_fit *fit,
                         bool validates, enum ending trained);

#endif
