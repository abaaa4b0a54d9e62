/** The page in another language is another page, in a folder of its own, made from the same sources: packaging/languages.mjs. An address holds the same
 *  state in all of them; `lang=de` in it leads to that page. */

import { fieldsOf, pageHash, queryBeside } from './state/link.ts';

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

/** An address that asks for another language is left for the page in it. @returns Is this page being left? */
export function leaveForLanguage(): boolean {
  const hash = pageHash(location, []);
  const fields = fieldsOf(hash);
  const asked = fields.get('lang')?.toLowerCase();
  const link = links().find(({ dataset }) => dataset['language'] === asked);
  if (asked === undefined || (!link && asked !== document.documentElement.lang)) return false; /* a language that is not here is told as unknown */
  fields.delete('lang');
  const rest = String(fields) === 'v=1' ? '' : String(fields);
  if (link) {
    link.hash = rest;
    location.replace(link.href);
  } else history.replaceState(null, '', `${location.pathname}${queryBeside(location.search, [])}${rest && `#${rest}`}`);
  return link !== undefined;
}
