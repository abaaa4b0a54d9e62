/** The numbers of a chart as short text: large numbers get fewer digits, and a missing value is "–". */

import { formatNumber, scientific } from '../shared/format.ts';

export function shortNumber(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return scientific(value);
  return formatNumber(value, size < 100 ? digits : Math.min(digits, size < 1e3 ? 1 : 0));
}

/** The widest text with the same number of digits, used to reserve space for changing numbers. */
export const widest = (text: string): string => text.replace(/\d/g, '0');
