/** Styles that figures share, whatever they show. */

import { css } from 'lit';

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
`;

/** Text that only screen readers read. */
export const heard = css`
  .heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
