/** All that one drawing of the figure depends on, put together once. Pure. */

import type { Lit } from '../../symbols/highlight-event.ts';
import { endText, endTexts, formatNumber } from '../../shared/format.ts';
import { layout, type Layout, MOST_POINT_ROWS, smooth } from './network-layout.ts';
import { inputDomain, magnitude, stateLimit, valueDomain } from './scales.ts';
import { predictionOf, type Reading, targetOf, trained, VALUE_DIGITS } from './trace.ts';
import type { Place, Weights } from './weights.ts';
import { translate } from '../../shared/translate.ts';

/** What is done to the network while it reads: nothing, W = 0, or a state of zero at one step. */
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
  /** The what-if weights, by their places in the flat parameters; undefined: weights are not to be changed. */
  editedWeights?: ReadonlySet<number> | undefined;
  /** The flat parameters before the what-if edits. */
  originalParameters?: ArrayLike<number> | undefined;
  /** The weight in the number field. */
  weight?: Place | undefined;
  cut?: Cut;
  /** The time step whose cell reads a state of zero, when the state is cut. */
  reset?: number;
  /** The target is what the task's rule says of changed inputs; or why there is none. */
  relabelled?: boolean;
  unlabelled?: string;
  /** The smallest and the largest x of the data, of each feature: the axes hold them all. */
  ranges?: readonly (readonly [number, number])[] | undefined;
  /** The term whose source is lit. */
  lit?: Lit | undefined;
  disabled: boolean;
  /** No input and no weight can be changed. */
  fixed?: boolean;
  /** How far the next time step has come while the figure plays, 0 … 1. */
  coming: number;
}

export interface Scene extends SceneInput {
  l: Layout;
  cut: Cut;
  reset: number;
  /**
   * Ends of the colour scale: of the states that are shown whole, of every layer's h, and of each plate (b shares that
   * of U: both are added to z).
   */
  stateLimit: number;
  hLimit: number;
  weightLimits: { u: number; w: number; v: number };
  /** Range of the axis of each input feature, and of the answer. */
  domains: [number, number][];
  answerDomain: [number, number];
  /** Columns that are drawn: those in or near the frame, none beyond the cursor. */
  from: number;
  to: number;
  /** Last column near the frame, whether the cursor has come so far or not. */
  until: number;
}

function* feature({ trace, original, ranges }: SceneInput, f: number): Generator<number> {
  yield* ranges?.[f] ?? [];
  for (let k = f; k < trace.x.length; k += trace.features) {
    yield trace.x[k] as number;
    if (original && k < original.length) yield original[k] as number;
  }
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

export const classText = (of: number): string => translate(`class ${of}`);

/** How long the texts are for which the layout makes room. */
function lettersOf(
  { trace }: SceneInput,
  domains: readonly [number, number][],
  answers: [number, number],
  states: number,
): Record<'x' | 'axis' | 'beside', number> {
  const longest = (texts: Iterable<string>): number => Math.max(0, ...Array.from(texts, (text) => text.length));
  const valueLetters = longest(
    [...trace.prediction, ...Array.from(trace.targets)].map((value) => formatNumber(value, VALUE_DIGITS)),
  );
  const beside = {
    probability: 0,
    classes: classText(trace.outputs - 1).length,
    value: Math.max(valueLetters, Math.ceil(0.75 * (valueLetters + 4))),
  };
  return {
    x: trace.features > MOST_POINT_ROWS ? 0 : longest(Array.from(trace.x, (value) => formatNumber(value))),
    axis: longest(
      [...domains, ...(trace.answer === 'value' ? [answers] : [])].flatMap(endTexts).concat(endText(-states)),
    ),
    beside: beside[trace.answer],
  };
}

const whole = (value: number, low: number, high: number): number =>
  Math.min(Math.max(Math.round(value) || low, low), high);

/** The scene with all columns up to the cursor; a window of the scrolled frame may narrow from and to. */
export function scene(input: SceneInput): Scene {
  const { trace, weights, readouts } = input;
  const timestep = whole(input.timestep, 0, trace.timesteps);
  const wanted = input.unit === undefined ? undefined : Math.round(input.unit);
  const unit = wanted !== undefined && wanted >= 1 && wanted <= trace.units ? wanted : undefined;
  const { timesteps, units, features, layer, layers, outputs } = trace;
  const places = { width: input.width, timesteps, units, features, fold: input.fold, unit, layer, layers, outputs };
  const hLimit = Math.max(...trace.states.map(stateLimit));
  const states = trace.state === 'c' ? stateLimit(trace.shown) : hLimit;
  const domains = Array.from({ length: features }, (_, f) => inputDomain(feature(input, f)));
  const answers = answerDomain(trace, readouts);
  return {
    ...input,
    timestep,
    unit,
    cut: input.cut ?? 'none',
    reset: whole(input.reset ?? 0, 0, timesteps),
    l: layout({
      ...places,
      kernelColumns: trace.inputs,
      biases: weights?.biases ?? 1,
      bars: trace.answer === 'classes',
      letters: lettersOf(input, domains, answers, states),
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

/** Whether the cell at t reads no state through W, and whether it reads none at all. */
export const loopCut = (s: Scene, t: number): boolean => s.cut === 'loop' || stateCut(s, t);
export const stateCut = (s: Scene, t: number): boolean => s.cut === 'state' && t === s.reset;

/** How visible a detail of an earlier column is: nothing of it is left when the columns have met. */
export function presence(s: Scene, t: number): number {
  if (t > s.timestep) return smooth(0, 0.5, s.coming);
  if (t < s.timestep) return apart(s);
  return s.coming > 0 ? Math.max(apart(s), 1 - smooth(0, 0.5, s.coming)) : 1;
}

/** 1 unrolled, 0 from where columns overlap: what needs a place of its own for each time step goes with it. */
export function apart(s: Scene): number {
  return 1 - smooth(0.4 * s.l.touch, 0.85 * s.l.touch, s.l.fold);
}
