/* What both browser modules have: the area of answers, and exports that need no more than it and the blocks.
 *
 * A call answers more than a status by filling one area of doubles, and a record says what stands there, so that
 * JavaScript keeps no list of its own. A record is a line of text: its name, then its fields in order.
 *     loss        a number: one double
 *     x:f32       an array of floats: two doubles, its address and how many
 *     rows:f64    an array of doubles: two doubles, likewise
 *     name:text   UTF-8 text ended by NUL: one double, its address
 * What an address leads to may move or change with the next call; JavaScript copies it out at once. Some records also go the
 * other way, as doubles in their order. */
#ifndef UNROLLED_BOUNDARY_H
#define UNROLLED_BOUNDARY_H

#include "../../core/rnn.h"

#define EXPORT(name) __attribute__((used, visibility("default"), export_name(#name)))

/* Pass an error on. */
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        const enum rnn_status status_ = (call);                                                                        \
        if (status_ != RNN_OK) return status_;                                                                         \
    } while (0)

enum { ANSWER_NUMBERS = 40 };
extern double answer_area[ANSWER_NUMBERS];

/* Each module's own: its records, ended by NULL. */
extern const char *const answer_records[];

/* Fill the area: the first number, the first two, or those of a config. */
void answer_number(double number);
void answer_pair(double first, double second);
void answer_config(const struct rnn_config *config);

/* The number of an address in the area. */
double address_of(const void *place);

/* The same as numbers of a record: where the next field goes. */
double *put_config(double *next, const struct rnn_config *config);
double *put_optimizer(double *next, const struct rnn_optimizer *optimizer);

/* The fields of the records config and optimizer. */
#define CONFIG_FIELDS                                                                                                  \
    "recurrent_gain l2 cell activation layers units timesteps features return_sequences loss outputs "                 \
    "kernel_initializer recurrent_initializer seed"
#define OPTIMIZER_FIELDS "method nesterov learning_rate beta_1 beta_2 epsilon rho momentum global_clipnorm clipvalue"
enum { CONFIG_NUMBERS = 14, OPTIMIZER_NUMBERS = 10 };

/* A whole number that fits, or *status = RNN_ERROR_RANGE. */
uint32_t take_whole(double number, enum rnn_status *status);

/* The records that JavaScript wrote at an address. RNN_ERROR_RANGE: a number that should be whole is not; RNN_ERROR_ARGUMENT: no
 * such record stands there. */
enum rnn_status take_config(uint32_t address, struct rnn_config *config);
enum rnn_status take_optimizer(uint32_t address, struct rnn_optimizer *optimizer);

/* So many doubles, floats or bytes at an address, or NULL. */
const double *numbers_at(uint32_t address, uint32_t count);
rnn_real *reals_at(uint32_t address, uint64_t count);
char *bytes_at(uint32_t address, uint64_t bytes);

/* P of a configuration, or NULL. */
rnn_real *parameters_at(uint32_t address, const struct rnn_config *config);

/* Extents that lie in their ranges, so that their product stays below 2^64. */
enum rnn_status check_extents(uint32_t samples, uint32_t timesteps, uint32_t features);

/* x (n, T, F) and y (n, R); y is NULL if nothing stands there. */
enum rnn_status dataset_at(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                           uint32_t return_sequences, struct rnn_dataset *data);

/* A size, where a writer that was given no room said how much it needs. */
enum rnn_status measured(enum rnn_status status, uint64_t bytes);

#endif
