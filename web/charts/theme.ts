/**
 * The tokens' colours, resolved: a canvas cannot read custom properties, and light-dark() depends on where it stands.
 */

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

/** The colours of custom properties as they are at `probe`, an element that is not shown. */
export function readColours<Name extends string>(probe: HTMLElement, names: readonly Name[]): Record<Name, string> {
  const style = getComputedStyle(probe);
  const colours = {} as Record<Name, string>;
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = style.color;
  }
  return colours;
}
