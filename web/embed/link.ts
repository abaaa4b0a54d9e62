/** Chooses the page that a copied link opens. */

import type { PageName } from './views.ts';

/** The address of the script, which has the pages beside it; undefined if the script is inside a page. */
let script = (document.currentScript as HTMLScriptElement | null)?.src || undefined;

/** Sets the address of a module, because no element of the document names the module that is running. */
export function setScriptAddress(address: string): void {
  script = address;
}

/** Beside a script in a folder of its version there is only the page that holds all pages in one file. */
const VERSIONED = /\/v\d[^/]*\/(?:[a-z]{2}\/)?[^/]*$/;

function pageBeside(page: PageName): string | undefined {
  if (!script) return undefined;
  if (VERSIONED.test(script)) return new URL(`unrolled.html#view=${page}`, script).href;
  return new URL(page === 'lab' ? 'lab.html' : 'notebook.html', script).href;
}

/**
 * The page that opens a state: `link`, which may contain a part of a hash; or the page beside the script; or this page.
 */
export function linkTo(link: string | null, page: PageName, state: string): string {
  /* the notebook's page begins with empty cells, a figure of it with all outputs */
  const address = state === '' && page === 'notebook' ? '#v=1' : state;
  const base = new URL(link ?? pageBeside(page) ?? location.href.replace(/#.*$/, ''), location.href).href;
  return base.includes('#') && address ? `${base}&${address.slice(1)}` : base + address;
}

/** The address of another page, which a chapter links to, beside the one that `link` names; undefined if none is named. */
export function linkBeside(link: string | null, href: string): string | undefined {
  if (link === null) return undefined;
  const base = new URL(link, location.href);
  const [page = '', hash = ''] = href.replace(/^\.\//, '').split('#');
  if (!/[#&]view=/.test(base.hash)) return new URL(href, base).href;
  base.hash = `view=${page.replace('.html', '')}&${hash}`;
  return base.href;
}
