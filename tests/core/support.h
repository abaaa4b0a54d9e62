/* What the tests of the core share: blocks of memory, a model with its workspace, data sets. A test never frees: it ends. */
#ifndef TESTS_CORE_SUPPORT_H
#define TESTS_CORE_SUPPORT_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rnn.h"

/* Comparisons hold to so much in the build at hand. */
#ifdef RNN_DOUBLE
#define ROUNDING 1e-12
#else
#define ROUNDING 1e-5
#endif

static inline void *block_of(uint64_t bytes)
{
    void *block = aligned_alloc(64, (size_t)((bytes + 63) / 64 * 64));
    if (!block) abort();
    return block;
}

struct rig {
    struct rnn_config config;
    struct rnn_model *model;
    struct rnn_workspace *workspace;
    size_t bytes; /* of the model */
};

static inline struct rig rig_of(struct rnn_config config, uint32_t batch_size)
{
    struct rig rig = {.config = config};
    uint64_t bytes = 0;
    CHECK(rnn_model_size(&config, &rig.bytes) == RNN_OK);
    CHECK(rnn_workspace_size(&config, batch_size, &bytes) == RNN_OK);
    CHECK(rnn_model_init(block_of(rig.bytes), rig.bytes, &config, &rig.model) == RNN_OK);
    CHECK(rnn_workspace_init(block_of(bytes), (size_t)bytes, &config, batch_size, &rig.workspace) == RNN_OK);
    return rig;
}

static inline struct rnn_config config_of(uint32_t units, uint32_t timesteps, uint32_t features,
                                          enum rnn_activation activation)
{
    struct rnn_config config = rnn_config_default();
    config.units = units;
    config.timesteps = timesteps;
    config.features = features;
    config.activation = activation;
    return config;
}

static inline struct rnn_dataset task_of(enum rnn_task task, uint32_t seed, uint32_t first, uint32_t samples,
                                         uint32_t timesteps)
{
    rnn_real *x = block_of((uint64_t)samples * timesteps * sizeof *x), *y = block_of(samples * sizeof *y);
    CHECK(rnn_task_generate(task, seed, first, samples, timesteps, x, y) == RNN_OK);
    return (struct rnn_dataset){x, y, samples, timesteps, 1};
}

/* Any number of features: the numbers of a longer sequence, regrouped and centred. */
static inline struct rnn_dataset features_of(uint32_t seed, uint32_t samples, uint32_t timesteps, uint32_t features)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, seed, 0, samples, timesteps * features);
    rnn_real *x = (rnn_real *)data.x;
    for (size_t i = 0; i < (size_t)samples * timesteps * features; i++) x[i] = 2 * x[i] - 1;
    data.timesteps = timesteps;
    data.features = features;
    return data;
}

static inline struct rnn_fit *fit_of(struct rig rig, const struct rnn_dataset *training,
                                     const struct rnn_dataset *validation, struct rnn_fit_options options)
{
    struct rnn_fit *fit = NULL;
    size_t bytes = 0;
    CHECK(rnn_fit_size(training->samples, &options, &bytes) == RNN_OK);
    CHECK(rnn_fit_init(block_of(bytes), bytes, rig.model, training, validation, &options, &fit) == RNN_OK);
    return fit;
}

static inline bool same_parameters(struct rig a, struct rig b)
{
    size_t count = rnn_parameter_count(&a.config);
    return memcmp(rnn_model_parameters(a.model), rnn_model_parameters(b.model), count * sizeof(rnn_real)) == 0;
}

static inline double norm_of(const rnn_real *values, size_t count)
{
    double squares = 0;
    for (size_t i = 0; i < count; i++) squares += (double)values[i] * (double)values[i];
    return sqrt(squares);
}

static const uint64_t ALL_UPDATES = UINT64_MAX;

#endif
