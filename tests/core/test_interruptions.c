/* All networks must train to the same bits with or without interruptions, in portions of 1 update or of 1,000, and from a snapshot. */
#include "support.h"

enum { SAMPLES = 13, BATCH = 4, EPOCHS = 3, UPDATES = 12 }; /* four updates an epoch, the last of one sample */

struct way {
    struct rnn_config config;
    struct rnn_optimizer optimizer;
    struct rnn_dataset data, validation;
};

static struct rig rig_for(const struct way *way)
{
    struct rig rig = rig_of(way->config, BATCH);
    CHECK(rnn_model_compile(rig.model, &way->optimizer) == RNN_OK);
    return rig;
}

static struct rnn_fit *fit_for(const struct way *way, struct rig rig)
{
    return fit_of(
        rig, &way->data, &way->validation,
        (struct rnn_fit_options){.epochs = EPOCHS, .batch_size = BATCH, .shuffle = true, .validation_freq = 1});
}

/* Trains up to this number of updates, one portion at a time. */
static void run(struct rnn_fit *fit, struct rig rig, uint64_t budget, uint64_t updates)
{
    struct rnn_progress progress;
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, 0, &progress) == RNN_OK);
    while (progress.updates < updates) {
        const uint64_t rest = updates - progress.updates, next = updates < UPDATES && rest < budget ? rest : budget;
        CHECK(rnn_fit_run(fit, rig.model, rig.workspace, next, &progress) == RNN_OK);
    }
    CHECK(progress.updates == updates && progress.done == (updates == UPDATES));
}

/* Compares weights, moments, counters and history. */
static bool same(struct rig a, const struct rnn_fit *fit_a, struct rig b, const struct rnn_fit *fit_b)
{
    char *one = block_of(a.bytes), *other = block_of(b.bytes);
    uint32_t epochs_a, epochs_b;
    CHECK(rnn_model_snapshot(a.model, one, a.bytes) == RNN_OK && rnn_model_snapshot(b.model, other, b.bytes) == RNN_OK);
    const struct rnn_epoch *history_a = rnn_fit_history(fit_a, &epochs_a),
                           *history_b = rnn_fit_history(fit_b, &epochs_b);
    const bool equal = a.bytes == b.bytes && memcmp(one, other, a.bytes) == 0 && epochs_a == EPOCHS &&
                       epochs_b == EPOCHS && memcmp(history_a, history_b, EPOCHS * sizeof *history_a) == 0;
    free(one);
    free(other);
    return equal;
}

static void check_way(const struct way *way)
{
    struct rig whole = rig_for(way), first = rig_for(way);
    struct rnn_fit *straight = fit_for(way, whole);
    run(straight, whole, 1000, UPDATES);
    CHECK(!same_parameters(whole, first));

    struct rig single = rig_for(way);
    struct rnn_fit *one_by_one = fit_for(way, single);
    run(one_by_one, single, 1, UPDATES);
    CHECK(same(whole, straight, single, one_by_one));

    /* a snapshot in the middle of an epoch, restored into the same model after more training, and into another one */
    struct rig cut = rig_for(way), other = rig_for(way);
    struct rnn_fit *interrupted = fit_for(way, cut), *elsewhere = fit_for(way, other);
    char *snapshot = block_of(cut.bytes);
    run(interrupted, cut, 3, 6);
    CHECK(rnn_model_snapshot(cut.model, snapshot, cut.bytes) == RNN_OK);
    run(interrupted, cut, 1000, UPDATES);
    CHECK(same(whole, straight, cut, interrupted));
    CHECK(rnn_model_restore(cut.model, snapshot, cut.bytes) == RNN_OK);
    run(interrupted, cut, 1, UPDATES);
    CHECK(same(whole, straight, cut, interrupted));
    run(elsewhere, other, 1000, 4);
    CHECK(rnn_model_restore(other.model, snapshot, cut.bytes) == RNN_OK);
    run(elsewhere, other, 5, UPDATES);
    CHECK(same(whole, straight, other, elsewhere));
}

int main(void)
{
    struct rnn_optimizer optimizers[] = {rnn_optimizer_default(), rnn_optimizer_default(), rnn_optimizer_default(),
                                         rnn_optimizer_default()};
    optimizers[1].method = optimizers[2].method = RNN_SGD;
    optimizers[2].momentum = 0.9;
    optimizers[2].nesterov = 1;
    optimizers[2].global_clipnorm = 0.05;
    optimizers[3].method = RNN_RMSPROP;
    optimizers[3].momentum = 0.5;
    optimizers[3].clipvalue = 0.01;
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++)
        for (uint32_t layers = 1; layers <= 2; layers++)
            for (uint32_t loss = 0; rnn_loss_name(loss); loss++)
                for (uint32_t sequences = 0; sequences < (cell == RNN_DENSE ? 1u : 2u); sequences++)
                    for (size_t o = 0; o < sizeof optimizers / sizeof *optimizers; o++) {
                        struct way way = {.config = config_of(5, 6, 2, RNN_TANH), .optimizer = optimizers[o]};
                        way.config.cell = cell;
                        way.config.layers = layers;
                        way.config.loss = loss;
                        way.config.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
                        way.config.return_sequences = sequences;
                        way.config.l2 = o == 1 ? 0.01 : 0;
                        way.data = data_for(&way.config, 7, SAMPLES);
                        way.validation = data_for(&way.config, 8, 5);
                        check_way(&way);
                    }
    return check_report();
}
