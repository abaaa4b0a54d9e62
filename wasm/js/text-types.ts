/** The types of texts: tokens, sequences of them, and counts. Letters and errors are as in types.ts. */

import type { Dataset, Numbers, SequentialConfig, Sequences } from './config-types.ts';

/** The tokens that have a number: token k is `tokens[k]`. */
export interface Vocabulary {
  readonly unit: 'words' | 'characters';
  /** false: capital letters of ASCII and Latin-1 become small ones when a text is read. */
  readonly keepCase: boolean;
  /**
   * V tokens, 2 to 64. If the last one is "<unknown>", or U+FFFD among characters, it stands for all tokens that are not
   * in the list.
   */
  readonly tokens: readonly string[];
}

export interface ReadTextOptions {
  /**
   * Words and punctuation marks, or single characters. Default 'words'. Choose characters if the language of the text has no blanks
   * between words.
   */
  unit?: Vocabulary['unit'];
  /** Keep capital letters as they are. Default false. */
  keepCase?: boolean;
  /** The largest size of the vocabulary, 2 to 64. It keeps the most frequent tokens. Default 64. */
  limit?: number;
  /** Read with this vocabulary, for example that of a trained network. It excludes the other options. */
  vocabulary?: Vocabulary;
}

/** A text as tokens. */
export interface ReadText {
  vocabulary: Vocabulary;
  /** The number of each token in the vocabulary. */
  tokens: Uint32Array;
  /**
   * Where lines and sentences end, for each token: the sum of 1 if a line ends with it, 2 if a sentence does, and 4 if
   * it is a blank between two sentences.
   */
  marks: Uint8Array;
  /** How many of the tokens are not in the vocabulary. */
  unknown: number;
  /** How many capital letters were read as small ones. */
  folded: number;
}

export interface TextSequencesOptions {
  /**
   * 'windows', the default: T tokens, beginning with every stride-th one. 'sentences' or 'lines': each is one sequence,
   * padded to T, with its number of valid time steps in `lengths`.
   */
  form?: 'windows' | 'sentences' | 'lines';
  /** T. Windows need it; otherwise the default is the length of the longest sentence or line. */
  timesteps?: number;
  /** The distance between the beginnings of two windows, in tokens. Default 1. */
  stride?: number;
  /**
   * true, the default: a token is a vector of V features, of which one is 1 and the others are 0. false: it is one
   * feature, the number token / (V − 1).
   */
  oneHot?: boolean;
}

/** The part of a model's configuration that tells which tokens are in x and y. */
export type TokenConfig = Pick<SequentialConfig, 'timesteps' | 'features' | 'classes' | 'returnSequences' | 'loss'>;

/** Tokens as a network reads them, and the tokens that followed as classes. */
export interface TokenData {
  /** (n, T, F), F being V or 1. */
  x: Sequences;
  /** (n, R). */
  y: Numbers;
  /** The valid time steps of each sequence, (n). Default: all. */
  lengths?: ArrayLike<number>;
  config: TokenConfig;
}

/** Sequences whose targets are the next tokens, at every time step. */
export interface TextSequences extends Dataset {
  /** The valid time steps of each sequence, (n). The time steps after them are padding. */
  lengths: Uint32Array;
  /** The configuration of a model for these sequences, except its size: sequential({ ...config, units: 32 }). */
  config: TokenConfig;
  /** How many sentences or lines were left out because they have only one token. */
  tooShort: number;
  /** How many were left out because they have more than T + 1 tokens. */
  tooLong: number;
}

export interface NgramsOptions {
  /** How many of the latest tokens a prediction depends on, 0 to 4. Default 1: pairs of tokens are counted. */
  context?: number;
  /** The weight of the prediction from a context that is one token shorter, in counts. With 0 the counts alone decide. Default 1.
   * */
  prior?: number;
  /** The data to predict. Default: the training data. */
  data?: TokenData;
}

export interface Ngrams {
  /** The crossentropy; Infinity if `prior` is 0 and a token never followed its context. */
  loss: number;
  accuracy: number;
  /** (n, R, V); 0 at padding. */
  predictions: Float32Array;
}
