/* Any bytes are read as a data set: they are rejected with a position, or accepted, and then writing and reading them again gives
 * the same bits. */
#include "require.h"

enum { LARGEST = 1 << 16 }; /* numbers; larger data sets are only measured */

struct numbers {
    rnn_real *x, *y;
    uint32_t *lengths;
};

static size_t readouts_of(const struct rnn_csv_shape *shape)
{
    return shape->return_sequences ? shape->timesteps : 1;
}

static struct numbers room_for(const struct rnn_csv_shape *shape)
{
    const size_t row = (size_t)shape->timesteps * shape->features;
    return (struct numbers){require_memory(shape->samples * row * sizeof(rnn_real)),
                            require_memory(shape->samples * readouts_of(shape) * sizeof(rnn_real)),
                            require_memory(shape->samples * sizeof(uint32_t))};
}

static void release(struct numbers numbers)
{
    free(numbers.x);
    free(numbers.y);
    free(numbers.lengths);
}

/* The whole data set as text, allocated with malloc. */
static char *write_all(const struct rnn_csv_shape *shape, const struct rnn_dataset *data, size_t *bytes)
{
    size_t used, more = 0, capacity = 0;
    REQUIRE(rnn_csv_write_header(shape, NULL, 0, &capacity) == RNN_ERROR_BLOCK);
    for (uint32_t i = 0; i < data->samples; i++, capacity += more)
        REQUIRE(rnn_csv_write_sample(data, i, NULL, 0, &more) == RNN_ERROR_BLOCK);
    char *text = require_memory(capacity);
    REQUIRE(rnn_csv_write_header(shape, text, capacity, &used) == RNN_OK);
    for (uint32_t i = 0; i < data->samples; i++, used += more)
        REQUIRE(rnn_csv_write_sample(data, i, text + used, capacity - used, &more) == RNN_OK);
    REQUIRE(used == capacity);
    *bytes = capacity;
    return text;
}

static void require_round_trip(const struct rnn_csv_shape *from, const struct rnn_dataset *data, enum rnn_loss loss,
                               uint32_t outputs)
{
    struct rnn_diagnosis diagnosis;
    struct rnn_csv_shape shape;
    size_t bytes, row = (size_t)data->timesteps * data->features;
    char *text = write_all(from, data, &bytes);
    REQUIRE(rnn_csv_measure(text, bytes, &shape, &diagnosis) == RNN_OK);
    REQUIRE(shape.samples == data->samples && shape.timesteps == data->timesteps && shape.features == data->features);
    REQUIRE(shape.return_sequences == from->return_sequences);
    struct numbers again = room_for(&shape);
    REQUIRE(rnn_csv_read(text, bytes, &shape, loss, outputs, again.x, again.y, again.lengths, &diagnosis) == RNN_OK);
    REQUIRE(shape.shorter == from->shorter);
    REQUIRE(memcmp(again.lengths, data->lengths, shape.samples * sizeof(uint32_t)) == 0);
    REQUIRE(memcmp(again.x, data->x, shape.samples * row * sizeof(rnn_real)) == 0);
    REQUIRE(memcmp(again.y, data->y, shape.samples * readouts_of(&shape) * sizeof(rnn_real)) == 0);
    release(again);
    free(text);
}

static enum rnn_status read_as(const char *text, size_t bytes, const struct rnn_csv_shape *shape, enum rnn_loss loss,
                               uint32_t outputs, struct rnn_diagnosis *diagnosis)
{
    struct numbers numbers = room_for(shape);
    enum rnn_status status =
        rnn_csv_read(text, bytes, shape, loss, outputs, numbers.x, numbers.y, numbers.lengths, diagnosis);
    if (status == RNN_OK) {
        struct rnn_config config = rnn_config_default();
        config.loss = (uint32_t)loss;
        config.outputs = outputs;
        config.features = shape->features;
        config.return_sequences = shape->return_sequences;
        const struct rnn_dataset data = {.x = numbers.x,
                                         .y = numbers.y,
                                         .samples = shape->samples,
                                         .timesteps = shape->timesteps,
                                         .features = shape->features,
                                         .readouts = (uint32_t)readouts_of(shape),
                                         .lengths = numbers.lengths};
        REQUIRE(rnn_dataset_check(&data, &config, NULL) == RNN_OK);
        require_round_trip(shape, &data, loss, outputs);
    }
    release(numbers);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    static const uint32_t outputs[] = {1, 5, 1}; /* for each loss */
    const char *text = (const char *)input;
    if (!text) return 0;
    for (uint32_t loss = 0; rnn_loss_name(loss); loss++) {
        struct rnn_diagnosis diagnosis = {0};
        struct rnn_csv_shape shape;
        enum rnn_status status = rnn_csv_measure(text, bytes, &shape, &diagnosis);
        if (status == RNN_OK && (uint64_t)shape.samples * shape.timesteps * shape.features <= LARGEST)
            status = read_as(text, bytes, &shape, (enum rnn_loss)loss, outputs[loss], &diagnosis);
        REQUIRE(status == RNN_OK || status == RNN_ERROR_CSV);
        if (status == RNN_ERROR_CSV) require_diagnosis(&diagnosis, bytes);
    }
    return 0;
}
