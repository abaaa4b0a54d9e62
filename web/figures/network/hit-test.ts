/** What is under the pointer, and its value. */

import { className, featureName, featureText, quoted } from '../../shared/data-names.ts';
import { formatNumber, lowered } from '../../shared/format.ts';
import { columnAt, type Layout, layerAt, type Panel, unitAt, withStrips } from './network-layout.ts';
import type { Scene } from './scene.ts';
import { predictionOf, shownOf, trained } from './trace.ts';
import { columnsOf, type WeightPlace, type Role, weightAt, type Weights } from './weights.ts';
import { translate } from '../../shared/translate.ts';

/** A position in the gutter or on the sheet, relative to its upper left corner. */
export interface FigurePosition {
  on: 'gutter' | 'sheet';
  x: number;
  y: number;
}

const DIGITS = 3;
const named = (name: string, value: number | undefined): string =>
  `${name} = ${formatNumber(value ?? Number.NaN, DIGITS)}`;

/** The layout of the rows of a weight matrix. V has the rows of the top layer, all others those of the chosen layer. */
export function rowsOf(l: Layout, role: Role): Layout {
  const top = l.stack.length;
  return role === 'v' && top !== l.layer ? withStrips(l, l.stack[top - 1] as Panel) : l;
}

/** The weight whose cell is at this position. */
export function weightUnder(s: Scene, place: FigurePosition): WeightPlace | undefined {
  const { weights, l } = s;
  if (!weights || place.on !== 'gutter') return undefined;
  for (const role of ['v', 'w', 'u', 'b'] as const) {
    const box = l.gutter.plates[role];
    const unit = unitAt(rowsOf(l, role), place.y);
    if (unit === undefined || place.x < box.left || place.x >= box.left + box.width) continue;
    return { role, unit, column: Math.floor(((place.x - box.left) / box.width) * columnsOf(weights, role)) };
  }
  return undefined;
}

/** The unit of the chosen layer whose cell or weight is at this position. */
export function unitUnder(s: Scene, place: FigurePosition): number | undefined {
  const unit = unitAt(s.l, place.y);
  if (place.on === 'sheet' && columnAt(s.l, place.x, s.timestep) === undefined) return undefined;
  return unit;
}

/** The other layer whose strip is at this position. */
export function layerUnder(s: Scene, place: FigurePosition): number | undefined {
  const layer = layerAt(s.l, place.y);
  if (layer === s.l.layer || (place.on === 'sheet' && columnAt(s.l, place.x, s.timestep) === undefined))
    return undefined;
  return layer;
}

/** The index in x of the input whose cell is at this position, if inputs are drawn as cells. */
export function inputUnder(s: Scene, place: FigurePosition): number | undefined {
  const { l } = s;
  const panel = l.inputs[0] as Panel;
  if (!l.inputCells || place.on !== 'sheet' || place.y < panel.top || place.y >= panel.bottom) return undefined;
  const t = columnAt(l, place.x, s.timestep);
  if (!t) return undefined;
  return (t - 1) * l.features + Math.floor(((place.y - panel.top) / (panel.bottom - panel.top)) * l.features);
}

/** For example "h₃[5] = 0.612" or "W[5, 2] = −0.310: unit 2 into unit 5". */
export function textUnder(s: Scene, place: FigurePosition): string | undefined {
  const index = inputUnder(s, place);
  if (index !== undefined) {
    const { features, x } = s.trace;
    const [t, f] = [Math.floor(index / features) + 1, index % features];
    const name = featureName(s.names, f);
    if (name === undefined) return named(`x${lowered(t)}[${f + 1}]`, x[index]);
    const text = `${name} = ${featureText(s.names, f, x[index] as number, DIGITS)}`;
    const word = s.words[t];
    return word === undefined
      ? translate(`${text} at t = ${t}`)
      : translate(`${text} at t = ${t}, where ${quoted(word)} is read`);
  }
  const answer = answerUnder(s, place);
  if (answer) return answer;
  const weight = weightUnder(s, place);
  if (weight && s.weights) return weightText(s, s.weights, weight);
  const layer = layerUnder(s, place);
  if (layer !== undefined) return otherText(s, place, layer);
  const unit = unitUnder(s, place);
  if (unit === undefined || place.on === 'gutter') return undefined;
  const t = columnAt(s.l, place.x, s.timestep) as number;
  return named(`${s.trace.state}${lowered(t)}[${unit}]`, shownOf(s.trace, t, unit));
}

/** For example "p(class 2) = 0.713 at t = 8", if the answers are bars of classes. */
function answerUnder(s: Scene, place: FigurePosition): string | undefined {
  const { l, trace } = s;
  const { top, bottom } = l.output;
  if (trace.answer !== 'classes' || place.on !== 'sheet' || place.y < top || place.y >= bottom) return undefined;
  const t = columnAt(l, place.x, s.timestep);
  if (!t || !(s.readouts || trained(trace, t))) return undefined;
  const k = Math.floor(((place.y - top) / (bottom - top)) * trace.outputs);
  return translate(`p(${className(s.names, k)}) = ${formatNumber(predictionOf(trace, t, k), DIGITS)} at t = ${t}`);
}

function otherText(s: Scene, place: FigurePosition, layer: number): string | undefined {
  const t = place.on === 'sheet' ? columnAt(s.l, place.x, s.timestep) : undefined;
  const unit = unitAt(withStrips(s.l, s.l.stack[layer - 1] as Panel), place.y);
  if (t === undefined || unit === undefined) return translate(`layer ${layer}: choose it to see all of it`);
  return translate(
    `layer ${layer}: ${named(`h${lowered(t)}[${unit}]`, s.trace.states[layer - 1]?.[t * s.trace.units + unit - 1])}`,
  );
}

/** For example "W[5, 2]", or with several gates "W f[5, 2]". */
export function weightName(s: Scene, weights: Weights, { role, unit, column }: WeightPlace): string {
  const gate = s.trace.gates.length > 1 && role !== 'v' ? ` ${s.trace.gates[s.trace.gate]?.letter}` : '';
  if (role === 'b') return `b${column > 0 ? '′' : ''}${gate}[${unit}]`;
  const letter = role.toUpperCase() + gate;
  if (role === 'v') return weights.outputs > 1 ? `V[${column}, ${unit}]` : `V[${unit}]`;
  return role === 'u' && weights.features === 1 ? `${letter}[${unit}]` : `${letter}[${unit}, ${column + 1}]`;
}

/** From which unit or input to which unit or output a weight leads. */
export function weightConnection(s: Scene, { role, unit, column }: WeightPlace): string {
  if (role === 'w') return translate(`unit ${column + 1} into unit ${unit}`);
  if (role === 'u')
    return s.trace.layer > 1
      ? translate(`unit ${column + 1} of layer ${s.trace.layer - 1} into unit ${unit}`)
      : fromFeature(s, unit, column);
  if (role === 'v')
    return s.trace.answer === 'classes'
      ? translate(`unit ${unit} into ${className(s.names, column)}`)
      : translate(`unit ${unit} into the answer`);
  return column > 0 ? translate(`added to what comes from h, in unit ${unit}`) : translate(`added in unit ${unit}`);
}

function fromFeature(s: Scene, unit: number, feature: number): string {
  const name = featureName(s.names, feature);
  return name === undefined ? translate(`into unit ${unit}`) : translate(`${name} into unit ${unit}`);
}

function weightText(s: Scene, weights: Weights, place: WeightPlace): string {
  const text = named(weightName(s, weights, place), weightAt(weights, place));
  const worded =
    place.role === 'w' ||
    (place.role === 'u' && featureName(s.names, place.column) !== undefined) ||
    s.trace.layers > 1 ||
    s.trace.answer === 'classes' ||
    (place.role === 'b' && weights.biases > 1);
  return worded ? `${text}: ${weightConnection(s, place)}` : text;
}
