/** The look of `<rnn-curves>`, parts of which `<rnn-compare>` and `<rnn-sketch>` share. */

import { css } from 'lit';
import { visuallyHidden, host } from '../../shared/host.styles.ts';

export const key = css`
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    align-items: baseline;
    min-height: 24px;
    margin-top: 2px;
    font-size: 13px;
    line-height: 1.4;
    color: var(--ink-2);
  }
  .key > span { display: inline-flex; gap: 7px; align-items: baseline; }
  .key svg { flex: none; overflow: visible; transform: translateY(1px); }
  .train { color: var(--train); }
  .fresh { color: var(--fresh); }
  .ghost { fill: none; stroke: var(--ghost); stroke-width: 1.25; }
  .ghost.train { stroke-dasharray: 4 3; }
  .ghost.fresh { stroke-dasharray: 1.5 3; }
  .band { fill: var(--band); }
  .band:is(.train, .fresh) { stroke: var(--ghost); stroke-width: 0.75; }
  .band.fresh, .median.fresh { stroke-dasharray: 1.5 3; }
  .median { fill: none; stroke: var(--ghost); }
  .key .absent { visibility: hidden; }
`;

export const tables = css`
  ${visuallyHidden}
  details { margin-left: auto; }
  summary { min-height: 24px; width: max-content; color: var(--ink-2); cursor: pointer; text-decoration: underline; text-decoration-color: var(--edge); text-underline-offset: 3px; list-style: none; }
  summary::-webkit-details-marker { display: none; }
  summary:hover { color: var(--ink); }
  summary:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
  details[open] { flex-basis: 100%; }
  details[open] summary { margin-left: auto; }
  .table { max-height: 260px; overflow: auto; }
  .table:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 2px 16px 2px 0; border-bottom: 1px solid var(--line); text-align: right; }
  th { font-weight: 600; color: var(--ink); }
  thead th { position: sticky; top: 0; background: var(--paper); }
`;

export const plot = css`
  .plot { position: relative; height: var(--plot-height, 190px); contain: layout size style; }
  .drawing { position: absolute; width: 100%; height: 100%; pointer-events: none; }
  .back { will-change: transform; } /* A layer of its own, so that it is not painted again while something is dragged. */
  .drawing text { fill: var(--ink-2); font-size: 12px; }
  .grid { stroke: var(--line); shape-rendering: crispEdges; }
  .reference { fill: none; stroke: var(--edge); }
  .run { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; }
  .run.fresh { stroke-dasharray: 6 4; }
  .ahead .run, .ahead circle { opacity: 0.3; }
  .cross { stroke: var(--error); stroke-width: 2; }

  .labels { position: absolute; inset: 0; overflow: hidden; pointer-events: none; contain: layout size style; }
  .label {
    position: absolute;
    left: 0;
    top: 0;
    font-size: 13px;
    line-height: 17px;
    white-space: nowrap;
    background: var(--paper); /* so that no line crosses the label while the curves grow */
    box-shadow: -2px 0 var(--paper), 2px 0 var(--paper); /* sideways only, so that labels close to each other do not cut each other's letters */
  }
  .label b { font-weight: 600; }
  .ahead .label:is(.train, .fresh), .ahead b { color: var(--ink-2); font-weight: 400; }
  .label.line { color: var(--ink-2); }
  .label.stop { color: var(--error); font-weight: 600; }
  .unit, .quantity { position: absolute; font-size: 12px; line-height: 17px; color: var(--ink-2); pointer-events: none; }
  .unit { left: 0; top: 0; }
  .quantity { left: 0; top: -4px; }
  .pending { position: absolute; inset: 0; display: grid; place-content: center; margin: 0; font-size: 14px; color: var(--ink-2); }
`;

export const styles = css`
  ${host}
  :host { container-type: inline-size; }

  .head { display: flex; gap: 12px; align-items: baseline; height: 22px; margin-bottom: 4px; white-space: nowrap; }
  .title { min-width: 0; overflow: hidden; font-weight: 600; text-overflow: ellipsis; }
  .note { min-width: 0; overflow: hidden; text-overflow: ellipsis; font: 13px/1.5 var(--font-code); color: var(--ink-2); }
  .reading .note { display: none; }
  .readout { margin-left: auto; font-size: 13px; color: var(--ink-2); }

  ${plot}
  .hair, .moment { stroke: var(--ink-2); shape-rendering: crispEdges; }
  .moment { stroke: var(--ink); }
  .dot { fill: var(--paper); stroke: currentColor; stroke-width: 2; }
  .foot {
    forced-color-adjust: none; /* high contrast mode would paint a background of its own behind the text */
    position: absolute;
    left: 0;
    top: 0;
    box-sizing: border-box;
    min-width: 24px;
    padding: 0 4px;
    border-radius: 3px;
    font-size: 12px;
    line-height: 17px;
    text-align: center;
    color: var(--paper);
    background: var(--ink);
    pointer-events: none;
  }

  .touch { position: absolute; left: 0; top: 0; cursor: crosshair; touch-action: pan-y pinch-zoom; border-radius: 2px; }
  .touch:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; }

  svg { forced-color-adjust: none; }
  figcaption { min-height: 2.8em; margin-top: 4px; font-size: 14px; color: var(--ink-2); }
  ${key}
  ${tables}
  :host([bare]) .key { display: none; }
  @container (max-width: 460px) {
    figcaption { min-height: 5.6em; }
    .head { gap: 8px; }
    .note { font-size: 12px; }
    .reading .at { display: none; }
  }
  @container (max-width: 400px) {
    .readout { font-size: 12px; }
  }
  @container (max-width: 345px) {
    .title { font-size: 14px; }
  }
`;
