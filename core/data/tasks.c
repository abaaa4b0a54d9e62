/* Seeded sequence problems. Each datum is a function of (data seed, sample, time step), so it can be generated without the others.
 * The rule of a task looks only at a sequence's numbers, so it can also label a sequence that a reader has changed. */
#include <math.h>

#include "../internal.h"
#include "../numeric/random.h"

enum { ECHO_STEPS = 3, SYMBOLS = 6, DISTRACTORS = 4, SLOW_PERIOD = 20, FAST_PERIOD = 10, PHASES = 1024 };
enum { PAIR_STEPS = 10 }; /* the pair of `pair` and `early_pair` lies among so many steps */

static const double HALF = 0.5, TURN = 6.283185307179586;
static const double HIGH = 0.95, LOW = 0.05, QUARTER = 0.25;

/* The words of `rhymes`: each animal is followed by the word that rhymes with it. */
#define RHYME_WORDS                                                                                                    \
    "the sat very still on cat mat dog log fox box hen pen goat boat bear chair mouse house snail pail bee tree fly "  \
    "pie whale sail frog bog ."
enum { SAT = 1, VERY, STILL, ON, ANIMAL, RHYMES = 12, RHYME_END = ANIMAL + 2 * RHYMES, RHYME_FRAME = 6 };

/* The words of `agreement` and `agreement_traps`. "the" is 0 in both vocabularies, and the full stop is the last. */
#define AGREEMENT_WORDS                                                                                                \
    "the cat dog bird boy girl fox cats dogs birds boys girls foxes chased saw liked that near is are hungry happy "   \
    "tired here ."
enum {
    THE,
    SINGULAR,
    NOUNS = 6,
    PLURAL = 7,
    ACTION = 13,
    ACTIONS = 3,
    THAT = 16,
    NEAR,
    IS,
    ARE,
    ADJECTIVE,
    ADJECTIVES = 4
};
enum { AGREEMENT_END = ADJECTIVE + ADJECTIVES, CLAUSE_WORDS = 4 };

#define LABELED      .features = 1, .outputs = 1, .loss = RNN_BINARY_CROSSENTROPY, .chance = 0.5
#define UNIFORM_TASK .least_timesteps = 1, LABELED
#define TWO_STEPS    .least_timesteps = 2, LABELED
#define NEXT_WORD(words, last)                                                                                         \
    .features = (last) + 1, .outputs = (last) + 1, .loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY, .return_sequences = 1, \
    .chance = 1.0 / ((last) + 1), .tokens = (words)

static const struct rnn_task_info TASKS[] = {
    [RNN_TASK_RANDOM] = {.name = "random", UNIFORM_TASK},
    [RNN_TASK_FIRST] = {.name = "first", UNIFORM_TASK},
    [RNN_TASK_LAST] = {.name = "last", UNIFORM_TASK},
    [RNN_TASK_MAJORITY] = {.name = "majority", UNIFORM_TASK},
    [RNN_TASK_RISING] = {.name = "rising", TWO_STEPS},
    [RNN_TASK_PARITY] = {.name = "parity", UNIFORM_TASK},
    [RNN_TASK_ORDER] = {.name = "order",
                        .least_timesteps = 2,
                        .features = SYMBOLS,
                        .outputs = 4,
                        .loss = RNN_SPARSE_CATEGORICAL_CROSSENTROPY,
                        .chance = 0.25},
    [RNN_TASK_SINE] = {.name = "sine", UNIFORM_TASK},
    [RNN_TASK_ADDING] = {.name = "adding",
                         .least_timesteps = 2,
                         .features = 2,
                         .outputs = 1,
                         .loss = RNN_MEAN_SQUARED_ERROR,
                         .chance = 1.0 / 6},
    [RNN_TASK_ECHO] = {.name = "echo",
                       .least_timesteps = 1,
                       .features = 1,
                       .outputs = 1,
                       .loss = RNN_MEAN_SQUARED_ERROR,
                       .return_sequences = 1,
                       .chance = 1.0 / 12},
    [RNN_TASK_PAIR] = {.name = "pair", TWO_STEPS},
    [RNN_TASK_EARLY_PAIR] = {.name = "early_pair", TWO_STEPS},
    [RNN_TASK_RHYMES] = {.name = "rhymes", .least_timesteps = RHYME_FRAME, NEXT_WORD(RHYME_WORDS, RHYME_END)},
    [RNN_TASK_AGREEMENT] = {.name = "agreement",
                            .least_timesteps = CLAUSE_WORDS,
                            NEXT_WORD(AGREEMENT_WORDS, AGREEMENT_END)},
    [RNN_TASK_AGREEMENT_TRAPS] = {.name = "agreement_traps",
                                  .least_timesteps = 2 * CLAUSE_WORDS,
                                  NEXT_WORD(AGREEMENT_WORDS, AGREEMENT_END)},
};

const struct rnn_task_info *rnn_task_info_of(uint32_t task)
{
    return task < RNNI_COUNT(TASKS) ? &TASKS[task] : NULL;
}

/* Each number is uniform in [0, 1) and belongs to its (sample, t). One Philox block serves four time steps. */
static void uniform_sequence(uint32_t data_seed, uint32_t sample, uint32_t timesteps, uint32_t features, rnn_real *x)
{
    struct rnni_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++) {
        if (t % 4 == 0) words = rnni_random_at(data_seed, RNNI_STREAM_DATA, sample, t / 4);
        x[(size_t)t * features] = rnni_uniform(words.word[t % 4]);
    }
}

/* An integer in 0 ... bound - 1. */
static uint32_t below(uint32_t word, uint32_t bound)
{
    return (uint32_t)((uint64_t)word * bound >> 32);
}

static uint32_t at_least_one(uint32_t count)
{
    return count ? count : 1;
}

/* sin(2 pi u) for u in [0, 1), in double and from exactly rounded operations only: the Taylor series over a quarter of the circle,
 * with an error below 1e-11. */
static double sine_of_turns(double u)
{
    double sign = u < HALF ? 1 : -1, v = u < HALF ? u : u - HALF; /* the sign of the half circle */
    if (v > HALF / 2) v = HALF - v;
    const double a = v * TURN, s = a * a;
    double sum = 1;
    for (int n = 17; n >= 3; n -= 2) sum = 1 - s / (double)(n * (n - 1)) * sum;
    return sign * a * sum;
}

/* A sine wave of amplitude 1 at time step t, without noise. phase: in turns, in [0, 1). */
static double wave(double phase, uint32_t t, uint32_t period)
{
    const double turns = phase + (double)(t % period) / period;
    return sine_of_turns(turns < 1 ? turns : turns - 1);
}

/* The label of the tasks whose label is drawn before the sequence: of `random`, and of `sine`, where it is the period. */
static uint32_t drawn_label(struct rnni_words drawn)
{
    return drawn.word[0] >> 31;
}

static void draw_sine(uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t period = drawn_label(drawn) ? FAST_PERIOD : SLOW_PERIOD;
    const double phase = (double)rnni_uniform(drawn.word[1]);
    uniform_sequence(data_seed, sample, timesteps, 1, x);
    for (uint32_t t = 0; t < timesteps; t++) x[t] = (rnn_real)(wave(phase, t, period) + HALF * ((double)x[t] - HALF));
}

static void draw_order(uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t tenth = at_least_one(timesteps / 10);
    const uint32_t first = timesteps / 10 + below(drawn.word[1], tenth);
    const uint32_t second = timesteps / 2 + below(drawn.word[2], tenth);
    const uint32_t symbols = drawn.word[0] >> 30; /* one bit for each relevant symbol: X or Y */
    struct rnni_words words = {{0}};
    for (uint32_t t = 0; t < timesteps; t++, x += SYMBOLS) {
        if (t % 4 == 0) words = rnni_random_at(data_seed, RNNI_STREAM_DATA, sample, t / 4);
        uint32_t symbol = words.word[t % 4] >> 30;
        if (t == first) symbol = DISTRACTORS + (symbols >> 1);
        if (t == second) symbol = DISTRACTORS + (symbols & 1);
        for (uint32_t s = 0; s < SYMBOLS; s++) x[s] = s == symbol;
    }
}

static void draw_adding(uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps, rnn_real *x)
{
    const uint32_t half = timesteps / 2;
    const uint32_t first = below(drawn.word[1], half), second = half + below(drawn.word[2], timesteps - half);
    uniform_sequence(data_seed, sample, timesteps, 2, x);
    for (uint32_t t = 0; t < timesteps; t++) x[2 * t + 1] = 0;
    x[2 * first + 1] = x[2 * second + 1] = 1;
}

/* Uniform numbers near one half, but for a high and a low value side by side; the label says which of the two comes first. */
static void draw_pair(bool early, uint32_t data_seed, uint32_t sample, struct rnni_words drawn, uint32_t timesteps,
                      rnn_real *x)
{
    const uint32_t span = timesteps < PAIR_STEPS ? timesteps : PAIR_STEPS, label = drawn_label(drawn);
    const uint32_t first = (early ? 0 : timesteps - span) + below(drawn.word[1], span - 1);
    uniform_sequence(data_seed, sample, timesteps, 1, x);
    for (uint32_t t = 0; t < timesteps; t++) x[t] = (rnn_real)(0.4 + 0.2 * (double)x[t]);
    x[first] = (rnn_real)(label ? HIGH : LOW);
    x[first + 1] = (rnn_real)(label ? LOW : HIGH);
}

/* A sequence of one-hot words that is being written. */
struct sentence {
    rnn_real *next;
    uint32_t words, left; /* the size of the vocabulary, and how many time steps are left */
};

static void put_word(struct sentence *sentence, uint32_t word)
{
    if (sentence->left == 0) return;
    sentence->left--;
    for (uint32_t w = 0; w < sentence->words; w++) *sentence->next++ = w == word;
}

/* Twelve samples that follow one another have all twelve rhymes. Each further time step puts one more word between the two. */
static void draw_rhymes(uint32_t data_seed, uint32_t sample, struct sentence *sentence)
{
    const uint32_t drawn = rnni_random_at(data_seed, RNNI_STREAM_LABELS, sample / RHYMES, 0).word[0];
    const uint32_t animal = ANIMAL + 2 * ((drawn % RHYMES + sample % RHYMES) % RHYMES);
    put_word(sentence, THE);
    put_word(sentence, animal);
    put_word(sentence, SAT);
    while (sentence->left > 3) put_word(sentence, sentence->left > 4 ? VERY : STILL);
    put_word(sentence, ON);
    put_word(sentence, THE);
    put_word(sentence, animal + 1);
}

static void put_noun(struct sentence *sentence, struct rnni_random *random, uint32_t plural)
{
    put_word(sentence, THE);
    put_word(sentence, (plural ? PLURAL : SINGULAR) + rnni_random_below(random, NOUNS));
}

/* With traps, there are as many clauses as fit, and the number of each of their nouns is not that of the subject. */
static void draw_agreement(bool traps, uint32_t data_seed, uint32_t sample, struct sentence *sentence)
{
    struct rnni_random random = rnni_random_start(data_seed, RNNI_STREAM_DATA, sample);
    const uint32_t most = sentence->left / CLAUSE_WORDS - 1, plural = rnni_random_below(&random, 2);
    uint32_t clauses = traps ? most : rnni_random_below(&random, most + 1);
    put_noun(sentence, &random, plural);
    for (; clauses > 0; clauses--) {
        if (rnni_random_below(&random, 5) < 3) {
            put_word(sentence, THAT);
            put_word(sentence, ACTION + rnni_random_below(&random, ACTIONS));
        } else {
            put_word(sentence, NEAR);
        }
        put_noun(sentence, &random, traps ? !plural : rnni_random_below(&random, 2));
    }
    put_word(sentence, plural ? ARE : IS);
    put_word(sentence, ADJECTIVE + rnni_random_below(&random, ADJECTIVES));
    while (sentence->left > 0) put_word(sentence, AGREEMENT_END);
}

/* ------------------------------------------------------------------------------------------------ rules */

/* Each rule writes the targets of x to y, or returns false if it is not defined for this x. */

/* Can x be a wave of this period with noise? Phases are tried on a grid, and between two neighbors of it a wave moves by less than
 * slack. */
static bool is_wave(const rnn_real *x, uint32_t timesteps, uint32_t period)
{
    const double slack = TURN / (2 * PHASES) + 1e-6; /* 1e-6 covers the rounding to float */
    for (uint32_t phase = 0; phase < PHASES; phase++) {
        uint32_t t = 0;
        while (t < timesteps && fabs((double)x[t] - wave((double)phase / PHASES, t, period)) <= HALF * HALF + slack)
            t++;
        if (t == timesteps) return true;
    }
    return false;
}

static bool sine_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    const bool fast = is_wave(x, timesteps, FAST_PERIOD);
    *y = fast;
    return fast != is_wave(x, timesteps, SLOW_PERIOD);
}

/* The index of the only 1 among zeros, or `count` if there is none. */
static uint32_t symbol_of(const rnn_real *x, uint32_t count)
{
    uint32_t found = count;
    for (uint32_t i = 0; i < count; i++) {
        if (x[i] == 0) continue;
        if (x[i] != 1 || found < count) return count;
        found = i;
    }
    return found;
}

static bool order_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    uint32_t found = 0, symbols = 0;
    for (uint32_t t = 0; t < timesteps; t++) {
        const uint32_t symbol = symbol_of(x + (size_t)t * SYMBOLS, SYMBOLS);
        if (symbol == SYMBOLS) return false;
        if (symbol >= DISTRACTORS) found++, symbols = 2 * symbols + symbol - DISTRACTORS;
    }
    *y = (rnn_real)symbols;
    return found == 2;
}

static bool pair_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    uint32_t first = 0, outside = 0, last = 0;
    for (uint32_t t = 0; t < timesteps; t++)
        if (fabs((double)x[t] - HALF) > QUARTER) {
            if (outside++ == 0) first = t;
            last = t;
        }
    *y = x[first] > x[last];
    return outside == 2 && last == first + 1 && (x[first] > (rnn_real)HALF) != (x[last] > (rnn_real)HALF);
}

/* The forms of sentences. In a state, any of `count` words from `first` on leads to the next state. */
enum state {
    IN_RHYMES,
    R_SUBJECT,
    R_SAT,
    R_STILL,
    R_THE,
    R_RHYME,
    R_DONE,
    IN_AGREEMENT,
    SUBJECT,
    VERB,
    WHAT,
    WHOM,
    OBJECT,
    HOW,
    DONE
};

static const struct {
    uint8_t state, first, count, next;
} EDGES[] = {{IN_RHYMES, THE, 1, R_SUBJECT},
             {R_SUBJECT, ANIMAL, 2 * RHYMES, R_SAT},
             {R_SAT, SAT, 1, R_STILL},
             {R_STILL, VERY, 2, R_STILL},
             {R_STILL, ON, 1, R_THE},
             {R_THE, THE, 1, R_RHYME},
             {R_RHYME, ANIMAL, 2 * RHYMES, R_DONE},
             {R_DONE, RHYME_END, 1, R_DONE},
             {IN_AGREEMENT, THE, 1, SUBJECT},
             {SUBJECT, SINGULAR, 2 * NOUNS, VERB},
             {VERB, THAT, 1, WHAT},
             {VERB, NEAR, 1, WHOM},
             {VERB, IS, 2, HOW},
             {WHAT, ACTION, ACTIONS, WHOM},
             {WHOM, THE, 1, OBJECT},
             {OBJECT, SINGULAR, 2 * NOUNS, VERB},
             {HOW, ADJECTIVE, ADJECTIVES, DONE},
             {DONE, AGREEMENT_END, 1, DONE}};

/* Each word is the target of the one before it, and the full stop that of the last. The target is right where the word is wrong: the
 * second word of a pair that rhymes, and the verb, may be others. */
static bool sentence_rule(uint32_t state, uint32_t words, const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    uint32_t subject = 0;
    for (uint32_t t = 0; t <= timesteps; t++, x += words) {
        uint32_t word = t < timesteps ? symbol_of(x, words) : words - 1, e = 0;
        while (e < RNNI_COUNT(EDGES) && (EDGES[e].state != state || word - EDGES[e].first >= EDGES[e].count)) e++;
        if (e == RNNI_COUNT(EDGES)) return false;
        if (state == R_SUBJECT || state == SUBJECT) subject = word;
        if (state == R_RHYME) word = subject + 1;
        if (EDGES[e].next == HOW) word = subject >= PLURAL ? ARE : IS;
        if (t > 0) y[t - 1] = (rnn_real)word;
        state = EDGES[e].next;
    }
    return state == DONE || (state == R_DONE && (subject - ANIMAL) % 2 == 0);
}

static bool adding_rule(const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    uint32_t marks = 0;
    *y = 0;
    for (uint32_t t = 0; t < timesteps; t++, x += 2) {
        if (x[1] == 1)
            marks++, *y += x[0];
        else if (x[1] != 0)
            return false;
    }
    return marks == 2 && isfinite(*y);
}

static bool apply_rule(enum rnn_task task, const rnn_real *x, uint32_t timesteps, rnn_real *y)
{
    if (task == RNN_TASK_RANDOM) return false;
    if (task == RNN_TASK_SINE) return sine_rule(x, timesteps, y);
    if (task == RNN_TASK_ORDER) return order_rule(x, timesteps, y);
    if (task == RNN_TASK_ADDING) return adding_rule(x, timesteps, y);
    if (task == RNN_TASK_PAIR || task == RNN_TASK_EARLY_PAIR) return pair_rule(x, timesteps, y);
    if (task >= RNN_TASK_RHYMES)
        return sentence_rule(task == RNN_TASK_RHYMES ? IN_RHYMES : IN_AGREEMENT, TASKS[task].features, x, timesteps, y);
    if (task == RNN_TASK_ECHO) {
        for (uint32_t t = 0; t < timesteps; t++) y[t] = t < ECHO_STEPS ? 0 : x[t - ECHO_STEPS];
        return true;
    }
    const rnn_real half = (rnn_real)HALF, first = x[0], last = x[timesteps - 1];
    uint32_t above = 0;
    for (uint32_t t = 0; t < timesteps; t++) above += x[t] > half;
    bool label = above % 2; /* the label of parity */
    if (task == RNN_TASK_FIRST) label = first > half;
    if (task == RNN_TASK_LAST) label = last > half;
    if (task == RNN_TASK_MAJORITY) label = 2 * above + (last > half) > timesteps; /* the last number breaks a tie */
    if (task == RNN_TASK_RISING) label = last > first;
    *y = label;
    return true;
}

static bool is_length_of(const struct rnn_task_info *info, uint32_t timesteps)
{
    return info && timesteps >= info->least_timesteps && rnn_range_check(RNN_TIMESTEPS, timesteps) == RNN_OK;
}

enum rnn_status rnn_task_targets(uint32_t task, const rnn_real *x, uint32_t timesteps, rnn_real *y, bool *applies)
{
    const struct rnn_task_info *info = rnn_task_info_of((uint32_t)task);
    if (!x || !y || !applies) return RNN_ERROR_ARGUMENT;
    if (!is_length_of(info, timesteps)) return RNN_ERROR_RANGE;
    if (!rnni_all_finite(x, (size_t)timesteps * info->features)) return RNN_ERROR_DATA;
    *applies = apply_rule(task, x, timesteps, y);
    return RNN_OK;
}

/* ------------------------------------------------------------------------------------------------ data sets */

/* Generates one sequence and its targets: drawn ones for some tasks, those of the rule for the others. */
static void generate(enum rnn_task task, uint32_t data_seed, uint32_t sample, uint32_t timesteps, rnn_real *x,
                     rnn_real *y)
{
    const struct rnni_words drawn = rnni_random_at(data_seed, RNNI_STREAM_LABELS, sample, 0);
    struct sentence sentence = {x, TASKS[task].features, timesteps};
    if (task == RNN_TASK_SINE)
        draw_sine(data_seed, sample, drawn, timesteps, x);
    else if (task == RNN_TASK_ORDER)
        draw_order(data_seed, sample, drawn, timesteps, x);
    else if (task == RNN_TASK_ADDING)
        draw_adding(data_seed, sample, drawn, timesteps, x);
    else if (task == RNN_TASK_PAIR || task == RNN_TASK_EARLY_PAIR)
        draw_pair(task == RNN_TASK_EARLY_PAIR, data_seed, sample, drawn, timesteps, x);
    else if (task == RNN_TASK_RHYMES)
        draw_rhymes(data_seed, sample, &sentence);
    else if (task >= RNN_TASK_AGREEMENT)
        draw_agreement(task == RNN_TASK_AGREEMENT_TRAPS, data_seed, sample, &sentence);
    else
        uniform_sequence(data_seed, sample, timesteps, 1, x);
    if (task == RNN_TASK_RANDOM || task == RNN_TASK_SINE)
        *y = (rnn_real)drawn_label(drawn);
    else
        apply_rule(task, x, timesteps, y);
}

enum rnn_status rnn_task_generate(uint32_t task, uint32_t data_seed, uint32_t first_sample, uint32_t samples,
                                  uint32_t timesteps, rnn_real *x, rnn_real *y)
{
    const struct rnn_task_info *info = rnn_task_info_of((uint32_t)task);
    if (!x || !y) return RNN_ERROR_ARGUMENT;
    if (!is_length_of(info, timesteps) || rnn_range_check(RNN_SAMPLES, samples) ||
        samples - 1 > UINT32_MAX - first_sample)
        return RNN_ERROR_RANGE;
    const size_t row = (size_t)timesteps * info->features, readouts = info->return_sequences ? timesteps : 1;
    for (uint32_t i = 0; i < samples; i++)
        generate(task, data_seed, first_sample + i, timesteps, x + i * row, y + i * readouts);
    return RNN_OK;
}
