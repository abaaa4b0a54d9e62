/* What a file of weights keeps of a time series, as JSON. It is read in the order in which it is written. */
#include "decimal.h"
#include "diagnose.h"
#include "json.h"
#include "utf8.h"

/* ------------------------------------------------------------------------------------------------ write */

static enum rnn_status check_column(const struct rnn_note_column *column)
{
    const char *end = memchr(column->name, 0, sizeof column->name);
    if (!end) return RNN_ERROR_DATA;
    for (const char *at = column->name; at < end;) {
        const size_t bytes = rnni_utf8_bytes(at, (size_t)(end - at));
        if (!bytes) return RNN_ERROR_DATA;
        at += bytes;
    }
    return isfinite(column->scale.mean) && isfinite(column->scale.deviation) ? RNN_OK : RNN_ERROR_RANGE;
}

static enum rnn_status check(const struct rnn_series_note *note)
{
    RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, note->timesteps));
    RNNI_TRY(rnn_range_check(RNN_FEATURES, note->features));
    if (note->lead == 0 || !rnn_forecast_name(note->forecast) || !isfinite(note->threshold)) return RNN_ERROR_RANGE;
    for (uint32_t f = 0; f < note->features; f++) RNNI_TRY(check_column(&note->inputs[f]));
    return check_column(&note->target);
}

static void put_column(struct rnni_writer *writer, const struct rnn_note_column *column)
{
    rnni_put_text(writer, "{\"name\": ");
    rnni_json_put_string(writer, column->name);
    rnni_put_text(writer, ", \"mean\": ");
    rnni_put_double(writer, column->scale.mean);
    rnni_put_text(writer, ", \"deviation\": ");
    rnni_put_double(writer, column->scale.deviation);
    rnni_put_text(writer, "}");
}

static void put_note(struct rnni_writer *writer, const struct rnn_series_note *note)
{
    rnni_put_text(writer, "{\"timesteps\": ");
    rnni_put_number(writer, note->timesteps);
    rnni_put_text(writer, ", \"lead\": ");
    rnni_put_number(writer, note->lead);
    rnni_put_text(writer, ", \"forecast\": ");
    rnni_json_put_string(writer, rnn_forecast_name(note->forecast));
    rnni_put_text(writer, ", \"threshold\": ");
    rnni_put_double(writer, note->threshold);
    rnni_put_text(writer, ", \"target\": ");
    put_column(writer, &note->target);
    rnni_put_text(writer, ", \"inputs\": ");
    for (uint32_t f = 0; f < note->features; f++) {
        rnni_put_text(writer, f ? ", " : "[");
        put_column(writer, &note->inputs[f]);
    }
    rnni_put_text(writer, "]}");
    rnni_put(writer, "", 1);
}

enum rnn_status rnn_series_note_write(const struct rnn_series_note *note, char *text, size_t capacity, size_t *written)
{
    if (!note || (!text && capacity)) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check(note));
    struct rnni_writer writer = {0};
    do put_note(&writer, note);
    while (rnni_put_again(&writer, text, capacity));
    return rnni_put_end(&writer, written);
}

/* ------------------------------------------------------------------------------------------------ read */

/* Takes {"key": or ,"key": */
static enum rnn_status take_key(struct rnni_reader *reader, char before, const char *key)
{
    struct rnni_string string;
    RNNI_TRY(rnni_expect(reader, before));
    RNNI_TRY(rnni_json_take_string(reader, "a key", &string));
    if (!rnni_string_is(&string, key)) return rnni_fail_string(reader, &string, "expected the key that comes next");
    return rnni_expect(reader, ':');
}

static enum rnn_status take_whole(struct rnni_reader *reader, char before, const char *key, uint32_t *number)
{
    uint64_t value;
    RNNI_TRY(take_key(reader, before, key));
    RNNI_TRY(rnni_take_number(reader, &value));
    if (value == 0 || value > UINT32_MAX)
        return rnni_fail_at_byte(reader, "a whole number of at least 1 before this place");
    *number = (uint32_t)value;
    return RNN_OK;
}

static enum rnn_status take_double(struct rnni_reader *reader, const char *key, double *number)
{
    RNNI_TRY(take_key(reader, ',', key));
    rnni_skip_space(reader);
    const size_t bytes = rnni_decimal_read_double(reader->text + reader->at, reader->end - reader->at, number);
    if (!bytes || !isfinite(*number)) return rnni_fail_at_byte(reader, "a number");
    reader->at += bytes;
    return RNN_OK;
}

static enum rnn_status take_column(struct rnni_reader *reader, struct rnn_note_column *column)
{
    struct rnni_string name;
    struct rnni_writer writer = {column->name, sizeof column->name - 1, 0};
    RNNI_TRY(take_key(reader, '{', "name"));
    RNNI_TRY(rnni_json_take_string(reader, "a name", &name));
    rnni_json_put_meaning(&writer, reader, &name);
    if (writer.written > writer.capacity) return rnni_fail_string(reader, &name, "expected at most 131 bytes");
    column->name[writer.written] = 0;
    RNNI_TRY(take_double(reader, "mean", &column->scale.mean));
    RNNI_TRY(take_double(reader, "deviation", &column->scale.deviation));
    return rnni_expect(reader, '}');
}

static enum rnn_status take_forecast(struct rnni_reader *reader, uint32_t *forecast)
{
    struct rnni_string name;
    RNNI_TRY(take_key(reader, ',', "forecast"));
    RNNI_TRY(rnni_json_take_string(reader, "a name", &name));
    for (*forecast = 0; rnn_forecast_name(*forecast); ++*forecast)
        if (rnni_string_is(&name, rnn_forecast_name(*forecast))) return RNN_OK;
    return rnni_fail_string(reader, &name, "expected value, higher or above");
}

static enum rnn_status take_inputs(struct rnni_reader *reader, struct rnn_series_note *note)
{
    RNNI_TRY(take_key(reader, ',', "inputs"));
    RNNI_TRY(rnni_expect(reader, '['));
    do {
        if (note->features == RNNI_COUNT(note->inputs)) return rnni_fail_at_byte(reader, "at most 64 inputs");
        RNNI_TRY(take_column(reader, &note->inputs[note->features++]));
    } while (rnni_take(reader, ','));
    RNNI_TRY(rnni_expect(reader, ']'));
    RNNI_TRY(rnni_expect(reader, '}'));
    rnni_skip_space(reader);
    return reader->at == reader->end ? RNN_OK : rnni_fail_at_byte(reader, "the end");
}

enum rnn_status rnn_series_note_read(const char *text, size_t bytes, struct rnn_series_note *note,
                                     struct rnn_diagnosis *diagnosis)
{
    if (!text || !note) return RNN_ERROR_ARGUMENT;
    struct rnni_reader reader = {text, 0, bytes, diagnosis};
    struct rnn_series_note found = {0};
    RNNI_TRY(take_whole(&reader, '{', "timesteps", &found.timesteps));
    if (rnn_range_check(RNN_TIMESTEPS, found.timesteps) != RNN_OK)
        return rnni_fail_at_byte(&reader, "at most 1000 time steps before this place");
    RNNI_TRY(take_whole(&reader, ',', "lead", &found.lead));
    RNNI_TRY(take_forecast(&reader, &found.forecast));
    RNNI_TRY(take_double(&reader, "threshold", &found.threshold));
    RNNI_TRY(take_key(&reader, ',', "target"));
    RNNI_TRY(take_column(&reader, &found.target));
    RNNI_TRY(take_inputs(&reader, &found));
    *note = found;
    return RNN_OK;
}
