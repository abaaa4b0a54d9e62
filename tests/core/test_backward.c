/* Backpropagation through a layer must agree with the traces, bit by bit for one sequence and as their mean for a batch. Its terms
 * must add up to the gradient of training. The gradient check must compute the difference it claims, and leave the weights
 * unchanged.
 *
 * Independent reference: rnn_trace_run and rnn_trace_contribution of each sequence, added up in double here; a central difference
 * with rnn_model_set_parameters and rnn_model_evaluate. */
#include "support.h"

/* The numbers of the latest backward pass and of the latest trace are valid until the next one. */
static void *place_of(int which, uint64_t bytes)
{
    static void *blocks[2];
    static uint64_t sizes[2];
    if (bytes <= sizes[which]) return blocks[which];
    free(blocks[which]);
    sizes[which] = bytes;
    return blocks[which] = block_of(bytes);
}

static struct rnn_backward backward_of(struct rig rig, const struct rnn_dataset *data, const struct rnn_cut *cut,
                                       uint32_t layer)
{
    struct rnn_backward backward;
    uint64_t bytes = 0;
    CHECK(rnn_backward_size(&rig.config, data->timesteps, data->samples, &bytes) == RNN_OK);
    CHECK(rnn_backward_run(rig.model, data, cut, layer, place_of(0, bytes), (size_t)bytes, &backward) == RNN_OK);
    return backward;
}

/* A data set with only sequence i. */
static struct rnn_dataset one_of(const struct rnn_dataset *data, uint32_t i)
{
    struct rnn_dataset one = *data;
    one.x += (size_t)i * data->timesteps * data->features;
    one.y += (size_t)i * data->readouts;
    one.samples = 1;
    return one;
}

static struct rnn_trace trace_of(struct rig rig, const struct rnn_dataset *one, const struct rnn_cut *cut)
{
    struct rnn_trace trace;
    uint64_t bytes = 0;
    CHECK(rnn_trace_size(&rig.config, one->timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, one->x, one->timesteps, one->y, cut, NULL, place_of(1, bytes), bytes, &trace) ==
          RNN_OK);
    return trace;
}

static void near(double got, double want, double size)
{
    CHECK(fabs(got - want) <= ROUNDING * (size + 1e-3));
}

static void same_numbers(const rnn_real *a, const rnn_real *b, size_t count)
{
    for (size_t i = 0; i < count; i++) CHECK(a[i] == b[i]);
}

/* For one sequence: the numbers of its trace. */
static void check_one(struct rig rig, const struct rnn_dataset *data, const struct rnn_cut *cut, uint32_t layer)
{
    const struct rnn_dataset one = one_of(data, 1);
    const struct rnn_trace trace = trace_of(rig, &one, cut);
    const struct rnn_backward backward = backward_of(rig, &one, cut, layer);
    const struct rnn_trace_layer *from = &trace.layer[layer];
    const size_t units = from->units, steps = trace.timesteps, count = units * from->gates * units;
    rnn_real *term = block_of(count * sizeof *term);
    same_numbers(backward.d_h, from->d_h, steps * units);
    same_numbers(backward.norms + RNN_NORM_D_H * steps, from->d_h_norm, steps);
    if (from->d_c) same_numbers(backward.d_c, from->d_c, steps * units);
    for (uint32_t t = 1; t <= steps; t++) {
        CHECK(rnn_trace_contribution(&trace, layer, t, NULL, term, NULL) == RNN_OK);
        same_numbers(backward.terms + (t - 1) * count, term, count);
    }
    CHECK((rnn_real)backward.loss == trace.loss);
}

/* dL/dc_t by the chain rule, in double: through h_t and through c_{t+1}. */
static void check_cell_state(struct rig rig, const struct rnn_dataset *data, const struct rnn_cut *cut, uint32_t layer)
{
    const struct rnn_dataset one = one_of(data, 1);
    const struct rnn_trace trace = trace_of(rig, &one, cut);
    const struct rnn_trace_layer *from = &trace.layer[layer];
    const size_t units = from->units, steps = trace.timesteps;
    for (size_t t = 1; from->d_c && t <= steps; t++)
        for (size_t j = 0; j < units; j++) {
            const size_t at = (t - 1) * units + j;
            const rnn_real *a = from->a + (t - 1) * 4 * units + j, *later = a + 4 * units;
            const double s = tanh((double)from->c[t * units + j]), i = a[0], g = a[2 * units], o = a[3 * units];
            double want = (double)from->d_h[at] * o * (1 - s * s);
            if (t < steps && !(cut && cut->reset_before == t + 1))
                want += (double)from->d_c[at + units] * (double)later[units];
            near(from->d_c[at], want, 1);
            near(from->d_z[(t - 1) * 4 * units + j], (double)from->d_c[at] * g * i * (1 - i), 1);
        }
}

/* For a batch: the mean of its sequences' traces. */
static void check_mean(struct rig rig, const struct rnn_dataset *data, const struct rnn_cut *cut, uint32_t layer)
{
    const struct rnn_backward backward = backward_of(rig, data, cut, layer);
    const size_t units = rig.config.units, steps = data->timesteps, width = backward.gates * units,
                 count = units * width;
    double *d_h = block_of(steps * units * sizeof *d_h), *term = block_of(count * sizeof *term),
           *each = block_of(steps * sizeof *each);
    rnn_real *of_one = block_of(count * sizeof *of_one);
    const double n = data->samples;
    double *d_c = block_of(steps * units * sizeof *d_c);
    memset(d_h, 0, steps * units * sizeof *d_h);
    memset(d_c, 0, steps * units * sizeof *d_c);
    memset(each, 0, steps * sizeof *each);
    for (uint32_t i = 0; i < data->samples; i++) {
        const struct rnn_dataset one = one_of(data, i);
        const struct rnn_trace trace = trace_of(rig, &one, cut);
        for (size_t k = 0; k < steps * units; k++) {
            d_h[k] += (double)trace.layer[layer].d_h[k] / n;
            if (backward.d_c) d_c[k] += (double)trace.layer[layer].d_c[k] / n;
        }
        for (size_t t = 0; t < steps; t++) each[t] += (double)trace.layer[layer].d_h_norm[t] / n;
    }
    const double largest = backward.norms[RNN_NORM_SUM * steps];
    for (uint32_t t = 1; t <= steps; t++) {
        memset(term, 0, count * sizeof *term);
        for (uint32_t i = 0; i < data->samples; i++) {
            const struct rnn_dataset one = one_of(data, i);
            const struct rnn_trace trace = trace_of(rig, &one, cut);
            CHECK(rnn_trace_contribution(&trace, layer, t, NULL, of_one, NULL) == RNN_OK);
            for (size_t k = 0; k < count; k++) term[k] += (double)of_one[k] / n;
        }
        const rnn_real *terms = backward.terms + (t - 1) * count, *sums = backward.sums + (t - 1) * count;
        for (size_t k = 0; k < count; k++) {
            near(terms[k], term[k], largest);
            near(sums[k], (double)terms[k] + (t < steps ? (double)sums[k + count] : 0), largest);
        }
        const rnn_real *norms = backward.norms + t - 1;
        near(norms[RNN_NORM_D_H * steps], norm_of(backward.d_h + (t - 1) * units, units), 1);
        near(norms[RNN_NORM_EACH_D_H * steps], each[t - 1], 1);
        CHECK((double)norms[RNN_NORM_D_H * steps] <= (double)norms[RNN_NORM_EACH_D_H * steps] * (1 + 1e-6));
        near(norms[RNN_NORM_TERM * steps], norm_of(terms, count), largest);
        near(norms[RNN_NORM_SUM * steps], norm_of(sums, count), largest);
    }
    for (size_t k = 0; k < steps * units; k++) near(backward.d_h[k], d_h[k], 1);
    for (size_t k = 0; backward.d_c && k < steps * units; k++) near(backward.d_c[k], d_c[k], 1);
    CHECK(backward.norms[RNN_NORM_TERM * steps] == 0); /* h_0 = 0 */
    const double first = backward.norms[0], last = backward.norms[steps - 1];
    if (first > 0) CHECK(fabs(backward.rate_h / pow(first / last, 1.0 / (double)(steps - 1)) - 1) < ROUNDING);
}

/* The terms add up to the gradient of training. */
static void check_sum(struct rig rig, const struct rnn_dataset *data, uint32_t layer)
{
    const size_t parameters = rnn_parameter_count(&rig.config);
    rnn_real *gradient = block_of(parameters * sizeof *gradient);
    struct rnn_tensor recurrent;
    CHECK(rnn_model_gradient(rig.model, rig.workspace, data, gradient, NULL) == RNN_OK);
    CHECK(rnn_tensor_of(&rig.config, 3 * layer + 1, &recurrent) == RNN_OK);
    const struct rnn_backward backward = backward_of(rig, data, NULL, layer);
    const double size = norm_of(gradient + recurrent.offset, recurrent.count);
    CHECK(size > 0);
    for (size_t i = 0; i < recurrent.count; i++)
        CHECK(fabs((double)backward.sums[i] - (double)gradient[recurrent.offset + i]) <= ROUNDING * size);
}

static double loss_with(struct rig rig, const rnn_real *parameters, size_t i, rnn_real weight,
                        const struct rnn_dataset *data)
{
    const size_t count = rnn_parameter_count(&rig.config);
    struct rig other = rig_of(rig.config, data->samples);
    rnn_real *moved = block_of(count * sizeof *moved);
    struct rnn_metrics figures;
    memcpy(moved, parameters, count * sizeof *moved);
    moved[i] = weight;
    CHECK(rnn_model_set_parameters(other.model, moved, count) == RNN_OK);
    CHECK(rnn_model_evaluate(other.model, other.workspace, data, NULL, &figures) == RNN_OK);
    free(moved);
    free(other.model);
    free(other.workspace);
    return figures.loss;
}

/* The central difference with this step, between the two weights as stored. */
static double difference_over(struct rig rig, const rnn_real *parameters, size_t i, rnn_real step,
                              const struct rnn_dataset *data)
{
    const rnn_real above = parameters[i] + step, below = parameters[i] - step;
    const double change = loss_with(rig, parameters, i, above, data) - loss_with(rig, parameters, i, below, data);
    return change / ((double)above - (double)below);
}

static double worst; /* largest error, relative to the tolerance */

static void check_differences(struct rig rig, const struct rnn_dataset *data)
{
    const size_t count = rnn_parameter_count(&rig.config);
    const rnn_real *parameters = rnn_model_parameters(rig.model);
    rnn_real *gradient = block_of(count * sizeof *gradient);
    char *before = block_of(rig.bytes), *after = block_of(rig.bytes);
    struct rnn_metrics middle;
    CHECK(rnn_model_gradient(rig.model, rig.workspace, data, gradient, NULL) == RNN_OK);
    CHECK(rnn_model_evaluate(rig.model, rig.workspace, data, NULL, &middle) == RNN_OK);
    double moves = 0;
    for (size_t i = 0; i < count; i++) moves += fabs((double)parameters[i] * (double)gradient[i]);
    CHECK(rnn_model_snapshot(rig.model, before, rig.bytes) == RNN_OK);
    for (size_t i = 0; i < count; i++) {
        struct rnn_gradient_check check;
        CHECK(rnn_model_gradient_check(rig.model, rig.workspace, data, i, &check) == RNN_OK);
        CHECK(check.analytic == (double)gradient[i]);
        const double apart = fabs(check.analytic - check.numeric);
        CHECK(apart <= check.tolerance);
        CHECK(check.tolerance == check.rounding + check.truncation && check.rounding > 0 && check.truncation >= 0);
        if (apart / check.tolerance > worst) worst = apart / check.tolerance;
        CHECK(fabs(check.relative_error * fmax(fabs(check.analytic), fabs(check.numeric)) - apart) <= 1e-12);
        if (i % 7) continue;
        const double u = sizeof(rnn_real) == sizeof(double) ? 0x1p-18 : 0x1p-8;
        const double longest = u * fmax(1, fabs((double)parameters[i]));
        /* the step is the longest divided by a power of two, except for the rounding of the two weights */
        const double halvings = round(log2(longest / check.step));
        CHECK(halvings >= 0 && halvings <= 6);
        const rnn_real step = (rnn_real)(longest * exp2(-halvings));
        /* the step is halved while its truncation, estimated at the longest step, is larger than its rounding */
        const double first = difference_over(rig, parameters, i, (rnn_real)longest, data);
        const double bound = fabs(difference_over(rig, parameters, i, 2 * (rnn_real)longest, data) - first);
        const double noise = check.rounding * check.step / longest;
        for (int halved = 0; halved < 5; halved++) {
            const double smaller = bound * exp2(-3 * halved);
            /* undecided: it depends on the rounding of the longest step */
            if (fabs(smaller - noise) < 1e-3 * noise) continue;
            CHECK((halvings > halved) == (smaller > noise && isfinite(bound)));
            if (smaller <= noise) break;
        }
        if (rig.config.l2 == 0)
            CHECK_NEAR(check.rounding, 4 * u * u * u * fmax(fmax(1, middle.loss), moves) / check.step,
                       1e-12 * check.rounding);
        CHECK(check.loss_above == loss_with(rig, parameters, i, parameters[i] + step, data));
        CHECK(check.loss_below == loss_with(rig, parameters, i, parameters[i] - step, data));
        CHECK(check.numeric == (check.loss_above - check.loss_below) / (2 * check.step));
        /* its distance to the difference with twice the step */
        const double wide = difference_over(rig, parameters, i, 2 * step, data);
        CHECK_NEAR(check.truncation, fabs(wide - check.numeric), 1e-12 * check.truncation);
    }
    CHECK(rnn_model_snapshot(rig.model, after, rig.bytes) == RNN_OK);
    CHECK(memcmp(before, after, rig.bytes) == 0);
}

static void check_all(struct rnn_config config, uint32_t samples)
{
    const struct rnn_cut reset = {.reset_before = 3}, none = {.without_recurrence = 1};
    const struct rnn_cut diagonal = {.kept = RNN_KEEP_DIAGONAL}, rest = {.kept = RNN_KEEP_OFF_DIAGONAL};
    struct rig rig = rig_of(config, samples);
    struct rnn_dataset data = data_for(&config, 5, samples);
    free(stir(rig));
    for (uint32_t layer = 0; layer < config.layers; layer++) {
        const struct rnn_cut *cuts[] = {NULL, &reset, &none, &diagonal, &rest};
        for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
            check_one(rig, &data, cuts[i], layer);
            check_cell_state(rig, &data, cuts[i], layer);
            check_mean(rig, &data, cuts[i], layer);
        }
        if (config.l2 == 0) check_sum(rig, &data, layer);
    }
    check_differences(rig, &data);
}

/* Large inputs curve the loss so much that truncation determines the step. */
static void test_steps(void)
{
    for (int size = 2; size <= 32; size *= 2) {
        struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 3);
        struct rnn_dataset data = data_for(&rig.config, 5, 3);
        rnn_real *x = block_of(9 * sizeof *x);
        for (size_t i = 0; i < 9; i++) x[i] = (rnn_real)size * data.x[i];
        data.x = x;
        free(stir(rig));
        check_differences(rig, &data);
    }
}

static void test_rate(void)
{
    struct rig rig = rig_of(config_of(4, 6, 1, RNN_TANH), 1);
    struct rnn_dataset data = data_for(&rig.config, 1, 1);
    const struct rnn_cut cut = {.reset_before = 3};
    CHECK(isnan(backward_of(rig, &data, &cut, 0).rate_h)); /* no gradient arrives at t = 1 */
    CHECK(isfinite(backward_of(rig, &data, NULL, 0).rate_h));
    data.timesteps = 1;
    CHECK(isnan(backward_of(rig, &data, NULL, 0).rate_h));
}

/* Each rate belongs to its own row of norms: (norm_1 / norm_T)^(1/(T-1)). */
static void test_rates_of_both_states(void)
{
    struct rnn_config config = config_of(4, 6, 1, RNN_TANH);
    config.cell = RNN_LSTM;
    struct rig rig = rig_of(config, 2);
    struct rnn_dataset data = data_for(&config, 1, 2);
    free(stir(rig));
    const struct rnn_backward backward = backward_of(rig, &data, NULL, 0);
    const size_t steps = backward.timesteps;
    const rnn_real *h = backward.norms + RNN_NORM_D_H * steps, *c = backward.norms + RNN_NORM_D_C * steps;
    near(backward.rate_h, pow((double)h[0] / (double)h[steps - 1], 1.0 / (double)(steps - 1)), 1);
    near(backward.rate_c, pow((double)c[0] / (double)c[steps - 1], 1.0 / (double)(steps - 1)), 1);
    CHECK(fabs(backward.rate_h - backward.rate_c) > 0.01);
}

/* A weight that sequences of one time step do not use: the difference is zero, and no error is NaN. */
static void test_unused_weight(void)
{
    struct rig rig = rig_of(config_of(3, 1, 1, RNN_TANH), 2);
    const struct rnn_dataset data = data_for(&rig.config, 1, 2);
    struct rnn_gradient_check check;
    struct rnn_tensor recurrent;
    CHECK(rnn_tensor_of(&rig.config, 1, &recurrent) == RNN_OK);
    CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &data, recurrent.offset + 4, &check) == RNN_OK);
    CHECK(check.analytic == 0 && check.numeric == 0 && check.relative_error == 0 && check.truncation == 0);
    CHECK(check.loss_above == check.loss_below && check.tolerance == check.rounding);
}

static void test_refusals(void)
{
    struct rig rig = rig_of(config_of(4, 3, 1, RNN_TANH), 2);
    struct rnn_dataset data = data_for(&rig.config, 1, 2), more = data_for(&rig.config, 1, 3), bad = data;
    const struct rnn_cut late = {.reset_before = 4}, odd = {.without_recurrence = 2};
    struct rnn_backward backward;
    struct rnn_gradient_check check;
    uint64_t bytes = 0;
    CHECK(rnn_backward_size(&rig.config, 0, 2, &bytes) == RNN_ERROR_RANGE);
    CHECK(rnn_backward_size(&rig.config, 3, 1025, &bytes) == RNN_ERROR_RANGE);
    struct rnn_config large = config_of(512, 1000, 1, RNN_TANH);
    CHECK(rnn_backward_size(&large, 1000, 1, &bytes) == RNN_ERROR_TOO_LARGE && bytes > RNN_MEMORY_LIMIT);
    CHECK(rnn_backward_size(&rig.config, 3, 2, &bytes) == RNN_OK);
    char *block = block_of(bytes + 64);
    CHECK(rnn_backward_run(rig.model, &data, NULL, 1, block, (size_t)bytes, &backward) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_backward_run(rig.model, &data, &late, 0, block, (size_t)bytes, &backward) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_backward_run(rig.model, &data, &odd, 0, block, (size_t)bytes, &backward) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_backward_run(rig.model, &data, NULL, 0, block, (size_t)bytes - 1, &backward) == RNN_ERROR_BLOCK);
    CHECK(rnn_backward_run(rig.model, &data, NULL, 0, block + 4, (size_t)bytes, &backward) == RNN_ERROR_BLOCK);
    CHECK(rnn_backward_run(rig.model, &data, NULL, 0, block, (size_t)bytes, &backward) == RNN_OK);
    CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &data, 29, &check) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &more, 0, &check) == RNN_ERROR_SHAPE);
    CHECK(rnn_model_gradient_check(rig.model, NULL, &data, 0, &check) == RNN_ERROR_ARGUMENT);
    bad.y = NULL;
    CHECK(rnn_backward_run(rig.model, &bad, NULL, 0, block, (size_t)bytes, &backward) != RNN_OK);
    CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &bad, 0, &check) != RNN_OK);
    CHECK(rnn_model_gradient_check(rig.model, rig.workspace, &data, 28, &check) == RNN_OK);
}

int main(void)
{
    check_all(config_of(32, 10, 1, RNN_TANH), 4);
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
        for (uint32_t layers = 1; layers <= 3; layers++)
            for (uint32_t loss = 0; rnn_loss_name(loss); loss++) {
                struct rnn_config config = config_of(6, 5, 2, RNN_TANH);
                config.cell = cell;
                config.layers = layers;
                config.loss = loss;
                config.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
                config.return_sequences = loss != RNN_BINARY_CROSSENTROPY;
                config.l2 = layers == 2 ? 0.01 : 0;
                check_all(config, 5);
            }
    if (getenv("SHOW")) printf("worst error beside the tolerance: %g\n", worst);
    test_steps();
    test_rate();
    test_rates_of_both_states();
    test_unused_weight();
    test_refusals();
    return check_report();
}
