/** Addresses of the pages, as far as `link` tells where they are. */

import type { PageName } from './views.ts';

/**
 * The address that "Copy the link" copies: `link`, which may contain a part of a hash, with the state; undefined without `link`, because a script cannot know
 * which pages there are.
 */
export function linkTo(link: string | null, page: PageName, state: string): string | undefined {
  if (link === null || !URL.canParse(link, document.baseURI)) return undefined;
  /* the notebook's page begins with empty cells, a figure of it with all outputs */
  const address = state === '' && page === 'notebook' ? '#v=1' : state;
  const base = new URL(link, document.baseURI).href;
  return base.includes('#') && address ? `${base}&${address.slice(1)}` : base + address;
}

/** The address of another page, which a chapter links to, beside the one that `link` names; undefined if none is named. */
export function linkBeside(link: string | null, href: string): string | undefined {
  if (link === null || !URL.canParse(link, document.baseURI)) return undefined;
  const base = new URL(link, document.baseURI);
  const [page = '', hash = ''] = href.replace(/^\.\//, '').split('#');
  if (!/[#&]view=/.test(base.hash)) return new URL(href, base).href;
  base.hash = `view=${page.replace('.html', '')}&${hash}`;
  return base.href;
}
