/* unrolled data: a task's sequences as CSV. Made and written in parts, so that any number needs little memory. */
#include "commands.h"
#include "memory.h"
#include "rnn.h"
#include "sequences.h"

#include <stdio.h>

enum { PART = 256 };

struct part {
    rnn_real *x, *y;
    char *line;
    size_t capacity; /* of line: enough for the header and for every sequence */
};

static enum ending take_part(uint32_t timesteps, struct part *part)
{
    part->capacity = 2 + (size_t)timesteps * (RNN_DECIMAL_BYTES + 1) + 1;
    part->x = memory_take((uint64_t)PART * timesteps * sizeof(rnn_real), "the data");
    part->y = part->x ? memory_take(PART * sizeof(rnn_real), "the labels") : NULL;
    part->line = part->y ? memory_take(part->capacity, "a line") : NULL;
    return part->line ? DONE : FAILED;
}

static enum ending write_part(const struct rnn_dataset *data, struct part *part)
{
    for (uint32_t i = 0; i < data->samples; i++) {
        size_t bytes;
        enum rnn_status status = rnn_csv_write_sample(data, i, part->line, part->capacity, &bytes);
        if (status != RNN_OK) return failed("%s", rnn_status_text(status));
        fwrite(part->line, 1, bytes, stdout);
        if (!output_goes_on()) return FAILED; /* main says so */
    }
    return DONE;
}

static enum ending write_all(const struct options *options, struct part *part)
{
    uint32_t samples = option_whole(options, OPTION_SAMPLES), timesteps = option_whole(options, OPTION_STEPS);
    uint32_t first = option_whole(options, OPTION_FIRST_SAMPLE);
    size_t bytes;
    enum rnn_status status = rnn_csv_write_header(timesteps, 1, part->line, part->capacity, &bytes);
    if (status != RNN_OK) return failed("%s", rnn_status_text(status));
    fwrite(part->line, 1, bytes, stdout);
    enum ending ending = DONE;
    for (uint32_t done = 0; done < samples && ending == DONE; done += PART) {
        struct rnn_dataset data = {part->x, part->y, samples - done < PART ? samples - done : PART, timesteps, 1};
        status = rnn_task_generate((enum rnn_task)option_whole(options, OPTION_TASK),
                                   option_whole(options, OPTION_DATA_SEED), first + done, data.samples, timesteps,
                                   part->x, part->y);
        ending = status == RNN_OK ? write_part(&data, part) : failed("%s", rnn_status_text(status));
    }
    return ending;
}

static enum ending run(const struct options *options)
{
    struct part part;
    enum ending ending = sequences_check_task(options);
    if (ending != DONE) return ending;
    uint64_t end = (uint64_t)option_whole(options, OPTION_FIRST_SAMPLE) + option_whole(options, OPTION_SAMPLES);
    if (end > (uint64_t)UINT32_MAX + 1)
        return misused("--first-sample and --samples: expected at most 4294967296 together, got %llu",
                       (unsigned long long)end);
    ending = take_part(option_whole(options, OPTION_STEPS), &part);
    return ending == DONE ? write_all(options, &part) : ending;
}

static const enum option allowed[] = {OPTION_TASK,      OPTION_SAMPLES,      OPTION_STEPS,
                                      OPTION_DATA_SEED, OPTION_FIRST_SAMPLE, OPTIONS};

const struct command command_data = {
    "data",
    "Make the sequences of a task, as CSV",
    "--task NAME --samples N --steps T [OPTION ...]",
    "Prints a header, y,x1,...,xT, then one sequence a line: its label and its numbers.",
    allowed,
    run,
};
