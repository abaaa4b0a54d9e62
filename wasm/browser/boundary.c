#include "boundary.h"

#include "blocks.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------ answers */

double answer_area[ANSWER_NUMBERS];

void answer_number(double number)
{
    answer_area[0] = number;
}

void answer_pair(double first, double second)
{
    answer_area[0] = first;
    answer_area[1] = second;
}

void answer_config(const struct rnn_config *config)
{
    put_config(answer_area, config);
}

double address_of(const void *place)
{
    return (double)(uintptr_t)place;
}

enum rnn_status measured(enum rnn_status status, uint64_t bytes)
{
    if (status != RNN_OK && status != RNN_ERROR_BLOCK) return status;
    answer_number((double)bytes);
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ records */

/* The fields of a config: two doubles, then only whole numbers, in the order of its record. */
enum { CONFIG_WHOLE = CONFIG_NUMBERS - 2 };
_Static_assert(sizeof(struct rnn_config) == 2 * sizeof(double) + CONFIG_WHOLE * sizeof(uint32_t), "its record says so");

double *put_whole(double *next, const void *from, size_t offset, uint32_t count)
{
    for (const char *at = (const char *)from + offset; count > 0; count--, at += sizeof(uint32_t)) {
        uint32_t number;
        memcpy(&number, at, sizeof number);
        *next++ = number;
    }
    return next;
}

double *put_config(double *next, const struct rnn_config *config)
{
    *next++ = config->recurrent_gain;
    *next++ = config->l2;
    return put_whole(next, config, offsetof(struct rnn_config, cell), CONFIG_WHOLE);
}

uint32_t take_whole(double number, enum rnn_status *status)
{
    if (number >= 0 && number <= UINT32_MAX && number == (double)(uint32_t)number) return (uint32_t)number;
    *status = RNN_ERROR_RANGE;
    return 0;
}

enum rnn_status take_config(uint32_t address, struct rnn_config *config)
{
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, CONFIG_NUMBERS);
    uint32_t whole[CONFIG_WHOLE];
    if (!from) return RNN_ERROR_ARGUMENT;
    for (int i = 0; i < CONFIG_WHOLE; i++) whole[i] = take_whole(from[2 + i], &status);
    config->recurrent_gain = from[0];
    config->l2 = from[1];
    memcpy((char *)config + offsetof(struct rnn_config, cell), whole, sizeof whole);
    return status;
}

/* The fields of an optimizer: two whole numbers, then only doubles, in the order of its record. */
enum { OPTIMIZER_DOUBLES = OPTIMIZER_NUMBERS - 2 };
_Static_assert(sizeof(struct rnn_optimizer) == (1 + OPTIMIZER_DOUBLES) * sizeof(double), "its record says so");

double *put_optimizer(double *next, const struct rnn_optimizer *optimizer)
{
    next = put_whole(next, optimizer, 0, 2);
    memcpy(next, (const char *)optimizer + offsetof(struct rnn_optimizer, learning_rate),
           OPTIMIZER_DOUBLES * sizeof *next);
    return next + OPTIMIZER_DOUBLES;
}

enum rnn_status take_optimizer(uint32_t address, struct rnn_optimizer *optimizer)
{
    enum rnn_status status = RNN_OK;
    const double *from = numbers_at(address, OPTIMIZER_NUMBERS);
    if (!from) return RNN_ERROR_ARGUMENT;
    optimizer->method = take_whole(from[0], &status);
    optimizer->nesterov = take_whole(from[1], &status);
    memcpy((char *)optimizer + offsetof(struct rnn_optimizer, learning_rate), from + 2,
           OPTIMIZER_DOUBLES * sizeof *from);
    return status;
}

/* ------------------------------------------------------------------------------------------------ addresses */

char *bytes_at(uint32_t address, uint64_t bytes)
{
    return block_span(address, bytes, 1);
}

rnn_real *reals_at(uint32_t address, uint64_t count)
{
    return block_span(address, count * sizeof(rnn_real), sizeof(rnn_real));
}

uint32_t *whole_at(uint32_t address, uint64_t count)
{
    return block_span(address, count * sizeof(uint32_t), sizeof(uint32_t));
}

rnn_real *parameters_at(uint32_t address, const struct rnn_config *config)
{
    return reals_at(address, rnn_parameter_count(config));
}

enum rnn_status check_extents(uint32_t samples, uint32_t timesteps, uint32_t features)
{
    if (samples == 0) return RNN_ERROR_EMPTY;
    if (rnn_range_check(RNN_SAMPLES, samples) || rnn_range_check(RNN_TIMESTEPS, timesteps)) return RNN_ERROR_RANGE;
    return rnn_range_check(RNN_FEATURES, features);
}

enum rnn_status dataset_at(uint32_t x, uint32_t y, uint32_t samples, uint32_t timesteps, uint32_t features,
                           uint32_t return_sequences, struct rnn_dataset *data)
{
    const uint32_t readouts = return_sequences ? timesteps : 1;
    TRY(check_extents(samples, timesteps, features));
    *data = (struct rnn_dataset){.x = reals_at(x, (uint64_t)samples * timesteps * features),
                                 .y = reals_at(y, (uint64_t)samples * readouts),
                                 .samples = samples,
                                 .timesteps = timesteps,
                                 .features = features,
                                 .readouts = readouts};
    return data->x ? RNN_OK : RNN_ERROR_ARGUMENT;
}

const double *numbers_at(uint32_t address, uint32_t count)
{
    return block_span(address, (uint64_t)count * sizeof(double), sizeof(double));
}

/* ------------------------------------------------------------------------------------------------ exports */

/* Returns the address of a new block, aligned to RNN_ALIGNMENT, or 0. bytes: a whole number from 1. */
EXPORT(reserve) void *export_reserve(double bytes)
{
    return bytes >= 1 && bytes <= (double)UINT32_MAX ? block_reserve((uint64_t)bytes) : NULL;
}

/* Frees a block. RNN_ERROR_ARGUMENT: no block begins at this address. */
EXPORT(release) enum rnn_status export_release(uint32_t block)
{
    return block_release(block);
}

/* Returns the address of the answer area. */
EXPORT(answers) const double *export_answers(void)
{
    return answer_area;
}

/* Returns the address of the text of the index-th record, or 0 past the last. */
EXPORT(record) const char *export_record(uint32_t index)
{
    uint32_t count = 0;
    while (answer_records[count]) count++;
    return index < count ? answer_records[index] : NULL;
}
