/**
 * What page and worker say to one another. Each kind of work is a lane: in a lane the latest request wins. A page with
 * several networks has a set of lanes for each, by the name of its run.
 */

import type {
  Backward,
  Divergence,
  Metrics,
  Framework,
  GradientCheck,
  History,
  Loss,
  Progress,
  Task,
  Tensor,
  Trace as EngineTrace,
} from '../../wasm/js/types.ts';
import type { Diagnosis } from '../../wasm/js/errors.ts';
import type { Arithmetic } from '../figures/arithmetic/numbers.ts';
import type { Labels } from '../shared/shared-sentences.ts';
import type { Facts } from '../figures/predict/facts.ts';
import type { QuestionName } from '../figures/predict/question.ts';
import type { Pause } from './trainer.ts';
import type { Config, DATA, LOADED, Look, State } from '../state/state.ts';

/** Sequences that a run is measured on and that it is never trained on. */
export const FRESH = 1000;

export interface Quantiles {
  low: number[];
  median: number[];
  high: number[];
}

/** By figure of the history, by epoch, over seeds. */
export type Bands = Record<'loss' | 'accuracy' | 'val_loss' | 'val_accuracy', Quantiles>;

export interface Run {
  /** Its val_ lists: of epochs `every`, 2 `every`, … */
  history: History;
  every: number;
  /** Updates of the whole run, or up to its divergence; batches an epoch. */
  updates: number;
  batches: number;
  parameters: number;
  diverged: Divergence | undefined;
  /** Of each update's batch, before it. */
  batchLoss: Float64Array;
  batchMetric: Float64Array;
  /** On the training data, at the end; undefined if the run diverged. */
  evaluation: Metrics | undefined;
  /** The time of training and measuring in the worker, the last time that the run was trained. */
  milliseconds: number;
  /** How often the run was trained: 2 once it was timed again. */
  trainings: number;
}

/**
 * A run that is not begun unasked: how long the whole would take, in milliseconds, and the last update that is shown of
 * it without.
 */
export interface Offer {
  offer: number;
  reach: number;
}

/**
 * How much work may be done for an answer, in multiply-adds (`work-estimate.ts`); default: any. A run that asks for
 * more is offered only. Of its moments those up to the offer's reach are shown, and update 0 is shown where a later one
 * is asked for.
 */
export interface Within {
  within?: number;
}

export interface SeedRun {
  seed: number;
  /** The metric on the training data, by epoch. */
  values: number[];
  /** On fresh sequences, at the end; undefined if the run diverged. */
  final: number | undefined;
}

/** The smallest and the largest x of the data, of each feature. */
export type Ranges = readonly (readonly [low: number, high: number])[];

/** The network as it stood at one moment, and what it makes of one sequence. */
export interface Moment {
  at: number;
  /** Completed epochs, and batches of the epoch under way. */
  epoch: number;
  batch: number;
  /** With the weights as they were: on the training sequences, on those that judge. */
  training: Metrics;
  judging: Metrics | undefined;
  /** (n, R, K), of all sequences. */
  predictions: Float32Array;
  /** Which classes they are, and 1 where right; of a crossentropy. */
  answers: { classes: Uint32Array; right: Uint32Array } | undefined;
  /** Without a target its loss and its gradients are NaN. */
  trace: EngineTrace;
  labels: Labels;
  /** x before the what-if edits; of all data. */
  original: Float32Array;
  ranges: Ranges;
  /** (P), what-if weights included; before them; their table. */
  parameters: Float32Array;
  trained: Float32Array;
  /** The hash of the weights that were loaded from a file; '' if it is the training's own. */
  file: string;
  tensors: readonly Tensor[];
}

/**
 * What a cut does to the answer of one sequence: `turns`: from right to wrong, or the loss grows to more than twice
 * what it was.
 */
export type CutEffect = 'turns' | 'right' | 'wrong' | 'little';

/** Work that is not begun unasked: how long the whole would take, in milliseconds. */
export interface Takes {
  offer: number;
}

export interface Lanes {
  /** Keras's table of the network's layers. */
  summary: { request: Config; answer: { text: string } };
  /** The middle 90 % of so many run seeds, and how many of them diverged. */
  band: {
    request: Config & Within & { runs: number };
    answer: { bands: Bands; runs: number; diverged: number } | Takes;
  };
  /**
   * A whole run. `every`: fresh data are measured after epochs n, 2n, … only, which is sooner done. `again`: a run that
   * is kept is trained once more, to replace its time.
   */
  run: { request: Config & Within & { every?: number; again?: boolean }; answer: Run | Offer };
  /** One unit at one time step of that sequence, term by term. */
  arithmetic: {
    request: Lanes['moment']['request'] & Pick<State, 't' | 'unit' | 'layer' | 'gate'>;
    answer: { numbers: Arithmetic };
  };
  /**
   * The way back through a layer, of that sequence or as the mean over the training sequences, and one number of the
   * gradient checked.
   */
  backward: {
    request: Lanes['moment']['request'] & Pick<State, 'layer' | 'mean' | 'weight'>;
    /** Nothing of a sequence that has no target. `largest`: the weight with the largest number of the gradient. */
    answer: {
      backward: Backward | undefined;
      check: GradientCheck | undefined;
      largest: number | undefined;
      labels: Labels;
    };
  };
  /** What a training that goes on prints at that moment: the epoch under way, and the means of its batches so far. */
  progress: { request: Config & Within & Pick<State, 'at'>; answer: Progress };
  /** One weight after the update that follows that moment; undefined if none follows. */
  next: {
    request: Config & Within & Pick<State, 'at' | 'file'> & { weight: number };
    answer: { value: number | undefined };
  };
  moment: {
    /** `quick`: without measuring the fresh sequences, where the run has not. */
    request: Look & Within & { quick?: boolean };
    answer: Moment;
  };
  /** What a question about that moment is made of: of the sequence as it is, whatever is changed. */
  predict: {
    request: Config & Within & Pick<State, 'at' | 'sample' | 'file' | 'layer'> & { question: QuestionName };
    answer: { facts: Facts };
  };
  /**
   * What a cut does to the sequences of a moment, nothing else changed: whether this one shows what the cut takes away,
   * and which is the next one that does, if there is one.
   */
  cutting: {
    request: Config & Within & Pick<State, 'at' | 'sample' | 'file' | 'reset'> & { cut: 'loop' | 'state' };
    answer: { effect: CutEffect; sample: number | undefined };
  };
  /**
   * The weights of a moment, read by models of other lengths: the metric on new sequences of so many time steps each.
   * undefined: the task has no sequences of this length. Data of the reader's own have one length alone.
   */
  lengths: {
    request: Config & Within & Pick<State, 'at' | 'file'> & { lengths: readonly number[] };
    answer: { values: (number | undefined)[] };
  };
  /** Settings with which this sequence's gradient vanishes on its way back through a layer, measured on a network that
   *  is not trained; undefined:
   *  none was found. */
  vanishing: {
    request: Config & Pick<State, 'sample' | 'layer'>;
    answer: { change: Partial<State> | undefined };
  };
  /**
   * Of a run that diverged: the last update whose weights are numbers, and by layer the norms of its batch's mean
   * ∂L/∂h_1 and ∂L/∂h_T, of ∂L/∂W, and by what one step back multiplies.
   */
  exploded: {
    request: Config;
    answer: { at: number; layers: { first: number; last: number; sum: number; rate: number }[] };
  };
  /**
   * Whole runs of some seeds, judged at their ends on fresh sequences. `brought`: the data, for a worker that may not
   * have them.
   */
  seeds: {
    request: Config & { seeds: readonly number[]; brought?: RequestOf<'bring'> };
    answer: { runs: SeedRun[] };
  };
  /**
   * A CSV file of the reader's own: what it holds, and what its targets ask for, if `loss` does not say. The text is
   * read as the core reads it: what is wrong is answered with line and column. `own` names the data from now on.
   */
  bring: {
    request: { text: string; loss?: Loss };
    answer: {
      own: string;
      samples: number;
      timesteps: number;
      features: number;
      every: boolean;
      loss: Loss;
      classes?: number;
      /** What guessing scores. */
      guess: number;
      /** Those that the targets could have. */
      losses: Loss[];
      first: { x: Float32Array; y: Float32Array };
      /** The same data as the core writes them. */
      csv: string;
    };
  };
  /** The same, before it is used: what is looked at takes no turn from what is in use. */
  look: { request: { text: string; loss?: Loss }; answer: AnswerOf<'bring'> };
  /** The lab's data as a file. */
  csv: { request: Pick<Config, (typeof DATA)[number]>; answer: { csv: string } };
  /** Of some numbers. */
  quantiles: { request: { values: readonly number[]; at: readonly number[] }; answer: { quantiles: number[] } };
  /**
   * Weights from a file of the reader's own: the network that it is of, on the lab's task. `file` names them from now
   * on.
   */
  load: { request: Config & { bytes: Uint8Array }; answer: Pick<State, (typeof LOADED)[number]> };
  /** The weights of a moment, as a file. */
  weights: { request: Config & Within & Pick<State, 'at' | 'file'>; answer: { file: Uint8Array } };
  /** A program that goes on from a moment in Keras or PyTorch, and the files that it reads. */
  program: {
    request: Config & Within & Pick<State, 'at' | 'file'> & { framework: Framework; name: string };
    answer: { files: Record<string, Uint8Array> };
  };
  /**
   * The sequences of the lab's task, the ranges that they had before their numbers were changed, and what guessing
   * scores on them.
   */
  sequences: {
    request: Pick<Config, (typeof DATA)[number]>;
    answer: {
      request: Pick<Config, (typeof DATA)[number]>;
      task: Task;
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

/** `run`: whose lanes they are; empty: the page's own. */
export type ToWorker = { [L in Lane]: { lane: L; run: string; id: number; request: RequestOf<L> } }[Lane];

/** What went wrong, and what is known of it. */
export interface Failure {
  /** The engine's name for it, such as ARGUMENT; LOAD: a file of the page did not come; FAILED where it has none. */
  code: string;
  /** The function that failed; empty: none that a reader could know. */
  operation: string;
  /** A whole sentence for the reader. */
  message: string;
  /** Where a text or a file is wrong. */
  diagnosis?: Diagnosis;
}

/** The last word of a line: others may go on with the same engine, but nothing more is wanted here. */
export const END = 'end';

/** Asks whether the engine hears. */
export const PING = 'ping';

export type FromWorker =
  /** It hears. `locks`: while it works it holds its lock. */
  | { kind: 'pong'; locks: boolean }
  | { kind: 'ready'; simd: boolean }
  | { kind: 'refused'; message: string }
  | { [L in Lane]: { kind: 'answer'; lane: L; run: string; id: number; answer: AnswerOf<L> } }[Lane]
  | { kind: 'part'; lane: Lane; run: string; id: number; share: number }
  | { kind: 'failed'; lane: Lane; run: string; id: number; failure: Failure };

/** Which moment is asked for. */
export type Asking = Pick<RequestOf<'moment'>, 'at' | 'file'> & { within?: number | undefined };

/** The answer to each kind of request. */
export type Answers = {
  [L in Lane]: (request: RequestOf<L>, pause: Pause) => AnswerOf<L> | undefined | Promise<AnswerOf<L> | undefined>;
};
