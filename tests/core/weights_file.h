/* Shared by the tests of files of weights: reads a file from a block of exactly its size, so that the address sanitizer finds any
 * byte read past the end. */
#ifndef TESTS_CORE_WEIGHTS_FILE_H
#define TESTS_CORE_WEIGHTS_FILE_H

#include "check.h"
#include "rnn_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 8192 };

/* What the file read last holds, and why it was rejected. */
static struct rnn_config config;
static struct rnn_diagnosis diagnosis;
static rnn_real parameters[ROOM];

static enum rnn_status read_weights(const void *bytes, size_t length)
{
    unsigned char *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    config = rnn_config_default();
    memset(&diagnosis, 0, sizeof diagnosis);
    enum rnn_status status = rnn_weights_measure(copy, length, &config, &diagnosis);
    if (status == RNN_OK && rnn_parameter_count(&config) <= ROOM)
        status = rnn_weights_read(copy, length, &config, parameters, &diagnosis);
    free(copy);
    return status;
}

#endif
