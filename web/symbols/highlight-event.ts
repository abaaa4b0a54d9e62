/** The event by which figures tell one another which term of a sum is highlighted. */

/**
 * A term of a sum. kind: 'x' or 'h' with the index of the feature or unit from 0; 'b'; or the engine's name of another
 * kind of term.
 */
export interface Highlight {
  kind: string;
  index?: number;
}

export const sameHighlight = (a: Highlight | undefined, b: Highlight | undefined): boolean =>
  a?.kind === b?.kind && a?.index === b?.index;

/** The highlight in the detail of an `rnn-term` event, whose empty detail {} means none. */
export const highlightOf = (detail: Partial<Highlight>): Highlight | undefined =>
  detail.kind === undefined ? undefined : (detail as Highlight);
