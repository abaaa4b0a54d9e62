/** Numbers of a chart as text: as many digits as asked, fewer when they are large, "–" when there is none. */

import { formatNumber, scientific } from '../format.ts';

export function shortNumber(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size < 100) return formatNumber(value, digits);
  if (size < 1e3) return formatNumber(value, Math.min(digits, 1));
  if (size < 1e6) return formatNumber(value, 0).replace(/(\d)(\d{3})$/, '$1,$2');
  return scientific(value);
}

/** The same text with every digit as wide as the widest: what room it needs whatever its value. */
export const widest = (text: string): string => text.replace(/\d/g, '0');
