/**
 * Notifies listeners when the page's colors may have changed. A canvas does not follow custom properties and must be
 * painted again.
 */

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

const listeners = new Set<() => void>();
let watching = false;

/** Tells the listeners that colors have changed for a reason that is not watched here. */
export function tellThemeChange(): void {
  for (const listener of listeners) listener();
}

function watch(): void {
  watching = true;
  const tell = tellThemeChange;
  for (const query of QUERIES) matchMedia(query).addEventListener('change', tell);
  watchDensity(tell);
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
}

/**
 * When a window moves to another screen or the page is zoomed, the pixel density changes, and a canvas must be painted
 * again to be sharp. A media query matches one density only, so each change needs a new query.
 */
function watchDensity(tell: () => void): void {
  const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const changed = (): void => {
    watchDensity(tell);
    tell();
  };
  query.addEventListener('change', changed, { once: true });
}

/** Calls the listener whenever the colors or the pixel density may have changed. Returns a function that stops this. */
export function onThemeChange(listener: () => void): () => void {
  if (!watching) watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
