/** Observes which figures are on the screen or near it. Other figures request nothing and are not drawn. */

import { SightObserver } from '../shared/observers.ts';

/**
 * The distance at which a figure is drawn and its script is loaded, so that both are done before a reader scrolls to
 * it.
 */
const NEAR = '200px';
const AHEAD = '800px';

type Callback = () => void;

const NONE = (): boolean => false;

export class Visibility {
  readonly #near = new Set<Element>();
  readonly #listeners = new Map<Element, Set<Callback>>();
  readonly #ahead = new Map<Element, Callback>();
  readonly #observer = new SightObserver((entries) => this.#update(entries), { rootMargin: NEAR });
  readonly #loader = new SightObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) this.#reach(target);
    },
    { rootMargin: AHEAD },
  );
  /** Figures that count as visible at this moment. */
  #among: (figure: Element) => boolean = NONE;

  #update(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
      if (isIntersecting) for (const listener of this.#listeners.get(target) ?? []) listener();
    }
  }

  #reach(target: Element): void {
    const listener = this.#ahead.get(target);
    this.#ahead.delete(target);
    this.#loader.unobserve(target);
    listener?.();
  }

  /** Calls `listener` whenever the figure comes near the screen. */
  watch(figure: Element, listener: Callback = () => undefined): void {
    const listeners = this.#listeners.get(figure) ?? new Set();
    this.#listeners.set(figure, listeners.add(listener));
    this.#observer.observe(figure);
  }

  /** Calls `listener` once, before the figure comes near the screen. */
  before(figure: Element, listener: Callback): void {
    this.#ahead.set(figure, listener);
    this.#loader.observe(figure);
  }

  has(figure: Element): boolean {
    return this.#near.has(figure) || (figure.isConnected && this.#among(figure));
  }

  /** Treats all figures, or those among them that `among` names, as visible once, because a picture is taken of one that is not. */
  all(among: (figure: Element) => boolean = () => true): void {
    for (const figure of [...this.#ahead.keys()]) if (among(figure)) this.#reach(figure);
    this.#among = among;
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener();
    this.#among = NONE;
  }
}
