// Formats numbers and rows for printing.
import { barsOf } from './bars.ts';
import type { Row } from './rows.ts';

/** Three digits, in a suitable unit. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  const [number, unit] =
    milliseconds < 0.1
      ? [milliseconds * 1000, 'µs']
      : milliseconds < 1000
        ? [milliseconds, 'ms']
        : [milliseconds / 1000, 's'];
  return `${number < 100 ? number.toPrecision(3) : number.toFixed(0)} ${unit}`;
}

export function size(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${(bytes / 1024).toLocaleString('en', { maximumFractionDigits: 0 })} KiB`;
}

/** Cells in columns. Those listed in `right` are right-aligned. */
export function line(cells: string[], widths: number[], right: number[]): string {
  return cells
    .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
    .join('  ')
    .trimEnd();
}

const widths = [15, 9, 8, 8, 8, 7, 5];
const right = [3, 4, 5, 6];

export const heading = (): string =>
  line(['work', 'engine', 'host', 'median', 'first', 'GFLOP/s', 'limit', 'bars'], widths, right);

export function notRun(work: string, engine: string, host: string, why: string): string {
  return line([work, engine, host, `not run: ${why}`], widths, []);
}

export function printed(row: Row, rows: Row[]): string {
  const limit = rows.find((one) => one.work === row.work && one.host === row.host && one.engine === 'limit')?.gflops;
  const share = limit && row.gflops && row.engine === 'unrolled' ? `${((100 * row.gflops) / limit).toFixed(0)} %` : '';
  const gflops = row.gflops === null ? '' : row.gflops.toFixed(row.gflops < 10 ? 2 : 1);
  return line(
    [row.work, row.engine, row.host, duration(row.median_ms), duration(row.first_ms), gflops, share, barsOf(row, rows)],
    widths,
    right,
  );
}
