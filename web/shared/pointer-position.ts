/** The position of a pointer in an element's own pixels. A surrounding page may scale the element, as slides do. */

/** An element's own lengths are whole numbers, so a difference of less than one pixel is not a scale. */
const ratio = (shown: number, own: number): number =>
  own === 0 || shown === 0 || Math.abs(shown - own) < 1 ? 1 : shown / own;

/** The scales of an element across and down: pixels of the window for each pixel of the element. */
export function scaleOf(element: Element): { across: number; down: number } {
  const { width, height } = element.getBoundingClientRect();
  const [own, tall] =
    element instanceof HTMLElement
      ? [element.offsetWidth, element.offsetHeight]
      : [element.clientWidth, element.clientHeight];
  return { across: ratio(width, own), down: ratio(height, tall) };
}

/**
 * A listener for `touchstart` on what is dragged: the page does not scroll under the finger. (Browsers do not heed
 * touch-action alone inside an SVG.)
 */
export const PREVENT_SCROLL = { handleEvent: (event: Event): void => event.preventDefault(), passive: false };

export function localPosition(
  element: Element,
  { clientX, clientY }: { clientX: number; clientY: number },
): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const { across, down } = scaleOf(element);
  return { x: (clientX - left) / across, y: (clientY - top) / down };
}
