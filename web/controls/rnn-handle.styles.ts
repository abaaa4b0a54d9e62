import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: inline-block;
    font: inherit;
    white-space: nowrap;
    -webkit-tap-highlight-color: transparent;
  }
  /* The number and its buttons have space of their own in the line, so they never cover anything. */
  .control {
    display: inline-flex;
    align-items: center;
    vertical-align: baseline;
    border-radius: 6px;
    background: color-mix(in srgb, var(--handle) 7%, transparent);
  }
  .number, .field {
    box-sizing: border-box;
    width: calc(max(24px, var(--room)) + 6px);
    min-height: 24px;
    padding: 0 3px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--handle);
    font: inherit;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 24px;
    text-align: center;
  }
  .number {
    display: inline-block;
    text-decoration: underline dotted 1.5px;
    text-underline-offset: 0.25em;
    cursor: ew-resize;
    touch-action: pan-y pinch-zoom;
    user-select: none;
    -webkit-user-select: none;
  }
  /* In code a number has no words beside it, so its name appears above it. The page sets --name there. */
  .name {
    position: absolute;
    z-index: 2;
    bottom: calc(100% + 2px);
    left: 50%;
    display: none;
    padding: 2px 8px;
    border-radius: 4px;
    background: var(--ink);
    color: var(--paper);
    font: 500 0.75rem/1.4 var(--font-text);
    pointer-events: none;
    user-select: none;
    -webkit-user-select: none;
    translate: -50%;
  }
  :host(:hover) .name, :host(:focus-within) .name, :host([dragging]) .name { display: var(--name, none); }
  .number.dice { cursor: pointer; }
  .number:hover, :host([dragging]) .number { background: color-mix(in srgb, var(--handle) 12%, transparent); }
  .number:focus-visible, button:focus-visible, .field:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
  /* The field is as wide as the number that it replaces. The − and + buttons do the work of a browser's own arrows. */
  .field { margin: 0; appearance: textfield; background: var(--paper); color: var(--ink); font-weight: 400; box-shadow: inset 0 0 0 1px var(--focus); }
  .field::-webkit-inner-spin-button { appearance: none; margin: 0; }
  .complaint {
    display: block;
    width: min-content;
    min-width: min(100%, 16rem);
    padding: 2px 0;
    color: var(--error);
    font: 400 0.8125rem/1.4 var(--font-text);
    white-space: normal;
  }
  .complaint:empty { display: none; }
  .step, .roll {
    box-sizing: border-box;
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 24px;
    min-height: 24px;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--ink-2);
    font: 600 1rem/1 var(--font-text);
    cursor: pointer;
    touch-action: manipulation;
  }
  .roll svg { display: block; width: 16px; height: 16px; fill: currentColor; }
  .step:hover, .roll:hover { border-color: var(--edge); background: var(--paper); color: var(--ink); }
  @media (forced-colors: active) {
    .control { outline: 1px solid var(--edge); }
    .field { outline: 2px solid var(--focus); }
  }
  @media (pointer: coarse) {
    .control { background: none; box-shadow: inset 0 0 0 1px var(--line); }
    .number, .field { min-height: 44px; line-height: 44px; }
    .step, .roll { width: 44px; min-height: 44px; }
  }
`;
