/** The look of `<rnn-forecast>`. */

import { css } from 'lit';
import { host } from '../../shared/host.styles.ts';

export const styles = css`
  ${host}
  .empty { min-height: 470px; }
  .title { margin: 0; font-weight: 600; }
  svg { forced-color-adjust: none; display: block; width: 100%; }
  .plot svg { touch-action: pan-y pinch-zoom; cursor: pointer; }
  text { fill: var(--ink-2); font-size: 12px; }
  .grid { stroke: var(--line); }
  rect.window { fill: var(--band); }
  path.came, path.today, path.network { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
  path.came { stroke: var(--ink); }
  path.today { stroke: var(--ink-2); stroke-dasharray: 2 3; }
  path.network { stroke: var(--v); stroke-width: 2.25; }
  .chosen { stroke: var(--handle); }
  circle { stroke: var(--paper); stroke-width: 1.5; }
  circle.came { fill: var(--ink); }
  circle.today { fill: var(--ink-2); }
  circle.network { fill: var(--v); }
  circle.changed { fill: var(--paper); stroke: var(--handle); stroke-width: 2; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; color: var(--ink-2); font-size: 14px; }
  .legend i { display: inline-block; width: 22px; margin-right: 6px; border-top: 2px solid var(--ink); vertical-align: middle; forced-color-adjust: none; }
  .legend .today { border-top: 2px dashed var(--ink-2); }
  .legend .network { border-color: var(--v); border-top-width: 3px; }
  .legend .window { height: 12px; border: 0; background: var(--band); }
  .controls { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; margin: 6px 0 10px; }
  .controls label { display: flex; flex: 1 1 14rem; gap: 10px; align-items: center; }
  input { flex: 1; min-width: 80px; height: 28px; margin: 0; accent-color: var(--select); }
  output { flex: 1 0 22em; max-width: 100%; min-height: 2.8em; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
  [role="table"] { display: grid; grid-template-columns: minmax(0, 19em) minmax(60px, 1fr) minmax(4.2em, max-content); gap: 4px 10px; align-items: center; font-size: 14px; line-height: 1.3; }
  .bar { display: contents; }
  .bar svg { height: 12px; }
  .bar b { text-align: right; white-space: nowrap; }
  .length { fill: var(--edge); }
  .length.today { fill: var(--ink-2); }
  .length.network { fill: var(--v); }
  .length.training { fill: var(--v); opacity: 0.55; }
  @media (width < 480px) { [role="table"] { grid-template-columns: minmax(0, 9.5em) minmax(40px, 1fr) max-content; } }
`;
