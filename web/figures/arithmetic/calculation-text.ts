/** The calculation in sentences, and as text to copy. */

import { type DataNames, featureName, quantityText } from '../../shared/data-names.ts';
import { exact, formatNumber, MINUS } from '../../shared/format.ts';
import { activatedLetter, gateOf, gatesOfCell, resultLetter, sumLetter, termName } from './cell-vocabulary.ts';
import type { Arithmetic } from './numbers.ts';
import { sumsOf } from './rows.ts';
import { toSpeech, toText } from './symbols.ts';
import { plural, translate } from '../../shared/translate.ts';

/** The number of digits in the formula, the bars and the curve. */
export const DIGITS = 3;
export const TABLE_DIGITS = 6;

export const short = (value: number): string => formatNumber(value, DIGITS);

/** A factor, with brackets if it is negative. */
export const factor = (value: number): string => {
  const text = short(value);
  return text.startsWith(MINUS) ? `(${text})` : text;
};

const at = (array: Float32Array, k: number): number => array[k] as number;
const indexOf = (a: Arithmetic, k: number): number => a.terms.index[k] as number;
const nameOf = (a: Arithmetic, k: number) =>
  termName(a, a.terms.kind[k] as (typeof a.terms.kind)[number], a.terms.index[k] as number);
const isBias = (a: Arithmetic, k: number): boolean => (a.terms.kind[k] as string).endsWith('bias');

/** Only the lowest layer reads the features. */
const isFeature = (a: Arithmetic, k: number): boolean => a.layer === 0 && a.terms.kind[k] === 'input';

/** What the x of a term stands for: "temperature 15.6 °C", "“the”"; empty if that is a number alone. */
export function sourceName(a: Arithmetic, k: number, names: DataNames): string {
  if (!isFeature(a, k)) return '';
  const feature = indexOf(a, k);
  const quantity = names.quantities?.[feature];
  const name = featureName(names, feature) ?? '';
  return quantity ? `${name} ${quantityText(quantity, at(a.terms.value, k))}` : name;
}

/** Most features that are all named below the terms. */
const MOST_NAMES = 8;

/** What the x of the sum stand for, in a sentence; empty if they are numbers alone. */
export function namesNote(a: Arithmetic, names: DataNames): string {
  const inputs = a.terms.kind.flatMap((_, k) => (isFeature(a, k) ? [k] : []));
  if (inputs.length === 0) return '';
  if (names.tokens) {
    const read = inputs.filter((k) => at(a.terms.value, k) !== 0);
    const words = read.map((k) => sourceName(a, k, names)).join(', ');
    return read.length === 1
      ? translate(`The word that is read is ${words}. Its feature is 1, and those of all other words are 0.`)
      : translate('The features stand for words. One of them was changed, so no single word is read.');
  }
  if (!names.quantities) return '';
  const letter = `x_${a.timestep}`;
  const list = inputs
    .slice(0, MOST_NAMES)
    .map((k) => `${a.features > 1 ? `[${indexOf(a, k) + 1}]` : letter} ${sourceName(a, k, names)}`)
    .join(', ');
  return translate(
    `x is standardized: each value minus the mean, divided by the standard deviation. Here x is ${list}.`,
  );
}

/** Whether a sum begins with this term, so that no running sum precedes it. */
const first = (a: Arithmetic, k: number): boolean => sumsOf(a).some((sum) => sum.first === k);

/**
 * For example "W [5,7] times h 2 [7]: 0.18 times −0.41 is −0.08. The sum goes from 0.21 to 0.14. This is term 9 of 34."
 */
export function termSentence(a: Arithmetic, k: number, names: DataNames = {}): string {
  const { weight, value, product, sum, kind } = a.terms;
  const source = sourceName(a, k, names);
  const name = source === '' ? toSpeech(nameOf(a, k)) : `${toSpeech(nameOf(a, k))}, ${source}`;
  return [
    isBias(a, k)
      ? translate(`${name} is ${short(at(product, k))}.`)
      : translate(`${name}: ${short(at(weight, k))} times ${short(at(value, k))} is ${short(at(product, k))}.`),
    first(a, k)
      ? translate(`The sum begins with ${short(at(sum, k))}.`)
      : translate(`The sum goes from ${short(at(sum, k - 1))} to ${short(at(sum, k))}.`),
    translate(`This is term ${k + 1} of ${kind.length}.`),
  ].join(' ');
}

/** The sentence below the figure: the most important thing to notice. */
export function notice(a: Arithmetic): string {
  if (a.cell === 'lstm')
    return translate(
      'An LSTM unit computes four sums of the same form. They decide what the cell state keeps, what is written into it, and how much of it is shown. Along its path the cell state is only multiplied and added to.',
    );
  if (a.cell === 'gru')
    return translate(
      'A GRU unit computes three sums of the same form. The update gate decides how much of the old state stays. The reset gate decides how much of the old state the candidate sees. The candidate replaces what does not stay.',
    );
  return translate(
    `One unit at one time step is one sum: its bias, what the input adds through U, and what every unit’s previous state adds through W. Then ${gateOf(a)?.activation} is applied.`,
  );
}

/** The reason why the sum has no terms of states, or '' if it has some. */
export function noStatesNote(a: Arithmetic): string {
  if (a.gate >= a.gates || a.terms.kind.includes('state')) return '';
  if (a.cut.withoutRecurrence) return translate('The loop is cut (W = 0), so the previous state adds nothing.');
  if (a.cut.resetBefore === a.timestep)
    return translate(`The state was reset to 0 before time step ${a.timestep}, so it adds nothing.`);
  return translate('The state before the first time step is 0, so it adds nothing.');
}

export function description(a: Arithmetic): string {
  const { kind, sum } = a.terms;
  const waterfall = plural(kind.length, {
    one: translate(`This is a waterfall of ${kind.length} term of unit ${a.unit} at time step ${a.timestep}.`),
    other: translate(`This is a waterfall of ${kind.length} terms of unit ${a.unit} at time step ${a.timestep}.`),
  });
  const ends = sumsOf(a).map(({ last, final }) =>
    translate(`${toSpeech([resultLetter(a, final)])} is ${short(at(sum, last))}.`),
  );
  return [waterfall, ...ends].join(' ');
}

export function curveDescription(a: Arithmetic): string {
  const { curve } = a;
  if (!curve) return '';
  const [z, bent] = [short(at(curve.z, curve.at)), short(at(curve.a, curve.at))];
  const name = gateOf(a)?.activation ?? 'tanh';
  return name === 'σ'
    ? translate(`The sigmoid turns ${z} into ${bent}.`)
    : translate(`${name} turns ${z} into ${bent}.`);
}

export interface TableRow {
  name: string;
  /** What its x stands for; empty if that is a number alone. */
  source: string;
  weight: string;
  value: string;
  product: string;
  sum: string;
}

export function tableRows(a: Arithmetic, names: DataNames = {}): TableRow[] {
  const text = (value: number): string => formatNumber(value, TABLE_DIGITS);
  const { kind, weight, value, product, sum } = a.terms;
  return kind.map((_, k) => ({
    name: toText(nameOf(a, k)),
    source: sourceName(a, k, names),
    weight: text(at(weight, k)),
    value: isBias(a, k) ? '1' : text(at(value, k)),
    product: text(at(product, k)),
    sum: text(at(sum, k)),
  }));
}

// --------------------------------------------------------------------------------------------------------------- copy

function termLines(a: Arithmetic, names: DataNames): string[] {
  const { weight, value, product, sum } = a.terms;
  const line = (k: number): string => {
    const what = isBias(a, k)
      ? exact(at(product, k))
      : `${exact(at(weight, k))} * ${exact(at(value, k))} = ${exact(at(product, k))}`;
    const source = sourceName(a, k, names);
    return `  ${first(a, k) ? ' ' : '+'} ${toText(nameOf(a, k))} = ${what}    sum ${exact(at(sum, k))}${source && `    ${source}`}`;
  };
  return sumsOf(a).flatMap(({ first: begin, last, final }) => {
    const result = toText([resultLetter(a, final)]);
    return [
      ...Array.from({ length: last - begin + 1 }, (_, k) => line(begin + k)),
      `${result} = ${exact(at(sum, last))}`,
    ];
  });
}

/** The whole calculation, with all digits of every number. */
export function calculation(a: Arithmetic, names: DataNames = {}): string {
  const gate = gateOf(a);
  const where = [
    a.cell,
    translate(`unit ${a.unit} of ${a.units}`),
    translate(`time step ${a.timestep} of ${a.timesteps}`),
    ...(a.layers > 1 ? [translate(`layer ${a.layer + 1} of ${a.layers}`)] : []),
    ...(a.gates > 1 ? [gate?.name ?? translate('the state')] : []),
  ];
  const lines = [where.join(', ')];
  if (noStatesNote(a)) lines.push(noStatesNote(a));
  if (namesNote(a, names)) lines.push(namesNote(a, names));
  lines.push(...termLines(a, names));
  if (gate)
    lines.push(
      `${toText([activatedLetter(a)])} = ${nameFor(gate.activation)}(${toText([sumLetter(a)])}) = ${exact(at(a.a, a.gate))}`,
    );
  if (a.gates > 1) {
    lines.push('', translate('All gates of this unit:'));
    gatesOfCell(a).forEach((one, k) => {
      lines.push(
        `  ${one.letter}, ${one.name} = ${nameFor(one.activation)}(${exact(at(a.z, k))}) = ${exact(at(a.a, k))}`,
      );
    });
  }
  return `${lines.join('\n')}\n`;
}

const nameFor = (activation: string): string => (activation === 'σ' ? 'sigmoid' : activation);
