/**
 * "One update, slowly" above the network. It is open while an update is shown, and to close it ends that. A reader who
 * opens it gets it at the top of the screen, so that the network below it is in view.
 */

import type { App } from '../app/app.ts';
import { isOpen, opening, SLOW_PART } from '../state/state.ts';

export function slowUpdate({ parts, store }: App): void {
  const dock = parts.byId<HTMLDetailsElement>('slow-dock');
  if (!dock) return;
  const isSet = (): boolean => isOpen(store.state, SLOW_PART);
  const show = (): void => {
    dock.open = store.state.slow > 0 || isSet();
  };
  let opened = false;
  dock.querySelector('summary')?.addEventListener('click', () => {
    opened = !dock.open;
  });
  dock.addEventListener('toggle', () => {
    if (dock.open && opened) dock.scrollIntoView({ block: 'start' });
    opened = false;
    const { state } = store;
    if (!dock.open && (state.slow > 0 || isSet())) store.change({ slow: 0, ...opening(state, SLOW_PART, false) });
    else if (dock.open && state.slow === 0 && !isSet()) store.change(opening(state, SLOW_PART, true));
  });
  /* what gets the focus by keyboard is not covered; a change of the focus inside a figure is not told outside of it */
  dock.parentElement?.addEventListener('keyup', (event) => {
    const part = event.composedPath()[0] as Element;
    if (event.key !== 'Tab' || dock.contains(part) || store.state.slow === 0) return;
    const covered = dock.getBoundingClientRect().bottom - part.getBoundingClientRect().top;
    if (covered > 0) scrollBy({ top: -covered - 8, behavior: 'instant' });
  });
  store.listen((state, before) => {
    if (state.slow !== before.slow || state.open !== before.open) show();
  });
  show();
}
