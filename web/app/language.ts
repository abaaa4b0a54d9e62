/**
 * The page in another language is another page, in a folder of its own, made from the same sources:
 * web/packaging/languages.mjs. An address holds the same state in all of them; `lang=de` in it leads to that page.
 */

import { writeAddress } from '../state/location.ts';
import { fieldsOf, languageIn, pageHash, queryBeside } from '../state/parse-link.ts';

const links = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>('a[data-language]')];

/** `address`: of what is shown now, which the links take along; default: the page's own. */
export function followLanguage(address: () => string = () => location.href): void {
  for (const link of links()) {
    const take = (): void => {
      link.hash = new URL(address(), location.href).hash;
    };
    for (const event of ['pointerdown', 'focus', 'click']) link.addEventListener(event, take);
  }
}

/**
 * An address that asks for another language is left for the page in it. `keys`: those that the page knows. @returns Is
 * this page being left?
 */
export function leaveForLanguage(keys: readonly string[]): boolean {
  const asked = languageIn(location);
  const link = links().find(({ dataset }) => dataset['language'] === asked);
  if (asked === undefined || (!link && asked !== document.documentElement.lang))
    return false; /* a language that is not here is told as unknown */
  let hash = pageHash(location, keys);
  const fields = fieldsOf(hash);
  if ([...fields.keys()].length > 0) {
    fields.delete('lang');
    hash = ['', 'v=1'].includes(String(fields)) ? '' : `#${fields}`;
  }
  const query = queryBeside(location.search, keys);
  if (link) {
    link.search = query;
    link.hash = hash;
    location.replace(link.href);
  } else writeAddress(location.pathname + query + hash);
  return link !== undefined;
}
