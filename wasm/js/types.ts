/** The types of the JavaScript interface. Letters: n samples, T timesteps, F features, U units, P parameters. Arrays are row-major.
 *
 *  Every array that goes in or comes out is a copy. A wrong argument throws TypeError (the wrong kind of thing) or RangeError (a number,
 *  a length or a shape that does not fit) before anything is done; what the core refuses throws RnnError. After an error nothing is lost:
 *  the model is as it was and goes on working. */

/** Any array of numbers: typed or plain. */
export type Numbers = ArrayLike<number>;

/** Sequences (n, T, F): flat, row-major, of n·T·F numbers; or nested [n][T][F]; or, with one feature, nested [n][T]. */
export type Sequences = Numbers | ReadonlyArray<Numbers> | ReadonlyArray<ReadonlyArray<Numbers>>;

/** One sequence (T, F): flat, of T·F numbers; or nested [T][F]. */
export type Sequence = Numbers | ReadonlyArray<Numbers>;

export interface LoadOptions {
  /** Which module: 'auto' (the default) takes SIMD where the engine has it. Both give the same bits. */
  wasm?: 'auto' | 'simd' | 'scalar';
  /** Where the modules are: a folder (ends in /) with unrolled.simd.wasm and unrolled.scalar.wasm, or one module. By default they stand
   *  beside this script. In Node a file: URL or a path. */
  url?: string | URL;
  /** The module itself; nothing is fetched then. */
  bytes?: BufferSource;
}

export interface SequentialConfig {
  /** U, 1 to 512. */
  units: number;
  /** T, 1 to 1,000. */
  timesteps: number;
  /** F, 1 to 64. Default 1. */
  features?: number;
  /** Default 'tanh'. */
  activation?: Activation;
  /** The run seed: first weights and shuffles. A whole number from 0 to 2^32 - 1; default 42. */
  seed?: number;
}

export type Activation = 'tanh' | 'relu';

export interface Range {
  minimum: number;
  maximum: number;
  /** Whole numbers only. */
  whole: boolean;
  /** The maximum itself is out of range. */
  openEnd: boolean;
}

/** The quantities that have a range. */
export type Quantity =
  | 'units'
  | 'timesteps'
  | 'features'
  | 'batchSize'
  | 'epochs'
  | 'samples'
  | 'learningRate'
  | 'validationSplit'
  | 'seed';

export interface Task {
  name: string;
  /** One sentence: what the label is. */
  text: string;
}

export interface TaskOptions {
  /** n. */
  samples: number;
  /** T. */
  timesteps: number;
  /** Default 42. */
  dataSeed?: number;
  /** The number of the first sample. Default 0; `freshSample` for sequences that no training set reaches. */
  firstSample?: number;
}

export interface Dataset {
  /** (n, T, F), flat. */
  x: Float32Array;
  /** (n), each 0 or 1. */
  y: Float32Array;
}

export interface CsvDataset extends Dataset {
  samples: number;
  timesteps: number;
  features: number;
}

/** One loaded module with a memory of its own. */
export interface Unrolled {
  /** Whether the SIMD module runs. */
  readonly simd: boolean;
  readonly activations: readonly string[];
  readonly tasks: readonly Task[];
  readonly ranges: Readonly<Record<Quantity, Range>>;
  /** The number of the first sample that counts as fresh: far behind any training set. */
  readonly freshSample: number;
  /** How large the module's memory is now. It grows when models and data need it, and is used again after dispose. */
  readonly memoryBytes: number;

  /** A new model: Sequential([SimpleRNN(units, activation), Dense(1, sigmoid)]), its weights drawn from the seed, Adam with its defaults.
   *  @throws RangeError naming the number that is out of range.
   *  @throws RnnError with code RNN_ERROR_TOO_LARGE and the size, if it would need more than 1 GiB. */
  sequential(config: SequentialConfig): Sequential;

  /** Make samples of a task (one feature): x (n, T) uniform in [0, 1), y (n). More samples or timesteps keep the earlier values. */
  task(name: string, options: TaskOptions): Dataset;

  /** The central band that holds at least 95 % of n fair coin tosses, as shares. */
  chanceBand(n: number): { low: number; high: number };
  /** The share of the commoner label: what always answering it would score. */
  commonerShare(y: Numbers): number;
  /** The q-quantile of values, q in [0, 1], interpolated linearly as in numpy. */
  quantile(values: Numbers, q: number): number;

  /** Read a data set: a header y,x1,…,xT (y,x1_1,…,xT_F with more features), then one sequence a line.
   *  @throws RnnError with `diagnosis`: line, column and what was expected there. */
  readCsv(text: string): CsvDataset;
  /** Write one, with the fewest digits that read back to the same bits. features: default 1. */
  writeCsv(data: { x: Sequences; y: Numbers; timesteps: number; features?: number }): string;
}

export interface CompileOptions {
  optimizer?: 'adam';
  loss?: 'binaryCrossentropy';
  metrics?: readonly 'accuracy'[];
  /** Finite and ≥ 0. Default 0.001. */
  learningRate?: number;
  /** In [0, 1). Default 0.9. */
  beta1?: number;
  /** In [0, 1). Default 0.999. */
  beta2?: number;
  /** Finite and ≥ 0. Default 1e-7. */
  epsilon?: number;
}

export interface TrainingOptions {
  /** How many more epochs, 1 to 100,000. Default 10. */
  epochs?: number;
  /** 1 to 1,024. Default 32. The last batch of an epoch may be smaller. */
  batchSize?: number;
  /** A new order each epoch, from (seed, epoch). Default true. */
  shuffle?: boolean;
  /** In [0, 1): the last n - ⌊n(1 - split)⌋ samples are kept apart and measured after each epoch. Default 0. */
  validationSplit?: number;
  /** Data to measure after each epoch. As in Keras they go before validationSplit. */
  validationData?: readonly [Sequences, Numbers] | { x: Sequences; y: Numbers };
}

/** One epoch's figures: of training, averages while the weights move; of validation, measured afterwards. */
export interface Logs {
  loss: number;
  accuracy: number;
  val_loss?: number;
  val_accuracy?: number;
}

export interface FitOptions extends TrainingOptions {
  /** Called after each epoch (counted from 0, as in Keras). If it returns a promise, fit waits for it and then lets the event loop turn
   *  once, so that a page can draw and a worker can hear messages; else fit goes on at once. Answering false (or a promise of false), or
   *  setting `model.stopTraining = true`, stops after this epoch. What it throws rejects the fit; the epochs done so far stay done. */
  onEpochEnd?: (epoch: number, logs: Logs) => unknown;
}

/** Where training met a loss or a weight that is not finite: epoch of this fit and batch of that epoch, counted from 1. */
export interface Divergence {
  /** A batch's loss, before its update; a weight, or the validation loss, after the epoch's last update. */
  what: 'loss' | 'weight' | 'validation loss';
  epoch: number;
  batch: number;
}

/** The completed epochs, in order, by Keras's names. */
export interface History {
  loss: number[];
  accuracy: number[];
  val_loss?: number[];
  val_accuracy?: number[];
  /** There if training stopped because it diverged. */
  diverged?: Divergence;
}

export interface Progress {
  /** Completed epochs of this training. */
  epoch: number;
  /** Completed batches of the epoch under way. */
  batch: number;
  /** Batches an epoch. */
  batches: number;
  /** Updates in this training. */
  updates: number;
  /** Nothing is left to do: all epochs are completed, or training diverged. */
  done: boolean;
  /** Of the epoch under way, over its samples so far; 0 before the first. */
  loss: number;
  accuracy: number;
  /** Of the latest batch, before its update; 0 if there was none in this call. */
  batchLoss: number;
  batchAccuracy: number;
  diverged?: Divergence;
}

/** A fit in budgets, for slow training. Budgets of any size give the same bits as one fit. */
export interface Training {
  /** Do up to so many updates (0 is allowed; by default all that are left). Restoring the model to a snapshot of an earlier moment of
   *  this training and advancing replays it.
   *  @throws RnnError with code ENDED after dispose, or once another fit of this model has begun. */
  advance(updates?: number): Progress;
  /** A copy of the history as of the latest advance. Stays readable after dispose. */
  readonly history: History;
  /** Give back its memory. */
  dispose(): void;
}

export interface Tensor {
  /** Keras's name: simple_rnn/kernel, simple_rnn/recurrent_kernel, simple_rnn/bias, dense/kernel, dense/bias. */
  name: string;
  shape: number[];
  /** Where it begins in the flat vector of parameters, and how many numbers it holds. */
  offset: number;
  count: number;
}

/** Every intermediate number of one sequence. L is this sequence's own loss. */
export interface Trace {
  timesteps: number;
  units: number;
  features: number;
  /** undefined: without a label; then loss and gradients are NaN. */
  label: number | undefined;
  /** L. */
  loss: number;
  /** (T, F). */
  x: Float32Array;
  /** (T, U), before the activation. */
  z: Float32Array;
  /** (T+1, U), h_0 = 0 first. */
  h: Float32Array;
  /** (T), what the readout says of h_t; trained only at t = T. */
  logit: Float32Array;
  /** (T). */
  probability: Float32Array;
  /** (T, U), ∂L/∂h_t. */
  dH: Float32Array;
  /** (T, U), ∂L/∂z_t. */
  dZ: Float32Array;
  /** (T), the Euclidean norm of ∂L/∂h_t. */
  dHNorm: Float32Array;
}

/** What one time step alone adds to the gradients. */
export interface Contribution {
  /** (F, U). */
  dKernel: Float32Array;
  /** (U, U). */
  dRecurrentKernel: Float32Array;
  /** (U). */
  dBias: Float32Array;
}

/** A recurrent network: Sequential([SimpleRNN(U, activation), Dense(1, sigmoid)]). */
export interface Sequential {
  readonly units: number;
  readonly timesteps: number;
  readonly features: number;
  readonly activation: Activation;
  readonly seed: number;
  readonly learningRate: number;
  /** The weight tensors, in the order of getWeights. */
  readonly tensors: readonly Tensor[];
  /** P. */
  readonly parameterCount: number;
  /** Updates and epochs since the weights were drawn, and samples read of the epoch under way. */
  readonly counters: { updates: number; epochs: number; position: number };
  /** Set it to true in onEpochEnd to stop the fit after this epoch. Each fit begins with false. */
  stopTraining: boolean;

  /** Take another optimizer and forget its moments; the weights stay. A model that was never compiled has Adam with its defaults. */
  compile(options?: CompileOptions): void;
  /** Change the learning rate alone; the optimizer's moments stay. */
  setLearningRate(rate: number): void;

  /** Train. Two fits of 5 epochs equal one of 10. If training diverges the promise is fulfilled, with the completed epochs and
   *  `history.diverged`.
   *  @param x (n, T, F). @param y (n), each 0 or 1. */
  fit(x: Sequences, y: Numbers, options?: FitOptions): Promise<History>;
  /** The same in budgets, synchronous. One training of a model goes on at a time: a new one, or a fit, ends the one before. */
  training(x: Sequences, y: Numbers, options?: TrainingOptions): Training;
  /** Loss and accuracy (p > 0.5) with the weights as they are. */
  evaluate(x: Sequences, y: Numbers): { loss: number; accuracy: number };
  /** p of each sequence, (n). */
  predict(x: Sequences): Float32Array;

  /** One time step in: a number, or F numbers. The state is kept; after T steps the probability is predict's, to the bit. */
  step(x: number | Numbers): { h: Float32Array; logit: number; probability: number };
  /** Back to h_0 = 0. */
  resetStates(): void;

  /** Every number of one sequence of 1 to 1,000 timesteps (not only the model's own T), forward and backward. */
  trace(x: Sequence, label?: number): Trace;
  /** What time step t (1 … T) of a trace alone adds to the gradients. Over all t they add up to the sequence's gradient. */
  contribution(trace: Trace, t: number): Contribution;
  /** Loss, accuracy and the gradient of the mean loss over one batch (at most 1,024 sequences), as an update uses it: one array a tensor. */
  gradient(x: Sequences, y: Numbers): { loss: number; accuracy: number; gradient: Float32Array[] };

  /** Keras's table of layers and parameters. */
  summary(): string;
  /** One flat array a tensor. */
  getWeights(): Float32Array[];
  /** Replace the weights: one array a tensor (flat, row-major), or all P numbers in one. The optimizer's state stays. */
  setWeights(weights: ReadonlyArray<Numbers> | Numbers): void;
  /** The weights as a safetensors file, with Keras's names and shapes. */
  saveWeights(): Uint8Array;
  /** Read such a file. @throws RnnError with `diagnosis` if it is no such file, or one of another shape or activation. */
  loadWeights(file: Uint8Array): void;

  /** A copy of the whole training state. Going on from it gives the same bits as never having stopped. */
  snapshot(): Uint8Array;
  /** Back to a snapshot of this model, or of one with the same configuration. */
  restore(snapshot: Uint8Array): void;

  /** Give back the memory. Every later use throws RnnError with code DISPOSED; disposing again does nothing. */
  dispose(): void;
}

