/* The tokens of a text as sequences whose targets are the next tokens. */
#include "text.h"

const char *rnn_text_form_name(uint32_t index)
{
    static const char *const names[] = {"windows", "sentences", "lines"};
    return RNNI_NAME(names, index);
}

static enum rnn_status check(const uint32_t *tokens, const uint8_t *marks, uint32_t count,
                             const struct rnn_text_layout *layout)
{
    if (!tokens || !layout) return RNN_ERROR_ARGUMENT;
    const bool windows = layout->form == RNN_TEXT_WINDOWS;
    if (!rnn_text_form_name(layout->form) || (windows ? layout->stride == 0 : !marks)) return RNN_ERROR_ARGUMENT;
    if (layout->outputs < 2 || rnn_range_check(RNN_CLASSES, layout->outputs)) return RNN_ERROR_RANGE;
    if (layout->features != layout->outputs && layout->features != 1) return RNN_ERROR_RANGE;
    if (windows || layout->timesteps) RNNI_TRY(rnn_range_check(RNN_TIMESTEPS, layout->timesteps));
    for (uint32_t i = 0; i < count; i++)
        if (tokens[i] >= layout->outputs) return RNN_ERROR_ARGUMENT;
    return RNN_OK;
}

/* Consecutive tokens that make one sequence; its targets are all of them but the first. */
struct part {
    uint32_t first, tokens;
};

/* The sentence or line that begins at *at or behind it. Moves *at behind it; returns false at the end of the text. */
static bool next_part(const uint8_t *marks, uint32_t count, uint32_t form, uint32_t *at, struct part *part)
{
    const uint8_t end = form == RNN_TEXT_LINES ? RNN_LINE_END : RNN_SENTENCE_END;
    while (form == RNN_TEXT_SENTENCES && *at < count && (marks[*at] & RNN_BETWEEN_SENTENCES)) ++*at;
    if (*at == count) return false;
    part->first = *at;
    while (*at + 1 < count && !(marks[*at] & end)) ++*at;
    ++*at;
    part->tokens = *at - part->first;
    return true;
}

static void measure_parts(const uint8_t *marks, uint32_t count, const struct rnn_text_layout *layout,
                          struct rnn_text_shape *shape)
{
    struct part part;
    uint32_t longest = layout->timesteps;
    for (uint32_t at = 0; layout->timesteps == 0 && next_part(marks, count, layout->form, &at, &part);)
        if (part.tokens > longest + 1) longest = part.tokens - 1;
    const uint32_t most = (uint32_t)rnn_range_of(RNN_TIMESTEPS)->maximum;
    shape->timesteps = longest < most ? longest : most;
    for (uint32_t at = 0; next_part(marks, count, layout->form, &at, &part);) {
        shape->too_short += part.tokens < 2;
        shape->too_long += part.tokens > shape->timesteps + 1;
        shape->samples += part.tokens >= 2 && part.tokens <= shape->timesteps + 1;
    }
}

enum rnn_status rnn_text_sequences_measure(const uint32_t *tokens, const uint8_t *marks, uint32_t count,
                                           const struct rnn_text_layout *layout, struct rnn_text_shape *shape)
{
    struct rnn_text_shape made = {0};
    if (!shape) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(check(tokens, marks, count, layout));
    if (layout->form != RNN_TEXT_WINDOWS) {
        measure_parts(marks, count, layout, &made);
    } else {
        made.timesteps = layout->timesteps;
        if (count > layout->timesteps) made.samples = (count - 1 - layout->timesteps) / layout->stride + 1;
    }
    *shape = made;
    if (made.samples == 0) return RNN_ERROR_EMPTY;
    return rnn_range_check(RNN_SAMPLES, made.samples);
}

/* x: out (T, F); y: out (T). */
static void put_sequence(const uint32_t *tokens, uint32_t steps, uint32_t timesteps,
                         const struct rnn_text_layout *layout, rnn_real *x, rnn_real *y)
{
    const uint32_t features = layout->features;
    for (size_t i = 0; i < (size_t)timesteps * features; i++) x[i] = 0;
    for (uint32_t t = 0; t < timesteps; t++) {
        y[t] = t < steps ? (rnn_real)tokens[t + 1] : 0;
        if (t >= steps) continue;
        if (features == 1)
            x[t] = (rnn_real)tokens[t] / (rnn_real)(layout->outputs - 1);
        else
            x[(size_t)t * features + tokens[t]] = 1;
    }
}

enum rnn_status rnn_text_sequences(const uint32_t *tokens, const uint8_t *marks, uint32_t count,
                                   const struct rnn_text_layout *layout, rnn_real *x, rnn_real *y, uint32_t *lengths)
{
    struct rnn_text_shape shape;
    struct part part;
    uint32_t sample = 0, at = 0;
    if (!x || !y) return RNN_ERROR_ARGUMENT;
    RNNI_TRY(rnn_text_sequences_measure(tokens, marks, count, layout, &shape));
    while (sample < shape.samples) {
        if (layout->form == RNN_TEXT_WINDOWS)
            part = (struct part){sample * layout->stride, shape.timesteps + 1};
        else if (!next_part(marks, count, layout->form, &at, &part))
            break;
        if (part.tokens < 2 || part.tokens > shape.timesteps + 1) continue;
        const size_t first = (size_t)sample * shape.timesteps;
        put_sequence(tokens + part.first, part.tokens - 1, shape.timesteps, layout, x + first * layout->features,
                     y + first);
        if (lengths) lengths[sample] = part.tokens - 1;
        sample++;
    }
    return RNN_OK;
}
