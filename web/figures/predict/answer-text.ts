/** The numbers, names and verdicts of questions as text. */

import { className, type DataNames, featureName, quantityText } from '../../shared/data-names.ts';
import { capitalized, formatNumber, full, lowered } from '../../shared/format.ts';
import { toText } from '../arithmetic/symbols.ts';
import type { Kind, NetworkAnswer } from './facts.ts';
import type { Question } from './question.ts';
import { translate } from '../../shared/translate.ts';

/** A number with three digits, which are enough to form an opinion. */
export const brief = (value: number): string => full(Number(value.toPrecision(3)));

export const percent = (share: number): string => `${formatNumber(100 * share, 1)} %`;

/** x₃, or x₃[2] if there are several features, or what feature it is: "temperature at time step 3". `feature`: from 1. */
export function inputName(timestep: number, feature: number, features: number, names: DataNames = {}): string {
  const name = featureName(names, feature - 1);
  return name === undefined
    ? `x${lowered(timestep)}${features > 1 ? `[${feature}]` : ''}`
    : translate(`${name} at time step ${timestep}`);
}

/** The same at the beginning of a sentence. */
export const inputBegins = (timestep: number, feature: number, features: number, names: DataNames = {}): string => {
  const name = inputName(timestep, feature, features, names);
  return featureName(names, feature - 1) === undefined ? name : capitalized(name);
};

/** A value of a feature in its unit, or as `text` writes it. `feature`: from 1. */
export function inputValue(
  { quantities }: DataNames,
  feature: number,
  value: number,
  text: (value: number) => string,
): string {
  const quantity = quantities?.[feature - 1];
  return quantity ? quantityText(quantity, value) : text(value);
}

/** For example "W[5,7]·h₃[7]". */
export const termText = (formula: Parameters<typeof toText>[0]): string =>
  toText(formula).replace(/_(\d+)/g, (_, digits: string) => lowered(Number(digits)));

/** The name of the answer: "p(y = 1)", "p(class 2)" or "ŷ". */
export const answerName = (kind: Kind, of: number | undefined, names: DataNames = {}): string =>
  kind === 'probability' ? 'p(y = 1)' : kind === 'class' ? `p(${className(names, of ?? 0)})` : 'ŷ';

/** A value of the answer with all digits, or in its unit. */
export const answerDigits = (kind: Kind, value: number, { target }: DataNames): string =>
  kind === 'value' && target ? quantityText(target, value) : full(value);
export const answerValue = (kind: Kind, answer: ArrayLike<number>, of: number | undefined): number =>
  answer[kind === 'class' ? (of ?? 0) : 0] as number;

/** For example "p(y = 1) = 0.97614". With several classes, it is the probability of the answered class. */
export const answerText = (
  kind: Kind,
  { answer, class: of }: Pick<NetworkAnswer, 'answer' | 'class'>,
  names: DataNames = {},
): string => `${answerName(kind, of, names)} = ${answerDigits(kind, answerValue(kind, answer, of), names)}`;

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
