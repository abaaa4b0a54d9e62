/** Round numbers for an axis. */

import { tickStep, ticks } from 'd3-array';
import { formatNumber } from '../format.ts';
import { shortNumber } from './numbers.ts';

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

/** The ticks as text, all with the digits that their distance asks for. */
export function tickTexts(values: readonly number[]): string[] {
  const step = values.length > 1 ? (values[1] as number) - (values[0] as number) : 1;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return values.map((v) => (Math.abs(v) < 1e3 ? formatNumber(v, digits) : shortNumber(v)));
}
