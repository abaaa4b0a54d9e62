/* Weights must survive a round trip through an npz file bit by bit, and every file that is not one must be rejected with the
 * reason.
 *
 * The files are assembled here, independently of rnn_npz_write, and copied into blocks of exactly their size, so that the address
 * sanitizer finds any byte read past the end. Files of numpy itself are in tests/golden/frameworks. */
#include "weights_file.h"

enum { ARRAYS = 5 };

/* The properties of an array in a file. */
struct array {
    const char *name, *header;
    const void *numbers;
    size_t bytes;
};

struct file {
    unsigned char bytes[ROOM];
    size_t length, directory;
};

/* Computes the checksum one bit at a time. */
static uint32_t crc_of(const unsigned char *bytes, size_t count)
{
    uint32_t crc = 0xffffffffu;
    for (size_t i = 0; i < 8 * count; i++) {
        const uint32_t bit = (crc ^ (uint32_t)(bytes[i / 8] >> i % 8)) & 1;
        crc = (crc >> 1) ^ (bit ? 0xedb88320u : 0);
    }
    return ~crc;
}

static void put(struct file *file, const void *bytes, size_t count)
{
    memcpy(file->bytes + file->length, bytes, count);
    file->length += count;
}

static void number(struct file *file, size_t value, int count)
{
    for (int i = 0; i < count; i++) file->bytes[file->length++] = (unsigned char)(i < 8 ? value >> 8 * i : 0);
}

/* Local header and array: the position of the first, and the checksum and size of the second. */
struct placed {
    size_t local, bytes;
    uint32_t crc;
};

static struct placed put_array(struct file *file, const struct array *array)
{
    struct placed placed = {.local = file->length};
    put(file, "PK\3\4", 4);
    number(file, 0, 22); /* ignored, because the directory contains it */
    number(file, strlen(array->name), 2);
    number(file, 3, 2);
    put(file, array->name, strlen(array->name));
    put(file, "ext", 3);
    const size_t begin = file->length;
    put(file, "\x93NUMPY\1\0", 8);
    number(file, strlen(array->header), 2);
    put(file, array->header, strlen(array->header));
    put(file, array->numbers, array->bytes);
    placed.bytes = file->length - begin;
    placed.crc = crc_of(file->bytes + begin, placed.bytes);
    return placed;
}

static void put_central(struct file *file, const struct array *array, const struct placed *placed)
{
    put(file, "PK\1\2", 4);
    number(file, 0, 12);
    number(file, placed->crc, 4);
    number(file, placed->bytes, 4);
    number(file, placed->bytes, 4);
    number(file, strlen(array->name), 2);
    number(file, 2, 2);
    number(file, 1, 2);
    number(file, 0, 8);
    number(file, placed->local, 4);
    put(file, array->name, strlen(array->name));
    put(file, "xxc", 3); /* an extra field, and a comment */
}

static struct file make(const struct array *arrays, size_t count)
{
    struct file file = {.length = 0};
    struct placed placed[2 * ARRAYS];
    for (size_t i = 0; i < count; i++) placed[i] = put_array(&file, &arrays[i]);
    file.directory = file.length;
    for (size_t i = 0; i < count; i++) put_central(&file, &arrays[i], &placed[i]);
    const size_t bytes = file.length - file.directory;
    put(&file, "PK\5\6\0\0\0\0", 8);
    number(&file, count, 2);
    number(&file, count, 2);
    number(&file, bytes, 4);
    number(&file, file.directory, 4);
    number(&file, 0, 2);
    return file;
}

/* U = 2, F = 1: 2 + 4 + 2 + 2 + 1 numbers, which count up. */
static const float numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
#define F4(shape) "{'descr': '<f4', 'fortran_order': False, 'shape': " shape ", }     \n"
static const struct array sound[ARRAYS] = {
    {"simple_rnn/kernel.npy", F4("(1, 2)"), numbers, 8},
    {"simple_rnn/recurrent_kernel.npy", F4("(2, 2)"), numbers + 2, 16},
    {"simple_rnn/bias.npy", F4("(2,)"), numbers + 6, 8},
    {"dense/kernel.npy", F4("(2, 1)"), numbers + 8, 8},
    {"dense/bias.npy", F4("(1,)"), numbers + 10, 4},
};

static bool counts_up(void)
{
    for (int i = 0; i < 11; i++)
        if (parameters[i] != i + 1) return false;
    return true;
}

static bool refused_file(const struct file *file, const char *message)
{
    const enum rnn_status status = read_weights(file->bytes, file->length);
    if (status == RNN_ERROR_WEIGHTS && strcmp(diagnosis.text, message) == 0 && diagnosis.offset <= file->length)
        return true;
    printf("status %d: %s\nexpected: %s\n", status, diagnosis.text, message);
    return false;
}

/* The valid arrays, with the i-th replaced. */
static bool refused(size_t i, struct array array, const char *message)
{
    struct array arrays[ARRAYS];
    memcpy(arrays, sound, sizeof arrays);
    arrays[i] = array;
    const struct file file = make(arrays, ARRAYS);
    return refused_file(&file, message);
}

static bool refused_header(const char *header, const char *message)
{
    return refused(0, (struct array){"simple_rnn/kernel.npy", header, numbers, 8}, message);
}

/* ------------------------------------------------------------------------------------------------ accepted */

static void test_plain(void)
{
    const struct file file = make(sound, ARRAYS);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
    CHECK(counts_up());
    CHECK(config.cell == RNN_SIMPLE_RNN && config.units == 2 && config.features == 1 && config.layers == 1);
    CHECK_EQUAL(crc_of((const unsigned char *)"123456789", 9), 0xcbf43926u); /* the published check value */
}

static void test_any_order_and_spelling(void)
{
    struct array arrays[ARRAYS];
    for (size_t i = 0; i < ARRAYS; i++) arrays[i] = sound[ARRAYS - 1 - i];
    arrays[0].header = "{\"shape\":( 1 , ),\"fortran_order\":True,\"descr\":\"<f4\"}";
    const struct file file = make(arrays, ARRAYS);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
    CHECK(counts_up());
}

static void test_columns_first_and_doubles(void)
{
    static const float columns[] = {3, 5, 4, 6};
    static const double doubles[] = {9, 10};
    struct array arrays[ARRAYS];
    memcpy(arrays, sound, sizeof arrays);
    arrays[1].header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }";
    arrays[1].numbers = columns;
    arrays[3] =
        (struct array){"dense/kernel.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1)}", doubles, 16};
    const struct file file = make(arrays, ARRAYS);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
    CHECK(counts_up());
}

#define BYTES(count) "{'descr': '|S" #count "', 'fortran_order': False, 'shape': (), }"

static void test_metadata(void)
{
    struct array arrays[ARRAYS + 2];
    memcpy(arrays, sound, sizeof sound);
    arrays[ARRAYS] =
        (struct array){"__metadata__.npy", BYTES(32), "{\"activation\": \"relu\"}\n\0\0\0\0\0\0\0\0\0", 32};
    struct file file = make(arrays, ARRAYS + 1);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
    CHECK(counts_up() && config.activation == RNN_RELU);
    arrays[ARRAYS + 1] = arrays[ARRAYS];
    file = make(arrays, ARRAYS + 2);
    CHECK(refused_file(&file, "expected __metadata__ once"));
    arrays[ARRAYS].numbers = "{}";
    arrays[ARRAYS].bytes = 2;
    arrays[ARRAYS].header = F4("()");
    file = make(arrays, ARRAYS + 1);
    CHECK(refused_file(&file, "\"__metadata__.npy\": expected an array of bytes"));
    static const char *const short_types[] = {"", "|", "S"};
    for (size_t i = 0; i < sizeof short_types / sizeof *short_types; i++) {
        char header[80];
        snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': False, 'shape': (), }", short_types[i]);
        arrays[ARRAYS].header = BYTES(2);
        file = make(arrays, ARRAYS + 1);
        CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK); /* leaves "|S" in memory for the next file */
        arrays[ARRAYS].header = header;
        file = make(&arrays[ARRAYS], 1);
        CHECK(refused_file(&file, "\"__metadata__.npy\": expected an array of bytes"));
    }
    arrays[ARRAYS].header = BYTES(4);
    arrays[ARRAYS].numbers = "{} x";
    arrays[ARRAYS].bytes = 4;
    file = make(arrays, ARRAYS + 1);
    CHECK(refused_file(&file, "expected nothing after \"}\", got \"x\""));
}

/* Properties that are not in the file keep their values if they suit it. */
static void test_what_is_not_said(void)
{
    const struct file file = make(sound, ARRAYS);
    struct rnn_config before = rnn_config_default();
    before.activation = RNN_RELU;
    before.loss = RNN_MEAN_SQUARED_ERROR;
    before.return_sequences = 1;
    CHECK_EQUAL(rnn_weights_measure(file.bytes, file.length, &before, NULL), RNN_OK);
    CHECK(before.activation == RNN_RELU && before.loss == RNN_MEAN_SQUARED_ERROR && before.return_sequences == 1);
    before.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    before.outputs = 4;
    CHECK_EQUAL(rnn_weights_measure(file.bytes, file.length, &before, NULL), RNN_OK);
    CHECK(before.loss == RNN_BINARY_CROSSENTROPY && before.outputs == 1);
    before.units = 0;
    CHECK_EQUAL(rnn_weights_measure(file.bytes, file.length, &before, NULL), RNN_ERROR_RANGE);
}

/* ------------------------------------------------------------------------------------------------ refused */

static void test_headers(void)
{
    CHECK(refused_header(F4("(2, 1)"), "simple_rnn/recurrent_kernel: expected shape (1, 1), got (2, 2)"));
    CHECK(refused_header(F4("(2,)"), "simple_rnn/kernel: expected a shape of 2 numbers, got 1"));
    CHECK(refused_header(F4("()"), "simple_rnn/kernel: expected a shape of 2 numbers, got 0"));
    CHECK(refused_header(F4("(1, 2, 1)"), "simple_rnn/kernel: expected a shape of 2 numbers, got 3"));
    CHECK(refused_header(F4("(1, 99999999999999999999)"), "expected a whole number below 2^64"));
    CHECK(refused_header(F4("(1, 513)"), "simple_rnn/kernel: expected 1 to 512 units, got 513"));
    CHECK(refused_header(F4("(1, -2)"), "expected a whole number, got \"-\""));
    CHECK(refused_header(F4("[1, 2]"), "expected \"(\", got \"[\""));
    CHECK(refused_header(F4("(1 2)"), "expected \",\" or \")\", got \"2\""));
    CHECK(refused_header("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), }",
                         "simple_rnn/kernel: expected dtype <f4 or <f8, got \">f4\""));
    CHECK(refused_header(
        "{'descr': '|O', 'fortran_order': False, 'shape': (5,), }",
        "simple_rnn/kernel: expected dtype <f4 or <f8, got \"|O\", a list in one array. Put a star before "
        "it: np.savez(\"weights.npz\", *model.get_weights())"));
    CHECK(refused_header("{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }",
                         "simple_rnn/kernel: expected dtype <f4 or <f8, got \"<i4\", which is no weight. Leave it out: "
                         "np.savez(\"weights.npz\", *[w for w in model.get_weights() if w.dtype.kind == \"f\"])"));
    CHECK(refused_header("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }",
                         "simple_rnn/kernel: expected 16 bytes of numbers, got 8"));
    CHECK(
        refused_header("{'descr': '<f4', 'fortran_order': 0, 'shape': (1, 2), }", "expected True or False, got \"0\""));
    CHECK(refused_header("{'descr': '<f4', 'shape': (1, 2), }", "the NPY header has no fortran_order"));
    CHECK(refused_header("{'descr': '<f4', 'descr': '<f4'}",
                         "expected \"descr\", \"fortran_order\", \"shape\", each once, got \"descr\""));
    CHECK(
        refused_header("{'type': '<f4'}", "expected \"descr\", \"fortran_order\", \"shape\", each once, got \"type\""));
    CHECK(refused_header("['descr']", "expected \"{\", got \"[\""));
    CHECK(refused_header("{descr: 1}", "expected a key, got \"d\""));
    CHECK(refused_header("{'descr': [('a', '<f4')]}", "expected a dtype, got \"[\""));
    CHECK(refused_header("{'descr", "expected a closing quote, got the end of the header"));
    CHECK(refused_header(F4("(1, 2)") "x", "expected only spaces after the header's \"}\", got \"x\""));
    CHECK(refused_header("", "expected \"{\", got the end of the header"));
}

static void test_names(void)
{
    CHECK(refused(0, (struct array){"simple_rnn/kernel", F4("(1, 2)"), numbers, 8},
                  "\"simple_rnn/kernel\": expected a name that ends in .npy, as numpy.savez writes it"));
    CHECK(refused(1, sound[0], "simple_rnn/kernel: expected this tensor once"));
    CHECK(refused(1, (struct array){"rnn.weight_hh_l0.npy", F4("(2, 2)"), numbers, 16},
                  "expected all names from one framework, got \"rnn.weight_hh_l0\""));
    CHECK(refused(1, (struct array){"simple_rnn/gamma.npy", F4("(2, 2)"), numbers, 16},
                  "unknown tensor \"simple_rnn/gamma\"; expected simple_rnn/kernel, simple_rnn/recurrent_kernel, "
                  "simple_rnn/bias, dense/kernel, dense/bias, for up to 3 layers. If the network does not need this "
                  "tensor, leave it out"));
    const struct file file = make(sound, 4);
    CHECK(refused_file(&file, "dense/bias: expected this tensor, got none"));
}

/* PyTorch's names, and the message for each error. */
static void test_pytorch(void)
{
    static const float eye[] = {1, 0, 0, 1};
    struct array arrays[] = {
        {"a.b.weight_ih_l0.npy", F4("(2, 1)"), numbers, 8}, {"a.b.weight_hh_l0.npy", F4("(2, 2)"), eye, 16},
        {"a.b.bias_ih_l0.npy", F4("(2,)"), numbers + 2, 8}, {"a.b.bias_hh_l0.npy", F4("(2,)"), numbers + 4, 8},
        {"weight.npy", F4("(1, 2)"), numbers + 6, 8},       {"bias.npy", F4("(1,)"), numbers + 8, 4}};
    static const rnn_real expected[] = {1, 2, 1, 0, 0, 1, 8, 10, 7, 8, 9};
    struct file file = make(arrays, 6);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
    CHECK(memcmp(parameters, expected, sizeof expected) == 0);
    arrays[1].header = F4("(4, 1)");
    file = make(arrays, 6);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_ERROR_WEIGHTS);
    CHECK_TEXT(diagnosis.text, "weight_ih_l0: expected shape (4, 1), got (2, 1)"); /* four gates of one unit: an LSTM */
    arrays[1].header = F4("(1, 4)");
    file = make(arrays, 6);
    CHECK(refused_file(&file, "weight_hh_l0: expected 1, 3 or 4 gates of (units, units), got (1, 4)"));
    arrays[1].header = F4("(0, 0)");
    file = make(arrays, 6);
    CHECK(refused_file(&file, "weight_hh_l0: expected 1, 3 or 4 gates of (units, units), got (0, 0)"));
    arrays[1].header = F4("(2, 2)");
    arrays[3].name = "a.b.bias_hh_l0_reverse.npy";
    file = make(arrays, 6);
    CHECK(refused_file(
        &file, "unknown tensor \"a.b.bias_hh_l0_reverse\"; expected weight_ih_l0, weight_hh_l0, bias_ih_l0, "
               "bias_hh_l0, weight, bias, for up to 3 layers. If the network does not need this tensor, leave it out"));
    arrays[3].name = "a.b.bias_hh_l1.npy";
    file = make(arrays, 6);
    CHECK(refused_file(&file, "bias_hh_l0: expected this tensor, got none"));
    arrays[3] = (struct array){"a.b.bias_hh_l0.npy", F4("(2, 1)"), numbers, 8};
    file = make(arrays, 6);
    CHECK(refused_file(&file, "bias_hh_l0: expected a shape of 1 number, got 2"));
}

/* numpy.savez(file, *model.get_weights()) */
static void test_numbered(void)
{
    char names[ARRAYS][16];
    struct array arrays[ARRAYS];
    for (size_t i = 0; i < ARRAYS; i++) {
        snprintf(names[i], sizeof names[i], "arr_%d.npy", (int)i);
        arrays[i] = sound[i];
        arrays[i].name = names[i];
    }
    struct file file = make(arrays, ARRAYS);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
    CHECK(counts_up());
    file = make(arrays, 4);
    CHECK(refused_file(&file, "expected 5, 8 or 11 arrays (kernel, recurrent_kernel and bias of each layer, then "
                              "kernel and bias of Dense), or 4, 6 or 8 arrays of Dense layers, got 4"));
    arrays[2].name = "arr_1.npy";
    file = make(arrays, ARRAYS);
    CHECK(refused_file(&file, "arr_1: expected this tensor once"));
    arrays[2].name = "arr_7.npy";
    file = make(arrays, ARRAYS);
    CHECK(refused_file(&file, "arr_2: expected this tensor, got none"));
    arrays[2].name = "arr_11.npy";
    file = make(arrays, ARRAYS);
    CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_ERROR_WEIGHTS);
    arrays[2].name = "arr_2.npy";
    arrays[2].header = F4("(1,)");
    arrays[2].bytes = 4;
    file = make(arrays, ARRAYS);
    CHECK(refused_file(&file, "arr_2: expected shape (2,), got (1,)"));
}

static void test_numbers_that_are_not_finite(void)
{
    static const uint32_t infinite[] = {0, 0x7f800000u};
    static const double large[] = {1, 1e300};
    CHECK(refused(0, (struct array){"simple_rnn/kernel.npy", F4("(1, 2)"), infinite, 8},
                  "simple_rnn/kernel: expected finite numbers, got NaN or infinity at index 1"));
    CHECK(refused(
        3, (struct array){"dense/kernel.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1)}", large, 16},
        "dense/kernel: expected finite numbers, got NaN or infinity at index 1"));
}

/* ------------------------------------------------------------------------------------------------ damage */

static void test_zip(void)
{
    static const char *const local = "\"simple_rnn/kernel.npy\": the local header does not agree with the directory";
    const struct file good = make(sound, ARRAYS);
    struct file file = good;
    file.bytes[good.directory + 10] = 8;
    CHECK(refused_file(&file, "\"simple_rnn/kernel.npy\": saved with savez_compressed; use numpy.savez"));
    file = good;
    file.bytes[good.directory + 10] = 9;
    CHECK(refused_file(&file, "\"simple_rnn/kernel.npy\": expected an entry without compression or encryption"));
    file = good;
    file.bytes[good.directory + 8] = 1;
    CHECK(refused_file(&file, "\"simple_rnn/kernel.npy\": expected an entry without compression or encryption"));
    file = good;
    file.bytes[good.directory + 16] ^= 1;
    CHECK(refused_file(&file, "\"simple_rnn/kernel.npy\": the checksum is wrong, so the file is damaged"));
    file = good;
    file.bytes[good.directory + 42] ^= 1;
    CHECK(refused_file(&file, "\"simple_rnn/kernel.npy\": expected a local header where the directory points"));
    file = good;
    memset(file.bytes + good.directory + 20, 0xff, 8);
    CHECK(refused_file(&file, local));
    file = good;
    file.bytes[30] ^= 1;
    CHECK(refused_file(&file, local));
    file = good;
    file.bytes[28] = 0xff;
    file.bytes[29] = 0xff;
    CHECK(refused_file(&file, local));
    file = good;
    file.bytes[file.length - 12]--;
    file.bytes[file.length - 14]--;
    CHECK(refused_file(&file, "expected the end of the ZIP's directory"));
    file = good;
    file.bytes[file.length - 12]++;
    CHECK(refused_file(&file, "expected an entry of the ZIP's directory"));
    file = good;
    file.bytes[file.length - 6]++;
    CHECK(refused_file(&file, "expected a directory right before the end of the ZIP"));
}

static void test_damage(void)
{
    const struct file good = make(sound, ARRAYS);
    for (size_t at = 0; at < 4; at++) { /* no longer a ZIP */
        struct file file = good;
        file.bytes[at] ^= 1;
        CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_ERROR_WEIGHTS);
    }
    for (size_t bytes = 0; bytes < good.length; bytes++) {
        const enum rnn_status status = read_weights(good.bytes, bytes);
        CHECK(status == RNN_ERROR_WEIGHTS);
        CHECK(strstr(diagnosis.text, "truncated") && diagnosis.offset <= bytes);
    }
    for (int byte = 0; byte < 256; byte++) {
        struct file file = good;
        file.bytes[file.length++] = (unsigned char)byte;
        CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_ERROR_WEIGHTS);
    }
    for (size_t at = 4; at < good.length; at++)
        for (unsigned change = 1; change < 256; change += 2) {
            struct file file = good;
            file.bytes[at] ^= (unsigned char)change;
            const enum rnn_status status = read_weights(file.bytes, file.length);
            /* unused bytes may be anything; if the file is accepted, all numbers are the original ones */
            CHECK(status == RNN_OK ? counts_up() : status == RNN_ERROR_WEIGHTS && diagnosis.text[0]);
        }
}

/* The same of a dense network over 2 numbers, with 1 to 3 layers. */
static void test_numbered_dense(void)
{
    static const char *const shapes[] = {F4("(2, 2)"), F4("(2,)")};
    for (int layers = 1; layers <= 3; layers++) {
        static char names[8][24];
        struct array arrays[8];
        float values[21];
        const float *next = values;
        const int count = 2 * layers + 2, weights = 6 * layers + 3;
        for (int i = 0; i < weights; i++) values[i] = (float)i + 1;
        for (int i = 0; i < count; i++) {
            const size_t many = i % 2 ? 2 : 4;
            snprintf(names[i], sizeof names[i], "arr_%d.npy", i);
            arrays[i] = (struct array){names[i], shapes[i % 2], next, many * sizeof *next};
            next += many;
        }
        arrays[count - 2] = (struct array){names[count - 2], F4("(2, 1)"), values + 6 * layers, 8};
        arrays[count - 1] = (struct array){names[count - 1], F4("(1,)"), values + weights - 1, 4};
        const struct file file = make(arrays, (size_t)count);
        CHECK_EQUAL(read_weights(file.bytes, file.length), RNN_OK);
        CHECK_TEXT(diagnosis.text, "");
        CHECK(config.cell == RNN_DENSE && config.layers == (uint32_t)layers && config.units == 2);
        CHECK(config.timesteps == 2 && config.features == 1 && config.outputs == 1);
        for (int i = 0; i < weights; i++) CHECK(parameters[i] == i + 1);
    }
}

/* ------------------------------------------------------------------------------------------------ round trip */

static void test_every_kind(void)
{
    static rnn_real weights[20000], again[20000];
    static unsigned char bytes[100000];
    for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
        for (uint32_t layers = 1; layers <= 3; layers++)
            for (uint32_t loss = 0; rnn_loss_name(loss); loss++) {
                struct rnn_config out = rnn_config_default(), in = rnn_config_default();
                out.cell = cell;
                out.layers = layers;
                out.units = 5;
                out.features = 3;
                out.loss = loss;
                out.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 4 : 1;
                out.activation = cell == RNN_SIMPLE_RNN && layers == 3;
                out.return_sequences = layers == 2;
                in.return_sequences = 1; /* the file has 0 */
                const size_t count = rnn_parameter_count(&out);
                size_t written = 0, needed = 0;
                for (size_t i = 0; i < count; i++) weights[i] = (rnn_real)i / 7 - 9;
                weights[0] = (rnn_real)-0.0;
                CHECK_EQUAL(rnn_npz_write(&out, weights, NULL, NULL, 0, &needed), RNN_ERROR_BLOCK);
                memset(bytes, '#', sizeof bytes);
                CHECK_EQUAL(rnn_npz_write(&out, weights, NULL, bytes, needed - 1, &written), RNN_ERROR_BLOCK);
                CHECK(written == needed && bytes[needed - 1] == '#');
                CHECK_EQUAL(rnn_npz_write(&out, weights, NULL, bytes, needed, &written), RNN_OK);
                CHECK(written == needed && bytes[needed] == '#');
                CHECK_EQUAL(rnn_weights_measure(bytes, written, &in, NULL), RNN_OK);
                CHECK(in.cell == cell && in.layers == layers && in.units == 5 && in.features == 3);
                CHECK(in.activation == out.activation);
                CHECK(in.loss == loss && in.outputs == out.outputs && in.return_sequences == out.return_sequences);
                CHECK_EQUAL(rnn_weights_read(bytes, written, &in, again, NULL), RNN_OK);
                CHECK(memcmp(again, weights, count * sizeof *weights) == 0);
                in.layers = layers % 3 + 1;
                CHECK_EQUAL(rnn_weights_read(bytes, written, &in, again, NULL), RNN_ERROR_SHAPE);
            }
    struct rnn_config out = rnn_config_default();
    CHECK_EQUAL(rnn_npz_write(NULL, weights, NULL, bytes, sizeof bytes, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_npz_write(&out, weights, NULL, NULL, 1, NULL), RNN_ERROR_ARGUMENT);
    rnn_real zero = 0;
    weights[3] = 1 / zero;
    CHECK_EQUAL(rnn_npz_write(&out, weights, NULL, bytes, sizeof bytes, NULL), RNN_ERROR_DATA);
    out.units = 0;
    CHECK_EQUAL(rnn_npz_write(&out, weights, NULL, bytes, sizeof bytes, NULL), RNN_ERROR_RANGE);
}

int main(void)
{
    TEST(test_plain);
    TEST(test_any_order_and_spelling);
    TEST(test_columns_first_and_doubles);
    TEST(test_metadata);
    TEST(test_what_is_not_said);
    TEST(test_headers);
    TEST(test_names);
    TEST(test_pytorch);
    TEST(test_numbered);
    TEST(test_numbered_dense);
    TEST(test_numbers_that_are_not_finite);
    TEST(test_zip);
    TEST(test_damage);
    TEST(test_every_kind);
    return check_report();
}
