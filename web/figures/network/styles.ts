/** The look of `<rnn-network>`, in addition to the styles of all figures (figure.styles.ts). */

import { css } from 'lit';

export const styles = css`
  /* About the height of the figure, so that little moves when it appears. */
  .waiting { min-height: 700px; margin: 0; }
  /* The values at the cursor, above the figure. */
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 22px;
    align-items: baseline;
    align-content: start;
    min-height: 32px;
    margin: 8px 0 6px;
  }
  /* As many lines as the values may need, so that the figure does not move from time step to time step. */
  .middle .facts { min-height: 64px; }
  .narrow .facts { min-height: 112px; }
  .narrow.gated .facts { min-height: 142px; }
  .narrow .facts > span { white-space: normal; }
  .legend { min-height: 46px; align-content: start; }
  .narrow .legend { min-height: 140px; }
  .facts > span { white-space: nowrap; }
  .facts b { font-weight: 600; }
  .facts .aside { color: var(--_ink-2); }
  .facts > .aside { white-space: normal; }
  .facts input {
    --field-frame: 12px;
    width: calc(10ch + 12px); /* enough for the digits of most floats, and the same at every time step */
    max-width: 100%;
    min-height: 28px;
    box-sizing: border-box;
    padding: 0 4px;
    font: inherit;
    font-variant-numeric: tabular-nums;
    color: var(--_handle);
    background: transparent;
    border: 0;
    border-bottom: 2px dotted var(--_handle);
    border-radius: 0;
  }
  .facts input { appearance: textfield; }
  .facts input::-webkit-inner-spin-button { appearance: none; margin: 0; }
  .facts input.feature { width: 3.2em; min-width: 0; color: inherit; border-bottom: 1px solid var(--edge, var(--_ghost)); appearance: auto; }
  .facts select { min-width: 0; max-width: 100%; min-height: 28px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--_line); border-radius: var(--radius, 6px); }
  .facts input:disabled { color: inherit; border-bottom-color: transparent; }

  /* The gutter stays in place while the sheet scrolls. */
  .plot { outline-offset: 4px; border-radius: var(--radius, 6px); }
  .scrolled .frame { box-shadow: inset 1px 0 var(--_line); mask-image: linear-gradient(to right, transparent, #000 28px); } /* A shadow shows that there is more on the left. */
  .under { pointer-events: none; }
  .plot:focus-visible { outline-offset: 4px; }

  .row { font-size: 13px; }
  .note, .tick { font-size: 11.5px; fill: var(--_ink-2); }
  .tick[data-time] { cursor: pointer; }
  .value { font-size: 12px; }
  .value.strong { font-size: 15px; font-weight: 650; }
  .value.edited { fill: var(--_handle); font-weight: 650; }
  .plate { font-family: var(--_math); font-style: italic; font-size: 17px; font-weight: 600; }
  .plate .math { font-size: inherit; }
  .plate .low { font-size: 0.72em; }
  .over text { paint-order: stroke; stroke: var(--_paper); stroke-width: 3px; stroke-linejoin: round; }

  .u { --role: var(--_u); }
  .w { --role: var(--_w); }
  .v { --role: var(--_v); }
  .b { --role: var(--_ink-2); }
  .role { color: var(--role); }
  text.u, text.w, text.v { fill: var(--role); }
  tspan.ink { fill: var(--_ink); }
  .rail { fill: none; stroke: var(--role); stroke-width: 1.5; }
  .rail.b { stroke-width: 1.25; }
  .rail.idle { opacity: 0.35; }
  .tap { fill: none; stroke: var(--role); stroke-width: 1.25; opacity: 0.55; }
  .way { fill: none; stroke: var(--role); stroke-width: 1.5; }
  .way.b { stroke-width: 1.25; }
  .tip, .node { fill: var(--role); }
  .faint { opacity: 0.22; }
  .halo { fill: none; stroke: var(--_paper); stroke-width: 7; }
  .way.cut, .pass.cut { stroke: var(--_ghost); stroke-width: 1; stroke-dasharray: 1.5 4; }
  .cross { fill: none; stroke: var(--_error); stroke-width: 2.25; }
  .pass { fill: none; stroke: var(--_ink-2); stroke-width: 1.25; opacity: 0.75; }
  .pass.carry { stroke-width: 2; }
  .pass-tip { fill: var(--_ink-2); }
  .untrained .way, .rail.untrained { stroke-dasharray: 3 3; stroke-width: 1.25; }
  .untrained .node { fill: var(--_paper); stroke: var(--role); stroke-width: 1.25; }
  .level.half { stroke-dasharray: 2 4; stroke: var(--_ghost); }
  .level.zero { stroke: var(--_ghost); }
  .track { stroke: var(--_line); stroke-width: 1; }
  .series { fill: none; stroke: var(--_ghost); stroke-width: 1; stroke-opacity: 0.7; pointer-events: none; }
  .lines { fill: none; stroke: var(--_ink-2); stroke-width: 1; opacity: 0.32; }
  .range { fill: var(--_ink-2); opacity: 0.16; }
  .line { fill: none; stroke: var(--_select); stroke-width: 2; stroke-linejoin: round; }
  .spot { fill: var(--_select); }
  .band line { stroke: var(--_select); stroke-width: 1; opacity: 0.45; }
  .answer { fill: var(--_v); stroke: var(--_paper); stroke-width: 2; }
  .untrained .answer { fill: var(--_paper); stroke: var(--_v); stroke-width: 1.5; stroke-dasharray: 2.5 2; }
  .answer-line { fill: none; stroke: var(--_v); stroke-width: 1.25; stroke-dasharray: 3 3; stroke-opacity: 0.7; }
  .answer-line.solid { stroke-dasharray: none; }
  .bars { fill: none; stroke: var(--_line); stroke-width: 1; }
  .share { fill: var(--_v); fill-opacity: 0.4; }
  .share.best { fill-opacity: 1; }
  .untrained .share { fill: none; stroke: var(--_v); stroke-width: 1; stroke-dasharray: 2.5 2; }
  .target { stroke: var(--_ink); stroke-width: 1.5; fill: var(--_paper); }
  .target.one { fill: var(--_ink); }
  .miss { fill: none; stroke: var(--_ink); stroke-width: 1; stroke-dasharray: 1.5 2.5; }

  .touch { fill: transparent; touch-action: none; cursor: ns-resize; }
  [aria-disabled='true'] .touch { cursor: default; touch-action: auto; }
  .ring { fill: none; stroke: none; }
  .grip { outline: none; }
  .grip:focus-visible .ring { stroke: var(--_focus); stroke-width: 2; }
  .dot { fill: var(--_paper); stroke: var(--_handle); stroke-width: 2; pointer-events: none; }
  .now .dot, .grip:hover .dot, .edited .dot { fill: var(--_handle); }
  [aria-disabled='true'] .dot { stroke: var(--_ink-2); }
  .ghost { fill: none; stroke: var(--_ghost); stroke-width: 1.25; stroke-dasharray: 2.5 2; pointer-events: none; }

  /* The source of a highlighted term has a heavy outline that is visible on cells of any color. */
  .highlights { pointer-events: none; }
  .highlight, .highlight-halo { fill: none; stroke-linejoin: round; }
  .highlight { stroke: var(--_select); stroke-width: 2.5; }
  .highlight-halo { stroke: var(--_paper); stroke-width: 6; }
  .highlight.thread { stroke-width: 3.5; }
  .highlight.thread.neg { stroke-dasharray: 6 3; }

  /* The overview of all time steps, if the sheet scrolls. */
  .overview { margin-top: 6px; font-size: 12px; color: var(--_ink-2); }
  .overview p { display: flex; justify-content: space-between; gap: 8px; margin: 2px 0 0; }
  .overview p > :not(:nth-child(2)) { white-space: nowrap; }
  .whole { position: relative; height: 34px; overflow: hidden; outline: 1px solid var(--_line); outline-offset: -1px; cursor: pointer; touch-action: pan-y pinch-zoom; }
  .whole canvas { position: absolute; }
  .seen { position: absolute; top: 0; left: 0; height: 100%; box-sizing: border-box; border: 2px solid var(--_select); border-radius: 3px; }
  .here { position: absolute; top: 0; left: -1px; width: 2px; height: 100%; background: var(--_select); }

  .tip-box {
    forced-color-adjust: none;
    position: absolute;
    left: 0;
    top: 0;
    z-index: 2;
    padding: 2px 8px;
    font-size: 13px;
    white-space: nowrap;
    color: var(--_paper);
    background: var(--_ink);
    border-radius: 4px;
    pointer-events: none;
  }
  .tip-box[hidden] { display: none; }

  .legend svg { position: static; flex: none; }
  .thread { fill: none; stroke-width: 2.5; }
  .thread.pos { stroke: var(--_pos); }
  .thread.neg { stroke: var(--_neg); stroke-dasharray: 4 2.5; }

  .controls { grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr); align-items: center; margin-top: 12px; }
  .buttons { display: flex; gap: 6px; }
  button {
    min-width: 44px;
    min-height: 40px;
    padding: 0 12px;
    font: inherit;
    color: inherit;
    background: transparent;
    border: 1px solid var(--edge, var(--_ghost));
    border-radius: var(--radius, 6px);
    cursor: pointer;
  }
  button:hover:not(:disabled) { border-color: var(--_ink); }
  button[aria-disabled='true'] { color: var(--_ink-2); border-color: var(--_line); cursor: default; }
  button svg { position: static; display: inline-block; vertical-align: -2px; fill: currentColor; }
  .control.fold input { accent-color: var(--_w); }
  .choices, .weight { display: flex; flex-wrap: wrap; gap: 6px 20px; align-items: center; margin: 10px 0 0; font-size: 14px; }
  .weight { padding: 4px 12px 8px; border: 1px solid var(--_line); border-radius: var(--radius, 6px); min-width: 0; }
  .weight legend { padding: 0 6px; color: var(--_ink-2); }
  .choice { display: inline-flex; flex-wrap: wrap; gap: 2px 8px; align-items: center; max-width: 100%; }
  .choice select { min-width: 0; max-width: 100%; }
  .choice select, .choice input {
    min-height: 32px;
    max-width: 100%;
    padding: 0 8px;
    font: inherit;
    font-variant-numeric: tabular-nums;
    color: inherit;
    background: var(--_paper);
    border: 1px solid var(--edge, var(--_ghost));
    border-radius: var(--radius, 6px);
  }
  .choice input { width: 4.5em; box-sizing: border-box; }
  .choice.value-of input { width: 6.5em; color: var(--_handle); }
  .cut-words { color: var(--_error); }
  .facts > .cut-words { white-space: normal; }
  .narrow .choice select, .narrow .choice input { min-height: 44px; }
  .check { display: flex; gap: 8px; align-items: center; min-height: 40px; max-width: 16.5rem; font-size: 14px; line-height: 1.3; }
  .check input { width: 18px; height: 18px; margin: 0; accent-color: var(--_v); flex: none; }
  .narrow .buttons button { flex: 1; min-height: 44px; }

  .untrained { color: var(--_ink-2); font-style: italic; }
`;
