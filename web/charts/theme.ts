/** Tells when the page's colours may have changed: a canvas cannot read custom properties, and must be painted again. */

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

const listeners = new Set<() => void>();
let watching = false;

function watch(): void {
  watching = true;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  for (const query of QUERIES) matchMedia(query).addEventListener('change', tell);
  watchDensity(tell);
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
}

/** A window that is dragged to another screen, or a page that is zoomed, has other pixels: a canvas must be painted
 *  anew to be sharp.
 *  A query asks about one density alone, so each change needs the next query. */
function watchDensity(tell: () => void): void {
  const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const changed = (): void => {
    watchDensity(tell);
    tell();
  };
  query.addEventListener('change', changed, { once: true });
}

/** Calls back whenever the page's colours, or the pixels of its screen, may have changed; returns the way to stop. */
export function onThemeChange(listener: () => void): () => void {
  if (!watching) watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
