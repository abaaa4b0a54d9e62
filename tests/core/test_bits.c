/* Are the bits those of every other build? One hash of all parameters after a fixed run for each case; a new hash is a broken
 * promise, not a number to update (docs/determinism.md). */
#include <inttypes.h>

#include "support.h"

/* FNV-1a, 64 bits, over the numbers' bytes in little-endian order, as every target here has them. */
static uint64_t hash(const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    uint64_t h = 0xcbf29ce484222325U;
    for (size_t i = 0; i < count; i++) h = (h ^ at[i]) * 0x100000001b3U;
    return h;
}

struct golden {
    const char *name;
    uint32_t units, timesteps, features, batch_size, epochs, samples;
    enum rnn_activation activation;
    uint64_t first, trained; /* hashes of the first weights and of the trained ones */
};

static const struct golden CASES[] = {
    {"notebook", 32, 10, 1, 32, 10, 100, RNN_TANH, 0x219a1570114858b9, 0x4c7aeeb28541cbe8},
    {"relu", 32, 10, 1, 32, 10, 100, RNN_RELU, 0x219a1570114858b9, 0x1d5d46c4423aa911},
    {"odd shapes", 7, 13, 3, 5, 4, 23, RNN_TANH, 0x98942343e1ff2ab2, 0x61e075c55ecfcca9},
    {"batch of one", 9, 4, 2, 1, 2, 11, RNN_TANH, 0xdb4d6ef747b7c9d7, 0xbca065a5149ad724},
    {"wide", 128, 20, 1, 64, 2, 130, RNN_TANH, 0x5733200f218935ac, 0x793ae8e138a818ee},
};

static void check_case(const struct golden *golden)
{
    struct rig rig = rig_of(config_of(golden->units, golden->timesteps, golden->features, golden->activation),
                            golden->batch_size);
    struct rnn_dataset data = features_of(42, golden->samples, golden->timesteps, golden->features);
    size_t bytes = rnn_parameter_count(&rig.config) * sizeof(rnn_real);
    uint64_t first = hash(rnn_model_parameters(rig.model), bytes);
    struct rnn_progress progress;
    struct rnn_fit *fit =
        fit_of(rig, &data, &data, (struct rnn_fit_options){golden->epochs, golden->batch_size, true});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
    uint64_t trained = hash(rnn_model_parameters(rig.model), bytes);
    if (first != golden->first || trained != golden->trained)
        printf("%s: got 0x%016" PRIx64 ", 0x%016" PRIx64 "\n", golden->name, first, trained);
    CHECK(first == golden->first);
    CHECK(trained == golden->trained);
}

int main(void)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) check_case(&CASES[i]);
    return check_report();
}
