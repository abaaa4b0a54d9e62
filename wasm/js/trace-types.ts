/** The types of what can be seen inside a network: traces, cuts, terms, gradients. Letters and errors are as in types.ts. */

import type { DataOptions } from './config-types.ts';

export type EvaluateOptions = DataOptions & Cut;
export type TraceOptions = Pick<DataOptions, 'initialState'> & Cut;

/**
 * Every intermediate number of one layer. The number of gates G is 1, for a GRU 3 (z, r, h), for an LSTM 4 (i, f, c,
 * o). Arrays that a cell does not have are empty.
 */
export interface TraceLayer {
  /** F of this layer, U, G. */
  readonly features: number;
  readonly units: number;
  readonly gates: number;
  /** (T, F): the sequence, or h of the layer below. */
  readonly x: Float32Array;
  /** (T, G·U): pre-activations. */
  readonly z: Float32Array;
  /** (T, G·U): activations: SimpleRNN h, GRU z r h, LSTM i f c o. */
  readonly a: Float32Array;
  /** (T, U), GRU only: the candidate's recurrent part before the reset gate. */
  readonly q: Float32Array;
  /** (T+1, U): hidden states, beginning with h_0 = 0. */
  readonly h: Float32Array;
  /** (T+1, U), LSTM only: cell states. */
  readonly c: Float32Array;
  /** (T, U): ∂L/∂h_t. */
  readonly dH: Float32Array;
  /** (T, U), LSTM only: ∂L/∂c_t. */
  readonly dC: Float32Array;
  /** (T, G·U): ∂L/∂z_t. */
  readonly dZ: Float32Array;
  /** (T, U), GRU only: ∂L/∂q_t. */
  readonly dQ: Float32Array;
  /** (T): the Euclidean norm of ∂L/∂h_t. */
  readonly dHNorm: Float32Array;
}

/** Every intermediate number of one sequence. L is the loss of this sequence alone, without the l2 term. */
export interface Trace {
  readonly timesteps: number;
  /** K, the number of outputs. */
  readonly outputs: number;
  /** R, the number of readouts with a target. */
  readonly readouts: number;
  /** L. Without targets it is NaN, and so are all gradients. */
  readonly loss: number;
  /** (R): targets; NaN without targets. */
  readonly y: Float32Array;
  /** (T, K): readout of each h_t. Without returnSequences only that at t = T was trained. */
  readonly logit: Float32Array;
  /** (T, K): probabilities, or with mean_squared_error the value itself. */
  readonly prediction: Float32Array;
  /** From the lowest layer up. */
  readonly layers: readonly TraceLayer[];
  /** The connections that were cut while the trace was computed. */
  readonly cut: Readonly<Required<Cut>>;
}

/** Experiments that cut recurrent connections while the network runs. The weights stay as they are. */
export interface Cut {
  /** The recurrent kernels count as zero: W = 0. Default false. */
  withoutRecurrence?: boolean;
  /** This time step (1 … T) receives a state of zeros. Default 0: none does. */
  resetBefore?: number;
  /**
   * The entries of the recurrent kernels that stay; the others count as zero. In a GRU and an LSTM each gate has a
   * diagonal of its own. Default 'all'.
   */
  keep?: 'all' | 'diagonal' | 'off_diagonal';
}

/** The contribution of one time step to the gradients of a layer. */
export interface Contribution {
  /** (F, G·U). */
  dKernel: Float32Array;
  /** (U, G·U). */
  dRecurrentKernel: Float32Array;
  /** (G·U), GRU (2, 3·U). */
  dBias: Float32Array;
}

/**
 * The kind of a term weight · value.
 *
 * - bias: b · 1. recurrent_bias: GRU, second row of the bias · 1.
 * - input: kernel[index, unit] · x_t[index]. state: recurrent_kernel[index, unit] · h_{t−1}[index].
 * - reset: GRU, the reset gate · q.
 * - kept: GRU u · h_{t−1}, LSTM f · c_{t−1}. written: GRU (1 − u) · g, LSTM i · g. read: LSTM, o · tanh(c_t).
 */
export type TermKind = 'bias' | 'recurrent_bias' | 'input' | 'state' | 'reset' | 'kept' | 'written' | 'read';

/** The terms of one unit at one time step, in the order in which the forward pass adds them. */
export interface Terms {
  kind: TermKind[];
  /** The feature or the unit that value comes from, from 0; otherwise the unit itself. */
  index: number[];
  weight: Float32Array;
  value: Float32Array;
  /** weight · value. */
  product: Float32Array;
  /**
   * The sum of all terms up to and including this one. A new sum begins with the first term, with the bias of a GRU's
   * candidate (the sum before it is q), and with read (the sum before it is c).
   */
  sum: Float32Array;
  /** The sum of only the terms of this kind so far; at the kind's last term it is the kind's share. */
  part: Float32Array;
}

export interface TermsOptions {
  /** Counted from 0, the lowest layer. Default 0. */
  layer?: number;
  /**
   * Default 0. For 0 … G − 1 you get the terms of the gate's pre-activation, whose last sum is z of the trace, bit by bit. For G
   * (not for SimpleRNN) those of the state, whose last sum is h of the trace, bit by bit.
   */
  gate?: number;
}

export interface BackwardOptions extends Cut, DataOptions {
  /** Counted from 0, the lowest layer. Default 0. */
  layer?: number;
}

/** Norms at each time step, (T) each. Those that the cell does not have are empty. */
export interface BackwardNorms {
  /** Norm of the mean ∂L/∂h_t, and for an LSTM of the mean ∂L/∂c_t. */
  dH: Float32Array;
  dC: Float32Array;
  /**
   * Mean of the norms of each sequence's gradient. It is never less than the norm of the mean, in which gradients of
   * different sequences may cancel.
   */
  eachDH: Float32Array;
  eachDC: Float32Array;
  /**
   * Norm of the contribution of time step t to ∂L/∂W, and of the sum of the contributions of steps T … t (Frobenius).
   */
  term: Float32Array;
  sum: Float32Array;
}

/**
 * Backpropagation through one layer, as the mean over n sequences of the gradients of each one's own loss (without the
 * l2 term), which is what an update uses. For one sequence the numbers are those of its trace. W is the recurrent
 * kernel.
 */
export interface Backward {
  /** n, the number of sequences. */
  samples: number;
  timesteps: number;
  units: number;
  gates: number;
  /** Counted from 0, the lowest layer. */
  layer: number;
  cut: Required<Cut>;
  /** The mean loss L over sequences and readouts. */
  loss: number;
  /**
   * The factor by which one step back in time changes the norm of ∂L/∂h_t, and for an LSTM of ∂L/∂c_t: the geometric
   * mean from t = T to t = 1. NaN for one time step, or if the norm at either end is zero, subnormal or not finite.
   */
  rateH: number;
  rateC: number;
  /** (T, U): mean ∂L/∂h_t. */
  dH: Float32Array;
  /** (T, U), LSTM only: mean ∂L/∂c_t. */
  dC: Float32Array;
  norms: BackwardNorms;
  /** (T, U, G·U): the contribution of time step t to ∂L/∂W; that of the first is zero if h_0 is. */
  terms: Float32Array;
  /** (T, U, G·U): sums of the terms T … t; that of the first time step is ∂L/∂W. */
  sums: Float32Array;
}

/** Compares one number of the gradient with (L(w + step) − L(w − step)) / (2 step), both with the l2 term. */
export interface GradientCheck {
  /** An index into the flat vector of parameters. */
  parameter: number;
  analytic: number;
  numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|); 0 if both are 0. */
  relativeError: number;
  /** 2⁻⁸ · max(1, |w|), or down to 1/64 of it if the loss is strongly curved. */
  step: number;
  /**
   * How far apart the two may be: rounding + truncation. If the gradient is smaller than this, the comparison proves nothing.
   */
  tolerance: number;
  lossAbove: number;
  lossBelow: number;
  /** Error by rounding of 32-bit losses: 4 · 2⁻²⁴ · max(1, L, Σ|w ∂L/∂w|) / step. */
  rounding: number;
  /**
   * Error by the loss's curvature over the step, step² · |L‴| / 6. It is bounded by the distance to a difference with
   * twice the step.
   */
  truncation: number;
}
