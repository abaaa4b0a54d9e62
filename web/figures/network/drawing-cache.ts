/**
 * What is kept from one drawing to the next: the scroll position, the drawn columns, the colors, the weight matrices.
 */

import { Inks } from './ink.ts';
import { columnsBetween, scrollFor, scrollToShow } from './network-layout.ts';
import { drawOverview, placeOverview } from './overview.ts';
import type { Ink } from './cell-painting.ts';
import { drawCells, drawPlates } from './canvases.ts';
import { type Scene, scene, type SceneInput } from './scene.ts';

/**
 * How far beyond the frame columns are drawn, in widths of the frame, so that scrolling does not show blank columns.
 */
const AHEAD = 1;
/**
 * The most columns that are drawn. In a partly folded figure, a thousand columns may be near the frame, one on top of
 * the other.
 */
const MOST_COLUMNS = 160;

export class View {
  /**
   * The frame follows the cursor when the cursor moves, but not while the reader works in another part of the frame.
   */
  follow = true;
  /** The time steps of the inputs that were changed since the last drawing. The frame goes to them, too. */
  changed: readonly number[] = [];
  readonly #root: () => ParentNode;
  readonly #inks = new Inks();
  #plates: unknown[] = [];
  #window: [number, number] = [0, 0];

  constructor(root: () => ParentNode) {
    this.#root = root;
  }

  /** The scene with the columns to draw: those visible in the frame after scrolling, and some on both sides. */
  scene(input: SceneInput): Scene {
    const made = scene(input);
    const now = this.#frame?.scrollLeft ?? 0;
    const scroll = this.#scrollFrom(made, now);
    this.#window = columnsBetween(made.l, scroll - AHEAD * made.l.frameWidth, scroll + (1 + AHEAD) * made.l.frameWidth);
    const [from, until] = this.#window;
    const to = Math.min(until, made.timestep);
    return {
      ...made,
      from: Math.max(Math.min(from, made.timestep), to - MOST_COLUMNS),
      to,
      until: Math.min(until, to + MOST_COLUMNS),
    };
  }

  /** The scroll position that shows the cursor, if it moved, and then the first of the inputs that were changed. */
  #scrollFrom({ l, timestep }: Scene, now: number): number {
    const atCursor = this.follow ? scrollFor(l, timestep, now) : now;
    return this.changed.reduceRight((scroll, t) => scrollToShow(l, t, scroll), atCursor);
  }

  get #frame(): HTMLElement | null {
    return this.#root().querySelector('.frame');
  }

  #canvas(name: string): HTMLCanvasElement | null {
    return this.#root().querySelector(`canvas.${name}`);
  }

  /** Sets sizes and paints the canvases after the markup has been rendered. */
  draw(host: HTMLElement, s: Scene): void {
    // Sizes are set by script because a strict content security policy forbids style attributes in markup.
    this.#size('.gutter', s.l.gutter.width, s.l.height);
    this.#size('.sheet', s.l.sheetWidth, s.l.height);
    const ink = this.#inks.read(host);
    this.#paintPlates(s, ink);
    drawCells(this.#canvas('cells') as HTMLCanvasElement, s, ink);
    const frame = this.#frame;
    if (frame) {
      const place = this.#scrollFrom(s, frame.scrollLeft);
      if (Math.abs(place - frame.scrollLeft) > 0.5) frame.scrollLeft = place;
    }
    const all = this.#canvas('all');
    if (all) drawOverview(all, s, ink);
    placeOverview(this.#root(), s, frame?.scrollLeft ?? 0);
  }

  /** Paints all canvases again. */
  repaint(host: HTMLElement, s: Scene): void {
    this.#plates = [];
    this.draw(host, s);
  }

  #size(selector: string, width: number, height: number): void {
    const { style } = this.#root().querySelector(selector) as HTMLElement;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  /** The weight matrices are painted only if they have changed, for example not while an x is dragged. */
  #paintPlates(s: Scene, ink: Ink): void {
    const canvas = this.#canvas('plates') as HTMLCanvasElement;
    const edits = [...(s.editedWeights ?? [])].join();
    const drawn = [canvas, s.weights, s.unit, s.weight, edits, ink, s.l.width, s.l.height, globalThis.devicePixelRatio];
    if (drawn.every((part, k) => part === this.#plates[k])) return;
    this.#plates = drawn;
    drawPlates(canvas, s, ink);
  }

  /** Called after scrolling. Returns whether some columns in the frame have not been drawn. */
  scrolled(s: Scene): boolean {
    const frame = this.#frame;
    if (!frame) return false;
    this.#root()
      .querySelector('.plot')
      ?.classList.toggle('scrolled', frame.scrollLeft > 1);
    placeOverview(this.#root(), s, frame.scrollLeft);
    const [from, to] = columnsBetween(s.l, frame.scrollLeft, frame.scrollLeft + frame.clientWidth);
    return from < this.#window[0] || to > this.#window[1];
  }
}
