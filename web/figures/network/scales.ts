/** The ranges of the axes and of the color scale. */

import { roundUp } from '../../shared/format.ts';

/** The largest absolute value among the finite values. */
export function magnitude(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/** The symmetric range of the states: −1 to 1, or more if an unbounded activation function exceeds it. */
export function stateLimit(h: ArrayLike<number>): number {
  const most = magnitude(h);
  return most <= 1 ? 1 : roundUp(most);
}

/**
 * The range of an input axis: 0 to 1 if it contains all values, otherwise a round range that does. That range contains
 * 0 unless the values are far from it and close to one another, like temperatures in kelvins.
 */
export function inputDomain(values: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high || (low === 0 && high === 0) || (low >= 0 && high > 0.1 && high <= 1)) return [0, 1];
  const span = high - low;
  if (span > 0 && span < Math.max(low, -high)) return around(low, high, 10 ** Math.floor(Math.log10(span)));
  return [low < 0 ? -roundUp(-low) : 0, high > 0 ? roundUp(high) : 0];
}

/** The multiples of step around both numbers, without rounding errors. */
const around = (low: number, high: number, step: number): [number, number] => [
  snap(Math.floor(low / step) * step, step),
  snap(Math.ceil(high / step) * step, step),
];

/** The range of an axis of answers and targets: a round range that contains them and 0. */
export function valueDomain(values: Iterable<number>): [number, number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low < 0 ? -roundUp(-low) : 0, high > 0 || low === 0 ? roundUp(high) : 0];
}

/** The step of an arrow key or of the pointer: a hundredth of the length of the axis. */
export function inputStep(domain: readonly [number, number]): number {
  return (domain[1] - domain[0]) / 100;
}

/** The multiple of step nearest to the value, without rounding errors. */
export function snap(value: number, step: number): number {
  const digits = Math.min(100, Math.max(0, Math.ceil(-Math.log10(step)) + 1));
  return Number((Math.round(value / step) * step).toFixed(digits));
}

/**
 * The numbers of 1…count that have a label on an axis with space for about `most` labels. The last number always has
 * one.
 */
export function labelled(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i + 1);
  const steps = [2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256];
  const step = steps.find((s) => count / s <= most) ?? count;
  const labels = [1];
  for (let i = step; i < count - step / 2; i += step) labels.push(i);
  labels.push(count);
  return labels;
}
