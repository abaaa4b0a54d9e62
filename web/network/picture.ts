/** The two canvases of a scene: the plates in the gutter, the cells and threads on the sheet. */

import { formatNumber } from '../format.ts';
import { type Box, columnX, type Panel, smooth } from './layout.ts';
import * as paint from './paint.ts';
import { threads } from './paths.ts';
import { magnitude } from './scales.ts';
import type { Scene } from './scene.ts';
import { inputOf, stateOf } from './trace.ts';
import { rowOf } from './weights.ts';

export function drawPlates(canvas: HTMLCanvasElement, s: Scene, ink: paint.Ink): void {
  const { l, weights, unit, weightLimits: most } = s;
  const g = paint.prepare(canvas, l.gutter.width, l.height);
  if (!g || !weights) return;
  const { v, w, u, b } = l.gutter.plates;
  const plates: [Box, number, Float32Array, number, string][] = [
    [v, 1, weights.v, most.v, ink.roles.v],
    [w, l.units, weights.w, most.w, ink.roles.w],
    [u, l.features, weights.u, most.u, ink.roles.u],
    [b, 1, weights.b, most.u, ink.roles.b],
  ];
  for (const [box, columns, values, limit, role] of plates) {
    paint.paintPlate(g, l, box, columns, values, limit, role, ink, unit);
    if (unit === undefined) continue;
    paint.paintRow(g, l, box, unit, ink.select);
    const value = values[unit - 1] as number;
    if (columns === 1) paint.paintNumber(g, l, box, unit, formatNumber(value), value, limit, ink);
  }
}

export function drawCells(canvas: HTMLCanvasElement, s: Scene, ink: paint.Ink): void {
  const { l, trace, unit, timestep } = s;
  const to = Math.min(l.timesteps, s.coming > 0 ? timestep + 1 : s.to);
  const left = Math.max(0, columnX(l, s.from) - l.pitch);
  const right = Math.min(l.sheetWidth, columnX(l, to) + l.pitch);
  const g = paint.prepare(canvas, right - left, l.height);
  if (!g) return;
  canvas.style.transform = `translateX(${left}px)`;
  g.translate(-left, 0);
  const chosen = unit === undefined ? undefined : { unit, text: (t: number) => formatNumber(stateOf(trace, t, unit)) };
  const last = to > timestep ? smooth(0.6, 1, s.coming) : 1;
  paint.paintStrips(g, l, s.from, to, trace.h, s.stateLimit, ink, chosen, last);
  if (l.inputCells) drawInputs(g, s, ink);
  drawThreads(g, s, ink);
}

/** What feeds the chosen unit at the cursor; gone before the columns meet. */
function drawThreads(g: CanvasRenderingContext2D, s: Scene, ink: paint.Ink): void {
  const { l, unit, weights, timestep } = s;
  const opacity = 1 - smooth(0.2, 0.8 * l.touch, l.fold);
  if (unit === undefined || !weights || timestep === 0 || opacity === 0) return;
  const row = rowOf(weights, unit);
  paint.paintThreads(g, threads(l, timestep, unit, row), magnitude(row) || 1, opacity, ink);
}

/** Many features: cells as for h, on the scale of their own range. */
function drawInputs(g: CanvasRenderingContext2D, s: Scene, ink: paint.Ink): void {
  const { l, trace } = s;
  const panel = l.inputs[0] as Panel;
  const limit = Math.max(...s.domains.flat().map(Math.abs));
  const tall = panel.bottom - panel.top;
  const edges = Float64Array.from({ length: l.features + 1 }, (_, f) => panel.top + (tall * f) / l.features);
  const asStrips = { ...l, units: l.features, strips: panel, rowEdges: edges };
  for (let t = Math.max(1, s.from); t <= s.to; t++) {
    if (l.fold > l.touch && t < s.timestep) continue;
    const box = paint.strip(l, t);
    paint.paintBlock(g, asStrips, box, 1, (f) => inputOf(trace, t, f), limit, ink);
    paint.paintFrame(g, asStrips, box, ink.line, 1);
  }
}
