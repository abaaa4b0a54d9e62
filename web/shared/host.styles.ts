/** Styles that figures share, whatever they show. */

import { css } from 'lit';

/** In a page without a doctype, browsers give a table no text color, size or line height of what is around it. */
export const table = css`
  table { color: inherit; font: inherit; }
`;

/** A figure is a block with the page's text font and digits of equal width. */
export const host = css`
  :host {
    display: block;
    min-width: 0;
    color: var(--ink);
    font: 15px/1.4 var(--font-text);
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) { display: none; }
  figure { margin: 0; }
  ${table}
`;

/** Text that only screen readers read. */
export const visuallyHidden = css`
  .visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** Buttons in a row, one of which may be the main one. */
export const actions = css`
  .actions { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin-top: 10px; }
  button { min-height: 36px; padding: 3px 14px; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--paper); color: var(--ink); font: 500 14px/1.4 var(--font-text); cursor: pointer; }
  button:hover { border-color: var(--ink); }
  button.main { border-color: var(--ink); background: var(--ink); color: var(--paper); }
  button[aria-disabled='true'] { border-color: var(--line); background: var(--paper); color: var(--ink-2); cursor: default; }
`;
