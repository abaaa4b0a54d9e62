/** The look of `<rnn-timing>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  figure { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .empty { min-height: 400px; }
  .title { font-weight: 600; }
  svg { forced-color-adjust: none; display: block; }
  svg.drawing:not(.lanes), .chart, .bar { width: 100%; }
  .row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 12px; align-items: baseline; }
  .row > svg, .row > p { grid-column: 1 / 3; }
  .bar { height: 4px; }
  .bar rect { fill: var(--ink-2); }
  .small { margin: 0; color: var(--ink-2); font-size: 14px; }
  text { fill: var(--ink-2); font-size: 12px; }
  text.strong { fill: var(--ink); font-size: 14px; font-weight: 600; }
  text.inside { fill: var(--ink); font-size: 11px; }
  .chain { stroke: var(--w); stroke-width: 4; }
  .chain.thin { stroke-width: 0.75; }
  .u { fill: var(--u); }
  .w { fill: var(--w); }
  .v { fill: var(--v); }
  .place { fill: none; stroke: var(--edge); }
  .place.full { fill: var(--w); stroke: var(--w); }
  .legend { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 0; padding: 0; list-style: none; }
  .legend li { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  i.line { width: 30px; border-top: 2px solid var(--w); }
  .grid { stroke: var(--line); }
  path.line { fill: none; stroke: var(--w); stroke-width: 2; }
  i.line.n1 { border-top-style: dashed; border-top-color: var(--ink); }
  path.n1 { stroke: var(--ink); stroke-dasharray: 5 4; }
  i.line.n4 { border-top: 6px solid var(--w); opacity: 0.45; }
  path.n4 { stroke-width: 6; opacity: 0.45; }
  .node { fill: var(--paper); stroke: var(--w); stroke-width: 1.5; }
  .join { fill: none; stroke: var(--edge); stroke-width: 1.5; }
  .tip { fill: var(--edge); }
  .controls { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; }
  output { flex: 1 1 20em; min-height: 2.8em; }
  button {
    min-height: 28px;
    padding: 2px 10px;
    border: 1px solid var(--edge);
    border-radius: 4px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    cursor: pointer;
  }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  figcaption { min-height: 2.8em; color: var(--ink-2); font-size: 14px; }
  summary { min-height: 24px; width: fit-content; color: var(--ink-2); font-size: 14px; cursor: pointer; }
  .table { max-height: 20rem; overflow: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 2px 12px 2px 0; text-align: right; }
`;
