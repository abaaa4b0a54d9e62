#include "table.h"

#include "rnn_files.h"

#include <float.h>
#include <stddef.h>

const char *task_name(uint32_t index)
{
    const struct rnn_task_info *info = rnn_task_info_of(index);
    return info ? info->name : NULL;
}

static const char *verbosity_name(uint32_t index)
{
    static const char *const names[] = {"0", "1", "2"};
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}

/* The index is that of enum rnn_monitor - 1. */
static const char *monitor_name(uint32_t index)
{
    static const char *const names[] = {"loss", "metric", "val_loss", "val_metric"};
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}

#define A_FLAG                    FLAG, NULL, RNN_QUANTITIES, NULL
#define A_FILE                    FILE_NAME, "FILE", RNN_QUANTITIES, NULL
#define A_TEXT(value)             TEXT, value, RNN_QUANTITIES, NULL
#define A_REAL(value)             REAL, value, RNN_QUANTITIES, NULL
#define A_CHOICE(names)           CHOICE, NULL, RNN_QUANTITIES, names
#define A_NUMBER(value, quantity) NUMBER, value, quantity, NULL

const struct description option_table[OPTIONS] = {
    [OPTION_DATA] = {"--data", A_FILE, "read the sequences from a CSV file"},
    [OPTION_TASK] = {"--task", CHOICE, "NAME", RNN_QUANTITIES, task_name,
                     "make the sequences of a task: see unrolled tasks"},
    [OPTION_TEXT] = {"--text", A_FILE, "read windows of a text, and predict the next token at every step"},
    [OPTION_TOKENS] = {"--tokens", A_CHOICE(rnn_token_unit_name), "the tokens into which the text is split"},
    [OPTION_KEEP_CASE] = {"--keep-case", A_FLAG, "distinguish capitals from small letters"},
    [OPTION_VOCABULARY] = {"--vocabulary", A_NUMBER("V", RNN_CLASSES), "largest size of the vocabulary"},
    [OPTION_SAMPLES] = {"--samples", A_NUMBER("N", RNN_SAMPLES), "number of sequences to make"},
    [OPTION_STEPS] = {"--steps", A_NUMBER("T", RNN_TIMESTEPS), "time steps of a sequence"},
    [OPTION_FEATURES] = {"--features", A_NUMBER("F", RNN_FEATURES), "features of a time step"},
    [OPTION_DATA_SEED] = {"--data-seed", A_NUMBER("N", RNN_SEED), "seed of the task's data"},
    [OPTION_TABLE] = {"--table", A_FILE, "read a time series from a table: names, then a line for each time"},
    [OPTION_TARGET] = {"--target", A_TEXT("NAME"), "the column to forecast"},
    [OPTION_INPUTS] = {"--inputs", A_TEXT("NAMES"), "the columns to read, separated by commas; default: all"},
    [OPTION_LEAD] = {"--lead", A_NUMBER("N", RNN_QUANTITIES), "how many rows ahead the target lies"},
    [OPTION_STRIDE] = {"--stride", A_NUMBER("N", RNN_QUANTITIES), "rows or tokens from one window to the next"},
    [OPTION_FORECAST] = {"--forecast", A_CHOICE(rnn_forecast_name),
                         "the value, or whether it rises or exceeds --threshold"},
    [OPTION_THRESHOLD] = {"--threshold", A_REAL("VALUE"), "the value for --forecast above"},
    [OPTION_MISSING] = {"--missing", A_CHOICE(rnn_missing_name), "what to do where values or times are missing"},
    [OPTION_NO_STANDARDIZE] = {"--no-standardize", A_FLAG, "leave the columns in their own units"},
    [OPTION_FROM] = {"--from", A_TEXT("TIME"), "use the rows from this time on; 2005 is any time of that year"},
    [OPTION_TEST_FROM] = {"--test-from", A_TEXT("TIME"), "train on the rows before this time, test on the others"},
    [OPTION_UNTIL] = {"--until", A_TEXT("TIME"), "use the rows up to and including this time"},
    [OPTION_PERIOD] = {"--period", A_REAL("ROWS"), "period of the seasonal baseline; for days 365.2425"},
    [OPTION_HALF_WIDTH] = {"--half-width", A_REAL("ROWS"), "rows on either side in the seasonal average"},
    [OPTION_ROLL] = {"--roll", A_NUMBER("N", RNN_EPOCHS), "forecast N rows ahead, each from the forecasts before it"},
    [OPTION_STREAM] = {"--stream", A_FLAG, "read the whole series as one sequence, and forecast at every row"},
    [OPTION_FIRST_SAMPLE] = {"--first-sample", A_NUMBER("N", RNN_QUANTITIES), "number of the first sequence"},
    [OPTION_SAMPLE] = {"--sample", A_NUMBER("N", RNN_QUANTITIES), "number of the sequence, counted from 0"},
    [OPTION_MEAN] = {"--mean", A_FLAG, "print the mean over all sequences, not one sequence"},
    [OPTION_AT] = {"--at", A_NUMBER("STEP", RNN_TIMESTEPS), "the time step of the state; default: the last"},

    [OPTION_CELL] = {"--cell", A_CHOICE(rnn_cell_name), "type of the layers; dense reads all time steps at once"},
    [OPTION_ACTIVATION] = {"--activation", A_CHOICE(rnn_activation_name), "for simple_rnn and dense; others use tanh"},
    [OPTION_LAYERS] = {"--layers", A_NUMBER("L", RNN_LAYERS), "number of recurrent or dense layers"},
    [OPTION_UNITS] = {"--units", A_NUMBER("U", RNN_UNITS), "units of each layer"},
    [OPTION_RETURN_SEQUENCES] = {"--return-sequences", A_FLAG, "answer at every time step, not only at the last"},
    [OPTION_LOSS] = {"--loss", A_CHOICE(rnn_loss_name), "the loss that training reduces"},
    [OPTION_CLASSES] = {"--classes", A_NUMBER("K", RNN_CLASSES), "classes to tell apart"},
    [OPTION_L2] = {"--l2", A_NUMBER("LAMBDA", RNN_L2), "factor of the sum of squared kernels in the loss"},
    [OPTION_WITHOUT_RECURRENCE] = {"--without-recurrence", A_FLAG, "set the recurrent kernels to zero"},
    [OPTION_RESET_BEFORE] = {"--reset-before", A_NUMBER("STEP", RNN_QUANTITIES),
                             "zero the state before this time step (0: never)"},
    [OPTION_KEEP] = {"--keep", A_CHOICE(rnn_kept_name), "keep only this part of the recurrent kernels"},

    [OPTION_WEIGHTS] = {"--weights", A_FILE, "read the weights from a safetensors or npz file"},
    [OPTION_SEED] = {"--seed", A_NUMBER("N", RNN_SEED), "seed of the initial weights and the shuffles"},
    [OPTION_RUNS] = {"--runs", A_NUMBER("N", RNN_EPOCHS), "number of runs, each with the next seed"},
    [OPTION_KERNEL_INITIALIZER] = {"--kernel-initializer", A_CHOICE(rnn_initializer_name), "initial kernels"},
    [OPTION_RECURRENT_INITIALIZER] = {"--recurrent-initializer", A_CHOICE(rnn_initializer_name),
                                      "initial recurrent kernels"},
    [OPTION_RECURRENT_GAIN] = {"--recurrent-gain", A_NUMBER("GAIN", RNN_RECURRENT_GAIN),
                               "multiplies the initial recurrent kernels"},

    [OPTION_OPTIMIZER] = {"--optimizer", A_CHOICE(rnn_method_name), "how the gradient changes the weights"},
    [OPTION_LEARNING_RATE] = {"--learning-rate", A_NUMBER("RATE", RNN_LEARNING_RATE), "the optimizer's learning rate"},
    [OPTION_MOMENTUM] = {"--momentum", A_NUMBER("M", RNN_MOMENTUM), "momentum of sgd and rmsprop"},
    [OPTION_NESTEROV] = {"--nesterov", A_FLAG, "sgd: use Nesterov momentum"},
    [OPTION_RHO] = {"--rho", A_NUMBER("RHO", RNN_RHO), "rmsprop: decay rate of the mean squared gradient"},
    [OPTION_BETA_1] = {"--beta-1", A_NUMBER("BETA", RNN_BETA_1), "adam: decay rate of the mean gradient"},
    [OPTION_BETA_2] = {"--beta-2", A_NUMBER("BETA", RNN_BETA_2), "adam: decay rate of the mean squared gradient"},
    [OPTION_EPSILON] = {"--epsilon", A_NUMBER("EPSILON", RNN_EPSILON), "adam, rmsprop: keeps the divisor above 0"},
    [OPTION_GLOBAL_CLIPNORM] = {"--global-clipnorm", A_NUMBER("NORM", RNN_GLOBAL_CLIPNORM),
                                "largest norm of the whole gradient (0: no limit)"},
    [OPTION_CLIPVALUE] = {"--clipvalue", A_NUMBER("VALUE", RNN_CLIPVALUE),
                          "largest gradient of each weight (0: no limit)"},

    [OPTION_EPOCHS] = {"--epochs", A_NUMBER("N", RNN_EPOCHS), "number of passes over the data"},
    [OPTION_BATCH_SIZE] = {"--batch-size", A_NUMBER("B", RNN_BATCH_SIZE), "number of sequences per update"},
    [OPTION_NO_SHUFFLE] = {"--no-shuffle", A_FLAG, "keep the order of the data in every epoch"},
    [OPTION_VALIDATION_SPLIT] = {"--validation-split", A_NUMBER("SHARE", RNN_VALIDATION_SPLIT),
                                 "keep the last share of the data for validation"},
    [OPTION_VALIDATION_DATA] = {"--validation-data", A_FILE, "validate on the sequences of a CSV file"},
    [OPTION_VALIDATION_SAMPLES] = {"--validation-samples", A_NUMBER("N", RNN_SAMPLES),
                                   "validate on N new sequences of the task"},
    [OPTION_VALIDATION_TEXT] = {"--validation-text", A_FILE, "validate on a text, read as one sequence"},

    [OPTION_PROMPT] = {"--prompt", TEXT, "TEXT", RNN_QUANTITIES, NULL, "the text to continue"},
    [OPTION_COUNT] = {"--count", A_NUMBER("N", RNN_SAMPLES), "largest number of tokens to generate"},
    [OPTION_TEMPERATURE] = {"--temperature", A_NUMBER("T", RNN_TEMPERATURE),
                            "0 takes the most probable token, 1 draws by probability"},
    [OPTION_TOP_K] = {"--top-k", A_NUMBER("K", RNN_QUANTITIES), "draw among the K most probable tokens (0: all)"},
    [OPTION_STOP] = {"--stop", TEXT, "TOKEN", RNN_QUANTITIES, NULL, "end after this token"},
    [OPTION_BEST] = {"--best", A_NUMBER("K", RNN_QUANTITIES), "print the most probable tokens of each step"},
    [OPTION_PRIOR] = {"--prior", A_NUMBER("N", RNN_L2), "weight of the next shorter context, as a count"},

    [OPTION_LEARNING_RATES] = {"--learning-rates", TEXT, "N@RATE,...", RNN_QUANTITIES, NULL,
                               "N epochs at each rate; the last rate for the rest"},
    [OPTION_EARLY_STOPPING] = {"--early-stopping", A_CHOICE(monitor_name), "stop when this no longer improves"},
    [OPTION_PATIENCE] = {"--patience", A_NUMBER("N", RNN_QUANTITIES),
                         "stop after this many epochs without improvement"},
    [OPTION_MIN_DELTA] = {"--min-delta", A_NUMBER("DELTA", RNN_EPSILON), "a change of at most this is no improvement"},
    [OPTION_RESTORE_BEST_WEIGHTS] = {"--restore-best-weights", A_FLAG, "end with the weights of the best epoch"},

    [OPTION_SAVE] = {"--save", A_FILE, "write the trained weights, NAME.npz or safetensors"},
    [OPTION_HISTORY] = {"--history", A_FILE, "write loss and metric by epoch as JSON"},
    [OPTION_VERBOSE] = {"--verbose", A_CHOICE(verbosity_name), "0 silent, 1 a progress bar, 2 one line per epoch"},
    [OPTION_CONFUSION] = {"--confusion", A_FLAG, "print the confusion matrix with binary_crossentropy too"},
    [OPTION_BY_STEP] = {"--by-step", A_FLAG, "print the accuracy at each time step"},
    [OPTION_AMONG] = {"--among", A_TEXT("CLASSES"), "count only targets of these classes, and choose among them"},
    [OPTION_HEADER] = {"--header", A_FLAG, "print the names of the columns first"},
    [OPTION_SUMMARY] = {"--summary", A_FLAG, "print statistics over the runs instead of each run"},
    [OPTION_FRAMEWORK] = {"--framework", A_CHOICE(rnn_framework_name), "the framework of the Python file"},
    [OPTION_OUTPUT] = {"--output", A_FILE, "name of the files, without the endings"},
};

const char *option_name(enum option which)
{
    return option_table[which].name;
}

static double of_training(enum option which, bool *has_default)
{
    const struct rnn_optimizer optimizer = rnn_optimizer_default();
    const struct rnn_fit_options fit = rnn_fit_options_default();
    const struct rnn_generate_options generation = rnn_generate_options_default();
    switch (which) {
    case OPTION_COUNT:
        return generation.tokens;
    case OPTION_TEMPERATURE:
        return generation.temperature;
    case OPTION_PRIOR:
        return 1;
    case OPTION_VOCABULARY:
        return RNN_VOCABULARY_MAXIMUM;
    case OPTION_OPTIMIZER:
        return optimizer.method;
    case OPTION_LEARNING_RATE:
        return optimizer.learning_rate;
    case OPTION_MOMENTUM:
        return optimizer.momentum;
    case OPTION_RHO:
        return optimizer.rho;
    case OPTION_BETA_1:
        return optimizer.beta_1;
    case OPTION_BETA_2:
        return optimizer.beta_2;
    case OPTION_EPSILON:
        return optimizer.epsilon;
    case OPTION_GLOBAL_CLIPNORM:
        return optimizer.global_clipnorm;
    case OPTION_CLIPVALUE:
        return optimizer.clipvalue;
    case OPTION_EPOCHS:
        return fit.epochs;
    case OPTION_RUNS:
        return 100;
    case OPTION_BATCH_SIZE:
        return fit.batch_size;
    default:
        *has_default = false;
        return 0;
    }
}

double option_default(enum option which, bool *has_default)
{
    enum { DATA_SEED = 42, VERBOSE = 1, HALF_WIDTH = 10 };
    const struct rnn_config config = rnn_config_default();
    bool ignored;
    if (!has_default) has_default = &ignored;
    *has_default = true;
    switch (which) {
    case OPTION_STEPS:
        return config.timesteps;
    case OPTION_FEATURES:
        return config.features;
    case OPTION_CELL:
        return config.cell;
    case OPTION_ACTIVATION:
        return config.activation;
    case OPTION_LAYERS:
        return config.layers;
    case OPTION_UNITS:
        return config.units;
    case OPTION_LOSS:
        return config.loss;
    case OPTION_L2:
        return config.l2;
    case OPTION_SEED:
        return config.seed;
    case OPTION_KERNEL_INITIALIZER:
        return config.kernel_initializer;
    case OPTION_RECURRENT_INITIALIZER:
        return config.recurrent_initializer;
    case OPTION_RECURRENT_GAIN:
        return config.recurrent_gain;
    case OPTION_DATA_SEED:
        return DATA_SEED;
    case OPTION_VERBOSE:
        return VERBOSE;
    case OPTION_LEAD:
    case OPTION_STRIDE:
        return 1;
    case OPTION_HALF_WIDTH:
        return HALF_WIDTH;
    case OPTION_FORECAST:
    case OPTION_MISSING:
    case OPTION_FIRST_SAMPLE:
    case OPTION_VALIDATION_SPLIT:
    case OPTION_SAMPLE:
    case OPTION_RESET_BEFORE:
    case OPTION_TOKENS:
    case OPTION_TOP_K:
    case OPTION_BEST:
    case OPTION_KEEP:
    case OPTION_PATIENCE:
    case OPTION_MIN_DELTA:
        return 0;
    default:
        return of_training(which, has_default);
    }
}

struct rnn_range option_range(enum option which)
{
    const enum rnn_quantity quantity = option_table[which].quantity;
    const bool counts = which == OPTION_LEAD || which == OPTION_STRIDE;
    if (quantity != RNN_QUANTITIES) return *rnn_range_of(quantity);
    if (option_table[which].kind == REAL)
        return (struct rnn_range){.minimum = which == OPTION_THRESHOLD ? -DBL_MAX : 0, .maximum = DBL_MAX};
    if (counts) return (struct rnn_range){.minimum = 1, .maximum = UINT32_MAX, .whole = true};
    return (struct rnn_range){.minimum = 0, .maximum = UINT32_MAX, .whole = true};
}
