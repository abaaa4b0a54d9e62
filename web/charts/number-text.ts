/** Numbers of a chart as text: as many digits as asked, fewer when they are large, "–" when there is none. */

import { formatNumber, scientific } from '../shared/format.ts';

export function shortNumber(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e6) return scientific(value);
  return formatNumber(value, size < 100 ? digits : Math.min(digits, size < 1e3 ? 1 : 0));
}

/** The same text with every digit as wide as the widest: what room it needs whatever its value. */
export const widest = (text: string): string => text.replace(/\d/g, '0');
