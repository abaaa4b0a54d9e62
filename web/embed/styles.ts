/** The pages' style for a figure's shadow root. The surrounding page can set colors and fonts by `--rnn-…` only. */

import base from '../style/base.css?inline';
import figure from '../style/figure.css?inline';
import tokens from '../style/tokens.css?inline';
import type { PageSource } from './page-sources.ts';

/** The colors of high contrast are the reader's own, so no page sets them. */
const [forced = ''] = /@media[^{]*forced-colors[\s\S]*$/.exec(tokens) ?? [];

/** Turns `--ink: …` into `--ink: var(--rnn-ink, …)`; light or dark as in the surrounding page. */
const own = tokens
  .slice(0, tokens.length - forced.length)
  .replace(/--([\w-]+):\s*([^;}]+)/g, '--$1:var(--rnn-$1,$2)')
  .replace(/color-scheme:[^;}]*;?/g, '');

const adopted = (css: string): string =>
  css.replace(/:root/g, ':host').replace(/(^|[},])\s*(html|body)(?=\s*[,{])/g, '$1.root');

/** False in an old browser, and in an imitation of one that has no layout. */
export const CAN_STYLE = typeof CSSStyleSheet !== 'undefined' && 'replaceSync' in CSSStyleSheet.prototype;

const sheets = new Map<string, CSSStyleSheet>();

function sheetOf(css: string): CSSStyleSheet {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(adopted(css));
  sheets.set(css, sheet);
  return sheet;
}

/** In their order: the page's own, once it is there, stands between what all pages share and what figures change. */
export const stylesOf = (page?: PageSource): CSSStyleSheet[] =>
  CAN_STYLE ? [own + forced + base, ...(page ? [page.style] : []), figure].map(sheetOf) : [];
