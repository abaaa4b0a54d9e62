/** The look of `<rnn-backward>`. Colours come from the page's tokens (web/style/tokens.css); the fallbacks are for a page
 *  that has none. */

import { css } from 'lit';

export const styles = css`
  :host {
    --_ink: var(--ink, light-dark(#1b2230, #e9ecf2));
    --_ink-2: var(--ink-2, light-dark(#59647a, #a2acbf));
    --_paper: var(--paper, light-dark(#fff, #12161f));
    --_line: var(--line, light-dark(#dfe3ea, #323a4a));
    --_edge: var(--edge, light-dark(#868fa1, #717b8e));
    --_focus: var(--focus, light-dark(#1a5fd0, #8ab4ff));
    --_select: var(--select, light-dark(#1b2230, #e9ecf2));
    --_w: var(--w, light-dark(#7a35d0, #bb90ff));
    --_gradient: var(--gradient, light-dark(#770a2e, #ef6e8b));
    --_neg: var(--neg, light-dark(#2166ac, #5aa5ea));
    --_zero: var(--zero, light-dark(#fff, #1c212c));
    --_pos: var(--pos, light-dark(#d9701a, #f09a4c));
    --_error: var(--error, light-dark(#b3261e, #ff8a80));
    display: block;
    color: var(--_ink);
    font-family: var(--font-text, system-ui, sans-serif);
    font-size: 15px;
    line-height: 1.45;
    font-variant-numeric: tabular-nums;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .probe { display: none; }
  .probe.neg { color: var(--_neg); }
  .probe.zero { color: var(--_zero); }
  .probe.pos { color: var(--_pos); }
  .probe.error { color: var(--_error); }
  .probe.line { color: var(--_line); }
  .probe.select { color: var(--_select); }
  .aside { color: var(--_ink-2); }
  .waiting { min-height: 480px; margin: 0; color: var(--_ink-2); }

  .notice { margin: 0 0 8px; font-weight: 600; max-width: 46em; }
  .facts { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 10px 0 6px; min-height: 2.9em; align-content: start; }
  .facts b { font-weight: 650; }
  .facts b.norm { color: var(--_gradient); }
  .narrow .facts { min-height: 10em; }

  .switches, .choose { display: flex; flex-wrap: wrap; gap: 6px 28px; align-items: center; }
  fieldset { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: center; margin: 0; padding: 0; border: 0; min-width: 0; }
  legend { float: left; padding: 0; margin-right: 10px; color: var(--_ink-2); }
  fieldset label, .layer, .choose label { display: inline-flex; gap: 7px; align-items: center; min-height: 32px; }
  input[type='radio'] { width: 18px; height: 18px; margin: 3px; accent-color: var(--_select); flex: none; }
  select, input[type='number'] {
    min-height: 32px;
    box-sizing: border-box;
    padding: 0 6px;
    font: inherit;
    font-variant-numeric: tabular-nums;
    color: inherit;
    background: var(--_paper);
    border: 1px solid var(--_edge);
    border-radius: 6px;
    max-width: 100%;
  }
  input[type='number'] { width: 5em; }

  .plot { position: relative; display: flex; margin: 4px 0; }
  .gutter { position: relative; flex: none; }
  .frame { position: relative; border-radius: 4px; flex: 1 1 0; min-width: 0; overflow-x: auto; overflow-y: hidden; overscroll-behavior-x: contain; touch-action: pan-x pan-y; cursor: pointer; }
  .sheet { position: relative; }
  svg, canvas { position: absolute; left: 0; top: 0; display: block; }
  svg { overflow: visible; font-family: inherit; pointer-events: none; }
  .sheet > svg { overflow: hidden; }
  canvas { pointer-events: none; }
  :focus-visible { outline: 2px solid var(--_focus); outline-offset: 2px; }

  text { font-size: 12px; fill: var(--_ink); }
  .name { font-size: 13px; }
  .name.w { fill: var(--_w); font-weight: 650; }
  .note, .tick { font-size: 12px; fill: var(--_ink-2); }
  .tick.now { fill: var(--_ink); font-weight: 700; }
  .low { font-size: 0.78em; }
  .sign { font-size: 17px; }
  .cursor { fill: var(--_select); opacity: 0.075; }
  .level { stroke: var(--_line); stroke-width: 1; }
  .level.zero { stroke-dasharray: 2 4; stroke: var(--_edge); }
  .fall { fill: none; stroke: var(--_gradient); stroke-width: 1.25; opacity: 0.45; }
  circle.norm { fill: var(--_gradient); stroke: var(--_paper); stroke-width: 1.5; }
  text.norm { fill: var(--_gradient); font-weight: 700; paint-order: stroke; stroke: var(--_paper); stroke-width: 4px; }
  .each { fill: none; stroke: var(--_gradient); stroke-width: 1.25; }
  .empty { fill: none; stroke: var(--_edge); stroke-width: 1; stroke-dasharray: 3 3; }

  .legend { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; margin: 8px 0 0; font-size: 13px; color: var(--_ink-2); }
  .legend .scale { display: inline-flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; }
  .bar { display: inline-block; width: 84px; height: 10px; border: 1px solid var(--_line); background: linear-gradient(to right in oklab, var(--_neg), var(--_zero), var(--_pos)); }

  .controls { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 24px; margin-top: 10px; }
  .narrow .controls { grid-template-columns: minmax(0, 1fr); }
  .control { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; min-width: 0; font-size: 14px; }
  .control output { color: var(--_ink-2); white-space: nowrap; }
  .control input { grid-column: 1 / -1; width: 100%; min-height: 28px; margin: 0; accent-color: var(--_select); }
  .narrow .control input { min-height: 44px; }

  .check { margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--_line); }
  .check .title { margin: 0 0 6px; font-weight: 650; }
  .check dl { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 8px 0 4px; }
  .check dl div { display: flex; gap: 8px; align-items: baseline; }
  dt { color: var(--_ink-2); }
  dd { margin: 0; font-weight: 650; }
  .check p.aside { margin: 0; max-width: 52em; min-height: 2.9em; }

  details { margin-top: 10px; font-size: 14px; }
  summary { min-height: 28px; width: max-content; max-width: 100%; cursor: pointer; color: var(--_ink-2); }
  .symbols dl { margin: 4px 0; }
  .symbols div { display: grid; grid-template-columns: 6em minmax(0, 1fr); gap: 8px; padding: 2px 0; }
  .symbols dt { color: var(--_ink); }
  .symbols dd { font-weight: 400; }
  .table { max-height: 320px; overflow: auto; }
  table { border-collapse: collapse; }
  th, td { padding: 2px 12px; text-align: right; border-bottom: 1px solid var(--_line); white-space: nowrap; }
  thead th { position: sticky; top: 0; background: var(--_paper); font-weight: 600; }
  caption { text-align: left; color: var(--_ink-2); padding: 4px 0; }
`;
