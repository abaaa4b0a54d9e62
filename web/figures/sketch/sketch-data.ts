/** The reader's curve: one value per epoch from epoch 1; NaN before the first epoch that was drawn. It has no other gap. */

import type { Range } from '../../charts/range.ts';

export type Sketch = readonly number[];

export interface Point {
  /** Counts from 1. */
  epoch: number;
  value: number;
}

/** The first epoch with a value; 0 if nothing was drawn. */
export const firstEpoch = (sketch: Sketch): number => sketch.findIndex(Number.isFinite) + 1;

/** Draws a straight line between two points, over what was there. */
export function drawLine(sketch: Sketch, from: Point, to: Point): Sketch {
  const drawn = [...sketch];
  while (drawn.length < Math.max(from.epoch, to.epoch)) drawn.push(Number.NaN);
  const step = Math.sign(to.epoch - from.epoch);
  const slope = step && (to.value - from.value) / (to.epoch - from.epoch);
  for (let epoch = from.epoch; epoch !== to.epoch; epoch += step)
    drawn[epoch - 1] = from.value + slope * (epoch - from.epoch);
  drawn[to.epoch - 1] = to.value;
  return drawn;
}

/**
 * Sets the value of one epoch. Beyond the ends of the sketch a straight line leads there. Within it the curve bends
 * between the marks on both sides, so that the values at the marks stay.
 */
export function setPoint(sketch: Sketch, point: Point, marks: readonly number[]): Sketch {
  const { epoch, value } = point;
  const [first, last] = [firstEpoch(sketch), sketch.length];
  const at = (one: number): Point => ({ epoch: one, value: sketch[one - 1] as number });
  if (first === 0) return drawLine(sketch, point, point);
  if (epoch < first) return drawLine(sketch, at(first), point);
  if (epoch > last) return drawLine(sketch, at(last), point);
  const change = value - at(epoch).value;
  const before = epoch - Math.max(0, ...marks.filter((mark) => mark < epoch));
  const after = Math.min(last + 1, ...marks.filter((mark) => mark > epoch)) - epoch;
  return sketch.map((one, index) => {
    const distance = index + 1 - epoch;
    return one + change * Math.max(0, 1 - (distance < 0 ? -distance / before : distance / after));
  });
}

/** Keeps a sketch on the axis, with as many digits as a drawing can have. */
export const limitTo = (sketch: Sketch, [low, high]: Range): Sketch =>
  sketch.map((value) => (Number.isNaN(value) ? value : Math.min(high, Math.max(low, Number(value.toPrecision(4))))));

/** What is kept of a figure: the sketch, and whether the run was shown beside it. */
export interface SavedSketch {
  values: Sketch;
  revealed: boolean;
}

/** NaN becomes null. */
export const savedText = ({ values, revealed }: SavedSketch): string => JSON.stringify({ values, revealed });

/** Undefined if the text is not one that `keptText` writes. */
export function readSaved(text: string): SavedSketch | undefined {
  try {
    const { values, revealed } = JSON.parse(text);
    const sketch: number[] = values.map((value: unknown) => value ?? Number.NaN);
    const first = sketch.findIndex((value) => !Number.isNaN(value));
    const whole = sketch.length === 0 || (first >= 0 && sketch.slice(first).every(Number.isFinite));
    return whole && typeof revealed === 'boolean' ? { values: sketch, revealed } : undefined;
  } catch {
    return undefined;
  }
}
