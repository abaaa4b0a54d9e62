/**
 * The browser's observers of sizes and visibility. Without them, sizes are measured when the window changes, and
 * everything counts as visible: the page works more, and shows the same.
 */

type Sizes = (entries: ResizeObserverEntry[]) => void;

const entryOf = (target: Element): ResizeObserverEntry =>
  ({ target, contentRect: contentOf(target) }) as unknown as ResizeObserverEntry;

class Measured {
  readonly #targets = new Set<Element>();
  readonly #measure: () => void;

  constructor(listener: Sizes) {
    this.#measure = () => listener([...this.#targets].map(entryOf));
    addEventListener('resize', this.#measure);
  }

  observe(target: Element): void {
    this.#targets.add(target);
    queueMicrotask(this.#measure);
  }

  unobserve(target: Element): void {
    this.#targets.delete(target);
  }

  disconnect(): void {
    this.#targets.clear();
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
export const measure = (target: Element): void => listeners.get(target)?.([entryOf(target)]);

export const SightObserver = globalThis.IntersectionObserver ?? (AllSeen as unknown as typeof IntersectionObserver);
