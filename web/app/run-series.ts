/** Converts a run into the series of its charts. */

import type { AnswerOf, Run } from '../worker/protocol.ts';
import type { Chance, Line, Series, Stop } from '../figures/curves/curve-data.ts';
import type { DescribedTask } from '../shared/shared-sentences.ts';
import { translate } from '../shared/translate.ts';

type Sequences = AnswerOf<'sequences'>;

export type Quantity = 'accuracy' | 'mean_absolute_error' | 'loss';

/** The name of a measure on an axis: errors of a standardized target are no errors in its unit. */
export const measureName = (measure: Quantity, task: DescribedTask | undefined): string =>
  measure === 'mean_absolute_error' && task?.target ? translate('standardized mean absolute error') : NAMES[measure];

export const NAMES: Readonly<Record<Quantity, string>> = {
  accuracy: translate('accuracy'),
  mean_absolute_error: translate('mean absolute error'),
  loss: translate('loss'),
};

/** The metric that the run is measured by. */
export const metricOf = ({ history }: Run): Quantity =>
  'mean_absolute_error' in history ? 'mean_absolute_error' : 'accuracy';

/** A run that diverged is drawn by batch, because it may not have completed an epoch. */
export const drawnByBatch = (byBatch: boolean, ...runs: readonly (Run | undefined)[]): boolean =>
  byBatch || runs.some((run) => run?.diverged !== undefined);

/**
 * `split`: the share of the data that is held back for validation. `upTo`: if drawn by batch, the last update that is
 * drawn.
 */
export function series(
  { history, every, batchLoss, batchMetric, batches }: Run,
  quantity: Quantity,
  split: number,
  byBatch: boolean,
  upTo = Number.POSITIVE_INFINITY,
): Series[] {
  const judged = history[`val_${quantity}`];
  const trained = byBatch ? (quantity === 'loss' ? batchLoss : batchMetric) : (history[quantity] ?? []);
  const each = byBatch ? batches * every : every;
  return [
    {
      role: 'train',
      label: translate('training'),
      /* as in Keras, the value of an epoch is the mean over its batches, while the weights still changed */
      name: byBatch ? translate('this batch') : translate('mean in training'),
      values: trained.slice(0, upTo),
    },
    ...(judged
      ? [
          {
            role: 'fresh',
            label: split > 0 ? translate('validation') : translate('new data'),
            values: judged.slice(0, Math.floor(upTo / each)),
            each,
          } as const,
        ]
      : []),
  ];
}

/** `majority`: also draw the share of the more common label. */
export function references(quantity: Quantity, sequences: Sequences | undefined, majority: boolean): Line[] {
  const task = sequences?.task;
  if (!task) return [];
  const share = sequences.majority ?? 0;
  if (quantity === 'accuracy')
    return [
      { value: task.chance, label: translate('guessing') },
      ...(majority && share > task.chance
        ? [{ value: share, label: translate(`${share.toFixed(2)} more common label`) }]
        : []),
    ];
  return quantity === 'loss' && task.loss === 'mean_squared_error'
    ? [{ value: task.chance, label: translate('always the mean') }]
    : [];
}

export const chanceOf = (quantity: Quantity, sequences: Sequences | undefined): Chance | undefined =>
  quantity === 'accuracy' && sequences?.chance
    ? { ...sequences.chance, label: translate('where pure guessing lands, 95 times out of 100') }
    : undefined;

/** Where a diverged run stopped: its epoch, or its update if drawn by batch. */
export const stopOf = ({ history: { diverged }, batches }: Run, byBatch: boolean): Stop | undefined =>
  diverged && { epoch: byBatch ? (diverged.epoch - 1) * batches + diverged.batch : diverged.epoch };
