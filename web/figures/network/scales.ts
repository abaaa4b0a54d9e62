/** Ranges of the axes and of the colour scale: what is drawn where, never a number that is shown. */

import { roundUp } from '../../shared/format.ts';

/** Largest magnitude among the finite values. */
export function magnitude(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}

/** Symmetric range of the states: −1 … 1, more only where an activation without a bound leaves it. */
export function stateLimit(h: ArrayLike<number>): number {
  const most = magnitude(h);
  return most <= 1 ? 1 : roundUp(most);
}

/**
 * Range of an input axis: 0 … 1 where the values lie there, else round numbers around them: around 0, too, unless they
 * are far from it and near one another, as temperatures in kelvins are.
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

/** Multiples of step around both, without the dust of binary fractions. */
const around = (low: number, high: number, step: number): [number, number] => [
  snap(Math.floor(low / step) * step, step),
  snap(Math.ceil(high / step) * step, step),
];

/** Range of an axis of values and targets: 0 and round numbers around them all. */
export function valueDomain(values: Iterable<number>): [number, number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low < 0 ? -roundUp(-low) : 0, high > 0 || low === 0 ? roundUp(high) : 0];
}

/** Step of an arrow key or of the pointer on an axis: a hundredth of its length. */
export function inputStep(domain: readonly [number, number]): number {
  return (domain[1] - domain[0]) / 100;
}

/** value on the grid of step, without the dust of binary fractions. */
export function snap(value: number, step: number): number {
  const digits = Math.min(100, Math.max(0, Math.ceil(-Math.log10(step)) + 1));
  return Number((Math.round(value / step) * step).toFixed(digits));
}

/** Which of 1…count get a number on an axis with room for about `most` of them; the last is always there. */
export function labelled(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i + 1);
  const steps = [2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256];
  const step = steps.find((s) => count / s <= most) ?? count;
  const labels = [1];
  for (let i = step; i < count - step / 2; i += step) labels.push(i);
  labels.push(count);
  return labels;
}
