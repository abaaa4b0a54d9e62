/** Which page a copied link opens. */

import type { PageName } from './views.ts';

/** Where the script came from: the pages stand beside it. Inside a page there is none. */
const script = (document.currentScript as HTMLScriptElement | null)?.src || undefined;

/** The page that opens a state: `link`, which may hold a part of a hash; or the one beside the script; or this one. */
export function linkTo(link: string | null, page: PageName, address: string): string {
  const beside = script && new URL(page === 'lab' ? 'lab.html' : 'index.html', script).href;
  const base = new URL(link ?? beside ?? location.href.replace(/#.*$/, ''), location.href).href;
  return base.includes('#') && address ? `${base}&${address.slice(1)}` : base + address;
}
