// The rows of bench.json, made of the results of sessions.
import type { Timing } from './session.ts';
import { type Engine, type Host, operations, type Work } from './works.ts';

export interface Row {
  work: string;
  engine: Engine;
  host: Host;
  median_ms: number;
  first_ms: number | null;
  gflops: number | null;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * The rows of a benchmark. For a fit of Unrolled also the limit: the median of the rounds' limits, each the best of 5.
 */
export function rowsOf(work: Work, engine: Engine, host: Host, timing: Timing): Row[] {
  const milliseconds = median(timing.times);
  const counted = operations(work);
  const gflops = counted === undefined ? null : counted / (milliseconds * 1e6);
  const row: Row = { work: work.name, engine, host, median_ms: milliseconds, first_ms: timing.first, gflops };
  if (counted === undefined || timing.limits.length === 0) return [row];
  const limit = median(timing.limits);
  return [
    row,
    { work: work.name, engine: 'limit', host, median_ms: counted / (limit * 1e6), first_ms: null, gflops: limit },
  ];
}
