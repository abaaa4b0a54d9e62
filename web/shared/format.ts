/**
 * How every number on the page is written: a true minus sign, never a negative zero, and never so few digits that
 * nothing is left.
 *
 * Ordinary magnitudes have a fixed number of decimals, so that columns align. A small value that these decimals would
 * hide is written with its first significant digits, and below 0.0001 with a power of ten. A large value has its
 * thousands separated, and from 2³² on a power of ten, so that counts, times in seconds and seeds are written in full.
 */

import { translate } from './translate.ts';

export const MINUS = '\u2212';

/** From this value on, a number is written with a power of ten. */
const LARGE = 2 ** 32;
const SMALL = 1e-4;
/** The least number of significant digits of a rounded value. Fewer say little about it. */
const LEAST_DIGITS = 2;
/** Half the distance between two 32-bit floats, relative to their value. Values that are closer are the same number. */
const HALF_STEP = 2 ** -24;

export function formatNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return 'NaN';
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  if (size === 0) return size.toFixed(digits);
  if (size >= LARGE) return sign + power(size, Math.max(3, digits));
  const text = size.toFixed(size >= 1e6 && Number.isInteger(size) ? 0 : decimalsOf(size, digits));
  if (shows(text, size)) return sign + apart(text);
  const counted = Math.max(LEAST_DIGITS, digits - 1);
  return sign + (size < SMALL ? power(size, counted) : trimmed(size.toFixed(counted - 1 - exponentOf(size)), 0));
}

/** Nearer than this to 0 or 1, three decimals would say that a probability is certain. */
const CERTAIN = 0.0005;

/** A probability in a sentence: two decimals, three near 0 and 1, and words where three would hide that it is not certain. */
export function probability(p: number): string {
  if (p < CERTAIN) return translate('almost 0');
  if (p >= 1 - CERTAIN) return translate('almost 1');
  return p.toFixed(p < 10 * CERTAIN || p >= 1 - 10 * CERTAIN ? 3 : 2);
}

/** The same as an equation: "p = 0.55", "p ≈ 0". */
export const probabilityEquation = (p: number): string =>
  p < CERTAIN ? 'p ≈ 0' : p >= 1 - CERTAIN ? 'p ≈ 1' : `p = ${probability(p)}`;

/** The label of an end of an axis, as short as possible. */
export const endText = (value: number, digits = 0): string =>
  formatNumber(value, Math.max(digits, Number.isInteger(value) ? 0 : 2));

/** The labels of both ends of an axis, with enough digits to tell them apart. */
export function endTexts([low, high]: readonly [number, number]): [string, string] {
  let digits = 0;
  while (digits < 9 && endText(low, digits) === endText(high, digits)) digits++;
  return [endText(low, digits), endText(high, digits)];
}

const exponentOf = (size: number): number => Number(size.toExponential(20).split('e')[1]);

/** Limits the decimals of a value to those in which 32-bit floats of this size differ. */
function decimalsOf(size: number, digits: number): number {
  const float = Math.fround(size);
  for (let decimals = digits; decimals > 0; decimals--)
    if (Math.fround(float + 0.5 * 10 ** -decimals) !== float) return decimals;
  return 0;
}

/** True if the text has at least two significant digits, or all digits of the value. */
function shows(text: string, size: number): boolean {
  const digits = text.replace('.', '').replace(/^0+/, '').length;
  return digits >= LEAST_DIGITS || Math.abs(Number(text) - size) <= HALF_STEP * size;
}

/** Removes zeros at the end, but keeps this many decimals. */
function trimmed(text: string, least: number): string {
  if (!text.includes('.')) return text;
  const [whole = '', decimals = ''] = text.split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(least, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Separates thousands. */
const apart = (text: string): string =>
  text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, translate(',')));

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Returns, for example, 10⁻⁹. */
export function powerOfTen(exponent: number): string {
  const raised = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string);
  return `10${exponent < 0 ? '⁻' : ''}${raised}`;
}

/** Returns, for example, 7.5·10¹⁹, with at most this many significant digits. */
function power(size: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = size.toExponential(digits - 1).split('e');
  return `${trimmed(mantissa, 1)}·${powerOfTen(Number(exponent))}`;
}

/** Writes a gradient, which may have any power of ten, with this many significant digits: "0.0123" or "4.56·10⁻⁷". */
export function scientific(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  const [mantissa = '', power = '0'] = size.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -3 && exponent <= 3) return sign + apart(size.toFixed(Math.max(0, digits - 1 - exponent)));
  return `${sign}${mantissa}·${powerOfTen(exponent)}`;
}

/**
 * The text of a number in a field or in the clipboard: the fewest digits that are read as the same number again. For a
 * 32-bit number, this is the same 32-bit number.
 */
export function exact(value: number): string {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return String(value);
  if (Object.is(value, -0)) return '-0';
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/** The text in a field for numbers. If the reader does not edit it, the number does not change. */
export const fieldText = (value: number): string => (Number.isFinite(value) ? exact(value + 0) : '');

/** All digits of a number in a text: 1.6·10⁻⁵, −12345.678. */
export function full(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value, 0);
  const [digits = '', exponent] = exact(value).split('e');
  return `${digits.replace('-', MINUS)}${exponent === undefined ? '' : `·${powerOfTen(Number(exponent))}`}`;
}

/**
 * Writes a count with separated thousands, for example 1,000, or with a power of ten if it is very large. A language
 * that does not separate them by a comma separates them from five digits on: 1000, but 10 000.
 */
export function grouped(value: number, digits = 21): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size < 1e-7 && size > 0)) return full(value);
  return value
    .toLocaleString('en', { maximumSignificantDigits: digits, useGrouping: translate(',') === ',' || 'min2' })
    .replaceAll(',', translate(','))
    .replace('-', MINUS);
}

/** The smallest of 1, 2, 5, 10, … (times a power of ten) that is not below the value. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5].find((one) => value <= one * power * (1 + 1e-9)) ?? 10;
  return Number((step * power).toPrecision(1)); /* Rounding removes the error of binary fractions. */
}

/** Words as the beginning of a title. */
export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Writes a number as a subscript: 12 is ₁₂. */
export const lowered = (n: number): string =>
  [...String(n)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
