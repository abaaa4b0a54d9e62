/** A chart of curves in words, for screen readers and for the values at the cursor. */

import { type Curves, lastFinite, nameOf, type Series, stepOf, valueAt } from './curve-data.ts';
import { shortNumber } from '../../charts/number-text.ts';
import { translate } from '../../shared/translate.ts';

const at = (series: Series, step: number, digits: number): string => shortNumber(valueAt(series, step), digits);
/** What a step of the axis is called: epoch, update. */
export const stepName = ({ step = translate('epoch') }: Curves): string => step;

/** For example "epoch 7: training 0.58, new data 0.49". */
export function runAt(curves: Curves, epoch: number, digits: number): string {
  return `${stepName(curves)} ${epoch}: ${namedValues(curves, epoch, digits)}`;
}

/** The part after the step, as in "training 0.93, new data 0.91". */
export function namedValues(curves: Curves, epoch: number, digits: number): string {
  return curves.series.map((s) => `${nameOf(s)} ${at(s, epoch, digits)}`).join(', ') || translate('no value');
}

/** The same sentence with the values of the previous run. */
export function valuesAt(curves: Curves, epoch: number, digits: number): string {
  const before = curves.ghost.map((s) => `${nameOf(s)} ${at(s, epoch, digits)}`);
  const ghost = before.length > 0 ? `; ${curves.ghostName ?? translate('before')}: ${before.join(', ')}` : '';
  return runAt(curves, epoch, digits) + ghost;
}

/** The values at the shown moment, which may be before the first step or between two steps. */
export function valuesAtMoment(curves: Curves, moment: number, digits: number): string {
  if (moment === 0) return translate('before the first update');
  const step = Math.floor(moment);
  if (step === moment) return valuesAt(curves, step, digits);
  const now = translate(`in ${stepName(curves)} ${step + 1}`);
  return step === 0 ? now : `${now}; ${valuesAt(curves, step, digits)}`;
}

function aheadSentence(curves: Curves, moment: number): string {
  if (moment === 0) return translate('The network is shown before its first update, so all of the curves are faint.');
  const step = Math.floor(moment);
  return step === moment
    ? translate(`The network is shown after ${stepName(curves)} ${step}. From there on, the curves are faint.`)
    : translate(
        `The network is shown in the middle of ${stepName(curves)} ${step + 1}. From there on, the curves are faint.`,
      );
}

/** Sentences that describe the whole chart. */
export function describe(curves: Curves, digits: number): string {
  const sentences = curves.series.map((s) => {
    const last = lastFinite(s.values);
    if (last < 0) return translate(`${nameOf(s)}: no value yet.`);
    const ends = last > 0 ? [0, last] : [0];
    const values = ends.map((index) => {
      const step = stepOf(s, index);
      return translate(`${at(s, step, digits)} after ${stepName(curves)} ${step}`);
    });
    return `${nameOf(s)}: ${values.join(', ')}.`;
  });
  if (curves.moment !== undefined && sentences.length > 0) sentences.push(aheadSentence(curves, curves.moment));
  for (const line of curves.lines)
    sentences.push(translate(`Line at ${shortNumber(line.value, digits)}: ${line.label}.`));
  const { chance, stop } = curves;
  if (chance)
    sentences.push(
      translate(
        `Band from ${shortNumber(chance.low, digits)} to ${shortNumber(chance.high, digits)}: ${chance.label ?? translate('chance')}.`,
      ),
    );
  if (curves.ghost.length > 0)
    sentences.push(
      translate(`The pale, dashed curves are those of ${curves.ghostName ?? translate('the run before')}.`),
    );
  if (stop)
    sentences.push(
      translate(`The run stopped in ${stepName(curves)} ${stop.epoch}: ${stop.label ?? translate('diverged')}.`),
    );
  if (curves.log) sentences.push(translate('The value axis is logarithmic.'));
  return sentences.join(' ');
}

export interface Table {
  head: string[];
  rows: string[][];
}

/** The largest number of rows. If there are more steps, the table shows those around the cursor. */
const MOST_ROWS = 200;

/** The values of all series with one row per step. `around`: a step that the rows must include. */
export function table(curves: Curves, digits: number, around = 1): Table {
  const median = (b: (typeof curves.bands)[number]): Series => ({
    role: b.role,
    label: b.role === 'train' ? translate('training, median of many runs') : translate('new data, median of many runs'),
    values: b.median,
  });
  const columns = [
    ...curves.series,
    ...curves.ghost.map((s) => ({ ...s, name: `${nameOf(s)}, ${curves.ghostName ?? translate('run before')}` })),
    ...curves.bands.map(median),
  ];
  const count = Math.max(0, ...columns.map((c) => stepOf(c, c.values.length - 1)));
  const first = Math.max(1, Math.min(around - MOST_ROWS / 2, count - MOST_ROWS + 1));
  const shown = (c: Series, step: number): string => (step % (c.each ?? 1) === 0 ? at(c, step, digits) : '');
  const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => [
    String(first + i),
    ...columns.map((c) => shown(c, first + i)),
  ]);
  return { head: [stepName(curves), ...columns.map(nameOf)], rows };
}
