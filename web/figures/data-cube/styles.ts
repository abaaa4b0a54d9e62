import { css } from 'lit';

export const styles = css`
  .plot { display: block; max-width: 100%; overflow: visible; }
  .sheet { fill: var(--_paper); stroke: var(--_edge); }
  .cell { fill: none; stroke: var(--_line); }
  text { fill: var(--_ink); dominant-baseline: central; }
  .value, .time { text-anchor: middle; }
  .value.aside, .time { fill: var(--_ink-2); }
  .time.word { fill: var(--_ink); }
  .name { text-anchor: end; font-size: 13px; }
  .extent { font-size: 14px; font-weight: 600; }
  .extent.end { text-anchor: end; }
  .knob { cursor: grab; touch-action: none; outline: none; }
  .knob:active { cursor: grabbing; }
  .touch { fill: transparent; }
  .dot { fill: var(--_paper); stroke: var(--_handle); stroke-width: 2.5; }
  .knob:hover .dot, .knob:active .dot { fill: var(--_handle); }
  .knob:focus-visible .touch { stroke: var(--_focus); stroke-width: 2; }
  .shape { margin: 4px 0 0; }
  code { font: 600 17px/1.5 var(--font-code, ui-monospace, monospace); }
`;
