/** Where a pointer is, in an element's own pixels: a page around may show the element scaled, as slides do. */

/** The element's own lengths are whole numbers: what differs by less than one pixel is not scaled. */
const ratio = (shown: number, own: number): number =>
  own === 0 || shown === 0 || Math.abs(shown - own) < 1 ? 1 : shown / own;

/** How many pixels of the window one of the element's takes, across and down. */
export function scaleOf(element: Element): { across: number; down: number } {
  const { width, height } = element.getBoundingClientRect();
  const [own, tall] =
    element instanceof HTMLElement
      ? [element.offsetWidth, element.offsetHeight]
      : [element.clientWidth, element.clientHeight];
  return { across: ratio(width, own), down: ratio(height, tall) };
}

export function local(
  element: Element,
  { clientX, clientY }: { clientX: number; clientY: number },
): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const { across, down } = scaleOf(element);
  return { x: (clientX - left) / across, y: (clientY - top) / down };
}
