/**
 * Is a handle held, or a datum? While one is, the run before stays the ghost, and what a drag would ask for too often
 * waits for its end.
 */

import '../figures/sequence/element.ts';

import type { PageParts } from './lab-parts.ts';

const KINDS = ['rnn-change', 'rnn-datum'] as const;

export class DragGesture {
  #moving = false;
  #dragging = false;
  readonly #taken: (() => void)[] = [];
  readonly #released: (() => void)[] = [];
  readonly #over = new AbortController();

  constructor(places: PageParts) {
    const { signal } = this.#over;
    for (const kind of KINDS) {
      /* before anyone else hears of the change … */
      places.root.addEventListener(kind, (event) => this.#before(event.detail.final), { capture: true, signal });
      /* … and behind all others */
      places.root.parentNode?.addEventListener(
        kind,
        (event) => this.#behind((event as HTMLElementEventMap[typeof kind]).detail.final),
        { signal },
      );
    }
  }

  /** More changes are to come. */
  get moving(): boolean {
    return this.#moving;
  }

  /** The change under way belongs to a drag: its last one, too. */
  get dragging(): boolean {
    return this.#dragging;
  }

  /** Nothing more is heard: the room around the page's parts outlives them. */
  end(): void {
    this.#over.abort();
  }

  listen({ taken, released }: { taken?: () => void; released?: () => void }): void {
    if (taken) this.#taken.push(taken);
    if (released) this.#released.push(released);
  }

  #before(final: boolean): void {
    if (!final && !this.#dragging) for (const hear of this.#taken) hear();
    this.#moving = !final;
    this.#dragging ||= !final;
  }

  #behind(final: boolean): void {
    if (!final || !this.#dragging) return;
    this.#dragging = false;
    for (const hear of this.#released) hear();
  }
}
