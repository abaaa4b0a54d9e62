/* Seeded sequence problems. Each datum is a function of (data seed, sample, time step), so it can be made alone. */
#include "../numeric/random.h"

struct task {
    const char *name, *text;
};

static const struct task TASKS[] = {
    [RNN_TASK_RANDOM] = {"random", "y is a coin toss that has nothing to do with x: there is nothing to learn."},
    [RNN_TASK_FIRST] = {"first", "y = 1 when the first value of the sequence is above 0.5."},
};

enum { TASK_COUNT = sizeof TASKS / sizeof *TASKS };

const char *rnn_task_name(uint32_t index)
{
    return index < TASK_COUNT ? TASKS[index].name : NULL;
}

const char *rnn_task_text(uint32_t index)
{
    return index < TASK_COUNT ? TASKS[index].text : NULL;
}

/* One Philox block serves four time steps of a sample. */
static void uniform_sequence(uint32_t data_seed, uint32_t sample, uint32_t timesteps, rnn_real *x)
{
    struct rnn_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++) {
        if (t % 4 == 0) words = rnn_random_at(data_seed, RNN_STREAM_DATA, sample, t / 4);
        x[t] = rnn_uniform(words.word[t % 4]);
    }
}

static rnn_real label_of(enum rnn_task task, uint32_t data_seed, uint32_t sample, const rnn_real *x)
{
    if (task == RNN_TASK_FIRST) return x[0] > (rnn_real)0.5;
    return (rnn_real)(rnn_random_at(data_seed, RNN_STREAM_LABELS, sample, 0).word[0] >> 31);
}

enum rnn_status rnn_task_generate(enum rnn_task task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                  uint32_t timesteps, rnn_real *x, rnn_real *y)
{
    if (!x || !y) return RNN_ERROR_ARGUMENT;
    if (!rnn_task_name((uint32_t)task) || rnn_range_check(RNN_SAMPLES, samples) ||
        rnn_range_check(RNN_TIMESTEPS, timesteps) || samples - 1 > UINT32_MAX - first_sample)
        return RNN_ERROR_RANGE;
    for (uint32_t i = 0; i < samples; i++, x += timesteps) {
        uniform_sequence(data_seed, first_sample + i, timesteps, x);
        y[i] = label_of(task, data_seed, first_sample + i, x);
    }
    return RNN_OK;
}
