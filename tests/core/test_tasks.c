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

static void test_refusals(void)
{
    rnn_real x[4], y[4];
    CHECK(rnn_task_generate((enum rnn_task)9, 1, 0, 1, 1, x, y) == RNN_ERROR_RANGE);
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
    test_refusals();
    return check_report();
}
