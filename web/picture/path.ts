/** The calls that draw a path on a canvas, and the corresponding path data. */

import { short } from './xml.ts';

/** a b c d e f in the order of canvas and SVG: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** The factor by which lengths grow; figures scale equally in both directions. */
export const scaleOf = (m: Matrix): number => Math.sqrt(Math.abs(m[0] * m[3] - m[1] * m[2]));

export const place = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];

export interface Call {
  name: string;
  numbers: readonly number[];
  /** The canvas's transformation at the time of the call. */
  matrix: Matrix;
}

/** Calls that make a path, and the corresponding letters of path data. */
const LETTERS: Readonly<Record<string, string>> = { moveTo: 'M', lineTo: 'L', bezierCurveTo: 'C', closePath: 'Z' };
export const PATH_CALLS = Object.keys(LETTERS);

/** The path data of these calls. A point with a coordinate that is not a number is left out, as on a canvas. */
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
    // As on a canvas, the first line of a path begins at its own end point.
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
