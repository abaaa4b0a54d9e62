/** Which cells differ between two traces of one network, to be marked. Pure: it compares numbers that the engine has computed. */

import type { Reading } from '../network/trace.ts';

export interface StateChanges {
  /** The inputs that differ, by their places in x. */
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

/** undefined: the traces are not of one network's shape, or nothing was changed. */
export function stateChanges(before: Reading, after: Reading, limit: number): StateChanges | undefined {
  const { timesteps, units, features, x, h, outputs } = after;
  const alike =
    before.timesteps === timesteps &&
    before.units === units &&
    before.features === features &&
    before.outputs === outputs;
  const inputs = alike ? [...x.keys()].filter((k) => x[k] !== before.x[k]) : [];
  if (inputs.length === 0) return undefined;
  const moved = (t: number, unit: number): number =>
    Math.abs((h[t * units + unit] as number) - (before.h[t * units + unit] as number)) / limit;
  const turned = (t: number, unit: number): boolean =>
    Math.sign(h[t * units + unit] as number) !== Math.sign(before.h[t * units + unit] as number);
  const columns = Array.from({ length: timesteps + 1 }, (_, t) =>
    Array.from({ length: units }, (_, unit) => unit).filter((unit) => moved(t, unit) >= VISIBLE),
  );
  return {
    inputs,
    units: columns,
    strong: columns.map((column, t) => column.some((unit) => moved(t, unit) >= STRONG || turned(t, unit))),
    before: before.prediction.slice((timesteps - 1) * outputs),
  };
}
