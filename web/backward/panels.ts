/** The HTML around the picture: what is to be noticed, the numbers at the cursor, controls, the check, the table. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Limits } from './paint.ts';
import { type GradientCheck, gradientOf, type Shown, type State, type Tensor } from './view.ts';
import { emptyNote, indexOf, lowered, type Place, placeOf, scaled, sentence, unitSentence, verdict, whose } from './words.ts';

export interface Actions {
  move(timestep: number): void;
  chooseUnit(unit: number): void;
  chooseMean(mean: boolean): void;
  chooseState(state: State): void;
  chooseLayer(layer: number): void;
  chooseWeight(index: number): void;
  openTable(open: boolean): void;
}

/** What stands around the picture. */
export interface Around {
  s: Shown;
  timestep: number;
  unit: number | undefined;
  mean: boolean;
  layers: number;
  layer: number;
  disabled: boolean;
  tableOpen: boolean;
}

const valueOf = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber;
const names = ({ state }: Shown, t: number): string => `∂L/∂${state}${lowered(t)}`;

/** The numbers at the cursor. */
export function facts(a: Around): TemplateResult {
  const { s, timestep: t, unit, mean } = a;
  const { norms } = s.data;
  const empty = emptyNote(s.data, t);
  const last = s.data.timesteps;
  return html`<p class="facts">
    <span><i>t</i> = <b>${t}</b> of ${last}</span>
    <span>‖${names(s, t)}‖ = <b class="norm">${scaled(s.norms[t - 1] as number)}</b>${mean ? html` <span class="aside">of the mean; mean of the norms ${scaled(s.each[t - 1] as number)}</span>` : nothing}</span>
    ${unit === undefined ? nothing : html`<span>${names(s, t)}[${unit}] = <b>${scaled(gradientOf(s, t, unit))}</b></span>`}
    <span>term ‖δ${lowered(t)} h${lowered(t - 1)}ᵀ‖ = <b class="term">${scaled(norms.term[t - 1] as number)}</b>${empty && norms.term[t - 1] === 0 ? html` <span class="aside">empty: ${empty}</span>` : nothing}</span>
    <span>${t === 1 ? '‖∂L/∂W‖' : t === last ? `added up from t = ${last}` : `added up from t = ${last} to ${t}`} = <b class="sum">${scaled(norms.sum[t - 1] as number)}</b></span>
  </p>`;
}

export function legend(s: Shown, limits: Limits, mean: boolean): TemplateResult {
  return html`<p class="legend">
    <span class="scale">${scaled(-limits.strips)} <i class="bar"></i> ${scaled(limits.strips)}: strips</span>
    <span class="scale">${scaled(-limits.maps)} <i class="bar"></i> ${scaled(limits.maps)}: terms and sums</span>
    <span>● norm of ${mean ? `the mean ∂L/∂${s.state}` : `∂L/∂${s.state}`}${mean ? '; ◇ mean of each sequence’s norm' : ''}</span>
  </p>`;
}

/** One of two, by native radio buttons. */
function either<T extends string>(name: string, label: string, options: readonly [T, string | TemplateResult][], chosen: T, disabled: boolean, choose: (value: T) => void): TemplateResult {
  return html`<fieldset class=${name} ?disabled=${disabled}><legend>${label}</legend>
    ${options.map(
      ([value, text]) => html`<label><input type="radio" name=${name} .value=${value} .checked=${value === chosen} @change=${() => choose(value)}> <span>${text}</span></label>`,
    )}</fieldset>`;
}

export function switches(a: Pick<Around, 'mean' | 'layers' | 'layer' | 'disabled'>, state: State | undefined, actions: Actions): TemplateResult {
  const { layers } = a;
  return html`<div class="switches">
    ${either('mean', 'Of', [['one', 'this sequence'], ['mean', 'the batch’s mean']], a.mean ? 'mean' : 'one', a.disabled, (value) => actions.chooseMean(value === 'mean'))}
    ${state === undefined ? nothing : either('state', 'Gradient', [['h', '∂L/∂h'], ['c', '∂L/∂c']], state, a.disabled, (value) => actions.chooseState(value))}
    ${
      layers > 1
        ? html`<label class="layer">Layer <select ?disabled=${a.disabled} @change=${(event: Event) => actions.chooseLayer(Number((event.target as HTMLSelectElement).value))}>
            ${Array.from({ length: layers }, (_, k) => html`<option value=${k} .selected=${k === a.layer}>${k + 1} of ${layers}</option>`)}</select></label>`
        : nothing
    }
  </div>`;
}

export function controls(a: Around, actions: Actions): TemplateResult {
  const { s, timestep, unit, disabled } = a;
  const { timesteps, units } = s.data;
  return html`<div class="controls">
    <label class="control"><span>Time step</span><output aria-hidden="true">${timestep} of ${timesteps}</output>
      <input id="time" type="range" min="1" max=${timesteps} .value=${String(timestep)} ?disabled=${disabled}
        aria-valuetext=${sentence(s, timestep, unit)} @input=${(event: Event) => actions.move(valueOf(event))}></label>
    <label class="control"><span>Unit</span><output aria-hidden="true">${unit ?? 'none'}</output>
      <input id="unit" type="range" min="0" max=${units} .value=${String(unit ?? 0)} ?disabled=${disabled}
        aria-valuetext=${unitSentence(s, timestep, unit)} @input=${(event: Event) => actions.chooseUnit(valueOf(event))}></label>
  </div>`;
}

/** The chosen weight, its gradient, and the finite difference beside it. */
export function checkPanel(
  tensors: readonly Tensor[],
  weight: number,
  check: GradientCheck | undefined,
  a: { mean: boolean; samples: number; disabled: boolean },
  actions: Actions,
): TemplateResult {
  const place = placeOf(tensors, weight);
  if (!place) return html``;
  const { tensor, row, column } = place;
  const [rows = 1, columns = 1] = tensor.shape;
  const go = (next: Partial<Place>): void => actions.chooseWeight(indexOf({ ...place, ...next }));
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
      ${field('row', tensor.shape.length > 1 ? 'Row' : 'Number', row, rows, (next) => go({ row: next }))}
      ${tensor.shape.length > 1 ? field('column', 'Column', column, columns, (next) => go({ column: next })) : nothing}
    </div>
    ${check && check.parameter === weight ? result(check, whose({ samples: a.samples } as never, a.mean)) : html`<p class="aside pending">Not computed yet.</p>`}
  </section>`;
}

function result(check: GradientCheck, of: string): TemplateResult {
  return html`<dl>
      <div><dt>Analytic ∂L/∂w</dt><dd class="analytic">${scaled(check.analytic, 6)}</dd></div>
      <div><dt>Finite difference</dt><dd class="numeric">${scaled(check.numeric, 6)}</dd></div>
      <div><dt>Relative error</dt><dd class="relative">${scaled(check.relativeError)}</dd></div>
    </dl>
    <p class="aside">${verdict(check)} Of ${of}: (L(w + s) − L(w − s)) / 2s, with s = ${scaled(check.step)}.</p>`;
}

/** Around the cursor, where there are many. */
const ROWS = 100;

export function table(a: Around, actions: Actions): TemplateResult {
  const { s, unit, mean } = a;
  const { timesteps, norms } = s.data;
  const from = Math.min(Math.max(1, a.timestep - ROWS / 2), Math.max(1, timesteps - ROWS + 1));
  const steps = Array.from({ length: Math.min(ROWS, timesteps) }, (_, k) => from + k);
  const column = (name: string) => html`<th scope="col">${name}</th>`;
  return html`<details ?open=${a.tableOpen} @toggle=${(event: Event) => actions.openTable((event.target as HTMLDetailsElement).open)}>
    <summary>The numbers as a table</summary>
    ${
      a.tableOpen
        ? html`<div class="table" tabindex="0" role="region" aria-label="Numbers of the way back"><table>
        <caption>${whose(s.data, mean)}, layer ${a.layer + 1}${timesteps > ROWS ? `, t = ${from} to ${from + ROWS - 1}` : ''}</caption>
        <thead><tr>${column('t')}${column(`‖∂L/∂${s.state}‖`)}${mean ? column('mean of norms') : nothing}${unit === undefined ? nothing : column(`∂L/∂${s.state}[${unit}]`)}${column('‖term‖')}${column('‖added up‖')}</tr></thead>
        <tbody>${steps.map(
          (t) => html`<tr><th scope="row">${t}</th><td>${scaled(s.norms[t - 1] as number)}</td>
          ${mean ? html`<td>${scaled(s.each[t - 1] as number)}</td>` : nothing}${unit === undefined ? nothing : html`<td>${scaled(gradientOf(s, t, unit))}</td>`}
          <td>${scaled(norms.term[t - 1] as number)}</td><td>${scaled(norms.sum[t - 1] as number)}</td></tr>`,
        )}</tbody></table></div>`
        : nothing
    }</details>`;
}

const SYMBOLS: readonly (readonly [string, string])[] = [
  ['∂L/∂hₜ', 'how the loss L would move with each unit of the state h at step t, through all that comes after it; shape (units)'],
  ['‖ ‖', 'the length of a vector: the root of the sum of squares (of a map: Frobenius)'],
  ['δₜ', '∂L/∂zₜ, the gradient before the activation; shape (gates · units)'],
  ['δₜ hₜ₋₁ᵀ', 'what step t adds to ∂L/∂W: each row one number of δ, each column one unit of the state before; shape (units, units) for each gate'],
  ['∂L/∂W', 'the terms of all steps added up: W is the same at every step, so it has one gradient'],
];

export function symbols(cell: boolean): TemplateResult {
  return html`<details class="symbols"><summary>What the symbols say</summary><dl>
    ${SYMBOLS.map(([symbol, text]) => html`<div><dt>${symbol}</dt><dd>${text}</dd></div>`)}
    ${cell ? html`<div><dt>∂L/∂cₜ</dt><dd>the same for the cell state c of an LSTM, by way of hₜ and of cₜ₊₁</dd></div>` : nothing}</dl></details>`;
}
