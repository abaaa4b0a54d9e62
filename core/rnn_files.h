/* What Unrolled reads and writes: data sets as CSV, weights as safetensors and npz, models as Python programs, and texts.
 *
 * The public header of the library `rnn_files`, which uses `rnn` and only what rnn.h shows of it. It reads and writes memory;
 * opening files is the caller's work. Results, memory and threads are as in rnn.h; no function here keeps anything.
 *
 * Lengths of texts and files are size_t, because these are in memory. A function that writes takes a capacity in bytes and writes
 * everything or nothing. It returns RNN_ERROR_BLOCK where the capacity is too small, and *written then says how many bytes are needed;
 * with NULL and capacity 0 it only measures, and RNN_ERROR_BLOCK is then the answer that is wanted. written may be NULL. A function that
 * reads explains in *diagnosis, which may be NULL, what was wrong and where. It writes there with RNN_ERROR_CSV and RNN_ERROR_WEIGHTS,
 * and with no other status. */
#ifndef RNN_FILES_H
#define RNN_FILES_H

#include "rnn.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a text or a file went wrong, and what was expected there. line and column count from 1 (0: not applicable), a
 * column is one of the table; offset counts bytes from 0. text is one line without a full stop, ended by NUL. */
struct rnn_diagnosis {
    uint32_t line, column;
    size_t offset;
    char text[240];
};

/* ------------------------------------------------------------------------------------------------ data as text */

/* Text of a data set. The header is y,x1,...,xT with one feature, y,x1_1,x1_2,...,xT_F with more, and y1,...,yT,x1,...
 * where every time step has its target; then one sequence a line. Numbers are decimal or scientific; written with the
 * fewest digits that read back to the same bits. Lines end with \n or \r\n; a UTF-8 byte-order mark, blanks around a field
 * and empty lines at the end are accepted. */
struct rnn_csv_shape {
    uint32_t samples, timesteps, features;
    uint32_t return_sequences; /* 1: the header has y1,...,yT, also where T is 1; 0: it has y */
};

/* Read the header and count the lines. *shape: out. RNN_ERROR_CSV with the diagnosis. */
RNN_API enum rnn_status rnn_csv_measure(const char *text, size_t bytes, struct rnn_csv_shape *shape,
                                        struct rnn_diagnosis *diagnosis);

/* Read the numbers of a text that rnn_csv_measure accepted, with the shape it gave. loss and outputs say which targets are
 * right; outputs is what the loss takes, 2 to 64 for sparse_categorical_crossentropy and 1 for the others, or 0 for any class; other
 * numbers are RNN_ERROR_RANGE.
 * x: out (samples, timesteps, features); y: out (samples, readouts). RNN_ERROR_CSV with the diagnosis: x and y then hold the lines
 * before that place, and their remainder is undefined. */
RNN_API enum rnn_status rnn_csv_read(const char *text, size_t bytes, const struct rnn_csv_shape *shape, uint32_t loss,
                                     uint32_t outputs, rnn_real *x, rnn_real *y, struct rnn_diagnosis *diagnosis);

/* Write the header, or one sample's line, each with its \n and no NUL. RNN_ERROR_BLOCK: the capacity is too small; RNN_ERROR_DATA: a
 * number is not finite. The header does not depend on the shape's samples. */
RNN_API enum rnn_status rnn_csv_write_header(const struct rnn_csv_shape *shape, char *text, size_t capacity,
                                             size_t *written);
RNN_API enum rnn_status rnn_csv_write_sample(const struct rnn_dataset *data, uint32_t sample, char *text,
                                             size_t capacity, size_t *written);

/* One float as text, ended by NUL: the fewest digits that read back to the same bits ("0.1", "1e-07", "-0"). */
#define RNN_DECIMAL_BYTES 20
RNN_API size_t rnn_decimal_write(float value, char text[RNN_DECIMAL_BYTES]);

/* The float nearest to a decimal number, ties to even. Reads [sign] digits [e [sign] digits] from
 * text[0 .. bytes), where a point may stand before, among or behind the digits, and returns how many bytes belong to
 * it; 0 if none do. Too large gives an infinity. */
RNN_API size_t rnn_decimal_read(const char *text, size_t bytes, float *value);

/* ------------------------------------------------------------------------------------------------ weights in files */

/* Two formats, told apart by how a file begins:
 *     safetensors  (Hugging Face) an 8-byte little-endian length, a JSON header, the tensors' bytes, F32
 *     npz          (NumPy) a ZIP of NPY arrays, stored, as numpy.savez writes it; <f4 or <f8, rows or columns first
 * What is written: F32, names and shapes of rnn_tensor_of, and __metadata__ (in an npz an array of bytes) with "cell",
 * "activation", "loss" and, where it is so, "return_sequences": "true". What is read, in any order:
 *     Keras        simple_rnn/kernel, sequential/gru_1/gru_cell/bias:0, dense_2/kernel ...: the layers in the order of their
 *                  numbers; or arr_0, arr_1, ... of numpy.savez(file, *model.get_weights())
 *     PyTorch      rnn.weight_ih_l0, rnn.bias_hh_l0, fc.weight ..., of the state_dict of RNN, GRU or LSTM and a Linear:
 *                  transposed, a GRU's gates r z n put in order; RNN's and LSTM's two biases are added
 * The cell follows from the names or the shapes. What a file does not say stays as it is in *config where it fits: activation
 * (else tanh), loss (else sparse_categorical_crossentropy if K > 1, else binary_crossentropy), return_sequences. */

/* Check a whole file and read its configuration: cell, activation, layers, units, features, outputs, loss and
 * return_sequences. The rest stays, timesteps too, which no file holds. config: in and out; start from rnn_config_default().
 * RNN_ERROR_WEIGHTS with the diagnosis; RNN_ERROR_RANGE: *config was out of range.
 *
 * To load weights: rnn_weights_measure, a buffer of rnn_parameter_count(&config) numbers, rnn_weights_read, rnn_model_init with that
 * config, rnn_model_set_parameters. */
RNN_API enum rnn_status rnn_weights_measure(const void *file, size_t bytes, struct rnn_config *config,
                                            struct rnn_diagnosis *diagnosis);

/* Copy the parameters out of a file that rnn_weights_measure accepted. parameters: out (P). RNN_ERROR_SHAPE: the file is of
 * another network than *config says; rnn_weights_measure says of which. */
RNN_API enum rnn_status rnn_weights_read(const void *file, size_t bytes, const struct rnn_config *config,
                                         rnn_real *parameters, struct rnn_diagnosis *diagnosis);

/* Write a file. RNN_ERROR_BLOCK: the capacity is too small; RNN_ERROR_DATA: a parameter is not finite. */
RNN_API enum rnn_status rnn_safetensors_write(const struct rnn_config *config, const rnn_real *parameters, void *file,
                                              size_t capacity, size_t *written);
RNN_API enum rnn_status rnn_npz_write(const struct rnn_config *config, const rnn_real *parameters, void *file,
                                      size_t capacity, size_t *written);

/* ------------------------------------------------------------------------------------------------ on to Python */

/* Whose program. */
enum rnn_framework { RNN_KERAS = 0, RNN_PYTORCH = 1 };

/* "keras", "pytorch", or NULL past the last. */
RNN_API const char *rnn_framework_name(uint32_t index);

/* What a program that goes on with a model has beside it, and how it trains. */
struct rnn_program {
    uint32_t framework;          /* enum rnn_framework */
    const char *data;            /* names of files; bytes that are no UTF-8 are kept for Python */
    const char *validation_data; /* NULL: none */
    const char *weights;         /* as npz if it ends so, else as safetensors */
    double validation_split;     /* 0: none */
    struct rnn_fit_options fit;
};

/* Write a Python program that loads the data and the weights and goes on training: files/keras.py.in or files/pytorch.py.in filled with
 * the network, the optimizer and the program's values. Python reads the same doubles from it. text: out, without a NUL.
 * program->data and program->weights must not be NULL, and validation_data and validation_split exclude each other:
 * RNN_ERROR_ARGUMENT. RNN_ERROR_BLOCK: the capacity is too small; RNN_ERROR_RANGE: a number of config, optimizer or program is out
 * of its range, which for validation_freq is 0 or that of the epochs. */
RNN_API enum rnn_status rnn_program_write(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                          const struct rnn_program *program, char *text, size_t capacity,
                                          size_t *written);

/* ------------------------------------------------------------------------------------------------ texts */

/* Write Keras's model.summary() as UTF-8 text with line ends, ended by a NUL that counts. RNN_ERROR_BLOCK: the capacity is too small. */
RNN_API enum rnn_status rnn_summary_write(const struct rnn_config *config, char *text, size_t capacity,
                                          size_t *written);

/* What a task of rnn.h is about, in sentences. */
struct rnn_task_text {
    const char *text;     /* what is to be said of a sequence */
    const char *solution; /* what a network must do to solve it */
    const char *scope;    /* of which sequences its rule says nothing, or NULL: of none (rnn_task_targets) */
};

/* Of a task (enum rnn_task), or NULL past the last. */
RNN_API const struct rnn_task_text *rnn_task_text_of(uint32_t task);

#ifdef __cplusplus
}
#endif
#endif
