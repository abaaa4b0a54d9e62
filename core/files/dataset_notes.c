/* Sentences about the numbers of a data set that surprise the one who trains with them. */
#include "writer.h"
#include "../rnn_files.h"

/* How many of the numbers first, first + stride, ... before `end` count, if they are all equal, and otherwise 0. In values there are
 * `width` numbers a time step. Those of padding do not count. */
static size_t count_equal(const struct rnn_dataset *data, const rnn_real *values, size_t width, size_t first,
                          size_t stride, size_t end)
{
    const rnn_real *same = NULL;
    size_t count = 0;
    for (size_t i = first; i < end; i += stride) {
        const size_t step = i / width;
        if (data->lengths && step % data->timesteps >= data->lengths[step / data->timesteps]) continue;
        if (same && *same != values[i]) return 0;
        same = &values[i];
        count++;
    }
    return count;
}

/* Writes "x3", or "x3_2" with several features. */
static void put_column(struct rnni_writer *writer, const struct rnn_dataset *data, size_t column)
{
    rnni_put_text(writer, "x");
    rnni_put_number(writer, column / data->features + 1);
    if (data->features == 1) return;
    rnni_put_text(writer, "_");
    rnni_put_number(writer, column % data->features + 1);
}

static void put_only_label(struct rnni_writer *writer, const struct rnn_dataset *data, uint32_t training)
{
    const struct rnn_dataset whole = {.timesteps = 1}; /* one target for each sequence is never padding */
    const struct rnn_dataset *steps = data->readouts == 1 ? &whole : data;
    if (training < 2 || !count_equal(steps, data->y, 1, 0, 1, (size_t)training * data->readouts)) return;
    if (!(data->y[0] >= 0 && data->y[0] < (rnn_real)rnn_range_of(RNN_CLASSES)->maximum)) return;
    rnni_put_text(writer, "All labels ");
    if (training < data->samples) {
        rnni_put_text(writer, "of the ");
        rnni_put_number(writer, training);
        rnni_put_text(writer, " training sequences ");
    }
    rnni_put_text(writer, "are ");
    rnni_put_number(writer, (uint64_t)data->y[0]);
    rnni_put_text(writer, training < data->samples
                              ? ", so there is nothing to learn from them. Mix the lines of the file.\n"
                              : ", so there is nothing to learn.\n");
}

/* With one feature, a time step that is the same in every sequence; with several, a feature that is the same everywhere. One-hot
 * inputs have many columns that are the same by chance. */
static void put_constant_columns(struct rnni_writer *writer, const struct rnn_dataset *data)
{
    enum { CERTAIN = 10 };
    const size_t columns = data->features == 1 ? data->timesteps : data->features;
    size_t count = 0, first = 0;
    if (data->samples < CERTAIN) return;
    for (size_t column = columns; column-- > 0;) {
        if (count_equal(data, data->x, data->features, column, columns,
                        (size_t)data->samples * data->timesteps * data->features) < CERTAIN)
            continue;
        count++;
        first = column;
    }
    if (count == 0) return;
    rnni_put_text(writer, count == 1 ? "The column " : "");
    if (count > 1) {
        rnni_put_number(writer, count);
        rnni_put_text(writer, " columns (the first is ");
    }
    put_column(writer, data, first);
    if (data->features > 1) rnni_put_text(writer, " at every time step");
    rnni_put_text(writer, count == 1 ? " is the same in every sequence, so the network learns nothing from it.\n"
                                     : ") are the same in every sequence, so the network learns nothing from them.\n");
}

/* Numbers that often stand for a missing value, if no other number comes near. */
static void put_missing(struct rnni_writer *writer, const struct rnn_dataset *data)
{
    static const uint32_t codes[] = {99, 999, 9999};
    const size_t row = (size_t)data->timesteps * data->features;
    for (size_t i = 0; i < RNNI_COUNT(codes); i++) {
        const rnn_real code = -(rnn_real)codes[i];
        size_t count = 0, first = 0;
        bool alone = true;
        for (size_t at = data->samples * row; at-- > 0 && alone;) {
            if (data->x[at] == code) {
                count++;
                first = at;
            } else {
                alone = data->x[at] > code / 2;
            }
        }
        if (count == 0 || !alone) continue;
        rnni_put_number(writer, count);
        rnni_put_text(writer, count == 1 ? " number is -" : " numbers are -");
        rnni_put_number(writer, codes[i]);
        rnni_put_text(writer, count == 1 ? ", in sequence " : ", the first in sequence ");
        rnni_put_number(writer, first / row + 1);
        rnni_put_text(writer, ", column ");
        put_column(writer, data, first % row);
        rnni_put_text(writer, ". If this stands for a missing value, fill it in or delete the sequence.\n");
    }
}

enum rnn_status rnn_dataset_notes(const struct rnn_dataset *data, uint32_t loss, uint32_t training, char *notes,
                                  size_t capacity, size_t *written)
{
    struct rnni_writer writer = {0};
    if (!data || !data->x || !data->y || (!notes && capacity) || !rnn_loss_name(loss)) return RNN_ERROR_ARGUMENT;
    if (training > data->samples) return RNN_ERROR_SHAPE;
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, data->timesteps));
    RNNI_TRY(rnn_range_check(RNN_FEATURES, data->features));
    do {
        if (loss != RNN_MEAN_SQUARED_ERROR) put_only_label(&writer, data, training);
        put_constant_columns(&writer, data);
        put_missing(&writer, data);
    } while (rnni_put_again(&writer, notes, capacity));
    return rnni_put_end(&writer, written);
}
