/** A fit in portions: its data, its memory block, its history. */

import {
  checkBoolean,
  checkChoice,
  checkLengths,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPair,
  checkSequences,
  checkTargets,
  checkThat,
  checkWhole,
  grouped,
  type Kind,
  wrongKind,
} from './checks.ts';
import type { Core } from './core.ts';
import { RnnError } from './errors.ts';
import type { Divergence, History, Logs, Progress, Training, TrainingOptions } from './types.ts';

export const TRAINING_OPTIONS = [
  'epochs',
  'batchSize',
  'shuffle',
  'validationSplit',
  'validationData',
  'validationFreq',
  'lengths',
  'learningRates',
  'earlyStopping',
] as const;

/** The parts of a model that a training uses. */
export interface TrainableModel {
  readonly core: Core;
  readonly model: number;
  readonly cell: string;
  readonly timesteps: number;
  readonly features: number;
  readonly targets: Kind;
  /** The number of targets per sequence: 1, or timesteps. */
  readonly readouts: number;
  /** "accuracy" or "mean_absolute_error". */
  readonly metric: string;
  /** A workspace for batches of the given size. Another call may return another one. */
  workspace(operation: string, batchSize: number): number;
  /** @throws RnnError if the model was disposed. */
  alive(operation: string): void;
}

/** Training data and options, checked and copied. Several trainings may share them. */
export interface Checked {
  epochs: number;
  batchSize: number;
  shuffle: boolean;
  validationFreq: number;
  learningRates: Float64Array;
  stopping: { monitor: number; patience: number; minDelta: number; restoreBestWeights: number };
  x: Float32Array;
  y: Float32Array;
  lengths: Uint32Array | undefined;
  samples: number;
  /** Given separately, or the last samples of x and y, from index `samples` on. */
  validation: { x: Float32Array; y: Float32Array; lengths: Uint32Array | undefined } | undefined;
}

/** In the order of the core's enum rnn_divergence. */
const DIVERGED: readonly (Divergence['what'] | undefined)[] = [undefined, 'loss', 'weight', 'validation loss'];

interface RawProgress extends Omit<Progress, 'done' | 'diverged' | 'accuracy' | 'batchAccuracy'> {
  done: number;
  bestEpoch: number;
  divergence: number;
  divergedEpoch: number;
  divergedBatch: number;
}

/** Checks the options of training, except the validation data, and fills in defaults. */
export function checkSchedule(core: Core, operation: string, options: Omit<TrainingOptions, 'validationData'>) {
  const {
    epochs = core.number('epochs'),
    batchSize = core.number('batchSize'),
    shuffle = core.number('shuffle') === 1,
  } = options;
  const { validationSplit = 0, validationFreq = 1 } = options;
  checkNumbers(core, operation, { epochs, batchSize, validationSplit });
  checkNumber(core, operation, 'validationFreq', validationFreq, 'epochs');
  checkBoolean(operation, 'shuffle', shuffle);
  return { epochs, batchSize, shuffle, validationSplit, validationFreq };
}

function checkRates(core: Core, operation: string, rates: unknown, epochs: number): Float64Array {
  if (rates === undefined) return new Float64Array();
  if (!Array.isArray(rates) && !ArrayBuffer.isView(rates))
    throw wrongKind(operation, 'learningRates', rates, 'an array of numbers');
  const numbers = Array.from(rates as ArrayLike<unknown>);
  checkThat(
    operation,
    'the number of learningRates',
    numbers.length,
    () => `1 to ${grouped(epochs)}, the number of epochs`,
    (count) => count >= 1 && count <= epochs,
  );
  return Float64Array.from(numbers, (rate, i) =>
    checkNumber(core, operation, `learningRates[${i}]`, rate, 'learningRate'),
  );
}

function checkStopping(operation: string, metric: string, options: TrainingOptions, validates: boolean) {
  const none = { monitor: 0, patience: 0, minDelta: 0, restoreBestWeights: 0 };
  if (options.earlyStopping === undefined) return none;
  const given = checkOptions(operation, options.earlyStopping, Object.keys(none));
  const { monitor = 'val_loss', patience = 0, minDelta = 0, restoreBestWeights = false } = given;
  const names = ['loss', metric, 'val_loss', `val_${metric}`];
  const index = checkChoice(operation, 'monitor', monitor, names);
  if (index > 1 && !validates)
    throw new RangeError(
      `${operation}: earlyStopping monitors ${monitor}, which needs validationSplit or validationData`,
    );
  checkWhole(operation, 'patience', patience, 0, 2 ** 32 - 1);
  checkThat(operation, 'minDelta', minDelta, 'finite and at least 0', (delta) => Number.isFinite(delta) && delta >= 0);
  checkBoolean(operation, 'restoreBestWeights', restoreBestWeights);
  return { monitor: index + 1, patience, minDelta, restoreBestWeights: Number(restoreBestWeights) };
}

export function checkTraining(
  operation: string,
  trainable: TrainableModel,
  xs: unknown,
  ys: unknown,
  options: TrainingOptions,
): Checked {
  const { core, timesteps, features, targets, readouts } = trainable;
  checkOptions(operation, options, TRAINING_OPTIONS);
  const { validationSplit, ...schedule } = checkSchedule(core, operation, options);
  const { validationData } = options;
  const common = {
    ...schedule,
    learningRates: checkRates(core, operation, options.learningRates, schedule.epochs),
    stopping: checkStopping(operation, trainable.metric, options, validationData !== undefined || validationSplit > 0),
  };
  const x = checkSequences(operation, 'x', xs, timesteps, features);
  const total = checkNumber(core, operation, 'the number of sequences', x.length / (timesteps * features), 'samples');
  const y = checkTargets(operation, 'y', ys, targets, total, readouts);
  const lengths = checkLengths(operation, 'lengths', options.lengths, total, timesteps, trainable.cell);
  if (validationData !== undefined) {
    const pair = checkPair(operation, 'validationData', validationData);
    const vx = checkSequences(operation, 'validationData x', pair.x, timesteps, features);
    const count = vx.length / (timesteps * features);
    const vy = checkTargets(operation, 'validationData y', pair.y, targets, count, readouts);
    const valid = checkLengths(operation, 'validationData lengths', pair.lengths, count, timesteps, trainable.cell);
    return { ...common, x, y, lengths, samples: total, validation: { x: vx, y: vy, lengths: valid } };
  }
  core.call(operation, 'validation_split', total, validationSplit);
  const [samples] = core.pair();
  const cut = samples * timesteps * features;
  const rest = { x: x.subarray(cut), y: y.subarray(samples * readouts), lengths: lengths?.subarray(samples) };
  return {
    ...common,
    ...{ x: x.subarray(0, cut), y: y.subarray(0, samples * readouts), lengths: lengths?.subarray(0, samples), samples },
    validation: samples < total ? rest : undefined,
  };
}

export class TrainingRun implements Training {
  readonly #operation: string;
  readonly #trainable: TrainableModel;
  readonly #batchSize: number;
  /** The value of validation_freq; 0 without validation data. */
  readonly #validationFreq: number;
  readonly #fit: number;
  #blocks: number[];
  #history: History | undefined;
  #diverged: Progress['diverged'];

  constructor(operation: string, trainable: TrainableModel, checked: Checked) {
    const { core, model, timesteps } = trainable;
    const { samples, validation } = checked;
    this.#operation = operation;
    this.#trainable = trainable;
    this.#batchSize = Math.min(checked.batchSize, samples);
    this.#validationFreq = validation ? checked.validationFreq : 0;
    trainable.workspace(operation, this.#batchSize);
    [this.#fit, this.#blocks] = core.withTemporary(operation, (temporary) => {
      const { epochs, learningRates, stopping } = checked;
      const { restoreBestWeights } = stopping;
      core.call(
        operation,
        'fit_size',
        model,
        samples,
        epochs,
        checked.batchSize,
        learningRates.length,
        restoreBestWeights,
      );
      const fit = temporary.space(core.pair()[0]);
      const plan = core.numbers('plan', {
        ...{ x: temporary.put(checked.x), y: temporary.put(checked.y), samples, timesteps },
        lengths: checked.lengths ? temporary.put(checked.lengths) : 0,
        validationX: validation ? temporary.put(validation.x) : 0,
        validationY: validation ? temporary.put(validation.y) : 0,
        validationSamples: validation ? validation.y.length / trainable.readouts : 0,
        validationTimesteps: timesteps,
        validationLengths: validation?.lengths ? temporary.put(validation.lengths) : 0,
        ...{ h: 0, c: 0, validationH: 0, validationC: 0 },
        ...{
          epochs,
          batchSize: checked.batchSize,
          shuffle: Number(checked.shuffle),
          validationFreq: checked.validationFreq,
          learningRates: learningRates.length ? temporary.put(learningRates) : 0,
          learningRateCount: learningRates.length,
          ...stopping,
        },
      });
      const block = temporary.put(plan);
      core.call(operation, 'fit_begin', fit, model, block);
      return [fit, temporary.keep()];
    });
    /* the model calls dispose, so the caller must not be able to replace it */
    Object.freeze(this);
  }

  advance(updates = Number.POSITIVE_INFINITY): Progress {
    const operation = this.#operation === 'fit' ? 'fit' : 'advance';
    this.#goesOn(operation);
    const whole = (value: number) => value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value >= 0);
    checkThat(operation, 'updates', updates, 'a whole number of at least 0', whole);
    return this.#advance(operation, updates);
  }

  nextBatch(): Uint32Array {
    this.#goesOn('nextBatch');
    const { core, model } = this.#trainable;
    return core.withTemporary('nextBatch', (temporary) => {
      const batch = temporary.space(4 * this.#batchSize);
      core.call('nextBatch', 'fit_batch', this.#fit, model, batch, this.#batchSize);
      return new Uint32Array(core.bytes(batch, 4 * core.pair()[0]).buffer);
    });
  }

  #goesOn(operation: string): void {
    this.#trainable.alive(operation);
    if (this.#blocks.length === 0)
      throw new RnnError(
        'ENDED',
        operation,
        'this training is over: it was disposed, or another fit of the model has begun',
      );
  }

  #advance(operation: string, updates: number): Progress {
    const { core, model } = this.#trainable;
    const workspace = this.#trainable.workspace(operation, this.#batchSize);
    const status = core.answer('fit', this.#fit, model, workspace, updates);
    const diverged = status !== 0 && core.statusName(status) === 'RNN_DIVERGED';
    if (status !== 0 && !diverged) throw core.error(operation, status);
    const { done, bestEpoch, divergence, divergedEpoch, divergedBatch, ...progress } =
      core.read<RawProgress>('progress');
    this.#diverged = diverged
      ? { what: DIVERGED[divergence] ?? 'loss', epoch: divergedEpoch, batch: divergedBatch }
      : undefined;
    const { metric, batchMetric } = progress;
    return {
      ...progress,
      ...(this.#trainable.metric === 'accuracy' && { accuracy: metric, batchAccuracy: batchMetric }),
      ...(bestEpoch > 0 && { bestEpoch }),
      done: diverged || done === 1,
      ...(this.#diverged && { diverged: { ...this.#diverged } }),
    };
  }

  /** Metrics of the latest epoch, by name. */
  get latest(): Logs {
    const { core } = this.#trainable;
    const columns = this.#columns;
    core.call(this.#operation, 'history', this.#fit);
    const [address, count] = core.pair();
    return this.#logs(
      [...core.doubles(address + 8 * (count - columns.length), columns.length)],
      count / columns.length,
    );
  }

  get history(): History {
    return structuredClone(this.#history ?? this.#readHistory());
  }

  dispose(): void {
    if (this.#blocks.length === 0) return;
    this.#history = this.#readHistory();
    for (const block of this.#blocks.splice(0)) this.#trainable.core.release(block);
  }

  /** Keras's names of the columns: loss, accuracy, val_loss, val_accuracy. */
  get #columns(): string[] {
    const { core, metric } = this.#trainable;
    return core.recordNames('epoch').map((name) => name.replace('metric', metric));
  }

  #measured(epoch: number): boolean {
    return this.#validationFreq > 0 && epoch % this.#validationFreq === 0;
  }

  #logs(row: number[], epoch: number): Logs {
    const entries = this.#columns.map((name, i) => [name, row[i]] as const);
    return Object.fromEntries(
      entries.filter(([name]) => this.#measured(epoch) || !name.startsWith('val_')),
    ) as unknown as Logs;
  }

  #readHistory(): History {
    const { core } = this.#trainable;
    const columns = this.#columns;
    core.call(this.#operation, 'history', this.#fit);
    const [address, count] = core.pair();
    const numbers = core.doubles(address, count);
    const list = (name: string, i: number): (number | undefined)[] => {
      const each = Array.from({ length: count / columns.length }, (_, e) => numbers[e * columns.length + i]);
      return name.startsWith('val_') ? each.filter((_, e) => this.#measured(e + 1)) : each;
    };
    const lists = columns.map((name, i) => [name, list(name, i)] as const);
    const history = Object.fromEntries(
      lists.filter(([name]) => this.#validationFreq > 0 || !name.startsWith('val_')),
    ) as unknown as History;
    return this.#diverged ? { ...history, diverged: { ...this.#diverged } } : history;
  }
}
