/** Which page a copied link opens. */

import type { PageName } from './views.ts';

/** Where the script came from: the pages stand beside it. Inside a page there is none. */
let script = (document.currentScript as HTMLScriptElement | null)?.src || undefined;

/** No element names the module that is running. */
export function standsAt(address: string): void {
  script = address;
}

/** In a folder of its version a script has no pages beside it but the one that is all of them in one file. */
const VERSIONED = /\/v\d[^/]*\/(?:[a-z]{2}\/)?[^/]*$/;

function pageBeside(page: PageName): string | undefined {
  if (!script) return undefined;
  if (VERSIONED.test(script)) return new URL(`unrolled.html#view=${page}`, script).href;
  return new URL(page === 'lab' ? 'lab.html' : 'index.html', script).href;
}

/** The page that opens a state: `link`, which may hold a part of a hash; or the one beside the script; or this one. */
export function linkTo(link: string | null, page: PageName, address: string): string {
  const base = new URL(link ?? pageBeside(page) ?? location.href.replace(/#.*$/, ''), location.href).href;
  return base.includes('#') && address ? `${base}&${address.slice(1)}` : base + address;
}
