/**
 * The HTML around the picture: the sentence to notice, the numbers at the cursor, the controls, the check, the table.
 */

import type { DataNames } from '../../shared/data-names.ts';
import { html, nothing, type TemplateResult } from 'lit';
import { radios } from '../../shared/radios.ts';
import { canAsk, explained } from '../../symbols/explained.ts';
import type { Sizes, TermName } from '../../symbols/vocabulary.ts';
import type { Limits } from './backward-painting.ts';
import { type GradientCheck, gradientOf, type ShownGradient, type State, type Tensor } from './backward-data.ts';
import { lowered, scientific } from '../../shared/format.ts';
import {
  emptyNote,
  indexOf,
  type WeightPlace,
  namedEnd,
  placeOf,
  sentence,
  checkConfirms,
  unitSentence,
  verdict,
} from './backward-sentences.ts';
import { plural, translate } from '../../shared/translate.ts';

export interface Actions {
  move(timestep: number): void;
  chooseUnit(unit: number): void;
  chooseMean(mean: boolean): void;
  chooseState(state: State): void;
  chooseLayer(layer: number): void;
  chooseWeight(index: number): void;
  openTable(open: boolean): void;
  vanish(): void;
}

/** The data and settings of the HTML around the picture. */
export interface PanelInput {
  s: ShownGradient;
  timestep: number;
  unit: number | undefined;
  mean: boolean;
  layers: number;
  layer: number;
  disabled: boolean;
  tableOpen: boolean;
  /** What features and classes stand for. */
  names: DataNames;
  /** The word of each time step, from 1; empty if the features are no words, or for the mean of many sequences. */
  words: readonly (string | undefined)[];
}

const valueOf = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber;
const names = ({ state }: ShownGradient, t: number): string => `∂L/∂${state}${lowered(t)}`;

/** The sizes of the layer for the vocabulary. */
const sizesOf = (a: PanelInput): Sizes => ({
  units: a.s.data.units,
  inputs: Number.NaN,
  gates: a.s.data.gates,
  timesteps: a.s.data.timesteps,
  layer: a.layer,
});
/** A symbol with a tooltip. */
const explain = (a: PanelInput, term: TermName, content: unknown): TemplateResult =>
  explained(term, sizesOf(a), content);
const gradient = (a: PanelInput): TermName => (a.s.state === 'c' ? 'dc' : 'dh');
const norm = (a: PanelInput): TemplateResult => explain(a, 'norm', '‖');

/** The numbers at the cursor. */
export function facts(a: PanelInput): TemplateResult {
  const { s, timestep: t, unit, mean } = a;
  const { norms } = s.data;
  const empty = emptyNote(s.data, t);
  const last = s.data.timesteps;
  return html`<p class="facts" data-symbols data-room=${mean}>
    <span>${explain(a, 't', html`<i>t</i>`)} = <b>${t}</b> of ${last}</span>
    <span>${norm(a)}${explain(a, gradient(a), names(s, t))}‖ = <b class="norm">${scientific(s.norms[t - 1] as number)}</b>${mean ? html` <span class="aside">of the mean; mean of the norms ${scientific(s.each[t - 1] as number)}</span>` : nothing}</span>
    ${unit === undefined ? nothing : html`<span>${names(s, t)}[${unit}] = <b>${scientific(gradientOf(s, t, unit))}</b></span>`}
    <span>term ‖${explain(a, 'term', html`δ${lowered(t)} h${lowered(t - 1)}ᵀ`)}‖ = <b class="term">${scientific(norms.term[t - 1] as number)}</b>${empty && norms.term[t - 1] === 0 ? html` <span class="aside">empty: ${empty}</span>` : nothing}</span>
    <span>${t === 1 ? html`‖${explain(a, 'dW', '∂L/∂W')}‖` : t === last ? translate(`added up from t = ${last}`) : translate(`added up from t = ${last} to ${t}`)} = <b class="sum">${scientific(norms.sum[t - 1] as number)}</b></span>
  </p>`;
}

export function legend(a: PanelInput, limits: Limits): TemplateResult {
  const { s, mean } = a;
  return html`<p class="legend" data-symbols>
    <span class="scale">${scientific(-limits.strips)} <i class="bar"></i> ${scientific(limits.strips)}: strips</span>
    <span class="scale">${scientific(-limits.maps)} <i class="bar"></i> ${scientific(limits.maps)}: terms and sums</span>
    ${mean ? html`<span>● norm of the mean ∂L/∂${s.state}; ◇ mean of each sequence’s norm</span>` : html`<span>● norm of ∂L/∂${s.state}</span>`}
    ${canAsk() ? symbolKey(a) : nothing}
  </p>`;
}

/** The letters of the picture, with tooltips. */
function symbolKey(a: PanelInput): TemplateResult {
  const [h, c] = [explain(a, 'dh', '∂L/∂hₜ'), a.s.data.dC.length > 0 ? explain(a, 'dc', '∂L/∂cₜ') : nothing];
  return html`<span>symbols: ${h} ${c} ${explain(a, 'norm', '‖ ‖')} ${explain(a, 'delta', 'δₜ')} ${explain(a, 'term', 'δₜ hₜ₋₁ᵀ')} ${explain(a, 'dW', '∂L/∂W')} ${explain(a, 'L', 'L')} ${explain(a, 'W', html`<span class="w">W</span>`)}</span>`;
}

/** A choice of two, as native radio buttons. */
function either<T extends string>(
  name: string,
  label: string,
  options: readonly [T, string | TemplateResult][],
  chosen: T,
  disabled: boolean,
  choose: (value: T) => void,
): TemplateResult {
  return html`<fieldset class=${name} ?disabled=${disabled}><legend>${label}</legend>
    ${radios(
      options.map(
        ([value, text]) =>
          html`<label><input type="radio" name=${name} .value=${value} .checked=${value === chosen} @change=${() => choose(value)}> <span>${text}</span></label>`,
      ),
    )}</fieldset>`;
}

export function switches(
  a: Pick<PanelInput, 'mean' | 'layers' | 'layer' | 'disabled'>,
  state: State | undefined,
  actions: Actions,
): TemplateResult {
  const { layers } = a;
  return html`<div class="switches">
    ${either(
      'mean',
      translate('Of'),
      [
        ['one', translate('this sequence')],
        ['mean', translate('the batch’s mean')],
      ],
      a.mean ? 'mean' : 'one',
      a.disabled,
      (value) => actions.chooseMean(value === 'mean'),
    )}
    ${
      state === undefined
        ? nothing
        : either(
            'state',
            translate('Gradient'),
            [
              ['h', '∂L/∂h'],
              ['c', '∂L/∂c'],
            ],
            state,
            a.disabled,
            (value) => actions.chooseState(value),
          )
    }
    ${
      layers > 1
        ? html`<label class="layer">Layer <select ?disabled=${a.disabled} @change=${(event: Event) => actions.chooseLayer(Number((event.target as HTMLSelectElement).value))}>
            ${Array.from({ length: layers }, (_, k) => html`<option value=${k + 1} .selected=${k + 1 === a.layer}>${k + 1} of ${layers}</option>`)}</select></label>`
        : nothing
    }
  </div>`;
}

export function controls(a: PanelInput, actions: Actions): TemplateResult {
  const { s, timestep, unit, disabled } = a;
  const { timesteps, units } = s.data;
  return html`<div class="controls">
    <label class="control"><span>Time step</span><output aria-hidden="true">${timestep} of ${timesteps}</output>
      <input id="time" type="range" min="1" max=${timesteps} .value=${String(timestep)} ?disabled=${disabled}
        aria-valuetext=${sentence(s, timestep, unit)} @input=${(event: Event) => actions.move(valueOf(event))}></label>
    <label class="control"><span>Unit</span><output aria-hidden="true">${unit ?? translate('none')}</output>
      <input id="unit" type="range" min="0" max=${units} .value=${String(unit ?? 0)} ?disabled=${disabled}
        aria-valuetext=${unitSentence(s, timestep, unit)} @input=${(event: Event) => actions.chooseUnit(valueOf(event))}></label>
  </div>`;
}

/** The chosen weight, its gradient, and the finite difference beside it. */
export function checkPanel(
  tensors: readonly Tensor[],
  weight: number,
  check: GradientCheck | undefined,
  largest: number | undefined,
  a: PanelInput,
  actions: Actions,
): TemplateResult {
  const place = placeOf(tensors, weight);
  if (!place) return html``;
  const { tensor, row, column } = place;
  const [rows = 1, columns = 1] = tensor.shape;
  const go = (next: Partial<WeightPlace>): void => actions.chooseWeight(indexOf({ ...place, ...next }));
  const field = (id: string, label: string, value: number, most: number, choose: (value: number) => void) =>
    html`<label>${label} <input id=${id} type="number" inputmode="numeric" min="1" max=${most} step="1" .value=${String(value)} ?disabled=${a.disabled}
      @change=${(event: Event) => {
        const typed = valueOf(event);
        const next = Number.isFinite(typed) ? Math.min(Math.max(Math.round(typed), 1), most) : value;
        (event.target as HTMLInputElement).value = String(next);
        if (next !== value) choose(next);
      }}> <span class="aside">of ${most}</span></label>`;
  return html`<section class="check" aria-labelledby="check-title">
    <p class="title" id="check-title">Check one weight: analytic gradient and finite difference</p>
    <div class="choose">
      <label>Tensor <select id="tensor" ?disabled=${a.disabled} @change=${(event: Event) => {
        const chosen = tensors[(event.target as HTMLSelectElement).selectedIndex];
        if (chosen) actions.chooseWeight(chosen.offset);
      }}>${tensors.map((one) => html`<option .selected=${one === tensor}>${one.name}</option>`)}</select></label>
      ${field('row', tensor.shape.length > 1 ? translate('Row') : translate('Number'), row, rows, (next) => go({ row: next }))}
      ${tensor.shape.length > 1 ? field('column', translate('Column'), column, columns, (next) => go({ column: next })) : nothing}
      <span class="aside">${namedEnd(place, tensors, a.names)}</span>
    </div>
    ${check && check.parameter === weight ? result(a, check) : html`<p class="aside pending">Not computed yet.</p>`}
    ${
      check && largest !== undefined && largest !== weight && !checkConfirms(check)
        ? html`<p class="act"><button type="button" id="largest" ?disabled=${a.disabled} @click=${() => actions.chooseWeight(largest)}>Check the weight with the largest gradient</button></p>`
        : nothing
    }
  </section>`;
}

function result(a: PanelInput, check: GradientCheck): TemplateResult {
  const { samples } = a.s.data;
  const step = html`${explain(a, 'step', 's')} = ${scientific(check.step)}`;
  return html`<div data-symbols><dl>
      <div><dt>Analytic ${explain(a, 'dw', '∂L/∂w')}</dt><dd class="analytic">${scientific(check.analytic, 6)}</dd></div>
      <div><dt>Finite difference</dt><dd class="numeric">${scientific(check.numeric, 6)}</dd></div>
      <div><dt>Relative error</dt><dd class="relative">${scientific(check.relativeError)}</dd></div>
    </dl>
    <p class="aside">${verdict(check)} ${
      a.mean
        ? plural(samples, {
            other: html`For the mean of ${samples} sequences the finite difference is (L(w + s) − L(w − s)) / 2s, with ${step}.`,
          })
        : html`For this sequence the finite difference is (L(w + s) − L(w − s)) / 2s, with ${step}.`
    }</p></div>`;
}

/** The largest number of rows. If there are more, the table shows those around the cursor. */
const ROWS = 100;

/** `from`: the first time step in the table, if it does not contain all of them. */
function caption({ s: { data }, mean, layer }: PanelInput, from: number | undefined): string {
  const { samples } = data;
  if (from === undefined)
    return mean
      ? plural(samples, { other: translate(`the mean of ${samples} sequences, layer ${layer}`) })
      : translate(`this sequence, layer ${layer}`);
  const to = from + ROWS - 1;
  return mean
    ? plural(samples, { other: translate(`the mean of ${samples} sequences, layer ${layer}, t = ${from} to ${to}`) })
    : translate(`this sequence, layer ${layer}, t = ${from} to ${to}`);
}

export function table(a: PanelInput, actions: Actions): TemplateResult {
  const { s, unit, mean } = a;
  const { timesteps, norms } = s.data;
  const from = Math.min(Math.max(1, a.timestep - ROWS / 2), Math.max(1, timesteps - ROWS + 1));
  const steps = Array.from({ length: Math.min(ROWS, timesteps) }, (_, k) => from + k);
  const column = (name: string) => html`<th scope="col">${name}</th>`;
  return html`<details ?open=${a.tableOpen} @toggle=${(event: Event) => actions.openTable((event.target as HTMLDetailsElement).open)}>
    <summary>The numbers as a table</summary>
    ${
      a.tableOpen
        ? html`<div class="table" tabindex="0" role="region" aria-label="Numbers of backpropagation through time"><table>
        <caption>${caption(a, timesteps > ROWS ? from : undefined)}</caption>
        <thead><tr>${column('t')}${a.words.length > 0 ? column(translate('word')) : nothing}${column(`‖∂L/∂${s.state}‖`)}${mean ? column(translate('mean of norms')) : nothing}${unit === undefined ? nothing : column(`∂L/∂${s.state}[${unit}]`)}${column(translate('‖term‖'))}${column(translate('‖added up‖'))}</tr></thead>
        <tbody>${steps.map(
          (
            t,
          ) => html`<tr><th scope="row">${t}</th>${a.words.length > 0 ? html`<td>${a.words[t - 1] ?? '…'}</td>` : nothing}<td>${scientific(s.norms[t - 1] as number)}</td>
          ${mean ? html`<td>${scientific(s.each[t - 1] as number)}</td>` : nothing}${unit === undefined ? nothing : html`<td>${scientific(gradientOf(s, t, unit))}</td>`}
          <td>${scientific(norms.term[t - 1] as number)}</td><td>${scientific(norms.sum[t - 1] as number)}</td></tr>`,
        )}</tbody></table></div>`
        : nothing
    }</details>`;
}
