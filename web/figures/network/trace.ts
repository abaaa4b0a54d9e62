/** One sequence through the network, as the figure shows it. Every number is computed by the core. */

import type { Trace as EngineTrace, TraceLayer } from '../../../wasm/js/unrolled.ts';
import { type Gate, gatesOf } from '../../symbols/gates.ts';
import type { Sizes } from '../../symbols/vocabulary.ts';

export type { EngineTrace };

/**
 * The forward pass of a network with one simple recurrent layer and one output. Shapes: x (T, F), z (T, U), and h (T +
 * 1, U) beginning with h_0.
 */
export interface Trace
  extends Pick<TraceLayer, 'units' | 'features' | 'x' | 'z' | 'h'>,
    Pick<EngineTrace, 'timesteps' | 'loss' | 'logit'> {
  /** undefined for a sequence without a label. */
  label: number | undefined;
  probability: Float32Array;
}

/** The kind of answer: p(y = 1), a probability of each class, or a value. */
export type Answer = 'probability' | 'classes' | 'value';
/** The state in the strips. */
export type StateName = 'h' | 'c';

/** The parts of a trace that the reader has chosen to see. */
export interface Choice {
  /** From 1, the lowest. */
  layer?: number | undefined;
  gate?: number | undefined;
  state?: StateName | undefined;
  /** The model's loss by Keras's name. */
  loss?: string | undefined;
  /** Overrides the label of the trace, if there is only one target. */
  label?: number | undefined;
}

/** The number of decimals of a regression's answers and targets. */
export const VALUE_DIGITS = 3;

/** A trace reduced to the chosen layer and gate. */
export interface Reading {
  timesteps: number;
  units: number;
  /** The number of features of the network, whichever layer is chosen. x has shape (T, F). */
  features: number;
  x: Float32Array;
  /**
   * The chosen layer, from 1, and the number of layers. `inputs`: the length of what the layer reads at each time step,
   * x or h of the layer below.
   */
  layer: number;
  layers: number;
  inputs: number;
  /**
   * h of every layer, the lowest first, and h and c of the chosen layer. All have shape (T + 1, U); only an LSTM has c.
   */
  states: readonly Float32Array[];
  h: Float32Array;
  c: Float32Array | undefined;
  /** The state in the strips, and its numbers. */
  state: StateName;
  shown: Float32Array;
  /** The chosen gate, from 0. */
  gate: number;
  gates: readonly Gate[];
  /** The sums before and the values after the activation functions, with shape (T, G·U). */
  z: Float32Array;
  a: Float32Array;
  answer: Answer;
  /** K, the number of outputs. The answers have shape (T, K). */
  outputs: number;
  logit: Float32Array;
  prediction: Float32Array;
  /** Whether there is a target at every time step, so that every answer is trained. */
  everyStep: boolean;
  /** The targets, of shape (T) if there is one at every time step, otherwise the last one only. NaN means no target. */
  targets: ArrayLike<number>;
  loss: number;
}

/** The sizes of the chosen layer for the vocabulary. */
export const sizesOf = ({ units, inputs, gates, timesteps, outputs, layer }: Reading): Sizes => ({
  units,
  inputs,
  gates: gates.length,
  timesteps,
  outputs,
  layer,
});

export function answerOf(loss: string | undefined, outputs: number): Answer {
  if (outputs > 1 || /categorical/i.test(loss ?? '')) return 'classes';
  return /squared/i.test(loss ?? '') ? 'value' : 'probability';
}

const clamped = (value: number | undefined, low: number, high: number): number =>
  Math.min(Math.max(Math.round(value ?? low) || low, low), high);

const NONE = new Float32Array(0);

function layersOf(
  given: Trace | EngineTrace,
): readonly Pick<TraceLayer, 'units' | 'features' | 'gates' | 'x' | 'z' | 'a' | 'h' | 'c'>[] {
  if ('layers' in given) return given.layers;
  const { units, features, x, z, h } = given;
  return [{ units, features, gates: 1, x, z, a: h.subarray(units), h, c: NONE }];
}

/** Reads a trace. A choice that the trace does not have is replaced by the nearest that it has. */
export function read(given: Trace | EngineTrace, choice: Choice = {}): Reading {
  const layers = layersOf(given);
  const layer = clamped(choice.layer, 1, layers.length);
  const lowest = layers[0] as (typeof layers)[number];
  const chosen = layers[layer - 1] as (typeof layers)[number];
  const gates = gatesOf(chosen.gates);
  const c = chosen.c.length > 0 ? chosen.c : undefined;
  const state = choice.state === 'c' && c ? 'c' : 'h';
  const whole = 'layers' in given ? given : undefined;
  const outputs = whole?.outputs ?? 1;
  const everyStep = whole !== undefined && whole.readouts === whole.timesteps && whole.readouts > 1;
  const one = choice.label ?? ('label' in given ? given.label : whole?.y[0]) ?? Number.NaN;
  return {
    timesteps: given.timesteps,
    units: chosen.units,
    features: lowest.features,
    x: lowest.x,
    layer,
    layers: layers.length,
    inputs: chosen.features,
    states: layers.map(({ h }) => h),
    h: chosen.h,
    c,
    state,
    shown: state === 'c' && c ? c : chosen.h,
    gate: clamped(choice.gate, 0, gates.length - 1),
    gates,
    z: chosen.z,
    a: chosen.a,
    answer: answerOf(choice.loss, outputs),
    outputs,
    logit: given.logit,
    prediction: 'probability' in given ? given.probability : given.prediction,
    everyStep,
    targets: everyStep && whole ? whole.y : [one],
    loss: given.loss,
  };
}

/** h_t of a unit, which counts from 1. t = 0 is h_0. */
export const stateOf = (trace: Reading, t: number, unit: number): number =>
  trace.h[t * trace.units + unit - 1] as number;

/** The same for the state in the strips. */
export const shownOf = (trace: Reading, t: number, unit: number): number =>
  trace.shown[t * trace.units + unit - 1] as number;

const place = (trace: Reading, t: number, unit: number): number =>
  ((t - 1) * trace.gates.length + trace.gate) * trace.units + unit - 1;

/** z_t of a unit in the chosen gate, 1 ≤ t. gateOf: its value after the activation function. */
export const sumOf = (trace: Reading, t: number, unit: number): number => trace.z[place(trace, t, unit)] as number;
export const gateOf = (trace: Reading, t: number, unit: number): number => trace.a[place(trace, t, unit)] as number;

/** x_t, 1 ≤ t. Features count from 0. */
export const inputOf = (trace: Reading, t: number, feature = 0): number =>
  trace.x[(t - 1) * trace.features + feature] as number;

/** The answer at t, 1 ≤ t. Outputs count from 0. */
export const predictionOf = (trace: Reading, t: number, output = 0): number =>
  trace.prediction[(t - 1) * trace.outputs + output] as number;

/** The most probable class at t. If several are equal, it is the first. */
export function classOf(trace: Reading, t: number): number {
  let best = 0;
  for (let k = 1; k < trace.outputs; k++) if (predictionOf(trace, t, k) > predictionOf(trace, t, best)) best = k;
  return best;
}

/** Whether the loss includes the answer at t. */
export const trained = (trace: Reading, t: number): boolean => t > 0 && (trace.everyStep || t === trace.timesteps);

/** The target at t, or undefined. */
export function targetOf(trace: Reading, t: number): number | undefined {
  if (!trained(trace, t)) return undefined;
  const target = trace.targets[trace.everyStep ? t - 1 : 0] as number;
  return Number.isNaN(target) ? undefined : target;
}
