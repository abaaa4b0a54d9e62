/** The two canvases of a scene: the weight matrices in the gutter, and the cells and threads on the sheet. */

import { formatNumber } from '../../shared/format.ts';
import { columnX, type Panel, smooth, withStrips } from './network-layout.ts';
import * as paint from './cell-painting.ts';
import { threads } from './paths.ts';
import { rowsOf } from './hit-test.ts';
import { magnitude } from './scales.ts';
import { loopCut, type Scene } from './scene.ts';
import { otherLayers } from './stack.ts';
import { inputOf, shownOf } from './trace.ts';
import { columnsOf, type WeightPlace, type Role, rowOf } from './weights.ts';

export function drawPlates(canvas: HTMLCanvasElement, s: Scene, ink: paint.Ink): void {
  const { l, weights, unit, weightLimits: most } = s;
  const g = paint.prepare(canvas, l.gutter.width, l.height);
  if (!g || !weights) return;
  const limits: Record<Role, number> = { v: most.v, w: most.w, u: most.u, b: most.u };
  for (const role of ['v', 'w', 'u', 'b'] as const) {
    const box = l.gutter.plates[role];
    const rows = rowsOf(l, role);
    const [columns, values] = [columnsOf(weights, role), weights[role]];
    // Only rows of the chosen layer are enlarged. The rows of V belong to the top layer.
    const chosen = rows === l ? unit : undefined;
    paint.paintPlate(g, rows, box, columns, values, limits[role], ink.roles[role], ink, chosen);
    if (chosen === undefined) continue;
    paint.paintRow(g, l, box, chosen, ink.select);
    const value = values[chosen - 1] as number;
    if (columns === 1) paint.paintNumber(g, l, box, chosen, formatNumber(value), value, limits[role], ink);
  }
  for (const index of s.editedWeights ?? []) markWeight(g, s, weights.place(index), ink.select, true);
  markWeight(g, s, s.weight, ink.ink, false);
}

/** A frame around the cell of one weight. An edited weight also has a diamond, like an edited x. */
function markWeight(
  g: CanvasRenderingContext2D,
  s: Scene,
  place: WeightPlace | undefined,
  color: string,
  edited: boolean,
): void {
  if (!place || !s.weights) return;
  const box = s.l.gutter.plates[place.role];
  const rows = rowsOf(s.l, place.role);
  const wide = box.width / columnsOf(s.weights, place.role);
  paint.paintMark(g, rows, { left: box.left + place.column * wide, width: wide }, place.unit, color, edited);
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
  const chosen = unit === undefined ? undefined : { unit, text: (t: number) => formatNumber(shownOf(trace, t, unit)) };
  const last = to > timestep ? smooth(0.6, 1, s.coming) : 1;
  for (const { layer, panel } of otherLayers(s)) {
    paint.paintStrips(
      g,
      withStrips(l, panel),
      s.from,
      to,
      trace.states[layer - 1] as Float32Array,
      s.hLimit,
      ink,
      undefined,
      last,
    );
  }
  paint.paintStrips(g, l, s.from, to, trace.shown, s.stateLimit, ink, chosen, last);
  if (l.inputCells) drawInputs(g, s, ink);
  drawThreads(g, s, ink);
}

/** The threads from all previous states to the chosen unit at the cursor. They disappear before the columns meet. */
function drawThreads(g: CanvasRenderingContext2D, s: Scene, ink: paint.Ink): void {
  const { l, unit, weights, timestep } = s;
  const opacity = 1 - smooth(0.2, 0.8 * l.touch, l.fold);
  if (unit === undefined || !weights || timestep === 0 || opacity === 0) return;
  if (s.trace.state === 'c' || loopCut(s, timestep)) return;
  const row = rowOf(weights, unit);
  paint.paintThreads(g, threads(l, timestep, unit, row), magnitude(row) || 1, opacity, ink);
}

/** Many features are drawn as cells, like h, on a color scale for their own range. */
function drawInputs(g: CanvasRenderingContext2D, s: Scene, ink: paint.Ink): void {
  const { l, trace } = s;
  const panel = l.inputs[0] as Panel;
  const limit = Math.max(...s.domains.flat().map(Math.abs));
  const asStrips = withStrips(l, panel, l.features);
  for (let t = Math.max(1, s.from); t <= s.to; t++) {
    if (l.fold > l.touch && t < s.timestep) continue;
    const box = paint.strip(l, t);
    paint.paintBlock(g, asStrips, box, 1, (f) => inputOf(trace, t, f), limit, ink);
    paint.paintFrame(g, asStrips, box, ink.line, 1);
  }
}
