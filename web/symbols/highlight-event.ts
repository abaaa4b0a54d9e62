/** The event by which figures tell one another which term of a sum is highlighted. */

/** kind: 'x' or 'h', with the feature or unit from 0; 'b', or the engine's name of another kind of term. */
export interface Lit {
  kind: string;
  index?: number;
}

export const sameLit = (a: Lit | undefined, b: Lit | undefined): boolean =>
  a?.kind === b?.kind && a?.index === b?.index;

/** The term in the detail of `rnn-term`; {} means none. */
export const litOf = (detail: Partial<Lit>): Lit | undefined =>
  detail.kind === undefined ? undefined : (detail as Lit);
