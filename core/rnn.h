/* Unrolled: a recurrent network that can be taken apart.
 *
 * The one public header of the core. The core is C11 that allocates nothing, opens nothing, asks no clock and keeps no
 * globals: the caller brings every block of memory, and every function returns a status.
 *
 * Letters, fixed once:  B batch  T timesteps  F features  U units  P parameters  n samples
 * Arrays are row-major.  Sequences are x (n, T, F), labels y (n).
 *
 * The model is Sequential([SimpleRNN(U, activation), Dense(1, sigmoid)]) with Keras's layout:
 *
 *     z_t = x_t · kernel (F, U)  +  h_{t-1} · recurrent_kernel (U, U)  +  bias (U)        h_0 = 0
 *     h_t = activation(z_t)                                   Elman 1990, eq. of the simple recurrent network
 *     logit = h_T · dense kernel (U, 1) + dense bias (1)      p = sigmoid(logit)
 *     L = mean over the batch of  max(logit, 0) - logit·y + log(1 + exp(-|logit|))        binary cross-entropy
 *
 * The same inputs give the same bits on every target (docs/determinism.md).
 */
#ifndef RNN_H
#define RNN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The number type of weights, activations and data. float ships; the double build exists for gradient tests alone. */
#ifdef RNN_DOUBLE
typedef double rnn_real;
#else
typedef float rnn_real;
#endif

/* ------------------------------------------------------------------------------------------------ status and text */

/* What a call answers. The values never change. An error leaves models, workspaces and fits as they were; what stands in
 * other outputs then is not said, where the function does not say it. */
enum rnn_status {
    RNN_OK = 0,
    RNN_ERROR_ARGUMENT = 1,    /* a null pointer, or an index past the end */
    RNN_ERROR_RANGE = 2,       /* a number outside its range: see rnn_range_of */
    RNN_ERROR_TOO_LARGE = 3,   /* would need more than RNN_MEMORY_LIMIT bytes */
    RNN_ERROR_BLOCK = 4,       /* a block too small, not aligned to RNN_ALIGNMENT, or not made by the matching _init */
    RNN_ERROR_SHAPE = 5,       /* two things whose timesteps, features or units do not agree */
    RNN_ERROR_DATA = 6,        /* a value that is not finite, or a label other than 0 or 1 */
    RNN_ERROR_EMPTY = 7,       /* no samples, or a validation split that leaves a part without samples */
    RNN_DIVERGED = 8,          /* training met a loss or a weight that is not finite */
    RNN_ERROR_CSV = 9,         /* text that is not a data set; the diagnosis says where */
    RNN_ERROR_SAFETENSORS = 10 /* bytes that are not this model's weights; the diagnosis says where */
};

/* The name of a status ("RNN_ERROR_RANGE"), and one sentence that explains it. Never NULL. */
const char *rnn_status_name(enum rnn_status status);
const char *rnn_status_text(enum rnn_status status);

/* Where a text or a file went wrong, and what was expected there. line and column count from 1 (0: not applicable), a
 * column is one of the table; offset counts bytes from 0. text is one line without a full stop, ended by NUL. */
struct rnn_diagnosis {
    uint32_t line, column;
    size_t offset;
    char text[240];
};

/* ------------------------------------------------------------------------------------------------ names and ranges */

enum rnn_cell { RNN_SIMPLE_RNN = 0 };
enum rnn_activation { RNN_TANH = 0, RNN_RELU = 1 };
enum rnn_task { RNN_TASK_RANDOM = 0, RNN_TASK_FIRST = 1 };

/* Keras's name of the index-th choice ("simple_rnn"; "tanh", "relu"; "random", "first"), or NULL past the last. */
const char *rnn_cell_name(uint32_t index);
const char *rnn_activation_name(uint32_t index);
const char *rnn_task_name(uint32_t index);

/* One sentence that says what the task's label is, or NULL past the last task. */
const char *rnn_task_text(uint32_t index);

/* Every number a caller may choose, with its range; both ends belong to it unless open_end says that the maximum
 * does not. */
enum rnn_quantity {
    RNN_UNITS,
    RNN_TIMESTEPS,
    RNN_FEATURES,
    RNN_BATCH_SIZE,
    RNN_EPOCHS,
    RNN_SAMPLES,
    RNN_LEARNING_RATE,
    RNN_VALIDATION_SPLIT,
    RNN_SEED,
    RNN_QUANTITIES
};

struct rnn_range {
    const char *name; /* "units", "timesteps", "batch_size", ... */
    double minimum, maximum;
    bool whole;    /* whole numbers only */
    bool open_end; /* the maximum itself is out of range */
};

/* The range of a quantity, or NULL for a number that is none. */
const struct rnn_range *rnn_range_of(uint32_t quantity);

/* RNN_OK if value lies in the quantity's range; else RNN_ERROR_RANGE (NaN is never in range). */
enum rnn_status rnn_range_check(enum rnn_quantity quantity, double value);

/* ------------------------------------------------------------------------------------------------ configuration */

#define RNN_MEMORY_LIMIT ((uint64_t)1 << 30) /* bytes of model and workspace together: 1 GiB */
#define RNN_ALIGNMENT 16                     /* of every block that the caller brings */

struct rnn_config {
    uint32_t cell;       /* enum rnn_cell */
    uint32_t activation; /* enum rnn_activation */
    uint32_t units;
    uint32_t timesteps; /* the longest sequence that a workspace made from this config takes */
    uint32_t features;
    uint32_t seed; /* run seed: initial weights and shuffles */
};

/* Keras's defaults of the notebook: SimpleRNN(32, tanh), 10 timesteps, 1 feature, seed 42. */
struct rnn_config rnn_config_default(void);

/* RNN_OK, or RNN_ERROR_RANGE with *quantity (may be NULL) naming the first number out of range; RNN_QUANTITIES stands
 * for an unknown cell or activation. */
enum rnn_status rnn_config_check(const struct rnn_config *config, enum rnn_quantity *quantity);

/* Adam (Kingma & Ba 2015, the form before section 2.1's end), as Keras writes it; g is the batch's mean gradient:
 *     m += (1-beta_1)(g - m)    v += (1-beta_2)(g² - v)
 *     w -= alpha · m / (sqrt(v) + epsilon)      alpha = learning_rate · sqrt(1-beta_2^t) / (1-beta_1^t) */
struct rnn_optimizer {
    double learning_rate; /* 0.001 */
    double beta_1;        /* 0.9 */
    double beta_2;        /* 0.999 */
    double epsilon;       /* 1e-7 */
};

struct rnn_optimizer rnn_optimizer_default(void);

/* One weight tensor inside the flat parameter vector. */
struct rnn_tensor {
    const char *name;       /* "simple_rnn/kernel", Keras's */
    uint32_t rank;          /* 1 or 2 */
    uint32_t rows, columns; /* a vector has columns = 1 */
    size_t offset, count;   /* in numbers, from the start of the parameters */
};

#define RNN_TENSORS 5 /* kernel, recurrent_kernel, bias, dense kernel, dense bias: in this order */

/* P = FU + UU + U + U + 1. 0 if the config is out of range. */
size_t rnn_parameter_count(const struct rnn_config *config);

/* *tensor = the index-th tensor. RNN_ERROR_RANGE: config; RNN_ERROR_ARGUMENT: index >= RNN_TENSORS. */
enum rnn_status rnn_tensor_of(const struct rnn_config *config, uint32_t index, struct rnn_tensor *tensor);

/* Keras's model.summary() as UTF-8 text with line ends, ended by NUL.
 * *needed (may be NULL): bytes with the NUL. RNN_ERROR_BLOCK if capacity is less; nothing is written then. */
enum rnn_status rnn_summary_write(const struct rnn_config *config, char *text, size_t capacity, size_t *needed);

/* ------------------------------------------------------------------------------------------------ data */

/* Sequences with their labels. The arrays are the caller's and are only read. */
struct rnn_dataset {
    const rnn_real *x; /* (n, T, F) */
    const rnn_real *y; /* (n), each 0 or 1; may be NULL where no label is needed (predict) */
    uint32_t samples, timesteps, features;
};

/* RNN_OK if all of x is finite and all of y is 0 or 1. RNN_ERROR_DATA: *sample (may be NULL) is the first offender.
 * RNN_ERROR_RANGE: an extent is out of range. RNN_ERROR_EMPTY: no samples. */
enum rnn_status rnn_dataset_check(const struct rnn_dataset *data, uint32_t *sample);

/* Make samples first_sample ... first_sample + samples - 1 of a task with one feature, each x uniform in [0, 1).
 * Guarantees: x[i, t] depends on (data_seed, sample number, t) alone and y[i] on (data_seed, sample number) and x, so
 * that more samples or more timesteps keep the earlier values.
 *   random  y is a coin toss, drawn apart from x
 *   first   y = x[i, 0] > 0.5, for the very same x
 * x: out (samples, timesteps); y: out (samples).
 * RNN_ERROR_RANGE: an extent, or an unknown task; sample numbers must stay below 2^32. */
enum rnn_status rnn_task_generate(enum rnn_task task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                  uint32_t timesteps, rnn_real *x, rnn_real *y);

/* The first of the samples that the page calls fresh: far behind any training set, from the same stream. */
#define RNN_FRESH_SAMPLE 1000000u

/* How many samples stay for training: floor(n (1 - split)); the validation part is the last n minus that, as in Keras.
 * split 0 keeps all. RNN_ERROR_RANGE: split outside [0, 1); RNN_ERROR_EMPTY: a part has no samples. */
enum rnn_status rnn_validation_split(uint32_t samples, double split, uint32_t *training);

/* Text of a data set. The header is y,x1,...,xT with one feature, y,x1_1,x1_2,...,xT_F with more; then one sequence a
 * line. Numbers are decimal or scientific; written with the fewest digits that read back to the same bits. Lines end
 * with \n or \r\n; a UTF-8 byte-order mark, blanks around a field and empty lines at the end are accepted. */

/* Read the header and count the lines. *samples, *timesteps, *features: out. RNN_ERROR_CSV with the diagnosis. */
enum rnn_status rnn_csv_measure(const char *text, size_t bytes, uint32_t *samples, uint32_t *timesteps,
                                uint32_t *features, struct rnn_diagnosis *diagnosis);

/* Read the numbers of a text that rnn_csv_measure accepted, with the extents it gave.
 * x: out (samples, timesteps, features); y: out (samples). RNN_ERROR_CSV with the diagnosis. */
enum rnn_status rnn_csv_read(const char *text, size_t bytes, uint32_t samples, uint32_t timesteps, uint32_t features,
                             rnn_real *x, rnn_real *y, struct rnn_diagnosis *diagnosis);

/* Write the header, or one sample's line, each with its \n and no NUL. *written: bytes needed; RNN_ERROR_BLOCK if
 * capacity is less. */
enum rnn_status rnn_csv_write_header(uint32_t timesteps, uint32_t features, char *text, size_t capacity,
                                     size_t *written);
enum rnn_status rnn_csv_write_sample(const struct rnn_dataset *data, uint32_t sample, char *text, size_t capacity,
                                     size_t *written);

/* One float as text, ended by NUL: the fewest digits that read back to the same bits ("0.1", "1e-07", "-0"). */
#define RNN_DECIMAL_BYTES 20
size_t rnn_decimal_write(float value, char text[RNN_DECIMAL_BYTES]);

/* The float nearest to a decimal number, ties to even. Reads [sign] digits [e [sign] digits] from
 * text[0 .. bytes), where a point may stand before, among or behind the digits, and returns how many bytes belong to
 * it; 0 if none do. Too large gives an infinity. */
size_t rnn_decimal_read(const char *text, size_t bytes, float *value);

/* ------------------------------------------------------------------------------------------------ model */

/* A model is one block: weights, optimizer, counters and the state of rnn_model_step. It holds no pointers, so a copy of
 * its bytes is a snapshot, and going on from a snapshot gives the same bits as never having stopped. */
struct rnn_model;

/* *bytes = the size of the block. RNN_ERROR_RANGE: config. */
enum rnn_status rnn_model_size(const struct rnn_config *config, size_t *bytes);

/* Carve a model from the block and draw its first weights: kernels glorot_uniform (Glorot & Bengio 2010),
 * recurrent kernel orthogonal (Saxe et al. 2014; signs fixed by diag(R) > 0), biases zero; Adam with its defaults.
 * RNN_ERROR_BLOCK: too small or not aligned. */
enum rnn_status rnn_model_init(void *block, size_t bytes, const struct rnn_config *config, struct rnn_model **model);

const struct rnn_config *rnn_model_config(const struct rnn_model *model);
const struct rnn_optimizer *rnn_model_optimizer(const struct rnn_model *model);

/* Take another optimizer and forget its moments and update count, as Keras's compile does. The weights stay.
 * RNN_ERROR_RANGE: learning rate not in its range, a beta not in [0, 1), epsilon not finite and >= 0. */
enum rnn_status rnn_model_compile(struct rnn_model *model, const struct rnn_optimizer *optimizer);

/* Change the learning rate alone; moments and counts stay. */
enum rnn_status rnn_model_set_learning_rate(struct rnn_model *model, double learning_rate);

/* The P parameters, in the order of rnn_tensor_of. */
const rnn_real *rnn_model_parameters(const struct rnn_model *model);

/* Replace them; the optimizer's state stays. RNN_ERROR_SHAPE: count is not P; RNN_ERROR_DATA: one is not finite. */
enum rnn_status rnn_model_set_parameters(struct rnn_model *model, const rnn_real *parameters, size_t count);

/* Epochs completed, updates done since the weights were drawn, and samples read of the epoch under way. */
struct rnn_counters {
    uint64_t updates;
    uint32_t epochs;
    uint32_t position;
};
struct rnn_counters rnn_model_counters(const struct rnn_model *model);

/* Copy the whole training state out, or back in. bytes is rnn_model_size's answer. RNN_ERROR_BLOCK: another size;
 * restore also: bytes that are no snapshot; RNN_ERROR_SHAPE: a snapshot of another configuration. */
enum rnn_status rnn_model_snapshot(const struct rnn_model *model, void *snapshot, size_t bytes);
enum rnn_status rnn_model_restore(struct rnn_model *model, const void *snapshot, size_t bytes);

/* ------------------------------------------------------------------------------------------------ workspace */

/* Scratch memory for batches: activations and gradients of up to batch_size sequences of up to config->timesteps steps.
 * It holds no state between calls; one may serve many models of one shape, one call at a time. */
struct rnn_workspace;

/* *bytes: 64 bits on every target; also set when the answer is RNN_ERROR_TOO_LARGE (with the
 * model more than RNN_MEMORY_LIMIT). */
enum rnn_status rnn_workspace_size(const struct rnn_config *config, uint32_t batch_size, uint64_t *bytes);
enum rnn_status rnn_workspace_init(void *block, size_t bytes, const struct rnn_config *config, uint32_t batch_size,
                                   struct rnn_workspace **workspace);

/* ------------------------------------------------------------------------------------------------ training */

struct rnn_figures {
    double loss, accuracy;
};

/* One epoch's line in the history. Training figures are averages over the epoch's samples while the weights move;
 * validation figures are measured after it (NaN without validation data). */
struct rnn_epoch {
    double loss, accuracy, val_loss, val_accuracy;
};

struct rnn_fit_options {
    uint32_t epochs; /* how many more */
    uint32_t batch_size;
    bool shuffle; /* anew each epoch, by (run seed, number of the epoch) alone */
};

/* Epochs, batch size and shuffle of Keras: 10 (the notebook's), 32, true. */
struct rnn_fit_options rnn_fit_options_default(void);

/* A fit under way: what to train on, the order of the epoch's samples, the history. One block, the caller's. The data
 * must stay where they are until the fit ends. */
struct rnn_fit;

enum rnn_status rnn_fit_size(uint32_t training_samples, const struct rnn_fit_options *options, size_t *bytes);

/* Prepare to train the model's next options->epochs epochs. An epoch that an earlier fit left unfinished is begun anew.
 * validation: may be NULL. RNN_ERROR_DATA, RNN_ERROR_SHAPE, RNN_ERROR_RANGE, RNN_ERROR_EMPTY, RNN_ERROR_BLOCK. */
enum rnn_status rnn_fit_init(void *block, size_t bytes, struct rnn_model *model, const struct rnn_dataset *training,
                             const struct rnn_dataset *validation, const struct rnn_fit_options *options,
                             struct rnn_fit **fit);

enum rnn_divergence {
    RNN_DIVERGED_LOSS = 1,      /* of a batch, before its update */
    RNN_DIVERGED_WEIGHTS = 2,   /* one of them, after the epoch's last update */
    RNN_DIVERGED_VALIDATION = 3 /* the validation loss, after the epoch's last update; the weights are finite */
};

struct rnn_progress {
    uint32_t epoch;        /* completed epochs of this fit */
    uint32_t batch;        /* completed batches of the epoch under way */
    uint32_t batches;      /* batches an epoch */
    uint64_t updates;      /* updates in this fit */
    bool done;             /* all epochs are completed */
    double loss, accuracy; /* of the epoch under way, over its samples so far; 0 before the first */
    double batch_loss, batch_accuracy; /* of the latest batch, before its update */
    /* after RNN_DIVERGED: what was not finite (enum rnn_divergence), and in which epoch and batch, counted from 1 */
    uint32_t divergence, diverged_epoch, diverged_batch;
};

/* Do up to max_updates updates, then return; budgets of any size give the same bits. The update that ends an epoch also
 * measures the validation data and writes the history. Restoring the model to an earlier moment of this fit and going on
 * replays it. model: the one that rnn_fit_init was given, or one of the same configuration.
 * RNN_DIVERGED: stopped before the update whose loss is not finite, or at the end of an epoch (enum rnn_divergence); the
 * history keeps the completed epochs, and the weights are those of that moment. RNN_ERROR_SHAPE: the workspace is too
 * small for the data or the batch, or the model is of another configuration. */
enum rnn_status rnn_fit_run(struct rnn_fit *fit, struct rnn_model *model, struct rnn_workspace *workspace,
                            uint64_t max_updates, struct rnn_progress *progress);

/* The epochs completed so far, in order; *epochs: out, how many. */
const struct rnn_epoch *rnn_fit_history(const struct rnn_fit *fit, uint32_t *epochs);

/* Loss and accuracy (p > 0.5) over a data set, with the weights as they are. */
enum rnn_status rnn_model_evaluate(const struct rnn_model *model, struct rnn_workspace *workspace,
                                   const struct rnn_dataset *data, struct rnn_figures *figures);

/* p of every sequence. probabilities: out (n). data->y is not read. */
enum rnn_status rnn_model_predict(const struct rnn_model *model, struct rnn_workspace *workspace,
                                  const struct rnn_dataset *data, rnn_real *probabilities);

/* The gradient of the mean loss of one batch of at most the workspace's batch size, as an update uses it.
 * gradient: out (P). figures: out, may be NULL. */
enum rnn_status rnn_model_gradient(const struct rnn_model *model, struct rnn_workspace *workspace,
                                   const struct rnn_dataset *batch, rnn_real *gradient, struct rnn_figures *figures);

/* ------------------------------------------------------------------------------------------------ one sequence */

/* One time step in, the state kept in the model. x: in (F). h: out (U), may be NULL. logit, probability: out, may be
 * NULL: what the readout says of the state now. After T steps the probability equals rnn_model_predict's to the bit.
 * RNN_ERROR_DATA: x is not finite. */
enum rnn_status rnn_model_step(struct rnn_model *model, const rnn_real *x, rnn_real *h, rnn_real *logit,
                               rnn_real *probability);

/* Back to h_0 = 0. */
enum rnn_status rnn_model_reset_states(struct rnn_model *model);

/* Every intermediate number of one sequence. All arrays are views into the caller's block. L is this sequence's own
 * loss; gradients reach back from the one readout at t = T. */
struct rnn_trace {
    uint32_t timesteps, units, features;
    rnn_real label;              /* 0, 1, or NaN: no label, then loss and gradients are NaN */
    rnn_real loss;               /* L */
    const rnn_real *x;           /* (T, F) */
    const rnn_real *z;           /* (T, U)    pre-activation */
    const rnn_real *h;           /* (T+1, U)  h_0 = 0 first */
    const rnn_real *logit;       /* (T)       what the readout says of h_t; trained only at t = T */
    const rnn_real *probability; /* (T) */
    const rnn_real *d_h;         /* (T, U)    dL/dh_t */
    const rnn_real *d_z;         /* (T, U)    dL/dz_t */
    const rnn_real *d_h_norm;    /* (T)       Euclidean norm of dL/dh_t */
};

enum rnn_status rnn_trace_size(const struct rnn_config *config, uint32_t timesteps, size_t *bytes);

/* Forward and backward over one sequence of any length (1 to 1,000 steps), with the weights as they are.
 * x: in (timesteps, F). label: 0, 1 or NaN. trace: out. */
enum rnn_status rnn_trace_run(const struct rnn_model *model, const rnn_real *x, uint32_t timesteps, rnn_real label,
                              void *block, size_t bytes, struct rnn_trace *trace);

/* What time step t (1 ... T) alone adds to the gradients:
 *     dL/dkernel += x_tᵀ dL/dz_t    dL/drecurrent_kernel += h_{t-1}ᵀ dL/dz_t    dL/dbias += dL/dz_t
 * d_kernel: out (F, U); d_recurrent_kernel: out (U, U); d_bias: out (U); each may be NULL. Summed over t they are the
 * gradient that training uses on this sequence alone, to rounding. */
enum rnn_status rnn_trace_contribution(const struct rnn_trace *trace, uint32_t t, rnn_real *d_kernel,
                                       rnn_real *d_recurrent_kernel, rnn_real *d_bias);

/* ------------------------------------------------------------------------------------------------ weights in files */

/* safetensors (the format of Hugging Face): an 8-byte little-endian length, a JSON header, the tensors' bytes, F32 and
 * little-endian. Names and shapes are rnn_tensor_of's, in any order; __metadata__ holds "cell", "activation" and "loss".
 * Without it the cell follows from the names and the activation is tanh. */

/* Check a whole file and read its configuration: cell, activation, units, features (timesteps and seed are left as they
 * were in *config). RNN_ERROR_SAFETENSORS with the diagnosis. */
enum rnn_status rnn_safetensors_measure(const void *file, size_t bytes, struct rnn_config *config,
                                        struct rnn_diagnosis *diagnosis);

/* Copy the parameters out of a file that rnn_safetensors_measure accepted. parameters: out (P). */
enum rnn_status rnn_safetensors_read(const void *file, size_t bytes, const struct rnn_config *config,
                                     rnn_real *parameters, struct rnn_diagnosis *diagnosis);

/* Write a file. *written: bytes needed; RNN_ERROR_BLOCK if capacity is less (file may be NULL with capacity 0). */
enum rnn_status rnn_safetensors_write(const struct rnn_config *config, const rnn_real *parameters, void *file,
                                      size_t capacity, size_t *written);

/* ------------------------------------------------------------------------------------------------ chance */

/* The central band that holds at least 95 % of n fair coin tosses, as shares: exact binomial, equal tails of at most
 * 2.5 %. RNN_ERROR_EMPTY: n is 0. */
enum rnn_status rnn_chance_band(uint32_t n, double *low, double *high);

/* The share of the commoner label among n: what always answering it would score. */
enum rnn_status rnn_commoner_share(const rnn_real *y, uint32_t n, double *share);

/* The q-quantile (q in [0, 1]) of n numbers, interpolated linearly as numpy does by default (Hyndman & Fan 1996,
 * type 7). The numbers are sorted in place. RNN_ERROR_EMPTY: n is 0; RNN_ERROR_DATA: one is not finite. */
enum rnn_status rnn_quantile(double *values, uint32_t n, double q, double *quantile);

#ifdef __cplusplus
}
#endif
#endif
