/** What the picture says: its answer, what it shows, and what a change did. Pure. */

import { formatNumber, lowered, probability, probabilityEquation } from '../../shared/format.ts';
import { className, quantityText, quoted } from '../../shared/data-names.ts';
import type { Quantity } from '../../shared/shared-sentences.ts';
import { list, plural, translate } from '../../shared/translate.ts';
import { classOf, inputOf, predictionOf, type Reading, stateOf, trained, VALUE_DIGITS } from '../network/trace.ts';
import type { StateChanges } from './state-changes.ts';

/** The words for y = 1 and y = 0, and what a number as an answer measures. */
export interface AnswerWords {
  yes: string;
  no: string;
  target: Quantity | undefined;
  /** What classes stand for. */
  tokens?: readonly string[] | undefined;
}

/** The answer at a time step: what it is, how sure, and the same as it stands after the word: "p = 0.98", "= 1.20". */
export function answerParts(
  trace: Reading,
  t: number,
  { yes, no, target, tokens }: AnswerWords,
): { word: string; value: string; equation: string } {
  const best = classOf(trace, t);
  const p = predictionOf(trace, t, best);
  if (trace.answer === 'value') {
    const value = target ? quantityText(target, p) : formatNumber(p, VALUE_DIGITS);
    return { word: 'ŷ', value, equation: `= ${value}` };
  }
  const word = trace.answer === 'classes' ? className({ tokens }, best) : p >= 0.5 ? yes : no;
  return { word, value: probability(p), equation: probabilityEquation(p) };
}

/** "½", or the number. */
export const levelText = (level: number): string => (level === 0.5 ? '½' : formatNumber(level));

/** "x₁ = 0.59, above ½", "x₇, temperature = 15.6 °C" */
export function dotText(
  trace: Reading,
  index: number,
  value: number,
  level: number | undefined,
  quantities?: readonly Quantity[],
): string {
  const t = Math.floor(index / trace.features) + 1;
  const feature = index % trace.features;
  const quantity = quantities?.[feature];
  if (quantity) return `x${lowered(t)}, ${quantity.name} = ${quantityText(quantity, value)}`;
  const name = `x${lowered(t)}${trace.features > 1 ? `[${feature + 1}]` : ''}`;
  const text = `${name} = ${formatNumber(value)}`;
  if (level === undefined || feature > 0) return text;
  return value > level
    ? translate(`${text}, above ${levelText(level)}`)
    : translate(`${text}, not above ${levelText(level)}`);
}

/** The caption above the picture. */
export function caption(trace: Reading, timestep: number, fold: number, changes: StateChanges | undefined): string {
  if (changes) return changed(trace, changes);
  if (fold < 0.5)
    return plural(trace.timesteps, {
      one: translate('One cell, and one time step to read.'),
      other: translate(`One cell, drawn once for each of ${trace.timesteps} time steps.`),
    });
  if (timestep === 0) return translate('One cell with a loop. Its state starts at 0.');
  return translate(
    `One cell with a loop. At time step ${timestep} it reads x${lowered(timestep)} and its state from time step ${timestep - 1}.`,
  );
}

/** What the changes did to the states. */
function changed(trace: Reading, { inputs, units }: StateChanges): string {
  const moved = units.reduce((sum, column) => sum + column.length, 0);
  const all = trace.timesteps * trace.units;
  if (inputs.length === 0) return translate(`What you changed moved ${moved} of the ${all} values of the states.`);
  const names = list(inputs.slice(0, 3).map((index) => `x${lowered(Math.floor(index / trace.features) + 1)}`));
  return translate(`Changing ${names} moved ${moved} of the ${all} values of the states.`);
}

/** The answer in words: "The answer is yes, p(y = 1) = 0.98." */
function answerSentence(trace: Reading, t: number, words: AnswerWords): string {
  const { word, value } = answerParts(trace, t, words);
  if (trace.answer === 'value') return translate(`The answer is ${value}.`);
  if (trace.answer === 'classes') return translate(`The answer is ${word}, p = ${value}.`);
  return translate(`The answer is ${word}, p(y = 1) = ${value}.`);
}

const readSentence = (word: string | undefined): string =>
  word === undefined ? translate('It reads no word of the text.') : translate(`It reads ${quoted(word)}.`);

/** The state at rest, for screen readers. */
export function restSentence(
  trace: Reading,
  {
    timestep,
    unit,
    level,
    words,
    changes,
    quantities,
    read,
  }: {
    timestep: number;
    unit: number | undefined;
    level: number | undefined;
    quantities: readonly Quantity[] | undefined;
    /** The words that are read, from time step 1 on. */
    read: readonly (string | undefined)[] | undefined;
    words: AnswerWords;
    changes: StateChanges | undefined;
  },
): string {
  const parts = [translate(`Time step ${timestep} of ${trace.timesteps}.`)];
  if (changes) parts.push(changed(trace, changes));
  if (timestep === 0) parts.push(translate('The state is 0.'));
  else if (read) parts.push(readSentence(read[timestep - 1]));
  else if (trace.features <= 4)
    parts.push(
      `${list(Array.from({ length: trace.features }, (_, f) => dotText(trace, (timestep - 1) * trace.features + f, inputOf(trace, timestep, f), level, quantities)))}.`,
    );
  if (unit !== undefined && timestep > 0)
    parts.push(translate(`Unit ${unit} has the value ${formatNumber(stateOf(trace, timestep, unit))}.`));
  if (trained(trace, timestep)) parts.push(answerSentence(trace, timestep, words));
  return parts.join(' ');
}
