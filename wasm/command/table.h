/* The table of all options: name, type, range, default, and meaning. Names, ranges and defaults come from the core. */
#ifndef UNROLLED_TABLE_H
#define UNROLLED_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "rnn.h"

/* In the order of --help, group by group. */
enum option {
    /* data */
    OPTION_DATA,
    OPTION_TASK,
    OPTION_TEXT,
    OPTION_TOKENS,
    OPTION_KEEP_CASE,
    OPTION_VOCABULARY,
    OPTION_SAMPLES,
    OPTION_STEPS,
    OPTION_FEATURES,
    OPTION_DATA_SEED,
    OPTION_TABLE,
    OPTION_TARGET,
    OPTION_INPUTS,
    OPTION_LEAD,
    OPTION_STRIDE,
    OPTION_FORECAST,
    OPTION_THRESHOLD,
    OPTION_MISSING,
    OPTION_NO_STANDARDIZE,
    OPTION_FROM,
    OPTION_TEST_FROM,
    OPTION_UNTIL,
    OPTION_PERIOD,
    OPTION_HALF_WIDTH,
    OPTION_ROLL,
    OPTION_STREAM,
    OPTION_FIRST_SAMPLE,
    OPTION_SAMPLE,
    OPTION_MEAN,
    OPTION_AT,
    /* network */
    OPTION_CELL,
    OPTION_ACTIVATION,
    OPTION_LAYERS,
    OPTION_UNITS,
    OPTION_RETURN_SEQUENCES,
    OPTION_LOSS,
    OPTION_CLASSES,
    OPTION_L2,
    OPTION_WITHOUT_RECURRENCE,
    OPTION_RESET_BEFORE,
    OPTION_KEEP,
    /* weights */
    OPTION_WEIGHTS,
    OPTION_SEED,
    OPTION_RUNS,
    OPTION_KERNEL_INITIALIZER,
    OPTION_RECURRENT_INITIALIZER,
    OPTION_RECURRENT_GAIN,
    /* optimizer */
    OPTION_OPTIMIZER,
    OPTION_LEARNING_RATE,
    OPTION_MOMENTUM,
    OPTION_NESTEROV,
    OPTION_RHO,
    OPTION_BETA_1,
    OPTION_BETA_2,
    OPTION_EPSILON,
    OPTION_GLOBAL_CLIPNORM,
    OPTION_CLIPVALUE,
    /* training */
    OPTION_EPOCHS,
    OPTION_BATCH_SIZE,
    OPTION_NO_SHUFFLE,
    OPTION_VALIDATION_SPLIT,
    OPTION_VALIDATION_DATA,
    OPTION_VALIDATION_SAMPLES,
    OPTION_VALIDATION_TEXT,
    OPTION_LEARNING_RATES,
    OPTION_EARLY_STOPPING,
    OPTION_PATIENCE,
    OPTION_MIN_DELTA,
    OPTION_RESTORE_BEST_WEIGHTS,
    /* generating */
    OPTION_PROMPT,
    OPTION_COUNT,
    OPTION_TEMPERATURE,
    OPTION_TOP_K,
    OPTION_STOP,
    OPTION_BEST,
    OPTION_PRIOR,
    /* output */
    OPTION_SAVE,
    OPTION_HISTORY,
    OPTION_VERBOSE,
    OPTION_CONFUSION,
    OPTION_BY_STEP,
    OPTION_AMONG,
    OPTION_HEADER,
    OPTION_SUMMARY,
    OPTION_FRAMEWORK,
    OPTION_OUTPUT,
    OPTIONS
};

enum kind { FLAG, FILE_NAME, TEXT, CHOICE, NUMBER, REAL };

struct description {
    const char *name;
    enum kind kind;
    const char *value;               /* its placeholder in --help; NULL: a flag, or all choices */
    enum rnn_quantity quantity;      /* the range of a number; RNN_QUANTITIES: 0 to 2^32 - 1, or for a real one any */
    const char *(*choice)(uint32_t); /* the names to choose from, up to NULL */
    const char *meaning;
};

extern const struct description option_table[OPTIONS];

/* "--units" */
const char *option_name(enum option which);

/* The default of an option. *has_default (may be NULL): should --help show it? */
double option_default(enum option which, bool *has_default);

struct rnn_range option_range(enum option which);

/* The name of a task, or NULL past the last. */
const char *task_name(uint32_t index);

#endif
