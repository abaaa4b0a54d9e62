/* How a model and a workspace lie in their blocks. Sizes are measured by running the carving itself, in 64 bits, with
 * extents already checked against their ranges: the largest product stays below 2^40. */
#ifndef RNNI_MODEL_LAYOUT_H
#define RNNI_MODEL_LAYOUT_H

#include "../layers/dense.h"
#include "../layers/recurrent.h"
#include "../training/losses.h"
#include "../training/optimizers.h"

/* "RNM3", "RNW3", "RNF3": what a block is, and in the last byte the version of its layout and of the bits that training gives. */
enum { RNNI_MODEL_MAGIC = 0x334d4e52, RNNI_WORKSPACE_MAGIC = 0x33574e52, RNNI_FIT_MAGIC = 0x33464e52 };
enum { RNNI_MAGIC_NAME = 0xffffff };

struct rnn_model {
    uint32_t magic;
    uint32_t stepped; /* time steps since rnn_model_reset_states, no more than matters: 0 or 1 */
    struct rnn_config config;
    struct rnn_optimizer optimizer;
    double beta_1_power, beta_2_power; /* beta^t after t updates */
    uint64_t updates;
    uint32_t epochs, position;
    struct rnni_sums sums; /* of the epoch under way */
};

/* The arrays behind the header. What rnn_model_step works in has four lanes, all with the same numbers. */
struct rnni_model_arrays {
    rnn_real *parameters, *m, *v;                /* (P) each */
    struct rnni_moment step[RNN_LAYERS_MAXIMUM]; /* the state, and the rows of the latest step */
    rnn_real *step_x;                            /* (F, 4) */
    rnn_real *step_logit, *step_prediction;      /* (K, 4) */
};

/* A tensor's place, without its name. config is in range, index below rnn_tensor_count. */
struct rnn_tensor rnni_tensor_place(const struct rnn_config *config, uint32_t index);

/* Bytes of the whole block. arrays: NULL to measure alone; else views into the block at `base`. config is in range. */
uint64_t rnni_model_carve(const struct rnn_config *config, void *base, struct rnni_model_arrays *arrays);

struct rnni_model_arrays rnni_model_arrays_of(const struct rnn_model *model);

/* A layer and the readout, with these parameters: the model's own, from its arrays. */
struct rnni_recurrent rnni_model_layer(const struct rnn_model *model, uint32_t layer, rnn_real *parameters);
struct rnni_dense rnni_model_readout(const struct rnn_model *model, rnn_real *parameters);

/* A layer's and the readout's tensors inside a vector shaped like the parameters. */
struct rnni_recurrent_gradient rnni_gradient_layer(const struct rnn_config *config, uint32_t layer, rnn_real *gradient);
struct rnni_dense_gradient rnni_gradient_readout(const struct rnn_config *config, rnn_real *gradient);

/* A counter of updates stays there: numbers in JavaScript are exact up to it. */
#define RNNI_UPDATES_MAXIMUM ((uint64_t)1 << 53)

struct rnn_workspace {
    uint32_t magic;
    uint32_t batch_size;
    struct rnn_config config; /* whose shape it was made for */
};

/* One batch inside the workspace. Samples lie in lanes. */
struct rnni_batch {
    size_t timesteps, samples, lanes;
    size_t readouts;     /* R */
    size_t kept;         /* how many states of each layer are kept: 2 looking forward only, else T+1 */
    struct rnn_cut cut;  /* none, but in a trace */
    rnn_real *gradient;  /* (P) */
    rnn_real *x;         /* (T, F, lanes) */
    rnn_real *y;         /* (R, lanes) */
    rnn_real *logit;     /* (R, K, lanes) */
    rnn_real *d_logit;   /* (R, K, lanes) */
    rnn_real *d_h, *d_c; /* (U, lanes) */
    rnn_real *d_above;   /* (T, U, lanes): what reaches each state from above; NULL if that is the last readout alone */
    rnn_real *packed;    /* the kernels, or their transposes, as the products want them */
    rnn_real *scratch;   /* of the gradients' sums */
    struct rnni_recurrent weights[RNN_LAYERS_MAXIMUM]; /* of the model, from the way forward on; and its readout */
    struct rnni_dense readout;
    struct rnni_moment layer[RNN_LAYERS_MAXIMUM]; /* h, c: (T+1, U, lanes), rows: (T, rnni_cell_rows, U, lanes) */
};

/* Bytes for a batch of `samples` sequences of `timesteps` steps; views as above, kept = T+1. */
uint64_t rnni_batch_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                          struct rnni_batch *batch);

/* The same for a batch that is only looked at forward: without what the way back needs, and kept = 2. d_logit is scratch. */
uint64_t rnni_forward_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                            struct rnni_batch *batch);

/* Is this a model, is this workspace made for its shape and these extents? */
enum rnn_status rnni_model_valid(const struct rnn_model *model);
enum rnn_status rnni_workspace_fits(const struct rnn_workspace *workspace, const struct rnn_model *model,
                                    uint32_t timesteps, uint32_t samples);

/* Copy samples into the lanes: those at order[0 ... samples), or with NULL those from `first` on. The padding repeats the
 * last sample, so that nothing new can overflow there. A class is an index, so the targets are checked where they will be used:
 * RNN_ERROR_DATA if the caller wrote to them after they were checked, or if they lie in the batch's own memory. */
enum rnn_status rnni_batch_gather(const struct rnn_config *config, struct rnni_batch *batch,
                                  const struct rnn_dataset *data, const uint32_t *order, uint32_t first);

/* A layer's state after t time steps (t = 0: zero), and the rows of time step t. */
struct rnni_moment rnni_batch_moment(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer,
                                     size_t t);

/* The state that time step t reads: that of t - 1, or zero if it is reset there. */
struct rnni_moment rnni_batch_before(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer,
                                     size_t t);

/* Looks on at each layer at each time step (1 ... T): forward before its activation, backward when dL/dh_t is complete; d_c is
 * then what reaches c_t from step t + 1. */
struct rnni_watcher {
    void (*preactivated)(void *context, uint32_t layer, size_t t, const struct rnni_moment *now);
    void (*reached)(void *context, uint32_t layer, size_t t, const rnn_real *d_h, const rnn_real *d_c);
    void *context;
};

/* Number i of dL/dc_t (U, lanes), for a watcher that was reached at an LSTM's step t: with what comes by way of h_t. */
rnn_real rnni_batch_d_c(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer, size_t t,
                        const rnn_real *d_h, const rnn_real *d_c, size_t i);

/* Logits of the gathered batch. watcher: may be NULL. */
void rnni_batch_forward(const struct rnn_model *model, struct rnni_batch *batch, const struct rnni_watcher *watcher);

/* The batch's own loss and metric, added to *sums; d_logit: filled if wanted. */
void rnni_batch_loss(const struct rnn_model *model, struct rnni_batch *batch, struct rnni_sums *sums,
                     bool want_gradient);

/* From d_logit to the gradient, without the l2 term. watcher: may be NULL. */
void rnni_batch_backward(const struct rnn_model *model, struct rnni_batch *batch, const struct rnni_watcher *watcher);

/* Forward, loss, backward: the gradient of the batch's mean loss with the l2 term. Figures are added to *sums. */
void rnni_batch_gradient(const struct rnn_model *model, struct rnni_batch *batch, struct rnni_sums *sums);

/* lambda · sum of w² over kernels and recurrent kernels. gradient: NULL, or what 2 lambda w is added to (P). */
double rnni_model_penalty(const struct rnn_model *model, rnn_real *gradient);

#endif
