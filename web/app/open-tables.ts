/**
 * Keeps in the state which tables and other parts of a page are open, because they hold numbers that a link should
 * show.
 */

import { isOpen, opening } from '../state/state.ts';
import type { App } from './app.ts';

/** A figure with a table: its property is `open`, and its event is `rnn-open`. */
type WithTable = HTMLElement & { open?: boolean };

const PARTS = 'details[data-fold]';

export interface OpenTables {
  /** Opens or closes the table of a figure whose script has just been loaded. */
  show(figure: WithTable): void;
}

export function openTables({ parts, store }: App): OpenTables {
  const set = (name: string, open: boolean): void => {
    if (name !== '' && open !== isOpen(store.state, name)) store.change(opening(store.state, name, open));
  };
  const loaded = new Set<WithTable>();
  const showOne = (figure: WithTable): void => {
    /* a figure without a name in the state keeps its own */
    if (figure.open !== undefined && figure.id !== '') figure.open = isOpen(store.state, figure.id);
  };
  const show = (): void => {
    for (const figure of loaded) showOne(figure);
    for (const part of parts.all<HTMLDetailsElement>(PARTS))
      part.open = isOpen(store.state, part.dataset['fold'] ?? '');
  };
  parts.root.addEventListener('rnn-open', ({ target, detail }) => set((target as Element).id, detail.open));
  /* `toggle` does not bubble */
  const toggled = ({ target }: Event): void => {
    const fold = target instanceof HTMLDetailsElement ? target.dataset['fold'] : undefined;
    if (fold !== undefined) set(fold, (target as HTMLDetailsElement).open);
  };
  parts.root.addEventListener('toggle', toggled, true);
  /* Only if `open` changed: the event of a part that a reader opened comes in a later task, and a run that plays
     changes the state before. */
  store.listen((state, before) => {
    if (state.open !== before.open) show();
  });
  show();
  return {
    show: (figure) => {
      loaded.add(figure);
      showOne(figure);
    },
  };
}
