/* What the options ask for: a network and an optimizer. Options that do not fit together are refused. */
#ifndef UNROLLED_CONFIGURE_H
#define UNROLLED_CONFIGURE_H

#include "options.h"
#include "rnn.h"

/* The network by the options and by --task, which must agree. config->outputs is 0 where the labels will tell. */
enum ending configure_network(const struct options *options, struct rnn_config *config);

enum ending configure_optimizer(const struct options *options, struct rnn_optimizer *optimizer);

/* The options that are given must agree with what `with` (a file, or "--task") says. */
enum ending configure_agrees(const struct options *options, const struct rnn_config *config, const char *with);

/* Where two configurations differ in what decides which data they take, what the second has: "2 features". text: out.
 * False: they take the same. */
enum { HAS_BYTES = 48 };
bool configure_differs(const struct rnn_config *one, const struct rnn_config *other, char text[HAS_BYTES]);

#endif
