/** What was changed by what-if, and what came of it, in sentences. */

import { className, type DataNames, featureName, featureText, namesOf, targetText } from '../shared/data-names.ts';
import { capitalized, formatNumber } from '../shared/format.ts';
import { type DescribedTask, labelSentence } from '../shared/shared-sentences.ts';
import { list, plural, translate } from '../shared/translate.ts';
import { isWhatIf, type State } from '../state/state.ts';
import type { Moment } from '../worker/protocol.ts';

/**
 * Returns, for example, `The answer after time step 10 changes from p(y = 1) = 0.713 to 0.902.`: the network's answer to
 * the original sequence and to the changed one. Empty if the two have different lengths, because their answers cannot be compared.
 */
function answerMoved({ sample, length, steps }: State, moment: Moment | undefined, names: DataNames): string {
  if (!moment || (length && length !== steps)) return '';
  const { outputs, prediction, timesteps } = moment.trace;
  const each = (moment.trace.readouts ?? 1) * outputs;
  const [before, now] = [
    moment.predictions.subarray((sample + 1) * each - outputs, (sample + 1) * each),
    prediction.subarray(prediction.length - outputs),
  ];
  const regression = moment.training.accuracy === undefined || moment.training.mean_absolute_error !== undefined;
  const said = (answer: Float32Array): string => {
    const best = answer.indexOf(Math.max(...answer));
    const value = answer[best] ?? Number.NaN;
    if (outputs > 1) return `${className(names, best)}, p ${formatNumber(value, 3)}`;
    return regression ? targetText(names, value, 3) : formatNumber(value, 3);
  };
  const first = `${outputs > 1 ? '' : regression ? 'ŷ = ' : 'p(y = 1) = '}${said(before)}`;
  return said(before) === said(now)
    ? translate(`The answer after time step ${timesteps} stays at ${first}.`)
    : translate(`The answer after time step ${timesteps} changes from ${first} to ${said(now)}.`);
}

/**
 * One change is told with its numbers, several are counted.
 *
 * Returns, for example, `The weights are frozen. x at time step 1 is 0.20 instead of 0.77. The answer after time step 10
 * changes from p(y = 1) = 0.985 to 0.008. The label follows the change: …`.
 */
export function whatIf(
  state: State,
  moment: Moment | undefined,
  task: DescribedTask | undefined,
  name: string,
): string {
  const { file, edits, weights, cut, reset, length } = state;
  const names = namesOf(task);
  const number = (value: number | undefined): string => formatNumber(value ?? Number.NaN, 2);
  return [
    translate('The weights are frozen.'),
    file === ''
      ? ''
      : moment && moment.file !== file
        ? translate('They are those of the training, until their file has been loaded.')
        : translate(`All of them are from ${name}.`),
    edits.length > 1
      ? inputsChanged(moment, edits)
      : edits.map(([at, value]) => inputChange(moment, at, value, names)).join(''),
    weights.length > 1
      ? plural(weights.length, { other: translate(`${weights.length} weights are changed.`) })
      : weights
          .map(([at, value]) =>
            translate(`${weightName(moment, at)} is ${number(value)} instead of ${number(moment?.trained[at])}.`),
          )
          .join(''),
    cut === 'loop' ? translate('W is 0 at every time step.') : '',
    cut === 'state' ? translate(`The state before time step ${reset} is 0.`) : '',
    length
      ? plural(length, {
          one: translate(`The network reads ${length} time step.`),
          other: translate(`The network reads ${length} time steps.`),
        })
      : '',
    isWhatIf(state) ? answerMoved(state, moment, names) : '',
    moment ? labelSentence(moment.labels, moment.trace.y, task) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const featuresOf = (moment: Moment | undefined): number => moment?.trace.layers[0]?.features ?? 1;

/** More time steps than this are only counted. */
const MOST_STEPS = 3;

/** Several changes are counted, so that their sentence keeps its length. The figure shows each of them. */
function inputsChanged(moment: Moment | undefined, edits: State['edits']): string {
  const features = featuresOf(moment);
  const steps = [...new Set(edits.map(([at]) => Math.floor((at - 1) / features) + 1))];
  const [count, of] = [edits.length, list(steps.map(String))];
  if (steps.length > MOST_STEPS)
    return plural(count, { other: translate(`${count} inputs at ${steps.length} time steps are changed.`) });
  return steps.length === 1
    ? plural(count, { other: translate(`${count} inputs at time step ${of} are changed.`) })
    : plural(count, { other: translate(`${count} inputs are changed, at the time steps ${of}.`) });
}

/** `at` counts the numbers of the whole sequence, from 1. */
function inputChange(moment: Moment | undefined, at: number, value: number, names: DataNames): string {
  const features = featuresOf(moment);
  const timestep = Math.floor((at - 1) / features) + 1;
  const feature = (at - 1) % features;
  const text = (one = Number.NaN): string => featureText(names, feature, one);
  const [from, to] = [text(moment?.original[at - 1]), text(value)];
  const name = featureName(names, feature);
  if (name !== undefined)
    return translate(`${capitalized(name)} at time step ${timestep} is ${to} instead of ${from}.`);
  return features === 1
    ? translate(`x at time step ${timestep} is ${to} instead of ${from}.`)
    : translate(`x at time step ${timestep}, feature ${feature + 1}, is ${to} instead of ${from}.`);
}

function weightName(moment: Moment | undefined, index: number): string {
  const tensor = moment?.tensors.find(({ offset, count }) => index >= offset && index < offset + count);
  if (!tensor) return translate(`weight ${index}`);
  const place = index - tensor.offset;
  const columns = tensor.shape.at(-1) ?? 1;
  const at = tensor.shape.length > 1 ? `${Math.floor(place / columns) + 1}, ${(place % columns) + 1}` : `${place + 1}`;
  return `${tensor.name}[${at}]`;
}
