/**
 * Reserves room for texts that change during playing, dragging or stepping, so that the content below does not jump.
 */

const widths = new WeakMap<Element, { width: number; key: string }>();

/** Keeps the height of the tallest text so far. A new width or another `data-room` starts again. */
const watcher: ResizeObserver | undefined =
  globalThis.ResizeObserver &&
  new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) {
      const part = target as HTMLElement;
      const { inlineSize: width = 0, blockSize: height = 0 } = borderBoxSize[0] ?? {};
      const key = part.dataset['room'] ?? '';
      const before = widths.get(part);
      if (width === 0) continue;
      widths.set(part, { width, key });
      if (before && (before.width !== width || before.key !== key)) part.style.minBlockSize = '';
      else if (height > (Number.parseFloat(part.style.minBlockSize) || 0)) part.style.minBlockSize = `${height}px`;
    }
  });

/** Observes all elements below a root that have `data-room`, each once. */
export function reserveHeight(root: ParentNode): void {
  for (const part of root.querySelectorAll<HTMLElement>('[data-room]')) {
    const known = widths.get(part);
    if (known && known.key !== part.dataset['room']) part.style.minBlockSize = '';
    watcher?.observe(part, { box: 'border-box' });
  }
}
