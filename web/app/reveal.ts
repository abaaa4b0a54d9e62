/**
 * The results of a training that appear epoch by epoch where the reader has just run a cell of a notebook. The whole run
 * is known before: only the drawing takes its time.
 */

import { Listeners } from './listeners.ts';

/** How long it takes, in milliseconds. */
const DURATION = 2000;

export class Reveal {
  readonly #changed = new Listeners();
  /** The share of the run that is shown, by the name of the cell. A cell that is not here shows all of it. */
  readonly #shares = new Map<string, number>();
  #began = 0;
  #resolve: (() => void) | undefined;

  /** The share of the run that may be shown in this element: 1, unless its cell is being run. */
  shareOf(element: Element): number {
    return this.#shares.get(element.closest('rnn-code-cell')?.getAttribute('name') ?? '') ?? 1;
  }

  listen(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  /** Hides the results in these cells until `play`. */
  hold(cells: readonly string[]): void {
    this.finish();
    for (const cell of cells) this.#shares.set(cell, 0);
    this.#changed.tell();
  }

  /** Resolves once all is shown: at once for readers who want no motion. */
  play(): Promise<void> {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.finish();
    if (this.#shares.size === 0) return Promise.resolve();
    this.#began = performance.now();
    requestAnimationFrame(this.#tick);
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Shows all at once. */
  finish(): void {
    if (this.#shares.size === 0) return;
    this.#shares.clear();
    this.#changed.tell();
    this.#resolve?.();
    this.#resolve = undefined;
  }

  #tick = (now: number): void => {
    if (this.#shares.size === 0) return;
    const share = Math.max(0, (now - this.#began) / DURATION);
    if (share >= 1) {
      this.finish();
      return;
    }
    for (const cell of this.#shares.keys()) this.#shares.set(cell, share);
    this.#changed.tell();
    requestAnimationFrame(this.#tick);
  };
}
