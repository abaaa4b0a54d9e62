/** Is a handle held? While one is, the run before stays the ghost, and what a drag would ask for too often waits for its end. */

export class Held {
  #moving = false;
  #dragging = false;
  readonly #taken: (() => void)[] = [];
  readonly #released: (() => void)[] = [];

  constructor() {
    /* before anyone else hears of the change … */
    document.body.addEventListener(
      'rnn-change',
      ({ detail: { final } }) => {
        if (!final && !this.#dragging) for (const hear of this.#taken) hear();
        this.#moving = !final;
        this.#dragging ||= !final;
      },
      { capture: true },
    );
    /* … and behind all others */
    document.documentElement.addEventListener('rnn-change', ({ detail: { final } }) => {
      if (!final || !this.#dragging) return;
      this.#dragging = false;
      for (const hear of this.#released) hear();
    });
  }

  /** More changes are to come. */
  get moving(): boolean {
    return this.#moving;
  }

  /** The change under way belongs to a drag: its last one, too. */
  get dragging(): boolean {
    return this.#dragging;
  }

  listen({ taken, released }: { taken?: () => void; released?: () => void }): void {
    if (taken) this.#taken.push(taken);
    if (released) this.#released.push(released);
  }
}
