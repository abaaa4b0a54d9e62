/** What one loaded module offers besides models: tasks, text of data sets, yardsticks. */

import { checkChoice, checkFloats, checkLabels, checkNumber, checkOptions, checkSequences, checkThat, describe } from './checks.ts';
import type { Core } from './core.ts';
import { Model } from './sequential.ts';
import type { CsvDataset, Dataset, Numbers, Sequences, TaskOptions, Unrolled } from './types.ts';

const TASK = ['samples', 'timesteps', 'dataSeed', 'firstSample'] as const;
const CSV = ['x', 'y', 'timesteps', 'features'] as const;

function task(core: Core, name: string, options: TaskOptions): Dataset {
  const index = checkChoice('task', 'name', name, core.tasks);
  checkOptions('task', options, TASK);
  const { samples, timesteps, dataSeed = core.defaults.seed, firstSample = 0 } = options;
  checkNumber(core, 'task', 'samples', samples, 'samples');
  checkNumber(core, 'task', 'timesteps', timesteps, 'timesteps');
  checkNumber(core, 'task', 'dataSeed', dataSeed, 'seed');
  checkNumber(core, 'task', 'firstSample', firstSample, 'seed');
  return core.borrow('task', (loan) => {
    const x = loan.space(4 * samples * timesteps);
    const y = loan.space(4 * samples);
    core.call('task', 'task', index, dataSeed, firstSample, samples, timesteps, x, y);
    return { x: core.floats(x, samples * timesteps), y: core.floats(y, samples) };
  });
}

function readCsv(core: Core, text: string): CsvDataset {
  if (typeof text !== 'string') throw new TypeError(`readCsv: text is ${describe(text)}: expected a string`);
  const bytes = new TextEncoder().encode(text);
  return core.borrow('readCsv', (loan) => {
    const place = loan.put(bytes);
    core.call('readCsv', 'csv_measure', place, bytes.length);
    const extents = core.read<{ samples: number; timesteps: number; features: number }>('extents');
    const { samples, timesteps, features } = extents;
    const x = loan.space(4 * samples * timesteps * features);
    const y = loan.space(4 * samples);
    core.call('readCsv', 'csv_read', place, bytes.length, samples, timesteps, features, x, y);
    return { ...extents, x: core.floats(x, samples * timesteps * features), y: core.floats(y, samples) };
  });
}

function writeCsv(core: Core, data: { x: Sequences; y: Numbers; timesteps: number; features?: number }): string {
  // what readCsv gives may be handed back as it is
  checkOptions('writeCsv', data, [...CSV, 'samples']);
  const { timesteps, features = core.defaults.features } = data;
  checkNumber(core, 'writeCsv', 'timesteps', timesteps, 'timesteps');
  checkNumber(core, 'writeCsv', 'features', features, 'features');
  const x = checkSequences('writeCsv', 'x', data.x, timesteps, features);
  const samples = x.length / (timesteps * features);
  const y = checkLabels('writeCsv', 'y', data.y, samples);
  return core.borrow('writeCsv', (loan) => {
    const place = [loan.put(x), loan.put(y), samples, timesteps, features];
    core.call('writeCsv', 'csv_write_size', ...place);
    const [bytes] = core.pair();
    const text = loan.space(bytes);
    core.call('writeCsv', 'csv_write', ...place, text, bytes);
    return new TextDecoder().decode(core.bytes(text, bytes));
  });
}

function chanceBand(core: Core, n: number): { low: number; high: number } {
  checkNumber(core, 'chanceBand', 'n', n, 'samples');
  core.call('chanceBand', 'chance_band', n);
  return core.read('band');
}

function commonerShare(core: Core, y: Numbers): number {
  const labels = checkLabels('commonerShare', 'y', y);
  return core.borrow('commonerShare', (loan) => {
    core.call('commonerShare', 'commoner_share', loan.put(labels), labels.length);
    return core.pair()[0];
  });
}

function quantile(core: Core, values: Numbers, q: number): number {
  checkFloats('quantile', 'values', values);
  checkThat('quantile', 'q', q, 'a number from 0 to 1', (share) => share >= 0 && share <= 1);
  const numbers = Float64Array.from(values);
  return core.borrow('quantile', (loan) => {
    core.call('quantile', 'quantile', loan.put(numbers), numbers.length, q);
    return core.pair()[0];
  });
}

/** The interface over a running module. Its functions need no `this`, so that they can be taken apart: const { sequential } = … */
export function engine(core: Core): Unrolled {
  return Object.freeze<Unrolled>({
    simd: core.limits.simd === 1,
    activations: core.activations,
    tasks: core.tasks.map((name, i) => ({ name, text: core.taskTexts[i] ?? '' })),
    ranges: core.ranges,
    freshSample: core.limits.freshSample,
    sequential: (config) => new Model(core, config),
    task: (name, options) => task(core, name, options),
    chanceBand: (n) => chanceBand(core, n),
    commonerShare: (y) => commonerShare(core, y),
    quantile: (values, q) => quantile(core, values, q),
    readCsv: (text) => readCsv(core, text),
    writeCsv: (data) => writeCsv(core, data),
    get memoryBytes() {
      return core.memoryBytes;
    },
  });
}
