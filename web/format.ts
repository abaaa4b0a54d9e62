/** How every number on the page is written: a fixed number of digits, a true minus sign, never a negative zero. */

export const MINUS = '\u2212';

export function formatNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (Math.abs(value) >= 1e9) return scientific(value);
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 7.5·10¹⁹: beyond a billion the digits say nothing. */
export function scientific(value: number): string {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential(1).split('e');
  const raised = String(Math.abs(Number(exponent))).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] as string);
  return `${value < 0 ? MINUS : ''}${mantissa}·10${Number(exponent) < 0 ? '⁻' : ''}${raised}`;
}
