/* A file of weights, independent of its format: the tensor that each name stands for, consistent shapes, finite numbers.
 * safetensors.c and npz.c find names, shapes and bytes; names.c and weights.c do the rest. */
#ifndef RNNI_FILES_WEIGHTS_H
#define RNNI_FILES_WEIGHTS_H

#include "json.h"
#include "npy.h"

/* Indexes of tensors ("slots"): four for each layer, then the readout's two. */
enum { KERNEL = 0, RECURRENT_KERNEL = 1, BIAS = 2, RECURRENT_BIAS = 3, ROLES = 4 };
enum { DENSE_KERNEL = ROLES * RNN_LAYERS_MAXIMUM, DENSE_BIAS, SLOTS };

/* In Keras a layer can have a name of its own, such as "encoder". Its tensors have slots of their own until all names are read and its
 * recurrent kernel, or the lack of one, tells what the layer is. */
enum { NAMED_LAYERS = 2, NAMED_ROLES = 3, MORE_DENSE = SLOTS + NAMED_LAYERS * NAMED_ROLES };

/* Several layers that Keras names "dense", "dense_1", ... are a dense network. The first to be named has the readout's slots, the others
 * two each from MORE_DENSE on, until all names are read. */
enum { DENSE_LAYERS = RNN_LAYERS_MAXIMUM + 1, ALL_SLOTS = MORE_DENSE + 2 * (DENSE_LAYERS - 1), NO_SLOT = ALL_SLOTS };

/* The naming scheme of a file. */
enum names {
    NAMES_NONE, /* no name read yet */
    NAMES_KERAS, /* simple_rnn_1/kernel, as this project writes them; also sequential/simple_rnn_1/simple_rnn_cell/kernel:0 */
    NAMES_PYTORCH, /* rnn.weight_ih_l0, fc.bias: transposed, gates in another order, two biases */
    NAMES_NUMBERED /* arr_0, arr_1, ...: numpy.savez(file, *model.get_weights()) */
};

/* The position and shape of one tensor in a file. */
struct location {
    bool found;
    uint32_t named;                      /* 1 + the index of the layer with a name of its own; 0: a usual name */
    bool wide;                           /* numbers of 8 bytes instead of 4 */
    bool fortran;                        /* column-major order */
    size_t name, shape_at;               /* byte offsets of the texts of its name and its shape */
    uint64_t rank, shape[RNNI_NPY_RANK]; /* shape is stored for ranks 1 and 2 only */
    uint64_t begin, end;                 /* range of its bytes, from base */
};

struct weights {
    struct rnni_reader reader; /* the whole file, the part being read, and the diagnosis */
    size_t base;               /* the offset that positions are relative to */
    bool npz;                  /* for messages */
    enum names names;
    uint32_t layers;                      /* number of layers named so far */
    uint32_t numbers[RNN_LAYERS_MAXIMUM]; /* the layers' numbers in the file */
    struct location locations[ALL_SLOTS]; /* those of a layer are at the index of its number */
    uint32_t dense_layers, dense_numbers[DENSE_LAYERS];
    struct rnni_string second_dense; /* the name of the first tensor of a second dense layer */
    uint32_t named_layers;
    char layer_names[NAMED_LAYERS][RNNI_STRING_BYTES]; /* terminated by NUL */
    bool metadata, has_cell, has_activation, has_loss, has_features;
    bool has_names;           /* the names have determined the cell */
    const char *note;         /* the key whose value is wanted, or NULL */
    struct rnni_string value; /* that value, if it was found: its end is not 0 */
    struct rnn_config config; /* as far as it is known */
};

/* Finds the slot of the tensor with this name and marks it as found. It is an error if there is no such tensor, or if it was found
 * before. */
enum rnn_status rnni_weights_take_name(struct weights *w, const struct rnni_string *name, uint32_t *slot);

/* Reads {"cell": "simple_rnn", ...} at reader.at. All values are strings, and unknown keys are ignored. */
enum rnn_status rnni_weights_take_metadata(struct weights *w);

/* Checks that all tensors of one model are there, with consistent shapes and as many bytes as these imply. */
enum rnn_status rnni_weights_check(struct weights *w);

/* The first slot from this one on that the model has, or SLOTS. To be called after rnni_weights_check. */
uint32_t rnni_weights_next(const struct weights *w, uint32_t slot);

/* Checks that no number is NaN or infinite. All positions must be inside the file. */
enum rnn_status rnni_weights_check_finite(struct weights *w);

/* Begins the message with the tensor's name, as in "simple_rnn/kernel: ". */
enum rnn_status rnni_weights_fail(struct weights *w, uint32_t slot, size_t offset, const char *text);

/* There are more layers with names of their own than one recurrent and one Dense layer. layer: the name of one that is too many. */
enum rnn_status rnni_weights_fail_layers(struct weights *w, size_t offset, const char *layer);

/* There are two Dense layers behind a recurrent one. name: a tensor of the second. */
enum rnn_status rnni_weights_fail_dense(struct weights *w, const struct rnni_string *name);

/* __metadata__ says dense, and the tensors are not those of Dense layers alone. */
enum rnn_status rnni_weights_fail_dense_names(struct weights *w, size_t offset);

/* A tensor of a network with this cell and the default extents. Its name and rank are the same in any such network. */
struct rnn_tensor rnni_weights_tensor_of(uint32_t cell, uint32_t index);

/* The index of a slot's tensor in a model of `layers` layers with this cell. */
uint32_t rnni_weights_tensor_index(uint32_t cell, uint32_t slot, uint32_t layers);

/* Are the notes valid: UTF-8, and each key once and none of the configuration's? notes: may be NULL. */
enum rnn_status rnni_weights_check_notes(const struct rnn_note *notes);

/* Writes the metadata as a JSON object. */
void rnni_weights_put_metadata(struct rnni_writer *writer, const struct rnn_config *config,
                               const struct rnn_note *notes);

/* The parser of each format. *w: in, all zero except reader, npz and config (the values before reading); out, the checked result. */
enum rnn_status rnni_safetensors_parse(struct weights *w, size_t bytes);
enum rnn_status rnni_npz_parse(struct weights *w, size_t bytes);

#endif
