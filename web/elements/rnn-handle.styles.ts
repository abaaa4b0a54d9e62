import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: inline-block;
    font: inherit;
    white-space: nowrap;
    -webkit-tap-highlight-color: transparent;
  }
  .number {
    display: inline-block;
    box-sizing: border-box;
    position: relative;
    min-height: 24px;
    padding: 0 1px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--handle);
    font: inherit;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 24px;
    text-align: center;
    text-decoration: underline dotted 1.5px;
    text-underline-offset: 0.25em;
    cursor: ew-resize;
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
  }
  /* a short number is as easy to take as a long one */
  .number::after { content: ''; position: absolute; inset: -2px -7px; }
  .number.dice { cursor: pointer; }
  .number:hover, :host([dragging]) .number { background: color-mix(in srgb, var(--handle) 12%, transparent); }
  .number:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
  /* below the number, so that nothing moves */
  .complaint {
    position: absolute;
    z-index: 4;
    top: 100%;
    left: 0;
    width: max-content;
    max-width: 16rem;
    padding: 4px 8px;
    border: 1px solid var(--error);
    border-radius: 6px;
    background: var(--paper);
    color: var(--error);
    font: 400 0.8125rem/1.4 var(--font-text);
    white-space: normal;
  }
  .complaint:empty { display: none; }
  .nudges {
    position: absolute;
    z-index: 3;
    top: calc(100% - 1px);
    left: 50%;
    display: flex;
    gap: 4px;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--paper);
    box-shadow: 0 2px 8px rgb(0 0 0 / 12%);
    transform: translateX(-50%);
    opacity: 0;
    visibility: hidden;
    transition: opacity 0.1s 0.25s, visibility 0s 0.35s;
  }
  :host(:hover) .nudges, :host(:focus-within) .nudges { opacity: 1; visibility: visible; }
  :host([dragging]) .nudges { visibility: hidden; }
  .nudges button, .throw {
    box-sizing: border-box;
    min-width: 28px;
    min-height: 28px;
    padding: 0;
    border: 1px solid var(--edge);
    border-radius: 6px;
    background: var(--paper);
    color: var(--ink);
    font: 600 1rem/1 var(--font-text);
    cursor: pointer;
  }
  .throw {
    min-width: 24px;
    min-height: 24px;
    margin-left: 0.3em;
    vertical-align: middle;
  }
  .throw svg { display: block; width: 16px; height: 16px; margin: auto; fill: currentColor; }
  .nudges button:hover, .throw:hover { border-color: var(--ink); }
  @media (hover: none) {
    .nudges button { min-width: 44px; min-height: 44px; }
  }
  input {
    box-sizing: border-box;
    min-height: 24px;
    padding: 0 0.25em;
    margin: 0 -0.1em;
    border: 1px solid var(--focus);
    border-radius: 4px;
    background: var(--paper);
    color: var(--ink);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }
  @media (prefers-reduced-motion: reduce) {
    .nudges { transition: none; }
  }
`;
