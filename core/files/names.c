/* The tensors' names in a file of weights.
 *
 *     Keras, and this project   gru_1/kernel, sequential/gru_1/gru_cell/kernel:0, dense/bias; or arr_0, arr_1, ... in order
 *     PyTorch                   rnn.weight_ih_l1, rnn.bias_hh_l1, fc.bias */
#include <string.h>

#include "diagnose.h"
#include "weights.h"

struct rnn_tensor rnni_weights_tensor_of(uint32_t cell, uint32_t index)
{
    struct rnn_config kind = rnn_config_default();
    struct rnn_tensor tensor = {0};
    kind.cell = cell;
    rnn_tensor_of(&kind, index, &tensor);
    return tensor;
}

uint32_t rnni_weights_tensor_index(uint32_t cell, uint32_t slot, uint32_t layers)
{
    const uint32_t tensors = cell == RNN_DENSE ? 2 : 3; /* of a layer: a dense one has kernel and bias */
    if (slot >= DENSE_KERNEL) return tensors * layers + slot - DENSE_KERNEL;
    const uint32_t role = slot % ROLES;
    return tensors * (slot / ROLES) + (role >= BIAS ? tensors - 1 : role);
}

static const char *const keras_roles[] = {"kernel", "recurrent_kernel", "bias", NULL};

static void diagnose_name(struct weights *w, uint32_t slot)
{
    static const char *const pytorch[] = {"weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l", "weight", "bias"};
    struct rnn_diagnosis *diagnosis = w->reader.diagnosis;
    const bool dense = slot >= DENSE_KERNEL;
    const uint32_t named = w->locations[slot].named;
    if (named) {
        const uint32_t role = slot >= SLOTS          ? (slot - SLOTS) % NAMED_ROLES
                              : slot == DENSE_BIAS   ? BIAS
                              : slot == DENSE_KERNEL ? KERNEL
                                                     : slot % ROLES;
        rnni_diagnose_text(diagnosis, w->layer_names[named - 1]);
        rnni_diagnose_text(diagnosis, "/");
        rnni_diagnose_text(diagnosis, keras_roles[role]);
    } else if (w->names == NAMES_PYTORCH) {
        rnni_diagnose_text(diagnosis, pytorch[dense ? slot - DENSE_KERNEL + ROLES : slot % ROLES]);
        if (!dense) rnni_diagnose_number(diagnosis, slot / ROLES);
    } else if (w->names == NAMES_NUMBERED) {
        rnni_diagnose_text(diagnosis, "arr_");
        rnni_diagnose_number(diagnosis, w->layers ? rnni_weights_tensor_index(w->config.cell, slot, w->layers)
                                                  : slot); /* before the arrays are assigned to tensors */
    } else {
        const uint32_t layer = slot / ROLES, number = layer < w->layers ? w->numbers[layer] : layer;
        const uint32_t cell = w->config.cell;
        const struct rnn_tensor tensor =
            rnni_weights_tensor_of(cell, rnni_weights_tensor_index(cell, dense ? slot : slot % ROLES, 1));
        if (!dense) rnni_diagnose_text(diagnosis, rnn_cell_name(cell));
        if (!dense && number) {
            rnni_diagnose_text(diagnosis, "_");
            rnni_diagnose_number(diagnosis, number);
        }
        rnni_diagnose_text(diagnosis, dense ? tensor.name : strchr(tensor.name, '/'));
    }
}

enum rnn_status rnni_weights_fail(struct weights *w, uint32_t slot, size_t offset, const char *text)
{
    rnni_fail(&w->reader, offset, "");
    diagnose_name(w, slot);
    rnni_diagnose_text(w->reader.diagnosis, ": ");
    rnni_diagnose_text(w->reader.diagnosis, text);
    return RNN_ERROR_WEIGHTS;
}

/* The error for an unknown tensor, with a list of those that the model has. */
static enum rnn_status fail_unknown(struct weights *w, const struct rnni_string *name)
{
    struct rnn_diagnosis *diagnosis = w->reader.diagnosis;
    rnni_fail(&w->reader, name->start, "unknown tensor ");
    rnni_diagnose_quote(diagnosis, w->reader.text + name->start, name->end - name->start);
    const char *before = "; expected ";
    for (uint32_t slot = 0; slot < SLOTS; slot++) {
        if ((slot >= ROLES && slot < DENSE_KERNEL) || (slot == RECURRENT_BIAS && w->names != NAMES_PYTORCH)) continue;
        rnni_diagnose_text(diagnosis, before);
        diagnose_name(w, slot);
        before = ", ";
    }
    _Static_assert(RNN_LAYERS_MAXIMUM == 3, "the message says so");
    rnni_diagnose_text(diagnosis, ", for up to 3 layers. If the network does not need this tensor, leave it out");
    return RNN_ERROR_WEIGHTS;
}

enum rnn_status rnni_weights_fail_dense_names(struct weights *w, size_t offset)
{
    return rnni_fail(
        &w->reader, offset,
        "__metadata__ says dense: expected 2 to 4 Dense layers and no other layer. Name them as Keras does: "
        "dense/kernel, dense/bias, dense_1/kernel, dense_1/bias");
}

enum rnn_status rnni_weights_fail_layers(struct weights *w, size_t offset, const char *layer)
{
    if (w->has_cell && w->config.cell == RNN_DENSE) return rnni_weights_fail_dense_names(w, offset);
    rnni_fail(&w->reader, offset,
              "expected one recurrent layer and one Dense layer with custom names, got one more, \"");
    rnni_diagnose_text(w->reader.diagnosis, layer);
    rnni_diagnose_text(w->reader.diagnosis, "\". Name several recurrent layers as Keras does: lstm, lstm_1");
    return RNN_ERROR_WEIGHTS;
}

enum rnn_status rnni_weights_fail_dense(struct weights *w, const struct rnni_string *name)
{
    rnni_fail_string(&w->reader, name,
                     w->names == NAMES_KERAS ? "expected one Dense layer" : "expected one Linear layer");
    rnni_diagnose_text(w->reader.diagnosis,
                       ". Two without an activation between them equal one layer: multiply their kernels");
    if (w->names == NAMES_PYTORCH)
        rnni_diagnose_text(w->reader.diagnosis,
                           ". In a dense network, name them as Keras does: dense/kernel, dense_1/kernel");
    return RNN_ERROR_WEIGHTS;
}

/* The tensor's slot is taken: by itself, or by another layer of the same kind. */
static enum rnn_status fail_twice(struct weights *w, uint32_t slot, const struct rnni_string *name)
{
    const char *text = w->reader.text;
    const size_t before = w->locations[slot].name;
    if ((slot != DENSE_KERNEL && slot != DENSE_BIAS) || w->names == NAMES_NUMBERED ||
        memcmp(text + before, text + name->start, name->end - name->start) == 0)
        return rnni_weights_fail(w, slot, name->start, "expected this tensor once");
    return rnni_weights_fail_dense(w, name);
}

/* A substring of a name. */
struct span {
    const char *at;
    size_t length;
};

static bool span_is(struct span s, const char *text)
{
    return strlen(text) == s.length && memcmp(s.at, text, s.length) == 0;
}

/* The index of s in a NULL-terminated list; the index of that NULL if it is not there. */
static uint32_t span_among(struct span s, const char *const *texts)
{
    uint32_t i = 0;
    while (texts[i] && !span_is(s, texts[i])) i++;
    return i;
}

static bool take_ending(struct span *s, const char *text)
{
    const size_t length = strlen(text);
    if (s->length < length || memcmp(s->at + s->length - length, text, length) != 0) return false;
    s->length -= length;
    return true;
}

/* Cuts s before the last c and returns the part after it. */
static struct span take_last(struct span *s, char c)
{
    size_t first = s->length;
    while (first && s->at[first - 1] != c) first--;
    const struct span last = {s->at + first, s->length - first};
    s->length = first ? first - 1 : 0;
    return last;
}

/* Cuts off a number and the letter before it: 7 from the end of "lstm_7" or "weight_ih_l7". Returns false if there is none. */
static bool take_number(struct span *s, char before, uint32_t *number)
{
    size_t first = s->length;
    uint32_t value = 0;
    while (first && s->at[first - 1] >= '0' && s->at[first - 1] <= '9') first--;
    if (!first || s->length - first > 6 || s->length == first || s->at[first - 1] != before) return false;
    for (size_t i = first; i < s->length; i++) value = 10 * value + (uint32_t)(s->at[i] - '0');
    s->length = first - 1;
    *number = value;
    return true;
}

/* The parts of a name. */
struct name_parts {
    enum names names;
    uint32_t role; /* one of a layer's roles, or DENSE_KERNEL or DENSE_BIAS */
    uint32_t cell; /* only Keras's names say it, if any does */
    bool has_cell;
    struct span layer; /* a name of its own, or of length 0 */
    uint32_t number;
};

static bool find_cell_name(struct span name, uint32_t *cell)
{
    for (uint32_t i = 0; rnn_cell_name(i); i++)
        if (span_is(name, rnn_cell_name(i))) {
            *cell = i;
            return true;
        }
    return false;
}

static bool read_keras(struct span name, struct name_parts *name_parts)
{
    *name_parts = (struct name_parts){.names = NAMES_KERAS};
    take_ending(&name, ":0");
    name_parts->role = span_among(take_last(&name, '/'), keras_roles);
    struct span layer = take_last(&name, '/');
    struct span inner = layer;
    take_number(&inner, '_', &name_parts->number);
    const bool has_inner = take_ending(&inner, "_cell");
    if (has_inner) layer = take_last(&name, '/');
    name_parts->number = 0;
    name_parts->layer = layer;
    take_number(&layer, '_', &name_parts->number);
    if (span_is(layer, "dense") && name_parts->role != RECURRENT_KERNEL) {
        const bool kernel = name_parts->role == KERNEL;
        if (!kernel && name_parts->role != BIAS) return false;
        name_parts->role = kernel ? DENSE_KERNEL : DENSE_BIAS;
        name_parts->layer.length = 0;
        return true;
    }
    if (name_parts->role > BIAS) return false;
    name_parts->has_cell = find_cell_name(layer, &name_parts->cell);
    if (name_parts->has_cell) {
        name_parts->layer.length = 0;
        return true;
    }
    name_parts->has_cell = has_inner && find_cell_name(inner, &name_parts->cell);
    return name_parts->layer.length > 0;
}

static bool read_pytorch(struct span name, struct name_parts *name_parts)
{
    static const char *const roles[] = {"weight_ih_", "weight_hh_", "bias_ih_", "bias_hh_", NULL};
    static const char *const linear[] = {"weight", "bias", NULL};
    *name_parts = (struct name_parts){.names = NAMES_PYTORCH};
    struct span last = take_last(&name, '.');
    if (take_number(&last, 'l', &name_parts->number)) {
        name_parts->role = span_among(last, roles);
        return name_parts->role < ROLES;
    }
    name_parts->role = DENSE_KERNEL + span_among(last, linear);
    return name_parts->role < SLOTS;
}

static bool read_numbered(struct span name, struct name_parts *name_parts)
{
    *name_parts = (struct name_parts){.names = NAMES_NUMBERED};
    return take_number(&name, '_', &name_parts->role) && span_is(name, "arr") && name_parts->role < RNN_TENSORS_MAXIMUM;
}

/* The slot of the tensor with this name, or NO_SLOT if the file has too many layers. */
static uint32_t slot_of(struct weights *w, const struct name_parts *name_parts)
{
    uint32_t layer = 0;
    if (name_parts->names == NAMES_KERAS && name_parts->role >= DENSE_KERNEL) {
        while (layer < w->dense_layers && w->dense_numbers[layer] != name_parts->number) layer++;
        if (layer == DENSE_LAYERS) return NO_SLOT;
        if (layer == w->dense_layers) w->dense_numbers[w->dense_layers++] = name_parts->number;
        return layer == 0 ? name_parts->role : MORE_DENSE + 2 * (layer - 1) + name_parts->role - DENSE_KERNEL;
    }
    if (name_parts->names == NAMES_NUMBERED || name_parts->role >= DENSE_KERNEL) return name_parts->role;
    if (name_parts->layer.length) {
        const struct span own = name_parts->layer;
        while (layer < w->named_layers && !span_is(own, w->layer_names[layer])) layer++;
        if (layer == NAMED_LAYERS) return NO_SLOT;
        if (layer == w->named_layers) {
            memcpy(w->layer_names[w->named_layers], own.at, own.length);
            w->layer_names[w->named_layers++][own.length] = 0;
        }
        return SLOTS + layer * NAMED_ROLES + name_parts->role;
    }
    while (layer < w->layers && w->numbers[layer] != name_parts->number) layer++;
    if (layer == RNN_LAYERS_MAXIMUM) return NO_SLOT;
    if (layer == w->layers) w->numbers[w->layers++] = name_parts->number;
    return layer * ROLES + name_parts->role;
}

enum rnn_status rnni_weights_take_name(struct weights *w, const struct rnni_string *name, uint32_t *slot)
{
    const struct span span = {name->text, name->length < RNNI_STRING_BYTES ? name->length : 0};
    struct name_parts name_parts;
    if (!read_keras(span, &name_parts) && !read_pytorch(span, &name_parts) && !read_numbered(span, &name_parts))
        return fail_unknown(w, name);
    if (w->names != NAMES_NONE && w->names != name_parts.names)
        return rnni_fail_string(&w->reader, name, "expected all names from one framework");
    if (name_parts.has_cell) {
        if ((w->has_names || w->has_cell) && name_parts.cell != w->config.cell) return fail_unknown(w, name);
        w->config.cell = name_parts.cell;
        w->has_names = true;
    }
    w->names = name_parts.names;
    *slot = slot_of(w, &name_parts);
    if (*slot == NO_SLOT) {
        _Static_assert(DENSE_LAYERS == 4, "the message says so");
        if (name_parts.role >= DENSE_KERNEL)
            return rnni_fail_string(&w->reader, name, "expected at most 4 Dense layers");
        if (!name_parts.layer.length) return fail_unknown(w, name);
        char layer[RNNI_STRING_BYTES] = {0};
        memcpy(layer, name_parts.layer.at, name_parts.layer.length);
        return rnni_weights_fail_layers(w, name->start, layer);
    }
    if (*slot >= MORE_DENSE && w->second_dense.end == 0) w->second_dense = *name;
    struct location *location = &w->locations[*slot];
    if (location->found) return fail_twice(w, *slot, name);
    location->found = true;
    location->named = *slot < SLOTS || *slot >= MORE_DENSE ? 0 : 1 + (*slot - SLOTS) / NAMED_ROLES;
    location->name = name->start;
    return RNN_OK;
}
