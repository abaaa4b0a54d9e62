/** The SVG of the figure: rails, arrows, axes, points and words. Pure: from a scene to templates.
 *  `under` lies below the cells' canvas, `over` above it. */

import { nothing, type SVGTemplateResult, svg } from 'lit';
import { formatNumber } from '../format.ts';
import { columnX, type Panel, rowBottom, rowMiddle, rowTop, smooth } from './layout.ts';
import { connector, head, height, overTime, rounded } from './paths.ts';
import { inputStep, labelled } from './scales.ts';
import { apart, presence, type Scene } from './scene.ts';
import { inputOf, stateOf } from './trace.ts';
import { inputSentence, P_DIGITS } from './words.ts';

type Part = SVGTemplateResult | typeof nothing;

const HALF: [number, number] = [0, 1];
const between = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => from + k);
const fixed = (value: number): number => Math.round(value * 10) / 10;
const fixed2 = (value: number): number => Math.round(value * 100) / 100;

/** A symbol with its index, set as a formula: h with a low 3. */
export const symbol = (letter: string, index: string | number): SVGTemplateResult =>
  svg`<tspan class="math">${letter}</tspan><tspan class=${typeof index === 'string' ? 'low math' : 'low'} dy="3">${index}</tspan>`;

/** Columns whose own details are drawn; folded only the cursor's is left. */
const columns = (s: Scene, first: number): number[] => between(Math.max(first, s.from), s.to).filter((t) => presence(s, t) > 0.02);

/** The column that is on its way while the figure plays. */
const coming = (s: Scene): number[] => (s.coming > 0 && s.timestep < s.l.timesteps ? [s.timestep + 1] : []);

/** How much of a line is there: all, or, on the way, a part of its length. */
const growth = (s: Scene, t: number): string => (t > s.timestep ? `${fixed2(smooth(0, 0.7, s.coming))} 1` : 'none');
const arrived = (s: Scene, t: number): boolean => t <= s.timestep || s.coming >= 0.7;

// ---------------------------------------------------------------------------------------------------- under the cells

function cursorBand(s: Scene): Part {
  const wide = s.l.stripWidth + Math.min(16, s.l.pitch * 0.2);
  return svg`<rect class="cursor" x=${fixed(columnX(s.l, s.timestep) - wide / 2)} y=${s.l.output.top - 10} width=${fixed(wide)}
    height=${s.l.tickY + 18 - s.l.output.top} rx="6" />`;
}

/** Right end of the axes: the last column, and folded a little beyond the cell. */
const axisEnd = (s: Scene): number => fixed(columnX(s.l, s.l.timesteps) + 10 + 80 * smooth(s.l.touch, 1, s.l.fold));

function levels(s: Scene, panel: Panel, values: readonly number[], domain: [number, number], low = ''): Part {
  return svg`${values.map((value) => {
    const y = fixed(height(panel, domain, value));
    return svg`<line class="level ${value === values[1] ? low : ''}" x1="0" x2=${axisEnd(s)} y1=${y} y2=${y} />`;
  })}`;
}

function grid(s: Scene): Part {
  const { l } = s;
  const lines = apart(s);
  return svg`${levels(s, l.output, [0, 0.5, 1], HALF, 'half')}
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

/** Rails of the shared weights, as far as the cursor has come. */
function rails(s: Scene): Part {
  const { l, timestep } = s;
  const next = Math.min(timestep + 1, l.timesteps);
  const part = s.coming > 0 ? smooth(0, 0.3, s.coming) : 0;
  if (timestep === 0 && part === 0) return nothing;
  const along = (from: number, to: number): number => fixed(from + (to - from) * part);
  const x = along(columnX(l, timestep), columnX(l, next));
  const node = { x: along(timestep > 0 ? connector(l, timestep).node.x : 0, connector(l, next).node.x) };
  const answered = timestep === l.timesteps || s.readouts;
  return svg`
    <path class="rail w" d="M0 ${l.rails.w}H${fixed(node.x)}" />
    <path class="rail u" d="M0 ${l.rails.u}H${fixed(x)}" />
    <path class="rail b" d="M0 ${l.rails.b}H${fixed(x + l.stripWidth * 0.3)}" />
    ${answered ? svg`<path class="rail v ${timestep < l.timesteps ? 'asked' : ''}" d="M0 ${l.rails.v}H${fixed(x)}" />` : nothing}`;
}

/** W from column to column: its branch from the rail, the way of the state, the place where W is applied. */
function recurrence(s: Scene, t: number): Part {
  const { l } = s;
  if (l.fold >= 1 && t < s.timestep) return nothing;
  if (l.fold >= 1 && t === s.timestep && s.coming > 0) return nothing;
  const { path, node, end } = connector(l, t);
  const threaded = s.unit !== undefined && s.weights && t === s.timestep && l.fold < 0.6;
  return svg`<g class=${threaded ? 'faint' : ''}>
    <path class="tap w" d="M${fixed(node.x)} ${l.rails.w}V${fixed(node.y)}" />
    <path class="way w" d=${path} pathLength="1" stroke-dasharray=${growth(s, t)} />
    ${arrived(s, t) ? svg`<path class="tip w" d=${head(end, 'right')} />` : nothing}
    <rect class="node w" x=${fixed(node.x - 4)} y=${fixed(node.y - 4)} width="8" height="8" rx="1.5" />
  </g>`;
}

function top(s: Scene, t: number): number {
  const { l } = s;
  if (l.inputCells || l.features > 1) return (l.inputs[0] as Panel).top - 4;
  return height(l.inputs[0] as Panel, s.domains[0] as [number, number], inputOf(s.trace, t)) - 7;
}

/** x_t and b on their way up into column t. */
function entry(s: Scene, t: number): Part {
  const { l } = s;
  const x = fixed(columnX(l, t));
  const side = fixed(columnX(l, t) + l.stripWidth * 0.3);
  const tip = l.strips.bottom + 2;
  const there = arrived(s, t);
  return svg`<g opacity=${presence(s, t)}>
    ${l.inputs.map((panel) => svg`<line class="track" x1=${x} x2=${x} y1=${panel.top} y2=${panel.bottom} />`)}
    <path class="way b" d="M${side} ${l.rails.b}V${tip}" />
    <path class="way u" d="M${x} ${fixed(top(s, t))}V${tip + 3}" pathLength="1" stroke-dasharray=${growth(s, t)} />
    ${there ? svg`<path class="tip b" d=${head({ x: side, y: tip }, 'up', 2.5)} /><path class="tip u" d=${head({ x, y: tip }, 'up')} />` : nothing}
    <rect class="node u" x=${fixed(x - 4)} y=${l.rails.u - 4} width="8" height="8" rx="1.5" />
  </g>`;
}

/** h_t on its way to the answer: solid after the last step, dashed where nobody trained the answer. */
function exit(s: Scene, t: number): Part {
  const { l, trace } = s;
  const x = fixed(columnX(l, t));
  const y = height(l.output, HALF, trace.probability[t - 1] as number) + 7;
  const asked = t < l.timesteps;
  return svg`<g class=${asked ? 'asked' : ''} opacity=${presence(s, t)}>
    <path class="halo" d="M${x} ${l.strips.top - 3}V${l.output.bottom}" />
    <path class="way v" d="M${x} ${l.strips.top - 3}V${fixed(y + 5)}" /><path class="tip v" d=${head({ x, y: fixed(y) }, 'up')} />
    <rect class="node v" x=${fixed(x - 4)} y=${l.rails.v - 4} width="8" height="8" rx="1.5" />
  </g>`;
}

/** Every unit's line over time, faint; the chosen one's in full. */
function unitLines(s: Scene): Part {
  const { l, trace } = s;
  const shown = apart(s);
  if (shown === 0) return nothing;
  const y = (unit: number) => (t: number) => height(l.lines, [-s.stateLimit, s.stateLimit], stateOf(trace, t, unit));
  const units = l.units <= 64 ? between(1, l.units) : [];
  const all = units.map((unit) => overTime(l, s.from, s.to, y(unit))).join('');
  const one = s.unit;
  return svg`<g opacity=${shown}>
    ${all ? svg`<path class="lines" d=${all} />` : nothing}
    ${l.units > 64 ? svg`<path class="range" d=${range(s)} />` : nothing}
    ${
      one === undefined
        ? nothing
        : svg`<path class="line" d=${overTime(l, s.from, s.to, y(one))} />
      ${between(s.from, s.to).map((t) => svg`<circle class="spot" cx=${fixed(columnX(l, t))} cy=${fixed(y(one)(t))} r=${t === s.timestep ? 4 : 2.5} />`)}`
    }
  </g>`;
}

/** Many units: the area between the lowest and the highest of them. */
function range(s: Scene): string {
  const { l, trace } = s;
  const domain: [number, number] = [-s.stateLimit, s.stateLimit];
  const ends = between(s.from, s.to).map((t) => {
    const part = trace.h.subarray(t * l.units, (t + 1) * l.units);
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of part) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { x: fixed(columnX(l, t)), low: fixed(height(l.lines, domain, low)), high: fixed(height(l.lines, domain, high)) };
  });
  const back = [...ends].reverse();
  return `M${ends.map((e) => `${e.x} ${e.high}`).join('L')}L${back.map((e) => `${e.x} ${e.low}`).join('L')}Z`;
}

export function under(s: Scene): SVGTemplateResult {
  const answers = s.readouts ? columns(s, 1) : s.timestep === s.l.timesteps && s.timestep > 0 ? [s.timestep] : [];
  return svg`${cursorBand(s)}${grid(s)}${rails(s)}
    ${[...between(Math.max(1, s.from), s.to), ...coming(s)].map((t) => recurrence(s, t))}
    ${[...columns(s, 1), ...coming(s)].map((t) => entry(s, t))}
    ${answers.map((t) => exit(s, t))}
    ${unitLines(s)}`;
}

// ----------------------------------------------------------------------------------------------------- over the cells

function stateNames(s: Scene): Part {
  const { l } = s;
  const y = l.strips.top - 8;
  return svg`${columns(s, 0).map((t) => {
    const x = columnX(l, t);
    return t === 0
      ? svg`<text class="name" x=${fixed(x)} y=${y} text-anchor="middle">${symbol('h', 0)}<tspan dy="-3"> = 0</tspan></text>`
      : svg`<text class="name" x=${fixed(x - 5)} y=${y} text-anchor="end" opacity=${presence(s, t)}>${symbol('h', t)}</text>`;
  })}`;
}

function foldedWords(s: Scene): Part {
  const shown = smooth(0.75, 1, s.l.fold);
  if (shown === 0) return nothing;
  const { l } = s;
  const x = fixed(l.frameWidth / 2);
  const y = (l.lines.top + l.lines.bottom) / 2;
  return svg`<g opacity=${shown}><text class="note" x=${x} y=${y - 4} text-anchor="middle">Folded: one cell, used at every step.</text>
    <text class="note" x=${x} y=${y + 14} text-anchor="middle">Move through time: x and h run through it.</text></g>`;
}

/** What the loop carries, once it is one. */
function loopNames(s: Scene): Part {
  const shown = smooth(0.75, 1, s.l.fold);
  if (shown === 0 || s.timestep === 0) return nothing;
  const { l, timestep } = s;
  const x = columnX(l, timestep);
  const y = (l.strips.top + l.strips.bottom) / 2;
  const far = l.stripWidth / 2 + 36;
  const wide = l.frameWidth / 2 > far + 130;
  return svg`<g opacity=${shown}>
    <text class="name" x=${fixed(x - far)} y=${y - 6} text-anchor="end">${symbol('h', timestep - 1)}</text>
    ${wide ? svg`<text class="note" x=${fixed(x - far)} y=${y + 12} text-anchor="end">from the step before</text>` : nothing}
    <text class="name" x=${fixed(x + far)} y=${y - 6}>${symbol('h', timestep)}</text>
    ${wide ? svg`<text class="note" x=${fixed(x + far)} y=${y + 12}>${timestep < l.timesteps ? 'to the next step' : 'the last: to the answer'}</text>` : nothing}
  </g>`;
}

function answer(s: Scene, t: number): Part {
  const { l, trace } = s;
  const p = trace.probability[t - 1] as number;
  const x = columnX(l, t);
  const y = height(l.output, HALF, p);
  const last = t === l.timesteps;
  const value =
    t === s.timestep
      ? svg`<text class="value ${last ? 'strong' : ''}" x=${fixed(x + 12)} y=${fixed(y + 4)}>${formatNumber(p, P_DIGITS)}</text>`
      : nothing;
  return svg`<g class=${last ? '' : 'asked'} opacity=${presence(s, t)}>
    ${last ? target(s, x, y) : nothing}
    <circle class="answer" cx=${fixed(x)} cy=${fixed(y)} r=${last ? 6 : 4.5} />${value}</g>`;
}

/** The label beside p: ● for 1, ○ for 0, as in the data; the line between is what the loss sees. */
function target(s: Scene, x: number, y: number): Part {
  const { label } = s.trace;
  if (label === undefined) return nothing;
  const goal = height(s.l.output, HALF, label);
  const at = fixed(x + 12);
  // Beside the way of V, which comes from below.
  const side = fixed(x - 13);
  // The words stand on the free side: p may lie close to its target.
  const beside = Math.abs(goal - y) > 18 ? goal + 4 : label === 1 ? y + 19 : y - 12;
  return svg`<path class="miss" d="M${fixed(x - 6)} ${fixed(y)}H${side}V${fixed(goal)}" />
    <circle class="target ${label === 1 ? 'one' : 'none'}" cx=${side} cy=${fixed(goal)} r="4" />
    <text class="note" x=${at} y=${fixed(beside)}>y = ${label}</text>`;
}

function answers(s: Scene): Part {
  const { l, trace } = s;
  const last = s.timestep === l.timesteps && s.timestep > 0 ? [s.timestep] : [];
  if (!s.readouts) return svg`${last.map((t) => answer(s, t))}`;
  const shown = apart(s);
  const path = overTime(l, Math.max(1, s.from), s.to, (t) => height(l.output, HALF, trace.probability[t - 1] as number));
  return svg`<path class="asked-line" d=${path} opacity=${shown} />${columns(s, 1).map((t) => answer(s, t))}`;
}

function ticks(s: Scene): Part {
  const { l, timestep } = s;
  const shown = apart(s);
  const others = shown > 0.02 ? between(s.from, s.until).filter((t) => t !== timestep) : [];
  const one = (t: number, kind: string, text: unknown): Part =>
    svg`<text class="tick ${kind}" x=${fixed(columnX(l, t))} y=${l.tickY} text-anchor="middle" data-time=${t}>${text}</text>`;
  return svg`<g opacity=${shown}>${others.map((t) => one(t, '', t))}</g>
    ${one(timestep, 'now', shown > 0.02 ? timestep : svg`<tspan class="math">t</tspan> = ${timestep}`)}`;
}

function inputLine(s: Scene): Part {
  const { l } = s;
  const shown = apart(s);
  if (l.inputCells || shown === 0) return nothing;
  return svg`${l.inputs.map(
    (panel, f) => svg`<path class="series" opacity=${shown}
    d=${overTime(l, Math.max(1, s.from), s.to, (t) => height(panel, s.domains[f] as [number, number], inputOf(s.trace, t, f)))} />`,
  )}`;
}

/** A finger on a point drags it; the page stays. (touch-action alone is not heeded inside an SVG.) */
const HOLD = { handleEvent: (event: Event): void => event.preventDefault(), passive: false };

/** One x_t: a slider that stands up, with a circle of 44 px to take it by. */
function inputPoint(s: Scene, t: number, f: number): Part {
  const { l, trace } = s;
  const domain = s.domains[f] as [number, number];
  const panel = l.inputs[f] as Panel;
  const index = (t - 1) * l.features + f;
  const value = inputOf(trace, t, f);
  const [x, y] = [fixed(columnX(l, t)), fixed(height(panel, domain, value))];
  const edited = s.edited.has(index);
  const original = edited ? (s.original?.[index] as number | undefined) : undefined;
  return svg`<g class="point ${edited ? 'edited' : ''} ${t === s.timestep ? 'now' : ''}" opacity=${presence(s, t)}>
    ${original === undefined ? nothing : ghost(x, height(panel, domain, original), y)}
    <g class="grip" @touchstart=${s.disabled ? null : HOLD} role="slider" tabindex=${t === s.timestep && f === 0 ? 0 : -1} data-input=${index} aria-orientation="vertical"
      aria-label=${l.features > 1 ? `x ${f + 1} at time step ${t}` : `x at time step ${t}`} aria-disabled=${s.disabled}
      aria-valuemin=${domain[0]} aria-valuemax=${domain[1]} aria-valuenow=${value}
      aria-valuetext=${inputSentence(trace, t, f, original)}>
      <circle class="touch" cx=${x} cy=${y} r="22" /><circle class="ring" cx=${x} cy=${y} r="11" />
      ${edited ? svg`<path class="dot" d="M${x} ${fixed(y - 7)}l7 7l-7 7l-7 -7z" />` : svg`<circle class="dot" cx=${x} cy=${y} r="5.5" />`}
    </g>
    <text class="value ${edited ? 'edited' : ''}" x=${x} y=${l.valueY[f]} text-anchor="middle">${formatNumber(value)}</text>
  </g>`;
}

const ghost = (x: number, was: number, now: number): Part =>
  svg`<line class="ghost" x1=${x} x2=${x} y1=${fixed(was)} y2=${now} /><circle class="ghost" cx=${x} cy=${fixed(was)} r="5" />`;

function inputs(s: Scene): Part {
  if (s.l.inputCells) return nothing;
  const features = between(0, s.l.features - 1);
  return svg`${[...columns(s, 1), ...coming(s)].map((t) => features.map((f) => inputPoint(s, t, f)))}`;
}

/** The row of the chosen unit across time. */
function unitBand(s: Scene): Part {
  if (s.unit === undefined) return nothing;
  const { l } = s;
  const x = columnX(l, s.to) + l.stripWidth / 2;
  const shown = apart(s);
  const [y1, y2] = [rowTop(l, s.unit) - 1, rowBottom(l, s.unit)];
  return svg`<g class="band" opacity=${shown}><line x1="0" x2=${fixed(x)} y1=${fixed(y1)} y2=${fixed(y1)} /><line x1="0" x2=${fixed(x)} y1=${fixed(y2)} y2=${fixed(y2)} /></g>`;
}

export function over(s: Scene): SVGTemplateResult {
  return svg`<g aria-hidden="true">${unitBand(s)}${stateNames(s)}${loopNames(s)}${foldedWords(s)}${answers(s)}${ticks(s)}${inputLine(s)}</g>
    ${inputs(s)}`;
}

// --------------------------------------------------------------------------------------------------------- the gutter

/** Beside the rails: that there is one of each, and how often it has been used up to the cursor. */
function railNames(s: Scene): Part {
  const { l, timestep } = s;
  const right = l.gutter.labelRight;
  const times = (count: number): string => (l.gutter.narrow ? ` × ${count}` : count === 1 ? ', once' : `, ${count} times`);
  const note = (role: string, letter: string, count: number, x: number, y: number, rest = ''): Part =>
    count === 0
      ? nothing
      : svg`<text class="note ${role}" x=${x} y=${y} text-anchor="end">${l.gutter.narrow ? '' : 'the same '}<tspan class="math">${letter}</tspan>${times(count)}${rest}</text>`;
  const answered = timestep === l.timesteps && timestep > 0;
  return svg`${note('w', 'W', timestep, right, l.rails.w - 5)}${note('u', 'U', timestep, right, l.rails.u + 14)}
    ${answered && !l.gutter.narrow ? svg`<text class="note v" x=${right - 18} y=${l.rails.v - 5} text-anchor="end"><tspan class="math">V</tspan>, once, at the end</text>` : nothing}`;
}

function plateNames(s: Scene): Part {
  const { l } = s;
  const { v, w, u, b } = l.gutter.plates;
  const { top: above, bottom } = l.strips;
  const name = (box: { left: number; width: number }, role: string, letter: string, y: number) =>
    svg`<text class="plate ${role}" x=${fixed(box.left + box.width / 2)} y=${y} text-anchor="middle">${letter}</text>`;
  const size = (box: { left: number; width: number }, rows: number, columns: number, y: number): Part =>
    l.gutter.narrow
      ? nothing
      : svg`<text class="note" x=${fixed(box.left + box.width / 2)} y=${y} text-anchor="middle">${rows} × ${columns}</text>`;
  return svg`${name(v, 'v', 'V', bottom + 19)}${size(v, 1, l.units, bottom + 34)}
    ${name(w, 'w', 'W', bottom + 19)}${size(w, l.units, l.units, bottom + 34)}
    ${name(u, 'u', 'U', above - 7)}${size(u, l.units, l.features, above - 23)}${name(b, 'b', 'b', above - 7)}`;
}

function gutterRails(s: Scene): Part {
  const { l } = s;
  const { v, w, u, b } = l.gutter.plates;
  const middle = (box: { left: number; width: number }): number => fixed(box.left + box.width / 2);
  const end = { x: l.gutter.width, y: 0 };
  const answered = s.timestep > 0 && (s.readouts || s.timestep === l.timesteps);
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
  return svg`<path class="rail v ${idle(answered)}" d=${way(middle(v), l.strips.top - 2, l.rails.v)} />
    <path class="rail w ${idle(s.timestep > 0)}" d=${way(middle(w), l.strips.top - 2, l.rails.w)} />
    <path class="rail u ${idle(s.timestep > 0)}" d=${way(middle(u), l.strips.bottom + 2, l.rails.u)} />
    <path class="rail b ${idle(s.timestep > 0)}" d=${way(middle(b), l.strips.bottom + 2, l.rails.b)} />`;
}

function axis(s: Scene, panel: Panel, domain: [number, number], values: [number, string][]): Part {
  return svg`${values.map(([value, text]) => svg`<text class="tick" x=${s.l.gutter.labelRight} y=${fixed(height(panel, domain, value) + 4)} text-anchor="end">${text}</text>`)}`;
}

const short = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2);

function dashedNote(s: Scene, x: number, y: number): Part {
  const lines = s.l.gutter.narrow ? ['dashed:', 'never trained'] : ['dashed: if we asked now', '(never trained)'];
  return svg`${lines.map((line, k) => svg`<text class="note" x=${x} y=${y + 15 + 13 * k}>${line}</text>`)}`;
}

function rowNames(s: Scene): Part {
  const { l } = s;
  const narrow = l.gutter.narrow;
  const left = narrow ? 5 : 8;
  const middle = (panel: Panel): number => (panel.top + panel.bottom) / 2 + 4;
  const words = (wide: string): string => (narrow ? '' : wide);
  return svg`
    <text class="row" x=${left} y=${middle(l.output) - (s.readouts ? 14 : 0)}>${words('answer ')}<tspan class="math">p</tspan>(<tspan class="math">y</tspan> = 1)</text>
    ${s.readouts ? dashedNote(s, left, middle(l.output) - 14) : nothing}
    ${l.inputs.map((panel, f) => svg`<text class="row" x=${left} y=${middle(panel)}>${words('input ')}${symbol('x', l.features > 1 && !l.inputCells ? `t, ${f + 1}` : 't')}</text>`)}
    <text class="row" x=${left} y=${l.tickY}>${narrow ? 'time' : 'time step '}<tspan class="math"> t</tspan> →</text>
    <text class="row" x=${left} y=${middle(l.lines)} opacity=${apart(s)}>${
      s.unit === undefined
        ? svg`${words('every unit’s ')}${symbol('h', 't')}`
        : svg`${words(`unit ${s.unit}: `)}${symbol('h', 't')}<tspan dy="-3">[${s.unit}]</tspan>`
    }</text>
    <text class="row" x=${l.gutter.labelRight} y=${l.strips.top - 25} text-anchor="end">${narrow ? '' : 'unit ↓'}</text>`;
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

export function gutter(s: Scene): SVGTemplateResult {
  const { l } = s;
  const limit = s.stateLimit;
  return svg`${gutterRails(s)}${railNames(s)}${plateNames(s)}${rowNames(s)}${unitNumbers(s)}
    ${axis(s, l.output, HALF, [
      [0, '0'],
      [0.5, '½'],
      [1, '1'],
    ])}
    ${
      l.inputCells
        ? nothing
        : l.inputs.map((panel, f) => {
            const domain = s.domains[f] as [number, number];
            return axis(s, panel, domain, [
              [domain[0], short(domain[0])],
              [domain[1], short(domain[1])],
            ]);
          })
    }
    <g opacity=${apart(s)}>${axis(
      s,
      l.lines,
      [-limit, limit],
      [
        [-limit, short(-limit)],
        [0, '0'],
        [limit, short(limit)],
      ],
    )}</g>`;
}

export const stepOf = (s: Scene, index: number): number => inputStep(s.domains[index % s.l.features] as [number, number]);
