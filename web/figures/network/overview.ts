/**
 * All time steps at once, where the sheet is wider than its frame: every column's states as one low picture, the part
 * that is seen framed, the cursor. Pure, but for the canvas it paints.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Scene } from './scene.ts';
import { type Ink, prepare, statesPicture } from './cell-painting.ts';

export const OVERVIEW_HEIGHT = 34;

/** Is there more than the frame holds, unrolled? */
export const scrolls = (s: Scene): boolean => s.l.unrolledWidth > s.l.frameWidth + 0.5;

/** Width of one of T + 1 columns. */
const pitch = (s: Scene): number => s.l.width / (s.trace.timesteps + 1);

/** The time step at x on it. */
export const timeAt = (s: Scene, x: number): number =>
  Math.min(Math.max(Math.floor(x / pitch(s)), 0), s.trace.timesteps);

/** From where to where on it the frame stands, scrolled so far. */
export function seenPart(s: Scene, scroll: number): [left: number, width: number] {
  const share = s.l.width / s.l.sheetWidth;
  return [scroll * share, Math.min(1, s.l.frameWidth / s.l.sheetWidth) * s.l.width];
}

/** Where the pointer came down. Safari tells no movement of a finger before version 17. */
let down = { clientX: 0, clientY: 0 };

/** A finger that moves up or down scrolls the page; only one that moves sideways drags. */
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
    <p><span><var>t</var> = 0</span><span>all ${timesteps} time steps; the frame is what is seen above</span><span>${timesteps}</span></p></div>`;
}

/** The states up to the cursor; beyond it there is nothing. */
export function drawOverview(canvas: HTMLCanvasElement, s: Scene, ink: Ink): void {
  const g = prepare(canvas, s.l.width, OVERVIEW_HEIGHT);
  if (!g) return;
  const { units, shown } = s.trace;
  const wide = pitch(s) * (s.timestep + 1);
  g.imageSmoothingEnabled = units > OVERVIEW_HEIGHT * 2;
  g.drawImage(statesPicture(shown, units, s.timestep + 1, s.stateLimit, ink), 0, 0, wide, OVERVIEW_HEIGHT);
}

/** Frame and cursor, by script: a style attribute in markup would break a strict policy. */
export function placeOverview(root: ParentNode, s: Scene, scroll: number): void {
  const [seen, here] = [root.querySelector<HTMLElement>('.seen'), root.querySelector<HTMLElement>('.here')];
  if (!seen || !here) return;
  const [left, width] = seenPart(s, scroll);
  seen.style.transform = `translateX(${left}px)`;
  seen.style.width = `${width}px`;
  here.style.transform = `translateX(${(s.timestep + 0.5) * pitch(s)}px)`;
}
