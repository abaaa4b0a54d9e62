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
  /** What `right` and `pairs` are of: the whole story, the verbs of hard sentences, or what was held back of a text. */
  measured: 'story' | 'verbs' | 'held';
  /** The share of the words that are the most probable ones where they come. */
  right: number;
  /** The same of counts of pairs of words. */
  pairs: number;
}
