/** The numbers of the picture as a table. Pure. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMark, featureCell, featureHead, STANDARDIZED, targetText } from '../../shared/data-names.ts';
import { formatNumber } from '../../shared/format.ts';
import { toggleTable } from '../../shared/toggle-table.ts';
import { translate } from '../../shared/translate.ts';
import { predictionOf, stateOf } from '../network/trace.ts';
import type { UnrolledScene } from './unrolled-drawing.ts';

const DIGITS = 4;

export function numbersTable(s: UnrolledScene, open: boolean): TemplateResult {
  return html`<details class="numbers" ?open=${open} @toggle=${toggleTable}><summary>These numbers as a table</summary>
    ${open ? html`<div class="table" role="region" aria-label="The numbers as a table" tabindex="0">${numbers(s)}</div>` : nothing}</details>`;
}

/** A row for each time step up to the cursor. Before the last step an answer is shown only if it was trained or is asked for. */
function numbers({ trace, timestep, readouts, quantities, read, words }: UnrolledScene): TemplateResult {
  const names = { quantities, target: words.target, tokens: words.tokens };
  const each = (count: number, cell: (k: number) => unknown): unknown[] =>
    Array.from({ length: count }, (_, k) => cell(k));
  const text = (value: number): string => formatNumber(value, DIGITS);
  const answer = (value: number): string => (trace.answer === 'value' ? targetText(names, value, DIGITS) : text(value));
  const inputs = read ? 1 : trace.features;
  const input = (t: number, f: number): string =>
    read ? (read[t - 1] ?? '…') : featureCell(names, f, trace.x[(t - 1) * trace.features + f] as number, DIGITS);
  const head = (f: number): unknown =>
    read
      ? translate('word')
      : (featureHead(names, f) ?? html`<var>x</var>${trace.features > 1 ? html`[${f + 1}]` : nothing}`);
  const shown = (t: number): boolean => t > 0 && (t === trace.timesteps || readouts || trace.everyStep);
  return html`<table>
    <caption>These are the numbers of the picture, up to the chosen time step. ${quantities ? STANDARDIZED : nothing}</caption>
    <thead><tr><th scope="col"><var>t</var></th>${each(inputs, (f) => html`<th scope="col">${head(f)}</th>`)}
      ${each(trace.units, (j) => html`<th scope="col"><var>h</var>[${j + 1}]</th>`)}${each(trace.outputs, (k) => html`<th scope="col">${trace.answer === 'value' ? html`<var>ŷ</var>` : html`<var>p</var>${trace.outputs > 1 ? html`(${classMark(names, k)})` : nothing}`}</th>`)}</tr></thead>
    <tbody>${each(
      timestep + 1,
      (t) => html`<tr><th scope="row">${t}</th>${each(inputs, (f) => html`<td>${t > 0 ? input(t, f) : nothing}</td>`)}
      ${each(trace.units, (j) => html`<td>${text(stateOf(trace, t, j + 1))}</td>`)}${each(trace.outputs, (k) => html`<td>${shown(t) ? answer(predictionOf(trace, t, k)) : nothing}</td>`)}</tr>`,
    )}</tbody></table>`;
}
