/**
 * The range of an axis. While something is dragged it only grows, in large steps. At rest it follows from the values
 * alone, so that the same address draws the same axis whatever was drawn before.
 */

import { nice } from 'd3-array';

export type Range = readonly [low: number, high: number];

/** The smallest range that contains all finite values, or undefined if there are none. */
export function extent(lists: Iterable<ArrayLike<number>>): Range | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of lists) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

function union(a: Range, b: Range | undefined): Range {
  return b ? [Math.min(a[0], b[0]), Math.max(a[1], b[1])] : a;
}

const contains = (outer: Range, inner: Range): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];

function round(range: Range): Range {
  const [low, high] = range;
  const margin = low === high ? Math.max(Math.abs(low) * 0.1, 0.05) : 0;
  const [from, to] = nice(low - margin, high + margin, 4);
  return [low >= 0 ? Math.max(0, from) : from, to];
}

/**
 * The range to show next.
 *
 * @param current   the range that is shown now, if any
 * @param base   always part of the range, and the whole range if it contains all values
 * @param values the extent of the values
 * @param moving whether something is being dragged: the range never shrinks then, and grows with room to spare
 */
export function nextRange(
  current: Range | undefined,
  base: Range | undefined,
  values: Range | undefined,
  moving: boolean,
): Range {
  if (!values) return base ?? (moving ? current : undefined) ?? [0, 1];
  if (moving && current && contains(current, values) && (!base || contains(current, base))) return current;
  if (base && contains(base, values)) return base;
  const wanted = base ? union(base, values) : values;
  return moving && current ? grow(current, wanted) : round(wanted);
}

function grow(current: Range, wanted: Range): Range {
  const all = union(current, wanted);
  const spare = 0.25 * (all[1] - all[0]);
  const low = wanted[0] < current[0] ? wanted[0] - spare : current[0];
  const high = wanted[1] > current[1] ? wanted[1] + spare : current[1];
  return round([current[0] >= 0 && wanted[0] >= 0 ? Math.max(0, low) : low, high]);
}

/** Maps values linearly to positions. If the range is empty, every value is mapped to the middle. */
export const linearScale =
  ([low, high]: Range, [from, to]: Range) =>
  (value: number): number =>
    from + (low === high ? 0.5 : (value - low) / (high - low)) * (to - from);
