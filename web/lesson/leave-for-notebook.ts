/**
 * The notebook was the site's first page. Its old links, with a state in the hash or in the query or with a place in the
 * page, lead to where it is now. Every address of a chapter has the key `lesson`, which none of the notebook's has.
 */

import { fieldsOf, isState, pageHash } from '../state/parse-link.ts';
import { keysOf } from '../state/fields.ts';
import { NOTEBOOK } from '../state/pages.ts';

/** Headings of the notebook that old links lead to. */
const PLACES = ['#notebook', '#slow', '#network', '#title'];

/** Does an address of the first page lead to the notebook? */
export function isNotebooks(address: Pick<Location, 'hash' | 'search'>): boolean {
  const fields = fieldsOf(pageHash(address, [...keysOf(NOTEBOOK), 'lesson']));
  return (isState(fields) && !fields.has('lesson')) || PLACES.includes(address.hash);
}

/** @returns Is this page being left? */
export function leaveForNotebook(): boolean {
  if (!document.querySelector('[data-first]')) return false;
  const leave = (): boolean => {
    if (!isNotebooks(location)) return false;
    location.replace(new URL(`./notebook.html${location.search}${location.hash}`, location.href));
    return true;
  };
  /* a link that is pasted while the page is open changes its hash alone, and the page would follow it as its own */
  for (const name of ['popstate', 'hashchange'])
    addEventListener(name, (event) => {
      if (leave()) event.stopImmediatePropagation();
    });
  return leave();
}
