/**
 * The browser's observers of sizes and visibility. Without them, sizes are measured at intervals and everything counts
 * as visible: the page works more, and shows the same.
 */

/** In milliseconds, the interval at which sizes are measured. */
const OFTEN = 200;

class Measured {
  readonly #listener: (entries: Pick<ResizeObserverEntry, 'target' | 'contentRect'>[]) => void;
  readonly #known = new Map<Element, string>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(listener: (entries: Pick<ResizeObserverEntry, 'target' | 'contentRect'>[]) => void) {
    this.#listener = listener;
  }

  observe(target: Element): void {
    this.#known.set(target, '');
    this.#timer ??= setInterval(() => this.#measure(), OFTEN);
    queueMicrotask(() => this.#measure());
  }

  unobserve(target: Element): void {
    this.#known.delete(target);
    if (this.#known.size === 0) this.disconnect();
  }

  disconnect(): void {
    this.#known.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #measure(): void {
    const entries = [...this.#known.keys()].map((target) => ({ target, contentRect: contentOf(target) }));
    const others = entries.filter(
      ({ target, contentRect: { width, height } }) => this.#known.get(target) !== `${width} ${height}`,
    );
    for (const {
      target,
      contentRect: { width, height },
    } of others)
      this.#known.set(target, `${width} ${height}`);
    if (others.length > 0) this.#listener(others);
  }
}

/** The size without padding and border. */
function contentOf(element: Element): DOMRectReadOnly {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(element);
  const [left, top] = [Number.parseFloat(paddingLeft), Number.parseFloat(paddingTop)];
  const width = element.clientWidth - left - Number.parseFloat(paddingRight);
  return new DOMRect(
    left,
    top,
    Math.max(0, width),
    Math.max(0, element.clientHeight - top - Number.parseFloat(paddingBottom)),
  );
}

class AllSeen {
  readonly #listener: (entries: Pick<IntersectionObserverEntry, 'target' | 'isIntersecting'>[]) => void;

  constructor(listener: (entries: Pick<IntersectionObserverEntry, 'target' | 'isIntersecting'>[]) => void) {
    this.#listener = listener;
  }

  observe(target: Element): void {
    queueMicrotask(() => this.#listener([{ target, isIntersecting: true }]));
  }

  unobserve(): void {}

  disconnect(): void {}
}

type Sizes = (entries: ResizeObserverEntry[]) => void;

const Sized = globalThis.ResizeObserver ?? (Measured as unknown as typeof ResizeObserver);
const listeners = new WeakMap<Element, Sizes>();

export class SizeObserver extends Sized {
  readonly #listener: Sizes;

  constructor(listener: Sizes) {
    super(listener);
    this.#listener = listener;
  }

  override observe(target: Element): void {
    super.observe(target);
    listeners.set(target, this.#listener);
  }
}

/** Tells the latest observer of an element its size at once: before a page is printed no frame follows that would. */
export const measure = (target: Element): void =>
  listeners.get(target)?.([{ target, contentRect: contentOf(target) } as unknown as ResizeObserverEntry]);

export const SightObserver = globalThis.IntersectionObserver ?? (AllSeen as unknown as typeof IntersectionObserver);
