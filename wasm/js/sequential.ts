/** A model: its blocks in the module's memory, with Keras's functions. */

import {
  checkBoolean,
  checkChoice,
  checkClasses,
  checkFloats,
  checkLengths,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkSequence,
  checkSequences,
  checkTargets,
  checkThat,
  checkUint8Array,
  checkWhole,
  copyOf,
  describe,
  forRecurrent,
  grouped,
  isObject,
  type Kind,
  wrong,
  wrongKind,
} from './checks.ts';
import { type Core, deepFreeze, type TemporaryBlocks } from './core.ts';
import { RnnError } from './errors.ts';
import {
  type Checked,
  checkSchedule,
  checkTraining,
  TRAINING_OPTIONS,
  type TrainableModel,
  TrainingRun,
} from './training.ts';
import type {
  Activation,
  Backward,
  BackwardNorms,
  BackwardOptions,
  Cell,
  CompileOptions,
  Contribution,
  Cut,
  DataOptions,
  EvaluateOptions,
  InitialState,
  Metrics,
  FitOptions,
  Framework,
  Generated,
  GenerateOptions,
  GradientCheck,
  History,
  Loss,
  Numbers,
  ProgramOptions,
  Sequence,
  Sequences,
  Sequential,
  SequentialConfig,
  Tensor,
  TermKind,
  Terms,
  TermsOptions,
  Trace,
  TraceLayer,
  TraceOptions,
  Training,
  TrainingOptions,
  WeightsConfig,
  WeightsNotes,
} from './types.ts';

export const CONFIG = [
  'units',
  'timesteps',
  'features',
  'cell',
  'activation',
  'layers',
  'returnSequences',
  'loss',
  'classes',
  'kernelInitializer',
  'recurrentInitializer',
  'recurrentGain',
  'l2',
  'seed',
] as const;
/** The numbers of an optimizer that have their own range. */
const RATES = ['learningRate', 'beta1', 'beta2', 'epsilon', 'rho', 'momentum', 'globalClipnorm', 'clipvalue'] as const;
export const COMPILE = ['optimizer', 'loss', 'metrics', 'nesterov', ...RATES] as const;

const PROGRAM = [
  'data',
  'weights',
  'validationData',
  'validationSplit',
  'epochs',
  'batchSize',
  'shuffle',
  'validationFreq',
  'stride',
  'masks',
] as const;
const FRAMEWORKS = ['keras', 'pytorch'] as const;

/** The parts of a trace that contribution and terms use. */
type TraceParts = TraceLayer & Pick<Trace, 'y' | 'timesteps'> & Required<Cut>;

/** The options of a call that say how its sequences are to be read, and how the network is cut. */
const DATA = ['timesteps', 'lengths', 'initialState'] as const;
const CUT = ['withoutRecurrence', 'resetBefore', 'keep'] as const;

/** Sequences, checked and copied, and how the network runs over them. */
interface Request {
  x: Float32Array;
  y: Float32Array | undefined;
  samples: number;
  timesteps: number;
  lengths: Uint32Array | undefined;
  state: { h?: Float32Array; c?: Float32Array };
  cut: Required<Cut>;
}

/** The fields of the record `file` that describe its network. */
type FileConfig = Record<
  | 'units'
  | 'timesteps'
  | 'features'
  | 'cell'
  | 'activation'
  | 'layers'
  | 'outputs'
  | 'loss'
  | 'returnSequences'
  | 'parameters',
  number
>;

/** The size of a struct rnn_term: two 32-bit whole numbers and five floats. */
const TERM_WORDS = 7;
const TERM_BYTES = 4 * TERM_WORDS;

function termsOf(bytes: Uint8Array, names: readonly string[]): Terms {
  const [whole, floats] = [new Uint32Array(bytes.buffer), new Float32Array(bytes.buffer)];
  const count = bytes.length / TERM_BYTES;
  const each = (field: number) =>
    Float32Array.from({ length: count }, (_, k) => floats[TERM_WORDS * k + field] as number);
  const kind = Array.from({ length: count }, (_, k) => names[whole[TERM_WORDS * k] as number] as TermKind);
  const index = Array.from({ length: count }, (_, k) => whole[TERM_WORDS * k + 1] as number);
  return { kind, index, weight: each(2), value: each(3), product: each(4), sum: each(5), part: each(6) };
}

/** Lets the event loop turn once. A message is faster than the shortest timer. */
export function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

export class Model implements Sequential {
  readonly units: number;
  readonly timesteps: number;
  readonly features: number;
  readonly cell: string;
  readonly activation: string;
  readonly layers: number;
  readonly returnSequences: boolean;
  readonly loss: string;
  readonly metric: string;
  readonly outputs: number;
  readonly seed: number;
  readonly tensors: readonly Tensor[];
  readonly parameterCount: number;

  readonly #core: Core;
  readonly #bytes: number;
  #model: number; // 0 after dispose
  #workspace = { address: 0, batchSize: 0, timesteps: 0 };
  /** The block for the arguments and results of step, which lasts as long as the model. */
  #step = 0;
  #training: TrainingRun | undefined;
  #fitting = false;
  #stopTraining = false;
  #notes: WeightsNotes = Object.freeze({});

  constructor(core: Core, config: SequentialConfig) {
    const operation = 'sequential';
    const numbers = configNumbers(core, operation, checkOptions(operation, config, CONFIG));
    this.#core = core;
    this.units = numbers.units;
    this.timesteps = numbers.timesteps;
    this.features = numbers.features;
    this.seed = numbers.seed;
    this.layers = numbers.layers;
    this.outputs = numbers.outputs;
    this.returnSequences = numbers.returnSequences === 1;
    this.cell = core.cells[numbers.cell] ?? '';
    this.activation = core.activations[numbers.activation] ?? '';
    this.loss = core.losses[numbers.loss] ?? '';
    [this.#model, this.#bytes] = core.withTemporary(operation, (temporary) => {
      const record = temporary.put(core.numbers('config', numbers));
      core.call(operation, 'model_size', record);
      const [bytes] = core.pair();
      const block = core.reserve(operation, bytes);
      try {
        core.call(operation, 'model_init', block, record);
      } catch (error) {
        core.release(block);
        throw error;
      }
      return [block, bytes];
    });
    this.#call(operation, 'metric');
    this.metric = core.metrics[core.pair()[0]] ?? '';
    this.tensors = this.#readTensors();
    this.parameterCount = this.tensors.reduce((sum, tensor) => sum + tensor.count, 0);
    /* the lengths of arrays depend on them */
    for (const name of Object.keys(this)) Object.defineProperty(this, name, { writable: false, configurable: false });
  }

  get stopTraining(): boolean {
    return this.#stopTraining;
  }

  set stopTraining(stop: boolean) {
    this.#stopTraining = checkBoolean('stopTraining', 'the value', stop);
  }

  get learningRate(): number {
    return this.#read<{ learningRate: number }>('learningRate', 'optimizer').learningRate;
  }

  get counters(): { updates: number; epochs: number; position: number } {
    return this.#read('counters', 'counters');
  }

  compile(given: CompileOptions = {}): void {
    const operation = 'compile';
    const options = checkOptions(operation, given, COMPILE);
    const core = this.#core;
    const { optimizer = 'adam', loss = this.loss, metrics = [this.metric], nesterov = false } = options;
    const method = checkChoice(operation, 'optimizer', optimizer, core.optimizers);
    checkChoice(operation, 'loss', loss, [this.loss]);
    if (!isObject(metrics) || !Array.isArray(metrics))
      throw wrongKind('compile', 'metrics', metrics, `["${this.metric}"]`);
    for (const metric of metrics) checkChoice(operation, 'metrics', metric, [this.metric]);
    for (const name of RATES) if (options[name] !== undefined) checkNumber(core, operation, name, options[name], name);
    checkBoolean(operation, 'nesterov', nesterov);
    if ((options.globalClipnorm ?? 0) > 0 && (options.clipvalue ?? 0) > 0)
      throw new RangeError(`${operation}: globalClipnorm and clipvalue exclude each other`);
    this.alive(operation);
    const rates = Object.fromEntries(RATES.map((name) => [name, options[name]]));
    const numbers = { method, nesterov: Number(nesterov), ...rates };
    core.withTemporary(operation, (temporary) =>
      this.#call(operation, 'compile', temporary.put(core.numbers('optimizer', numbers))),
    );
  }

  setLearningRate(rate: number): void {
    checkNumber(this.#core, 'setLearningRate', 'rate', rate, 'learningRate');
    this.#call('setLearningRate', 'set_learning_rate', rate);
  }

  async fit(x: Sequences, y: Numbers, options: FitOptions = {}): Promise<History> {
    const { onEpochEnd, ...rest } = checkOptions('fit', options, [...TRAINING_OPTIONS, 'onEpochEnd']);
    if (onEpochEnd !== undefined && typeof onEpochEnd !== 'function')
      throw wrongKind('fit', 'onEpochEnd', onEpochEnd, 'a function');
    const run = this.begin('fit', this.checked('fit', x, y, rest));
    this.#stopTraining = false;
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
    return this.begin('training', this.checked('training', x, y, options));
  }

  evaluate(x: Sequences, y: Numbers, options: EvaluateOptions = {}): Metrics {
    const request = this.#request('evaluate', x, y, options, [...DATA, ...CUT]);
    return this.#batch('evaluate', request, (workspace, data) => {
      this.#call('evaluate', 'evaluate', workspace, data);
      return this.#metrics();
    });
  }

  predict(x: Sequences, options: EvaluateOptions = {}): Float32Array {
    const request = this.#request('predict', x, undefined, options, [...DATA, ...CUT]);
    return this.#batch('predict', request, (workspace, data, temporary) => {
      const count = request.samples * this.#readouts(request.timesteps) * this.outputs;
      const predictions = temporary.space(4 * count);
      this.#call('predict', 'predict', workspace, data, predictions);
      return this.#core.floats(predictions, count);
    });
  }

  confusion(x: Sequences, y: Numbers, options: EvaluateOptions = {}): Uint32Array {
    const request = this.#request('confusion', x, y, options, [...DATA, ...CUT]);
    return this.#batch('confusion', request, (workspace, data, temporary) => {
      const classes = Math.max(2, this.outputs);
      const counts = temporary.space(4 * classes * classes);
      this.#call('confusion', 'confusion', workspace, data, counts);
      return new Uint32Array(this.#core.bytes(counts, 4 * classes * classes).buffer);
    });
  }

  gradient(x: Sequences, y: Numbers, options: DataOptions = {}): Metrics & { gradient: Float32Array[] } {
    const request = this.#request('gradient', x, y, options, DATA, 'batchSize');
    const all = (workspace: number, data: number, temporary: TemporaryBlocks) => {
      const gradient = temporary.space(4 * this.parameterCount);
      this.#call('gradient', 'gradient', workspace, data, gradient);
      return { ...this.#metrics(), gradient: this.#split(this.#core.floats(gradient, this.parameterCount)) };
    };
    return this.#batch('gradient', request, all, request.samples);
  }

  backward(x: Sequences, y: Numbers, options: BackwardOptions = {}): Backward {
    const operation = 'backward';
    const core = this.#core;
    const { layer = 0 } = checkOptions(operation, options, ['layer', ...DATA, ...CUT]);
    checkWhole(operation, 'layer', layer, 0, this.layers - 1);
    const request = this.#request(operation, x, y, options, ['layer', ...DATA, ...CUT], 'batchSize');
    const { timesteps, cut } = request;
    this.#call(operation, 'backward_size', timesteps, request.samples);
    return core.withTemporary(operation, (temporary) => {
      const block = temporary.space(core.pair()[0]);
      core.call(operation, 'backward', block, this.#model, this.#put(temporary, request), layer);
      const { norms, ...rest } = core.read<Omit<Backward, 'norms' | 'layer' | 'cut'> & { norms: Float32Array }>(
        'backward',
      );
      /* in the order of enum rnn_backward_norm */
      const kinds = ['dH', 'dC', 'eachDH', 'eachDC', 'term', 'sum'] as const;
      const some = (kind: string) => this.cell === 'lstm' || !kind.endsWith('C');
      const row = (kind: string, k: number) =>
        some(kind) ? norms.slice(k * timesteps, (k + 1) * timesteps) : new Float32Array(0);
      const named = Object.fromEntries(kinds.map((kind, k) => [kind, row(kind, k)])) as unknown as BackwardNorms;
      return { ...rest, norms: named, layer, cut };
    });
  }

  gradientCheck(x: Sequences, y: Numbers, parameter: number, options: DataOptions = {}): GradientCheck {
    const operation = 'gradientCheck';
    const inside = (index: number) => Number.isInteger(index) && index >= 0 && index < this.parameterCount;
    checkThat(operation, 'parameter', parameter, `a whole number from 0 to ${this.parameterCount - 1}`, inside);
    const request = this.#request(operation, x, y, options, DATA, 'batchSize');
    const one = (workspace: number, data: number) => {
      this.#call(operation, 'gradient_check', workspace, data, parameter);
      return { parameter, ...this.#core.read<Omit<GradientCheck, 'parameter'>>('check') };
    };
    return this.#batch(operation, request, one, request.samples);
  }

  step(x: number | Numbers): ReturnType<Sequential['step']> {
    const values = checkFloats('step', 'x', typeof x === 'number' ? [x] : x);
    const { features, outputs } = this;
    if (values.length !== features)
      throw wrong('step', `x has ${values.length} numbers`, `${features}, the features of one timestep`);
    this.alive('step');
    const states = this.layers * this.units;
    if (this.#step === 0) this.#step = this.#core.reserve('step', 4 * (features + states + 2 * outputs));
    this.#core.write(this.#step, values);
    this.#call('step', 'step', this.#step);
    const after = this.#step + 4 * features;
    const logits = this.#core.floats(after + 4 * states, outputs);
    const predictions = this.#core.floats(after + 4 * (states + outputs), outputs);
    return {
      h: this.#core.floats(after, states),
      logit: logits[0] as number,
      probability: predictions[0] as number,
      logits,
      predictions,
    };
  }

  resetStates(state?: InitialState): void {
    const operation = 'resetStates';
    this.alive(operation);
    const { h, c } = this.#checkState(operation, 'state', state, 1);
    this.#core.withTemporary(operation, (temporary) =>
      this.#call(operation, 'set_states', h ? temporary.put(h) : 0, c ? temporary.put(c) : 0),
    );
  }

  generate(prompt: readonly number[] | Uint32Array, options: GenerateOptions = {}): Generated {
    const operation = 'generate';
    const core = this.#core;
    const most = 2 ** 32 - 1;
    checkOptions(operation, options, ['temperature', 'topK', 'seed', 'tokens', 'stop', 'best']);
    const { temperature = core.number('temperature'), topK = 0, seed = core.number('seed') } = options;
    const { tokens = core.number('tokens'), stop = most, best = 0 } = options;
    checkNumbers(core, operation, { temperature, seed });
    checkWhole(operation, 'topK', topK, 0, most);
    checkWhole(operation, 'tokens', tokens, 0, 1e6);
    if (options.stop !== undefined) checkWhole(operation, 'stop', stop, 0, this.outputs - 1);
    checkWhole(operation, 'best', best, 0, this.outputs);
    const read = Uint32Array.from(checkFloats(operation, 'prompt', prompt), (token, i) =>
      checkWhole(operation, `prompt[${i}]`, token, 0, this.outputs - 1),
    );
    this.alive(operation);
    return core.withTemporary(operation, (temporary) => {
      const place = temporary.put(new Uint8Array(read.buffer));
      const out = temporary.space(4 * tokens * (1 + 2 * best));
      this.#call(operation, 'generate', place, read.length, temperature, topK, seed, tokens, stop, best, out);
      const [generated] = core.pair();
      const words = (from: number, count: number) => new Uint32Array(core.bytes(out + 4 * from, 4 * count).buffer);
      const step = (_: unknown, i: number) => ({
        tokens: words(tokens + i * best, best),
        probabilities: core.floats(out + 4 * (tokens + (tokens + i) * best), best),
      });
      return { tokens: words(0, generated), best: Array.from({ length: best ? generated : 0 }, step) };
    });
  }

  roll(x: Sequence, steps: number): Float32Array {
    const operation = 'roll';
    this.alive(operation);
    if (this.features !== 1 || this.metric !== 'mean_absolute_error')
      throw new RnnError(
        'RNN_ERROR_SHAPE',
        operation,
        `the network has ${this.features} features and ${this.loss}: expected one feature and mean_squared_error`,
      );
    checkWhole(operation, 'steps', steps, 1, 1e6);
    const window = checkSequence(operation, 'x', x, 1);
    const { length: timesteps } = window;
    checkNumber(this.#core, operation, 'the number of timesteps', timesteps, 'timesteps');
    if (this.cell === 'dense' && timesteps !== this.timesteps)
      throw new RnnError(
        'RNN_ERROR_SHAPE',
        operation,
        `x has ${timesteps} numbers: expected ${this.timesteps}, one for each time step of this dense network`,
      );
    const values = new Float32Array(timesteps + steps);
    values.set(window);
    for (let step = 0; step < steps; step++) {
      const next = this.predict(values.subarray(step, step + timesteps), { timesteps }).at(-1) as number;
      if (!Number.isFinite(next))
        throw new RnnError('RNN_ERROR_DATA', operation, `forecast ${step + 1} is ${next}: expected a finite number`);
      values[timesteps + step] = next;
    }
    return values.slice(timesteps);
  }

  trace(x: Sequence, y?: number | Numbers, options: TraceOptions = {}): Trace {
    const operation = 'trace';
    this.alive(operation);
    const values = checkSequence(operation, 'x', x, this.features);
    const timesteps = checkNumber(
      this.#core,
      operation,
      'the number of timesteps',
      values.length / this.features,
      'timesteps',
    );
    const targets =
      y === undefined
        ? undefined
        : checkTargets(operation, 'y', typeof y === 'number' ? [y] : y, this.#kind, 1, this.#readouts(timesteps));
    const { initialState, ...given } = checkOptions(operation, options, ['initialState', ...CUT]);
    const cut = this.#checkCut(operation, given, timesteps);
    const state = this.#checkState(operation, 'initialState', initialState, 1);
    const request = { x: values, y: targets, samples: 1, timesteps, lengths: undefined, state, cut };
    return this.#core.withTemporary(operation, (temporary) => {
      this.#call(operation, 'trace_size', timesteps);
      const block = temporary.space(this.#core.pair()[0]);
      this.#core.call(operation, 'trace', block, this.#model, this.#put(temporary, request));
      const { layers: count, ...rest } = this.#core.read<Omit<Trace, 'layers' | 'cut'> & { layers: number }>('trace');
      const layers = Array.from({ length: count }, (_, layer) => {
        this.#core.call(operation, 'trace_layer', layer);
        return this.#core.read<TraceLayer>('layer');
      });
      return deepFreeze({ ...rest, layers, cut });
    });
  }

  contribution(trace: Trace, t: number, layer = 0): Contribution {
    const operation = 'contribution';
    const { x, y, h, dZ, dQ, features, units, gates, timesteps, ...cut } = this.#checkTrace(operation, trace, layer);
    if (y.some(Number.isNaN)) throw wrong(operation, 'trace has no targets, and so no gradients', 'one made with them');
    checkWhole(operation, 't', t, 1, timesteps);
    this.alive(operation);
    const heard = !cut.withoutRecurrence && cut.resetBefore !== t;
    return this.#core.withTemporary(operation, (temporary) => {
      const row = (array: Float32Array, width: number) => temporary.put(array.slice((t - 1) * width, t * width));
      const place = [
        row(x, features),
        heard ? row(h, units) : 0,
        row(dZ, gates * units),
        dQ.length ? row(dQ, units) : 0,
        this.#core.kept.indexOf(cut.keep),
      ];
      const gradient = temporary.space(4 * this.parameterCount);
      this.#call(operation, 'contribution', layer, ...place, gradient);
      const parts = this.#split(this.#core.floats(gradient, this.parameterCount)).slice(3 * layer, 3 * layer + 3);
      const [dKernel, dRecurrentKernel, dBias] = parts as [Float32Array, Float32Array, Float32Array];
      return { dKernel, dRecurrentKernel, dBias };
    });
  }

  terms(trace: Trace, t: number, unit: number, options: TermsOptions = {}): Terms {
    const operation = 'terms';
    checkOptions(operation, options, ['layer', 'gate']);
    const { layer = 0, gate = 0 } = options;
    const { x, z, h, a, c, features, units, gates, timesteps, ...cut } = this.#checkTrace(operation, trace, layer);
    checkWhole(operation, 't', t, 1, timesteps);
    checkWhole(operation, 'unit', unit, 0, units - 1);
    checkWhole(operation, 'gate', gate, 0, gates > 1 ? gates : 0);
    this.alive(operation);
    const steps = Math.min(t, 2);
    const found = this.#core.withTemporary(operation, (temporary) => {
      const rows = (array: Float32Array, width: number, more = 0) =>
        temporary.put(array.slice((t - steps) * width, (t + more) * width));
      const question = this.#core.numbers('question', {
        ...{
          layer,
          steps,
          x: rows(x, features),
          h: rows(h, units, 1),
          a: rows(a, gates * units),
          c: c.length ? rows(c, units, 1) : 0,
        },
        ...{ withoutRecurrence: Number(cut.withoutRecurrence), reset: Number(cut.resetBefore === t) },
        ...{
          kept: this.#core.kept.indexOf(cut.keep),
          firstState: Number(h.subarray(0, units).some(Boolean)),
          unit,
          gate,
        },
      });
      const out = temporary.space(TERM_BYTES * (features + units + 3));
      this.#call(operation, 'terms', temporary.put(question), out);
      return termsOf(this.#core.bytes(out, TERM_BYTES * this.#core.pair()[0]), this.#core.terms);
    });
    const traced = gate < gates ? z[(t - 1) * gates * units + gate * units + unit] : h[t * units + unit];
    if (!Object.is(found.sum.at(-1), traced))
      throw wrong(
        operation,
        'the terms do not add up to the trace',
        'one made with the weights that the model has now',
      );
    return found;
  }

  activate(z: Numbers, gate = 0): Float32Array {
    const operation = 'activate';
    const numbers = checkFloats(operation, 'z', z);
    const blocks = this.cell === 'lstm' ? 5 : this.cell === 'gru' ? 3 : 1;
    checkWhole(operation, 'gate', gate, 0, blocks - 1);
    this.alive(operation);
    return this.#core.withTemporary(operation, (temporary) => {
      const place = temporary.put(numbers);
      this.#call(operation, 'activate', gate, place, numbers.length);
      return this.#core.floats(place, numbers.length);
    });
  }

  summary(): string {
    this.#call('summary', 'summary_size');
    const [bytes] = this.#core.pair();
    return this.#core.withTemporary('summary', (temporary) => {
      const text = temporary.space(bytes);
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
    this.#core.withTemporary('setWeights', (temporary) =>
      this.#call('setWeights', 'set_parameters', temporary.put(parameters), parameters.length),
    );
  }

  get notes(): WeightsNotes {
    return this.#notes;
  }

  async saveWeights(notes: WeightsNotes = this.#notes): Promise<Uint8Array> {
    return this.#saveAs('saveWeights', 0, notes);
  }

  async saveNpz(notes: WeightsNotes = this.#notes): Promise<Uint8Array> {
    return this.#saveAs('saveNpz', 1, notes);
  }

  async weightsConfig(file: Uint8Array): Promise<WeightsConfig> {
    const { config } = await this.#readFile('weightsConfig', file, () => undefined);
    return config;
  }

  async loadWeights(file: Uint8Array): Promise<WeightsNotes> {
    const operation = 'loadWeights';
    const { parameters, notes } = await this.#readFile(operation, file, (config) => this.#checkFile(config));
    this.alive(operation);
    this.#core.withTemporary(operation, (temporary) =>
      this.#call(operation, 'set_parameters', temporary.put(parameters), parameters.length),
    );
    this.#notes = notes;
    return notes;
  }

  async continueIn(framework: Framework, given: ProgramOptions = {}): Promise<string> {
    const operation = 'continueIn';
    const core = this.#core;
    const options = checkOptions(operation, given, PROGRAM);
    const { data = 'data.csv', weights = 'weights.npz', validationData = '', stride = 0, masks = false } = options;
    const index = checkChoice(operation, 'framework', framework, FRAMEWORKS);
    if (this.cell === 'dense')
      throw new RnnError(
        'RNN_ERROR_SHAPE',
        operation,
        'the network is dense, for which there are no programs: expected a recurrent network. saveNpz keeps its weights',
      );
    const { shuffle, ...schedule } = checkSchedule(core, operation, options as Omit<ProgramOptions, 'validationData'>);
    if (options.validationData !== undefined && schedule.validationSplit > 0)
      throw new RangeError(`${operation}: validationData and validationSplit exclude each other`);
    if (options.stride !== undefined) {
      checkWhole(operation, 'stride', stride, 1, 0xffff_ffff);
      if (schedule.validationSplit > 0)
        throw new RangeError(`${operation}: stride and validationSplit exclude each other; give validationData`);
      if (masks) throw new RangeError(`${operation}: stride and masks exclude each other`);
      const { features, outputs, returnSequences } = this;
      const isText = returnSequences && (features === 1 || features === outputs);
      if (this.loss === 'sparse_categorical_crossentropy' && !isText)
        throw new RangeError(
          `${operation}: stride is for a time series or a text; a model for classes reads a text only with returnSequences and with 1 feature or one per class`,
        );
    }
    const names = Object.entries({ data, validationData, weights });
    for (const [name, value] of names)
      if (typeof value !== 'string' || (value === '' && options[name as 'data'] !== undefined) || /[\0/]/.test(value))
        throw wrongKind(operation, name, value, 'the name of a file, without a folder');
    const config = this.#record(operation, 'config');
    const optimizer = this.#record(operation, 'optimizer');
    const files = await core.files(operation);
    const how = files.numbers('program', {
      ...schedule,
      stride,
      masks: Number(masks),
      framework: index,
      shuffle: Number(shuffle),
    });
    const bytes = new TextEncoder().encode(names.map(([, name]) => `${name}\0`).join(''));
    return files.withTemporary(operation, (temporary) => {
      const given = [
        temporary.put(config),
        temporary.put(optimizer),
        temporary.put(how),
        temporary.put(bytes),
        bytes.length,
      ];
      files.call(operation, 'program', ...given, 0, 0);
      const [count] = files.pair();
      const text = temporary.space(count);
      files.call(operation, 'program', ...given, text, count);
      return new TextDecoder().decode(files.bytes(text, count));
    });
  }

  snapshot(): Uint8Array {
    this.alive('snapshot');
    return this.#core.withTemporary('snapshot', (temporary) => {
      const block = temporary.space(this.#bytes);
      this.#call('snapshot', 'snapshot', block, this.#bytes);
      return this.#core.bytes(block, this.#bytes);
    });
  }

  restore(snapshot: Uint8Array): void {
    this.alive('restore');
    checkUint8Array('restore', 'snapshot', snapshot);
    if (snapshot.length !== this.#bytes)
      throw wrong(
        'restore',
        `snapshot has ${snapshot.length} bytes`,
        `${this.#bytes}, as this model's snapshot() gives`,
      );
    const status = this.#core.withTemporary('restore', (temporary) =>
      this.#core.answer('restore', this.#model, temporary.put(snapshot), snapshot.length),
    );
    if (status === 0) return;
    const error = this.#core.error('restore', status);
    if (error.code === 'RNN_ERROR_SHAPE')
      error.message += ': restore the snapshot in a model with the configuration and seed that it was made with';
    if (error.code === 'RNN_ERROR_VERSION')
      error.message += ': restore it there, and move the weights with saveWeights and loadWeights';
    throw error;
  }

  dispose(): void {
    if (this.#model === 0) return;
    this.#training?.dispose();
    for (const block of [this.#workspace.address, this.#step, this.#model]) if (block) this.#core.release(block);
    this.#model = 0;
  }

  /** @throws RnnError if the model was disposed. */
  alive(operation: string): void {
    if (this.#model === 0) throw new RnnError('DISPOSED', operation, 'this model was disposed');
  }

  /** @throws RnnError if the model was disposed, or while a fit of it is running. */
  #free(operation: string): void {
    this.alive(operation);
    if (this.#fitting) throw new RnnError('BUSY', operation, 'a fit of this model is under way: wait for its promise');
  }

  /** Checks the arguments of a training. The result can be used for any model of the same shape. */
  checked(operation: string, x: Sequences, y: Numbers, options: TrainingOptions): Checked {
    this.#free(operation);
    return checkTraining(operation, this.#trainable, x, y, options);
  }

  /** Begins a training, which ends the previous one. */
  begin(operation: string, checked: Checked): TrainingRun {
    this.#free(operation); /* again, because reading x and y may have run code of the caller */
    const run = new TrainingRun(operation, this.#trainable, checked);
    this.#training?.dispose();
    this.#training = run;
    return run;
  }

  /** The present weights as a file; format: 0 safetensors, 1 npz. */
  async #saveAs(operation: string, format: number, given: WeightsNotes): Promise<Uint8Array> {
    const wanted = copyOf(given);
    const config = this.#record(operation, 'config');
    const { parameters } = this.#read<{ parameters: Float32Array }>(operation, 'parameters');
    this.#checkFinite(operation, parameters);
    const { checkNotes, putNotes } = await import('./notes.ts');
    const notes = checkNotes(operation, this, wanted);
    const files = await this.#core.files(operation);
    return files.withTemporary(operation, (temporary) => {
      const kept = putNotes(files, temporary, operation, notes);
      const given = [temporary.put(config), temporary.put(parameters), format, ...kept];
      files.call(operation, 'weights_write', ...given, 0, 0);
      const [bytes] = files.pair();
      const file = temporary.space(bytes);
      files.call(operation, 'weights_write', ...given, file, bytes);
      return files.bytes(file, bytes);
    });
  }

  /** @throws RnnError naming the first weight that is not finite, because files contain only finite ones. */
  #checkFinite(operation: string, parameters: Float32Array): void {
    const wrong = parameters.findIndex((weight) => !Number.isFinite(weight));
    const tensor = this.tensors.find(({ offset, count }) => wrong >= offset && wrong < offset + count);
    if (!tensor) return;
    const place = `${tensor.name}[${wrong - tensor.offset}] is ${parameters[wrong]}`;
    const advice = 'restore earlier weights, or train again with a lower learning rate';
    throw new RnnError(
      'RNN_ERROR_DATA',
      operation,
      `${place}: expected finite weights. The training diverged: ${advice}`,
    );
  }

  /** A record of the model, to pass to the module for files. */
  #record(operation: string, name: 'config' | 'optimizer'): Float64Array {
    return this.#core.numbers(name, this.#read<Record<string, number>>(operation, name));
  }

  #call(operation: string, name: string, ...numbers: number[]): void {
    this.alive(operation);
    if (this.cell === 'dense' && OF_STATES.includes(name))
      throw new RnnError(
        'RNN_ERROR_SHAPE',
        operation,
        'the network is dense, which has no states: expected a recurrent network',
      );
    this.#core.call(operation, name, this.#model, ...numbers);
  }

  #read<T>(operation: string, record: string): T {
    this.#call(operation, record);
    return this.#core.read<T>(record);
  }

  #readTensors(): readonly Tensor[] {
    const tensors: Tensor[] = [];
    while (this.#core.answer('tensor', this.#model, tensors.length) === 0) {
      const { name, rank, rows, columns, offset, count } = this.#core.read<
        Tensor & { rank: number; rows: number; columns: number }
      >('tensor');
      tensors.push({ name, shape: rank === 1 ? [rows] : [rows, columns], offset, count });
    }
    return deepFreeze(tensors);
  }

  /** The targets that the loss accepts. */
  get #kind(): Kind {
    if (this.metric === 'mean_absolute_error') return 'numbers';
    return this.outputs > 1 ? { classes: this.outputs } : 'labels';
  }

  #readouts(timesteps: number): number {
    return this.returnSequences ? timesteps : 1;
  }

  /** Loss and metric, with Keras's names. */
  #metrics(): Metrics {
    const { loss, metric } = this.#core.read<{ loss: number; metric: number }>('metrics');
    return { loss, [this.metric]: metric } as Metrics;
  }

  /** One array per tensor. */
  #split(parameters: Float32Array): Float32Array[] {
    return this.tensors.map(({ offset, count }) => parameters.slice(offset, offset + count));
  }

  get #trainable(): TrainableModel {
    return {
      core: this.#core,
      model: this.#model,
      cell: this.cell,
      timesteps: this.timesteps,
      features: this.features,
      targets: this.#kind,
      readouts: this.#readouts(this.timesteps),
      metric: this.metric,
      workspace: (forWhat, batchSize) => this.#workspaceFor(forWhat, batchSize),
      alive: (forWhat) => this.alive(forWhat),
    };
  }

  /** Trains epoch by epoch and calls the callback after each. */
  async #epochs(run: TrainingRun, onEpochEnd: NonNullable<FitOptions['onEpochEnd']>): Promise<void> {
    for (let progress = run.advance(0); !progress.done; ) {
      progress = run.advance(progress.batches - progress.batch);
      if (progress.diverged) return;
      let answer = onEpochEnd(progress.epoch - 1, run.latest);
      if (isPromise(answer)) {
        answer = await answer;
        await turn();
      }
      if (answer === false || this.#stopTraining) return;
    }
  }

  /** A workspace for batches of this extent. It holds no state, so a larger one may replace it when needed. */
  #workspaceFor(operation: string, batchSize: number, timesteps = this.timesteps): number {
    if (this.#workspace.batchSize >= batchSize && this.#workspace.timesteps >= timesteps)
      return this.#workspace.address;
    const status = this.#core.answer('workspace_size', this.#model, batchSize, timesteps);
    const [bytes] = this.#core.pair();
    if (status !== 0)
      throw bytes > 0
        ? this.#tooLarge(operation, status, batchSize, timesteps, bytes)
        : this.#core.error(operation, status);
    if (this.#workspace.address) this.#core.release(this.#workspace.address);
    this.#workspace = { address: 0, batchSize: 0, timesteps: 0 };
    const address = this.#core.withTemporary(operation, (temporary) => {
      const block = temporary.space(bytes);
      this.#core.call(operation, 'workspace_init', block, this.#model, batchSize, timesteps);
      temporary.keep();
      return block;
    });
    this.#workspace = { address, batchSize, timesteps };
    return address;
  }

  #tooLarge(operation: string, status: number, batchSize: number, timesteps: number, bytes: number): RnnError {
    const code = this.#core.statusName(status);
    const what = `batches of ${grouped(batchSize)} sequences of ${grouped(timesteps)} timesteps with ${this.units} units`;
    const limit = `the model and its workspace may have ${grouped(this.#core.limits.memoryLimit)} bytes`;
    return new RnnError(code, operation, `${what} need ${grouped(bytes)} bytes: ${limit}`);
  }

  /** Checks and copies sequences, their targets unless the call predicts, and options, whose names are `names`. */
  #request(
    operation: string,
    xs: Sequences,
    ys: Numbers | undefined,
    options: EvaluateOptions,
    names: readonly string[],
    quantity: 'samples' | 'batchSize' = 'samples',
  ): Request {
    const given = checkOptions(operation, options, names);
    const { timesteps = this.timesteps } = given;
    checkNumber(this.#core, operation, 'timesteps', timesteps, 'timesteps');
    if (this.cell === 'dense' && timesteps !== this.timesteps)
      throw wrong(
        operation,
        `timesteps is ${timesteps}`,
        `${this.timesteps}, as in the configuration of this dense network`,
      );
    const cut = this.#checkCut(operation, given, timesteps);
    this.alive(operation);
    const x = checkSequences(operation, 'x', xs, timesteps, this.features);
    const samples = x.length / (timesteps * this.features);
    checkNumber(this.#core, operation, 'the number of sequences', samples, quantity);
    const targets = () => checkTargets(operation, 'y', ys, this.#kind, samples, this.#readouts(timesteps));
    const y = operation === 'predict' ? undefined : targets();
    const lengths = checkLengths(operation, 'lengths', given.lengths, samples, timesteps, this.cell);
    const state = this.#checkState(operation, 'initialState', given.initialState, samples);
    return { x, y, samples, timesteps, lengths, state, cut };
  }

  /** Copies a request into the module's memory, and returns the address of its record. */
  #put(temporary: TemporaryBlocks, { x, y, samples, timesteps, lengths, state, cut }: Request): number {
    const address = (values: Float32Array | Uint32Array | undefined) => (values ? temporary.put(values) : 0);
    const data = { x: address(x), y: address(y), samples, timesteps, lengths: address(lengths) };
    const run = { h: address(state.h), c: address(state.c), withoutRecurrence: Number(cut.withoutRecurrence) };
    const kept = this.#core.kept.indexOf(cut.keep);
    return temporary.put(this.#core.numbers('data', { ...data, ...run, resetBefore: cut.resetBefore, kept }));
  }

  /** Runs a call with a request and a workspace for batches of this size. */
  #batch<T>(
    operation: string,
    request: Request,
    run: (workspace: number, data: number, temporary: TemporaryBlocks) => T,
    batchSize = Math.min(request.samples, this.#core.number('batchSize')),
  ): T {
    this.alive(operation); /* again, because reading x and y may have run code of the caller */
    const workspace = this.#workspaceFor(operation, batchSize, request.timesteps);
    return this.#core.withTemporary(operation, (temporary) => run(workspace, this.#put(temporary, request), temporary));
  }

  /** A complete cut. from: where it is, for the message. */
  #checkCut(operation: string, cut: Cut, timesteps: number, from = ''): Required<Cut> {
    const { withoutRecurrence = false, resetBefore = 0, keep = 'all' } = cut;
    checkBoolean(operation, `${from}withoutRecurrence`, withoutRecurrence);
    checkWhole(operation, `${from}resetBefore`, resetBefore, 0, timesteps);
    const kept = this.#core.kept[checkChoice(operation, `${from}keep`, keep, this.#core.kept)];
    if (this.cell === 'dense' && (withoutRecurrence || resetBefore > 0 || keep !== 'all'))
      throw forRecurrent(operation, 'a cut');
    return { withoutRecurrence, resetBefore, keep: kept as Required<Cut>['keep'] };
  }

  /** A copy of the states of sequences. */
  #checkState(operation: string, name: string, state: InitialState | undefined, samples: number): Request['state'] {
    if (state === undefined) return {};
    if (this.cell === 'dense') throw forRecurrent(operation, name);
    const lstm = this.cell === 'lstm';
    const given = checkOptions(operation, state, lstm ? ['h', 'c'] : ['h']);
    const count = samples * this.layers * this.units;
    const checked = (part: 'h' | 'c') => {
      const values = checkFloats(operation, `${name}.${part}`, given[part]);
      if (values.length === count) return values;
      const meaning = `${grouped(samples)} × ${this.layers} × ${this.units}: sequences, layers, units`;
      throw wrong(operation, `${name}.${part} has ${grouped(values.length)} numbers`, `${grouped(count)} (${meaning})`);
    };
    return { h: checked('h'), ...(given.c !== undefined && { c: checked('c') }) };
  }

  /**
   * Checks that a layer of a trace is complete and has this model's shape. Each field is read only once, because the
   * trace may be an object that the caller made.
   */
  #checkTrace(operation: string, trace: Trace, index: number): TraceParts {
    checkWhole(operation, 'layer', index, 0, this.layers - 1);
    const { timesteps, y, layers, cut } = (isObject(trace) ? trace : {}) as Partial<Trace>;
    const layer = { ...layers?.[index] } as TraceLayer;
    const arrays = [layer.x, layer.z, layer.a, layer.h, layer.c, layer.dZ, layer.dQ, y];
    if (!cut || !arrays.every((array) => array instanceof Float32Array))
      throw wrongKind(operation, 'trace', trace, 'what trace() gives');
    const steps = checkNumber(this.#core, operation, 'trace.timesteps', timesteps, 'timesteps');
    const { withoutRecurrence, resetBefore, keep } = cut;
    checkBoolean(operation, 'trace.cut.withoutRecurrence', withoutRecurrence);
    checkWhole(operation, 'trace.cut.resetBefore', resetBefore, 0, steps);
    const whole = this.#checkCut(operation, { withoutRecurrence, resetBefore, keep }, steps, 'trace.cut.');
    const [kernel, recurrent] = this.tensors.slice(3 * index).map(({ shape }) => shape);
    const [inputs = 0, width = 0] = kernel ?? [];
    const [states = 0] = recurrent ?? [];
    const sums = steps * width;
    const all = (steps + 1) * states;
    const candidates = this.cell === 'gru' ? steps * states : 0;
    const lengths = [
      steps * inputs,
      sums,
      sums,
      all,
      this.cell === 'lstm' ? all : 0,
      sums,
      candidates,
      this.returnSequences ? steps : 1,
    ];
    const complete = arrays.every((array, k) => array?.length === lengths[k]);
    if (layer.units !== states || layer.features !== inputs || layer.gates !== width / states || !complete)
      throw wrong(
        operation,
        `trace is of ${describe(layer.units)} units and ${describe(layer.features)} features`,
        `a complete trace of ${states} units and ${inputs} features, as this model has`,
      );
    return { ...layer, y: y as Float32Array, timesteps: steps, ...whole };
  }

  #checkWeights(weights: unknown): Float32Array {
    const operation = 'setWeights';
    const list = weights as ArrayLike<unknown> | null | undefined;
    if (!isObject(weights) || !Array.isArray(weights) || typeof list?.[0] === 'number') {
      const flat = checkFloats(operation, 'weights', weights);
      if (flat.length !== this.parameterCount)
        throw wrong(operation, `weights has ${flat.length} numbers`, `${this.parameterCount}`);
      return flat;
    }
    if (weights.length !== this.tensors.length)
      throw wrong(operation, `weights has ${weights.length} arrays`, `${this.tensors.length}, one per tensor`);
    const parameters = new Float32Array(this.parameterCount);
    for (const [i, { name, shape, offset, count }] of this.tensors.entries()) {
      const values = checkFloats(operation, `weights[${i}]`, weights[i]);
      if (values.length !== count)
        throw wrong(operation, `weights[${i}] has ${values.length} numbers`, `${count}, ${name} (${shape.join(', ')})`);
      parameters.set(values, offset);
    }
    return parameters;
  }

  /** Reads a file of weights: its network, which `check` may reject, and its parameters. */
  async #readFile(
    operation: string,
    file: Uint8Array,
    check: (config: WeightsConfig) => void,
  ): Promise<{ config: WeightsConfig; parameters: Float32Array; notes: WeightsNotes }> {
    checkUint8Array(operation, 'file', file);
    const like = this.#record(operation, 'config');
    /* a copy, because the caller may change the file later; slice() of a Buffer does not copy */
    const bytes = new Uint8Array(file);
    const { takeNotes } = await import('./notes.ts');
    const files = await this.#core.files(operation);
    return files.withTemporary(operation, (temporary) => {
      const place = temporary.put(bytes);
      files.call(operation, 'weights_measure', place, bytes.length, temporary.put(like));
      const found = files.read<FileConfig & Record<string, number>>('file');
      const config = this.#named(found);
      check(config);
      const room = temporary.space(4 * found.parameters);
      files.call(operation, 'weights_read', place, bytes.length, temporary.put(files.numbers('config', found)), room);
      const parameters = files.floats(room, found.parameters);
      return { config, parameters, notes: takeNotes(files, temporary, operation, [place, bytes.length]) };
    });
  }

  #named(file: FileConfig): WeightsConfig {
    const { cells, activations, losses } = this.#core;
    return {
      cell: cells[file.cell] as Cell,
      layers: file.layers,
      units: file.units,
      features: file.features,
      ...(cells[file.cell] === 'dense' && { timesteps: file.timesteps }),
      activation: activations[file.activation] as Activation,
      loss: losses[file.loss] as Loss,
      outputs: file.outputs,
      returnSequences: file.returnSequences === 1,
    };
  }

  /** Checks that a file has the network of this model. */
  #checkFile(found: WeightsConfig): void {
    const expected = Object.fromEntries(Object.keys(found).map((name) => [name, this[name as keyof typeof found]]));
    const differ = Object.entries(found).filter(([name, value]) => value !== expected[name]);
    if (differ.length === 0) return;
    const say = (entries: [string, unknown][]) => entries.map(([name, value]) => `${name} ${value}`).join(', ');
    const wanted = differ.map(([name]): [string, unknown] => [name, expected[name]]);
    throw new RnnError('RNN_ERROR_SHAPE', 'loadWeights', `the file has ${say(differ)}: expected ${say(wanted)}`);
  }
}

/** The exports that follow hidden states from one time step to the next. */
const OF_STATES = ['step', 'set_states', 'generate', 'trace_size', 'backward_size', 'contribution', 'terms'];

/** Checks a configuration, and returns the numbers of its record. */
function configNumbers(core: Core, operation: string, config: SequentialConfig) {
  const {
    units,
    timesteps,
    features = core.number('features'),
    seed = core.number('seed'),
    layers = core.number('layers'),
  } = config;
  const {
    recurrentGain = core.number('recurrentGain'),
    l2 = core.number('l2'),
    returnSequences = false,
    classes,
  } = config;
  const choice = (name: string, value: string | undefined, names: readonly string[]) =>
    value === undefined ? core.number(name) : checkChoice(operation, name, value, names);
  checkNumbers(core, operation, { units, timesteps, features, seed, layers, recurrentGain, l2 });
  checkBoolean(operation, 'returnSequences', returnSequences);
  const cell = choice('cell', config.cell, core.cells);
  const activation = choice('activation', config.activation, core.activations);
  const name = core.cells[cell];
  if (name === 'dense' && returnSequences)
    throw wrong(operation, 'returnSequences is true', 'false with the cell "dense", which answers once per sequence');
  if ((name === 'gru' || name === 'lstm') && activation !== core.number('activation'))
    throw wrong(operation, `activation is "${config.activation}"`, `"tanh" with the cell "${config.cell}"`);
  const loss = choice('loss', config.loss, core.losses);
  const several = checkClasses(core, operation, loss, classes);
  if (several) checkNumbers(core, operation, { classes });
  const kernelInitializer = choice('kernelInitializer', config.kernelInitializer, core.initializers);
  const recurrentInitializer = choice('recurrentInitializer', config.recurrentInitializer, core.initializers);
  const outputs = several ? (classes as number) : 1;
  const whole = {
    units,
    timesteps,
    features,
    seed,
    layers,
    cell,
    activation,
    loss,
    outputs,
    returnSequences: Number(returnSequences),
  };
  return { ...whole, recurrentGain, l2, kernelInitializer, recurrentInitializer };
}
