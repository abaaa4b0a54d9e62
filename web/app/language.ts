/**
 * Each language has pages of its own, in a folder that web/packaging/languages.mjs makes from the same sources. An
 * address holds the same state in all of them, and `lang=de` in it leads to the German page.
 */

import { writeAddress } from '../state/location.ts';
import { fieldsOf, languageIn, pageHash, queryWithoutState } from '../state/parse-link.ts';

const links = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>('a[data-language]')];

/** `address` is the address of the current state, which links to other languages keep; default: the page's own. */
export function followLanguage(address: () => string = () => location.href): void {
  for (const link of links()) {
    const take = (): void => {
      link.hash = new URL(address(), location.href).hash;
    };
    for (const event of ['pointerdown', 'focus', 'click']) link.addEventListener(event, take);
  }
}

/**
 * Leaves for the page in the language that the address asks for, if there is one. `keys` are those that the page knows.
 * @returns True if this page is being left.
 */
export function leaveForLanguage(keys: readonly string[]): boolean {
  const asked = languageIn(location);
  const link = links().find(({ dataset }) => dataset['language'] === asked);
  if (asked === undefined || (!link && asked !== document.documentElement.lang))
    return false; /* an unknown language stays in the address, and is reported like any unknown value */
  let hash = pageHash(location, keys);
  const fields = fieldsOf(hash);
  if ([...fields.keys()].length > 0) {
    fields.delete('lang');
    hash = String(fields) === '' ? '' : `#${fields}`;
  }
  const query = queryWithoutState(location.search, keys);
  if (link) {
    link.search = query;
    link.hash = hash;
    location.replace(link.href);
  } else writeAddress(location.pathname + query + hash);
  return link !== undefined;
}
