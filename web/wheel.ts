/** The wheel scrolls the page over a field, too: browsers let it change the number or the range that has the focus. */

/** For all fields below a root, those in shadow roots too. Passive: the page scrolls without waiting for it. */
export function scrollOverFields(root: EventTarget): void {
  root.addEventListener('wheel', (event) => pass(event as WheelEvent), { passive: true, capture: true });
}

/** Runs before the browser's own answer, for which the field is out of reach: then the wheel scrolls as it does anywhere. */
function pass(event: WheelEvent): void {
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
