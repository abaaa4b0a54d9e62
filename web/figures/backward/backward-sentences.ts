/** The figure in sentences. Every number comes from the core. */

import { className, type DataNames, featureName } from '../../shared/data-names.ts';
import { scientific } from '../../shared/format.ts';
import { markOf } from './axis.ts';
import type { Rows } from './backward-layout.ts';
import { type Backward, type GradientCheck, gradientOf, type ShownGradient, type Tensor } from './backward-data.ts';
import { plural, translate } from '../../shared/translate.ts';

const named = (s: ShownGradient): string => `∂L/∂${s.state}`;

/** A factor this close to 1 counts as keeping the gradient about as large. */
const STEADY = 0.02;

/**
 * How backpropagation through time changes the gradient, and why. `joined`: whether other gradients are added at each
 * time step, from its target or from the layer above.
 */
function why({ rate, data: { gates } }: ShownGradient, joined: boolean): string {
  const multiplied =
    gates > 1
      ? translate('Each step multiplies it by the gates, by W and by their slopes.')
      : translate('Each step multiplies it by W and by the slope of the activation, which is never above 1.');
  const parts = joined ? translate('Each time step also adds a part of its own.') : '';
  const [trend, effect] =
    Math.abs(rate - 1) < STEADY
      ? [translate('It stays about as large.'), translate('Here these effects nearly cancel out.')]
      : rate < 1
        ? [translate('It shrinks going back in time.'), translate('So early steps teach the weights less.')]
        : joined || gates > 1
          ? [translate('It grows going back in time.'), translate('Together they make it larger here.')]
          : [
              translate('It grows going back in time.'),
              translate('Here W makes it larger by more than the slope makes it smaller.'),
            ];
  return [trend, multiplied, parts, effect].filter(Boolean).join(' ');
}

/** The gradient has vanished if its norm at the first time step is smaller than at the last by this factor. */
export const VANISHED = 1e-3;

/** Whether the gradient vanishes here. */
export function hasVanished({ norms, data: { timesteps } }: ShownGradient): boolean {
  const [first, last] = [norms[0] as number, norms[timesteps - 1] as number];
  return timesteps > 1 && first < VANISHED * last;
}

/** The most important thing to notice. */
export function notice(s: ShownGradient, mean: boolean, joined = false): string {
  const { timesteps } = s.data;
  const [first, last] = [s.norms[0] as number, s.norms[timesteps - 1] as number];
  const [name, to] = [named(s), scientific(first)];
  if (timesteps === 1)
    return mean
      ? translate(
          `There is only one time step, so there is nothing to go back through: the norm of the mean ${name} is ${to}.`,
        )
      : translate(`There is only one time step, so there is nothing to go back through: the norm of ${name} is ${to}.`);
  const from = scientific(last);
  const ends = mean
    ? translate(
        `Read from right to left: the norm of the mean ${name} is ${from} at t = ${timesteps} and ${to} at t = 1.`,
      )
    : translate(`Read from right to left: the norm of ${name} is ${from} at t = ${timesteps} and ${to} at t = 1.`);
  if ([first, last].some((norm) => markOf(norm) === 'broken'))
    return `${ends} ${translate('It is no longer a finite number.')}`;
  if (markOf(first) === 'zero') return `${ends} ${translate('Nothing of the error reaches the first step.')}`;
  if (Number.isNaN(s.rate)) return ends;
  return `${ends} ${translate(`On average each step back multiplies it by ${scientific(s.rate)}.`)} ${why(s, joined)}`;
}

/** For example "t = 3 of 10, norm of ∂L/∂h 0.0123, unit 5, ∂L/∂h 0.004". */
export function sentence(s: ShownGradient, t: number, unit?: number): string {
  const parts = [
    translate(`t = ${t} of ${s.data.timesteps}`),
    translate(`norm of ${named(s)} ${scientific(s.norms[t - 1] as number)}`),
  ];
  if (unit !== undefined) parts.push(translate(`unit ${unit}, ${named(s)} ${scientific(gradientOf(s, t, unit))}`));
  return parts.join(', ');
}

export function unitSentence(s: ShownGradient, t: number, unit?: number): string {
  if (unit === undefined) return translate('no unit chosen');
  return translate(`unit ${unit} of ${s.data.units}, ${named(s)} ${scientific(gradientOf(s, t, unit))} at t = ${t}`);
}

export function description(s: ShownGradient, mean: boolean, rows: Rows): string {
  const { timesteps, units, samples } = s.data;
  return [
    translate(`The columns are the time steps 1 to ${timesteps}, from left to right.`),
    mean
      ? plural(samples, {
          other: translate(
            `In each column a strip shows ${named(s)} of the mean of ${samples} sequences for the units 1 to ${units}.`,
          ),
        })
      : translate(`In each column a strip shows ${named(s)} of this sequence for the units 1 to ${units}.`),
    ...(rows === 'update'
      ? [
          translate(
            'Below it is what the step adds to the gradient of the recurrent weights W, and at the right the sum.',
          ),
          translate('The first step adds nothing, because the state before it is zero.'),
        ]
      : [
          translate(
            'Below it are its norm on a logarithmic axis and what the step adds to the gradient of the recurrent weights W.',
          ),
          translate('The lowest row adds up what this step and all later ones add.'),
          translate(
            'The first step adds nothing, because the state before it is zero. The table below has the numbers.',
          ),
        ]),
  ].join(' ');
}

/** The reason why the map at t is empty: h_0 is 0, or the state was cut off. */
export function emptyNote(data: Backward, t: number): string | undefined {
  if (t === 1) return 'h₀ = 0';
  if (data.cut.withoutRecurrence) return 'W = 0';
  return data.cut.resetBefore === t ? translate('h reset') : undefined;
}

/** A weight by its index in the flat parameters. Row and column count from 1; a vector has one column. */
export interface WeightPlace {
  tensor: Tensor;
  row: number;
  column: number;
}

export function placeOf(tensors: readonly Tensor[], index: number): WeightPlace | undefined {
  const tensor = tensors.find(({ offset, count }) => index >= offset && index < offset + count);
  if (!tensor) return undefined;
  const columns = tensor.shape[1] ?? 1;
  const inside = index - tensor.offset;
  return { tensor, row: Math.floor(inside / columns) + 1, column: (inside % columns) + 1 };
}

export function indexOf({ tensor, row, column }: WeightPlace): number {
  return tensor.offset + (row - 1) * (tensor.shape[1] ?? 1) + column - 1;
}

/** A check says something only if the gradient is larger than the tolerance by this factor. */
const CLEARLY_LARGER = 10;

/** Whether the check confirms the gradient: it is large enough, and both numbers agree. */
export function checkConfirms({ analytic, numeric, tolerance }: GradientCheck): boolean {
  return Math.abs(analytic - numeric) <= tolerance && Math.abs(analytic) >= CLEARLY_LARGER * tolerance;
}

/** The result of the check, in view of the precision of 32-bit numbers. */
export function verdict(check: GradientCheck): string {
  const { analytic, numeric, tolerance, rounding, truncation } = check;
  if (!Number.isFinite(analytic) || !Number.isFinite(numeric))
    return translate('The loss or the gradient is not a finite number.');
  const apart = scientific(Math.abs(analytic - numeric));
  const allowed = translate(
    `With 32-bit numbers a difference of up to ${scientific(tolerance)} is possible: ${scientific(rounding)} because the losses are rounded, and ${scientific(truncation)} because the loss is curved between the two weights.`,
  );
  if (Math.abs(analytic - numeric) > tolerance)
    return [
      translate(`They are ${apart} apart.`),
      allowed,
      translate('The loss has a corner between the two weights, as with relu, or is too steep there for this step.'),
    ].join(' ');
  if (Math.abs(analytic) < tolerance)
    return [
      translate('This gradient is smaller than what the comparison can show here.'),
      allowed,
      translate('So the comparison says only that the gradient is small.'),
    ].join(' ');
  return `${translate(`They agree. They are ${apart} apart.`)} ${allowed}`;
}

/** The letter of a weight: Keras's kernels are stored the other way round. */
function weightName({ tensor: { name, shape }, row, column }: WeightPlace): string {
  const readout = name.startsWith('dense');
  if (shape.length < 2) return `${readout ? 'c' : 'b'}[${row}]`;
  const letter = readout ? 'V' : name.endsWith('recurrent_kernel') ? 'W' : 'U';
  return `${letter}[${column}, ${row}]`;
}

/** What a weight leads from or into, where that has a name: "from temperature", "into “the”"; otherwise empty. */
export function namedEnd({ tensor, row, column }: WeightPlace, tensors: readonly Tensor[], names: DataNames): string {
  const matrix = tensor.shape.length > 1;
  if (tensor.name.startsWith('dense'))
    return names.tokens ? translate(`into ${className(names, (matrix ? column : row) - 1)}`) : '';
  const name = matrix && tensor === tensors[0] ? featureName(names, row - 1) : undefined;
  return name === undefined ? '' : translate(`from ${name}`);
}

/** The check of one weight in two sentences. */
export function checkSentence({ parameter, analytic, numeric }: GradientCheck, tensors: readonly Tensor[]): string {
  const place = placeOf(tensors, parameter);
  if (!place) return '';
  return [
    translate(`We made ${weightName(place)} a little larger and a little smaller and measured the loss each time.`),
    translate(
      `The loss changes by ${scientific(numeric, 2)} times the change of this weight. Backpropagation through time says ${scientific(analytic, 2)}.`,
    ),
  ].join(' ');
}
