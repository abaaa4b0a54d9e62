/* Any bytes as a data set: refused with a place, or read, and then what is written of it reads back to the same bits. */
#include "require.h"

enum { LARGEST = 1 << 16 }; /* numbers; larger data sets are only measured */

struct numbers {
    rnn_real *x, *y;
};

static struct numbers room_for(uint32_t samples, uint32_t row)
{
    return (struct numbers){require_memory((size_t)samples * row * sizeof(rnn_real)),
                            require_memory(samples * sizeof(rnn_real))};
}

static void release(struct numbers numbers)
{
    free(numbers.x);
    free(numbers.y);
}

/* All of the data set as text from malloc. */
static char *write_all(const struct rnn_dataset *data, size_t *bytes)
{
    size_t used, more = 0, capacity = 0;
    REQUIRE(rnn_csv_write_header(data->timesteps, data->features, NULL, 0, &capacity) == RNN_ERROR_BLOCK);
    for (uint32_t i = 0; i < data->samples; i++, capacity += more)
        REQUIRE(rnn_csv_write_sample(data, i, NULL, 0, &more) == RNN_ERROR_BLOCK);
    char *text = require_memory(capacity);
    REQUIRE(rnn_csv_write_header(data->timesteps, data->features, text, capacity, &used) == RNN_OK);
    for (uint32_t i = 0; i < data->samples; i++, used += more)
        REQUIRE(rnn_csv_write_sample(data, i, text + used, capacity - used, &more) == RNN_OK);
    REQUIRE(used == capacity);
    *bytes = capacity;
    return text;
}

static void require_round_trip(const struct rnn_dataset *data)
{
    struct rnn_diagnosis diagnosis;
    uint32_t samples, timesteps, features;
    size_t bytes, row = (size_t)data->timesteps * data->features;
    char *text = write_all(data, &bytes);
    REQUIRE(rnn_csv_measure(text, bytes, &samples, &timesteps, &features, &diagnosis) == RNN_OK);
    REQUIRE(samples == data->samples && timesteps == data->timesteps && features == data->features);
    struct numbers again = room_for(samples, timesteps * features);
    REQUIRE(rnn_csv_read(text, bytes, samples, timesteps, features, again.x, again.y, &diagnosis) == RNN_OK);
    REQUIRE(memcmp(again.x, data->x, samples * row * sizeof(rnn_real)) == 0);
    REQUIRE(memcmp(again.y, data->y, samples * sizeof(rnn_real)) == 0);
    release(again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    struct rnn_diagnosis diagnosis = {0};
    uint32_t samples, timesteps, features;
    const char *text = (const char *)input;
    if (!text) return 0;
    enum rnn_status status = rnn_csv_measure(text, bytes, &samples, &timesteps, &features, &diagnosis);
    if (status == RNN_OK && (uint64_t)samples * timesteps * features <= LARGEST) {
        struct numbers numbers = room_for(samples, timesteps * features);
        status = rnn_csv_read(text, bytes, samples, timesteps, features, numbers.x, numbers.y, &diagnosis);
        struct rnn_dataset data = {numbers.x, numbers.y, samples, timesteps, features};
        if (status == RNN_OK) {
            REQUIRE(rnn_dataset_check(&data, NULL) == RNN_OK);
            require_round_trip(&data);
        }
        release(numbers);
    }
    REQUIRE(status == RNN_OK || status == RNN_ERROR_CSV);
    if (status == RNN_ERROR_CSV) require_diagnosis(&diagnosis, bytes);
    return 0;
}
