/** What the figure says in words: for the sliders, the live region, the description and the table. */

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
/** Of probabilities: near 0 and 1 two digits would say that nothing is left to learn. */
export const P_DIGITS = 3;
/** What stands before a target that follows a change of the inputs. */
export const TARGET_OF_CHANGED = translate('target of the changed sequence');
/** More digits where numbers are compared: in the table and under the figure. */
export const TABLE_DIGITS = 4;

const inputs = (trace: Reading, t: number): string =>
  Array.from({ length: trace.features }, (_, f) => formatNumber(inputOf(trace, t, f), DIGITS)).join(', ');

/** "h 0.61", and with an LSTM ", c 1.30". */
function stateWords(trace: Reading, t: number, unit: number): string {
  const h = `h ${formatNumber(stateOf(trace, t, unit), DIGITS)}`;
  const c = trace.c?.[t * trace.units + unit - 1];
  return c === undefined ? h : `${h}, c ${formatNumber(c, DIGITS)}`;
}

/** "p(y = 1) 0.713", "class 2, p 0.713", "value 0.713". */
export function answerWords(trace: Reading, t: number): string {
  if (trace.answer === 'probability') return `p(y = 1) ${formatNumber(predictionOf(trace, t), P_DIGITS)}`;
  if (trace.answer === 'value') return translate(`value ${formatNumber(predictionOf(trace, t), VALUE_DIGITS)}`);
  const best = classOf(trace, t);
  return translate(`class ${best}, p ${formatNumber(predictionOf(trace, t, best), P_DIGITS)}`);
}

/** A class as it is counted, a value with its digits. */
export function targetWords(trace: Reading, target: number): string {
  return trace.answer === 'value' ? formatNumber(target, VALUE_DIGITS) : String(target);
}

/** Whose target it is, or why there is none. */
export interface Labelled {
  relabelled?: boolean;
  unlabelled?: string;
}

/** "t = 3 of 10, x 0.42, unit 5, h 0.61" */
export function sentence(
  trace: Reading,
  timestep: number,
  unit?: number,
  { relabelled = false, unlabelled = '' }: Labelled = {},
): string {
  const parts = [translate(`t = ${timestep} of ${trace.timesteps}`)];
  // Many features would take a minute to say.
  if (timestep > 0 && trace.features <= 4) parts.push(`x ${inputs(trace, timestep)}`);
  if (trace.layers > 1) parts.push(translate(`layer ${trace.layer}`));
  if (unit !== undefined) parts.push(translate(`unit ${unit}`), stateWords(trace, timestep, unit));
  else if (timestep === 0) parts.push(translate('every h is 0'));
  if (trained(trace, timestep)) {
    parts.push(answerWords(trace, timestep));
    const target = targetOf(trace, timestep);
    if (target !== undefined)
      parts.push(`${relabelled ? TARGET_OF_CHANGED : translate('target')} ${targetWords(trace, target)}`);
    else if (unlabelled) parts.push(translate(`no target: ${unlabelled}`));
  }
  return parts.join(', ');
}

/** "unit 5 of 8, h −0.12 at t = 3", or that none is chosen. */
export function unitSentence(trace: Reading, timestep: number, unit?: number): string {
  if (unit === undefined) return translate('no unit chosen');
  return translate(`unit ${unit} of ${trace.units}, ${stateWords(trace, timestep, unit)} at t = ${timestep}`);
}

/** What a cut does, or ''. */
export function cutSentence(trace: Reading, cut: Cut, reset: number): string {
  if (cut === 'none' || (cut === 'state' && reset < 1)) return '';
  if (cut === 'state') return translate(`Cut: the state is set to 0 when time step ${reset} reads it.`);
  if (trace.gates.length === 1) return translate('Cut: W = 0, no step knows anything of the step before.');
  const carried = trace.c ? translate('c still goes over by f ⊙ c.') : translate('h still goes over by u ⊙ h.');
  return translate(`Cut: W = 0, no gate sees h of the step before; ${carried}`);
}

export function foldSentence(fold: number): string {
  if (fold <= 0) return translate('unrolled: one column for each time step');
  if (fold >= 1) return translate('folded: one cell with a loop');
  return translate(`${Math.round(fold * 100)} % folded`);
}

/** "x at t = 3, 0.42, edited, was 0.11" */
export function inputSentence(trace: Reading, t: number, feature: number, original?: number): string {
  const name = trace.features > 1 ? `x ${feature + 1}` : 'x';
  const value = formatNumber(inputOf(trace, t, feature), DIGITS);
  const was = original === undefined ? '' : translate(`, edited, was ${formatNumber(original, DIGITS)}`);
  return translate(`${name} at t = ${t}, ${value}${was}`);
}

const CELLS: Readonly<Record<number, string>> = { 3: translate('A GRU network'), 4: translate('An LSTM network') };

function readoutWords(trace: Reading): string {
  const what = {
    probability: translate('the probability p of y = 1'),
    classes: translate(`a probability for each of ${trace.outputs} classes`),
    value: translate('a value'),
  }[trace.answer];
  const when = trace.everyStep ? translate('At every step') : translate('After the last step');
  return translate(`${when} the weights V read h out as ${what}.`);
}

/** What the picture is, for those who do not see it. */
export function description(trace: Reading): string {
  const { timesteps, units, features, layers } = trace;
  const input = features === 1 ? translate('one number x') : translate(`${features} numbers x`);
  const stacked =
    layers > 1
      ? translate(
          ` ${layers} layers stand above one another; each reads h of the layer below. Shown whole: layer ${trace.layer}.`,
        )
      : '';
  return (
    translate(
      `${CELLS[trace.gates.length] ?? translate('A recurrent network')} unrolled over ${timesteps} ${timesteps === 1 ? translate('time step') : translate('time steps')}. `,
    ) +
    translate(
      `At each, ${input} enters through the weights U, and the state h of ${units} ${units === 1 ? translate('unit') : translate('units')} `,
    ) +
    translate(
      'comes over from the step before through the weights W; U, W and the bias b are the same at every step. ',
    ) +
    translate(`h starts at 0.${stacked} ${readoutWords(trace)}`)
  );
}

export interface Row {
  t: number;
  x: string[];
  z: string;
  /** What the chosen gate's activation makes of z. */
  gate: string;
  h: string;
  c: string;
  logit: string;
  /** One for each output. */
  p: string[];
  /** '' where there is none. */
  target: string;
  trained: boolean;
}

/** The table's rows from..to (0 is h_0), each number as the trace has it. */
export function rows(trace: Reading, from: number, to: number, unit?: number): Row[] {
  const text = (value: number): string => formatNumber(value, TABLE_DIGITS);
  const each = (count: number, value: (k: number) => string): string[] =>
    Array.from({ length: count }, (_, k) => value(k));
  return each(Math.max(0, to - from + 1), String).map((_, k) => {
    const t = from + k;
    const past = t > 0;
    return {
      t,
      x: each(trace.features, (f) => (past ? text(inputOf(trace, t, f)) : '')),
      z: past && unit !== undefined ? text(sumOf(trace, t, unit)) : '',
      gate: past && unit !== undefined ? text(gateOf(trace, t, unit)) : '',
      h: unit !== undefined ? text(stateOf(trace, t, unit)) : '',
      c: unit !== undefined && trace.c ? text(trace.c[t * trace.units + unit - 1] as number) : '',
      logit: past ? text(trace.logit[(t - 1) * trace.outputs] as number) : '',
      p: each(trace.outputs, (o) => (past ? text(predictionOf(trace, t, o)) : '')),
      target: targetOf(trace, t) === undefined ? '' : targetWords(trace, targetOf(trace, t) as number),
      trained: trained(trace, t),
    };
  });
}
