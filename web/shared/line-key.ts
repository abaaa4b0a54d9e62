/** The key below a chart: a sample of each line and band that no label in the chart names, with its name. */

import { css, html, nothing, svg, type TemplateResult } from 'lit';

/**
 * `kind`: the class that the line has in the chart; `band`: that of a band around it. `absent`: the chart has none now,
 * and its name keeps its room.
 */
export const keyed = (kind: string, name: string, { band = '', absent = false } = {}): TemplateResult =>
  html`<span class=${absent ? 'absent' : ''}><svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true">${band ? svg`<rect class=${band} width="30" height="12" />` : nothing}<path class=${kind} d="M0 6h30" /></svg>${name}</span>`;

export const lineKey = css`
  .key { display: flex; flex-wrap: wrap; gap: 2px 18px; min-height: 24px; margin: 2px 0 0; color: var(--ink-2); font-size: 13px; line-height: 1.4; }
  .key > span { display: inline-flex; gap: 7px; align-items: baseline; }
  .key .absent { visibility: hidden; }
  .key svg { flex: none; width: 30px; overflow: visible; transform: translateY(1px); }
`;
