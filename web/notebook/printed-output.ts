/** What the cells print. */

import { formatNumber } from '../shared/format.ts';
import type { History } from '../../wasm/js/types.ts';
import { divergence } from '../shared/shared-sentences.ts';
import type { AnswerOf, Run, Takes } from '../worker/protocol.ts';
import { translate } from '../shared/translate.ts';

/** More epochs than these are not written out: a reader looks at the first and the last. */
const FIRST = 3;
const LAST = 40;

/** Two epochs, two lines each. */
const RECENT = 4;

const printed = (name: string, value: number): string => `${name}: ${formatNumber(value, 4)}`;

/** Keras's progress lines. */
export function progressLines(history: History, epochs: number, batches: number): string {
  const figures = [
    ['accuracy', history.accuracy],
    ['loss', history.loss],
    ['val_accuracy', history.val_accuracy],
    ['val_loss', history.val_loss],
  ] as const;
  const done = history.loss.length;
  const lines: string[] = [];
  for (let epoch = 0; epoch < done; epoch++) {
    if (done > FIRST + LAST && epoch === FIRST) {
      lines.push(translate(`… ${done - FIRST - LAST} epochs …`));
      epoch = done - LAST;
    }
    const values = figures.flatMap(([name, list]) => (list ? [printed(name, list[epoch] as number)] : []));
    lines.push(`Epoch ${epoch + 1}/${epochs}`, `${batches}/${batches} ━ ${values.join(' - ')}`);
  }
  if (history.diverged) lines.push(divergence(history.diverged, batches));
  return lines.join('\n');
}

/**
 * What Keras has printed last: the epoch before and the one that is under way, whose figures are means of its batches
 * so far.
 */
export function recentLines(
  { history, progress }: Pick<Exclude<AnswerOf<'slow'>, Takes>, 'history' | 'progress'>,
  epochs: number,
  batches: number,
): string {
  const lines = progressLines(history, epochs, batches)
    .split('\n')
    .filter((line) => line !== '');
  if (progress.batch > 0 && !history.diverged) {
    const { epoch, batch, accuracy, loss } = progress;
    lines.push(
      `Epoch ${epoch + 1}/${epochs}`,
      `${batch}/${batches} ━ ${printed('accuracy', accuracy ?? Number.NaN)} - ${printed('loss', loss)}`,
    );
  }
  return lines.slice(-RECENT).join('\n');
}

/** As Python prints round(x, 4): it is the output of such a line, so 0.00003 is 0.0 there, too. */
function rounded(value: number): string {
  const text = String(Number(value.toFixed(4)));
  return /^\d+$/.test(text) ? `${text}.0` : text;
}

export function evaluationLines(run: Run): string {
  if (!run.evaluation) return translate('The run diverged: there is nothing to evaluate.');
  const { accuracy, loss } = run.evaluation;
  return `Accuracy of our model : ${rounded(accuracy)}\nloss of our model : ${rounded(loss)}`;
}
