/** The numbers that a question is made of. Each is the engine's. */

import type { BackwardNorms, Tensor } from '../../../wasm/js/types.ts';
import type { Arithmetic } from '../arithmetic/numbers.ts';

/** How an answer is read. class: the probability of one class. */
export type Kind = 'probability' | 'class' | 'value';

/** What the network says of a sequence after its last time step. */
export interface Said {
  /** (K). */
  answer: Float32Array;
  loss: number;
  /** With a crossentropy: the class that is answered, and whether that is the target. */
  class: number | undefined;
  right: boolean | undefined;
}

/** Whose answers they are, and how they are read. */
export interface Read {
  kind: Kind;
  timesteps: number;
  features: number;
  cell: string;
}

export interface InputFacts extends Read {
  question: 'input';
  /** Both from 1. */
  timestep: number;
  feature: number;
  was: number;
  value: number;
  before: Said;
  /** (K). */
  after: Float32Array;
  /** The whole range of an answer: 1 of a probability, that of the targets of a value. */
  span: number;
}

export interface LoopFacts extends Read {
  question: 'loop';
  /** A target at every time step, or numbers as targets: no right and wrong, but a loss. */
  graded: boolean;
  target: number;
  before: Said;
  after: Said;
}

export interface LengthFacts {
  question: 'length';
  timesteps: number;
  longer: number;
  parameters: number;
  longerParameters: number;
  /** The figures can show it. */
  shows: boolean;
}

export interface TermFacts {
  question: 'term';
  arithmetic: Arithmetic;
  /** Which of its terms are proposed, in the order in which they are added. */
  proposed: number[];
}

export interface BackwardFacts {
  question: 'gradient' | 'empty';
  cell: string;
  activation: string;
  timesteps: number;
  layers: number;
  /** From 1. */
  layer: number;
  everyStep: boolean;
  norms: BackwardNorms;
  /** By what one step back multiplies ‖∂L/∂h_t‖; may be NaN. */
  rate: number;
}

export interface ReadoutFacts extends Read {
  question: 'readout';
  timestep: number;
  /** Answers that have a target. */
  readouts: number;
  class: number | undefined;
  /** (K) each: at that time step, at the last. */
  there: Float32Array;
  last: Float32Array;
}

export interface FeatureFacts {
  question: 'feature';
  features: number;
  /** U, W and V: of the lowest layer, and the readout's. */
  now: Tensor[];
  more: Tensor[];
}

export interface LuckFacts {
  question: 'luck';
  epochs: number;
  more: number;
  /** Accuracies after `more` epochs. */
  training: number;
  fresh: number;
  /** How many fresh sequences there are, and where 95 % of coin tosses lie. */
  count: number;
  band: { low: number; high: number };
}

export type Facts =
  | InputFacts
  | LoopFacts
  | LengthFacts
  | TermFacts
  | BackwardFacts
  | ReadoutFacts
  | FeatureFacts
  | LuckFacts
  /** Nothing to be asked here, and why. */
  | { question: 'none'; reason: string };
