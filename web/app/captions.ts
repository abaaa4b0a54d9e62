/** Captions: the settings of a run, what changed since the run before, and the moment that is shown. */

import type { Task } from '../../wasm/js/types.ts';
import { formatNumber, grouped, lowered, scientific } from '../shared/format.ts';
import { sameFields } from '../state/fields.ts';
import { type Config, isWhatIf, type FieldName, type State, OWN_TASK, RUN, TABLE, trained } from '../state/state.ts';
import { labelSentence, milliseconds } from '../shared/shared-sentences.ts';
import type { AnswerOf, Moment, Run } from '../worker/protocol.ts';
import { list, plural, translate } from '../shared/translate.ts';

const DATA: readonly FieldName[] = ['data', 'task', 'own', 'changes'];
const EXTENT: readonly FieldName[] = ['samples', 'steps', 'split'];
const START: readonly FieldName[] = ['units', 'layers', 'cell', 'initializer', 'gain', 'seed', 'task'];

function held(changed: readonly FieldName[]): string {
  const some = (names: readonly FieldName[]): boolean => changed.some((name) => names.includes(name));
  const data = some(DATA)
    ? translate('new data')
    : some(EXTENT)
      ? translate('earlier values kept')
      : translate('same data');
  return `${data}, ${some(START) ? translate('new first weights') : translate('same start')}`;
}

/** One text for each setting that differs, such as "learning rate 0.03 → 0.01". */
export const changes = (from: Config, to: Config): string[] =>
  RUN.filter((name) => !sameFields(from, to, [name])).map((name) =>
    name === 'own'
      ? translate('other data')
      : name === 'changes'
        ? to.changes.length > 0
          ? plural(to.changes.length, {
              one: translate(`${grouped(to.changes.length)} changed number`),
              other: translate(`${grouped(to.changes.length)} changed numbers`),
            })
          : translate('no changed numbers')
        : `${TABLE[name].label} ${from[name]} → ${to[name]}`,
  );

/** Returns, for example, `learning rate 0.01 → 0.03 · same data, same start · 105 parameters · 4.2 ms`. */
export function caption(config: Config, before: Config | undefined, run: Run): string {
  const parts = [
    plural(run.parameters, {
      one: translate(`${grouped(run.parameters)} parameter`),
      other: translate(`${grouped(run.parameters)} parameters`),
    }),
    `${milliseconds(run.milliseconds)} ms`,
  ];
  const changed = before ? RUN.filter((name) => !sameFields(config, before, [name])) : [];
  if (before && changed.length > 0) parts.unshift(list(changes(before, config)), held(changed));
  return parts.join(' · ');
}

/** Says which moment the figures show while a run is only offered. */
export const untilTrained = (at: number): string =>
  at === 0
    ? translate('Until you train it, the network is shown untrained (update 0).')
    : plural(at, {
        one: translate(`Until you train it, the network is shown after ${grouped(at)} update.`),
        other: translate(`Until you train it, the network is shown after ${grouped(at)} updates.`),
      });

const size = (norm: number): string => (Number.isFinite(norm) ? scientific(norm, 2) : translate('no finite number'));

/** Says how one step back in time changed the gradient, for the layer whose gradient was the largest. */
export function explosion({ at, layers }: AnswerOf<'exploded'>, timesteps: number): string {
  const [largest, index] = layers.reduce<[(typeof layers)[number] | undefined, number]>(
    ([best, which], one, i) => (best && !(one.sum > best.sum) ? [best, which] : [one, i]),
    [undefined, 0],
  );
  if (!largest) return '';
  const { first, last, sum, rate } = largest;
  if ([first, last, sum].every(Number.isNaN))
    return translate(`After update ${grouped(at)} the gradients were no longer finite numbers.`);
  const [update, late, early] = [grouped(at), `‖∂L/∂h${lowered(timesteps)}‖`, '‖∂L/∂h₁‖'];
  return [
    layers.length > 1
      ? translate(
          `After update ${update}, ${late} in layer ${index + 1} was ${size(last)} and ${early} was ${size(first)}.`,
        )
      : translate(`After update ${update}, ${late} was ${size(last)} and ${early} was ${size(first)}.`),
    Number.isNaN(rate)
      ? ''
      : rate > 1
        ? translate(`Each step back multiplied the gradient by ${formatNumber(rate, 2)}, so it exploded through time.`)
        : translate(
            `Each step back multiplied the gradient by ${formatNumber(rate, 2)}, so it did not explode through time: the update itself was too large.`,
          ),
    translate(`‖∂L/∂W‖ was ${size(sum)}.`),
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * Returns, for example, `After 12 epochs and 3 of 4 batches: right on 84.0 % of the training sequences, 79.5 % of 1,000
 * fresh ones.` `name` is the file that the weights come from.
 */
export function place(moment: Moment, batches: number, config: Config, name = ''): string {
  const { at, epoch, batch, training, judging } = moment;
  const held = config.samples - trained(config);
  const judges =
    config.task === OWN_TASK
      ? translate(`the ${grouped(held)} held back`)
      : config.split > 0
        ? translate('1,000 fresh ones, which no split touches')
        : translate('1,000 fresh ones');
  const when = moment.file
    ? translate(`With the weights from ${name}`)
    : at === 0
      ? translate('Before the first update')
      : batch
        ? plural(epoch, {
            one: translate(`After ${grouped(epoch)} epoch and ${batch} of ${batches} batches`),
            other: translate(`After ${grouped(epoch)} epochs and ${batch} of ${batches} batches`),
          })
        : plural(epoch, {
            one: translate(`After ${grouped(epoch)} epoch`),
            other: translate(`After ${grouped(epoch)} epochs`),
          });
  const { accuracy, mean_absolute_error: error } = training;
  const these =
    config.task === OWN_TASK
      ? plural(config.samples, { other: translate(`all ${grouped(config.samples)} sequences`) })
      : translate('the training sequences');
  if (!Number.isFinite(training.loss)) return translate(`${when}: the loss is no longer a finite number.`);
  if (accuracy === undefined || error !== undefined) {
    const loss = formatNumber(training.loss, 4);
    return judging
      ? translate(`${when}: loss ${loss} on ${these}, ${formatNumber(judging.loss, 4)} on ${judges}.`)
      : translate(`${when}: loss ${loss} on ${these}.`);
  }
  const right = formatNumber(100 * accuracy, 1);
  return judging
    ? translate(`${when}: right on ${right} % of ${these}, ${formatNumber(100 * judging.accuracy, 1)} % of ${judges}.`)
    : translate(`${when}: right on ${right} % of ${these}.`);
}

/**
 * Returns, for example, `the answer after time step 10: p(y = 1) 0.713 → 0.902`: the network's answer to the original
 * sequence and to the changed one. Empty if the two have different lengths, because their answers cannot be compared.
 */
function answerMoved({ sample, length, steps }: State, moment: Moment | undefined): string {
  if (!moment || (length && length !== steps)) return '';
  const { outputs, prediction, timesteps } = moment.trace;
  const each = (moment.trace.readouts ?? 1) * outputs;
  const [before, now] = [
    moment.predictions.subarray((sample + 1) * each - outputs, (sample + 1) * each),
    prediction.subarray(prediction.length - outputs),
  ];
  const said = (answer: Float32Array): string => {
    const best = answer.indexOf(Math.max(...answer));
    const value = formatNumber(answer[best] ?? Number.NaN, 3);
    return outputs > 1 ? translate(`class ${best}, p ${value}`) : value;
  };
  const regression = moment.training.accuracy === undefined || moment.training.mean_absolute_error !== undefined;
  const name = outputs > 1 ? '' : regression ? 'ŷ ' : 'p(y = 1) ';
  if (said(before) === said(now))
    return translate(`the answer after time step ${timesteps} stays at ${name}${said(now)}`);
  return translate(`the answer after time step ${timesteps}: ${name}${said(before)} → ${said(now)}`);
}

/**
 * Returns, for example, `The weights are frozen; x₁ 0.77 → 0.20; the answer after time step 10: p(y = 1) 0.985 → 0.008.
 * The label follows the change: …`.
 */
export function whatIf(state: State, moment: Moment | undefined, task: Task | undefined, name: string): string {
  const { file, edits, weights, cut, reset, length } = state;
  const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);
  const told = [
    ...(file
      ? [
          moment && moment.file !== file
            ? translate('those of the training, until their file is here')
            : translate(`all of them are from ${name}`),
        ]
      : []),
    ...edits.map(([at, value]) => `${inputName(moment, at)}: ${number(moment?.original[at - 1])} → ${number(value)}`),
    ...weights.map(([at, value]) => `${weightName(moment, at)}: ${number(moment?.trained[at])} → ${number(value)}`),
    ...(cut === 'loop' ? [translate('W = 0 at every step')] : []),
    ...(cut === 'state' ? [translate(`h = 0 before time step ${reset}`)] : []),
    ...(length
      ? [plural(length, { one: translate(`${length} time step read`), other: translate(`${length} time steps read`) })]
      : []),
    ...(isWhatIf(state) ? [answerMoved(state, moment)] : []),
  ].filter((part) => part !== '');
  const label = moment ? labelSentence(moment.labels, moment.trace.y, task) : '';
  return [translate(`The weights are frozen; ${told.join('; ')}.`), label].filter(Boolean).join(' ');
}

/** `at` counts the numbers of the whole sequence, from 1. */
function inputName(moment: Moment | undefined, at: number): string {
  const features = moment?.trace.layers[0]?.features ?? 1;
  const timestep = Math.floor((at - 1) / features) + 1;
  return features === 1
    ? translate(`x at time step ${timestep}`)
    : translate(`x at time step ${timestep}, feature ${((at - 1) % features) + 1}`);
}

function weightName(moment: Moment | undefined, index: number): string {
  const tensor = moment?.tensors.find(({ offset, count }) => index >= offset && index < offset + count);
  if (!tensor) return translate(`weight ${index}`);
  const place = index - tensor.offset;
  const columns = tensor.shape.at(-1) ?? 1;
  const at = tensor.shape.length > 1 ? `${Math.floor(place / columns) + 1}, ${(place % columns) + 1}` : `${place + 1}`;
  return `${tensor.name}[${at}]`;
}
