/** Sentences that several pages show. */

import type { Divergence, Task, TaskText } from '../../wasm/js/types.ts';
import { formatNumber, grouped } from './format.ts';
import { plural, translate } from './translate.ts';

/**
 * The source of a sequence's targets: the data; or the task's rule, because the sequence differs from the data; or
 * none, because it differs from imported data (`own`) or from a sequence whose target the reader set (`typed`), or
 * because the rule does not cover it (`unruled`).
 */
export type Labels = 'data' | 'rule' | 'own' | 'typed' | 'unruled';

export const milliseconds = (value: number): string => (value < 9.95 ? value.toFixed(1) : value.toFixed(0));

/** Formats a duration: "340 ms", "2.4 s", "14 min", "3.9 h". */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 0.95) return `${Math.round(milliseconds / 10) * 10} ms`;
  if (seconds < 100) return `${seconds.toFixed(seconds < 9.5 ? 1 : 0)} s`;
  return seconds < 5700 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Says where a training diverged. `batches`: of an epoch. */
export function divergence({ what, epoch, batch }: Divergence, batches: number): string {
  const update = grouped((epoch - 1) * batches + batch);
  const diverged = {
    loss: translate(
      `Training diverged: in epoch ${epoch}, batch ${batch} (update ${update}), the loss was no longer a finite number.`,
    ),
    weight: translate(
      `Training diverged: in epoch ${epoch}, batch ${batch} (update ${update}), a weight was no longer a finite number.`,
    ),
    'validation loss': translate(
      `Training diverged: in epoch ${epoch}, batch ${batch} (update ${update}), the validation loss was no longer a finite number.`,
    ),
  }[what];
  if (epoch === 1) return diverged;
  const kept = plural(epoch - 1, {
    one: translate('The epoch before it is kept.'),
    other: translate(`The ${epoch - 1} epochs before it are kept.`),
  });
  return `${diverged} ${kept}`;
}

/** The core's sentences about its tasks. The build of another language replaces them. */
declare const CORE_WORDS: Readonly<Record<string, string>>;
const said = typeof CORE_WORDS === 'undefined' ? {} : CORE_WORDS;
export const taskSentence = (sentence: string): string => said[sentence] ?? sentence;

/** Says why no network can run. */
export const cannotRun = (reason: string): string =>
  translate(`The network cannot run here: ${reason.replace(/\.$/, '')}.`);

/**
 * A file of the page did not arrive: after a new deployment it may have another name. A reason, without a full stop.
 */
export const partMissing = (): string =>
  translate(
    'a part of this page did not arrive. The site may have changed since you opened it, or the connection was lost. Please reload this page',
  );

/** The script of a figure did not arrive. */
export const figureMissing = (): string => translate(`A figure of this page cannot be shown: ${partMissing()}.`);

/** The explanations of the words did not arrive. */
export const wordsMissing = (): string => translate(`The words of this page cannot be explained: ${partMissing()}.`);

/** The engine's script for experiments did not arrive. */
export const experimentsMissing = (): string =>
  translate(`Some numbers of this page cannot be computed: ${partMissing()}.`);

/** The engine's module for files did not arrive. A reason, without a full stop. */
export const filesMissing = (): string => translate(`Files cannot be read or written here: ${partMissing()}`);

/**
 * The engine's module did not arrive, or is something else. `why`: the loader's message. A reason, without a full stop.
 */
export const moduleMissing = (why: string): string =>
  /no WebAssembly$|Content-Security-Policy/.test(why)
    ? why
    : translate(
        `the program that trains the network did not load (${why}). The site may have changed since you opened it, or the connection was lost. Please reload this page`,
      );

/** The engine has not started yet. */
export const engineLate = (): string =>
  translate(
    'The program that trains the network has not arrived yet. The connection may be slow. If nothing happens, please reload this page.',
  );

/** The engine died several times. */
export const engineStopped = (): string =>
  translate(
    'The program that trains the network stopped several times while it worked on this. Choose a smaller network or fewer sequences, or reload this page.',
  );

/** What a feature or a target measures: its value in the unit is mean + deviation · the network's number. */
export interface Quantity {
  name: string;
  unit: string;
  /** Decimal places. */
  digits: number;
  mean: number;
  deviation: number;
}

/** A value in the unit of what it measures. */
export const inUnit = ({ mean, deviation }: Quantity, value: number): number => mean + deviation * value;

/** A task with its description. `quantities`: of its features, if they are standardized; then `target` is, too. */
export type DescribedTask = Task & TaskText & { quantities?: readonly Quantity[]; target?: Quantity };

/** Says why a sequence has no target; empty if it has one. */
export function unlabelled(labels: Labels, task: DescribedTask | undefined): string {
  if (labels === 'own')
    return translate('Your own data come without a rule, so nobody knows the label of the changed sequence.');
  if (labels === 'typed')
    return translate('You set the label of this sequence yourself, so no rule gives one to the changed sequence.');
  return labels === 'unruled' ? taskSentence(task?.scope ?? '') : '';
}

/** Says how the label of a changed sequence was found; empty if the sequence is unchanged. */
export function labelSentence(labels: Labels, y: ArrayLike<number>, task: DescribedTask | undefined): string {
  if (labels === 'data') return '';
  if (labels !== 'rule') return translate(`${unlabelled(labels, task)} Target and loss are left out.`);
  if (y.length > 1)
    return translate('The targets follow the change: they are what the rule says for the changed sequence.');
  const label = y[0] ?? Number.NaN;
  if (task?.loss === 'mean_squared_error')
    return translate(
      `The target follows the change: the rule says y = ${formatNumber(label, 3)} for the changed sequence.`,
    );
  return task?.classes
    ? translate(`The label follows the change: the rule says class ${label} for the changed sequence.`)
    : translate(`The label follows the change: the rule says y = ${label} for the changed sequence.`);
}

/** An address holds one run, so a reload loses the previous run, which is drawn dashed. */
export const withGhost = (caption: string, ghost: boolean): string =>
  ghost ? translate(`${caption} · The previous run is drawn dashed until you reload the page.`) : caption;
