/** The look of `<rnn-backward>`, in addition to the styles of all figures (figure.styles.ts). */

import { css } from 'lit';

export const styles = css`
  :host { line-height: 1.45; }
  .waiting, .no-target { min-height: 480px; margin: 0; color: var(--_ink-2); }

  .notice { margin: 0 0 8px; font-weight: 600; max-width: 46em; }
  .facts { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 10px 0 6px; min-height: 2.9em; align-content: start; }
  .facts b { font-weight: 650; }
  .facts b.norm { color: var(--_gradient); }
  .narrow .facts { min-height: 10em; }

  button { min-height: 36px; padding: 3px 14px; border: 1px solid var(--edge, var(--_ghost)); border-radius: 8px; background: var(--_paper); color: inherit; font: inherit; font-weight: 500; cursor: pointer; }
  button:hover:not(:disabled) { border-color: var(--_ink); }

  .switches, .choose { display: flex; flex-wrap: wrap; gap: 6px 28px; align-items: center; }
  form { display: contents; }
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

  .plot { margin: 4px 0; }
  .update .waiting { min-height: 0; }
  .frame { border-radius: 4px; cursor: pointer; }
  svg { pointer-events: none; }

  .name.w { fill: var(--_w); font-weight: 650; }
  .note, .tick { font-size: 12px; fill: var(--_ink-2); }
  .sign { font-size: 17px; }
  .level.zero { stroke-dasharray: 2 4; stroke: var(--_edge); }
  .fall { fill: none; stroke: var(--_gradient); stroke-width: 1.25; opacity: 0.45; }
  circle.norm { fill: var(--_gradient); stroke: var(--_paper); stroke-width: 1.5; }
  text.norm { fill: var(--_gradient); font-weight: 700; paint-order: stroke; stroke: var(--_paper); stroke-width: 4px; }
  .each { fill: none; stroke: var(--_gradient); stroke-width: 1.25; }
  .framed { fill: none; stroke: var(--_ink); stroke-width: 2; }
  .empty { fill: none; stroke: var(--_edge); stroke-width: 1; stroke-dasharray: 3 3; }

  .controls { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); margin-top: 10px; }

  .check { margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--_line); }
  .check .title { margin: 0 0 6px; font-weight: 650; }
  .check dl { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 8px 0 4px; }
  .check dl div { display: flex; gap: 8px; align-items: baseline; }
  .legend .w { color: var(--_w); font-weight: 650; }
  dt { color: var(--_ink-2); }
  dd { margin: 0; font-weight: 650; }
  .check p.aside { margin: 0; max-width: 52em; min-height: 2.9em; }

`;
