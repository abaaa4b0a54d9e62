/** The event by which figures tell one another which term of a sum is highlighted. */

/**
 * A term of a sum. kind: 'x' or 'h' with the index of the feature or unit from 0; 'b'; or the engine's name of another
 * kind of term.
 */
export interface Lit {
  kind: string;
  index?: number;
}

export const sameLit = (a: Lit | undefined, b: Lit | undefined): boolean =>
  a?.kind === b?.kind && a?.index === b?.index;

/** The highlight in the detail of an `rnn-term` event, whose empty detail {} means none. */
export const litOf = (detail: Partial<Lit>): Lit | undefined =>
  detail.kind === undefined ? undefined : (detail as Lit);
