/* How a model and a workspace lie in their blocks. Sizes are measured by running the carving itself, in 64 bits, with
 * extents already checked against their ranges: the largest product stays below 2^34. */
#ifndef RNN_MODEL_LAYOUT_H
#define RNN_MODEL_LAYOUT_H

#include "../layers/dense.h"
#include "../layers/simple_rnn.h"
#include "../training/losses.h"
#include "../training/optimizers.h"

enum { RNN_MODEL_MAGIC = 0x314d4e52, RNN_WORKSPACE_MAGIC = 0x31574e52, RNN_FIT_MAGIC = 0x31464e52 };

struct rnn_model {
    uint32_t magic;
    struct rnn_config config;
    struct rnn_optimizer optimizer;
    double beta_1_power, beta_2_power; /* beta^t after t updates */
    uint64_t updates;
    uint32_t epochs, position;
    uint32_t stepped; /* time steps since rnn_model_reset_states, no more than matters: 0 or 1 */
    struct rnn_sums sums; /* of the epoch under way */
};

/* The arrays behind the header. */
struct rnn_model_arrays {
    rnn_real *parameters, *m, *v; /* (P) each */
    rnn_real *h, *z;              /* (U) each: rnn_model_step */
};

/* Bytes of the whole block. arrays: NULL to measure alone; else views into the block at `base`. config is in range. */
uint64_t rnn_model_carve(const struct rnn_config *config, void *base, struct rnn_model_arrays *arrays);

struct rnn_model_arrays rnn_model_arrays_of(const struct rnn_model *model);
struct rnn_simple_rnn rnn_model_recurrent(const struct rnn_model *model);
struct rnn_dense rnn_model_readout(const struct rnn_model *model);

/* The five tensors inside a vector shaped like the parameters. */
struct rnn_simple_rnn_gradient rnn_gradient_recurrent(const struct rnn_config *config, rnn_real *gradient);
struct rnn_dense_gradient rnn_gradient_readout(const struct rnn_config *config, rnn_real *gradient);

struct rnn_workspace {
    uint32_t magic;
    uint32_t units, features, timesteps, batch_size;
};

/* One batch inside the workspace. Samples lie in lanes. */
struct rnn_batch {
    size_t timesteps, samples, lanes;
    rnn_real *gradient; /* (P) */
    rnn_real *x;        /* (T, F, lanes) */
    rnn_real *h;        /* (T+1, U, lanes) */
    rnn_real *d_z;      /* (T, U, lanes) */
    rnn_real *d_h;      /* (U, lanes) */
    rnn_real *y, *logit, *d_logit; /* (lanes) each */
};

/* Bytes for a batch of `samples` sequences of `timesteps` steps; views as above. */
uint64_t rnn_batch_carve(const struct rnn_config *config, uint32_t timesteps, uint32_t samples, void *base,
                         struct rnn_batch *batch);

/* Is this a model, is this workspace made for its shape and these extents? */
enum rnn_status rnn_model_valid(const struct rnn_model *model);
enum rnn_status rnn_workspace_fits(const struct rnn_workspace *workspace, const struct rnn_model *model,
                                   uint32_t timesteps, uint32_t samples);

/* Copy samples into the lanes: those at order[0 ... samples), or with NULL those from `first` on. The padding repeats the
 * last sample, so that nothing new can overflow there. */
void rnn_batch_gather(struct rnn_batch *batch, const struct rnn_dataset *data, const uint32_t *order, uint32_t first);

/* Logits of the gathered batch. kept: 2, or T+1 if all states are wanted (layers/simple_rnn.h). */
void rnn_batch_forward(const struct rnn_model *model, struct rnn_batch *batch, size_t kept);

/* Forward, loss, backward: the gradient of the batch's mean loss. The batch's own figures are added to *sums. */
void rnn_batch_gradient(const struct rnn_model *model, struct rnn_batch *batch, struct rnn_sums *sums);

/* Pass an error on. */
#define RNN_TRY(call)                                                                                                  \
    do {                                                                                                               \
        enum rnn_status status_ = (call);                                                                              \
        if (status_ != RNN_OK) return status_;                                                                         \
    } while (0)

static inline bool rnn_aligned(const void *block)
{
    return ((uintptr_t)block & (RNN_ALIGNMENT - 1)) == 0;
}

#endif
