/** Percent signs, and the units of a chapter. */
const UNITS = '%|°C|m/s';

/** A number stays on one line with its unit or percent sign. `more`: further units, as a regular expression. */
export const withUnits = (markup, more = '') =>
  markup.replace(new RegExp(`(\\d) (?=(?:${UNITS}${more && `|${more}`})(?!\\w))`, 'g'), '$1\u00a0');

/** An equation such as "t = 1" stays on one line, too. */
export const withEquations = (markup) => markup.replace(/(?<=[\p{L}₀-₉]) = (?=\d)/gu, '\u00a0=\u00a0');
