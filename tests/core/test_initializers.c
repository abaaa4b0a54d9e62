/* The initial weights must be Keras's: Glorot's bounds, an orthogonal recurrent kernel with diag(R) > 0, zero biases.
 *
 * Invariants: Q Qᵀ = 1; A = R Q with a triangular R that has a positive diagonal, for the numbers A that were drawn. */
#include "../../core/layers/initializers.h"
#include "support.h"

static double dot(const rnn_real *p, const rnn_real *q, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += (double)p[i] * (double)q[i];
    return sum;
}

static void check_orthogonal(size_t rows, size_t columns)
{
    const size_t count = rows * columns;
    rnn_real *q = block_of(count * sizeof *q), *drawn = block_of((count + 1) * sizeof *drawn);
    struct rnni_random random = rnni_random_start(11, RNNI_STREAM_WEIGHTS, 1);
    rnni_orthogonal(&random, q, rows, columns);
    random = rnni_random_start(11, RNNI_STREAM_WEIGHTS, 1);
    for (size_t i = 0; i < count; i += 2) rnni_random_normal(&random, drawn + i);
    double worst = 0, above = 0, smallest = INFINITY;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < rows; j++) {
            worst = fmax(worst, fabs(dot(q + i * columns, q + j * columns, columns) - (i == j)));
            if (j > i) above = fmax(above, fabs(dot(drawn + i * columns, q + j * columns, columns)));
        }
        smallest = fmin(smallest, dot(drawn + i * columns, q + i * columns, columns));
    }
    CHECK(worst < ROUNDING / 5);
    CHECK(above < 50 * ROUNDING); /* of numbers as large as the norm of a row, 22 for 512 */
    CHECK(smallest > 0);
}

static void check_first_weights(uint32_t units, uint32_t features)
{
    struct rig rig = rig_of(config_of(units, 5, features, RNN_TANH), 1);
    const rnn_real *p = rnn_model_parameters(rig.model);
    const double fans[5] = {features + units, 0, 0, units + 1, 0};
    for (uint32_t i = 0; i < 5; i++) {
        struct rnn_tensor tensor;
        CHECK(rnn_tensor_of(&rig.config, i, &tensor) == RNN_OK);
        if (i == 1) continue;
        double limit = fans[i] > 0 ? sqrt(6 / fans[i]) : 0, largest = 0, squares = 0;
        for (size_t k = 0; k < tensor.count; k++) {
            double w = p[tensor.offset + k];
            largest = fmax(largest, fabs(w));
            squares += w * w;
        }
        CHECK(largest <= limit * (1 + 1e-6));
        if (tensor.count < 1000 || limit == 0) continue;
        CHECK(largest > 0.99 * limit);
        /* the variance of a uniform distribution */
        CHECK(fabs(squares / (double)tensor.count / (limit * limit / 3) - 1) < 0.1);
    }
}

/* A seed whose first normal number is 0, so that a 1 by 1 matrix must draw again. */
static void check_a_zero_draw(void)
{
    struct rnn_config config = config_of(1, 1, 1, RNN_TANH);
    config.seed = 71426806;
    struct rig rig = rig_of(config, 1);
    CHECK(fabs((double)rnn_model_parameters(rig.model)[1]) == 1);
}

/* Each initializer in each cell: the properties of its matrix, and no effect on anything else in the model. */
static void check_choice(uint32_t cell, uint32_t initializer, double gain)
{
    struct rnn_config config = config_of(6, 5, 3, RNN_TANH);
    config.cell = cell;
    config.recurrent_initializer = initializer;
    config.recurrent_gain = gain;
    struct rig rig = rig_of(config, 1);
    const rnn_real *p = rnn_model_parameters(rig.model);
    struct rnn_tensor tensor;
    CHECK(rnn_tensor_of(&config, 1, &tensor) == RNN_OK);
    const size_t rows = tensor.rows, columns = tensor.columns;
    const double limit = gain * sqrt(6.0 / (double)(rows + columns));
    const rnn_real *w = p + tensor.offset;
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            double v = w[i * columns + j];
            if (initializer == RNN_ZEROS) CHECK(v == 0);
            if (initializer == RNN_IDENTITY) CHECK(v == (i == j ? (double)(rnn_real)gain : 0));
            if (initializer == RNN_GLOROT_UNIFORM) CHECK(fabs(v) <= limit * (1 + 1e-6));
            if (initializer == RNN_ORTHOGONAL && j < rows)
                CHECK(fabs(dot(w + i * columns, w + j * columns, columns) - (i == j) * gain * gain) < 10 * ROUNDING);
        }
    CHECK(rnn_tensor_of(&config, 2, &tensor) == RNN_OK);
    for (size_t i = 0; i < tensor.count; i++) /* unit_forget_bias: the second of an LSTM's four gates */
        CHECK(p[tensor.offset + i] == (cell == RNN_LSTM && i / 6 == 1 ? 1 : 0));
}

/* With more rows than columns, the columns are orthonormal. */
static void check_tall(uint32_t rows, uint32_t columns)
{
    rnn_real *q = block_of((size_t)rows * columns * sizeof *q);
    struct rnni_random random = rnni_random_start(3, RNNI_STREAM_WEIGHTS, 0);
    rnni_initialize(RNN_ORTHOGONAL, &random, q, rows, columns);
    for (uint32_t i = 0; i < columns; i++)
        for (uint32_t j = 0; j < columns; j++) {
            double sum = 0;
            for (uint32_t r = 0; r < rows; r++) sum += (double)q[r * columns + i] * (double)q[r * columns + j];
            CHECK(fabs(sum - (i == j)) < ROUNDING);
        }
}

/* A square matrix is the orthogonal matrix by rows, not its transpose. */
static void check_square(void)
{
    rnn_real q[25], by_rows[25];
    struct rnni_random random = rnni_random_start(3, RNNI_STREAM_WEIGHTS, 0);
    rnni_initialize(RNN_ORTHOGONAL, &random, q, 5, 5);
    random = rnni_random_start(3, RNNI_STREAM_WEIGHTS, 0);
    rnni_orthogonal(&random, by_rows, 5, 5);
    CHECK(memcmp(q, by_rows, sizeof q) == 0);
}

int main(void)
{
    check_square();
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
        for (uint32_t initializer = 0; rnn_initializer_name(initializer); initializer++) {
            check_choice(cell, initializer, 1);
            check_choice(cell, initializer, 1.5);
        }
    check_tall(7, 3);
    check_tall(64, 1);
    check_tall(12, 11);

    check_a_zero_draw();
    const size_t sizes[][2] = {{1, 1}, {2, 2}, {3, 3}, {8, 8}, {5, 15}, {32, 32}, {100, 100}, {512, 512}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) check_orthogonal(sizes[i][0], sizes[i][1]);
    check_first_weights(32, 1);
    check_first_weights(512, 64);
    check_first_weights(1, 1);
    return check_report();
}
