/**
 * At most one a frame: two runs that arrive between two frames are drawn in this one and the next, not both in one, of
 * which only the second would be seen.
 */

/** So many wait; of more the oldest is never drawn: what is drawn is not to lag behind. */
const MOST = 2;

export class FrameQueue<T> {
  readonly #take: (one: T) => void;
  #waiting: T[] = [];
  #frame = 0;

  constructor(take: (one: T) => void) {
    this.#take = take;
  }

  /** In the next frame that is free. */
  push(one: T): void {
    this.#waiting = [...this.#waiting, one].slice(-MOST);
    this.#later();
  }

  /** Now; what waited is out of date. */
  now(one: T): void {
    this.forget();
    this.#take(one);
  }

  /** What waited is not wanted any more. */
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
