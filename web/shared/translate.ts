/**
 * Marks a text for readers: a string, or a template literal whose values another language may order differently. The
 * build of that language puts its text here: web/languages/README.md.
 */
export const translate = (text: string): string => text;

/** The language of this page. */
export const LANGUAGE = translate('en');

const rules = new Intl.PluralRules(LANGUAGE);
/** The form for this count: plural(n, { one: translate(`${n} update`), other: translate(`${n} updates`) }). */
export const plural = <T>(count: number, forms: Readonly<Partial<Record<Intl.LDMLPluralRule, T>> & { other: T }>): T =>
  forms[rules.select(count)] ?? forms.other;

const lists = new Intl.ListFormat(LANGUAGE);
/** "a, b, and c" */
export const list = (parts: readonly string[]): string => lists.format(parts);
