/** The parameters as the figure speaks of them: U, W, b, V and c, each unit's numbers together. */

import type { Tensor } from '../../wasm/js/unrolled.ts';

export type { Tensor };

export interface Weights {
  units: number;
  features: number;
  /** Units × features: u[j·F + f] takes x[f] into unit j. */
  u: Float32Array;
  /** Units × units: w[j·U + i] takes h[i] of the step before into unit j. */
  w: Float32Array;
  b: Float32Array;
  v: Float32Array;
  c: number;
}

function find(tensors: readonly Tensor[], end: (name: string) => boolean): Tensor | undefined {
  return tensors.find((tensor) => end(tensor.name));
}

/** Keras stores a kernel as (from, to); the figure needs, for one unit, all that it reads. */
function turned(values: Float32Array, from: number, to: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < from; i++) for (let j = 0; j < to; j++) out[j * from + i] = values[i * to + j] as number;
  return out;
}

/** undefined when the tensors are not those of one simple recurrent layer and one dense unit, or do not fit. */
export function weightsOf(parameters?: Float32Array, tensors?: readonly Tensor[]): Weights | undefined {
  if (!parameters || !tensors) return undefined;
  const recurrent = find(tensors, (name) => name.endsWith('/recurrent_kernel'));
  const kernel = find(tensors, (name) => !name.startsWith('dense') && name.endsWith('/kernel'));
  const bias = find(tensors, (name) => !name.startsWith('dense') && name.endsWith('/bias'));
  const dense = find(tensors, (name) => name.startsWith('dense') && name.endsWith('/kernel'));
  const denseBias = find(tensors, (name) => name.startsWith('dense') && name.endsWith('/bias'));
  if (!recurrent || !kernel || !bias || !dense || !denseBias) return undefined;
  const units = bias.count;
  const features = kernel.count / units;
  const fits =
    recurrent.count === units * units &&
    dense.count === units &&
    Number.isInteger(features) &&
    tensors.every((tensor) => tensor.offset + tensor.count <= parameters.length);
  if (!fits) return undefined;
  const part = (tensor: Tensor): Float32Array => parameters.subarray(tensor.offset, tensor.offset + tensor.count);
  return {
    units,
    features,
    u: turned(part(kernel), features, units),
    w: turned(part(recurrent), units, units),
    b: part(bias),
    v: part(dense),
    c: part(denseBias)[0] as number,
  };
}

/** The row of W that feeds a unit (counted from 1). */
export function rowOf(weights: Weights, unit: number): Float32Array {
  return weights.w.subarray((unit - 1) * weights.units, unit * weights.units);
}
