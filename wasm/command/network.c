#include "network.h"

#include "memory.h"

static enum exit_status too_large(const struct rnn_config *config, uint32_t batch_size, uint64_t bytes)
{
    return failed("cell %s, layers %lu, units %lu, time steps %lu, features %lu and batches of %lu need %llu bytes of "
                  "memory; expected at most %llu (1 GiB)",
                  rnn_cell_name(config->cell), (unsigned long)config->layers, (unsigned long)config->units,
                  (unsigned long)config->timesteps, (unsigned long)config->features, (unsigned long)batch_size,
                  (unsigned long long)bytes, (unsigned long long)RNN_MEMORY_LIMIT);
}

enum exit_status network_needs_states(const struct options *options, const struct rnn_config *config)
{
    if (config->cell != RNN_DENSE) return DONE;
    if (option(options, OPTION_CELL)->here)
        return misused(
            "%s: expected gru, lstm or simple_rnn; a dense network reads all time steps at once and has no states",
            option_name(OPTION_CELL));
    return failed(
        "expected a recurrent network; a dense one reads all time steps at once and has no states. Train one with "
        "--cell gru, lstm or simple_rnn");
}

/* A dense network reads every sequence as one vector, and answers once. */
static enum exit_status check_dense(const struct problem *problem)
{
    if (problem->config.cell != RNN_DENSE) return DONE;
    if (problem->config.return_sequences)
        return failed("a dense network answers once per sequence; expected one target per sequence, got one for every "
                      "time step. Use --cell gru, lstm or simple_rnn for these data");
    if (problem->data.lengths)
        return failed(
            "a dense network reads sequences of one length; some sequences of the data end early. Use --cell gru, "
            "lstm or simple_rnn, or make the sequences equally long");
    return DONE;
}

enum exit_status network_make(const struct problem *problem, uint32_t batch_size, struct network *network)
{
    const struct rnn_config *config = &problem->config;
    uint64_t model_bytes = 0, workspace_bytes = 0;
    network->config = *config;
    network->notes = problem->notes;
    TRY(check_dense(problem));
    if (problem->data.samples < batch_size) batch_size = problem->data.samples;
    enum rnn_status status = rnn_model_size(config, &model_bytes);
    if (status == RNN_OK) status = rnn_workspace_size(config, batch_size, &workspace_bytes);
    if (status == RNN_ERROR_TOO_LARGE) return too_large(config, batch_size, model_bytes + workspace_bytes);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    void *model = memory_take(model_bytes, "the model");
    void *workspace = model ? memory_take(workspace_bytes, "the activations") : NULL;
    if (!workspace) return FAILED;
    status = rnn_model_init(model, model_bytes, config, &network->model);
    if (status == RNN_OK)
        status = rnn_workspace_init(workspace, workspace_bytes, config, batch_size, &network->workspace);
    if (status == RNN_OK && problem->parameters)
        status = rnn_model_set_parameters(network->model, problem->parameters, rnn_parameter_count(config));
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}

enum exit_status network_draw(struct network *network, uint32_t seed)
{
    uint64_t bytes = 0;
    network->config.seed = seed;
    enum rnn_status status = rnn_model_size(&network->config, &bytes);
    if (status == RNN_OK) status = rnn_model_init(network->model, bytes, &network->config, &network->model);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}
