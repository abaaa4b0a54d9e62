/** The gutter's SVG: the rails' beginnings, the plates' names and sizes, axes, names of rows. It never scrolls. */

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { type Box, type Panel, rowMiddle } from './network-layout.ts';
import { fixed, type Part, symbol } from './marks.ts';
import { height, rounded } from './paths.ts';
import { labelled } from './scales.ts';
import { endText, endTexts } from '../../shared/format.ts';
import { apart, type Scene } from './scene.ts';
import { stackNames } from './stack.ts';
import { trained } from './trace.ts';
import { translate } from '../../shared/translate.ts';

/** The chosen gate's letter as an index; a simple recurrent layer has but one. */
export const gateIndex = (s: Scene): string =>
  s.trace.gates.length > 1 ? (s.trace.gates[s.trace.gate]?.letter ?? '') : '';

/** How often V was used up to the cursor, as the loss sees it. */
const read = (s: Scene): number => (s.trace.everyStep ? s.timestep : Number(trained(s.trace, s.timestep)));

/** Beside the rails: that there is one of each, and how often it has been used up to the cursor. */
function railNames(s: Scene): Part {
  const { l, timestep, trace } = s;
  const right = l.gutter.labelRight;
  const narrow = l.gutter.narrow;
  const times = (count: number): string =>
    narrow ? ` × ${count}` : count === 1 ? translate(', once') : translate(`, ${count} times`);
  const note = (role: string, letter: string, count: number, x: number, y: number): Part =>
    count === 0
      ? nothing
      : svg`<text class="note ${role}" x=${x} y=${y} text-anchor="end">${narrow ? '' : translate('the same ')}<tspan class="math">${letter}</tspan>${times(count)}</text>`;
  const once = (text: string) =>
    svg`<text class="note v" x=${right - (trace.answer === 'value' ? l.gutter.axis + 8 : 18)} y=${l.rails.v - 5} text-anchor="end"><tspan class="math">V</tspan>${text}</text>`;
  const count = read(s);
  const answer = trace.everyStep ? times(count) : translate(', once, at the end');
  return svg`${recurrentName(s, times)}${note('u', 'U', timestep, right, l.rails.u + 14)}${count > 0 && !narrow ? once(answer) : nothing}`;
}

/** W, or what a cut has made of it; it belongs to the layer that is drawn whole. */
function recurrentName(s: Scene, times: (count: number) => string): Part {
  const { l, timestep, cut, trace } = s;
  const layer = l.stack.length > 1 ? translate(`layer ${l.layer}`) : '';
  const w = svg`<tspan class="math">W</tspan>`;
  let use: unknown =
    timestep === 0 ? nothing : svg`${l.gutter.narrow ? '' : translate('the same ')}${w}${times(timestep)}`;
  if (trace.state === 'c') use = nothing;
  else if (cut === 'loop') use = svg`${l.gutter.narrow ? '' : `${translate('cut:')} `}${w} = 0`;
  const name = svg`<tspan class="ink">${layer}${layer && use !== nothing ? ': ' : ''}</tspan>`;
  return svg`<text class="note w" x=${l.gutter.labelRight} y=${l.rails.w - 5} text-anchor="end">${layer ? name : nothing}${use}</text>`;
}

function plateNames(s: Scene): Part {
  const { l, weights } = s;
  const { v, w, u, b } = l.gutter.plates;
  const { top: above, bottom } = l.strips;
  const index = gateIndex(s);
  const narrow = l.gutter.narrow;
  const middle = (box: Box): number => fixed(box.left + box.width / 2);
  const name = (box: Box, role: string, letter: string, y: number) =>
    svg`<text class="plate ${role}" x=${middle(box)} y=${y} text-anchor="middle">${symbol(letter, role === 'v' || (narrow && role !== 'w') ? '' : index)}</text>`;
  const size = (box: Box, rows: number, columns: number, y: number): Part =>
    narrow
      ? nothing
      : svg`<text class="note" x=${Math.max(middle(box), 3.6 * `${rows} × ${columns}`.length)} y=${y} text-anchor="middle">${rows} × ${columns}</text>`;
  const readout =
    l.layer === l.stack.length
      ? svg`${name(v, 'v', 'V', bottom + 19)}${size(v, s.trace.outputs, l.units, bottom + 34)}`
      : svg`<text class="plate v" x=${fixed(v.left + v.width + 5)} y=${v.top + v.height / 2 + 5}><tspan class="math">V</tspan></text>`;
  return svg`${readout}
    ${name(w, 'w', 'W', bottom + 19)}${size(w, l.units, l.units, bottom + 34)}
    ${name(u, 'u', 'U', above - 7)}${size(u, l.units, s.trace.inputs, above - 23)}${name(b, 'b', (weights?.biases ?? 1) > 1 && !narrow ? 'b b′' : 'b', above - 7)}`;
}

function gutterRails(s: Scene): Part {
  const { l } = s;
  const { v, w, u, b } = l.gutter.plates;
  const middle = (box: Box): number => fixed(box.left + box.width / 2);
  const end = { x: l.gutter.width, y: 0 };
  const answered = s.timestep > 0 && (s.readouts || read(s) > 0);
  const recurrent = s.timestep > 0 && s.cut !== 'loop' && s.trace.state === 'h';
  const idle = (used: boolean): string => (used ? '' : 'idle');
  const way = (x: number, y: number, rail: number) =>
    rounded(
      [
        { x, y },
        { x, y: rail },
        { ...end, y: rail },
      ],
      6,
    );
  return svg`<path class="rail v ${idle(answered)}" d=${way(middle(v), v.top - 2, l.rails.v)} />
    <path class="rail w ${idle(recurrent)}" d=${way(middle(w), l.strips.top - 2, l.rails.w)} />
    <path class="rail u ${idle(s.timestep > 0)}" d=${way(middle(u), l.strips.bottom + 2, l.rails.u)} />
    <path class="rail b ${idle(s.timestep > 0)}" d=${way(middle(b), l.strips.bottom + 2, l.rails.b)} />`;
}

function axis(s: Scene, panel: Panel, domain: [number, number], values: [number, string][]): Part {
  return svg`${values.map(([value, text]) => svg`<text class="tick" x=${s.l.gutter.labelRight} y=${fixed(height(panel, domain, value) + 4)} text-anchor="end">${text}</text>`)}`;
}

function endsOf(domain: [number, number]): [number, string][] {
  const [low, high] = endTexts(domain);
  return [
    [domain[0], low],
    [domain[1], high],
  ];
}

function dashedNote(s: Scene, x: number, y: number): Part {
  const lines = s.l.gutter.narrow
    ? [translate('dashed:'), translate('never trained')]
    : [translate('dashed: if we asked now'), translate('(never trained)')];
  return svg`${lines.map((line, k) => svg`<text class="note" x=${x} y=${y + 15 + 13 * k}>${line}</text>`)}`;
}

/** What stands in the uppermost row. */
function answerName(s: Scene): Part {
  const words = s.l.gutter.narrow ? '' : `${translate('answer')} `;
  if (s.trace.answer === 'classes') return svg`${words}<tspan class="math">p</tspan>(class)`;
  if (s.trace.answer === 'value') return svg`${words}<tspan class="math">ŷ</tspan>`;
  return svg`${words}<tspan class="math">p</tspan>(<tspan class="math">y</tspan> = 1)`;
}

function rowNames(s: Scene): Part {
  const { l, trace } = s;
  const narrow = l.gutter.narrow;
  const left = narrow ? 5 : 8;
  const middle = (panel: Panel): number => (panel.top + panel.bottom) / 2 + 4;
  const words = (wide: string): string => (narrow ? '' : wide);
  const dashed = s.readouts && !trace.everyStep;
  return svg`
    <text class="row" x=${left} y=${middle(l.output) - (dashed ? 14 : 0)}>${answerName(s)}</text>
    ${dashed ? dashedNote(s, left, middle(l.output) - 14) : nothing}
    ${l.inputs.map((panel, f) => svg`<text class="row" x=${left} y=${middle(panel)}>${words(`${translate('input')} `)}${symbol('x', l.features > 1 && !l.inputCells ? `t, ${f + 1}` : 't')}</text>`)}
    <text class="row" x=${left} y=${l.tickY}>${narrow ? translate('time') : translate('time step ')}<tspan class="math"> t</tspan> →</text>
    <text class="row" x=${left} y=${middle(l.lines)} opacity=${apart(s)}>${
      s.unit === undefined
        ? svg`${words(translate('every unit’s '))}${symbol(trace.state, 't')}`
        : svg`${words(translate(`unit ${s.unit}: `))}${symbol(trace.state, 't')}<tspan dy="-3">[${s.unit}]</tspan>`
    }</text>
    <text class="row" x=${l.gutter.labelRight} y=${l.strips.top - 25} text-anchor="end">${words(translate('unit ↓'))}</text>`;
}

function unitNumbers(s: Scene): Part {
  const { l } = s;
  const shown = new Set(labelled(l.units, l.units <= 12 ? 12 : 9));
  if (s.unit !== undefined) {
    // The chosen number needs its place: those that would touch it give way.
    for (const j of shown) if (Math.abs(rowMiddle(l, j) - rowMiddle(l, s.unit)) < 13) shown.delete(j);
    shown.add(s.unit);
  }
  return svg`${[...shown].map((j) => svg`<text class="tick ${j === s.unit ? 'now' : ''}" data-unit=${j} x=${l.gutter.labelRight} y=${fixed(rowMiddle(l, j) + 4)} text-anchor="end">${j}</text>`)}`;
}

function answerAxis(s: Scene): Part {
  const { l, trace, answerDomain: domain } = s;
  if (trace.answer === 'value') return axis(s, l.output, domain, endsOf(domain));
  if (trace.answer === 'probability') {
    return axis(s, l.output, domain, [
      [0, '0'],
      [0.5, '½'],
      [1, '1'],
    ]);
  }
  const row = (l.output.bottom - l.output.top) / trace.outputs;
  const shown = labelled(trace.outputs, 12).map((k) => k - 1);
  return svg`${shown.map((k) => svg`<text class="tick" x=${l.gutter.labelRight} y=${fixed(l.output.top + (k + 0.5) * row + 4)} text-anchor="end">${k}</text>`)}`;
}

export function gutter(s: Scene): SVGTemplateResult {
  const { l } = s;
  const limit = s.stateLimit;
  return svg`${gutterRails(s)}${railNames(s)}${plateNames(s)}${rowNames(s)}${unitNumbers(s)}${stackNames(s)}
    ${answerAxis(s)}
    ${
      l.inputCells
        ? nothing
        : l.inputs.map((panel, f) => {
            const domain = s.domains[f] as [number, number];
            return axis(s, panel, domain, endsOf(domain));
          })
    }
    <g opacity=${apart(s)}>${axis(
      s,
      l.lines,
      [-limit, limit],
      [
        [-limit, endText(-limit)],
        [0, '0'],
        [limit, endText(limit)],
      ],
    )}</g>`;
}
