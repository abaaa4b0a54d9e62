/** Helpers for all parts of the SVG: the drawn columns, symbols with subscripts, coordinates. */

import { type nothing, type SVGTemplateResult, svg } from 'lit';
import { smooth } from './network-layout.ts';
import { columnOpacity, type Scene } from './scene.ts';

export type Part = SVGTemplateResult | typeof nothing;

export const integers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
export const roundTenth = (value: number): number => Math.round(value * 10) / 10;
const fixed2 = (value: number): number => Math.round(value * 100) / 100;

/** A symbol with its subscript, for example h with the subscript 3. */
export const symbol = (letter: string, index: string | number): SVGTemplateResult =>
  index === ''
    ? svg`<tspan class="math">${letter}</tspan>`
    : svg`<tspan class="math">${letter}</tspan><tspan class=${typeof index === 'string' ? 'low math' : 'low'} dy="3">${index}</tspan>`;

/** The columns whose details are drawn. When the figure is folded, this is only the cursor's column. */
export const columns = (s: Scene, first: number): number[] =>
  integers(Math.max(first, s.from), s.to).filter((t) => columnOpacity(s, t) > 0.02);

/** The column that appears while the figure plays. */
export const appearingColumn = (s: Scene): number[] =>
  s.coming > 0 && s.timestep < s.l.timesteps ? [s.timestep + 1] : [];

/** The dash array that shows a line in full, or in part while its column appears. */
export const appearingDash = (s: Scene, t: number): string =>
  t > s.timestep ? `${fixed2(smooth(0, 0.7, s.coming))} 1` : 'none';
export const hasAppeared = (s: Scene, t: number): boolean => t <= s.timestep || s.coming >= 0.7;
