/** Which tables and other parts of a page stand open: a part of its state, since they hold numbers. */

/** Figures with a table of their own: they have `open`, and tell of it by `rnn-open`. */
const FIGURES = 'rnn-arithmetic, rnn-backward, rnn-compare, rnn-curves, rnn-data, rnn-many, rnn-network';
const PARTS = 'details[data-fold]';

interface Page {
  readonly root: HTMLElement;
  all<E extends Element>(selector: string): NodeListOf<E>;
}

interface Folding {
  readonly state: { open: string };
  change(part: { open: string }): void;
  listen(hear: (state: { open: string }, before: { open: string }) => void): void;
}

export function wireOpenTables(places: Page, store: Folding): void {
  const isOpen = (name: string): boolean => store.state.open.split('_').includes(name);
  const set = (name: string, open: boolean): void => {
    if (open === isOpen(name)) return;
    const others = store.state.open.split('_').filter((other) => other !== name && other !== '');
    store.change({ open: [...others, ...(open ? [name] : [])].join('_') });
  };
  const show = (): void => {
    for (const figure of places.all<HTMLElement & { open: boolean }>(FIGURES)) figure.open = isOpen(figure.id);
    for (const part of places.all<HTMLDetailsElement>(PARTS)) part.open = isOpen(part.dataset['fold'] ?? '');
  };
  places.root.addEventListener('rnn-open', ({ target, detail }) => set((target as Element).id, detail.open));
  /* it does not bubble */
  const toggled = ({ target }: Event): void => {
    const fold = target instanceof HTMLDetailsElement ? target.dataset['fold'] : undefined;
    if (fold !== undefined) set(fold, (target as HTMLDetailsElement).open);
  };
  places.root.addEventListener('toggle', toggled, true);
  /* only then: a part that a reader opened tells of it in a later task, and a run that plays changes the state
     before */
  store.listen((state, before) => {
    if (state.open !== before.open) show();
  });
  show();
}
