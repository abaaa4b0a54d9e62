#include "sequences.h"

#include "files.h"
#include "memory.h"

/* Room for the numbers of a data set whose extents are known. */
static enum ending take_room(struct rnn_dataset *data, rnn_real **x, rnn_real **y)
{
    uint64_t count = (uint64_t)data->samples * data->timesteps * data->features;
    *x = memory_take(count * sizeof(rnn_real), "the data");
    *y = *x ? memory_take((uint64_t)data->samples * sizeof(rnn_real), "the labels") : NULL;
    data->x = *x;
    data->y = *y;
    return *y ? DONE : FAILED;
}

/* ------------------------------------------------------------------------------------------------ from a file */

static enum ending csv_failed(const char *path, enum rnn_status status, const struct rnn_diagnosis *d)
{
    if (status != RNN_ERROR_CSV) return failed("%s: %s", path, rnn_status_text(status));
    if (d->line == 0) return failed("%s: %s", path, d->text);
    if (d->column == 0) return failed("%s:%lu: %s", path, (unsigned long)d->line, d->text);
    return failed("%s:%lu:%lu: %s", path, (unsigned long)d->line, (unsigned long)d->column, d->text);
}

static enum ending parse(const char *path, const struct bytes *text, struct rnn_dataset *data)
{
    struct rnn_diagnosis diagnosis = {0};
    rnn_real *x, *y;
    enum rnn_status status =
        rnn_csv_measure(text->data, text->count, &data->samples, &data->timesteps, &data->features, &diagnosis);
    if (status != RNN_OK) return csv_failed(path, status, &diagnosis);
    if (take_room(data, &x, &y) != DONE) return FAILED;
    status = rnn_csv_read(text->data, text->count, data->samples, data->timesteps, data->features, x, y, &diagnosis);
    return status == RNN_OK ? DONE : csv_failed(path, status, &diagnosis);
}

static enum ending check_extent(const struct options *options, enum option which, uint32_t extent, const char *path,
                                const char *what)
{
    if (!option(options, which)->here || option_whole(options, which) == extent) return DONE;
    return misused("%s %s does not agree with %s, which has %lu %s%s", option_name(which), option(options, which)->text,
                   path, (unsigned long)extent, what, extent == 1 ? "" : "s");
}

enum ending sequences_read(const struct options *options, const char *path, struct rnn_dataset *data)
{
    struct bytes text;
    enum ending ending = file_read(path, &text);
    if (ending != DONE) return ending;
    ending = parse(path, &text, data);
    file_release(&text);
    if (ending == DONE) ending = check_extent(options, OPTION_STEPS, data->timesteps, path, "time step");
    if (ending == DONE) ending = check_extent(options, OPTION_FEATURES, data->features, path, "feature");
    return ending;
}

/* ------------------------------------------------------------------------------------------------ from a task */

enum ending sequences_check_task(const struct options *options)
{
    static const enum option needed[] = {OPTION_TASK, OPTION_SAMPLES, OPTION_STEPS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (option_require(options, needed[i]) != DONE) return MISUSED;
    if (option(options, OPTION_FEATURES)->here && option_whole(options, OPTION_FEATURES) != 1)
        return misused("--features %s does not agree with --task, which has 1 feature",
                       option(options, OPTION_FEATURES)->text);
    return DONE;
}

static enum ending make(const struct options *options, struct rnn_dataset *data)
{
    rnn_real *x, *y;
    data->samples = option_whole(options, OPTION_SAMPLES);
    data->timesteps = option_whole(options, OPTION_STEPS);
    data->features = 1;
    if (take_room(data, &x, &y) != DONE) return FAILED;
    enum rnn_status status =
        rnn_task_generate((enum rnn_task)option_whole(options, OPTION_TASK), option_whole(options, OPTION_DATA_SEED),
                          option_whole(options, OPTION_FIRST_SAMPLE), data->samples, data->timesteps, x, y);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}

enum ending sequences_load(const struct options *options, struct rnn_dataset *data)
{
    const struct given *file = option(options, OPTION_DATA);
    return file->here ? sequences_read(options, file->text, data) : make(options, data);
}
