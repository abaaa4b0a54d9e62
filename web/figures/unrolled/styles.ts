/** The look of `<rnn-unrolled>`. */

import { css } from 'lit';

export const styles = css`
  .probe { display: none; }
  /* in high contrast, too: here color is what is said */
  .probe, svg { forced-color-adjust: none; }
  .probe.neg { color: var(--_neg); }
  .probe.zero { color: var(--_zero); }
  .probe.pos { color: var(--_pos); }
  .probe.error { color: var(--_error); }

  .figure { display: flex; flex-direction: column; gap: 8px; }
  .head { display: flex; gap: 8px 16px; align-items: center; justify-content: space-between; min-height: 32px; }
  .caption { margin: 0; font-size: 14px; color: var(--_ink-2); }
  .narrow .caption { display: none; }
  .narrow .head { min-height: 0; }
  .beside .head { position: relative; z-index: 1; width: max-content; margin-bottom: -38px; }
  .segments { display: inline-flex; flex: none; border: 1px solid var(--_edge); border-radius: 7px; overflow: hidden; }
  button { min-height: 32px; margin: 0; padding: 0 12px; border: 1px solid var(--_edge); border-radius: 7px; background: var(--_paper); color: var(--_ink); font: inherit; font-size: 14px; cursor: pointer; }
  .segments button { min-height: 30px; border: 0; border-radius: 0; color: var(--_ink-2); }
  .segments button:focus-visible { outline-offset: -3px; }
  .segments [aria-pressed='true'] { background: var(--_select); color: var(--_paper); }
  .segments [aria-pressed='true']:focus-visible { outline-color: var(--_paper); }
  .narrow button { padding: 0 9px; font-size: 13px; }
  .time { display: flex; flex-wrap: wrap; gap: 4px 6px; align-items: center; }
  .time .play { min-width: 4.6em; }
  .time output { padding: 0 4px; font-size: 14px; color: var(--_ink-2); }
  .narrow .time { display: contents; }
  .narrow .time output { font-size: 13px; }
  button[aria-disabled='true'] { color: var(--_ink-2); border-color: var(--_line); cursor: default; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 18px; margin: 0; font-size: 14px; color: var(--_ink-2); }
  .figure.narrow { gap: 6px; }
  .narrow .legend { gap: 0 10px; font-size: 13px; line-height: 1.3; }
  .legend var { font-weight: 600; color: var(--_ink-2); }
  .legend .u { color: var(--_u); }
  .legend .w { color: var(--_w); }
  .legend .v { color: var(--_v); }
  .under { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; }
  .narrow .under { gap: 4px 6px; }
  .legend.scale { gap: 4px; align-items: center; margin-left: auto; }
  .scale i { width: 34px; height: 10px; border: 1px solid var(--_line); forced-color-adjust: none; background: linear-gradient(to right in oklab, var(--_neg), var(--_zero)); }
  .scale .high { background: linear-gradient(to right in oklab, var(--_zero), var(--_pos)); }
  details { margin-top: 0; }

  .plot { border-radius: 4px; }
  svg { display: block; touch-action: pan-y pinch-zoom; overflow: visible; font-family: inherit; }
  text { font-size: 12px; fill: var(--_ink-2); }
  .narrow text { font-size: 11px; }
  .math { font-family: var(--_math); font-style: italic; font-size: 1.2em; }
  .figure .letter { font-family: var(--_math); font-style: italic; font-weight: 700; font-size: 16px; fill: var(--role); }
  .figure.narrow .letter { font-size: 14px; }
  .plot .note { font-size: 13px; }
  .u { --role: var(--_u); }
  .w { --role: var(--_w); }
  .v { --role: var(--_v); }
  .line { fill: none; stroke: var(--role); stroke-width: 1.75; }
  .head { fill: var(--role); }
  .calm .line { stroke-width: 1; }
  .of-w.first > * { opacity: 0.55; }
  .way.later > * { opacity: 0.28; }

  .frame { fill: var(--_paper); stroke: var(--_line); }
  .column.now .frame { stroke: var(--_select); stroke-width: 1.75; }
  .column.later .frame { stroke-dasharray: 2 3; stroke: var(--_ghost); }
  .cell { cursor: pointer; }
  .changed { fill: none; stroke: var(--_ink); stroke-width: 3.5; }
  .ring { fill: none; stroke: var(--_handle); stroke-opacity: 0.7; }
  .source { fill: none; stroke: var(--_select); stroke-width: 3; pointer-events: none; }
  .unit { fill: none; stroke: var(--_ink-2); stroke-width: 1.25; pointer-events: none; }

  .tip { pointer-events: none; }
  .tip rect { fill: var(--_ink); }
  .tip text, .narrow .tip text { font-size: 13px; fill: var(--_paper); }

  .pill { fill: var(--_select); }
  .no .pill { fill: var(--_paper); stroke: var(--_select); stroke-width: 1.75; }
  .pill.none { fill: none; stroke: var(--_ghost); stroke-dasharray: 3 4; }
  .said, .narrow .said { font-size: 13px; fill: var(--_paper); }
  .word { font-size: 15px; font-weight: 700; }
  .stem { fill: none; stroke: var(--_v); stroke-width: 1.25; stroke-dasharray: 2 2; }
  .small { fill: var(--_paper); stroke: var(--_v); stroke-width: 1.25; stroke-dasharray: 2.5 2; }
  .small.full { fill: var(--_v); }
  .trained :is(.stem, .small) { stroke-dasharray: none; }
  .p { font-size: 11px; fill: var(--_ink); }
  .p.full { fill: var(--_paper); }
  .said .p { font-size: 13px; fill: var(--_paper); }
  .no .said, .narrow .no .said, .no .said .p { fill: var(--_ink); }

  .series { fill: none; stroke: var(--_ghost); stroke-width: 1.25; stroke-opacity: 0.7; }
  .level { fill: none; stroke: var(--_ghost); stroke-width: 1.25; stroke-dasharray: 1.5 3.5; }
  .mark { fill: var(--_paper); stroke: var(--_handle); stroke-width: 2; }
  .dot[role] { cursor: ns-resize; outline: none; }
  .dot:not([role]) .mark { stroke: var(--_ink-2); }
  .dot.later { opacity: 0.55; }
  .dot.edited .mark, .invited + .halo + .mark { fill: var(--_handle); }
  .halo { fill: var(--_handle); opacity: 0; }
  .dot[role]:hover .halo, .dot.held .halo { opacity: 0.2; }
  .dot:focus-visible .halo { fill: none; stroke: var(--_focus); stroke-width: 2; opacity: 1; }
  .invited { fill: var(--_handle); opacity: 0.16; }
  .touch { fill: transparent; touch-action: none; }
  .dot[aria-disabled='true'], .dot[aria-disabled='true'] .touch { cursor: default; touch-action: auto; }
  .ghost { fill: none; stroke: var(--_ghost); stroke-width: 1.25; stroke-dasharray: 2 2; }
  .value { fill: var(--_ink); }
  .value.edited { fill: var(--_handle); font-weight: 650; }
  .step { cursor: pointer; }
  .step.now { fill: var(--_ink); font-weight: 700; }

  @media (prefers-reduced-motion: no-preference) { .part { transition: opacity 0.15s 0.1s; } }
  :host([highlight='U']) .part:not(.u), :host([highlight='W']) .part:not(.w), :host([highlight='V']) .part:not(.v, .answer),
  :host([highlight='weights']) .part:not(.u, .w, .v), :host([highlight='x']) .part:not(.x), :host([highlight='h']) .part:not(.h), :host([highlight='answer']) .part:not(.answer) { opacity: 0.3; }
  :host([highlight='U']) .u .line, :host([highlight='W']) .w .line, :host([highlight='V']) .v .line, :host([highlight='weights']) .line { stroke-width: 3; }
`;
