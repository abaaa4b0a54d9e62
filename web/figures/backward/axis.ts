/**
 * The logarithmic axis of the norms. It computes positions and powers of ten, but no number that is shown otherwise.
 */

/** The smallest normal 32-bit float. Smaller numbers have lost digits and are shown as 0. */
const LEAST = 2 ** -126;

/** Where a norm is drawn: on the axis, in the lane below for 0, or in the lane above for values that are not finite. */
export type Mark = 'value' | 'zero' | 'broken';

export function markOf(norm: number): Mark {
  if (!Number.isFinite(norm)) return 'broken';
  return norm < LEAST ? 'zero' : 'value';
}

/** The exponents [from, to], from < to, of the powers of ten around all norms. */
export function decades(norms: Iterable<number>): [number, number] {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const norm of norms) {
    if (markOf(norm) !== 'value') continue;
    const place = Math.log10(norm);
    from = Math.min(from, Math.floor(place));
    to = Math.max(to, Math.ceil(place) + 0); // Adding 0 turns −0 into 0.
  }
  if (from > to) return [-1, 0];
  return from === to ? [from - 1, to] : [from, to];
}

/** The exponents to label, about `most` of them. */
export function ticks([from, to]: readonly [number, number], most: number): number[] {
  const step = [1, 2, 3, 5, 10, 20].find((wide) => (to - from) / wide <= most) ?? 20;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, k) => first + k * step + 0);
}

/** 0 at the lower end of the axis, 1 at the upper end. */
export function partOf(norm: number, [from, to]: readonly [number, number]): number {
  return (Math.log10(norm) - from) / (to - from);
}
