/**
 * What the numbers of the data stand for: a feature may measure something or be a word, and so may a class. All figures
 * take their words from here. Where numbers have no names, they are written as numbers.
 */

import { formatNumber } from './format.ts';
import { type DescribedTask, inUnit, type Quantity } from './shared-sentences.ts';
import { translate } from './translate.ts';

/** A task without any of these has numbers alone. */
export interface DataNames {
  /** What each feature measures. x is standardized then. */
  quantities?: readonly Quantity[] | undefined;
  /** What the target measures. y is standardized then. */
  target?: Quantity | undefined;
  /** The words. Class k is word k, and feature k is 1 where word k is read. */
  tokens?: readonly string[] | undefined;
}

export const namesOf = (task: DescribedTask | undefined): DataNames => ({
  quantities: task?.quantities,
  target: task?.target,
  tokens: task?.tokens,
});

/** A word inside of a sentence. */
export const quoted = (word: string): string => translate(`“${word}”`);

/** The value in its unit, with as many decimals as it is written with: 32-bit numbers make 0 °C no exact 0. */
function rounded(quantity: Quantity, value: number): number {
  const { digits, deviation } = quantity;
  const exact = inUnit(quantity, value);
  return Number.isFinite(exact) && 10 ** -digits <= deviation ? Number(exact.toFixed(digits)) : exact;
}

/** A standardized value in the unit of what it measures: "15.6 °C", or without the unit. */
export const quantityText = (quantity: Quantity, value: number, unit = true): string =>
  `${formatNumber(rounded(quantity, value), quantity.digits)}${unit && quantity.unit !== '' ? ` ${quantity.unit}` : ''}`;

/** The standardized number of a value in the unit of what it measures. */
export const standardized = ({ mean, deviation }: Quantity, value: number): number => (value - mean) / (deviation || 1);

/** The text in a field for numbers, in the unit of what it measures. */
export const quantityField = (quantity: Quantity, value: number): string =>
  Number.isFinite(value) ? String(rounded(quantity, value) + 0) : '';

/** A quantity as the head of a column or of an axis: "temperature (°C)". */
export const quantityHead = ({ name, unit }: Quantity): string => (unit === '' ? name : `${name} (${unit})`);

/** What a feature is called, from 0: "temperature", "“the”"; undefined if it has no name. */
export function featureName({ quantities, tokens }: DataNames, feature: number): string | undefined {
  const word = tokens?.[feature];
  return quantities?.[feature]?.name ?? (word === undefined ? undefined : quoted(word));
}

/** The same as the head of a column or of an axis, with its unit. */
export function featureHead(names: DataNames, feature: number): string | undefined {
  const quantity = names.quantities?.[feature];
  return quantity ? quantityHead(quantity) : featureName(names, feature);
}

/** The value of a feature, in its unit if it has one. */
export function featureText({ quantities }: DataNames, feature: number, value: number, digits = 2): string {
  const quantity = quantities?.[feature];
  return quantity ? quantityText(quantity, value) : formatNumber(value, digits);
}

/** The same where the head of the column or of the axis says the unit. */
export function featureCell({ quantities }: DataNames, feature: number, value: number, digits = 2): string {
  const quantity = quantities?.[feature];
  return quantity ? quantityText(quantity, value, false) : formatNumber(value, digits);
}

/** A target or an answer that is a number, in its unit if it has one. */
export const targetText = ({ target }: DataNames, value: number, digits: number): string =>
  target ? quantityText(target, value) : formatNumber(value, digits);

/** Letters of a unit beside a mark. A longer one is cut: sentences and tables say the whole of it. */
const UNIT_LETTERS = 6;

/** The same beside a mark, where there is little room. */
export const targetMark = ({ target }: DataNames, value: number, digits: number): string =>
  target ? quantityText({ ...target, unit: shortened(target.unit, UNIT_LETTERS) }, value) : formatNumber(value, digits);

/** A class inside of a sentence: "class 2", or its word. */
export function className({ tokens }: DataNames, k: number): string {
  const word = tokens?.[k];
  return word === undefined ? translate(`class ${k}`) : quoted(word);
}

/** A class where the figure itself says that it is one: "2", or its word. */
export const classMark = ({ tokens }: DataNames, k: number): string => tokens?.[k] ?? String(k);

/**
 * The word that is read at a time step, from 1; undefined if the features are no words, or if one of them was changed so
 * that they stand for no single word.
 */
export function wordAt(
  { tokens }: DataNames,
  x: ArrayLike<number>,
  features: number,
  timestep: number,
): string | undefined {
  if (!tokens) return undefined;
  let found: number | undefined;
  for (let f = 0; f < features; f++) {
    const value = x[(timestep - 1) * features + f];
    if (value === 0) continue;
    if (value !== 1 || found !== undefined) return undefined;
    found = f;
  }
  return found === undefined ? undefined : tokens[found];
}

/** The words that the time steps of a trace read, in order; empty if the features are no words. */
export function wordsRead(
  names: DataNames,
  trace: { timesteps: number; layers: readonly { features: number; x: ArrayLike<number> }[] } | undefined,
): (string | undefined)[] {
  const [first] = trace?.layers ?? [];
  if (!names.tokens || !trace || !first || first.features !== names.tokens.length) return [];
  return Array.from({ length: trace.timesteps }, (_, t) => wordAt(names, first.x, first.features, t + 1));
}

/** A long name where there is room for so many letters. The whole name has to be said somewhere else. */
export const shortened = (name: string, letters: number): string =>
  name.length <= letters ? name : `${name.slice(0, Math.max(1, letters - 1)).trimEnd()}…`;

/** Says that the network reads other numbers than those with units. */
export const STANDARDIZED = translate(
  'The network reads standardized numbers: each value minus the mean, divided by the standard deviation.',
);
