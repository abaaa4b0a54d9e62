/**
 * Styles that the figures of the network share. Colors come from the page's tokens (web/style/tokens.css); the
 * fallbacks are for pages without them.
 */

import { css } from 'lit';
import { table, visuallyHidden } from './host.styles.ts';

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
  ${visuallyHidden}
  .aside { color: var(--_ink-2); }
  .complaint { color: var(--_error); }
  var, .math { font-family: var(--_math); font-style: italic; font-size: 1.12em; }
  sub { font-size: 0.72em; line-height: 0; }
  :focus-visible { outline: 2px solid var(--_focus); outline-offset: 2px; }

  details { margin-top: 10px; font-size: 14px; }
  summary { min-height: 28px; width: max-content; max-width: 100%; cursor: pointer; color: var(--_ink-2); }
  .table { max-height: 320px; overflow: auto; }
  ${table}
  table { border-collapse: collapse; }
  th, td { padding: 2px 12px; text-align: right; border-bottom: 1px solid var(--_line); white-space: nowrap; }
  thead th { position: sticky; top: 0; background: var(--_paper); font-weight: 600; }
  caption { text-align: left; color: var(--_ink-2); padding: 4px 0; }
`;
