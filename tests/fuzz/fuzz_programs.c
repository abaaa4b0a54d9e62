/* Any names of files and any template. A program must have the same code with any file names, each name must be one Python string
 * with that value, and a template must be filled in or rejected. A program must be written if all its numbers are in range, and
 * Python must read the same numbers from it.
 *
 * An input begins with a few bytes that choose the network and the optimizer. Then come, each terminated by NUL, the names of the
 * data, the validation data (empty: none) and the weights, and a template; then bytes that select numbers to take from the input,
 * and the bytes of these. */
#include "files/program.h"
#include "require.h"

/* ------------------------------------------------------------------------------------------------ inputs */

struct input {
    const uint8_t *at;
    size_t left;
};

static uint32_t take(struct input *input, uint32_t choices)
{
    if (input->left == 0) return 0;
    input->left--;
    return *input->at++ % choices;
}

static double take_one_of(struct input *input, const double *numbers, uint32_t count)
{
    return numbers[take(input, count)];
}

/* The next bytes; 0 if none are left. */
static void take_bytes(struct input *input, void *to, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) ((unsigned char *)to)[i] = (unsigned char)take(input, 256);
}

/* The text up to the next NUL or the end, in memory of exactly its size. */
static char *take_text(struct input *input)
{
    const uint8_t *end = input->left ? memchr(input->at, 0, input->left) : NULL;
    const size_t bytes = end ? (size_t)(end - input->at) : input->left;
    char *text = require_memory(bytes + 1);
    if (bytes) memcpy(text, input->at, bytes);
    text[bytes] = 0;
    input->at += bytes + (end ? 1 : 0);
    input->left -= bytes + (end ? 1 : 0);
    return text;
}

static void take_network(struct input *input, struct rnn_config *config, struct rnn_optimizer *optimizer,
                         struct rnn_program *program)
{
    static const double small[] = {0, 0.5, 1e-7, 0.9990000128746033}, large[] = {0, 1, 3.4028234663852886e38, 1e-45};
    *config = rnn_config_default();
    *optimizer = rnn_optimizer_default();
    config->cell = take(input, 3);
    config->activation = config->cell == RNN_SIMPLE_RNN ? take(input, 2) : RNN_TANH;
    config->loss = take(input, 3);
    config->outputs = config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 2 + take(input, 63) : 1;
    config->layers = 1 + take(input, 3);
    config->return_sequences = take(input, 2);
    config->l2 = take_one_of(input, large, 4);
    optimizer->method = take(input, 3);
    optimizer->nesterov = take(input, 2);
    optimizer->momentum = take_one_of(input, small, 4);
    optimizer->learning_rate = take_one_of(input, large, 4);
    if (take(input, 2))
        optimizer->clipvalue = take_one_of(input, large, 4);
    else
        optimizer->global_clipnorm = take_one_of(input, large, 4);
    program->framework = take(input, 2);
    program->validation_split = take_one_of(input, small, 4);
    program->fit = rnn_fit_options_default();
    program->fit.shuffle = take(input, 2);
    program->fit.validation_freq = take(input, 3);
    REQUIRE(rnn_config_check(config, NULL) == RNN_OK && rnn_optimizer_check(optimizer, NULL) == RNN_OK);
}

/* Arbitrary bits as doubles and whole numbers. Those that the input does not select keep their values. */
static void take_numbers(struct input *input, struct rnn_optimizer *optimizer, struct rnn_program *program)
{
    double *const doubles[] = {&optimizer->beta_1, &optimizer->beta_2,        &optimizer->epsilon,
                               &optimizer->rho,    &optimizer->learning_rate, &program->validation_split};
    uint32_t *const wholes[] = {&program->fit.epochs, &program->fit.batch_size, &program->fit.validation_freq,
                                &program->stride, &program->masks};
    const uint32_t some_doubles = take(input, 64), some_wholes = take(input, 32), names = take(input, 8);
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (some_doubles >> i & 1) take_bytes(input, doubles[i], sizeof *doubles[i]);
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (some_wholes >> i & 1) take_bytes(input, wholes[i], sizeof *wholes[i]);
    if (names & 1) program->data = NULL;
    if (names & 2) program->weights = NULL;
    if (program->validation_data && !(names & 4)) program->validation_split = 0;
}

/* The status that rnn_program_write must return with capacity 0, according to the ranges of rnn.h. */
static enum rnn_status expected_status(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                                       const struct rnn_program *program)
{
    const struct {
        enum rnn_quantity quantity;
        double value;
    } numbers[] = {{RNN_BETA_1, optimizer->beta_1},
                   {RNN_BETA_2, optimizer->beta_2},
                   {RNN_EPSILON, optimizer->epsilon},
                   {RNN_RHO, optimizer->rho},
                   {RNN_LEARNING_RATE, optimizer->learning_rate},
                   {RNN_VALIDATION_SPLIT, program->validation_split},
                   {RNN_EPOCHS, program->fit.epochs},
                   {RNN_BATCH_SIZE, program->fit.batch_size},
                   {RNN_EPOCHS, program->fit.validation_freq ? program->fit.validation_freq : 1}};
    if (!program->data || !program->weights) return RNN_ERROR_ARGUMENT;
    if (program->validation_data && program->validation_split > 0) return RNN_ERROR_ARGUMENT;
    if (program->stride && program->validation_split > 0) return RNN_ERROR_ARGUMENT;
    if (program->stride && program->masks) return RNN_ERROR_ARGUMENT;
    if (program->stride && config->loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY && !config->return_sequences)
        return RNN_ERROR_ARGUMENT; /* features is 1 here */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (rnn_range_check(numbers[i].quantity, numbers[i].value) != RNN_OK) return RNN_ERROR_RANGE;
    return RNN_ERROR_BLOCK;
}

/* ------------------------------------------------------------------------------------------------ Python */

/* The text of a mark is the double, and a float to Python. */
static void require_double(const char *mark, double value, const struct rnn_config *config,
                           const struct rnn_optimizer *optimizer, const struct rnn_program *program)
{
    char text[32] = {0};
    const struct rnni_template from = {mark, strlen(mark)};
    struct rnni_writer writer = {text, sizeof text - 1, 0};
    REQUIRE(rnni_program_fill(&writer, &from, config, optimizer, program) == RNN_OK);
    REQUIRE(rnni_put_end(&writer, NULL) == RNN_OK && strpbrk(text, ".e"));
    const double back = strtod(text, NULL);
    REQUIRE(memcmp(&back, &value, sizeof back) == 0);
}

/* The text of a program, terminated by NUL, which it does not contain. */
static char *write_program(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                           const struct rnn_program *program)
{
    size_t needed = 0, written = 0;
    REQUIRE(rnn_program_write(config, optimizer, program, NULL, 0, &needed) == RNN_ERROR_BLOCK);
    char *text = require_memory(needed - 1);
    REQUIRE(rnn_program_write(config, optimizer, program, text, needed - 1, &written) == RNN_ERROR_BLOCK);
    free(text);
    text = require_memory(needed);
    REQUIRE(rnn_program_write(config, optimizer, program, text, needed, &written) == RNN_OK && written == needed);
    char *ended = require_memory(needed + 1);
    memcpy(ended, text, needed);
    ended[needed] = 0;
    free(text);
    REQUIRE(strlen(ended) == needed);
    return ended;
}

/* The position after the string that begins at a quote. A string in single quotes must not contain a line end. */
static const char *string_end(const char *quote)
{
    const bool block = quote[1] == *quote && quote[2] == *quote;
    for (const char *at = quote + (block ? 3 : 1); *at; at++) {
        if (*at == '\\') {
            REQUIRE(*++at);
        } else if (*at == *quote && (!block || (at[1] == *quote && at[2] == *quote))) {
            return at + (block ? 3 : 1);
        } else {
            REQUIRE(block || (*at != '\n' && *at != '\r'));
        }
    }
    REQUIRE(false);
    return NULL;
}

/* The next string of a program, or its end. The text before it is code, whose brackets are counted. */
static const char *next_string(const char *at, char *open, size_t *depth, size_t most)
{
    for (; *at && *at != '"' && *at != '\''; at++) {
        if (*at == '#') {
            at = strchr(at, '\n');
            REQUIRE(at);
        } else if (strchr("([{", *at)) {
            REQUIRE(*depth < most);
            open[(*depth)++] = *at;
        } else if (strchr(")]}", *at)) {
            REQUIRE(*depth > 0);
            const char begin = open[--*depth];
            REQUIRE(begin == (*at == ')' ? '(' : *at == ']' ? '[' : '{'));
        }
    }
    return at;
}

/* The length of the character that begins here, computed from its code point; 0 if it is not valid. */
static size_t character_bytes(const unsigned char *at)
{
    if (*at < 0x80) return 1;
    const size_t bytes = *at >= 0xf0 ? 4 : *at >= 0xe0 ? 3 : 2;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t point = *at & (0x7fu >> bytes);
    if (*at < 0xc0 || *at > 0xf7) return 0;
    for (size_t i = 1; i < bytes; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        point = point << 6 | (at[i] & 0x3fu);
    }
    return point >= least[bytes] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? bytes : 0;
}

static unsigned hex(const char *digits)
{
    unsigned value = 0;
    for (int i = 0; i < 2; i++) {
        const char *digit = strchr("0123456789abcdef", digits[i]);
        REQUIRE(digits[i] && digit);
        value = 16 * value + (unsigned)(digit - "0123456789abcdef");
    }
    return value;
}

/* The string must have this name as its value in Python, which encodes file names according to PEP 383. */
static void require_means(const char *begin, const char *end, const char *name)
{
    const char *at = begin + 1;
    for (end--; at < end; name++) {
        unsigned meant;
        if (*at != '\\') {
            const size_t bytes = character_bytes((const unsigned char *)at);
            REQUIRE(bytes && (unsigned char)*at >= 0x20 && *at != 0x7f && bytes <= (size_t)(end - at));
            REQUIRE(strncmp(at, name, bytes) == 0);
            at += bytes;
            name += bytes - 1;
            continue;
        }
        if (at[1] == 'x') {
            meant = hex(at + 2);
            REQUIRE(meant < 0x80);
            at += 4;
        } else {
            REQUIRE(strncmp(at, "\\udc", 4) == 0);
            meant = hex(at + 4);
            REQUIRE(meant >= 0x80);
            at += 6;
        }
        REQUIRE(meant == (unsigned char)*name);
    }
    REQUIRE(at == end && *name == 0);
}

static bool is_npz(const char *name)
{
    const size_t bytes = strlen(name);
    return bytes > 4 && strcmp(name + bytes - 4, ".npz") == 0;
}

/* The same program with plain names differs only in the names. */
static void require_same_code(const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                              const struct rnn_program *program)
{
    struct rnn_program plain = *program;
    const char *const names[] = {program->data, program->validation_data, program->weights};
    const char *const others[] = {"plain.data", "plain.validation",
                                  is_npz(program->weights) ? "plain.npz" : "plain.st"};
    plain.data = others[0];
    plain.validation_data = program->validation_data ? others[1] : NULL;
    plain.weights = others[2];
    char *text = write_program(config, optimizer, program), *wanted = write_program(config, optimizer, &plain);
    char open[64], open_there[64];
    size_t depth = 0, depth_there = 0, found = 0;
    for (const char *at = text, *there = wanted;;) {
        const char *quote = next_string(at, open, &depth, sizeof open);
        const char *quote_there = next_string(there, open_there, &depth_there, sizeof open);
        REQUIRE(quote - at == quote_there - there && memcmp(at, there, (size_t)(quote - at)) == 0);
        if (!*quote) break;
        at = string_end(quote);
        there = string_end(quote_there);
        size_t which = 0;
        const size_t bytes = (size_t)(there - quote_there);
        while (which < 3 &&
               !(strlen(others[which]) == bytes - 2 && memcmp(quote_there + 1, others[which], bytes - 2) == 0))
            which++;
        if (which < 3) {
            found++;
            require_means(quote, at, names[which]);
        } else {
            REQUIRE((size_t)(at - quote) == bytes && memcmp(quote, quote_there, bytes) == 0);
        }
    }
    REQUIRE(depth == 0 && found == (program->validation_data ? 3 : 2));
    free(text);
    free(wanted);
}

/* ------------------------------------------------------------------------------------------------ templates */

/* A template is filled in twice, the first time only counted, with the same size; or rejected both times. */
static void require_filled(const char *template, const struct rnn_config *config, const struct rnn_optimizer *optimizer,
                           const struct rnn_program *program)
{
    const size_t bytes = strlen(template);
    char *exact = require_memory(bytes);
    if (bytes) memcpy(exact, template, bytes);
    const struct rnni_template from = {exact, bytes};
    struct rnni_writer counter = {NULL, 0, 0};
    enum rnn_status status = rnni_program_fill(&counter, &from, config, optimizer, program);
    REQUIRE(status == RNN_OK || status == RNN_ERROR_ARGUMENT);
    for (size_t missing = 0; missing < 2 && missing <= counter.written; missing++) {
        const size_t capacity = counter.written - missing;
        char *text = require_memory(capacity);
        struct rnni_writer writer = {text, capacity, 0};
        REQUIRE(rnni_program_fill(&writer, &from, config, optimizer, program) == status);
        REQUIRE(writer.written == counter.written);
        REQUIRE(rnni_put_end(&writer, NULL) == (missing ? RNN_ERROR_BLOCK : RNN_OK));
        free(text);
    }
    if (!memchr(exact, '$', bytes)) REQUIRE(status == RNN_OK && counter.written == bytes);
    free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    struct input rest = {input, bytes};
    struct rnn_config config;
    struct rnn_optimizer optimizer;
    struct rnn_program program;
    take_network(&rest, &config, &optimizer, &program);
    char *data = take_text(&rest), *validation = take_text(&rest), *weights = take_text(&rest);
    char *template = take_text(&rest);
    program.data = data;
    program.validation_data = *validation ? validation : NULL;
    program.weights = weights;
    take_numbers(&rest, &optimizer, &program);
    size_t needed = 0;
    const enum rnn_status status = rnn_program_write(&config, &optimizer, &program, NULL, 0, &needed);
    REQUIRE(status == expected_status(&config, &optimizer, &program));
    if (status == RNN_ERROR_BLOCK) {
        require_double("$beta_1$", optimizer.beta_1, &config, &optimizer, &program);
        require_double("$beta_2$", optimizer.beta_2, &config, &optimizer, &program);
        require_double("$epsilon$", optimizer.epsilon, &config, &optimizer, &program);
        require_double("$rho$", optimizer.rho, &config, &optimizer, &program);
        require_double("$learning_rate$", optimizer.learning_rate, &config, &optimizer, &program);
        require_double("$validation_split$", program.validation_split, &config, &optimizer, &program);
        require_same_code(&config, &optimizer, &program);
        require_filled(template, &config, &optimizer, &program);
    }
    free(data);
    free(validation);
    free(weights);
    free(template);
    return 0;
}
