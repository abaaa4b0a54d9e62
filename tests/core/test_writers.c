/* Every function that writes text or a file must write everything or nothing, and report the size it needs.
 *
 * Each capacity has a block of exactly that size, so that the address sanitizer finds the first byte beyond it. */
#include "rnn_files.h"
#include "support.h"

enum { PATTERN = 0xa5 };

/* Every kind of character that a JSON string escapes or carries as it is. */
static const struct rnn_note notes[] = {{"vocabulary", "the \"cat\" \\ \n \x01 \xc3\xa4 \xf0\x9f\x90\x88"},
                                        {"empty", ""},
                                        {NULL, NULL}};

/* A writer, as a function without other arguments. */
typedef enum rnn_status write_function(void *text, size_t capacity, size_t *written);

static struct rnn_config config;
static rnn_real parameters[256], x[8], y[4];
static struct rnn_dataset data = {.x = x, .y = y, .samples = 1, .timesteps = 4, .features = 2, .readouts = 4};

static enum rnn_status write_header(void *text, size_t capacity, size_t *written)
{
    const struct rnn_csv_shape shape = {1, 4, 2, 1, 0};
    return rnn_csv_write_header(&shape, text, capacity, written);
}

static enum rnn_status write_sample(void *text, size_t capacity, size_t *written)
{
    return rnn_csv_write_sample(&data, 0, text, capacity, written);
}

static enum rnn_status write_safetensors(void *file, size_t capacity, size_t *written)
{
    return rnn_safetensors_write(&config, parameters, notes, file, capacity, written);
}

static enum rnn_status write_npz(void *file, size_t capacity, size_t *written)
{
    return rnn_npz_write(&config, parameters, notes, file, capacity, written);
}

/* Reads a note back, which is a writer too. */
static enum rnn_status write_note(void *value, size_t capacity, size_t *written)
{
    static unsigned char file[1 << 16];
    size_t bytes = 0;
    CHECK_EQUAL(write_safetensors(file, sizeof file, &bytes), RNN_OK);
    return rnn_weights_note(file, bytes, notes[0].key, value, capacity, written, NULL);
}

static enum rnn_status write_summary(void *text, size_t capacity, size_t *written)
{
    return rnn_summary_write(&config, text, capacity, written);
}

static enum rnn_status write_program(void *text, size_t capacity, size_t *written)
{
    const struct rnn_optimizer optimizer = rnn_optimizer_default();
    const struct rnn_program program = {
        .framework = RNN_PYTORCH, .data = "d.csv", .weights = "w.npz", .fit = rnn_fit_options_default()};
    return rnn_program_write(&config, &optimizer, &program, text, capacity, written);
}

static bool is_untouched(const unsigned char *block, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (block[i] != PATTERN) return false;
    return true;
}

static unsigned char *block_with(size_t capacity)
{
    unsigned char *block = malloc(capacity ? capacity : 1);
    if (!block) abort();
    memset(block, PATTERN, capacity);
    return block;
}

static void check_writer(write_function *write)
{
    size_t needed = 0, written = 0;
    CHECK_EQUAL(write(NULL, 0, &needed), RNN_ERROR_BLOCK);
    CHECK(needed > 0);
    CHECK_EQUAL(write(NULL, needed, &written), RNN_ERROR_ARGUMENT);
    unsigned char *whole = block_with(needed);
    CHECK_EQUAL(write(whole, needed, &written), RNN_OK);
    CHECK_EQUAL(written, needed);
    for (size_t capacity = 0; capacity <= needed + 9; capacity++) {
        unsigned char *block = block_with(capacity);
        written = 0;
        CHECK_EQUAL(write(block, capacity, &written), capacity < needed ? RNN_ERROR_BLOCK : RNN_OK);
        CHECK_EQUAL(written, needed);
        if (capacity < needed) CHECK(is_untouched(block, capacity));
        if (capacity >= needed)
            CHECK(memcmp(block, whole, needed) == 0 && is_untouched(block + needed, capacity - needed));
        CHECK_EQUAL(write(block, capacity, NULL), capacity < needed ? RNN_ERROR_BLOCK : RNN_OK); /* written is NULL */
        free(block);
    }
    free(whole);
}

/* A number that cannot be written is found before anything is written. Files contain floats, for which a double may be too large. */
static void check_refusal(write_function *write, rnn_real *last)
{
    static const double wrong[] = {NAN, INFINITY, 1e39, -3.4028236e38};
    unsigned char *block = block_with(4096);
    const rnn_real was = *last;
    size_t written = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        *last = (rnn_real)wrong[i];
        CHECK_EQUAL(write(block, 4096, &written), RNN_ERROR_DATA);
        CHECK(is_untouched(block, 4096) && written == 77);
    }
    *last = was;
    CHECK_EQUAL(write(block, 4096, &written), RNN_OK);
    free(block);
}

int main(void)
{
    config = config_of(3, 4, 2, RNN_TANH);
    config.return_sequences = 1;
    const size_t count = rnn_parameter_count(&config);
    for (size_t i = 0; i < count; i++) parameters[i] = (rnn_real)i / 7 - 1;
    for (size_t i = 0; i < 8; i++) x[i] = (rnn_real)i / 3;
    for (size_t i = 0; i < 4; i++) y[i] = (rnn_real)(i % 2);
    static write_function *const writers[] = {write_header, write_sample,  write_safetensors, write_npz,
                                              write_note,   write_summary, write_program};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) check_writer(writers[i]);
    check_refusal(write_sample, &x[7]);
    check_refusal(write_sample, &y[3]);
    check_refusal(write_safetensors, &parameters[count - 1]);
    check_refusal(write_npz, &parameters[count - 1]);
    return check_report();
}
