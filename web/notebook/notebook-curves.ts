/** From runs to what the charts are given. */

import { translate } from '../shared/translate.ts';
import type { Band, Line, Series, Stop } from '../figures/curves/curve-data.ts';
import type { Side } from '../figures/compare/element.ts';
import type { RnnCurves } from '../figures/curves/element.ts';
import type { AnswerOf, Bands, Batches, Run, TaskName } from '../worker/protocol.ts';
import type { History } from '../../wasm/js/types.ts';

export type Quantity = 'loss' | 'accuracy';
/** What they are called. */
export const QUANTITIES = { accuracy: translate('accuracy'), loss: translate('loss') } as const;
type Data = AnswerOf<'data'>;

/** A run as it is drawn: by epoch, or by batch: in slow training, or up to where it, or one beside it, diverged. */
export interface Drawn {
  history: History;
  upTo?: Batches;
}

export function series({ history, upTo }: Drawn, quantity: Quantity, each: number): Series[] {
  const fresh = history[`val_${quantity}`] ?? [];
  if (!upTo)
    return [
      { role: 'train', label: translate('training'), values: history[quantity] },
      { role: 'fresh', label: translate('fresh data'), values: fresh },
    ];
  const values = quantity === 'loss' ? upTo.batchLoss : upTo.batchMetric;
  return [
    { role: 'train', label: translate('training'), values },
    { role: 'fresh', label: translate('fresh data'), values: fresh.slice(0, Math.floor(values.length / each)), each },
  ];
}

/**
 * What a step of the axis is, and how many there are. `stop`: the update in which a run diverged, of those that are
 * drawn beside one another.
 */
export const axis = (epochs: number, stop: number): { step: string; epochs: number } =>
  stop > 0 ? { step: translate('update'), epochs: stop } : { step: '', epochs };

/** The update in which a run diverged; 0: it did not. */
export const stopped = ({ history: { diverged } }: Drawn, each: number): number =>
  diverged ? (diverged.epoch - 1) * each + diverged.batch : 0;

export function bands(all: Bands | undefined, quantity: Quantity): Band[] {
  if (!all) return [];
  return [
    { role: 'train', ...all[quantity] },
    { role: 'fresh', ...all[`val_${quantity}`] },
  ];
}

/** Where a run that diverged stopped, in updates. */
export const stopOf = (run: Drawn, each: number): Stop | undefined =>
  run.history.diverged ? { epoch: stopped(run, each) } : undefined;

/** The run before, as it is drawn behind this one: in epochs, which a run that is drawn in updates has not. */
const ghostOf = (run: Drawn, ghost: Run | undefined, quantity: Quantity, each: number): Series[] =>
  ghost && !run.upTo ? series({ history: ghost.history }, quantity, each) : [];

const logarithmic = ({ upTo }: Drawn, quantity: Quantity): boolean => quantity === 'loss' && upTo !== undefined;

const HALF: Line = { value: 0.5, label: '½' };
const BAND_LABEL = translate('95 % of coin tosses on 1,000 sequences');

export const chanceOf = (data: Data | undefined): { low: number; high: number; label: string } | undefined =>
  data && { ...data.chance, label: BAND_LABEL };

export function side(
  heading: string,
  note: string,
  run: Run,
  ghost: Run | undefined,
  data: Data | undefined,
  each: number,
): Side {
  const stop = stopOf(run, each);
  const chance = chanceOf(data);
  return {
    heading,
    note,
    series: series(run, 'accuracy', each),
    ghost: ghostOf(run, ghost, 'accuracy', each),
    lines: [HALF],
    ...(chance && { chanceBand: chance }),
    ...(stop && { diverged: stop }),
  };
}

/** Accuracy has its references; loss has none that is a plain number. */
export function show(
  chart: RnnCurves,
  quantity: Quantity,
  run: Run,
  ghost: Run | undefined,
  all: Bands | undefined,
  { each, epochs }: { each: number; epochs: number },
): void {
  Object.assign(chart, axis(epochs, run.history.diverged ? stopped(run, each) : 0));
  const drawn: Drawn = run.history.diverged ? run : { history: run.history };
  chart.quantity = QUANTITIES[quantity];
  chart.series = series(drawn, quantity, each);
  chart.ghost = ghostOf(drawn, ghost, quantity, each);
  chart.bands = drawn.upTo ? [] : bands(all, quantity);
  chart.log = logarithmic(drawn, quantity);
  chart.diverged = stopOf(run, each);
}

export function references(chart: RnnCurves, data: Data, task: TaskName): void {
  const share = data.majority[task];
  chart.lines = share > 0.5 ? [HALF, { value: share, label: translate(`${share.toFixed(2)} majority label`) }] : [HALF];
  chart.chanceBand = chanceOf(data);
}
