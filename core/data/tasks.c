/* Seeded sequence problems. Each datum is a function of (data seed, sample, time step), so it can be generated without the others.
 * The rule of a task looks only at a sequence's numbers, so it can also label a sequence that a reader has changed. */
#include <math.h>

#include "../internal.h"
#include "../numeric/random.h"

enum { ECHO_STEPS = 3, SYMBOLS = 6, DISTRACTORS = 4, SLOW_PERIOD = 20, FAST_PERIOD = 10, PHASES = 1024 };

static const double HALF = 0.5, TURN = 6.283185307179586;

#define UNIFORM_TASK .least_timesteps = 1, .features = 1, .outputs = 1, .loss = RNN_BINARY_CROSSENTROPY, .chance = 0.5

static const struct rnn_task_info TASKS[] = {
    [RNN_TASK_RANDOM] = {.name = "random", UNIFORM_TASK},
    [RNN_TASK_FIRST] = {.name = "first", UNIFORM_TASK},
    [RNN_TASK_LAST] = {.name = "last", UNIFORM_TASK},
    [RNN_TASK_MAJORITY] = {.name = "majority", UNIFORM_TASK},
    [RNN_TASK_RISING] = {.name = "rising",
                         .least_timesteps = 2,
                         .features = 1,
                         .outputs = 1,
                         .loss = RNN_BINARY_CROSSENTROPY,
                         .chance = 0.5},
    [RNN_TASK_PARITY] = {.name = "parity", UNIFORM_TASK},
    [RNN_TASK_ORDER] = {.name = "order",
                        .least_timesteps = 2,
                        .features = SYMBOLS,
                        .outputs = 4,
                        .loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY,
                        .chance = 0.25},
    [RNN_TASK_SINE] = {.name = "sine", UNIFORM_TASK},
    [RNN_TASK_ADDING] = {.name = "adding",
                         .least_timesteps = 2,
                         .features = 2,
                         .outputs = 1,
                         .loss = RNN_MEAN_SQUARED_ERROR,
                         .chance = 1.0 / 6},
    [RNN_TASK_ECHO] = {.name = "echo",
                       .least_timesteps = 1,
                       .features = 1,
                       .outputs = 1,
                       .loss = RNN_MEAN_SQUARED_ERROR,
                       .return_sequences = 1,
                       .chance = 1.0 / 12},
};

const struct rnn_task_info *rnn_task_info_of(uint32_t task)
{
    return task < RNNI_COUNT(TASKS) ? &TASKS[task] : NULL;
}

/* Each number is uniform in [0, 1) and belongs to its (sample, t). One Philox block serves four time steps. */
static void uniform_sequence(uint32_t data_seed, uint32_t sample, uint32_t timesteps, uint32_t features, rnn_real *x)
{
    struct rnni_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++) {
        if (t % 4 == 0) words = rnni_random_at(data_seed, RNNI_STREAM_DATA, sample, t / 4);
        x[(size_t)t * features] = rnni_uniform(words.word[t % 4]);
    }
}

/* An integer in 0 ... bound - 1. */
static uint32_t below(uint32_t word, uint32_t bound)
{
    return (uint32_t)((uint64_t)word * bound >> 32);
}

static uint32_t at_least_one(uint32_t count)
{
    return count ? count : 1;
}

/* sin(2 pi u) for u in [0, 1), in double and from exactly rounded operations only: the Taylor series over a quarter of the circle,
 * with an error below 1e-11. */
static double sine_of_turns(double u)
{
    double sign = u < HALF ? 1 : -1, v = u < HALF ? u : u - HALF; /* the sign of the half circle */
    if (v > HALF / 2) v = HALF - v;
    const double a = v * TURN, s = a * a;
    double sum = 1;
    for (int n = 17; n >= 3; n -= 2) sum = 1 - s / (double)(n * (n - 1)) * sum;
    return sign * a * sum;
}

/* A sine wave of amplitude 1 at time step t, without noise. phase: in turns, in [0, 1). */
static double wave(double phase, uint32_t t, uint32_t period)
{
    const double turns = phase + (double)(t % period) / period;
    return sine_of_turns(turns < 1 ? turns : turns - 1);
}

/* The label of the tasks whose label is drawn before the sequence: of `random`, and of `sine`, where it is the period. */
static uint32_t drawn_label(struct rnni_words drawn)
{
    return drawn.word[0] >> 31;
}

static void draw_sine(uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t period = drawn_label(drawn) ? FAST_PERIOD : SLOW_PERIOD;
    const double phase = (double)rnni_uniform(drawn.word[1]);
    uniform_sequence(data_seed, sample, timesteps, 1, x);
    for (uint32_t t = 0; t < timesteps; t++) x[t] = (rnn_real)(wave(phase, t, period) + HALF * ((double)x[t] - HALF));
}

static void draw_order(uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t tenth = at_least_one(timesteps / 10);
    const uint32_t first = timesteps / 10 + below(drawn.word[1], tenth);
    const uint32_t second = timesteps / 2 + below(drawn.word[2], tenth);
    const uint32_t symbols = drawn.word[0] >> 30; /* one bit for each relevant symbol: X or Y */
    struct rnni_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++, x += SYMBOLS) {
        if (t % 4 == 0) words = rnni_random_at(data_seed, RNNI_STREAM_DATA, sample, t / 4);
        uint32_t symbol = words.word[t % 4] >> 30;
        if (t == first) symbol = DISTRACTORS + (symbols >> 1);
        if (t == second) symbol = DISTRACTORS + (symbols & 1);
        for (uint32_t s = 0; s < SYMBOLS; s++) x[s] = s == symbol;
    }
}

static void draw_adding(uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t half = timesteps / 2;
    const uint32_t first = below(drawn.word[1], half), second = half + below(drawn.word[2], timesteps - half);
    uniform_sequence(data_seed, sample, timesteps, 2, x);
    for (uint32_t t = 0; t < timesteps; t++) x[2 * t + 1] = 0;
    x[2 * first + 1] = x[2 * second + 1] = 1;
}

/* ------------------------------------------------------------------------------------------------ rules */

/* Each rule writes the targets of x to y, or returns false if it is not defined for this x. */

/* Can x be a wave of this period with noise? Phases are tried on a grid, and between two neighbors of it a wave moves by less than
 * slack. */
static bool is_wave(const rnn_real *x, uint32_t timesteps, uint32_t period)
{
    const double slack = TURN / (2 * PHASES) + 1e-6; /* 1e-6 covers the rounding to float */
    for (uint32_t phase = 0; phase < PHASES; phase++) {
        uint32_t t = 0;
        while (t < timesteps && fabs((double)x[t] - wave((double)phase / PHASES, t, period)) <= HALF * HALF + slack)
            t++;
        if (t == timesteps) return true;
    }
    return false;
}

static bool sine_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    const bool fast = is_wave(x, timesteps, FAST_PERIOD);
    *y = fast;
    return fast != is_wave(x, timesteps, SLOW_PERIOD);
}

static bool order_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    uint32_t ones = 0, found = 0, symbols = 0;
    for (uint32_t i = 0; i < timesteps * SYMBOLS; i++) {
        if (x[i] == 0) continue;
        if (x[i] != 1 || i / SYMBOLS != ones++) return false; /* each time step must have exactly one symbol */
        const uint32_t symbol = i % SYMBOLS;
        if (symbol >= DISTRACTORS) found++, symbols = 2 * symbols + symbol - DISTRACTORS;
    }
    *y = (rnn_real)symbols;
    return ones == timesteps && found == 2;
}

static bool adding_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    uint32_t marks = 0;
    *y = 0;
    for (uint32_t t = 0; t < timesteps; t++, x += 2) {
        if (x[1] == 1)
            marks++, *y += x[0];
        else if (x[1] != 0)
            return false;
    }
    return marks == 2 && isfinite(*y);
}

static bool apply_rule(enum rnn_task task, const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    if (task == RNN_TASK_RANDOM) return false;
    if (task == RNN_TASK_SINE) return sine_rule(x, timesteps, y);
    if (task == RNN_TASK_ORDER) return order_rule(x, timesteps, y);
    if (task == RNN_TASK_ADDING) return adding_rule(x, timesteps, y);
    if (task == RNN_TASK_ECHO) {
        for (uint32_t t = 0; t < timesteps; t++) y[t] = t < ECHO_STEPS ? 0 : x[t - ECHO_STEPS];
        return true;
    }
    const rnn_real half = (rnn_real)HALF, first = x[0], last = x[timesteps - 1];
    uint32_t above = 0;
    for (uint32_t t = 0; t < timesteps; t++) above += x[t] > half;
    bool label = above % 2; /* the label of parity */
    if (task == RNN_TASK_FIRST) label = first > half;
    if (task == RNN_TASK_LAST) label = last > half;
    if (task == RNN_TASK_MAJORITY) label = 2 * above + (last > half) > timesteps; /* the last number breaks a tie */
    if (task == RNN_TASK_RISING) label = last > first;
    *y = label;
    return true;
}

static bool is_length_of(const struct rnn_task_info *info, uint32_t timesteps)
{
    return info && timesteps >= info->least_timesteps && rnn_range_check(RNN_TIMESTEPS, timesteps) == RNN_OK;
}

enum rnn_status rnn_task_targets(uint32_t task, const rnn_real *x, uint32_t timesteps, rnn_real *y, bool *applies)
{
    const struct rnn_task_info *info = rnn_task_info_of((uint32_t)task);
    if (!x || !y || !applies) return RNN_ERROR_ARGUMENT;
    if (!is_length_of(info, timesteps)) return RNN_ERROR_RANGE;
    if (!rnni_all_finite(x, (size_t)timesteps * info->features)) return RNN_ERROR_DATA;
    *applies = apply_rule(task, x, timesteps, y);
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ data sets */

/* Generates one sequence and its targets: drawn ones for some tasks, those of the rule for the others. */
static void generate(enum rnn_task task, uint32_t data_seed, uint32_t sample, uint32_t timesteps, rnn_real *x,
                     rnn_real *y)
{
    const struct rnni_words drawn = rnni_random_at(data_seed, RNNI_STREAM_LABELS, sample, 0);
    if (task == RNN_TASK_SINE)
        draw_sine(data_seed, sample, drawn, timesteps, x);
    else if (task == RNN_TASK_ORDER)
        draw_order(data_seed, sample, drawn, timesteps, x);
    else if (task == RNN_TASK_ADDING)
        draw_adding(data_seed, sample, drawn, timesteps, x);
    else
        uniform_sequence(data_seed, sample, timesteps, 1, x);
    if (task == RNN_TASK_RANDOM || task == RNN_TASK_SINE)
        *y = (rnn_real)drawn_label(drawn);
    else
        apply_rule(task, x, timesteps, y);
}

enum rnn_status rnn_task_generate(uint32_t task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                  uint32_t timesteps, rnn_real *x, rnn_real *y)
{
    const struct rnn_task_info *info = rnn_task_info_of((uint32_t)task);
    if (!x || !y) return RNN_ERROR_ARGUMENT;
    if (!is_length_of(info, timesteps) || rnn_range_check(RNN_SAMPLES, samples) ||
        samples - 1 > UINT32_MAX - first_sample)
        return RNN_ERROR_RANGE;
    const size_t row = (size_t)timesteps * info->features, readouts = info->return_sequences ? timesteps : 1;
    for (uint32_t i = 0; i < samples; i++)
        generate(task, data_seed, first_sample + i, timesteps, x + i * row, y + i * readouts);
    return RNN_OK;
}
