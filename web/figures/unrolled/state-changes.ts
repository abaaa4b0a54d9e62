/** Which cells what-if changes moved, to be marked. Pure: it compares numbers that the engine has computed. */

import type { Reading } from '../network/trace.ts';

/** A sequence without what-if changes in the same network: x, h of the layer that is shown, and the answers. */
export interface Base {
  x: ArrayLike<number>;
  h: ArrayLike<number>;
  prediction: Float32Array;
  /** Weights were changed, too. */
  weights?: boolean;
}

export interface StateChanges {
  /** The inputs that differ, by their places in x; none if weights were changed, too. */
  inputs: readonly number[];
  /** For each time step from 0: the units, from 0, whose h differs visibly. */
  units: readonly (readonly number[])[];
  /** For each time step from 0: a cell has another sign, or moved by a half of the scale or more. */
  strong: readonly boolean[];
  /** The last answer before. */
  before: Float32Array;
}

/** Of the scale's length from 0 to its end. */
const VISIBLE = 0.1;
const STRONG = 0.5;

const differ = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
  Array.from({ length: a.length }, (_, k) => k).filter((k) => a[k] !== b[k]);

/** undefined: the two are not of one shape, or nothing was changed. */
export function stateChanges(before: Base, after: Reading, limit: number): StateChanges | undefined {
  const { timesteps, units, x, h, outputs, prediction } = after;
  const alike = (['x', 'h', 'prediction'] as const).every((name) => before[name].length === after[name].length);
  const inputs = alike ? differ(x, before.x) : [];
  if (!alike || inputs.length + differ(h, before.h).length + differ(prediction, before.prediction).length === 0)
    return undefined;
  const moved = (t: number, unit: number): number =>
    Math.abs((h[t * units + unit] as number) - (before.h[t * units + unit] as number)) / limit;
  const turned = (t: number, unit: number): boolean =>
    Math.sign(h[t * units + unit] as number) !== Math.sign(before.h[t * units + unit] as number);
  const columns = Array.from({ length: timesteps + 1 }, (_, t) =>
    Array.from({ length: units }, (_, unit) => unit).filter((unit) => moved(t, unit) >= VISIBLE),
  );
  return {
    inputs: before.weights ? [] : inputs,
    units: columns,
    strong: columns.map((column, t) => column.some((unit) => moved(t, unit) >= STRONG || turned(t, unit))),
    before: before.prediction.slice((timesteps - 1) * outputs),
  };
}
