/**
 * The types of the JavaScript interface. Letters: n samples, T timesteps, F features, U units, G gates of a cell, K
 * outputs, R readouts of a sequence (1, or T with returnSequences), P parameters. Arrays are row-major.
 *
 * Every array that goes in or comes out is a copy; lists and other objects that come out are copies or frozen. A wrong
 * argument throws TypeError (the wrong kind of thing) or RangeError (a number, a length or a shape that does not fit)
 * before anything is done; what the core refuses throws RnnError. After an error nothing is lost: the model is as it
 * was and goes on working. Where a function returns a promise, what is said to be thrown rejects it; what goes in is
 * copied before the function returns, so that changing it afterwards changes nothing.
 */

/** Any array of numbers: typed or plain. */
export type Numbers = ArrayLike<number>;

/** Sequences (n, T, F): flat, row-major, of n·T·F numbers; or nested [n][T][F]; or, with one feature, nested [n][T]. */
export type Sequences = Numbers | ReadonlyArray<Numbers> | ReadonlyArray<ReadonlyArray<Numbers>>;

/** One sequence (T, F): flat, of T·F numbers; or nested [T][F]. */
export type Sequence = Numbers | ReadonlyArray<Numbers>;

export interface LoadOptions {
  /** Which module: 'auto' (the default) takes SIMD where the engine has it. Both give the same bits. */
  wasm?: 'auto' | 'simd' | 'scalar';
  /**
   * Where the modules are: a folder (ends in /) with unrolled.simd.wasm, unrolled.scalar.wasm and files.wasm, or one of
   * the first two, with files.wasm beside it. By default they stand beside this script. In Node a file: URL or a path.
   */
  url?: string | URL;
  /** The network's module itself; it is not fetched then. */
  bytes?: BufferSource;
  /**
   * Where the module that reads and writes files is: the address of files.wasm under any name, as bundlers give it one,
   * or a folder (ends in /) that holds files.wasm. By default it stands beside the network's module. In Node a file:
   * URL or a path.
   */
  filesUrl?: string | URL;
  /**
   * The module that reads and writes files, files.wasm, itself; it is not fetched then. Without it files.wasm is
   * fetched when a file is first read or written, from beside the network's module. With `bytes` alone nobody says
   * where that is: give filesBytes, filesUrl or url too, if you need files.
   */
  filesBytes?: BufferSource;
}

export interface SequentialConfig {
  /** U, 1 to 512. */
  units: number;
  /** T, 1 to 1,000. */
  timesteps: number;
  /** F, 1 to 64. Default 1. */
  features?: number;
  /** Default 'simple_rnn'. */
  cell?: Cell;
  /** Of SimpleRNN; GRU and LSTM have tanh. Default 'tanh'. */
  activation?: Activation;
  /** Recurrent layers above one another, 1 to 3. Default 1. */
  layers?: number;
  /** Read out, and train, at every time step; else at the last. Default false. */
  returnSequences?: boolean;
  /**
   * What the Dense readout is for; it decides its activation: sigmoid, softmax, none. Default 'binary_crossentropy'.
   */
  loss?: Loss;
  /** K, 2 to 64: how many classes sparse_categorical_crossentropy tells apart. */
  classes?: number;
  /** Default 'glorot_uniform'. */
  kernelInitializer?: Initializer;
  /** Default 'orthogonal'. */
  recurrentInitializer?: Initializer;
  /** The recurrent kernel's factor: the spectral radius of an orthogonal one. 0 to 1,000; default 1. */
  recurrentGain?: number;
  /** λ ≥ 0: the loss takes λ Σw² over kernels and recurrent kernels. Default 0. */
  l2?: number;
  /** The run seed: first weights and shuffles. A whole number from 0 to 2^32 - 1; default 42. */
  seed?: number;
}

/** Keras's names. TF.js's way of writing them does too: 'binaryCrossentropy', 'glorotUniform'. */
export type Activation = 'tanh' | 'relu';
export type Cell = 'simple_rnn' | 'gru' | 'lstm';
export type Initializer = 'glorot_uniform' | 'orthogonal' | 'identity' | 'zeros' | 'glorotUniform';
export type Loss =
  | 'binary_crossentropy'
  | 'sparse_categorical_crossentropy'
  | 'mean_squared_error'
  | 'binaryCrossentropy'
  | 'sparseCategoricalCrossentropy'
  | 'meanSquaredError';
export type Optimizer = 'adam' | 'sgd' | 'rmsprop';
export type Metric = 'accuracy' | 'mean_absolute_error';

export interface Range {
  readonly minimum: number;
  readonly maximum: number;
  /** Whole numbers only. */
  readonly whole: boolean;
  /** The maximum itself is out of range. */
  readonly openEnd: boolean;
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
  | 'seed'
  | 'layers'
  | 'classes'
  | 'recurrentGain'
  | 'l2'
  | 'momentum'
  | 'rho'
  | 'globalClipnorm'
  | 'clipvalue'
  | 'beta1'
  | 'beta2'
  | 'epsilon';

export interface Task {
  readonly name: string;
  /** One sentence: what is to be said of a sequence. */
  readonly text: string;
  /** One sentence: what a network must do to solve it. */
  readonly solution: string;
  /** One sentence: of which sequences its rule says nothing (`taskTargets`). Not there if it speaks of every one. */
  readonly scope?: string;
  /** Accuracy of guessing, or the mean squared error of always answering the mean. */
  readonly chance: number;
  /** The fewest time steps that hold what the task speaks of. */
  readonly leastTimesteps: number;
  /** How its sequences look, and what a model for it is made with. */
  readonly features: number;
  readonly loss: string;
  readonly classes?: number;
  readonly returnSequences?: boolean;
}

export interface TaskOptions {
  /** n. */
  samples: number;
  /** T. */
  timesteps: number;
  /** Default 42. */
  dataSeed?: number;
  /** The number of the first sample. Default 0; `newSample` for sequences that no training set reaches. */
  firstSample?: number;
}

export interface Dataset {
  /** (n, T, F), flat. */
  x: Float32Array;
  /** (n, R): 0 or 1, a class, or a number, by the loss. */
  y: Float32Array;
}

export interface CsvDataset extends Dataset {
  samples: number;
  timesteps: number;
  features: number;
  /** There if every time step has its target. */
  returnSequences?: boolean;
}

export interface ReadCsvOptions {
  /** Which targets are right. Default 'binary_crossentropy': 0 and 1. */
  loss?: Loss;
  /** K. By default any class is. */
  classes?: number;
}

export interface WriteCsvData {
  x: Sequences;
  y: Numbers;
  timesteps: number;
  /** Default 1. */
  features?: number;
  /** y has a target for every time step. Default false. */
  returnSequences?: boolean;
  /** n, if you give it: what readCsv gives may be handed back as it is. */
  samples?: number;
}

/** One loaded module with a memory of its own. */
export interface Unrolled {
  /** Whether the SIMD module runs. */
  readonly simd: boolean;
  readonly activations: readonly string[];
  readonly cells: readonly string[];
  readonly initializers: readonly string[];
  readonly losses: readonly string[];
  readonly optimizers: readonly string[];
  readonly tasks: readonly Task[];
  readonly ranges: Readonly<Record<Quantity, Range>>;
  /** The number of the first sample that counts as fresh: far behind any training set. */
  readonly newSample: number;
  /**
   * How large the memory of the modules is now. It grows when models and data need it, and is used again after dispose.
   */
  readonly memoryBytes: number;

  /** A new model: 1 to 3 recurrent layers and a Dense readout, its weights drawn from the seed, Adam with its defaults.
   *  @throws RangeError naming the number that is out of range.
   *  @throws RnnError with code RNN_ERROR_TOO_LARGE and the size, if it would need more than 1 GiB. */
  sequential(config: SequentialConfig): Sequential;

  /** Train the same network on the same data once for each of several run seeds, which follow one another. Each run is,
   *  to the bit, that of a model of its own with that seed, compiled and fitted; config, data and options are those of
   *  the time of the call.
   *  @param x (n, T, F). @param y (n, R). A run that diverges is counted; it rejects nothing. */
  seeds(config: SequentialConfig, x: Sequences, y: Numbers, options?: SeedsOptions): Promise<Seeds>;

  /** Make samples of a task: x (n, T, F), y (n, R). More samples or timesteps keep the earlier values. */
  task(name: string, options: TaskOptions): Dataset;
  /** What the rule of a task says of one sequence, whoever made it: its targets (R), of a drawn sequence the same bits
   *  as `task` gives.
   *  undefined where the rule says nothing of it: the task's `scope` tells why.
   *  @param x (T, F), any finite numbers, flat or as an array of T rows. */
  taskTargets(name: string, x: Sequence): Float32Array | undefined;

  /** The central band that holds at least 95 % of n fair coin tosses, as shares. */
  chanceBand(n: number): { low: number; high: number };
  /** What targets ask for: the loss that suits them (or the one given), how many classes, and what always answering the
   *  commonest target scores, or, for numbers, the mean squared error of always the mean.
   *  @throws RangeError where they are not targets of the given loss. */
  targets(y: Numbers, loss?: Loss): { loss: Loss; classes?: number; guess: number };
  /** Of n answers of predict (n, K) with a crossentropy: the class, and 1 where it is the target.
   *  p > 0.5 with one output, else the most probable. */
  answers(predictions: Numbers, y: Numbers, outputs?: number): { classes: Uint32Array; right: Uint32Array };
  /** A name for a data set, by its extents and bits: 16 hexadecimal digits (FNV-1a). Not for secrets. */
  hash(data: WriteCsvData): string;
  /** The share of the more common label: what always answering it would score. */
  majorityShare(y: Numbers): number;
  /** The q-quantile of values, q in [0, 1], interpolated linearly as in numpy. */
  quantile(values: Numbers, q: number): number;
  /**
   * The smallest and the largest number of each of so many columns (default 1): of x (n, T, F), flat, those of each
   * feature.
   */
  columnRanges(values: Numbers, columns?: number): [low: number, high: number][];

  /** Read a data set: a header y,x1,…,xT (y,x1_1,…,xT_F with more features; y1,…,yT,x1,… with a target at every step),
   *  then one sequence a line.
   *  @throws RnnError RNN_ERROR_CSV with `diagnosis`: line, column and what was expected there; LOAD if the module for
   *  files cannot be had. */
  readCsv(text: string, options?: ReadCsvOptions): Promise<CsvDataset>;
  /** Write one, with the fewest digits that read back to the same bits. */
  writeCsv(data: WriteCsvData): Promise<string>;
}

/** Of which network a file of weights is. */
export interface WeightsConfig {
  cell: Cell;
  /** L. */
  layers: number;
  /** U, of each layer. */
  units: number;
  /** F. */
  features: number;
  /** Of a SimpleRNN. */
  activation: Activation;
  loss: Loss;
  /** K. */
  outputs: number;
  returnSequences: boolean;
}

export interface CompileOptions {
  /** Default 'adam'. */
  optimizer?: Optimizer;
  /** The model's own loss, if it is named. */
  loss?: Loss;
  /** The model's own metric, if it is named. */
  metrics?: readonly string[];
  /** Finite and ≥ 0. Default 0.001. */
  learningRate?: number;
  /** Adam's, in [0, 1). Default 0.9. */
  beta1?: number;
  /** Adam's, in [0, 1). Default 0.999. */
  beta2?: number;
  /** Adam's and RMSprop's, finite and ≥ 0. Default 1e-7. */
  epsilon?: number;
  /** RMSprop's, in [0, 1). Default 0.9. */
  rho?: number;
  /** SGD's and RMSprop's, in [0, 1). Default 0. */
  momentum?: number;
  /** SGD's. Default false. */
  nesterov?: boolean;
  /** Scale a gradient down whose norm over all weights is larger; 0, the default: none. */
  globalClipnorm?: number;
  /** Hold each number of a gradient between -clipvalue and clipvalue; 0, the default: none. Not both. */
  clipvalue?: number;
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
  /**
   * Measure after epochs n, 2n, … of this fit only; the history's val_ lists hold those alone, as in Keras. 1 to
   * 100,000. Default 1. A validation loss that is not finite stops training as diverged only after an epoch that is
   * measured: with 1 it may stop earlier.
   */
  validationFreq?: number;
}

/** One epoch's figures: of training, averages while the weights move; of validation, measured afterwards. */
export interface Logs {
  loss: number;
  /** With the crossentropies. */
  accuracy: number;
  val_loss?: number;
  val_accuracy?: number;
  /** With mean_squared_error, instead of accuracy. */
  mean_absolute_error?: number;
  val_mean_absolute_error?: number;
}

/** Loss and metric, by Keras's names. */
export type Metrics = Pick<Logs, 'loss' | 'accuracy' | 'mean_absolute_error'>;

export interface FitOptions extends TrainingOptions {
  /**
   * Called after each epoch (counted from 0, as in Keras). If it returns a promise, fit waits for it and then lets the
   * event loop turn once, so that a page can draw and a worker can hear messages; else fit goes on at once. Answering
   * false (or a promise of false), or setting `model.stopTraining = true`, stops after this epoch. What it throws
   * rejects the fit; the epochs done so far stay done.
   */
  onEpochEnd?: (epoch: number, logs: Logs) => unknown;
}

/**
 * Where training met a loss or a weight that is not finite: epoch of this fit and batch of that epoch, counted from 1.
 */
export interface Divergence {
  /** A batch's loss, before its update; a weight, or the validation loss, after the epoch's last update. */
  what: 'loss' | 'weight' | 'validation loss';
  epoch: number;
  batch: number;
}

/** The completed epochs, in order, by Keras's names. */
export interface History {
  loss: number[];
  /** With the crossentropies. */
  accuracy: number[];
  /**
   * With validation data: one number for each completed epoch that was measured. Empty if none was; Keras then has no
   * such list.
   */
  val_loss?: number[];
  val_accuracy?: number[];
  /** With mean_squared_error, instead of accuracy. */
  mean_absolute_error?: number[];
  val_mean_absolute_error?: number[];
  /** There if training stopped because it diverged. */
  diverged?: Divergence;
}

export type Framework = 'keras' | 'pytorch';

/** What a Python file has beside it, by name without a folder, and how it trains. */
export interface ProgramOptions {
  /** Default: data.csv. */
  data?: string;
  /** An npz file if it ends so, else safetensors. Default: weights.npz. */
  weights?: string;
  /** Default: none. Not beside validationSplit. */
  validationData?: string;
  /** The last share of the data. Default 0: none. */
  validationSplit?: number;
  /** Default 10. */
  epochs?: number;
  /** Default 32. */
  batchSize?: number;
  /** Default true. */
  shuffle?: boolean;
  /** Measure validation data after epochs n, 2n, … only. Default 1: after each. */
  validationFreq?: number;
}

export interface SeedsOptions extends TrainingOptions {
  /** How many, 1 to 100,000. Default 100. */
  runs?: number;
  /** Default: the seed of config. The last seed, firstSeed + runs − 1, is at most 2^32 − 1. */
  firstSeed?: number;
  /** The optimizer, as compile takes it. Default: Adam with its defaults. */
  compile?: CompileOptions;
  /**
   * Called after each run (counted from 0) with a copy of its history. If it returns a promise, that is waited for, and
   * then the event loop turns once. Answering false (or a promise of false) stops after this run. What it throws
   * rejects the promise.
   */
  onRunEnd?: (run: number, history: History) => unknown;
}

/** Many runs. */
export interface Seeds {
  /** Of the runs done, in the order of their seeds; those that diverged have `diverged` and fewer epochs. */
  histories: History[];
  /** How many diverged. */
  diverged: number;
  /** One number an epoch: the q-quantile, q in [0, 1], of a history's figures over the runs that did not diverge. Empty
   *  if all did.
   *  @throws RangeError if the histories have no such figures: val_… without validation data. */
  quantile(name: Exclude<keyof History, 'diverged'>, q: number): number[];
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
  /** Accuracy, or the mean absolute error. */
  metric: number;
  /** Of the latest batch, before its update; 0 if there was none in this call. */
  batchLoss: number;
  batchMetric: number;
  /** metric and batchMetric by name, where they are accuracies. */
  accuracy?: number;
  batchAccuracy?: number;
  diverged?: Divergence;
}

/** A fit in budgets, for slow training. Budgets of any size give the same bits as one fit. */
export interface Training {
  /** Do up to so many updates (0 is allowed; by default all that are left). Restoring the model to a snapshot of an
   *  earlier moment of this training and advancing replays it.
   *  @throws RnnError with code ENDED after dispose, or once another fit of this model has begun. */
  advance(updates?: number): Progress;
  /** Which of the training sequences the next update takes, in its order. After the last epoch: the batch that one more
   *  would begin with.
   *  Empty where the weights are not finite at the end of an epoch. */
  nextBatch(): Uint32Array;
  /** A copy of the history as of the latest advance. Stays readable after dispose. */
  readonly history: History;
  /** Give back its memory. */
  dispose(): void;
}

export interface Tensor {
  /**
   * Keras's name: gru/kernel, gru/recurrent_kernel, gru/bias, gru_1/kernel of the next layer, …, dense/kernel,
   * dense/bias.
   */
  readonly name: string;
  readonly shape: readonly number[];
  /** Where it begins in the flat vector of parameters, and how many numbers it holds. */
  readonly offset: number;
  readonly count: number;
}

/**
 * Every intermediate number of one layer. G: the cell's gates, 1, GRU 3 (z, r, h), LSTM 4 (i, f, c, o). What a cell
 * does not have is empty.
 */
export interface TraceLayer {
  /** F of this layer, U, G. */
  readonly features: number;
  readonly units: number;
  readonly gates: number;
  /** (T, F), the sequence or h of the layer below. */
  readonly x: Float32Array;
  /** (T, G·U), before the activations. */
  readonly z: Float32Array;
  /** (T, G·U), after them: SimpleRNN h, GRU z r h, LSTM i f c o. */
  readonly a: Float32Array;
  /** (T, U), GRU: the candidate's recurrent part before the reset gate. */
  readonly q: Float32Array;
  /** (T+1, U), h_0 = 0 first. */
  readonly h: Float32Array;
  /** (T+1, U), LSTM: the cell state. */
  readonly c: Float32Array;
  /** (T, U), ∂L/∂h_t. */
  readonly dH: Float32Array;
  /** (T, U), LSTM: ∂L/∂c_t. */
  readonly dC: Float32Array;
  /** (T, G·U), ∂L/∂z_t. */
  readonly dZ: Float32Array;
  /** (T, U), GRU: ∂L/∂q_t. */
  readonly dQ: Float32Array;
  /** (T), the Euclidean norm of ∂L/∂h_t. */
  readonly dHNorm: Float32Array;
}

/** Every intermediate number of one sequence. L is this sequence's own loss. */
export interface Trace {
  readonly timesteps: number;
  /** K. */
  readonly outputs: number;
  /** R. */
  readonly readouts: number;
  /** L; NaN without targets, and so are all gradients. */
  readonly loss: number;
  /** (R), NaN without targets. */
  readonly y: Float32Array;
  /** (T, K), what the readout says of h_t; without returnSequences trained only at t = T. */
  readonly logit: Float32Array;
  /** (T, K): probabilities, or the value itself. */
  readonly prediction: Float32Array;
  /** From the input up. */
  readonly layers: readonly TraceLayer[];
  /** What was done to the network while it read. */
  readonly cut: Readonly<Required<Cut>>;
}

/** What is done to the network while it reads. The weights stay. */
export interface Cut {
  /** The recurrent kernels count as zero: W = 0. Default false. */
  withoutRecurrence?: boolean;
  /** The state is zero when this time step (1 … T) reads it. 0, the default: never. */
  resetBefore?: number;
}

/** What one time step alone adds to a layer's gradients. */
export interface Contribution {
  /** (F, G·U). */
  dKernel: Float32Array;
  /** (U, G·U). */
  dRecurrentKernel: Float32Array;
  /** (G·U), GRU (2, 3·U). */
  dBias: Float32Array;
}

/** What a term is: weight · value.
 *  bias: b · 1. recurrent_bias: GRU, the states' own bias · 1. input: kernel[index, unit] · x_t[index].
 *  state: recurrent_kernel[index, unit] · h_{t−1}[index]. reset: GRU, the reset gate · q.
 *  kept: GRU u · h_{t−1}, LSTM f · c_{t−1}. written: GRU (1 − u) · g, LSTM i · g. read: LSTM, o · tanh(c_t). */
export type TermKind = 'bias' | 'recurrent_bias' | 'input' | 'state' | 'reset' | 'kept' | 'written' | 'read';

/** What is added up in one unit at one time step, in the order in which the forward pass adds it. */
export interface Terms {
  kind: TermKind[];
  /** Of the feature or the unit that is weighed, from 0; else the unit's own. */
  index: number[];
  weight: Float32Array;
  value: Float32Array;
  /** weight · value. */
  product: Float32Array;
  /**
   * Of the terms so far, this one too. A new sum begins with the first term, with the bias that a GRU's candidate
   * begins anew with (the sum before it is q), and with read (the sum before it is c).
   */
  sum: Float32Array;
  /** Of the terms of this kind so far, this one too: at its last term what the kind brings by itself. */
  part: Float32Array;
}

export interface TermsOptions {
  /** 0, the default, is the lowest. */
  layer?: number;
  /**
   * Default 0. 0 … G − 1: its pre-activation, whose last sum is z of the trace to the bit. G, not of SimpleRNN: the
   * state, whose last sum is h of the trace to the bit.
   */
  gate?: number;
}

export interface BackwardOptions extends Cut {
  /** Which, counted from 0, the lowest. Default 0. */
  layer?: number;
  /** Of each sequence, 1 to 1,000. Default: the model's. */
  timesteps?: number;
}

/** The norms of one kind, (T) each; empty where the cell has none. */
export interface BackwardNorms {
  /** Of the mean ∂L/∂h_t, and, LSTM, of the mean ∂L/∂c_t. */
  dH: Float32Array;
  dC: Float32Array;
  /** The mean of each sequence's norm: never less than the norm of the mean, where sequences cancel one another. */
  eachDH: Float32Array;
  eachDC: Float32Array;
  /** Of what time step t adds to ∂L/∂W, and of what steps T … t add up to (Frobenius). */
  term: Float32Array;
  sum: Float32Array;
}

/**
 * Backpropagation through one layer, as the mean over n sequences of what each one's own loss (without the l2 term) gives:
 * what an update uses. Of one sequence they are its trace's numbers. W is the recurrent kernel.
 */
export interface Backward {
  /** n. */
  samples: number;
  timesteps: number;
  units: number;
  gates: number;
  /** Counted from 0. */
  layer: number;
  cut: Required<Cut>;
  /** L, the mean over sequences and readouts. */
  loss: number;
  /** By what one step back multiplies the norm of ∂L/∂h_t, and, LSTM, of ∂L/∂c_t: the geometric mean from t = T to t =
   *  1. NaN with one
   *  time step, or where the norm at an end is zero, below the smallest normal float, or not finite. */
  rateH: number;
  rateC: number;
  /** (T, U). */
  dH: Float32Array;
  /** (T, U), LSTM. */
  dC: Float32Array;
  norms: BackwardNorms;
  /** (T, U, G·U), what time step t adds to ∂L/∂W; the first is zero: h_0 = 0. */
  terms: Float32Array;
  /** (T, U, G·U), terms T … t added up; the first is ∂L/∂W. */
  sums: Float32Array;
}

/** One number of the gradient beside (L(w + step) − L(w − step)) / (2 step); both with the l2 term. */
export interface GradientCheck {
  /** Which: an index into the flat vector of parameters. */
  parameter: number;
  analytic: number;
  numeric: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|); 0 if both are 0. */
  relativeError: number;
  /** 2⁻⁸ · max(1, |w|), or down to 1/64 of it where the loss is strongly curved. */
  step: number;
  /** How far apart the two may be: rounding + truncation. The comparison says nothing of a gradient that is smaller. */
  tolerance: number;
  lossAbove: number;
  lossBelow: number;
  /** What the rounding of 32-bit losses may change: 4 · 2⁻²⁴ · max(1, L, Σ|w ∂L/∂w|) / step. */
  rounding: number;
  /**
   * What the loss's curvature over the step may change, step² · |L‴| / 6: bounded by how far a difference over twice
   * the step is away.
   */
  truncation: number;
}

/** A recurrent network: 1 to 3 recurrent layers of U units and a Dense(K) readout. */
export interface Sequential {
  readonly units: number;
  readonly timesteps: number;
  readonly features: number;
  readonly cell: string;
  readonly activation: string;
  readonly layers: number;
  readonly returnSequences: boolean;
  readonly loss: string;
  /** "accuracy" or "mean_absolute_error". */
  readonly metric: string;
  /** K. */
  readonly outputs: number;
  readonly seed: number;
  readonly learningRate: number;
  /** The weight tensors, in the order of getWeights. */
  readonly tensors: readonly Tensor[];
  /** P. */
  readonly parameterCount: number;
  /** Updates and epochs since the weights were drawn, and samples read of the epoch under way. */
  readonly counters: { updates: number; epochs: number; position: number };
  /**
   * Set it to true (nothing but true or false is taken) in onEpochEnd to stop the fit after this epoch. Each fit begins
   * with false.
   */
  stopTraining: boolean;

  /**
   * Take another optimizer and forget its moments; the weights stay. A model that was never compiled has Adam with its
   * defaults.
   */
  compile(options?: CompileOptions): void;
  /** Change the learning rate alone; the optimizer's moments stay. */
  setLearningRate(rate: number): void;

  /** Train. Two fits of 5 epochs equal one of 10. If training diverges the promise is fulfilled, with the completed
   *  epochs and `history.diverged`.
   *  @param x (n, T, F). @param y (n, R): 0 or 1, a class, or a number, by the loss. */
  fit(x: Sequences, y: Numbers, options?: FitOptions): Promise<History>;
  /**
   * The same in budgets, synchronous. One training of a model goes on at a time: a new one, or a fit, ends the one
   * before.
   */
  training(x: Sequences, y: Numbers, options?: TrainingOptions): Training;
  /** Loss and metric with the weights as they are. An accuracy counts p > 0.5, or the most probable class. */
  evaluate(x: Sequences, y: Numbers): Metrics;
  /** What the model says of each sequence, (n, R, K): probabilities, or the value. */
  predict(x: Sequences): Float32Array;
  /** How often target i was answered by class j, (C, C); C is K, or 2. @throws RnnError with mean_squared_error. */
  confusion(x: Sequences, y: Numbers): Uint32Array;

  /**
   * One time step in: a number, or F numbers. The state is kept; after T steps the prediction is predict's, to the bit.
   * h (L, U), from the lowest layer up; logit and probability are those of the first output, all of them stand in
   * logits and predictions (K).
   */
  step(x: number | Numbers): {
    h: Float32Array;
    logit: number;
    probability: number;
    logits: Float32Array;
    predictions: Float32Array;
  };
  /** Back to h_0 = 0. */
  resetStates(): void;

  /** Every number of one sequence of 1 to 1,000 timesteps (not only the model's own T), forward and backward.
   *  @param y its target, or its targets (R). */
  trace(x: Sequence, y?: number | Numbers, cut?: Cut): Trace;
  /**
   * What time step t (1 … T) of a trace alone adds to the gradients of a layer (0 is the lowest). Over all t they add
   * up to the sequence's gradient.
   */
  contribution(trace: Trace, t: number, layer?: number): Contribution;
  /** What is added up in one unit (0 … U − 1) at time step t (1 … T) of a trace. At t = 1, and where the trace's cut
   *  keeps them away, no states are among the terms.
   *  @throws RangeError if the trace was made with other weights than the model has now. */
  terms(trace: Trace, t: number, unit: number, options?: TermsOptions): Terms;
  /**
   * What the activation of a gate (0 … G − 1; LSTM's G: the tanh of its cell state) makes of numbers, as the forward
   * pass does.
   */
  activate(z: Numbers, gate?: number): Float32Array;
  /**
   * Loss, metric and the gradient of the mean loss over one batch (at most 1,024 sequences), as an update uses it
   * before clipping: one array a tensor.
   */
  gradient(x: Sequences, y: Numbers): Metrics & { gradient: Float32Array[] };
  /** Backpropagation through one layer, for one sequence or as the mean over at most 1,024.
   *  @throws RnnError with code RNN_ERROR_TOO_LARGE if all the terms would need more than 1 GiB. */
  backward(x: Sequences, y: Numbers, options?: BackwardOptions): Backward;
  /**
   * One number of the gradient of one batch (at most 1,024 sequences of the model's T) beside a central difference of
   * its loss. The weights stay as they are, to the bit. @param parameter an index into the flat vector of parameters.
   */
  gradientCheck(x: Sequences, y: Numbers, parameter: number): GradientCheck;

  /** Keras's table of layers and parameters. */
  summary(): string;
  /** One flat array a tensor. */
  getWeights(): Float32Array[];
  /**
   * Replace the weights: one array a tensor (flat, row-major), or all P numbers in one. The optimizer's state stays.
   */
  setWeights(weights: ReadonlyArray<Numbers> | Numbers): void;
  /** The weights as a safetensors file, with Keras's names and shapes: as they are when this is called, whatever is
   *  done to the model meanwhile.
   *  This and the functions below, which read and write files, are the ones that need the module for files.
   *  @throws RnnError with code LOAD if it cannot be had; the next call tries again. */
  saveWeights(): Promise<Uint8Array>;
  /** The same as an npz file, as numpy.savez writes it. */
  saveNpz(): Promise<Uint8Array>;
  /** What network such a file is of; what it does not say is taken to be the model's. The model stays as it is.
   *  @throws RnnError RNN_ERROR_WEIGHTS with `diagnosis` if it is no such file. */
  weightsConfig(file: Uint8Array): Promise<WeightsConfig>;
  /** Read such a file, or one with the names of Keras's or PyTorch's weights: docs/keras.md. What the file does not say
   *  (an npz of others holds no activation and no loss) is taken to be the model's. The model has its old weights until
   *  the promise is fulfilled.
   *  @throws RnnError RNN_ERROR_WEIGHTS with `diagnosis` if it is no such file, RNN_ERROR_SHAPE if it is one of another
   *  network, DISPOSED if
   *    the model was disposed meanwhile. */
  loadWeights(file: Uint8Array): Promise<void>;

  /**
   * A Python file that builds this network, reads data, weights and validation data from files beside it, says what
   * they give and goes on training with this optimizer. Write the data with writeCsv, the weights with saveNpz or
   * saveWeights.
   */
  continueIn(framework: Framework, options?: ProgramOptions): Promise<string>;

  /** A copy of the whole training state. Going on from it gives the same bits as never having stopped. */
  snapshot(): Uint8Array;
  /** Back to a snapshot of this model, or of one with the same configuration. The bytes may come from anywhere: what is
   *  no snapshot is refused, and the model stays as it is.
   *  @throws RangeError if they are not as many as snapshot() gives,
   *    RnnError RNN_ERROR_SNAPSHOT if the bytes are no snapshot or a damaged one, RNN_ERROR_VERSION if another version
   *    of this
   *    library made it, RNN_ERROR_SHAPE if it is of another configuration. */
  restore(snapshot: Uint8Array): void;

  /** Give back the memory. Every later use throws RnnError with code DISPOSED; disposing again does nothing. */
  dispose(): void;
}
