/** Round numbers for an axis. */

import { tickStep, ticks } from 'd3-array';
import { formatNumber, MINUS, powerOfTen } from '../format.ts';

/** About `count` round numbers in low…high. */
export const valueTicks = (low: number, high: number, count: number): number[] => ticks(low, high, count);

/** Whole numbers only: multiples of a round step, the last one always, the first where it has room. */
export function wholeTicks(first: number, last: number, most: number): number[] {
  if (last <= first) return [first];
  const step = Math.max(1, Math.ceil(tickStep(0, last - first, Math.max(1, most))));
  const room = step * 0.6;
  const places: number[] = [];
  for (let i = Math.ceil((first + 1) / step) * step; last - i >= room; i += step) places.push(i);
  if ((places[0] ?? last) - first >= room) places.unshift(first);
  return [...places, last];
}

/** Decimals that still align as plain numbers; an axis that needs more has powers of ten. */
const MOST_DECIMALS = 4;

/** The ticks as text, all with the digits that their distance asks for. */
export function tickTexts(values: readonly number[]): string[] {
  const step = values.length > 1 ? (values[1] as number) - (values[0] as number) : 1;
  const decimals = -Math.floor(Math.log10(step) + 1e-9);
  const most = values.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
  if (decimals > MOST_DECIMALS || most >= 1e6) return values.map((value) => powerText(value, decimals));
  return values.map((value) => formatNumber(value, Math.max(0, decimals)));
}

/** 2.5·10⁻⁷: as many digits as reach to this decimal. */
function powerText(value: number, decimals: number): string {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  const [mantissa, power] = Math.abs(value).toExponential(Math.min(Math.max(0, exponent + decimals), 15)).split('e') as [string, string];
  return `${value < 0 ? MINUS : ''}${mantissa}·${powerOfTen(Number(power))}`;
}
