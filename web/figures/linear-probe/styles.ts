/** The look of `<rnn-linear-probe>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  .empty { min-height: 410px; }
  .title { font-weight: 600; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 2px 0 6px; color: var(--ink-2); font-size: 14px; }
  .legend i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; vertical-align: -1px; box-sizing: border-box; }
  .legend .trained { background: var(--w); }
  .legend .before { border: 1.5px dashed var(--ink-2); }
  svg { forced-color-adjust: none; display: block; width: 100%; touch-action: pan-y pinch-zoom; }
  text { fill: var(--ink-2); font-size: 12px; }
  .grid { stroke: var(--line); }
  .axis { stroke: var(--edge); }
  .bar { fill: var(--w); }
  .ghost { fill: none; stroke: var(--ink-2); stroke-width: 1.5; stroke-dasharray: 3 3; }
  .chosen { stroke: var(--handle); stroke-width: 4; }
  .controls { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; margin-top: 6px; }
  .controls label { display: flex; flex: 1 1 14rem; gap: 10px; align-items: center; }
  input { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  output { flex: 1 0 18em; max-width: 100%; min-height: 2.8em; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  figcaption { margin-top: 4px; color: var(--ink-2); font-size: 14px; }
  summary { min-height: 24px; width: fit-content; color: var(--ink-2); font-size: 14px; cursor: pointer; }
  .table { max-height: 20rem; overflow: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 2px 12px 2px 0; text-align: right; }
`;
