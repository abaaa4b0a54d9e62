/* unrolled data: a task's sequences as CSV. They are generated and written in parts, so that any number of them needs little
 * memory. */
#include "commands.h"
#include "memory.h"
#include "rnn_files.h"
#include "sequences.h"

#include <stdio.h>

enum { PART = 256 };

struct part {
    rnn_real *x, *y;
    char *line;
    size_t capacity; /* of line: enough for the header and for any sequence */
};

static enum exit_status take_part(const struct rnn_dataset *data, struct part *part)
{
    const uint64_t x = (uint64_t)data->timesteps * data->features, y = data->readouts;
    part->capacity = (size_t)(x + y) * (RNN_DECIMAL_BYTES + 1) + 1;
    part->x = memory_take(PART * x * sizeof(rnn_real), "the data");
    part->y = part->x ? memory_take(PART * y * sizeof(rnn_real), "the labels") : NULL;
    part->line = part->y ? memory_take(part->capacity, "a line") : NULL;
    return part->line ? DONE : FAILED;
}

static enum exit_status write_part(const struct rnn_dataset *data, struct part *part)
{
    for (uint32_t i = 0; i < data->samples; i++) {
        size_t bytes;
        enum rnn_status status = rnn_csv_write_sample(data, i, part->line, part->capacity, &bytes);
        if (status != RNN_OK) return failed("%s", rnn_status_text(status));
        fwrite(part->line, 1, bytes, stdout);
        if (!output_goes_on()) return FAILED; /* main reports the error */
    }
    return DONE;
}

/* data: their shape, and how many samples in total. */
static enum exit_status write_all(const struct options *options, struct rnn_dataset data, struct part *part)
{
    const uint32_t samples = data.samples, first = option_whole(options, OPTION_FIRST_SAMPLE);
    size_t bytes;
    const struct rnn_csv_shape shape = {samples, data.timesteps, data.features, sequences_ask_every_step(options), 0};
    enum rnn_status status = rnn_csv_write_header(&shape, part->line, part->capacity, &bytes);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    fwrite(part->line, 1, bytes, stdout);
    data.x = part->x;
    data.y = part->y;
    for (uint32_t done = 0; done < samples; done += PART) {
        data.samples = samples - done < PART ? samples - done : PART;
        TRY(sequences_generate(options, first + done, data.samples, part->x, part->y));
        TRY(write_part(&data, part));
    }
    return DONE;
}

static enum exit_status run(const struct options *options)
{
    struct part part;
    TRY(sequences_check_task(options));
    uint64_t end = (uint64_t)option_whole(options, OPTION_FIRST_SAMPLE) + option_whole(options, OPTION_SAMPLES);
    if (end > (uint64_t)UINT32_MAX + 1)
        return misused("--first-sample and --samples: expected at most 4294967296 together, got %llu",
                       (unsigned long long)end);
    const struct rnn_task_info *info = rnn_task_info_of(option_whole(options, OPTION_TASK));
    const uint32_t timesteps = option_whole(options, OPTION_STEPS);
    const struct rnn_dataset data = {.samples = option_whole(options, OPTION_SAMPLES),
                                     .timesteps = timesteps,
                                     .features = info->features,
                                     .readouts = sequences_ask_every_step(options) ? timesteps : 1};
    TRY(take_part(&data, &part));
    return write_all(options, data, &part);
}

static const enum option allowed[] = {OPTION_TASK,         OPTION_SAMPLES,          OPTION_STEPS, OPTION_DATA_SEED,
                                      OPTION_FIRST_SAMPLE, OPTION_RETURN_SEQUENCES, OPTIONS};

const struct command command_data = {
    "data",
    "Make the sequences of a task, as CSV",
    "--task NAME --samples N --steps T [OPTION ...]",
    "Prints a header, then one sequence per line: y,x1,...,xT, or y,x1_1,x1_2,...,xT_F with F features, or\n"
    "y1,...,yT,x1,...,xT with a target at every time step.",
    allowed,
    run,
};
