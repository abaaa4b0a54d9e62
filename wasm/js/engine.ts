/** The functions of one loaded module: models, tasks, data sets as text, baselines. */

import {
  checkBoolean,
  checkChoice,
  checkClasses,
  checkLengths,
  checkMultiple,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPredictions,
  checkSequence,
  checkSequences,
  checkTargets,
  checkText,
  checkThat,
  copyOf,
  grouped,
  type Kind,
} from './checks.ts';
import { type Core, deepFreeze, type Module, type RawTask, type TemporaryBlocks } from './core.ts';
import { Model } from './sequential.ts';
import type {
  CsvDataset,
  Dataset,
  Loss,
  Numbers,
  ReadCsvOptions,
  Sequence,
  TaskOptions,
  TaskText,
  Unrolled,
  WriteCsvData,
} from './types.ts';
import { chanceBand, columnRanges, majorityShare, quantile } from './baselines.ts';

const TASK = ['samples', 'timesteps', 'dataSeed', 'firstSample', 'returnSequences'] as const;
const CSV = ['x', 'y', 'timesteps', 'features', 'returnSequences', 'lengths'] as const;
const READ_CSV = ['loss', 'classes'] as const;

function task(core: Core, name: string, options: TaskOptions): Dataset {
  const index = checkChoice(
    'task',
    'name',
    name,
    core.tasks.map((known) => known.name),
  );
  const known = core.tasks[index] as RawTask;
  checkOptions('task', options, TASK);
  const { samples, timesteps, dataSeed = core.number('seed'), firstSample = 0, returnSequences = false } = options;
  const { features, leastTimesteps } = known;
  checkBoolean('task', 'returnSequences', returnSequences);
  checkNumbers(core, 'task', { samples, timesteps });
  checkThat(
    'task',
    'timesteps',
    timesteps,
    `at least ${leastTimesteps} for ${core.tasks[index]?.name}`,
    (steps) => steps >= leastTimesteps,
  );
  checkNumber(core, 'task', 'dataSeed', dataSeed, 'seed');
  checkNumber(core, 'task', 'firstSample', firstSample, 'seed');
  const last = 2 ** 32 - samples;
  checkThat(
    'task',
    'firstSample',
    firstSample,
    () => `at most ${grouped(last)} with so many samples`,
    (first) => first <= last,
  );
  return core.withTemporary('task', (temporary) => {
    const numbers = samples * timesteps * features;
    const every = returnSequences || known.returnSequences === 1;
    const targets = samples * (every ? timesteps : 1);
    const x = temporary.space(4 * numbers);
    const y = temporary.space(4 * targets);
    core.call('task', 'task', index, dataSeed, firstSample, samples, timesteps, Number(every), x, y);
    return { x: core.floats(x, numbers), y: core.floats(y, targets) };
  });
}

function taskTargets(core: Core, name: string, x: Sequence): Float32Array | undefined {
  const operation = 'taskTargets';
  const index = checkChoice(
    operation,
    'name',
    name,
    core.tasks.map((known) => known.name),
  );
  const { features, returnSequences, leastTimesteps } = core.tasks[index] as RawTask;
  const values = checkSequence(operation, 'x', x, features);
  const timesteps = checkNumber(core, operation, 'the number of timesteps', values.length / features, 'timesteps');
  checkThat(
    operation,
    'the number of timesteps',
    timesteps,
    `at least ${leastTimesteps} for ${name}`,
    (steps) => steps >= leastTimesteps,
  );
  return core.withTemporary(operation, (temporary) => {
    const readouts = returnSequences ? timesteps : 1;
    const y = temporary.space(4 * readouts);
    core.call(operation, 'task_targets', index, temporary.put(values), timesteps, y);
    return core.pair()[0] === 1 ? core.floats(y, readouts) : undefined;
  });
}

/** The sentences that an export of the module for data writes. It is called once to measure them, and once to write them. */
function notesOf(data: Module, temporary: TemporaryBlocks, name: string, ...given: number[]): string[] {
  data.call('readCsv', name, ...given, 0, 0);
  const [bytes] = data.pair();
  if (bytes === 0) return [];
  const place = temporary.space(bytes);
  data.call('readCsv', name, ...given, place, bytes);
  return new TextDecoder().decode(data.bytes(place, bytes)).trimEnd().split('\n');
}

async function readCsv(core: Core, text: string | Uint8Array, options: ReadCsvOptions = {}): Promise<CsvDataset> {
  checkOptions('readCsv', options, READ_CSV);
  const { loss = 'binary_crossentropy', classes } = options;
  const index = checkChoice('readCsv', 'loss', loss, core.losses);
  if (checkClasses(core, 'readCsv', index, classes) && classes !== undefined)
    checkNumber(core, 'readCsv', 'classes', classes, 'classes');
  const bytes = checkText('readCsv', 'text', text);
  const data = await core.data('readCsv');
  return data.withTemporary('readCsv', (temporary) => {
    const place = temporary.put(bytes);
    data.call('readCsv', 'csv_measure', place, bytes.length);
    const extents =
      data.read<Record<'samples' | 'timesteps' | 'features' | 'returnSequences' | 'shorter', number>>('extents');
    const { samples, timesteps, features, returnSequences, shorter } = extents;
    const readouts = returnSequences ? timesteps : 1;
    const x = temporary.space(4 * samples * timesteps * features);
    const y = temporary.space(4 * samples * readouts);
    const lengths = shorter && temporary.space(4 * samples);
    const shape = [samples, timesteps, features, returnSequences];
    data.call('readCsv', 'csv_read', place, bytes.length, ...shape, index, classes ?? 0, x, y, lengths);
    return {
      samples,
      timesteps,
      features,
      ...(returnSequences === 1 && { returnSequences: true }),
      x: data.floats(x, samples * timesteps * features),
      y: data.floats(y, samples * readouts),
      ...(lengths && { lengths: data.wholes(lengths, samples) }),
      notes: [
        ...notesOf(data, temporary, 'csv_notes', place, bytes.length, index),
        ...notesOf(data, temporary, 'dataset_notes', x, y, ...shape, lengths, index, samples),
      ],
    };
  });
}

/**
 * Checks a data set with any targets, and returns how to pass it to a call. The result of readCsv is accepted as it is.
 */
function checkData(core: Core, operation: string, data: WriteCsvData): (temporary: TemporaryBlocks) => number[] {
  checkOptions(operation, data, [...CSV, 'samples', 'notes']);
  const { timesteps, features = core.number('features'), returnSequences = false } = data;
  checkBoolean(operation, 'returnSequences', returnSequences);
  checkNumbers(core, operation, { timesteps, features });
  const x = checkSequences(operation, 'x', data.x, timesteps, features);
  const samples = x.length / (timesteps * features);
  if (data.samples !== undefined)
    checkThat(
      operation,
      'samples',
      data.samples,
      () => `${grouped(samples)}, the number of sequences in x`,
      (count) => count === samples,
    );
  const y = checkTargets(operation, 'y', data.y, 'numbers', samples, returnSequences ? timesteps : 1);
  const lengths = checkLengths(operation, 'lengths', data.lengths, samples, timesteps);
  return (temporary) => [
    ...[temporary.put(x), temporary.put(y), samples, timesteps, features, Number(returnSequences)],
    lengths ? temporary.put(lengths) : 0,
  ];
}

async function taskTexts(core: Core): Promise<Record<string, TaskText>> {
  const data = await core.data('taskTexts');
  return Object.fromEntries(
    core.tasks.map(({ name }, index) => {
      data.call('taskTexts', 'task_text', index);
      const { scope, ...text } = data.read<Required<TaskText>>('task_text');
      return [name, { ...text, ...(scope && { scope }) }];
    }),
  );
}

async function writeCsv(core: Core, given: WriteCsvData): Promise<string> {
  const place = checkData(core, 'writeCsv', given);
  const data = await core.data('writeCsv');
  return data.withTemporary('writeCsv', (temporary) => {
    const placed = place(temporary);
    data.call('writeCsv', 'csv_write_size', ...placed);
    const [bytes] = data.pair();
    const text = temporary.space(bytes);
    data.call('writeCsv', 'csv_write', ...placed, text, bytes);
    return new TextDecoder().decode(data.bytes(text, bytes));
  });
}

/** The targets that a loss accepts, with any number of classes. */
function kindOf(core: Core, loss: number): Kind {
  const name = core.losses[loss];
  if (name === 'binary_crossentropy') return 'labels';
  return name === 'mean_squared_error' ? 'numbers' : { classes: core.ranges.classes.maximum };
}

function targets(core: Core, y: Numbers, loss?: Loss): ReturnType<Unrolled['targets']> {
  const wanted = loss === undefined ? 0 : 1 + checkChoice('targets', 'loss', loss, core.losses);
  const numbers = checkTargets('targets', 'y', y, wanted ? kindOf(core, wanted - 1) : 'numbers');
  return core.withTemporary('targets', (temporary) => {
    core.call('targets', 'targets', temporary.put(numbers), numbers.length, wanted);
    const found = core.read<{ loss: number; outputs: number; guess: number }>('targets');
    return {
      loss: core.losses[found.loss] as Loss,
      ...(found.outputs > 1 && { classes: found.outputs }),
      guess: found.guess,
    };
  });
}

function answers(core: Core, predictions: Numbers, y: Numbers, outputs = 1): ReturnType<Unrolled['answers']> {
  if (outputs !== 1) checkNumber(core, 'answers', 'outputs', outputs, 'classes');
  const said = checkPredictions('answers', 'predictions', predictions);
  checkMultiple('answers', 'predictions', said.length, outputs, 'outputs');
  const wanted = checkTargets('answers', 'y', y, 'numbers', said.length / outputs, 1, 'prediction');
  return core.withTemporary('answers', (temporary) => {
    const count = wanted.length;
    const answered = temporary.space(8 * count);
    core.call('answers', 'judge', temporary.put(said), count, outputs, temporary.put(wanted), answered);
    const numbers = new Uint32Array(core.bytes(answered, 8 * count).buffer);
    return { classes: numbers.slice(0, count), right: numbers.slice(count) };
  });
}

function hash(core: Core, data: WriteCsvData): string {
  const place = checkData(core, 'hash', data);
  return core.withTemporary('hash', (temporary) => {
    core.call('hash', 'dataset_hash', ...place(temporary));
    return core
      .pair()
      .map((half) => half.toString(16).padStart(8, '0'))
      .join('');
  });
}

/**
 * A function of a part that a bundler may load when it is first called, because few programs read tables or texts. Its
 * arguments are copied before that, so the caller may change them meanwhile.
 */
function later<A extends unknown[], R>(call: (...given: A) => Promise<R>): (...given: A) => Promise<R> {
  return async (...given) => call(...copyOf(given));
}

/**
 * The public functions of a running module. They do not use `this`, so that they can be destructured: const
 * { sequential } = …
 */
export function engine(core: Core): Unrolled {
  const unrolled: Unrolled = {
    simd: core.limits.simd === 1,
    activations: core.activations,
    cells: core.cells,
    initializers: core.initializers,
    losses: core.losses,
    optimizers: core.optimizers,
    tasks: core.tasks.map(({ loss, outputs, returnSequences, tokens, ...task }) => ({
      ...task,
      ...(tokens && { tokens: tokens.split(' ') }),
      loss: core.losses[loss] as Loss,
      ...(outputs > 1 && { classes: outputs }),
      ...(returnSequences === 1 && { returnSequences: true }),
    })),
    taskTexts: () => taskTexts(core),
    ranges: core.ranges,
    newSample: core.limits.newSample,
    sequential: (config) => new Model(core, config),
    seeds: later(async (...given) => (await import('./seeds.ts')).seeds(core, ...given)),
    task: (name, options) => task(core, name, options),
    taskTargets: (name, x) => taskTargets(core, name, x),
    describeTable: later(async (text) => (await import('./table.ts')).describeTable(core, text)),
    readTable: later(async (...given) => (await import('./table.ts')).readTable(core, ...given)),
    windows: later(async (...given) => (await import('./series.ts')).windows(core, ...given)),
    readText: later(async (...given) => (await import('./text.ts')).readText(core, ...given)),
    writeText: later(async (...given) => (await import('./text.ts')).writeText(core, ...given)),
    textSequences: later(async (...given) => (await import('./text.ts')).textSequences(core, ...given)),
    ngrams: later(async (...given) => (await import('./text.ts')).ngrams(core, ...given)),
    linearProbe: later(async (...given) => (await import('./probe.ts')).linearProbe(core, ...given)),
    answersByStep: later(async (...given) => (await import('./steps.ts')).answersByStep(core, ...given)),
    chanceBand: (n) => chanceBand(core, n),
    targets: (y, loss) => targets(core, y, loss),
    answers: (predictions, y, outputs) => answers(core, predictions, y, outputs),
    hash: (data) => hash(core, data),
    majorityShare: (y) => majorityShare(core, y),
    quantile: (values, q) => quantile(core, values, q),
    columnRanges: (values, columns) => columnRanges(core, values, columns),
    readCsv: (text, options) => readCsv(core, text, options),
    writeCsv: (data) => writeCsv(core, data),
    get memoryBytes() {
      return core.memoryBytes;
    },
  };
  return deepFreeze(unrolled);
}
