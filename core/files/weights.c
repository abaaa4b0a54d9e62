/* Checks the shapes in a file of weights, and reads its numbers.
 *
 *     Keras and this project:  kernel (F, G·U)         recurrent_kernel (U, G·U)   bias (G·U), GRU (2, 3·U)     Dense (U, K), (K)
 *     PyTorch:                 weight_ih_lN (G·U, F)   weight_hh_lN (G·U, U)       bias_ih_lN, bias_hh_lN (G·U) Linear (K, U), (K)
 *
 * Gates: a GRU's are z r h here and r z n in PyTorch; an LSTM's are i f c o in both. Keras's GRU with reset_after computes the same
 * as PyTorch's. SimpleRNN and LSTM have one bias here, which is the sum of PyTorch's two. */
#include "weights.h"

#include <math.h>

#include "diagnose.h"
#include "foreign.h"
#include "little_endian.h"
#include "utf8.h"

/* ------------------------------------------------------------------------------------------------ metadata */

/* The index of a string in a list of names, or an error that lists them. */
static enum rnn_status take_choice(struct rnni_reader *reader, const struct rnni_string *s, const char *what,
                                   const char *(*name)(uint32_t), uint32_t *index)
{
    for (uint32_t i = 0; name(i); i++)
        if (rnni_string_is(s, name(i))) {
            *index = i;
            return RNN_OK;
        }
    rnni_fail(reader, s->start, "__metadata__: unknown ");
    rnni_diagnose_text(reader->diagnosis, what);
    rnni_diagnose_text(reader->diagnosis, " ");
    rnni_diagnose_quote(reader->diagnosis, reader->text + s->start, s->end - s->start);
    for (uint32_t i = 0; name(i); i++) {
        rnni_diagnose_text(reader->diagnosis, i ? " or " : "; expected ");
        rnni_diagnose_text(reader->diagnosis, name(i));
    }
    return RNN_ERROR_WEIGHTS;
}

static const char *flag_name(uint32_t index)
{
    return index == 0 ? "false" : index == 1 ? "true" : NULL;
}

/* The keys of __metadata__ that describe the configuration. */
enum { KEYS = 4 };
static const char *const keys[KEYS] = {"cell", "activation", "loss", "return_sequences"};

/* Of a dense network, whose shapes do not tell the features of a time step from the time steps. */
static const char FEATURES[] = "features";

static enum rnn_status take_features(struct rnni_reader *reader, const struct rnni_string *s, uint32_t *features)
{
    uint32_t number = 0;
    size_t digits = 0;
    while (digits < s->length && digits < 2 && s->text[digits] >= '0' && s->text[digits] <= '9')
        number = 10 * number + (uint32_t)(unsigned char)s->text[digits++] - '0';
    if (digits < s->length || rnn_range_check(RNN_FEATURES, number))
        return rnni_fail_string(reader, s, "__metadata__: expected 1 to 64 features");
    *features = number;
    return RNN_OK;
}

/* A dense network's features, which mean nothing in a file of another cell. */
static enum rnn_status take_dense(struct weights *w, const struct rnni_string *features)
{
    if (!w->has_cell || w->config.cell != RNN_DENSE || !features->end) return RNN_OK;
    w->has_features = true;
    return take_features(&w->reader, features, &w->config.features);
}

enum rnn_status rnni_weights_take_metadata(struct weights *w)
{
    const char *(*const names[KEYS])(uint32_t) = {rnn_cell_name, rnn_activation_name, rnn_loss_name, flag_name};
    uint32_t cell = w->config.cell;
    uint32_t *const values[KEYS] = {&cell, &w->config.activation, &w->config.loss, &w->config.return_sequences};
    bool seen[KEYS] = {false};
    struct rnni_string features = {0};
    struct rnni_reader *reader = &w->reader;
    if (w->metadata) return rnni_fail(reader, reader->at, "expected __metadata__ once");
    w->metadata = true;
    rnni_skip_space(reader);
    if (reader->end - reader->at >= 4 && memcmp(reader->text + reader->at, "null", 4) == 0) {
        reader->at += 4; /* some writers store null for none */
        return RNN_OK;
    }
    if (!rnni_take(reader, '{')) return rnni_fail_at_byte(reader, "\"{\" of __metadata__");
    if (rnni_take(reader, '}')) return RNN_OK;
    do {
        struct rnni_string key, value;
        RNNI_TRY(rnni_json_take_string(reader, "a key of __metadata__", &key));
        RNNI_TRY(rnni_expect(reader, ':'));
        RNNI_TRY(rnni_json_take_string(reader, "a string as a value of __metadata__", &value));
        if (w->note && rnni_string_is(&key, w->note)) w->value = value;
        if (rnni_string_is(&key, FEATURES)) features = value;
        for (uint32_t k = 0; k < KEYS; k++) {
            if (!rnni_string_is(&key, keys[k])) continue;
            if (seen[k]) return rnni_fail_string(reader, &key, "expected each key of __metadata__ once");
            seen[k] = true;
            RNNI_TRY(take_choice(reader, &value, keys[k], names[k], values[k]));
            if (k == 0 && w->has_names && cell != w->config.cell)
                return rnni_fail_string(reader, &value, "__metadata__: expected the cell that the tensors' names say");
        }
    } while (rnni_take(reader, ','));
    w->config.cell = cell;
    w->has_cell = seen[0];
    w->has_activation = seen[1];
    w->has_loss = seen[2];
    RNNI_TRY(take_dense(w, &features));
    if (seen[0] && !seen[3]) w->config.return_sequences = 0; /* this project leaves it out where it is false */
    return rnni_take(reader, '}') ? RNN_OK : rnni_fail_at_byte(reader, "\",\" or \"}\"");
}

static bool is_utf8(const char *text)
{
    size_t room = strlen(text);
    while (room > 0) {
        const size_t bytes = rnni_utf8_bytes(text, room);
        if (bytes == 0) return false;
        text += bytes;
        room -= bytes;
    }
    return true;
}

enum rnn_status rnni_weights_check_notes(const struct rnn_note *notes)
{
    for (const struct rnn_note *note = notes; note && note->key; note++) {
        if (!note->value) return RNN_ERROR_ARGUMENT;
        for (uint32_t k = 0; k < KEYS; k++)
            if (strcmp(note->key, keys[k]) == 0) return RNN_ERROR_ARGUMENT;
        if (strcmp(note->key, FEATURES) == 0) return RNN_ERROR_ARGUMENT;
        for (const struct rnn_note *other = notes; other < note; other++)
            if (strcmp(note->key, other->key) == 0) return RNN_ERROR_ARGUMENT;
        if (!is_utf8(note->key) || !is_utf8(note->value)) return RNN_ERROR_DATA;
    }
    return RNN_OK;
}

void rnni_weights_put_metadata(struct rnni_writer *writer, const struct rnn_config *config,
                               const struct rnn_note *notes)
{
    rnni_put_text(writer, "{\"activation\":\"");
    rnni_put_text(writer, rnn_activation_name(config->activation));
    rnni_put_text(writer, "\",\"cell\":\"");
    rnni_put_text(writer, rnn_cell_name(config->cell));
    if (config->cell == RNN_DENSE) {
        rnni_put_text(writer, "\",\"features\":\"");
        rnni_put_number(writer, config->features);
    }
    rnni_put_text(writer, "\",\"loss\":\"");
    rnni_put_text(writer, rnn_loss_name(config->loss));
    if (config->return_sequences) rnni_put_text(writer, "\",\"return_sequences\":\"true");
    rnni_put_text(writer, "\"");
    for (; notes && notes->key; notes++) {
        rnni_put_text(writer, ",");
        rnni_json_put_string(writer, notes->key);
        rnni_put_text(writer, ":");
        rnni_json_put_string(writer, notes->value);
    }
    rnni_put_text(writer, "}");
}

/* ------------------------------------------------------------------------------------------------ the whole file */

/* Assigns numbered arrays to tensors. The last two are the readout's. */
static enum rnn_status assign_numbered(struct weights *w)
{
    uint32_t count = 0;
    struct location found[SLOTS];
    memcpy(found, w->locations, sizeof found);
    memset(w->locations, 0, sizeof w->locations);
    for (uint32_t i = 0; i < SLOTS; i++)
        if (found[i].found) count = i + 1;
    const bool dense = found[1].rank == 1; /* the second array is a bias */
    if (dense && (count == 4 || count == 6 || count == 8)) {
        w->config.cell = RNN_DENSE;
        w->has_names = true;
    } else if (count < 5 || count % 3 != 2) {
        rnni_fail(
            &w->reader, w->reader.end,
            "expected 5, 8 or 11 arrays (kernel, recurrent_kernel and bias of each layer, then kernel and bias of "
            "Dense), or 4, 6 or 8 arrays of Dense layers, got ");
        rnni_diagnose_number(w->reader.diagnosis, count);
        if (!dense && count > 5 && count % 3 == 1)
            rnni_diagnose_text(w->reader.diagnosis, ", as with a second Dense layer");
        return RNN_ERROR_WEIGHTS;
    }
    const uint32_t tensors = w->has_names && w->config.cell == RNN_DENSE ? 2 : 3;
    w->layers = (count - 2) / tensors;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t role = tensors == 2 ? i % 2 * BIAS : i % 3;
        w->locations[i < count - 2 ? i / tensors * ROLES + role : DENSE_KERNEL + i - (count - 2)] = found[i];
    }
    return RNN_OK;
}

/* Layers that are all Dense are a dense network, in the order of their numbers. */
static enum rnn_status assign_dense(struct weights *w)
{
    struct location found[DENSE_LAYERS][2];
    if (w->dense_layers < 2) return RNN_OK;
    if (w->layers || w->named_layers) return rnni_weights_fail_dense(w, &w->second_dense);
    if (w->has_cell && w->config.cell != RNN_DENSE) return RNN_OK; /* whose tensors are missing */
    memcpy(found[0], w->locations + DENSE_KERNEL, sizeof found[0]);
    memcpy(found[1], w->locations + MORE_DENSE, sizeof found - sizeof found[0]);
    w->config.cell = RNN_DENSE;
    w->has_names = true;
    w->layers = w->dense_layers - 1;
    for (uint32_t i = 0; i < w->dense_layers; i++) {
        uint32_t below = 0;
        for (uint32_t j = 0; j < w->dense_layers; j++) below += w->dense_numbers[j] < w->dense_numbers[i];
        const bool readout = below == w->layers;
        w->locations[readout ? DENSE_KERNEL : below * ROLES + KERNEL] = found[i][0];
        w->locations[readout ? DENSE_BIAS : below * ROLES + BIAS] = found[i][1];
        if (!readout) w->numbers[below] = w->dense_numbers[i];
    }
    return RNN_OK;
}

/* Makes the layers with names of their own a recurrent layer, or Dense, which has no recurrent kernel. */
static enum rnn_status assign_named(struct weights *w)
{
    for (uint32_t i = 0; i < w->named_layers; i++) {
        struct location *from = &w->locations[SLOTS + i * NAMED_ROLES];
        const bool recurrent = from[RECURRENT_KERNEL].found;
        struct location *to = &w->locations[recurrent ? KERNEL : DENSE_KERNEL];
        if (recurrent ? w->layers > 0 : to[0].found || to[1].found)
            return rnni_weights_fail_layers(w, from[from[KERNEL].found ? KERNEL : BIAS].name, w->layer_names[i]);
        for (uint32_t role = 0; role < NAMED_ROLES; role++) from[role].named = i + 1;
        if (recurrent)
            memcpy(to, from, NAMED_ROLES * sizeof *to);
        else {
            to[0] = from[KERNEL];
            to[1] = from[BIAS];
        }
        if (recurrent) w->layers = 1;
    }
    return RNN_OK;
}

/* Sorts the layers by their numbers, which must be consecutive. In PyTorch's files and in this project's they begin at 0. */
static enum rnn_status sort_layers(struct weights *w)
{
    for (uint32_t done = 0; done < w->layers; done++)
        for (uint32_t i = w->layers - 1; i > done; i--) {
            if (w->numbers[i - 1] <= w->numbers[i]) continue;
            struct location *below = &w->locations[(i - 1) * ROLES], swapped[ROLES];
            memcpy(swapped, below, sizeof swapped);
            memcpy(below, below + ROLES, sizeof swapped);
            memcpy(below + ROLES, swapped, sizeof swapped);
            const uint32_t number = w->numbers[i];
            w->numbers[i] = w->numbers[i - 1];
            w->numbers[i - 1] = number;
        }
    const uint32_t first = w->has_cell || w->names == NAMES_PYTORCH ? 0 : w->numbers[0];
    for (uint32_t i = 0; i < w->layers; i++) {
        if (w->numbers[i] == first + i) continue;
        w->numbers[i] = first + i;
        return rnni_weights_fail(w, i * ROLES, w->reader.end, "expected this tensor, got none");
    }
    return RNN_OK;
}

uint32_t rnni_weights_next(const struct weights *w, uint32_t slot)
{
    if (w->names != NAMES_PYTORCH && slot % ROLES == RECURRENT_BIAS && slot < DENSE_KERNEL) slot++;
    if (w->config.cell == RNN_DENSE && slot % ROLES == RECURRENT_KERNEL && slot < DENSE_KERNEL) slot++;
    return slot >= w->config.layers * ROLES && slot < DENSE_KERNEL ? DENSE_KERNEL : slot;
}

static enum rnn_status check_all_found(struct weights *w)
{
    if (w->names == NAMES_NUMBERED)
        RNNI_TRY(assign_numbered(w));
    else
        RNNI_TRY(assign_named(w));
    RNNI_TRY(assign_dense(w));
    if (w->config.cell == RNN_DENSE && !w->has_names) return rnni_weights_fail_dense_names(w, w->reader.end);
    if (w->names != NAMES_NUMBERED && w->config.cell != RNN_DENSE) RNNI_TRY(sort_layers(w));
    w->config.layers = w->layers ? w->layers : 1;
    for (uint32_t slot = 0; slot < SLOTS; slot = rnni_weights_next(w, slot + 1))
        if (!w->locations[slot].found)
            return rnni_weights_fail(w, slot, w->reader.end, "expected this tensor, got none");
    return RNN_OK;
}

static void diagnose_shape(struct rnn_diagnosis *diagnosis, const uint64_t *shape, uint64_t rank)
{
    rnni_diagnose_text(diagnosis, "(");
    rnni_diagnose_number(diagnosis, shape[0]);
    rnni_diagnose_text(diagnosis, rank == 2 ? ", " : ",");
    if (rank == 2) rnni_diagnose_number(diagnosis, shape[1]);
    rnni_diagnose_text(diagnosis, ")");
}

static uint32_t expected_rank(const struct weights *w, uint32_t slot)
{
    if (w->names == NAMES_PYTORCH && slot < DENSE_KERNEL && slot % ROLES >= BIAS) return 1;
    return rnni_weights_tensor_of(
               w->config.cell, rnni_weights_tensor_index(w->config.cell, slot < DENSE_KERNEL ? slot % ROLES : slot, 1))
        .rank;
}

static enum rnn_status check_rank(struct weights *w, uint32_t slot)
{
    const struct location *location = &w->locations[slot];
    const uint32_t rank = expected_rank(w, slot);
    if (location->rank == rank) return RNN_OK;
    rnni_weights_fail(w, slot, location->shape_at, "expected a shape of ");
    rnni_diagnose_text(w->reader.diagnosis, rank == 1 ? "1 number, got " : "2 numbers, got ");
    rnni_diagnose_number(w->reader.diagnosis, location->rank);
    if (w->config.cell == RNN_GRU && rank == 2 && location->rank == 1 && slot % ROLES == BIAS && slot < DENSE_KERNEL)
        rnni_diagnose_text(w->reader.diagnosis, ", as with reset_after=False. Build the GRU with"
                                                " reset_after=True, Keras's default, and train it again");
    return RNN_ERROR_WEIGHTS;
}

static uint64_t gates_of(uint32_t cell)
{
    const struct rnn_tensor tensor = rnni_weights_tensor_of(cell, RECURRENT_KERNEL);
    return tensor.columns / tensor.rows;
}

/* If no name says which cell it is, the shape of the recurrent kernel does. */
static enum rnn_status find_cell(struct weights *w)
{
    if (w->has_names) return RNN_OK;
    RNNI_TRY(check_rank(w, RECURRENT_KERNEL));
    const uint64_t *shape = w->locations[RECURRENT_KERNEL].shape;
    const uint64_t units = shape[w->names == NAMES_PYTORCH], gates = shape[w->names != NAMES_PYTORCH];
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++)
        if (cell != RNN_DENSE && units && units <= UINT32_MAX && gates == gates_of(cell) * units) {
            if (w->has_cell && cell != w->config.cell) break;
            w->config.cell = cell;
            return RNN_OK;
        }
    rnni_weights_fail(w, RECURRENT_KERNEL, w->locations[RECURRENT_KERNEL].name,
                      w->has_cell ? "expected the shape of the cell that __metadata__ names, got "
                                  : "expected 1, 3 or 4 gates of (units, units), got ");
    diagnose_shape(w->reader.diagnosis, shape, 2);
    return RNN_ERROR_WEIGHTS;
}

static enum rnn_status check_extent(struct weights *w, uint32_t slot, enum rnn_quantity quantity, uint64_t value)
{
    const struct rnn_range *range = rnn_range_of(quantity);
    if (value >= 1 && value <= (uint64_t)range->maximum) return RNN_OK;
    rnni_weights_fail(w, slot, w->locations[slot].name, "expected 1 to ");
    rnni_diagnose_number(w->reader.diagnosis, (uint64_t)range->maximum);
    rnni_diagnose_text(w->reader.diagnosis, " ");
    rnni_diagnose_text(w->reader.diagnosis, quantity == RNN_CLASSES ? "outputs" : range->name);
    rnni_diagnose_text(w->reader.diagnosis, ", got ");
    rnni_diagnose_number(w->reader.diagnosis, value);
    return RNN_ERROR_WEIGHTS;
}

/* Loss and activation that are not in the file keep their values if they go together with its shapes. */
static enum rnn_status find_loss_and_activation(struct weights *w)
{
    struct rnn_config *config = &w->config;
    const bool several = config->outputs > 1;
    if (!w->has_loss && several != (config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY))
        config->loss = several ? RNN_SPARSE_CATEGORICAL_CROSSENTROPY : RNN_BINARY_CROSSENTROPY;
    const bool gated = config->cell == RNN_GRU || config->cell == RNN_LSTM;
    if (!w->has_activation && gated) config->activation = RNN_TANH;
    if (gated && config->activation != RNN_TANH) {
        rnni_fail(&w->reader, w->locations[KERNEL].name, "__metadata__: expected the activation tanh in a ");
        rnni_diagnose_text(w->reader.diagnosis, rnn_cell_name(config->cell));
        return RNN_ERROR_WEIGHTS;
    }
    if ((config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY) == several) return RNN_OK;
    rnni_weights_fail(w, DENSE_KERNEL, w->locations[DENSE_KERNEL].name,
                      several ? "expected 1 output for " : "expected at least 2 outputs for ");
    rnni_diagnose_text(w->reader.diagnosis, rnn_loss_name(config->loss));
    rnni_diagnose_text(w->reader.diagnosis, ", got ");
    rnni_diagnose_number(w->reader.diagnosis, config->outputs);
    return RNN_ERROR_WEIGHTS;
}

/* The features of __metadata__ are not those of the first kernel's rows. */
static enum rnn_status fail_features(struct weights *w, uint64_t inputs)
{
    rnni_weights_fail(w, KERNEL, w->locations[KERNEL].name, "expected a multiple of ");
    rnni_diagnose_number(w->reader.diagnosis, w->config.features);
    rnni_diagnose_text(w->reader.diagnosis, " rows, the number of features in __metadata__, got ");
    rnni_diagnose_number(w->reader.diagnosis, inputs);
    return RNN_ERROR_WEIGHTS;
}

/* Reads the extents. They are checked, so that no later product of them can overflow. */
static enum rnn_status find_extents(struct weights *w)
{
    struct rnn_config *config = &w->config;
    const bool transposed = w->names == NAMES_PYTORCH;
    uint64_t features = w->locations[KERNEL].shape[transposed];
    const uint64_t outputs = w->locations[DENSE_KERNEL].shape[!transposed];
    /* a SimpleRNN's kernel is (F, U); in a cell with several gates, the rows of the recurrent kernel give the number of units */
    const bool dense = config->cell == RNN_DENSE;
    const uint32_t units_slot = config->cell == RNN_SIMPLE_RNN || dense ? KERNEL : RECURRENT_KERNEL;
    const uint64_t units = w->locations[units_slot].shape[(units_slot == KERNEL) != transposed];
    if (dense) { /* the kernel has a row for each of T·F inputs */
        const uint64_t inputs = features;
        if (w->has_features && inputs % config->features) return fail_features(w, inputs);
        features = inputs % config->features ? 1 : config->features;
        RNNI_TRY(check_extent(w, KERNEL, RNN_TIMESTEPS, inputs / features));
        config->timesteps = (uint32_t)(inputs / features);
        config->return_sequences = 0;
    }
    RNNI_TRY(check_extent(w, KERNEL, RNN_FEATURES, features));
    RNNI_TRY(check_extent(w, units_slot, RNN_UNITS, units));
    RNNI_TRY(check_extent(w, DENSE_KERNEL, RNN_CLASSES, outputs));
    config->features = (uint32_t)features;
    config->units = (uint32_t)units;
    config->outputs = (uint32_t)outputs;
    return find_loss_and_activation(w);
}

/* The shape that a slot's tensor must have in the file. */
static void expected_shape(const struct weights *w, uint32_t slot, uint32_t rank, uint64_t shape[RNNI_NPY_RANK])
{
    struct rnn_tensor tensor = {0};
    rnn_tensor_of(&w->config, rnni_weights_tensor_index(w->config.cell, slot, w->config.layers), &tensor);
    const bool transposed = w->names == NAMES_PYTORCH && slot != DENSE_BIAS;
    shape[0] = tensor.rows;
    shape[1] = tensor.columns;
    if (!transposed || tensor.rank == 1) return;
    shape[0] = tensor.columns; /* PyTorch has two vectors where a GRU's bias has two rows */
    shape[1] = rank == 2 ? tensor.rows : 1;
}

static enum rnn_status check_shape(struct weights *w, uint32_t slot)
{
    const struct location *location = &w->locations[slot];
    struct rnn_diagnosis *diagnosis = w->reader.diagnosis;
    const uint32_t rank = (uint32_t)location->rank; /* 1 or 2, checked before */
    uint64_t shape[RNNI_NPY_RANK];
    expected_shape(w, slot, rank, shape);
    if (location->shape[0] != shape[0] || (rank == 2 && location->shape[1] != shape[1])) {
        rnni_weights_fail(w, slot, location->name, "expected shape ");
        diagnose_shape(diagnosis, shape, rank);
        rnni_diagnose_text(diagnosis, ", got ");
        diagnose_shape(diagnosis, location->shape, location->rank);
        return RNN_ERROR_WEIGHTS;
    }
    const uint64_t bytes = (location->wide ? 8 : 4) * shape[0] * (rank == 2 ? shape[1] : 1);
    if (location->end - location->begin == bytes) return RNN_OK;
    rnni_weights_fail(w, slot, location->name, w->npz ? "expected " : "expected data_offsets ");
    rnni_diagnose_number(diagnosis, bytes);
    rnni_diagnose_text(diagnosis, w->npz ? " bytes of numbers, got " : " bytes apart, got ");
    rnni_diagnose_number(diagnosis, location->end - location->begin);
    return RNN_ERROR_WEIGHTS;
}

enum rnn_status rnni_weights_check(struct weights *w)
{
    RNNI_TRY(check_all_found(w));
    RNNI_TRY(find_cell(w));
    for (uint32_t slot = 0; slot < SLOTS; slot = rnni_weights_next(w, slot + 1)) RNNI_TRY(check_rank(w, slot));
    RNNI_TRY(find_extents(w));
    for (uint32_t slot = 0; slot < SLOTS; slot = rnni_weights_next(w, slot + 1)) RNNI_TRY(check_shape(w, slot));
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ numbers */

/* The number at a row and column of a tensor in the file. *offset: out, the position of its bytes. */
static float load(const struct weights *w, uint32_t slot, uint64_t row, uint64_t column, size_t *offset)
{
    const struct location *location = &w->locations[slot];
    const uint64_t columns = location->rank == 2 ? location->shape[1] : 1;
    const uint64_t index = location->fortran ? column * location->shape[0] + row : row * columns + column;
    *offset = w->base + (size_t)(location->begin + (location->wide ? 8 : 4) * index);
    const unsigned char *bytes = (const unsigned char *)w->reader.text + *offset;
    return location->wide ? (float)rnni_little_load_double(bytes) : rnni_little_load_float(bytes);
}

/* The column in PyTorch's gate order (r z n) of a column in ours (z r h). */
static uint64_t pytorch_column(const struct rnn_config *config, uint64_t column)
{
    const uint64_t units = config->units;
    if (config->cell != RNN_GRU || column >= 2 * units) return column;
    return column < units ? column + units : column - units;
}

/* The number for a row and column of the model's tensor. */
static float number(const struct weights *w, uint32_t slot, uint64_t row, uint64_t column, size_t *offset)
{
    if (w->names != NAMES_PYTORCH || slot == DENSE_BIAS) return load(w, slot, row, column, offset);
    if (slot == DENSE_KERNEL) return load(w, slot, column, row, offset);
    if (slot % ROLES != BIAS) return load(w, slot, pytorch_column(&w->config, column), row, offset);
    if (w->config.cell == RNN_GRU) return load(w, slot + (uint32_t)row, pytorch_column(&w->config, column), 0, offset);
    const float states = load(w, slot + 1, row, 0, offset);
    return load(w, slot, row, 0, offset) + states;
}

/* Copies all numbers to parameters, or only checks them if that is NULL. Fails at the first that is not finite. */
static enum rnn_status each_number(struct weights *w, rnn_real *parameters)
{
    for (uint32_t slot = 0; slot < SLOTS; slot = rnni_weights_next(w, slot + 1)) {
        struct rnn_tensor tensor = {0};
        if (slot < DENSE_KERNEL && slot % ROLES == RECURRENT_BIAS) continue; /* was added to the bias before it */
        RNNI_TRY(rnn_tensor_of(&w->config, rnni_weights_tensor_index(w->config.cell, slot, w->config.layers), &tensor));
        for (size_t i = 0; i < tensor.count; i++) {
            size_t offset;
            const float value = number(w, slot, i / tensor.columns, i % tensor.columns, &offset);
            if (parameters) parameters[tensor.offset + i] = value;
            if (isfinite(value)) continue;
            rnni_weights_fail(w, slot, offset, "expected finite numbers, got NaN or infinity at index ");
            rnni_diagnose_number(w->reader.diagnosis, i);
            return RNN_ERROR_WEIGHTS;
        }
    }
    return RNN_OK;
}

enum rnn_status rnni_weights_check_finite(struct weights *w)
{
    return each_number(w, NULL);
}

/* ------------------------------------------------------------------------------------------------ the two calls */

/* Does the file begin as a ZIP does, with an entry or with the end of an empty one? Four bytes are compared, because the length of
 * a safetensors header may begin with "PK" too. */
static bool is_zip(const void *file, size_t bytes)
{
    return bytes >= 4 && (memcmp(file, "PK\3\4", 4) == 0 || memcmp(file, "PK\5\6", 4) == 0);
}

/* note: as in struct weights. */
static enum rnn_status parse(const void *file, size_t bytes, const struct rnn_config *before, const char *note,
                             struct weights *w, struct rnn_diagnosis *diagnosis)
{
    *w = (struct weights){.reader = {.text = file, .diagnosis = diagnosis}, .note = note, .config = *before};
    if (before->cell == RNN_DENSE)
        w->config.cell = RNN_SIMPLE_RNN; /* only the file says whether its network is dense */
    w->npz = is_zip(file, bytes);
    if (!w->npz) return rnni_safetensors_parse(w, bytes);
    RNNI_TRY(rnni_foreign_weights(file, bytes, diagnosis));
    return rnni_npz_parse(w, bytes);
}

enum rnn_status rnn_weights_measure(const void *file, size_t bytes, struct rnn_config *config,
                                    struct rnn_diagnosis *diagnosis)
{
    struct weights w;
    if (!file || !config) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(parse(file, bytes, config, NULL, &w, diagnosis));
    *config = w.config;
    return RNN_OK;
}

enum rnn_status rnn_weights_read(const void *file, size_t bytes, const struct rnn_config *config, rnn_real *parameters,
                                 struct rnn_diagnosis *diagnosis)
{
    struct weights w;
    if (!file || !config || !parameters) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_config_check(config, NULL));
    RNNI_TRY(parse(file, bytes, config, NULL, &w, diagnosis));
    if (config->cell != w.config.cell || config->layers != w.config.layers || config->units != w.config.units ||
        config->features != w.config.features || config->outputs != w.config.outputs ||
        rnn_parameter_count(config) != rnn_parameter_count(&w.config))
        return RNN_ERROR_SHAPE;
    return each_number(&w, parameters);
}

enum rnn_status rnn_weights_note(const void *file, size_t bytes, const char *key, char *value, size_t capacity,
                                 size_t *written, struct rnn_diagnosis *diagnosis)
{
    struct weights w;
    struct rnni_writer writer = {0};
    const struct rnn_config config = rnn_config_default();
    if (!file || !key || (!value && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(parse(file, bytes, &config, key, &w, diagnosis));
    do
        if (w.value.end) rnni_json_put_meaning(&writer, &w.reader, &w.value);
    while (rnni_put_again(&writer, value, capacity));
    return rnni_put_end(&writer, written);
}
