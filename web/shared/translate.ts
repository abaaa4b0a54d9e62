/**
 * Marks a text that a reader sees or hears: a string, or a template literal whose holes another language may put in
 * another order. When the page is built in that language, its text stands here instead: web/languages/README.md.
 */
export const translate = (text: string): string => text;

/** The language of this page. */
const LANGUAGE = translate('en');

const rules = new Intl.PluralRules(LANGUAGE);
/** What is said of so many: plural(n, { one: translate(`${n} update`), other: translate(`${n} updates`) }). */
export const plural = <T>(count: number, forms: Readonly<Partial<Record<Intl.LDMLPluralRule, T>> & { other: T }>): T =>
  forms[rules.select(count)] ?? forms.other;

const lists = new Intl.ListFormat(LANGUAGE);
/** "a, b, and c" */
export const list = (parts: readonly string[]): string => lists.format(parts);
