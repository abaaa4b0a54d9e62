/** The look of `<rnn-data>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  :host { container-type: inline-size; }
  .notice { margin: 0 0 6px; color: var(--ink-2); }
  svg { forced-color-adjust: none; display: block; width: 100%; touch-action: pan-y pinch-zoom; cursor: pointer; }
  .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 6px; color: var(--ink-2); font-size: 14px; }
  .legend span { display: inline-flex; align-items: center; gap: 6px; }
  .legend svg { width: 22px; cursor: auto; }
  .line { fill: none; stroke: var(--u); stroke-width: 1.5; stroke-linejoin: round; }
  .line.second { stroke-dasharray: 4 2; }
  .line.more { stroke-dasharray: 1 2; }
  .cell { fill: none; stroke: var(--line); }
  .chosen .cell { stroke: var(--select); stroke-width: 2; }
  text { fill: var(--ink); font-size: 12px; }
  .number { fill: var(--ink-2); }
  .wrong { font-weight: 700; }
  .controls { display: flex; flex-wrap: wrap; gap: 6px 20px; align-items: center; margin-top: 8px; }
  .controls label { display: flex; gap: 10px; align-items: center; }
  .controls .sequence { flex: 1 1 18rem; }
  input { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  select { min-height: 30px; padding: 0 6px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; }
  output { flex: 1 0 22em; min-width: 0; max-width: 100%; min-height: 1.4em; color: var(--ink-2); }
  @container (max-width: 30rem) { output { min-height: 2.8em; } }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  summary { min-height: 24px; width: fit-content; margin-top: 4px; color: var(--ink-2); font-size: 14px; cursor: pointer; }
  .table { max-height: 20rem; overflow: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 2px 10px 2px 0; text-align: right; }
  td { white-space: nowrap; }
`;
