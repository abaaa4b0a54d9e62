/** The look of `<rnn-scatter>`. */

import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-width: 0;
    color: var(--ink);
    font-family: var(--font-text);
    font-size: 15px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]), [hidden] { display: none; }
  figure { margin: 0; }
  .head { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: baseline; justify-content: space-between; margin-bottom: 4px; }
  .title { font-weight: 600; }
  .readout { flex: 1 1 18em; text-align: end; min-height: 20px; font: 13px/1.5 var(--font-code); color: var(--ink-2); }

  .readout::before { content: '\\200b'; } /* as high when it says nothing */

  .plot { position: relative; height: var(--plot-height, 210px); contain: layout size style; }
  canvas { position: absolute; left: 0; top: 0; width: 100%; height: 100%; }
  .touch { position: absolute; inset: 0; cursor: crosshair; touch-action: pan-y pinch-zoom; border-radius: 4px; }
  .touch:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
  .class { position: absolute; left: 0; display: flex; gap: 6px; align-items: center; font-size: 13px; line-height: 17px; transform: translateY(-50%); pointer-events: none; }
  .class svg { flex: none; fill: none; stroke: var(--ink); stroke-width: 1.5; }
  .class .one { fill: var(--ink); }
  .class.top { top: var(--one); }
  .class.bottom { top: var(--zero-row); }

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
  .probe { display: none; }
  .probe, svg { forced-color-adjust: none; }
`;
