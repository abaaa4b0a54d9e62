/** The parts of each figure that belong to its picture, without controls, and the texts that describe it. */

import { translate } from '../shared/translate.ts';

export interface Figure {
  /** The name in file names: words with hyphens. */
  name: string;
  title: string;
  /** Selects these parts in the figure's shadow root. */
  parts: string;
  /** Selects the elements that describe the figure: texts, or controls and drawings with spoken values and names. */
  words: string;
  /** A part that scrolls horizontally and also draws its surroundings, one width beyond each edge. */
  scrolls?: string;
}

type Of = Element & { fold?: number; heading?: string; quantity?: string };

const text = (figure: Element, selector: string): string =>
  (figure.shadowRoot?.querySelector(selector)?.textContent ?? '').trim();
const hyphens = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const FIGURES: Readonly<Record<string, (figure: Of) => Figure>> = {
  'rnn-network': ({ fold = 0 }) => ({
    name: fold < 0.5 ? 'unrolled-network' : 'folded-network',
    title: translate(`The network over time, ${fold < 0.5 ? translate('unrolled') : translate('folded')}`),
    parts: '.facts, .plot, .legend',
    words: '#description, .controls [aria-valuetext]:not(.fold *)',
    scrolls: '.frame',
  }),
  'rnn-arithmetic': () => ({
    name: 'arithmetic',
    title: translate('The arithmetic of one unit at one time step'),
    parts:
      '.notice, .head > label, .head > .aside, .gates, .formula, .line, .chain, .chain + .aside, .fall > svg, .bend',
    words: '.fall > svg, .bend > svg',
  }),
  'rnn-backward': () => ({
    name: 'way-back',
    title: translate('The gradient on its way back through time'),
    parts: '.notice, .facts, .plot, .legend',
    words: '.notice, #description, .controls [aria-valuetext]',
  }),
  'rnn-curves': (figure) => {
    const words = [...new Set([figure.heading, figure.quantity])].filter(Boolean).join(', ') || translate('Curves');
    return {
      name: `${hyphens(words)}-curves`,
      title: translate(`${words} by epoch`),
      parts: '.head, .plot, .key > span, figcaption',
      words: '#summary',
    };
  },
  'rnn-compare': (figure) => ({
    name: 'compared-curves',
    title: figure.shadowRoot?.querySelector('figure')?.getAttribute('aria-label') ?? translate('Two charts'),
    parts: '.pair, .key > span, figcaption',
    words: 'figcaption',
  }),
  'rnn-data': () => ({
    name: 'sequences',
    title: translate('The sequences'),
    parts: '.notice, figure > [aria-hidden]',
    words: '#about, .controls output',
  }),
  'rnn-scatter': () => ({
    name: 'scatter',
    title: translate('x against y'),
    parts: '.head, .plot, .axis',
    words: '.heard, .readout',
  }),
  'rnn-many': (figure) => ({
    name: 'many-runs',
    title: text(figure, '#title'),
    parts: '.notice, .title, .plot, figcaption',
    words: '#about, figcaption',
  }),
};

/** Selects every figure that has a picture. */
export const PICTURED = Object.keys(FIGURES).join(', ');

export function figureOf(figure: Element): Figure {
  const made = FIGURES[figure.localName];
  if (!made) throw new Error(`<${figure.localName}> has no picture`);
  return made(figure);
}

/** The figure's description of itself. */
export function wordsOf(figure: Element, { words }: Figure): string {
  const parts = [...(figure.shadowRoot?.querySelectorAll(words) ?? [])];
  const said = parts.map(
    (part) => part.getAttribute('aria-valuetext') ?? part.getAttribute('aria-label') ?? part.textContent ?? '',
  );
  const sentences = said.map((one) => one.replace(/\s+/g, ' ').trim()).filter(Boolean);
  return sentences.map((one) => (/[.?!]$/.test(one) ? one : `${one}.`)).join(' ');
}
