/** What is drawn on a canvas as a path, kept as its calls, and the same as path data. */

import { short } from './xml.ts';

/** a b c d e f, as canvas and SVG count them: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** How much longer a length becomes; figures scale evenly. */
export const scaleOf = (m: Matrix): number => Math.sqrt(Math.abs(m[0] * m[3] - m[1] * m[2]));

export const place = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];

export interface Call {
  name: string;
  numbers: readonly number[];
  /** The canvas's transformation when it was made. */
  matrix: Matrix;
}

/** Calls that make a path, and the letters that say the same in path data. */
const LETTERS: Readonly<Record<string, string>> = { moveTo: 'M', lineTo: 'L', bezierCurveTo: 'C', closePath: 'Z' };
export const PATH_CALLS = Object.keys(LETTERS);

/** Path data of these calls. A place that is no number is left out, as a canvas leaves it out. */
export function pathData(calls: readonly Call[]): string {
  let data = '';
  for (const { name, numbers, matrix } of calls) {
    if (!numbers.every(Number.isFinite)) continue;
    const places: string[] = [];
    for (let k = 0; k < numbers.length; k += 2)
      places.push(
        place(matrix, numbers[k] as number, numbers[k + 1] as number)
          .map(short)
          .join(' '),
      );
    // As on a canvas, the first line of a path begins where it leads to.
    if (data || name !== 'closePath') data += (data || name !== 'lineTo' ? LETTERS[name] : 'M') + places.join(' ');
  }
  return data;
}

/** Path data of a rectangle. */
export function rectData(matrix: Matrix, [x, y, width, height]: readonly number[]): string {
  const [left, top, wide, tall] = [x, y, width, height] as [number, number, number, number];
  const corners = [
    [left, top],
    [left + wide, top],
    [left + wide, top + tall],
    [left, top + tall],
  ] as const;
  return `M${corners.map(([across, down]) => place(matrix, across, down).map(short).join(' ')).join('L')}Z`;
}
