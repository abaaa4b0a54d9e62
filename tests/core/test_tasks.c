/* Is each datum a function of (data seed, sample, time step) alone, and is each label what its task says? */
#include "support.h"

static void test_more_keeps_the_earlier(void)
{
    struct rnn_dataset small = task_of(RNN_TASK_RANDOM, 42, 0, 20, 10), large = task_of(RNN_TASK_RANDOM, 42, 0, 50, 33);
    struct rnn_dataset later = task_of(RNN_TASK_RANDOM, 42, 15, 5, 10);
    for (uint32_t i = 0; i < 20; i++) {
        CHECK(small.y[i] == large.y[i]);
        for (uint32_t t = 0; t < 10; t++) CHECK(small.x[i * 10 + t] == large.x[i * 33 + t]);
    }
    CHECK(memcmp(later.x, small.x + 150, 50 * sizeof(rnn_real)) == 0);
    CHECK(memcmp(later.y, small.y + 15, 5 * sizeof(rnn_real)) == 0);
}

static void test_labels(void)
{
    struct rnn_dataset tosses = task_of(RNN_TASK_RANDOM, 7, 0, 10000, 4), first = task_of(RNN_TASK_FIRST, 7, 0, 10000, 4);
    CHECK(memcmp(tosses.x, first.x, 40000 * sizeof(rnn_real)) == 0); /* the twin differs in its labels alone */
    double ones = 0, together = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        CHECK(first.y[i] == (first.x[i * 4] > (rnn_real)0.5));
        CHECK(tosses.y[i] == 0 || tosses.y[i] == 1);
        ones += tosses.y[i];
        together += tosses.y[i] == first.y[i];
    }
    CHECK(fabs(ones - 5000) < 4 * 50); /* four standard deviations of 10,000 tosses */
    CHECK(fabs(together - 5000) < 4 * 50);
}

static void test_values(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 1, 0, 1000, 100);
    double sum = 0, squares = 0, neighbours = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        double v = data.x[i];
        CHECK(v >= 0 && v < 1);
        sum += v;
        squares += v * v;
        if (i) neighbours += (v - 0.5) * ((double)data.x[i - 1] - 0.5);
    }
    CHECK(fabs(sum / 1e5 - 0.5) < 4 * sqrt(1 / 12.0 / 1e5));
    CHECK(fabs(squares / 1e5 - 1 / 3.0) < 4 * sqrt(4 / 45.0 / 1e5));
    CHECK(fabs(neighbours / 1e5) < 4 / 12.0 / sqrt(1e5));
    struct rnn_dataset other = task_of(RNN_TASK_RANDOM, 2, 0, 1000, 100);
    CHECK(memcmp(data.x, other.x, 1000) != 0);
}

/* More samples and more steps keep the earlier values; what lies behind x is said of it alone. */
static void test_every_task(void)
{
    const uint32_t timesteps = 20, samples = 2000;
    for (uint32_t task = 0; rnn_task_info_of(task); task++) {
        const struct rnn_task_info *info = rnn_task_info_of(task);
        CHECK(strlen(info->name) > 2 && strlen(info->text) > 20 && strlen(info->solution) > 10 && info->chance > 0);
        struct rnn_dataset data = task_of((enum rnn_task)task, 7, 0, samples, timesteps);
        struct rnn_dataset later = task_of((enum rnn_task)task, 7, 100, 10, timesteps);
        struct rnn_config config = rnn_config_default();
        config.features = info->features;
        config.outputs = info->outputs;
        config.loss = info->loss;
        config.return_sequences = info->return_sequences;
        CHECK(rnn_dataset_check(&data, &config, NULL) == RNN_OK);
        const size_t row = (size_t)timesteps * info->features;
        CHECK(memcmp(later.x, data.x + 100 * row, 10 * row * sizeof(rnn_real)) == 0);
        CHECK(memcmp(later.y, data.y + 100 * data.readouts, 10 * data.readouts * sizeof(rnn_real)) == 0);
        struct rnn_dataset longer = task_of((enum rnn_task)task, 7, 0, 1, 2 * timesteps);
        if (task != RNN_TASK_ORDER && task != RNN_TASK_ADDING) /* their marks are shares of the length */
            CHECK(memcmp(longer.x, data.x, row * sizeof(rnn_real)) == 0);
        if (info->outputs > 1 || info->loss != RNN_BINARY_CROSSENTROPY) continue;
        double ones = 0;
        for (uint32_t i = 0; i < samples; i++) ones += data.y[i];
        CHECK(fabs(ones / samples - info->chance) < 4 * sqrt(0.25 / samples)); /* no label is the commoner one */
    }
}

static double at(const struct rnn_dataset *data, uint32_t sample, uint32_t t, uint32_t feature)
{
    return data->x[((size_t)sample * data->timesteps + t) * data->features + feature];
}

/* The labels, by their definitions. */
static void test_definitions(void)
{
    const uint32_t n = 300, T = 20;
    struct rnn_dataset last = task_of(RNN_TASK_LAST, 3, 0, n, T), majority = task_of(RNN_TASK_MAJORITY, 3, 0, n, T);
    struct rnn_dataset rising = task_of(RNN_TASK_RISING, 3, 0, n, T), parity = task_of(RNN_TASK_PARITY, 3, 0, n, T);
    struct rnn_dataset order = task_of(RNN_TASK_ORDER, 3, 0, n, T), adding = task_of(RNN_TASK_ADDING, 3, 0, n, T);
    struct rnn_dataset echo = task_of(RNN_TASK_ECHO, 3, 0, n, T);
    uint32_t classes[4] = {0}, ties = 0;
    for (uint32_t i = 0; i < n; i++) {
        int above = 0;
        for (uint32_t t = 0; t < T; t++) above += at(&majority, i, t, 0) > 0.5;
        CHECK(last.y[i] == (at(&last, i, T - 1, 0) > 0.5));
        CHECK(majority.y[i] == (above == (int)T / 2 ? last.y[i] : above > (int)T / 2));
        ties += above == (int)T / 2;
        CHECK(rising.y[i] == (at(&rising, i, T - 1, 0) > at(&rising, i, 0, 0)) && parity.y[i] == (rnn_real)(above % 2));
        for (uint32_t t = 0; t < T; t++) CHECK(echo.y[i * T + t] == (t < 3 ? 0 : echo.x[i * T + t - 3]));
        int symbols = 0, rare = 0, marks = 0, first_half = 0;
        double sum = 0;
        for (uint32_t t = 0; t < T; t++) {
            double ones = 0;
            for (uint32_t s = 0; s < 6; s++) ones += at(&order, i, t, s);
            CHECK(ones == 1);
            if (at(&order, i, t, 4) + at(&order, i, t, 5) == 1) {
                symbols = 2 * symbols + (int)at(&order, i, t, 5);
                CHECK(rare++ ? t >= 10 && t < 12 : t >= 2 && t < 4); /* the second tenth, the sixth */
            }
            if (at(&adding, i, t, 1) == 1) {
                marks++;
                first_half += t < T / 2;
                sum += at(&adding, i, t, 0);
            }
        }
        CHECK(rare == 2 && order.y[i] == (rnn_real)symbols);
        CHECK(marks == 2 && first_half == 1 && fabs((double)adding.y[i] - sum) < 1e-6);
        classes[(int)order.y[i]]++;
    }
    for (int c = 0; c < 4; c++) CHECK(classes[c] > 45 && classes[c] < 105);
    CHECK(ties > 26 && ties < 80); /* 17.6 % of them, within four standard deviations */
}

/* Every task has what its sentence speaks of in its shortest sequences, and refuses shorter ones. */
static void test_shortest(void)
{
    for (uint32_t task = 0; rnn_task_info_of(task); task++) {
        const struct rnn_task_info *info = rnn_task_info_of(task);
        const bool pair = task == RNN_TASK_RISING || task == RNN_TASK_ORDER || task == RNN_TASK_ADDING;
        rnn_real x[2 * 6], y[2];
        CHECK(info->least_timesteps == (pair ? 2 : 1));
        CHECK(rnn_task_generate((enum rnn_task)task, 1, 0, 1, info->least_timesteps, x, y) == RNN_OK);
        CHECK(rnn_task_generate((enum rnn_task)task, 1, 0, 1, info->least_timesteps - 1, x, y) == RNN_ERROR_RANGE);
    }
    for (uint32_t T = 2; T <= 12; T++) {
        struct rnn_dataset order = task_of(RNN_TASK_ORDER, 3, 0, 50, T), adding = task_of(RNN_TASK_ADDING, 3, 0, 50, T);
        for (uint32_t i = 0; i < 50; i++) {
            int rare = 0, marks = 0;
            for (uint32_t t = 0; t < T; t++) {
                rare += at(&order, i, t, 4) + at(&order, i, t, 5) == 1;
                marks += at(&adding, i, t, 1) == 1;
            }
            CHECK(rare == 2 && marks == 2);
        }
    }
}

/* Without its noise the wave is a sine of the period that its label says. */
static void test_sine(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_SINE, 3, 0, 200, 40);
    for (uint32_t i = 0; i < 200; i++) {
        const double turn = 6.283185307179586 / (data.y[i] == 1 ? 10 : 20);
        double s = 0, c = 0, rest = 0;
        for (uint32_t t = 0; t < 40; t++) {
            s += at(&data, i, t, 0) * sin(turn * t) / 20;
            c += at(&data, i, t, 0) * cos(turn * t) / 20;
        }
        for (uint32_t t = 0; t < 40; t++)
            rest = fmax(rest, fabs(at(&data, i, t, 0) - s * sin(turn * t) - c * cos(turn * t)));
        CHECK(fabs(sqrt(s * s + c * c) - 1) < 0.2 && rest < 0.45); /* noise up to 0.25, and what the fit takes of it */
    }
}

static void test_refusals(void)
{
    rnn_real x[4], y[4];
    CHECK(rnn_task_generate((enum rnn_task)10, 1, 0, 1, 1, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 0, 1, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 1, 0, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, UINT32_MAX, 1, 1, x, y) == RNN_OK);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, UINT32_MAX, 2, 1, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 1, 1, NULL, y) == RNN_ERROR_ARGUMENT);
}

int main(void)
{
    test_more_keeps_the_earlier();
    test_labels();
    test_values();
    test_every_task();
    test_definitions();
    test_sine();
    test_shortest();
    test_refusals();
    return check_report();
}
