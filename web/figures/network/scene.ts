/** Everything that one drawing of the figure depends on, computed once per drawing. */

import type { Highlight } from '../../symbols/highlight-event.ts';
import {
  classMark,
  className,
  type DataNames,
  featureCell,
  quantityText,
  quoted,
  shortened,
  targetMark,
  wordAt,
} from '../../shared/data-names.ts';
import { endText, endTexts } from '../../shared/format.ts';
import type { Quantity } from '../../shared/shared-sentences.ts';
import { layout, type Layout, MOST_POINT_ROWS, smooth } from './network-layout.ts';
import { inputDomain, magnitude, stateLimit, valueDomain } from './scales.ts';
import { predictionOf, type Reading, targetOf, trained, VALUE_DIGITS } from './trace.ts';
import type { WeightPlace, Weights } from './weights.ts';

/** How the network is cut: not at all, by W = 0, or by a state of zero at one time step. */
export type Cut = 'none' | 'loop' | 'state';

export interface SceneInput {
  width: number;
  trace: Reading;
  weights: Weights | undefined;
  timestep: number;
  unit: number | undefined;
  fold: number;
  readouts: boolean;
  edited: ReadonlySet<number>;
  original: ArrayLike<number> | undefined;
  /** The indices of edited weights in the flat parameters. If undefined, weights cannot be edited. */
  editedWeights?: ReadonlySet<number> | undefined;
  /** The flat parameters before the what-if edits. */
  originalParameters?: ArrayLike<number> | undefined;
  /** The weight in the number field. */
  weight?: WeightPlace | undefined;
  cut?: Cut;
  /** The time step whose previous state is set to zero, if the state is cut. */
  reset?: number;
  /** Whether the target follows from the task's rule for changed inputs, and the reason if there is no target. */
  relabelled?: boolean;
  unlabelled?: string;
  /** The smallest and the largest x of each feature in the data. The axes contain them. */
  ranges?: readonly (readonly [number, number])[] | undefined;
  /** What features, target and classes stand for. */
  names?: DataNames | undefined;
  /** The term whose source is highlighted. */
  highlight?: Highlight | undefined;
  disabled: boolean;
  /** Whether inputs and weights are fixed. */
  fixed?: boolean;
  /** How much of the next time step has appeared while the figure plays, 0 to 1. */
  coming: number;
}

export interface Scene extends SceneInput {
  l: Layout;
  cut: Cut;
  reset: number;
  names: DataNames;
  /** The word of each time step, from 1; undefined where features are no words. */
  words: readonly (string | undefined)[];
  /**
   * The ends of the color scales: of the states shown in full, of every layer's h, and of each weight matrix. b shares
   * the scale of U, because both are added to z.
   */
  stateLimit: number;
  hLimit: number;
  weightLimits: { u: number; w: number; v: number };
  /** The ranges of the axes of the inputs, one per feature, and of the answer. */
  domains: [number, number][];
  answerDomain: [number, number];
  /** The columns that are drawn: those in or near the frame, but none after the cursor. */
  from: number;
  to: number;
  /** The last column near the frame, also if it is after the cursor. */
  until: number;
}

function* feature({ trace, original, ranges }: SceneInput, f: number): Generator<number> {
  yield* ranges?.[f] ?? [];
  for (let k = f; k < trace.x.length; k += trace.features) {
    yield trace.x[k] as number;
    if (original && k < original.length) yield original[k] as number;
  }
}

function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low < high ? [low, high] : inputDomain([low, high]);
}

function limits(weights: Weights | undefined): Scene['weightLimits'] {
  if (!weights) return { u: 1, w: 1, v: 1 };
  const { u, w, b, v } = weights;
  return { u: Math.max(magnitude(u), magnitude(b)) || 1, w: magnitude(w) || 1, v: magnitude(v) || 1 };
}

function answerDomain(trace: Reading, readouts: boolean): [number, number] {
  if (trace.answer !== 'value') return [0, 1];
  const seen: number[] = [];
  for (let t = 1; t <= trace.timesteps; t++) {
    if (readouts || trained(trace, t)) seen.push(predictionOf(trace, t), targetOf(trace, t) ?? 0);
  }
  return valueDomain(seen);
}

/** Words beside a column are cut to so many letters. */
const MOST_LETTERS = 12;
/** A class beside its column. */
export const classText = ({ names }: Pick<Scene, 'names'>, of: number): string =>
  names.tokens ? quoted(shortened(classMark(names, of), MOST_LETTERS)) : className(names, of);
/** The word that is read at a time step, below its column. */
export const wordText = (s: Pick<Scene, 'words'>, t: number): string => shortened(s.words[t] ?? '…', MOST_LETTERS);

/** The labels of both ends of the axis of a feature, in its unit if it has one. */
export const inputEnds = (names: DataNames, feature: number, domain: [number, number]): [string, string] => {
  const quantity = names.quantities?.[feature];
  return quantity ? endsIn(quantity, domain) : endTexts(domain);
};

export const answerEnds = ({ target }: DataNames, domain: [number, number]): [string, string] =>
  target ? endsIn(target, domain) : endTexts(domain);

const endsIn = (quantity: Quantity, [low, high]: [number, number]): [string, string] => [
  quantityText(quantity, low, false),
  quantityText(quantity, high, false),
];

/** The lengths of the texts for which the layout reserves space. */
function lettersOf(
  { trace }: SceneInput,
  { names, words }: Pick<Scene, 'names' | 'words'>,
  domains: readonly [number, number][],
  answers: [number, number],
  states: number,
): Record<'x' | 'axis' | 'beside', number> {
  const longest = (texts: Iterable<string>): number => Math.max(0, ...Array.from(texts, (text) => text.length));
  const valueLetters = longest(
    [...trace.prediction, ...Array.from(trace.targets)].map((value) => targetMark(names, value, VALUE_DIGITS)),
  );
  const beside = {
    probability: 0,
    classes: longest(Array.from({ length: trace.outputs }, (_, k) => classText({ names }, k))),
    value: Math.max(valueLetters, Math.ceil(0.75 * (valueLetters + 4))),
  };
  return {
    x: names.tokens
      ? longest(words.map((_, t) => wordText({ words }, t)))
      : trace.features > MOST_POINT_ROWS
        ? 0
        : longest(Array.from(trace.x, (value, k) => featureCell(names, k % trace.features, value))),
    axis: longest([
      ...(trace.features > MOST_POINT_ROWS ? [] : domains.flatMap((domain, f) => inputEnds(names, f, domain))),
      ...(trace.answer === 'value' ? answerEnds(names, answers) : []),
      endText(-states),
    ]),
    beside: beside[trace.answer],
  };
}

const whole = (value: number, low: number, high: number): number =>
  Math.min(Math.max(Math.round(value) || low, low), high);

/** The scene with all columns up to the cursor. The caller may narrow `from` and `to` to the scrolled frame. */
export function scene(input: SceneInput): Scene {
  const { trace, weights, readouts } = input;
  const timestep = whole(input.timestep, 0, trace.timesteps);
  const wanted = input.unit === undefined ? undefined : Math.round(input.unit);
  const unit = wanted !== undefined && wanted >= 1 && wanted <= trace.units ? wanted : undefined;
  const { timesteps, units, features, layer, layers, outputs } = trace;
  const places = { width: input.width, timesteps, units, features, fold: input.fold, unit, layer, layers, outputs };
  const hLimit = Math.max(...trace.states.map(stateLimit));
  const states = trace.state === 'c' ? stateLimit(trace.shown) : hLimit;
  const names = input.names ?? {};
  const words = names.tokens
    ? Array.from({ length: timesteps + 1 }, (_, t) => (t === 0 ? '' : wordAt(names, trace.x, features, t)))
    : [];
  /* round numbers of standardized values are none of their unit */
  const domains = Array.from({ length: features }, (_, f) =>
    names.quantities?.[f] ? extent(feature(input, f)) : inputDomain(feature(input, f)),
  );
  const answers = answerDomain(trace, readouts);
  return {
    ...input,
    timestep,
    unit,
    ...{ names, words },
    cut: input.cut ?? 'none',
    reset: whole(input.reset ?? 0, 0, timesteps),
    l: layout({
      ...places,
      kernelColumns: trace.inputs,
      biases: weights?.biases ?? 1,
      bars: trace.answer === 'classes',
      words: names.tokens !== undefined,
      letters: lettersOf(input, { names, words }, domains, answers, states),
    }),
    stateLimit: states,
    hLimit,
    weightLimits: limits(weights),
    domains,
    answerDomain: answers,
    from: 0,
    to: timestep,
    until: timesteps,
  };
}

/** loopCut: whether the cell at t reads no state through W. stateCut: whether it reads no state at all. */
export const loopCut = (s: Scene, t: number): boolean => s.cut === 'loop' || stateCut(s, t);
export const stateCut = (s: Scene, t: number): boolean => s.cut === 'state' && t === s.reset;

/** The opacity of the details of a column. Those of earlier columns disappear before the columns meet. */
export function columnOpacity(s: Scene, t: number): number {
  if (t > s.timestep) return smooth(0, 0.5, s.coming);
  if (t < s.timestep) return unrolledOpacity(s);
  return s.coming > 0 ? Math.max(unrolledOpacity(s), 1 - smooth(0, 0.5, s.coming)) : 1;
}

/** 1 when unrolled, 0 when columns overlap: the opacity of details that need a place of their own at each time step. */
export function unrolledOpacity(s: Scene): number {
  return 1 - smooth(0.4 * s.l.touch, 0.85 * s.l.touch, s.l.fold);
}
