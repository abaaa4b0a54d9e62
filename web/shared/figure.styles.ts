/**
 * Styles that the figures of the network share. Colors come from the page's tokens (web/style/tokens.css); the
 * fallbacks are for pages without them.
 */

import { css } from 'lit';
import { heard } from './host.styles.ts';

/** Tokens, type, text for screen readers, focus, and the table of a figure. */
export const figure = css`
  :host {
    --_ink: var(--ink, light-dark(#1b2230, #e9ecf2));
    --_ink-2: var(--ink-2, light-dark(#59647a, #a2acbf));
    --_paper: var(--paper, light-dark(#fff, #12161f));
    --_surface: var(--surface, light-dark(#f5f6f9, #1b2029));
    --_line: var(--line, light-dark(#dfe3ea, #323a4a));
    --_edge: var(--edge, light-dark(#868fa1, #717b8e));
    --_focus: var(--focus, light-dark(#1a5fd0, #8ab4ff));
    --_select: var(--select, light-dark(#1b2230, #e9ecf2));
    --_handle: var(--handle, light-dark(#1a5fd0, #8ab4ff));
    --_error: var(--error, light-dark(#b3261e, #ff8a80));
    --_ghost: var(--ghost, light-dark(#8b95a7, #7d879b));
    --_u: var(--u, light-dark(#1e756d, #53ddd0));
    --_w: var(--w, light-dark(#660fb3, #a787f6));
    --_v: var(--v, light-dark(#876b01, #dacf57));
    --_gradient: var(--gradient, light-dark(#770a2e, #ef6e8b));
    --_neg: var(--neg, light-dark(#2166ac, #5aa5ea));
    --_zero: var(--zero, light-dark(#fff, #1c212c));
    --_pos: var(--pos, light-dark(#d9701a, #f09a4c));
    --_math: var(--font-math, 'STIX Two Math', 'Cambria Math', 'STIX', Georgia, serif);
    display: block;
    color: var(--_ink);
    font-family: var(--font-text, system-ui, sans-serif);
    font-size: 15px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  ${heard}
  .aside { color: var(--_ink-2); }
  .complaint { color: var(--_error); }
  var, .math { font-family: var(--_math); font-style: italic; font-size: 1.12em; }
  sub { font-size: 0.72em; line-height: 0; }
  :focus-visible { outline: 2px solid var(--_focus); outline-offset: 2px; }

  details { margin-top: 10px; font-size: 14px; }
  summary { min-height: 28px; width: max-content; max-width: 100%; cursor: pointer; color: var(--_ink-2); }
  .table { max-height: 320px; overflow: auto; }
  table { border-collapse: collapse; }
  th, td { padding: 2px 12px; text-align: right; border-bottom: 1px solid var(--_line); white-space: nowrap; }
  thead th { position: sticky; top: 0; background: var(--_paper); font-weight: 600; }
  caption { text-align: left; color: var(--_ink-2); padding: 4px 0; }
`;

/**
 * A figure over time: a fixed gutter, a sheet that scrolls, cells on canvas, and the legend and the two ranges below.
 */
export const overTime = css`
  .probe { display: none; }
  /* also in high contrast, because colors carry the values here */
  .probe, svg, canvas, .bar { forced-color-adjust: none; }
  .probe.neg { color: var(--_neg); }
  .probe.zero { color: var(--_zero); }
  .probe.pos { color: var(--_pos); }
  .probe.error { color: var(--_error); }
  .probe.ink { color: var(--_ink); }
  .probe.line { color: var(--_line); }
  .probe.paper { color: var(--_paper); }
  .probe.select { color: var(--_select); }
  .probe.u { color: var(--_u); }
  .probe.w { color: var(--_w); }
  .probe.v { color: var(--_v); }
  .probe.b { color: var(--_ink-2); }

  .plot { position: relative; display: flex; }
  .gutter { position: relative; flex: none; }
  .frame { position: relative; flex: 1 1 0; min-width: 0; overflow-x: auto; overflow-y: hidden; overscroll-behavior-x: contain; touch-action: pan-x pan-y pinch-zoom; }
  .sheet { position: relative; }
  svg, canvas { position: absolute; left: 0; top: 0; display: block; }
  svg { overflow: visible; font-family: inherit; }
  .sheet > svg { overflow: hidden; }
  canvas { pointer-events: none; }
  text { font-size: 12px; fill: var(--_ink); }
  .name { font-size: 13px; }
  .tick.now { fill: var(--_ink); font-weight: 700; }
  .low { font-size: 0.78em; }
  .cursor { fill: var(--_select); opacity: 0.075; }
  .level { stroke: var(--_line); stroke-width: 1; }

  .legend { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; margin: 8px 0 0; font-size: 13px; color: var(--_ink-2); }
  .legend .scale { display: inline-flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; }
  .bar { display: inline-block; width: 84px; height: 10px; border: 1px solid var(--_line); background: linear-gradient(to right in oklab, var(--_neg), var(--_zero), var(--_pos)); }
  .controls { display: grid; gap: 8px 24px; }
  .narrow .controls { grid-template-columns: minmax(0, 1fr); }
  .control { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; min-width: 0; font-size: 14px; }
  .control output { color: var(--_ink-2); white-space: nowrap; }
  .control input { grid-column: 1 / -1; width: 100%; min-height: 28px; margin: 0; accent-color: var(--_select); }
  .narrow .control input { min-height: 44px; }
`;
