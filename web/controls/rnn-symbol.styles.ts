/** The look of `<rnn-symbol>`. The symbol keeps its own look; a dotted underline shows that it has a tooltip. */

import { css } from 'lit';

export const styles = css`
  :host { display: inline; white-space: nowrap; }
  button {
    position: relative;
    min-width: 0;
    /* the underline takes no room in the line */
    margin: 0 0 -1px;
    padding: 0;
    border: 0;
    border-bottom: 1px dotted var(--ink-2, light-dark(#566074, #a6afc0));
    border-radius: 2px;
    background: none;
    color: inherit;
    font: inherit;
    line-height: inherit;
    text-align: inherit;
    cursor: help;
    -webkit-tap-highlight-color: transparent;
  }
  /* This makes the target large enough for a finger without taking space in the line. */
  button::after { content: ''; position: absolute; left: 50%; top: 50%; width: max(100%, 24px); height: max(100%, 28px); transform: translate(-50%, -50%); }
  button:hover, button.open { border-bottom-style: solid; border-bottom-color: currentColor; }
  button:focus-visible { outline: 2px solid var(--focus, light-dark(#1a5fd0, #8ab4ff)); outline-offset: 2px; }
  .tip {
    position: fixed;
    inset: auto;
    left: 0;
    top: 0;
    z-index: 10;
    box-sizing: border-box;
    width: max-content;
    max-width: min(21rem, calc(100vw - 16px));
    margin: 0;
    padding: 8px 12px 10px;
    border: 1px solid var(--edge, light-dark(#868fa1, #717b8e));
    border-radius: 8px;
    background: var(--paper, light-dark(#fff, #12151b));
    color: var(--ink, light-dark(#1a2030, #e8ebf1));
    box-shadow: 0 4px 16px rgb(0 0 0 / 16%);
    font: 400 14px/1.4 var(--font-text, system-ui, sans-serif);
    font-variant-numeric: tabular-nums;
    text-align: start;
    white-space: normal;
  }
  .tip:not(.open) { display: none; }
  .tip > * { display: block; }
  .tip b { font-weight: 650; }
  .fine { margin-top: 3px; color: var(--ink-2, light-dark(#566074, #a6afc0)); }
`;
