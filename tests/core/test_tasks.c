/* Each datum must be a function of (data seed, sample, time step), and each label must be that of its task. */
#include "numeric/random.h"
#include "rnn_files.h"
#include "support.h"

static void test_more_keeps_the_earlier(void)
{
    struct rnn_dataset small = task_of(RNN_TASK_RANDOM, 42, 0, 20, 10), large = task_of(RNN_TASK_RANDOM, 42, 0, 50, 33);
    struct rnn_dataset later = task_of(RNN_TASK_RANDOM, 42, 15, 5, 10);
    for (uint32_t i = 0; i < 20; i++) {
        CHECK(small.y[i] == large.y[i]);
        for (uint32_t t = 0; t < 10; t++) CHECK(small.x[i * 10 + t] == large.x[i * 33 + t]);
    }
    CHECK(memcmp(later.x, small.x + 150, 50 * sizeof(rnn_real)) == 0);
    CHECK(memcmp(later.y, small.y + 15, 5 * sizeof(rnn_real)) == 0);
}

static void test_labels(void)
{
    struct rnn_dataset tosses = task_of(RNN_TASK_RANDOM, 7, 0, 10000, 4),
                       first = task_of(RNN_TASK_FIRST, 7, 0, 10000, 4);
    CHECK(memcmp(tosses.x, first.x, 40000 * sizeof(rnn_real)) == 0); /* the tasks differ only in their labels */
    double ones = 0, together = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        CHECK(first.y[i] == (first.x[i * 4] > (rnn_real)0.5));
        CHECK(tosses.y[i] == 0 || tosses.y[i] == 1);
        ones += tosses.y[i];
        together += tosses.y[i] == first.y[i];
    }
    CHECK(fabs(ones - 5000) < 4 * 50); /* four standard deviations of 10,000 tosses */
    CHECK(fabs(together - 5000) < 4 * 50);
}

static void test_values(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_RANDOM, 1, 0, 1000, 100);
    double sum = 0, squares = 0, neighbours = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        double v = data.x[i];
        CHECK(v >= 0 && v < 1);
        sum += v;
        squares += v * v;
        if (i) neighbours += (v - 0.5) * ((double)data.x[i - 1] - 0.5);
    }
    CHECK(fabs(sum / 1e5 - 0.5) < 4 * sqrt(1 / 12.0 / 1e5));
    CHECK(fabs(squares / 1e5 - 1 / 3.0) < 4 * sqrt(4 / 45.0 / 1e5));
    CHECK(fabs(neighbours / 1e5) < 4 / 12.0 / sqrt(1e5));
    struct rnn_dataset other = task_of(RNN_TASK_RANDOM, 2, 0, 1000, 100);
    CHECK(memcmp(data.x, other.x, 1000) != 0);
    for (uint32_t i = 0; i < 3; i++)
        for (uint32_t t = 0; t < 100; t++) /* one block of random words serves four time steps */
            CHECK(data.x[100 * i + t] == rnni_uniform(rnni_random_at(1, RNNI_STREAM_DATA, i, t / 4).word[t % 4]));
}

/* With more samples and more steps the earlier values stay the same, and nothing is read past the end of x. */
static void test_every_task(void)
{
    const uint32_t timesteps = 20, samples = 2000;
    for (uint32_t task = 0; rnn_task_info_of(task); task++) {
        const struct rnn_task_info *info = rnn_task_info_of(task);
        const struct rnn_task_text *text = rnn_task_text_of(task);
        CHECK(strlen(info->name) > 2 && info->chance > 0);
        CHECK(text && strlen(text->text) > 20 && strlen(text->solution) > 10);
        struct rnn_dataset data = task_of((enum rnn_task)task, 7, 0, samples, timesteps);
        struct rnn_dataset later = task_of((enum rnn_task)task, 7, 100, 10, timesteps);
        struct rnn_config config = rnn_config_default();
        config.features = info->features;
        config.outputs = info->outputs;
        config.loss = info->loss;
        config.return_sequences = info->return_sequences;
        CHECK(rnn_dataset_check(&data, &config, NULL) == RNN_OK);
        const size_t row = (size_t)timesteps * info->features;
        CHECK(memcmp(later.x, data.x + 100 * row, 10 * row * sizeof(rnn_real)) == 0);
        CHECK(memcmp(later.y, data.y + 100 * data.readouts, 10 * data.readouts * sizeof(rnn_real)) == 0);
        struct rnn_dataset longer = task_of((enum rnn_task)task, 7, 0, 1, 2 * timesteps);
        const bool whole =
            task == RNN_TASK_ORDER || task == RNN_TASK_ADDING || task == RNN_TASK_PAIR || info->return_sequences;
        if (!whole) /* the positions of marks and words depend on the length */
            CHECK(memcmp(longer.x, data.x, row * sizeof(rnn_real)) == 0);
        if (info->outputs > 1 || info->loss != RNN_BINARY_CROSSENTROPY) continue;
        double ones = 0;
        for (uint32_t i = 0; i < samples; i++) ones += data.y[i];
        CHECK(fabs(ones / samples - info->chance) < 4 * sqrt(0.25 / samples)); /* both labels are equally likely */
    }
}

static void test_what_tasks_are(void)
{
    static const struct {
        const char *name;
        uint32_t least, features, outputs;
        enum rnn_loss loss;
        uint32_t sequences;
        double chance;
    } wanted[] = {{"random", 1, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"first", 1, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"last", 1, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"majority", 1, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"rising", 2, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"parity", 1, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"order", 2, 6, 4, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 0, 0.25},
                  {"sine", 1, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  /* the variance of the sum of two uniform numbers */
                  {"adding", 2, 2, 1, RNN_MEAN_SQUARED_ERROR, 0, 1.0 / 6},
                  {"echo", 1, 1, 1, RNN_MEAN_SQUARED_ERROR, 1, 1.0 / 12}, /* the variance of one uniform number */
                  {"pair", 2, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"early_pair", 2, 1, 1, RNN_BINARY_CROSSENTROPY, 0, 0.5},
                  {"rhymes", 6, 30, 30, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 1, 1.0 / 30},
                  {"agreement", 4, 25, 25, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 1, 1.0 / 25},
                  {"agreement_traps", 8, 25, 25, RNN_SPARSE_CATEGORICAL_CROSSENTROPY, 1, 1.0 / 25}};
    CHECK(rnn_task_info_of(sizeof wanted / sizeof *wanted) == NULL);
    for (uint32_t task = 0; task < sizeof wanted / sizeof *wanted; task++) {
        const struct rnn_task_info *info = rnn_task_info_of(task);
        CHECK_TEXT(info->name, wanted[task].name);
        CHECK(info->least_timesteps == wanted[task].least && info->features == wanted[task].features);
        CHECK(info->outputs == wanted[task].outputs && info->loss == (uint32_t)wanted[task].loss);
        CHECK(info->return_sequences == wanted[task].sequences && info->chance == wanted[task].chance);
        uint32_t tokens = info->tokens != NULL;
        for (const char *c = info->tokens; c && *c; c++) tokens += *c == ' ';
        CHECK(tokens == 0 || tokens == info->features);
        CHECK((tokens > 0) == (info->features > 6)); /* `order` has symbols without names */
    }
}

static double at(const struct rnn_dataset *data, uint32_t sample, uint32_t t, uint32_t feature)
{
    return data->x[((size_t)sample * data->timesteps + t) * data->features + feature];
}

/* The labels according to their definitions. */
static void test_definitions(void)
{
    const uint32_t n = 300, T = 20;
    struct rnn_dataset last = task_of(RNN_TASK_LAST, 3, 0, n, T), majority = task_of(RNN_TASK_MAJORITY, 3, 0, n, T);
    struct rnn_dataset rising = task_of(RNN_TASK_RISING, 3, 0, n, T), parity = task_of(RNN_TASK_PARITY, 3, 0, n, T);
    struct rnn_dataset order = task_of(RNN_TASK_ORDER, 3, 0, n, T), adding = task_of(RNN_TASK_ADDING, 3, 0, n, T);
    struct rnn_dataset echo = task_of(RNN_TASK_ECHO, 3, 0, n, T);
    uint32_t classes[4] = {0}, ties = 0;
    for (uint32_t i = 0; i < n; i++) {
        int above = 0;
        for (uint32_t t = 0; t < T; t++) above += at(&majority, i, t, 0) > 0.5;
        CHECK(last.y[i] == (at(&last, i, T - 1, 0) > 0.5));
        CHECK(majority.y[i] == (above == (int)T / 2 ? last.y[i] : above > (int)T / 2));
        ties += above == (int)T / 2;
        CHECK(rising.y[i] == (at(&rising, i, T - 1, 0) > at(&rising, i, 0, 0)) && parity.y[i] == (rnn_real)(above % 2));
        for (uint32_t t = 0; t < T; t++) CHECK(echo.y[i * T + t] == (t < 3 ? 0 : echo.x[i * T + t - 3]));
        int symbols = 0, rare = 0, marks = 0, first_half = 0;
        double sum = 0;
        for (uint32_t t = 0; t < T; t++) {
            double ones = 0;
            for (uint32_t s = 0; s < 6; s++) ones += at(&order, i, t, s);
            CHECK(ones == 1);
            if (at(&order, i, t, 4) + at(&order, i, t, 5) == 1) {
                symbols = 2 * symbols + (int)at(&order, i, t, 5);
                CHECK(rare++ ? t >= 10 && t < 12 : t >= 2 && t < 4); /* the second tenth, the sixth */
            }
            if (at(&adding, i, t, 1) == 1) {
                marks++;
                first_half += t < T / 2;
                sum += at(&adding, i, t, 0);
            }
        }
        CHECK(rare == 2 && order.y[i] == (rnn_real)symbols);
        CHECK(marks == 2 && first_half == 1 && fabs((double)adding.y[i] - sum) < 1e-6);
        classes[(int)order.y[i]]++;
    }
    for (int c = 0; c < 4; c++) CHECK(classes[c] > 45 && classes[c] < 105);
    CHECK(ties > 26 && ties < 80); /* 17.6 % of them, within four standard deviations */
}

/* Checks that a share of n samples is within four standard deviations of a probability. */
static void check_share(double got, double n, double probability)
{
    CHECK(fabs(got - n * probability) < 4 * sqrt(n * probability * (1 - probability)));
}

/* The positions of the two marks of `order` and `adding`, and the symbols between: all equally likely and independent. */
static void test_places(void)
{
    enum { N = 20000, T = 40, TENTH = T / 10 };
    static uint32_t places[TENTH][TENTH], halves[T / 2][T / 2], symbols[4];
    struct rnn_dataset order = task_of(RNN_TASK_ORDER, 11, 0, N, T), adding = task_of(RNN_TASK_ADDING, 11, 0, N, T);
    for (uint32_t i = 0; i < N; i++) {
        uint32_t found[2] = {0}, count = 0, marks[2] = {0}, marked = 0;
        for (uint32_t t = 0; t < T; t++) {
            for (uint32_t s = 0; s < 4; s++) symbols[s] += at(&order, i, t, s) == 1;
            if (at(&order, i, t, 4) + at(&order, i, t, 5) == 1) found[count++ % 2] = t;
            if (at(&adding, i, t, 1) == 1) marks[marked++ % 2] = t;
        }
        places[found[0] - TENTH][found[1] - T / 2]++;
        halves[marks[0]][marks[1] - T / 2]++;
    }
    for (int a = 0; a < TENTH; a++)
        for (int b = 0; b < TENTH; b++) check_share(places[a][b], N, 1.0 / TENTH / TENTH);
    for (int a = 0; a < T / 2; a++)
        for (int b = 0; b < T / 2; b++) CHECK(halves[a][b] > 15 && halves[a][b] < 95); /* 50 on average */
    for (int s = 0; s < 4; s++) check_share(symbols[s], N * (T - 2.0), 0.25);
}

/* Every task is defined for its shortest sequences, and rejects shorter ones. */
static void test_shortest(void)
{
    for (uint32_t task = 0; rnn_task_info_of(task); task++) {
        const struct rnn_task_info *info = rnn_task_info_of(task);
        rnn_real x[8 * 30], y[8];
        CHECK(rnn_task_generate((enum rnn_task)task, 1, 0, 1, info->least_timesteps, x, y) == RNN_OK);
        CHECK(rnn_task_generate((enum rnn_task)task, 1, 0, 1, info->least_timesteps - 1, x, y) == RNN_ERROR_RANGE);
    }
    for (uint32_t T = 2; T <= 12; T++) {
        struct rnn_dataset order = task_of(RNN_TASK_ORDER, 3, 0, 50, T), adding = task_of(RNN_TASK_ADDING, 3, 0, 50, T);
        for (uint32_t i = 0; i < 50; i++) {
            int rare = 0, marks = 0;
            for (uint32_t t = 0; t < T; t++) {
                rare += at(&order, i, t, 4) + at(&order, i, t, 5) == 1;
                marks += at(&adding, i, t, 1) == 1;
            }
            CHECK(rare == 2 && marks == 2);
        }
    }
}

/* Without its noise the wave is a sine with the period of its label. */
static void test_sine(void)
{
    struct rnn_dataset data = task_of(RNN_TASK_SINE, 3, 0, 200, 40);
    for (uint32_t i = 0; i < 200; i++) {
        const double turn = 6.283185307179586 / (data.y[i] == 1 ? 10 : 20);
        double s = 0, c = 0, rest = 0;
        for (uint32_t t = 0; t < 40; t++) {
            s += at(&data, i, t, 0) * sin(turn * t) / 20;
            c += at(&data, i, t, 0) * cos(turn * t) / 20;
        }
        for (uint32_t t = 0; t < 40; t++)
            rest = fmax(rest, fabs(at(&data, i, t, 0) - s * sin(turn * t) - c * cos(turn * t)));
        CHECK(fabs(sqrt(s * s + c * c) - 1) < 0.2 && rest < 0.45); /* noise up to 0.25, partly absorbed by the fit */
    }
}

/* The wave begins at the phase that was drawn, and its noise is uniform and at most a quarter. */
static void test_phase(void)
{
    double largest = 0, squares = 0;
    struct rnn_dataset data = task_of(RNN_TASK_SINE, 5, 0, 200, 40);
    for (uint32_t i = 0; i < 200; i++) {
        const double phase = (double)rnni_uniform(rnni_random_at(5, RNNI_STREAM_LABELS, i, 0).word[1]);
        for (uint32_t t = 0; t < 40; t++) {
            const double turns = phase + t / (data.y[i] == 1 ? 10.0 : 20.0);
            const double noise = at(&data, i, t, 0) - sin(6.283185307179586 * turns);
            largest = fmax(largest, fabs(noise));
            squares += noise * noise / 8000;
        }
    }
    CHECK(largest > 0.24 && largest <= 0.25 + 1e-6);
    /* the moments of a uniform distribution */
    CHECK(fabs(squares - 1 / 48.0) < 4 * sqrt((1 / 1280.0 - 1 / 2304.0) / 8000));
}

/* For generated sequences the rule gives the generator's targets bit by bit, or has no answer. */
static void test_rules_of_drawn_sequences(void)
{
    static const uint32_t lengths[] = {1, 2, 3, 4, 5, 7, 10, 11, 20, 33, 50, 100};
    uint32_t waves = 0, silent = 0;
    for (uint32_t task = 0; rnn_task_info_of(task); task++)
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
            for (uint32_t seed = 0; seed < 20; seed++) {
                const struct rnn_task_info *info = rnn_task_info_of(task);
                const uint32_t T = lengths[l], n = 25;
                if (T < info->least_timesteps) continue;
                struct rnn_dataset data = task_of((enum rnn_task)task, seed, 0, n, T);
                rnn_real *y = block_of(T * sizeof *y);
                for (uint32_t i = 0; i < n; i++) {
                    bool applies = false;
                    const rnn_real *x = data.x + (size_t)i * T * info->features,
                                   *drawn = data.y + (size_t)i * data.readouts;
                    CHECK(rnn_task_targets((enum rnn_task)task, x, T, y, &applies) == RNN_OK);
                    if (task == RNN_TASK_RANDOM) CHECK(!applies);
                    if (task != RNN_TASK_RANDOM && task != RNN_TASK_SINE) CHECK(applies);
                    if (applies) CHECK(memcmp(y, drawn, data.readouts * sizeof *y) == 0);
                    if (task == RNN_TASK_SINE && T >= 20) waves++, silent += !applies;
                    if (task == RNN_TASK_SINE && T == 1) CHECK(!applies); /* one value fits both waves */
                }
                free(y);
            }
    CHECK(waves == 2000 && silent == 0); /* over a whole period the two waves are never confused */
}

/* The answer of a task's rule for one sequence, or -1 if there is none. */
static double said(enum rnn_task task, const rnn_real *x, uint32_t timesteps)
{
    rnn_real y[16] = {0};
    bool applies = false;
    CHECK(rnn_task_targets(task, x, timesteps, y, &applies) == RNN_OK);
    return applies ? (double)y[0] : -1;
}

#define SAID(task, ...)                                                                                                \
    said(task, (const rnn_real[]){__VA_ARGS__},                                                                        \
         sizeof((const rnn_real[]){__VA_ARGS__}) / sizeof(rnn_real) / rnn_task_info_of(task)->features)

/* Changed sequences, also with values that no task generates. The answers were worked out by hand. */
static void test_rules_of_changed_sequences(void)
{
    CHECK(SAID(RNN_TASK_FIRST, 5, 0, 0) == 1 && SAID(RNN_TASK_FIRST, -3, 1, 1) == 0 &&
          SAID(RNN_TASK_FIRST, 0.5, 1) == 0);
    CHECK(SAID(RNN_TASK_LAST, 1, 0, -3) == 0 && SAID(RNN_TASK_LAST, 0, 0, 1e30f) == 1);
    CHECK(SAID(RNN_TASK_MAJORITY, 5, -3, 7) == 1 && SAID(RNN_TASK_MAJORITY, 9, 9, 0, 0) == 0);
    CHECK(SAID(RNN_TASK_MAJORITY, 0, 0, 9, 9) == 1); /* the last value breaks a tie */
    CHECK(SAID(RNN_TASK_MAJORITY, 0.5, 1, 0) == 0);  /* one half is not above one half */
    CHECK(SAID(RNN_TASK_RISING, -3, 0, -2) == 1 && SAID(RNN_TASK_RISING, 5, 9, 5) == 0);
    CHECK(SAID(RNN_TASK_PARITY, 5, -3, 7) == 0 && SAID(RNN_TASK_PARITY, 5, -3, 0.4f) == 1);
    CHECK(SAID(RNN_TASK_RANDOM, 0.1f, 0.9f) == -1);
    /* values with their marks */
    CHECK(SAID(RNN_TASK_ADDING, 0.25, 1, 0.5, 0, 5, 1) == 5.25 && SAID(RNN_TASK_ADDING, -3, 1, 2, 1, 7, 0) == -1);
    CHECK(SAID(RNN_TASK_ADDING, 0.25, 1, 0.5, 0, 0.5, 0) == -1 &&
          SAID(RNN_TASK_ADDING, 1, 1, 2, 1, 3, 1) == -1);            /* 1 and 3 marks */
    CHECK(SAID(RNN_TASK_ADDING, 0.25, 1, 0.5, 0.5, 0.5, 0.5) == -1); /* a mark of one half is not allowed */
    CHECK(SAID(RNN_TASK_ADDING, 0.25, 1, 0.5, 1, 0.5, 0.5) == -1);   /* not even with two whole ones */
    CHECK(SAID(RNN_TASK_ADDING, 0, 0, 0.25, 1, 0.5, 1) == 0.75);     /* a mark moved */
    CHECK(SAID(RNN_TASK_ADDING, 3e38f, 1, 3e38f, 1) == (sizeof(rnn_real) == 4 ? -1 : 2.0 * 3e38f));
    /* two neighbors outside of 0.25 to 0.75, one on either side */
    for (uint32_t task = RNN_TASK_PAIR; task <= RNN_TASK_EARLY_PAIR; task++) {
        CHECK(SAID(task, 0.5, 0.9f, 0.1f) == 1 && SAID(task, -3, 7, 0.5) == 0 && SAID(task, 0.25, 0.75, 0.5) == -1);
        CHECK(SAID(task, 0.9f, 0.5, 0.1f) == -1 && SAID(task, 0.9f, 0.1f, 0.9f) == -1 && SAID(task, 1, 1, 0.5) == -1);
        CHECK(SAID(task, 0, 0, 0.5) == -1 && SAID(task, 0.5, 0.5, 1) == -1);
    }
    /* one symbol per step: a b c d X Y */
#define STEP_A 1, 0, 0, 0, 0, 0
#define STEP_X 0, 0, 0, 0, 1, 0
#define STEP_Y 0, 0, 0, 0, 0, 1
    CHECK(SAID(RNN_TASK_ORDER, STEP_X, STEP_A, STEP_Y) == 1 && SAID(RNN_TASK_ORDER, STEP_A, STEP_Y, STEP_X) == 2);
    CHECK(SAID(RNN_TASK_ORDER, STEP_X, STEP_X) == 0 && SAID(RNN_TASK_ORDER, STEP_Y, STEP_A, STEP_Y, STEP_A) == 3);
    CHECK(SAID(RNN_TASK_ORDER, STEP_X, STEP_A) == -1 && SAID(RNN_TASK_ORDER, STEP_X, STEP_Y, STEP_X) == -1);
    CHECK(SAID(RNN_TASK_ORDER, STEP_X, 0, 0, 0, 0, 0, 0.9f) == -1 &&
          SAID(RNN_TASK_ORDER, STEP_X, 1, 0, 0, 0, 0, 1) == -1);
    CHECK(SAID(RNN_TASK_ORDER, STEP_X, 0.9f, 0, 0, 0, 0, 1) == -1); /* a symbol and a fraction of another */
    /* a wave keeps its label while the change could be noise */
    rnn_real wave[20];
    for (int t = 0; t < 20; t++) wave[t] = (rnn_real)sin(6.283185307179586 * (0.3 + t / 10.0));
    CHECK(said(RNN_TASK_SINE, wave, 20) == 1);
    wave[7] += (rnn_real)0.2;
    CHECK(said(RNN_TASK_SINE, wave, 20) == 1);
    wave[7] += (rnn_real)0.6; /* neither noise up to 0.25 nor another phase can explain this */
    CHECK(said(RNN_TASK_SINE, wave, 20) == -1);
    wave[7] = 5;
    CHECK(said(RNN_TASK_SINE, wave, 20) == -1);
    for (int t = 0; t < 20; t++) wave[t] = (rnn_real)sin(6.283185307179586 * (0.3 + t / 20.0));
    CHECK(said(RNN_TASK_SINE, wave, 20) == 0);
    /* a target at every step */
    const rnn_real x[5] = {5, -3, 0.5, 7, 8};
    rnn_real y[5];
    bool applies = false;
    CHECK(rnn_task_targets(RNN_TASK_ECHO, x, 5, y, &applies) == RNN_OK && applies);
    CHECK(y[0] == 0 && y[1] == 0 && y[2] == 0 && y[3] == 5 && y[4] == -3);
}

/* The targets of a sentence as words with spaces between, or "none" if the rule does not apply. */
static const char *targets_of(enum rnn_task task, const char *sentence)
{
    enum { T = 13, LONGEST = 10 };
    static char said_words[T * (LONGEST + 1)];
    static rnn_real x[T * 30];
    const struct rnn_task_info *info = rnn_task_info_of(task);
    char words[30][LONGEST], copy[200], *word;
    uint32_t count = 0, t = 0;
    strcpy(copy, info->tokens);
    for (word = strtok(copy, " "); word; word = strtok(NULL, " ")) strcpy(words[count++], word);
    memset(x, 0, sizeof x);
    strcpy(copy, sentence);
    for (word = strtok(copy, " "); word; word = strtok(NULL, " "), t++)
        for (uint32_t w = 0; w < count; w++) x[t * count + w] = strcmp(word, words[w]) == 0;
    rnn_real y[T];
    bool applies = false;
    CHECK(rnn_task_targets(task, x, t, y, &applies) == RNN_OK);
    if (!applies) return "none";
    *said_words = 0;
    for (uint32_t i = 0; i < t; i++) strcat(strcat(said_words, i ? " " : ""), words[(int)y[i]]);
    return said_words;
}

/* Sentences that nobody drew. */
static void test_rules_of_sentences(void)
{
    static const struct {
        const char *sentence, *targets;
    } rhymes[] = {{"the cat sat on the mat", "cat sat on the mat ."},
                  {"the bee sat on the mat", "bee sat on the tree ."},
                  {"the cat sat on the frog", "cat sat on the mat ."},
                  {"the fox sat very still on the box . .", "fox sat very still on the box . . ."},
                  {"the mat sat on the cat", "none"},
                  {"the cat sat the on mat", "none"},
                  {"the cat sat on the still", "none"},
                  {"the cat sat on the mat the", "none"},
                  {"the cat sat very still on the", "none"}},
      clauses[] = {{"the cats is here", "cats are here ."},
                   {"the fox near the foxes are tired . .", "fox near the foxes is tired . . ."},
                   {"the foxes that saw the boy that liked the dogs is happy .",
                    "foxes that saw the boy that liked the dogs are happy . ."},
                   {"the cat that is here", "none"},
                   {"the cat near saw the dog is here", "none"},
                   {"the cat here is .", "none"},
                   {"the cat is here is", "none"},
                   {"the cat is is", "none"},
                   {"cat the is here", "none"},
                   {"the cat near the dog", "none"},
                   {"the cat is happy nothing", "none"}};
    for (size_t i = 0; i < sizeof rhymes / sizeof *rhymes; i++)
        CHECK_TEXT(targets_of(RNN_TASK_RHYMES, rhymes[i].sentence), rhymes[i].targets);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        CHECK_TEXT(targets_of(RNN_TASK_AGREEMENT, clauses[i].sentence), clauses[i].targets);
        if (strlen(clauses[i].sentence) > 30)
            CHECK_TEXT(targets_of(RNN_TASK_AGREEMENT_TRAPS, clauses[i].sentence), clauses[i].targets);
    }
}

/* Each of the two orders is equally likely at each of the nine places. */
static void test_pairs(void)
{
    enum { N = 18000, T = 25 };
    struct rnn_dataset late = task_of(RNN_TASK_PAIR, 3, 0, N, T), early = task_of(RNN_TASK_EARLY_PAIR, 3, 0, N, T);
    struct rnn_dataset ten = task_of(RNN_TASK_PAIR, 3, 0, N, 10), same = task_of(RNN_TASK_EARLY_PAIR, 3, 0, N, 10);
    CHECK(memcmp(ten.x, same.x, N * 10 * sizeof *ten.x) == 0 && memcmp(ten.y, same.y, N * sizeof *ten.y) == 0);
    uint32_t counts[2][9] = {{0}};
    for (uint32_t i = 0; i < N; i++) {
        uint32_t outside = 0, first = 0, first_early = 0;
        for (uint32_t t = T; t-- > 0;) {
            const double x = at(&late, i, t, 0);
            if (x < 0.4 || x >= 0.6) outside++, first = t;
            if (at(&early, i, t, 0) < 0.4 || at(&early, i, t, 0) >= 0.6) first_early = t;
        }
        CHECK(outside == 2 && first >= 15 && first < 24 && first_early == first - 15);
        const rnn_real high = (rnn_real)0.95, low = (rnn_real)0.05, *pair = late.x + i * T + first;
        CHECK(late.y[i] == 1 ? pair[0] == high && pair[1] == low : pair[0] == low && pair[1] == high);
        counts[(int)late.y[i]][first - 15]++;
    }
    for (int y = 0; y < 2; y++)
        for (int place = 0; place < 9; place++) check_share(counts[y][place], N, 1.0 / 18);
}

static void test_refusals_of_rules(void)
{
    rnn_real x[4] = {0}, y[4];
    bool applies = true;
    CHECK(rnn_task_targets((enum rnn_task)15, x, 4, y, &applies) == RNN_ERROR_RANGE);
    CHECK(rnn_task_targets(RNN_TASK_RISING, x, 1, y, &applies) == RNN_ERROR_RANGE);
    CHECK(rnn_task_targets(RNN_TASK_FIRST, x, 1001, y, &applies) == RNN_ERROR_RANGE);
    CHECK(rnn_task_targets(RNN_TASK_FIRST, NULL, 4, y, &applies) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_task_targets(RNN_TASK_FIRST, x, 4, NULL, &applies) == RNN_ERROR_ARGUMENT);
    CHECK(rnn_task_targets(RNN_TASK_FIRST, x, 4, y, NULL) == RNN_ERROR_ARGUMENT);
    x[3] = (rnn_real)NAN;
    CHECK(rnn_task_targets(RNN_TASK_FIRST, x, 4, y, &applies) == RNN_ERROR_DATA);
    for (uint32_t task = 0; rnn_task_info_of(task); task++) {
        const bool some = task == RNN_TASK_RANDOM || task == RNN_TASK_ORDER || task == RNN_TASK_SINE ||
                          task == RNN_TASK_ADDING || task >= RNN_TASK_PAIR;
        /* exactly the tasks with a limited rule describe its scope */
        CHECK((rnn_task_text_of(task)->scope != NULL) == some);
    }
}

static void test_refusals(void)
{
    rnn_real x[4], y[4];
    CHECK(rnn_task_generate((enum rnn_task)15, 1, 0, 1, 1, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 0, 1, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 1, 0, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, UINT32_MAX, 1, 1, x, y) == RNN_OK);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, UINT32_MAX, 2, 1, x, y) == RNN_ERROR_RANGE);
    CHECK(rnn_task_generate(RNN_TASK_FIRST, 1, 0, 1, 1, NULL, y) == RNN_ERROR_ARGUMENT);
}

int main(void)
{
    test_more_keeps_the_earlier();
    test_labels();
    test_values();
    test_every_task();
    test_what_tasks_are();
    test_definitions();
    test_places();
    test_sine();
    test_phase();
    test_shortest();
    test_rules_of_drawn_sequences();
    test_rules_of_changed_sequences();
    test_rules_of_sentences();
    test_pairs();
    test_refusals_of_rules();
    test_refusals();
    return check_report();
}
