/* Shared by the tests of the core: blocks of memory, a model with its workspace, data sets. Tests do not free memory, because they
 * end. */
#ifndef TESTS_CORE_SUPPORT_H
#define TESTS_CORE_SUPPORT_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rnn.h"

/* The tolerance of comparisons in this build. */
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
    uint64_t bytes; /* size of the model */
};

static inline struct rig rig_of(struct rnn_config config, uint32_t batch_size)
{
    struct rig rig = {.config = config};
    uint64_t bytes = 0;
    CHECK(rnn_model_size(&config, &rig.bytes) == RNN_OK);
    CHECK(rnn_workspace_size(&config, batch_size, &bytes) == RNN_OK);
    CHECK(rnn_model_init(block_of(rig.bytes), rig.bytes, &config, &rig.model) == RNN_OK);
    CHECK(rnn_workspace_init(block_of(bytes), bytes, &config, batch_size, &rig.workspace) == RNN_OK);
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

/* Gives the model weights that are not small, so that no derivative is zero by chance, and returns them. */
static inline rnn_real *stir(struct rig rig)
{
    const size_t count = rnn_parameter_count(&rig.config);
    rnn_real *parameters = block_of(count * sizeof *parameters);
    memcpy(parameters, rnn_model_parameters(rig.model), count * sizeof *parameters);
    for (size_t i = 0; i < count; i++) parameters[i] += (rnn_real)0.1 * (rnn_real)((double)(i * 37 % 19) / 19 - 0.4);
    CHECK(rnn_model_set_parameters(rig.model, parameters, count) == RNN_OK);
    return parameters;
}

/* A data set without lengths and first states. */
#define DATASET(x_, y_, samples_, timesteps_, features_, readouts_)                                                    \
    (struct rnn_dataset)                                                                                               \
    {                                                                                                                  \
        .x = (x_), .y = (y_), .samples = (samples_), .timesteps = (timesteps_), .features = (features_),               \
        .readouts = (readouts_)                                                                                        \
    }

static inline struct rnn_dataset task_of(enum rnn_task task, uint32_t seed, uint32_t first, uint32_t samples,
                                         uint32_t timesteps)
{
    const struct rnn_task_info *info = rnn_task_info_of((uint32_t)task);
    const uint32_t readouts = info->return_sequences ? timesteps : 1;
    rnn_real *x = block_of((uint64_t)samples * timesteps * info->features * sizeof *x);
    rnn_real *y = block_of((uint64_t)samples * readouts * sizeof *y);
    CHECK(rnn_task_generate(task, seed, first, samples, timesteps, x, y) == RNN_OK);
    return DATASET(x, y, samples, timesteps, info->features, readouts);
}

/* Data with any number of features: the numbers of a longer sequence, regrouped and centered. */
static inline struct rnn_dataset features_of(uint32_t seed, uint32_t samples, uint32_t timesteps, uint32_t features)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, seed, 0, samples, timesteps * features);
    rnn_real *x = (rnn_real *)data.x;
    for (size_t i = 0; i < (size_t)samples * timesteps * features; i++) x[i] = 2 * x[i] - 1;
    data.timesteps = timesteps;
    data.features = features;
    return data;
}

/* Data for a model with this config: centered numbers, and targets that are independent of them. */
static inline struct rnn_dataset data_for(const struct rnn_config *config, uint32_t seed, uint32_t samples)
{
    struct rnn_dataset data = features_of(seed, samples, config->timesteps, config->features);
    data.readouts = rnn_config_readouts(config, config->timesteps);
    const size_t count = (size_t)samples * data.readouts;
    rnn_real *y = block_of(count * sizeof *y);
    struct rnn_dataset drawn = task_of(RNN_TASK_RANDOM, seed + 1, 0, (uint32_t)count, 1);
    for (size_t i = 0; i < count; i++) {
        rnn_real u = drawn.x[i];
        if (config->loss == RNN_MEAN_SQUARED_ERROR)
            y[i] = 4 * u - 2;
        else
            y[i] = (rnn_real)(uint32_t)(u * (rnn_real)(config->outputs == 1 ? 2 : config->outputs));
    }
    data.y = y;
    return data;
}

static inline struct rnn_fit *fit_of(struct rig rig, const struct rnn_dataset *training,
                                     const struct rnn_dataset *validation, struct rnn_fit_options options)
{
    struct rnn_fit *fit = NULL;
    uint64_t bytes = 0;
    CHECK(rnn_fit_size(&rig.config, training->samples, &options, &bytes) == RNN_OK);
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
