/** A text that the network of a moment has continued, word by word. */

export interface Continuation {
  words: string[];
  /** How many of the words are the reader's. */
  given: number;
  /** For each word but the last one, the most probable words after it. */
  next: { word: string; probability: number }[][];
  /** Whether the state was wiped before every word. */
  wiped: boolean;
  epoch: number;
  /** Of the whole run. */
  epochs: number;
  /** Of an epoch. */
  batches: number;
  /** `right` and `pairs` are those of the verbs of sentences that are hard, and not of a whole text. */
  traps: boolean;
  /** The share of the whole text's words that are the most probable ones where they come. */
  right: number;
  /** The same of counts of pairs of words. */
  pairs: number;
}
