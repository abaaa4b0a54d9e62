/** What the figure says in words: for the sliders, the live region, the description and the table. */

import { formatNumber } from '../format.ts';
import { inputOf, stateOf, sumOf, type Trace } from './trace.ts';

const DIGITS = 2;
/** Of probabilities: near 0 and 1 two digits would say that nothing is left to learn. */
export const P_DIGITS = 3;
/** More digits where numbers are compared: in the table and under the figure. */
export const TABLE_DIGITS = 4;

const inputs = (trace: Trace, t: number): string =>
  Array.from({ length: trace.features }, (_, f) => formatNumber(inputOf(trace, t, f), DIGITS)).join(', ');

/** "t = 3 of 10, x 0.42, unit 5, h 0.61" */
export function sentence(trace: Trace, timestep: number, unit?: number): string {
  const parts = [`t = ${timestep} of ${trace.timesteps}`];
  if (timestep > 0) parts.push(`x ${inputs(trace, timestep)}`);
  if (unit !== undefined) parts.push(`unit ${unit}`, `h ${formatNumber(stateOf(trace, timestep, unit), DIGITS)}`);
  else if (timestep === 0) parts.push('every h is 0');
  if (timestep === trace.timesteps) {
    parts.push(`p(y = 1) ${formatNumber(trace.probability[timestep - 1] as number, P_DIGITS)}`);
    if (trace.label !== undefined) parts.push(`target ${trace.label}`);
  }
  return parts.join(', ');
}

/** "unit 5 of 8, h −0.12 at t = 3", or that none is chosen. */
export function unitSentence(trace: Trace, timestep: number, unit?: number): string {
  if (unit === undefined) return 'no unit chosen';
  const h = formatNumber(stateOf(trace, timestep, unit), DIGITS);
  return `unit ${unit} of ${trace.units}, h ${h} at t = ${timestep}`;
}

export function foldSentence(fold: number): string {
  if (fold <= 0) return 'unrolled: one column for each time step';
  if (fold >= 1) return 'folded: one cell with a loop';
  return `${Math.round(fold * 100)} % folded`;
}

/** "x at t = 3, 0.42, edited, was 0.11" */
export function inputSentence(trace: Trace, t: number, feature: number, original?: number): string {
  const name = trace.features > 1 ? `x ${feature + 1}` : 'x';
  const value = formatNumber(inputOf(trace, t, feature), DIGITS);
  const was = original === undefined ? '' : `, edited, was ${formatNumber(original, DIGITS)}`;
  return `${name} at t = ${t}, ${value}${was}`;
}

/** What the picture is, for those who do not see it. */
export function description(trace: Trace): string {
  const { timesteps, units, features } = trace;
  const input = features === 1 ? 'one number x' : `${features} numbers x`;
  return (
    `A recurrent network unrolled over ${timesteps} time ${timesteps === 1 ? 'step' : 'steps'}. ` +
    `At each, ${input} enters through the weights U, and the state h of ${units} ${units === 1 ? 'unit' : 'units'} ` +
    'comes over from the step before through the weights W; U, W and the bias b are the same at every step. ' +
    'h starts at 0. After the last step the weights V read h out as the probability p of y = 1.'
  );
}

export interface Row {
  t: number;
  x: string[];
  z: string;
  h: string;
  logit: string;
  p: string;
}

/** The table's rows from..to (0 is h_0), each number as the trace has it. */
export function rows(trace: Trace, from: number, to: number, unit?: number): Row[] {
  const text = (value: number): string => formatNumber(value, TABLE_DIGITS);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => {
    const t = from + k;
    const past = t > 0;
    return {
      t,
      x: Array.from({ length: trace.features }, (_, f) => (past ? text(inputOf(trace, t, f)) : '')),
      z: past && unit !== undefined ? text(sumOf(trace, t, unit)) : '',
      h: unit !== undefined ? text(stateOf(trace, t, unit)) : '',
      logit: past ? text(trace.logit[t - 1] as number) : '',
      p: past ? text(trace.probability[t - 1] as number) : '',
    };
  });
}
