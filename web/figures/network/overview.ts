/**
 * All time steps at once, if the sheet is wider than its frame: the states of every column as a low image, a frame
 * around the visible part, and the cursor.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Scene } from './scene.ts';
import { type Ink, prepare, statesPicture } from './cell-painting.ts';
import { plural, translate } from '../../shared/translate.ts';

const OVERVIEW_HEIGHT = 34;

/** Whether the unrolled sheet is wider than the frame. */
const scrolls = (s: Scene): boolean => s.l.unrolledWidth > s.l.frameWidth + 0.5;

/** The width of one of the T + 1 columns. */
const pitch = (s: Scene): number => s.l.width / (s.trace.timesteps + 1);

/** The time step at x in the overview. */
export const timeAt = (s: Scene, x: number): number =>
  Math.min(Math.max(Math.floor(x / pitch(s)), 0), s.trace.timesteps);

/** The part of the overview that is visible in the frame at this scroll position. */
function seenPart(s: Scene, scroll: number): [left: number, width: number] {
  const share = s.l.width / s.l.sheetWidth;
  return [scroll * share, Math.min(1, s.l.frameWidth / s.l.sheetWidth) * s.l.width];
}

/** The position where the pointer was pressed. Safari before version 17 gives no movement of a finger in its events. */
let down = { clientX: 0, clientY: 0 };

/** A finger that moves vertically scrolls the page. Only a horizontal movement drags. */
const drags = ({ buttons, pointerType, clientX, clientY }: PointerEvent): boolean =>
  (buttons & 1) === 1 &&
  (pointerType !== 'touch' || Math.abs(clientX - down.clientX) > Math.abs(clientY - down.clientY));

const onDown = ({ clientX, clientY }: PointerEvent): void => {
  down = { clientX, clientY };
};

export function overview(s: Scene, go: (event: MouseEvent) => void): TemplateResult | typeof nothing {
  if (!scrolls(s)) return nothing;
  const { timesteps } = s.trace;
  return html`<div class="overview" aria-hidden="true">
    <div class="whole" @click=${go} @pointerdown=${onDown} @pointermove=${(event: PointerEvent) => (drags(event) ? go(event) : undefined)}>
      <canvas class="all"></canvas><span class="seen"></span><span class="here"></span></div>
    <p><span><var>t</var> = 0</span><span>${plural(timesteps, { other: translate(`All ${timesteps} time steps. The frame marks the part that is shown above.`) })}</span><span>${timesteps}</span></p></div>`;
}

/** Paints the states up to the cursor. */
export function drawOverview(canvas: HTMLCanvasElement, s: Scene, ink: Ink): void {
  const g = prepare(canvas, s.l.width, OVERVIEW_HEIGHT);
  if (!g) return;
  const { units, shown } = s.trace;
  const wide = pitch(s) * (s.timestep + 1);
  g.imageSmoothingEnabled = units > OVERVIEW_HEIGHT * 2;
  g.drawImage(statesPicture(shown, units, s.timestep + 1, s.stateLimit, ink), 0, 0, wide, OVERVIEW_HEIGHT);
}

/**
 * Frame and cursor are positioned by script because a strict content security policy forbids style attributes in
 * markup.
 */
export function placeOverview(root: ParentNode, s: Scene, scroll: number): void {
  const [seen, here] = [root.querySelector<HTMLElement>('.seen'), root.querySelector<HTMLElement>('.here')];
  if (!seen || !here) return;
  const [left, width] = seenPart(s, scroll);
  seen.style.transform = `translateX(${left}px)`;
  seen.style.width = `${width}px`;
  here.style.transform = `translateX(${(s.timestep + 0.5) * pitch(s)}px)`;
}
