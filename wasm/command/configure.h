/* The network and the optimizer that the options describe. Options that contradict each other are an error. */
#ifndef UNROLLED_CONFIGURE_H
#define UNROLLED_CONFIGURE_H

#include "options.h"
#include "rnn.h"

/* The network of the options and of --task, which must agree. config->outputs is 0 if it depends on the labels. */
enum exit_status configure_network(const struct options *options, struct rnn_config *config);

/* How the options cut the recurrent connections of this network, for sequences of this length. */
enum exit_status configure_cut(const struct options *options, const struct rnn_config *config, uint32_t timesteps,
                               struct rnn_cut *cut);

enum exit_status configure_optimizer(const struct options *options, struct rnn_optimizer *optimizer);

/* Checks that the given options agree with the configuration of `with` (a file, or "--task"). */
enum exit_status configure_agrees(const struct options *options, const struct rnn_config *config, const char *with);

/* Compares the properties that determine which data two configurations take. Returns false if they are the same; otherwise text
 * gets what the second one has, for example "2 features". */
enum { HAS_BYTES = 48 };
bool configure_differs(const struct rnn_config *one, const struct rnn_config *other, char text[HAS_BYTES]);

#endif
