/** The marks of the scatter plot. The value gives the x position, the class gives the row: ○ for 0, ● for 1. */

import { hundredths } from './path-data.ts';
import type { Range } from './range.ts';

export interface Cloud {
  /** Shape (samples, timesteps, features); y has one label per sample. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  timesteps: number;
  features: number;
  feature: number;
  /** From 1; 0 shows all time steps. */
  timestep: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** More marks than this would only cover one another. */
export const MOST_MARKS = 3000;

/** The sample and the position of each mark, in CSS pixels. */
export interface Marks {
  count: number;
  sample: Int32Array;
  across: Float32Array;
  down: Float32Array;
}

/** The number of values that would be shown if all were drawn. */
export const valueCount = (cloud: Cloud): number => cloud.y.length * steps(cloud).length;

/** The middle of each class's row as a share of the height, and the largest distance of a mark from it. */
export const ROW = { 1: 0.27, 0: 0.73 } as const;
const JITTER = 0.16;
/**
 * Multiples of the golden ratio modulo 1 spread any run of indices evenly, so neighboring samples do not cover one
 * another.
 */
const GOLDEN = 0.6180339887498949;

const jitter = (index: number): number => ((index * GOLDEN) % 1) * 2 - 1;

/** From 1. */
function steps({ timestep, timesteps }: Cloud): number[] {
  return timestep > 0 ? [timestep] : Array.from({ length: timesteps }, (_, t) => t + 1);
}

export function valueOf(cloud: Cloud, sample: number, timestep: number): number {
  return cloud.x[(sample * cloud.timesteps + timestep - 1) * cloud.features + cloud.feature] as number;
}

/** The range of the finite values, for the axis. */
export function valueRange(cloud: Cloud): Range {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = cloud.feature; i < cloud.x.length; i += cloud.features) {
    const value = cloud.x[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

export function placeMarks(cloud: Cloud, range: Range, box: Box): Marks {
  const shown = steps(cloud);
  const samples = cloud.y.length;
  const count = Math.min(valueCount(cloud), MOST_MARKS);
  const marks = {
    count: 0,
    sample: new Int32Array(count),
    across: new Float32Array(count),
    down: new Float32Array(count),
  };
  const scale = box.width / (range[1] - range[0]);
  for (let sample = 0; sample < samples; sample++) {
    const row = (cloud.y[sample] as number) > 0.5 ? ROW[1] : ROW[0];
    for (const t of shown) {
      if (marks.count === count) return marks;
      const value = valueOf(cloud, sample, t);
      if (!Number.isFinite(value)) continue;
      const i = marks.count++;
      marks.sample[i] = sample;
      marks.across[i] = box.left + (value - range[0]) * scale;
      marks.down[i] = box.top + box.height * (row + JITTER * jitter(sample * shown.length + t));
    }
  }
  return marks;
}

/** Marks get smaller when there are many. */
export const radius = (count: number): number => (count <= 250 ? 4 : count <= 1500 ? 3 : 2.25);

/** The index of the mark nearest to (x, y) within `reach` pixels, or −1. */
export function nearest(marks: Marks, x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < marks.count; i++) {
    const dx = (marks.across[i] as number) - x;
    const dy = (marks.down[i] as number) - y;
    const distance = dx * dx + dy * dy;
    if (distance <= least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/** Path data of a circle for each mark whose sample passes the filter. With a hole, it is a ring of that width. */
export function circlePaths(marks: Marks, among: (sample: number) => boolean, size: number, hole = 0): string {
  const around = (radius: number, turn: number): string =>
    `a${radius} ${radius} 0 0 ${turn} ${2 * radius} 0a${radius} ${radius} 0 0 ${turn} ${-2 * radius} 0`;
  const mark = around(size, 1) + (hole ? `m${hundredths(size - hole)} 0${around(hole, 0)}` : '');
  let data = '';
  for (let i = 0; i < marks.count; i++)
    if (among(marks.sample[i] as number))
      data += `M${hundredths((marks.across[i] as number) - size)} ${hundredths(marks.down[i] as number)}${mark}`;
  return data;
}
