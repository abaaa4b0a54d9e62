/** The numbers that a question is made of, all computed by the engine. */

import type { BackwardNorms, Tensor } from '../../../wasm/js/types.ts';
import type { Arithmetic } from '../arithmetic/numbers.ts';

/** How an answer is read. 'class' is the probability of one class. */
export type Kind = 'probability' | 'class' | 'value';

/** The network's answer to a sequence after its last time step. */
export interface NetworkAnswer {
  /** Shape (K). */
  answer: Float32Array;
  loss: number;
  /** With crossentropy: the answered class, and whether it is the target. */
  class: number | undefined;
  right: boolean | undefined;
}

/** How to read the answers of a network. */
export interface AnswerKind {
  kind: Kind;
  timesteps: number;
  features: number;
  cell: string;
}

export interface InputFacts extends AnswerKind {
  question: 'input';
  /** Both from 1. */
  timestep: number;
  feature: number;
  was: number;
  value: number;
  before: NetworkAnswer;
  /** Shape (K). */
  after: Float32Array;
  /** The range of possible answers: 1 for a probability, the range of the targets for a value. */
  span: number;
}

export interface LoopFacts extends AnswerKind {
  question: 'loop';
  /**
   * Whether the answer is graded by its loss, because there is a target at every time step or the targets are numbers.
   */
  graded: boolean;
  target: number;
  before: NetworkAnswer;
  after: NetworkAnswer;
}

export interface LengthFacts {
  question: 'length';
  timesteps: number;
  longer: number;
  parameters: number;
  longerParameters: number;
  /** Whether the figures can show the longer sequence. */
  shows: boolean;
}

export interface TermFacts {
  question: 'term';
  arithmetic: Arithmetic;
  /** The terms to choose from, in the order of addition. */
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
  /** The factor by which one step back multiplies ‖∂L/∂h_t‖; it may be NaN. */
  rate: number;
}

export interface ReadoutFacts extends AnswerKind {
  question: 'readout';
  timestep: number;
  /** The number of answers that have a target. */
  readouts: number;
  class: number | undefined;
  /** The answers at that time step and at the last one, each of shape (K). */
  there: Float32Array;
  last: Float32Array;
}

export interface FeatureFacts {
  question: 'feature';
  features: number;
  /** U and W of the lowest layer, and V of the dense layer. */
  now: Tensor[];
  more: Tensor[];
}

export interface LuckFacts {
  question: 'luck';
  epochs: number;
  more: number;
  /** The accuracies after `more` epochs. */
  training: number;
  fresh: number;
  /** The number of new sequences, and the range of 95 % of the results of pure guessing. */
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
  /** The reason why there is no question. */
  | { question: 'none'; reason: string };
