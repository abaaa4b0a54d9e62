/** The picture as SVG. Pure: from a layout, a trace and what a reader has chosen to templates. */

import { nothing, type SVGTemplateResult, svg } from 'lit';
import { formatNumber, lowered } from '../../shared/format.ts';
import { PREVENT_SCROLL } from '../../shared/pointer-position.ts';
import type { Quantity } from '../../shared/shared-sentences.ts';
import { translate } from '../../shared/translate.ts';
import { colorOf, type ValueScale } from '../network/color-scale.ts';
import { inputStep, labelled, snap } from '../network/scales.ts';
import { classOf, predictionOf, type Reading, stateOf } from '../network/trace.ts';
import type { Highlight } from '../../symbols/highlight-event.ts';
import type { StateChanges } from './state-changes.ts';
import {
  answerX,
  arrow,
  columnX,
  MOST_FEATURES,
  rowY,
  smooth,
  stepX,
  type UnrolledLayout,
  valueY,
  pathOfU,
  pathOfV,
  pathOfW,
} from './unrolled-layout.ts';
import { classMark, quantityText, shortened } from '../../shared/data-names.ts';
import { type AnswerWords, answerParts, dotText, levelText } from './unrolled-sentences.ts';

type Part = SVGTemplateResult | typeof nothing;

/** Both from 1. */
export interface Cell {
  t: number;
  unit: number;
}

export interface UnrolledScene {
  l: UnrolledLayout;
  trace: Reading;
  timestep: number;
  unit: number | undefined;
  readouts: boolean;
  trainedAt: number;
  /** x before what-if changes. */
  original: ArrayLike<number> | undefined;
  /** The inputs as they are drawn: the one that is held may be ahead of the trace. */
  x: ArrayLike<number>;
  held: number | undefined;
  domains: readonly (readonly [number, number])[];
  scale: ValueScale;
  limit: number;
  level: number | undefined;
  quantities: readonly Quantity[] | undefined;
  /** The words that are read, from time step 1 on; undefined if the features are no words. */
  read: readonly (string | undefined)[] | undefined;
  invited: number | undefined;
  words: AnswerWords;
  changes: StateChanges | undefined;
  /** The cell whose value is shown, and the room for it. */
  cell: Cell | undefined;
  cellWidth: number;
  /** The dot that the Tab key reaches, by its place in x. */
  reached: number;
  /** The term of a sum at the cursor whose source is outlined. */
  source: Highlight | undefined;
  fixed: boolean;
  disabled: boolean;
}

const fixed = (value: number): number => Math.round(value * 10) / 10;
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);

/** How much is left of what belongs to one column alone, as the columns meet. */
const apart = ({ l }: UnrolledScene): number => 1 - smooth(0.55, 0.95, l.fold);
const presence = (s: UnrolledScene, t: number): number => (t === Math.max(1, s.timestep) ? 1 : apart(s));
/** The columns that are drawn, the cursor's last: it lies over the others as they meet. */
const drawn = (s: UnrolledScene): number[] => {
  const now = Math.max(1, s.timestep);
  return [...range(1, s.l.timesteps).filter((t) => t !== now && presence(s, t) > 0.02), now];
};

const letter = (name: string, x: number, y: number, anchor: string): Part =>
  svg`<text class="letter" x=${fixed(x)} y=${fixed(y)} text-anchor=${anchor}>${name}</text>`;

/** The time steps whose arrows have letters. */
const lettered = (l: UnrolledLayout): number[] =>
  l.letters === 'none' ? [] : range(1, l.letters === 'every' ? l.timesteps : 1);

/** An arrow of one time step. */
const way = (s: UnrolledScene, kind: string, t: number, { line, head }: { line: string; head: string }): Part =>
  svg`<g class=${`way ${kind} ${t > s.timestep ? 'later' : ''} ${t === 1 ? 'first' : ''}`} data-t=${t} opacity=${fixed(presence(s, t))}><path class="line" d=${line} /><path class="head" d=${head} /></g>`;

/** The lines up to the cursor, and those after it, as one path each. */
const calmLines = ({ l, timestep }: UnrolledScene, kind: string, path: (from: number, to: number) => string): Part[] =>
  [
    { from: 1, to: timestep, later: '' },
    { from: timestep + 1, to: l.timesteps, later: 'later' },
  ]
    .filter(({ from, to }) => from <= to)
    .map(
      ({ from, to, later }) =>
        svg`<g class=${`way calm ${kind} ${later}`}><path class="line" d=${path(from, to)} /></g>`,
    );

const headSize = (l: UnrolledLayout): number => (l.narrow ? 3.6 : 4.6);

// ---------------------------------------------------------------------------------------------------------- W, U, V

function memory(s: UnrolledScene): Part {
  const { l } = s;
  const folded = smooth(0.35, 1, l.fold);
  const space = l.pitch - l.frame;
  const size = Math.min(headSize(l), Math.max(1.5, space * 0.34));
  const last = fixed(Math.max(0, 1 - folded * 1.6));
  const middle = (l.columns.top + l.columns.bottom) / 2;
  const first = pathOfW(l, 1)[0];
  const loop = pathOfW(l, Math.max(1, s.timestep));
  return svg`<g class="part w" data-part="W">
    ${
      l.calm
        ? calmLines(
            s,
            'of-w',
            (from, to) => `M${fixed(pathOfW(l, from)[0].x)} ${fixed(middle)}H${fixed(columnX(l, to))}`,
          )
        : drawn(s).map((t) => way(s, 'of-w', t, arrow(pathOfW(l, t), size * (1 + folded * 0.3))))
    }
    ${
      l.fold > 0.35
        ? nothing
        : lettered(l).map((t) => {
            const [from, , , to] = pathOfW(l, t);
            return l.letters === 'every'
              ? letter('W', (from.x + to.x) / 2 - 2, middle - 9, 'middle')
              : letter('W', to.x - 1, middle - 9, 'end');
          })
    }
    ${l.fold < 0.65 ? nothing : letter('W', loop[0].x + 0.75 * (loop[1].x - loop[0].x) + 9, middle + 5, 'start')}
    ${last === 0 ? nothing : svg`<text class="zero" opacity=${last} x=${fixed(first.x - 3)} y=${fixed(middle + 4)} text-anchor="end">${l.narrow ? '0' : svg`<tspan class="math">h</tspan>₀ = 0`}</text>`}
  </g>`;
}

function bringing(s: UnrolledScene): Part {
  const { l } = s;
  const size = Math.min(headSize(l), Math.max(1.5, l.pitch * 0.3));
  const flat = l.fold < 0.35;
  const now = Math.max(1, s.timestep);
  const letters = l.fold > 0.65 ? [now] : flat ? lettered(l) : [];
  return svg`<g class="part u" data-part="U">
    ${
      l.calm
        ? calmLines(s, 'of-u', (from, to) =>
            range(from, to)
              .map((t) => `M${fixed(columnX(l, t))} ${fixed(l.columns.bottom + 6)}V${fixed(l.inputTop - 2)}`)
              .join(''),
          )
        : drawn(s).map((t) => way(s, 'of-u', t, pathOfU(l, t, size)))
    }
    ${letters.map((t) => letter('U', columnX(l, t) + (l.narrow ? 4 : 8), (l.columns.bottom + l.inputTop) / 2 + (flat ? 7 : -1), 'start'))}
  </g>`;
}

function reading(s: UnrolledScene): Part {
  const { l, trace } = s;
  const end = l.timesteps;
  const x = columnX(l, end);
  const asked = s.readouts && l.fold > 0.5 && s.timestep < end;
  const [right, room] = l.narrow ? [4, 16] : [8, 26];
  const side = asked ? -22 : x + room > l.width ? -8 : right;
  return svg`<g class="part v" data-part="V">
    ${way(s, 'of-v', end, arrow(pathOfV(l, end), headSize(l)))}
    ${letter('V', x + side, (l.answer.top + l.answer.height + l.columns.top) / 2 + 5, side < 0 ? 'end' : 'start')}
  </g>${s.readouts || trace.everyStep ? earlier(s) : nothing}`;
}

/** The width of a letter of a small answer, in CSS pixels. */
const LETTER = 6.6;

/** The answers before the last step. */
function earlier(s: UnrolledScene): Part {
  const { l, trace } = s;
  const y = l.columns.top - 21;
  const size = Math.min(4.5, l.pitch * 0.28);
  const { tokens } = s.words;
  const written = l.pitch >= (tokens ? 56 : 36);
  const half = tokens ? (l.pitch - 6) / 2 : 17;
  /* a probability needs its word */
  const small = (t: number): string => {
    if (tokens) return shortened(classMark({ tokens }, classOf(trace, t)), Math.floor((2 * half - 8) / LETTER));
    return trace.answer === 'value' ? answerParts(trace, t, s.words).value : shortValue(predictionOf(trace, t), [0, 1]);
  };
  return svg`<g class=${`part answer earlier ${trace.everyStep ? 'trained' : ''}`} data-part="answer">${range(
    1,
    Math.min(s.timestep, l.timesteps - 1),
  ).map((t) => {
    const shown = presence(s, t);
    if (shown < 0.02) return nothing;
    const x = fixed(columnX(l, t));
    const full = saysYes(trace, t) ? 'full' : '';
    return svg`<g class=${t === s.trainedAt ? 'trained' : ''} opacity=${fixed(shown)} data-readout=${t}><path class="stem" d=${`M${x} ${fixed(l.columns.top - 3)}V${fixed(y + (written ? 9 : size + 2))}`} />
      ${
        written
          ? svg`<rect class=${`small ${full}`} x=${fixed(x - half)} y=${fixed(y - 9)} width=${fixed(2 * half)} height="18" rx="9" /><text class=${`p ${full}`} x=${x} y=${fixed(y + 4)} text-anchor="middle">${small(t)}</text>`
          : svg`<circle class=${`small ${full}`} cx=${x} cy=${fixed(y)} r=${fixed(size)} />`
      }</g>`;
  })}</g>`;
}

/** Whether the answer at a time step is yes: such an answer is filled, where each step has one. */
const saysYes = (trace: Reading, t: number): boolean => trace.answer === 'probability' && predictionOf(trace, t) >= 0.5;

function answer(s: UnrolledScene): Part {
  const { l, trace } = s;
  const { top, height, width } = l.answer;
  const x = answerX(l, l.timesteps);
  const box = (kind: string): Part =>
    svg`<rect class=${kind} x=${fixed(x)} y=${top} width=${fixed(width)} height=${height} rx=${height / 2} />`;
  if (s.timestep < l.timesteps) return svg`<g class="part answer" data-part="answer">${box('pill none')}</g>`;
  const { word, equation } = answerParts(trace, l.timesteps, s.words);
  const no = (s.readouts || trace.everyStep) && trace.answer === 'probability' && !saysYes(trace, l.timesteps);
  return svg`<g class=${`part answer ${no ? 'no' : ''}`} data-part="answer">${box('pill')}
    <text class="said" x=${fixed(x + width / 2)} y=${top + height / 2 + 5} text-anchor="middle"><tspan class="word">${word}</tspan><tspan class="p" dx="7">${equation}</tspan></text></g>`;
}

/** The words beside the answer, where there is room: which answer it is, or the answer before a change. */
function besideAnswer(s: UnrolledScene): Part {
  const { l, trace, changes } = s;
  if (l.narrow) return nothing;
  const was =
    changes && s.timestep === l.timesteps
      ? answerParts({ ...trace, prediction: changes.before, timesteps: 1 }, 1, s.words)
      : undefined;
  const text = was
    ? trace.answer === 'value'
      ? translate(`before: ${was.value}`)
      : translate(`before: ${was.word}, ${was.equation}`)
    : trace.everyStep
      ? translate('an answer after every step')
      : s.readouts
        ? s.trainedAt < l.timesteps
          ? ''
          : translate('earlier answers: not trained')
        : translate('answer after the last step');
  return svg`<text class="note" x=${fixed(answerX(l, l.timesteps) - 12)} y=${l.answer.top + l.answer.height / 2 + 4.5} text-anchor="end">${text}</text>`;
}

// ---------------------------------------------------------------------------------------------------------- columns

function column(s: UnrolledScene, t: number): Part {
  const { l, trace } = s;
  const x = columnX(l, t) - l.frame / 2;
  const height = l.columns.bottom - l.columns.top;
  const later = t > s.timestep;
  const [left, width] = [fixed(x + l.padding), fixed(Math.max(0.6, l.frame - 2 * l.padding))];
  const rounded = l.calm ? 0 : Math.min(2, l.row / 4);
  const high = fixed(Math.max(0.5, l.row - l.gap));
  return svg`<g class=${`column ${later ? 'later' : ''} ${t === s.timestep ? 'now' : ''}`} data-column=${t} opacity=${fixed(presence(s, t))}>
    <rect class="frame" x=${fixed(x)} y=${fixed(l.columns.top)} width=${fixed(l.frame)} height=${fixed(height)} rx=${l.padding + 1} />
    ${later ? nothing : range(0, l.units - 1).map((j) => svg`<rect class="cell" data-unit=${j + 1} x=${left} y=${fixed(rowY(l, j) + l.gap / 2)} width=${width} height=${high} rx=${rounded} fill=${colorOf(s.scale, stateOf(trace, t, j + 1), s.limit)} />`)}
    ${later ? nothing : changeMarks(s, t, x, height)}
  </g>`;
}

/** A bar beside each cell that differs, and a ring around a column that differs much. */
function changeMarks(s: UnrolledScene, t: number, x: number, height: number): Part {
  const { l, changes } = s;
  const units = changes?.units[t] ?? [];
  if (units.length === 0) return nothing;
  const edge = fixed(x);
  const bars = units
    .map((j) => `M${edge} ${fixed(rowY(l, j) + l.gap / 2)}v${fixed(Math.max(0.5, l.row - l.gap))}`)
    .join('');
  return svg`<path class="changed" d=${bars} />${
    changes?.strong[t]
      ? svg`<rect class="ring" x=${fixed(x - 2)} y=${fixed(l.columns.top - 2)} width=${fixed(l.frame + 4)} height=${fixed(height + 4)} rx=${l.padding + 3} />`
      : nothing
  }`;
}

/** The chosen unit, outlined across time. */
function unitRow(s: UnrolledScene): Part {
  const { l, unit } = s;
  if (unit === undefined || s.timestep === 0) return nothing;
  const [from, to] = [columnX(l, l.fold > 0.95 ? s.timestep : 1), columnX(l, s.timestep)];
  return svg`<rect class="unit" x=${fixed(from - l.frame / 2 - 1)} y=${fixed(rowY(l, unit - 1) - 0.5)} width=${fixed(to - from + l.frame + 2)} height=${fixed(l.row + 1)} rx="3" />`;
}

/** Where a term of the sum at the cursor comes from: a number of the state before, or an input. */
function sourceMark(s: UnrolledScene): Part {
  const { l, source, timestep, trace } = s;
  if (source?.index === undefined || timestep === 0) return nothing;
  if (source.kind === 'h' && timestep > 1 && source.index < trace.units) {
    const left = columnX(l, timestep - 1) - l.frame / 2 - 1;
    return svg`<rect class="source" x=${fixed(left)} y=${fixed(rowY(l, source.index) - 0.5)} width=${fixed(l.frame + 2)} height=${fixed(l.row + 1)} rx="3" />`;
  }
  const [band, domain] = [l.inputs[source.index], s.domains[source.index]];
  if (source.kind !== 'x' || !band || !domain) return nothing;
  const y = valueY(band, domain, s.x[(timestep - 1) * trace.features + source.index] as number);
  return svg`<circle class="source" cx=${fixed(stepX(l, timestep))} cy=${fixed(y)} r=${fixed(l.dot + 5)} />`;
}

// ----------------------------------------------------------------------------------------------------------- inputs

function inputLines(s: UnrolledScene): Part {
  const { l, trace } = s;
  return svg`${l.inputs.map((band, f) => {
    const domain = s.domains[f] as readonly [number, number];
    const y = (t: number): number => valueY(band, domain, s.x[(t - 1) * trace.features + f] as number);
    const path = range(1, l.timesteps).map((t) => `${fixed(stepX(l, t))} ${fixed(y(t))}`);
    const level = f === 0 && s.level !== undefined ? fixed(valueY(band, domain, s.level)) : undefined;
    const left = fixed(stepX(l, 1) - l.pitch / 2);
    return svg`${
      level === undefined
        ? nothing
        : svg`<path class="level" d=${`M${left} ${level}H${fixed(stepX(l, l.timesteps) + l.pitch / 2)}`} /><text class="note" x=${left - 5} y=${level + 4} text-anchor="end">${levelText(s.level as number)}</text>`
    }<path class="series" d=${`M${path.join('L')}`} />`;
  })}`;
}

function dot(s: UnrolledScene, t: number, f: number): Part {
  const { l, trace } = s;
  const index = (t - 1) * trace.features + f;
  const value = s.x[index] as number;
  const [band, domain] = [l.inputs[f] as { top: number; bottom: number }, s.domains[f] as readonly [number, number]];
  const [x, y] = [fixed(stepX(l, t)), fixed(valueY(band, domain, value))];
  const was = s.original?.[index];
  const edited = was !== undefined && was !== Math.fround(value);
  const kind = `dot ${edited ? 'edited' : ''} ${t > s.timestep ? 'later' : ''} ${index === s.held ? 'held' : ''}`;
  const invited = s.invited === t && f === 0 && !s.fixed && !s.disabled;
  const half = fixed(Math.max(l.pitch / 2, 2));
  const drawnDot = svg`${invited ? svg`<circle class="invited" cx=${x} cy=${y} r=${fixed(l.dot * 2.6)} />` : nothing}
    <circle class="halo" cx=${x} cy=${y} r=${fixed(l.dot + 5)} /><circle class="mark" cx=${x} cy=${y} r=${fixed(edited || invited ? l.dot + 1 : l.dot)} />`;
  const ghost = edited
    ? svg`<path class="ghost" d=${`M${x} ${fixed(valueY(band, domain, was))}V${y}`} /><circle class="ghost" cx=${x} cy=${fixed(valueY(band, domain, was))} r=${fixed(l.dot)} />`
    : nothing;
  if (s.fixed) return svg`<g class=${kind} data-input=${index}>${ghost}${drawnDot}</g>`;
  return svg`${ghost}<g class=${kind} data-input=${index} role="slider" tabindex=${index === s.reached ? 0 : -1} aria-orientation="vertical"
    aria-label=${translate(`${inputLabel(s, t, f)}: drag it to see what would follow`)} aria-disabled=${s.disabled}
    aria-valuemin=${domain[0]} aria-valuemax=${domain[1]} aria-valuenow=${formatted(value)} aria-valuetext=${dotText(trace, index, value, s.level, s.quantities)}
    @touchstart=${s.disabled ? null : PREVENT_SCROLL}>
    <rect class="touch" x=${fixed(x - half)} y=${y - 22} width=${2 * half} height="44" />${drawnDot}</g>`;
}

const inputLabel = (s: UnrolledScene, t: number, f: number): string => {
  const quantity = s.quantities?.[f];
  return quantity ? `x${lowered(t)}, ${quantity.name}` : `x${lowered(t)}`;
};

/** As an attribute: a number that is none is none of a slider's. */
const formatted = (value: number): number => (Number.isFinite(value) ? value : 0);

/** An input as it is written below its dot: with the digits that a hundredth of the axis needs. */
const shortValue = (value: number, domain: readonly [number, number]): string =>
  formatNumber(Number.isFinite(value) ? snap(value, inputStep(domain)) : value);

/** The same, or in the unit of what the feature measures. */
export function inputText(
  value: number,
  feature: number,
  domains: UnrolledScene['domains'],
  quantities: UnrolledScene['quantities'],
): string {
  const quantity = quantities?.[feature];
  return quantity ? quantityText(quantity, value, false) : shortValue(value, domains[feature] as [number, number]);
}

function values(s: UnrolledScene): Part {
  const { l, trace, quantities } = s;
  if (!l.values) return nothing;
  return svg`${l.inputs.map(({ top, bottom }, f) => {
    const written = range(1, l.timesteps).map((t) => {
      const index = (t - 1) * trace.features + f;
      const value = s.x[index] as number;
      const was = s.original?.[index];
      const edited = was !== undefined && was !== Math.fround(value);
      return svg`<text class=${`value ${edited ? 'edited' : ''}`} x=${fixed(stepX(l, t))} y=${fixed(bottom + l.below)} text-anchor="middle">${inputText(value, f, s.domains, quantities)}</text>`;
    });
    const quantity = quantities?.[f];
    const left = fixed(stepX(l, 1) - l.pitch / 2 - 5);
    return svg`${written}${quantity ? svg`<text class="note" x=${left} y=${fixed((top + bottom) / 2 + 4)} text-anchor="end">${quantity.unit}</text>` : nothing}`;
  })}`;
}

/** The words that are read, in place of the dots. */
function readWords(s: UnrolledScene): Part {
  const { l, read } = s;
  if (!read) return nothing;
  return svg`${read.map((word = '…', i) => {
    const x = fixed(stepX(l, i + 1));
    const kind = `value word ${i + 1 > s.timestep ? 'later' : ''}`;
    return l.upright
      ? svg`<text class=${kind} x=${x} y=${l.wordY} transform=${`rotate(-90 ${x} ${l.wordY}) translate(6 4)`} text-anchor="end">${word}</text>`
      : svg`<text class=${kind} x=${x} y=${l.wordY} text-anchor="middle">${word}</text>`;
  })}`;
}

function steps(s: UnrolledScene): Part {
  const { l } = s;
  return svg`${labelled(l.timesteps, Math.floor((l.timesteps * l.pitch) / 24)).map(
    (t) =>
      svg`<text class=${`step ${t === s.timestep ? 'now' : ''}`} data-step=${t} x=${fixed(stepX(l, t))} y=${l.stepY} text-anchor="middle">${t}</text>`,
  )}`;
}

/** The value of a cell. */
function cellValue({ l, cell, cellWidth: width, trace }: UnrolledScene): Part {
  if (!cell) return nothing;
  const { t, unit } = cell;
  const x = fixed(Math.min(Math.max(columnX(l, t), width / 2), l.width - width / 2));
  const y = fixed(rowY(l, unit - 1) - 10);
  return svg`<g class="tip"><rect x=${fixed(x - width / 2)} y=${y - 15} width=${width} height="21" rx="5" /><text x=${x} y=${y} text-anchor="middle">h${lowered(t)}[${unit}] = ${formatNumber(stateOf(trace, t, unit))}</text></g>`;
}

/** What is only looked at, then what is operated. */
export function picture(s: UnrolledScene): SVGTemplateResult {
  const features = range(0, s.l.inputs.length - 1);
  const more = s.read ? 0 : s.trace.features - MOST_FEATURES;
  return svg`<g aria-hidden="true">
      ${s.l.calm ? memory(s) : nothing}<g class="part h" data-part="h">${drawn(s).map((t) => column(s, t))}${unitRow(s)}</g>
      ${s.l.calm ? nothing : memory(s)}${bringing(s)}${reading(s)}${answer(s)}${besideAnswer(s)}${sourceMark(s)}
      <g class="part x" data-part="x">${inputLines(s)}</g>${values(s)}${readWords(s)}${steps(s)}
      ${more > 0 ? svg`<text class="note" x=${fixed(stepX(s.l, 1) - s.l.pitch / 2)} y=${s.l.stepY} text-anchor="end">+${more}</text>` : nothing}
    </g>
    <g class="part x" data-part="x">${range(1, s.l.timesteps).map((t) => features.map((f) => dot(s, t, f)))}</g>
    <g aria-hidden="true">${cellValue(s)}</g>`;
}
