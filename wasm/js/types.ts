/**
 * The types of the JavaScript interface. Letters: n samples, T timesteps, F features, U units, G gates of a cell, K
 * outputs, R readouts of a sequence (1, or T with returnSequences), P parameters. Arrays are row-major.
 *
 * All arrays that you pass or get are copied; lists and other objects that you get are copies or frozen. A wrong
 * argument throws TypeError (the wrong type) or RangeError (a number, a length or a shape that does not fit) before
 * anything happens. Errors of the core are RnnErrors. After an error nothing is lost: the model is unchanged and can be
 * used again. If a function returns a promise, these errors reject it. Its arguments are copied before the function
 * returns, so you may change them afterwards.
 */

import type {
  Activation,
  Cell,
  DataOptions,
  Dataset,
  InitialState,
  Loss,
  Numbers,
  Optimizer,
  Sequence,
  Sequences,
  SequentialConfig,
} from './config-types.ts';
import type {
  ReadTableOptions,
  SeriesNote,
  Table,
  TableDescription,
  TimeSeries,
  WindowOptions,
  Windows,
} from './series-types.ts';
import type {
  Ngrams,
  NgramsOptions,
  ReadText,
  ReadTextOptions,
  TextSequences,
  TextSequencesOptions,
  TokenData,
  Vocabulary,
} from './text-types.ts';
import type {
  Backward,
  BackwardOptions,
  Contribution,
  EvaluateOptions,
  GradientCheck,
  Terms,
  TermsOptions,
  Trace,
  TraceOptions,
} from './trace-types.ts';

export type * from './config-types.ts';
export type * from './series-types.ts';
export type * from './text-types.ts';
export type * from './trace-types.ts';

export interface LoadOptions {
  /** Which module to use. 'auto', the default, uses SIMD if the engine supports it. Both give the same bits. */
  wasm?: 'auto' | 'simd' | 'scalar';
  /**
   * The address of the modules: a folder (ends in /) with unrolled.simd.wasm, unrolled.scalar.wasm, files.wasm and
   * data.wasm, or the address of one of the first two, with the others in the same folder. Default: the folder of this
   * script. In Node it is a file: URL or a path.
   */
  url?: string | URL;
  /** The bytes of the network's module. Then it is not fetched. */
  bytes?: BufferSource;
  /**
   * The address of the module that reads and writes weights and programs: files.wasm, under any name that a bundler gives it, or a
   * folder (ends in /) that contains files.wasm. Default: with `url` the folder of the network's module, otherwise the
   * folder of this script. In Node it is a file: URL or a path.
   */
  filesUrl?: string | URL;
  /**
   * The bytes of files.wasm, the module that reads and writes weights and programs. Without them the module is fetched from the folder
   * of the network's module when a file is first read or written. If you pass only `bytes`, that folder is unknown, so
   * pass filesBytes, filesUrl or url as well if you need files.
   */
  filesBytes?: BufferSource;
  /** The address of data.wasm, the module that reads and prepares data; it has the same forms as filesUrl. */
  dataUrl?: string | URL;
  /** The bytes of data.wasm; see filesBytes. */
  dataBytes?: BufferSource;
}

export interface Range {
  readonly minimum: number;
  readonly maximum: number;
  /** Whole numbers only. */
  readonly whole: boolean;
  /** The maximum itself is out of range. */
  readonly openEnd: boolean;
}

export interface GenerateOptions {
  /**
   * 0: always the most probable token. Otherwise token k is drawn with a probability proportional to p_k^(1 /
   * temperature), where p is the prediction. Default 1.
   */
  temperature?: number;
  /** Draw among this many most probable tokens; 0: among all. Default 0. */
  topK?: number;
  /** The n-th draw depends only on (seed, n) and the probabilities. Default 42. */
  seed?: number;
  /** The largest number of tokens to generate. Default 20. */
  tokens?: number;
  /** End after this token. */
  stop?: number;
  /** Report this many most probable tokens of each step, 0 ... K. Default 0. */
  best?: number;
}

export interface Generated {
  /** The generated tokens, without the prompt. */
  tokens: Uint32Array;
  /** For each generated token the tokens that were most probable there, and their probabilities. */
  best: { tokens: Uint32Array; probabilities: Float32Array }[];
}

/** The names of numbers that have a range. */
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
  | 'epsilon'
  | 'temperature';

/** The description of a task, in sentences. */
export interface TaskText {
  /** The question about a sequence. */
  readonly text: string;
  /** What a network must do to solve it. */
  readonly solution: string;
  /** The sequences for which `taskTargets` has no rule. Missing if there are none. */
  readonly scope?: string;
}

export interface Task {
  readonly name: string;
  /** The names of the features, for example the words of a vocabulary. Missing if the features are numbers. */
  readonly tokens?: readonly string[];
  /** Accuracy of guessing any class, or mean squared error of always predicting the mean. */
  readonly chance: number;
  /** The fewest time steps for which the task is defined. */
  readonly leastTimesteps: number;
  /** The features of its sequences, and the options of a model for it. */
  readonly features: number;
  readonly loss: Loss;
  readonly classes?: number;
  readonly returnSequences?: boolean;
}

export interface TaskOptions {
  /** n, the number of sequences. */
  samples: number;
  /** T, the number of time steps. */
  timesteps: number;
  /** Default 42. */
  dataSeed?: number;
  /** The number of the first sample. Default 0; use `newSample` for sequences that are in no training set. */
  firstSample?: number;
  /**
   * Ask at every time step: y is (n, T), and a task with one answer repeats it for each step. Default: as the task does.
   */
  returnSequences?: boolean;
}

export interface CsvDataset extends Dataset {
  samples: number;
  timesteps: number;
  features: number;
  /** Present if every time step has a target. */
  returnSequences?: boolean;
  /**
   * The number of time steps of each sequence, present if some end early. You can pass them on to fit, evaluate and predict. After
   * its end a sequence has zeros in x, and in y if every time step has a target.
   */
  lengths?: Uint32Array;
  /**
   * Sentences about how the text was read where it differs from the form that `writeCsv` writes, and about unusual numbers, such as
   * a column that is always the same. Empty if there is nothing to say.
   */
  notes: string[];
}

export interface ReadCsvOptions {
  /** Determines which targets are valid. Default 'binary_crossentropy': 0 and 1. */
  loss?: Loss;
  /** K. By default any class is valid. */
  classes?: number;
}

export interface WriteCsvData {
  x: Sequences;
  y: Numbers;
  timesteps: number;
  /** Default 1. */
  features?: number;
  /** Does y have a target for every time step? Default false. */
  returnSequences?: boolean;
  /** The number of time steps of each sequence. Its fields after them stay empty. Default: all have T. */
  lengths?: ArrayLike<number>;
  /** n; optional, as are the notes, so that the result of readCsv can be passed as it is. */
  samples?: number;
  notes?: readonly string[];
}

/** Rows of numbers, x (n, columns), and for each row the value that they may reveal, y (n). */
export interface ProbeRows {
  x: Numbers;
  y: Numbers;
}

export interface LinearProbe {
  /**
   * On the measured rows: 1 if the function gives the values exactly, 0 if it is no better than their mean, below 0 if it is worse.
   */
  r2: number;
  /** One for each column. */
  weights: Float64Array;
  bias: number;
}

export interface AnswersByStepOptions {
  /** T of the predictions. */
  timesteps: number;
  /** K of the network, by default 1. */
  outputs?: number;
  /** How many time steps of each sequence are valid. Padding does not count. */
  lengths?: ReadonlyArray<number> | Uint32Array;
  /**
   * Some of the classes. Only targets among these count, and the answer is the most probable of these. For example, with the forms
   * of a verb you get the accuracy at the verb of each sentence.
   */
  among?: ReadonlyArray<number> | Uint32Array;
}

/** The accuracy at time step t is right[t - 1] / readouts[t - 1]. */
export interface AnswersByStep {
  /** (T): how many readouts count at each time step. */
  readouts: Uint32Array;
  /** (T): how many of these are right. */
  right: Uint32Array;
}

/** One loaded module with its own memory. */
export interface Unrolled {
  /** Is this the module with SIMD? */
  readonly simd: boolean;
  readonly activations: readonly string[];
  readonly cells: readonly string[];
  readonly initializers: readonly string[];
  readonly losses: readonly string[];
  readonly optimizers: readonly string[];
  readonly tasks: readonly Task[];
  /**
   * The descriptions of all tasks, by name.
   * @throws RnnError with code LOAD if data.wasm cannot be loaded.
   */
  taskTexts(): Promise<Readonly<Record<string, TaskText>>>;
  readonly ranges: Readonly<Record<Quantity, Range>>;
  /** The number of the first sample to use as new data: beyond any training set. */
  readonly newSample: number;
  /** The present size of the modules' memory. It grows when models and data need it, and is reused after dispose. */
  readonly memoryBytes: number;

  /**
   * A new model: 1 to 3 recurrent layers and a Dense readout, with initial weights from the seed, and Adam with its
   * defaults.
   * @throws RangeError naming the number that is out of range.
   * @throws RnnError with code RNN_ERROR_TOO_LARGE and the size, if it would need more than 1 GiB.
   */
  sequential(config: SequentialConfig): Sequential;

  /**
   * Trains the same network on the same data once for each of several consecutive run seeds. Each run is, bit by bit,
   * that of a separate model with that seed, compiled and fitted. Later changes to config, data and options have no
   * effect. A run that diverges is counted; the promise is still fulfilled.
   * @param x (n, T, F).
   * @param y (n, R).
   */
  seeds(config: SequentialConfig, x: Sequences, y: Numbers, options?: SeedsOptions): Promise<Seeds>;

  /**
   * Generates samples of a task: x (n, T, F), y (n, R). With more samples or timesteps the earlier values stay the
   * same.
   */
  task(name: string, options: TaskOptions): Dataset;
  /**
   * The targets (R) that the rule of a task gives to any sequence. For a generated sequence they have the same bits as those of
   * `task`. Returns undefined if there is no rule for this sequence; the task's `scope` explains when.
   * @param x (T, F), any finite numbers, flat or as an array of T rows.
   */
  taskTargets(name: string, x: Sequence): Float32Array | undefined;

  /**
   * Describes a table of a time series, so that columns can be chosen for `readTable`.
   * @param text A text, or the bytes of a file, which may also be in UTF-16.
   * @throws as `readTable` does.
   */
  describeTable(text: string | Uint8Array): Promise<TableDescription>;
  /**
   * Reads a table of a time series: a first line with names, then one line for each time. A column of dates is recognized;
   * columns of words are left out.
   * @param text A text, or the bytes of a file, which may also be in UTF-16.
   * @throws RnnError with code RNN_ERROR_CSV and the line and column; with code LOAD if data.wasm cannot be loaded.
   */
  readTable(text: string | Uint8Array, options?: ReadTableOptions): Promise<Table>;
  /**
   * Windows of a time series to train and to test on, standardized, with baselines to compare a network with.
   * @throws RangeError naming the column, the part or the number that does not fit.
   * @throws RnnError with code LOAD if data.wasm cannot be loaded.
   */
  windows(series: TimeSeries, options: WindowOptions): Promise<Windows>;

  /**
   * Reads a text as tokens, with a vocabulary of its own or a given one.
   * @param text A text, or the bytes of a file in UTF-8.
   * @throws RnnError with code RNN_ERROR_TEXT and a diagnosis: a control character, bytes that are not UTF-8, a text
   * without a token, or a token that is not in a vocabulary without an unknown one; with code LOAD if data.wasm cannot be
   * loaded, as for the following three functions.
   */
  readText(text: string | Uint8Array, options?: ReadTextOptions): Promise<ReadText>;
  /** The text of tokens. Reading it with the same vocabulary gives the same tokens, unless one of them is unknown. */
  writeText(vocabulary: Vocabulary, tokens: ReadonlyArray<number> | Uint32Array): Promise<string>;
  /**
   * Sequences of a text to train on. The targets are the next tokens.
   * @throws RangeError if the text has none.
   */
  textSequences(
    text: Pick<ReadText, 'vocabulary' | 'tokens' | 'marks'>,
    options?: TextSequencesOptions,
  ): Promise<TextSequences>;
  /**
   * Predictions by counting how often each token followed each context in the training data. They are the baseline for a network
   * that predicts the next token.
   */
  ngrams(training: TokenData, options?: NgramsOptions): Promise<Ngrams>;
  /**
   * A linear probe (Alain & Bengio 2016): how well a linear function of some numbers, such as a hidden state, gives a value, such
   * as an earlier input. The function is fitted to `training` by least squares in double, and measured on rows that it has not
   * seen.
   * @throws RangeError if the rows of x do not all have the same number of columns, or if a number is not finite.
   */
  linearProbe(training: ProbeRows, measured: ProbeRows): Promise<LinearProbe>;

  /**
   * The range of accuracies in which pure guessing lands at least 95 times out of 100, if n labels are guessed by coin
   * toss.
   */
  chanceBand(n: number): { low: number; high: number };
  /**
   * The loss that suits some targets (or checks the one given), the number of classes, and the baseline: the accuracy
   * of always predicting the most common target, or for numbers the mean squared error of always predicting the mean.
   * @throws RangeError if the targets are not valid for the given loss.
   */
  targets(y: Numbers, loss?: Loss): { loss: Loss; classes?: number; guess: number };
  /**
   * Turns n predictions of predict (n, K) with a crossentropy into classes: p > 0.5 with one output, otherwise the most
   * probable one. `right` is 1 where the class is the target.
   */
  answers(predictions: Numbers, y: Numbers, outputs?: number): { classes: Uint32Array; right: Uint32Array };
  /**
   * How many answers are right at each time step, of predictions (n, T, K) of a network that answers with a class at
   * every step. y is (n, T).
   */
  answersByStep(predictions: Numbers, y: Numbers, options: AnswersByStepOptions): Promise<AnswersByStep>;
  /**
   * A hash that identifies a data set by its extents and bits: 16 hexadecimal digits (FNV-1a). It is not cryptographic.
   */
  hash(data: WriteCsvData): string;
  /** The share of the more common label, which is the accuracy of always predicting it. */
  majorityShare(y: Numbers): number;
  /** The q-quantile of values, q in [0, 1], interpolated linearly as in numpy. */
  quantile(values: Numbers, q: number): number;
  /**
   * The smallest and the largest number of each column. The default is one column; for x (n, T, F), pass F to get the
   * range of each feature.
   */
  columnRanges(values: Numbers, columns?: number): [low: number, high: number][];

  /**
   * Reads a data set as CSV: a header y,x1,…,xT (y,x1_1,…,xT_F with more features; y1,…,yT,x1,… with a target at every
   * step), then one sequence per line. A text of Excel, LibreOffice, R or pandas is read, too, where its meaning is
   * certain: with semicolons or tabs, decimal commas, quotes, y as the last column, or the labels −1 and 1. A
   * sequence may end early if y comes first: the fields after its last time step are then empty or left out. text: a string, or the bytes of a file in UTF-8 or UTF-16.
   * @throws RnnError RNN_ERROR_CSV with `diagnosis`: line, column and what was expected there; LOAD if data.wasm
   * cannot be loaded.
   */
  readCsv(text: string | Uint8Array, options?: ReadCsvOptions): Promise<CsvDataset>;
  /** Writes a data set as CSV, with the fewest digits that read back to the same bits. */
  writeCsv(data: WriteCsvData): Promise<string>;
}

/** The network of a file of weights. */
export interface WeightsConfig {
  cell: Cell;
  /** L, the number of recurrent layers. */
  layers: number;
  /** U, the number of units per layer. */
  units: number;
  /** F, the number of features. */
  features: number;
  /** T, the number of time steps. Only files of a dense network have it, because there it shapes the first kernel. */
  timesteps?: number;
  /** For SimpleRNN and dense layers. */
  activation: Activation;
  loss: Loss;
  /** K, the number of outputs. */
  outputs: number;
  returnSequences: boolean;
}

/** Notes that belong to the weights of a network. A file of weights keeps them, and the command reads them, too. */
export interface WeightsNotes {
  /** The vocabulary of the texts on which the network was trained. */
  readonly vocabulary?: Vocabulary;
  /** The windows of a time series: the `note` that `windows` returns. */
  readonly series?: SeriesNote;
}

export interface CompileOptions {
  /** Default 'adam'. */
  optimizer?: Optimizer;
  /** May be given as in Keras; must be the model's loss. */
  loss?: Loss;
  /** May be given as in Keras; must be the model's metric. */
  metrics?: readonly string[];
  /** Finite and ≥ 0. Default 0.001. */
  learningRate?: number;
  /** For Adam, in [0, 1). Default 0.9. */
  beta1?: number;
  /** For Adam, in [0, 1). Default 0.999. */
  beta2?: number;
  /** For Adam and RMSprop, finite and ≥ 0. Default 1e-7. */
  epsilon?: number;
  /** For RMSprop, in [0, 1). Default 0.9. */
  rho?: number;
  /** For SGD and RMSprop, in [0, 1). Default 0. */
  momentum?: number;
  /** For SGD. Default false. */
  nesterov?: boolean;
  /**
   * Gradient clipping by norm: if the norm of the gradient over all weights is larger than this, it is scaled down to
   * it. Default 0: no clipping.
   */
  globalClipnorm?: number;
  /**
   * Gradient clipping by value: each number of the gradient is limited to -clipvalue … clipvalue. Default 0: no
   * clipping. It excludes globalClipnorm.
   */
  clipvalue?: number;
}

export interface TrainingOptions {
  /** The number of epochs to train now, 1 to 100,000. Default 10. */
  epochs?: number;
  /** The batch size, 1 to 1,024. Default 32. The last batch of an epoch may be smaller. */
  batchSize?: number;
  /** A new order of samples in each epoch, determined by (seed, epoch). Default true. */
  shuffle?: boolean;
  /** In [0, 1): the last n - ⌊n(1 - split)⌋ samples are not trained on, but evaluated after each epoch. Default 0. */
  validationSplit?: number;
  /** Data to evaluate after each epoch. As in Keras they take precedence over validationSplit. */
  validationData?:
    | readonly [Sequences, Numbers]
    | readonly [Sequences, Numbers, ArrayLike<number>]
    | { x: Sequences; y: Numbers; lengths?: ArrayLike<number> };
  /** The number of valid time steps of each sequence, as in DataOptions. Default: all are valid. */
  lengths?: ArrayLike<number>;
  /**
   * As in Keras: validate only after epochs n, 2n, … of this fit. The history's val_ lists contain only these epochs. 1
   * to 100,000. Default 1. A validation loss that is not finite ends training as diverged, but is only noticed after an
   * epoch that is validated.
   */
  validationFreq?: number;
  /**
   * The learning rate of each epoch of this fit, as Keras's LearningRateScheduler sets it; the last one stays for all
   * epochs after it. Afterwards it is the model's learning rate. At most one for each epoch.
   */
  learningRates?: Numbers;
  /** Stop when training no longer helps. Default: train all epochs. */
  earlyStopping?: EarlyStopping;
}

/** Early stopping, with the rules and defaults of Keras's EarlyStopping. */
export interface EarlyStopping {
  /** 'loss', 'val_loss', or the model's metric: 'accuracy', 'val_accuracy' … Default 'val_loss'. */
  monitor?: keyof Logs;
  /** Stop after this many epochs in a row without improvement. Epochs without a validation do not count. Default 0. */
  patience?: number;
  /** A change of at most this is no improvement. Finite and ≥ 0. Default 0. */
  minDelta?: number;
  /** End with the weights after the best epoch, also if all epochs were trained. Default false. */
  restoreBestWeights?: boolean;
}

/**
 * Loss and metric of one epoch. Those of training are averages while the weights change; those of validation are
 * measured afterwards.
 */
export interface Logs {
  loss: number;
  /** With a crossentropy. */
  accuracy?: number;
  val_loss?: number;
  val_accuracy?: number;
  /** With mean_squared_error, instead of accuracy. */
  mean_absolute_error?: number;
  val_mean_absolute_error?: number;
}

/** Loss and metric, with Keras's names. */
export type Metrics = Pick<Logs, 'loss' | 'accuracy' | 'mean_absolute_error'>;

export interface FitOptions extends TrainingOptions {
  /**
   * Called after each epoch (counted from 0, as in Keras). If it returns a promise, fit waits for it and then lets the
   * event loop turn once, so that a page can draw and a worker can receive messages; otherwise fit continues at once.
   * Return false (or a promise of false), or set `model.stopTraining = true`, to stop after this epoch. If it throws,
   * the fit is rejected; the epochs completed so far stay.
   */
  onEpochEnd?: (epoch: number, logs: Logs) => unknown;
}

/**
 * Where training produced a loss or a weight that is not finite: the epoch of this fit and the batch of that epoch,
 * both counted from 1.
 */
export interface Divergence {
  /** A batch's loss, before its update; or a weight or the validation loss, after the epoch's last update. */
  what: 'loss' | 'weight' | 'validation loss';
  epoch: number;
  batch: number;
}

/** The completed epochs, in order, with Keras's names. */
export interface History {
  loss: number[];
  /** With a crossentropy. */
  accuracy?: number[];
  /**
   * With validation data: one number for each epoch that was validated. Empty if none was; Keras has no such list then.
   */
  val_loss?: number[];
  val_accuracy?: number[];
  /** With mean_squared_error, instead of accuracy. */
  mean_absolute_error?: number[];
  val_mean_absolute_error?: number[];
  /** Present if training stopped because it diverged. */
  diverged?: Divergence;
}

export type Framework = 'keras' | 'pytorch';

/** The files that an exported Python program reads, by name without a folder, and its training options. */
export interface ProgramOptions {
  /** Default: data.csv. */
  data?: string;
  /** npz if the name ends so, otherwise safetensors. Default: weights.npz. */
  weights?: string;
  /** Default: none. It excludes validationSplit. */
  validationData?: string;
  /** The share of the data, at their end, to validate with. Default 0: none. */
  validationSplit?: number;
  /** Default 10. */
  epochs?: number;
  /** Default 32. */
  batchSize?: number;
  /** Default true. */
  shuffle?: boolean;
  /** Validate only after epochs n, 2n, … Default 1: after each. */
  validationFreq?: number;
  /**
   * The distance from one window to the next, in rows of a time series or tokens of a text. With the loss
   * sparse_categorical_crossentropy, data and validationData are texts in UTF-8, and the program reads them with the vocabulary in
   * the file of weights. With another loss, data and validationData are tables, and the program cuts the same windows from them as
   * `windows`, as the note in the file of weights says (saveWeights and saveNpz). A table is a CSV with a header. Its first column
   * is the time, and its last column counts the steps since the first time. Between them are at least the columns of the note,
   * without missing values. It excludes validationSplit. Default: data and validationData are data sets.
   */
  stride?: number;
  /**
   * True: sequences of the data sets may end early, as those that `writeCsv` writes with lengths. It excludes stride.
   * Default false.
   */
  masks?: boolean;
}

export interface SeedsOptions extends TrainingOptions {
  /** The number of runs, 1 to 100,000. Default 100. */
  runs?: number;
  /** Default: the seed of config. The last seed, firstSeed + runs − 1, is at most 2^32 − 1. */
  firstSeed?: number;
  /** The options of compile. Default: Adam with its defaults. */
  compile?: CompileOptions;
  /**
   * Called after each run (counted from 0) with a copy of its history. If it returns a promise, seeds waits for it and
   * then lets the event loop turn once. Return false (or a promise of false) to stop after this run. If it throws, the
   * promise is rejected.
   */
  onRunEnd?: (run: number, history: History) => unknown;
}

/** The results of many runs. */
export interface Seeds {
  /**
   * The histories of the completed runs, in the order of their seeds. Those that diverged have `diverged` and fewer
   * epochs.
   */
  histories: History[];
  /** The number of runs that diverged. */
  diverged: number;
  /**
   * One number per epoch: the q-quantile, q in [0, 1], of one column of the histories over the runs that did not
   * diverge. Empty if all did.
   * @throws RangeError if the histories have no such column: val_… without validation data.
   */
  quantile(name: Exclude<keyof History, 'diverged'>, q: number): number[];
}

export interface Progress {
  /** Completed epochs of this training. */
  epoch: number;
  /** Completed batches of the current epoch. */
  batch: number;
  /** Batches per epoch. */
  batches: number;
  /** Updates in this training. */
  updates: number;
  /** Is training over? Either all epochs are completed, or it stopped early, or it diverged. */
  done: boolean;
  /** With earlyStopping: the best epoch so far, counted from 1. */
  bestEpoch?: number;
  /** Mean over the current epoch's samples so far; 0 before the first. */
  loss: number;
  /** Accuracy or mean absolute error. */
  metric: number;
  /** Of the latest batch, before its update; 0 if there was none in this call. */
  batchLoss: number;
  batchMetric: number;
  /** metric and batchMetric by name, if they are accuracies. */
  accuracy?: number;
  batchAccuracy?: number;
  diverged?: Divergence;
}

/** A fit in portions, for training step by step. Portions of any size give the same bits as one fit. */
export interface Training {
  /**
   * Does up to this many updates (0 is allowed; default: all that are left). If you restore the model to a snapshot
   * from an earlier point of this training, advance repeats the training from there.
   * @throws RnnError with code ENDED after dispose, or if another fit of this model has begun.
   */
  advance(updates?: number): Progress;
  /**
   * The indexes of the training sequences in the next update, in order. After the last epoch it is the batch with which
   * one more would begin. Empty if the weights are not finite at the end of an epoch.
   */
  nextBatch(): Uint32Array;
  /** A copy of the history at the latest advance. It stays readable after dispose. */
  readonly history: History;
  /** Frees its memory. */
  dispose(): void;
}

export interface Tensor {
  /**
   * Keras's name: gru/kernel, gru/recurrent_kernel, gru/bias, gru_1/kernel in the next layer, …, dense/kernel,
   * dense/bias; in a dense network dense/kernel, dense/bias, dense_1/kernel, …
   */
  readonly name: string;
  readonly shape: readonly number[];
  /** Its position in the flat vector of parameters, and its number of elements. */
  readonly offset: number;
  readonly count: number;
}

/** A recurrent network: 1 to 3 recurrent layers of U units and a Dense(K) readout. With the cell 'dense' the layers are Dense
 * instead. */
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
  /** K, the number of outputs. */
  readonly outputs: number;
  readonly seed: number;
  readonly learningRate: number;
  /** The weight tensors, in the order of getWeights. */
  readonly tensors: readonly Tensor[];
  /** P, the number of parameters, as Keras's count_params(). */
  readonly parameterCount: number;
  /**
   * Updates done and epochs completed since the weights were initialized, and samples processed in the current epoch.
   */
  readonly counters: { updates: number; epochs: number; position: number };
  /**
   * Set this to true in onEpochEnd to stop the fit after this epoch. Only true and false are accepted. Each fit begins
   * with false.
   */
  stopTraining: boolean;

  /**
   * Replaces the optimizer, whose moments begin at zero; the weights stay. A model that was never compiled has Adam
   * with its defaults.
   */
  compile(options?: CompileOptions): void;
  /** Changes only the learning rate; the optimizer's moments stay. */
  setLearningRate(rate: number): void;

  /**
   * Trains the model. Two fits of 5 epochs equal one of 10. If training diverges, the promise is fulfilled with the
   * completed epochs and `history.diverged`.
   * @param x (n, T, F).
   * @param y (n, R): 0 or 1, a class, or any number, depending on the loss.
   */
  fit(x: Sequences, y: Numbers, options?: FitOptions): Promise<History>;
  /**
   * The same in portions, synchronously. A model has only one training at a time: a new one, or a fit, ends the
   * previous one.
   */
  training(x: Sequences, y: Numbers, options?: TrainingOptions): Training;
  /** Loss and metric with the present weights. Accuracy counts p > 0.5, or the most probable class. */
  evaluate(x: Sequences, y: Numbers, options?: EvaluateOptions): Metrics;
  /**
   * The predictions for all sequences, (n, R, K): probabilities, or with mean_squared_error the value itself. At
   * padding the prediction of the last valid step is repeated.
   */
  predict(x: Sequences, options?: EvaluateOptions): Float32Array;
  /**
   * The confusion matrix (C, C), where C is K, or 2 for K = 1: in row i and column j, how often class j was predicted
   * for target i.
   * @throws RnnError with mean_squared_error.
   */
  confusion(x: Sequences, y: Numbers, options?: EvaluateOptions): Uint32Array;

  /**
   * Processes one time step: a number, or F numbers. The state stays in the model; after T steps the prediction is that
   * of predict, bit by bit. h is (L, U), from the lowest layer up. logit and probability are those of the first output;
   * logits and predictions (K) contain all.
   */
  step(x: number | Numbers): {
    h: Float32Array;
    logit: number;
    probability: number;
    logits: Float32Array;
    predictions: Float32Array;
  };
  /** Sets the state to zeros, or to `state` of one sequence, (L, U) each. Call this before each sequence. */
  resetStates(state?: InitialState): void;
  /**
   * Reads a prompt from h_0 = 0 on, then generates tokens: each is chosen from the latest prediction, and is then read as the next
   * input. A token is a class, 0 ... K − 1; as an input it is one-hot (F = K) or the number token / (K − 1) (F = 1). Afterwards the
   * state is the one that made the last prediction.
   * @throws RnnError if the loss is not sparse_categorical_crossentropy or F is neither K nor 1, or if a logit is not
   * finite.
   */
  generate(prompt: readonly number[] | Uint32Array, options?: GenerateOptions): Generated;

  /**
   * Forecasts a series of one quantity `steps` values ahead: each forecast is fed back as the newest value of the
   * window. The first forecast is that of `predict` for x, bit by bit.
   * @param x the latest window (T), scaled as in training. `undo` of its `windows` gives the forecasts in their unit.
   * @throws RnnError RNN_ERROR_SHAPE if the network has more than one feature or another loss than mean_squared_error,
   * RNN_ERROR_DATA if a forecast is not finite.
   */
  roll(x: Sequence, steps: number): Float32Array;

  /**
   * Every intermediate number of one sequence of 1 to 1,000 timesteps (which need not be the model's T), forward and
   * backward.
   * @param y the target, or the targets (R).
   */
  trace(x: Sequence, y?: number | Numbers, options?: TraceOptions): Trace;
  /**
   * The contribution of time step t (1 … T) of a trace to the gradients of a layer (0 is the lowest). The sum over all
   * t is the sequence's gradient.
   */
  contribution(trace: Trace, t: number, layer?: number): Contribution;
  /**
   * The terms that are added up in one unit (0 … U − 1) at time step t (1 … T) of a trace. At t = 1, and where the
   * trace's cut removes them, there are no terms for states.
   * @throws RangeError if the trace was made with other weights than the model has now.
   */
  terms(trace: Trace, t: number, unit: number, options?: TermsOptions): Terms;
  /**
   * The activation function of a gate (0 … G − 1; for an LSTM, G is the tanh of its cell state) for each number, with
   * the code of the forward pass.
   */
  activate(z: Numbers, gate?: number): Float32Array;
  /**
   * Loss, metric and the gradient of the mean loss over one batch (at most 1,024 sequences). It is the gradient of an
   * update before clipping: one array per tensor.
   */
  gradient(x: Sequences, y: Numbers, options?: DataOptions): Metrics & { gradient: Float32Array[] };
  /**
   * Backpropagation through one layer, for one sequence or as the mean over at most 1,024.
   * @throws RnnError with code RNN_ERROR_TOO_LARGE if all the terms would need more than 1 GiB.
   */
  backward(x: Sequences, y: Numbers, options?: BackwardOptions): Backward;
  /**
   * Compares one number of the gradient of one batch (at most 1,024 sequences) with a central
   * difference of its loss. Afterwards the weights are as before, bit by bit.
   * @param parameter an index into the flat vector of parameters.
   */
  gradientCheck(x: Sequences, y: Numbers, parameter: number, options?: DataOptions): GradientCheck;

  /** Keras's summary: a table of layers and parameters. */
  summary(): string;
  /** One flat array per tensor. */
  getWeights(): Float32Array[];
  /**
   * Replaces the weights: one array per tensor (flat, row-major), or all P numbers in one array. The optimizer's state
   * stays.
   */
  setWeights(weights: ReadonlyArray<Numbers> | Numbers): void;
  /**
   * The weights as a safetensors file, with Keras's names and shapes. The file has the weights at the time of the call,
   * even if the model changes before the promise is fulfilled. This function and the following ones, which read and
   * write files, need the module for files.
   * @param notes What else the file keeps. Default: `notes`.
   * @throws RangeError if the notes do not suit the network.
   * @throws RnnError with code LOAD if the module for files cannot be loaded; the next call tries again.
   */
  saveWeights(notes?: WeightsNotes): Promise<Uint8Array>;
  /** The same as an npz file, in the form of numpy.savez. */
  saveNpz(notes?: WeightsNotes): Promise<Uint8Array>;
  /** The notes of the file that was loaded last. */
  readonly notes: WeightsNotes;
  /**
   * The network of such a file. Properties that are not in the file are taken from the model, which stays as it is.
   * @throws RnnError RNN_ERROR_WEIGHTS with `diagnosis` if it is not such a file.
   */
  weightsConfig(file: Uint8Array): Promise<WeightsConfig>;
  /**
   * Reads such a file, or one with the weights of Keras or PyTorch: docs/keras.md. Properties that are not in the file
   * (an npz file of another program has no activation and no loss) are taken from the model. The model has its old weights until
   * the promise is fulfilled.
   * @throws RnnError RNN_ERROR_WEIGHTS with `diagnosis` if it is not such a file, RNN_ERROR_SHAPE if it is from another
   * network, DISPOSED if the model was disposed in the meantime.
   * @returns The notes of the file, which are then also in `notes`.
   */
  loadWeights(file: Uint8Array): Promise<WeightsNotes>;

  /**
   * A Python file that builds this network, reads data, weights and validation data from files in its folder, evaluates the network
   * and continues training with this optimizer. Write the data with writeCsv, and the weights with saveNpz or saveWeights.
   */
  continueIn(framework: Framework, options?: ProgramOptions): Promise<string>;

  /**
   * A copy of the whole training state. Training that continues from it gives the same bits as training without
   * interruption.
   */
  snapshot(): Uint8Array;
  /**
   * Restores a snapshot of this model, or of one with the same configuration. The bytes may come from anywhere: if they
   * are not a valid snapshot, an error is thrown and the model stays as it is.
   * @throws RangeError if the length is not that of snapshot(), RnnError RNN_ERROR_SNAPSHOT if the bytes are not a snapshot or the
   * snapshot is damaged, RNN_ERROR_VERSION if another version of this library made it, RNN_ERROR_SHAPE if it is of another
   * configuration.
   */
  restore(snapshot: Uint8Array): void;

  /** Frees the memory. Every later use throws RnnError with code DISPOSED; disposing again does nothing. */
  dispose(): void;
}
