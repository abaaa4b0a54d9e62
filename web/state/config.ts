/** What a network and its training follow from: the part of the state that the worker needs, without words. */

import { type Limits, limitsOf, picked } from './fields.ts';

/** Imported data, as a task beside those of the core. */
export const OWN_TASK = 'own' as const;

/** A table over time and a text that come with the pages, as tasks beside those of the core. */
export const SERIES_TASK = 'series' as const;
export const TEXT_TASK = 'text' as const;
/** Sentences of the core in which the verb agrees with the first noun. No menu offers them. */
export const AGREEMENT_TASK = 'agreement' as const;
/** The fewest time steps that hold a sentence with a noun between the first one and the verb. */
export const AGREEMENT_STEPS = 8;
export const isShipped = (task: string): boolean =>
  task === SERIES_TASK || task === TEXT_TASK || task === AGREEMENT_TASK;
/** The most new sequences that the table may have: those of a year. */
export const newSequences = ({ task }: { task: string }): number => (task === SERIES_TASK ? 366 : 0);
/** Whether the same network can read sequences of another length. Data that come from files have one length. */
export const readsOtherLengths = (task: string): boolean => task !== OWN_TASK && !isShipped(task);
/** Whether there are new sequences to measure a network on. Imported data and the text have none. */
export const hasNew = (task: string): boolean => task !== OWN_TASK && task !== TEXT_TASK;
/** The number of words of the text. */
export const TEXT_WORDS = 88;

/** The loss for imported data, by the kind of their targets. */
export const LOSSES = {
  b: 'binary_crossentropy',
  c: 'sparse_categorical_crossentropy',
  r: 'mean_squared_error',
} as const;

/** What the data follow from. */
export const DATA = ['task', 'samples', 'steps', 'data', 'own', 'changes', 'columns', 'period'] as const;

/** What a run follows from. */
export const RUN = [
  ...DATA,
  'split',
  'cell',
  'layers',
  'units',
  'activation',
  'initializer',
  'gain',
  'seed',
  'optimizer',
  'rate',
  'clip',
  'batch',
  'epochs',
] as const;

type Of<S extends Record<(typeof RUN)[number], unknown>> = Pick<S, (typeof RUN)[number]>;

/** Settings of another kind of data are no part. */
export function configOf<S extends Record<(typeof RUN)[number], unknown>>(state: S): Of<S> {
  const config = picked(state, RUN);
  return {
    ...config,
    ...(config.task !== OWN_TASK && { own: '' }),
    ...(config.task !== SERIES_TASK && { columns: '', period: '' }),
  };
}

/** Sequences that are trained on: the last ones are kept apart by a split, as in Keras. */
export const trained = ({ samples, split }: { samples: number; split: number }): number =>
  Math.floor(samples * (1 - split));

/** Time steps that the sequence at hand has. */
export const stepsRead = ({ steps, length }: { steps: number; length: number }): number => length || steps;

/** The value of `at` for the end of the run, wherever that is. */
export const END = -1;

/**
 * The update that is shown of a run where `at` is asked for. `reach`: of a run that is offered only, the last update
 * that is shown of it; in place of its end, and of any update beyond, update 0 is shown.
 */
export function shownUpdate(at: number, updates: number, reach?: number): number {
  if (reach !== undefined && (at === END || at > reach)) return 0;
  return at === END ? updates : Math.min(at, updates);
}

/** The least limits of what-if inputs and what-if weights, which follow the sizes of the data and of the weights. */
export const WHAT_IF_LIMITS = {
  edits: { minimum: -10, maximum: 10, follows: 'data' },
  weights: { minimum: -100, maximum: 100, follows: 'weights' },
} as const;

/** What a weight may be set to: its own size decides. */
export const weightLimits = (trained = 0): Limits =>
  limitsOf(WHAT_IF_LIMITS.weights, [-Math.abs(trained), Math.abs(trained)]);
