/** What the figure reads: the way back through one layer, every number computed by the core. */

import type { Backward } from '../../../wasm/js/unrolled.ts';

export type { Backward, GradientCheck, Tensor } from '../../../wasm/js/unrolled.ts';

/** Which gradient the strips show: ∂L/∂h_t, or an LSTM's ∂L/∂c_t. */
export type State = 'h' | 'c';

/** What of a Backward is shown. */
export interface Shown {
  data: Backward;
  state: State;
  /** (T, U), its norms, the mean of each sequence's norms, and by what a step back multiplies the norm. */
  d: Float32Array;
  norms: Float32Array;
  each: Float32Array;
  rate: number;
}

export function shown(data: Backward, wanted: State): Shown {
  const { norms } = data;
  if (wanted === 'c' && data.dC.length > 0)
    return { data, state: 'c', d: data.dC, norms: norms.dC, each: norms.eachDC, rate: data.rateC };
  return { data, state: 'h', d: data.dH, norms: norms.dH, each: norms.eachDH, rate: data.rateH };
}

/** Of a unit (counted from 1) at t. */
export const gradientOf = (s: Shown, t: number, unit: number): number =>
  s.d[(t - 1) * s.data.units + unit - 1] as number;

/**
 * Block g, row j, column k (all from 0) of a map at t: how far ∂L/∂W[j, k] moves. Keras stores W the other way round.
 */
export function cellOf(maps: Float32Array, data: Backward, t: number, g: number, j: number, k: number): number {
  const width = data.gates * data.units;
  return maps[((t - 1) * data.units + k) * width + g * data.units + j] as number;
}
