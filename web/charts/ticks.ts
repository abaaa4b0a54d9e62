/** Round numbers for an axis. */

import { tickStep, ticks } from 'd3-array';
import { formatNumber, MINUS, powerOfTen } from '../shared/format.ts';

/** About `count` round numbers between low and high. */
export const valueTicks = (low: number, high: number, count: number): number[] => ticks(low, high, count);

/**
 * Exponents of the ticks of a logarithmic axis from 10^low to 10^high: powers of ten, and also 2 and 5 times a power of
 * ten if there are few of them.
 */
export function powerTicks(low: number, high: number, count: number): number[] {
  const step = Math.max(1, Math.ceil((high - low) / Math.max(1, count)));
  const powers: number[] = [];
  for (let power = Math.ceil(low / step) * step; power <= high; power += step) powers.push(power);
  if (high - low >= 2) return powers;
  const all: number[] = [];
  for (let power = Math.floor(low); power <= high; power++)
    all.push(...[1, 2, 5].map((digit) => power + Math.log10(digit)));
  return all.filter((place) => place >= low && place <= high);
}

/** The labels of such ticks: 0.001 to 1,000 as plain numbers, others as powers of ten. */
export const powerTexts = (places: readonly number[]): string[] =>
  places.map((place) => {
    const whole = Math.floor(place + 1e-9);
    const digit = Math.round(10 ** (place - whole));
    if (whole >= -3 && whole <= 3) return formatNumber(digit * 10 ** whole, Math.max(0, -whole));
    return digit === 1 ? powerOfTen(whole) : `${digit}·${powerOfTen(whole)}`;
  });

/** Ticks at whole numbers: multiples of a round step, always the last number, and the first if there is room. */
export function wholeTicks(first: number, last: number, most: number): number[] {
  if (last <= first) return [first];
  const step = Math.max(1, Math.ceil(tickStep(0, last - first, Math.max(1, most))));
  const room = step * 0.6;
  const places: number[] = [];
  for (let i = Math.ceil((first + 1) / step) * step; last - i >= room; i += step) places.push(i);
  if ((places[0] ?? last) - first >= room) places.unshift(first);
  return [...places, last];
}

/** An axis that needs more decimals is labeled with powers of ten. */
const MOST_DECIMALS = 4;

/** All labels have as many decimals as the distance between ticks requires. */
export function tickTexts(values: readonly number[]): string[] {
  const step = values.length > 1 ? (values[1] as number) - (values[0] as number) : Math.abs(values[0] ?? 0) || 1;
  const decimals = -Math.floor(Math.log10(step) + 1e-9);
  const most = values.reduce((far, value) => Math.max(far, Math.abs(value)), 0);
  if (decimals > MOST_DECIMALS || most >= 1e6) return values.map((value) => powerText(value, decimals));
  return values.map((value) => formatNumber(value, Math.max(0, decimals)));
}

/** For example 2.5·10⁻⁷, with digits down to the given decimal place. */
function powerText(value: number, decimals: number): string {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  const [mantissa, power] = Math.abs(value)
    .toExponential(Math.min(Math.max(0, exponent + decimals), 15))
    .split('e') as [string, string];
  return `${value < 0 ? MINUS : ''}${mantissa}·${powerOfTen(Number(power))}`;
}

/** Keeps every second (third, …) tick so that centered labels do not touch. A tick at 0 is always kept. */
export function thinned<Tick extends { x: number; text: string }>(ticks: readonly Tick[], digit: number): Tick[] {
  const wide = Math.max(0, ...ticks.map(({ text }) => text.length)) * digit + 6;
  const apart = Math.abs((ticks[1]?.x ?? 0) - (ticks[0]?.x ?? 0)) || wide;
  const each = Math.ceil(wide / apart);
  const zero = Math.max(
    0,
    ticks.findIndex(({ text }) => Number(text) === 0),
  );
  return ticks.filter((_, k) => (k - zero) % each === 0);
}
