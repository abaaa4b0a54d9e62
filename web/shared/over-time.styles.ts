import { css } from 'lit';

/**
 * A figure over time: a fixed gutter, a sheet that scrolls, cells on canvas, and the legend and the two ranges below.
 */
export const overTime = css`
  .probe { display: none; }
  /* also in high contrast, because colors carry the values here */
  .probe, svg, canvas, .bar { forced-color-adjust: none; }
  .probe.neg { color: var(--_neg); }
  .probe.zero { color: var(--_zero); }
  .probe.pos { color: var(--_pos); }
  .probe.error { color: var(--_error); }
  .probe.ink { color: var(--_ink); }
  .probe.line { color: var(--_line); }
  .probe.paper { color: var(--_paper); }
  .probe.select { color: var(--_select); }
  .probe.u { color: var(--_u); }
  .probe.w { color: var(--_w); }
  .probe.v { color: var(--_v); }
  .probe.b { color: var(--_ink-2); }

  .plot { position: relative; display: flex; }
  .gutter { position: relative; flex: none; }
  .frame { position: relative; flex: 1 1 0; min-width: 0; overflow-x: auto; overflow-y: hidden; overscroll-behavior-x: contain; touch-action: pan-x pan-y pinch-zoom; }
  .sheet { position: relative; }
  svg, canvas { position: absolute; left: 0; top: 0; display: block; }
  svg { overflow: visible; font-family: inherit; }
  .sheet > svg { overflow: hidden; }
  canvas { pointer-events: none; }
  text { font-size: 12px; fill: var(--_ink); }
  .name { font-size: 13px; }
  .tick.now { fill: var(--_ink); font-weight: 700; }
  .low { font-size: 0.78em; }
  .cursor { fill: var(--_select); opacity: 0.075; }
  .level { stroke: var(--_line); stroke-width: 1; }

  .legend { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; margin: 8px 0 0; font-size: 13px; color: var(--_ink-2); }
  .legend .scale { display: inline-flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; }
  .bar { display: inline-block; width: 84px; height: 10px; border: 1px solid var(--_line); background: linear-gradient(to right in oklab, var(--_neg), var(--_zero), var(--_pos)); }
  .controls { display: grid; gap: 8px 24px; }
  .narrow .controls { grid-template-columns: minmax(0, 1fr); }
  .control { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; min-width: 0; font-size: 14px; }
  .control output { color: var(--_ink-2); white-space: nowrap; }
  .control input { grid-column: 1 / -1; width: 100%; min-height: 28px; margin: 0; accent-color: var(--_select); }
  .narrow .control input { min-height: 44px; }
`;
