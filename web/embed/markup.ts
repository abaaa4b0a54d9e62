/** The markup of a view: the page's own, reduced to what the view shows. Only this is mounted. */

import { trusted } from '../shared/trusted.ts';

const mains = new Map<string, Element>();

/** The main part of a page's HTML, which is parsed once. */
export function parsedMain(page: string): Element {
  const known = mains.get(page);
  if (known) return known;
  const parsed = new DOMParser().parseFromString(trusted().createHTML(page), 'text/html').querySelector('main');
  if (!parsed) throw new Error('the page has no main');
  mains.set(page, parsed);
  return parsed;
}

/**
 * `page`: its HTML. `parts`: selectors of the parts that are kept, with their contents and ancestors; undefined keeps
 * everything. `without`: selectors of parts that are removed from these.
 */
export function markupOf(
  page: string,
  parts: readonly string[] | undefined,
  without: readonly string[] = [],
): HTMLElement {
  const main = document.createElement('div');
  const source = document.importNode(parsedMain(page), true);
  main.className = source.className;
  main.append(...source.childNodes);
  const kept = parts && new Set(parts.flatMap((selector) => [...main.querySelectorAll(selector)].map(whole)));
  if (kept) cut(main, kept);
  for (const selector of without) for (const one of main.querySelectorAll(selector)) whole(one).remove();
  nameSections(main);
  return main;
}

/** A handle is kept together with the text beside it. */
const whole = (element: Element): Element =>
  element.matches('rnn-handle, select, input') ? (element.closest('.setting') ?? element) : element;

/** Removes every element that is neither kept nor inside or around a kept one. */
function cut(parent: Element, kept: ReadonlySet<Element>): void {
  for (const node of [...parent.childNodes]) {
    if (node instanceof Element && kept.has(node)) continue;
    if (node instanceof Element && [...kept].some((one) => node.contains(one))) cut(node, kept);
    else node.remove();
  }
}

/** Gives a section whose heading is removed the heading's text as its name. */
function nameSections(main: HTMLElement): void {
  for (const section of main.querySelectorAll('[aria-labelledby]')) {
    const id = section.getAttribute('aria-labelledby') ?? '';
    if (main.querySelector(`#${id}`)) continue;
    section.removeAttribute('aria-labelledby');
  }
}
