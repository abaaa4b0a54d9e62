/**
 * The notebook was the site's first page. Its old links, with a state in the hash or in the query or with a place in the
 * page, lead to where it is now. Every address of a chapter has the key `lesson`, which none of the notebook's has.
 */

import { fieldsOf, isState, pageHash } from '../state/parse-link.ts';
import { keysOf } from '../state/fields.ts';
import { NOTEBOOK } from '../state/pages.ts';

/** Headings of the notebook that old links lead to. */
const PLACES = ['#notebook', '#slow', '#network', '#title'];

/** @returns Is this page being left? */
export function leaveForNotebook(): boolean {
  if (!document.querySelector('[data-first]')) return false;
  const fields = fieldsOf(pageHash(location, [...keysOf(NOTEBOOK), 'lesson']));
  const isNotebooks = isState(fields) && !fields.has('lesson');
  if (!isNotebooks && !PLACES.includes(location.hash)) return false;
  location.replace(new URL(`./notebook.html${location.search}${location.hash}`, location.href));
  return true;
}
