/** The HTML around the picture: the values at the cursor, the legend, the controls, the table. Pure: from a scene and
 *  what a control may do to templates. */

import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../format.ts';
import type { Scene } from './scene.ts';
import { stateOf, sumOf } from './trace.ts';
import { foldSentence, P_DIGITS, rows, sentence, unitSentence } from './words.ts';

/** What the controls do. walk is move for a control that says nothing itself. */
export interface Actions {
  move(timestep: number): void;
  walk(timestep: number): void;
  chooseUnit(unit: number): void;
  fold(fold: number): void;
  readouts(on: boolean): void;
  play(): void;
  pause(): void;
  showInput(index: number): void;
  typeInput(index: number, field: HTMLInputElement, final: boolean): void;
  typed(): void;
  openTable(open: boolean): void;
}

/** What the controls show beside the scene. */
export interface Shown {
  playing: boolean;
  tableOpen: boolean;
  /** The x in the number field, and its text while someone types. */
  input: number | undefined;
  text: string | undefined;
}

type Content = TemplateResult | typeof nothing;
type FieldEvent = Event & { target: HTMLInputElement };

/** A number that may be whole, as short as it can be. */
const short = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2);
const answer = html`<var>p</var>(<var>y</var> = 1)`;

// ------------------------------------------------------------------------------------------------------------- values

export function facts(s: Scene, shown: Shown, actions: Actions): TemplateResult {
  const { trace, timestep, unit } = s;
  return html`<div class="facts">
    <span><var>t</var> = <b>${timestep}</b> <span class="aside">of ${trace.timesteps}</span></span>
    ${
      timestep === 0
        ? html`<span><var>h</var><sub>0</sub> = 0 <span class="aside">before anything was read</span></span>`
        : inputFact(s, shown, actions)
    }
    ${
      unit === undefined || timestep === 0
        ? nothing
        : html`<span><var>z</var><sub>${timestep}</sub>[${unit}] = ${formatNumber(sumOf(trace, timestep, unit))}</span>`
    }
    ${
      unit === undefined
        ? nothing
        : html`<span><var>h</var><sub>${timestep}</sub>[${unit}] = <b>${formatNumber(stateOf(trace, timestep, unit))}</b></span>`
    }
    ${answerFact(s)}
  </div>`;
}

function inputFact(s: Scene, shown: Shown, actions: Actions): TemplateResult {
  const { trace } = s;
  const index = shown.input ?? (s.timestep - 1) * trace.features;
  const t = Math.floor(index / trace.features) + 1;
  const name = trace.features > 1 ? `${t}, ${(index % trace.features) + 1}` : t;
  const value = String(Number((trace.x[index] as number).toFixed(4)));
  const was = s.edited.has(index) ? s.original?.[index] : undefined;
  return html`<span><label><var>x</var><sub>${name}</sub> = <input type="number" step="any"
      aria-label=${`x ${name}: type another value to see what would follow`} .value=${shown.text ?? value} ?disabled=${s.disabled}
      @focus=${() => actions.showInput(index)} @blur=${actions.typed}
      @input=${(event: FieldEvent) => actions.typeInput(index, event.target, false)}
      @change=${(event: FieldEvent) => actions.typeInput(index, event.target, true)}></label>
    ${was === undefined ? nothing : html`<span class="aside">was ${formatNumber(was)}</span>`}</span>`;
}

function answerFact(s: Scene): Content {
  const { trace, timestep } = s;
  if (timestep === 0) return nothing;
  const p = formatNumber(trace.probability[timestep - 1] as number, P_DIGITS);
  if (timestep < trace.timesteps) {
    return s.readouts ? html`<span class="aside">If we asked now (never trained): ${answer} = ${p}</span>` : nothing;
  }
  const { label, loss } = trace;
  // Traced without a label there is no loss, though the page may know the label.
  const miss = Number.isNaN(loss) && p !== 'NaN' ? '' : `, loss ${formatNumber(loss, P_DIGITS)}`;
  const target =
    label === undefined ? nothing : html` <span class="aside">target ${label ? '●' : '○'} <var>y</var> = ${label}${miss}</span>`;
  return html`<span>${answer} = <b>${p}</b>${target}</span>`;
}

// ------------------------------------------------------------------------------------------------------------- legend

export function legend(s: Scene): TemplateResult {
  const limit = s.stateLimit;
  return html`<div class="legend">
    <span class="scale"><var>h</var> ${short(-limit)} <i class="bar"></i> ${short(limit)}</span>
    ${s.weights ? weightScale(s) : nothing}
    ${
      s.weights && s.unit !== undefined && s.timestep > 0
        ? threadKey(s, s.unit)
        : html`<span>choose a unit to see its numbers and what feeds it</span>`
    }
  </div>`;
}

/** Each plate is coloured up to its own largest weight: W's are small where there are many. */
function weightScale(s: Scene): TemplateResult {
  const { u, w, v } = s.weightLimits;
  const most = (name: string, role: string, limit: number) =>
    html`<span><var class=${`role ${role}`}>${name}</var> ±${formatNumber(limit)}</span>`;
  return html`<span class="scale">weights <i class="bar"></i> ${most('W', 'w', w)} ${most('U', 'u', u)} ${most('V', 'v', v)}</span>`;
}

function threadKey(s: Scene, unit: number): TemplateResult {
  const sample = (sign: string) =>
    html`<svg width="26" height="10" aria-hidden="true"><path class=${`thread ${sign}`} d="M1 5h24"></path></svg>`;
  const state = (t: number) => html`<var>h</var><sub>${t}</sub>`;
  return html`<span class="scale">
    <span>threads: row ${unit} of <var>W</var>, from ${state(s.timestep - 1)} into ${state(s.timestep)}[${unit}]</span>
    ${sample('pos')} positive ${sample('neg')} negative</span>`;
}

// ----------------------------------------------------------------------------------------------------------- controls

const BACK = 'M12 1v12L4 7zM2 1h2v12H2z';
const PLAY = 'M3 1l9 6l-9 6z';
const PAUSE = 'M2 1h4v12H2zM8 1h4v12H8z';
const FORWARD = 'M2 1l8 6l-8 6zM10 1h2v12h-2z';

/** One that cannot be pressed now keeps the focus. */
function button(name: string, label: string, icon: string, disabled: boolean, act: () => void): TemplateResult {
  const press = () => {
    if (!disabled) act();
  };
  return html`<button type="button" class=${name} aria-label=${label} aria-disabled=${disabled} @click=${press}>
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d=${icon}></path></svg></button>`;
}

interface Range {
  id: string;
  label: string;
  output: string;
  /** What a screen reader says instead of the bare number. */
  text: string;
  most: number;
  step: number;
  value: number;
  set: (value: number) => void;
}

function range(r: Range, disabled: boolean): TemplateResult {
  return html`<div class=${`control ${r.id}`}><label for=${r.id}>${r.label}</label><output>${r.output}</output>
    <input id=${r.id} type="range" min="0" max=${r.most} step=${r.step} .value=${String(r.value)} ?disabled=${disabled}
      aria-valuetext=${r.text} @input=${(event: FieldEvent) => r.set(Number(event.target.value))}></div>`;
}

export function controls(s: Scene, shown: Shown, actions: Actions): TemplateResult {
  const { trace, timestep, unit, disabled } = s;
  const last = timestep === trace.timesteps;
  const fold = foldSentence(s.l.fold);
  const time: Range = {
    id: 'time',
    label: 'Time step',
    output: `${timestep} of ${trace.timesteps}`,
    text: sentence(trace, timestep, unit),
    most: trace.timesteps,
    step: 1,
    value: timestep,
    set: actions.move,
  };
  const units: Range = {
    id: 'unit',
    label: 'Unit',
    output: unit === undefined ? 'none chosen' : `${unit} of ${trace.units}`,
    text: unitSentence(trace, timestep, unit),
    most: trace.units,
    step: 1,
    value: unit ?? 0,
    set: actions.chooseUnit,
  };
  const folds: Range = {
    id: 'fold',
    label: 'Unrolled → folded',
    output: fold.split(':')[0] as string,
    text: fold,
    most: 1,
    step: 0.01,
    value: s.l.fold,
    set: actions.fold,
  };
  return html`<div class="controls">
    <div class="buttons">
      ${button('back', 'One time step back', BACK, disabled || timestep === 0, () => actions.walk(timestep - 1))}
      ${
        shown.playing
          ? button('play', 'Pause', PAUSE, disabled, actions.pause)
          : button('play', 'Play through time', PLAY, disabled, actions.play)
      }
      ${button('forward', 'One time step forward', FORWARD, disabled || last, () => actions.walk(timestep + 1))}
    </div>
    ${range(time, disabled)}${range(units, disabled)}
    <label class="check"><input type="checkbox" .checked=${s.readouts} ?disabled=${disabled}
      @change=${(event: FieldEvent) => actions.readouts(event.target.checked)}>If we asked now (never trained)</label>
    ${range(folds, disabled)}
  </div>`;
}

// -------------------------------------------------------------------------------------------------------------- table

export function table(s: Scene, shown: Shown, actions: Actions): TemplateResult {
  const opened = (event: Event) => actions.openTable((event.target as HTMLDetailsElement).open);
  return html`<details @toggle=${opened}><summary>These numbers as a table</summary>
    ${
      shown.tableOpen
        ? html`<div class="table" role="region" aria-label="The numbers as a table" tabindex="0">${numbers(s)}</div>`
        : nothing
    }</details>`;
}

function numbers(s: Scene): TemplateResult {
  const { trace, unit } = s;
  const inputs = Array.from({ length: trace.features }, (_, f) => (trace.features > 1 ? `t, ${f + 1}` : 't'));
  const column = (name: unknown) => html`<th scope="col">${name}</th>`;
  const ofUnit = (letter: string) => column(html`<var>${letter}</var><sub>t</sub>[${unit}]`);
  return html`<table>
    <caption>Every number up to the cursor, as traced. In italics: never trained.</caption>
    <thead><tr>${column(html`<var>t</var>`)}${inputs.map((name) => column(html`<var>x</var><sub>${name}</sub>`))}
      ${unit === undefined ? nothing : html`${ofUnit('z')}${ofUnit('h')}`}${column('logit')}${column(answer)}</tr></thead>
    <tbody>${rows(trace, 0, s.timestep, unit).map((row) => {
      const kind = row.t < trace.timesteps ? 'untrained' : '';
      return html`<tr><th scope="row">${row.t}</th>${row.x.map((x) => html`<td>${x}</td>`)}
        ${unit === undefined ? nothing : html`<td>${row.z}</td><td>${row.h}</td>`}
        <td class=${kind}>${row.logit}</td><td class=${kind}>${row.p}</td></tr>`;
    })}</tbody></table>`;
}
