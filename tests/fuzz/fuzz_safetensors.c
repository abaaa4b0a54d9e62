/* Any bytes as weights: refused with a place, or read, and then what is written of it reads back to the same bits. */
#include "require.h"

static void require_round_trip(const struct rnn_config *config, const rnn_real *parameters)
{
    struct rnn_config again = rnn_config_default();
    struct rnn_diagnosis diagnosis;
    size_t needed, written, count = rnn_parameter_count(config);
    REQUIRE(rnn_safetensors_write(config, parameters, NULL, 0, &needed) == RNN_ERROR_BLOCK);
    void *file = require_memory(needed);
    rnn_real *copy = require_memory(count * sizeof *copy);
    REQUIRE(rnn_safetensors_write(config, parameters, file, needed, &written) == RNN_OK && written == needed);
    REQUIRE(rnn_safetensors_measure(file, needed, &again, &diagnosis) == RNN_OK);
    REQUIRE(again.cell == config->cell && again.activation == config->activation);
    REQUIRE(again.units == config->units && again.features == config->features && again.layers == config->layers);
    REQUIRE(again.loss == config->loss && again.outputs == config->outputs);
    REQUIRE(again.return_sequences == config->return_sequences);
    REQUIRE(rnn_safetensors_read(file, needed, &again, copy, &diagnosis) == RNN_OK);
    REQUIRE(memcmp(copy, parameters, count * sizeof *copy) == 0);
    free(copy);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    struct rnn_config config = rnn_config_default();
    struct rnn_diagnosis diagnosis = {0};
    if (!input) return 0;
    enum rnn_status status = rnn_safetensors_measure(input, bytes, &config, &diagnosis);
    REQUIRE(status == RNN_OK || status == RNN_ERROR_SAFETENSORS);
    if (status != RNN_OK) {
        require_diagnosis(&diagnosis, bytes);
        return 0;
    }
    REQUIRE(rnn_config_check(&config, NULL) == RNN_OK);
    size_t count = rnn_parameter_count(&config);
    rnn_real *parameters = require_memory(count * sizeof *parameters);
    REQUIRE(rnn_safetensors_read(input, bytes, &config, parameters, &diagnosis) == RNN_OK);
    for (size_t i = 0; i < count; i++) REQUIRE(parameters[i] - parameters[i] == 0);
    require_round_trip(&config, parameters);
    free(parameters);
    return 0;
}
