#include "network.h"

#include "files.h"
#include "memory.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------------------------ from a file */

static enum ending weights_failed(const char *path, enum rnn_status status, const struct rnn_diagnosis *d)
{
    if (status != RNN_ERROR_SAFETENSORS) return failed("%s: %s", path, rnn_status_text(status));
    return failed("%s: byte %llu: %s", path, (unsigned long long)d->offset, d->text);
}

static enum ending parse(const char *path, const struct bytes *file, struct rnn_config *config,
                         const rnn_real **parameters)
{
    struct rnn_diagnosis diagnosis = {0};
    enum rnn_status status = rnn_safetensors_measure(file->data, file->count, config, &diagnosis);
    if (status != RNN_OK) return weights_failed(path, status, &diagnosis);
    rnn_real *room = memory_take(rnn_parameter_count(config) * sizeof(rnn_real), "the weights");
    if (!room) return FAILED;
    *parameters = room;
    status = rnn_safetensors_read(file->data, file->count, config, room, &diagnosis);
    return status == RNN_OK ? DONE : weights_failed(path, status, &diagnosis);
}

static enum ending disagree(const struct options *options, enum option which, const char *has)
{
    return misused("%s %s does not agree with %s, which has %s", option_name(which), option(options, which)->text,
                   option(options, OPTION_WEIGHTS)->text, has);
}

static enum ending check_number(const struct options *options, enum option which, uint32_t number, const char *what)
{
    char has[40];
    snprintf(has, sizeof has, "%lu %s%s", (unsigned long)number, what, number == 1 ? "" : "s");
    return option(options, which)->here && option_whole(options, which) != number ? disagree(options, which, has)
                                                                                  : DONE;
}

static enum ending check_options(const struct options *options, const struct rnn_config *config)
{
    enum ending ending = check_number(options, OPTION_UNITS, config->units, "unit");
    if (ending == DONE) ending = check_number(options, OPTION_FEATURES, config->features, "feature");
    if (ending == DONE && option(options, OPTION_ACTIVATION)->here &&
        option_whole(options, OPTION_ACTIVATION) != config->activation)
        ending = disagree(options, OPTION_ACTIVATION, rnn_activation_name(config->activation));
    return ending;
}

static enum ending read_weights(const struct options *options, struct rnn_config *config, const rnn_real **parameters)
{
    const char *path = option(options, OPTION_WEIGHTS)->text;
    struct bytes file;
    enum ending ending = file_read(path, &file);
    if (ending != DONE) return ending;
    ending = parse(path, &file, config, parameters);
    file_release(&file);
    return ending == DONE ? check_options(options, config) : ending;
}

enum ending network_configure(const struct options *options, struct rnn_config *config, const rnn_real **parameters)
{
    *config = rnn_config_default();
    config->activation = option_whole(options, OPTION_ACTIVATION);
    config->units = option_whole(options, OPTION_UNITS);
    config->timesteps = option_whole(options, OPTION_STEPS);
    config->features = option_whole(options, OPTION_FEATURES);
    config->seed = option_whole(options, OPTION_SEED);
    *parameters = NULL;
    return option(options, OPTION_WEIGHTS)->here ? read_weights(options, config, parameters) : DONE;
}

/* ------------------------------------------------------------------------------------------------ in memory */

static enum ending too_large(const struct rnn_config *config, uint32_t batch_size, uint64_t bytes)
{
    return failed(
        "units %lu, time steps %lu, features %lu and batches of %lu need %llu bytes of memory; expected at most "
        "%llu (1 GiB)",
        (unsigned long)config->units, (unsigned long)config->timesteps, (unsigned long)config->features,
        (unsigned long)batch_size, (unsigned long long)bytes, (unsigned long long)RNN_MEMORY_LIMIT);
}

enum ending network_make(const struct rnn_config *config, const rnn_real *parameters, uint32_t batch_size,
                         struct network *network)
{
    size_t model_bytes = 0;
    uint64_t workspace_bytes = 0;
    network->config = *config;
    enum rnn_status status = rnn_model_size(config, &model_bytes);
    if (status == RNN_OK) status = rnn_workspace_size(config, batch_size, &workspace_bytes);
    if (status == RNN_ERROR_TOO_LARGE) return too_large(config, batch_size, model_bytes + workspace_bytes);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    void *model = memory_take(model_bytes, "the model");
    void *workspace = model ? memory_take(workspace_bytes, "the activations") : NULL;
    if (!workspace) return FAILED;
    status = rnn_model_init(model, model_bytes, config, &network->model);
    if (status == RNN_OK)
        status = rnn_workspace_init(workspace, (size_t)workspace_bytes, config, batch_size, &network->workspace);
    if (status == RNN_OK && parameters)
        status = rnn_model_set_parameters(network->model, parameters, rnn_parameter_count(config));
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}

enum ending network_for_data(const struct options *options, const struct rnn_dataset *data, uint32_t batch_size,
                             struct network *network)
{
    struct rnn_config config;
    const rnn_real *parameters;
    enum ending ending = network_configure(options, &config, &parameters);
    if (ending != DONE) return ending;
    if (parameters && config.features != data->features)
        return failed("%s has weights for %lu features a time step, but the data have %lu",
                      option(options, OPTION_WEIGHTS)->text, (unsigned long)config.features,
                      (unsigned long)data->features);
    config.features = data->features;
    config.timesteps = data->timesteps;
    return network_make(&config, parameters, data->samples < batch_size ? data->samples : batch_size, network);
}

enum ending network_save(const struct network *network, const char *path)
{
    const rnn_real *parameters = rnn_model_parameters(network->model);
    size_t bytes = 0;
    enum rnn_status status = rnn_safetensors_write(&network->config, parameters, NULL, 0, &bytes);
    void *file = status == RNN_ERROR_BLOCK ? memory_take(bytes, "the file of weights") : NULL;
    if (status == RNN_ERROR_BLOCK && !file) return FAILED;
    if (file) status = rnn_safetensors_write(&network->config, parameters, file, bytes, &bytes);
    return status == RNN_OK ? file_save(path, file, bytes) : failed("%s: %s", path, rnn_status_text(status));
}
