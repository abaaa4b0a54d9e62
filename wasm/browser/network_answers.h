/* For each record of the network module, the function that writes it into the answer area. */
#ifndef UNROLLED_NETWORK_ANSWERS_H
#define UNROLLED_NETWORK_ANSWERS_H

#include "boundary.h"
#include "../../core/rnn_files.h"

void answer_range(const struct rnn_range *range);
void answer_backward(const struct rnn_backward *backward);
void answer_check(const struct rnn_gradient_check *check);
void answer_counters(struct rnn_counters counters);
void answer_defaults(void);
void answer_metrics(struct rnn_metrics metrics);
void answer_history(const struct rnn_epoch *epochs, uint32_t count);
void answer_limits(void);
void answer_optimizer(const struct rnn_optimizer *optimizer);
void answer_parameters(const rnn_real *parameters, size_t count);
void answer_progress(const struct rnn_progress *progress);
void answer_layer(const struct rnn_trace *trace, uint32_t layer);
void answer_targets(const struct rnn_targets *targets);
void answer_task(const struct rnn_task_info *info);
void answer_tensor(const struct rnn_tensor *tensor);
void answer_trace(const struct rnn_trace *trace);

#endif
