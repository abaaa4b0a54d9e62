/** The types that all others use: arrays, data sets, how they are read, and the configuration of a model. Letters and errors are as
 * in types.ts. */

/** Any array of numbers: typed or plain. */
export type Numbers = ArrayLike<number>;

/**
 * Sequences (n, T, F): flat and row-major, with n·T·F numbers; or nested [n][T][F]; or, with one feature, nested
 * [n][T].
 */
export type Sequences = Numbers | ReadonlyArray<Numbers> | ReadonlyArray<ReadonlyArray<Numbers>>;

/** One sequence (T, F): flat, with T·F numbers; or nested [T][F]. */
export type Sequence = Numbers | ReadonlyArray<Numbers>;

export interface SequentialConfig {
  /** U, the number of units per layer, 1 to 512. */
  units: number;
  /** T, the number of time steps of a sequence, 1 to 1,000. */
  timesteps: number;
  /** F, the number of features per time step, 1 to 64. Default 1. */
  features?: number;
  /**
   * Default 'simple_rnn'. With 'dense' the network is not recurrent: Dense layers read all T·F numbers of a sequence at once. All
   * its sequences have T time steps, without lengths or first states, and it has no trace, no steps and no cuts.
   */
  cell?: Cell;
  /** For SimpleRNN and dense layers; GRU and LSTM always use tanh. Default 'tanh'. */
  activation?: Activation;
  /** The number of stacked recurrent layers, 1 to 3. Default 1. */
  layers?: number;
  /** true: a readout, and a target, at every time step; false: only at the last. Default false. */
  returnSequences?: boolean;
  /**
   * The loss, which also determines the activation of the Dense readout: sigmoid, softmax, or none. Default
   * 'binary_crossentropy'.
   */
  loss?: Loss;
  /** K, the number of classes for sparse_categorical_crossentropy, 2 to 64. */
  classes?: number;
  /** Default 'glorot_uniform'. */
  kernelInitializer?: Initializer;
  /** Default 'orthogonal'. */
  recurrentInitializer?: Initializer;
  /** Factor of the initial recurrent kernel; of an orthogonal one it is the spectral radius. 0 to 1,000; default 1. */
  recurrentGain?: number;
  /** λ ≥ 0: the loss includes λ Σw² over kernels and recurrent kernels. Default 0. */
  l2?: number;
  /**
   * The run seed, which determines the initial weights and the order of samples. A whole number from 0 to 2^32 - 1;
   * default 42.
   */
  seed?: number;
}

/** Keras's names. TF.js's spelling is accepted, too: 'binaryCrossentropy', 'glorotUniform'. */
export type Activation = 'tanh' | 'relu';
export type Cell = 'simple_rnn' | 'gru' | 'lstm' | 'dense';
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

export interface Dataset {
  /** (n, T, F), flat. */
  x: Float32Array;
  /** (n, R): 0 or 1, a class, or any number, depending on the loss. */
  y: Float32Array;
}

/** Hidden states of n sequences, (n, L, U) each, from the lowest layer up. */
export interface InitialState {
  h: Numbers;
  /** LSTM: the cell states. Default: zeros. */
  c?: Numbers;
}

/** How the sequences of a call are to be read. */
export interface DataOptions {
  /** The length of each sequence of x, 1 to 1,000. Default: the model's timesteps. */
  timesteps?: number;
  /**
   * The number of valid time steps of each sequence, (n). The steps after them are padding, as in Keras with a mask:
   * the state stays as it is, and they count in no loss, metric or gradient. Pad x and y with any valid numbers, such
   * as 0. Default: all time steps are valid.
   */
  lengths?: ArrayLike<number>;
  /** The states before the first time step. Default: zeros. */
  initialState?: InitialState;
}
