/** From runs to what the charts are given. */

import { word } from '../word.ts';
import type { Band, Line, Series, Stop } from '../charts/curves.ts';
import type { Side } from '../elements/rnn-compare.ts';
import type { RnnCurves } from '../elements/rnn-curves.ts';
import type { AnswerOf, Bands, Run, TaskName } from '../worker/protocol.ts';
import type { History } from '../../wasm/js/types.ts';

export type Quantity = 'loss' | 'accuracy';
/** What they are called. */
export const QUANTITIES = { accuracy: word('accuracy'), loss: word('loss') } as const;
type Data = AnswerOf<'data'>;

export function series(history: History, quantity: Quantity): Series[] {
  return [
    { role: 'train', label: 'training', values: history[quantity] },
    { role: 'fresh', label: 'fresh data', values: history[`val_${quantity}`] ?? [] },
  ];
}

export function bands(all: Bands | undefined, quantity: Quantity): Band[] {
  if (!all) return [];
  return [
    { role: 'train', ...all[quantity] },
    { role: 'fresh', ...all[`val_${quantity}`] },
  ];
}

export const stopOf = (history: History): Stop | undefined =>
  history.diverged && { epoch: history.diverged.epoch, label: 'diverged' };

const HALF: Line = { value: 0.5, label: '½' };
const BAND_LABEL = '95 % of coin tosses on 1,000 sequences';

export const chanceOf = (data: Data | undefined): { low: number; high: number; label: string } | undefined =>
  data && { ...data.chance, label: BAND_LABEL };

export function side(heading: string, note: string, run: Run, ghost: Run | undefined, data: Data | undefined): Side {
  const stop = stopOf(run.history);
  const chance = chanceOf(data);
  return {
    heading,
    note,
    series: series(run.history, 'accuracy'),
    ghost: ghost ? series(ghost.history, 'accuracy') : [],
    lines: [HALF],
    ...(chance && { chanceBand: chance }),
    ...(stop && { diverged: stop }),
  };
}

/** Accuracy has its references; loss has none that is a plain number. */
export function show(chart: RnnCurves, quantity: Quantity, run: Run, ghost: Run | undefined, all: Bands | undefined): void {
  chart.quantity = QUANTITIES[quantity];
  chart.series = series(run.history, quantity);
  chart.ghost = ghost ? series(ghost.history, quantity) : [];
  chart.bands = bands(all, quantity);
  chart.diverged = stopOf(run.history);
}

export function references(chart: RnnCurves, data: Data, task: TaskName): void {
  const share = data.commoner[task];
  chart.lines = share > 0.5 ? [HALF, { value: share, label: `${share.toFixed(2)} commoner label` }] : [HALF];
  chart.chanceBand = chanceOf(data);
}
