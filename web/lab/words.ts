/** Captions: what a run was, what changed, where in it we stand. */

import { formatNumber } from '../format.ts';
import { type LabField, type LabState, RUN, TABLE } from '../state/lab.ts';
import { milliseconds } from '../words.ts';
import type { LabConfig, LabRun, Moment } from '../worker/protocol.ts';

const DATA: readonly LabField[] = ['data', 'task'];
const EXTENT: readonly LabField[] = ['samples', 'steps', 'split'];
const START: readonly LabField[] = ['units', 'layers', 'cell', 'initializer', 'gain', 'seed', 'task'];

function held(changed: readonly LabField[]): string {
  const some = (names: readonly LabField[]): boolean => changed.some((name) => names.includes(name));
  const data = some(DATA) ? 'new data' : some(EXTENT) ? 'earlier values kept' : 'same data';
  return `${data}, ${some(START) ? 'new first weights' : 'same start'}`;
}

const plural = (count: number, noun: string): string => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** `learning rate 0.01 → 0.03 · same data, same start · 160 updates · 105 parameters · 4.2 ms` */
export function caption(config: LabConfig, before: LabConfig | undefined, run: LabRun): string {
  const parts = [plural(run.updates, 'update'), plural(run.parameters, 'parameter'), `${milliseconds(run.milliseconds)} ms`];
  const changed = before ? RUN.filter((name) => config[name] !== before[name]) : [];
  if (before && changed.length > 0)
    parts.unshift(changed.map((name) => `${TABLE[name].label} ${before[name]} → ${config[name]}`).join(', '), held(changed));
  return parts.join(' · ');
}

/** `After 12 epochs and 3 of 4 batches: right on 84.0 % of the training sequences, 79.5 % of 1,000 fresh ones.` */
export function place(moment: Moment, batches: number, split: number): string {
  const { at, epoch, batch, training, judging } = moment;
  const judges = split > 0 ? 'of 1,000 fresh ones, which no split touches' : 'of 1,000 fresh ones';
  const when = at === 0 ? 'Before the first update' : `After ${plural(epoch, 'epoch')}${batch ? ` and ${batch} of ${batches} batches` : ''}`;
  const { accuracy, mean_absolute_error: error } = training;
  if (accuracy === undefined || error !== undefined)
    return `${when}: loss ${formatNumber(training.loss, 4)} on the training sequences, ${formatNumber(judging.loss, 4)} on 1,000 fresh ones.`;
  return `${when}: right on ${formatNumber(100 * accuracy, 1)} % of the training sequences, ${formatNumber(100 * judging.accuracy, 1)} % ${judges}.`;
}

/** `the answer after time step 10 p(y = 1) 0.713 → 0.902`: what the trained network says of the sequence as it was, and what it says now.
 *  '' where the two read sequences of other lengths. */
function answerMoved({ sample, length, steps }: LabState, moment: Moment | undefined): string {
  if (!moment || (length && length !== steps)) return '';
  const { outputs, prediction, timesteps } = moment.trace;
  const each = (moment.trace.readouts ?? 1) * outputs;
  const [before, now] = [moment.predictions.subarray((sample + 1) * each - outputs, (sample + 1) * each), prediction.subarray(prediction.length - outputs)];
  const said = (answer: Float32Array): string => {
    const best = answer.indexOf(Math.max(...answer));
    return `${outputs > 1 ? `class ${best}, p ` : ''}${formatNumber(answer[best] ?? Number.NaN, 3)}`;
  };
  const regression = moment.training.accuracy === undefined || moment.training.mean_absolute_error !== undefined;
  const name = outputs > 1 ? '' : regression ? 'ŷ ' : 'p(y = 1) ';
  return `the answer after time step ${timesteps}: ${name}${said(before)} → ${said(now)}`;
}

/** `The weights are frozen; x₃ 0.11 → 0.90; W = 0; the answer after time step 10: p(y = 1) 0.713 → 0.902.` */
export function whatIf(state: LabState, moment: Moment | undefined): string {
  const { edits, weights, cut, reset, length } = state;
  const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);
  const told = [
    ...edits.map(([at, value]) => `x at place ${at}: ${number(moment?.original[at - 1])} → ${number(value)}`),
    ...weights.map(([at, value]) => `${weightName(moment, at)}: ${number(moment?.trained[at])} → ${number(value)}`),
    ...(edits.length ? ['the target stays that of the sequence as it was'] : []),
    ...(cut === 'loop' ? ['W = 0 at every step'] : []),
    ...(cut === 'state' ? [`h = 0 before time step ${reset}`] : []),
    ...(length ? [`${plural(length, 'time step')} read`] : []),
    answerMoved(state, moment),
  ].filter((part) => part !== '');
  return `The weights are frozen; ${told.join('; ')}.`;
}

function weightName(moment: Moment | undefined, index: number): string {
  const tensor = moment?.tensors.find(({ offset, count }) => index >= offset && index < offset + count);
  if (!tensor) return `weight ${index}`;
  const place = index - tensor.offset;
  const columns = tensor.shape.at(-1) ?? 1;
  const at = tensor.shape.length > 1 ? `${Math.floor(place / columns) + 1}, ${(place % columns) + 1}` : `${place + 1}`;
  return `${tensor.name}[${at}]`;
}
