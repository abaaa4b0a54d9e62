/** The look of `<rnn-next-words>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  figure { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; margin: 0; min-width: 0; }
  .title { min-height: 1.4em; font-weight: 600; }
  .controls { display: flex; gap: 6px 12px; align-items: center; }
  .controls label { display: flex; flex: 1; min-width: 0; gap: 10px; align-items: center; white-space: nowrap; }
  input { box-sizing: border-box; flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  input[type="text"], button {
    padding: 2px 8px;
    border: 1px solid var(--edge);
    border-radius: 4px;
    background: var(--paper);
    color: var(--ink);
    font: inherit;
  }
  button { min-height: 28px; background: var(--surface); cursor: pointer; }
  button:disabled { color: var(--ink-2); cursor: default; }
  .text { min-height: 2.8em; margin: 0; }
  .columns { overflow-x: auto; }
  /* the longest word sets the width of all columns */
  ol { display: grid; grid-auto-columns: 1fr; grid-auto-flow: column; width: max-content; margin: 0; padding: 0 0 6px; list-style: none; }
  ol > li { display: flex; flex-direction: column; align-items: center; min-width: 112px; }
  ul { box-sizing: border-box; width: 100%; margin: 0; padding: 0 5px; list-style: none; font-size: 13px; }
  ul li { display: grid; grid-template-columns: 1fr auto; gap: 0 4px; color: var(--ink-2); white-space: nowrap; }
  ul .chosen { color: var(--ink); font-weight: 700; }
  svg { grid-column: 1 / 3; display: block; width: 100%; height: 4px; }
  rect { fill: var(--v); }
  .track { fill: var(--line); }
  .step { position: relative; display: grid; justify-items: center; align-self: stretch; margin: 14px 0; }
  .state {
    position: relative;
    box-sizing: border-box;
    width: 44px;
    padding: 3px 0;
    border: 1.5px solid var(--w);
    border-radius: 6px;
    text-align: center;
    font-style: italic;
  }
  /* the arrows: from the word to the state, from the state to what is expected, and to the next state */
  .state::before, .state::after { position: absolute; left: 50%; height: 12px; border-left: 1.5px solid var(--edge); content: ""; }
  .state::before { bottom: 100%; }
  .state::after { top: 100%; }
  label b { min-width: 1.6em; text-align: right; }
  sub { font-size: 10px; }
  .arrow { position: absolute; left: calc(50% + 22px); top: 50%; width: calc(100% - 44px); border-top: 1.5px solid var(--w); }
  .arrow::after { position: absolute; right: 0; top: -5px; border: 4px solid transparent; border-left-color: var(--w); content: ""; }
  strong { padding: 1px 6px; border: 1px solid transparent; font-weight: 600; }
  .fed strong { border: 1px dashed var(--edge); border-radius: 4px; }
  output { min-height: 2.8em; color: var(--ink-2); }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
`;
