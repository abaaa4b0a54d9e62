/** From a run to the two charts of it. */

import type { Line, Series, Stop } from '../charts/curves.ts';
import type { RnnCurves } from '../elements/rnn-curves.ts';
import type { History } from '../../wasm/js/types.ts';
import type { LabConfig, LabRun } from '../worker/protocol.ts';
import type { Sequences } from './data.ts';

export interface Shown {
  config: LabConfig;
  run: LabRun;
}

const NAMES = { accuracy: 'accuracy', mean_absolute_error: 'mean absolute error', loss: 'loss' } as const;
type Quantity = keyof typeof NAMES;

export interface Around {
  ghost: Shown | undefined;
  moving: boolean;
  sequences: Sequences | undefined;
}

/** The metric's chart, then the loss's. */
export function showCurves(charts: readonly [RnnCurves, RnnCurves], config: LabConfig, run: LabRun, { ghost, moving, sequences }: Around): void {
  const metric: Quantity = 'mean_absolute_error' in run.history ? 'mean_absolute_error' : 'accuracy';
  for (const [i, quantity] of ([metric, 'loss'] as const).entries()) {
    const chart = charts[i] as RnnCurves;
    chart.heading = NAMES[quantity];
    chart.quantity = NAMES[quantity];
    chart.epochs = config.epochs;
    chart.moving = moving;
    chart.series = series(run.history, quantity, config.split);
    chart.ghost = ghost ? series(ghost.run.history, quantity, ghost.config.split) : [];
    chart.diverged = stopOf(run.history);
    chart.lines = references(quantity, sequences);
    chart.chanceBand = quantity === 'accuracy' && sequences?.chance ? { ...sequences.chance, label: '95 % of coin tosses on 1,000 sequences' } : undefined;
  }
}

function series(history: History, quantity: Quantity, split: number): Series[] {
  const judged = history[`val_${quantity}`];
  return [
    { role: 'train', label: 'training', values: history[quantity] ?? [] },
    ...(judged ? [{ role: 'fresh', label: split > 0 ? 'validation' : 'fresh data', values: judged } as const] : []),
  ];
}

function references(quantity: Quantity, sequences: Sequences | undefined): Line[] {
  const task = sequences?.task;
  if (!task) return [];
  if (quantity === 'accuracy') return [{ value: task.chance, label: 'guessing' }];
  return quantity === 'loss' && task.loss === 'mean_squared_error' ? [{ value: task.chance, label: 'always the mean' }] : [];
}

const stopOf = (history: History): Stop | undefined => history.diverged && { epoch: history.diverged.epoch, label: 'diverged' };
