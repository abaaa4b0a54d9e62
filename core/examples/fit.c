/* Trains a network to say whether the first of ten numbers was above one half, predicts step by step, and saves its weights. */
#include <rnn_files.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEEN = 1000, NEW = 200, STEPS = 10 };

static void check(enum rnn_status status)
{
    if (status == RNN_OK) return;
    fprintf(stderr, "%s\n", rnn_status_text(status));
    exit(1);
}

int main(void)
{
    static float x[(SEEN + NEW) * STEPS], y[SEEN + NEW];
    check(rnn_task_generate(RNN_TASK_FIRST, 42, 0, SEEN + NEW, STEPS, x, y));
    const float *new_x = x + SEEN * STEPS;
    const struct rnn_dataset training = {
        .x = x, .y = y, .samples = SEEN, .timesteps = STEPS, .features = 1, .readouts = 1};
    const struct rnn_dataset unseen = {
        .x = new_x, .y = y + SEEN, .samples = NEW, .timesteps = STEPS, .features = 1, .readouts = 1};

    /* SimpleRNN(32), Dense(1, sigmoid); 10 epochs, batches of 32. The library allocates nothing: it says how much it needs. */
    const struct rnn_config config = rnn_config_default();
    const struct rnn_fit_options options = rnn_fit_options_default();
    struct rnn_model *model;
    struct rnn_workspace *workspace;
    struct rnn_fit *fit;
    uint64_t bytes;
    check(rnn_model_size(&config, &bytes));
    check(rnn_model_init(malloc(bytes), bytes, &config, &model));
    check(rnn_workspace_size(&config, options.batch_size, &bytes));
    check(rnn_workspace_init(malloc(bytes), bytes, &config, options.batch_size, &workspace));
    check(rnn_fit_size(&config, SEEN, &options, &bytes));
    check(rnn_fit_init(malloc(bytes), bytes, model, &training, NULL, &options, &fit));

    struct rnn_progress progress;
    struct rnn_metrics metrics;
    check(rnn_model_set_learning_rate(model, 0.01));
    check(rnn_fit_run(fit, model, workspace, UINT64_MAX, &progress));
    check(rnn_model_evaluate(model, workspace, &unseen, NULL, &metrics));
    printf("%u epochs: loss %.4f, accuracy %.3f on new sequences\n", progress.epoch, metrics.loss, metrics.metric);

    check(rnn_model_reset_states(model)); /* before every sequence */
    for (int t = 0; t < STEPS; t++) {
        float p;
        check(rnn_model_step(model, &new_x[t], NULL, NULL, &p));
        printf("x = %.3f, p = %.3f\n", new_x[t], p);
    }

    static char file[1 << 16];
    size_t length;
    check(rnn_safetensors_write(&config, rnn_model_parameters(model), NULL, file, sizeof file, &length));
    FILE *out = fopen("weights.safetensors", "wb");
    if (!out || fwrite(file, 1, length, out) != length || fclose(out) != 0) return perror("weights.safetensors"), 1;
    return 0;
}
