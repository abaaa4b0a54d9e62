/** Which parts of a figure belong to its picture, and the texts that describe it. */

import type { Pictured, PictureParts } from '../figures/definition.ts';
import { FIGURES } from '../figures/index.ts';

const PICTURES = FIGURES.filter(({ picture }) => picture);

export function figureOf(figure: Pictured): PictureParts {
  const picture = PICTURES.find(({ selector }) => figure.matches(selector))?.picture;
  if (!picture) throw new Error(`<${figure.localName}> has no picture`);
  return picture(figure);
}

/** The texts of the figure that describe it, as sentences. */
export function descriptionOf(figure: Element, { words }: PictureParts): string {
  const parts = [...(figure.shadowRoot?.querySelectorAll(words) ?? [])];
  const said = parts.map(
    (part) => part.getAttribute('aria-valuetext') ?? part.getAttribute('aria-label') ?? part.textContent ?? '',
  );
  const sentences = said.map((one) => one.replace(/\s+/g, ' ').trim()).filter(Boolean);
  return sentences.map((one) => (/[.?!]$/.test(one) ? one : `${one}.`)).join(' ');
}
