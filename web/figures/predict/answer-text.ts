/** The numbers, names and verdicts of questions as text. */

import { formatNumber, full, lowered } from '../../shared/format.ts';
import { toText } from '../arithmetic/symbols.ts';
import type { Kind, NetworkAnswer } from './facts.ts';
import type { Question } from './question.ts';
import { translate } from '../../shared/translate.ts';

/** A number with three digits, which are enough to form an opinion. */
export const brief = (value: number): string => full(Number(value.toPrecision(3)));

export const percent = (share: number): string => `${formatNumber(100 * share, 1)} %`;

/** x₃, or x₃[2] if there are several features. */
export const inputName = (timestep: number, feature: number, features: number): string =>
  `x${lowered(timestep)}${features > 1 ? `[${feature}]` : ''}`;

/** For example "W[5,7]·h₃[7]". */
export const termText = (formula: Parameters<typeof toText>[0]): string =>
  toText(formula).replace(/_(\d+)/g, (_, digits: string) => lowered(Number(digits)));

/** The name of the answer: "p(y = 1)", "p(class 2)" or "ŷ". */
export const answerName = (kind: Kind, of: number | undefined): string =>
  kind === 'probability' ? 'p(y = 1)' : kind === 'class' ? translate(`p(class ${of ?? 0})`) : 'ŷ';
export const answerValue = (kind: Kind, answer: ArrayLike<number>, of: number | undefined): number =>
  answer[kind === 'class' ? (of ?? 0) : 0] as number;

/** For example "p(y = 1) = 0.97614". With several classes, it is the probability of the answered class. */
export const answerText = (kind: Kind, { answer, class: of }: Pick<NetworkAnswer, 'answer' | 'class'>): string =>
  `${answerName(kind, of)} = ${full(answerValue(kind, answer, of))}`;

export interface Verdict {
  right: boolean;
  /** The verdict in a word or two, and the correct answer. */
  mark: string;
  words: string;
  /** The reply to a wrong choice. */
  reply: string;
}

/** The verdict on a guess: kind and exact. */
export function verdictOf({ choices, answer }: Question, chosen: string): Verdict {
  const words = (name: string): string => choices.find((choice) => choice.name === name)?.words ?? '';
  const right = chosen === answer;
  const reply = right ? '' : (choices.find(({ name }) => name === chosen)?.reply ?? '');
  return {
    right,
    mark: right ? translate('Right.') : translate('Not this time.'),
    words: translate(`“${words(answer)}” is the answer.`),
    reply,
  };
}
