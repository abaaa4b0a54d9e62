/** The look of `<rnn-sequence>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  svg { forced-color-adjust: none; display: block; width: 100%; touch-action: pan-y pinch-zoom; cursor: ns-resize; }
  .rule { stroke: var(--line); }
  .line { fill: none; stroke: var(--u); stroke-width: 1.5; stroke-linejoin: round; }
  .line.other { stroke: var(--edge); stroke-dasharray: 3 3; }
  .grip { fill: transparent; touch-action: none; }
  .point { fill: var(--paper); stroke: var(--u); stroke-width: 2; }
  .point.changed { fill: var(--u); }
  .point.chosen { stroke: var(--select); stroke-width: 3; }
  text { fill: var(--ink-2); font-size: 12px; }
  .controls { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; margin-top: 8px; }
  label { display: flex; flex-wrap: wrap; gap: 0 10px; align-items: center; max-width: 100%; min-height: 32px; }
  .time { flex: 1 1 16rem; }
  input[type='range'] { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  input[type='number'], select { min-height: 30px; padding: 0 6px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; }
  select { min-width: 0; max-width: 100%; }
  input[type='number'] { width: 7.5em; max-width: 100%; }
  .wrong { margin: 6px 0 0; color: var(--error); }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
`;
