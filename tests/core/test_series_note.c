/* What a file of weights keeps of a time series: written, read back to the same bits, and refused where it is damaged. */
#include "support.h"
#include "rnn_files.h"

static struct rnn_series_note note = {.timesteps = 7,
                                      .lead = 2,
                                      .forecast = RNN_FORECAST_ABOVE,
                                      .features = 2,
                                      .threshold = -0.1,
                                      .target = {"wind \"m/s\"", {0.1, 1.0 / 3}},
                                      .inputs = {{"temp\xc3\xa9rature", {1e-9, 0}}, {"wind \"m/s\"", {0.1, 1.0 / 3}}}};
static char text[4096];

static void there_and_back(void)
{
    static struct rnn_series_note back;
    size_t written, needed;
    CHECK_EQUAL(rnn_series_note_write(&note, NULL, 0, &needed), RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_series_note_write(&note, text, needed - 1, NULL), RNN_ERROR_BLOCK);
    CHECK_EQUAL(rnn_series_note_write(&note, text, needed, &written), RNN_OK);
    CHECK(written == needed && strlen(text) == needed - 1);
    CHECK_TEXT(
        text,
        "{\"timesteps\": 7, \"lead\": 2, \"forecast\": \"above\", \"threshold\": -0.1, "
        "\"target\": {\"name\": \"wind \\\"m/s\\\"\", \"mean\": 0.1, \"deviation\": 0.3333333333333333}, \"inputs\": ["
        "{\"name\": \"temp\xc3\xa9rature\", \"mean\": 1e-09, \"deviation\": 0.0}, "
        "{\"name\": \"wind \\\"m/s\\\"\", \"mean\": 0.1, \"deviation\": 0.3333333333333333}]}");
    CHECK_EQUAL(rnn_series_note_read(text, strlen(text), &back, NULL), RNN_OK);
    CHECK(back.timesteps == 7 && back.lead == 2 && back.forecast == RNN_FORECAST_ABOVE && back.features == 2);
    CHECK(back.threshold == -0.1);
    CHECK_TEXT(back.target.name, note.target.name);
    CHECK(memcmp(&back.target.scale, &note.target.scale, sizeof back.target.scale) == 0);
    for (int f = 0; f < 2; f++) {
        CHECK_TEXT(back.inputs[f].name, note.inputs[f].name);
        CHECK(memcmp(&back.inputs[f].scale, &note.inputs[f].scale, sizeof back.target.scale) == 0);
    }
}

static void damaged(void)
{
    static struct rnn_series_note back;
    const size_t whole = strlen(text);
    for (size_t bytes = 0; bytes < whole; bytes++) {
        char *copy = block_of(bytes + 1); /* nothing is read beyond the end */
        memcpy(copy, text, bytes);
        CHECK_EQUAL(rnn_series_note_read(copy, bytes, &back, NULL), RNN_ERROR_WEIGHTS);
        free(copy);
    }
    for (size_t i = 0; i < whole; i++) {
        const char kept = text[i];
        struct rnn_diagnosis diagnosis = {0};
        text[i] = '}';
        const enum rnn_status status = rnn_series_note_read(text, whole, &back, &diagnosis);
        CHECK(status == RNN_OK || (status == RNN_ERROR_WEIGHTS && diagnosis.text[0])); /* a name may contain it */
        text[i] = kept;
    }
    CHECK_EQUAL(rnn_series_note_read(text, whole + 1, &back, NULL), RNN_ERROR_WEIGHTS);
    CHECK_EQUAL(rnn_series_note_read(NULL, 0, &back, NULL), RNN_ERROR_ARGUMENT);
    CHECK_EQUAL(rnn_series_note_read(text, whole, NULL, NULL), RNN_ERROR_ARGUMENT);
}

static void refused(void)
{
    const struct rnn_series_note kept = note;
    CHECK_EQUAL(rnn_series_note_write(NULL, text, sizeof text, NULL), RNN_ERROR_ARGUMENT);
    note.timesteps = 0;
    CHECK_EQUAL(rnn_series_note_write(&note, text, sizeof text, NULL), RNN_ERROR_RANGE);
    note = kept;
    note.features = 65;
    CHECK_EQUAL(rnn_series_note_write(&note, text, sizeof text, NULL), RNN_ERROR_RANGE);
    note = kept;
    note.forecast = 3;
    CHECK_EQUAL(rnn_series_note_write(&note, text, sizeof text, NULL), RNN_ERROR_RANGE);
    note = kept;
    note.inputs[1].scale.mean = NAN;
    CHECK_EQUAL(rnn_series_note_write(&note, text, sizeof text, NULL), RNN_ERROR_RANGE);
    note = kept;
    note.target.name[0] = '\xff';
    CHECK_EQUAL(rnn_series_note_write(&note, text, sizeof text, NULL), RNN_ERROR_DATA);
    memset(note.target.name, 'a', sizeof note.target.name);
    CHECK_EQUAL(rnn_series_note_write(&note, text, sizeof text, NULL), RNN_ERROR_DATA);
    note = kept;
}

int main(void)
{
    TEST(there_and_back);
    TEST(damaged);
    TEST(refused);
    return check_report();
}
