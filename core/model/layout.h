/* The arrangement of a model and of a workspace in their blocks. A size is measured by running the code that divides the block, in
 * 64 bits and after the configuration was checked: the largest product of extents stays below 2^40. */
#ifndef RNNI_MODEL_LAYOUT_H
#define RNNI_MODEL_LAYOUT_H

#include "../layers/dense.h"
#include "../layers/recurrent.h"
#include "../training/losses.h"
#include "../training/optimizers.h"

/* "RNM3", "RNW3", "RNF3": the first three bytes say which kind of block this is. The last is the version of its layout and of the
 * bits that training gives. */
enum { RNNI_MODEL_MAGIC = 0x334d4e52, RNNI_WORKSPACE_MAGIC = 0x33574e52, RNNI_FIT_MAGIC = 0x33464e52 };
enum { RNNI_MAGIC_NAME = 0xffffff };

struct rnn_model {
    uint32_t magic;
    uint32_t stepped; /* 0 until the first time step after rnn_model_reset_states, then 1 */
    struct rnn_config config;
    struct rnn_optimizer optimizer;
    double beta_1_power, beta_2_power; /* beta^t after t updates */
    uint64_t updates;
    uint32_t epochs, position;
    struct rnni_sums sums; /* of the epoch in progress */
};

/* The arrays behind the header. Those of rnn_model_step have four lanes, which all hold the same numbers. */
struct rnni_model_arrays {
    rnn_real *parameters, *m, *v;                    /* (P) each */
    struct rnni_layer_step step[RNN_LAYERS_MAXIMUM]; /* the state, and the gates of the latest step */
    rnn_real *step_x;                                /* (F, 4) */
    rnn_real *step_logit, *step_prediction;          /* (K, 4) */
};

/* The shape and offset of a tensor, without its name. config is in range. Unlike the indexes of rnn_tensor_of, those here count three
 * tensors of every layer and of the readout: kernel, recurrent kernel and bias. In a dense layer the recurrent kernel has no rows;
 * that of the readout must not be asked for. */
struct rnn_tensor rnni_tensor_place(const struct rnn_config *config, uint32_t index);

/* The number of inputs of the first layer: F, or in a dense network the T·F numbers of a whole sequence. */
size_t rnni_inputs(const struct rnn_config *config);

/* Returns the size of the whole block in bytes. arrays: NULL to only measure; otherwise pointers into the block at `base`. config
 * is in range. */
uint64_t rnni_model_carve(const struct rnn_config *config, void *base, struct rnni_model_arrays *arrays);

struct rnni_model_arrays rnni_model_arrays_of(const struct rnn_model *model);

/* A layer, and the readout, whose weights are in `parameters`. For the model's own weights pass
 * rnni_model_arrays_of(model).parameters. */
struct rnni_recurrent rnni_model_layer(const struct rnn_model *model, uint32_t layer, rnn_real *parameters);
struct rnni_dense rnni_model_readout(const struct rnn_model *model, rnn_real *parameters);

/* The gradients of one layer, and of the readout, inside a vector shaped like the parameters. */
struct rnni_recurrent_gradient rnni_gradient_layer(const struct rnn_config *config, uint32_t layer, rnn_real *gradient);
struct rnni_dense_gradient rnni_gradient_readout(const struct rnn_config *config, rnn_real *gradient);

/* The counter of updates stops here, because JavaScript numbers are exact integers only up to this one. */
#define RNNI_UPDATES_MAXIMUM ((uint64_t)1 << 53)

struct rnn_workspace {
    uint32_t magic;
    uint32_t batch_size;
    struct rnn_config config; /* batches must have this shape */
};

/* The arrays of one batch inside the workspace. Samples lie in lanes. */
struct rnni_batch {
    size_t timesteps, samples, lanes;
    size_t readouts;      /* R */
    size_t terms;         /* readouts that count: all, or with lengths those of valid steps */
    size_t stored_states; /* states stored per layer: T+1, or 2 for a forward pass only */
    struct rnn_cut cut;   /* connections that are cut; none in training */
    bool first_state;     /* is the state before the first time step not zero? */
    uint32_t *lengths;    /* (lanes), or NULL if all sequences have T steps */
    rnn_real *gradient;   /* (P) */
    rnn_real *x;          /* (T, F, lanes) */
    rnn_real *y;          /* (R, lanes) */
    rnn_real *logit;      /* (R, K, lanes) */
    rnn_real *d_logit;    /* (R, K, lanes) */
    rnn_real *d_h, *d_c;  /* (U, lanes) */
    rnn_real *d_last;     /* (U, lanes): with lengths, dL/dh at the last valid step */
    rnn_real *zeros;      /* (U, lanes): the state after a reset */
    rnn_real *d_above; /* (T, U, lanes): gradient of each state from above; NULL if only the last readout gives one */
    rnn_real *packed;  /* the packed kernels, or their transposes */
    rnn_real *scratch; /* for rnni_lanes_outer */
    struct rnni_recurrent weights[RNN_LAYERS_MAXIMUM]; /* set by the forward pass */
    struct rnni_dense readout;
    struct rnni_layer_step layer[RNN_LAYERS_MAXIMUM]; /* h, c: (T+1, U, lanes), rows: (T, rnni_cell_rows, U, lanes) */
};

/* Returns the size in bytes for a batch of `samples` sequences of `timesteps` steps. base, batch: as in rnni_model_carve;
 * stored_states = T+1. */
uint64_t rnni_batch_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                          struct rnni_batch *batch);

/* The same for a forward pass only: stored_states = 2, and no arrays for the backward pass. d_logit is scratch. */
uint64_t rnni_forward_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                            struct rnni_batch *batch);

/* Checks that this is a model, and that the workspace was made for its shape and has room for these extents. */
enum rnn_status rnni_model_valid(const struct rnn_model *model);
enum rnn_status rnni_workspace_fits(const struct rnn_workspace *workspace, const struct rnn_model *model,
                                    uint32_t timesteps, uint32_t samples);

/* Checks the numbers of a cut of a network that reads sequences of this length. cut: may be NULL. */
enum rnn_status rnni_cut_check(const struct rnn_cut *cut, const struct rnn_config *config, uint32_t timesteps);

/* The number of readouts that count: those of the valid steps of the samples at order[0 ... count), or if order is NULL of the
 * consecutive ones from `first` on. readouts: R. */
size_t rnni_terms(const struct rnn_dataset *data, size_t readouts, const uint32_t *order, size_t first, size_t count);

/* Copies samples with their first states into the lanes: those at order[0 ... samples), or if order is NULL the consecutive ones from
 * `first` on. Lanes without a sample repeat the last one, so that they cannot overflow where the samples do not. Time steps of padding
 * are zero. A class is used as an index, so targets and lengths are checked again here: RNN_ERROR_DATA if the caller changed them
 * after the first check, or if they overlap the batch's own memory. */
enum rnn_status rnni_batch_gather(const struct rnn_config *config, struct rnni_batch *batch,
                                  const struct rnn_dataset *data, const uint32_t *order, uint32_t first);

/* The state of a layer after t time steps (t = 0: zero), and the rows of time step t. */
struct rnni_layer_step rnni_batch_step(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer,
                                       size_t t);

/* The state that time step t receives: that of t - 1, or zero if the state is reset there. */
struct rnni_layer_step rnni_batch_previous(const struct rnn_model *model, const struct rnni_batch *batch,
                                           uint32_t layer, size_t t);

/* Callbacks for each layer and time step (1 ... T). forward_hook: in the forward pass, before the activation. backward_hook: in the
 * backward pass, when dL/dh_t is complete and d_c is the part of dL/dc_t that comes from step t + 1. */
struct rnni_hooks {
    void (*forward_hook)(void *context, uint32_t layer, size_t t, const struct rnni_layer_step *now);
    void (*backward_hook)(void *context, uint32_t layer, size_t t, const rnn_real *d_h, const rnn_real *d_c);
    void *context;
};

/* Element i of the complete dL/dc_t (U, lanes), including the part through h_t. To be called in `backward_hook` of an LSTM's layer at
 * step t. */
rnn_real rnni_batch_d_c(const struct rnn_model *model, const struct rnni_batch *batch, uint32_t layer, size_t t,
                        const rnn_real *d_h, const rnn_real *d_c, size_t i);

/* Computes the logits of the gathered batch. hooks: may be NULL. */
void rnni_batch_forward(const struct rnn_model *model, struct rnni_batch *batch, const struct rnni_hooks *hooks);

/* Adds the batch's loss (without the l2 term) and metric to *sums, and fills d_logit if want_gradient. */
void rnni_batch_loss(const struct rnn_model *model, struct rnni_batch *batch, struct rnni_sums *sums,
                     bool want_gradient);

/* Computes the gradient, without the l2 term, from d_logit. hooks: may be NULL. */
void rnni_batch_backward(const struct rnn_model *model, struct rnni_batch *batch, const struct rnni_hooks *hooks);

/* Forward pass, loss and backward pass: the gradient of the batch's mean loss with the l2 term. Adds loss and metric to *sums. */
void rnni_batch_gradient(const struct rnn_model *model, struct rnni_batch *batch, struct rnni_sums *sums);

/* Returns lambda · sum of w² over kernels and recurrent kernels. gradient: NULL, or (P), to which 2 lambda w is added. */
double rnni_model_penalty(const struct rnn_model *model, rnn_real *gradient);

#endif
