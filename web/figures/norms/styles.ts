/** The look of `<rnn-norms>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';
import { lineKey } from '../../shared/line-key.ts';

export const styles = css`
  ${host}
  .empty { min-height: 310px; }
  .title { font-weight: 600; }
  svg { forced-color-adjust: none; display: block; width: 100%; touch-action: pan-y pinch-zoom; }
  text { fill: var(--ink-2); font-size: 12px; }
  .grid { stroke: var(--line); }
  .level { stroke: var(--ink-2); stroke-dasharray: 1 3; }
  .ghost { fill: none; stroke: var(--ghost); stroke-width: 1.5; stroke-dasharray: 4 3; }
  .curve { fill: none; stroke: var(--gradient); stroke-width: 2; }
  .dot { fill: var(--gradient); }
  .dot.chosen { stroke: var(--paper); stroke-width: 2; }
  .hair { stroke: var(--edge); }
  ${lineKey}
  .controls { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; margin-top: 6px; }
  .controls label { display: flex; flex: 1 1 14rem; gap: 10px; align-items: center; }
  input { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  output { flex: 1 0 16em; max-width: 100%; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  figcaption { margin-top: 4px; min-height: 2.8em; }
  summary { min-height: 24px; width: fit-content; color: var(--ink-2); font-size: 14px; cursor: pointer; }
  .table { max-height: 20rem; overflow: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 2px 12px 2px 0; text-align: right; }
`;
