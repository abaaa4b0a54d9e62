/* Shared by both browser modules: the answer area, and the exports that only need it and the blocks.
 *
 * A call that returns more than a status writes doubles into one array, the answer area. A record describes their layout, so that
 * JavaScript needs no list of its own. A record is a line of text: its name, then its fields in order.
 *     loss        a number: one double
 *     x:f32       an array of floats: two doubles, its address and its length
 *     rows:f64    an array of doubles: the same
 *     name:text   UTF-8 text terminated by NUL: one double, its address
 * Arrays and texts may move or change with the next call, so JavaScript copies them at once. Some records are also used in the
 * other direction, as arguments: JavaScript writes their fields as doubles in the same order. */
#ifndef UNROLLED_BOUNDARY_H
#define UNROLLED_BOUNDARY_H

#include "../../core/rnn.h"

#ifndef EXPORT /* a program that holds all modules has some names twice, and exports none */
#define EXPORT(name) __attribute__((used, visibility("default"), export_name(#name)))
#endif

/* Returns from the calling function with any status other than RNN_OK. */
#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        const enum rnn_status status_ = (call);                                                                        \
        if (status_ != RNN_OK) return status_;                                                                         \
    } while (0)

enum { ANSWER_NUMBERS = 40 };
extern double answer_area[ANSWER_NUMBERS];

/* The records of the module, terminated by NULL. */
extern const char *const answer_records[];

/* Write into the answer area: one number, two numbers, or the fields of a config. */
void answer_number(double number);
void answer_pair(double first, double second);
void answer_config(const struct rnn_config *config);

/* An address as a number for the answer area. */
double address_of(const void *place);

/* Writes 32-bit whole numbers that follow one another in a struct from this offset on, and returns the position after them. */
double *put_whole(double *next, const void *from, size_t offset, uint32_t count);

/* Write the fields of a config or an optimizer at next, and return the position after them. */
double *put_config(double *next, const struct rnn_config *config);
double *put_optimizer(double *next, const struct rnn_optimizer *optimizer);

/* The fields of the records config and optimizer. */
#define CONFIG_FIELDS                                                                                                  \
    "recurrent_gain l2 cell activation layers units timesteps features return_sequences loss outputs "                 \
    "kernel_initializer recurrent_initializer seed"
#define OPTIMIZER_FIELDS "method nesterov learning_rate beta_1 beta_2 epsilon rho momentum global_clipnorm clipvalue"
enum { CONFIG_NUMBERS = 14, OPTIMIZER_NUMBERS = 10 };

/* Returns the number as a uint32_t. If it is not a whole number of that range, sets *status = RNN_ERROR_RANGE. */
uint32_t take_whole(double number, enum rnn_status *status);

/* Read a record that JavaScript wrote at an address. RNN_ERROR_RANGE: a number should be whole and is not; RNN_ERROR_ARGUMENT: the
 * address is not valid. */
enum rnn_status take_config(uint32_t address, struct rnn_config *config);
enum rnn_status take_optimizer(uint32_t address, struct rnn_optimizer *optimizer);

/* The given number of doubles, floats or bytes at an address, or NULL if they are not in one raw block. */
const double *numbers_at(uint32_t address, uint32_t count);
rnn_real *reals_at(uint32_t address, uint64_t count);
char *bytes_at(uint32_t address, uint64_t bytes);

/* The P parameters of a configuration at an address, or NULL. */
rnn_real *parameters_at(uint32_t address, const struct rnn_config *config);

/* Do two spans of bytes have none in common? Results must not overwrite arguments that are still read. */
static inline bool spans_apart(uint32_t one, uint64_t bytes, uint32_t other, uint64_t other_bytes)
{
    return (uint64_t)one + bytes <= other || (uint64_t)other + other_bytes <= one;
}

/* 32-bit whole numbers in memory, or NULL for an invalid address. */
uint32_t *whole_at(uint32_t address, uint64_t count);

/* Checks the extents against their ranges, so that their product stays below 2^64. */
enum rnn_status check_extents(uint32_t samples, uint32_t timesteps, uint32_t features);

/* A data set with x (n, T, F) and y (n, R). y is NULL if its address is not valid. */
enum rnn_status dataset_at(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                           uint32_t return_sequences, struct rnn_dataset *data);

/* Turns the status of a writer that was called with capacity 0 into RNN_OK, and fills `size` with the bytes it needs. */
enum rnn_status measured(enum rnn_status status, uint64_t bytes);

#endif
