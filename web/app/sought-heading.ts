/**
 * A link may name the heading at which the page opens: `#v=1&at=0&to=training`. It is not a part of the state, so it is
 * taken out of the address before the state is read there.
 */

import { writeAddress } from '../state/location.ts';
import { fieldsOf, pageHash, queryWithoutState } from '../state/parse-link.ts';

export const HEADING_KEY = 'to';

/**
 * Takes the heading out of the page's address, now and whenever that changes. This has to happen before the page's store
 * is made, which then hears of a change later. `keys`: those that the page knows, with that of the heading.
 *
 * @returns A function that goes to the heading in `root`, and to that of each later address, when `ready` says that the
 * page stands. `tell` gets a sentence if there is none of that name.
 */
export function soughtHeading(
  keys: readonly string[],
): (root: ParentNode, tell: (notice: string) => void, ready?: () => Promise<void>) => void {
  let sought: string | null = null;
  const take = (): void => {
    const fields = fieldsOf(pageHash(location, keys));
    const name = fields.get(HEADING_KEY);
    if (name === null) return; /* taken already, by the first of two events */
    sought = name;
    fields.delete(HEADING_KEY);
    const hash = String(fields) && `#${fields}`;
    writeAddress(location.pathname + queryWithoutState(location.search, keys) + hash);
  };
  take();
  for (const kind of ['popstate', 'hashchange']) addEventListener(kind, take);
  return (root, tell, ready = () => Promise.resolve()) => {
    const go = (): void => {
      const name = sought;
      sought = null;
      if (name === null) return;
      /* without its script the page stays at its beginning */
      void Promise.all([import('./go-to-heading.ts'), ready()]).then(
        ([{ goToHeading }]) => goToHeading(root, name, tell),
        () => undefined,
      );
    };
    go();
    addEventListener('hashchange', go); /* the last one of a change: by now the page follows the address */
  };
}
