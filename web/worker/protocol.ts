/**
 * The messages between page and worker. Each kind of work is a lane, in which the newest request wins. A page with
 * several networks has one set of lanes for each, by the name of its run.
 */

import type {
  Backward,
  Baseline,
  Divergence,
  Metrics,
  Framework,
  GradientCheck,
  History,
  Loss,
  Progress,
  TableColumn,
  Tensor,
  Trace as EngineTrace,
} from '../../wasm/js/types.ts';
import type { Diagnosis } from '../../wasm/js/errors.ts';
import type { Arithmetic } from '../figures/arithmetic/numbers.ts';
import type { DescribedTask, Labels, Quantity } from '../shared/shared-sentences.ts';
import type { Continuation } from '../figures/next-words/continuation.ts';
import type { Facts } from '../figures/predict/facts.ts';
import type { QuestionName } from '../figures/predict/question.ts';
import type { Reading, TimedReading } from '../figures/timing/readings.ts';
import type { Pause } from './trainer.ts';
import type { DATA } from '../state/config.ts';
import type { Config, LOADED, MomentConfig, State } from '../state/state.ts';

/** The number of new sequences that a run is measured on, and never trained on. */
export const FRESH = 1000;

export interface Quantiles {
  low: number[];
  median: number[];
  high: number[];
}

/** By metric of the history and by epoch, over seeds. */
export type Bands = Record<'loss' | 'accuracy' | 'val_loss' | 'val_accuracy', Quantiles>;

export interface Run {
  /** Its val_ lists hold the values after epochs `every`, 2 `every`, …. */
  history: History;
  every: number;
  /** `updates`: of the whole run, or up to its divergence. `batches`: of an epoch. */
  updates: number;
  batches: number;
  parameters: number;
  diverged: Divergence | undefined;
  /** One value for each update, measured on its batch before the update. */
  batchLoss: Float64Array;
  batchMetric: Float64Array;
  /** On the training data at the end; undefined if the run diverged. */
  evaluation: Metrics | undefined;
  /** The time of training and measuring in the worker, the last time that the run was trained. */
  milliseconds: number;
  /** How often the run was trained: 2 once it was timed again. */
  trainings: number;
}

/**
 * The offer of a run that is too long to begin without a click: its duration in milliseconds, and the last update that
 * can be shown without training it.
 */
export interface Offer {
  offer: number;
  reach: number;
}

/**
 * The work that an answer may take, in multiply-adds (`work-estimate.ts`); default: unlimited. A run that takes more is
 * only offered: its moments up to the offer's reach can be shown, and requests for later ones get update 0.
 */
export interface WorkLimit {
  within?: number;
}

export interface SeedRun {
  seed: number;
  /** The metric on the training data, by epoch. */
  values: number[];
  /** On new sequences at the end; undefined if the run diverged. */
  final: number | undefined;
}

/** The smallest and the largest x of each feature. */
export type Ranges = readonly (readonly [low: number, high: number])[];

/** The network at one moment, and its trace of one sequence. */
export interface Moment {
  at: number;
  /** Completed epochs, and completed batches of the epoch under way. */
  epoch: number;
  batch: number;
  /** Measured with the weights of the moment: on the training sequences, and on the new or validation sequences. */
  training: Metrics;
  judging: Metrics | undefined;
  /** Sentences that compare it with a simple guess on the new or validation sequences; empty for the core's tasks. */
  comparison: string;
  /** Of all sequences, with shape (n, R, K). */
  predictions: Float32Array;
  /** For a crossentropy: the predicted classes, and 1 where the prediction is right. */
  answers: { classes: Uint32Array; right: Uint32Array } | undefined;
  /** Its loss and gradients are NaN if the sequence has no target. */
  trace: EngineTrace;
  labels: Labels;
  /** `original`: x before the what-if changes. `ranges`: over all data. */
  original: Float32Array;
  /** The top layer's h and the answers without the what-if changes of inputs and weights. */
  unchanged: { h: Float32Array; prediction: Float32Array };
  ranges: Ranges;
  /**
   * `parameters`: P numbers, with what-if changes. `trained`: without them. `tensors`: where each tensor lies in them.
   */
  parameters: Float32Array;
  trained: Float32Array;
  /** The hash of the weights that were loaded from a file; empty if they are the training's own. */
  file: string;
  tensors: readonly Tensor[];
}

/**
 * The effect of a cut on the answer to one sequence. `turns`: from right to wrong, or to a loss more than twice as
 * large.
 */
export type CutEffect = 'turns' | 'right' | 'wrong' | 'little';

/** How sequences are made of a table over time or of a text. `target`: the column to forecast. */
export interface ImportForm {
  kind: 'series' | 'text';
  timesteps: number;
  target?: string;
  /** The columns that the network reads. Default: all that have numbers, except those that are mostly empty. */
  columns?: readonly string[];
}

/** The columns of a table over time. */
export interface ChosenColumns {
  /** The names of the columns that the network reads, and of the one to forecast. */
  columns: readonly string[];
  column: string;
  /** All columns of numbers, to choose from, and how many values each misses. */
  found: readonly Pick<TableColumn, 'name' | 'missing'>[];
}

/** How a table over time was read: what the network reads, and what it forecasts. */
export interface ReadColumns extends ChosenColumns {
  quantities: readonly Quantity[];
  target: Quantity;
}

export interface Forecasts {
  target: Quantity;
  /** The times that are forecast, one for each new sequence, as texts and in steps of the table. */
  times: readonly string[];
  positions: readonly number[];
  /** The number of the first new sequence among all. */
  first: number;
  actual: Float64Array;
  network: Float64Array;
  /** By the core's names. */
  baselines: readonly Baseline[];
  /** The network's root mean squared error on the new sequences and on those of its training. */
  error: number;
  trainingError: number;
}

/** The offer of other work that is too long to begin without a click: its duration in milliseconds. */
interface TimeOffer {
  offer: number;
}

interface Lanes {
  /** Keras's table of the network's layers. */
  summary: { request: Config; answer: { text: string } };
  /** The middle 90 % over this many run seeds, and how many of them diverged. */
  band: {
    request: Config & WorkLimit & { runs: number };
    answer: { bands: Bands; runs: number; diverged: number } | TimeOffer;
  };
  /**
   * A whole run. `every`: new sequences are measured only after epochs n, 2n, …, which is faster. `again`: a cached run
   * is trained once more, to replace its time.
   */
  run: { request: Config & WorkLimit & { every?: number; again?: boolean }; answer: Run | Offer };
  /** One unit at one time step, term by term. */
  arithmetic: {
    request: Lanes['moment']['request'] & Pick<State, 't' | 'unit' | 'layer' | 'gate'>;
    answer: { numbers: Arithmetic };
  };
  /**
   * Backpropagation through one layer, for one sequence or as the mean over the training sequences, with one component
   * of the gradient checked.
   */
  backward: {
    request: Lanes['moment']['request'] & Pick<State, 'layer' | 'mean' | 'weight'>;
    /** Empty for a sequence without a target. `largest`: the index of the weight with the largest gradient. */
    answer: {
      backward: Backward | undefined;
      check: GradientCheck | undefined;
      largest: number | undefined;
      labels: Labels;
    };
  };
  /** Keras's progress output at that moment: the epoch under way, and the means of its batches so far. */
  progress: { request: Config & WorkLimit & Pick<State, 'at'>; answer: Progress };
  /** One weight after the next update; undefined if no update follows. */
  next: {
    request: Config & WorkLimit & Pick<State, 'at' | 'file'> & { weight: number };
    answer: { value: number | undefined };
  };
  moment: {
    /** `quick`: the new sequences are not measured, unless the run measured them. */
    request: MomentConfig & WorkLimit & { quick?: boolean };
    answer: Moment;
  };
  /**
   * The facts that a question about that moment is made of. They belong to the original sequence, without what-if
   * changes.
   */
  predict: {
    request: Config & WorkLimit & Pick<State, 'at' | 'sample' | 'file' | 'layer'> & { question: QuestionName };
    answer: { facts: Facts };
  };
  /**
   * The effect of a cut, without other changes, on one sequence, and the next sequence that shows the effect, if there
   * is one.
   */
  cutting: {
    request: Config & WorkLimit & Pick<State, 'at' | 'sample' | 'file' | 'reset'> & { cut: 'loop' | 'state' };
    answer: { effect: CutEffect; sample: number | undefined };
  };
  /**
   * The weights of a moment, read by models of other lengths: the metric on new sequences of so many time steps each.
   * undefined: the task has no sequences of this length. Data of the reader's own have one length alone.
   */
  lengths: {
    request: Config & WorkLimit & Pick<State, 'at' | 'file'> & { lengths: readonly number[] };
    answer: { values: (number | undefined)[] };
  };
  /**
   * What a linear function of the last hidden state, of the top layer, knows of the first feature at each time step: R² on
   * sequences that it was not fitted to. Where the data have no new sequences, they are those of the training.
   */
  linearProbe: {
    request: Config & WorkLimit & Pick<State, 'at' | 'file' | 'cut' | 'reset'>;
    answer: {
      r2: number[];
      /** Of the untrained network; empty if that is the moment. */
      untrained: number[];
      /** How many sequences it is fitted to, and measured on as many others. */
      measured: number;
    };
  };
  /**
   * The forecasts of a table's new time, in the unit of its target: the network's at a moment, and those that need no
   * network. `shuffled`: the network reads the time steps of each window in a random order.
   */
  forecast: {
    request: Config & WorkLimit & Pick<State, 'at' | 'file' | 'cut' | 'reset' | 'shuffled'>;
    answer: Forecasts;
  };
  /**
   * A text that the network of a moment continues, word by word, after the words of `prompt`. A cut wipes the state before
   * every word. `draw`: the seed of the random numbers.
   */
  words: {
    request: Config &
      WorkLimit &
      Pick<State, 'at' | 'file' | 'cut'> & { prompt: string; temperature: number; draw: number };
    answer: Continuation;
  };
  /**
   * What it takes to read sequences: multiplications and, if they are to be `measured`, times. `round`: a request with
   * another one is measured once more.
   */
  timing: {
    request: Config & { readings: readonly Reading[]; measured: boolean; round: number };
    answer: { readings: TimedReading[] };
  };
  /**
   * Settings with which backpropagation through time makes the gradient of this sequence vanish in a layer, measured on
   * an untrained network; undefined if none were found.
   */
  vanishing: {
    request: Config & Pick<State, 'sample' | 'layer'>;
    answer: { change: Partial<State> | undefined };
  };
  /**
   * For a diverged run: the last update with finite weights, and for each layer the norms of its batch's mean ∂L/∂h_1,
   * ∂L/∂h_T and ∂L/∂W, and the factor of one step back.
   */
  exploded: {
    request: Config;
    answer: { at: number; layers: { first: number; last: number; sum: number; rate: number }[] };
  };
  /**
   * Whole runs of some seeds, measured at their ends on new sequences. `brought`: the imported data, for a worker that
   * may not have them.
   */
  seeds: {
    request: Config & { seeds: readonly number[]; brought?: RequestOf<'bring'> };
    answer: { runs: SeedRun[] };
  };
  /**
   * Imports CSV, a text or the bytes of a file: answers what it holds, and which loss its targets ask for unless `loss` says. The core parses
   * it, so errors have line and column. `own` names the data from now on.
   */
  bring: {
    request: { text: string | Uint8Array; loss?: Loss; form?: ImportForm };
    answer: {
      own: string;
      samples: number;
      timesteps: number;
      features: number;
      every: boolean;
      loss: Loss;
      classes?: number;
      /** The score of guessing. */
      guess: number;
      /** The losses that the targets allow. */
      losses: Loss[];
      /** How the core understood the text, and what is unusual in the numbers, in sentences. */
      notes: string[];
      first: { x: Float32Array; y: Float32Array };
      /** The same data in the core's format; a table or a text as it was read. */
      csv: string;
      /** True for a table or a text, whose notes say what was made of it. */
      formed: boolean;
      /** The part of the sequences that is held back; undefined if the settings stay as they are. */
      split?: number;
      table?: ReadColumns;
    };
  };
  /**
   * The same for a preview. Its lane is its own, so that a preview does not replace an import under way. `known`: the name
   * of the data that the page has or asks for; empty if there are none.
   */
  look: { request: RequestOf<'bring'> & { known: string }; answer: AnswerOf<'bring'> };
  /** The lab's data as a file. */
  csv: { request: Pick<Config, (typeof DATA)[number]>; answer: { csv: string } };
  /** Quantiles of some numbers. */
  quantiles: { request: { values: readonly number[]; at: readonly number[] }; answer: { quantiles: number[] } };
  /**
   * Loads weights from the reader's file, and answers which network they belong to, on the lab's task. `file` names
   * them from now on.
   */
  load: { request: Config & { bytes: Uint8Array }; answer: Pick<State, (typeof LOADED)[number]> };
  /** The weights of a moment, as a file. */
  weights: { request: Config & WorkLimit & Pick<State, 'at' | 'file'>; answer: { file: Uint8Array } };
  /** A program that continues from a moment in Keras or PyTorch, and the files that it reads. */
  program: {
    request: Config & WorkLimit & Pick<State, 'at' | 'file'> & { framework: Framework; name: string };
    answer: { files: Record<string, Uint8Array> };
  };
  /**
   * The sequences of the lab's task, the ranges that they had before the reader changed numbers, and the score of
   * guessing.
   */
  sequences: {
    request: Pick<Config, (typeof DATA)[number]>;
    answer: {
      request: Pick<Config, (typeof DATA)[number]>;
      task: DescribedTask;
      x: Float32Array;
      y: Float32Array;
      unchanged: { inputs: Ranges; targets: Ranges };
      majority: number | undefined;
      chance: { low: number; high: number } | undefined;
    };
  };
}

export type Lane = keyof Lanes;
export type RequestOf<L extends Lane> = Lanes[L]['request'];
export type AnswerOf<L extends Lane> = Lanes[L]['answer'];

/** `run`: the run that the lane belongs to; empty for the page's own. */
export type ToWorker = { [L in Lane]: { lane: L; run: string; id: number; request: RequestOf<L> } }[Lane];

/** An error, in fields. */
export interface Failure {
  /**
   * The engine's name of the error, such as ARGUMENT. LOAD: a file of the page did not arrive. FAILED: the error has no
   * name.
   */
  code: string;
  /** The engine's function that failed; empty if there is none that a reader could know. */
  operation: string;
  /** A whole sentence for the reader. */
  message: string;
  /** Where a text or a file is wrong. */
  diagnosis?: Diagnosis;
  /** The columns of a table over time of which no sequences can be made. */
  choice?: ChosenColumns;
}

/** The last message of a connection. Other connections to the same engine go on. */
export const END = 'end';

/** Asks the engine for a sign of life. */
export const PING = 'ping';

export type FromWorker =
  /** A sign of life. `locks`: the engine holds a lock while it works. */
  | { kind: 'pong'; locks: boolean }
  | { kind: 'ready'; simd: boolean }
  | { kind: 'refused'; message: string }
  | { [L in Lane]: { kind: 'answer'; lane: L; run: string; id: number; answer: AnswerOf<L> } }[Lane]
  | { kind: 'part'; lane: Lane; run: string; id: number; share: number }
  | { kind: 'failed'; lane: Lane; run: string; id: number; failure: Failure };

/** The moment that is requested. */
export type MomentRequest = Pick<RequestOf<'moment'>, 'at' | 'file'> & { within?: number | undefined };

/** The answer to each kind of request. */
export type Answers = {
  [L in Lane]: (request: RequestOf<L>, pause: Pause) => AnswerOf<L> | undefined | Promise<AnswerOf<L> | undefined>;
};
