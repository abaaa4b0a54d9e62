/* Takes a text in UTF-8 apart into tokens. rnn_files.h says what a token is. */
#ifndef RNNI_FILES_TEXT_H
#define RNNI_FILES_TEXT_H

#include "../internal.h"
#include "../rnn_files.h"
#include "writer.h"

struct rnni_token {
    char text[RNN_TOKEN_BYTES]; /* as a vocabulary has it, with a NUL; empty if it is too long for one */
    size_t at, end;             /* its bytes in the text */
    uint32_t breaks;            /* line breaks between the token before and this one; 0 by characters */
    bool joined;                /* nothing is between them */
};

/* The text, how to read it, and the position after the latest token. */
struct rnni_scan {
    const char *text;
    size_t at, bytes;
    uint32_t unit;
    bool keep_case, lists_unknown; /* is "<unknown>" one token, as in a vocabulary? */
    uint32_t folded;               /* letters that were made small so far */
};

/* Checks the arguments, the whole text, and that each character may stand in one; explains RNN_ERROR_TEXT in *diagnosis. */
enum rnn_status rnni_scan_start(struct rnni_scan *scan, const char *text, size_t bytes, uint32_t unit,
                                uint32_t keep_case, struct rnn_diagnosis *diagnosis);

/* The next token. At the end of the text returns false; token->breaks is then 1 at least. */
bool rnni_scan_next(struct rnni_scan *scan, struct rnni_token *token);

/* Stores line, character and offset of a byte in the diagnosis and starts its text. Returns RNN_ERROR_TEXT. */
enum rnn_status rnni_scan_fail(const struct rnni_scan *scan, size_t offset, const char *text,
                               struct rnn_diagnosis *diagnosis);

/* What a mark is to the words and sentences around it. */
bool rnni_ends_sentence(const char *token);
bool rnni_is_closing(const char *token); /* also quotation marks that may open or close */
bool rnni_is_opening(const char *token);
bool rnni_is_quote(const char *token); /* one that may open or close */

/* The text of the token that stands for all others. */
const char *rnni_unknown_text(uint32_t unit);

/* Write all characters of a kind as a regular expression of Python has them between brackets. */
enum rnni_characters { RNNI_BLANKS, RNNI_LINE_BREAKS, RNNI_PUNCTUATION };
void rnni_put_characters(struct rnni_writer *writer, enum rnni_characters characters);

/* The size of the block in which rnn_vocabulary_build counts the tokens of a text. */
uint64_t rnni_counter_bytes(uint32_t tokens);

/* Is the vocabulary one that rnn_vocabulary_build or rnn_vocabulary_read could have made, as far as reading it needs? */
bool rnni_vocabulary_valid(const struct rnn_vocabulary *vocabulary);

/* The number of a token; the unknown one's, or RNN_NO_TOKEN, if it is not in the vocabulary. */
uint32_t rnni_vocabulary_find(const struct rnn_vocabulary *vocabulary, const char *token);

#endif
