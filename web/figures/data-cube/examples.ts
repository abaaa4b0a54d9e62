/** Three kinds of sequences, as a lesson shows them. */

import { translate } from '../../shared/translate.ts';

export type Kind = 'numbers' | 'weather' | 'words';

export interface Example {
  /** The text in the cell of a time step and a feature, which both count from 0. */
  cell(timestep: number, feature: number): string;
  /** What a feature is called; `short`: where there is little room. */
  feature(feature: number, short: boolean): string;
  /** What a time step is called under its number; empty: nothing more than the number. */
  step(timestep: number): string;
  /** The largest number of features that it can show. */
  features: number;
}

/**
 * Twelve days at Chicago Midway Airport, from 22 January 2001: temperature in °C, relative humidity in %, wind in m/s.
 * From the data set `Chicago` of the R package modeldata 1.1.0 (MIT, © Max Kuhn / Posit Software).
 */
const WEATHER = [
  [-7.0, 78, 2.3],
  [-0.9, 79, 3.6],
  [-3.9, 81, 4.6],
  [-5.3, 66, 4.4],
  [-2.8, 84, 5.7],
  [-4.0, 71, 5.7],
  [-7.8, 74, 3.6],
  [0.0, 93, 3.6],
  [3.0, 93, 4.1],
  [1.1, 89, 5.1],
  [-1.7, 80, 5.1],
  [-12.8, 66, 5.7],
] as const;

/** From a Monday on. */
const DAYS = [
  translate('Mon'),
  translate('Tue'),
  translate('Wed'),
  translate('Thu'),
  translate('Fri'),
  translate('Sat'),
  translate('Sun'),
];

const NUMBERS = [0.59, 0.88, 0.28, 0.34, 0.52, 0.15, 1.0, 0.06, 0.72, 0.14, 0.37, 0.95];

const SENTENCE = ['the', 'cat', 'sat', 'on', 'the', 'mat'];
const VOCABULARY = [...new Set(SENTENCE)];
const wordAt = (timestep: number): string => SENTENCE[timestep % SENTENCE.length] as string;

const minus = (value: number): string => value.toFixed(1).replace('-', '−');

export function exampleOf(kind: Kind, features: number): Example {
  if (kind === 'weather') {
    const names = [translate('temperature, °C'), translate('humidity, %'), translate('wind, m/s')];
    return {
      cell(timestep, feature) {
        const value = WEATHER[timestep % WEATHER.length]?.[feature] ?? 0;
        return feature === 1 ? String(value) : minus(value);
      },
      feature: (feature, short) => (short ? ['°C', '%', 'm/s'] : names)[feature] ?? '',
      step: (timestep) => DAYS[timestep % 7] ?? '',
      features: names.length,
    };
  }
  if (kind === 'words') {
    /* one feature: the word's number; as many as words: a 1 in the row of the word, and 0 in the others */
    const single = features === 1;
    return {
      cell(timestep, feature) {
        const place = VOCABULARY.indexOf(wordAt(timestep));
        return single ? String(place + 1) : String(Number(place === feature));
      },
      feature(feature, short) {
        if (!single) return VOCABULARY[feature] ?? '';
        return short ? translate('word') : translate('number of the word');
      },
      step: wordAt,
      features: VOCABULARY.length,
    };
  }
  return {
    cell: (timestep) => (NUMBERS[timestep % NUMBERS.length] ?? 0).toFixed(2),
    feature: () => translate('value'),
    step: () => '',
    features: 1,
  };
}
