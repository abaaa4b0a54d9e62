/** A term of a sum, told between figures: who brings it. */

/** kind: 'x' or 'h', with the feature or unit from 0; 'b', or what the engine calls another term, by kind alone. */
export interface Lit {
  kind: string;
  index?: number;
}

export const sameLit = (a: Lit | undefined, b: Lit | undefined): boolean =>
  a?.kind === b?.kind && a?.index === b?.index;

/** What `rnn-term` says: {} is no term. */
export const litOf = (detail: Partial<Lit>): Lit | undefined =>
  detail.kind === undefined ? undefined : (detail as Lit);
