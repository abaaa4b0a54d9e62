/* One unit at one time step, term by term: the sums of layers/recurrent.h, one addition at a time. */
#include "../layers/cells.h"
#include "../numeric/elementary.h"
#include "layout.h"

const char *rnn_term_name(uint32_t kind)
{
    static const char *const NAMES[] = {"bias", "recurrent_bias", "input", "state", "reset", "kept", "written", "read"};
    return RNNI_NAME(NAMES, kind);
}

const char *rnn_kept_name(uint32_t index)
{
    static const char *const NAMES[] = {"all", "diagonal", "off_diagonal"};
    return RNNI_NAME(NAMES, index);
}

struct list {
    struct rnn_term *next;
    rnn_real sum, part;
    uint32_t kind; /* of the latest term */
};

static void add(struct list *list, enum rnn_term_kind kind, size_t index, rnn_real weight, rnn_real value)
{
    const rnn_real product = weight * value;
    list->sum += product;
    list->part = list->kind == kind ? list->part + product : product;
    list->kind = kind;
    *list->next++ = (struct rnn_term){kind, (uint32_t)index, weight, value, product, list->sum, list->part};
}

/* Adds the first term of a sum. The sum starts at -0, because only -0 + x has the bits of x for every x, -0 included. */
static void add_first(struct list *list, enum rnn_term_kind kind, size_t index, rnn_real weight, rnn_real value)
{
    list->sum = -(rnn_real)0;
    add(list, kind, index, weight, value);
}

/* Adds the products of one column of a kernel with `values`. */
static void add_products(struct list *list, const rnn_real *column, size_t width, const rnn_real *values, size_t count)
{
    for (size_t k = 0; k < count; k++) add(list, RNN_TERM_INPUT, k, column[k * width], values[k]);
}

/* Adds the products of one column of the recurrent kernel with the previous state. */
static void add_states(struct list *list, const struct rnni_recurrent *layer, size_t column, const rnn_real *h)
{
    const size_t units = layer->units, width = rnni_cell_gates(layer->cell) * units;
    for (size_t k = 0; h && k < units; k++) {
        const bool keeps = rnni_keeps(layer->kept, k, column, units);
        add(list, RNN_TERM_STATE, k, keeps ? layer->recurrent_kernel[k * width + column] : 0, h[k]);
    }
}

/* The numbers that one time step reads. h: NULL if the previous state does not arrive through the recurrent kernel. */
struct step_inputs {
    const rnn_real *x, *h, *a;
    rnn_real h_before, c_before; /* of this unit */
};

static void preactivation(struct list *list, const struct rnni_recurrent *layer, const struct step_inputs *read,
                          size_t unit, size_t gate)
{
    const size_t units = layer->units, width = rnni_cell_gates(layer->cell) * units, column = gate * units + unit;
    const rnn_real *bias = layer->bias + column;
    const bool gru = layer->cell == RNN_GRU, candidate = gru && gate == 2;
    if (candidate) {
        add_first(list, RNN_TERM_RECURRENT_BIAS, unit, bias[width], 1);
        add_states(list, layer, column, read->h);
    }
    const rnn_real q = list->sum;
    add_first(list, RNN_TERM_BIAS, unit, bias[0], 1);
    if (gru && !candidate) add(list, RNN_TERM_RECURRENT_BIAS, unit, bias[width], 1);
    add_products(list, layer->kernel + column, width, read->x, layer->features);
    if (candidate)
        add(list, RNN_TERM_RESET, unit, read->a[units + unit], q);
    else
        add_states(list, layer, column, read->h);
}

static rnn_real squashed(rnn_real c)
{
    rnn_real four[] = {c, c, c, c};
    rnni_array_tanh(four, four, 4);
    return four[0];
}

static void state(struct list *list, const struct rnni_recurrent *layer, const struct step_inputs *read, size_t unit)
{
    const size_t units = layer->units;
    const rnn_real *a = read->a + unit;
    if (layer->cell == RNN_GRU) {
        add_first(list, RNN_TERM_KEPT, unit, a[0], read->h_before);
        add(list, RNN_TERM_WRITTEN, unit, 1 - a[0], a[2 * units]);
    } else {
        add_first(list, RNN_TERM_KEPT, unit, a[units], read->c_before);
        add(list, RNN_TERM_WRITTEN, unit, a[0], a[2 * units]);
        add_first(list, RNN_TERM_READ, unit, a[3 * units], squashed(list->sum));
    }
}

enum rnn_status rnn_trace_terms(const struct rnn_model *model, const struct rnn_trace *trace, uint32_t layer,
                                uint32_t t, uint32_t unit, uint32_t gate, struct rnn_term *terms, uint32_t *count)
{
    RNNI_TRY(rnni_model_valid(model));
    if (!trace || !terms || !count || layer >= trace->layers || t < 1 || t > trace->timesteps)
        return RNN_ERROR_ARGUMENT;
    const struct rnn_trace_layer *from = &trace->layer[layer];
    if (layer >= model->config.layers || model->config.cell == RNN_DENSE) return RNN_ERROR_SHAPE;
    struct rnni_recurrent weights = rnni_model_layer(model, layer, rnni_model_arrays_of(model).parameters);
    const size_t units = from->units, gates = from->gates, before = (t - 1) * units;
    if (units != weights.units || from->features != weights.features || gates != rnni_cell_gates(weights.cell))
        return RNN_ERROR_SHAPE;
    if (unit >= units || gate > gates || (gate == gates && weights.cell == RNN_SIMPLE_RNN)) return RNN_ERROR_ARGUMENT;
    const bool reset = t == trace->cut.reset_before;
    const bool receives_state = (t > 1 || trace->first_state) && !reset && !trace->cut.without_recurrence;
    weights.kept = trace->cut.kept;
    const struct step_inputs read = {.x = from->x + (t - 1) * from->features,
                                     .h = receives_state ? from->h + before : NULL,
                                     .a = from->a + (t - 1) * gates * units,
                                     .h_before = reset ? 0 : from->h[before + unit],
                                     .c_before = reset || !from->c ? 0 : from->c[before + unit]};
    struct list list = {.next = terms, .kind = UINT32_MAX};
    if (gate < gates)
        preactivation(&list, &weights, &read, unit, gate);
    else
        state(&list, &weights, &read, unit);
    *count = (uint32_t)(list.next - terms);
    return RNN_OK;
}

enum rnn_status rnn_model_activate(const struct rnn_model *model, uint32_t gate, const rnn_real *z, uint32_t count,
                                   rnn_real *a)
{
    RNNI_TRY(rnni_model_valid(model));
    const enum rnn_cell cell = (enum rnn_cell)model->config.cell;
    if (!z || !a || gate >= rnni_cell_gates(cell) + (cell == RNN_LSTM)) return RNN_ERROR_ARGUMENT;
    const bool own_function = rnni_cell_gates(cell) == 1 || gate == 2 || gate == 4; /* the gates use the sigmoid */
    for (uint32_t i = 0; i < count; i++) {
        rnn_real four[] = {z[i], z[i], z[i], z[i]};
        if (own_function)
            rnni_simple_rnn_activate((enum rnn_activation)model->config.activation, four, four, 4);
        else
            rnni_array_sigmoid(four, four, 4);
        a[i] = four[0];
    }
    return RNN_OK;
}
