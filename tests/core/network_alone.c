/* The network must be a complete library. This program is linked with librnn and without librnn_files, and trains, evaluates, steps
 * and traces a network of every cell. */
#include "support.h"

enum { SAMPLES = 64, TIMESTEPS = 6 };

static void test_every_cell_learns(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_LAST, 42, 0, SAMPLES, TIMESTEPS);
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++) {
        struct rnn_config config = rnn_config_default();
        config.cell = cell;
        config.units = 8;
        config.timesteps = TIMESTEPS;
        struct rig rig = rig_of(config, 16);
        CHECK(rnn_model_set_learning_rate(rig.model, 0.02) == RNN_OK);
        struct rnn_metrics before, after;
        CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &before) == RNN_OK);

        struct rnn_fit_options options = rnn_fit_options_default();
        options.batch_size = 16;
        options.epochs = 30;
        struct rnn_fit *fit = fit_of(rig, &data, NULL, options);
        struct rnn_progress progress;
        CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
        CHECK(progress.done);
        CHECK(rnn_model_evaluate(rig.model, rig.workspace, &data, NULL, &after) == RNN_OK);
        CHECK(after.loss < before.loss / 2 && after.metric > 0.9);

        rnn_real predictions[SAMPLES], p = -1;
        CHECK(rnn_model_predict(rig.model, rig.workspace, &data, NULL, predictions) == RNN_OK);
        if (cell == RNN_DENSE) continue; /* it has no time steps */
        for (uint32_t t = 0; t < TIMESTEPS; t++) CHECK(rnn_model_step(rig.model, &data.x[t], NULL, NULL, &p) == RNN_OK);
        CHECK(memcmp(&p, predictions, sizeof p) == 0);

        uint64_t bytes = 0;
        struct rnn_trace trace;
        CHECK(rnn_trace_size(&config, TIMESTEPS, &bytes) == RNN_OK);
        CHECK(rnn_trace_run(rig.model, data.x, TIMESTEPS, data.y, NULL, NULL, block_of(bytes), bytes, &trace) ==
              RNN_OK);
        CHECK(memcmp(&trace.prediction[TIMESTEPS - 1], &p, sizeof p) == 0);
    }
}

int main(void)
{
    TEST(test_every_cell_learns);
    return check_report();
}
