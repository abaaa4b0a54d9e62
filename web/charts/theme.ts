/** The tokens' colours, resolved: a canvas cannot read custom properties, and light-dark() depends on where it stands. */

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

const listeners = new Set<() => void>();
let watching = false;

function watch(): void {
  watching = true;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  for (const query of QUERIES) matchMedia(query).addEventListener('change', tell);
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
}

/** Calls back whenever the page's colours may have changed; returns the way to stop. */
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
