/** A sketch and the run beside it, in words. */

import { lastFinite, type Series, stepOf, valueAt } from '../curves/curve-data.ts';
import { shortNumber } from '../../charts/number-text.ts';
import { translate } from '../../shared/translate.ts';
import { firstEpoch, type Sketch } from './sketch-data.ts';

/** Which data the curve is measured on. */
export type DataKind = 'training' | 'new';

/** What was drawn, for those who do not see it. */
export function describeSketch(sketch: Sketch, digits: number): string {
  const first = firstEpoch(sketch);
  if (first === 0) return translate('Nothing is drawn yet.');
  const text = (epoch: number): string => shortNumber(sketch[epoch - 1], digits);
  return translate(
    `Your sketch: ${text(first)} after epoch ${first}, ${text(sketch.length)} after epoch ${sketch.length}.`,
  );
}

/** Compares the end of the sketch with the run; empty if the run has no value. */
export function compare(sketch: Sketch, run: Series, of: DataKind, digits: number): string {
  const last = lastFinite(run.values);
  if (last < 0) return '';
  const end = stepOf(run, last);
  const text = (value: number | undefined): string => shortNumber(value, digits);
  const reached = text(run.values[last]);
  const whole =
    of === 'training'
      ? translate(`The network reached ${reached} on its training data.`)
      : translate(`The network reached ${reached} on new data.`);
  const first = firstEpoch(sketch);
  if (first === 0 || first > end) return whole;
  if (sketch.length === end) return [translate(`You drew ${text(sketch.at(-1))} at the end.`), whole].join(' ');
  const epoch = Math.min(sketch.length, end);
  const [drawn, there] = [text(sketch[epoch - 1]), text(valueAt(run, epoch))];
  return [
    of === 'training'
      ? translate(
          `You drew ${drawn} after epoch ${epoch}, where the network had reached ${there} on its training data.`,
        )
      : translate(`You drew ${drawn} after epoch ${epoch}, where the network had reached ${there} on new data.`),
    sketch.length < end ? translate(`It reached ${reached} at the end.`) : '',
  ]
    .filter(Boolean)
    .join(' ');
}
