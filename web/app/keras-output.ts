/** The output of a notebook's cells, as Keras prints it. */

import { formatNumber } from '../shared/format.ts';
import type { History } from '../../wasm/js/types.ts';
import { divergence } from '../shared/shared-sentences.ts';
import type { Progress } from '../../wasm/js/types.ts';
import type { Run } from '../worker/protocol.ts';
import { plural, translate } from '../shared/translate.ts';

/** Longer histories are shortened to the first and the last epochs. */
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
      const left = done - FIRST - LAST;
      lines.push(plural(left, { one: translate(`… ${left} epoch …`), other: translate(`… ${left} epochs …`) }));
      epoch = done - LAST;
    }
    const values = figures.flatMap(([name, list]) => (list ? [printed(name, list[epoch] as number)] : []));
    lines.push(`Epoch ${epoch + 1}/${epochs}`, `${batches}/${batches} ━ ${values.join(' - ')}`);
  }
  if (history.diverged) lines.push(divergence(history.diverged, batches));
  return lines.join('\n');
}

/** The history of the epochs that are complete after this many updates. */
export function epochOf({ history, batches, every }: Run, at: number): History {
  const epochs = Math.floor(at / batches);
  const cut = (values: number[] | undefined): number[] | undefined =>
    values?.slice(0, every === 1 ? epochs : Math.floor(epochs / every));
  return Object.fromEntries(
    Object.entries(history)
      .filter(([, values]) => Array.isArray(values))
      .map(([name, values]) => [name, cut(values as number[])]),
  ) as unknown as History;
}

/** The first part of a history: the epochs in this share of it, and the reason of its end only with the last of them. */
export function upTo(history: History, share: number): History {
  if (share >= 1) return history;
  const epochs = Math.floor(share * history.loss.length);
  return Object.fromEntries(
    Object.entries(history).flatMap(([name, values]) =>
      Array.isArray(values) ? [[name, values.slice(0, epochs)]] : [],
    ),
  ) as unknown as History;
}

/**
 * The last lines that Keras has printed: those of the previous epoch, and those of the epoch under way with its mean
 * values so far.
 */
export function recentLines(history: History, progress: Progress, epochs: number, batches: number): string {
  const lines = progressLines(history, epochs, batches)
    .split('\n')
    .filter((line) => line !== '');
  if (progress.batch > 0) {
    const { epoch, batch, accuracy, loss } = progress;
    lines.push(
      `Epoch ${epoch + 1}/${epochs}`,
      `${batch}/${batches} ━ ${printed('accuracy', accuracy ?? Number.NaN)} - ${printed('loss', loss)}`,
    );
  }
  return lines.slice(-RECENT).join('\n');
}

/** Rounds as Python's round(x, 4) does, whose output the page shows: 0.00003 becomes 0.0. */
function rounded(value: number): string {
  const text = String(Number(value.toFixed(4)));
  return /^\d+$/.test(text) ? `${text}.0` : text;
}

export function evaluationLines(run: Run): string {
  if (!run.evaluation) return translate('The run diverged: there is nothing to evaluate.');
  const { accuracy = Number.NaN, loss } = run.evaluation;
  return `Accuracy of our model : ${rounded(accuracy)}\nloss of our model : ${rounded(loss)}`;
}
