/* The terms of a sum must be those of its definition, and their sums in order must be the traced numbers, bit by bit. */
#include "support.h"

struct place {
    struct rig rig;
    struct rnn_trace trace;
    uint32_t layer, t, unit;
};

static void train_a_little(struct rig rig, const struct rnn_dataset *data)
{
    struct rnn_progress progress;
    struct rnn_fit *fit = fit_of(
        rig, data, NULL, (struct rnn_fit_options){.epochs = 3, .batch_size = 8, .shuffle = true, .validation_freq = 1});
    CHECK(rnn_fit_run(fit, rig.model, rig.workspace, ALL_UPDATES, &progress) == RNN_OK);
}

static bool same_bits(rnn_real a, rnn_real b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static struct rnn_term terms[64];

static uint32_t terms_of(const struct place *at, uint32_t gate)
{
    uint32_t count = 0;
    CHECK(rnn_trace_terms(at->rig.model, &at->trace, at->layer, at->t, at->unit, gate, terms, &count) == RNN_OK);
    CHECK(count > 0 && count <= at->trace.layer[at->layer].features + at->rig.config.units + 3);
    return count;
}

static bool heard(const struct place *at)
{
    return at->t > 1 && at->t != at->trace.cut.reset_before && !at->trace.cut.without_recurrence;
}

/* A weight, found with the table of tensors: part 0 kernel, 1 recurrent kernel, 2 bias. */
static rnn_real weight_of(const struct place *at, uint32_t part, size_t row, size_t column)
{
    struct rnn_tensor tensor;
    CHECK(rnn_tensor_of(&at->rig.config, 3 * at->layer + part, &tensor) == RNN_OK);
    const size_t columns = tensor.rank == 1 ? tensor.rows : tensor.columns;
    return rnn_model_parameters(at->rig.model)[tensor.offset + row * columns + column];
}

/* The recurrent weight from unit `from`, or 0 if the cut removes it. */
static rnn_real state_weight(const struct place *at, uint32_t from, size_t column)
{
    const bool diagonal = column % at->rig.config.units == from;
    const uint32_t kept = at->trace.cut.kept;
    const bool removed = (kept == RNN_KEEP_DIAGONAL && !diagonal) || (kept == RNN_KEEP_OFF_DIAGONAL && diagonal);
    return removed ? 0 : weight_of(at, 1, from, column);
}

static void check_preactivation(const struct place *at, uint32_t gate)
{
    const struct rnn_trace_layer *layer = &at->trace.layer[at->layer];
    const uint32_t units = layer->units, features = layer->features, count = terms_of(at, gate);
    const size_t column = gate * units + at->unit, width = layer->gates * units;
    const bool gru = at->rig.config.cell == RNN_GRU, candidate = gru && gate == 2;
    uint32_t seen[5] = {0};
    for (uint32_t i = 0; i < count; i++) {
        const struct rnn_term *term = &terms[i];
        const bool weighs = term->kind == RNN_TERM_INPUT || term->kind == RNN_TERM_STATE;
        CHECK(term->kind <= RNN_TERM_RESET && same_bits(term->product, term->weight * term->value));
        CHECK(term->index == (weighs ? seen[term->kind] : at->unit)); /* in order */
        seen[term->kind]++;
        if (term->kind == RNN_TERM_INPUT)
            CHECK(term->weight == weight_of(at, 0, term->index, column) &&
                  term->value == layer->x[(at->t - 1) * features + term->index]);
        else if (term->kind == RNN_TERM_STATE)
            CHECK(term->weight == state_weight(at, term->index, column) &&
                  term->value == layer->h[(at->t - 1) * units + term->index]);
        else if (term->kind != RNN_TERM_RESET)
            CHECK(term->weight == weight_of(at, 2, term->kind == RNN_TERM_BIAS ? 0 : 1, column) && term->value == 1);
        const bool begins = i == 0 || (candidate && term->kind == RNN_TERM_BIAS);
        CHECK(same_bits(term->sum, begins ? term->product : terms[i - 1].sum + term->product));
        const bool alone = i == 0 || terms[i - 1].kind != term->kind;
        CHECK(same_bits(term->part, alone ? term->product : terms[i - 1].part + term->product));
    }
    CHECK(seen[RNN_TERM_BIAS] == 1 && seen[RNN_TERM_RECURRENT_BIAS] == gru && seen[RNN_TERM_RESET] == candidate);
    CHECK(seen[RNN_TERM_INPUT] == features && seen[RNN_TERM_STATE] == (heard(at) ? units : 0));
    CHECK(same_bits(terms[count - 1].sum, layer->z[(at->t - 1) * width + column]));
    if (!candidate) return;
    const rnn_real q = layer->q[(at->t - 1) * units + at->unit];
    CHECK(same_bits(terms[heard(at) ? units : 0].sum, q) && same_bits(terms[count - 1].value, q));
    CHECK(terms[count - 1].weight == layer->a[(at->t - 1) * width + units + at->unit]);
}

static void check_state(const struct place *at)
{
    const struct rnn_trace_layer *layer = &at->trace.layer[at->layer];
    const size_t units = layer->units, before = (at->t - 1) * units + at->unit;
    uint32_t count = 0;
    if (at->rig.config.cell == RNN_SIMPLE_RNN) {
        CHECK(rnn_trace_terms(at->rig.model, &at->trace, at->layer, at->t, at->unit, 1, terms, &count) ==
              RNN_ERROR_ARGUMENT);
        return;
    }
    const bool reset = at->t == at->trace.cut.reset_before, lstm = at->rig.config.cell == RNN_LSTM;
    count = terms_of(at, layer->gates);
    CHECK(count == (lstm ? 3 : 2) && terms[0].kind == RNN_TERM_KEPT && terms[1].kind == RNN_TERM_WRITTEN);
    CHECK(terms[0].value == (reset ? 0 : (lstm ? layer->c : layer->h)[before]));
    CHECK(same_bits(terms[1].sum, terms[0].sum + terms[1].product));
    if (lstm) CHECK(terms[2].kind == RNN_TERM_READ && same_bits(terms[1].sum, layer->c[before + units]));
    CHECK(same_bits(terms[count - 1].sum, layer->h[before + units]));
}

/* The curve goes through the traced points. */
static void check_curves(const struct place *at)
{
    const struct rnn_trace_layer *layer = &at->trace.layer[at->layer];
    const uint32_t units = layer->units, row = (at->t - 1) * layer->gates * units;
    rnn_real a[40];
    for (uint32_t gate = 0; gate < layer->gates; gate++) {
        const size_t first = row + gate * units;
        CHECK(rnn_model_activate(at->rig.model, gate, layer->z + first, units, a) == RNN_OK);
        CHECK(memcmp(a, layer->a + first, units * sizeof *a) == 0);
    }
    const enum rnn_status past = rnn_model_activate(at->rig.model, layer->gates, layer->z, 1, a);
    CHECK(past == (at->rig.config.cell == RNN_LSTM ? RNN_OK : RNN_ERROR_ARGUMENT));
    if (past != RNN_OK) return;
    CHECK(rnn_model_activate(at->rig.model, 4, layer->c + at->t * units, units, a) == RNN_OK);
    for (uint32_t j = 0; j < units; j++)
        CHECK(same_bits(layer->a[row + 3 * units + j] * a[j], layer->h[at->t * units + j]));
}

static void check(struct rnn_config config, const struct rnn_cut *cut)
{
    struct place at = {.rig = rig_of(config, 8)};
    struct rnn_dataset data = data_for(&config, 9, 8);
    uint64_t bytes = 0;
    train_a_little(at.rig, &data);
    CHECK(rnn_trace_size(&config, config.timesteps, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(at.rig.model, data.x, config.timesteps, NULL, cut, NULL, block_of(bytes), bytes, &at.trace) ==
          RNN_OK);
    for (at.layer = 0; at.layer < config.layers; at.layer++)
        for (at.t = 1; at.t <= config.timesteps; at.t++) {
            for (at.unit = 0; at.unit < config.units; at.unit++) {
                for (uint32_t gate = 0; gate < at.trace.layer[at.layer].gates; gate++) check_preactivation(&at, gate);
                check_state(&at);
            }
            check_curves(&at);
        }
}

/* A bias of minus zero stays minus zero, as in the forward pass. */
static void test_negative_zero(void)
{
    struct rnn_config config = config_of(2, 1, 1, RNN_TANH);
    struct place at = {.rig = rig_of(config, 1), .t = 1};
    const rnn_real parameters[11] = {0, 0, 0, 0, 0, 0, -(rnn_real)0, -(rnn_real)0}, x[1] = {-1};
    uint64_t bytes = 0;
    CHECK(rnn_parameter_count(&config) == 11);
    CHECK(rnn_model_set_parameters(at.rig.model, parameters, 11) == RNN_OK);
    CHECK(rnn_trace_size(&config, 1, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(at.rig.model, x, 1, NULL, NULL, NULL, block_of(bytes), bytes, &at.trace) == RNN_OK);
    const uint32_t count = terms_of(&at, 0);
    CHECK(count == 2 && signbit(terms[0].sum) && signbit(at.trace.layer[0].z[0]) && signbit(terms[1].sum));
}

static void test_refusals(void)
{
    struct rnn_config config = config_of(4, 3, 1, RNN_TANH), lstm = config;
    struct rig rig = rig_of(config, 1), wider = rig_of(config_of(5, 3, 1, RNN_TANH), 1);
    lstm.cell = RNN_LSTM;
    struct rig other = rig_of(lstm, 1);
    const rnn_real x[3] = {1, 2, 3};
    struct rnn_trace trace;
    uint32_t count = 0;
    uint64_t bytes = 0;
    rnn_real a[1];
    CHECK(rnn_trace_size(&config, 3, &bytes) == RNN_OK);
    CHECK(rnn_trace_run(rig.model, x, 3, NULL, NULL, NULL, block_of(bytes), bytes, &trace) == RNN_OK);
    CHECK(rnn_trace_terms(rig.model, &trace, 0, 3, 3, 0, terms, &count) == RNN_OK && count == 6);
    CHECK(rnn_trace_terms(rig.model, &trace, 1, 1, 0, 0, terms, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(rig.model, &trace, 0, 0, 0, 0, terms, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(rig.model, &trace, 0, 4, 0, 0, terms, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(rig.model, &trace, 0, 1, 4, 0, terms, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(rig.model, &trace, 0, 1, 0, 1, terms, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(rig.model, &trace, 0, 1, 0, 0, NULL, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(rig.model, NULL, 0, 1, 0, 0, terms, &count) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_trace_terms(wider.model, &trace, 0, 1, 0, 0, terms, &count) == RNN_ERROR_SHAPE);
    CHECK(rnn_trace_terms(other.model, &trace, 0, 1, 0, 0, terms, &count) == RNN_ERROR_SHAPE);
    CHECK(rnn_trace_terms(NULL, &trace, 0, 1, 0, 0, terms, &count) != RNN_OK);
    CHECK(rnn_model_activate(rig.model, 1, x, 1, a) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_model_activate(rig.model, 0, NULL, 1, a) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_model_activate(rig.model, 0, x, 0, a) == RNN_OK);
    for (uint32_t kind = 0; kind <= RNN_TERM_READ; kind++) CHECK(rnn_term_name(kind) != NULL);
    CHECK(rnn_term_name(RNN_TERM_READ + 1) == NULL);
}

int main(void)
{
    static const struct rnn_cut CUTS[] = {{0},
                                          {.reset_before = 4},
                                          {.without_recurrence = 1},
                                          {.reset_before = 1},
                                          {.kept = RNN_KEEP_DIAGONAL},
                                          {.kept = RNN_KEEP_OFF_DIAGONAL, .reset_before = 2}};
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
        for (uint32_t layers = 1; layers <= 3; layers++)
            for (size_t cut = 0; cut < sizeof CUTS / sizeof *CUTS; cut++)
                for (uint32_t units = 1; units <= 9; units += 4) {
                    struct rnn_config config = config_of(units, 5, 2, RNN_TANH);
                    config.cell = cell;
                    config.layers = layers;
                    check(config, &CUTS[cut]);
                }
    check(config_of(37, 6, 5, RNN_RELU), NULL);
    test_negative_zero();
    test_refusals();
    return check_report();
}
