/** The look of `<rnn-many>`. */

import { css } from 'lit';
import { lineKey } from '../../shared/line-key.ts';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  .title { font-weight: 600; }
  .notice { margin: 0 0 6px; color: var(--ink-2); }
  .plot { position: relative; }
  svg { forced-color-adjust: none; display: block; width: 100%; touch-action: pan-y pinch-zoom; }
  text { fill: var(--ink-2); font-size: 12px; }
  .grid { stroke: var(--line); }
  .chance { fill: var(--band); }
  .reference { stroke: var(--ink-2); stroke-dasharray: 1 3; }
  .ghosts { fill: none; stroke: var(--ghost); stroke-width: 1; opacity: 0.45; }
  .run { fill: none; stroke: var(--train); stroke-width: 2; }
  .dot { fill: var(--fresh); opacity: 0.75; }
  .dot.chosen { fill: var(--ink); stroke: var(--paper); stroke-width: 2; opacity: 1; }
  ${lineKey}
  .controls { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; margin-top: 6px; }
  .controls label { display: flex; flex: 1 1 16rem; gap: 10px; align-items: center; }
  input { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  output { flex: 1 0 22em; max-width: 100%; min-height: 1.4em; color: var(--ink-2); }
  button { min-height: 2.25rem; padding: 0.2rem 0.8rem; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--paper); color: var(--ink); font: 500 14px/1.4 var(--font-text); cursor: pointer; }
  button[aria-disabled='true'] { border-color: var(--line); color: var(--ink-2); cursor: default; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  figcaption { margin-top: 4px; color: var(--ink-2); font-size: 14px; }
  summary { min-height: 24px; width: fit-content; color: var(--ink-2); font-size: 14px; cursor: pointer; }
  .table { max-height: 20rem; overflow: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 2px 12px 2px 0; text-align: right; }
`;
