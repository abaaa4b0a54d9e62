/* A template must be filled in correctly, and an invalid template must be rejected. tests/hosts tests what the programs do in Keras
 * and PyTorch, and tests/command/export.test.ts that JavaScript and the command write the same. */
#include "check.h"
#include "files/program.h"

#include <stdlib.h>
#include <string.h>

static struct rnn_config config;
static struct rnn_optimizer optimizer;
static struct rnn_program program;

static void reset(void)
{
    config = rnn_config_default();
    optimizer = rnn_optimizer_default();
    program = (struct rnn_program){.data = "d.csv", .weights = "w.npz", .fit = rnn_fit_options_default()};
}

static enum rnn_status fill_into(char *text, size_t capacity, const char *template, size_t bytes, size_t *written)
{
    struct rnni_writer writer = {text, capacity, 0};
    const struct rnni_template from = {template, bytes};
    const enum rnn_status status = rnni_program_fill(&writer, &from, &config, &optimizer, &program);
    return status == RNN_OK ? rnni_put_end(&writer, written) : status;
}

/* Fills in the template, which is in a block of exactly its size. Returns NULL if it is rejected. */
static const char *fill(const char *template)
{
    static char text[4096];
    const size_t bytes = strlen(template);
    char *copy = malloc(bytes ? bytes : 1);
    size_t needed = 0, written = 0;
    memcpy(copy, template, bytes);
    enum rnn_status status = fill_into(NULL, 0, copy, bytes, &needed);
    memset(text, '#', sizeof text);
    if (needed) CHECK_EQUAL(status, RNN_ERROR_BLOCK);
    if (needed) CHECK_EQUAL(fill_into(text, needed - 1, copy, bytes, &written), RNN_ERROR_BLOCK);
    if (status != RNN_ERROR_ARGUMENT) status = fill_into(text, needed, copy, bytes, &written);
    free(copy);
    if (status != RNN_OK) return NULL;
    CHECK(written == needed && text[needed] == '#');
    text[written] = 0;
    return text;
}

static void test_values(void)
{
    reset();
    CHECK_TEXT(fill("no mark\n"), "no mark\n");
    CHECK_TEXT(fill("$units$,$timesteps$,$features$,$outputs$,$layers$"), "32,10,1,1,1");
    CHECK_TEXT(fill("$cell$ $activation$ $loss$ $optimizer$ $metric$"),
               "simple_rnn tanh binary_crossentropy adam accuracy");
    CHECK_TEXT(fill("$learning_rate$ $beta_1$ $beta_2$ $epsilon$ $rho$"), "0.001 0.9 0.999 1e-07 0.9");
    CHECK_TEXT(fill("$epochs$ $batch_size$ $shuffle$ $l2$ $validation_split$"), "10 32 1 0.0 0.0");
    CHECK_TEXT(fill("$data$ $weights$ $validation_data$"), "\"d.csv\" \"w.npz\" \"\"");
    config.loss = RNN_MEAN_SQUARED_ERROR;
    config.l2 = 0.01;
    program.validation_split = 0.2;
    optimizer.learning_rate = 3e7;
    CHECK_TEXT(fill("$metric$ $l2$ $validation_split$ $learning_rate$"), "mean_absolute_error 0.01 0.2 30000000.0");
}

/* Python reads the same double that is used for training here, and reads it as a float, because Keras does not accept an integer as
 * a learning rate. */
static void test_doubles(void)
{
    reset();
    optimizer.beta_2 = 0.99999999999;
    program.validation_split = 1.0 / 3;
    optimizer.learning_rate = 1;
    optimizer.epsilon = 0.1;
    CHECK_TEXT(fill("$beta_2$ $validation_split$ $learning_rate$ $epsilon$"),
               "0.99999999999 0.3333333333333333 1.0 0.1");
    optimizer.learning_rate = 3.4028234663852886e38; /* the largest learning rate is the largest float */
    optimizer.epsilon = 5e-324;
    optimizer.beta_2 = 0.9990000128746033; /* a float converted to double */
    CHECK_TEXT(fill("$learning_rate$ $epsilon$ $beta_2$"), "3.4028234663852886e+38 5e-324 0.9990000128746033");
    optimizer.learning_rate = 1e16;
    CHECK_TEXT(fill("$learning_rate$ $units$ $epochs$ $validates$ $nesterov$"), "1e+16 32 10 1 0");
}

/* A Python string whose value is the name of the file, whatever that is. */
static void test_names_of_files(void)
{
    reset();
    program.data = "a\"b\\c\nd\x7f\xc3\xa9'";
    CHECK_TEXT(fill("$data$"), "\"a\\x22b\\x5cc\\x0ad\\x7f\xc3\xa9'\"");
    static const char *const names[][2] = {
        {"\xe6\x97\xa5\xf0\x9f\x8e\xb2\xf4\x8f\xbf\xbf", "\"\xe6\x97\xa5\xf0\x9f\x8e\xb2\xf4\x8f\xbf\xbf\""},
        {"a\xff"
         "b",
         "\"a\\udcffb\""}, /* Latin-1 */
        /* a continuation byte without a beginning, and a beginning without an end */
        {"\x80\xc3", "\"\\udc80\\udcc3\""},
        {"\xe6\x97", "\"\\udce6\\udc97\""},
        {"\xc3\"\n", "\"\\udcc3\\x22\\x0a\""},
        {"\xc0\xaf", "\"\\udcc0\\udcaf\""}, /* an overlong slash */
        {"\xe0\x9f\xbf", "\"\\udce0\\udc9f\\udcbf\""},
        {"\xf0\x8f\xbf\xbf", "\"\\udcf0\\udc8f\\udcbf\\udcbf\""},
        {"\xed\xa0\x80", "\"\\udced\\udca0\\udc80\""},            /* a surrogate */
        {"\xf4\x90\x80\x80", "\"\\udcf4\\udc90\\udc80\\udc80\""}, /* above the last code point */
        {"\xf5\x80\x80\x80", "\"\\udcf5\\udc80\\udc80\\udc80\""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *name = malloc(strlen(names[i][0]) + 1); /* nothing is read past its end */
        strcpy(name, names[i][0]);
        program.data = name;
        CHECK_TEXT(fill("$data$"), names[i][1]);
        program.data = "d.csv";
        free(name);
    }
}

static void test_what_holds(void)
{
    reset();
    CHECK_TEXT(fill("$?simple_rnn$yes\n$?gru$no\n$!gru$not\n"), "yes\nnot\n");
    CHECK_TEXT(fill("a$?tanh$b$;$c$?relu$d$;$e$!relu$f$;$g"), "abcefg");
    CHECK_TEXT(fill("a$?relu$b$;$$?tanh$c$;$$?relu$d$;$$?adam$e$;$\n"), "ace\n");
    CHECK_TEXT(fill("$?relu$a$?tanh$b$;$c\nd"), "d"); /* the whole line */
    CHECK_TEXT(fill("$?tanh$$?adam$a\n$?tanh$$?sgd$b\n$?sgd$$?tanh$c\nd\n"), "a\nd\n");
    CHECK_TEXT(fill("$?tanh$a$?sgd$b$;$c\n"), "ac\n");
    CHECK_TEXT(fill("x$?sgd$ to the end\ny"), "xy");
    CHECK_TEXT(fill(".$?npz$npz$;$ $?validates$v$;$$?validation_data$d$;$$?second_layer$2$;$$?third_layer$3$;$"),
               ".npz ");
    config.layers = 2;
    config.cell = RNN_LSTM;
    program.weights = "x.npz.safetensors";
    program.validation_data = "v.csv";
    CHECK_TEXT(
        fill(".$!npz$st$;$ $?validates$v$;$$?validation_data$d$;$$?second_layer$2$;$$?third_layer$3$;$$?lstm$l$;$"),
        ".st vd2l");
    program.validation_data = NULL;
    program.validation_split = 0.5;
    CHECK_TEXT(fill(".$?validates$v$;$$?validation_data$d$;$$?validation_split$s$;$."), ".vs.");
    program.weights = ".npz";
    CHECK_TEXT(fill("$!npz$no name\n"), "no name\n");
}

/* Parts that both templates have in common stand in files of their own, and are filled in too. */
static void test_parts(void)
{
    reset();
    program.stride = 24;
    const char *text = fill("a $?stride$b$;$ $stride$\n$?stride$$windows$c\n");
    CHECK(text && strncmp(text, "a b 24\nseries = ", 16) == 0 && strstr(text, ", 24)\n"));
    CHECK(text && !strchr(text, '$') && strcmp(text + strlen(text) - 3, "\nc\n") == 0);
    program.stride = 0;
    CHECK_TEXT(fill("a$?stride$b$;$\n$?stride$$windows$c\n$!stride$d\n"), "a\nd\n");
    CHECK(!fill("$?windows$a\n")); /* not a condition */
    text = fill("$tokens$$line_breaks$\n");
    CHECK(text && !strchr(text, '$') && strstr(text, "\n\\x0a\\x0d\\x85\\u2028-\\u2029\n"));
    CHECK(text && strstr(text, "\\uff5b-\\uff65\\U0001f000-\\U0001faff\""));
}

/* The data follow from the stride, the loss and the masks. */
static void test_kinds_of_data(void)
{
    static const char kinds[] = "$series$$text$$masks$$masked_targets$$one_hot$";
    reset();
    CHECK_TEXT(fill(kinds), "00000");
    program.masks = 1;
    CHECK_TEXT(fill(kinds), "00100");
    config.return_sequences = 1;
    config.features = 2;
    CHECK_TEXT(fill(kinds), "00111");
    program.masks = 0;
    program.stride = 1;
    CHECK_TEXT(fill(kinds), "10001");
    config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
    CHECK_TEXT(fill(kinds), "01001");
}

/* Each enum value has a name, and of the names of one enum only that of the chosen value is true. */
static void test_every_choice_is_known(void)
{
    const char *(*const names[])(uint32_t) = {rnn_cell_name, rnn_activation_name, rnn_loss_name, rnn_method_name};
    reset();
    for (size_t kind = 0; kind < sizeof names / sizeof *names; kind++)
        for (uint32_t i = 0; names[kind](i); i++) {
            char template[128];
            snprintf(template, sizeof template, ".$?%s$yes$;$$!%s$no$;$", names[kind](i), names[kind](i));
            CHECK_TEXT(fill(template), i == 0 ? ".yes" : ".no");
        }
}

/* Only a frequency above 1 is written: 0 and 1 mean every epoch. */
static void test_validation_freq(void)
{
    static const char template[] = "a$?validates$, v$?validation_freq$, f=$validation_freq$$;$$;$.\n"
                                   "$?validates$$!validation_freq$each\n$?validates$$?validation_freq$some\n";
    reset();
    program.fit.validation_freq = 5;
    CHECK_TEXT(fill(template), "a.\n");
    program.validation_split = 0.5;
    CHECK_TEXT(fill(template), "a, v, f=5.\nsome\n");
    for (program.fit.validation_freq = 0; program.fit.validation_freq < 2; program.fit.validation_freq++)
        CHECK_TEXT(fill(template), "a, v.\neach\n");
}

static void test_refused(void)
{
    reset();
    CHECK(!fill("$nothing$"));
    CHECK(!fill("$units"));
    CHECK(!fill("$"));
    CHECK(!fill("$$"));
    CHECK(!fill("$simple_rnn$")); /* a condition, not a value */
    CHECK(!fill("$?nothing$a\n"));
    CHECK(!fill("$!nothing$b\n"));
    CHECK(!fill("$?grru$a$;$"));
    CHECK(!fill("$?gr$a$;$"));
    CHECK(!fill("$?$a$;$"));
    CHECK(!fill("$?d.csv$a\n")); /* a file's name is not a condition */
    CHECK(!fill("$!w.npz$b\n"));
    size_t written = 77;
    char text[8];
    CHECK_EQUAL(rnn_program_write(NULL, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_program_write(&config, NULL, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, NULL, text, 8, &written), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, NULL, 8, &written), RNN_ERROR_ARGUMENT);
    program.data = NULL;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    program.data = "d.csv";
    program.weights = NULL;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    program.weights = "w.npz";
    program.framework = 2;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    program.framework = RNN_PYTORCH;
    program.validation_split = 1;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_RANGE);
    program.validation_split = 0.5;
    program.stride = 1; /* a series is not split by its windows */
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    program.validation_split = 0;
    program.masks = 1; /* nor are windows masked */
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    program.masks = 0;
    config.loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY; /* with classes it is a text, whose every token has a target */
    config.outputs = 3;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    config.return_sequences = 1;
    config.features = 2;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_ARGUMENT);
    program.stride = 0;
    config = rnn_config_default();
    optimizer.clipvalue = -1;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_RANGE);
    optimizer.clipvalue = 0;
    config.units = 0;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, 8, &written), RNN_ERROR_RANGE);
    CHECK_EQUAL(written, 77);
}

static enum rnn_status write_status(void)
{
    char text[8] = "unseen";
    size_t written = 77;
    const enum rnn_status status = rnn_program_write(&config, &optimizer, &program, text, sizeof text, &written);
    CHECK_TEXT(text, "unseen");
    CHECK_EQUAL(written == 77, status != RNN_ERROR_BLOCK);
    return status;
}

/* A program is written only for options that a fit of this library accepts. */
static void test_range_of_the_fit(void)
{
    static const uint32_t epochs[] = {0, 100001, UINT32_MAX}, batches[] = {0, 1025, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        reset();
        program.fit.epochs = epochs[i];
        CHECK_EQUAL(write_status(), RNN_ERROR_RANGE);
        reset();
        program.fit.batch_size = batches[i];
        CHECK_EQUAL(write_status(), RNN_ERROR_RANGE);
    }
    reset();
    program.fit.validation_freq = 100001;
    CHECK_EQUAL(write_status(), RNN_ERROR_RANGE);
    program.fit.validation_freq = UINT32_MAX;
    CHECK_EQUAL(write_status(), RNN_ERROR_RANGE);
    program.fit = (struct rnn_fit_options){.epochs = 100000, .batch_size = 1024, .validation_freq = 100000};
    CHECK_EQUAL(write_status(), RNN_ERROR_BLOCK);
    program.fit = (struct rnn_fit_options){.epochs = 1, .batch_size = 1, .validation_freq = 0};
    CHECK_EQUAL(write_status(), RNN_ERROR_BLOCK);
}

/* With both kinds of validation data it would be unclear which ones Python uses. */
static void test_one_validation(void)
{
    reset();
    program.validation_data = "v.csv";
    CHECK_EQUAL(write_status(), RNN_ERROR_BLOCK);
    program.validation_split = 0.5;
    CHECK_EQUAL(write_status(), RNN_ERROR_ARGUMENT);
    program.validation_data = NULL;
    CHECK_EQUAL(write_status(), RNN_ERROR_BLOCK);
}

static void check_framework(void)
{
    size_t needed = 0, written = 0;
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, NULL, 0, &needed), RNN_ERROR_BLOCK);
    char *text = malloc(needed);
    CHECK_EQUAL(rnn_program_write(&config, &optimizer, &program, text, needed, &written), RNN_OK);
    CHECK(written == needed && !memchr(text, '$', needed));
    free(text);
}

/* The committed templates have no unknown mark, for any network. */
static void test_frameworks(void)
{
    for (uint32_t framework = 0; rnn_framework_name(framework); framework++)
        for (uint32_t cell = 0; cell < RNN_DENSE; cell++)
            for (uint32_t method = 0; rnn_method_name(method); method++)
                for (uint32_t loss = 0; rnn_loss_name(loss); loss++)
                    for (uint32_t bits = 0; bits < 256; bits++) {
                        reset();
                        config.cell = cell;
                        config.activation = cell == RNN_SIMPLE_RNN ? bits & 1 : 0;
                        config.loss = loss;
                        config.outputs = loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 3 : 1;
                        config.layers = bits & 2 ? 3 : 1;
                        config.return_sequences = bits & 1;
                        config.l2 = bits & 4 ? 0.01 : 0;
                        optimizer.method = method;
                        optimizer.momentum = bits & 8 ? 0.5 : 0;
                        optimizer.nesterov = bits >> 3 & 1;
                        optimizer.clipvalue = bits & 16 ? 1 : 0;
                        optimizer.global_clipnorm = bits & 16 ? 0 : 1;
                        program.framework = framework;
                        program.fit.shuffle = bits & 2;
                        program.fit.validation_freq = bits & 8 ? 2 : 1;
                        program.validation_split = bits & 32 ? 0.5 : 0;
                        program.validation_data = bits & 4 && !(bits & 32) ? "v.csv" : NULL;
                        program.weights = bits & 16 ? "w.npz" : "w.safetensors";
                        program.stride = bits & 64 ? 3 : 0;
                        program.masks = bits >> 7;
                        const bool text = program.stride && loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY;
                        if (program.stride && (bits & 32 || program.masks || (text && !config.return_sequences)))
                            continue;
                        check_framework();
                    }
    CHECK(!rnn_framework_name(2));
}

/* Truncated anywhere, or with any one byte replaced by a dollar sign, a template is filled in or rejected, and never read past its
 * end. */
static void test_damage(void)
{
    static const char sound[] = "$?tanh$$!gru$a $units$ $?relu$b$;$$data$\n$?lstm$c\n$cell$$;$";
    char changed[sizeof sound];
    reset();
    for (size_t bytes = 0; bytes < sizeof sound; bytes++) {
        memcpy(changed, sound, sizeof sound);
        changed[bytes] = 0;
        fill(changed);
        memcpy(changed, sound, sizeof sound);
        if (bytes + 1 < sizeof sound) changed[bytes] = '$';
        fill(changed);
    }
    CHECK_TEXT(fill(sound), "a 32 \"d.csv\"\nsimple_rnn");
}

int main(void)
{
    TEST(test_values);
    TEST(test_doubles);
    TEST(test_names_of_files);
    TEST(test_what_holds);
    TEST(test_parts);
    TEST(test_kinds_of_data);
    TEST(test_every_choice_is_known);
    TEST(test_validation_freq);
    TEST(test_refused);
    TEST(test_range_of_the_fit);
    TEST(test_one_validation);
    TEST(test_frameworks);
    TEST(test_damage);
    return check_report();
}
