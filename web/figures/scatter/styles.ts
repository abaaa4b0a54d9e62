/** The look of `<rnn-scatter>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  [hidden] { display: none; }
  .head { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: baseline; justify-content: space-between; margin-bottom: 4px; }
  .title { font-weight: 600; }
  .readout { flex: 1 1 18em; text-align: end; min-height: 20px; font: 13px/1.5 var(--font-code); color: var(--ink-2); }

  .readout::before { content: '\\200b'; } /* keeps the height of a line when it is empty */

  .plot { position: relative; height: var(--plot-height, 210px); contain: layout size style; }
  svg { position: absolute; width: 100%; height: 100%; pointer-events: none; forced-color-adjust: none; }
  .back { will-change: transform; } /* a layer of its own, so that the marks are not painted again under the pointer */
  .grid { stroke: var(--line); shape-rendering: crispEdges; }
  text { fill: var(--ink-2); font-size: 12px; }
  .label { fill: var(--ink); font-size: 13px; }
  .one { fill: var(--ink); }
  .zero { fill: none; stroke: var(--ink); stroke-width: 1.25; }
  .threshold { stroke: var(--ink); shape-rendering: crispEdges; }
  text.threshold { fill: var(--ink); stroke: var(--paper); stroke-width: 4; paint-order: stroke; }
  .chosen { fill: var(--focus); }
  .touch { position: absolute; inset: 0; cursor: crosshair; touch-action: pan-y pinch-zoom; border-radius: 4px; }
  .touch:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
  .axis { display: flex; justify-content: flex-end; font-size: 12px; line-height: 17px; color: var(--ink-2); }
  .axis code { font: 12px/17px var(--font-code); }
  .controls { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; margin-top: 6px; font-size: 14px; }
  .controls label { display: flex; gap: 10px; align-items: center; min-height: 28px; }
  .controls .time { flex: 1 1 240px; min-width: 0; }
  .controls input[type='range'] { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  .controls input[type='checkbox'] { width: 18px; height: 18px; margin: 0; accent-color: var(--select); }
  .controls input:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  .controls output { min-width: 4.2em; color: var(--ink-2); }
  figcaption { margin-top: 4px; font-size: 14px; color: var(--ink-2); }
`;
