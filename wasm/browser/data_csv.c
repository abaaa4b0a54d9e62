/* Exports of the data module for data sets as CSV: flat functions around core/rnn_files.h. */
#include "boundary.h"
#include "diagnosis.h"

/* Like dataset_at. lengths: in (n), or address 0. */
static enum rnn_status masked_dataset_at(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps,
                                         uint32_t features, uint32_t return_sequences, uint32_t lengths,
                                         struct rnn_dataset *data)
{
    TRY(dataset_at(x, y, samples, timesteps, features, return_sequences, data));
    data->lengths = whole_at(lengths, samples);
    return lengths && !data->lengths ? RNN_ERROR_ARGUMENT : RNN_OK;
}

static void answer_extents(const struct rnn_csv_shape *shape)
{
    answer_area[0] = shape->samples;
    answer_area[1] = shape->timesteps;
    answer_area[2] = shape->features;
    answer_area[3] = shape->return_sequences;
    answer_area[4] = shape->shorter;
}

/* Fills `extents`, or `diagnosis` with RNN_ERROR_CSV. */
EXPORT(csv_measure) enum rnn_status export_csv_measure(uint32_t text, uint32_t bytes)
{
    struct rnn_csv_shape shape;
    const char *place = bytes_at(text, bytes);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(diagnosed(rnn_csv_measure(place, bytes, &shape, &diagnosis)));
    answer_extents(&shape);
    return RNN_OK;
}

/* To be called with the extents of csv_measure. loss: an index of loss_name; classes: 0 for any. x: out (n, T, F); y: out (n, R);
 * lengths: out (n), 32-bit, or address 0 if `extents` says that no sequence ends early. Fills `diagnosis` with RNN_ERROR_CSV. */
EXPORT(csv_read)
enum rnn_status export_csv_read(uint32_t text, uint32_t bytes, uint32_t samples, uint32_t timesteps, uint32_t features,
                                uint32_t return_sequences, uint32_t loss, uint32_t classes, uint32_t x, uint32_t y,
                                uint32_t lengths)
{
    const char *place = bytes_at(text, bytes);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(check_extents(samples, timesteps, features));
    const struct rnn_csv_shape shape = {samples, timesteps, features, return_sequences, 0};
    uint32_t *out = whole_at(lengths, samples);
    if (lengths && !out) return RNN_ERROR_ARGUMENT;
    return diagnosed(rnn_csv_read(
        place, bytes, &shape, (enum rnn_loss)loss, classes, reals_at(x, (uint64_t)samples * timesteps * features),
        reals_at(y, (uint64_t)samples * (return_sequences ? timesteps : 1)), out, &diagnosis));
}

/* Writes header and lines to text[0 .. capacity) and the number of bytes needed to *written. With text NULL and capacity 0 it only
 * counts them. */
static enum rnn_status csv_lines(const struct rnn_dataset *data, uint32_t return_sequences, char *text, size_t capacity,
                                 uint64_t *written)
{
    size_t bytes = 0;
    const struct rnn_csv_shape shape = {data->samples, data->timesteps, data->features, return_sequences, 0};
    enum rnn_status status = rnn_csv_write_header(&shape, text, capacity, &bytes);
    *written = bytes;
    for (uint32_t sample = 0; sample < data->samples; sample++) {
        if (status != (text ? RNN_OK : RNN_ERROR_BLOCK)) break;
        status = rnn_csv_write_sample(data, sample, text ? text + *written : NULL,
                                      text ? capacity - (size_t)*written : 0, &bytes);
        *written += bytes;
    }
    return status;
}

/* Fills `size` with the length of the text, without a NUL. return_sequences: 0 for one y (n), otherwise y (n, T), named y1, ...,
 * yT. lengths: in (n), 32-bit, or address 0. */
EXPORT(csv_write_size)
enum rnn_status export_csv_write_size(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                                      uint32_t return_sequences, uint32_t lengths)
{
    struct rnn_dataset data;
    uint64_t bytes = 0;
    TRY(masked_dataset_at(x, y, samples, timesteps, features, return_sequences, lengths, &data));
    enum rnn_status status = csv_lines(&data, return_sequences, NULL, 0, &bytes);
    return measured(status, bytes);
}

/* text: out (capacity). Writes everything or nothing. */
EXPORT(csv_write)
enum rnn_status export_csv_write(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                                 uint32_t return_sequences, uint32_t lengths, uint32_t text, uint32_t capacity)
{
    struct rnn_dataset data;
    uint64_t written = 0;
    char *place = bytes_at(text, capacity);
    if (!place) return RNN_ERROR_ARGUMENT;
    TRY(masked_dataset_at(x, y, samples, timesteps, features, return_sequences, lengths, &data));
    const enum rnn_status status = csv_lines(&data, return_sequences, NULL, 0, &written);
    if (status != RNN_ERROR_BLOCK || written > capacity) return status;
    return csv_lines(&data, return_sequences, place, capacity, &written);
}

/* loss: an index of loss_name; notes: out (capacity). Writes how the text was understood, a sentence a line, or fills `size` if the
 * capacity is 0. Fills `diagnosis` with RNN_ERROR_CSV. */
EXPORT(csv_notes)
enum rnn_status export_csv_notes(uint32_t text, uint32_t bytes, uint32_t loss, uint32_t notes, uint32_t capacity)
{
    const char *place = bytes_at(text, bytes);
    size_t written = 0;
    if (!place) return RNN_ERROR_ARGUMENT;
    const enum rnn_status status =
        diagnosed(rnn_csv_notes(place, bytes, loss, bytes_at(notes, capacity), capacity, &written, &diagnosis));
    return capacity == 0 ? measured(status, written) : status;
}

/* The same about what is unusual in the numbers of a data set. training: how many of the first samples are for training. notes must
 * not overlap x, y or lengths, of which the last may be address 0. */
EXPORT(dataset_notes)
enum rnn_status export_dataset_notes(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                                     uint32_t return_sequences, uint32_t lengths, uint32_t loss, uint32_t training,
                                     uint32_t notes, uint32_t capacity)
{
    struct rnn_dataset data;
    size_t written = 0;
    TRY(masked_dataset_at(x, y, samples, timesteps, features, return_sequences, lengths, &data));
    /* The numbers are still needed while the text is written. */
    if (!spans_apart(x, (uint64_t)samples * timesteps * features * sizeof(rnn_real), notes, capacity) ||
        !spans_apart(y, (uint64_t)samples * data.readouts * sizeof(rnn_real), notes, capacity) ||
        (lengths && !spans_apart(lengths, (uint64_t)samples * sizeof lengths, notes, capacity)))
        return RNN_ERROR_ARGUMENT;
    const enum rnn_status status =
        rnn_dataset_notes(&data, loss, training, bytes_at(notes, capacity), capacity, &written);
    return capacity == 0 ? measured(status, written) : status;
}
