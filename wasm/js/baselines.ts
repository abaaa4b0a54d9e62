/** Baselines to compare results with. The core computes them. */

import { checkFloats, checkNumber, checkTargets, checkThat } from './checks.ts';
import type { Core } from './core.ts';
import type { Numbers } from './types.ts';

export function chanceBand(core: Core, n: number): { low: number; high: number } {
  checkNumber(core, 'chanceBand', 'n', n, 'samples');
  core.call('chanceBand', 'chance_band', n);
  return core.read('band');
}

export function majorityShare(core: Core, y: Numbers): number {
  const labels = checkTargets('majorityShare', 'y', y, 'labels');
  return core.withTemporary('majorityShare', (temporary) => {
    core.call('majorityShare', 'majority_share', temporary.put(labels), labels.length);
    return core.pair()[0];
  });
}

export function checkShare(operation: string, name: string, value: unknown): number {
  return checkThat(operation, name, value, 'a number from 0 to 1', (share) => share >= 0 && share <= 1);
}

export function quantile(core: Core, values: Numbers, q: number): number {
  const numbers = checkFloats('quantile', 'values', values, Float64Array);
  checkShare('quantile', 'q', q);
  return core.withTemporary('quantile', (temporary) => {
    core.call('quantile', 'quantile', temporary.put(numbers), numbers.length, q);
    return core.pair()[0];
  });
}

export function columnRanges(core: Core, values: Numbers, columns = 1): [low: number, high: number][] {
  const operation = 'columnRanges';
  const numbers = checkFloats(operation, 'values', values);
  checkThat(operation, 'columns', columns, 'a whole number from 1', (count) => Number.isInteger(count) && count >= 1);
  checkThat(
    operation,
    'the number of values',
    numbers.length,
    `a multiple of ${columns} (columns)`,
    (count) => count > 0 && count % columns === 0,
  );
  return core.withTemporary(operation, (temporary) => {
    const place = temporary.space(8 * columns);
    core.call(operation, 'column_ranges', temporary.put(numbers), numbers.length / columns, columns, place);
    const ranges = core.floats(place, 2 * columns);
    return Array.from({ length: columns }, (_, c): [number, number] => [
      ranges[c] as number,
      ranges[columns + c] as number,
    ]);
  });
}
