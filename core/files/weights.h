/* What a file of weights holds, whatever its format: which tensor each name stands for, shapes that belong together, finite
 * numbers. safetensors.c and npz.c find names, shapes and bytes; names.c and weights.c do the rest. */
#ifndef RNNI_FILES_WEIGHTS_H
#define RNNI_FILES_WEIGHTS_H

#include "json.h"
#include "npy.h"

/* Where a tensor stands: four for each layer, then the readout's two. */
enum { KERNEL = 0, RECURRENT_KERNEL = 1, BIAS = 2, RECURRENT_BIAS = 3, ROLES = 4 };
enum { DENSE_KERNEL = ROLES * RNN_LAYERS_MAXIMUM, DENSE_BIAS, SLOTS, NO_SLOT = SLOTS };

/* Whose names a file has. */
enum names {
    NAMES_NONE, /* none yet */
    NAMES_KERAS, /* simple_rnn_1/kernel, as this project writes them; also sequential/simple_rnn_1/simple_rnn_cell/kernel:0 */
    NAMES_PYTORCH, /* rnn.weight_ih_l0, fc.bias: transposed, the gates in another order, a bias for each side */
    NAMES_NUMBERED /* arr_0, arr_1, ...: numpy.savez(file, *model.get_weights()) */
};

/* What a file says of one tensor. */
struct place {
    bool there;
    bool wide;                           /* numbers of 8 bytes, not of 4 */
    bool fortran;                        /* columns one behind another, not rows */
    size_t name, shape_at;               /* where its name and its shape stand in the file */
    uint64_t rank, shape[RNNI_NPY_RANK]; /* a rank above 2 is told by its number alone */
    uint64_t begin, end;                 /* of its bytes, from base */
};

struct weights {
    struct rnni_reader reader; /* the file, the part of it that is read, the diagnosis */
    size_t base;               /* where places count from */
    bool npz;                  /* for messages */
    enum names names;
    uint32_t layers;                      /* so many have been named */
    uint32_t numbers[RNN_LAYERS_MAXIMUM]; /* what the file calls them */
    struct place places[SLOTS];           /* a layer's are found by the place of its number */
    bool metadata, has_cell, has_activation, has_loss;
    bool has_names;           /* a recurrent tensor has said the cell */
    struct rnn_config config; /* as far as it is known */
};

/* The place of the tensor of this name, marked as there; *slot: for messages. Fails if there is none, or if it was there. */
enum rnn_status rnni_weights_take_name(struct weights *w, const struct rnni_string *name, uint32_t *slot);

/* {"cell": "simple_rnn", ...} at reader.at: string values; other keys may stand there and mean nothing. */
enum rnn_status rnni_weights_take_metadata(struct weights *w);

/* All tensors are there, of one model, with shapes that belong together and as many bytes as these say. */
enum rnn_status rnni_weights_check(struct weights *w);

/* The first slot that is needed at or behind this one; SLOTS behind the last. After rnni_weights_check. */
uint32_t rnni_weights_next(const struct weights *w, uint32_t slot);

/* No number is NaN or an infinity. All places must lie in the file. */
enum rnn_status rnni_weights_check_finite(struct weights *w);

/* "simple_rnn/kernel: " begins the message. */
enum rnn_status rnni_weights_fail(struct weights *w, uint32_t slot, size_t offset, const char *text);

/* A tensor of a network of this cell with the default extents: its name and its rank are those of any such network. */
struct rnn_tensor rnni_weights_tensor_of(uint32_t cell, uint32_t index);

/* The index of a slot's tensor in a model of so many layers. */
uint32_t rnni_weights_tensor_index(uint32_t slot, uint32_t layers);

/* The object of a file's metadata, as text. */
void rnni_weights_put_metadata(struct rnni_writer *writer, const struct rnn_config *config);

/* One parser for each format. *w: in, zero but for reader, npz and config (what was there before); out, what passed all checks. */
enum rnn_status rnni_safetensors_parse(struct weights *w, size_t bytes);
enum rnn_status rnni_npz_parse(struct weights *w, size_t bytes);

#endif
