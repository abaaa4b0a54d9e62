/** Returns the translation of a phrase, or the forms of a plural: { few: …, other: … }. Undefined leaves it as it is. */
export type Translate = (phrase: string) => string | Readonly<Record<string, string>> | undefined;

export function speaks(phrase: string): boolean;
export function translateMarkup(markup: string, translate: Translate): string;
export function translateCode(code: string, translate: Translate): string;
export function phrasesOf(source: string, options?: { markup?: boolean }): Set<string>;
