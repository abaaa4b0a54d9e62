/** What lies under the pointer, and what it is worth. Pure. */

import { formatNumber } from '../format.ts';
import { type Box, columnAt, type Layout, type Panel, unitAt } from './layout.ts';
import type { Scene } from './scene.ts';
import { stateOf } from './trace.ts';
import type { Weights } from './weights.ts';

/** A place on the gutter or on the sheet, from its upper left corner. */
export interface Place {
  on: 'gutter' | 'sheet';
  x: number;
  y: number;
}

const DIGITS = 3;
/** As an index: 12 is ₁₂. */
export const lowered = (n: number): string => [...String(n)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
const named = (name: string, value: number | undefined): string => `${name} = ${formatNumber(value ?? Number.NaN, DIGITS)}`;

/** The unit whose cell or weight lies there. */
export function unitUnder(s: Scene, place: Place): number | undefined {
  const unit = unitAt(s.l, place.y);
  if (place.on === 'sheet' && columnAt(s.l, place.x, s.timestep) === undefined) return undefined;
  return unit;
}

/** The index in x of the input whose cell lies there, where inputs are drawn as cells. */
export function inputUnder(s: Scene, place: Place): number | undefined {
  const { l } = s;
  const panel = l.inputs[0] as Panel;
  if (!l.inputCells || place.on !== 'sheet' || place.y < panel.top || place.y >= panel.bottom) return undefined;
  const t = columnAt(l, place.x, s.timestep);
  if (!t) return undefined;
  return (t - 1) * l.features + Math.floor(((place.y - panel.top) / (panel.bottom - panel.top)) * l.features);
}

/** "h₃[5] = 0.612", "W[5, 2] = −0.310: unit 2 into unit 5", or nothing. */
export function textUnder(s: Scene, place: Place): string | undefined {
  const index = inputUnder(s, place);
  if (index !== undefined) {
    const { features, x } = s.trace;
    return named(`x${lowered(Math.floor(index / features) + 1)}[${(index % features) + 1}]`, x[index]);
  }
  const unit = unitUnder(s, place);
  if (unit === undefined) return undefined;
  if (place.on === 'gutter') return s.weights && weightUnder(s.l, s.weights, unit, place.x);
  const t = columnAt(s.l, place.x, s.timestep) as number;
  return named(`h${lowered(t)}[${unit}]`, stateOf(s.trace, t, unit));
}

function weightUnder(l: Layout, weights: Weights, unit: number, x: number): string | undefined {
  const { v, w, u, b } = l.gutter.plates;
  const on = (box: Box): boolean => x >= box.left && x < box.left + box.width;
  const column = (box: Box, count: number): number => Math.floor(((x - box.left) / box.width) * count);
  if (on(v)) return named(`V[${unit}]`, weights.v[unit - 1]);
  if (on(b)) return named(`b[${unit}]`, weights.b[unit - 1]);
  if (on(w)) {
    const from = column(w, weights.units);
    const weight = weights.w[(unit - 1) * weights.units + from];
    return `${named(`W[${unit}, ${from + 1}]`, weight)}: unit ${from + 1} into unit ${unit}`;
  }
  if (on(u)) {
    const f = column(u, weights.features);
    const name = weights.features > 1 ? `U[${unit}, ${f + 1}]` : `U[${unit}]`;
    return named(name, weights.u[(unit - 1) * weights.features + f]);
  }
  return undefined;
}
