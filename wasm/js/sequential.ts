/** One model: its blocks in the module's memory, and Keras's words over them. */

import { checkChoice, checkFloats, checkLabels, checkNumber, checkOptions, checkSequence, checkSequences, checkThat, describe } from './checks.ts';
import type { Core, Loan } from './core.ts';
import { RnnError } from './errors.ts';
import { TRAINING_OPTIONS, type Trainee, TrainingRun } from './training.ts';
import type {
  Activation,
  CompileOptions,
  Contribution,
  FitOptions,
  History,
  Numbers,
  Sequence,
  Sequences,
  Sequential,
  SequentialConfig,
  Tensor,
  Trace,
  Training,
  TrainingOptions,
} from './types.ts';

const CONFIG = ['units', 'timesteps', 'features', 'activation', 'seed'] as const;
const COMPILE = ['optimizer', 'loss', 'metrics', 'learningRate', 'beta1', 'beta2', 'epsilon'] as const;

/** Let the event loop turn once: a message comes sooner than the shortest timer. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

export class Model implements Sequential {
  readonly units: number;
  readonly timesteps: number;
  readonly features: number;
  readonly activation: Activation;
  readonly seed: number;
  readonly tensors: readonly Tensor[];
  readonly parameterCount: number;
  stopTraining = false;

  readonly #core: Core;
  readonly #bytes: number;
  #model: number; // 0: disposed
  #workspace = { address: 0, batchSize: 0 };
  #training: TrainingRun | undefined;
  #fitting = false;

  constructor(core: Core, config: SequentialConfig) {
    const operation = 'sequential';
    checkOptions(operation, config, CONFIG);
    const { units, timesteps, features = core.defaults.features, seed = core.defaults.seed } = config;
    const activation = config.activation ?? (core.activations[core.defaults.activation] as Activation);
    this.#core = core;
    this.units = checkNumber(core, operation, 'units', units, 'units');
    this.timesteps = checkNumber(core, operation, 'timesteps', timesteps, 'timesteps');
    this.features = checkNumber(core, operation, 'features', features, 'features');
    this.seed = checkNumber(core, operation, 'seed', seed, 'seed');
    this.activation = activation;
    const index = checkChoice(operation, 'activation', activation, core.activations);
    const numbers = [core.defaults.cell, index, units, timesteps, features, seed];
    core.call(operation, 'model_size', ...numbers);
    [this.#bytes] = core.pair();
    this.#model = core.borrow(operation, (loan) => {
      const block = loan.space(this.#bytes);
      core.call(operation, 'model_init', block, ...numbers);
      loan.keep();
      return block;
    });
    this.tensors = this.#readTensors();
    this.parameterCount = this.tensors.reduce((sum, tensor) => sum + tensor.count, 0);
  }

  get learningRate(): number {
    return this.#read<{ learningRate: number }>('learningRate', 'optimizer').learningRate;
  }

  get counters(): { updates: number; epochs: number; position: number } {
    return this.#read('counters', 'counters');
  }

  compile(options: CompileOptions = {}): void {
    const operation = 'compile';
    checkOptions(operation, options, COMPILE);
    const { defaults } = this.#core;
    const { optimizer = 'adam', loss = 'binaryCrossentropy', metrics = ['accuracy'], learningRate = defaults.learningRate } = options;
    const { beta1 = defaults.beta1, beta2 = defaults.beta2, epsilon = defaults.epsilon } = options;
    checkChoice(operation, 'optimizer', optimizer, ['adam']);
    checkChoice(operation, 'loss', loss, ['binaryCrossentropy']);
    if (!Array.isArray(metrics)) throw new TypeError(`compile: metrics is ${describe(metrics)}: expected ["accuracy"]`);
    for (const metric of metrics) checkChoice(operation, 'metrics', metric, ['accuracy']);
    checkNumber(this.#core, operation, 'learningRate', learningRate, 'learningRate');
    checkThat(operation, 'beta1', beta1, 'a number from 0 to below 1', (beta) => beta >= 0 && beta < 1);
    checkThat(operation, 'beta2', beta2, 'a number from 0 to below 1', (beta) => beta >= 0 && beta < 1);
    checkThat(operation, 'epsilon', epsilon, 'a finite number of at least 0', (value) => value >= 0 && Number.isFinite(value));
    this.#call(operation, 'compile', learningRate, beta1, beta2, epsilon);
  }

  setLearningRate(rate: number): void {
    checkNumber(this.#core, 'setLearningRate', 'rate', rate, 'learningRate');
    this.#call('setLearningRate', 'set_learning_rate', rate);
  }

  async fit(x: Sequences, y: Numbers, options: FitOptions = {}): Promise<History> {
    checkOptions('fit', options, [...TRAINING_OPTIONS, 'onEpochEnd']);
    const { onEpochEnd, ...rest } = options;
    if (onEpochEnd !== undefined && typeof onEpochEnd !== 'function')
      throw new TypeError(`fit: onEpochEnd is ${describe(onEpochEnd)}: expected a function`);
    const run = this.#begin('fit', x, y, rest);
    this.stopTraining = false;
    this.#fitting = true;
    try {
      if (onEpochEnd) await this.#epochs(run, onEpochEnd);
      else run.advance();
      return run.history;
    } finally {
      this.#fitting = false;
      run.dispose();
    }
  }

  training(x: Sequences, y: Numbers, options: TrainingOptions = {}): Training {
    return this.#begin('training', x, y, options);
  }

  evaluate(x: Sequences, y: Numbers): { loss: number; accuracy: number } {
    return this.#batch('evaluate', x, y, (workspace, data, labels, samples) => {
      this.#call('evaluate', 'evaluate', workspace, data, labels, samples, this.timesteps);
      return this.#core.read('figures');
    });
  }

  predict(x: Sequences): Float32Array {
    return this.#batch('predict', x, undefined, (workspace, data, _, samples, loan) => {
      const probabilities = loan.space(4 * samples);
      this.#call('predict', 'predict', workspace, data, samples, this.timesteps, probabilities);
      return this.#core.floats(probabilities, samples);
    });
  }

  gradient(x: Sequences, y: Numbers): { loss: number; accuracy: number; gradient: Float32Array[] } {
    const whole = (samples: number) => checkNumber(this.#core, 'gradient', 'the number of sequences', samples, 'batchSize');
    return this.#batch(
      'gradient',
      x,
      y,
      (workspace, data, labels, samples, loan) => {
        const gradient = loan.space(4 * this.parameterCount);
        this.#call('gradient', 'gradient', workspace, data, labels, samples, this.timesteps, gradient);
        const figures = this.#core.read<{ loss: number; accuracy: number }>('figures');
        return { ...figures, gradient: this.#split(this.#core.floats(gradient, this.parameterCount)) };
      },
      whole,
    );
  }

  step(x: number | Numbers): { h: Float32Array; logit: number; probability: number } {
    const values = checkFloats('step', 'x', typeof x === 'number' ? [x] : x);
    if (values.length !== this.features)
      throw new RangeError(`step: x has ${values.length} numbers: expected ${this.features}, the features of one timestep`);
    this.alive('step');
    return this.#core.borrow('step', (loan) => {
      const h = loan.space(4 * this.units);
      this.#call('step', 'step', loan.put(values), h);
      const readout = this.#core.read<{ logit: number; probability: number }>('readout');
      return { h: this.#core.floats(h, this.units), ...readout };
    });
  }

  resetStates(): void {
    this.#call('resetStates', 'reset_states');
  }

  trace(x: Sequence, label?: number): Trace {
    const values = checkSequence('trace', 'x', x, this.features);
    const timesteps = checkNumber(this.#core, 'trace', 'the number of timesteps', values.length / this.features, 'timesteps');
    if (label !== undefined) checkThat('trace', 'label', label, '0, 1 or undefined', (value) => value === 0 || value === 1);
    this.alive('trace');
    return this.#core.borrow('trace', (loan) => {
      this.#call('trace', 'trace_size', timesteps);
      const block = loan.space(this.#core.pair()[0]);
      this.#core.call('trace', 'trace', block, this.#model, loan.put(values), timesteps, label ?? Number.NaN);
      return { ...this.#core.read<Trace>('trace'), label };
    });
  }

  contribution(trace: Trace, t: number): Contribution {
    const { x, h, dZ } = this.#checkTrace(trace);
    const { units, features } = this;
    const inside = (step: number) => Number.isInteger(step) && step >= 1 && step <= trace.timesteps;
    checkThat('contribution', 't', t, `a whole number from 1 to ${trace.timesteps}`, inside);
    this.alive('contribution');
    return this.#core.borrow('contribution', (loan) => {
      const input = loan.put(x.slice((t - 1) * features, t * features));
      const before = loan.put(h.slice((t - 1) * units, t * units));
      const delta = loan.put(dZ.slice((t - 1) * units, t * units));
      const gradient = loan.space(4 * this.parameterCount);
      this.#call('contribution', 'contribution', input, before, delta, gradient);
      const parts = this.#split(this.#core.floats(gradient, this.parameterCount));
      const [dKernel, dRecurrentKernel, dBias] = parts as [Float32Array, Float32Array, Float32Array];
      return { dKernel, dRecurrentKernel, dBias };
    });
  }

  summary(): string {
    this.#call('summary', 'summary_size');
    const [bytes] = this.#core.pair();
    return this.#core.borrow('summary', (loan) => {
      const text = loan.space(bytes);
      this.#call('summary', 'summary', text, bytes);
      return this.#core.text(text);
    });
  }

  getWeights(): Float32Array[] {
    return this.#split(this.#read<{ parameters: Float32Array }>('getWeights', 'parameters').parameters);
  }

  setWeights(weights: ReadonlyArray<Numbers> | Numbers): void {
    const parameters = this.#checkWeights(weights);
    this.alive('setWeights');
    this.#core.borrow('setWeights', (loan) => this.#call('setWeights', 'set_parameters', loan.put(parameters), parameters.length));
  }

  saveWeights(): Uint8Array {
    this.#call('saveWeights', 'safetensors_size');
    const [bytes] = this.#core.pair();
    return this.#core.borrow('saveWeights', (loan) => {
      const file = loan.space(bytes);
      this.#call('saveWeights', 'safetensors_write', file, bytes);
      return this.#core.bytes(file, bytes);
    });
  }

  loadWeights(file: Uint8Array): void {
    const operation = 'loadWeights';
    if (!(file instanceof Uint8Array)) throw new TypeError(`${operation}: file is ${describe(file)}: expected a Uint8Array`);
    this.alive(operation);
    this.#core.borrow(operation, (loan) => {
      const bytes = loan.put(file);
      this.#core.call(operation, 'safetensors_measure', bytes, file.length);
      this.#checkFile(this.#core.read('config'));
      const parameters = loan.space(4 * this.parameterCount);
      this.#core.call(operation, 'safetensors_read', bytes, file.length, this.#model, parameters);
      this.#call(operation, 'set_parameters', parameters, this.parameterCount);
    });
  }

  snapshot(): Uint8Array {
    this.alive('snapshot');
    return this.#core.borrow('snapshot', (loan) => {
      const block = loan.space(this.#bytes);
      this.#call('snapshot', 'snapshot', block, this.#bytes);
      return this.#core.bytes(block, this.#bytes);
    });
  }

  restore(snapshot: Uint8Array): void {
    if (!(snapshot instanceof Uint8Array)) throw new TypeError(`restore: snapshot is ${describe(snapshot)}: expected a Uint8Array`);
    if (snapshot.length !== this.#bytes)
      throw new RangeError(`restore: snapshot has ${snapshot.length} bytes: expected ${this.#bytes}, as this model's snapshot() gives`);
    this.alive('restore');
    this.#core.borrow('restore', (loan) => this.#call('restore', 'restore', loan.put(snapshot), snapshot.length));
  }

  dispose(): void {
    if (this.#model === 0) return;
    this.#training?.dispose();
    if (this.#workspace.address) this.#core.release(this.#workspace.address);
    this.#core.release(this.#model);
    this.#model = 0;
  }

  /** @throws RnnError if the model was disposed. */
  alive(operation: string): void {
    if (this.#model === 0) throw new RnnError('DISPOSED', operation, 'this model was disposed');
  }

  #call(operation: string, name: string, ...numbers: number[]): void {
    this.alive(operation);
    this.#core.call(operation, name, this.#model, ...numbers);
  }

  #read<T>(operation: string, record: string): T {
    this.#call(operation, record);
    return this.#core.read<T>(record);
  }

  #readTensors(): Tensor[] {
    const tensors: Tensor[] = [];
    while (this.#core.answer('tensor', this.#model, tensors.length) === 0) {
      const { name, rank, rows, columns, offset, count } = this.#core.read<Tensor & { rank: number; rows: number; columns: number }>('tensor');
      tensors.push({ name, shape: rank === 1 ? [rows] : [rows, columns], offset, count });
    }
    return tensors;
  }

  /** One array a tensor. */
  #split(parameters: Float32Array): Float32Array[] {
    return this.tensors.map(({ offset, count }) => parameters.slice(offset, offset + count));
  }

  /** Begin a fit, which ends the one before. */
  #begin(operation: string, x: Sequences, y: Numbers, options: TrainingOptions): TrainingRun {
    this.alive(operation);
    if (this.#fitting) throw new RnnError('BUSY', operation, 'a fit of this model is under way: wait for its promise');
    const trainee: Trainee = {
      core: this.#core,
      model: this.#model,
      timesteps: this.timesteps,
      features: this.features,
      workspace: (forWhat, batchSize) => this.#workspaceFor(forWhat, batchSize),
      alive: (forWhat) => this.alive(forWhat),
    };
    const run = new TrainingRun(operation, trainee, x, y, options);
    this.#training?.dispose();
    this.#training = run;
    return run;
  }

  /** Train epoch by epoch, with the callback after each. */
  async #epochs(run: TrainingRun, onEpochEnd: NonNullable<FitOptions['onEpochEnd']>): Promise<void> {
    for (let progress = run.advance(0); !progress.done; ) {
      progress = run.advance(progress.batches - progress.batch);
      if (progress.diverged) return;
      let answer = onEpochEnd(progress.epoch - 1, run.latest);
      if (isPromise(answer)) {
        answer = await answer;
        await turn();
      }
      if (answer === false || this.stopTraining) return;
    }
  }

  /** The workspace, made larger if need be. It holds no state, so another one may take its place. */
  #workspaceFor(operation: string, batchSize: number): number {
    if (this.#workspace.batchSize >= batchSize) return this.#workspace.address;
    const status = this.#core.answer('workspace_size', this.#model, batchSize);
    const [bytes] = this.#core.pair();
    if (status !== 0) throw this.#tooLarge(operation, status, batchSize, bytes);
    if (this.#workspace.address) this.#core.release(this.#workspace.address);
    this.#workspace = { address: 0, batchSize: 0 };
    const address = this.#core.borrow(operation, (loan) => {
      const block = loan.space(bytes);
      this.#core.call(operation, 'workspace_init', block, this.#model, batchSize);
      loan.keep();
      return block;
    });
    this.#workspace = { address, batchSize };
    return address;
  }

  #tooLarge(operation: string, status: number, batchSize: number, bytes: number): RnnError {
    const number = (value: number): string => value.toLocaleString('en');
    const code = this.#core.statusName(status);
    const what = `batches of ${number(batchSize)} sequences of ${number(this.timesteps)} timesteps with ${this.units} units`;
    const limit = `the model and its workspace may have ${number(this.#core.limits.memoryLimit)}`;
    return new RnnError(code, operation, `${what} need ${number(bytes)} bytes: ${limit}`);
  }

  /** Sequences, with labels if they are given, and a workspace, for the length of one call. */
  #batch<T>(
    operation: string,
    xs: Sequences,
    ys: Numbers | undefined,
    run: (workspace: number, x: number, y: number, samples: number, loan: Loan) => T,
    /** How many sequences must fit into the workspace at once. */
    batch: (samples: number) => number = (samples) => Math.min(samples, this.#core.defaults.batchSize),
  ): T {
    this.alive(operation);
    const x = checkSequences(operation, 'x', xs, this.timesteps, this.features);
    const samples = x.length / (this.timesteps * this.features);
    checkNumber(this.#core, operation, 'the number of sequences', samples, 'samples');
    const y = operation === 'predict' ? undefined : checkLabels(operation, 'y', ys, samples);
    const workspace = this.#workspaceFor(operation, batch(samples));
    return this.#core.borrow(operation, (loan) => run(workspace, loan.put(x), y ? loan.put(y) : 0, samples, loan));
  }

  #checkTrace(trace: Trace): Trace {
    if (typeof trace !== 'object' || trace === null || !(trace.x instanceof Float32Array))
      throw new TypeError(`contribution: trace is ${describe(trace)}: expected what trace() gives`);
    const { timesteps, units, features, x, h, dZ } = trace;
    const whole = x.length === timesteps * features && h?.length === (timesteps + 1) * units && dZ?.length === timesteps * units;
    if (units !== this.units || features !== this.features || !whole)
      throw new RangeError(
        `contribution: trace is of ${units} units and ${features} features: expected a whole one of ${this.units} and ${this.features}, as this model's`,
      );
    return trace;
  }

  #checkWeights(weights: unknown): Float32Array {
    const operation = 'setWeights';
    const list = weights as ArrayLike<unknown> | null | undefined;
    if (!Array.isArray(weights) || typeof list?.[0] === 'number') {
      const flat = checkFloats(operation, 'weights', weights);
      if (flat.length !== this.parameterCount)
        throw new RangeError(`${operation}: weights has ${flat.length} numbers: expected ${this.parameterCount}`);
      return flat;
    }
    if (weights.length !== this.tensors.length)
      throw new RangeError(`${operation}: weights has ${weights.length} arrays: expected ${this.tensors.length}, one a tensor`);
    const parameters = new Float32Array(this.parameterCount);
    for (const [i, { name, shape, offset, count }] of this.tensors.entries()) {
      const values = checkFloats(operation, `weights[${i}]`, weights[i]);
      if (values.length !== count)
        throw new RangeError(`${operation}: weights[${i}] has ${values.length} numbers: expected ${count}, ${name} (${shape.join(', ')})`);
      parameters.set(values, offset);
    }
    return parameters;
  }

  /** A file's shape and activation must be the model's. */
  #checkFile(file: { units: number; features: number; activation: number }): void {
    const activation = this.#core.activations[file.activation];
    if (file.units === this.units && file.features === this.features && activation === this.activation) return;
    const say = (units: number, features: number, name: string | undefined) => `units ${units}, features ${features}, activation ${name}`;
    const found = say(file.units, file.features, activation);
    throw new RnnError('RNN_ERROR_SHAPE', 'loadWeights', `the file is of ${found}: expected ${say(this.units, this.features, this.activation)}`);
  }
}
