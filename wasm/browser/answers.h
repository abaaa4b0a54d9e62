/* How a call answers more than a status: it fills one area of doubles, and a record says what stands there, so that
 * JavaScript keeps no list of its own.
 *
 * A record is a line of text: its name, then its fields in order.
 *     loss        a number: one double
 *     x:f32       an array of floats: two doubles, its address and how many
 *     rows:f64    an array of doubles: two doubles, likewise
 *     name:text   UTF-8 text ended by NUL: one double, its address
 * What an address leads to may move or change with the next call; JavaScript copies it out at once. Two records also go the
 * other way, as doubles in their order: config and optimizer. */
#ifndef UNROLLED_ANSWERS_H
#define UNROLLED_ANSWERS_H

#include "../../core/rnn.h"

/* The area, and the index-th record, or NULL past the last. */
const double *answer_area(void);
const char *answer_record(uint32_t index);

/* How many numbers they have, and the records as the core wants them. RNN_ERROR_RANGE: a number that should be whole is
 * not; RNN_ERROR_ARGUMENT: from is NULL. */
enum { CONFIG_NUMBERS = 14, OPTIMIZER_NUMBERS = 10 };
enum rnn_status take_config(const double *from, struct rnn_config *config);
enum rnn_status take_optimizer(const double *from, struct rnn_optimizer *optimizer);

/* Fill the area. */
void answer_number(double number);
void answer_range(const struct rnn_range *range);
void answer_backward(const struct rnn_backward *backward);
void answer_check(const struct rnn_gradient_check *check);
void answer_config(const struct rnn_config *config);
void answer_counters(struct rnn_counters counters);
void answer_extents(const struct rnn_csv_shape *shape);
void answer_defaults(void);
void answer_diagnosis(const struct rnn_diagnosis *diagnosis);
void answer_figures(struct rnn_figures figures);
void answer_history(const struct rnn_epoch *epochs, uint32_t count);
void answer_limits(void);
void answer_optimizer(const struct rnn_optimizer *optimizer);
void answer_pair(double first, double second);
void answer_parameters(const rnn_real *parameters, size_t count);
void answer_progress(const struct rnn_progress *progress);
void answer_layer(const struct rnn_trace *trace, uint32_t layer);
void answer_targets(const struct rnn_targets *targets);
void answer_task(const struct rnn_task_info *info);
void answer_tensor(const struct rnn_tensor *tensor);
void answer_trace(const struct rnn_trace *trace);

#endif
