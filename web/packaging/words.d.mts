/** What stands for a phrase; undefined: it stays as it is. Forms are those of a plural: { few: …, other: … }. */
export type Translate = (phrase: string) => string | Readonly<Record<string, string>> | undefined;

export function speaks(phrase: string): boolean;
export function translateMarkup(markup: string, translate: Translate): string;
export function translateCode(code: string, translate: Translate): string;
export function phrasesOf(source: string, options?: { markup?: boolean }): Set<string>;
