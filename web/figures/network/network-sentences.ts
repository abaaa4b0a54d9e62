/** The figure in words: for the sliders, the live region, the description and the table. */

import {
  className,
  type DataNames,
  featureName,
  featureCell,
  featureText,
  quoted,
  targetText,
  wordAt,
} from '../../shared/data-names.ts';
import { formatNumber } from '../../shared/format.ts';
import type { Cut } from './scene.ts';
import {
  classOf,
  gateOf,
  inputOf,
  predictionOf,
  type Reading,
  stateOf,
  sumOf,
  targetOf,
  trained,
  VALUE_DIGITS,
} from './trace.ts';
import { translate } from '../../shared/translate.ts';

const DIGITS = 2;
/** Probabilities have three digits. With two, values near 0 and 1 would look as if there were nothing left to learn. */
export const P_DIGITS = 3;
/** The name of a target that follows from changed inputs. */
export const TARGET_OF_CHANGED = translate('target of the changed sequence');
/** The table and the values at the cursor have more digits, because there numbers are compared. */
const TABLE_DIGITS = 4;

/** For example "x 0.42", "temperature 15.6 °C, wind 4.1 m/s" or "reads “the”". */
function inputs(trace: Reading, t: number, names: DataNames): string {
  if (names.tokens) {
    const word = wordAt(names, trace.x, trace.features, t);
    return word === undefined ? translate('reads no word of the text') : translate(`reads ${quoted(word)}`);
  }
  const values = Array.from({ length: trace.features }, (_, f) => {
    const text = featureText(names, f, inputOf(trace, t, f), DIGITS);
    const name = featureName(names, f);
    return name === undefined ? text : `${name} ${text}`;
  }).join(', ');
  return names.quantities ? values : `x ${values}`;
}

/** For example "h 0.61", or with an LSTM "h 0.61, c 1.30". */
function stateWords(trace: Reading, t: number, unit: number): string {
  const h = `h ${formatNumber(stateOf(trace, t, unit), DIGITS)}`;
  const c = trace.c?.[t * trace.units + unit - 1];
  return c === undefined ? h : `${h}, c ${formatNumber(c, DIGITS)}`;
}

/** For example "p(y = 1) 0.713", "class 2, p 0.713" or "value 0.713". */
function answerWords(trace: Reading, t: number, names: DataNames): string {
  if (trace.answer === 'probability') return `p(y = 1) ${formatNumber(predictionOf(trace, t), P_DIGITS)}`;
  if (trace.answer === 'value') return translate(`value ${targetText(names, predictionOf(trace, t), VALUE_DIGITS)}`);
  const best = classOf(trace, t);
  return `${className(names, best)}, p ${formatNumber(predictionOf(trace, t, best), P_DIGITS)}`;
}

/** A class as a whole number or its word, or a value with its digits and its unit. */
export function targetWords(trace: Reading, target: number, names: DataNames = {}): string {
  if (trace.answer === 'value') return targetText(names, target, VALUE_DIGITS);
  return trace.answer === 'classes' && names.tokens ? className(names, target) : String(target);
}

/** Whether the target follows from changed inputs, or why there is none. */
export interface Labelled {
  names?: DataNames;
  relabelled?: boolean;
  unlabelled?: string;
}

/** For example "t = 3 of 10, x 0.42, unit 5, h 0.61". */
export function sentence(
  trace: Reading,
  timestep: number,
  unit?: number,
  { relabelled = false, unlabelled = '', names = {} }: Labelled = {},
): string {
  const parts = [translate(`t = ${timestep} of ${trace.timesteps}`)];
  // Reading many features aloud would take too long.
  if (timestep > 0 && (trace.features <= 4 || names.tokens)) parts.push(inputs(trace, timestep, names));
  if (trace.layers > 1) parts.push(translate(`layer ${trace.layer}`));
  if (unit !== undefined) parts.push(translate(`unit ${unit}`), stateWords(trace, timestep, unit));
  else if (timestep === 0) parts.push(translate('every h is 0'));
  if (trained(trace, timestep)) {
    parts.push(answerWords(trace, timestep, names));
    const target = targetOf(trace, timestep);
    if (target !== undefined)
      parts.push(`${relabelled ? TARGET_OF_CHANGED : translate('target')} ${targetWords(trace, target, names)}`);
    else if (unlabelled) parts.push(translate(`no target: ${unlabelled}`));
  }
  return parts.join(', ');
}

/** For example "unit 5 of 8, h −0.12 at t = 3", or a text that no unit is chosen. */
export function unitSentence(trace: Reading, timestep: number, unit?: number): string {
  if (unit === undefined) return translate('no unit chosen');
  return translate(`unit ${unit} of ${trace.units}, ${stateWords(trace, timestep, unit)} at t = ${timestep}`);
}

/** The effect of a cut, or ''. */
export function cutSentence(trace: Reading, cut: Cut, reset: number): string {
  if (cut === 'none' || (cut === 'state' && reset < 1)) return '';
  if (cut === 'state') return translate(`Cut: time step ${reset} receives 0 instead of the previous state.`);
  if (trace.gates.length === 1) return translate('Cut: W = 0, so no time step receives the previous state.');
  return trace.c
    ? translate('Cut: W = 0, so no gate receives the previous h. The cell state is still carried on by f ⊙ c.')
    : translate('Cut: W = 0, so no gate receives the previous h. The state is still carried on by u ⊙ h.');
}

export function foldSentence(fold: number): string {
  if (fold <= 0) return translate('unrolled: one column for each time step');
  if (fold >= 1) return translate('folded: one cell with a loop');
  return translate(`${Math.round(fold * 100)} % folded`);
}

/** For example "x at t = 3, 0.42, edited, was 0.11". */
export function inputSentence(
  trace: Reading,
  t: number,
  feature: number,
  original?: number,
  names: DataNames = {},
): string {
  const name = featureName(names, feature) ?? (trace.features > 1 ? `x ${feature + 1}` : 'x');
  const value = featureText(names, feature, inputOf(trace, t, feature), DIGITS);
  return original === undefined
    ? translate(`${name} at t = ${t}, ${value}`)
    : translate(`${name} at t = ${t}, ${value}, edited, was ${featureText(names, feature, original, DIGITS)}`);
}

export interface Row {
  t: number;
  /** One text per feature; of words, the one that is read. */
  x: string[];
  z: string;
  /** The value of the chosen gate after its activation function. */
  gate: string;
  h: string;
  c: string;
  logit: string;
  /** One text per output. */
  p: string[];
  /** '' if there is no target. */
  target: string;
  trained: boolean;
}

/** The rows of the table for the time steps from … to, where 0 is h_0. Numbers are those of the trace. */
export function rows(trace: Reading, from: number, to: number, unit?: number, names: DataNames = {}): Row[] {
  const text = (value: number): string => formatNumber(value, TABLE_DIGITS);
  const answer = (value: number): string =>
    trace.answer === 'value' ? targetText(names, value, TABLE_DIGITS) : text(value);
  const each = (count: number, value: (k: number) => string): string[] =>
    Array.from({ length: count }, (_, k) => value(k));
  return each(Math.max(0, to - from + 1), String).map((_, k) => {
    const t = from + k;
    const past = t > 0;
    return {
      t,
      x: names.tokens
        ? [past ? (wordAt(names, trace.x, trace.features, t) ?? '…') : '']
        : each(trace.features, (f) => (past ? featureCell(names, f, inputOf(trace, t, f), TABLE_DIGITS) : '')),
      z: past && unit !== undefined ? text(sumOf(trace, t, unit)) : '',
      gate: past && unit !== undefined ? text(gateOf(trace, t, unit)) : '',
      h: unit !== undefined ? text(stateOf(trace, t, unit)) : '',
      c: unit !== undefined && trace.c ? text(trace.c[t * trace.units + unit - 1] as number) : '',
      logit: past ? text(trace.logit[(t - 1) * trace.outputs] as number) : '',
      p: each(trace.outputs, (o) => (past ? answer(predictionOf(trace, t, o)) : '')),
      target: targetOf(trace, t) === undefined ? '' : targetWords(trace, targetOf(trace, t) as number, names),
      trained: trained(trace, t),
    };
  });
}
