/* Any sequence of calls of all browser modules, with right and wrong addresses, sizes and numbers, as JavaScript could make them.
 * Each call must return a status, an array in an answer must be inside a block, and after an error no block may have changed.
 *
 * The modules run natively here. Their addresses are 32-bit numbers, so the memory of wasm is replaced by an arena below 4 GiB, and
 * the address sanitizer watches everything in it that is not reserved. An input is a list of calls: a byte that selects the
 * function, then a few bytes for each of its arguments. */
#if !defined(__wasm__)
#define _GNU_SOURCE
#include <sys/mman.h>
#endif

#include "require.h"

#include <math.h>

/* ------------------------------------------------------------------------------------------------ memory */

enum { ARENA_BYTES = 1 << 20, WASM_PAGE = 1 << 16, FIRST_PAGES = 2 };

static unsigned char *arena;
static size_t arena_bytes; /* bytes requested so far */

static size_t memory_pages(void)
{
    return ((uintptr_t)arena + arena_bytes) / WASM_PAGE;
}

static size_t grow_memory(size_t pages)
{
    const size_t before = memory_pages();
    if (pages > (ARENA_BYTES - arena_bytes) / WASM_PAGE) return SIZE_MAX;
    arena_bytes += pages * WASM_PAGE;
    return before;
}

static bool find_arena(void)
{
#if defined(__wasm__)
    static _Alignas(WASM_PAGE) unsigned char memory[ARENA_BYTES];
    arena = memory;
#else
    void *const low = (void *)(uintptr_t)0x10000000;
    void *memory = mmap(low, ARENA_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || (uintptr_t)memory % WASM_PAGE || (uintptr_t)memory > UINT32_MAX - ARENA_BYTES)
        return false;
    arena = memory;
#endif
    return true;
}

/* What blocks.c asks of wasm and of its linker. NOLINTBEGIN(bugprone-reserved-identifier,bugprone-suspicious-include) */
#define __heap_base                               (*arena)
#define __builtin_wasm_memory_size(memory)        memory_pages()
#define __builtin_wasm_memory_grow(memory, pages) grow_memory(pages)
/* This program exports nothing: two modules have exports of one name. */
#define EXPORT(name)

#include "../../wasm/browser/blocks.c"
#include "../../wasm/browser/boundary.c"
#include "../../wasm/browser/network.c"
#include "../../wasm/browser/network_answers.c"
#include "../../wasm/browser/diagnosis.c"
#define answer_records       files_records
#define export_forecast_name files_forecast_name
#include "../../wasm/browser/files.c"
#undef answer_records
#undef export_forecast_name
#define answer_records data_records
#include "../../wasm/browser/data.c"
#include "../../wasm/browser/data_csv.c"
#include "../../wasm/browser/data_text.c"
#undef answer_records
/* NOLINTEND(bugprone-reserved-identifier,bugprone-suspicious-include) */

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, bytes)   ((void)(address), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(address, bytes) ((void)(address), (void)(bytes))
#endif

/* Only the blocks and their headers may be accessed. */
static void watch(void)
{
    ASAN_POISON_MEMORY_REGION(arena, ARENA_BYTES);
    for (struct header *header = blocks; header; header = header->next) {
        ASAN_UNPOISON_MEMORY_REGION(header, sizeof *header);
        ASAN_UNPOISON_MEMORY_REGION(header + 1, header->bytes);
    }
}

static void unwatch(void)
{
    ASAN_UNPOISON_MEMORY_REGION(arena, ARENA_BYTES);
}

/* ------------------------------------------------------------------------------------------------ inputs */

struct input {
    const uint8_t *at;
    size_t left;
};

static uint32_t take(struct input *input)
{
    if (input->left == 0) return 0;
    input->left--;
    return *input->at++;
}

static uint32_t take_word(struct input *input)
{
    uint32_t word = 0;
    for (int i = 0; i < 4; i++) word |= take(input) << 8 * i;
    return word;
}

/* The index-th block of a kind, or of any kind if there is none; 0 if there is no block at all. */
static uint32_t block_of(uint32_t index, enum block_kind kind)
{
    uint32_t count = 0, all = 0;
    for (struct header *header = blocks; header; header = header->next, all++) count += header->kind == kind;
    if (all == 0) return 0;
    index %= count ? count : all;
    for (struct header *header = blocks; header; header = header->next)
        if ((count == 0 || header->kind == kind) && index-- == 0) return (uint32_t)start_of(header);
    return 0;
}

/* An address that is usually the beginning of a block of the expected kind. */
static uint32_t take_address(struct input *input, enum block_kind kind)
{
    const uint32_t choice = take(input);
    if (choice < 176) return block_of(choice, kind);
    if (choice < 200) return block_of(choice, (enum block_kind)(choice % 4));
    if (choice < 224) return block_of(choice, kind) + take(input) * (choice % 2 ? 4 : 1);
    return choice < 240 ? 0 : take_word(input);
}

/* A number that is usually small. */
static uint32_t take_number(struct input *input)
{
    static const uint32_t others[] = {64,         65,         100,        127,      128,        512,        513,
                                      1000,       1001,       1024,       1025,     4096,       65535,      65536,
                                      100000,     100001,     99999,      1000000,  10000000,   10000001,   0x3fffffff,
                                      0x40000000, 0x7fffffff, 0x80000000, 1u << 20, 0x10000001, 0x20000001, 0x55555556,
                                      0xfffffff0, 0xfffffffe, 0xffffffff};
    const uint32_t choice = take(input);
    if (choice < 192) return choice % 48;
    return choice == 255 ? take_word(input) : others[choice % (sizeof others / sizeof *others)];
}

static double take_double(struct input *input)
{
    static const double others[] = {0,      1,      -1,     0.5,  0.25, 2,        3,         1e-7,         0.001,
                                    0.9,    0.999,  1.5,    10,   1000, 1e9,      1e300,     4294967295.0, 4294967296.0,
                                    0x1p53, 0x1p63, 0x1p64, -0.0, NAN,  INFINITY, -INFINITY, 5e-324};
    const uint32_t choice = take(input);
    return choice < 128   ? others[choice % (sizeof others / sizeof *others)]
           : choice < 192 ? (double)(choice % 48)
                          : (double)take_number(input);
}

/* The arguments of a call, with room for the largest number of each type. */
struct arguments {
    uint32_t whole[12];
    double number;
};

/* One letter per argument: an address of a m(odel), w(orkspace), f(it) or r(aw) block; n: a 32-bit number; d: a double. */
static struct arguments take_arguments(struct input *input, const char *letters)
{
    struct arguments a = {{0}, 0};
    for (size_t i = 0; letters[i]; i++) {
        if (letters[i] == 'm') a.whole[i] = take_address(input, BLOCK_MODEL);
        if (letters[i] == 'w') a.whole[i] = take_address(input, BLOCK_WORKSPACE);
        if (letters[i] == 'f') a.whole[i] = take_address(input, BLOCK_FIT);
        if (letters[i] == 'r') a.whole[i] = take_address(input, BLOCK_RAW);
        if (letters[i] == 'n') a.whole[i] = take_number(input);
        if (letters[i] == 'd') a.number = take_double(input);
    }
    return a;
}

/* ------------------------------------------------------------------------------------------------ calls */

/* Every export that returns a status: its name, its arguments, the record that it fills, and the call. */
#define STATUS_CALLS(CALL)                                                                                             \
    CALL(task_info, "n", "task", (w[0]))                                                                               \
    CALL(range, "n", "range", (w[0]))                                                                                  \
    CALL(range_check, "nd", "", (w[0], number))                                                                        \
    CALL(model_size, "r", "size", (w[0]))                                                                              \
    CALL(model_init, "rr", "", (w[0], w[1]))                                                                           \
    CALL(config, "m", "config", (w[0]))                                                                                \
    CALL(metric, "m", "size", (w[0]))                                                                                  \
    CALL(optimizer, "m", "optimizer", (w[0]))                                                                          \
    CALL(compile, "mr", "", (w[0], w[1]))                                                                              \
    CALL(set_learning_rate, "md", "", (w[0], number))                                                                  \
    CALL(tensor, "mn", "tensor", (w[0], w[1]))                                                                         \
    CALL(parameters, "m", "parameters", (w[0]))                                                                        \
    CALL(set_parameters, "mrn", "", (w[0], w[1], w[2]))                                                                \
    CALL(counters, "m", "counters", (w[0]))                                                                            \
    CALL(snapshot, "mrn", "", (w[0], w[1], w[2]))                                                                      \
    CALL(restore, "mrn", "", (w[0], w[1], w[2]))                                                                       \
    CALL(summary_size, "m", "size", (w[0]))                                                                            \
    CALL(summary, "mrn", "", (w[0], w[1], w[2]))                                                                       \
    CALL(workspace_size, "mnn", "size", (w[0], w[1], w[2]))                                                            \
    CALL(workspace_init, "rmnn", "", (w[0], w[1], w[2], w[3]))                                                         \
    CALL(validation_split, "nd", "size", (w[0], number))                                                               \
    CALL(fit_size, "mnnnnn", "size", (w[0], w[1], w[2], w[3], w[4], w[5]))                                             \
    CALL(fit_begin, "rmr", "", (w[0], w[1], w[2]))                                                                     \
    CALL(fit, "fmwd", "progress", (w[0], w[1], w[2], few(number)))                                                     \
    CALL(fit_batch, "fmrn", "size", (w[0], w[1], w[2], w[3]))                                                          \
    CALL(history, "f", "history", (w[0]))                                                                              \
    CALL(evaluate, "mwr", "metrics", (w[0], w[1], w[2]))                                                               \
    CALL(predict, "mwrr", "", (w[0], w[1], w[2], w[3]))                                                                \
    CALL(confusion, "mwrr", "", (w[0], w[1], w[2], w[3]))                                                              \
    CALL(gradient, "mwrr", "metrics", (w[0], w[1], w[2], w[3]))                                                        \
    CALL(gradient_check, "mwrn", "check", (w[0], w[1], w[2], w[3]))                                                    \
    CALL(backward_size, "mnn", "size", (w[0], w[1], w[2]))                                                             \
    CALL(backward, "rmrn", "backward", (w[0], w[1], w[2], w[3]))                                                       \
    CALL(step, "mr", "", (w[0], w[1]))                                                                                 \
    CALL(set_states, "mrr", "", (w[0], w[1], w[2]))                                                                    \
    CALL(generate, "mrndnnnnnr", "size", (w[0], w[1], w[2], number, w[4], w[5], w[6], w[7], w[8], w[9]))               \
    CALL(trace_size, "mn", "size", (w[0], w[1]))                                                                       \
    CALL(trace, "rmr", "trace", (w[0], w[1], w[2]))                                                                    \
    CALL(trace_layer, "n", "layer", (w[0]))                                                                            \
    CALL(contribution, "mnrrrrnr", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]))                               \
    CALL(terms, "mrr", "size", (w[0], w[1], w[2]))                                                                     \
    CALL(activate, "mnrn", "", (w[0], w[1], w[2], w[3]))                                                               \
    CALL(task, "nnnnnnrr", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]))                                       \
    CALL(task_targets, "nrnr", "size", (w[0], w[1], w[2], w[3]))                                                       \
    CALL(chance_band, "n", "band", (w[0]))                                                                             \
    CALL(targets, "rnn", "targets", (w[0], w[1], w[2]))                                                                \
    CALL(judge, "rnnrr", "", (w[0], w[1], w[2], w[3], w[4]))                                                           \
    CALL(dataset_hash, "rrnnnnr", "size", (w[0], w[1], w[2], w[3], w[4], w[5], w[6]))                                  \
    CALL(majority_share, "rn", "size", (w[0], w[1]))                                                                   \
    CALL(quantile, "rnd", "size", (w[0], w[1], number))                                                                \
    CALL(column_ranges, "rnnr", "", (w[0], w[1], w[2], w[3]))                                                          \
    CALL(csv_measure, "rn", "extents", (w[0], w[1]))                                                                   \
    CALL(csv_read, "rnnnnnnnrrr", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10]))             \
    CALL(csv_notes, "rnnrn", "", (w[0], w[1], w[2], w[3], w[4]))                                                       \
    CALL(dataset_notes, "rrnnnnrnnrn", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10]))        \
    CALL(csv_write_size, "rrnnnnr", "size", (w[0], w[1], w[2], w[3], w[4], w[5], w[6]))                                \
    CALL(csv_write, "rrnnnnrrn", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8]))                           \
    CALL(weights_measure, "rnr", "file", (w[0], w[1], w[2]))                                                           \
    CALL(weights_read, "rnrr", "", (w[0], w[1], w[2], w[3]))                                                           \
    CALL(weights_write, "rrnnrnrn", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]))                              \
    CALL(weights_note, "rnrnrn", "", (w[0], w[1], w[2], w[3], w[4], w[5]))                                             \
    CALL(series_note_read, "rn", "series", (w[0], w[1]))                                                               \
    CALL(series_column, "n", "column", (w[0]))                                                                         \
    CALL(series_note_write, "rrnrn", "", (w[0], w[1], w[2], w[3], w[4]))                                               \
    CALL(program, "rrrrnrn", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6]))                                           \
    CALL(table_measure, "rn", "table", (w[0], w[1]))                                                                   \
    CALL(table_column, "rnrn", "column", (w[0], w[1], w[2], w[3]))                                                     \
    CALL(table_missing, "rnrr", "", (w[0], w[1], w[2], w[3]))                                                          \
    CALL(table_read, "rnrrnnnrr", "report", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8]))                    \
    CALL(table_time, "rd", "time", (w[0], number))                                                                     \
    CALL(series_scales, "rnnr", "", (w[0], w[1], w[2], w[3]))                                                          \
    CALL(windows_count, "rrnn", "count", (w[0], w[1], w[2], w[3]))                                                     \
    CALL(windows_make, "rrrnnrrr", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]))                               \
    CALL(windows_score, "rrnnr", "score", (w[0], w[1], w[2], w[3], w[4]))                                              \
    CALL(task_text, "n", "task_text", (w[0]))                                                                          \
    CALL(probe_size, "n", "size", (w[0]))                                                                              \
    CALL(probe, "rrnrrnnrnr", "probe", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9]))                   \
    CALL(answers_by_step, "rnrnnrrnr", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8]))                     \
    CALL(scale_undo, "rrnr", "", (w[0], w[1], w[2], w[3]))                                                             \
    CALL(input_drive, "rnnnnr", "drive", (w[0], w[1], w[2], w[3], w[4], w[5]))                                         \
    CALL(baseline_size, "rr", "size", (w[0], w[1]))                                                                    \
    CALL(baseline_forecasts, "rrnnnnndrnr", "",                                                                        \
         (w[0], w[1], w[2], w[3], w[4], w[5], w[6], number, 1, w[8], w[9], w[10]))                                     \
    CALL(text_measure, "rnnn", "tokens", (w[0], w[1], w[2], w[3]))                                                     \
    CALL(vocabulary_build, "rnnnnrn", "vocabulary", (w[0], w[1], w[2], w[3], w[4], w[5], w[6]))                        \
    CALL(vocabulary_read, "rnnn", "vocabulary", (w[0], w[1], w[2], w[3]))                                              \
    CALL(text_encode, "rnnrr", "text", (w[0], w[1], w[2], w[3], w[4]))                                                 \
    CALL(text_decode, "rnrn", "", (w[0], w[1], w[2], w[3]))                                                            \
    CALL(text_sequences_measure, "rrnr", "sequences", (w[0], w[1], w[2], w[3]))                                        \
    CALL(text_sequences, "rrnrrrr", "", (w[0], w[1], w[2], w[3], w[4], w[5], w[6]))                                    \
    CALL(ngrams_size, "rnn", "size", (w[0], w[1], w[2]))                                                               \
    CALL(ngrams, "rnnrnrdr", "metrics", (w[0], w[1], w[2], w[3], w[4], w[5], number, w[7]))

/* Every export that returns a text for an index, or 0. */
/* clang-format off */
#define TEXT_CALLS(CALL) \
    CALL(framework_name) CALL(missing_name) CALL(forecast_name) CALL(baseline_name) CALL(token_unit_name) \
    CALL(text_form_name) CALL(record) CALL(status_name) CALL(status_text)
/* clang-format on */

enum call {
#define CALL(name, letters, record, arguments) CALL_##name,
    STATUS_CALLS(CALL)
#undef CALL
        CALLS
};

static const struct {
    const char *name, *letters, *record;
} CALL_OF[CALLS] = {
#define CALL(name, letters, record, arguments) [CALL_##name] = {#name, letters, record},
    STATUS_CALLS(CALL)
#undef CALL
};

/* Few enough updates to take no time. */
static double few(double budget)
{
    return budget > 3 ? 3 : budget;
}

static enum rnn_status dispatch(enum call call, const struct arguments *a)
{
    const uint32_t *w = a->whole;
    const double number = a->number;
    switch (call) {
#define CALL(name, letters, record, arguments)                                                                         \
    case CALL_##name:                                                                                                  \
        return export_##name arguments;
        STATUS_CALLS(CALL)
#undef CALL
    default:
        return RNN_OK;
    }
}

static void require_text(const char *text)
{
    if (text) REQUIRE(strlen(text) <= (size_t)RNN_VOCABULARY_MAXIMUM * RNN_TOKEN_BYTES);
}

static void ask_texts(uint32_t index)
{
#define CALL(name) require_text(export_##name(index));
    TEXT_CALLS(CALL)
#undef CALL
    require_text(export_name(index % 16, index / 16));
}

/* ------------------------------------------------------------------------------------------------ what must hold */

static bool is_record(const char *record, const char *name)
{
    const size_t bytes = strlen(name);
    return strncmp(record, name, bytes) == 0 && record[bytes] == ' ';
}

/* The fields of a record of any module. */
static const char *fields_of(const char *name)
{
    for (const char *const *record = answer_records; *record; record++)
        if (is_record(*record, name)) return *record + strlen(name);
    for (const char *const *record = files_records; *record; record++)
        if (is_record(*record, name)) return *record + strlen(name);
    for (const char *const *record = data_records; *record; record++)
        if (is_record(*record, name)) return *record + strlen(name);
    REQUIRE(false);
    return NULL;
}

/* The whole array is in one block and can be read. */
static void require_array(double address, double count, size_t size)
{
    REQUIRE(count >= 0 && count <= UINT32_MAX && count == floor(count));
    if (count == 0) return;
    REQUIRE(address > 0 && address <= UINT32_MAX && address == floor(address));
    const uint64_t begin = (uint64_t)address, end = begin + (uint64_t)count * size;
    struct header *header = blocks;
    while (header && !(begin >= start_of(header) && end <= start_of(header) + header->bytes)) header = header->next;
    REQUIRE(header && begin % size == 0);
}

/* Reads the answer area as JavaScript does, according to the record's text. */
static void require_answer(const char *name)
{
    const double *next = answer_area;
    for (const char *field = fields_of(name); *field;) {
        const size_t bytes = strcspn(++field, " ");
        const char *type = memchr(field, ':', bytes);
        field += bytes;
        REQUIRE(next < answer_area + ANSWER_NUMBERS);
        if (type && type[1] == 'f') {
            require_array(next[0], next[1], type[2] == '3' ? sizeof(float) : sizeof(double));
            next++;
        } else if (type) {
            REQUIRE(*next > 0);
            require_text((const char *)(uintptr_t)*next);
        }
        next++;
    }
    REQUIRE(next <= answer_area + ANSWER_NUMBERS);
}

/* The name must stay valid after the call, until JavaScript has copied it. */
static void require_tensor(const struct rnn_config *config, uint32_t index)
{
    struct rnn_tensor wanted;
    REQUIRE(rnn_tensor_of(config, index, &wanted) == RNN_OK);
    REQUIRE(strcmp((const char *)(uintptr_t)answer_area[0], wanted.name) == 0);
    REQUIRE(answer_area[4] == (double)wanted.offset && answer_area[5] == (double)wanted.count);
}

static uint32_t trace_block; /* the block of the latest trace */

/* The memory up to the end of the last block. */
static size_t used_bytes(void)
{
    size_t used = 0;
    for (struct header *header = blocks; header; header = header->next)
        used = (size_t)(start_of(header) + rounded(header->bytes) - (uintptr_t)arena);
    return used;
}

/* A rejected call changes nothing, except a fit that had begun to train, tokens before a logit that is not finite, data that are valid
 * up to some line, window or token, and the block of a baseline, of a vocabulary or of counts. */
static bool may_change(enum call call, enum rnn_status status)
{
    return status == RNN_OK || (call == CALL_fit && (status == RNN_DIVERGED || status == RNN_ERROR_DATA)) ||
           (call == CALL_generate && status == RNN_ERROR_DATA) || (call == CALL_csv_read && status == RNN_ERROR_CSV) ||
           call == CALL_table_read || call == CALL_windows_make || call == CALL_baseline_forecasts ||
           call == CALL_vocabulary_build || call == CALL_text_encode || call == CALL_text_sequences ||
           call == CALL_ngrams;
}

static enum rnn_status perform(enum call call, struct arguments a)
{
    static unsigned char before[ARENA_BYTES];
    const size_t used = used_bytes();
    unwatch();
    memcpy(before, arena, used);
    watch();
    const enum rnn_status status = dispatch(call, &a);
    REQUIRE((unsigned)status <= RNN_ERROR_TEXT);
    unwatch();
    if (!may_change(call, status) && memcmp(before, arena, used) != 0) {
        fprintf(stderr, "%s answered %s and wrote to a block\n", CALL_OF[call].name, rnn_status_name(status));
        REQUIRE(false);
    }
    watch();
    if (call == CALL_trace) trace_block = status == RNN_OK ? a.whole[0] : 0;
    if (call == CALL_trace_layer && !trace_block) return status;
    if (status == RNN_OK && *CALL_OF[call].record) require_answer(CALL_OF[call].record);
    if (status == RNN_ERROR_CSV || status == RNN_ERROR_WEIGHTS) require_answer("diagnosis");
    if (status == RNN_OK && call == CALL_tensor) require_tensor(config_at(a.whole[0]), a.whole[1]);
    return status;
}

/* ------------------------------------------------------------------------------------------------ reserving and writing */

static uint32_t reserve(double bytes)
{
    unwatch();
    const uint64_t address = (uintptr_t)export_reserve(bytes);
    REQUIRE(address % RNN_ALIGNMENT == 0 && address <= UINT32_MAX);
    if (address) REQUIRE(address + (uint64_t)bytes <= (uintptr_t)arena + arena_bytes);
    struct header *last = NULL;
    for (struct header *header = blocks; header; last = header, header = header->next)
        REQUIRE((uintptr_t)header >= (last ? start_of(last) + last->bytes : (uintptr_t)arena));
    watch();
    return (uint32_t)address;
}

static void release(uint32_t address)
{
    unwatch();
    const enum rnn_status status = export_release(address);
    REQUIRE(status == RNN_OK || status == RNN_ERROR_ARGUMENT);
    if (status == RNN_OK && address == trace_block) trace_block = 0;
    watch();
}

/* JavaScript writes only into raw blocks. */
static void poke(uint32_t address, const void *bytes, size_t count)
{
    void *place = block_span(address, count, 1);
    if (place) memcpy(place, bytes, count);
}

static uint32_t reserve_record(const double *numbers, size_t count)
{
    const uint32_t address = reserve((double)(count * sizeof *numbers));
    poke(address, numbers, count * sizeof *numbers);
    return address;
}

/* A small configuration, sometimes with one arbitrary number. */
static void take_config_numbers(struct input *input, double numbers[CONFIG_NUMBERS])
{
    const uint32_t cell = take(input), loss = take(input), extents = take(input), wrong = take(input);
    struct rnn_config config = rnn_config_default();
    config.cell = cell % 3;
    config.activation = config.cell ? RNN_TANH : cell / 3 % 2;
    config.layers = 1 + cell / 6 % 3;
    config.kernel_initializer = cell / 18 % 4;
    config.loss = loss % 3;
    config.outputs = config.loss == RNN_SPARSE_CATEGORICAL_CROSSENTROPY ? 2 + loss / 3 % 5 : 1;
    config.return_sequences = loss / 15 % 2;
    config.recurrent_initializer = loss / 30 % 4;
    config.l2 = loss / 120 ? 0.1 : 0;
    config.units = 1 + extents % 9;
    config.features = 1 + extents / 9 % 3;
    config.timesteps = 1 + extents / 27 % 9;
    put_config(numbers, &config);
    if (wrong % 4 == 1) numbers[wrong / 4 % CONFIG_NUMBERS] = take_double(input);
}

static void make_model(struct input *input)
{
    double numbers[CONFIG_NUMBERS];
    take_config_numbers(input, numbers);
    const uint32_t record = reserve_record(numbers, CONFIG_NUMBERS);
    if (perform(CALL_model_size, (struct arguments){{record}, 0}) == RNN_OK) {
        const uint32_t block = reserve(answer_area[0]);
        perform(CALL_model_init, (struct arguments){{block, record}, 0});
    }
    if (take(input) % 2) release(record);
}

static void make_workspace(struct input *input)
{
    const uint32_t model = take_address(input, BLOCK_MODEL), batch = take_number(input), timesteps = take_number(input);
    if (perform(CALL_workspace_size, (struct arguments){{model, batch, timesteps}, 0}) != RNN_OK) return;
    const uint32_t block = reserve(answer_area[0]);
    perform(CALL_workspace_init, (struct arguments){{block, model, batch, timesteps}, 0});
}

static void make_data(struct input *input)
{
    const uint32_t task = take(input) % 10, samples = 1 + take(input) % 12, timesteps = 2 + take(input) % 9;
    const struct rnn_task_info *info = rnn_task_info_of(task);
    const uint32_t x = reserve((double)samples * timesteps * info->features * sizeof(rnn_real));
    const uint32_t y = reserve((double)samples * timesteps * sizeof(rnn_real));
    perform(CALL_task, (struct arguments){{task, take(input), 0, samples, timesteps, x, y}, 0});
}

/* Numbers of a record, each small or arbitrary, some of them addresses. */
static void make_record(struct input *input)
{
    double numbers[20];
    const uint32_t count = take(input) % 21, addresses = take(input) | take(input) << 8 | take(input) << 16;
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = addresses >> i & 1 ? (double)take_address(input, BLOCK_RAW) : take_double(input);
    if (count) reserve_record(numbers, count);
}

/* The address of lengths, of which most are valid, or 0. */
static uint32_t make_lengths(struct input *input, uint32_t samples, uint32_t timesteps)
{
    if (take(input) % 2 || samples == 0 || samples > 48 || timesteps == 0) return 0;
    const uint32_t address = reserve((double)samples * sizeof(uint32_t));
    for (uint32_t i = 0; i < samples; i++) {
        const uint32_t choice = take(input), length = choice < 248 ? 1 + choice % timesteps : take_number(input);
        poke(address + 4 * i, &length, sizeof length);
    }
    return address;
}

/* Sequences with lengths and first states, and a cut, for one of the calls that take them. */
static void make_request(struct input *input)
{
    static const enum call calls[] = {CALL_evaluate,       CALL_predict,  CALL_confusion, CALL_gradient,
                                      CALL_gradient_check, CALL_backward, CALL_trace};
    const enum call call = calls[take(input) % (sizeof calls / sizeof *calls)];
    const uint32_t model = take_address(input, BLOCK_MODEL), workspace = take_address(input, BLOCK_WORKSPACE);
    const uint32_t x = take_address(input, BLOCK_RAW), y = take_address(input, BLOCK_RAW), given = take(input);
    const uint32_t samples = call == CALL_trace ? 1 : take_number(input), timesteps = take_number(input);
    const uint32_t last =
        call == CALL_gradient_check || call == CALL_backward ? take_number(input) : take_address(input, BLOCK_RAW);
    const double data[] = {x,
                           y,
                           samples,
                           timesteps,
                           call == CALL_trace ? 0 : make_lengths(input, samples, timesteps),
                           given % 2 ? take_address(input, BLOCK_RAW) : 0,
                           given / 2 % 4 ? 0 : take_address(input, BLOCK_RAW),
                           given / 8 % 4 == 3,
                           given / 32 % 4 ? 0 : take_number(input),
                           given / 128 ? take(input) % 4 : 0};
    const uint32_t record = reserve_record(data, sizeof data / sizeof *data);
    if (call != CALL_backward && call != CALL_trace) {
        perform(call, (struct arguments){{model, workspace, record, last}, 0});
        return;
    }
    const enum call measure = call == CALL_trace ? CALL_trace_size : CALL_backward_size;
    if (perform(measure, (struct arguments){{model, timesteps, samples}, 0}) != RNN_OK) return;
    const uint32_t block = reserve(answer_area[0]);
    perform(call, (struct arguments){{block, model, record, last}, 0});
}

static void make_fit(struct input *input)
{
    const uint32_t model = take_address(input, BLOCK_MODEL), x = take_address(input, BLOCK_RAW);
    const uint32_t y = take_address(input, BLOCK_RAW), samples = take_number(input), validation = take(input) % 4;
    const uint32_t timesteps = take_number(input), epochs = take_number(input), batch = take_number(input);
    const uint32_t lengths = make_lengths(input, samples, timesteps);
    const uint32_t rates = take(input) % 4, restores = take(input) % 2;
    const double plan[] = {x,
                           y,
                           samples,
                           timesteps,
                           lengths,
                           0,
                           0,
                           x,
                           y,
                           validation,
                           timesteps,
                           lengths,
                           0,
                           0,
                           epochs,
                           batch,
                           take(input) % 2,
                           take(input) % 3,
                           x,
                           rates,
                           take(input) % 6,
                           take(input) % 3,
                           restores,
                           take(input) / 8.0};
    const uint32_t record = reserve_record(plan, sizeof plan / sizeof *plan);
    if (perform(CALL_fit_size, (struct arguments){{model, samples, epochs, batch, rates, restores}, 0}) != RNN_OK)
        return;
    const uint32_t block = reserve(answer_area[0]);
    perform(CALL_fit_begin, (struct arguments){{block, model, record}, 0});
}

/* Restores a snapshot of the right size, possibly with a few bytes changed. */
static void make_snapshot(struct input *input)
{
    const uint32_t model = take_address(input, BLOCK_MODEL), other = take_address(input, BLOCK_MODEL);
    uint64_t bytes = 0;
    if (rnn_model_size(config_at(model), &bytes) != RNN_OK) return;
    const uint32_t block = reserve((double)bytes);
    perform(CALL_snapshot, (struct arguments){{model, block, (uint32_t)bytes}, 0});
    for (uint32_t changes = take(input) % 4; changes > 0; changes--) {
        const uint32_t place = take(input) % 200, byte = take(input);
        poke(block + place, &(uint8_t){(uint8_t)byte}, 1);
    }
    perform(CALL_restore, (struct arguments){{other, block, (uint32_t)bytes}, 0});
}

static void make_summary(struct input *input)
{
    const uint32_t model = take_address(input, BLOCK_MODEL);
    if (perform(CALL_summary_size, (struct arguments){{model}, 0}) != RNN_OK) return;
    const uint32_t bytes = (uint32_t)answer_area[0], block = reserve(bytes);
    perform(CALL_summary, (struct arguments){{model, block, bytes - take(input) % 2}, 0});
}

/* Measures, reads and writes a table made of typical parts. */
static void make_table(struct input *input)
{
    static const char *const parts[] = {"y,x1\n",
                                        "y,x1,x2\n",
                                        "y1,y2,x1,x2\n",
                                        "y,x1_1,x1_2\n",
                                        "1,2\n",
                                        "0,0.5\n",
                                        "1,2,3\n",
                                        "1,0,5,6\n",
                                        ",",
                                        "\n",
                                        "1",
                                        "-1e-3",
                                        "nan",
                                        "x",
                                        "2,1\n",
                                        "\xef\xbb\xbf",
                                        " ",
                                        "\r\n",
                                        "1e39"};
    char text[256];
    uint32_t bytes = 0;
    for (uint32_t i = 1 + take(input) % 6; i > 0; i--) {
        const char *part = parts[take(input) % (sizeof parts / sizeof *parts)];
        memcpy(text + bytes, part, strlen(part));
        bytes += (uint32_t)strlen(part);
    }
    const uint32_t loss = take(input) % 4, classes = take(input) % 4, place = reserve(bytes);
    poke(place, text, bytes);
    if (perform(CALL_csv_measure, (struct arguments){{place, bytes}, 0}) != RNN_OK) return;
    const uint32_t n = (uint32_t)answer_area[0], T = (uint32_t)answer_area[1], F = (uint32_t)answer_area[2];
    const uint32_t sequences = (uint32_t)answer_area[3], shorter = (uint32_t)answer_area[4];
    const uint32_t lengths = shorter || take(input) % 2 ? reserve((double)n * sizeof(uint32_t)) : 0;
    const uint32_t x = reserve((double)n * T * F * sizeof(rnn_real)), y = reserve((double)n * T * sizeof(rnn_real));
    perform(CALL_csv_read, (struct arguments){{place, bytes, n, T, F, sequences, loss, classes, x, y, lengths}, 0});
    if (perform(CALL_csv_notes, (struct arguments){{place, bytes, loss, 0, 0}, 0}) == RNN_OK) {
        const uint32_t length = (uint32_t)answer_area[0], notes = reserve(length);
        perform(CALL_csv_notes, (struct arguments){{place, bytes, loss, notes, length - take(input) % 2}, 0});
    }
    perform(CALL_dataset_notes, (struct arguments){{x, y, n, T, F, sequences, lengths, loss, n, 0, 0}, 0});
    if (perform(CALL_csv_write_size, (struct arguments){{x, y, n, T, F, sequences, lengths}, 0}) != RNN_OK) return;
    const uint32_t needed = (uint32_t)answer_area[0], again = reserve(needed);
    perform(CALL_csv_write,
            (struct arguments){{x, y, n, T, F, sequences, lengths, again, needed - take(input) % 2}, 0});
}

/* Measures and reads a model's weights as a file, possibly with a few bytes changed. */
static void make_file(struct input *input)
{
    const uint32_t model = take_address(input, BLOCK_MODEL), format = take(input) % 2;
    const struct rnn_config *config = config_at(model);
    if (!config) return;
    const uint32_t count = (uint32_t)rnn_parameter_count(config);
    double numbers[CONFIG_NUMBERS];
    put_config(numbers, config);
    const uint32_t record = reserve_record(numbers, CONFIG_NUMBERS),
                   weights = reserve((double)count * sizeof(rnn_real));
    poke(weights, rnn_model_parameters(model_at(model)), count * sizeof(rnn_real));
    perform(CALL_weights_write, (struct arguments){{record, weights, format, 0, 0}, 0});
    const uint32_t bytes = (uint32_t)answer_area[0], file = reserve(bytes);
    perform(CALL_weights_write, (struct arguments){{record, weights, format, file, bytes - (take(input) == 1)}, 0});
    for (uint32_t changes = take(input) % 4; changes > 0; changes--) {
        const uint32_t place = take(input) | take(input) << 8, byte = take(input);
        poke(file + place % (bytes + 1), &(uint8_t){(uint8_t)byte}, 1);
    }
    perform(CALL_weights_measure, (struct arguments){{file, bytes, record}, 0});
    perform(CALL_weights_read, (struct arguments){{file, bytes, record, weights}, 0});
}

/* The address of a number of the latest trace, or 0 if there is none. */
static double trace_address(const rnn_real *array, size_t at)
{
    return array ? address_of(array + at) : 0;
}

/* Asks for terms and contributions of the latest trace. */
static void ask_trace(struct input *input)
{
    const uint32_t model = take_address(input, BLOCK_MODEL), layer = take(input) % 3, t = take(input) % 8;
    const uint32_t unit = take(input) % 10, gate = take(input) % 6, cut = take(input) % 32;
    if (!trace_block || layer >= latest.layers || t >= latest.timesteps) return;
    const struct rnn_trace_layer *from = &latest.layer[layer];
    const size_t width = (size_t)from->gates * from->units;
    const double question[] = {layer,
                               1,
                               trace_address(from->x, (size_t)t * from->features),
                               trace_address(from->h, (size_t)t * from->units),
                               trace_address(from->a, t * width),
                               trace_address(from->c, (size_t)t * from->units),
                               cut % 2,
                               cut / 2 % 2,
                               cut / 4 % 4,
                               cut / 16 % 2,
                               unit,
                               gate};
    const uint32_t record = reserve_record(question, sizeof question / sizeof *question);
    const uint32_t terms = reserve((double)(from->features + from->units + 3) * sizeof(struct rnn_term));
    perform(CALL_terms, (struct arguments){{model, record, terms}, 0});
    const uint32_t gradient = reserve(8192);
    perform(CALL_contribution,
            (struct arguments){{model, layer, (uint32_t)question[2], cut / 4 ? (uint32_t)question[3] : 0,
                                (uint32_t)trace_address(from->d_z, t * width),
                                (uint32_t)trace_address(from->d_q, (size_t)t * from->units), cut / 4 % 4, gradient},
                               0});
}

/* Writes bytes, floats or text into a raw block. */
static void write_memory(struct input *input)
{
    const uint32_t address = take_address(input, BLOCK_RAW), count = 1 + take(input) % 48, kind = take(input) % 3;
    uint8_t bytes[48 * sizeof(float)];
    for (uint32_t i = 0; i < count; i++) {
        const float number = kind ? (float)take_double(input) : 0;
        if (kind)
            memcpy(bytes + i * sizeof number, &number, sizeof number);
        else
            bytes[i] = (uint8_t)take(input);
    }
    poke(address, bytes, kind ? count * sizeof(float) : count);
}

static void make_block(struct input *input)
{
    const uint32_t choice = take(input);
    reserve(choice < 200 ? 8.0 * (choice + 1) : take_double(input));
}

static void begin(void)
{
    unwatch();
    memset(arena, 0, arena_bytes);
    arena_bytes = FIRST_PAGES * WASM_PAGE;
    blocks = NULL;
    trace_block = 0;
    latest = (struct rnn_trace){0};
    diagnosis = (struct rnn_diagnosis){0};
    memset(answer_area, 0, sizeof answer_area);
    watch();
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t bytes)
{
    enum { MOST_CALLS = 80 };
    static void (*const makers[])(struct input *) = {
        make_model,    make_workspace, make_data,  make_record, make_fit,     make_request, ask_trace,
        make_snapshot, make_summary,   make_table, make_file,   write_memory, make_block};
    enum { MAKERS = sizeof makers / sizeof *makers };
    struct input rest = {input, bytes};
    REQUIRE(arena || find_arena()); /* without memory below 4 GiB the test is impossible */
    begin();
    for (int i = 0; i < MOST_CALLS && rest.left; i++) {
        const uint32_t choice = take(&rest);
        if (choice < CALLS)
            perform((enum call)choice, take_arguments(&rest, CALL_OF[choice].letters));
        else if (choice < 248)
            makers[(choice - CALLS) % MAKERS](&rest);
        else if (choice < 252)
            release(take_address(&rest, (enum block_kind)(choice % 4)));
        else
            ask_texts(take_number(&rest));
    }
    unwatch();
    return 0;
}
