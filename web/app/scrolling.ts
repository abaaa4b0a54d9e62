/**
 * Scrolling over a field must not change it: browsers let the wheel change a number or a range that has the focus, and
 * let a finger move a range as soon as it touches it.
 */

/** Covers all fields below a root, also in shadow roots. */
export function scrollOverFields(root: HTMLElement): void {
  root.addEventListener('wheel', onWheel, { passive: true, capture: true });
  new Touch(root);
}

/** Takes the focus from the field before the browser handles the event. The wheel then scrolls the page as usual. */
function onWheel(event: WheelEvent): void {
  const [field] = event.composedPath();
  if (!(field instanceof HTMLInputElement) || !field.matches(':focus')) return;
  if (field.type === 'number' && !field.readOnly) {
    field.readOnly = true;
    setTimeout(() => {
      field.readOnly = false;
    });
  } else if (field.type === 'range' && event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) {
    field.blur(); /* a range cannot be read-only, and Firefox moves one that has the focus */
    setTimeout(() => field.focus({ preventScroll: true }));
  }
}

/** A finger that has moved this far to the side, in pixels, means the range. */
const SIDEWAYS = 8;

/**
 * A finger on a range. Its changes are passed on when it moves sideways or is lifted, and undone if the browser scrolls
 * instead.
 */
class Touch {
  /** The range under the finger while its purpose is unclear, and the value that it had. */
  #range: HTMLInputElement | undefined;
  #before = '';
  #x = 0;
  /** The range that was last scrolled over. Later events of the same touch are not passed on. */
  #left: HTMLInputElement | undefined;

  constructor(root: HTMLElement) {
    const listen = (names: readonly (keyof HTMLElementEventMap)[], listener: (event: Event) => void): void => {
      for (const name of names) root.addEventListener(name, listener, true);
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
      if (this.#left === range) this.#left = undefined; /* keys that follow are meant */
    });
  }
}
