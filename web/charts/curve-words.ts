/** A chart of curves in words: for those who listen, and for the value under the cursor. */

import { type Curves, lastFinite, type Series } from './curves.ts';
import { shortNumber } from './numbers.ts';

const at = (series: Series, epoch: number, digits: number): string => shortNumber(series.values[epoch - 1], digits);

/** "epoch 7: training 0.58, fresh data 0.49" */
export function runAt(curves: Curves, epoch: number, digits: number): string {
  const parts = curves.series.map((s) => `${s.label} ${at(s, epoch, digits)}`);
  return `epoch ${epoch}: ${parts.join(', ') || 'no value'}`;
}

/** The same, with the run before. */
export function valuesAt(curves: Curves, epoch: number, digits: number): string {
  const before = curves.ghost.map((s) => `${s.label} ${at(s, epoch, digits)}`);
  const ghost = before.length > 0 ? `; ${curves.ghostName ?? 'before'}: ${before.join(', ')}` : '';
  return runAt(curves, epoch, digits) + ghost;
}

/** One or more sentences on what is drawn. */
export function describe(curves: Curves, digits: number): string {
  const sentences = curves.series.map((s) => {
    const last = lastFinite(s.values);
    if (last < 0) return `${s.label}: no value yet.`;
    return `${s.label}: ${at(s, 1, digits)} after epoch 1, ${at(s, last + 1, digits)} after epoch ${last + 1}.`;
  });
  for (const line of curves.lines) sentences.push(`Line at ${shortNumber(line.value, digits)}: ${line.label}.`);
  const { chance, stop } = curves;
  if (chance) sentences.push(`Band from ${shortNumber(chance.low, digits)} to ${shortNumber(chance.high, digits)}: ${chance.label ?? 'chance'}.`);
  if (curves.ghost.length > 0) sentences.push(`${curves.ghostName ?? 'The run before'} is drawn pale and dashed.`);
  if (stop) sentences.push(`The run stopped in epoch ${stop.epoch}: ${stop.label ?? 'diverged'}.`);
  return sentences.join(' ');
}

export interface Table {
  head: string[];
  rows: string[][];
}

/** The values of all series, one row an epoch. */
export function table(curves: Curves, digits: number): Table {
  const columns = [
    ...curves.series.map((s) => ({ head: s.label, values: s.values })),
    ...curves.ghost.map((s) => ({ head: `${s.label}, ${curves.ghostName ?? 'run before'}`, values: s.values })),
    ...curves.bands.map((b) => ({ head: `${b.role === 'train' ? 'training' : 'fresh data'}, median of many runs`, values: b.median })),
  ];
  const count = Math.max(0, ...columns.map((c) => c.values.length));
  const rows = Array.from({ length: count }, (_, i) => [String(i + 1), ...columns.map((c) => shortNumber(c.values[i], digits))]);
  return { head: ['epoch', ...columns.map((c) => c.head)], rows };
}
