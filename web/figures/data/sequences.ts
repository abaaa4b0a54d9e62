/** The data of `<rnn-data>`, and one sequence in words. */

import { className, type DataNames, targetText, wordAt } from '../../shared/data-names.ts';
import { formatNumber } from '../../shared/format.ts';
import { translate } from '../../shared/translate.ts';

export interface Sequences {
  /** Shape (n, T, F). */
  x: ArrayLike<number>;
  /** Shape (n, R): R is 1, or T if each time step has a target. */
  y: ArrayLike<number>;
  timesteps: number;
  features: number;
  /** Shape (n, R, K), or empty. */
  predictions: ArrayLike<number>;
  outputs: number;
  loss: string;
  /** The class of each answer, and 1 where it is correct: shape (n), or empty. */
  classes: ArrayLike<number>;
  right: ArrayLike<number>;
  /** What features, target and classes stand for. */
  names?: DataNames;
}

export const countOf = ({ x, timesteps, features }: Sequences): number => Math.floor(x.length / (timesteps * features));

const readoutsOf = (data: Sequences): number => Math.max(1, Math.round(data.y.length / Math.max(1, countOf(data))));

/** The target of a sequence, or undefined if each time step has its own. */
const targetOf = (data: Sequences, sample: number): number | undefined =>
  readoutsOf(data) === 1 ? data.y[sample] : undefined;

/** The network's answer: the probability of 1, the most probable class with its probability, or a number. */
export interface Answer {
  value: number;
  class: number | undefined;
  /** undefined if answers are not correct or wrong, as in regression. */
  right: boolean | undefined;
}

export function answerOf(data: Sequences, sample: number): Answer | undefined {
  const { predictions, outputs, loss, classes, right } = data;
  if (predictions.length === 0 || readoutsOf(data) > 1) return undefined;
  const answered = loss === 'mean_squared_error' || outputs === 1 ? undefined : classes[sample];
  const value = predictions[sample * outputs + (answered ?? 0)] as number;
  return { value, class: answered, right: right.length > 0 ? right[sample] === 1 : undefined };
}

const number = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 2);

/** A number of the target, in its unit if it has one. */
const measured = ({ names = {} }: Sequences, value: number): string =>
  names.target ? targetText(names, value, 2) : number(value);

/** The words of a sequence, or undefined if its features are no words. '…' stands for a changed one. */
export function wordsOf({ names, x, timesteps, features }: Sequences, sample: number): string[] | undefined {
  if (!names?.tokens) return undefined;
  const from = sample * timesteps;
  return Array.from({ length: timesteps }, (_, t) => wordAt(names, x, features, from + t + 1) ?? '…');
}

/** For example "● 0.98 ✓": the target, the answer, and whether it is correct. */
export function shortWords(data: Sequences, sample: number): { target: string; answer: string; mark: string } {
  const target = targetOf(data, sample);
  const answer = answerOf(data, sample);
  const binary = data.loss === 'binary_crossentropy';
  return {
    target: target === undefined ? '' : binary ? (target > 0.5 ? '●' : '○') : measured(data, target),
    answer: !answer
      ? ''
      : answer.class === undefined
        ? binary
          ? number(answer.value)
          : measured(data, answer.value)
        : `${answer.class}: ${number(answer.value)}`,
    mark: answer?.right === undefined ? '' : answer.right ? '✓' : '✗',
  };
}

/** For example "sequence 12 of 0 to 99, y = 1, p(y = 1) 0.76, correct". */
export function sentence(data: Sequences, sample: number): string {
  const target = targetOf(data, sample);
  const answer = answerOf(data, sample);
  const parts = [translate(`sequence ${sample} of 0 to ${countOf(data) - 1}`)];
  const words = wordsOf(data, sample);
  if (words) parts.push(words.join(' '));
  const regression = data.loss === 'mean_squared_error';
  if (target !== undefined) parts.push(`y = ${regression ? measured(data, target) : number(target)}`);
  if (answer) {
    const name = regression
      ? translate('answer')
      : answer.class === undefined
        ? 'p(y = 1)'
        : translate(`${className(data.names ?? {}, answer.class)}, probability`);
    parts.push(`${name} ${regression ? measured(data, answer.value) : number(answer.value)}`);
    if (answer.right !== undefined) parts.push(answer.right ? translate('right') : translate('wrong'));
  }
  return parts.join(', ');
}

/** The indices of the shown sequences: all of them, or those with a wrong answer. */
export function shown(data: Sequences, wrongOnly: boolean): number[] {
  const all = Array.from({ length: countOf(data) }, (_, sample) => sample);
  return wrongOnly ? all.filter((sample) => answerOf(data, sample)?.right === false) : all;
}
