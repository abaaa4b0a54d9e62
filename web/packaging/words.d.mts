/** What stands for a phrase; undefined: it stays as it is. */
export type Translate = (phrase: string, where: Where) => string | undefined;
/** 'text' and 'attribute' of markup; 'word': of code, by its place; 'literal': any other string of code. */
export type Where = 'text' | 'attribute' | 'word' | 'literal';

export function speaks(phrase: string): boolean;
export function translateMarkup(markup: string, translate: Translate): string;
export function translateCode(code: string, translate: Translate): string;
export function phrasesOf(source: string, options?: { markup?: boolean }): Map<string, Where>;
