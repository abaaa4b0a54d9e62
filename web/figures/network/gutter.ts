/**
 * The SVG of the gutter: the start of the rails, names and shapes of the weight matrices, axes, names of rows. It never
 * scrolls.
 */

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { type Box, type Panel, rowMiddle } from './network-layout.ts';
import { roundTenth, type Part, symbol } from './marks.ts';
import { height, rounded } from './paths.ts';
import { labelled } from './scales.ts';
import { classMark, shortened } from '../../shared/data-names.ts';
import { endText } from '../../shared/format.ts';
import { answerEnds, inputEnds, unrolledOpacity, type Scene } from './scene.ts';
import { stackNames } from './stack.ts';
import { trained } from './trace.ts';
import { plural, translate } from '../../shared/translate.ts';

/** The letter of the chosen gate as a subscript. A simple recurrent layer has no such letter. */
export const gateIndex = (s: Scene): string =>
  s.trace.gates.length > 1 ? (s.trace.gates[s.trace.gate]?.letter ?? '') : '';

/** The number of trained answers up to the cursor, which is how often the loss has used V. */
const read = (s: Scene): number => (s.trace.everyStep ? s.timestep : Number(trained(s.trace, s.timestep)));

const letter = (name: string): Part => svg`<tspan class="math">${name}</tspan>`;

/** Shows that there is one matrix, and how often it has been used up to the cursor. */
const uses = (name: string, count: number, narrow: boolean): Part =>
  narrow
    ? svg`${letter(name)} × ${count}`
    : plural(count, {
        one: svg`the same ${letter(name)}, once`,
        other: svg`the same ${letter(name)}, ${count} times`,
      });

/** The names beside the rails. */
function railNames(s: Scene): Part {
  const { l, timestep, trace } = s;
  const right = l.gutter.labelRight;
  const narrow = l.gutter.narrow;
  const v = letter('V');
  const count = read(s);
  const answers = trace.everyStep
    ? plural(count, { one: svg`${v}, once`, other: svg`${v}, ${count} times` })
    : svg`${v}, once, at the end`;
  return svg`${recurrentName(s)}
    ${timestep === 0 ? nothing : svg`<text class="note u" x=${right} y=${l.rails.u + 14} text-anchor="end">${uses('U', timestep, narrow)}</text>`}
    ${count === 0 || narrow ? nothing : svg`<text class="note v" x=${right - (trace.answer === 'value' ? l.gutter.axis + 8 : 18)} y=${l.rails.v - 5} text-anchor="end">${answers}</text>`}`;
}

/** The name W, and the effect of a cut. It belongs to the layer that is shown in full. */
function recurrentName(s: Scene): Part {
  const { l, timestep, cut, trace } = s;
  const narrow = l.gutter.narrow;
  const w = letter('W');
  let use: Part = timestep === 0 ? nothing : uses('W', timestep, narrow);
  if (trace.state === 'c') use = nothing;
  else if (cut === 'loop') use = narrow ? svg`${w} = 0` : svg`cut: ${w} = 0`;
  if (l.stack.length > 1)
    use =
      use === nothing
        ? svg`<tspan class="ink">layer ${l.layer}</tspan>`
        : svg`<tspan class="ink">layer ${l.layer}:</tspan> ${use}`;
  return svg`<text class="note w" x=${l.gutter.labelRight} y=${l.rails.w - 5} text-anchor="end">${use}</text>`;
}

function plateNames(s: Scene): Part {
  const { l, weights } = s;
  const { v, w, u, b } = l.gutter.plates;
  const { top: above, bottom } = l.strips;
  const index = gateIndex(s);
  const narrow = l.gutter.narrow;
  const middle = (box: Box): number => roundTenth(box.left + box.width / 2);
  const name = (box: Box, role: string, letter: string, y: number) =>
    svg`<text class="plate ${role}" x=${middle(box)} y=${y} text-anchor="middle">${symbol(letter, role === 'v' || (narrow && role !== 'w') ? '' : index)}</text>`;
  const size = (box: Box, rows: number, columns: number, y: number): Part =>
    narrow
      ? nothing
      : svg`<text class="note" x=${Math.max(middle(box), 3.6 * `${rows} × ${columns}`.length)} y=${y} text-anchor="middle">${rows} × ${columns}</text>`;
  const readout =
    l.layer === l.stack.length
      ? svg`${name(v, 'v', 'V', bottom + 19)}${size(v, s.trace.outputs, l.units, bottom + 34)}`
      : svg`<text class="plate v" x=${roundTenth(v.left + v.width + 5)} y=${v.top + v.height / 2 + 5}><tspan class="math">V</tspan></text>`;
  return svg`${readout}
    ${name(w, 'w', 'W', bottom + 19)}${size(w, l.units, l.units, bottom + 34)}
    ${name(u, 'u', 'U', above - 7)}${size(u, l.units, s.trace.inputs, above - 23)}${name(b, 'b', (weights?.biases ?? 1) > 1 && !narrow ? 'b b′' : 'b', above - 7)}`;
}

function gutterRails(s: Scene): Part {
  const { l } = s;
  const { v, w, u, b } = l.gutter.plates;
  const middle = (box: Box): number => roundTenth(box.left + box.width / 2);
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
  return svg`${values.map(([value, text]) => svg`<text class="tick" x=${s.l.gutter.labelRight} y=${roundTenth(height(panel, domain, value) + 4)} text-anchor="end">${text}</text>`)}`;
}

function endsOf(domain: [number, number], [low, high]: [string, string]): [number, string][] {
  return [
    [domain[0], low],
    [domain[1], high],
  ];
}

function dashedNote(s: Scene, x: number, y: number): Part {
  const lines = s.l.gutter.narrow
    ? [translate('dashed:'), translate('never trained')]
    : [translate('dashed: answers that'), translate('were never trained')];
  return svg`${lines.map((line, k) => svg`<text class="note" x=${x} y=${y + 15 + 13 * k}>${line}</text>`)}`;
}

/** The name of the uppermost row. */
function answerName(s: Scene): Part {
  if (s.trace.answer === 'classes')
    return s.names.tokens ? svg`${letter('p')}(${translate('word')})` : svg`${letter('p')}(class)`;
  return s.trace.answer === 'value' ? letter('ŷ') : svg`${letter('p')}(${letter('y')} = 1)`;
}

function rowNames(s: Scene): Part {
  const { l, trace } = s;
  const narrow = l.gutter.narrow;
  const left = narrow ? 5 : 8;
  const middle = (panel: Panel): number => (panel.top + panel.bottom) / 2 + 4;
  const named = (words: (symbol: Part) => Part, of: Part): Part => (narrow ? of : words(of));
  const dashed = s.readouts && !trace.everyStep;
  return svg`
    <text class="row" x=${left} y=${middle(l.output) - (dashed ? 14 : 0)}>${narrow ? answerName(s) : svg`answer ${answerName(s)}`}</text>
    ${dashed ? dashedNote(s, left, middle(l.output) - 14) : nothing}
    ${l.inputs.map((panel, f) => inputName(s, panel, f))}
    ${s.names.tokens ? svg`<text class="row" x=${left} y=${l.wordY}>${narrow ? translate('word') : translate('word that is read')}</text>` : nothing}
    <text class="row" x=${left} y=${l.tickY}>${narrow ? svg`time <tspan class="math">t</tspan> →` : svg`time step <tspan class="math">t</tspan> →`}</text>
    <text class="row" x=${left} y=${middle(l.lines)} opacity=${unrolledOpacity(s)}>${
      s.unit === undefined
        ? named((h) => svg`every unit’s ${h}`, symbol(trace.state, 't'))
        : named((h) => svg`unit ${s.unit}: ${h}`, svg`${symbol(trace.state, 't')}<tspan dy="-3">[${s.unit}]</tspan>`)
    }</text>
    <text class="row" x=${l.gutter.labelRight} y=${l.strips.top - 25} text-anchor="end">${narrow ? nothing : svg`unit ↓`}</text>`;
}

/** Letters of a name that fit into the gutter beside the numbers of the axis. */
const NAME_LETTERS = { narrow: 11, wide: 24 };

/** The name of a row of inputs. A feature that measures something has its name, and its unit in a line of its own. */
function inputName(s: Scene, panel: Panel, f: number): Part {
  const { l } = s;
  const { narrow } = l.gutter;
  const left = narrow ? 5 : 8;
  const middle = (panel.top + panel.bottom) / 2 + 4;
  const x = symbol('x', l.features > 1 && !l.inputCells ? `t, ${f + 1}` : 't');
  const quantity = l.inputCells ? undefined : s.names.quantities?.[f];
  if (!quantity) return svg`<text class="row" x=${left} y=${middle}>${narrow ? x : svg`input ${x}`}</text>`;
  const name = shortened(quantity.name, NAME_LETTERS[narrow ? 'narrow' : 'wide']);
  return svg`<text class="row" x=${left} y=${quantity.unit === '' ? middle : middle - 8}><title>${quantity.name}</title>${name}</text>
    ${quantity.unit === '' ? nothing : svg`<text class="note" x=${left} y=${middle + 8}>${shortened(quantity.unit, NAME_LETTERS.narrow)}</text>`}`;
}

function unitNumbers(s: Scene): Part {
  const { l } = s;
  const shown = new Set(labelled(l.units, l.units <= 12 ? 12 : 9));
  if (s.unit !== undefined) {
    // The number of the chosen unit needs space, so numbers that would touch it are left out.
    for (const j of shown) if (Math.abs(rowMiddle(l, j) - rowMiddle(l, s.unit)) < 13) shown.delete(j);
    shown.add(s.unit);
  }
  return svg`${[...shown].map((j) => svg`<text class="tick ${j === s.unit ? 'now' : ''}" data-unit=${j} x=${l.gutter.labelRight} y=${roundTenth(rowMiddle(l, j) + 4)} text-anchor="end">${j}</text>`)}`;
}

function answerAxis(s: Scene): Part {
  const { l, trace, answerDomain: domain } = s;
  if (trace.answer === 'value') return axis(s, l.output, domain, endsOf(domain, answerEnds(s.names, domain)));
  if (trace.answer === 'probability') {
    return axis(s, l.output, domain, [
      [0, '0'],
      [0.5, '½'],
      [1, '1'],
    ]);
  }
  const row = (l.output.bottom - l.output.top) / trace.outputs;
  const shown = labelled(trace.outputs, 12).map((k) => k - 1);
  return svg`${shown.map((k) => svg`<text class="tick" x=${l.gutter.labelRight} y=${roundTenth(l.output.top + (k + 0.5) * row + 4)} text-anchor="end">${shortened(classMark(s.names, k), l.gutter.narrow ? 7 : 14)}</text>`)}`;
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
            return axis(s, panel, domain, endsOf(domain, inputEnds(s.names, f, domain)));
          })
    }
    <g opacity=${unrolledOpacity(s)}>${axis(
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
