/**
 * The geometry of the backward figure. The gutter on the left labels the rows and never scrolls. The sheet has a column
 * for each time step, t = 1 … T from left to right, and scrolls inside the frame.
 */

import { translate } from '../../shared/translate.ts';
interface Band {
  top: number;
  bottom: number;
}

/** `update`: what one update needs: the gradient of each state, what each step adds to that of W, and their sum. */
export type Rows = 'all' | 'update';

export interface Layout {
  rows: Rows;
  width: number;
  height: number;
  gutter: number;
  frame: number;
  sheet: number;
  timesteps: number;
  units: number;
  gates: number;
  pitch: number;
  strip: number;
  strips: Band;
  tickY: number;
  /** The axis of the norms, and below it the lane for zeros. */
  norms: Band;
  zeroY: number;
  /**
   * The maps of ∂L/∂W: the term of each time step, and the sum so far. side: the width of a map; block: the height of
   * one gate in it.
   */
  side: number;
  block: number;
  terms: Band;
  sums: Band;
}

const MIN_PITCH = 48;
const MAX_PITCH = 104;
const HEAD = 26;

/** The label of the sums in the gutter. Its letters are about 7.5 px wide. */
export const SUMS_NAME = translate('← added up');

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function layout(width: number, timesteps: number, units: number, gates: number, rows: Rows = 'all'): Layout {
  const few = rows === 'update';
  const gutter = Math.max(width < 560 ? 62 : 96, few ? 0 : Math.ceil(7.5 * SUMS_NAME.length) + 6);
  const frame = Math.max(width - gutter, 120);
  const pitch = clamp(frame / (timesteps + 1.15), few ? MIN_PITCH / 2 : MIN_PITCH, MAX_PITCH);
  const side = Math.round(clamp(pitch - 18, Math.min(30, pitch - 4), 64));
  const block = gates > 1 ? Math.round(side / 2) : side;
  const head = few ? 6 : HEAD;
  const strips = { top: head, bottom: head + clamp((few ? 11 : 18) * units, 54, 176) };
  const tickY = strips.bottom + 17;
  const norms = { top: tickY + 36, bottom: tickY + 146 };
  const zeroY = norms.bottom + 16;
  const top = few ? tickY + 30 : zeroY + 40;
  const terms = { top, bottom: top + gates * block };
  const sums = { top: terms.bottom + 40, bottom: terms.bottom + 40 + gates * block };
  const sheet = Math.max(frame, pitch * (timesteps + 1.15));
  return {
    rows,
    width,
    height: (few ? terms : sums).bottom + 10,
    gutter,
    frame,
    sheet,
    timesteps,
    units,
    gates,
    pitch,
    strip: Math.min(pitch * 0.6, 44),
    strips,
    tickY,
    norms,
    zeroY,
    side,
    block,
    terms,
    sums,
  };
}

/** The middle of column t. Column T + 1 holds the sum. */
export const columnX = (l: Layout, t: number): number => (t - 0.5) * l.pitch + 4;

/** The time step and, on a strip, the unit at (x, y). */
export function cellAt(l: Layout, x: number, y: number): { timestep?: number; unit?: number } {
  const t = Math.floor((x - 4) / l.pitch) + 1;
  if (t < 1 || t > l.timesteps) return {};
  const { top, bottom } = l.strips;
  if (y < top || y >= bottom || Math.abs(x - columnX(l, t)) > l.strip / 2) return { timestep: t };
  return { timestep: t, unit: Math.floor(((y - top) / (bottom - top)) * l.units) + 1 };
}

/** The first and the last column that may be visible in the frame, with one more on both sides. */
export function visibleColumns(l: Layout, scroll: number): [number, number] {
  const at = (x: number): number => clamp(Math.floor(x / l.pitch) + 1, 1, l.timesteps);
  return [at(scroll - l.pitch), at(scroll + l.frame + l.pitch)];
}

/** The scroll position that makes column t visible, or the present one if it is visible already. */
export function scrollFor(l: Layout, t: number, scroll: number): number {
  const most = Math.max(0, l.sheet - l.frame);
  const [left, right] = [columnX(l, t) - l.pitch, columnX(l, t) + l.pitch * (t === l.timesteps ? 1.7 : 1)];
  if (left < scroll) return clamp(left, 0, most);
  if (right > scroll + l.frame) return clamp(right - l.frame, 0, most);
  return clamp(scroll, 0, most);
}
