/**
 * A link may name the heading at which the page opens: `#v=1&at=0&to=training`. It is not a part of the state, so it is
 * taken out of the address before the state is read there.
 */

import { writeAddress } from '../state/location.ts';
import { fieldsOf, pageHash, queryWithoutState } from '../state/parse-link.ts';
import type { Store } from '../state/store.ts';

export const HEADING_KEY = 'to';

/**
 * Takes the heading out of the page's address, now and whenever that changes. This has to happen before the page's store
 * is made, which then hears of a change later. `keys`: those that the page knows, with that of the heading.
 *
 * @returns A function that goes to the heading, and to that of each later address.
 */
export function soughtHeading(keys: readonly string[]): (store: Store) => void {
  let sought: string | null = null;
  const take = (): void => {
    const fields = fieldsOf(pageHash(location, keys));
    sought = fields.get(HEADING_KEY);
    if (sought === null) return;
    fields.delete(HEADING_KEY);
    const hash = String(fields) && `#${fields}`;
    writeAddress(location.pathname + queryWithoutState(location.search, keys) + hash);
  };
  const onChange = (listener: () => void): void => {
    listener();
    for (const kind of ['popstate', 'hashchange']) addEventListener(kind, listener);
  };
  onChange(take);
  return (store) =>
    onChange(() => {
      const name = sought;
      sought = null;
      if (name === null) return;
      /* without its script the page stays at its beginning */
      void import('./go-to-heading.ts').then(
        ({ goToHeading }) => goToHeading(store, name),
        () => undefined,
      );
    });
}
