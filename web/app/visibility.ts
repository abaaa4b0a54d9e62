/** Which figures are on the screen: what nobody sees is not asked for, and not drawn. */

import { SightObserver } from '../shared/observers.ts';

export class Visibility {
  readonly #seen = new Set<Element>();
  readonly #appeared: () => void;
  #all = false;

  /** `appeared` is called when a figure comes into sight, or near it. */
  constructor(figures: readonly Element[], appeared: () => void) {
    this.#appeared = appeared;
    const observer = new SightObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) this.#seen.add(target);
          else this.#seen.delete(target);
        }
        if (entries.some(({ isIntersecting }) => isIntersecting)) appeared();
      },
      { rootMargin: '200px' },
    );
    for (const figure of figures) observer.observe(figure);
  }

  /** For once as if all were on the screen: a picture is taken of one that is not. */
  all(): void {
    this.#all = true;
    this.#appeared();
    this.#all = false;
  }

  has(figure: Element): boolean {
    return this.#seen.has(figure) || (this.#all && figure.isConnected);
  }
}
