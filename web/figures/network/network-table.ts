/** The table below the picture with all numbers up to the cursor. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMark, featureHead, type DataNames, STANDARDIZED } from '../../shared/data-names.ts';
import type { Actions, PanelState } from './actions.ts';
import { answer } from './network-panels.ts';
import type { Scene } from './scene.ts';
import type { Reading } from './trace.ts';
import { type Row, rows } from './network-sentences.ts';
import { translate } from '../../shared/translate.ts';

/** The largest number of rows. If there are more time steps, the table shows those around the cursor. */
const MOST_ROWS = 100;

export function table(s: Scene, shown: PanelState, actions: Actions): TemplateResult {
  const opened = (event: Event) => actions.openTable((event.target as HTMLDetailsElement).open);
  return html`<details class="numbers" ?open=${shown.tableOpen} @toggle=${opened}><summary>These numbers as a table</summary>
    ${
      shown.tableOpen
        ? html`<div class="table" role="region" aria-label="The numbers as a table" tabindex="0">${numbers(s)}</div>`
        : nothing
    }</details>`;
}

const column = (name: unknown): TemplateResult => html`<th scope="col">${name}</th>`;

function unitColumns(trace: Reading, unit: number): TemplateResult {
  const gate = trace.gates[trace.gate];
  const of = (letter: string) => html`<var>${letter}</var><sub>t</sub>[${unit}]`;
  const sum = gate?.activation
    ? html`${column(html`before ${gate.activation}`)}${column(of(gate.letter))}`
    : column(of('z'));
  return html`${sum}${trace.c ? column(of('c')) : nothing}${column(of('h'))}`;
}

function unitCells(trace: Reading, row: Row): TemplateResult {
  const gated = trace.gates.length > 1;
  return html`<td>${row.z}</td>${gated ? html`<td>${row.gate}</td>` : nothing}${trace.c ? html`<td>${row.c}</td>` : nothing}<td>${row.h}</td>`;
}

function answerColumns(trace: Reading, names: DataNames): TemplateResult {
  if (trace.answer === 'value') return html`${column(html`<var>ŷ</var>`)}`;
  if (trace.answer === 'probability') return html`${column('logit')}${column(answer)}`;
  return html`${Array.from({ length: trace.outputs }, (_, k) => column(names.tokens ? html`<var>p</var>(${classMark(names, k)})` : html`<var>p</var>(class ${k})`))}`;
}

function numbers(s: Scene): TemplateResult {
  const { trace, unit, timestep, names } = s;
  const inputs = names.tokens
    ? [translate('word')]
    : Array.from(
        { length: trace.features },
        (_, f) => featureHead(names, f) ?? html`<var>x</var><sub>${trace.features > 1 ? `t, ${f + 1}` : 't'}</sub>`,
      );
  const from = Math.max(0, timestep - MOST_ROWS);
  const caption = [
    from > 0
      ? translate(`These are the traced numbers of time steps ${from} to ${timestep}.`)
      : translate('These are all traced numbers up to the chosen time step.'),
    trace.layers > 1 ? translate(`The states are those of layer ${trace.layer}.`) : '',
    trace.everyStep ? '' : translate('Answers in italics were never trained.'),
    s.unlabelled ? `${translate('There is no target.')} ${s.unlabelled}` : '',
    s.relabelled ? translate('The target is what the rule says for the changed sequence.') : '',
    names.quantities ? STANDARDIZED : '',
  ];
  return html`<table>
    <caption>${caption.filter(Boolean).join(' ')}</caption>
    <thead><tr>${column(html`<var>t</var>`)}${inputs.map(column)}
      ${unit === undefined ? nothing : unitColumns(trace, unit)}${answerColumns(trace, names)}${column(translate('target'))}</tr></thead>
    <tbody>${rows(trace, from, timestep, unit, names).map((row) => {
      const kind = row.trained ? '' : 'untrained';
      return html`<tr><th scope="row">${row.t}</th>${row.x.map((x) => html`<td>${x}</td>`)}
        ${unit === undefined ? nothing : unitCells(trace, row)}
        ${trace.answer === 'probability' ? html`<td class=${kind}>${row.logit}</td>` : nothing}${row.p.map((p) => html`<td class=${kind}>${p}</td>`)}<td>${row.target}</td></tr>`;
    })}</tbody></table>`;
}
