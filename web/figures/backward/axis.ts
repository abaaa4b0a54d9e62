/** The logarithmic axis of the norms: places alone, no number that is shown but the powers of ten. */

/** The smallest normal float: what is below it has lost digits, and is marked as 0. */
const LEAST = 2 ** -126;

/** Where a norm stands: on the axis, or in the lanes below (0) and above (not finite). */
export type Mark = 'value' | 'zero' | 'broken';

export function markOf(norm: number): Mark {
  if (!Number.isFinite(norm)) return 'broken';
  return norm < LEAST ? 'zero' : 'value';
}

/** Powers of ten that hold all norms between them: [from, to], from < to. */
export function decades(norms: Iterable<number>): [number, number] {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const norm of norms) {
    if (markOf(norm) !== 'value') continue;
    const place = Math.log10(norm);
    from = Math.min(from, Math.floor(place));
    to = Math.max(to, Math.ceil(place) + 0); // never −0
  }
  if (from > to) return [-1, 0];
  return from === to ? [from - 1, to] : [from, to];
}

/** Exponents to label, at most about so many. */
export function ticks([from, to]: readonly [number, number], most: number): number[] {
  const step = [1, 2, 3, 5, 10, 20].find((wide) => (to - from) / wide <= most) ?? 20;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, k) => first + k * step + 0);
}

/** 0 at the lower end of the axis, 1 at the upper. */
export function partOf(norm: number, [from, to]: readonly [number, number]): number {
  return (Math.log10(norm) - from) / (to - from);
}
