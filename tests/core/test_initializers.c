/* Are the first weights Keras's: Glorot's bounds, an orthogonal recurrent kernel with diag(R) > 0, zero biases?
 *
 * Invariants: Q Qᵀ = 1; A = R Q with R triangular and a positive diagonal, for the very numbers A that were drawn. */
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
    struct rnn_random random = rnn_random_start(11, RNN_STREAM_WEIGHTS, 1);
    rnn_orthogonal(&random, q, rows, columns);
    random = rnn_random_start(11, RNN_STREAM_WEIGHTS, 1);
    for (size_t i = 0; i < count; i += 2) rnn_random_normal(&random, drawn + i);
    double worst = 0, above = 0, smallest = INFINITY;
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < rows; j++) {
            worst = fmax(worst, fabs(dot(q + i * columns, q + j * columns, columns) - (i == j)));
            if (j > i) above = fmax(above, fabs(dot(drawn + i * columns, q + j * columns, columns)));
        }
        smallest = fmin(smallest, dot(drawn + i * columns, q + i * columns, columns));
    }
    CHECK(worst < ROUNDING / 5);
    CHECK(above < 50 * ROUNDING); /* of numbers up to the norm of a row, 22 for 512 */
    CHECK(smallest > 0);
}

static void check_first_weights(uint32_t units, uint32_t features)
{
    struct rig rig = rig_of(config_of(units, 5, features, RNN_TANH), 1);
    const rnn_real *p = rnn_model_parameters(rig.model);
    const double fans[RNN_TENSORS] = {features + units, 0, 0, units + 1, 0};
    for (uint32_t i = 0; i < RNN_TENSORS; i++) {
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
        CHECK(fabs(squares / (double)tensor.count / (limit * limit / 3) - 1) < 0.1); /* a uniform's variance */
    }
}

/* A seed whose first normal number is 0: a matrix of one number must draw again. */
static void check_a_zero_draw(void)
{
    struct rnn_config config = config_of(1, 1, 1, RNN_TANH);
    config.seed = 71426806;
    struct rig rig = rig_of(config, 1);
    CHECK(fabs((double)rnn_model_parameters(rig.model)[1]) == 1);
}

int main(void)
{
    check_a_zero_draw();
    const size_t sizes[][2] = {{1, 1}, {2, 2}, {3, 3}, {8, 8}, {5, 15}, {32, 32}, {100, 100}, {512, 512}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) check_orthogonal(sizes[i][0], sizes[i][1]);
    check_first_weights(32, 1);
    check_first_weights(512, 64);
    check_first_weights(1, 1);
    return check_report();
}
