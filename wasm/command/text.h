/* Texts: a vocabulary, the tokens of a file, sequences of them, and what a file of weights keeps of the vocabulary. */
#ifndef UNROLLED_TEXT_H
#define UNROLLED_TEXT_H

#include "options.h"
#include "rnn_files.h"

struct text {
    const char *path;
    const struct rnn_vocabulary *vocabulary;
    const uint32_t *tokens;
    uint32_t count;
    struct rnn_text found;
};

/* Reads a file. vocabulary: NULL to make one from --tokens, --keep-case and --vocabulary. */
enum exit_status text_read(const struct options *options, const char *path, const struct rnn_vocabulary *vocabulary,
                           struct text *text);

/* Prints in one line what was found in a text, and what was done with it. */
void text_report(const struct text *text);

/* The tokens of a text that an option gives, at least one. */
enum exit_status text_read_argument(const struct options *options, enum option which,
                                    const struct rnn_vocabulary *vocabulary, struct text *text);

/* Windows of --steps tokens from every --stride-th on. features: V for one-hot, 1 for one number. */
enum exit_status text_windows(const struct options *options, const struct text *text, uint32_t features,
                              struct rnn_dataset *data);

/* The text as one sequence, or if it is longer than a sequence may be, as several, one after the other. */
enum exit_status text_stream(const struct text *text, uint32_t features, struct rnn_dataset *data);

/* What a file of weights keeps of a vocabulary, and the vocabulary of such notes: NULL if they have none. */
enum exit_status text_notes(const struct rnn_vocabulary *vocabulary, const struct rnn_note **notes);
enum exit_status text_vocabulary(const char *path, const struct rnn_note *notes,
                                 const struct rnn_vocabulary **vocabulary);

/* The names of the notes of a vocabulary, as far as NULL. */
extern const char *const text_note_keys[];

/* Prints tokens as text. */
enum exit_status text_put(const struct rnn_vocabulary *vocabulary, const uint32_t *tokens, uint32_t count);

#endif
