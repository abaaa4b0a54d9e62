/* Weights must survive a round trip through a safetensors file bit by bit, and every file that is not one must be rejected with the
 * reason.
 *
 * The files are assembled here from texts and floats, independently of rnn_safetensors_write, and copied into blocks of exactly
 * their size, so that the address sanitizer finds any byte read past the end. */
#include "weights_file.h"

struct file {
    unsigned char bytes[ROOM];
    size_t length, header; /* header: bytes before the data */
};

/* U = 2, F = 1: kernel 2, recurrent_kernel 4, bias 2, dense kernel 2, dense bias 1 numbers. */
#define KERNEL     "\"simple_rnn/kernel\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}"
#define RECURRENT  "\"simple_rnn/recurrent_kernel\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[8,24]}"
#define BIAS       "\"simple_rnn/bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}"
#define DENSE      "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[32,40]}"
#define DENSE_BIAS "\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[40,44]}"
#define METADATA(activation)                                                                                           \
    "\"__metadata__\":{\"cell\":\"simple_rnn\",\"activation\":\"" activation "\",\"loss\":\"binary_crossentropy\"}"
#define FOUR  RECURRENT "," BIAS "," DENSE "," DENSE_BIAS
#define PLAIN "{" KERNEL "," FOUR "}"

enum { NUMBERS = 11, DATA = 4 * NUMBERS };

static void put_number(struct file *file, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 4; i++) file->bytes[file->length++] = (unsigned char)(bits >> 8 * i);
}

/* A file with this header and its length, then the numbers 1, 2, 3 ... */
static struct file make(const char *header)
{
    struct file file = {.length = 8};
    size_t bytes = strlen(header);
    for (int i = 0; i < 8; i++) file.bytes[i] = (unsigned char)((uint64_t)bytes >> 8 * i);
    memcpy(file.bytes + 8, header, bytes);
    file.header = file.length = 8 + bytes;
    for (int i = 1; i <= NUMBERS; i++) put_number(&file, (float)i);
    return file;
}

static bool accepted(const char *header)
{
    struct file file = make(header);
    if (read_weights(file.bytes, file.length) == RNN_OK && config.units == 2 && config.features == 1) return true;
    printf("%s\nnot accepted: %s\n", header, diagnosis.text);
    return false;
}

static bool refused_file(const struct file *file, const char *message)
{
    enum rnn_status status = read_weights(file->bytes, file->length);
    if (status == RNN_ERROR_WEIGHTS && strcmp(diagnosis.text, message) == 0 && diagnosis.line == 0 &&
        diagnosis.column == 0 && diagnosis.offset <= file->length)
        return true;
    printf("status %d: %s\nexpected: %s\n", status, diagnosis.text, message);
    return false;
}

static bool refused(const char *header, const char *message)
{
    struct file file = make(header);
    return refused_file(&file, message);
}

/* The message for a header that must be rejected. */
static const char *refusal(const char *header)
{
    struct file file = make(header);
    return read_weights(file.bytes, file.length) == RNN_ERROR_WEIGHTS ? diagnosis.text : "(accepted)";
}

/* Checks the message for an invalid header, and the byte it names: `behind` is the text before that byte. */
static bool refused_behind(const char *header, const char *behind, const char *message)
{
    struct file file = make(header);
    const char *place = strstr(header, behind);
    if (!refused_file(&file, message)) return false;
    if (place && diagnosis.offset == 8 + (size_t)(place - header) + strlen(behind)) return true;
    printf("%s: at byte %zu\n", diagnosis.text, diagnosis.offset);
    return false;
}

/* ------------------------------------------------------------------------------------------------ accepted */

static bool counts_up(void)
{
    for (int i = 0; i < NUMBERS; i++)
        if (parameters[i] != i + 1) return false;
    return true;
}

static void test_plain(void)
{
    CHECK(accepted(PLAIN));
    CHECK(counts_up());
    CHECK(config.cell == RNN_SIMPLE_RNN && config.activation == RNN_TANH);
    CHECK(config.timesteps == rnn_config_default().timesteps && config.seed == rnn_config_default().seed);
}

static void test_metadata(void)
{
    CHECK(accepted("{" METADATA("relu") "," KERNEL "," FOUR "}"));
    CHECK(config.activation == RNN_RELU);
    CHECK(accepted("{" KERNEL "," FOUR "," METADATA("tanh") "}"));
    CHECK(config.activation == RNN_TANH);
    CHECK(accepted("{\"__metadata__\":{}," KERNEL "," FOUR "}"));
    CHECK(accepted("{\"__metadata__\":{\"format\":\"pt\",\"activation\":\"relu\"}," KERNEL "," FOUR "}"));
    CHECK(config.activation == RNN_RELU);
    CHECK(accepted("{\"__metadata__\":{\"features\":\"temperature,rain\"}," KERNEL "," FOUR "}"));
}

/* The order of tensors in the header and in the data is arbitrary. */
static void test_any_order(void)
{
    CHECK(accepted("{" DENSE_BIAS "," DENSE "," BIAS "," RECURRENT "," KERNEL "}"));
    CHECK(counts_up());
    CHECK(accepted("{\"dense/bias\":{\"data_offsets\":[0,4],\"shape\":[1],\"dtype\":\"F32\"},"
                   "\"simple_rnn/kernel\":{\"shape\":[1,2],\"dtype\":\"F32\",\"data_offsets\":[4,12]},"
                   "\"simple_rnn/bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[12,20]},"
                   "\"simple_rnn/recurrent_kernel\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[20,36]},"
                   "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[36,44]}}"));
    static const int expected[NUMBERS] = {2, 3, 6, 7, 8, 9, 4, 5, 10, 11, 1};
    for (int i = 0; i < NUMBERS; i++) CHECK(parameters[i] == expected[i]);
}

static void test_space_and_escapes(void)
{
    CHECK(accepted("{ \"simple_rnn/kernel\" :\t{\r\n\"dtype\" : \"F32\" , \"shape\" : [ 1 , 2 ] ,"
                   "\"data_offsets\":[0,8] } ," FOUR " }   "));
    CHECK(accepted("{\"simple_rnn\\/kernel\":{\"dtype\":\"\\u0046\\u00332\",\"shape\":[1,2],"
                   "\"data\\u005Foffsets\":[0,8]}," FOUR "}"));
    CHECK(
        accepted("{\"__metadata__\":{\"\\\"\\\\\\b\\f\\n\\r\\t\":\"\\ud83d\\ude00 \xf0\x9f\x98\x80 \xc3\xa9\"}," KERNEL
                 "," FOUR "}"));
}

#define KEY(text) "{\"__metadata__\":{\"" text "\":\"\"}," KERNEL "," FOUR "}"

/* The limits of the ranges of UTF-8 and of surrogates. */
static void test_ends_of_unicode(void)
{
    CHECK(accepted(KEY("\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xe1\x80\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf")));
    CHECK(accepted(KEY("\xf0\x90\x80\x80 \xf1\x80\x80\x80 \xf4\x8f\xbf\xbf \x7f")));
    CHECK(accepted(KEY("\\u0000 \\ud7ff \\ue000 \\uFFFF \\ud800\\udc00 \\uDBFF\\uDFFF \\u9aAf")));
    CHECK(accepted(KEY("\xf0\x9f\x98\x80")));
    CHECK_TEXT(refusal(KEY("\x80")), "expected UTF-8, got \"\\x80\"");
    CHECK_TEXT(refusal(KEY("\xc1\xbf")), "expected UTF-8, got \"\\xc1\"");
    CHECK_TEXT(refusal(KEY("\xf0\x8f\xbf\xbf")), "expected UTF-8, got \"\\xf0\"");
    CHECK_TEXT(refusal(KEY("\xf5\x80\x80\x80")), "expected UTF-8, got \"\\xf5\"");
    CHECK_TEXT(refusal(KEY("\xe1\x80\xc0")), "expected UTF-8, got \"\\xe1\"");
    CHECK_TEXT(refusal(KEY("\\udbff\\ue000")), "expected the second of a pair of surrogates, got \"\"\"");
    CHECK_TEXT(refusal(KEY("\\ud800\\udbff")), "expected the second of a pair of surrogates, got \"\"\"");
    CHECK_TEXT(refusal(KEY("\\ud800\\n")), "expected a pair of surrogates, got \"\\\"");
    CHECK_TEXT(refusal(KEY("\\ud800u")), "expected a pair of surrogates, got \"u\"");
    CHECK_TEXT(refusal(KEY("\\u00/0")), "expected four hexadecimal digits after \\u, got \"/\"");
    CHECK_TEXT(refusal(KEY("\\u00:0")), "expected four hexadecimal digits after \\u, got \":\"");
    CHECK_TEXT(refusal(KEY("\\u00@0")), "expected four hexadecimal digits after \\u, got \"@\"");
    CHECK_TEXT(refusal(KEY("\\u00G0")), "expected four hexadecimal digits after \\u, got \"G\"");
    CHECK_TEXT(refusal(KEY("\\u00`0")), "expected four hexadecimal digits after \\u, got \"`\"");
}

/* A name is recognized in any spelling with escapes. */
static void test_names_by_escapes(void)
{
    CHECK(accepted("{\"dense\\u002fbia\\u0073\":{\"dtype\":\"\\u0046\\u0033\\u0032\",\"shape\":[1],\"data_offsets\":["
                   "40,44]}," KERNEL "," RECURRENT "," BIAS "," DENSE "}"));
    CHECK(accepted("{\"__metadata__\":{\"ac\\u0074ivation\":\"r\\u0065l\\u0075\"}," KERNEL "," FOUR "}"));
    CHECK(config.activation == RNN_RELU);
    CHECK(accepted("{\"__metadata__\":{\"activ\\u006ation\":\"relu\"}," KERNEL "," FOUR "}"));
    CHECK(config.activation == RNN_TANH);
}

/* A header may be so long that the file begins with "PK", as a ZIP does. The first four bytes distinguish the two. */
static void test_header_that_begins_like_a_zip(void)
{
    static const size_t header = 0x4b50;
    const struct file plain = make(PLAIN);
    unsigned char *long_file = malloc(8 + header + DATA);
    if (!long_file) abort();
    memset(long_file, 0, 8);
    memcpy(long_file, "PK", 2);
    memset(long_file + 8, ' ', header);
    memcpy(long_file + 8, plain.bytes + 8, plain.header - 8);
    memcpy(long_file + 8 + header, plain.bytes + plain.header, DATA);
    CHECK_EQUAL(read_weights(long_file, 8 + header + DATA), RNN_OK);
    for (int i = 0; i < NUMBERS; i++) CHECK(parameters[i] == i + 1);
    free(long_file);
}

/* ------------------------------------------------------------------------------------------------ refused */

static void test_lying_header_length(void)
{
    struct file file = make(PLAIN);
    char message[160];
    memset(file.bytes, 0xff, 8);
    snprintf(message, sizeof message,
             "the file is truncated, or is not safetensors: expected a header of 18446744073709551615 bytes, got %u",
             (unsigned)(file.length - 8));
    CHECK(refused_file(&file, message));
    memset(file.bytes, 0, 8);
    CHECK(refused_file(&file, "expected \"{\" at the start of the header, got the end of the header"));
    file = make(PLAIN);
    file.bytes[0]--;
    CHECK(refused_file(&file, "expected \",\" or \"}\", got the end of the header"));
    file.bytes[0] += 2;
    CHECK(refused_file(&file, "expected only spaces after the header's \"}\", got \"\\x00\""));
}

#define EXPECTED                                                                                                       \
    "expected simple_rnn/kernel, simple_rnn/recurrent_kernel, simple_rnn/bias, dense/kernel, dense/bias, for up to 3 " \
    "layers. If the network does not need this tensor, leave it out"

static void test_names(void)
{
    CHECK(refused(
        "{\"gru/kernel\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}," FOUR "}",
        "unknown tensor \"simple_rnn/recurrent_ker...\"; expected gru/kernel, gru/recurrent_kernel, gru/bias, "
        "dense/kernel, dense/bias, for up to 3 layers. If the network does not need this tensor, leave it out"));
    CHECK(refused("{" KERNEL "," FOUR ",\"extra\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[44,44]}}",
                  "unknown tensor \"extra\"; " EXPECTED));
    CHECK(refused("{" KERNEL "," FOUR ",\"simple_rnn/kernel\\u0000\":{}}",
                  "unknown tensor \"simple_rnn/kernel\\u0000\"; " EXPECTED));
    CHECK(refused("{\"a name of more bytes than any that matters, which is cut off where it is shown\":{}}",
                  "unknown tensor \"a name of more bytes tha...\"; " EXPECTED));
    CHECK(refused("{" FOUR "}", "simple_rnn/kernel: expected this tensor, got none"));
    CHECK(refused("{}", "simple_rnn/kernel: expected this tensor, got none"));
    CHECK(refused("{" KERNEL "," RECURRENT "," BIAS "," DENSE "}", "dense/bias: expected this tensor, got none"));
    CHECK(refused("{" KERNEL "," KERNEL "," FOUR "}", "simple_rnn/kernel: expected this tensor once"));
    CHECK(refused("{" METADATA("tanh") "," KERNEL "," FOUR "," METADATA("tanh") "}",
                  "expected __metadata__ once, got \"__metadata__\""));
}

#define KERNEL_IS(dtype, shape, offsets)                                                                               \
    "{\"simple_rnn/kernel\":{\"dtype\":" dtype ",\"shape\":" shape ",\"data_offsets\":" offsets "}," FOUR "}"

static void test_dtype(void)
{
    CHECK(refused(KERNEL_IS("\"F64\"", "[1,2]", "[0,8]"), "simple_rnn/kernel: expected dtype F32, got \"F64\""));
    CHECK(refused(KERNEL_IS("\"f32\"", "[1,2]", "[0,8]"), "simple_rnn/kernel: expected dtype F32, got \"f32\""));
    CHECK(refused(KERNEL_IS("7", "[1,2]", "[0,8]"), "expected a string, got \"7\""));
}

static void test_shapes(void)
{
    CHECK(refused(KERNEL_IS("\"F32\"", "[2]", "[0,8]"), "simple_rnn/kernel: expected a shape of 2 numbers, got 1"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[]", "[0,8]"), "simple_rnn/kernel: expected a shape of 2 numbers, got 0"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2,1]", "[0,8]"), "simple_rnn/kernel: expected a shape of 2 numbers, got 3"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,3]", "[0,8]"),
                  "simple_rnn/kernel: expected data_offsets 12 bytes apart, got 8"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,1]", "[0,4]"),
                  "simple_rnn/recurrent_kernel: expected shape (1, 1), got (2, 2)"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[0,2]", "[0,8]"), "simple_rnn/kernel: expected 1 to 64 features, got 0"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[65,2]", "[0,8]"), "simple_rnn/kernel: expected 1 to 64 features, got 65"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,0]", "[0,8]"), "simple_rnn/kernel: expected 1 to 512 units, got 0"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,513]", "[0,8]"), "simple_rnn/kernel: expected 1 to 512 units, got 513"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,18446744073709551615]", "[0,8]"),
                  "simple_rnn/kernel: expected 1 to 512 units, got 18446744073709551615"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,4294967298]", "[0,8]"),
                  "simple_rnn/kernel: expected 1 to 512 units, got 4294967298"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,18446744073709551616]", "[0,8]"), "expected a whole number below 2^64"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,-2]", "[0,8]"), "expected a whole number, got \"-\""));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2.0]", "[0,8]"), "expected \",\" or \"]\", got \".\""));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,02]", "[0,8]"), "expected a whole number without leading zeros"));
    CHECK(refused("{" KERNEL "," RECURRENT ",\"simple_rnn/bias\":{\"dtype\":\"F32\",\"shape\":[3],"
                  "\"data_offsets\":[24,36]}," DENSE "," DENSE_BIAS "}",
                  "simple_rnn/bias: expected shape (2,), got (3,)"));
    CHECK(refused("{" KERNEL "," RECURRENT "," BIAS ",\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[1,2],"
                  "\"data_offsets\":[32,40]}," DENSE_BIAS "}",
                  "dense/kernel: expected shape (2, 2), got (1, 2)"));
}

static void test_offsets(void)
{
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2]", "[8,0]"),
                  "simple_rnn/kernel: expected data_offsets that do not end before they begin"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2]", "[0]"), "simple_rnn/kernel: expected 2 data_offsets, begin and end"));
    CHECK(
        refused(KERNEL_IS("\"F32\"", "[1,2]", "[0,8,9]"), "simple_rnn/kernel: expected 2 data_offsets, begin and end"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2]", "[0,12]"),
                  "simple_rnn/kernel: expected data_offsets 8 bytes apart, got 12"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2]", "[18446744073709551607,18446744073709551615]"),
                  "simple_rnn/recurrent_kernel: leaves a gap after the tensor before it: expected data_offsets from 0, "
                  "got 8"));
    CHECK(refused(KERNEL_IS("\"F32\"", "[1,2]", "[4,12]"),
                  "simple_rnn/kernel: leaves a gap after the tensor before it: expected data_offsets from 0, got 4"));
    CHECK(refused("{" KERNEL "," RECURRENT "," DENSE "," DENSE_BIAS
                  ",\"simple_rnn/bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[20,28]}}",
                  "simple_rnn/bias: overlaps the tensor before it: expected data_offsets from 24, got 20"));
    CHECK(refused("{" KERNEL "," RECURRENT "," DENSE "," DENSE_BIAS
                  ",\"simple_rnn/bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                  "simple_rnn/bias: overlaps the tensor before it: expected data_offsets from 8, got 0"));
    CHECK(refused("{" KERNEL "," RECURRENT "," BIAS "," DENSE
                  ",\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[44,48]}}",
                  "dense/bias: leaves a gap after the tensor before it: expected data_offsets from 40, got 44"));
}

static void test_length_of_the_data(void)
{
    struct file file = make(PLAIN);
    file.length--;
    CHECK(refused_file(&file, "dense/bias: the file is truncated: expected 44 bytes after the header, got 43"));
    file.length += 2;
    CHECK(refused_file(&file, "expected the end of the file, got 1 trailing byte"));
    CHECK(diagnosis.offset == file.length - 1);
    file.length += 99;
    CHECK(refused_file(&file, "expected the end of the file, got 100 trailing bytes"));
}

static void test_json(void)
{
    CHECK(refused_behind("[]", "", "expected \"{\" at the start of the header, got \"[\""));
    CHECK(refused_behind(" {}", "", "expected \"{\" at the start of the header, got \" \""));
    CHECK(refused_behind("{", "{", "expected the name of a tensor, got the end of the header"));
    CHECK(refused_behind("{,}", "{", "expected the name of a tensor, got \",\""));
    CHECK(refused_behind("{" KERNEL ",}", KERNEL ",", "expected the name of a tensor, got \"}\""));
    CHECK(refused_behind("{" KERNEL " " BIAS "}", KERNEL " ", "expected \",\" or \"}\", got \"\"\""));
    CHECK(refused_behind("{" KERNEL "}x", KERNEL "}", "expected only spaces after the header's \"}\", got \"x\""));
    CHECK(refused_behind("{'a':1}", "{", "expected the name of a tensor, got \"'\""));
    CHECK(refused_behind("{\"dense/bias\" 1}", "\" ", "expected \":\", got \"1\""));
    CHECK(refused_behind("{\"dense/bias\":1}", ":", "expected \"{\", got \"1\""));
    CHECK(refused_behind("{\"dense/bias\":null}", ":", "expected \"{\", got \"n\""));
    CHECK(refused_behind("{\"dense/bias\":{}}", ":{", "expected a key, got \"}\""));
    CHECK(refused_behind("{\"dense/bias\":{\"type\":1}}", ":{\"",
                         "expected \"dtype\", \"shape\", \"data_offsets\", each once, got \"type\""));
    CHECK(refused_behind("{\"dense/bias\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", "\"F32\",\"",
                         "expected \"dtype\", \"shape\", \"data_offsets\", each once, got \"dtype\""));
    CHECK(refused_behind("{\"dense/bias\":{\"dtype\":\"F32\"}}", ":", "dense/bias: expected \"shape\", got none"));
    CHECK(refused_behind("{\"dense/bias\":{\"shape\":1}}", "shape\":", "expected \"[\", got \"1\""));
    CHECK(refused_behind("{\"dense/bias\":{\"shape\":[1,]}}", "[1,", "expected a whole number, got \"]\""));
    CHECK(refused_behind("{\"dense/bias\":{\"shape\":[1}}", "[1", "expected \",\" or \"]\", got \"}\""));
    CHECK(refused_behind("{\"dense/bias\":{\"shape\":[1e1]}}", "[1", "expected \",\" or \"]\", got \"e\""));
    CHECK(refused_behind("{\"dense/bias\":{\"shape\":[[1]]}}", "[", "expected a whole number, got \"[\""));
}

static void test_json_strings(void)
{
    CHECK(refused_behind("{\"a", "{\"a", "expected a closing quote, got the end of the header"));
    CHECK(refused_behind("{\"a\n\":1}", "{\"a", "expected no control character in a string, got \"\\x0a\""));
    CHECK(refused_behind("{\"\\x\":1}", "\\", "expected one of \"\\/bfnrtu after a backslash, got \"x\""));
    CHECK(refused_behind("{\"\\", "\\", "expected one of \"\\/bfnrtu after a backslash, got the end of the header"));
    CHECK(refused_behind("{\"\\u12g4\":1}", "u12", "expected four hexadecimal digits after \\u, got \"g\""));
    CHECK(refused_behind("{\"\\u12", "u12", "expected four hexadecimal digits after \\u, got the end of the header"));
    CHECK(refused_behind("{\"\\ud800\":1}", "ud800", "expected a pair of surrogates, got \"\"\""));
    CHECK(refused_behind("{\"\\udc00\":1}", "udc00", "expected a pair of surrogates, got \"\"\""));
    CHECK(refused_behind("{\"\\ud800\\u0041\":1}", "u0041", "expected the second of a pair of surrogates, got \"\"\""));
    CHECK(refused_behind("{\"\xff\":1}", "{\"", "expected UTF-8, got \"\\xff\""));
    CHECK(refused_behind("{\"\xc0\xaf\":1}", "{\"", "expected UTF-8, got \"\\xc0\""));
    CHECK(refused_behind("{\"\xe0\x9f\xbf\":1}", "{\"", "expected UTF-8, got \"\\xe0\""));
    CHECK(refused_behind("{\"\xed\xa0\x80\":1}", "{\"", "expected UTF-8, got \"\\xed\""));
    CHECK(refused_behind("{\"\xf4\x90\x80\x80\":1}", "{\"", "expected UTF-8, got \"\\xf4\""));
    CHECK(refused_behind("{\"\xe2\x82", "{\"", "expected UTF-8, got \"\\xe2\""));
}

static void test_bad_metadata(void)
{
    CHECK(refused("{\"__metadata__\":1," KERNEL "," FOUR "}", "expected \"{\" of __metadata__, got \"1\""));
    CHECK(refused("{\"__metadata__\":{\"epochs\":10}," KERNEL "," FOUR "}",
                  "expected a string as a value of __metadata__, got \"1\""));
    CHECK(refused("{\"__metadata__\":{\"a\":{}}," KERNEL "," FOUR "}",
                  "expected a string as a value of __metadata__, got \"{\""));
    CHECK(
        refused("{\"__metadata__\":{\"a\":\"b\",}," KERNEL "," FOUR "}", "expected a key of __metadata__, got \"}\""));
    CHECK(refused("{" METADATA("sigmoid") "," KERNEL "," FOUR "}",
                  "__metadata__: unknown activation \"sigmoid\"; expected tanh or relu"));
    static const char *const features[] = {"0", "65", "", "100", "-1", "x", "1 ", "1/", "6(", ":"};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        char header[400], message[100];
        snprintf(header, sizeof header, "{\"__metadata__\":{\"features\":\"%s\",\"cell\":\"dense\"}}", features[i]);
        snprintf(message, sizeof message, "__metadata__: expected 1 to 64 features, got \"%s\"", features[i]);
        CHECK(refused(header, message));
    }
    CHECK(refused("{\"__metadata__\":{\"cell\":\"rnn\"}," KERNEL "," FOUR "}",
                  "__metadata__: unknown cell \"rnn\"; expected simple_rnn or gru or lstm or dense"));
    CHECK(refused(
        "{\"__metadata__\":{\"cell\":\"lstm\"}," KERNEL "," FOUR "}",
        "unknown tensor \"simple_rnn/kernel\"; expected lstm/kernel, lstm/recurrent_kernel, lstm/bias, "
        "dense/kernel, dense/bias, for up to 3 layers. If the network does not need this tensor, leave it out"));
    CHECK(refused("{" KERNEL "," FOUR ",\"__metadata__\":{\"cell\":\"lstm\"}}",
                  "__metadata__: expected the cell that the tensors' names say, got \"lstm\""));
    CHECK(refused("{\"__metadata__\":{\"loss\":\"sparse_categorical_crossentropy\"}," KERNEL "," FOUR "}",
                  "dense/kernel: expected at least 2 outputs for sparse_categorical_crossentropy, got 1"));
    CHECK(refused("{\"__metadata__\":{\"return_sequences\":\"yes\"}," KERNEL "," FOUR "}",
                  "__metadata__: unknown return_sequences \"yes\"; expected false or true"));
    CHECK(refused(
        "{\"__metadata__\":{\"loss\":\"mse\"}," KERNEL "," FOUR "}",
        "__metadata__: unknown loss \"mse\"; expected binary_crossentropy or sparse_categorical_crossentropy or "
        "mean_squared_error"));
    CHECK(refused("{\"__metadata__\":{\"loss\":\"binary_crossentropy\",\"loss\":\"binary_crossentropy\"}}",
                  "expected each key of __metadata__ once, got \"loss\""));
}

#define TENSOR(name, shape, begin, end)                                                                                \
    "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":[" #begin "," #end "]}"
#define NUMBERED                                                                                                       \
    "{" TENSOR("arr_0", "[1,2]", 0, 8) "," TENSOR("arr_1", "[2,2]", 8, 24) "," TENSOR(                                 \
        "arr_2", "[2]", 24, 32) "," TENSOR("arr_3", "[2,1]", 32, 40) "," TENSOR("arr_4", "[1]", 40, 44)
#define PYTORCH                                                                                                        \
    "{" TENSOR("rnn.weight_ih_l0", "[1,6]", 0, 24) "," TENSOR("rnn.weight_hh_l0", "[1,1]", 24, 28) "," TENSOR(         \
        "rnn.bias_ih_l0", "[1]", 28, 32) "," TENSOR("rnn.bias_hh_l0", "[1]", 32,                                       \
                                                    36) "," TENSOR("fc.weight", "[1,1]", 36,                           \
                                                                   40) "," TENSOR("fc.bias", "[1]", 40, 44)
#define NAMED                                                                                                          \
    "{" TENSOR("enc/kernel", "[1,2]", 0, 8) "," TENSOR("enc/recurrent_kernel", "[2,2]", 8, 24) "," TENSOR(             \
        "enc/bias", "[2]", 24, 32) "," DENSE "," DENSE_BIAS
#define IS_DENSE ",\"__metadata__\":{\"cell\":\"dense\"}}"

/* A config that is dense says nothing of the file: its network is what the same file says to any other config. */
static void test_from_a_dense_config(void)
{
    static const char *const recurrent[] = {PLAIN, NUMBERED "}", PYTORCH "}", NAMED "}"};
    for (size_t i = 0; i < sizeof recurrent / sizeof *recurrent; i++) {
        const struct file file = make(recurrent[i]);
        struct rnn_config before = rnn_config_default();
        before.cell = RNN_DENSE;
        before.activation = RNN_RELU;
        CHECK_EQUAL(rnn_weights_measure(file.bytes, file.length, &before, &diagnosis), RNN_OK);
        CHECK_EQUAL(before.cell, RNN_SIMPLE_RNN);
    }
}

/* Two Dense layers: 3 inputs, 2 units. */
#define TWO_DENSE                                                                                                      \
    TENSOR("dense/kernel", "[3,2]", 0, 24)                                                                             \
    "," TENSOR("dense/bias", "[2]", 24, 32) "," TENSOR("dense_1/kernel", "[2,1]", 32,                                  \
                                                       40) "," TENSOR("dense_1/bias", "[1]", 40, 44) "}"

static void test_bad_dense_networks(void)
{
#define DENSE_LAYERS_ALONE                                                                                             \
    "__metadata__ says dense: expected 2 to 4 Dense layers and no other layer. Name them as Keras does: "              \
    "dense/kernel, "                                                                                                   \
    "dense/bias, dense_1/kernel, dense_1/bias"
    const struct file two = make("{" TWO_DENSE);
    CHECK_EQUAL(read_weights(two.bytes, two.length), RNN_OK);
    CHECK(config.cell == RNN_DENSE && config.features == 1 && config.timesteps == 3);
    CHECK(refused("{\"__metadata__\":{\"cell\":\"dense\",\"features\":\"2\"}," TWO_DENSE,
                  "dense/kernel: expected a multiple of 2 rows, the number of features in __metadata__, got 3"));
    CHECK(refused(NUMBERED IS_DENSE, DENSE_LAYERS_ALONE));
    CHECK(refused(PYTORCH IS_DENSE, DENSE_LAYERS_ALONE));
    CHECK(refused(NAMED IS_DENSE, DENSE_LAYERS_ALONE));
    CHECK(refused("{" DENSE "," DENSE_BIAS IS_DENSE, DENSE_LAYERS_ALONE));
    CHECK(refused("{\"__metadata__\":{\"cell\":\"dense\"}," TENSOR("hidden/kernel", "[3,2]", 0, 24) "," TENSOR(
                      "hidden/bias", "[2]", 24, 32) "," TENSOR("out/kernel", "[2,1]", 32, 40) "}",
                  DENSE_LAYERS_ALONE));
    CHECK(refused("{" TENSOR("dense/bias", "[1]", 0, 4) "," TENSOR("dense_1/bias", "[1]", 4, 8) "," TENSOR(
                      "dense_2/bias", "[1]", 8, 12) "," TENSOR("dense_3/bias", "[1]", 12,
                                                               16) "," TENSOR("dense_4/bias", "[1]", 16, 20) "}",
                  "expected at most 4 Dense layers, got \"dense_4/bias\""));
    CHECK(
        refused("{" TENSOR("0.weight", "[2,3]", 0, 24) "," TENSOR("0.bias", "[2]", 24, 32) "," TENSOR(
                    "2.weight", "[1,2]", 32, 40) "," TENSOR("2.bias", "[1]", 40, 44) "}",
                "expected one Linear layer, got \"2.weight\". Two without an activation between them equal one layer: "
                "multiply their kernels. In a dense network, name them as Keras does: dense/kernel, dense_1/kernel"));
    CHECK(refused(
        "{" TENSOR("rnn.weight_ih_l0", "[1,6]", 0, 24) "," TENSOR("rnn.weight_hh_l0", "[0,3]", 24, 24) "," TENSOR(
            "rnn.bias_ih_l0", "[1]", 24, 28) "," TENSOR("rnn.bias_hh_l0", "[1]", 28,
                                                        32) "," TENSOR("fc.weight", "[1,1]", 32,
                                                                       36) "," TENSOR("fc.bias", "[1]", 36, 40) "}",
        "weight_hh_l0: expected 1, 3 or 4 gates of (units, units), got (0, 3)"));
}

static void test_numbers_that_are_not_finite(void)
{
    static const uint32_t bits[] = {0x7f800000u, 0xff800000u, 0x7fc00000u, 0x7f800001u, 0xffffffffu};
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        struct file file = make(PLAIN);
        for (int k = 0; k < 4; k++) file.bytes[file.header + 4 * 4 + (size_t)k] = (unsigned char)(bits[i] >> 8 * k);
        CHECK(refused_file(&file, "simple_rnn/recurrent_kernel: expected finite numbers, got NaN or infinity at "
                                  "index 2"));
        CHECK(diagnosis.offset == file.header + 16);
    }
}

static void test_arguments(void)
{
    struct file file = make(PLAIN);
    struct rnn_config other = rnn_config_default();
    CHECK(rnn_weights_measure(NULL, 8, &other, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_weights_measure(file.bytes, file.length, NULL, NULL) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_weights_measure(file.bytes, file.length - 1, &other, NULL) == RNN_ERROR_WEIGHTS);
    CHECK(other.units == rnn_config_default().units);
    CHECK(rnn_weights_read(file.bytes, file.length, &other, parameters, NULL) == RNN_ERROR_SHAPE);
    CHECK(rnn_weights_read(file.bytes, file.length, &other, NULL, NULL) == RNN_ERROR_ARGUMENT);
}

/* ------------------------------------------------------------------------------------------------ round trip */

static void test_round_trip_to_the_bit(void)
{
    static const uint32_t extents[][2] = {{1, 1}, {32, 1}, {3, 5}, {7, 64}, {40, 2}};
    static rnn_real weights[ROOM];
    static unsigned char file[5 * ROOM];
    uint32_t state = 7;
    for (size_t i = 0; i < ROOM; i++) {
        state = state * 1664525u + 1013904223u;
        weights[i] = (rnn_real)((float)(int32_t)state * 0x1p-33f);
    }
    weights[0] = (rnn_real)-0.0;
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++)
        for (uint32_t activation = 0; rnn_activation_name(activation); activation++) {
            struct rnn_config out = rnn_config_default();
            out.units = extents[i][0];
            out.features = extents[i][1];
            out.activation = activation;
            size_t count = rnn_parameter_count(&out), needed = 0, bytes = 0;
            CHECK(rnn_safetensors_write(&out, weights, NULL, NULL, 0, &needed) == RNN_ERROR_BLOCK);
            memset(file, '#', sizeof file);
            CHECK(rnn_safetensors_write(&out, weights, NULL, file, needed - 1, &bytes) == RNN_ERROR_BLOCK);
            CHECK(bytes == needed && file[needed - 1] == '#');
            CHECK(rnn_safetensors_write(&out, weights, NULL, file, needed, &bytes) == RNN_OK);
            CHECK(bytes == needed && (needed - 4 * count) % 8 == 0 && file[needed] == '#');
            CHECK(read_weights(file, needed) == RNN_OK);
            CHECK(config.units == out.units && config.features == out.features && config.activation == activation);
            CHECK(memcmp(parameters, weights, count * sizeof *weights) == 0);
        }
}

/* The config and all bits of every kind of network are restored. */
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
                out.return_sequences = layers == 2;
                size_t count = rnn_parameter_count(&out), written = 0;
                for (size_t i = 0; i < count; i++) weights[i] = (rnn_real)i / 7 - 9;
                CHECK(rnn_safetensors_write(&out, weights, NULL, bytes, sizeof bytes, &written) == RNN_OK);
                CHECK(rnn_weights_measure(bytes, written, &in, NULL) == RNN_OK);
                CHECK(in.cell == cell && in.layers == layers && in.units == 5 && in.features == 3);
                CHECK(in.loss == loss && in.outputs == out.outputs && in.return_sequences == out.return_sequences);
                CHECK(rnn_weights_read(bytes, written, &in, again, NULL) == RNN_OK);
                CHECK(memcmp(again, weights, count * sizeof *weights) == 0);
                in.layers = layers % 3 + 1;
                CHECK(rnn_weights_read(bytes, written, &in, again, NULL) == RNN_ERROR_SHAPE);
            }
}

/* Compares all bytes, so that a change of the written format is noticed. */
static void test_what_is_written(void)
{
    static const char header[] = "{\"__metadata__\":{\"activation\":\"relu\",\"cell\":\"simple_rnn\",\"loss\":"
                                 "\"binary_crossentropy\"}," KERNEL "," FOUR "}";
    struct file expected = make(header);
    rnn_real weights[NUMBERS];
    unsigned char file[ROOM];
    size_t bytes, padding = (8 - expected.header % 8) % 8;
    for (int i = 0; i < NUMBERS; i++) weights[i] = (rnn_real)(i + 1);
    struct rnn_config out = rnn_config_default();
    out.units = 2;
    out.activation = RNN_RELU;
    CHECK(rnn_safetensors_write(&out, weights, NULL, file, sizeof file, &bytes) == RNN_OK);
    CHECK(bytes == expected.length + padding);
    CHECK(file[0] + 256 * file[1] == (int)(expected.header - 8 + padding));
    CHECK(memcmp(file + 8, header, sizeof header - 1) == 0);
    for (size_t i = 0; i < padding; i++) CHECK(file[expected.header + i] == ' ');
    CHECK(memcmp(file + expected.header + padding, expected.bytes + expected.header, DATA) == 0);
    rnn_real zero = 0;
    weights[3] = 1 / zero;
    CHECK(rnn_safetensors_write(&out, weights, NULL, file, sizeof file, &bytes) == RNN_ERROR_DATA);
    out.units = 0;
    CHECK(rnn_safetensors_write(&out, weights, NULL, file, sizeof file, &bytes) == RNN_ERROR_RANGE);
}

/* ------------------------------------------------------------------------------------------------ notes */

static const char *note_of(const unsigned char *file, size_t bytes, const char *key)
{
    static char value[256];
    size_t length = 0;
    CHECK(rnn_weights_note(file, bytes, key, value, sizeof value - 1, &length, NULL) == RNN_OK);
    value[length] = 0;
    return value;
}

/* The escapes are those of JSON, written out by hand; the values come back. */
static void test_notes(void)
{
    static const struct rnn_note notes[] = {
        {"vocabulary", "the \"cat\" \\ \n\x01 \xc3\xa4 \xf0\x9f\x90\x88"}, {"other", ""}, {NULL, NULL}};
    static const char json[] = "\"binary_crossentropy\",\"vocabulary\":\"the \\\"cat\\\" \\\\ \\u000a\\u0001 \xc3\xa4 "
                               "\xf0\x9f\x90\x88\",\"other\":\"\"}";
    rnn_real weights[NUMBERS] = {0};
    unsigned char file[ROOM];
    size_t bytes = 0;
    struct rnn_config out = rnn_config_default();
    out.units = 2;
    CHECK(rnn_safetensors_write(&out, weights, notes, file, sizeof file, &bytes) == RNN_OK);
    CHECK(strstr((const char *)file + 8, json) != NULL);
    CHECK_TEXT(note_of(file, bytes, "vocabulary"), notes[0].value);
    CHECK_TEXT(note_of(file, bytes, "other"), "");
    CHECK_TEXT(note_of(file, bytes, "none"), "");
    CHECK_TEXT(note_of(file, bytes, "cell"), "simple_rnn");
    CHECK(read_weights(file, bytes) == RNN_OK && config.units == 2);
}

/* Other programs write other escapes of the same characters. */
static void test_notes_of_others(void)
{
    struct file made = make("{\"__metadata__\":{\"n\":\"\\u00e4\\ud83d\\udc08\\/\\t\\u20ac\"}," KERNEL "," FOUR "}");
    CHECK_TEXT(note_of(made.bytes, made.length, "n"), "\xc3\xa4\xf0\x9f\x90\x88/\t\xe2\x82\xac");
}

static void test_notes_that_are_refused(void)
{
    static const struct {
        struct rnn_note notes[3];
        enum rnn_status status;
    } cases[] = {
        {{{"cell", "gru"}}, RNN_ERROR_ARGUMENT},
        {{{"a", NULL}}, RNN_ERROR_ARGUMENT},
        {{{"a", "1"}, {"a", "2"}}, RNN_ERROR_ARGUMENT},
        {{{"a", "\xff"}}, RNN_ERROR_DATA},
        {{{"\xc3", "1"}}, RNN_ERROR_DATA},
        {{{"a", "\xc0\x80"}}, RNN_ERROR_DATA},
    };
    rnn_real weights[NUMBERS] = {0};
    unsigned char file[ROOM];
    struct rnn_config out = rnn_config_default();
    out.units = 2;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_EQUAL(rnn_safetensors_write(&out, weights, cases[i].notes, file, sizeof file, NULL), cases[i].status);
        CHECK_EQUAL(rnn_npz_write(&out, weights, cases[i].notes, file, sizeof file, NULL), cases[i].status);
    }
}

/* ------------------------------------------------------------------------------------------------ damage */

#define SOUND "{" METADATA("relu") "," KERNEL "," FOUR "}  "

static void test_truncated_at_every_byte(void)
{
    struct file file = make(SOUND);
    CHECK(read_weights(file.bytes, file.length) == RNN_OK);
    for (size_t bytes = 0; bytes < file.length; bytes++) {
        CHECK(read_weights(file.bytes, bytes) == RNN_ERROR_WEIGHTS);
        CHECK(strstr(diagnosis.text, "truncated"));
        CHECK(diagnosis.offset <= bytes);
    }
}

/* The same with a header length that matches the rest. */
static void test_header_cut_at_every_byte(void)
{
    static const char sound[] = SOUND;
    char header[sizeof sound];
    for (size_t bytes = 0; bytes < sizeof sound - 3; bytes++) {
        memcpy(header, sound, bytes);
        header[bytes] = 0;
        struct file file = make(header);
        CHECK(read_weights(file.bytes, file.length) == RNN_ERROR_WEIGHTS);
        CHECK(diagnosis.text[0] && diagnosis.offset <= file.length);
    }
}

static void test_a_byte_appended(void)
{
    struct file file = make(SOUND);
    for (int byte = 0; byte < 256; byte++) {
        file.bytes[file.length] = (unsigned char)byte;
        CHECK(read_weights(file.bytes, file.length + 1) == RNN_ERROR_WEIGHTS);
        CHECK(strstr(diagnosis.text, "1 trailing byte"));
    }
}

/* With one byte of the header replaced by any other, a file is rejected, unless the byte is white space or part of an ignored key
 * of the metadata. */
static void test_every_byte_changed(void)
{
    struct file sound = make("{" KERNEL "," FOUR "}");
    for (size_t at = 0; at < sound.length; at++)
        for (unsigned change = 1; change < 256; change++) {
            struct file file = sound;
            file.bytes[at] ^= (unsigned char)change;
            enum rnn_status status = read_weights(file.bytes, file.length);
            if (at < file.header) CHECK(status == RNN_ERROR_WEIGHTS);
            CHECK(status == RNN_OK || (status == RNN_ERROR_WEIGHTS && diagnosis.text[0]));
        }
}

int main(void)
{
    TEST(test_plain);
    TEST(test_metadata);
    TEST(test_header_that_begins_like_a_zip);
    TEST(test_any_order);
    TEST(test_space_and_escapes);
    TEST(test_ends_of_unicode);
    TEST(test_names_by_escapes);
    TEST(test_lying_header_length);
    TEST(test_names);
    TEST(test_dtype);
    TEST(test_shapes);
    TEST(test_offsets);
    TEST(test_length_of_the_data);
    TEST(test_json);
    TEST(test_json_strings);
    TEST(test_bad_metadata);
    TEST(test_from_a_dense_config);
    TEST(test_bad_dense_networks);
    TEST(test_numbers_that_are_not_finite);
    TEST(test_arguments);
    TEST(test_round_trip_to_the_bit);
    TEST(test_every_kind);
    TEST(test_what_is_written);
    TEST(test_notes);
    TEST(test_notes_of_others);
    TEST(test_notes_that_are_refused);
    TEST(test_truncated_at_every_byte);
    TEST(test_header_cut_at_every_byte);
    TEST(test_a_byte_appended);
    TEST(test_every_byte_changed);
    return check_report();
}
