/** How every number on the page is written: a fixed number of digits, a true minus sign, never a negative zero. */

import { word } from './word.ts';

export const MINUS = '\u2212';

export function formatNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (Math.abs(value) >= 1e9) return scientific(value);
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10⁻⁹ */
export function powerOfTen(exponent: number): string {
  const raised = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string);
  return `10${exponent < 0 ? '⁻' : ''}${raised}`;
}

/** 7.5·10¹⁹: beyond a billion the digits say nothing. */
export function scientific(value: number): string {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential(1).split('e');
  return `${value < 0 ? MINUS : ''}${mantissa}·${powerOfTen(Number(exponent))}`;
}

/** 1,000: every three digits apart. */
export const grouped = (value: number, digits = 21): string => value.toLocaleString('en', { maximumSignificantDigits: digits }).replaceAll(',', word(','));
