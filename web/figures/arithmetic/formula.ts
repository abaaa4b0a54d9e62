/**
 * The formula with its shapes, the same formula with this run's numbers, and the table of gates. All functions are
 * pure: they turn numbers into HTML.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { radios } from '../../shared/radios.ts';
import type { DataNames } from '../../shared/data-names.ts';
import { explained } from '../../symbols/explained.ts';
import {
  activatedLetter,
  gateOf,
  gatesOfCell,
  groupName,
  pathSymbols,
  resultLetter,
  type Symbol,
  sizesOf,
  sumLetter,
  symbolsOf,
  termName,
} from './cell-vocabulary.ts';
import type { Arithmetic } from './numbers.ts';
import { type Stage, stagesOf } from './rows.ts';
import { toHtml } from './symbols.ts';
import { DIGITS, factor, short, noStatesNote, sourceName } from './calculation-text.ts';
import { plural, translate } from '../../shared/translate.ts';

export interface FormulaActions {
  chooseGate(gate: number): void;
}

const at = (array: Float32Array, k: number): number => array[k] as number;

function symbol(a: Arithmetic, { letter, shape, term, part }: Symbol): TemplateResult {
  return html`<span class="symbol">${explained(term, sizesOf(a, part), toHtml([letter]))}<small>${shape}</small></span>`;
}

/** h_3[5] = tanh(U[5] · x_3 + W[5] · h_2 + b[5]), each symbol with its shape. */
export function formula(a: Arithmetic): TemplateResult {
  const gate = gateOf(a);
  if (!gate) return path(a);
  const s = symbolsOf(a);
  const one = (each: Symbol) => symbol(a, each);
  const product = (before: string, left: Symbol, right: Symbol) =>
    part(...(before ? [before] : []), one(left), '·', one(right));
  const gru = a.cell === 'gru';
  const states =
    gru && a.gate === 2
      ? html`${part('+', one(s.r), '· (')}${product('', s.W, s.h)}${part('+', one(s.recurrentBias), ')')}`
      : html`${product('+', s.W, s.h)}${gru ? part('+', one(s.recurrentBias)) : nothing}`;
  return html`<div class="formula">${part(one(s.out), '=', activationName(a, gate.activation), '(')}${product('', s.U, s.x)}${states}${part('+', one(s.b), ')')}</div>`;
}

/** The name of the activation function, with a tooltip. */
const activationName = (a: Arithmetic, name: string): TemplateResult =>
  html`<i>${explained(name === 'σ' ? 'sigmoid' : 'activation', sizesOf(a), name)}</i>`;

/** Keeps its content on one line. */
const part = (...pieces: unknown[]): TemplateResult =>
  html`<span class="together">${pieces.map((piece) => (typeof piece === 'string' ? html`<i>${piece}</i>` : piece))}</span>`;

/** The formula of the state: symbols with their shapes, then the numbers. */
function path(a: Arithmetic): TemplateResult {
  const { weight, value, product, sum } = a.terms;
  const s = pathSymbols(a);
  const one = (name: string) => symbol(a, s[name] as Symbol);
  const times = (k: number) => `${factor(at(weight, k))} × ${factor(at(value, k))}`;
  const kept = `${times(0)} + ${times(1)} = ${short(at(product, 0))} + ${factor(at(product, 1))}`;
  const line = (name: string, numbers: string, k: number) =>
    html`<p class="line">${toHtml([(s[name] as Symbol).letter])} = ${numbers} = <b>${short(at(sum, k))}</b></p>`;
  if (a.cell === 'gru')
    return html`<div class="formula">${part(one('h'), '=')}${part(one('u'), '·', one('before'))}${part('+ (1 −', one('u'), ') ·', one('g'))}</div>${line('h', kept, 1)}`;
  return html`<div class="formula">${part(one('c'), '=')}${part(one('f'), '·', one('before'))}${part('+', one('i'), '·', one('g'))}</div>${line('c', kept, 1)}
    <div class="formula">${part(one('h'), '=')}${part(one('o'), '·', activationName(a, 'tanh'), '(', one('c'), ')')}</div>${line('h', times(2), 2)}`;
}

// ------------------------------------------------------------------------------------------------------------ numbers

/** The numbers that a group of terms is computed from. */
function stageNumbers(a: Arithmetic, { kind, first, last }: Stage): TemplateResult | typeof nothing {
  const { weight, value } = a.terms;
  if (kind.endsWith('bias')) return nothing;
  const terms = last - first + 1;
  if (terms > 1) return html`<small>${plural(terms, { other: translate(`${terms} terms together`) })}</small>`;
  return html`<small>${factor(at(weight, first))} × ${factor(at(value, first))}</small>`;
}

/** The sum of each group of terms, the running sum below it, and the result. All numbers come from the engine. */
export function chain(a: Arithmetic): TemplateResult | typeof nothing {
  const { part, sum } = a.terms;
  const gate = gateOf(a);
  if (!gate) return nothing; /* The formula of the state shows its numbers itself. */
  const links = stagesOf(a).map((stage) => {
    const result = stage.ends ? html` = ${toHtml([resultLetter(a, stage.final)])}` : nothing;
    return html`<li class=${stage.begins ? 'begins' : ''}><span>${stage.begins ? nothing : '+ '}${toHtml(groupName(a, stage.kind))}</span>
      <b class="own">${short(at(part, stage.last))}</b>${stageNumbers(a, stage)}<span class="so-far">${stage.ends ? translate('sum') : translate('sum so far')} <b class="sum">${short(at(sum, stage.last))}</b>${result}</span></li>`;
  });
  const z = explained('z', sizesOf(a, 'element'), toHtml([sumLetter(a)]));
  const bent = html`<li class="bent"><span>${gate.activation}(${z})</span><b class="own">${short(at(a.a, a.gate))}</b><span class="so-far">= ${toHtml([activatedLetter(a)])}</span></li>`;
  const quiet = noStatesNote(a);
  return html`<ol class="chain" aria-label=${translate(`What each part adds, and the sum so far, with ${DIGITS} decimals`)}>${links}${bent}</ol><p class="aside quiet">${quiet}</p>`;
}

// -------------------------------------------------------------------------------------------------------------- gates

/** One line per gate, and one for the state. Each line has a button that shows its sum below. */
export function gates(a: Arithmetic, disabled: boolean, actions: FormulaActions): TemplateResult | typeof nothing {
  if (a.gates === 1) return nothing;
  const choice = (
    k: number,
    name: string,
    numbers: TemplateResult,
  ) => html`<label class="gate"><input type="radio" name="gate" value=${k}
    .checked=${live(a.gate === k)} ?disabled=${disabled} @change=${() => actions.chooseGate(k)}><span class="gate-name">${name}</span><span>${numbers}</span></label>`;
  const lines = gatesOfCell(a).map((gate, k) =>
    choice(
      k,
      gate.name,
      html`${toHtml([{ letter: gate.letter }])} = ${gate.activation}(${toHtml([sumLetter(a, k)])}) = ${gate.activation}(${short(at(a.z, k))}) = <b>${short(at(a.a, k))}</b>`,
    ),
  );
  const { sum } = a.path as NonNullable<Arithmetic['path']>;
  const t = a.timestep;
  const index = `[${a.unit}]`;
  const states =
    a.cell === 'lstm'
      ? html`${toHtml([{ letter: 'c', low: t, index }])} = <b>${short(at(sum, 1))}</b>, ${toHtml([{ letter: 'h', low: t, index }])} = <b>${short(at(sum, 2))}</b>`
      : html`${toHtml([{ letter: 'h', low: t, index }])} = <b>${short(at(sum, 1))}</b>`;
  return html`<fieldset class="gates"><legend>Which sum?</legend>${radios([...lines, choice(a.gates, a.cell === 'lstm' ? translate('path of the cell state') : translate('path of the state'), states)])}</fieldset>`;
}

// --------------------------------------------------------------------------------------------------------------- term

/** One term with its numbers, and how it changes the running sum. */
export function term(a: Arithmetic, k: number, names: DataNames = {}): TemplateResult {
  const { kind, index, weight, value, product, sum } = a.terms;
  const own = kind[k] as Stage['kind'];
  const numbers = own.endsWith('bias') ? nothing : html`${factor(at(weight, k))} × ${factor(at(value, k))} = `;
  const begins = stagesOf(a).some((stage) => stage.begins && stage.first === k);
  const before = begins ? html`the sum begins with` : html`sum ${short(at(sum, k - 1))} →`;
  const source = sourceName(a, k, names);
  const called = source === '' ? nothing : html` (${source})`;
  return html`${toHtml(termName(a, own, index[k] as number))}${called} = ${numbers}<b>${short(at(product, k))}</b> <span class="aside">· ${before} ${short(at(sum, k))} · term ${k + 1} of ${kind.length}</span>`;
}
