/**
 * Who scrolls the page over a field does not change it: browsers let the wheel change the number or the range that has
 * the focus, and let a finger move a range the moment it touches it.
 */

/** For all fields below a root, those in shadow roots too. */
export function scrollOverFields(root: HTMLElement): void {
  root.addEventListener('wheel', onWheel, { passive: true, capture: true });
  new Touch(root);
}

/**
 * Runs before the browser's own answer, for which the field is out of reach: then the wheel scrolls as it does
 * anywhere.
 */
function onWheel(event: WheelEvent): void {
  const [field] = event.composedPath();
  if (!(field instanceof HTMLInputElement) || !field.matches(':focus')) return;
  if (field.type === 'number' && !field.readOnly) {
    field.readOnly = true;
    setTimeout(() => {
      field.readOnly = false;
    });
  } else if (field.type === 'range' && event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) {
    field.blur(); /* a range knows no read-only; Firefox moves one in focus by the lines of a mouse's wheel */
    setTimeout(() => field.focus({ preventScroll: true }));
  }
}

/** So far to the side, in pixels, and the finger means the range. */
const SIDEWAYS = 8;

/**
 * A finger on a range: what it changes is told once it moves sideways or is lifted, and taken back where the browser
 * scrolls instead.
 */
class Touch {
  /** The range under the finger, while nobody knows what it means, and what it showed before. */
  #range: HTMLInputElement | undefined;
  #before = '';
  #x = 0;
  /** The range last scrolled over: what its browser still tells of the touch is not passed on. */
  #left: HTMLInputElement | undefined;

  constructor(root: HTMLElement) {
    const listen = (names: readonly (keyof HTMLElementEventMap)[], hear: (event: Event) => void): void => {
      for (const name of names) root.addEventListener(name, hear, true);
    };
    listen(['pointerdown'], (event) => this.#down(event as PointerEvent));
    listen(['pointermove'], (event) => {
      if (Math.abs((event as PointerEvent).clientX - this.#x) > SIDEWAYS) this.#meant();
    });
    listen(['pointerup'], () => this.#meant());
    listen(['pointercancel'], () => this.#scrolled());
    listen(['input', 'change'], (event) => {
      const [field] = event.composedPath();
      if (field === this.#range || field === this.#left) event.stopImmediatePropagation();
    });
  }

  #down(event: PointerEvent): void {
    const [field] = event.composedPath();
    this.#range = this.#left = undefined;
    if (event.pointerType !== 'touch' || !(field instanceof HTMLInputElement) || field.type !== 'range') return;
    this.#range = field;
    this.#before = field.value;
    this.#x = event.clientX;
  }

  #meant(): void {
    const range = this.#range;
    this.#range = undefined;
    if (range && range.value !== this.#before)
      range.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }

  #scrolled(): void {
    const range = this.#range;
    this.#range = undefined;
    if (!range) return;
    range.value = this.#before;
    this.#left = range;
    requestAnimationFrame(() => {
      if (this.#left === range) this.#left = undefined; /* what keys change next is meant */
    });
  }
}
