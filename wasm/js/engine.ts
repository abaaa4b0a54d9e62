/** What one loaded module offers: models, tasks, text of data sets, yardsticks. */

import { checkBoolean, checkChoice, checkClasses, checkNumber, checkOptions, checkSequences, checkTargets, checkThat, describe } from './checks.ts';
import type { Core, RawTask } from './core.ts';
import { seeds } from './seeds.ts';
import { Model } from './sequential.ts';
import type { CsvDataset, Dataset, ReadCsvOptions, TaskOptions, Unrolled, WriteCsvData } from './types.ts';
import { chanceBand, commonerShare, quantile } from './yardsticks.ts';

const TASK = ['samples', 'timesteps', 'dataSeed', 'firstSample'] as const;
const CSV = ['x', 'y', 'timesteps', 'features', 'returnSequences'] as const;
const READ_CSV = ['loss', 'classes'] as const;

function task(core: Core, name: string, options: TaskOptions): Dataset {
  const index = checkChoice('task', 'name', name, core.tasks.map((known) => known.name));
  const { features, returnSequences, leastTimesteps } = core.tasks[index] as RawTask;
  checkOptions('task', options, TASK);
  const { samples, timesteps, dataSeed = core.number('seed'), firstSample = 0 } = options;
  checkNumber(core, 'task', 'samples', samples, 'samples');
  checkNumber(core, 'task', 'timesteps', timesteps, 'timesteps');
  checkThat('task', 'timesteps', timesteps, `at least ${leastTimesteps} for ${core.tasks[index]?.name}`, (steps) => steps >= leastTimesteps);
  checkNumber(core, 'task', 'dataSeed', dataSeed, 'seed');
  checkNumber(core, 'task', 'firstSample', firstSample, 'seed');
  const last = 2 ** 32 - samples;
  checkThat('task', 'firstSample', firstSample, () => `at most ${last.toLocaleString('en')} with so many samples`, (first) => first <= last);
  return core.borrow('task', (loan) => {
    const numbers = samples * timesteps * features;
    const targets = samples * (returnSequences ? timesteps : 1);
    const x = loan.space(4 * numbers);
    const y = loan.space(4 * targets);
    core.call('task', 'task', index, dataSeed, firstSample, samples, timesteps, x, y);
    return { x: core.floats(x, numbers), y: core.floats(y, targets) };
  });
}

function readCsv(core: Core, text: string, options: ReadCsvOptions = {}): CsvDataset {
  checkOptions('readCsv', options, READ_CSV);
  const { loss = 'binary_crossentropy', classes } = options;
  const index = checkChoice('readCsv', 'loss', loss, core.losses);
  if (checkClasses(core, 'readCsv', index, classes) && classes !== undefined) checkNumber(core, 'readCsv', 'classes', classes, 'classes');
  if (typeof text !== 'string') throw new TypeError(`readCsv: text is ${describe(text)}: expected a string`);
  const bytes = new TextEncoder().encode(text);
  return core.borrow('readCsv', (loan) => {
    const place = loan.put(bytes);
    core.call('readCsv', 'csv_measure', place, bytes.length);
    const extents = core.read<Record<'samples' | 'timesteps' | 'features' | 'returnSequences', number>>('extents');
    const { samples, timesteps, features, returnSequences } = extents;
    const readouts = returnSequences ? timesteps : 1;
    const x = loan.space(4 * samples * timesteps * features);
    const y = loan.space(4 * samples * readouts);
    core.call('readCsv', 'csv_read', place, bytes.length, samples, timesteps, features, returnSequences, index, classes ?? 0, x, y);
    const numbers = { x: core.floats(x, samples * timesteps * features), y: core.floats(y, samples * readouts) };
    return { samples, timesteps, features, ...(returnSequences === 1 && { returnSequences: true }), ...numbers };
  });
}

function writeCsv(core: Core, data: WriteCsvData): string {
  // what readCsv gives may be handed back as it is
  checkOptions('writeCsv', data, [...CSV, 'samples']);
  const { timesteps, features = core.number('features'), returnSequences = false } = data;
  checkBoolean('writeCsv', 'returnSequences', returnSequences);
  checkNumber(core, 'writeCsv', 'timesteps', timesteps, 'timesteps');
  checkNumber(core, 'writeCsv', 'features', features, 'features');
  const x = checkSequences('writeCsv', 'x', data.x, timesteps, features);
  const samples = x.length / (timesteps * features);
  const readouts = returnSequences ? timesteps : 1;
  const y = checkTargets('writeCsv', 'y', data.y, 'numbers', samples, readouts);
  return core.borrow('writeCsv', (loan) => {
    const place = [loan.put(x), loan.put(y), samples, timesteps, features, Number(returnSequences)];
    core.call('writeCsv', 'csv_write_size', ...place);
    const [bytes] = core.pair();
    const text = loan.space(bytes);
    core.call('writeCsv', 'csv_write', ...place, text, bytes);
    return new TextDecoder().decode(core.bytes(text, bytes));
  });
}

/** The interface over a running module. Its functions need no `this`, so that they can be taken apart: const { sequential } = … */
export function engine(core: Core): Unrolled {
  return Object.freeze<Unrolled>({
    simd: core.limits.simd === 1,
    activations: core.activations,
    cells: core.cells,
    initializers: core.initializers,
    losses: core.losses,
    optimizers: core.optimizers,
    tasks: core.tasks.map(({ loss, outputs, returnSequences, ...task }) => ({
      ...task,
      loss: core.losses[loss] ?? '',
      ...(outputs > 1 && { classes: outputs }),
      ...(returnSequences === 1 && { returnSequences: true }),
    })),
    ranges: core.ranges,
    freshSample: core.limits.freshSample,
    sequential: (config) => new Model(core, config),
    seeds: (config, x, y, options) => seeds(core, config, x, y, options),
    task: (name, options) => task(core, name, options),
    chanceBand: (n) => chanceBand(core, n),
    commonerShare: (y) => commonerShare(core, y),
    quantile: (values, q) => quantile(core, values, q),
    readCsv: (text, options) => readCsv(core, text, options),
    writeCsv: (data) => writeCsv(core, data),
    get memoryBytes() {
      return core.memoryBytes;
    },
  });
}
