/* The model of a command: made anew or from a file of weights, with its memory. */
#ifndef UNROLLED_NETWORK_H
#define UNROLLED_NETWORK_H

#include "options.h"
#include "rnn.h"

struct network {
    struct rnn_config config;
    struct rnn_model *model;
    struct rnn_workspace *workspace;
};

/* The configuration by the options; with --weights cell, activation, units and features are the file's, and options
 * that are given must agree with it. The file's parameters, in memory until the program ends, or NULL without. */
enum ending network_configure(const struct options *options, struct rnn_config *config, const rnn_real **parameters);

/* Make the model and a workspace for batches of up to batch_size. parameters may be NULL: the first weights stay. */
enum ending network_make(const struct rnn_config *config, const rnn_real *parameters, uint32_t batch_size,
                         struct network *network);

/* Both, for data to be read: --weights is there, and the data must have its features. */
enum ending network_for_data(const struct options *options, const struct rnn_dataset *data, uint32_t batch_size,
                             struct network *network);

/* Write the weights to a safetensors file. */
enum ending network_save(const struct network *network, const char *path);

#endif
