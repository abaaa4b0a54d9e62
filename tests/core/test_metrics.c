/* Tests the baselines.
 *
 * Independent reference: binomial probabilities from the C library's lgamma; quantiles computed by hand. */
#include "support.h"

/* P(fewer than k heads in n tosses) */
static double fewer(uint32_t k, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < k; i++) sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) - n * log(2));
    return sum;
}

static void test_chance_band(void)
{
    double low = 0, high = 0;
    for (uint32_t n = 1; n <= 400; n++) {
        CHECK(rnn_chance_band(n, &low, &high) == RNN_OK);
        uint32_t k = (uint32_t)lround(low * n);
        CHECK(fabs(low * n - k) < 1e-9 && fabs(low + high - 1) < 1e-12);
        CHECK(fewer(k, n) <= 0.025 + 1e-12);
        CHECK(fewer(k + 1, n) > 0.025 - 1e-12); /* no wider tail has at most 2.5 % */
    }
    CHECK(rnn_chance_band(1000, &low, &high) == RNN_OK && low == 0.469 && high == 0.531);
    CHECK(rnn_chance_band(10000000, &low, &high) == RNN_OK);
    CHECK(fabs(low - (0.5 - 1.959964 * 0.5 / sqrt(1e7))) < 1e-6); /* the normal limit */
    CHECK(rnn_chance_band(0, &low, &high) == RNN_ERROR_EMPTY);
}

static void test_majority_share(void)
{
    const rnn_real y[5] = {1, 0, 0, 1, 0}, bad[2] = {1, (rnn_real)0.5};
    double share = 0;
    CHECK(rnn_majority_share(y, 5, &share) == RNN_OK && share == 0.6);
    CHECK(rnn_majority_share(y, 1, &share) == RNN_OK && share == 1);
    CHECK(rnn_majority_share(bad, 2, &share) == RNN_ERROR_DATA);
    CHECK(rnn_majority_share(y, 0, &share) == RNN_ERROR_EMPTY);
}

static void test_column_ranges(void)
{
    const rnn_real values[] = {285, -1, 281.5f, 4, 290, 0}, bad[] = {1, (rnn_real)INFINITY};
    rnn_real low[2], high[2];
    CHECK(rnn_column_ranges(values, 3, 2, low, high) == RNN_OK);
    CHECK(low[0] == (rnn_real)281.5 && high[0] == 290 && low[1] == -1 && high[1] == 4);
    CHECK(rnn_column_ranges(values, 6, 1, low, high) == RNN_OK && low[0] == -1 && high[0] == 290);
    CHECK(rnn_column_ranges(bad, 2, 1, low, high) == RNN_ERROR_DATA);
    CHECK(rnn_column_ranges(values, 0, 2, low, high) == RNN_ERROR_EMPTY);
    CHECK(rnn_column_ranges(values, 3, 0, low, high) == RNN_ERROR_EMPTY);
    CHECK(rnn_column_ranges(NULL, 3, 2, low, high) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_column_ranges(values, 3, 2, low, NULL) == RNN_ERROR_ARGUMENT);
}

static double quantile(const double *values, uint32_t n, double q)
{
    double copy[64], answer = NAN;
    memcpy(copy, values, n * sizeof *values);
    CHECK(rnn_quantile(copy, n, q, &answer) == RNN_OK);
    for (uint32_t i = 1; i < n; i++) CHECK(copy[i - 1] <= copy[i]);
    return answer;
}

static void test_quantile(void)
{
    const double four[4] = {4, 1, 3, 2}, one[1] = {7};
    CHECK(quantile(four, 4, 0) == 1 && quantile(four, 4, 1) == 4 && quantile(four, 4, 0.5) == 2.5);
    CHECK(fabs(quantile(four, 4, 0.1) - 1.3) < 1e-15);
    CHECK(quantile(one, 1, 0.3) == 7);
    double many[64];
    for (int i = 0; i < 64; i++) many[i] = (i * 37) % 64;
    for (int i = 0; i < 64; i++) CHECK(fabs(quantile(many, 64, i / 63.0) - i) < 1e-12);
    double bad[2] = {1, NAN}, answer;
    CHECK(rnn_quantile(bad, 2, 0.5, &answer) == RNN_ERROR_DATA);
    CHECK(rnn_quantile(bad, 0, 0.5, &answer) == RNN_ERROR_EMPTY);
    CHECK(rnn_quantile(bad, 1, 1.1, &answer) == RNN_ERROR_RANGE);
}

static void test_extremes(void)
{
    double far[2] = {1.7e308, -1.7e308}, quantile = 1;
    CHECK(rnn_quantile(far, 2, 0.5, &quantile) == RNN_OK && quantile == 0);
    const rnn_real value = 1;
    rnn_real low = 5, high = 5;
    CHECK(rnn_column_ranges(&value, SIZE_MAX / 4 + 1, 4, &low, &high) == RNN_ERROR_TOO_LARGE && low == 5 && high == 5);
}

int main(void)
{
    test_extremes();
    test_chance_band();
    test_majority_share();
    test_quantile();
    test_column_ranges();
    return check_report();
}
