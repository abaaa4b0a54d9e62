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

/** The metrics of a moment on the sequences that were trained on, and on those that were not, if these were measured. */
function measured({ training, judging }: Moment, config: Config): string {
  const { accuracy, mean_absolute_error: error } = training;
  const all = grouped(config.samples);
  const held = grouped(config.samples - trained(config));
  if (accuracy === undefined || error !== undefined) {
    const loss = formatNumber(training.loss, 4);
    const other = judging && formatNumber(judging.loss, 4);
    if (config.task === OWN_TASK)
      return plural(config.samples, {
        other: other
          ? translate(`loss ${loss} on all ${all} sequences, ${other} on the ${held} held back.`)
          : translate(`loss ${loss} on all ${all} sequences.`),
      });
    if (!other) return translate(`loss ${loss} on the training sequences.`);
    return config.split > 0
      ? translate(`loss ${loss} on the training sequences, ${other} on 1,000 new ones, which no split touches.`)
      : translate(`loss ${loss} on the training sequences, ${other} on 1,000 new ones.`);
  }
  const right = formatNumber(100 * accuracy, 1);
  const other = judging && formatNumber(100 * judging.accuracy, 1);
  if (config.task === OWN_TASK)
    return plural(config.samples, {
      other: other
        ? translate(`right on ${right} % of all ${all} sequences, ${other} % of the ${held} held back.`)
        : translate(`right on ${right} % of all ${all} sequences.`),
    });
  if (!other) return translate(`right on ${right} % of the training sequences.`);
  return config.split > 0
    ? translate(`right on ${right} % of the training sequences, ${other} % of 1,000 new ones, which no split touches.`)
    : translate(`right on ${right} % of the training sequences, ${other} % of 1,000 new ones.`);
}

/**
 * Returns, for example, `After 12 epochs and 3 of 4 batches: right on 84.0 % of the training sequences, 79.5 % of 1,000
 * new ones.` `name` is the file that the weights come from.
 */
export function place(moment: Moment, batches: number, config: Config, name = ''): string {
  const { at, epoch, batch } = moment;
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
  return Number.isFinite(moment.training.loss)
    ? `${when}: ${measured(moment, config)}`
    : translate(`${when}: the loss is no longer a finite number.`);
}

/**
 * Returns, for example, `The answer after time step 10 changes from p(y = 1) = 0.713 to 0.902.`: the network's answer to
 * the original sequence and to the changed one. Empty if the two have different lengths, because their answers cannot be compared.
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
  const first = `${outputs > 1 ? '' : regression ? 'ŷ = ' : 'p(y = 1) = '}${said(before)}`;
  return said(before) === said(now)
    ? translate(`The answer after time step ${timesteps} stays at ${first}.`)
    : translate(`The answer after time step ${timesteps} changes from ${first} to ${said(now)}.`);
}

/**
 * Returns, for example, `The weights are frozen. x at time step 1 is 0.20 instead of 0.77. The answer after time step 10
 * changes from p(y = 1) = 0.985 to 0.008. The label follows the change: …`.
 */
export function whatIf(state: State, moment: Moment | undefined, task: Task | undefined, name: string): string {
  const { file, edits, weights, cut, reset, length } = state;
  const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);
  return [
    translate('The weights are frozen.'),
    file === ''
      ? ''
      : moment && moment.file !== file
        ? translate('They are those of the training, until their file has been loaded.')
        : translate(`All of them are from ${name}.`),
    ...edits.map(([at, value]) => inputChange(moment, at, number(moment?.original[at - 1]), number(value))),
    ...weights.map(([at, value]) =>
      translate(`${weightName(moment, at)} is ${number(value)} instead of ${number(moment?.trained[at])}.`),
    ),
    cut === 'loop' ? translate('W is 0 at every time step.') : '',
    cut === 'state' ? translate(`The state before time step ${reset} is 0.`) : '',
    length
      ? plural(length, {
          one: translate(`The network reads ${length} time step.`),
          other: translate(`The network reads ${length} time steps.`),
        })
      : '',
    isWhatIf(state) ? answerMoved(state, moment) : '',
    moment ? labelSentence(moment.labels, moment.trace.y, task) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** `at` counts the numbers of the whole sequence, from 1. */
function inputChange(moment: Moment | undefined, at: number, from: string, to: string): string {
  const features = moment?.trace.layers[0]?.features ?? 1;
  const timestep = Math.floor((at - 1) / features) + 1;
  return features === 1
    ? translate(`x at time step ${timestep} is ${to} instead of ${from}.`)
    : translate(`x at time step ${timestep}, feature ${((at - 1) % features) + 1}, is ${to} instead of ${from}.`);
}

function weightName(moment: Moment | undefined, index: number): string {
  const tensor = moment?.tensors.find(({ offset, count }) => index >= offset && index < offset + count);
  if (!tensor) return translate(`weight ${index}`);
  const place = index - tensor.offset;
  const columns = tensor.shape.at(-1) ?? 1;
  const at = tensor.shape.length > 1 ? `${Math.floor(place / columns) + 1}, ${(place % columns) + 1}` : `${place + 1}`;
  return `${tensor.name}[${at}]`;
}
