/** One figure in four forms to paste elsewhere: an element, a frame, a link, Markdown. */

import { hashOf, type Scheme } from '../embed/hash.ts';
import { PAGES } from '../embed/attributes.ts';
import { type ViewName, viewOf } from '../embed/views.ts';
import { fromAddress } from '../state/address.ts';
import { LAB } from '../state/pages.ts';
import { END } from '../state/config.ts';
import { epochUpdates, TABLE } from '../state/state.ts';

export interface Wanted {
  view: ViewName;
  /** The chapter of the lesson. */
  chapter?: string | undefined;
  /** undefined: the default of the view. */
  controls: string | undefined;
  /** `#v=1&…`, or empty. */
  address: string;
  /** The folder of figures.js and embed.html: `https://example.org/unrolled/`, or `./`. */
  base: string;
  /** The height of a frame, in CSS pixels. */
  height: number;
  /** undefined: like the surrounding page. */
  scheme: Scheme | undefined;
  /** The page that a copied link opens; undefined if the figure offers none, or if nobody knows where the page is. */
  link?: string | undefined;
}

export interface Snippets {
  element: string;
  frame: string;
  link: string;
  markdown: string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Each field with its key. The moment is in epochs if it is a whole number of them. */
function attributesOf({ view, chapter, controls, address, scheme, link }: Wanted): [string, string][] {
  const { page, name } = { ...viewOf(view), name: view };
  const given = new URLSearchParams(address.slice(1));
  given.delete('v');
  const fields = [...given];
  if (page === 'lab') {
    const { state } = fromAddress(LAB, address);
    const epoch = state.at / epochUpdates(state);
    const at = fields.find(([key]) => key === TABLE.at.key);
    if (at && state.at !== END && Number.isInteger(epoch)) at.splice(0, 2, 'epoch', String(epoch));
  }
  const step = page === 'lesson' ? fields.find(([key]) => key === TABLE.lesson.key) : undefined;
  step?.splice(0, 1, 'step');
  const known = new Set(['epoch', 'step', ...Object.values(PAGES[page].table).map(({ key }) => key)]);
  return [
    ['view', name],
    ...(page === 'lesson' && chapter !== undefined ? ([['chapter', chapter]] as [string, string][]) : []),
    ...fields.filter(([key]) => known.has(key)),
    ...(controls === undefined ? [] : ([['controls', controls]] as [string, string][])),
    ...(scheme ? ([['scheme', scheme]] as [string, string][]) : []),
    ...(link ? ([['link', link]] as [string, string][]) : []),
  ];
}

export function snippetsOf(wanted: Wanted): Snippets {
  const { view, chapter, controls, address, base, height, scheme } = wanted;
  const attributes = attributesOf(wanted).map(([name, value]) => `${name}="${escape(value)}"`);
  const link = `${base}embed.html${hashOf({ view, chapter, controls, scheme, address })}`;
  const { name } = viewOf(view);
  /* attributes alone: pages that are written in MDX take no style in a text */
  const frame = `<iframe src="${escape(link)}" sandbox="allow-scripts allow-downloads" allow="clipboard-write" loading="lazy" title="${escape(name)}" width="100%" height="${height}" frameborder="0"></iframe>`;
  return {
    element: `<script src="${escape(base)}figures.js" defer></script>\n<rnn-figure ${attributes.join(' ')}></rnn-figure>`,
    frame,
    link,
    /* some renderers allow frames */
    markdown: `[${name}](${link.replaceAll('(', '%28').replaceAll(')', '%29')})\n\n${frame}\n`,
  };
}
