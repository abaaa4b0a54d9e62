/** Numbers, names and verdicts of questions, in words. */

import { formatNumber, full, lowered } from '../../shared/format.ts';
import { toText } from '../arithmetic/symbols.ts';
import type { Kind, Said } from './facts.ts';
import type { Question } from './question.ts';
import { translate } from '../../shared/translate.ts';

/** In a question: three digits are enough to have an opinion. */
export const brief = (value: number): string => full(Number(value.toPrecision(3)));

export const percent = (share: number): string => `${formatNumber(100 * share, 1)} %`;

/** x₃; of several features x₃[2]. */
export const inputName = (timestep: number, feature: number, features: number): string =>
  `x${lowered(timestep)}${features > 1 ? `[${feature}]` : ''}`;

/** "W[5,7]·h₃[7]" */
export const termText = (formula: Parameters<typeof toText>[0]): string =>
  toText(formula).replace(/_(\d+)/g, (_, digits: string) => lowered(Number(digits)));

/** "p(y = 1)", "p(class 2)", "ŷ": what is compared. */
export const answerName = (kind: Kind, of: number | undefined): string =>
  kind === 'probability' ? 'p(y = 1)' : kind === 'class' ? translate(`p(class ${of ?? 0})`) : 'ŷ';
export const answerValue = (kind: Kind, answer: ArrayLike<number>, of: number | undefined): number =>
  answer[kind === 'class' ? (of ?? 0) : 0] as number;

/** "p(y = 1) = 0.97614": of several classes the one that is answered. */
export const saidWords = (kind: Kind, { answer, class: of }: Pick<Said, 'answer' | 'class'>): string =>
  `${answerName(kind, of)} = ${full(answerValue(kind, answer, of))}`;

export interface Verdict {
  right: boolean;
  /** The first word or two, and what is the case. */
  mark: string;
  words: string;
  /** To the choice that was made. */
  reply: string;
}

/** What is said of a guess: kindly, and exactly. */
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
