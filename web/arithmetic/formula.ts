/** The formula with its shapes, the same with this run's numbers, and the gates. Pure: from numbers to HTML. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { activatedLetter, gateOf, gatesOf, groupName, pathSymbols, resultLetter, type Symbol, sumLetter, symbolsOf, termName } from './cells.ts';
import type { Arithmetic } from './numbers.ts';
import { type Stage, stagesOf } from './rows.ts';
import { toHtml, toSpeech } from './symbols.ts';
import { DIGITS, factor, short, silence } from './words.ts';

export interface FormulaActions {
  /** A symbol is pointed at or focused; undefined: no more. */
  explain(text: string | undefined): void;
  chooseGate(gate: number): void;
}

const at = (array: Float32Array, k: number): number => array[k] as number;

function symbol({ letter, shape, meaning }: Symbol, actions: FormulaActions): TemplateResult {
  const text = `${toSpeech([letter])}, shape ${shape}: ${meaning}.`;
  const show = () => actions.explain(text);
  const hide = () => actions.explain(undefined);
  return html`<button type="button" class="symbol" @pointerenter=${show} @pointerleave=${hide} @focus=${show} @blur=${hide}
    @click=${show}><span>${toHtml([letter])}</span><small>${shape}</small><span class="hidden">: ${meaning}</span></button>`;
}

/** h_3[5] = tanh(U[5] · x_3 + W[5] · h_2 + b[5]), each symbol with its shape. */
export function formula(a: Arithmetic, actions: FormulaActions): TemplateResult {
  const gate = gateOf(a);
  if (!gate) return path(a, actions);
  const s = symbolsOf(a);
  const one = (each: Symbol) => symbol(each, actions);
  const product = (before: string, left: Symbol, right: Symbol) => part(...(before ? [before] : []), one(left), '·', one(right));
  const gru = a.cell === 'gru';
  const states =
    gru && a.gate === 2
      ? html`${part('+', one(s.r), '· (')}${product('', s.W, s.h)}${part('+', one(s.recurrentBias), ')')}`
      : html`${product('+', s.W, s.h)}${gru ? part('+', one(s.recurrentBias)) : nothing}`;
  return html`<div class="formula">${part(one(s.out), '=', `${gate.activation}(`)}${product('', s.U, s.x)}${states}${part('+', one(s.b), ')')}</div>`;
}

/** What belongs together stays on one line. */
const part = (...pieces: unknown[]): TemplateResult =>
  html`<span class="together">${pieces.map((piece) => (typeof piece === 'string' ? html`<i>${piece}</i>` : piece))}</span>`;

/** The state's path: symbols with their shapes, then the numbers. */
function path(a: Arithmetic, actions: FormulaActions): TemplateResult {
  const { weight, value, product, sum } = a.terms;
  const s = pathSymbols(a);
  const one = (name: string) => symbol(s[name] as Symbol, actions);
  const times = (k: number) => `${factor(at(weight, k))} × ${factor(at(value, k))}`;
  const kept = `${times(0)} + ${times(1)} = ${short(at(product, 0))} + ${factor(at(product, 1))}`;
  const line = (name: string, numbers: string, k: number) => html`<p class="line">${toHtml([(s[name] as Symbol).letter])} = ${numbers} = <b>${short(at(sum, k))}</b></p>`;
  if (a.cell === 'gru')
    return html`<div class="formula">${part(one('h'), '=')}${part(one('u'), '·', one('before'))}${part('+ (1 −', one('u'), ') ·', one('g'))}</div>${line('h', kept, 1)}`;
  return html`<div class="formula">${part(one('c'), '=')}${part(one('f'), '·', one('before'))}${part('+', one('i'), '·', one('g'))}</div>${line('c', kept, 1)}
    <div class="formula">${part(one('h'), '=')}${part(one('o'), '· tanh(', one('c'), ')')}</div>${line('h', times(2), 2)}`;
}

// ------------------------------------------------------------------------------------------------------------ numbers

function stageNumbers(a: Arithmetic, { kind, first, last }: Stage): TemplateResult | typeof nothing {
  const { weight, value, product } = a.terms;
  if (kind.endsWith('bias')) return nothing;
  if (last > first) return html`<small>${last - first + 1} terms</small>`;
  return html`<small>${factor(at(weight, first))} × ${factor(at(value, first))} = ${short(at(product, first))}</small>`;
}

/** The sum as it grows, group by group, and what becomes of it: every number is a running sum of the engine's. */
export function chain(a: Arithmetic): TemplateResult | typeof nothing {
  const { sum } = a.terms;
  const gate = gateOf(a);
  if (!gate) return nothing; /* the path's own lines say it all */
  const links = stagesOf(a).map((stage) => {
    const result = stage.ends ? html` = ${toHtml([resultLetter(a, stage.final)])}` : nothing;
    return html`<li class=${stage.begins ? 'begins' : ''}><span>${stage.begins ? nothing : '+ '}${toHtml(groupName(a, stage.kind))}</span>
      <b class="sum">${short(at(sum, stage.last))}${result}</b>${stageNumbers(a, stage)}</li>`;
  });
  const bent = html`<li><span>${gate.activation}(${toHtml([sumLetter(a)])})</span><b class="sum">${short(at(a.a, a.gate))} = ${toHtml([activatedLetter(a)])}</b></li>`;
  const quiet = silence(a);
  return html`<ol class="chain" aria-label=${`The sum as it grows, with ${DIGITS} decimals`}>${links}${bent}</ol>${quiet ? html`<p class="aside">${quiet}</p>` : nothing}`;
}

// -------------------------------------------------------------------------------------------------------------- gates

/** One line a gate, and the state's path: each chooses what is taken apart below. */
export function gates(a: Arithmetic, disabled: boolean, actions: FormulaActions): TemplateResult | typeof nothing {
  if (a.gates === 1) return nothing;
  const choice = (k: number, name: string, numbers: TemplateResult) => html`<label class="gate"><input type="radio" name="gate" value=${k}
    .checked=${live(a.gate === k)} ?disabled=${disabled} @change=${() => actions.chooseGate(k)}><span class="gate-name">${name}</span><span>${numbers}</span></label>`;
  const lines = gatesOf(a).map((gate, k) =>
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
  return html`<fieldset class="gates"><legend>Which sum?</legend>${lines}${choice(a.gates, a.cell === 'lstm' ? 'path of the cell state' : 'path of the state', states)}</fieldset>`;
}

// --------------------------------------------------------------------------------------------------------------- term

/** One term with its numbers, and what it does to the sum. */
export function term(a: Arithmetic, k: number): TemplateResult {
  const { kind, index, weight, value, product, sum } = a.terms;
  const own = kind[k] as Stage['kind'];
  const numbers = own.endsWith('bias') ? nothing : html`${factor(at(weight, k))} × ${factor(at(value, k))} = `;
  const begins = stagesOf(a).some((stage) => stage.begins && stage.first === k);
  const before = begins ? html`the sum begins with` : html`sum ${short(at(sum, k - 1))} →`;
  return html`${toHtml(termName(a, own, index[k] as number))} = ${numbers}<b>${short(at(product, k))}</b> <span class="aside">· ${before} ${short(at(sum, k))} · term ${k + 1} of ${kind.length}</span>`;
}
