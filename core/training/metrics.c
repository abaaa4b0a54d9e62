/* Baselines for an accuracy: the band of pure guessing, the share of the more common label, and quantiles. */
#include <math.h>

#include "../internal.h"

/* The binomial weight of k - 1 heads among n tosses, given that of k heads. */
static double one_fewer(double weight, double k, double n)
{
    return weight * k / (n - k + 1);
}

enum rnn_status rnn_chance_band(uint32_t n, double *low, double *high)
{
    if (!low || !high) return RNN_ERROR_ARGUMENT;
    if (n == 0) return RNN_ERROR_EMPTY;
    /* Weights are relative to the largest one, at the mode, so that none underflows. half is the sum for 0 ... mode heads. */
    const uint32_t fewer_half = n / 2;
    const double mode = fewer_half, tosses = n, negligible = 1e-18;
    double half = 0, weight = 1;
    for (double k = mode; k >= 0 && weight > negligible; k--) {
        half += weight;
        weight = one_fewer(weight, k, tosses);
    }
    double total = n % 2 ? 2 * half : 2 * half - 1;
    double k = mode, below = half - 1; /* the weight of fewer than k heads */
    weight = 1;
    while (k > 0 && below > 0.025 * total) {
        weight = one_fewer(weight, k, tosses);
        below -= weight;
        k--;
    }
    *low = k / tosses;
    *high = (tosses - k) / tosses;
    return RNN_OK;
}

enum rnn_status rnn_majority_share(const rnn_real *y, uint32_t n, double *share)
{
    if (!y || !share) return RNN_ERROR_ARGUMENT;
    if (n == 0) return RNN_ERROR_EMPTY;
    uint32_t ones = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (y[i] != 0 && y[i] != 1) return RNN_ERROR_DATA;
        ones += y[i] == 1;
    }
    *share = (double)(ones > n - ones ? ones : n - ones) / (double)n;
    return RNN_OK;
}

static void sift_down(double *heap, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count) return;
        if (child + 1 < count && heap[child] < heap[child + 1]) child++;
        if (heap[root] >= heap[child]) return;
        double swapped = heap[root];
        heap[root] = heap[child];
        heap[child] = swapped;
        root = child;
    }
}

/* Heapsort (Williams 1964), which needs no extra memory and has no slow worst case. */
static void sort(double *values, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) sift_down(values, i, count);
    for (size_t last = count; last-- > 1;) {
        double swapped = values[0];
        values[0] = values[last];
        values[last] = swapped;
        sift_down(values, 0, last);
    }
}

enum rnn_status rnn_quantile(double *values, uint32_t n, double q, double *quantile)
{
    if (!values || !quantile) return RNN_ERROR_ARGUMENT;
    if (!(q >= 0 && q <= 1)) return RNN_ERROR_RANGE;
    if (n == 0) return RNN_ERROR_EMPTY;
    for (uint32_t i = 0; i < n; i++)
        if (!(values[i] - values[i] == 0)) return RNN_ERROR_DATA;
    sort(values, n);
    double place = q * (double)(n - 1);
    uint32_t below = (uint32_t)place;
    double part = place - (double)below;
    double low = values[below], high = part > 0 ? values[below + 1] : low, gap = high - low;
    *quantile = isfinite(gap) ? low + gap * part : low * (1 - part) + high * part;
    return RNN_OK;
}

enum rnn_status rnn_column_ranges(const rnn_real *values, size_t rows, uint32_t columns, rnn_real *low, rnn_real *high)
{
    if (!values || !low || !high) return RNN_ERROR_ARGUMENT;
    if (rows == 0 || columns == 0) return RNN_ERROR_EMPTY;
    if (rows > SIZE_MAX / sizeof *values / columns) return RNN_ERROR_TOO_LARGE;
    if (!rnni_all_finite(values, rows * columns)) return RNN_ERROR_DATA;
    for (uint32_t c = 0; c < columns; c++) {
        low[c] = high[c] = values[c];
        for (size_t i = c; i < rows * columns; i += columns) {
            if (values[i] < low[c]) low[c] = values[i];
            if (values[i] > high[c]) high[c] = values[i];
        }
    }
    return RNN_OK;
}
