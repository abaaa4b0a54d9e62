/** Observes which figures are on the screen or near it. Other figures request nothing and are not drawn. */

import { SightObserver } from '../shared/observers.ts';

/**
 * The distance at which a figure is drawn and its script is loaded, so that both are done before a reader scrolls to
 * it.
 */
const NEAR = '200px';
const AHEAD = '800px';

type Hear = () => void;

export class Visibility {
  readonly #near = new Set<Element>();
  readonly #heard = new Map<Element, Set<Hear>>();
  readonly #ahead = new Map<Element, Hear>();
  readonly #observer = new SightObserver((entries) => this.#told(entries), { rootMargin: NEAR });
  readonly #loader = new SightObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) this.#reach(target);
    },
    { rootMargin: AHEAD },
  );
  #all = false;

  #told(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
      if (isIntersecting) for (const hear of this.#heard.get(target) ?? []) hear();
    }
  }

  #reach(target: Element): void {
    const hear = this.#ahead.get(target);
    this.#ahead.delete(target);
    this.#loader.unobserve(target);
    hear?.();
  }

  /** Calls `hear` whenever the figure comes near the screen. */
  watch(figure: Element, hear: Hear = () => undefined): void {
    const heard = this.#heard.get(figure) ?? new Set();
    this.#heard.set(figure, heard.add(hear));
    this.#observer.observe(figure);
  }

  /** Calls `hear` once, before the figure comes near the screen. */
  before(figure: Element, hear: Hear): void {
    this.#ahead.set(figure, hear);
    this.#loader.observe(figure);
  }

  has(figure: Element): boolean {
    return this.#near.has(figure) || (this.#all && figure.isConnected);
  }

  /** Treats all figures as visible once, because a picture is taken of one that is not. */
  all(): void {
    for (const figure of [...this.#ahead.keys()]) this.#reach(figure);
    this.#all = true;
    for (const heard of this.#heard.values()) for (const hear of heard) hear();
    this.#all = false;
  }
}
