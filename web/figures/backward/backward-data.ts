/** Backpropagation through time in one layer, as the figure shows it. Every number is computed by the core. */

import type { Backward } from '../../../wasm/js/unrolled.ts';

export type { Backward, GradientCheck, Tensor } from '../../../wasm/js/unrolled.ts';

/** The gradient in the strips: ∂L/∂h_t, or ∂L/∂c_t of an LSTM. */
export type State = 'h' | 'c';

/** The part of a Backward that is shown. */
export interface ShownGradient {
  data: Backward;
  state: State;
  /**
   * The gradient with shape (T, U), its norms, the mean norm over the sequences, and the factor by which one step back
   * multiplies the norm.
   */
  d: Float32Array;
  norms: Float32Array;
  each: Float32Array;
  rate: number;
}

export function shown(data: Backward, wanted: State): ShownGradient {
  const { norms } = data;
  if (wanted === 'c' && data.dC.length > 0)
    return { data, state: 'c', d: data.dC, norms: norms.dC, each: norms.eachDC, rate: data.rateC };
  return { data, state: 'h', d: data.dH, norms: norms.dH, each: norms.eachDH, rate: data.rateH };
}

/** The gradient at t for a unit, both counted from 1. */
export const gradientOf = (s: ShownGradient, t: number, unit: number): number =>
  s.d[(t - 1) * s.data.units + unit - 1] as number;

/**
 * The element of a map at t for gate g, row j and column k, all counted from 0. It is the term of ∂L/∂W[j, k]; Keras
 * stores the transposed matrix.
 */
export function cellOf(maps: Float32Array, data: Backward, t: number, g: number, j: number, k: number): number {
  const width = data.gates * data.units;
  return maps[((t - 1) * data.units + k) * width + g * data.units + j] as number;
}
