/**
 * Where everything stands in the picture, in CSS pixels of its SVG. Pure.
 *
 * From top to bottom: the answer, V, the columns of cells, U, the inputs as dots, their values, the time steps' numbers.
 * `fold` moves every column to one place and bends W's arrows into the loop of the one cell.
 */

/** The parts that can be emphasized. */
export type Highlight = 'U' | 'W' | 'V' | 'weights' | 'x' | 'h' | 'answer' | '';

export interface Size {
  width: number;
  timesteps: number;
  units: number;
  features: number;
  /** The features have names: their values are written below their dots, and their units beside them. */
  named: boolean;
  /** The width of the longest word, if words are read: they are written in place of the dots. */
  words?: number | undefined;
  /** 0 unrolled … 1 folded. */
  fold: number;
  /** Widths of texts: of the answer, and of the longest value of an input. */
  answerWidth: number;
  valueWidth: number;
}

interface Point {
  x: number;
  y: number;
}

export interface UnrolledLayout extends Size {
  height: number;
  narrow: boolean;
  /** The controls above may stand beside the answer: nothing of the picture is there. */
  freeTop: boolean;
  /** Between the middles of two columns, and the width of a column and of its frame. */
  pitch: number;
  frame: number;
  /** Between a column's frame and its cells, and between two cells. */
  padding: number;
  gap: number;
  answer: { top: number; height: number; width: number };
  columns: { top: number; bottom: number };
  row: number;
  /** Where U's arrows begin; the bands of the inputs, one for each feature that is drawn. */
  inputTop: number;
  inputs: readonly { top: number; bottom: number }[];
  /** The radius of a dot. */
  dot: number;
  stepY: number;
  /** From the end of a band to the line of its values. */
  below: number;
  /** Words stand upright where columns are too narrow for them; where their line or their end is. */
  upright: boolean;
  wordY: number;
  /** Is there room for the values? */
  values: boolean;
  /** On which of W's and U's arrows the letters stand. */
  letters: 'every' | 'first' | 'none';
  /** So many time steps that W is one line and U are ticks: arrow heads and gaps would be specks. */
  calm: boolean;
}

/** Below this width the figure is drawn as for a phone. */
const NARROW = 480;
/** The controls above need so much room to the left of the answer. */
const BESIDE = 150;
const MOST_PITCH = 88;
const MOST_ROW = 26;
/** More features than these are named, not drawn. */
export const MOST_FEATURES = 3;
/** Of more time steps no values are written. */
const MOST_VALUES = 30;

/** The loop and its letter need so much room to the right of the middle of the folded cell on a phone. */
const LOOP_ROOM = 96;
const LEFT = { narrow: 30, wide: 52 };

const lerp = (a: number, b: number, part: number): number => a + (b - a) * part;
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** 0 below from, 1 above to, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const part = clamp((value - from) / (to - from), 0, 1);
  return part * part * (3 - 2 * part);
}

export function layout(size: Size): UnrolledLayout {
  const { width, timesteps, units, features, named, fold, answerWidth, valueWidth } = size;
  const narrow = width < NARROW;
  const pick = (phone: number, wide: number): number => (narrow ? phone : wide);
  const left = narrow ? LEFT.narrow : LEFT.wide;
  const pitch = Math.min(MOST_PITCH, (width - left - pick(timesteps > 10 ? 10 : 3, 12)) / timesteps);
  const frame = lerp(Math.min(44, pitch * 0.62), pick(44, 64), fold);
  const padding = frame < 9 ? 0 : frame < 26 ? 2 : 3;
  const row = Math.min(MOST_ROW, pick(98, 152) / units);
  const answer = { top: 2, height: pick(30, 32), width: answerWidth + 26 };
  const top = answer.top + answer.height + pick(28, 36);
  const bottom = top + row * units + 2 * padding;
  const inputTop = bottom + pick(30, 36);
  const bands = size.words === undefined ? Math.min(features, MOST_FEATURES) : 0;
  const band = bands === 1 ? pick(52, 64) : pick(30, 34);
  const below = features === 1 ? 23 : 16;
  const upright = size.words !== undefined && size.words + 4 > pitch;
  const wordRoom = size.words === undefined ? 0 : upright ? size.words + 8 : 12;
  const values = bands > 0 && (features === 1 || named) && timesteps <= MOST_VALUES && valueWidth + 3 <= pitch;
  const inputs = Array.from({ length: bands }, (_, f) => {
    const start = inputTop + 10 + f * (band + (values ? below + 12 : 16));
    return { top: start, bottom: start + band };
  });
  const floor = (inputs.at(-1)?.bottom ?? inputTop) + 10;
  const stepY = values ? floor - 10 + below + 17 : floor + 13 + wordRoom;
  const folded = foldedX(width, narrow);
  const letters = pitch - frame >= 22 ? 'every' : pitch >= 20 ? 'first' : 'none';
  const calm = letters === 'none' && fold === 0;
  return {
    ...size,
    height: stepY + 6,
    narrow,
    freeTop:
      narrow && Math.min(width - 1 - answer.width, folded - answer.width / 2) > BESIDE && timesteps * pitch > width / 2,
    pitch,
    frame,
    padding,
    gap: calm || row < 4 ? 0 : row < 8 ? 1 : 2,
    answer,
    columns: { top, bottom },
    row,
    inputTop,
    inputs,
    dot: clamp(pitch * 0.2, 1.6, 5.5),
    stepY,
    below,
    upright,
    wordY: inputTop + 14,
    values,
    letters,
    calm,
  };
}

/** Where the one cell stands: on a phone aside, since the controls stand above at the left. */
const foldedX = (width: number, narrow: boolean): number =>
  narrow ? Math.min(width * 0.68, width - LOOP_ROOM) : width * 0.5;

/** The middle of time step t as it is unrolled, 0 (h₀) … T. */
export function stepX({ width, narrow, pitch, timesteps }: UnrolledLayout, t: number): number {
  const left = narrow ? LEFT.narrow : LEFT.wide;
  const spare = (width - left - timesteps * pitch) / 2;
  return left + (pitch < MOST_PITCH ? 0 : Math.max(0, spare)) + (t - 0.5) * pitch;
}

/** The middle of the column at t, with the fold. */
export const columnX = (l: UnrolledLayout, t: number): number =>
  lerp(stepX(l, t), foldedX(l.width, l.narrow), smooth(0, 1, l.fold));

/** The answer's left edge: over its column, and inside of the picture. */
export const answerX = (l: UnrolledLayout, t: number): number =>
  clamp(columnX(l, t) - l.answer.width / 2, 1, l.width - l.answer.width - 1);

/** Top of a unit's cell, units from 0. */
export const rowY = (l: UnrolledLayout, unit: number): number => l.columns.top + l.padding + unit * l.row;

/** The part of the figure at this position. The thin arrows are hard to point at, so their parts are wider than they are. */
export function partAt(l: UnrolledLayout, x: number, y: number): Highlight {
  const { top, bottom } = l.columns;
  const end = columnX(l, l.timesteps);
  const right = end + l.frame / 2 + (l.fold > 0.5 ? 100 : 0);
  const left = l.fold > 0.5 ? end : stepX(l, 1) - l.pitch;
  if (y > top && y < bottom) return x > left && x < right ? 'W' : '';
  if (y > bottom && y < l.inputTop) return x > stepX(l, 1) - l.pitch / 2 ? 'U' : '';
  return y < top && y > l.answer.top + l.answer.height && Math.abs(x - end) < 16 ? 'V' : '';
}

/** Four control points of a curve. */
export type Curve = readonly [Point, Point, Point, Point];

const between = (a: Curve, b: Curve, part: number): Curve =>
  a.map((p, k) => ({
    x: lerp(p.x, (b[k] as Point).x, part),
    y: lerp(p.y, (b[k] as Point).y, part),
  })) as unknown as Curve;

const straight = (a: Point, b: Point): Curve => [
  a,
  { x: lerp(a.x, b.x, 1 / 3), y: lerp(a.y, b.y, 1 / 3) },
  { x: lerp(a.x, b.x, 2 / 3), y: lerp(a.y, b.y, 2 / 3) },
  b,
];

/** The path of W's arrow from h_{t−1} to h_t, 1 ≤ t ≤ T. It is straight if unrolled, and a loop at the right of the cell if folded. */
export function pathOfW(l: UnrolledLayout, t: number): Curve {
  const middle = (l.columns.top + l.columns.bottom) / 2;
  const half = l.frame / 2;
  const space = Math.max(1, l.pitch - l.frame);
  const inset = Math.min(2, space * 0.12);
  const from =
    t === 1 ? columnX(l, 1) - half - (l.narrow ? 15 : Math.min(30, 9 + space / 2)) : columnX(l, t - 1) + half + inset;
  const flat = straight({ x: from, y: middle }, { x: columnX(l, t) - half - inset, y: middle });
  const x = columnX(l, t) + half;
  const high = Math.max(18, (l.columns.bottom - l.columns.top) * 0.3);
  const out = l.narrow ? 56 : 92;
  const loop: Curve = [
    { x: x + 1, y: middle - high * 0.6 },
    { x: x + out, y: middle - high * 1.4 },
    { x: x + out, y: middle + high * 1.4 },
    { x: x + 3, y: middle + high * 0.6 },
  ];
  return between(flat, loop, smooth(0.15, 1, l.fold));
}

/** U's way from above x_t up to the column: straight, and folded with two round corners. */
export function pathOfU(l: UnrolledLayout, t: number, headSize: number): { line: string; head: string } {
  const [from, to] = [stepX(l, t), columnX(l, t)];
  const end = l.columns.bottom + 3;
  const { line, head } = arrow(straight({ x: to, y: l.inputTop }, { x: to, y: end }), headSize);
  if (Math.abs(to - from) < 1) return { line, head };
  const middle = (l.inputTop + end) / 2 + 6;
  const r = Math.min(8, Math.abs(to - from) / 2, l.inputTop - middle) * Math.sign(to - from);
  const corner = Math.abs(r);
  return {
    line: `M${n(from)} ${n(l.inputTop)}V${n(middle + corner)}Q${n(from)} ${n(middle)} ${n(from + r)} ${n(middle)}H${n(to - r)}Q${n(to)} ${n(middle)} ${n(to)} ${n(middle - corner)}V${n(end + headSize)}`,
    head,
  };
}

/** The path of V's arrow from the column to the answer. */
export function pathOfV(l: UnrolledLayout, t: number): Curve {
  const x = columnX(l, t);
  return straight({ x, y: l.columns.top - 3 }, { x, y: l.answer.top + l.answer.height + 3 });
}

const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A curve that ends where its arrow head begins, and the head. */
export function arrow(curve: Curve, size: number): { line: string; head: string } {
  const [a, b, c, d] = curve;
  const length = Math.hypot(d.x - c.x, d.y - c.y) || 1;
  const [ux, uy] = [(d.x - c.x) / length, (d.y - c.y) / length];
  const back = size * 1.7;
  const foot = { x: d.x - ux * back, y: d.y - uy * back };
  return {
    line: `M${n(a.x)} ${n(a.y)}C${n(b.x)} ${n(b.y)} ${n(c.x - ux * Math.min(back, length))} ${n(c.y - uy * Math.min(back, length))} ${n(foot.x + ux)} ${n(foot.y + uy)}`,
    head: `M${n(d.x)} ${n(d.y)}L${n(foot.x - uy * size)} ${n(foot.y + ux * size)}L${n(foot.x + uy * size)} ${n(foot.y - ux * size)}z`,
  };
}

/** Height of a value in a band. */
export function valueY(
  band: { top: number; bottom: number },
  [low, high]: readonly [number, number],
  value: number,
): number {
  const part = (value - low) / (high - low || 1);
  return band.bottom - (Number.isNaN(part) ? 0 : clamp(part, 0, 1)) * (band.bottom - band.top);
}
