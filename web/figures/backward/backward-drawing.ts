/** The SVG around the cells: columns with their numbers, the norms on their axis, the signs between the maps. */

import { nothing, type SVGTemplateResult, svg } from 'lit';
import { shortened } from '../../shared/data-names.ts';
import { powerOfTen, scientific } from '../../shared/format.ts';
import { decades, markOf, partOf, ticks } from './axis.ts';
import { columnX, type Layout, SUMS_NAME } from './backward-layout.ts';
import type { Picture } from './backward-painting.ts';
import type { ShownGradient } from './backward-data.ts';
import { emptyNote } from './backward-sentences.ts';

/** The axis for all shown norms. */
const axisOf = (s: ShownGradient, mean: boolean): [number, number] => decades(mean ? [...s.norms, ...s.each] : s.norms);

const yOf = (l: Layout, norm: number, axis: readonly [number, number]): number =>
  l.norms.bottom - partOf(norm, axis) * (l.norms.bottom - l.norms.top);

/** Where maps are smaller, no words fit into them and no sign between them. */
const SMALL_MAP = 30;

/** The width of a letter of a word, in CSS pixels. */
const LETTER = 7.2;

const sub = (text: string) => svg`<tspan class="low" dy="3">${text}</tspan>`;
/** What a time step adds to ∂L/∂W, where δ is not explained. */
const TERM = svg`∂L/∂W${sub('t')}`;

/** The labels of the rows and of the axis. */
export function gutter(
  l: Layout,
  s: ShownGradient,
  mean: boolean,
  gates: readonly string[],
  brief: boolean,
): SVGTemplateResult {
  const axis = axisOf(s, mean);
  const right = l.gutter - 8;
  const middle = (band: { top: number; bottom: number }): number => (band.top + band.bottom) / 2;
  return svg`
    <text class="name" x=${right} y=${middle(l.strips) + 4} text-anchor="end">∂L/∂${s.state}${sub('t')}</text>
    <text class="note" x=${right} y=${l.tickY} text-anchor="end">t</text>
    ${l.rows === 'update' ? svg`<text class="name" x=${right} y=${middle(l.terms) + 4} text-anchor="end">${TERM}</text>` : lowerNames(l, axis, gates, s.state, brief)}`;
}

/** The labels of the rows below the strips. */
function lowerNames(
  l: Layout,
  axis: readonly [number, number],
  gates: readonly string[],
  state: string,
  brief: boolean,
): SVGTemplateResult {
  const right = l.gutter - 8;
  return svg`
    <text class="name" x="2" y=${l.norms.top - 15}>‖∂L/∂${state}${sub('t')}<tspan dy="-3">‖</tspan></text>
    ${ticks(axis, 5).map((power) => svg`<text class="tick" x=${right} y=${yOf(l, 10 ** power, axis) + 4} text-anchor="end">${powerOfTen(power)}</text>`)}
    <text class="tick" x=${right} y=${l.zeroY + 4} text-anchor="end">0</text>
    <text class="name" x="2" y=${l.terms.top - 10}>${brief ? TERM : svg`δ${sub('t')}<tspan dy="-3">h</tspan>${sub('t−1')}<tspan dy="-7" class="low">T</tspan>`}</text>
    <text class="name" x="2" y=${l.sums.top - 10}>${SUMS_NAME}</text>
    ${gates.length > 1 ? [l.terms, l.sums].map((band) => gates.map((gate, g) => svg`<text class="tick" x=${right} y=${band.top + (g + 0.5) * l.block + 4} text-anchor="end">${gate}</text>`)) : nothing}`;
}

/** The layer below the cells. */
export function ground(p: Picture): SVGTemplateResult {
  const { l } = p;
  return svg`<rect class="cursor" x=${columnX(l, p.timestep) - l.pitch / 2} y="0" width=${l.pitch} height=${l.height}></rect>`;
}

export function sheet(p: Picture, mean: boolean): SVGTemplateResult {
  const { l, s } = p;
  const axis = axisOf(s, mean);
  const columns = Array.from({ length: p.to - p.from + 1 }, (_, k) => p.from + k);
  const at = (t: number, values: Float32Array): [number, number] => [
    columnX(l, t),
    yOf(l, values[t - 1] as number, axis),
  ];
  const line = columns
    .filter((t) => markOf(s.norms[t - 1] as number) === 'value')
    .map((t) =>
      at(t, s.norms)
        .map((place) => place.toFixed(1))
        .join(','),
    )
    .join(' ');
  const norms = svg`
    ${ticks(axis, 5).map((power) => svg`<line class="level" x1="0" x2=${l.sheet} y1=${yOf(l, 10 ** power, axis)} y2=${yOf(l, 10 ** power, axis)}></line>`)}
    <line class="level zero" x1="0" x2=${l.sheet} y1=${l.zeroY} y2=${l.zeroY}></line>
    <polyline class="fall" points=${line}></polyline>`;
  return svg`${l.rows === 'all' ? norms : nothing}
    ${columns.map((t) => column(p, t, mean, at))}
    ${p.to === l.timesteps ? total(p) : nothing}`;
}

function column(
  p: Picture,
  t: number,
  mean: boolean,
  at: (t: number, values: Float32Array) => [number, number],
): SVGTemplateResult {
  const { l, s } = p;
  const x = columnX(l, t);
  const middle = (l.terms.top + l.terms.bottom) / 2;
  const empty = s.data.norms.term[t - 1] === 0;
  const note = emptyNote(s.data, t);
  const blank = t < p.until;
  return svg`
    <text class=${t === p.timestep ? 'tick now' : 'tick'} x=${x} y=${l.tickY} text-anchor="middle">${t}</text>
    ${word(p, t, x)}
    ${blank ? svg`<rect class="empty" x=${x - l.strip / 2} y=${l.strips.top} width=${l.strip} height=${l.strips.bottom - l.strips.top}></rect>` : nothing}
    ${l.rows === 'all' && mean ? each(l, x, at(t, s.each)[1], s.each[t - 1] as number) : nothing}
    ${l.rows === 'all' ? norm(l, x, at(t, s.norms)[1], s.norms[t - 1] as number, t) : nothing}
    ${l.rows === 'all' && p.brief && t === p.timestep && markOf(s.norms[t - 1] as number) === 'value' ? svg`<text class="tick now size" x=${x} y=${at(t, s.norms)[1] - 10} text-anchor="middle">${scientific(s.norms[t - 1] as number, 2)}</text>` : nothing}
    ${
      empty || blank
        ? svg`<rect class="empty" x=${x - l.side / 2} y=${l.terms.top} width=${l.side} height=${l.terms.bottom - l.terms.top}></rect>
          <text class="note reason" x=${x} y=${middle + 4} text-anchor="middle">${blank || l.side < SMALL_MAP ? '' : (note ?? '0')}</text>`
        : nothing
    }
    ${t < l.timesteps && l.side >= SMALL_MAP ? svg`<text class="sign" x=${x + l.pitch / 2} y=${middle + 5} text-anchor="middle">+</text>` : nothing}`;
}

/** The word that a time step reads, below its number. */
function word({ l, words, timestep }: Picture, t: number, x: number): SVGTemplateResult | typeof nothing {
  if (words.length === 0) return nothing;
  const read = words[t - 1] ?? '…';
  return svg`<text class=${t === timestep ? 'tick now' : 'tick'} x=${x} y=${l.tickY + 14} text-anchor="middle"><title>${read}</title>${shortened(read, Math.max(2, Math.floor(l.pitch / LETTER)))}</text>`;
}

function norm(l: Layout, x: number, y: number, value: number, t: number): SVGTemplateResult {
  const mark = markOf(value);
  if (mark === 'value') return svg`<circle class="norm" data-time=${t} cx=${x} cy=${y} r="4.5"></circle>`;
  const text = mark === 'zero' ? '0' : Number.isNaN(value) ? 'NaN' : '∞';
  return svg`<text class="norm none" data-time=${t} x=${x} y=${mark === 'zero' ? l.zeroY + 4 : l.norms.top + 4} text-anchor="middle">${text}</text>`;
}

/** The mean norm of the sequences is a diamond, so that it differs from the dot by more than color. */
function each(l: Layout, x: number, y: number, value: number): SVGTemplateResult | typeof nothing {
  if (markOf(value) !== 'value') return nothing;
  return svg`<path class="each" d=${`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} data-height=${l.norms.bottom}></path>`;
}

function total({ l, until, framed }: Picture): SVGTemplateResult {
  const x = columnX(l, l.timesteps + 1);
  const cell = l.side / l.units;
  const small = l.side < SMALL_MAP;
  return svg`${small ? nothing : svg`<text class="sign" x=${x - l.pitch / 2} y=${(l.terms.top + l.terms.bottom) / 2 + 5} text-anchor="middle">=</text>`}
    <text class="name w" x=${small ? x + l.side / 2 : x} y=${l.terms.top - 10} text-anchor=${small ? 'end' : 'middle'}>${small ? 'Σ = ' : ''}∂L/∂W</text>
    ${until > 0 ? svg`<rect class="empty" x=${x - l.side / 2} y=${l.terms.top} width=${l.side} height=${l.terms.bottom - l.terms.top}></rect>` : nothing}
    ${framed ? svg`<rect class="framed" x=${x - l.side / 2 + (framed.from - 1) * cell - 1} y=${l.terms.top + (framed.to - 1) * cell - 1} width=${cell + 2} height=${cell + 2}></rect>` : nothing}`;
}
