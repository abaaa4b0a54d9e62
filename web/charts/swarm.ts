/** Many runs in one plot: a line for each run, and a dot for its final value. */

import type { Box } from './dots.ts';
import { linePath } from './path-data.ts';
import type { Range } from './range.ts';

export interface Dot {
  /** The index of the run. */
  run: number;
  x: number;
  y: number;
}

/**
 * Dots of equal height lie side by side in a row, starting at the left. The rows form a histogram in which each run is
 * still visible.
 */
export function swarm(finals: readonly (number | undefined)[], range: Range, box: Box, size: number): Dot[] {
  const rows = Math.max(1, Math.floor(box.height / size));
  const counts = new Map<number, number>();
  const order = finals
    .map((value, run) => ({ value, run }))
    .filter((one): one is { value: number; run: number } => one.value !== undefined && Number.isFinite(one.value));
  order.sort((a, b) => a.value - b.value || a.run - b.run);
  const most = new Map<number, number>();
  const rowOf = (value: number): number => {
    const part = (value - range[0]) / (range[1] - range[0] || 1);
    return Math.min(rows - 1, Math.max(0, Math.floor((1 - part) * rows)));
  };
  for (const { value } of order) most.set(rowOf(value), (most.get(rowOf(value)) ?? 0) + 1);
  const fullest = Math.max(1, ...most.values());
  const step = Math.min(size, (box.width - size) / fullest);
  return order.map(({ value, run }) => {
    const row = rowOf(value);
    const place = counts.get(row) ?? 0;
    counts.set(row, place + 1);
    return { run, x: box.left + size / 2 + place * step, y: box.top + ((row + 0.5) * box.height) / rows };
  });
}

/** A run's values by epoch as path data. A value that is not finite leaves a gap. */
export const line = (values: ArrayLike<number>, epochs: number, range: Range, box: Box): string =>
  linePath(
    values.length,
    (i) => box.left + (epochs > 1 ? i / (epochs - 1) : 0.5) * box.width,
    (i) => (Number.isFinite(values[i]) ? height(values[i] as number, range, box) : Number.NaN),
  );

export function height(value: number, range: Range, box: Box): number {
  const part = (value - range[0]) / (range[1] - range[0] || 1);
  return box.top + box.height * (1 - Math.min(1, Math.max(0, part)));
}

/** The dot nearest to (x, y) within `reach` pixels. */
export function dotAt(dots: readonly Dot[], x: number, y: number, reach: number): Dot | undefined {
  let best: Dot | undefined;
  let least = reach * reach;
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance <= least) [best, least] = [dot, distance];
  }
  return best;
}
