/* The network must do what the page claims. The numbers are means over 100 seeds of data and run, each evaluated on 1,000 new
 * sequences. */
#include "support.h"

struct means {
    double training, fresh;
};

static struct means notebook(enum rnn_task task, uint32_t epochs, uint32_t seeds)
{
    struct means means = {0, 0};
    for (uint32_t seed = 0; seed < seeds; seed++) {
        struct rnn_config config = rnn_config_default();
        config.seed = seed;
        struct rig rig = rig_of(config, 32);
        struct rnn_dataset data = task_of(task, seed, 0, 100, 10),
                           fresh = task_of(task, seed, RNN_NEW_SAMPLE, 1000, 10);
        struct rnn_fit *fit =
            fit_of(rig, &data, NULL,
                   (struct rnn_fit_options){.epochs = epochs, .batch_size = 32, .shuffle = true, .validation_freq = 1});
        struct rnn_progress progress;
        struct rnn_metrics figures;
        CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
        CHECK(rnn_model_evaluate(rig.model, rig.workspace, &fresh, NULL, &figures) == RNN_OK);
        means.training += rnn_fit_history(fit, NULL)[epochs - 1].metric / seeds;
        means.fresh += figures.metric / seeds;
    }
    return means;
}

/* The accuracy of one run on new coin tosses has a standard deviation of 0.016, the mean over 100 of 0.0016. */
static void test_coin_tosses(void)
{
    struct means ten = notebook(RNN_TASK_RANDOM, 10, 100), many = notebook(RNN_TASK_RANDOM, 500, 5);
    printf("coin tosses, 10 epochs: training %.3f, fresh %.3f; 500 epochs: %.3f, %.3f\n", ten.training, ten.fresh,
           many.training, many.fresh);
    CHECK(ten.training > 0.57 && ten.training < 0.61);
    CHECK(fabs(ten.fresh - 0.5) < 4 * 0.0016);
    CHECK(many.training > 0.98); /* the network memorized the labels */
    CHECK(fabs(many.fresh - 0.5) < 4 * 0.016 / sqrt(5));
}

static void test_twin(void)
{
    struct means ten = notebook(RNN_TASK_FIRST, 10, 100);
    printf("the twin, 10 epochs: training %.3f, fresh %.3f\n", ten.training, ten.fresh);
    CHECK(ten.fresh > 0.77 && ten.fresh < 0.85);
}

/* 1,000 sequences at learning rate 0.01: above 0.95 on the validation fifth within 20 epochs. */
static void test_first_is_learned(void)
{
    struct rnn_dataset all = task_of(RNN_TASK_FIRST, 42, 0, 1000, 10);
    uint32_t kept = 0, reached = 0;
    CHECK(rnn_validation_split(1000, 0.2, &kept) == RNN_OK && kept == 800);
    struct rnn_dataset training = all, validation = DATASET(all.x + kept * 10, all.y + kept, 1000 - kept, 10, 1, 1);
    training.samples = kept;
    struct rig rig = rig_of(rnn_config_default(), 32);
    CHECK(rnn_model_set_learning_rate(rig.model, 0.01) == RNN_OK);
    struct rnn_fit *fit =
        fit_of(rig, &training, &validation,
               (struct rnn_fit_options){.epochs = 20, .batch_size = 32, .shuffle = true, .validation_freq = 1});
    struct rnn_progress progress;
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
    const struct rnn_epoch *history = rnn_fit_history(fit, NULL);
    while (reached < 20 && history[reached].val_metric <= 0.95) reached++;
    printf("first, 1,000 sequences, rate 0.01: above 0.95 after epoch %u\n", (unsigned)reached + 1);
    CHECK(reached < 20);
}

int main(void)
{
    test_coin_tosses();
    test_twin();
    test_first_is_learned();
    return check_report();
}
