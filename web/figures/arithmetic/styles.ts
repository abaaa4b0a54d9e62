/** The look of `<rnn-arithmetic>`, in addition to the styles of all figures (figure.styles.ts). */

import { css } from 'lit';

export const styles = css`
  .waiting { min-height: 600px; margin: 0; }
  p { margin: 8px 0; max-width: 75ch; }
  b { font-weight: 600; }
  .role.u { color: var(--_u); }
  .role.w { color: var(--_w); }

  .head { display: flex; flex-wrap: wrap; gap: 6px 22px; align-items: center; margin: 8px 0; }
  .head label { display: inline-flex; gap: 6px; align-items: baseline; }
  .head button { margin-left: auto; }
  input[type='number'] {
    width: 4.6em;
    min-height: 32px;
    box-sizing: border-box;
    padding: 0 4px;
    font: inherit;
    font-variant-numeric: tabular-nums;
    color: inherit;
    background: var(--_paper);
    border: 1px solid var(--_edge);
    border-radius: 4px;
  }
  button {
    min-height: 36px;
    padding: 0 12px;
    font: inherit;
    color: inherit;
    background: transparent;
    border: 1px solid var(--_edge);
    border-radius: var(--radius, 6px);
    cursor: pointer;
  }
  button:hover { border-color: var(--_ink); }

  form { display: contents; }
  fieldset { min-width: 0; margin: 8px 0; padding: 0; border: 0; }
  legend { padding: 0; color: var(--_ink-2); }
  .gate { display: grid; grid-template-columns: 24px minmax(7em, 12.5em) minmax(0, 1fr); align-items: baseline; min-height: 28px; padding: 2px 0; border-bottom: 1px solid var(--_line); cursor: pointer; }
  .gate input { align-self: center; width: 18px; height: 18px; margin: 0; accent-color: var(--_select); }
  .gate:has(:checked) { background: var(--_surface); }
  .gate:has(:checked) .gate-name { font-weight: 600; }

  .formula { display: flex; flex-wrap: wrap; gap: 4px 6px; align-items: flex-start; margin: 12px 0 0; font-size: 17px; }
  .line { margin: 4px 0 8px; max-width: none; font-size: 17px; overflow-wrap: anywhere; }
  .formula i { font-style: normal; line-height: 30px; }
  .together { display: inline-flex; gap: 4px; align-items: flex-start; }
  .symbol { display: inline-grid; justify-items: center; min-width: 28px; min-height: 44px; padding: 2px 3px; }
  .symbol rnn-symbol { line-height: 26px; }
  .symbol small { font-size: 12px; line-height: 16px; color: var(--_ink-2); white-space: nowrap; }
  .hint { margin: 2px 0 10px; font-size: 14px; }

  .chain { display: flex; flex-wrap: wrap; gap: 8px 0; margin: 0 0 12px; padding: 0; list-style: none; }
  .chain li { display: grid; grid-template-rows: auto auto minmax(19px, auto) auto; align-content: start; padding: 4px 14px 4px 10px; border-left: 2px solid var(--_line); }
  .chain li.begins { border-left-color: var(--_ink); }
  .chain small { font-size: 13px; color: var(--_ink-2); }
  .chain .own { font-size: 17px; }
  /* The running sums are set apart from the terms. */
  .chain .so-far { grid-row: 4; margin-top: 4px; padding-top: 3px; border-top: 1px solid var(--_line); font-size: 13px; color: var(--_ink-2); }
  .chain .so-far .sum { font-weight: 500; }

  .quiet { min-height: 1.4em; }
  .narrow .quiet { min-height: 4.2em; }

  .plots { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px 28px; align-items: start; outline-offset: 4px; }
  .wide .plots { grid-template-columns: minmax(0, 1fr) 340px; }
  .plots h3 { margin: 0; font-size: 15px; font-weight: 600; }
  svg { forced-color-adjust: none; display: block; max-width: 100%; overflow: visible; font-family: inherit; }
  .fall svg { touch-action: pan-y pinch-zoom; }
  text { font-size: 12.5px; fill: var(--_ink); }
  .tick, text.aside { font-size: 12px; fill: var(--_ink-2); }
  .low { font-size: 0.72em; }
  .strong { font-weight: 600; }
  tspan.u { fill: var(--_u); }
  tspan.w { fill: var(--_w); }
  .grid { stroke: var(--_line); stroke-width: 1; }
  .zero { stroke: var(--_edge); stroke-width: 1; }
  .step { stroke: var(--_ink-2); stroke-width: 1; stroke-dasharray: 2 2; }
  .bar { fill: var(--role); stroke: var(--role); stroke-width: 1; }
  .bar.u { --role: var(--_u); }
  .bar.w { --role: var(--_w); }
  .bar.b { --role: var(--_ink-2); }
  .bar.minus { fill-opacity: 0.28; } /* A negative term is drawn hollow. */
  .bar.close { stroke: none; }
  .bar.close.minus { fill-opacity: 0.5; }
  .running { fill: none; stroke-width: 1.25; }
  .running.u { stroke: var(--_u); }
  .running.w { stroke: var(--_w); }
  .running.b { stroke: var(--_ink-2); }
  .faded { opacity: 0.6; }
  .bar.sum { --role: var(--_ink); }
  .result text { font-weight: 650; }
  .brace { fill: none; stroke: var(--_ink-2); }
  .band { fill: var(--_select); opacity: 0.1; pointer-events: none; }
  .callout { font-weight: 600; paint-order: stroke; stroke: var(--_paper); stroke-width: 4px; stroke-linejoin: round; pointer-events: none; }
  .curve { fill: none; stroke: var(--_ink); stroke-width: 2; }
  .guide { fill: none; stroke: var(--_ink-2); stroke-dasharray: 3 3; }
  .point { fill: var(--_ink); stroke: var(--_paper); stroke-width: 2; }

  .terms { margin: 10px 0 0; }
  .terms label { display: block; }
  .terms input { width: 100%; min-height: 28px; margin: 0; accent-color: var(--_select); }
  .term-line { min-height: 1.4em; margin: 4px 0 8px; max-width: none; }
  .narrow .term-line { min-height: 2.8em; }
  .order { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; }
  .order legend { float: left; margin-right: 16px; }
  .order label { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; }
  .order input { width: 18px; height: 18px; margin: 0; accent-color: var(--_select); }
  .narrow .terms input { min-height: 44px; }
  .narrow .gate { grid-template-columns: 28px minmax(0, 1fr); min-height: 44px; }
  .narrow .gate > :last-child { grid-column: 2; }

  .line-up { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; margin-bottom: 4px; }
  .brief input[type='number'] { width: 3.4em; }
  .brief .head { gap: 6px 14px; }
  .brief .head, .brief .formula { margin: 0; }
  .brief .formula i { line-height: 26px; }
  .brief .symbol { min-height: 0; }
  .brief .symbol small { display: none; }
  .brief.wide .plots { grid-template-columns: minmax(0, 1fr) 240px; }
  .brief .bend { justify-self: center; }

  tbody th { font-weight: 400; }
`;
