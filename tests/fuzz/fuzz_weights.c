/* Any bytes are read as weights: they are rejected with a position, or accepted, and then writing and reading them again gives the
 * same bits. */
#include "require.h"

typedef enum rnn_status write_function(const struct rnn_config *, const rnn_real *, const struct rnn_note *, void *,
                                       size_t, size_t *);

static void require_note(const void *file, size_t bytes, const struct rnn_note *note)
{
    size_t length = 0;
    char value[64];
    REQUIRE(rnn_weights_note(file, bytes, note->key, value, sizeof value, &length, NULL) == RNN_OK);
    REQUIRE(length == strlen(note->value) && memcmp(value, note->value, length) == 0);
}

static void require_round_trip(write_function *write, const struct rnn_config *config, const rnn_real *parameters)
{
    static const struct rnn_note notes[] = {
        {"a \"b\"", "\\ \x1f \n \xc3\xa4"}, {"b", "\xf0\x9f\x90\x88"}, {NULL, NULL}};
    struct rnn_config again = rnn_config_default();
    struct rnn_diagnosis diagnosis;
    size_t needed, written, count = rnn_parameter_count(config);
    REQUIRE(write(config, parameters, notes, NULL, 0, &needed) == RNN_ERROR_BLOCK);
    void *file = require_memory(needed);
    rnn_real *copy = require_memory(count * sizeof *copy);
    REQUIRE(write(config, parameters, notes, file, needed, &written) == RNN_OK && written == needed);
    REQUIRE(rnn_weights_measure(file, needed, &again, &diagnosis) == RNN_OK);
    REQUIRE(again.cell == config->cell && again.activation == config->activation);
    REQUIRE(again.units == config->units && again.features == config->features && again.layers == config->layers);
    REQUIRE(again.loss == config->loss && again.outputs == config->outputs);
    REQUIRE(again.return_sequences == config->return_sequences);
    REQUIRE(rnn_weights_read(file, needed, &again, copy, &diagnosis) == RNN_OK);
    REQUIRE(memcmp(copy, parameters, count * sizeof *copy) == 0);
    for (int i = 0; notes[i].key; i++) require_note(file, needed, &notes[i]);
    free(copy);
    free(file);
}

static bool is_zip(const uint8_t *input, size_t bytes)
{
    return bytes >= 4 && (memcmp(input, "PK\3\4", 4) == 0 || memcmp(input, "PK\5\6", 4) == 0);
}

static void require_read(const uint8_t *input, size_t bytes)
{
    struct rnn_config config = rnn_config_default();
    struct rnn_diagnosis diagnosis = {0};
    enum rnn_status status = rnn_weights_measure(input, bytes, &config, &diagnosis);
    REQUIRE(status == RNN_OK || status == RNN_ERROR_WEIGHTS);
    if (status != RNN_OK) {
        require_diagnosis(&diagnosis, bytes);
        return;
    }
    REQUIRE(rnn_config_check(&config, NULL) == RNN_OK);
    size_t count = rnn_parameter_count(&config);
    rnn_real *parameters = require_memory(count * sizeof *parameters);
    REQUIRE(rnn_weights_read(input, bytes, &config, parameters, &diagnosis) == RNN_OK);
    for (size_t i = 0; i < count; i++) REQUIRE(parameters[i] - parameters[i] == 0);
    require_round_trip(rnn_safetensors_write, &config, parameters);
    require_round_trip(rnn_npz_write, &config, parameters);
    size_t length = 0; /* a note that is there or not, of any length */
    status = rnn_weights_note(input, bytes, "vocabulary", NULL, 0, &length, &diagnosis);
    REQUIRE(status == (length > 0 ? RNN_ERROR_BLOCK : RNN_OK));
    char *value = require_memory(length);
    REQUIRE(rnn_weights_note(input, bytes, "vocabulary", value, length, &length, &diagnosis) == RNN_OK);
    free(value);
    free(parameters);
}

static size_t number(const uint8_t *bytes, int count)
{
    size_t value = 0;
    while (count-- > 0) value = value << 8 | bytes[count];
    return value;
}

/* Corrects an entry's checksum, so that not all changes are detected by it. */
static void mend(uint8_t *zip, size_t bytes, size_t central)
{
    const size_t local = number(zip + central + 42, 4), count = number(zip + central + 24, 4);
    if (local > bytes || bytes - local < 30) return;
    const size_t begin = local + 30 + number(zip + local + 26, 2) + number(zip + local + 28, 2);
    if (begin > bytes || bytes - begin < count) return;
    uint32_t crc = ~0u;
    for (size_t i = begin; i < begin + count; i++) {
        crc ^= zip[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    for (int i = 0; i < 4; i++) zip[central + 16 + (size_t)i] = (uint8_t)(~crc >> 8 * i);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    if (!input) return 0;
    require_read(input, bytes);
    if (bytes < 22 || !is_zip(input, bytes)) return 0;
    uint8_t *mended = require_memory(bytes);
    memcpy(mended, input, bytes);
    size_t at = number(mended + bytes - 6, 4);
    for (int i = 0; i < 16 && at <= bytes && bytes - at >= 46; i++) {
        mend(mended, bytes, at);
        at += 46 + number(mended + at + 28, 2) + number(mended + at + 30, 2) + number(mended + at + 32, 2);
    }
    require_read(mended, bytes);
    free(mended);
    return 0;
}
