/** The HTML around the picture: the values at the cursor, the legend, the controls. The functions are pure. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { replaceComma, roomFor } from '../../shared/number-field.ts';
import {
  className,
  classMark,
  featureName,
  featureText,
  quantityField,
  quantityHead,
  quoted,
  targetText,
} from '../../shared/data-names.ts';
import { endText, fieldText, formatNumber } from '../../shared/format.ts';
import type { Actions, Content, FieldEvent, PanelState } from './actions.ts';
import { choices, weightEditor } from './selection.ts';
import { gateIndex } from './gutter.ts';
import { loopCut, type Scene } from './scene.ts';
import { canAsk, explained } from '../../symbols/explained.ts';
import type { TermName } from '../../symbols/vocabulary.ts';
import { classOf, gateOf, predictionOf, sizesOf, stateOf, sumOf, targetOf, trained, VALUE_DIGITS } from './trace.ts';
import {
  cutSentence,
  foldSentence,
  P_DIGITS,
  sentence,
  TARGET_OF_CHANGED,
  targetWords,
  unitSentence,
} from './network-sentences.ts';
import { translate } from '../../shared/translate.ts';

export const answer = html`<var>p</var>(<var>y</var> = 1)`;
/** A symbol with a tooltip. */
const explain = (s: Scene, term: TermName, content: unknown): TemplateResult =>
  explained(term, sizesOf(s.trace), content);
/** One element of the symbol's value, with a tooltip. */
const explainElement = (s: Scene, term: TermName, content: unknown): TemplateResult =>
  explained(term, { ...sizesOf(s.trace), part: 'element' }, content);
/** The symbol of a gate or state at a time step. */
const at = (s: Scene, term: TermName, letter: string, unit: number) =>
  explainElement(s, term, html`<var>${letter}</var><sub>${s.timestep}</sub>[${unit}]`);

// ------------------------------------------------------------------------------------------------------------- values

export function facts(s: Scene, shown: PanelState, actions: Actions): TemplateResult {
  const { trace, timestep, unit } = s;
  return html`<div class="facts" data-symbols data-room=${`${trace.gates.length} ${s.cut}`}>
    <span>${explain(s, 't', html`<var>t</var>`)} = <b>${timestep}</b> <span class="aside">of ${trace.timesteps}</span></span>
    ${
      timestep === 0
        ? html`<span>${explain(s, 'h0', html`<var>h</var><sub>0</sub>`)} = 0 <span class="aside">before anything was read</span></span>`
        : inputFact(s, shown, actions)
    }
    ${unit === undefined ? nothing : unitFacts(s, unit)}
    ${answerFact(s)}${cutFact(s)}
  </div>`;
}

/** z and h of a unit. A gated cell also shows the value of the chosen gate and its states. */
function unitFacts(s: Scene, unit: number): TemplateResult {
  const { trace, timestep: t } = s;
  const gate = trace.gates[trace.gate];
  const c = trace.c?.[t * trace.units + unit - 1];
  const sum = (): TemplateResult =>
    gate?.activation
      ? html`<span>${at(s, gate.term, gate.letter, unit)} = ${explain(s, gate.activation === 'σ' ? 'sigmoid' : 'activation', gate.activation)}(${formatNumber(sumOf(trace, t, unit))}) = ${formatNumber(gateOf(trace, t, unit))}
          <span class="aside">${gate.name}</span></span>`
      : html`<span>${at(s, 'z', 'z', unit)} = ${formatNumber(sumOf(trace, t, unit))}</span>`;
  return html`${t === 0 ? nothing : sum()}
    ${c === undefined ? nothing : html`<span>${at(s, 'c', 'c', unit)} = <b>${formatNumber(c)}</b></span>`}
    <span>${at(s, 'h', 'h', unit)} = <b>${formatNumber(stateOf(trace, t, unit))}</b></span>`;
}

function cutFact(s: Scene): Content {
  const words = cutSentence(s.trace, s.cut, s.reset);
  return words ? html`<span class="cut-words">✕ ${words}</span>` : nothing;
}

function inputFact(s: Scene, shown: PanelState, actions: Actions): TemplateResult {
  const { trace } = s;
  const { names } = s;
  const read = names.tokens?.indexOf(s.words[s.timestep] ?? '') ?? 0;
  const first = (s.timestep - 1) * trace.features + Math.max(0, read);
  const index = shown.input !== undefined && shown.input < trace.x.length ? shown.input : first;
  const t = Math.floor(index / trace.features) + 1;
  const feature = index % trace.features;
  const quantity = names.quantities?.[feature];
  const value = trace.x[index] as number;
  const text = shown.text ?? (quantity ? quantityField(quantity, value) : fieldText(value));
  const called = featureName(names, feature);
  const name = trace.features > 1 && called === undefined ? `${t}, ${feature + 1}` : t;
  const was = s.edited.has(index) ? s.original?.[index] : undefined;
  const askInput = (content: unknown): TemplateResult =>
    (trace.features > 1 ? explainElement : explain)(s, 'x', content);
  if (s.fixed)
    return html`<span>${askInput(html`<var>x</var><sub>${name}</sub>`)}${quantity ? html` ${quantity.name}` : nothing} = ${names.tokens ? readWord(s, t) : featureText(names, feature, value)}</span>`;
  return html`<span>${askInput(html`<var>x</var><sub>${name}</sub>`)}${quantity ? html` ${quantity.name}` : nothing}${names.tokens ? html`: <b>${readWord(s, t)}</b>` : nothing} ${names.tokens ? whichWord(s, index, actions) : nothing}<label>= <input type="number" step="any"
      aria-label=${called === undefined ? translate(`x ${name}: type another value to see what would follow`) : translate(`${called} at t = ${t}: type another value to see what would follow`)} .value=${live(text)} ${roomFor(text)} ?disabled=${s.disabled}
      @beforeinput=${replaceComma} @focus=${() => actions.showInput(index)} @blur=${actions.typed}
      @input=${(event: FieldEvent) => actions.typeInput(index, event.target, false)}
      @change=${(event: FieldEvent) => actions.typeInput(index, event.target, true)}>${quantity?.unit ? html` ${quantity.unit}` : nothing}</label>
    ${s.l.inputCells && !names.tokens ? whichFeature(s, index, actions) : nothing}
    ${was === undefined ? nothing : html`<span class="aside">was ${featureText(names, feature, was)}</span>`}
    ${shown.complaint?.field === 'input' ? html`<span class="complaint">${shown.complaint.text}</span>` : nothing}</span>`;
}

/** The word that a time step reads. */
const readWord = ({ words }: Scene, t: number): string => {
  const word = words[t];
  return word === undefined ? translate('no word of the text') : quoted(word);
};

/** The menu that chooses the word whose number is in the field: 1 where it is read, otherwise 0. */
function whichWord(s: Scene, index: number, actions: Actions): TemplateResult {
  const { features } = s.trace;
  const chosen = index % features;
  return html`<select aria-label="word" ?disabled=${s.disabled} @change=${({ target }: Event) => actions.showInput(index - chosen + (target as HTMLSelectElement).selectedIndex)}>${Array.from(
    { length: features },
    (_, f) => html`<option .selected=${f === chosen}>${classMark(s.names, f)}</option>`,
  )}</select> `;
}

/** The menu that chooses the feature in the number field, if inputs are cells that cannot be dragged. */
function whichFeature(s: Scene, index: number, actions: Actions): TemplateResult {
  const { features } = s.trace;
  const feature = (index % features) + 1;
  const choose = ({ target }: FieldEvent): void => {
    if (target.validity.valid && target.value !== '') actions.showInput(index - feature + target.valueAsNumber);
    else target.value = String(feature);
  };
  if (s.names.quantities)
    return html`<select aria-label="feature" ?disabled=${s.disabled} @change=${({ target }: Event) => actions.showInput(index - feature + 1 + (target as HTMLSelectElement).selectedIndex)}>${s.names.quantities.map(
      (quantity, f) => html`<option .selected=${f === feature - 1}>${quantityHead(quantity)}</option>`,
    )}</select>`;
  return html`<label class="aside">feature <input class="feature" type="number" min="1" max=${features} step="1" .value=${String(feature)}
    ?disabled=${s.disabled} @change=${choose}></label>`;
}

/** For example p(y = 1) = 0.713, class 2 with p = 0.713, or ŷ = 0.713. */
function answerValue(s: Scene, strong: boolean): TemplateResult {
  const { trace, timestep: t } = s;
  const best = classOf(trace, t);
  const p = predictionOf(trace, t, best);
  const value = trace.answer === 'value' ? targetText(s.names, p, VALUE_DIGITS) : formatNumber(p, P_DIGITS);
  const shown = strong ? html`<b>${value}</b>` : value;
  if (trace.answer === 'value')
    return html`${explain(s, 'yHat', html`<var>ŷ</var>${trace.everyStep ? html`<sub>${t}</sub>` : nothing}`)} = ${shown}`;
  if (trace.answer === 'classes')
    return html`most probable: ${strong ? html`<b>${className(s.names, best)}</b>` : className(s.names, best)}, ${explainElement(s, 'p', html`<var>p</var>`)} = ${shown}`;
  return html`${explain(s, 'p', answer)} = ${shown}`;
}

const MARKS = { probability: (target: number) => (target ? '●' : '○'), classes: () => '●', value: () => '◆' };

function answerFact(s: Scene): Content {
  const { trace, timestep } = s;
  if (timestep === 0) return nothing;
  if (!trained(trace, timestep)) {
    return s.readouts
      ? html`<span class="aside">The answer now, which was never trained: ${answerValue(s, false)}</span>`
      : nothing;
  }
  const target = targetOf(trace, timestep);
  const known = predictionOf(trace, timestep);
  // A sequence that was traced without a label has no loss, although the page may know the label.
  const none = timestep < trace.timesteps || (Number.isNaN(trace.loss) && !Number.isNaN(known));
  if (target === undefined)
    return html`<span>${answerValue(s, true)}${s.unlabelled ? html` <span class="aside">no target: ${s.unlabelled}</span>` : nothing}</span>`;
  const y = html`<var>y</var>${trace.everyStep ? html`<sub>${timestep}</sub>` : nothing}`;
  const value =
    trace.answer === 'classes'
      ? className(s.names, target)
      : html`${explain(s, 'y', y)} = ${targetWords(trace, target, s.names)}`;
  const goal = html`${s.relabelled ? TARGET_OF_CHANGED : translate('target')} ${MARKS[trace.answer](target)} ${value}`;
  const loss = () => html`${explain(s, 'L', translate('loss'))} ${formatNumber(trace.loss, P_DIGITS)}`;
  const aim = none ? goal : trace.everyStep ? html`${goal}, ${loss()} over all steps` : html`${goal}, ${loss()}`;
  return html`<span>${answerValue(s, true)} <span class="aside">${aim}</span></span>`;
}

// ------------------------------------------------------------------------------------------------------------- legend

export function legend(s: Scene): TemplateResult {
  const limit = s.stateLimit;
  const { state } = s.trace;
  return html`<div class="legend" data-symbols>
    <span class="scale">${explain(s, state, html`<var>${state}</var>`)} ${endText(-limit)} <i class="bar"></i> ${endText(limit)}</span>
    ${state === 'c' ? carriedKey(s) : nothing}
    ${s.weights ? weightScale(s) : nothing}
    ${canAsk() ? html`<span>${symbolKey(s)}</span>` : nothing}
    ${
      s.unit === undefined
        ? html`<span>choose a unit to see its numbers and what feeds it</span>`
        : s.weights && s.timestep > 0 && state === 'h' && !loopCut(s, s.timestep)
          ? threadKey(s, s.unit)
          : nothing
    }
  </div>`;
}

function carriedKey(s: Scene): TemplateResult {
  const [f, o, h] = [
    explain(s, 'forgetGate', html`<var>f</var>`),
    explain(s, 'outputGate', html`<var>o</var>`),
    explain(s, 'h', html`<var>h</var>`),
  ];
  return html`<span><var>c</var> has no bound, so it has a scale of its own. It is carried on as ${f} ${explain(s, 'times', '⊙')} <var>c</var>, not through <var class="role w">W</var>.
    The readout takes ${h} = ${o} ⊙ ${explain(s, 'activation', 'tanh')}(<var>c</var>).</span>`;
}

/** The other letters of the picture, with tooltips. */
function symbolKey(s: Scene): TemplateResult {
  const sub = (letter: string, low: string | number) => html`<var>${letter}</var><sub>${low}</sub>`;
  const answers: Record<typeof s.trace.answer, () => TemplateResult> = {
    probability: () => explain(s, 'p', html`<var>p</var>`),
    classes: () => explain(s, 'p', html`<var>p</var>`),
    value: () => explain(s, 'yHat', html`<var>ŷ</var>`),
  };
  const second = s.trace.gates.length === 3 ? explain(s, 'recurrentBias', html`<var>b′</var>`) : nothing;
  return html`symbols: ${explain(s, 'x', sub('x', 't'))} ${explain(s, 'h0', sub('h', 0))} ${s.weights ? nothing : roles(s)} ${explain(s, 'b', html`<var>b</var>`)} ${second} ${answers[s.trace.answer]()} ${explain(s, 'y', html`<var>y</var>`)} ${explain(s, 'T', html`<var>T</var>`)}`;
}

const roles = (s: Scene): TemplateResult[] =>
  (['W', 'U', 'V'] as const).map((role) =>
    explain(s, role, html`<var class=${`role ${role.toLowerCase()}`}>${role}</var>`),
  );

/**
 * Each weight matrix has a color scale up to its own largest weight, because the weights of W are small if there are
 * many units.
 */
function weightScale(s: Scene): TemplateResult {
  const { u, w, v } = s.weightLimits;
  const limits = [w, u, v];
  return html`<span class="scale">weights <i class="bar"></i> ${roles(s).map((role, k) => html`<span>${role} ±${formatNumber(limits[k] as number)}</span>`)}</span>`;
}

function threadKey(s: Scene, unit: number): TemplateResult {
  const sample = (sign: string) =>
    html`<svg width="26" height="10" aria-hidden="true"><path class=${`thread ${sign}`} d="M1 5h24"></path></svg>`;
  const state = (t: number) => html`<var>h</var><sub>${t}</sub>`;
  const gate = gateIndex(s);
  const into = gate
    ? html`<var>${s.trace.gates[s.trace.gate]?.letter}</var><sub>${s.timestep}</sub>`
    : state(s.timestep);
  return html`<span class="scale">
    <span>threads: row ${unit} of <var>W</var>${gate ? html`<sub><var>${gate}</var></sub>` : nothing}, from ${state(s.timestep - 1)} into ${into}[${unit}]</span>
    ${sample('pos')} positive ${sample('neg')} negative</span>`;
}

// ----------------------------------------------------------------------------------------------------------- controls

const BACK = 'M12 1v12L4 7zM2 1h2v12H2z';
const PLAY = 'M3 1l9 6l-9 6z';
const PAUSE = 'M2 1h4v12H2zM8 1h4v12H8z';
const FORWARD = 'M2 1l8 6l-8 6zM10 1h2v12h-2z';

/** A disabled button uses aria-disabled so that it keeps the focus. */
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
  /** The text that a screen reader announces instead of the number. */
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

export function controls(s: Scene, shown: PanelState, actions: Actions): TemplateResult {
  const { trace, timestep, unit, disabled } = s;
  const last = timestep === trace.timesteps;
  const fold = foldSentence(s.l.fold);
  const time: Range = {
    id: 'time',
    label: translate('Time step'),
    output: translate(`${timestep} of ${trace.timesteps}`),
    text: sentence(trace, timestep, unit, s),
    most: trace.timesteps,
    step: 1,
    value: timestep,
    set: actions.move,
  };
  const units: Range = {
    id: 'unit',
    label: translate('Unit'),
    output: unit === undefined ? translate('none chosen') : translate(`${unit} of ${trace.units}`),
    text: unitSentence(trace, timestep, unit),
    most: trace.units,
    step: 1,
    value: unit ?? 0,
    set: actions.chooseUnit,
  };
  const folds: Range = {
    id: 'fold',
    label: translate('Unrolled → folded'),
    output: fold.split(':')[0] as string,
    text: fold,
    most: 1,
    step: 0.01,
    value: s.l.fold,
    set: actions.fold,
  };
  return html`<div class="controls">
    <div class="buttons">
      ${button('back', translate('One time step back'), BACK, disabled || timestep === 0, () => actions.walk(timestep - 1))}
      ${
        shown.playing
          ? button('play', translate('Pause'), PAUSE, disabled, actions.pause)
          : button('play', translate('Play through time'), PLAY, disabled, actions.play)
      }
      ${button('forward', translate('One time step forward'), FORWARD, disabled || last, () => actions.walk(timestep + 1))}
    </div>
    ${range(time, disabled)}${range(units, disabled)}
    ${
      trace.everyStep
        ? html`<span class="check aside">Trained to answer at every step</span>`
        : html`<label class="check"><input type="checkbox" .checked=${s.readouts} ?disabled=${disabled}
      @change=${(event: FieldEvent) => actions.readouts(event.target.checked)}>Show the answer after every step (only the last one was trained)</label>`
    }
    ${range(folds, disabled)}
  </div>${choices(s, actions)}${weightEditor(s, shown, actions)}`;
}
