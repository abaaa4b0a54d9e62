/* Seeded sequence problems. Each datum is a function of (data seed, sample, time step), so it can be made alone. */
#include "../numeric/random.h"

enum { ECHO_STEPS = 3, SYMBOLS = 6, DISTRACTORS = 4, SLOW_PERIOD = 20, FAST_PERIOD = 10 };

static const double HALF = 0.5;

#define UNIFORM_TASK .least_timesteps = 1, .features = 1, .outputs = 1, .loss = RNN_BINARY_CROSSENTROPY, .chance = 0.5

static const struct rnn_task_info TASKS[] = {
    [RNN_TASK_RANDOM] = {.name = "random",
                         .text = "y is a coin toss that has nothing to do with x: there is nothing to learn.",
                         .solution = "Nothing. Labels can be memorised, not learned.",
                         UNIFORM_TASK},
    [RNN_TASK_FIRST] = {.name = "first",
                        .text = "y = 1 when the first value of the sequence is above 0.5.",
                        .solution = "Keep one bit from the first step to the last.",
                        UNIFORM_TASK},
    [RNN_TASK_LAST] = {.name = "last",
                       .text = "y = 1 when the last value of the sequence is above 0.5.",
                       .solution = "No memory at all: the last input decides.",
                       UNIFORM_TASK},
    [RNN_TASK_MAJORITY] = {.name = "majority",
                           .text = "y = 1 when most values are above 0.5; where as many are not, the last decides.",
                           .solution = "Count: add to the memory at every step.",
                           UNIFORM_TASK},
    [RNN_TASK_RISING] = {.name = "rising",
                         .text = "y = 1 when the last value is larger than the first.",
                         .solution = "Keep a number from the first step to the last, and compare.",
                         .least_timesteps = 2,
                         .features = 1,
                         .outputs = 1,
                         .loss = RNN_BINARY_CROSSENTROPY,
                         .chance = 0.5},
    [RNN_TASK_PARITY] = {.name = "parity",
                         .text = "y = 1 when an odd number of values are above 0.5.",
                         .solution = "Flip one bit of memory at each value above 0.5.",
                         UNIFORM_TASK},
    [RNN_TASK_ORDER] = {.name = "order",
                        .text = "y = 0 to 3: which of X and Y came first, and which second, among distractors.",
                        .solution = "Notice two rare symbols and keep their order.",
                        .least_timesteps = 2,
                        .features = SYMBOLS,
                        .outputs = 4,
                        .loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY,
                        .chance = 0.25},
    [RNN_TASK_SINE] = {.name = "sine",
                       .text = "y = 1 when the noisy sine wave has period 10, not 20.",
                       .solution = "Measure change from step to step, and average the noise away.",
                       UNIFORM_TASK},
    [RNN_TASK_ADDING] = {.name = "adding",
                         .text = "y is the sum of the two values whose second feature is 1.",
                         .solution = "Keep two marked numbers and add them.",
                         .least_timesteps = 2,
                         .features = 2,
                         .outputs = 1,
                         .loss = RNN_MEAN_SQUARED_ERROR,
                         .chance = 1.0 / 6},
    [RNN_TASK_ECHO] = {.name = "echo",
                       .text = "At every step y is the value of three steps ago, or 0.",
                       .solution = "Hold the latest three values in a queue.",
                       .least_timesteps = 1,
                       .features = 1,
                       .outputs = 1,
                       .loss = RNN_MEAN_SQUARED_ERROR,
                       .return_sequences = 1,
                       .chance = 1.0 / 12},
};

const struct rnn_task_info *rnn_task_info_of(uint32_t task)
{
    return task < sizeof TASKS / sizeof *TASKS ? &TASKS[task] : NULL;
}

/* Uniform in [0, 1), each number of its own (sample, t). One Philox block serves four time steps. */
static void uniform_sequence(uint32_t data_seed, uint32_t sample, uint32_t timesteps, uint32_t features, rnn_real *x)
{
    struct rnn_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++) {
        if (t % 4 == 0) words = rnn_random_at(data_seed, RNN_STREAM_DATA, sample, t / 4);
        x[(size_t)t * features] = rnn_uniform(words.word[t % 4]);
    }
}

/* 0 ... bound - 1 */
static uint32_t below(uint32_t word, uint32_t bound)
{
    return (uint32_t)((uint64_t)word * bound >> 32);
}

static uint32_t at_least_one(uint32_t count)
{
    return count ? count : 1;
}

/* sin(2 pi u) for u in [0, 1), in double from exact operations alone: the Taylor series over a quarter of the circle, good
 * to 1e-11. */
static double sine_of_turns(double u)
{
    double sign = u < HALF ? 1 : -1, v = u < HALF ? u : u - HALF; /* half a turn */
    if (v > HALF / 2) v = HALF - v;
    const double a = v * 6.283185307179586, s = a * a;
    double sum = 1;
    for (int n = 17; n >= 3; n -= 2) sum = 1 - s / (double)(n * (n - 1)) * sum;
    return sign * a * sum;
}

static rnn_real sine(uint32_t data_seed, uint32_t sample, struct rnn_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t fast = drawn.word[0] >> 31, period = fast ? FAST_PERIOD : SLOW_PERIOD;
    const double phase = (double)rnn_uniform(drawn.word[1]);
    uniform_sequence(data_seed, sample, timesteps, 1, x);
    for (uint32_t t = 0; t < timesteps; t++) {
        double turns = phase + (double)(t % period) / period;
        if (turns >= 1) turns -= 1;
        x[t] = (rnn_real)(sine_of_turns(turns) + HALF * ((double)x[t] - HALF));
    }
    return (rnn_real)fast;
}

static rnn_real order(uint32_t data_seed, uint32_t sample, struct rnn_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t tenth = at_least_one(timesteps / 10);
    const uint32_t first = timesteps / 10 + below(drawn.word[1], tenth);
    const uint32_t second = timesteps / 2 + below(drawn.word[2], tenth);
    const uint32_t symbols = drawn.word[0] >> 30; /* two bits: X or Y, X or Y */
    struct rnn_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++, x += SYMBOLS) {
        if (t % 4 == 0) words = rnn_random_at(data_seed, RNN_STREAM_DATA, sample, t / 4);
        uint32_t symbol = words.word[t % 4] >> 30;
        if (t == first) symbol = DISTRACTORS + (symbols >> 1);
        if (t == second) symbol = DISTRACTORS + (symbols & 1);
        for (uint32_t s = 0; s < SYMBOLS; s++) x[s] = s == symbol;
    }
    return (rnn_real)symbols;
}

static rnn_real adding(uint32_t data_seed, uint32_t sample, struct rnn_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t half = timesteps / 2;
    const uint32_t first = below(drawn.word[1], half), second = half + below(drawn.word[2], timesteps - half);
    uniform_sequence(data_seed, sample, timesteps, 2, x);
    rnn_real sum = 0;
    for (uint32_t t = 0; t < timesteps; t++) {
        const bool marked = t == first || t == second;
        x[2 * t + 1] = marked;
        if (marked) sum += x[2 * t];
    }
    return sum;
}

static rnn_real label_of(enum rnn_task task, const rnn_real *x, uint32_t timesteps, struct rnn_words drawn)
{
    const rnn_real half = (rnn_real)HALF, first = x[0], last = x[timesteps - 1];
    uint32_t above = 0;
    for (uint32_t t = 0; t < timesteps; t++) above += x[t] > half;
    switch (task) {
    case RNN_TASK_FIRST: return first > half;
    case RNN_TASK_LAST: return last > half;
    case RNN_TASK_MAJORITY: return 2 * above + (last > half) > timesteps; /* a tie goes with the last */
    case RNN_TASK_RISING: return last > first;
    case RNN_TASK_PARITY: return (rnn_real)(above % 2);
    default: return (rnn_real)(drawn.word[0] >> 31); /* random */
    }
}

/* One sequence and its targets. */
static void generate(enum rnn_task task, uint32_t data_seed, uint32_t sample, uint32_t timesteps, rnn_real *x,
                     rnn_real *y)
{
    const struct rnn_words drawn = rnn_random_at(data_seed, RNN_STREAM_LABELS, sample, 0);
    if (task == RNN_TASK_SINE) {
        *y = sine(data_seed, sample, drawn, timesteps, x);
    } else if (task == RNN_TASK_ORDER) {
        *y = order(data_seed, sample, drawn, timesteps, x);
    } else if (task == RNN_TASK_ADDING) {
        *y = adding(data_seed, sample, drawn, timesteps, x);
    } else {
        uniform_sequence(data_seed, sample, timesteps, 1, x);
        if (task == RNN_TASK_ECHO)
            for (uint32_t t = 0; t < timesteps; t++) y[t] = t < ECHO_STEPS ? 0 : x[t - ECHO_STEPS];
        else
            *y = label_of(task, x, timesteps, drawn);
    }
}

enum rnn_status rnn_task_generate(enum rnn_task task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                  uint32_t timesteps, rnn_real *x, rnn_real *y)
{
    const struct rnn_task_info *info = rnn_task_info_of((uint32_t)task);
    if (!x || !y) return RNN_ERROR_ARGUMENT;
    if (!info || rnn_range_check(RNN_SAMPLES, samples) || rnn_range_check(RNN_TIMESTEPS, timesteps) ||
        timesteps < info->least_timesteps || samples - 1 > UINT32_MAX - first_sample)
        return RNN_ERROR_RANGE;
    const size_t row = (size_t)timesteps * info->features, readouts = info->return_sequences ? timesteps : 1;
    for (uint32_t i = 0; i < samples; i++)
        generate(task, data_seed, first_sample + i, timesteps, x + i * row, y + i * readouts);
    return RNN_OK;
}
