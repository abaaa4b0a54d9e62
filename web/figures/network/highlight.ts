/**
 * The source of a highlighted term: its value on the sheet, the thread to the unit, its weight in the matrix. And in
 * reverse: the term whose source is under the pointer.
 */

import { svg } from 'lit';
import type { Highlight } from '../../symbols/highlight-event.ts';
import {
  type Box,
  columnAt,
  columnX,
  type Layout,
  type Panel,
  rowBottom,
  rowMiddle,
  rowTop,
  unitAt,
  withStrips,
} from './network-layout.ts';
import { roundTenth, type Part } from './marks.ts';
import { height } from './paths.ts';
import { inputUnder, layerUnder, type FigurePosition, rowsOf, unitUnder, weightUnder } from './hit-test.ts';
import { loopCut, type Scene } from './scene.ts';
import { inputOf } from './trace.ts';
import { columnsOf, type WeightPlace, weightAt } from './weights.ts';

/** The unit whose sum is meant. If no unit is chosen, it is the first one, as in the arithmetic figure. */
const unitOf = (s: Scene): number => s.unit ?? 1;
/** The smallest side of a frame, in CSS pixels. */
const LEAST = 7;

/** The wide line below, in the color of the background, separates the upper line from cells of any color. */
const withHalo = (d: string): Part => svg`<path class="highlight-halo" d=${d} /><path class="highlight" d=${d} />`;

function frame({ left, top, width, height: tall }: Box): Part {
  const [wide, high] = [Math.max(width, LEAST), Math.max(tall, LEAST)];
  const [x, y] = [left + (width - wide) / 2, top + (tall - high) / 2];
  return withHalo(`M${roundTenth(x)} ${roundTenth(y)}h${roundTenth(wide)}v${roundTenth(high)}h${-roundTenth(wide)}z`);
}

const cell = (l: Layout, t: number, unit: number): Box => ({
  left: columnX(l, t) - l.stripWidth / 2,
  top: rowTop(l, unit),
  width: l.stripWidth,
  height: rowBottom(l, unit) - rowTop(l, unit) - 1,
});

/** Whether the sum reads h of the previous time step. */
const readsState = (s: Scene): boolean => s.timestep > 0 && s.trace.state === 'h' && !loopCut(s, s.timestep);
/** Whether the columns are far enough apart to show a line between two of them. */
const unfolded = (s: Scene): boolean => s.l.fold < 0.6 * s.l.touch;

/** h_{t−1} of a unit, and its thread into the chosen unit. */
function stateSource(s: Scene, unit: number): Part {
  const { l, timestep: t } = s;
  if (!readsState(s) || unit > s.trace.units) return svg``;
  const half = l.stripWidth / 2;
  const [x1, x2] = [columnX(l, t - 1) + half + 1, columnX(l, t) - half - 1];
  const [y1, y2] = [rowMiddle(l, unit), rowMiddle(l, unitOf(s))];
  const bend = (x2 - x1) / 2;
  const weight = s.weights ? weightAt(s.weights, { role: 'w', unit: unitOf(s), column: unit - 1 }) : 0;
  const d = `M${roundTenth(x1)} ${roundTenth(y1)}C${roundTenth(x1 + bend)} ${roundTenth(y1)} ${roundTenth(x2 - bend)} ${roundTenth(y2)} ${roundTenth(x2)} ${roundTenth(y2)}`;
  return svg`${unfolded(s) ? svg`<path class="highlight-halo" d=${d} /><path class="highlight thread ${weight < 0 ? 'neg' : 'pos'}" d=${d} />` : ''}
    ${frame(cell(l, t - 1, unit))}`;
}

/** The input of the cell at t: a point, a cell if there are many features, or h of the layer below. */
function inputSource(s: Scene, f: number): Part {
  const { l, timestep: t, trace } = s;
  if (t === 0 || f >= trace.inputs) return svg``;
  if (trace.layer > 1) return frame(cell(withStrips(l, l.stack[trace.layer - 2] as Panel), t, f + 1));
  if (l.inputCells) return frame(cell(withStrips(l, l.inputs[0] as Panel, l.features), t, f + 1));
  const y = height(l.inputs[f] as Panel, s.domains[f] as [number, number], inputOf(trace, t, f));
  const [x, r] = [roundTenth(columnX(l, t)), 12];
  return withHalo(`M${x - r} ${roundTenth(y)}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0z`);
}

/** The line of the bias is beside that of U. */
function biasSource(s: Scene): Part {
  const { l, timestep: t } = s;
  return t === 0
    ? svg``
    : withHalo(`M${roundTenth(columnX(l, t) + l.stripWidth * 0.3)} ${l.rails.b}V${l.strips.bottom + 4}`);
}

/** The highlights on the sheet. */
export function sheetHighlight(s: Scene): Part {
  const { highlight } = s;
  if (highlight?.kind === 'x') return inputSource(s, highlight.index ?? 0);
  if (highlight?.kind === 'h') return stateSource(s, (highlight.index ?? 0) + 1);
  if (highlight?.kind === 'b' || highlight?.kind === 'recurrent_bias') return biasSource(s);
  /* The state of a gated cell is kept by a gate, not by W. An LSTM keeps c, which the strips may not show. */
  const kept = highlight?.kind === 'kept' && s.timestep > 0 && (s.trace.c ? s.trace.state === 'c' : true);
  return kept ? frame(cell(s.l, s.timestep - 1, unitOf(s))) : svg``;
}

const ROLES: Readonly<Record<string, WeightPlace['role']>> = { x: 'u', h: 'w', b: 'b', recurrent_bias: 'b' };

/** The weight of the highlighted term. */
function weightOf(s: Scene): WeightPlace | undefined {
  const { highlight, weights } = s;
  const role = ROLES[highlight?.kind ?? ''];
  if (!highlight || !role || !weights) return undefined;
  const column = role === 'b' ? Number(highlight.kind === 'recurrent_bias') : (highlight.index ?? 0);
  return column < columnsOf(weights, role) ? { role, unit: unitOf(s), column } : undefined;
}

/** The highlights in the gutter. */
export function gutterHighlight(s: Scene): Part {
  const place = weightOf(s);
  if (!place || !s.weights) return svg``;
  const box = s.l.gutter.plates[place.role];
  const rows = rowsOf(s.l, place.role);
  const wide = box.width / columnsOf(s.weights, place.role);
  const top = rowTop(rows, place.unit);
  return frame({
    left: box.left + place.column * wide,
    width: wide,
    top,
    height: rowBottom(rows, place.unit) - top - 1,
  });
}

/** The term that contains a weight, if it belongs to the shown sum. */
export function termOfWeight(s: Scene, place: WeightPlace): Highlight | undefined {
  if (place.unit !== unitOf(s)) return undefined;
  if (place.role === 'u') return { kind: 'x', index: place.column };
  if (place.role === 'w') return { kind: 'h', index: place.column };
  return place.role === 'b' ? { kind: place.column > 0 ? 'recurrent_bias' : 'b' } : undefined;
}

/** The term of an input, by its index in x, if it belongs to the shown sum. */
export function termOfInput(s: Scene, index: number): Highlight | undefined {
  const { features, layer } = s.trace;
  return layer === 1 && Math.floor(index / features) + 1 === s.timestep
    ? { kind: 'x', index: index % features }
    : undefined;
}

/** The term whose source is at this position: a weight, a previous state or an input of the shown sum. */
export function termUnder(s: Scene, place: FigurePosition): Highlight | undefined {
  const { l, trace, timestep: t } = s;
  if (place.on === 'gutter') {
    const weight = weightUnder(s, place);
    return weight && termOfWeight(s, weight);
  }
  const input = inputUnder(s, place);
  if (input !== undefined) return termOfInput(s, input);
  const layer = layerUnder(s, place);
  if (layer !== undefined) {
    const below = layer === trace.layer - 1 && columnAt(l, place.x, t) === t && t > 0;
    const unit = below ? unitAt(withStrips(l, l.stack[layer - 1] as Panel), place.y) : undefined;
    return unit === undefined ? undefined : { kind: 'x', index: unit - 1 };
  }
  const unit = unitUnder(s, place);
  if (unit === undefined || t === 0 || columnAt(l, place.x, t) !== t - 1) return undefined;
  if (trace.state === 'c') return unit === unitOf(s) ? { kind: 'kept' } : undefined;
  return readsState(s) ? { kind: 'h', index: unit - 1 } : undefined;
}
