/* Unrolled: a recurrent neural network that shows every number it computes.
 *
 * This is the public header of the library `rnn`, the network. The library `rnn_files` (rnn_files.h) reads and writes files. Both
 * are C11. They allocate no memory, open no files, print nothing, do not read the clock and have no global variables.
 *
 * Results. Most functions return enum rnn_status and write their results through pointers. If such a function fails, these results
 * are left unchanged, unless its comment says otherwise. A pointer that may be NULL is documented as such; any other NULL gives
 * RNN_ERROR_ARGUMENT. The remaining functions return their result directly: a name (NULL for an index past the last), a count (0 if
 * the configuration is out of range), a default, or a part of a valid model or fit. Their pointers must be valid.
 *
 * Memory. The caller provides each block of memory, of the size that the matching _size function reports, aligned to RNN_ALIGNMENT,
 * as any block from malloc is. Sizes of blocks are uint64_t on every machine; one that does not fit into size_t cannot be
 * allocated. To release a block, release its memory. Blocks do not point to one another. A fit points to the arrays of its
 * data sets, which must stay in place until the fit ends; the structs rnn_dataset themselves are copied. A pointer that a function
 * returns points into the block that was passed to it, and is valid as long as that block. Memory that a call writes must not
 * overlap any other argument, unless its comment says so. Structs that the library fills (traces and the like) must be passed back
 * unchanged.
 *
 * Enums, such as a cell or a loss, are passed and stored as uint32_t.
 *
 * Threads. Two calls may run at the same time if neither writes to a block that the other uses. Memory behind a const pointer is
 * only read. Calls that take a workspace write to it. Functions that take a model without const write to the model.
 *
 * Same bits. The same inputs give the same bits on every machine and with every compiler that builds this library. Tested are gcc
 * 12 and clang 14 for x86-64, aarch64, 32-bit ARM, i386 with SSE2, riscv64, ppc64le, s390x and WebAssembly, on Linux
 * (docs/determinism.md of the project). A compiler or an option that would change bits is rejected with an #error (internal.h),
 * except two that the source cannot detect: clang's -ffp-contract=fast, and before clang 13 its -fassociative-math and
 * -freciprocal-math. Windows needs clang-cl and is not tested. The processor must round to nearest and keep subnormal numbers,
 * which is the state in which programs start; linking with -ffast-math changes it.
 *
 * Letters used in shapes:  B batch  T timesteps  F features  U units  G gates of a cell  L layers  K outputs  P parameters
 *                          R readouts of a sequence: 1, or T with return_sequences      n samples
 * Arrays are row-major. Sequences are x (n, T, F), their targets y (n, R).
 *
 * The model is a Keras Sequential of 1 to 3 recurrent layers with U units each and a Dense(K) readout, with the shapes and the
 * order of weights that Keras has. For SimpleRNN:
 *
 *     z_t = x_t · kernel (F, U)  +  h_{t-1} · recurrent_kernel (U, U)  +  bias (U)        h_0 = 0
 *     h_t = activation(z_t)                                   Elman 1990, eq. of the simple recurrent network
 *     logit = h_T · dense kernel (U, K) + dense bias (K)      with return_sequences at every t
 *
 * In a GRU and an LSTM each gate has its own z, computed as above from its own columns of the kernels and the bias, in Keras's
 * order. sigma is the logistic function, * multiplies element by element:
 *
 *     GRU   (Cho et al. 2014, in the form that Keras calls reset_after)          LSTM  (Gers, Schmidhuber & Cummins 2000)
 *     u_t = sigma(z)      update gate, Keras's z                                 i_t = sigma(z)   f_t = sigma(z)   o_t = sigma(z)
 *     r_t = sigma(z)      reset gate                                             g_t = tanh(z)    candidate, Keras's c
 *     q_t = h_{t-1} · recurrent kernel + its bias                                c_t = f_t * c_{t-1} + i_t * g_t
 *     g_t = tanh(x_t · kernel + bias + r_t * q_t)      candidate, Keras's h      h_t = o_t * tanh(c_t)
 *     h_t = u_t * h_{t-1} + (1 - u_t) * g_t
 *
 * RNN_DENSE is a feed-forward network instead, to compare with: Keras's Flatten, then 1 to 3 layers Dense(U, activation), then the
 * readout. It reads all T·F numbers of a sequence at once, in the order of x:
 *
 *     h = activation(x · kernel (T·F, U) + bias (U))        logit = h · dense kernel (U, K) + dense bias (K)
 *
 * It answers once per sequence (return_sequences is 0). Its sequences must have the config's number of timesteps, and neither
 * lengths nor first states; other data give RNN_ERROR_SHAPE. Any cut gives RNN_ERROR_ARGUMENT. It has no states, so rnn_model_step
 * and its states, rnn_model_roll, rnn_model_generate, traces and rnn_backward_run give RNN_ERROR_SHAPE. recurrent_initializer and
 * recurrent_gain have no effect.
 *
 * docs/equations.md of the project derives the gradients and names the sources. */
#ifndef RNN_H
#define RNN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of both libraries. Before 1.0.0 a new minor version may change functions, formats of blocks and bits; a patch changes
 * none of them. rnn_version returns the version that the program was linked with. */
#define RNN_VERSION_MAJOR 0
#define RNN_VERSION_MINOR 2
#define RNN_VERSION_PATCH 0
#define RNN_VERSION       "0.2.0"

/* Marks the functions that a shared library exports. */
#if defined(__GNUC__) && !defined(_WIN32)
#define RNN_API __attribute__((visibility("default")))
#else
#define RNN_API
#endif

RNN_API const char *rnn_version(void);

/* The number type of weights, activations and data. Released builds use float; the double build exists only for gradient tests. */
#ifdef RNN_DOUBLE
typedef double rnn_real;
#else
typedef float rnn_real;
#endif

/* ------------------------------------------------------------------------------------------------ status and text */

/* The result of a call. These values never change. An error leaves models and fits as they were, unless the function's comment says
 * otherwise. */
enum rnn_status {
    RNN_OK = 0,
    RNN_ERROR_ARGUMENT = 1,  /* a null pointer, or an index past the end */
    RNN_ERROR_RANGE = 2,     /* a number is outside its range: see rnn_range_of */
    RNN_ERROR_TOO_LARGE = 3, /* more than RNN_MEMORY_LIMIT bytes would be needed */
    RNN_ERROR_BLOCK = 4,     /* a block is too small, not aligned to RNN_ALIGNMENT, or not made by the matching _init */
    RNN_ERROR_SHAPE = 5,     /* the shapes, cells or layers of two arguments do not match */
    RNN_ERROR_DATA = 6,      /* a value is not finite, or a target is not valid for the loss */
    RNN_ERROR_EMPTY = 7,     /* no samples, or the validation split leaves none in one of the two parts */
    RNN_DIVERGED = 8,        /* training produced a loss or a weight that is not finite */
    RNN_ERROR_CSV = 9,       /* rnn_files.h: the text is not a data set; the diagnosis says where */
    RNN_ERROR_WEIGHTS = 10,  /* rnn_files.h: the file does not hold a model's weights; the diagnosis says where */
    RNN_ERROR_SNAPSHOT = 11, /* the bytes are not a snapshot, or the snapshot is damaged */
    RNN_ERROR_VERSION = 12,  /* the snapshot is from another version of this library */
    RNN_ERROR_TEXT = 13      /* rnn_files.h: the text cannot be read; the diagnosis says where */
};

/* The name of a status ("RNN_ERROR_RANGE"), and one sentence that explains it. Never NULL. */
RNN_API const char *rnn_status_name(enum rnn_status status);
RNN_API const char *rnn_status_text(enum rnn_status status);

/* ------------------------------------------------------------------------------------------------ names and ranges */

enum rnn_cell { RNN_SIMPLE_RNN = 0, RNN_GRU = 1, RNN_LSTM = 2, RNN_DENSE = 3 };
enum rnn_activation { RNN_TANH = 0, RNN_RELU = 1 };
enum rnn_initializer { RNN_GLOROT_UNIFORM = 0, RNN_ORTHOGONAL = 1, RNN_IDENTITY = 2, RNN_ZEROS = 3 };
enum rnn_loss { RNN_BINARY_CROSSENTROPY = 0, RNN_SPARSE_CATEGORICAL_CROSSENTROPY = 1, RNN_MEAN_SQUARED_ERROR = 2 };
enum rnn_metric { RNN_ACCURACY = 0, RNN_MEAN_ABSOLUTE_ERROR = 1 };
enum rnn_method { RNN_ADAM = 0, RNN_SGD = 1, RNN_RMSPROP = 2 };
enum rnn_monitor {
    RNN_MONITOR_NOTHING = 0,
    RNN_MONITOR_LOSS = 1,
    RNN_MONITOR_METRIC = 2,
    RNN_MONITOR_VAL_LOSS = 3,
    RNN_MONITOR_VAL_METRIC = 4
};

/* Keras's name of the value with this index ("simple_rnn", "gru", "lstm", "dense"; "tanh", "relu"; ...), or NULL past the last. */
RNN_API const char *rnn_cell_name(uint32_t index);
RNN_API const char *rnn_activation_name(uint32_t index);
RNN_API const char *rnn_initializer_name(uint32_t index);
RNN_API const char *rnn_loss_name(uint32_t index);
RNN_API const char *rnn_metric_name(uint32_t index);
RNN_API const char *rnn_method_name(uint32_t index);

/* Every number that a caller may choose. Its range includes the minimum and, unless open_end is set, the maximum. */
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
    RNN_LAYERS,
    RNN_CLASSES,
    RNN_RECURRENT_GAIN,
    RNN_L2,
    RNN_MOMENTUM,
    RNN_RHO,
    RNN_GLOBAL_CLIPNORM,
    RNN_CLIPVALUE,
    RNN_BETA_1,
    RNN_BETA_2,
    RNN_EPSILON,
    RNN_TEMPERATURE,
    RNN_QUANTITIES
};

struct rnn_range {
    const char *name; /* "units", "timesteps", "batch_size", ... */
    double minimum, maximum;
    bool whole;    /* whole numbers only */
    bool open_end; /* the maximum itself is out of range */
};

/* The range of a quantity, or NULL if there is no such quantity. */
RNN_API const struct rnn_range *rnn_range_of(uint32_t quantity);

/* Returns RNN_OK if value is in the quantity's range, otherwise RNN_ERROR_RANGE. NaN is never in range. */
RNN_API enum rnn_status rnn_range_check(uint32_t quantity, double value);

/* ------------------------------------------------------------------------------------------------ configuration */

#define RNN_MEMORY_LIMIT ((uint64_t)1 << 30) /* bytes of model and workspace together: 1 GiB */
#define RNN_ALIGNMENT    8                   /* of every block that the caller provides, in bytes */

struct rnn_config {
    double recurrent_gain; /* factor of the initial recurrent kernel; of an orthogonal one it is the spectral radius */
    double l2;             /* lambda: the loss includes lambda · sum of w² over kernels and recurrent kernels */
    uint32_t cell;         /* enum rnn_cell */
    uint32_t activation;   /* enum rnn_activation, for SimpleRNN and dense layers; GRU and LSTM always use tanh */
    uint32_t layers;       /* 1 to 3, stacked */
    uint32_t units;        /* per layer */
    uint32_t
        timesteps; /* the longest sequence for a workspace; a dense network reads only this length, which shapes its kernel */
    uint32_t features;
    uint32_t return_sequences;   /* 1: a readout, and a target, at every time step; 0: only at the last */
    uint32_t loss;               /* enum rnn_loss, which also determines the readout's activation */
    uint32_t outputs;            /* K: number of classes for sparse_categorical_crossentropy (2 to 64), otherwise 1 */
    uint32_t kernel_initializer; /* enum rnn_initializer */
    uint32_t recurrent_initializer; /* enum rnn_initializer */
    uint32_t seed;                  /* run seed: initial weights and order of samples */
};

/* The network of the lesson's notebook with Keras's defaults: one layer SimpleRNN(32, tanh), 10 timesteps, 1 feature, Dense(1,
 * sigmoid), binary_crossentropy, kernels glorot_uniform, recurrent kernels orthogonal, seed 42. */
RNN_API struct rnn_config rnn_config_default(void);

/* Returns RNN_OK, or RNN_ERROR_RANGE and in *quantity (may be NULL) the first number that is out of range. RNN_CLASSES stands for
 * the field outputs. RNN_QUANTITIES stands for anything that has no range: an unknown enum value, relu in a GRU or LSTM, and a flag
 * that is neither 0 nor 1. If another function returns RNN_ERROR_RANGE because of a config, this one says which number it is. */
RNN_API enum rnn_status rnn_config_check(const struct rnn_config *config, enum rnn_quantity *quantity);

/* The number of readouts of a sequence: 1, or timesteps with return_sequences. */
RNN_API uint32_t rnn_config_readouts(const struct rnn_config *config, uint32_t timesteps);

/* The metric that is reported with the loss: accuracy, or for mean_squared_error the mean absolute error. */
RNN_API enum rnn_metric rnn_config_metric(const struct rnn_config *config);

/* Keras's optimizers. g is the batch's mean gradient after clipping, t the number of the update.
 *   adam     m += (1-beta_1)(g - m)    v += (1-beta_2)(g² - v)         (Kingma & Ba 2015, before section 2.1's end)
 *            w -= alpha · m / (sqrt(v) + epsilon)      alpha = learning_rate · sqrt(1-beta_2^t) / (1-beta_1^t)
 *   sgd      w -= learning_rate · g;  with momentum  m = momentum · m - learning_rate · g   w += m
 *            nesterov  w += momentum · m - learning_rate · g
 *   rmsprop  v = rho · v + (1-rho) g²    w -= learning_rate · g / sqrt(v + epsilon)         (Tieleman & Hinton 2012)
 *            with momentum  m = momentum · m + learning_rate · g / sqrt(v + epsilon)   w -= m
 * Gradient clipping: at most one of the two may be nonzero (Pascanu, Mikolov & Bengio 2013):
 *   global_clipnorm  if the norm of g over all weights is larger than this, g is scaled down to this norm
 *   clipvalue        each element of g is limited to -clipvalue ... clipvalue */
struct rnn_optimizer {
    uint32_t method;        /* enum rnn_method, default adam */
    uint32_t nesterov;      /* for sgd: 0 or 1, default 0 */
    double learning_rate;   /* default 0.001 */
    double beta_1;          /* for adam, default 0.9 */
    double beta_2;          /* for adam, default 0.999 */
    double epsilon;         /* for adam and rmsprop, default 1e-7 */
    double rho;             /* for rmsprop, default 0.9 */
    double momentum;        /* for sgd and rmsprop, default 0 */
    double global_clipnorm; /* default 0: no clipping */
    double clipvalue;       /* default 0: no clipping */
};

RNN_API struct rnn_optimizer rnn_optimizer_default(void);

/* Returns RNN_OK, or RNN_ERROR_RANGE and in *quantity (may be NULL) the first number that is out of range. RNN_QUANTITIES stands
 * for an unknown method, for a flag that is neither 0 nor 1, and for both kinds of clipping at once. */
RNN_API enum rnn_status rnn_optimizer_check(const struct rnn_optimizer *optimizer, enum rnn_quantity *quantity);

/* A weight tensor, as part of the flat vector of parameters. */
struct rnn_tensor {
    char name[32];          /* Keras's: "simple_rnn/kernel"; in the next layer "simple_rnn_1/kernel" */
    uint32_t rank;          /* 1 or 2 */
    uint32_t rows, columns; /* a vector has columns = 1 */
    size_t offset, count;   /* in numbers, from the beginning of the vector */
};

#define RNN_LAYERS_MAXIMUM  3
#define RNN_TENSORS_MAXIMUM (3 * RNN_LAYERS_MAXIMUM + 2)

/* The number of tensors, 3 L + 2: for each layer kernel (F, G·U), recurrent_kernel (U, G·U) and bias (G·U; GRU (2, 3·U)), then
 * dense/kernel (U, K) and dense/bias (K). G is 1, for a GRU 3 (u, r, g), for an LSTM 4 (i, f, g, o). In the upper layers F is U.
 * A dense network has 2 L + 2: for each layer kernel (T·F, U) and bias (U), and its readout is named dense_1, or with more layers
 * dense_2 or dense_3. Returns 0 if the config is out of range. */
RNN_API uint32_t rnn_tensor_count(const struct rnn_config *config);

/* The number of parameters P, as Keras's count_params. Returns 0 if the config is out of range. */
RNN_API size_t rnn_parameter_count(const struct rnn_config *config);

/* Describes the index-th tensor. tensor: out. RNN_ERROR_RANGE: config; RNN_ERROR_ARGUMENT: index >= rnn_tensor_count. */
RNN_API enum rnn_status rnn_tensor_of(const struct rnn_config *config, uint32_t index, struct rnn_tensor *tensor);

/* ------------------------------------------------------------------------------------------------ data */

/* Hidden states of n sequences, (n, L, U) each. NULL stands for zeros. */
struct rnn_state {
    const rnn_real *h;
    const rnn_real *c; /* LSTM: the cell state; must be NULL for other cells */
};

/* Sequences and their targets. A target is 0 or 1, a class 0 ... K - 1, or any number, as the loss requires. The arrays belong to the
 * caller and are only read.
 *
 * With lengths, sequence i has lengths[i] valid time steps, and the steps after them are padding, as in Keras with a mask. At padding
 * the state stays as it is, so that the last state and the last prediction are those of the last valid step. Padding counts in no
 * loss, metric or gradient: these are means over the readouts of valid steps. Its x and y are not read, except by
 * rnn_dataset_hash. */
struct rnn_dataset {
    const rnn_real *x; /* (n, T, F) */
    const rnn_real *y; /* (n, R); may be NULL for functions that need no targets */
    uint32_t samples, timesteps, features;
    uint32_t readouts;       /* R: 1, or timesteps */
    const uint32_t *lengths; /* (n), each 1 ... T; NULL: every sequence has T steps */
    struct rnn_state first;  /* h_0 and c_0 of every sequence */
};

/* Checks that a model with this config accepts the data: x and first states are finite, y is valid for the loss, and lengths are 1
 * ... T. T may differ from the config's timesteps: only a workspace limits it. RNN_ERROR_DATA: *sample (may be NULL) is the first
 * invalid sample. RNN_ERROR_SHAPE: features or readouts are not the config's, or a cell other than LSTM has c_0. RNN_ERROR_RANGE: an
 * extent is out of range. RNN_ERROR_EMPTY: no samples. */
RNN_API enum rnn_status rnn_dataset_check(const struct rnn_dataset *data, const struct rnn_config *config,
                                          uint32_t *sample);

/* The built-in tasks: problems to learn, with data generated from a seed. */
enum rnn_task {
    RNN_TASK_RANDOM = 0,
    RNN_TASK_FIRST = 1,
    RNN_TASK_LAST = 2,
    RNN_TASK_MAJORITY = 3,
    RNN_TASK_RISING = 4,
    RNN_TASK_PARITY = 5,
    RNN_TASK_ORDER = 6,
    RNN_TASK_SINE = 7,
    RNN_TASK_ADDING = 8,
    RNN_TASK_ECHO = 9,
    RNN_TASK_PAIR = 10,
    RNN_TASK_EARLY_PAIR = 11,
    RNN_TASK_RHYMES = 12,
    RNN_TASK_AGREEMENT = 13,
    RNN_TASK_AGREEMENT_TRAPS = 14
};

struct rnn_task_info {
    const char *name;         /* "first" */
    const char *tokens;       /* the names of the features, separated by spaces; NULL: the features are numbers */
    double chance;            /* accuracy of guessing any class, or mean squared error of always predicting the mean */
    uint32_t least_timesteps; /* the task is not defined for shorter sequences */
    uint32_t features, outputs;
    uint32_t loss; /* enum rnn_loss */
    uint32_t return_sequences;
};

/* Describes a task. Returns NULL past the last. */
RNN_API const struct rnn_task_info *rnn_task_info_of(uint32_t task);

/* Generate samples first_sample ... first_sample + samples - 1 of a task. Each datum depends only on (data_seed, sample number,
 * time step), so with more samples or more timesteps the earlier values stay the same. Exceptions are the marked time steps of
 * `order` and `adding`, the place of a pair, and sentences, which also depend on the number of timesteps.
 *   random    x uniform in [0, 1), as in first, last, majority, rising, parity and echo; y is random and independent of x
 *   first     y = x_1 > 0.5            last      y = x_T > 0.5, for the same x
 *   majority  y = more than half of the x_t are above 0.5; if it is exactly half, y = x_T > 0.5, so that both labels are
 *             equally likely for every length
 *   rising    y = x_T > x_1; at least two steps, as for order and adding
 *   parity    y = an odd number of the x_t are above 0.5
 *   order     6 features, one symbol per step: distractors a, b, c, d, and X or Y at two steps, one in the second tenth,
 *             one in the sixth; y = 0 ... 3 for XX, XY, YX, YY  (Hochreiter & Schmidhuber 1997, experiment 6a)
 *   sine      x = a sine wave with random phase and noise, of period 20 (slow, y = 0) or 10 (fast, y = 1)
 *   adding    2 features: a value uniform in [0, 1), and a mark that is 1 at two steps, one in each half; y = the sum of the
 *             two marked values (Hochreiter & Schmidhuber 1997, experiment 4, in the form of Le, Jaitly & Hinton 2015)
 *   echo      y_t = x_{t-3} at every time step, 0 for the first three
 *   pair      x uniform in [0.4, 0.6), except for two neighboring values 0.95 and 0.05 among the last ten steps; y = 1 if
 *             the high one comes first; at least two steps
 *   early_pair  the same with the two values among the first ten steps, so the same data for up to ten steps
 * In the last three tasks x is one word per step, as one of 30 or 25 features that is 1, and y_t is the next word, at every step:
 *   rhymes    "the cat sat on the mat .": one of twelve animals, and the word that rhymes with it; samples 12 k to 12 k + 11
 *             have all twelve. At least six steps; a longer sentence has "very ... very still" after "sat".
 *   agreement  "the cats that chased the dog are here .": the verb agrees with the first noun. Between the two stand up to
 *             (T - 4) / 4 clauses: with probability 0.6 "that VERB the NOUN", otherwise "near the NOUN". Shorter sentences
 *             are padded with ".". At least four steps.
 *   agreement_traps  the same words, with exactly (T - 4) / 4 clauses, whose nouns are all singular if the first is plural,
 *             and the reverse; at least eight steps. A network that follows the noun before the verb is always wrong (Linzen,
 *             Dupoux & Goldberg 2016).
 * x: out (samples, timesteps, features); y: out (samples, readouts). RNN_ERROR_RANGE: an extent, fewer than least_timesteps, or an
 * unknown task; sample numbers must stay below 2^32. */
RNN_API enum rnn_status rnn_task_generate(uint32_t task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                          uint32_t timesteps, rnn_real *x, rnn_real *y);

/* The targets that the rule of a task gives to any sequence, for example to a generated one that was then changed. For an unchanged
 * sequence of a task with a rule they are the targets from rnn_task_generate, bit by bit. x: in (timesteps, features), any finite
 * numbers, also outside of the range that the task generates. y: out (readouts); undefined if *applies is false, which means that
 * the task has no rule for this sequence:
 *   random    always: the labels are independent of x
 *   sine      if x is not a wave of either period, or could be a wave of both, as a short sequence can. y = 1 if some wave of
 *             period 10, and none of period 20, is within the noise of 0.25 of every value (at 1,024 phases, plus 0.0031 for
 *             phases between them), y = 0 in the opposite case. This never contradicts the generated label.
 *   order     unless each step has one 1 among zeros, and exactly two steps have X or Y, wherever they are
 *   adding    unless exactly two steps have the mark 1, wherever they are, and all others 0; or if the sum is not finite
 *   pair, early_pair  unless exactly two values, which are neighbors, lie outside of 0.25 ... 0.75, one on either side
 *   rhymes, agreement, agreement_traps  unless the words form such a sentence, with any number of clauses or of words
 *             between. The second word of a rhyme and the number of the verb may be wrong in x; the targets have the right ones
 * All other tasks have a rule for every sequence. RNN_ERROR_RANGE: an unknown task, fewer than least_timesteps, or too many;
 * RNN_ERROR_DATA: x is not finite. */
RNN_API enum rnn_status rnn_task_targets(uint32_t task, const rnn_real *x, uint32_t timesteps, rnn_real *y,
                                         bool *applies);

/* Give a task with one answer per sequence a target at every time step: repeat each answer for all steps of its sequence, which
 * makes targets for a model with return_sequences. y: in (n), out (n, T), so it has room for n T numbers. RNN_ERROR_RANGE: an extent. */
RNN_API enum rnn_status rnn_targets_repeat(rnn_real *y, uint32_t samples, uint32_t timesteps);

/* The number of the first sample to use as new data: beyond any training set, and from the same distribution. */
#define RNN_NEW_SAMPLE 1000000u

/* The number of samples to train on: floor(n (1 - split)). The rest, at the end, are the validation data, as in Keras. With split 0
 * all are for training. training: out. RNN_ERROR_RANGE: split is outside [0, 1); RNN_ERROR_EMPTY: one of the parts has no samples. */
RNN_API enum rnn_status rnn_validation_split(uint32_t samples, double split, uint32_t *training);

/* The loss and the number of outputs that suit some targets, and the baseline to beat. */
struct rnn_targets {
    uint32_t loss;    /* enum rnn_loss */
    uint32_t outputs; /* K: 1, or the number of classes, at least 2 */
    double guess;     /* accuracy of always predicting the most common target, or mean squared error of the mean */
};

/* For rnn_targets_of: let it choose the loss. */
#define RNN_ANY_LOSS UINT32_MAX

/* Choose loss and outputs for targets. y: in (count). loss: enum rnn_loss, or RNN_ANY_LOSS: binary_crossentropy if all targets are
 * 0 or 1, sparse_categorical_crossentropy if all are whole numbers below 64, mean_squared_error otherwise. targets: out.
 * RNN_ERROR_EMPTY: no targets; RNN_ERROR_DATA: a target is not finite, or not valid for the given loss. */
RNN_API enum rnn_status rnn_targets_of(const rnn_real *y, uint32_t count, uint32_t loss, struct rnn_targets *targets);

/* Turn predictions of rnn_model_predict into classes, and compare these with the targets. With one output the class is p > 0.5,
 * otherwise the most probable one, the first if several are equal. predictions: in (count, outputs); y: in (count); classes: out
 * (count); right: out (count), 1 if the class is the target, 0 if not. RNN_ERROR_RANGE: outputs is not 1 ... 64. */
RNN_API enum rnn_status rnn_answers(const rnn_real *predictions, uint32_t count, uint32_t outputs, const rnn_real *y,
                                    uint32_t *classes, uint32_t *right);

/* Count how many answers are right at each time step. predictions: in (n, R, K), of rnn_model_predict; data: y, samples, readouts
 * and lengths are read, and padding does not count. outputs: K of a network that answers with classes. among: in (among_count),
 * some of the classes, or NULL for all. Only readouts with a target among these count, and the answer is the most probable of
 * these, the first in `among` if several are equal. For example, with the forms of a verb you get the accuracy at the verb of each
 * sentence. readouts, right: out (R), how many readouts count at each time step, and how many of these are right. RNN_ERROR_RANGE:
 * outputs is not 1 ... 64, or a class of `among` is not below outputs or is given with one output. */
RNN_API enum rnn_status rnn_answers_by_step(const rnn_real *predictions, const struct rnn_dataset *data,
                                            uint32_t outputs, const uint32_t *among, uint32_t among_count,
                                            uint32_t *readouts, uint32_t *right);

/* A hash that identifies a data set by its extents, its lengths if it has any, and the bits of x and y: 64-bit FNV-1a (Fowler, Noll &
 * Vo), little-endian. It is not cryptographic. x and y must not be NULL. */
RNN_API uint64_t rnn_dataset_hash(const struct rnn_dataset *data);

/* ------------------------------------------------------------------------------------------------ time series */

/* A time series: one row for each time and one column for each quantity, in its own unit. The arrays belong to the caller and are
 * only read. */
struct rnn_series {
    const double *values; /* (rows, columns), finite */
    /* (rows): whole numbers that grow, the time of each row in steps. Where two of them differ by more than 1, the series has a
     * gap, and no window reaches across it. NULL: there are no gaps */
    const double *positions;
    uint32_t rows, columns;
};

/* A part of a series: the rows first ... end - 1. Training and test data are two parts that do not overlap. A window with its target
 * lies in one part, so none reaches across the border. */
struct rnn_part {
    uint32_t first, end;
};

/* What is asked about the target's future value. */
enum rnn_forecast {
    RNN_FORECAST_VALUE = 0,  /* the value itself: mean_squared_error */
    RNN_FORECAST_HIGHER = 1, /* is it higher than now? binary_crossentropy */
    RNN_FORECAST_ABOVE = 2   /* is it above the threshold? binary_crossentropy */
};

/* The name of a forecast ("value", "higher", "above"), or NULL past the last. */
RNN_API const char *rnn_forecast_name(uint32_t index);

/* How windows are cut from a series. A window is T consecutive rows; "now" is its last row, and the target lies `lead` rows later.
 * With return_sequences there is a target `lead` rows after each of the T rows. */
struct rnn_windows {
    const uint32_t *inputs; /* (features): the columns that the network reads */
    uint32_t features;      /* F */
    uint32_t target;        /* the column to forecast; it may be one of the inputs */
    uint32_t timesteps;     /* T */
    uint32_t
        lead; /* at least 1; or 0: the windows have no targets and may end with the series, to forecast what follows */
    uint32_t stride;   /* rows from one window to the next, at least 1 */
    uint32_t forecast; /* enum rnn_forecast */
    uint32_t return_sequences;
    double threshold; /* for RNN_FORECAST_ABOVE, in the target's unit */
};

/* The numbers by which a column is standardized: (value - mean) / deviation. A deviation of 0 means that all values of the column
 * are equal; they become 0. A mean of 0 and a deviation of 1 leave the values as they are. */
struct rnn_scale {
    double mean, deviation;
};

/* The scale of each column over one part, which is the training part: mean and standard deviation (divided by n), each summed in
 * order, the deviation in a second pass. scales: out (columns). RNN_ERROR_EMPTY: the part has no rows; RNN_ERROR_RANGE: it is not
 * inside the series; RNN_ERROR_DATA: a value is not finite, or so large that its square is not. */
RNN_API enum rnn_status rnn_series_scales(const struct rnn_series *series, struct rnn_part part,
                                          struct rnn_scale *scales);

/* Count the windows that lie in a part with their targets, without a gap. samples: out, 0 if there are none. RNN_ERROR_RANGE: an
 * extent or the part is out of range, stride is 0, or return_sequences or forecast has no meaning; RNN_ERROR_ARGUMENT: an
 * input or the target is not a column; RNN_ERROR_TOO_LARGE: more samples than a data set can have. */
RNN_API enum rnn_status rnn_windows_count(const struct rnn_series *series, const struct rnn_windows *windows,
                                          struct rnn_part part, uint32_t *samples);

/* Make the data set of a part, in the order of time, with rnn_windows_count's number of samples n. scales: in (columns), those of the
 * training part. x: out (n, T, F), standardized. y: out (n, R): standardized values, or the labels 0 and 1; NULL if lead is 0.
 * rows: out (n), the row that is "now" for each window; may be NULL. RNN_ERROR_DATA: a value is not finite. Other errors as for
 * rnn_windows_count; after an error the arrays are undefined. */
RNN_API enum rnn_status rnn_windows_make(const struct rnn_series *series, const struct rnn_windows *windows,
                                         const struct rnn_scale *scales, struct rnn_part part, rnn_real *x, rnn_real *y,
                                         uint32_t *rows);

/* Undo the standardization of predictions: values[i] = mean + deviation · predictions[i], in the target's unit. With a mean of 0 it
 * undoes that of an error. predictions: in (count); values: out (count). */
RNN_API enum rnn_status rnn_scale_undo(const struct rnn_scale *scale, const rnn_real *predictions, size_t count,
                                       double *values);

/* How far each input drives the units of the first layer before any training: the root mean square of x over the data, times the
 * largest weight of the glorot_uniform kernel, sqrt(6 / (F + U)). Beyond RNN_SATURATING_DRIVE tanh and the gates are flat for most
 * values, and the units learn next to nothing from that input. units: U. drive: out (F). RNN_ERROR_RANGE: units, or an extent of the
 * data; RNN_ERROR_EMPTY: no samples. Source: Glorot & Bengio 2010, sections 3 and 4.2. */
#define RNN_SATURATING_DRIVE 3.0 /* where the slope of tanh is 0.01 */
RNN_API enum rnn_status rnn_input_drive(const struct rnn_dataset *data, uint32_t units, double *drive);

/* The score of forecasts. Errors are in the target's unit. For labels the accuracy is set, for values the two errors; what does not
 * apply is NaN. */
struct rnn_score {
    double root_mean_squared_error, mean_absolute_error, accuracy;
};

/* Compare forecasts with what happened. forecasts: in (n, R), for the windows of the part: values in the target's unit, or for labels
 * probabilities, where above 0.5 means 1. RNN_ERROR_EMPTY: no windows; RNN_ERROR_RANGE: lead is 0; RNN_ERROR_DATA: a forecast is not
 * finite. */
RNN_API enum rnn_status rnn_windows_score(const struct rnn_series *series, const struct rnn_windows *windows,
                                          struct rnn_part part, const double *forecasts, struct rnn_score *score);

/* Forecasts that need no network, which an honest network must beat. All but the last forecast the value; where a label is asked,
 * they say whether that value is higher than now, or above the threshold. */
enum rnn_baseline {
    RNN_BASELINE_MEAN = 0,          /* the mean over the training part */
    RNN_BASELINE_PERSISTENCE = 1,   /* the value now */
    RNN_BASELINE_SEASON = 2,        /* the mean over those training rows that lie at the same time of the period */
    RNN_BASELINE_LEAST_SQUARES = 3, /* the linear function of the same window that fits the training windows best */
    RNN_BASELINE_LABEL = 4          /* the more common label of the training windows; not for values */
};

/* "mean", "persistence", "season", "least_squares", "label", or NULL past the last. */
RNN_API const char *rnn_baseline_name(uint32_t index);

/* For RNN_BASELINE_SEASON: a training row counts if its distance from the target's time, reduced to the period, is at most
 * half_width. Both are in steps of the positions. With a period of 0 there is no season. */
struct rnn_season {
    double period;     /* for days of the year 365.2425; need not be whole */
    double half_width; /* for ten days before and after: 10 */
};

/* The size of the block for rnn_baseline_forecasts. The largest part is least squares' triangle of (T·F + 2)² / 2 doubles.
 * RNN_ERROR_TOO_LARGE: more than RNN_MEMORY_LIMIT. */
RNN_API enum rnn_status rnn_baseline_size(const struct rnn_series *series, const struct rnn_windows *windows,
                                          uint64_t *bytes);

/* The forecasts of one baseline, learned from the training part, for the windows of the test part. forecasts: out (n, R), as
 * rnn_windows_score takes them. season: may be NULL for other baselines. least_squares solves min |A w - b| by Givens rotations
 * in double, row by row (George & Heath 1980), over the standardized window and a constant; columns that depend on earlier ones get
 * the weight 0. With return_sequences each forecast uses the rows of its window so far, padded with the mean, which is 0 after
 * standardization. RNN_ERROR_EMPTY: no training or no test windows; RNN_ERROR_ARGUMENT: RNN_BASELINE_LABEL for values;
 * RNN_ERROR_RANGE: lead is 0, the period or the half-width is negative or not finite, or the period is 0. */
RNN_API enum rnn_status rnn_baseline_forecasts(const struct rnn_series *series, const struct rnn_windows *windows,
                                               struct rnn_part training, struct rnn_part test, uint32_t baseline,
                                               const struct rnn_season *season, void *block, uint64_t bytes,
                                               double *forecasts);

/* ------------------------------------------------------------------------------------------------ probe */

/* Rows of numbers, such as the hidden states of a network after a time step, each with the value that they may tell, such as an
 * earlier input. */
struct rnn_probe_rows {
    const rnn_real *numbers; /* (count, columns) */
    const rnn_real *values;  /* (count) */
    uint32_t count;
};

/* The size of the block for rnn_probe: columns + 1 weights take (columns + 2) (columns + 3) / 2 doubles and a row.
 * RNN_ERROR_EMPTY: columns is 0; RNN_ERROR_TOO_LARGE: more than RNN_MEMORY_LIMIT. */
RNN_API enum rnn_status rnn_probe_size(uint32_t columns, uint64_t *bytes);

/* A linear probe (Alain & Bengio 2016): what a linear function of the numbers knows of the values. The function is fitted by least
 * squares, min |A w - b| in double by Givens rotations (George & Heath 1980), on the rows `fitted`; columns that depend on earlier
 * ones get the weight 0. *r2: out, on the rows `measured`, which it has not seen, 1 - Σ (value - function)² / Σ (value - mean)²: 1 if
 * it knows them exactly, 0 if it knows no more than their mean, below 0 if it knows less. If all measured values are equal, *r2 is
 * 1 for a function without an error and 0 otherwise, as in scikit-learn's r2_score. solution: out (columns + 1), the weights, then
 * the constant. RNN_ERROR_EMPTY: no rows; RNN_ERROR_DATA: a number is not finite; RNN_ERROR_BLOCK: the block is too small or not
 * aligned. */
RNN_API enum rnn_status rnn_probe(const struct rnn_probe_rows *fitted, const struct rnn_probe_rows *measured,
                                  uint32_t columns, void *block, uint64_t bytes, double *solution, double *r2);

/* ------------------------------------------------------------------------------------------------ model */

/* A model is one block of memory with weights, optimizer state, counters and the hidden state of rnn_model_step. It contains no
 * pointers, so a copy of its bytes in another aligned block is a model, too, and for rnn_model_restore a snapshot. Training that
 * continues from a snapshot gives the same bits as training without interruption. */
struct rnn_model;

/* The size of the block in bytes. RNN_ERROR_RANGE: config. */
RNN_API enum rnn_status rnn_model_size(const struct rnn_config *config, uint64_t *bytes);

/* Make a model in the block, with initial weights from the config's initializers: glorot_uniform (Glorot & Bengio 2010), orthogonal
 * (Saxe et al. 2014; signs fixed by diag(R) > 0), identity (ones on the diagonal; Le, Jaitly & Hinton 2015), zeros. The recurrent
 * kernel is multiplied by recurrent_gain. The readout's kernel is glorot_uniform. Biases are zero, except that an LSTM's forget
 * gate has ones (Keras's unit_forget_bias). The optimizer is Adam with its defaults. RNN_ERROR_BLOCK: too small or not aligned. */
RNN_API enum rnn_status rnn_model_init(void *block, uint64_t bytes, const struct rnn_config *config,
                                       struct rnn_model **model);

RNN_API const struct rnn_config *rnn_model_config(const struct rnn_model *model);
RNN_API const struct rnn_optimizer *rnn_model_optimizer(const struct rnn_model *model);

/* Replace the optimizer, as Keras's compile does: its moments begin at zero and its t at 1. The weights and rnn_model_counters
 * stay. RNN_ERROR_RANGE: see rnn_optimizer_check. */
RNN_API enum rnn_status rnn_model_compile(struct rnn_model *model, const struct rnn_optimizer *optimizer);

/* Change only the learning rate; the optimizer's moments and counts stay. */
RNN_API enum rnn_status rnn_model_set_learning_rate(struct rnn_model *model, double learning_rate);

/* The P parameters, in the order of rnn_tensor_of. */
RNN_API const rnn_real *rnn_model_parameters(const struct rnn_model *model);

/* Replace the parameters, as Keras's set_weights does; the optimizer's state stays. RNN_ERROR_SHAPE: count is not P;
 * RNN_ERROR_DATA: one is not finite. */
RNN_API enum rnn_status rnn_model_set_parameters(struct rnn_model *model, const rnn_real *parameters, size_t count);

/* Updates done and epochs completed since the weights were initialized, and samples processed in the current epoch. */
struct rnn_counters {
    uint64_t updates;
    uint32_t epochs;
    uint32_t position;
};
RNN_API struct rnn_counters rnn_model_counters(const struct rnn_model *model);

/* Copy the whole training state to a snapshot, or back. A snapshot need not be aligned; bytes is the size from rnn_model_size. A
 * snapshot may come from anywhere: restoring checks every number that training depends on. Weights, the optimizer's moments and
 * hidden states are exceptions: they may be any bits, because a run that diverged has NaN there. RNN_ERROR_BLOCK: bytes is not that
 * size; RNN_ERROR_SNAPSHOT: the bytes are not a snapshot, or have numbers that training cannot produce; RNN_ERROR_VERSION: a
 * snapshot of another version; RNN_ERROR_SHAPE: a snapshot of another configuration. */
RNN_API enum rnn_status rnn_model_snapshot(const struct rnn_model *model, void *snapshot, uint64_t bytes);
RNN_API enum rnn_status rnn_model_restore(struct rnn_model *model, const void *snapshot, uint64_t bytes);

/* ------------------------------------------------------------------------------------------------ workspace */

/* Scratch memory for batches: activations and gradients of up to batch_size sequences of up to config->timesteps steps. It holds no
 * state between calls. One workspace may serve many models of one shape, one call at a time. */
struct rnn_workspace;

/* The size of the block in bytes. It is also set if the result is RNN_ERROR_TOO_LARGE (together with the model more than
 * RNN_MEMORY_LIMIT). */
RNN_API enum rnn_status rnn_workspace_size(const struct rnn_config *config, uint32_t batch_size, uint64_t *bytes);
RNN_API enum rnn_status rnn_workspace_init(void *block, uint64_t bytes, const struct rnn_config *config,
                                           uint32_t batch_size, struct rnn_workspace **workspace);

/* ------------------------------------------------------------------------------------------------ training */

struct rnn_metrics {
    double loss;   /* mean over the readouts of all samples, plus the l2 term */
    double metric; /* accuracy (p > 0.5, or the most probable class) or mean absolute error: rnn_config_metric */
};

/* One epoch in the history. Training metrics are averages over the epoch's readouts while the weights change. Validation metrics are
 * measured after the epoch, and NaN if there are no validation data or validation_freq skips this epoch. */
struct rnn_epoch {
    double loss, metric, val_loss, val_metric;
};

/* Early stopping, with the rules of Keras's EarlyStopping. An epoch is an improvement if the monitored number is better than the
 * best so far by more than min_delta: a smaller loss or error, a larger accuracy. Training stops after `patience` epochs in a row
 * without improvement (with patience 0, after one), but never after epoch 1. Epochs without a validation do not count. */
struct rnn_early_stopping {
    uint32_t monitor;  /* enum rnn_monitor, default RNN_MONITOR_NOTHING: no early stopping */
    uint32_t patience; /* default 0 */
    double min_delta;  /* 0 to the largest float, default 0 */
    bool
        restore_best_weights; /* default false. At the end of the fit, also if it did not stop early, the weights, but not the
                                * optimizer's state, are those after the best epoch */
};

struct rnn_fit_options {
    uint32_t epochs; /* to train now, in addition to those already trained */
    uint32_t batch_size;
    bool shuffle; /* a new order in each epoch, which depends only on (run seed, number of the epoch) */
    /* As in Keras: validate after every n-th epoch of the fit; 0 counts as 1, every epoch. A validation loss that is not finite
     * ends the fit (RNN_DIVERGED_VALIDATION), and is only noticed after an epoch that is validated. So a fit with n > 1 may
     * complete although the same fit with 1 stops. Other divergences do not depend on it. */
    uint32_t validation_freq;
    /* The learning rate of each epoch of the fit, as Keras's LearningRateScheduler sets it: the first epoch has the first rate, and
     * the last rate stays for all epochs after it. It becomes the optimizer's learning rate. In (learning_rate_count); copied.
     * NULL and 0: the optimizer's own. */
    const double *learning_rates;
    uint32_t learning_rate_count;
    struct rnn_early_stopping early_stopping;
};

/* 10 epochs, as in the lesson's notebook; otherwise Keras's defaults: batch size 32, shuffle true, validation_freq 1. */
RNN_API struct rnn_fit_options rnn_fit_options_default(void);

/* A run of training: its data sets, the order of the epoch's samples, and the history. It is one block of memory that belongs to
 * the caller. The arrays of the data must stay in place until the fit ends; the structs rnn_dataset need not. */
struct rnn_fit;

/* The size of the block in bytes. RNN_ERROR_EMPTY: no samples; RNN_ERROR_RANGE: config, samples, epochs, batch size, more learning
 * rates than epochs, or a number of the early stopping. */
RNN_API enum rnn_status rnn_fit_size(const struct rnn_config *config, uint32_t training_samples,
                                     const struct rnn_fit_options *options, uint64_t *bytes);

/* Prepare to train the model for options->epochs more epochs. If an earlier fit left an epoch unfinished, that epoch begins again.
 * validation: may be NULL. RNN_ERROR_DATA, RNN_ERROR_SHAPE, RNN_ERROR_EMPTY, RNN_ERROR_BLOCK as above; RNN_ERROR_EMPTY also if the
 * early stopping monitors validation data and there are none; RNN_ERROR_RANGE: a number is out of range, or the model's counter of
 * epochs would exceed 2^32 - 1. */
RNN_API enum rnn_status rnn_fit_init(void *block, uint64_t bytes, struct rnn_model *model,
                                     const struct rnn_dataset *training, const struct rnn_dataset *validation,
                                     const struct rnn_fit_options *options, struct rnn_fit **fit);

enum rnn_divergence {
    RNN_DIVERGED_LOSS = 1,      /* the loss of a batch, before its update */
    RNN_DIVERGED_WEIGHTS = 2,   /* a weight, after the epoch's last update */
    RNN_DIVERGED_VALIDATION = 3 /* the validation loss, after the epoch's last update; the weights are finite */
};

struct rnn_progress {
    uint32_t epoch;      /* completed epochs of this fit */
    uint32_t batch;      /* completed batches of the current epoch */
    uint32_t batches;    /* batches per epoch */
    uint64_t updates;    /* updates in this fit */
    bool done;           /* all epochs are completed, or training stopped early */
    uint32_t best_epoch; /* with early stopping: the best epoch so far, counted from 1; 0 before the first */
    double loss, metric; /* mean over the current epoch's readouts so far; 0 before the first */
    double batch_loss, batch_metric; /* of the latest batch, before its update */
    /* After RNN_DIVERGED: what was not finite (enum rnn_divergence), and in which epoch and batch, counted from 1. */
    uint32_t divergence, diverged_epoch, diverged_batch;
};

/* Do up to max_updates updates, then return. Training in portions of any size gives the same bits as in one call. The update that
 * completes an epoch also validates, writes the history and judges whether to stop early. If the model is restored to an earlier
 * point of this fit, calling this again repeats the training from there; if you also change the weights or the optimizer, the best
 * epoch may be one whose weights are no longer kept, and then they are not restored. model: the one passed to rnn_fit_init, or
 * another of the same configuration. progress: out, also with RNN_DIVERGED and RNN_ERROR_DATA. RNN_DIVERGED: training stopped,
 * either before the update whose loss is not finite, or at the end of an epoch (enum rnn_divergence). The history has the completed
 * epochs, and the weights are those at that point. RNN_ERROR_DATA: the data were changed after rnn_fit_init, so that the next batch
 * or the validation data have a target that is not valid for the loss, or the validation data an x that is not finite. The updates
 * before that are done, and once the data are corrected the fit can continue. RNN_ERROR_SHAPE: the workspace is too small for the
 * data or the batch, or the model has another configuration. */
RNN_API enum rnn_status rnn_fit_run(struct rnn_fit *fit, struct rnn_model *model, struct rnn_workspace *workspace,
                                    uint64_t max_updates, struct rnn_progress *progress);

/* The samples of the training data in the next update, in order. batch: out (*samples); capacity: the length of that array; the
 * batch size is always enough. RNN_ERROR_BLOCK: it is too small. After the last epoch it is the batch with which one more epoch
 * would begin. *samples is 0 after RNN_DIVERGED at the end of an epoch. Other errors as for rnn_fit_run. */
RNN_API enum rnn_status rnn_fit_batch(struct rnn_fit *fit, const struct rnn_model *model, uint32_t *batch,
                                      uint32_t capacity, uint32_t *samples);

/* The history: the epochs completed so far, in order. epochs: out, their number; may be NULL. An epoch that this fit did not train,
 * because the model was restored to a later point, has NaN. */
RNN_API const struct rnn_epoch *rnn_fit_history(const struct rnn_fit *fit, uint32_t *epochs);

/* Which entries of the recurrent kernel W a cut keeps. In a GRU and an LSTM W has one diagonal for each gate. */
enum rnn_kept { RNN_KEEP_ALL = 0, RNN_KEEP_DIAGONAL = 1, RNN_KEEP_OFF_DIAGONAL = 2 };

/* The name of a value of enum rnn_kept: "all", "diagonal", "off_diagonal". Returns NULL past the last. */
RNN_API const char *rnn_kept_name(uint32_t index);

/* Experiments that cut recurrent connections while the network runs. The weights stay as they are. */
struct rnn_cut {
    uint32_t without_recurrence; /* 1: recurrent kernels count as zero (W = 0) */
    uint32_t reset_before;       /* t: step t receives a state of zeros; 0: never */
    uint32_t kept;               /* enum rnn_kept: the other entries of recurrent kernels count as zero */
};

/* Loss and metric over a data set with the present weights, as Keras's evaluate. cut: NULL for none; RNN_ERROR_ARGUMENT if one of its
 * numbers is out of range. */
RNN_API enum rnn_status rnn_model_evaluate(const struct rnn_model *model, struct rnn_workspace *workspace,
                                           const struct rnn_dataset *data, const struct rnn_cut *cut,
                                           struct rnn_metrics *metrics);

/* The predictions for all sequences, as Keras's predict: sigmoid's p, softmax's K probabilities, or the value itself with
 * mean_squared_error. At padding the prediction of the last valid step is repeated. predictions: out (n, R, K). data->y and
 * data->readouts are ignored. cut: as for rnn_model_evaluate. */
RNN_API enum rnn_status rnn_model_predict(const struct rnn_model *model, struct rnn_workspace *workspace,
                                          const struct rnn_dataset *data, const struct rnn_cut *cut,
                                          rnn_real *predictions);

/* The confusion matrix: in row i and column j, how often class j (the most probable; p > 0.5) was predicted for target i. counts:
 * out (C, C), where C is the number of classes, 2 for binary_crossentropy. RNN_ERROR_ARGUMENT with mean_squared_error;
 * RNN_ERROR_TOO_LARGE: 2^32 readouts or more. cut: as for rnn_model_evaluate. */
RNN_API enum rnn_status rnn_model_confusion(const struct rnn_model *model, struct rnn_workspace *workspace,
                                            const struct rnn_dataset *data, const struct rnn_cut *cut,
                                            uint32_t *counts);

/* The gradient of the mean loss of one batch, which may be at most as large as the workspace's batch size. It is the gradient of an
 * update before clipping, with the l2 term. gradient: out (P). metrics: out, may be NULL. */
RNN_API enum rnn_status rnn_model_gradient(const struct rnn_model *model, struct rnn_workspace *workspace,
                                           const struct rnn_dataset *batch, rnn_real *gradient,
                                           struct rnn_metrics *metrics);

/* ------------------------------------------------------------------------------------------------ one sequence */

/* Process one time step; the hidden state stays in the model, as in Keras with stateful. x: in (F). h: out (L, U), logit: out (K),
 * prediction: out (K), each may be NULL: state and readout after this step. Starting from h_0 = 0, the prediction after T steps
 * equals that of rnn_model_predict bit by bit. The state stays until rnn_model_reset_states: training, new parameters and another
 * optimizer do not change it. RNN_ERROR_DATA: x is not finite. */
RNN_API enum rnn_status rnn_model_step(struct rnn_model *model, const rnn_real *x, rnn_real *h, rnn_real *logit,
                                       rnn_real *prediction);

/* Forecast a series of one quantity several steps ahead, by feeding each forecast back as the newest value of the window. x: in
 * (timesteps), the latest window, standardized. predictions: out (steps), standardized. The first is, bit by bit, that of
 * rnn_model_predict for x. For the next, x loses its first value and gets the forecast at its end, and so on. Afterwards the state
 * is as after rnn_model_reset_states. RNN_ERROR_SHAPE: the network has more than one feature, or a loss other than
 * mean_squared_error; RNN_ERROR_RANGE: timesteps is out of range; RNN_ERROR_DATA: x is not finite, or a forecast is not. */
RNN_API enum rnn_status rnn_model_roll(struct rnn_model *model, const rnn_real *x, uint32_t timesteps, uint32_t steps,
                                       rnn_real *predictions);

/* Set the state to h_0 = 0, as after rnn_model_init. Call this before each sequence. */
RNN_API enum rnn_status rnn_model_reset_states(struct rnn_model *model);

/* Set the state of rnn_model_step to any numbers, for example to the last states of a trace. state: of one sequence.
 * RNN_ERROR_DATA: a number is not finite; RNN_ERROR_SHAPE: c for a cell other than LSTM. */
RNN_API enum rnn_status rnn_model_set_states(struct rnn_model *model, const struct rnn_state *state);

/* Generating a sequence: the network reads its own answers. A token is a class, 0 ... K - 1, for example a word of a vocabulary
 * (rnn_files.h). It is given to the network as its input in one of two forms, and F tells which: one-hot, K features of which the
 * token's is 1 and all others are 0; or with one feature as the number token / (K - 1). */
#define RNN_NO_TOKEN UINT32_MAX

struct rnn_generate_options {
    double
        temperature; /* 0: take the most probable token; else draw token k with a probability proportional to p_k^(1 /
                           temperature), where p is softmax's answer. Default 1 */
    uint32_t top_k;  /* draw among this many most probable tokens; 0: among all. Default 0 */
    uint32_t seed;   /* the n-th draw depends only on (seed, n) and on the probabilities. Default 42 */
    uint32_t tokens; /* how many to generate at most. Default 20 */
    uint32_t stop;   /* end after this token. Default RNN_NO_TOKEN: never */
    uint32_t best;   /* report this many most probable tokens of each step, 0 ... K. Default 0 */
};

RNN_API struct rnn_generate_options rnn_generate_options_default(void);

/* Read a prompt from the state h_0 = 0 on, step by step, and then generate tokens: each is chosen from the latest prediction, and
 * is then read as the next input. A sequence may be longer than the model's timesteps. Afterwards the state of rnn_model_step is
 * the one that made the last prediction. Where several tokens are equally probable, the first one counts as more probable. prompt:
 * in (prompt_tokens), at least one. tokens: out (options->tokens), the generated ones; *generated: out, their number. best: out
 * (options->tokens, options->best), the most probable tokens before each was chosen, in this order; probabilities: out, of the same
 * shape, softmax's (before temperature and top_k). Both may be NULL. RNN_ERROR_SHAPE: the model has no
 * sparse_categorical_crossentropy, or F is neither K nor 1; RNN_ERROR_ARGUMENT: a token or `best` is too large; RNN_ERROR_RANGE:
 * the temperature (RNN_TEMPERATURE); RNN_ERROR_EMPTY: no prompt; RNN_ERROR_DATA: a logit is not finite; *generated is then the
 * number of tokens up to there. */
RNN_API enum rnn_status rnn_model_generate(struct rnn_model *model, const struct rnn_generate_options *options,
                                           const uint32_t *prompt, uint32_t prompt_tokens, uint32_t *tokens,
                                           uint32_t *generated, uint32_t *best, rnn_real *probabilities);

/* Every intermediate number of one layer. The number of gates G is 1, for a GRU 3 (u, r, g), for an LSTM 4 (i, f, g, o). All arrays
 * are in the caller's block. */
struct rnn_trace_layer {
    uint32_t features, units, gates; /* F of this layer, U, G */
    const rnn_real *x;               /* (T, F)     the sequence, or h of the layer below */
    const rnn_real *z;               /* (T, G·U)   pre-activation */
    const rnn_real *a;               /* (T, G·U)   activated: SimpleRNN h_t, GRU u r g, LSTM i f g o */
    const rnn_real *q;        /* (T, U)     GRU: the candidate's recurrent part before the reset gate; NULL otherwise */
    const rnn_real *h;        /* (T+1, U)   h_0 first */
    const rnn_real *c;        /* (T+1, U)   LSTM: the cell state; NULL otherwise */
    const rnn_real *d_h;      /* (T, U)     dL/dh_t */
    const rnn_real *d_c;      /* (T, U)     LSTM: dL/dc_t; NULL otherwise */
    const rnn_real *d_z;      /* (T, G·U)   dL/dz_t */
    const rnn_real *d_q;      /* (T, U)     GRU: dL/dq_t; NULL otherwise */
    const rnn_real *d_h_norm; /* (T)        Euclidean norm of dL/dh_t */
};

/* Every intermediate number of one sequence. L is the loss of this sequence alone, without the l2 term. It comes from the readout
 * at t = T, or with return_sequences from the readouts at all time steps. */
struct rnn_trace {
    uint32_t timesteps, layers, outputs;
    uint32_t readouts; /* with a target: 1 or T */
    struct rnn_cut cut;
    uint32_t first_state;       /* 1: the caller gave h_0 and c_0; 0: they are zero */
    rnn_real loss;              /* L; NaN without targets */
    const rnn_real *y;          /* (R) targets; NaN without targets, and then loss and gradients are NaN, too */
    const rnn_real *logit;      /* (T, K)   readout of h_t; without return_sequences only that at T was trained */
    const rnn_real *prediction; /* (T, K) */
    struct rnn_trace_layer layer[RNN_LAYERS_MAXIMUM];
};

/* The size of the block in bytes. It is also set if the result is RNN_ERROR_TOO_LARGE (more than RNN_MEMORY_LIMIT). timesteps: 1 to
 * 1,000. */
RNN_API enum rnn_status rnn_trace_size(const struct rnn_config *config, uint32_t timesteps, uint64_t *bytes);

/* Forward and backward pass over one sequence of any length (1 to 1,000 steps), with the present weights. x: in (timesteps, F). y:
 * in (R), or NULL without targets. cut: NULL for none. first: h_0 and c_0, or NULL for zeros. trace: out. Of a padded sequence, trace
 * its valid steps. RNN_ERROR_BLOCK: too small or not aligned; RNN_ERROR_DATA: an x or a state is not finite, or a target is not
 * valid for the loss; RNN_ERROR_SHAPE: c_0 for a cell other than LSTM. */
RNN_API enum rnn_status rnn_trace_run(const struct rnn_model *model, const rnn_real *x, uint32_t timesteps,
                                      const rnn_real *y, const struct rnn_cut *cut, const struct rnn_state *first,
                                      void *block, uint64_t bytes, struct rnn_trace *trace);

/* The Euclidean norm of an array, such as a row of a trace. The squares are summed in double and in order. */
RNN_API double rnn_norm(const rnn_real *values, size_t count);

/* The contribution of one time step t (1 ... T) to the gradients of a layer (0 ... L - 1):
 *     dL/dkernel += x_tᵀ dL/dz_t    dL/drecurrent_kernel += h_{t-1}ᵀ dL/dz_t    dL/dbias += dL/dz_t
 * (GRU: for the candidate's columns of the recurrent kernel and of the second bias it is dL/dq_t.) If the trace's cut takes a
 * weight as zero, its gradient is 0. d_kernel: out (F, G·U); d_recurrent_kernel: out (U, G·U); d_bias: out (G·U; GRU (2, 3·U));
 * each may be NULL. Up to rounding, the sum over t is the gradient of training on this sequence alone. */
RNN_API enum rnn_status rnn_trace_contribution(const struct rnn_trace *trace, uint32_t layer, uint32_t t,
                                               rnn_real *d_kernel, rnn_real *d_recurrent_kernel, rnn_real *d_bias);

/* The kinds of terms that add up to a unit's sums. Each term is weight · value. */
enum rnn_term_kind {
    RNN_TERM_BIAS = 0,           /* bias · 1 */
    RNN_TERM_RECURRENT_BIAS = 1, /* GRU: second row of the bias · 1 */
    RNN_TERM_INPUT = 2,          /* kernel[index, unit] · x_t[index] */
    RNN_TERM_STATE = 3,          /* recurrent_kernel[index, unit] · h_{t-1}[index] */
    RNN_TERM_RESET = 4,          /* GRU: the reset gate r · q */
    RNN_TERM_KEPT = 5,           /* GRU: u · h_{t-1}; LSTM: the forget gate f · c_{t-1} */
    RNN_TERM_WRITTEN = 6,        /* GRU: (1 - u) · g; LSTM: the input gate i · g */
    RNN_TERM_READ = 7            /* LSTM: the output gate o · tanh(c_t) */
};

/* The name of a kind: "bias", "recurrent_bias", "input", ... Returns NULL past the last. */
RNN_API const char *rnn_term_name(uint32_t kind);

struct rnn_term {
    uint32_t kind;  /* enum rnn_term_kind */
    uint32_t index; /* of the feature or unit that value comes from; otherwise of the unit itself */
    rnn_real weight, value;
    rnn_real product; /* weight · value */
    rnn_real sum;     /* of all terms up to and including this one */
    rnn_real part;    /* the same, but only of the terms of this kind; at the kind's last term it is the kind's share */
};

/* The terms of one unit (0 ... U - 1) of a layer at time step t (1 ... T), in the order in which the forward pass adds them.
 *     gate 0 ... G - 1   its pre-activation: the last sum is z of the trace, bit by bit
 *         SimpleRNN, LSTM         bias, inputs, states
 *         GRU's u and r           bias, recurrent bias, inputs, states
 *         GRU's g                 recurrent bias, states: this sum is q of the trace; then a new sum: bias, inputs, reset
 *     gate G             the state: the last sum is h of the trace, bit by bit. Not for SimpleRNN.
 *         GRU                     kept, written
 *         LSTM                    kept, written: this sum is c of the trace; then a new sum: read
 * At t = 1, unless the caller gave h_0, and where the trace's cut resets the state or has no recurrence, there are no terms for
 * states. Weights that the cut takes as zero have terms with weight 0. model: must have the weights with
 * which the trace was computed. terms: out, at most F + U + 3. count: out, their number. RNN_ERROR_SHAPE: the trace's layer has
 * another cell, or other units or features. */
RNN_API enum rnn_status rnn_trace_terms(const struct rnn_model *model, const struct rnn_trace *trace, uint32_t layer,
                                        uint32_t t, uint32_t unit, uint32_t gate, struct rnn_term *terms,
                                        uint32_t *count);

/* The activation function of a gate (0 ... G - 1; for an LSTM, G is the tanh of its cell state), for example to draw its curve:
 * a[i] = activation(z[i]), with the code of the forward pass. z: in (count); a: out (count), may be z. */
RNN_API enum rnn_status rnn_model_activate(const struct rnn_model *model, uint32_t gate, const rnn_real *z,
                                           uint32_t count, rnn_real *a);

/* Backpropagation through one layer, for one sequence or as the mean over a batch. The mean is that of the gradients of the
 * sequences' own losses (without the l2 term), which is what an update uses. One sequence is a batch of one, and its numbers are
 * those of its trace, bit by bit. With lengths, all gradients of a sequence are 0 at its padding, and with return_sequences each
 * sequence has the weight of its number of valid steps. W is the recurrent kernel. All arrays are in the caller's block. */
enum rnn_backward_norm {
    RNN_NORM_D_H = 0,      /* norm of the mean dL/dh_t */
    RNN_NORM_D_C = 1,      /* LSTM: norm of the mean dL/dc_t; 0 otherwise */
    RNN_NORM_EACH_D_H = 2, /* mean of the norms of each sequence's dL/dh_t; never less than the norm of the mean */
    RNN_NORM_EACH_D_C = 3, /* LSTM: the same for dL/dc_t; 0 otherwise */
    RNN_NORM_TERM = 4,     /* norm of the contribution of time step t to dL/dW (Frobenius) */
    RNN_NORM_SUM = 5,      /* norm of the sum of the contributions of time steps T ... t */
    RNN_BACKWARD_NORMS = 6
};

struct rnn_backward {
    uint32_t samples, timesteps, units, gates;
    double loss; /* the mean loss L over the readouts of all samples */
    /* The average factor by which one step back in time changes the norm of dL/dh_t, and of an LSTM's dL/dc_t: (norm_1 /
     * norm_T)^(1/(T-1)). NaN if T is 1, or if one of the two norms is zero, subnormal or not finite. */
    double rate_h, rate_c;
    const rnn_real *d_h;   /* (T, U)        mean dL/dh_t */
    const rnn_real *d_c;   /* (T, U)        LSTM: mean dL/dc_t; NULL otherwise */
    const rnn_real *norms; /* (6, T)        the norms of enum rnn_backward_norm */
    const rnn_real *terms; /* (T, U, G·U)   mean of h_{t-1}ᵀ dL/dz_t, the contribution of step t to dL/dW */
    const rnn_real *sums;  /* (T, U, G·U)   sums of the terms T ... t, added in that order; that of t = 1 is dL/dW */
};

/* The size of the block in bytes. It is also set if the result is RNN_ERROR_TOO_LARGE (more than RNN_MEMORY_LIMIT). */
RNN_API enum rnn_status rnn_backward_size(const struct rnn_config *config, uint32_t timesteps, uint32_t samples,
                                          uint64_t *bytes);

/* Forward and backward pass over at most 1,024 sequences of any length (1 to 1,000 steps), with the present weights. layer: 0 ... L
 * - 1. cut: NULL for none. backward: out. Errors as for rnn_model_gradient; RNN_ERROR_BLOCK: too small or not aligned. */
RNN_API enum rnn_status rnn_backward_run(const struct rnn_model *model, const struct rnn_dataset *data,
                                         const struct rnn_cut *cut, uint32_t layer, void *block, uint64_t bytes,
                                         struct rnn_backward *backward);

/* Compares one number of the gradient with a central difference of the loss:
 *     numeric = (L(w + step) - L(w - step)) / (2 step)        both with the l2 term
 * The two differ by two errors, whose sum is the tolerance. The first is rounding: losses are accurate to about 4 u max(1, |L|, sum
 * over all weights of |w dL/dw|), where u is the unit roundoff, 2^-24 for floats. The second is truncation, step² |L'''| / 6,
 * because the loss is curved; it is bounded by a difference with twice the step, whose truncation is four times as large. step is
 * u^(1/3) · max(1, |w|), 2^-8 for floats and |w| <= 1, and down to 1/64 of that if truncation would exceed rounding (Press et al.,
 * Numerical Recipes, 3rd ed. 2007, section 5.7). The divisor is the exact distance of the two weights as stored. If the gradient is
 * smaller than the tolerance, the comparison says nothing. With relu the two may differ by more if the kink lies between the two
 * weights. */
struct rnn_gradient_check {
    double analytic;       /* the gradient's number, from rnn_model_gradient */
    double numeric;        /* the central difference */
    double relative_error; /* |analytic - numeric| / max(|analytic|, |numeric|); 0 if both are 0 */
    double step;           /* half the distance between the two weights */
    double tolerance;      /* how far apart the two may be: rounding + truncation */
    double loss_above, loss_below;
    double rounding;   /* 4 u max(1, |L|, sum |w dL/dw|) / step */
    double truncation; /* |difference with twice the step - numeric| */
};

/* parameter: an index into the P parameters, otherwise RNN_ERROR_ARGUMENT. batch: as for rnn_model_gradient. While this runs it
 * changes the model; afterwards its weights are as before, bit by bit. If a loss is not finite, or if the weight is so large that
 * adding a step does not change it, there is no difference, and numeric, relative_error and tolerance are NaN. */
RNN_API enum rnn_status rnn_model_gradient_check(struct rnn_model *model, struct rnn_workspace *workspace,
                                                 const struct rnn_dataset *batch, size_t parameter,
                                                 struct rnn_gradient_check *check);

/* ------------------------------------------------------------------------------------------------ chance */

/* The range of accuracies in which pure guessing lands at least 95 times out of 100, if n labels are guessed by coin toss: exact
 * binomial, with at most 2.5 % on either side. low, high: out, as shares. RNN_ERROR_EMPTY: n is 0. */
RNN_API enum rnn_status rnn_chance_band(uint32_t n, double *low, double *high);

/* The share of the more common label among n, which is the accuracy of always predicting it. y: in (n). RNN_ERROR_EMPTY: n is 0;
 * RNN_ERROR_DATA: a label is neither 0 nor 1. */
RNN_API enum rnn_status rnn_majority_share(const rnn_real *y, uint32_t n, double *share);

/* The q-quantile (q in [0, 1]) of n numbers, interpolated linearly as numpy does by default (Hyndman & Fan 1996, type 7). Sorts the
 * numbers in place. RNN_ERROR_EMPTY: n is 0; RNN_ERROR_DATA: a number is not finite; RNN_ERROR_RANGE: q. */
RNN_API enum rnn_status rnn_quantile(double *values, uint32_t n, double q, double *quantile);

/* The smallest and the largest number of each column. values: in (rows, columns), for example x as (n · T, F); low, high: out
 * (columns). RNN_ERROR_EMPTY: no rows or no columns; RNN_ERROR_DATA: a value is not finite; RNN_ERROR_TOO_LARGE: more values than
 * an array can have. */
RNN_API enum rnn_status rnn_column_ranges(const rnn_real *values, size_t rows, uint32_t columns, rnn_real *low,
                                          rnn_real *high);

/* ------------------------------------------------------------------------------------------------ counting tokens */

/* What can be predicted by counting: how often each token followed each context of up to RNN_CONTEXT_MAXIMUM tokens. It is the
 * baseline for a network that predicts the next token. A context of 0 tokens counts single tokens, one of 1 token counts pairs. The
 * data set has inputs as for rnn_model_generate, and classes as targets, one at every time step or at the last one. Before the
 * first time step of a sequence the context holds marks for its beginning (Jurafsky & Martin, Speech and Language Processing, 2nd
 * ed. 2009, section 4.2). The block is the caller's. */
struct rnn_ngrams;

#define RNN_CONTEXT_MAXIMUM 4

/* The size of the block in bytes. outputs: K. context: 0 ... RNN_CONTEXT_MAXIMUM, otherwise RNN_ERROR_RANGE. RNN_ERROR_TOO_LARGE:
 * more than RNN_MEMORY_LIMIT. */
RNN_API enum rnn_status rnn_ngrams_size(const struct rnn_dataset *training, uint32_t outputs, uint32_t context,
                                        uint64_t *bytes);

/* Count. RNN_ERROR_SHAPE: F is neither K nor 1; RNN_ERROR_DATA: an input is no token, or a target is not a class; RNN_ERROR_BLOCK:
 * too small or not aligned. */
RNN_API enum rnn_status rnn_ngrams_init(void *block, uint64_t bytes, const struct rnn_dataset *training,
                                        uint32_t outputs, uint32_t context, struct rnn_ngrams **ngrams);

/* The probabilities of the next token, after any of the contexts:
 *     p(w | c) = (count(c w) + prior · p(w | c')) / (count(c) + prior)        c' is c without its oldest token
 *     p(w) = (count(w) + prior / K) / (count of all + prior)                                   for the empty context
 * (MacKay & Peto 1995, A hierarchical Dirichlet language model.) With prior 0 they are the shares in the training data; if a
 * context never occurred there, those after its longest ending that did. With a prior up to 1 the most probable token is one of the
 * most frequent ones. predictions: out (n, R, K), 0 where a sequence is masked. prior: 0 or more, otherwise RNN_ERROR_RANGE. Other
 * errors as for rnn_ngrams_init. */
RNN_API enum rnn_status rnn_ngrams_predict(const struct rnn_ngrams *ngrams, const struct rnn_dataset *data,
                                           double prior, rnn_real *predictions);

/* Crossentropy and accuracy of these predictions, as rnn_model_evaluate measures a network. With prior 0 the crossentropy is
 * infinite if a target never followed its context. */
RNN_API enum rnn_status rnn_ngrams_evaluate(const struct rnn_ngrams *ngrams, const struct rnn_dataset *data,
                                            double prior, struct rnn_metrics *metrics);

#ifdef __cplusplus
}
#endif
#endif
