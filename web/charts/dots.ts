/** The scatter plot's marks: a value across, the class up and down, ○ for 0 and ● for 1. */

import { cut } from './path-data.ts';
import type { Range } from './range.ts';

export interface Cloud {
  /** samples · timesteps · features values, and one label a sample. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  timesteps: number;
  features: number;
  feature: number;
  /** From 1; 0 for all. */
  timestep: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** No more marks than this are drawn: beyond, they only hide each other. */
export const MOST = 3000;

/** Which sample each mark belongs to, and where it is. */
export interface Marks {
  count: number;
  sample: Int32Array;
  across: Float32Array;
  down: Float32Array;
}

/** How many values are shown if all are drawn. */
export const total = (cloud: Cloud): number => cloud.y.length * steps(cloud).length;

/** Part of the height where a class has its middle, and how far a mark strays from it. */
export const ROW = { 1: 0.27, 0: 0.73 } as const;
const STRAY = 0.16;
/** The golden section spreads any run of indices evenly: no two neighbours hide each other. */
const GOLDEN = 0.6180339887498949;

const stray = (index: number): number => ((index * GOLDEN) % 1) * 2 - 1;

/** The time steps shown, from 1. */
function steps({ timestep, timesteps }: Cloud): number[] {
  return timestep > 0 ? [timestep] : Array.from({ length: timesteps }, (_, t) => t + 1);
}

export function valueOf(cloud: Cloud, sample: number, timestep: number): number {
  return cloud.x[(sample * cloud.timesteps + timestep - 1) * cloud.features + cloud.feature] as number;
}

/** The values shown, for the axis; finite ones only. */
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

export function place(cloud: Cloud, range: Range, box: Box): Marks {
  const shown = steps(cloud);
  const samples = cloud.y.length;
  const count = Math.min(total(cloud), MOST);
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
      marks.down[i] = box.top + box.height * (row + STRAY * stray(sample * shown.length + t));
    }
  }
  return marks;
}

/** Smaller where there are many. */
export const radius = (count: number): number => (count <= 250 ? 4 : count <= 1500 ? 3 : 2.25);

/** The mark nearest to a place, within `reach`; −1 if there is none. */
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

/** Path data of a circle at each mark whose sample is among these; with a hole it is a ring. */
export function trace(marks: Marks, among: (sample: number) => boolean, size: number, hole = 0): string {
  const around = (radius: number, turn: number): string =>
    `a${radius} ${radius} 0 0 ${turn} ${2 * radius} 0a${radius} ${radius} 0 0 ${turn} ${-2 * radius} 0`;
  const mark = around(size, 1) + (hole ? `m${cut(size - hole)} 0${around(hole, 0)}` : '');
  let data = '';
  for (let i = 0; i < marks.count; i++)
    if (among(marks.sample[i] as number))
      data += `M${cut((marks.across[i] as number) - size)} ${cut(marks.down[i] as number)}${mark}`;
  return data;
}
