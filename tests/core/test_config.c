/* Are ranges, sizes, names and tensors what the header says? */
#include "rnn_files.h"
#include "support.h"

static enum rnn_status check(uint32_t units, uint32_t timesteps, uint32_t features)
{
    struct rnn_config config = config_of(units, timesteps, features, RNN_TANH);
    return rnn_config_check(&config, NULL);
}

static void test_ranges(void)
{
    CHECK(check(1, 1, 1) == RNN_OK && check(512, 1000, 64) == RNN_OK);
    CHECK(check(0, 1, 1) == RNN_ERROR_RANGE && check(513, 1, 1) == RNN_ERROR_RANGE);
    CHECK(check(1, 0, 1) == RNN_ERROR_RANGE && check(1, 1001, 1) == RNN_ERROR_RANGE);
    CHECK(check(1, 1, 0) == RNN_ERROR_RANGE && check(1, 1, 65) == RNN_ERROR_RANGE);
    CHECK(check(UINT32_MAX, UINT32_MAX, UINT32_MAX) == RNN_ERROR_RANGE);
    struct rnn_config config = rnn_config_default();
    enum rnn_quantity quantity = RNN_SEED;
    config.features = 65;
    CHECK(rnn_config_check(&config, &quantity) == RNN_ERROR_RANGE && quantity == RNN_FEATURES);
    config.activation = 9;
    CHECK(rnn_config_check(&config, &quantity) == RNN_ERROR_RANGE && quantity == RNN_QUANTITIES);
    CHECK(rnn_range_check(RNN_LEARNING_RATE, 0) == RNN_OK);
    CHECK(rnn_range_check(RNN_LEARNING_RATE, -1e-30) == RNN_ERROR_RANGE);
    CHECK(rnn_range_check(RNN_LEARNING_RATE, INFINITY) == RNN_ERROR_RANGE);
    CHECK(rnn_range_check(RNN_LEARNING_RATE, NAN) == RNN_ERROR_RANGE);
    CHECK(rnn_range_check(RNN_VALIDATION_SPLIT, 1) == RNN_ERROR_RANGE);
    CHECK(rnn_range_check(RNN_VALIDATION_SPLIT, 0.999) == RNN_OK);
    CHECK(rnn_range_check(RNN_SEED, 4294967295.0) == RNN_OK && rnn_range_check(RNN_SEED, 4294967296.0) != RNN_OK);
    CHECK(rnn_range_check(RNN_EPOCHS, 1.5) == RNN_ERROR_RANGE);
    CHECK(rnn_range_check(RNN_QUANTITIES, 1) == RNN_ERROR_ARGUMENT && rnn_range_of(RNN_QUANTITIES) == NULL);
}

/* A GRU and an LSTM have tanh. */
static void test_activations(void)
{
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++)
        for (uint32_t activation = 0; rnn_activation_name(activation); activation++) {
            struct rnn_config config = config_of(3, 2, 1, (enum rnn_activation)activation);
            enum rnn_quantity quantity = RNN_SEED;
            uint64_t bytes = 0;
            config.cell = cell;
            const bool right = cell == RNN_SIMPLE_RNN || activation == RNN_TANH;
            CHECK_EQUAL(rnn_config_check(&config, &quantity), right ? RNN_OK : RNN_ERROR_RANGE);
            CHECK_EQUAL(quantity, right ? RNN_SEED : RNN_QUANTITIES);
            CHECK_EQUAL(rnn_model_size(&config, &bytes), right ? RNN_OK : RNN_ERROR_RANGE);
        }
}

static void test_sizes(void)
{
    uint64_t bytes = 0;
    struct rnn_config largest = config_of(512, 1000, 64, RNN_TANH);
    CHECK(rnn_workspace_size(&largest, 1024, &bytes) == RNN_ERROR_TOO_LARGE);
    /* h, d_z and x alone: (2 · 1000 · 512 + 64,000) · 1,024 numbers; more than 32 bits hold */
    CHECK(bytes > (uint64_t)1088000 * 1024 * sizeof(rnn_real) && bytes > UINT32_MAX);
    CHECK(rnn_workspace_size(&largest, 128, &bytes) == (sizeof(rnn_real) == 4 ? RNN_OK : RNN_ERROR_TOO_LARGE));
    CHECK(rnn_workspace_size(&largest, 0, &bytes) == RNN_ERROR_RANGE);
    CHECK(rnn_workspace_size(&largest, 1025, &bytes) == RNN_ERROR_RANGE);
    struct rnn_config config = rnn_config_default();
    uint64_t size = 0;
    CHECK(rnn_model_size(&config, &size) == RNN_OK);
    char *block = block_of(size + 64);
    struct rnn_model *model = NULL;
    CHECK(rnn_model_init(block, size - 1, &config, &model) == RNN_ERROR_BLOCK && model == NULL);
    CHECK(rnn_model_init(block + 4, size, &config, &model) == RNN_ERROR_BLOCK && model == NULL);
    CHECK(rnn_model_init(NULL, size, &config, &model) == RNN_ERROR_ARGUMENT);
    memset(block, 0, size);
    CHECK(rnn_model_reset_states((struct rnn_model *)block) == RNN_ERROR_BLOCK); /* never made */
}

static void test_tensors(void)
{
    static const char *const names[] = {"simple_rnn/kernel", "simple_rnn/recurrent_kernel", "simple_rnn/bias",
                                        "dense/kernel", "dense/bias"};
    const uint32_t shapes[][2] = {{3, 32}, {32, 32}, {32, 1}, {32, 1}, {1, 1}};
    struct rnn_config config = config_of(32, 10, 3, RNN_TANH);
    size_t offset = 0;
    for (uint32_t i = 0; i < rnn_tensor_count(&config); i++) {
        struct rnn_tensor tensor;
        CHECK(rnn_tensor_of(&config, i, &tensor) == RNN_OK);
        CHECK(strcmp(tensor.name, names[i]) == 0 && tensor.offset == offset);
        CHECK(tensor.rows == shapes[i][0] && tensor.columns == shapes[i][1]);
        CHECK(tensor.count == (size_t)tensor.rows * tensor.columns);
        CHECK(tensor.rank == (strstr(names[i], "bias") ? 1 : 2));
        offset += tensor.count;
    }
    CHECK(rnn_parameter_count(&config) == offset);
    struct rnn_config notebook = rnn_config_default();
    CHECK(rnn_parameter_count(&notebook) == 1121); /* 1,088 + 33, as Keras prints it */
    notebook.units = 0;
    CHECK(rnn_parameter_count(&notebook) == 0);
    struct rnn_tensor tensor;
    CHECK(rnn_tensor_of(&config, 5, &tensor) == RNN_ERROR_ARGUMENT);
}

static void test_names(void)
{
    CHECK(strcmp(rnn_cell_name(RNN_SIMPLE_RNN), "simple_rnn") == 0 && rnn_cell_name(3) == NULL);
    CHECK(strcmp(rnn_activation_name(RNN_RELU), "relu") == 0 && rnn_activation_name(2) == NULL);
    CHECK(strcmp(rnn_task_info_of(RNN_TASK_FIRST)->name, "first") == 0 && rnn_task_info_of(10) == NULL);
    for (int status = 0; status <= RNN_ERROR_VERSION; status++) {
        CHECK(strncmp(rnn_status_name((enum rnn_status)status), "RNN_", 4) == 0);
        CHECK(strlen(rnn_status_text((enum rnn_status)status)) > 3);
    }
    CHECK(strcmp(rnn_status_name((enum rnn_status)99), "RNN_UNKNOWN") == 0);
}

/* Columns of a line: its bytes but those that go on with a character. */
static size_t columns_of(const char *line)
{
    size_t columns = 0;
    for (; *line && *line != '\n'; line++) columns += ((unsigned char)*line & 0xc0) != 0x80;
    return columns;
}

/* The table's lines are of one length whatever stands in them, and a shape is written as Keras writes it. */
static void test_every_summary(void)
{
    static const uint32_t steps[] = {1, 10, 100, 1000}, units[] = {1, 32, 512};
    static char text[4096];
    for (uint32_t i = 0; i < 3 * 3 * 2 * 4 * 3; i++) {
        struct rnn_config config = config_of(units[i / 72], steps[i / 18 % 4], 64, RNN_TANH);
        config.cell = i % 3;
        config.layers = 1 + i / 3 % 3;
        config.return_sequences = i / 9 % 2;
        CHECK(rnn_summary_write(&config, text, sizeof text, NULL) == RNN_OK);
        const char *line = strchr(text, '\n') + 1, *total = strstr(text, " Total params");
        CHECK(total);
        const size_t wanted = columns_of(line);
        for (; total && line < total; line = strchr(line, '\n') + 1) CHECK_EQUAL(columns_of(line), wanted);
        char shape[48];
        snprintf(shape, sizeof shape, "(None, %u, %u) ", config.timesteps, config.units);
        CHECK((strstr(text, shape) != NULL) == (config.layers > 1 || config.return_sequences));
        if (config.layers == 1 && !config.return_sequences) CHECK_EQUAL(wanted, 57); /* a phone shows it whole */
    }
}

static void test_summary(void)
{
    struct rnn_config config = rnn_config_default();
    char text[4096], small[16] = "0123456789";
    size_t needed = 0;
    CHECK(rnn_summary_write(&config, text, sizeof text, &needed) == RNN_OK && strlen(text) + 1 == needed);
    CHECK(strstr(text, "simple_rnn (SimpleRNN)") && strstr(text, "(None, 32)") && strstr(text, "1,088"));
    CHECK(strstr(text, "Total params: 1,121 (4.38 KB)"));
    CHECK(rnn_summary_write(&config, small, 8, &needed) == RNN_ERROR_BLOCK);
    CHECK(strcmp(small + 8, "89") == 0); /* nothing behind the capacity */
    CHECK(rnn_summary_write(&config, NULL, 0, &needed) == RNN_ERROR_BLOCK && needed == strlen(text) + 1);
    config = config_of(512, 1000, 64, RNN_TANH);
    CHECK(rnn_summary_write(&config, text, sizeof text, &needed) == RNN_OK && strstr(text, "295,937 (1.13 MB)"));
    /* 2,688 / 1,024 and 2,944 / 1,024 lie halfway between two hundredths: the even one is written, as by Python */
    static const struct {
        uint32_t units, features;
        const char *total;
    } ties[] = {{11, 48, "672 (2.62 KB)"}, {15, 32, "736 (2.88 KB)"}};
    for (size_t i = 0; i < sizeof ties / sizeof *ties; i++) {
        config = config_of(ties[i].units, 10, ties[i].features, RNN_TANH);
        CHECK(rnn_summary_write(&config, text, sizeof text, &needed) == RNN_OK && strstr(text, ties[i].total));
    }
}

static void test_validation_split(void)
{
    uint32_t training = 0;
    CHECK(rnn_validation_split(100, 0, &training) == RNN_OK && training == 100);
    CHECK(rnn_validation_split(100, 0.2, &training) == RNN_OK && training == 80);
    CHECK(rnn_validation_split(10, 0.33, &training) == RNN_OK && training == 6); /* floor(6.7): the last 4 validate */
    CHECK(rnn_validation_split(10, 0.001, &training) == RNN_OK && training == 9);
    CHECK(rnn_validation_split(10, 1e-17, &training) == RNN_ERROR_EMPTY); /* 1 - split rounds to 1 */
    CHECK(rnn_validation_split(1, 0.5, &training) == RNN_ERROR_EMPTY);
    CHECK(rnn_validation_split(10, 0.95, &training) == RNN_ERROR_EMPTY);
    CHECK(rnn_validation_split(10, 1, &training) == RNN_ERROR_RANGE);
    CHECK(rnn_validation_split(10, -0.1, &training) == RNN_ERROR_RANGE);
    CHECK(rnn_validation_split(10, NAN, &training) == RNN_ERROR_RANGE);
}

int main(void)
{
    test_ranges();
    test_activations();
    test_sizes();
    test_tensors();
    test_names();
    test_summary();
    test_every_summary();
    test_validation_split();
    return check_report();
}
