#include "sequences.h"

#include "memory.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------ from a file */

static enum exit_status csv_failed(const char *path, enum rnn_status status, const struct rnn_diagnosis *d)
{
    if (status != RNN_ERROR_CSV) return failed("%s: %s", path, rnn_status_text(status));
    if (d->line == 0) return failed("%s: %s", path, d->text);
    if (d->column == 0) return failed("%s:%lu: %s", path, (unsigned long)d->line, d->text);
    return failed("%s:%lu:%lu: %s", path, (unsigned long)d->line, (unsigned long)d->column, d->text);
}

static enum exit_status check_extent(const struct options *options, enum option which, uint32_t extent,
                                     const char *path, const char *what)
{
    if (!option(options, which)->here || option_whole(options, which) == extent) return DONE;
    return misused("%s %s does not agree with %s, which has %lu %s%s", option_name(which), option(options, which)->text,
                   path, (unsigned long)extent, what, extent == 1 ? "" : "s");
}

static enum exit_status measure(const struct options *options, struct sequences *sequences)
{
    struct rnn_diagnosis diagnosis = {0};
    const char *path = sequences->path;
    const struct rnn_csv_shape *shape = &sequences->shape;
    enum rnn_status status =
        rnn_csv_measure(sequences->text.data, sequences->text.count, &sequences->shape, &diagnosis);
    if (status != RNN_OK) return csv_failed(path, status, &diagnosis);
    TRY(check_extent(options, OPTION_STEPS, shape->timesteps, path, "time step"));
    TRY(check_extent(options, OPTION_FEATURES, shape->features, path, "feature"));
    if (option(options, OPTION_RETURN_SEQUENCES)->here && !shape->return_sequences)
        return option_disagrees(options, OPTION_RETURN_SEQUENCES, path, "one y per sequence");
    return DONE;
}

/* Reports a wrong header from the beginning of a large file, so that nobody waits until all of it is read. */
static enum exit_status check_start(const char *path)
{
    enum { START_BYTES = 1 << 22 }; /* several times the longest header, which has fewer than a million bytes */
    struct bytes start;
    struct rnn_csv_shape shape;
    struct rnn_diagnosis diagnosis = {0};
    TRY(file_read_start(path, START_BYTES, &start));
    const char *line_end = start.count ? memchr(start.data, '\n', start.count) : NULL;
    const size_t bytes = line_end ? (size_t)(line_end - start.data) + 1 : start.count;
    enum rnn_status status = bytes ? rnn_csv_measure(start.data, bytes, &shape, &diagnosis) : RNN_OK;
    file_release(&start);
    /* of a file that is no text, the whole tells more than its first line */
    const bool wrong = diagnosis.line == 1 || (diagnosis.line == 0 && !line_end);
    return status == RNN_ERROR_CSV && wrong ? csv_failed(path, status, &diagnosis) : DONE;
}

enum exit_status sequences_open_file(const struct options *options, enum option which, struct sequences *sequences)
{
    *sequences = (struct sequences){.path = option(options, which)->text};
    TRY(check_start(sequences->path));
    TRY(file_read(sequences->path, &sequences->text));
    enum exit_status result = measure(options, sequences);
    if (result != DONE) sequences_close(sequences);
    return result;
}

/* ------------------------------------------------------------------------------------------------ from a task */

enum exit_status sequences_check_task(const struct options *options)
{
    static const enum option needed[] = {OPTION_TASK, OPTION_SAMPLES, OPTION_STEPS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) TRY(option_require(options, needed[i]));
    const struct rnn_task_info *info = rnn_task_info_of(option_whole(options, OPTION_TASK));
    if (option_whole(options, OPTION_STEPS) < info->least_timesteps)
        return misused("%s: expected at least %lu for %s %s, got \"%s\"", option_name(OPTION_STEPS),
                       (unsigned long)info->least_timesteps, option_name(OPTION_TASK), info->name,
                       option(options, OPTION_STEPS)->text);
    return DONE;
}

enum exit_status sequences_check_source(const struct options *options)
{
    static const enum option of_a_task[] = {OPTION_SAMPLES, OPTION_DATA_SEED, OPTION_VALIDATION_SAMPLES};
    static const enum option of_a_text[] = {OPTION_TOKENS, OPTION_KEEP_CASE, OPTION_VOCABULARY, OPTION_VALIDATION_TEXT};
    TRY(option_exclude(options, OPTION_DATA, OPTION_TASK));
    TRY(option_exclude(options, OPTION_TEXT, OPTION_TASK));
    TRY(option_exclude(options, OPTION_TEXT, OPTION_DATA));
    TRY(option_exclude(options, OPTION_TEXT, OPTION_VALIDATION_DATA));
    for (size_t i = 0; i < sizeof of_a_text / sizeof *of_a_text && !option(options, OPTION_TEXT)->here; i++)
        if (option(options, of_a_text[i])->here) return misused("%s needs --text", option_name(of_a_text[i]));
    if (option(options, OPTION_TASK)->here) return sequences_check_task(options);
    TRY(options_require_data(options));
    for (size_t i = 0; i < sizeof of_a_task / sizeof *of_a_task; i++)
        if (option(options, of_a_task[i])->here) return misused("%s needs --task", option_name(of_a_task[i]));
    return DONE;
}

bool sequences_ask_every_step(const struct options *options)
{
    return option(options, OPTION_RETURN_SEQUENCES)->here ||
           rnn_task_info_of(option_whole(options, OPTION_TASK))->return_sequences;
}

enum exit_status sequences_generate(const struct options *options, uint32_t first_sample, uint32_t samples, rnn_real *x,
                                    rnn_real *y)
{
    const uint32_t task = option_whole(options, OPTION_TASK), timesteps = option_whole(options, OPTION_STEPS);
    enum rnn_status status =
        rnn_task_generate(task, option_whole(options, OPTION_DATA_SEED), first_sample, samples, timesteps, x, y);
    if (status == RNN_OK && sequences_ask_every_step(options) && !rnn_task_info_of(task)->return_sequences)
        status = rnn_targets_repeat(y, samples, timesteps);
    return status == RNN_OK ? DONE : failed("%s", rnn_status_text(status));
}

enum exit_status sequences_open(const struct options *options, struct sequences *sequences)
{
    if (option(options, OPTION_DATA)->here) return sequences_open_file(options, OPTION_DATA, sequences);
    const struct rnn_task_info *info = rnn_task_info_of(option_whole(options, OPTION_TASK));
    const uint32_t timesteps = option_whole(options, OPTION_STEPS);
    *sequences = (struct sequences){.shape = {.samples = option_whole(options, OPTION_SAMPLES),
                                              .timesteps = timesteps,
                                              .features = info->features,
                                              .return_sequences = sequences_ask_every_step(options)},
                                    .first_sample = option_whole(options, OPTION_FIRST_SAMPLE)};
    return DONE;
}

/* ------------------------------------------------------------------------------------------------ the numbers */

void sequences_print_notes(const char *path, char *notes, size_t count)
{
    for (char *at = notes, *end; at < notes + count; at = end + 1) {
        end = memchr(at, '\n', (size_t)(notes + count - at));
        note("%s: %.*s", path, (int)(end - at), at);
    }
}

static void print_notes(const struct sequences *sequences, uint32_t loss)
{
    const struct bytes *text = &sequences->text;
    char notes[NOTES_BYTES];
    size_t count;
    if (rnn_csv_notes(text->data, text->count, loss, notes, sizeof notes, &count, NULL) == RNN_OK)
        sequences_print_notes(sequences->path, notes, count);
}

static enum exit_status fill(const struct options *options, const struct sequences *sequences,
                             const struct rnn_config *config, rnn_real *x, rnn_real *y, uint32_t *lengths)
{
    struct rnn_diagnosis diagnosis = {0};
    const struct rnn_csv_shape *shape = &sequences->shape;
    if (!sequences->path) return sequences_generate(options, sequences->first_sample, shape->samples, x, y);
    enum rnn_status status = rnn_csv_read(sequences->text.data, sequences->text.count, shape,
                                          (enum rnn_loss)config->loss, config->outputs, x, y, lengths, &diagnosis);
    if (status != RNN_OK) return csv_failed(sequences->path, status, &diagnosis);
    print_notes(sequences, config->loss);
    return DONE;
}

enum exit_status sequences_read(const struct options *options, struct sequences *sequences,
                                const struct rnn_config *config, struct rnn_dataset *data)
{
    const struct rnn_csv_shape s = sequences->shape;
    const uint32_t readouts = s.return_sequences ? s.timesteps : 1;
    rnn_real *x = memory_take((uint64_t)s.samples * s.timesteps * s.features * sizeof *x, "the data");
    rnn_real *y = x ? memory_take((uint64_t)s.samples * readouts * sizeof *y, "the labels") : NULL;
    uint32_t *lengths =
        y && s.shorter ? memory_take((uint64_t)s.samples * sizeof *lengths, "the lengths of the sequences") : NULL;
    *data = (struct rnn_dataset){.x = x,
                                 .y = y,
                                 .samples = s.samples,
                                 .timesteps = s.timesteps,
                                 .features = s.features,
                                 .readouts = readouts,
                                 .lengths = lengths};
    enum exit_status result = y && (lengths || !s.shorter) ? fill(options, sequences, config, x, y, lengths) : FAILED;
    sequences_close(sequences);
    return result;
}

enum exit_status sequences_make_fresh(const struct options *options, enum option which, const struct rnn_config *config,
                                      struct rnn_dataset *data)
{
    struct sequences sequences;
    TRY(sequences_open(options, &sequences));
    /* use the same new samples as the page, unless the training set contains them */
    sequences.first_sample = sequences.shape.samples > RNN_NEW_SAMPLE ? sequences.shape.samples : RNN_NEW_SAMPLE;
    sequences.shape.samples = option_whole(options, which);
    return sequences_read(options, &sequences, config, data);
}

void sequences_close(struct sequences *sequences)
{
    file_release(&sequences->text);
}
