/**
 * Draws at most one item in each frame: of two runs that arrive between two frames, one is drawn in this frame and one
 * in the next, because drawing both in one frame would show only the second.
 */

/**
 * The number of items that wait. The oldest one is dropped when there are more, so that drawing does not lag behind.
 */
const MOST = 2;

export class FrameQueue<T> {
  readonly #take: (one: T) => void;
  #waiting: T[] = [];
  #frame = 0;

  constructor(take: (one: T) => void) {
    this.#take = take;
  }

  /** Draws the item in the next free frame. */
  push(one: T): void {
    this.#waiting = [...this.#waiting, one].slice(-MOST);
    this.#later();
  }

  /** Draws the item now, and drops those that wait, because they are older. */
  now(one: T): void {
    this.forget();
    this.#take(one);
  }

  /** Drops the items that wait. */
  forget(): void {
    this.#waiting = [];
  }

  #later(): void {
    if (this.#frame || this.#waiting.length === 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const one = this.#waiting.shift();
      if (one !== undefined) this.#take(one);
      this.#later();
    });
  }
}
