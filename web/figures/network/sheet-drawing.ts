/**
 * The SVG of the sheet: rails, arrows, axes, points and texts. `under` is below the canvas of the cells, `over` is
 * above it.
 */

import { nothing, type SVGTemplateResult, svg } from 'lit';
import { featureCell, featureName } from '../../shared/data-names.ts';
import { answers, shownAnswers, answerLine } from './answers.ts';
import { columnX, type Panel, rowBottom, rowTop, smooth } from './network-layout.ts';
import { sheetHighlight } from './highlight.ts';
import {
  hasAppeared,
  integers,
  columns,
  appearingColumn,
  roundTenth,
  appearingDash,
  type Part,
  symbol,
} from './marks.ts';
import { connector, cross, head, height, overTime } from './paths.ts';
import { inputStep } from './scales.ts';
import { unrolledOpacity, columnOpacity, type Scene, stateCut, wordText } from './scene.ts';
import { stackUnder } from './stack.ts';
import { inputOf, shownOf } from './trace.ts';
import { inputSentence } from './network-sentences.ts';
import { PREVENT_SCROLL } from '../../shared/pointer-position.ts';
import { translate } from '../../shared/translate.ts';

// ---------------------------------------------------------------------------------------------------- under the cells

function cursorBand(s: Scene): Part {
  const wide = s.l.stripWidth + Math.min(16, s.l.pitch * 0.2);
  return svg`<rect class="cursor" x=${roundTenth(columnX(s.l, s.timestep) - wide / 2)} y=${s.l.output.top - 10} width=${roundTenth(wide)}
    height=${s.l.tickY + 18 - s.l.output.top} rx="6" />`;
}

/** The right end of the axes: at the last column, or beside the cell when the figure is folded. */
const axisEnd = (s: Scene): number =>
  roundTenth(columnX(s.l, s.l.timesteps) + 10 + 80 * smooth(s.l.touch, 1, s.l.fold));

function levels(s: Scene, panel: Panel, values: readonly number[], domain: [number, number], low = ''): Part {
  return svg`${values.map((value) => {
    const y = roundTenth(height(panel, domain, value));
    return svg`<line class="level ${value === values[1] ? low : ''}" x1="0" x2=${axisEnd(s)} y1=${y} y2=${y} />`;
  })}`;
}

function answerLevels(s: Scene): Part {
  const { l, trace, answerDomain: domain } = s;
  if (trace.answer === 'classes') return nothing;
  if (trace.answer === 'probability') return levels(s, l.output, [0, 0.5, 1], domain, 'half');
  return levels(s, l.output, [...new Set([domain[0], 0, domain[1]])], domain);
}

function grid(s: Scene): Part {
  const { l } = s;
  const lines = unrolledOpacity(s);
  return svg`${answerLevels(s)}
    ${
      l.inputCells
        ? nothing
        : l.inputs.map((panel, f) => {
            const domain = s.domains[f] as [number, number];
            return levels(s, panel, [domain[0], domain[1]], domain);
          })
    }
    <g opacity=${lines}>${levels(s, l.lines, [-s.stateLimit, 0, s.stateLimit], [-s.stateLimit, s.stateLimit], 'zero')}</g>`;
}

/** The rails of the shared weights, up to the cursor. */
function rails(s: Scene): Part {
  const { l, timestep } = s;
  const next = Math.min(timestep + 1, l.timesteps);
  const part = s.coming > 0 ? smooth(0, 0.3, s.coming) : 0;
  if (timestep === 0 && part === 0) return nothing;
  const along = (from: number, to: number): number => roundTenth(from + (to - from) * part);
  const x = along(columnX(l, timestep), columnX(l, next));
  const node = { x: along(timestep > 0 ? connector(l, timestep).node.x : 0, connector(l, next).node.x) };
  const answered = timestep === l.timesteps || s.readouts || s.trace.everyStep;
  const recurrent = s.cut !== 'loop' && s.trace.state === 'h';
  return svg`
    ${recurrent ? svg`<path class="rail w" d="M0 ${l.rails.w}H${roundTenth(node.x)}" />` : nothing}
    <path class="rail u" d="M0 ${l.rails.u}H${roundTenth(x)}" />
    <path class="rail b" d="M0 ${l.rails.b}H${roundTenth(x + l.stripWidth * 0.3)}" />
    ${answered ? svg`<path class="rail v ${timestep < l.timesteps && !s.trace.everyStep ? 'untrained' : ''}" d="M0 ${l.rails.v}H${roundTenth(x)}" />` : nothing}`;
}

/** W from column to column: the branch of the rail, the path of the state, and the place where W is applied. */
function recurrence(s: Scene, t: number): Part {
  const { l } = s;
  if (l.fold >= 1 && t < s.timestep) return nothing;
  if (l.fold >= 1 && t === s.timestep && s.coming > 0) return nothing;
  const { path, node, end } = connector(l, t);
  if (stateCut(s, t)) return withoutState(s, t);
  if (s.cut === 'loop') return withoutLoop(s, t);
  if (s.trace.state === 'c') return carried(s, t);
  const threaded = s.unit !== undefined && s.weights && t === s.timestep && l.fold < 0.6;
  return svg`<g class=${threaded ? 'faint' : ''}>
    <path class="tap w" d="M${roundTenth(node.x)} ${l.rails.w}V${roundTenth(node.y)}" />
    <path class="way w" d=${path} pathLength="1" stroke-dasharray=${appearingDash(s, t)} />
    ${hasAppeared(s, t) ? svg`<path class="tip w" d=${head(end, 'right')} />` : nothing}
    <rect class="node w" x=${roundTenth(node.x - 4)} y=${roundTenth(node.y - 4)} width="8" height="8" rx="1.5" />
  </g>`;
}

/** With W = 0, there is a cross where W would be applied. GRU and LSTM still carry their state on beside W. */
function withoutLoop(s: Scene, t: number): Part {
  const { path, node, end } = connector(s.l, t);
  const carries = s.trace.gates.length > 1;
  return svg`<g class="severed"><path class=${carries ? 'pass' : 'way cut'} d=${path} />
    ${carries && hasAppeared(s, t) ? svg`<path class="pass-tip" d=${head(end, 'right')} />` : nothing}
    ${s.trace.state === 'c' ? nothing : svg`<path class="cross" d=${cross(node, 5)} />`}</g>`;
}

/** With the state cut, W is applied to nothing. */
function withoutState(s: Scene, t: number): Part {
  const { path, node, start } = connector(s.l, t);
  const at = { x: start.x + (node.x - start.x) * 0.4, y: start.y };
  return svg`<g class="severed"><path class="way cut" d=${path} /><path class="cross" d=${cross(at, 5)} />
    ${
      s.trace.state === 'c'
        ? nothing
        : svg`<path class="tap w" d="M${roundTenth(node.x)} ${s.l.rails.w}V${roundTenth(node.y)}" />
    <rect class="node w" x=${roundTenth(node.x - 4)} y=${roundTenth(node.y - 4)} width="8" height="8" rx="1.5" />`
    }</g>`;
}

/** The cell state is carried on without W, scaled by the forget gate. */
function carried(s: Scene, t: number): Part {
  const { path, end } = connector(s.l, t);
  return svg`<path class="pass carry" d=${path} pathLength="1" stroke-dasharray=${appearingDash(s, t)} />
    ${hasAppeared(s, t) ? svg`<path class="pass-tip" d=${head(end, 'right')} />` : nothing}`;
}

function top(s: Scene, t: number): number {
  const { l } = s;
  if (l.layer > 1) return (l.stack[l.layer - 2] as Panel).top - 4;
  if (l.inputCells || l.features > 1) return (l.inputs[0] as Panel).top - 4;
  return height(l.inputs[0] as Panel, s.domains[0] as [number, number], inputOf(s.trace, t)) - 7;
}

/** The lines of x_t and b up into column t. */
function entry(s: Scene, t: number): Part {
  const { l } = s;
  const x = roundTenth(columnX(l, t));
  const side = roundTenth(columnX(l, t) + l.stripWidth * 0.3);
  const tip = l.strips.bottom + 2;
  const there = hasAppeared(s, t);
  return svg`<g opacity=${columnOpacity(s, t)}>
    ${l.inputs.map((panel) => svg`<line class="track" x1=${x} x2=${x} y1=${panel.top} y2=${panel.bottom} />`)}
    <path class="way b" d="M${side} ${l.rails.b}V${tip}" />
    <path class="way u" d="M${x} ${roundTenth(top(s, t))}V${tip + 3}" pathLength="1" stroke-dasharray=${appearingDash(s, t)} />
    ${there ? svg`<path class="tip b" d=${head({ x: side, y: tip }, 'up', 2.5)} /><path class="tip u" d=${head({ x, y: tip }, 'up')} />` : nothing}
    <rect class="node u" x=${roundTenth(x - 4)} y=${l.rails.u - 4} width="8" height="8" rx="1.5" />
  </g>`;
}

/** The line of every unit over time: faint, except for the chosen unit. */
function unitLines(s: Scene): Part {
  const { l, trace } = s;
  const shown = unrolledOpacity(s);
  if (shown === 0) return nothing;
  const y = (unit: number) => (t: number) => height(l.lines, [-s.stateLimit, s.stateLimit], shownOf(trace, t, unit));
  const units = l.units <= 64 ? integers(1, l.units) : [];
  const all = units.map((unit) => overTime(l, s.from, s.to, y(unit))).join('');
  const one = s.unit;
  return svg`<g opacity=${shown}>
    ${all ? svg`<path class="lines" d=${all} />` : nothing}
    ${l.units > 64 ? svg`<path class="range" d=${range(s)} />` : nothing}
    ${
      one === undefined
        ? nothing
        : svg`<path class="line" d=${overTime(l, s.from, s.to, y(one))} />
      ${integers(s.from, s.to).map((t) => svg`<circle class="spot" cx=${roundTenth(columnX(l, t))} cy=${roundTenth(y(one)(t))} r=${t === s.timestep ? 4 : 2.5} />`)}`
    }
  </g>`;
}

/** With many units, the area between their lowest and highest values. */
function range(s: Scene): string {
  const { l, trace } = s;
  const domain: [number, number] = [-s.stateLimit, s.stateLimit];
  const ends = integers(s.from, s.to).map((t) => {
    const part = trace.shown.subarray(t * l.units, (t + 1) * l.units);
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of part) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return {
      x: roundTenth(columnX(l, t)),
      low: roundTenth(height(l.lines, domain, low)),
      high: roundTenth(height(l.lines, domain, high)),
    };
  });
  const back = [...ends].reverse();
  return `M${ends.map((e) => `${e.x} ${e.high}`).join('L')}L${back.map((e) => `${e.x} ${e.low}`).join('L')}Z`;
}

export function under(s: Scene): SVGTemplateResult {
  return svg`${cursorBand(s)}${grid(s)}${rails(s)}${stackUnder(s)}
    ${[...integers(Math.max(1, s.from), s.to), ...appearingColumn(s)].map((t) => recurrence(s, t))}
    ${[...columns(s, 1), ...appearingColumn(s)].map((t) => entry(s, t))}
    ${shownAnswers(s).map((t) => answerLine(s, t))}
    ${unitLines(s)}`;
}

// ----------------------------------------------------------------------------------------------------- over the cells

function stateNames(s: Scene): Part {
  const { l } = s;
  const y = l.strips.top - 8;
  return svg`${columns(s, 0).map((t) => {
    const x = columnX(l, t);
    return t === 0
      ? svg`<text class="name" x=${roundTenth(x)} y=${y} text-anchor="middle">${symbol(s.trace.state, 0)}<tspan dy="-3"> = 0</tspan></text>`
      : svg`<text class="name" x=${roundTenth(x - 5)} y=${y} text-anchor="end" opacity=${columnOpacity(s, t)}>${symbol(s.trace.state, t)}</text>`;
  })}`;
}

function foldedWords(s: Scene): Part {
  const shown = smooth(0.75, 1, s.l.fold);
  if (shown === 0) return nothing;
  const { l } = s;
  const x = roundTenth(l.frameWidth / 2);
  const y = (l.lines.top + l.lines.bottom) / 2;
  return svg`<g opacity=${shown}><text class="note" x=${x} y=${y - 4} text-anchor="middle">Folded: one cell, used at every step.</text>
    <text class="note" x=${x} y=${y + 14} text-anchor="middle">Move through time: x and h run through it.</text></g>`;
}

/** The labels of the loop when the figure is folded. */
function loopNames(s: Scene): Part {
  const shown = smooth(0.75, 1, s.l.fold);
  if (shown === 0 || s.timestep === 0) return nothing;
  const { l, timestep } = s;
  const x = columnX(l, timestep);
  const y = (l.strips.top + l.strips.bottom) / 2;
  const far = l.stripWidth / 2 + 36;
  const wide = l.frameWidth / 2 > far + 130;
  return svg`<g opacity=${shown}>
    <text class="name" x=${roundTenth(x - far)} y=${y - 6} text-anchor="end">${symbol(s.trace.state, timestep - 1)}</text>
    ${wide ? svg`<text class="note" x=${roundTenth(x - far)} y=${y + 12} text-anchor="end">from the step before</text>` : nothing}
    <text class="name" x=${roundTenth(x + far)} y=${y - 6}>${symbol(s.trace.state, timestep)}</text>
    ${wide ? svg`<text class="note" x=${roundTenth(x + far)} y=${y + 12}>${timestep < l.timesteps ? translate('to the next step') : translate('the last: to the answer')}</text>` : nothing}
  </g>`;
}

function ticks(s: Scene): Part {
  const { l, timestep } = s;
  const shown = unrolledOpacity(s);
  const others = shown > 0.02 ? integers(s.from, s.until).filter((t) => t !== timestep) : [];
  const one = (t: number, kind: string, text: unknown): Part =>
    svg`<text class="tick ${kind}" x=${roundTenth(columnX(l, t))} y=${l.tickY} text-anchor="middle" data-time=${t}>${text}</text>`;
  return svg`<g opacity=${shown}>${others.map((t) => one(t, '', t))}</g>
    ${one(timestep, 'now', shown > 0.02 ? timestep : svg`<tspan class="math">t</tspan> = ${timestep}`)}`;
}

function inputLine(s: Scene): Part {
  const { l } = s;
  const shown = unrolledOpacity(s);
  if (l.inputCells || shown === 0) return nothing;
  return svg`${l.inputs.map(
    (panel, f) => svg`<path class="series" opacity=${shown}
    d=${overTime(l, Math.max(1, s.from), s.to, (t) => height(panel, s.domains[f] as [number, number], inputOf(s.trace, t, f)))} />`,
  )}`;
}

/** One x_t as a vertical slider. A circle of 44 px around the point takes the pointer. */
function inputPoint(s: Scene, t: number, f: number): Part {
  const { l, trace } = s;
  const domain = s.domains[f] as [number, number];
  const panel = l.inputs[f] as Panel;
  const index = (t - 1) * l.features + f;
  const value = inputOf(trace, t, f);
  const [x, y] = [roundTenth(columnX(l, t)), roundTenth(height(panel, domain, value))];
  const edited = s.edited.has(index);
  const original = edited ? (s.original?.[index] as number | undefined) : undefined;
  const dot = edited
    ? svg`<path class="dot" d="M${x} ${roundTenth(y - 7)}l7 7l-7 7l-7 -7z" />`
    : svg`<circle class="dot" cx=${x} cy=${y} r="5.5" />`;
  return svg`<g class="point ${edited ? 'edited' : ''} ${t === s.timestep ? 'now' : ''}" opacity=${columnOpacity(s, t)}>
    ${original === undefined ? nothing : ghost(x, height(panel, domain, original), y)}
    ${
      s.fixed
        ? dot
        : svg`<g class="grip" @touchstart=${s.disabled ? null : PREVENT_SCROLL} role="slider" tabindex=${t === s.timestep && f === 0 ? 0 : -1} data-input=${index} aria-orientation="vertical"
      aria-label=${inputLabel(s, t, f)} aria-disabled=${s.disabled}
      aria-valuemin=${domain[0]} aria-valuemax=${domain[1]} aria-valuenow=${value}
      aria-valuetext=${inputSentence(trace, t, f, original, s.names)}>
      <circle class="touch" cx=${x} cy=${y} r="22" /><circle class="ring" cx=${x} cy=${y} r="11" />
      ${dot}
    </g>`
    }
    <text class="value ${edited ? 'edited' : ''}" x=${x} y=${l.valueY[f]} text-anchor="middle">${featureCell(s.names, f, value)}</text>
  </g>`;
}

function inputLabel(s: Scene, t: number, f: number): string {
  const name = featureName(s.names, f) ?? (s.l.features > 1 ? `x ${f + 1}` : 'x');
  return translate(`${name} at time step ${t}`);
}

const ghost = (x: number, was: number, now: number): Part =>
  svg`<line class="ghost" x1=${x} x2=${x} y1=${roundTenth(was)} y2=${now} /><circle class="ghost" cx=${x} cy=${roundTenth(was)} r="5" />`;

function inputs(s: Scene): Part {
  if (s.l.inputCells) return nothing;
  const features = integers(0, s.l.features - 1);
  return svg`${[...columns(s, 1), ...appearingColumn(s)].map((t) => features.map((f) => inputPoint(s, t, f)))}`;
}

/** The word that each column reads. */
function words(s: Scene): Part {
  if (!s.names.tokens) return nothing;
  return svg`${columns(s, 1).map((t) => svg`<text class="value word" x=${roundTenth(columnX(s.l, t))} y=${s.l.wordY} text-anchor="middle" opacity=${columnOpacity(s, t)}><title>${s.words[t] ?? ''}</title>${wordText(s, t)}</text>`)}`;
}

/** The row of the chosen unit across time. */
function unitBand(s: Scene): Part {
  if (s.unit === undefined) return nothing;
  const { l } = s;
  const x = columnX(l, s.to) + l.stripWidth / 2;
  const shown = unrolledOpacity(s);
  const [y1, y2] = [rowTop(l, s.unit) - 1, rowBottom(l, s.unit)];
  return svg`<g class="band" opacity=${shown}><line x1="0" x2=${roundTenth(x)} y1=${roundTenth(y1)} y2=${roundTenth(y1)} /><line x1="0" x2=${roundTenth(x)} y1=${roundTenth(y2)} y2=${roundTenth(y2)} /></g>`;
}

export function over(s: Scene): SVGTemplateResult {
  return svg`<g aria-hidden="true">${unitBand(s)}${stateNames(s)}${loopNames(s)}${foldedWords(s)}${answers(s)}${words(s)}${ticks(s)}${inputLine(s)}</g>
    ${inputs(s)}<g class="highlights" aria-hidden="true">${sheetHighlight(s)}</g>`;
}

export const stepOf = (s: Scene, index: number): number =>
  inputStep(s.domains[index % s.l.features] as [number, number]);
