/* Ranges, sizes, names and tensors must be those of the header. */
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

/* Both ends of each range, and values just outside. */
static void test_every_range(void)
{
    static const struct {
        const char *name;
        double minimum, maximum, step; /* step: 1 for whole numbers, 0 for others */
        bool open_end;
    } wanted[RNN_QUANTITIES] = {
        [RNN_UNITS] = {"units", 1, 512, 1, false},
        [RNN_TIMESTEPS] = {"timesteps", 1, 1000, 1, false},
        [RNN_FEATURES] = {"features", 1, 64, 1, false},
        [RNN_BATCH_SIZE] = {"batch_size", 1, 1024, 1, false},
        [RNN_EPOCHS] = {"epochs", 1, 100000, 1, false},
        [RNN_SAMPLES] = {"samples", 1, 10000000, 1, false},
        [RNN_LEARNING_RATE] = {"learning_rate", 0, 3.4028234663852886e38, 0, false},
        [RNN_VALIDATION_SPLIT] = {"validation_split", 0, 1, 0, true},
        [RNN_SEED] = {"seed", 0, 4294967295.0, 1, false},
        [RNN_LAYERS] = {"layers", 1, 3, 1, false},
        [RNN_CLASSES] = {"classes", 2, 64, 1, false},
        [RNN_RECURRENT_GAIN] = {"recurrent_gain", 0, 1000, 0, false},
        [RNN_L2] = {"l2", 0, 3.4028234663852886e38, 0, false},
        [RNN_MOMENTUM] = {"momentum", 0, 1, 0, true},
        [RNN_RHO] = {"rho", 0, 1, 0, true},
        [RNN_GLOBAL_CLIPNORM] = {"global_clipnorm", 0, 3.4028234663852886e38, 0, false},
        [RNN_CLIPVALUE] = {"clipvalue", 0, 3.4028234663852886e38, 0, false},
        [RNN_BETA_1] = {"beta_1", 0, 1, 0, true},
        [RNN_BETA_2] = {"beta_2", 0, 1, 0, true},
        [RNN_EPSILON] = {"epsilon", 0, 3.4028234663852886e38, 0, false},
        [RNN_TEMPERATURE] = {"temperature", 0, 100, 0, false},
    };
    for (uint32_t i = 0; i < RNN_QUANTITIES; i++) {
        const enum rnn_quantity quantity = (enum rnn_quantity)i;
        const struct rnn_range *range = rnn_range_of(i);
        const double low = wanted[i].minimum, high = wanted[i].maximum;
        CHECK_TEXT(range->name, wanted[i].name);
        CHECK(range->minimum == low && range->maximum == high);
        CHECK(range->whole == (wanted[i].step == 1) && range->open_end == wanted[i].open_end);
        CHECK_EQUAL(rnn_range_check(quantity, low), RNN_OK);
        CHECK_EQUAL(rnn_range_check(quantity, high), wanted[i].open_end ? RNN_ERROR_RANGE : RNN_OK);
        CHECK_EQUAL(rnn_range_check(quantity, nextafter(low, -INFINITY)), RNN_ERROR_RANGE);
        CHECK_EQUAL(rnn_range_check(quantity, nextafter(high, INFINITY)), RNN_ERROR_RANGE);
        CHECK_EQUAL(rnn_range_check(quantity, low - 1), RNN_ERROR_RANGE);
        CHECK_EQUAL(rnn_range_check(quantity, high + fmax(1, high / 1000)), RNN_ERROR_RANGE);
        CHECK_EQUAL(rnn_range_check(quantity, nextafter(high, 0)), wanted[i].step ? RNN_ERROR_RANGE : RNN_OK);
        CHECK_EQUAL(rnn_range_check(quantity, NAN), RNN_ERROR_RANGE);
    }
}

/* Every number of a config and an optimizer is checked, and the first one out of range is named. */
static void test_every_number(void)
{
    const struct rnn_config config = rnn_config_default();
    const struct rnn_optimizer optimizer = rnn_optimizer_default();
    const struct {
        size_t offset;
        enum rnn_quantity quantity;
    } counts[] = {{offsetof(struct rnn_config, layers), RNN_LAYERS},
                  {offsetof(struct rnn_config, units), RNN_UNITS},
                  {offsetof(struct rnn_config, timesteps), RNN_TIMESTEPS},
                  {offsetof(struct rnn_config, features), RNN_FEATURES},
                  {offsetof(struct rnn_config, outputs), RNN_CLASSES},
                  {offsetof(struct rnn_config, cell), RNN_QUANTITIES},
                  {offsetof(struct rnn_config, activation), RNN_QUANTITIES},
                  {offsetof(struct rnn_config, return_sequences), RNN_QUANTITIES},
                  {offsetof(struct rnn_config, loss), RNN_QUANTITIES},
                  {offsetof(struct rnn_config, kernel_initializer), RNN_QUANTITIES},
                  {offsetof(struct rnn_config, recurrent_initializer), RNN_QUANTITIES}},
      numbers[] = {{offsetof(struct rnn_config, l2), RNN_L2},
                   {offsetof(struct rnn_config, recurrent_gain), RNN_RECURRENT_GAIN}},
      of_optimizer[] = {{offsetof(struct rnn_optimizer, learning_rate), RNN_LEARNING_RATE},
                        {offsetof(struct rnn_optimizer, beta_1), RNN_BETA_1},
                        {offsetof(struct rnn_optimizer, beta_2), RNN_BETA_2},
                        {offsetof(struct rnn_optimizer, epsilon), RNN_EPSILON},
                        {offsetof(struct rnn_optimizer, rho), RNN_RHO},
                        {offsetof(struct rnn_optimizer, momentum), RNN_MOMENTUM},
                        {offsetof(struct rnn_optimizer, global_clipnorm), RNN_GLOBAL_CLIPNORM},
                        {offsetof(struct rnn_optimizer, clipvalue), RNN_CLIPVALUE}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct rnn_config wrong = config;
        enum rnn_quantity quantity = RNN_SEED;
        memcpy((char *)&wrong + counts[i].offset, &(uint32_t){UINT32_MAX}, sizeof(uint32_t));
        CHECK_EQUAL(rnn_config_check(&wrong, &quantity), RNN_ERROR_RANGE);
        CHECK_EQUAL(quantity, counts[i].quantity);
        CHECK_EQUAL(rnn_config_check(&wrong, NULL), RNN_ERROR_RANGE);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct rnn_config wrong = config;
        enum rnn_quantity quantity = RNN_SEED;
        memcpy((char *)&wrong + numbers[i].offset, &(double){-1}, sizeof(double));
        CHECK_EQUAL(rnn_config_check(&wrong, &quantity), RNN_ERROR_RANGE);
        CHECK_EQUAL(quantity, numbers[i].quantity);
    }
    for (size_t i = 0; i < sizeof of_optimizer / sizeof *of_optimizer; i++) {
        struct rnn_optimizer wrong = optimizer;
        enum rnn_quantity quantity = RNN_SEED;
        memcpy((char *)&wrong + of_optimizer[i].offset, &(double){-1}, sizeof(double));
        CHECK_EQUAL(rnn_optimizer_check(&wrong, &quantity), RNN_ERROR_RANGE);
        CHECK_EQUAL(quantity, of_optimizer[i].quantity);
    }
    struct rnn_optimizer wrong = optimizer;
    wrong.nesterov = 2;
    CHECK_EQUAL(rnn_optimizer_check(&wrong, NULL), RNN_ERROR_RANGE);
    wrong = optimizer;
    wrong.method = 3;
    CHECK_EQUAL(rnn_optimizer_check(&wrong, NULL), RNN_ERROR_RANGE);
    wrong = optimizer;
    wrong.global_clipnorm = 1;
    CHECK_EQUAL(rnn_optimizer_check(&wrong, NULL), RNN_OK);
    wrong.clipvalue = 1;
    CHECK_EQUAL(rnn_optimizer_check(&wrong, NULL), RNN_ERROR_RANGE);
    wrong.global_clipnorm = 0;
    CHECK_EQUAL(rnn_optimizer_check(&wrong, NULL), RNN_OK);
    /* only one loss has classes */
    for (uint32_t loss = 0; rnn_loss_name(loss); loss++)
        for (uint32_t outputs = 0; outputs <= 65; outputs++) {
            struct rnn_config other = config;
            const bool classes = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
            const bool right = classes ? outputs >= 2 && outputs <= 64 : outputs == 1;
            other.loss = loss;
            other.outputs = outputs;
            CHECK_EQUAL(rnn_config_check(&other, NULL), right ? RNN_OK : RNN_ERROR_RANGE);
        }
}

/* Keras's defaults and those of the notebook. */
static void test_defaults(void)
{
    const struct rnn_config c = rnn_config_default();
    const struct rnn_optimizer o = rnn_optimizer_default();
    const struct rnn_fit_options f = rnn_fit_options_default();
    CHECK(c.cell == RNN_SIMPLE_RNN && c.activation == RNN_TANH && c.layers == 1 && c.units == 32 && c.timesteps == 10);
    CHECK(c.features == 1 && c.return_sequences == 0 && c.loss == RNN_BINARY_CROSSENTROPY && c.outputs == 1);
    CHECK(c.kernel_initializer == RNN_GLOROT_UNIFORM && c.recurrent_initializer == RNN_ORTHOGONAL && c.seed == 42);
    CHECK(c.recurrent_gain == 1 && c.l2 == 0);
    CHECK(o.method == RNN_ADAM && o.nesterov == 0 && o.learning_rate == 0.001 && o.beta_1 == 0.9 && o.beta_2 == 0.999);
    CHECK(o.epsilon == 1e-7 && o.rho == 0.9 && o.momentum == 0 && o.global_clipnorm == 0 && o.clipvalue == 0);
    CHECK(f.epochs == 10 && f.batch_size == 32 && f.shuffle && f.validation_freq == 1);
}

/* SimpleRNN and dense layers accept every activation, GRU and LSTM only tanh. */
static void test_activations(void)
{
    for (uint32_t cell = 0; rnn_cell_name(cell); cell++)
        for (uint32_t activation = 0; rnn_activation_name(activation); activation++) {
            struct rnn_config config = config_of(3, 2, 1, (enum rnn_activation)activation);
            enum rnn_quantity quantity = RNN_SEED;
            uint64_t bytes = 0;
            config.cell = cell;
            const bool right = cell == RNN_SIMPLE_RNN || cell == RNN_DENSE || activation == RNN_TANH;
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
    /* h, d_z and x need (2 · 1000 · 512 + 64,000) · 1,024 numbers, more bytes than 32 bits can count */
    CHECK(bytes > (uint64_t)1088000 * 1024 * sizeof(rnn_real));
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
    CHECK(rnn_model_reset_states((struct rnn_model *)block) == RNN_ERROR_BLOCK); /* never initialized */
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
    /* each layer has its number; tensors are contiguous, and in upper layers F is U */
    static const char *const numbers[] = {"", "_1", "_2"}, *const parts[] = {"kernel", "recurrent_kernel", "bias"};
    for (uint32_t i = 0; i < 9; i++) {
        struct rnn_config other = config_of(5, 10, 3, RNN_TANH);
        const uint32_t cell = i % 3, gates = cell == RNN_LSTM ? 4 : cell == RNN_GRU ? 3 : 1;
        other.cell = cell;
        other.layers = 1 + i / 3;
        CHECK_EQUAL(rnn_tensor_count(&other), 3 * other.layers + 2);
        size_t next = 0;
        for (uint32_t index = 0; index < 3 * other.layers; index++) {
            const uint32_t layer = index / 3, part = index % 3, above = part == 1 || layer > 0 ? 5 : 3;
            const uint32_t rows = part == 2 ? (cell == RNN_GRU ? 2 : gates * 5) : above;
            struct rnn_tensor got;
            char wanted[64];
            snprintf(wanted, sizeof wanted, "%s%s/%s", rnn_cell_name(cell), numbers[layer], parts[part]);
            CHECK(rnn_tensor_of(&other, index, &got) == RNN_OK);
            CHECK_TEXT(got.name, wanted);
            CHECK_EQUAL(got.rows, rows);
            CHECK_EQUAL(got.columns, part == 2 && cell != RNN_GRU ? 1 : gates * 5);
            CHECK_EQUAL(got.rank, part == 2 && cell != RNN_GRU ? 1 : 2);
            CHECK(got.offset == next && got.count == (size_t)got.rows * got.columns);
            next += got.count;
        }
        CHECK_EQUAL(rnn_parameter_count(&other), next + 6);
    }
    struct rnn_config notebook = rnn_config_default();
    CHECK(rnn_parameter_count(&notebook) == 1121); /* 1,088 + 33, as Keras prints it */
    notebook.units = 0;
    CHECK(rnn_parameter_count(&notebook) == 0);
    struct rnn_tensor tensor;
    CHECK(rnn_tensor_of(&config, 5, &tensor) == RNN_ERROR_ARGUMENT);
}

static void test_names(void)
{
    CHECK(strcmp(rnn_cell_name(RNN_SIMPLE_RNN), "simple_rnn") == 0 && strcmp(rnn_cell_name(RNN_DENSE), "dense") == 0 &&
          rnn_cell_name(4) == NULL);
    CHECK(strcmp(rnn_activation_name(RNN_RELU), "relu") == 0 && rnn_activation_name(2) == NULL);
    CHECK(strcmp(rnn_task_info_of(RNN_TASK_FIRST)->name, "first") == 0 && rnn_task_info_of(15) == NULL);
    for (int status = 0; status <= RNN_ERROR_TEXT; status++) {
        CHECK(strncmp(rnn_status_name((enum rnn_status)status), "RNN_", 4) == 0);
        CHECK(strlen(rnn_status_text((enum rnn_status)status)) > 3);
    }
    static const int unknown[] = {RNN_ERROR_TEXT + 1, 99, -1};
    for (size_t i = 0; i < 3; i++) {
        CHECK_TEXT(rnn_status_name((enum rnn_status)unknown[i]), "RNN_UNKNOWN");
        CHECK_TEXT(rnn_status_text((enum rnn_status)unknown[i]), "not a status");
    }
    CHECK_TEXT(rnn_status_name(RNN_ERROR_VERSION), "RNN_ERROR_VERSION");
    CHECK_TEXT(rnn_version(), RNN_VERSION);
}

/* The width of a line: its bytes without UTF-8's continuation bytes. */
static size_t columns_of(const char *line)
{
    size_t columns = 0;
    for (; *line && *line != '\n'; line++) columns += ((unsigned char)*line & 0xc0) != 0x80;
    return columns;
}

/* All lines of the table have the same width, and a shape is written as in Keras. */
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
        if (config.layers == 1 && !config.return_sequences) CHECK_EQUAL(wanted, 57); /* narrow enough for a phone */
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
    CHECK(strcmp(small + 8, "89") == 0); /* nothing is written past the capacity */
    CHECK(rnn_summary_write(&config, NULL, 0, &needed) == RNN_ERROR_BLOCK && needed == strlen(text) + 1);
    config = config_of(512, 1000, 64, RNN_TANH);
    CHECK(rnn_summary_write(&config, text, sizeof text, &needed) == RNN_OK && strstr(text, "295,937 (1.13 MB)"));
    /* 2,688 / 1,024 and 2,944 / 1,024 are halfway between two hundredths, and Python rounds to the even one */
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
    /* floor(6.7); the last 4 are validation data */
    CHECK(rnn_validation_split(10, 0.33, &training) == RNN_OK && training == 6);
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
    test_every_range();
    test_every_number();
    test_defaults();
    test_activations();
    test_sizes();
    test_tensors();
    test_names();
    test_summary();
    test_every_summary();
    test_validation_split();
    return check_report();
}
