/** From a run to the two charts of it. */

import { explodes, type Line, type Series, type Stop, upTo } from '../figures/curves/curve-data.ts';
import type { RnnCurves } from '../figures/curves/element.ts';
import { epochUpdates } from '../state/lab-state.ts';
import type { LabConfig, LabRun } from '../worker/protocol.ts';
import type { Sequences } from './task-data.ts';
import { translate } from '../shared/translate.ts';

export interface Shown {
  config: LabConfig;
  run: LabRun;
}

const NAMES = {
  accuracy: translate('accuracy'),
  mean_absolute_error: translate('mean absolute error'),
  loss: translate('loss'),
} as const;
type Quantity = keyof typeof NAMES;

export interface Around {
  /** A value for each update, not for each epoch. */
  byBatch: boolean;
  ghost: Shown | undefined;
  moving: boolean;
  sequences: Sequences | undefined;
}

/** A run that diverged is drawn batch by batch: it may have no epoch. */
export const drawnByBatch = (byBatch: boolean, ...runs: readonly (LabRun | undefined)[]): boolean =>
  byBatch || runs.some((run) => run?.diverged !== undefined);

/** The metric's chart, then the loss's. */
export function showCurves(
  charts: readonly [RnnCurves, RnnCurves],
  config: LabConfig,
  run: LabRun,
  { byBatch: asked, ghost, moving, sequences }: Around,
): void {
  const byBatch = drawnByBatch(asked, run);
  const stop = stopOf(run, byBatch);
  const metric: Quantity = 'mean_absolute_error' in run.history ? 'mean_absolute_error' : 'accuracy';
  for (const [i, quantity] of ([metric, 'loss'] as const).entries()) {
    const chart = charts[i] as RnnCurves;
    chart.heading = NAMES[quantity];
    chart.quantity = NAMES[quantity];
    chart.epochs = stop ? stop.epoch : byBatch ? epochUpdates(config) * config.epochs : config.epochs;
    chart.step = byBatch ? translate('update') : '';
    chart.moving = moving;
    chart.series = series(run, quantity, config.split, byBatch);
    chart.ghost = ghost
      ? series(ghost.run, quantity, ghost.config.split, byBatch).map((one) => (stop ? upTo(one, stop.epoch) : one))
      : [];
    chart.log =
      quantity !== 'accuracy' &&
      (stop !== undefined ||
        explodes([...chart.series, ...chart.ghost], (quantity === 'loss' ? run.batchLoss : run.batchMetric)[0]));
    chart.diverged = stop;
    chart.lines = references(quantity, sequences);
    chart.chanceBand =
      quantity === 'accuracy' && sequences?.chance
        ? { ...sequences.chance, label: translate('95 % of coin tosses on 1,000 sequences') }
        : undefined;
  }
}

function series(
  { history, every, batchLoss, batchMetric, batches }: LabRun,
  quantity: Quantity,
  split: number,
  byBatch: boolean,
): Series[] {
  const judged = history[`val_${quantity}`];
  return [
    {
      role: 'train',
      label: translate('training'),
      values: byBatch ? (quantity === 'loss' ? batchLoss : batchMetric) : (history[quantity] ?? []),
    },
    ...(judged
      ? [
          {
            role: 'fresh',
            label: split > 0 ? translate('validation') : translate('fresh data'),
            values: judged,
            each: byBatch ? batches * every : every,
          } as const,
        ]
      : []),
  ];
}

function references(quantity: Quantity, sequences: Sequences | undefined): Line[] {
  const task = sequences?.task;
  if (!task) return [];
  if (quantity === 'accuracy') return [{ value: task.chance, label: translate('guessing') }];
  return quantity === 'loss' && task.loss === 'mean_squared_error'
    ? [{ value: task.chance, label: translate('always the mean') }]
    : [];
}

const stopOf = ({ history: { diverged }, batches }: LabRun, byBatch: boolean): Stop | undefined =>
  diverged && { epoch: byBatch ? (diverged.epoch - 1) * batches + diverged.batch : diverged.epoch };
