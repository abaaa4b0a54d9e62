/**
 * "One update, slowly" above the network. It is open while an update is shown, and to close it ends that. A reader who
 * opens it gets it at the top of the screen, so that the network below it is in view.
 */

import type { App } from '../app/app.ts';

export function slowUpdate({ parts, store }: App): void {
  const dock = parts.byId<HTMLDetailsElement>('slow-dock');
  if (!dock) return;
  const show = (): void => {
    if (store.state.slow > 0) dock.open = true;
  };
  let opened = false;
  dock.querySelector('summary')?.addEventListener('click', () => {
    opened = !dock.open;
  });
  dock.addEventListener('toggle', () => {
    if (dock.open && opened) dock.scrollIntoView({ block: 'start' });
    opened = false;
    if (!dock.open && store.state.slow > 0) store.change({ slow: 0 });
  });
  /* what gets the focus by keyboard is not covered; a change of the focus inside a figure is not told outside of it */
  dock.parentElement?.addEventListener('keyup', (event) => {
    const part = event.composedPath()[0] as Element;
    if (event.key !== 'Tab' || dock.contains(part) || store.state.slow === 0) return;
    const covered = dock.getBoundingClientRect().bottom - part.getBoundingClientRect().top;
    if (covered > 0) scrollBy({ top: -covered - 8, behavior: 'instant' });
  });
  store.listen((state, before) => {
    if (state.slow !== before.slow) show();
  });
  show();
}
