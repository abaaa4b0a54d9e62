/* Unrolled: a recurrent network that can be taken apart.
 *
 * The public header of the library `rnn`, the network. What reads and writes files is the library `rnn_files` (rnn_files.h).
 * Both are C11 that allocates nothing, opens nothing, prints nothing, asks no clock and has no global variables.
 *
 * Results. Most functions return enum rnn_status and give their results through pointers. If they fail, what these point to is as it
 * was, unless the function's comment says otherwise. A pointer that may be NULL says so; any other NULL is RNN_ERROR_ARGUMENT.
 * Other functions return their result itself: a name, which is NULL past the last; a count, which is 0 where it has no meaning; a
 * default; a part of a valid model or fit. Their pointers must be valid.
 *
 * Memory. The caller brings each block, of the size that the matching _size function gives, aligned to RNN_ALIGNMENT, which any
 * malloc does. Sizes of blocks are uint64_t on every machine; where one does not fit into size_t, the block cannot be had. To release
 * a block, release its memory. No block refers to another. A fit refers to the arrays x and y of its data sets, which must stay until
 * the fit ends; the records rnn_dataset themselves are copied. What a function returns by pointer lies in the block that it was
 * asked of, and is valid as long as that. What a call writes must not overlap anything else that it is given, unless its comment says
 * so. The records that the library fills (traces and the like) must be given back as they were filled.
 *
 * Choices, such as a cell or a loss, are named by enums and passed and stored as uint32_t.
 *
 * Threads. Two calls may run at once if neither writes to a block that the other uses. A const pointer is only read. Calls that
 * take a workspace write to it; a model is written to by the functions that take it without const.
 *
 * Bits. The same inputs give the same bits on every machine and with every compiler that builds this library. Tried are gcc 12 and
 * clang 14 for x86-64, aarch64, 32-bit ARM, i386 with SSE2, riscv64, ppc64le, s390x and WebAssembly, on Linux (docs/determinism.md of
 * the project). A compiler or an option that would change bits is refused with an #error (internal.h), but for two that the source
 * cannot see: clang's -ffp-contract=fast, and before clang 13 its -fassociative-math and -freciprocal-math. Windows needs clang-cl
 * and is not tried. The control word of the processor must round to nearest and keep subnormal numbers, as programs begin; linking
 * with -ffast-math changes that.
 *
 * Letters, fixed once:  B batch  T timesteps  F features  U units  G gates of a cell  L layers  K outputs
 *                       R readouts of a sequence: 1, or T with return_sequences      P parameters  n samples
 * Arrays are row-major.  Sequences are x (n, T, F), their targets y (n, R).
 *
 * The model is Sequential of 1 to 3 recurrent layers of U units each and a Dense(K) readout, with Keras's layout. For
 * SimpleRNN:
 *
 *     z_t = x_t · kernel (F, U)  +  h_{t-1} · recurrent_kernel (U, U)  +  bias (U)        h_0 = 0
 *     h_t = activation(z_t)                                   Elman 1990, eq. of the simple recurrent network
 *     logit = h_T · dense kernel (U, K) + dense bias (K)      with return_sequences at every t
 *
 * In a GRU and an LSTM each gate has a z of its own, made as above from its own columns of the kernels and the bias, in Keras's order.
 * sigma is the logistic function, * is by elements:
 *
 *     GRU   (Cho et al. 2014, in the form that Keras calls reset_after)          LSTM  (Gers, Schmidhuber & Cummins 2000)
 *     u_t = sigma(z)      update gate, Keras's z                                 i_t = sigma(z)   f_t = sigma(z)   o_t = sigma(z)
 *     r_t = sigma(z)      reset gate                                             g_t = tanh(z)    candidate, Keras's c
 *     q_t = h_{t-1} · recurrent kernel + its bias                                c_t = f_t * c_{t-1} + i_t * g_t
 *     g_t = tanh(x_t · kernel + bias + r_t * q_t)      candidate, Keras's h      h_t = o_t * tanh(c_t)
 *     h_t = u_t * h_{t-1} + (1 - u_t) * g_t
 *
 * docs/equations.md of the project has them with their gradients and sources. */
#ifndef RNN_H
#define RNN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of both libraries. Before 1.0.0 a new minor version may change functions, formats of blocks and bits; a patch changes
 * none of them. rnn_version: the version that the program was linked with. */
#define RNN_VERSION_MAJOR 0
#define RNN_VERSION_MINOR 2
#define RNN_VERSION_PATCH 0
#define RNN_VERSION       "0.2.0"

/* What a shared library shows of itself. */
#if defined(__GNUC__) && !defined(_WIN32)
#define RNN_API __attribute__((visibility("default")))
#else
#define RNN_API
#endif

RNN_API const char *rnn_version(void);

/* The number type of weights, activations and data. float ships; the double build exists for gradient tests alone. */
#ifdef RNN_DOUBLE
typedef double rnn_real;
#else
typedef float rnn_real;
#endif

/* ------------------------------------------------------------------------------------------------ status and text */

/* What a call answers. The values never change. An error leaves models and fits as they were, unless the function's comment says
 * otherwise. */
enum rnn_status {
    RNN_OK = 0,
    RNN_ERROR_ARGUMENT = 1,  /* a null pointer, or an index past the end */
    RNN_ERROR_RANGE = 2,     /* a number outside its range: see rnn_range_of */
    RNN_ERROR_TOO_LARGE = 3, /* would need more than RNN_MEMORY_LIMIT bytes */
    RNN_ERROR_BLOCK = 4,     /* a block too small, not aligned to RNN_ALIGNMENT, or not made by the matching _init */
    RNN_ERROR_SHAPE = 5,     /* two things whose extents, cells or layers do not agree */
    RNN_ERROR_DATA = 6,      /* a value that is not finite, or a target that the loss does not take */
    RNN_ERROR_EMPTY = 7,     /* no samples, or a validation split that leaves a part without samples */
    RNN_DIVERGED = 8,        /* training met a loss or a weight that is not finite */
    RNN_ERROR_CSV = 9,       /* rnn_files.h: text that is not a data set; the diagnosis says where */
    RNN_ERROR_WEIGHTS = 10,  /* rnn_files.h: bytes that are not a model's weights; the diagnosis says where */
    RNN_ERROR_SNAPSHOT = 11, /* bytes that are no snapshot, or a damaged one */
    RNN_ERROR_VERSION = 12   /* a snapshot of another version of this library */
};

/* The name of a status ("RNN_ERROR_RANGE"), and one sentence that explains it. Never NULL. */
RNN_API const char *rnn_status_name(enum rnn_status status);
RNN_API const char *rnn_status_text(enum rnn_status status);

/* ------------------------------------------------------------------------------------------------ names and ranges */

enum rnn_cell { RNN_SIMPLE_RNN = 0, RNN_GRU = 1, RNN_LSTM = 2 };
enum rnn_activation { RNN_TANH = 0, RNN_RELU = 1 };
enum rnn_initializer { RNN_GLOROT_UNIFORM = 0, RNN_ORTHOGONAL = 1, RNN_IDENTITY = 2, RNN_ZEROS = 3 };
enum rnn_loss { RNN_BINARY_CROSSENTROPY = 0, RNN_SPARSE_CATEGORICAL_CROSSENTROPY = 1, RNN_MEAN_SQUARED_ERROR = 2 };
enum rnn_metric { RNN_ACCURACY = 0, RNN_MEAN_ABSOLUTE_ERROR = 1 };
enum rnn_method { RNN_ADAM = 0, RNN_SGD = 1, RNN_RMSPROP = 2 };

/* Keras's name of the index-th choice ("simple_rnn", "gru", "lstm"; "tanh", "relu"; ...), or NULL past the last. */
RNN_API const char *rnn_cell_name(uint32_t index);
RNN_API const char *rnn_activation_name(uint32_t index);
RNN_API const char *rnn_initializer_name(uint32_t index);
RNN_API const char *rnn_loss_name(uint32_t index);
RNN_API const char *rnn_metric_name(uint32_t index);
RNN_API const char *rnn_method_name(uint32_t index);

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
    RNN_QUANTITIES
};

struct rnn_range {
    const char *name; /* "units", "timesteps", "batch_size", ... */
    double minimum, maximum;
    bool whole;    /* whole numbers only */
    bool open_end; /* the maximum itself is out of range */
};

/* The range of a quantity, or NULL for a number that is none. */
RNN_API const struct rnn_range *rnn_range_of(uint32_t quantity);

/* RNN_OK if value lies in the quantity's range; else RNN_ERROR_RANGE (NaN is never in range). */
RNN_API enum rnn_status rnn_range_check(uint32_t quantity, double value);

/* ------------------------------------------------------------------------------------------------ configuration */

#define RNN_MEMORY_LIMIT ((uint64_t)1 << 30) /* bytes of model and workspace together: 1 GiB */
#define RNN_ALIGNMENT    8                   /* of every block that the caller brings, in bytes */

struct rnn_config {
    double recurrent_gain; /* the recurrent kernel's factor: the spectral radius of an orthogonal one */
    double l2;             /* lambda: the loss takes lambda · sum of w² over kernels and recurrent kernels */
    uint32_t cell;         /* enum rnn_cell */
    uint32_t activation;   /* enum rnn_activation, of SimpleRNN; GRU and LSTM have tanh */
    uint32_t layers;       /* 1 to 3, above one another */
    uint32_t units;        /* of each layer */
    uint32_t timesteps;    /* the longest sequence that a workspace made from this config takes */
    uint32_t features;
    uint32_t return_sequences;      /* 1: read out, and trained, at every time step; 0: at the last */
    uint32_t loss;                  /* enum rnn_loss; it decides the readout's activation too */
    uint32_t outputs;               /* K: the classes of sparse_categorical_crossentropy (2 to 64), else 1 */
    uint32_t kernel_initializer;    /* enum rnn_initializer */
    uint32_t recurrent_initializer; /* enum rnn_initializer */
    uint32_t seed;                  /* run seed: initial weights and shuffles */
};

/* Keras's defaults of the notebook: one layer SimpleRNN(32, tanh), 10 timesteps, 1 feature, Dense(1, sigmoid),
 * binary_crossentropy, kernels glorot_uniform, recurrent kernels orthogonal, seed 42. */
RNN_API struct rnn_config rnn_config_default(void);

/* RNN_OK, or RNN_ERROR_RANGE with *quantity (may be NULL) naming the first number out of range. RNN_CLASSES is the field outputs.
 * RNN_QUANTITIES, which has no range, stands for an unknown choice, for relu in a GRU or LSTM, and for a flag that is neither 0 nor
 * 1. Where another function answers RNN_ERROR_RANGE about a config, this one says which number it is. */
RNN_API enum rnn_status rnn_config_check(const struct rnn_config *config, enum rnn_quantity *quantity);

/* Readouts of a sequence: 1, or timesteps with return_sequences. */
RNN_API uint32_t rnn_config_readouts(const struct rnn_config *config, uint32_t timesteps);

/* What stands beside the loss: accuracy, or with mean_squared_error the mean absolute error. */
RNN_API enum rnn_metric rnn_config_metric(const struct rnn_config *config);

/* Keras's optimizers; g is the batch's mean gradient, clipped, t the number of the update.
 *   adam     m += (1-beta_1)(g - m)    v += (1-beta_2)(g² - v)         (Kingma & Ba 2015, before section 2.1's end)
 *            w -= alpha · m / (sqrt(v) + epsilon)      alpha = learning_rate · sqrt(1-beta_2^t) / (1-beta_1^t)
 *   sgd      w -= learning_rate · g;  with momentum  m = momentum · m - learning_rate · g   w += m
 *            nesterov  w += momentum · m - learning_rate · g
 *   rmsprop  v = rho · v + (1-rho) g²    w -= learning_rate · g / sqrt(v + epsilon)         (Tieleman & Hinton 2012)
 *            with momentum  m = momentum · m + learning_rate · g / sqrt(v + epsilon)   w -= m
 * Clipping, at most one of the two, 0 for none (Pascanu, Mikolov & Bengio 2013):
 *   global_clipnorm  g is scaled down to this norm if its norm over all weights is larger
 *   clipvalue        each g is held between -clipvalue and clipvalue */
struct rnn_optimizer {
    uint32_t method;        /* enum rnn_method: adam */
    uint32_t nesterov;      /* sgd: 0 or 1 */
    double learning_rate;   /* 0.001 */
    double beta_1;          /* adam: 0.9 */
    double beta_2;          /* adam: 0.999 */
    double epsilon;         /* adam, rmsprop: 1e-7 */
    double rho;             /* rmsprop: 0.9 */
    double momentum;        /* sgd, rmsprop: 0 */
    double global_clipnorm; /* 0 */
    double clipvalue;       /* 0 */
};

RNN_API struct rnn_optimizer rnn_optimizer_default(void);

/* RNN_OK, or RNN_ERROR_RANGE with *quantity (may be NULL) naming the first number out of range; RNN_QUANTITIES stands
 * for an unknown method, for a flag that is neither 0 nor 1, and for both ways of clipping at once. */
RNN_API enum rnn_status rnn_optimizer_check(const struct rnn_optimizer *optimizer, enum rnn_quantity *quantity);

/* One weight tensor inside the flat parameter vector. */
struct rnn_tensor {
    char name[32];          /* "simple_rnn/kernel", Keras's; "simple_rnn_1/kernel" in the next layer */
    uint32_t rank;          /* 1 or 2 */
    uint32_t rows, columns; /* a vector has columns = 1 */
    size_t offset, count;   /* in numbers, from the start of the parameters */
};

#define RNN_LAYERS_MAXIMUM  3
#define RNN_TENSORS_MAXIMUM (3 * RNN_LAYERS_MAXIMUM + 2)

/* 3 L + 2: of each layer kernel (F, G·U), recurrent_kernel (U, G·U), bias (G·U; GRU (2, 3·U)), then dense/kernel (U, K)
 * and dense/bias (K). G is 1, GRU 3 (u, r, g), LSTM 4 (i, f, g, o). The upper layers' F is U. 0: config out of range. */
RNN_API uint32_t rnn_tensor_count(const struct rnn_config *config);

/* P: the sum of all tensors' counts. 0 if the config is out of range. */
RNN_API size_t rnn_parameter_count(const struct rnn_config *config);

/* *tensor = the index-th tensor. RNN_ERROR_RANGE: config; RNN_ERROR_ARGUMENT: index >= rnn_tensor_count. */
RNN_API enum rnn_status rnn_tensor_of(const struct rnn_config *config, uint32_t index, struct rnn_tensor *tensor);

/* ------------------------------------------------------------------------------------------------ data */

/* Sequences with what is to be said of them. The arrays are the caller's and are only read. */
struct rnn_dataset {
    const rnn_real *x; /* (n, T, F) */
    const rnn_real *y; /* (n, R): 0 or 1; a class 0 ... K - 1; or any number, by the loss. NULL where none is needed */
    uint32_t samples, timesteps, features;
    uint32_t readouts; /* R: 1, or timesteps */
};

/* RNN_OK if the data are what a model of this config takes: all of x finite and all of y what its loss takes. All sequences of a data
 * set have the same length. It may differ from the config's timesteps: only a workspace has a longest sequence.
 * RNN_ERROR_DATA: *sample (may be NULL) is the first offender. RNN_ERROR_SHAPE: features or readouts are not the
 * config's. RNN_ERROR_RANGE: an extent is out of range. RNN_ERROR_EMPTY: no samples. */
RNN_API enum rnn_status rnn_dataset_check(const struct rnn_dataset *data, const struct rnn_config *config,
                                          uint32_t *sample);

/* A seeded problem to learn. */
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
    RNN_TASK_ECHO = 9
};

struct rnn_task_info {
    const char *name;         /* "first" */
    double chance;            /* accuracy of guessing, or the mean squared error of always answering the mean */
    uint32_t least_timesteps; /* shorter sequences do not hold what the task speaks of */
    uint32_t features, outputs;
    uint32_t loss; /* enum rnn_loss */
    uint32_t return_sequences;
};

/* What a task is, or NULL past the last. */
RNN_API const struct rnn_task_info *rnn_task_info_of(uint32_t task);

/* Make samples first_sample ... first_sample + samples - 1 of a task. Each datum depends on (data_seed, sample number,
 * time step) alone, so that more samples or more timesteps keep the earlier values; the marks of `order` and `adding`,
 * whose places are shares of the length, depend on the number of timesteps too.
 *   random    x uniform in [0, 1), as in all but order, sine and adding; y a coin toss, drawn apart from x
 *   first     y = x_1 > 0.5            last      y = x_T > 0.5, of the very same x
 *   majority  y = more than half of the x_t are above 0.5; where it is just half, y = x_T > 0.5, so that both labels are
 *             equally likely whatever the length
 *   rising    y = x_T > x_1; at least two steps, as order and adding
 *   parity    y = an odd number of the x_t are above 0.5
 *   order     6 features, one symbol a step: distractors a, b, c, d, and X or Y at two steps, one in the second tenth,
 *             one in the sixth; y = 0 ... 3 for XX, XY, YX, YY  (Hochreiter & Schmidhuber 1997, experiment 6a)
 *   sine      x = a sine wave of any phase with noise, of period 20 (slow, y = 0) or 10 (fast, y = 1)
 *   adding    2 features: a value uniform in [0, 1), a mark that is 1 at two steps, one in each half; y = the sum of the
 *             two marked values (Hochreiter & Schmidhuber 1997, experiment 4, as Le, Jaitly & Hinton 2015 have it)
 *   echo      y_t = x_{t-3}, 0 where there is none, at every time step
 * x: out (samples, timesteps, features); y: out (samples, readouts).
 * RNN_ERROR_RANGE: an extent, fewer than least_timesteps, or an unknown task; sample numbers must stay below 2^32. */
RNN_API enum rnn_status rnn_task_generate(uint32_t task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                          uint32_t timesteps, rnn_real *x, rnn_real *y);

/* The targets of any sequence by the rule of a task, whoever made the sequence: a drawn one that was changed, too. Where a
 * drawn sequence has a rule, these are the targets that rnn_task_generate gives it, to the bit. x: in (timesteps, features),
 * any finite numbers, also outside of the range that the task draws from. y: out (readouts); not said where *applies is
 * false, which is so where the task's rule says nothing of this sequence:
 *   random    always: the labels are drawn apart from x
 *   sine      where x is no wave of either period, or could be one of both, as short sequences are: y = 1 if some wave of
 *             period 10, and none of period 20, lies within the noise of 0.25 of every value (tried at 1,024 phases, with
 *             0.0031 allowed for those between), y = 0 the other way round. It never contradicts the drawn label.
 *   order     unless each step has one 1 among zeros, and exactly two steps have X or Y, wherever they are
 *   adding    unless exactly two steps have the mark 1, wherever they are, and all others 0; or where the sum is not finite
 * All other rules speak of every sequence.
 * RNN_ERROR_RANGE: an unknown task, fewer than least_timesteps, or too many; RNN_ERROR_DATA: x is not finite. */
RNN_API enum rnn_status rnn_task_targets(uint32_t task, const rnn_real *x, uint32_t timesteps, rnn_real *y,
                                         bool *applies);

/* The first of the samples that serve as new data: far behind any training set, from the same stream. */
#define RNN_NEW_SAMPLE 1000000u

/* How many samples stay for training: floor(n (1 - split)); the validation part is the last n minus that, as in Keras.
 * split 0 keeps all. RNN_ERROR_RANGE: split outside [0, 1); RNN_ERROR_EMPTY: a part has no samples. */
RNN_API enum rnn_status rnn_validation_split(uint32_t samples, double split, uint32_t *training);

/* What targets ask for. */
struct rnn_targets {
    uint32_t loss;    /* enum rnn_loss */
    uint32_t outputs; /* K of it: 1, or the number of classes, at least 2 */
    double guess; /* accuracy of always answering the commonest target, or the mean squared error of always the mean */
};

/* For rnn_targets_of: the loss that suits. */
#define RNN_ANY_LOSS UINT32_MAX

/* y: in (count). loss: enum rnn_loss, or RNN_ANY_LOSS: binary_crossentropy where all targets are 0 or 1,
 * sparse_categorical_crossentropy where all are whole numbers below 64, else mean_squared_error.
 * RNN_ERROR_EMPTY; RNN_ERROR_DATA: a target is not finite, or none of the given loss. */
RNN_API enum rnn_status rnn_targets_of(const rnn_real *y, uint32_t count, uint32_t loss, struct rnn_targets *targets);

/* Which class each prediction of rnn_model_predict answers, and whether that is the target: p > 0.5 with one output, else
 * the most probable, the first of equals. predictions: in (count, outputs); y: in (count); classes: out (count);
 * right: out (count), 0 or 1. RNN_ERROR_RANGE: outputs is not 1 ... 64. */
RNN_API enum rnn_status rnn_answers(const rnn_real *predictions, uint32_t count, uint32_t outputs, const rnn_real *y,
                                    uint32_t *classes, uint32_t *right);

/* A name for a data set, by its extents and the bits of its numbers: FNV-1a of 64 bits (Fowler, Noll & Vo), little-endian.
 * Not for secrets. x and y of data are read, and must be there. */
RNN_API uint64_t rnn_dataset_hash(const struct rnn_dataset *data);

/* ------------------------------------------------------------------------------------------------ model */

/* A model is one block: weights, optimizer, counters and the state of rnn_model_step. It holds no pointers, so a copy of its bytes in
 * another aligned block is a model, and for rnn_model_restore a snapshot. Going on from it gives the same bits as never having
 * stopped. */
struct rnn_model;

/* *bytes = the size of the block. RNN_ERROR_RANGE: config. */
RNN_API enum rnn_status rnn_model_size(const struct rnn_config *config, uint64_t *bytes);

/* Carve a model from the block and draw its first weights by the config's initializers: glorot_uniform (Glorot & Bengio
 * 2010), orthogonal (Saxe et al. 2014; signs fixed by diag(R) > 0), identity (ones on the diagonal; Le, Jaitly & Hinton
 * 2015), zeros. The recurrent kernel is times recurrent_gain. The readout's kernel is glorot_uniform, biases are zero but
 * for an LSTM's forget gate: one (Keras's unit_forget_bias). Adam with its defaults.
 * RNN_ERROR_BLOCK: too small or not aligned. */
RNN_API enum rnn_status rnn_model_init(void *block, uint64_t bytes, const struct rnn_config *config,
                                       struct rnn_model **model);

RNN_API const struct rnn_config *rnn_model_config(const struct rnn_model *model);
RNN_API const struct rnn_optimizer *rnn_model_optimizer(const struct rnn_model *model);

/* Take another optimizer. Its moments begin at zero and its t at 1, as after Keras's compile. The weights and rnn_model_counters stay.
 * RNN_ERROR_RANGE: see rnn_optimizer_check. */
RNN_API enum rnn_status rnn_model_compile(struct rnn_model *model, const struct rnn_optimizer *optimizer);

/* Change the learning rate alone; moments and counts stay. */
RNN_API enum rnn_status rnn_model_set_learning_rate(struct rnn_model *model, double learning_rate);

/* The P parameters, in the order of rnn_tensor_of. */
RNN_API const rnn_real *rnn_model_parameters(const struct rnn_model *model);

/* Replace them; the optimizer's state stays. RNN_ERROR_SHAPE: count is not P; RNN_ERROR_DATA: one is not finite. */
RNN_API enum rnn_status rnn_model_set_parameters(struct rnn_model *model, const rnn_real *parameters, size_t count);

/* Epochs completed, updates done since the weights were drawn, and samples read of the epoch under way. */
struct rnn_counters {
    uint64_t updates;
    uint32_t epochs;
    uint32_t position;
};
RNN_API struct rnn_counters rnn_model_counters(const struct rnn_model *model);

/* Copy the whole training state out, or back in. A snapshot may lie at any address. bytes is rnn_model_size's answer.
 * RNN_ERROR_BLOCK: another size. Restoring checks that each number is one that training can reach, but
 * for the weights, the optimizer's moments and the states, which may be any bits; so a snapshot may come from anywhere. RNN_ERROR_SNAPSHOT: bytes that are no snapshot, or numbers that training cannot
 * reach; RNN_ERROR_VERSION: a snapshot of another version; RNN_ERROR_SHAPE: one of another configuration. */
RNN_API enum rnn_status rnn_model_snapshot(const struct rnn_model *model, void *snapshot, uint64_t bytes);
RNN_API enum rnn_status rnn_model_restore(struct rnn_model *model, const void *snapshot, uint64_t bytes);

/* ------------------------------------------------------------------------------------------------ workspace */

/* Scratch memory for batches: activations and gradients of up to batch_size sequences of up to config->timesteps steps.
 * It holds no state between calls; one may serve many models of one shape, one call at a time. */
struct rnn_workspace;

/* *bytes: 64 bits on every target; also set when the answer is RNN_ERROR_TOO_LARGE (with the
 * model more than RNN_MEMORY_LIMIT). */
RNN_API enum rnn_status rnn_workspace_size(const struct rnn_config *config, uint32_t batch_size, uint64_t *bytes);
RNN_API enum rnn_status rnn_workspace_init(void *block, uint64_t bytes, const struct rnn_config *config,
                                           uint32_t batch_size, struct rnn_workspace **workspace);

/* ------------------------------------------------------------------------------------------------ training */

struct rnn_metrics {
    double loss;   /* mean over samples and readouts, and the l2 term */
    double metric; /* accuracy: p > 0.5, or the most probable class; or the mean absolute error: rnn_config_metric */
};

/* One epoch's line in the history. Training metrics are averages over the epoch's samples while the weights move;
 * validation metrics are measured after it (NaN without validation data, or where validation_freq passes it over). */
struct rnn_epoch {
    double loss, metric, val_loss, val_metric;
};

struct rnn_fit_options {
    uint32_t epochs; /* how many more */
    uint32_t batch_size;
    bool shuffle; /* anew each epoch, by (run seed, number of the epoch) alone */
    /* Keras's: the validation data are measured after epochs n, 2n, … of the fit; 0 is 1, after each. A validation loss that
     * is not finite ends the fit (RNN_DIVERGED_VALIDATION) only after an epoch that is measured; after the others it is not
     * seen: such a fit goes on, and may complete, where the same fit with 1 stops. Other divergences do not depend on it. */
    uint32_t validation_freq;
};

/* Epochs, batch size, shuffle and validation_freq of Keras: 10 (the notebook's), 32, true, 1. */
RNN_API struct rnn_fit_options rnn_fit_options_default(void);

/* A fit under way: what to train on, the order of the epoch's samples, the history. One block, the caller's. The arrays of the data
 * must stay where they are until the fit ends; the records that point to them need not. */
struct rnn_fit;

/* RNN_ERROR_EMPTY: no samples; RNN_ERROR_RANGE: samples, epochs or batch size. */
RNN_API enum rnn_status rnn_fit_size(uint32_t training_samples, const struct rnn_fit_options *options, uint64_t *bytes);

/* Prepare to train the model's next options->epochs epochs. An epoch that an earlier fit left unfinished is begun anew.
 * validation: may be NULL. RNN_ERROR_DATA, RNN_ERROR_SHAPE, RNN_ERROR_EMPTY, RNN_ERROR_BLOCK; RNN_ERROR_RANGE: a number out of
 * range, or more epochs than the model's counter has left of 2^32 - 1. */
RNN_API enum rnn_status rnn_fit_init(void *block, uint64_t bytes, struct rnn_model *model,
                                     const struct rnn_dataset *training, const struct rnn_dataset *validation,
                                     const struct rnn_fit_options *options, struct rnn_fit **fit);

enum rnn_divergence {
    RNN_DIVERGED_LOSS = 1,      /* of a batch, before its update */
    RNN_DIVERGED_WEIGHTS = 2,   /* one of them, after the epoch's last update */
    RNN_DIVERGED_VALIDATION = 3 /* the validation loss, after the epoch's last update; the weights are finite */
};

struct rnn_progress {
    uint32_t epoch;                  /* completed epochs of this fit */
    uint32_t batch;                  /* completed batches of the epoch under way */
    uint32_t batches;                /* batches an epoch */
    uint64_t updates;                /* updates in this fit */
    bool done;                       /* all epochs are completed */
    double loss, metric;             /* of the epoch under way, over its samples so far; 0 before the first */
    double batch_loss, batch_metric; /* of the latest batch, before its update */
    /* after RNN_DIVERGED: what was not finite (enum rnn_divergence), and in which epoch and batch, counted from 1 */
    uint32_t divergence, diverged_epoch, diverged_batch;
};

/* Do up to max_updates updates, then return; budgets of any size give the same bits. The update that ends an epoch also
 * measures the validation data and writes the history. Restoring the model to an earlier moment of this fit and going on
 * replays it. model: the one that rnn_fit_init was given, or one of the same configuration.
 * RNN_DIVERGED: stopped before the update whose loss is not finite, or at the end of an epoch (enum rnn_divergence); the
 * history keeps the completed epochs, and the weights are those of that moment. RNN_ERROR_DATA: the next batch, or the
 * validation data, hold a target that the loss does not take, or the validation data an x that is not finite, because the data were written to after
 * rnn_fit_init; the updates before it stand, and once the data are mended the fit goes on. RNN_ERROR_SHAPE: the workspace is too
 * small for the data or the batch, or the model is of another configuration. *progress: written with RNN_OK, RNN_DIVERGED and
 * RNN_ERROR_DATA. */
RNN_API enum rnn_status rnn_fit_run(struct rnn_fit *fit, struct rnn_model *model, struct rnn_workspace *workspace,
                                    uint64_t max_updates, struct rnn_progress *progress);

/* Which samples of the training data the next update takes, in order. batch: out (*samples); capacity: numbers that it
 * holds, RNN_ERROR_BLOCK if they are too few; the batch size is enough. After the last epoch: the batch that one more
 * would begin with. 0 samples after RNN_DIVERGED at the end of an epoch. Other errors: as of rnn_fit_run. */
RNN_API enum rnn_status rnn_fit_batch(struct rnn_fit *fit, const struct rnn_model *model, uint32_t *batch,
                                      uint32_t capacity, uint32_t *samples);

/* The epochs completed so far, in order. *epochs: out, how many; may be NULL. An epoch that this fit did not train, because the model was
 * restored to a later moment, has NaN. */
RNN_API const struct rnn_epoch *rnn_fit_history(const struct rnn_fit *fit, uint32_t *epochs);

/* Loss and metric over a data set, with the weights as they are. */
RNN_API enum rnn_status rnn_model_evaluate(const struct rnn_model *model, struct rnn_workspace *workspace,
                                           const struct rnn_dataset *data, struct rnn_metrics *metrics);

/* What the model says of every sequence: sigmoid's p, softmax's K probabilities, or the linear value.
 * predictions: out (n, R, K). data->y and data->readouts are not read. */
RNN_API enum rnn_status rnn_model_predict(const struct rnn_model *model, struct rnn_workspace *workspace,
                                          const struct rnn_dataset *data, rnn_real *predictions);

/* How often target i was answered by class j (the most probable; p > 0.5). counts: out (C, C), C the number of classes:
 * 2 with binary_crossentropy. RNN_ERROR_ARGUMENT with mean_squared_error; RNN_ERROR_TOO_LARGE: 2^32 readouts or more. */
RNN_API enum rnn_status rnn_model_confusion(const struct rnn_model *model, struct rnn_workspace *workspace,
                                            const struct rnn_dataset *data, uint32_t *counts);

/* The gradient of the mean loss of one batch of at most the workspace's batch size, as an update uses it before clipping:
 * with the l2 term. gradient: out (P). metrics: out, may be NULL. */
RNN_API enum rnn_status rnn_model_gradient(const struct rnn_model *model, struct rnn_workspace *workspace,
                                           const struct rnn_dataset *batch, rnn_real *gradient,
                                           struct rnn_metrics *metrics);

/* ------------------------------------------------------------------------------------------------ one sequence */

/* One time step in, the state kept in the model. x: in (F). h: out (L, U), logit: out (K), prediction: out (K), each may
 * be NULL: what the readout says of the state now. From h_0 = 0, the prediction after T steps equals rnn_model_predict's to the bit.
 * The state stays until rnn_model_reset_states: training, new parameters and another optimizer do not touch it.
 * RNN_ERROR_DATA: x is not finite. */
RNN_API enum rnn_status rnn_model_step(struct rnn_model *model, const rnn_real *x, rnn_real *h, rnn_real *logit,
                                       rnn_real *prediction);

/* Back to h_0 = 0, as rnn_model_init leaves it: before the next sequence. */
RNN_API enum rnn_status rnn_model_reset_states(struct rnn_model *model);

/* What is done to the network while it reads: the loop cut. The weights stay. */
struct rnn_cut {
    uint32_t without_recurrence; /* 1: recurrent kernels count as zero (W = 0) */
    uint32_t reset_before;       /* t: the state is zero when step t reads it; 0: never */
};

/* Every intermediate number of one layer. G: gates of a cell, 1, 3 (u, r, g), 4 (i, f, g, o); all arrays are views into
 * the caller's block. */
struct rnn_trace_layer {
    uint32_t features, units, gates; /* F of this layer, U, G */
    const rnn_real *x;               /* (T, F)     the sequence, or h of the layer below */
    const rnn_real *z;               /* (T, G·U)   pre-activation */
    const rnn_real *a;               /* (T, G·U)   activated: SimpleRNN h_t, GRU u r g, LSTM i f g o */
    const rnn_real *q;        /* (T, U)     GRU: the candidate's recurrent part before the reset gate, else NULL */
    const rnn_real *h;        /* (T+1, U)   h_0 = 0 first */
    const rnn_real *c;        /* (T+1, U)   LSTM: the cell state, else NULL */
    const rnn_real *d_h;      /* (T, U)     dL/dh_t */
    const rnn_real *d_c;      /* (T, U)     LSTM: dL/dc_t, else NULL */
    const rnn_real *d_z;      /* (T, G·U)   dL/dz_t */
    const rnn_real *d_q;      /* (T, U)     GRU: dL/dq_t, else NULL */
    const rnn_real *d_h_norm; /* (T)        Euclidean norm of dL/dh_t */
};

/* Every intermediate number of one sequence. L is this sequence's own loss, without the l2 term; gradients reach back from
 * the readout at t = T, or from all of them with return_sequences. */
struct rnn_trace {
    uint32_t timesteps, layers, outputs;
    uint32_t readouts; /* trained ones: 1 or T */
    struct rnn_cut cut;
    rnn_real loss;              /* L; NaN without targets */
    const rnn_real *y;          /* (R) targets, NaN where there are none; then loss and gradients are NaN */
    const rnn_real *logit;      /* (T, K)   what the readout says of h_t; without return_sequences trained only at T */
    const rnn_real *prediction; /* (T, K) */
    struct rnn_trace_layer layer[RNN_LAYERS_MAXIMUM];
};

/* *bytes: 64 bits on every target; also set with RNN_ERROR_TOO_LARGE (more than RNN_MEMORY_LIMIT). timesteps: 1 to 1,000. */
RNN_API enum rnn_status rnn_trace_size(const struct rnn_config *config, uint32_t timesteps, uint64_t *bytes);

/* Forward and backward over one sequence of any length (1 to 1,000 steps), with the weights as they are.
 * x: in (timesteps, F). y: in (R), or NULL: none. cut: NULL for none. trace: out. RNN_ERROR_BLOCK: too small or not aligned;
 * RNN_ERROR_DATA: an x that is not finite, or a target that the loss does not take. */
RNN_API enum rnn_status rnn_trace_run(const struct rnn_model *model, const rnn_real *x, uint32_t timesteps,
                                      const rnn_real *y, const struct rnn_cut *cut, void *block, uint64_t bytes,
                                      struct rnn_trace *trace);

/* The Euclidean norm, in double, summed in order: of a row of a trace. */
RNN_API double rnn_norm(const rnn_real *values, size_t count);

/* What time step t (1 ... T) alone adds to the gradients of a layer (0 ... L - 1):
 *     dL/dkernel += x_tᵀ dL/dz_t    dL/drecurrent_kernel += h_{t-1}ᵀ dL/dz_t    dL/dbias += dL/dz_t
 * (GRU: the candidate's columns of the recurrent kernel and of the second bias take dL/dq_t.)
 * d_kernel: out (F, G·U); d_recurrent_kernel: out (U, G·U); d_bias: out (G·U; GRU (2, 3·U)); each may be NULL. Summed over
 * t they are the gradient that training uses on this sequence alone, to rounding. */
RNN_API enum rnn_status rnn_trace_contribution(const struct rnn_trace *trace, uint32_t layer, uint32_t t,
                                               rnn_real *d_kernel, rnn_real *d_recurrent_kernel, rnn_real *d_bias);

/* One term of a sum in one unit: weight · value. Where a sum begins depends on the cell: see rnn_trace_terms. */
enum rnn_term_kind {
    RNN_TERM_BIAS = 0,           /* b · 1 */
    RNN_TERM_RECURRENT_BIAS = 1, /* GRU: of the states' side, · 1 */
    RNN_TERM_INPUT = 2,          /* kernel[index, unit] · x_t[index] */
    RNN_TERM_STATE = 3,          /* recurrent_kernel[index, unit] · h_{t-1}[index] */
    RNN_TERM_RESET = 4,          /* GRU: the reset gate r · q */
    RNN_TERM_KEPT = 5,           /* GRU: u · h_{t-1}; LSTM: the forget gate f · c_{t-1} */
    RNN_TERM_WRITTEN = 6,        /* GRU: (1 - u) · g; LSTM: the input gate i · g */
    RNN_TERM_READ = 7            /* LSTM: the output gate o · tanh(c_t) */
};

/* "bias", "recurrent_bias", "input", ..., or NULL past the last. */
RNN_API const char *rnn_term_name(uint32_t kind);

struct rnn_term {
    uint32_t kind;  /* enum rnn_term_kind */
    uint32_t index; /* of the feature or of the unit that is weighed; else the unit's own */
    rnn_real weight, value;
    rnn_real product; /* weight · value */
    rnn_real sum;     /* of the terms so far, this one too, added in this order */
    rnn_real part; /* of the terms of this kind so far, this one too: at its last term what the kind brings by itself */
};

/* The terms of one unit (0 ... U - 1) of a layer at time step t (1 ... T), in the order in which the forward pass adds them.
 *     gate 0 ... G - 1   its pre-activation: the last sum is z of the trace, to the bit
 *         SimpleRNN, LSTM         bias, inputs, states
 *         GRU's u and r           bias, recurrent bias, inputs, states
 *         GRU's g                 recurrent bias, states: the sum q of the trace; then anew: bias, inputs, reset
 *     gate G             the state: the last sum is h of the trace, to the bit. Not of SimpleRNN.
 *         GRU                     kept, written
 *         LSTM                    kept, written: the sum c of the trace; then anew: read
 * There are no states among the terms at t = 1, where h_0 = 0, and where the trace's cut keeps them away.
 * model: with the weights that the trace was made with. terms: out, F + U + 3 at most. *count: out, how many.
 * RNN_ERROR_SHAPE: the trace's layer is of another cell, or has other units or features. */
RNN_API enum rnn_status rnn_trace_terms(const struct rnn_model *model, const struct rnn_trace *trace, uint32_t layer,
                                        uint32_t t, uint32_t unit, uint32_t gate, struct rnn_term *terms,
                                        uint32_t *count);

/* a[i] = what the activation of a gate (0 ... G - 1; LSTM's G: the tanh of its cell state) makes of z[i], as the forward
 * pass does: its curve. z: in (count); a: out (count), may be z. */
RNN_API enum rnn_status rnn_model_activate(const struct rnn_model *model, uint32_t gate, const rnn_real *z,
                                           uint32_t count, rnn_real *a);

/* What the way back through one layer brings, for one sequence or as the mean over a batch: the mean of what each sequence's
 * own loss (without the l2 term) would give, which is what an update uses. One sequence is a batch of one, and its numbers are
 * its trace's, to the bit. W is the recurrent kernel. All arrays are views into the caller's block. */
enum rnn_backward_norm {
    RNN_NORM_D_H = 0,      /* of the mean dL/dh_t */
    RNN_NORM_D_C = 1,      /* LSTM: of the mean dL/dc_t, else 0 */
    RNN_NORM_EACH_D_H = 2, /* the mean of each sequence's norm of dL/dh_t: never less than the norm of the mean */
    RNN_NORM_EACH_D_C = 3, /* LSTM: likewise of dL/dc_t, else 0 */
    RNN_NORM_TERM = 4,     /* of what time step t adds to dL/dW (Frobenius) */
    RNN_NORM_SUM = 5,      /* of what time steps T ... t add up to */
    RNN_BACKWARD_NORMS = 6
};

struct rnn_backward {
    uint32_t samples, timesteps, units, gates;
    double loss; /* L, the mean over samples and readouts */
    /* By what one step back multiplies the norm of dL/dh_t, and LSTM's of dL/dc_t, from t = T to t = 1: (norm_1 / norm_T)^(1/(T-1)).
     * NaN where T is 1 or an end is zero, too small for a normal number, or not finite. */
    double rate_h, rate_c;
    const rnn_real *d_h;   /* (T, U)        mean dL/dh_t */
    const rnn_real *d_c;   /* (T, U)        LSTM: mean dL/dc_t, else NULL */
    const rnn_real *norms; /* (6, T)        Euclidean norms: enum rnn_backward_norm */
    const rnn_real *terms; /* (T, U, G·U)   mean of h_{t-1}ᵀ dL/dz_t, which step t adds to dL/dW; 0 at t = 1 */
    const rnn_real *sums;  /* (T, U, G·U)   terms T ... t added up, in that order: the first, t = 1, is dL/dW */
};

/* *bytes: 64 bits on every target; also set with RNN_ERROR_TOO_LARGE (more than RNN_MEMORY_LIMIT). */
RNN_API enum rnn_status rnn_backward_size(const struct rnn_config *config, uint32_t timesteps, uint32_t samples,
                                          uint64_t *bytes);

/* Forward and backward over at most 1,024 sequences of any length (1 to 1,000 steps), with the weights as they are. layer:
 * 0 ... L - 1. cut: NULL for none. backward: out. Errors as of rnn_model_gradient; RNN_ERROR_BLOCK: too small or not aligned. */
RNN_API enum rnn_status rnn_backward_run(const struct rnn_model *model, const struct rnn_dataset *data,
                                         const struct rnn_cut *cut, uint32_t layer, void *block, uint64_t bytes,
                                         struct rnn_backward *backward);

/* One number of the gradient beside a central difference of the loss:
 *     numeric = (L(w + step) - L(w - step)) / (2 step)        both with the l2 term
 * Two errors part them, and their sum is the tolerance. Rounding: losses are good to about
 * 4 u max(1, |L|, sum over all weights of |w dL/dw|), u the unit roundoff, 2^-24 in floats. Truncation, step² |L'''| / 6, since the loss is curved: a difference over twice the step, which is
 * three times as far off, bounds it. step is u^(1/3) · max(1, |w|), 2^-8 in floats, and down to 1/64 of that where truncation would
 * be larger than rounding (Press et al., Numerical Recipes, 3rd ed. 2007, section 5.7); the difference divided by is that of the
 * two weights as they are stored. A difference says nothing of a gradient below the tolerance; a relu whose corner lies between
 * the two weights may be further off. */
struct rnn_gradient_check {
    double analytic;       /* the gradient's number, as rnn_model_gradient gives it */
    double numeric;        /* the central difference */
    double relative_error; /* |analytic - numeric| / max(|analytic|, |numeric|); 0 if both are 0 */
    double step;           /* half the distance of the two weights */
    double tolerance;      /* how far apart the two may be: rounding + truncation */
    double loss_above, loss_below;
    double rounding;   /* 4 u max(1, |L|, sum |w dL/dw|) / step */
    double truncation; /* |difference over twice the step - numeric| */
};

/* parameter: an index into the P parameters, else RNN_ERROR_ARGUMENT. batch: as of rnn_model_gradient. The model is written to while
 * this runs; afterwards its weights are what they were, to the bit. Where a loss is not finite, or no step can be added to the weight,
 * there is no difference, and numeric, relative_error and tolerance are NaN. */
RNN_API enum rnn_status rnn_model_gradient_check(struct rnn_model *model, struct rnn_workspace *workspace,
                                                 const struct rnn_dataset *batch, size_t parameter,
                                                 struct rnn_gradient_check *check);

/* ------------------------------------------------------------------------------------------------ chance */

/* The central band that holds at least 95 % of n fair coin tosses, as shares: exact binomial, equal tails of at most
 * 2.5 %. RNN_ERROR_EMPTY: n is 0. */
RNN_API enum rnn_status rnn_chance_band(uint32_t n, double *low, double *high);

/* The share of the more common label among n: what always answering it would score. RNN_ERROR_EMPTY: n is 0; RNN_ERROR_DATA: a label
 * that is neither 0 nor 1. */
RNN_API enum rnn_status rnn_majority_share(const rnn_real *y, uint32_t n, double *share);

/* The q-quantile (q in [0, 1]) of n numbers, interpolated linearly as numpy does by default (Hyndman & Fan 1996,
 * type 7). The numbers are sorted in place. RNN_ERROR_EMPTY: n is 0; RNN_ERROR_DATA: one is not finite; RNN_ERROR_RANGE: q. */
RNN_API enum rnn_status rnn_quantile(double *values, uint32_t n, double q, double *quantile);

/* The smallest and the largest number of each column. values: in (rows, columns), such as x as (n · T, F); low, high: out
 * (columns). RNN_ERROR_EMPTY: no rows or no columns; RNN_ERROR_DATA: a value is not finite; RNN_ERROR_TOO_LARGE: more values than an
 * array can have. */
RNN_API enum rnn_status rnn_column_ranges(const rnn_real *values, size_t rows, uint32_t columns, rnn_real *low,
                                          rnn_real *high);

#ifdef __cplusplus
}
#endif
#endif
