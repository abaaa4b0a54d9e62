/** What is drawn on a canvas as a path, kept as its calls, and the same as path data. */

import { short } from './xml.ts';

/** a b c d e f, as canvas and SVG count them: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];
export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

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

/** Calls that make a path, and that path data can say. */
export const PATH_CALLS = [
  'moveTo',
  'lineTo',
  'bezierCurveTo',
  'quadraticCurveTo',
  'rect',
  'arc',
  'closePath',
] as const;

const compose = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

const FULL = 2 * Math.PI;

/** An arc as SVG has it: from where the path stands by a line, then around; a whole circle in two halves. */
function arc(
  at: (x: number, y: number) => string,
  scale: number,
  [x, y, r, from, to, back]: readonly number[],
  started: boolean,
): string {
  const [cx, cy, radius, start, end] = [x, y, r, from, to] as [number, number, number, number, number];
  const spot = (angle: number): string => at(cx + radius * Math.cos(angle), cy + radius * Math.sin(angle));
  const way = back ? start - end : end - start;
  const whole = way >= FULL - 1e-9;
  const turn = whole ? FULL : ((way % FULL) + FULL) % FULL;
  const sweep = back ? 0 : 1;
  const piece = (angle: number, large: number): string =>
    `A${short(radius * scale)} ${short(radius * scale)} 0 ${large} ${sweep} ${spot(angle)}`;
  const begin = `${started ? 'L' : 'M'}${spot(start)}`;
  if (!whole) return begin + piece(end, turn > Math.PI ? 1 : 0);
  return begin + piece(start + (back ? -Math.PI : Math.PI), 0) + piece(start, 0);
}

/**
 * Path data of these calls, after another transformation. A place that is no number is left out, as a canvas leaves it
 * out.
 */
export function pathData(calls: readonly Call[], outer: Matrix = IDENTITY): string {
  let data = '';
  for (const { name, numbers, matrix } of calls) {
    if (!numbers.every((number) => Number.isFinite(Number(number)))) continue;
    const m = outer === IDENTITY ? matrix : compose(outer, matrix);
    const at = (x: number, y: number): string => place(m, x, y).map(short).join(' ');
    const pairs = (): string => {
      const texts: string[] = [];
      for (let k = 0; k < numbers.length; k += 2) texts.push(at(numbers[k] as number, numbers[k + 1] as number));
      return texts.join(' ');
    };
    if (name === 'closePath') data += data && 'Z';
    else if (name === 'moveTo') data += `M${pairs()}`;
    else if (name === 'lineTo') data += `${data ? 'L' : 'M'}${pairs()}`;
    else if (name === 'bezierCurveTo') data += `C${pairs()}`;
    else if (name === 'quadraticCurveTo') data += `Q${pairs()}`;
    else if (name === 'arc') data += arc(at, scaleOf(m), numbers, data !== '');
    else {
      const [x, y, width, height] = numbers as unknown as [number, number, number, number];
      data += `M${at(x, y)}L${at(x + width, y)} ${at(x + width, y + height)} ${at(x, y + height)}Z`;
    }
  }
  return data;
}
