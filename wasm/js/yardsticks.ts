/** What numbers are held against; the core measures. */

import { checkFloats, checkNumber, checkTargets, checkThat } from './checks.ts';
import type { Core } from './core.ts';
import type { Numbers } from './types.ts';

export function chanceBand(core: Core, n: number): { low: number; high: number } {
  checkNumber(core, 'chanceBand', 'n', n, 'samples');
  core.call('chanceBand', 'chance_band', n);
  return core.read('band');
}

export function commonerShare(core: Core, y: Numbers): number {
  const labels = checkTargets('commonerShare', 'y', y, 'labels');
  return core.borrow('commonerShare', (loan) => {
    core.call('commonerShare', 'commoner_share', loan.put(labels), labels.length);
    return core.pair()[0];
  });
}

export function checkShare(operation: string, name: string, value: unknown): number {
  return checkThat(operation, name, value, 'a number from 0 to 1', (share) => share >= 0 && share <= 1);
}

export function quantile(core: Core, values: Numbers, q: number): number {
  checkFloats('quantile', 'values', values);
  checkShare('quantile', 'q', q);
  const numbers = Float64Array.from(values);
  return core.borrow('quantile', (loan) => {
    core.call('quantile', 'quantile', loan.put(numbers), numbers.length, q);
    return core.pair()[0];
  });
}
