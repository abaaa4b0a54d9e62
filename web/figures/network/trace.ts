/** What the figure reads of a trace: one sequence through the network, every number computed by the core. */

import type { Trace as EngineTrace, TraceLayer } from '../../../wasm/js/unrolled.ts';
import { type Gate, gatesOf } from '../../symbols/gates.ts';
import type { Sizes } from '../../symbols/vocabulary.ts';

export type { EngineTrace };

/**
 * The forward half of a network of one simple recurrent layer and one output: (T, F), (T, U) and, h_0 first, (T + 1,
 * U).
 */
export interface Trace
  extends Pick<TraceLayer, 'units' | 'features' | 'x' | 'z' | 'h'>,
    Pick<EngineTrace, 'timesteps' | 'loss' | 'logit'> {
  /** undefined: without a label. */
  label: number | undefined;
  probability: Float32Array;
}

/** What the readout says: p(y = 1), a probability of each class, or a value. */
export type Answer = 'probability' | 'classes' | 'value';
/** Which state the strips show. */
export type StateName = 'h' | 'c';

/** What a reader of the figure has chosen to see of a trace. */
export interface Choice {
  /** From 1, the lowest. */
  layer?: number | undefined;
  gate?: number | undefined;
  state?: StateName | undefined;
  /** The model's, by Keras's name. */
  loss?: string | undefined;
  /** Overrides the trace's, where there is one target. */
  label?: number | undefined;
}

/** Digits of values that a regression answers, and of its targets. */
export const VALUE_DIGITS = 3;

/** A trace as the figure reads it, one layer and one gate chosen. */
export interface Reading {
  timesteps: number;
  units: number;
  /** Of the network, whichever layer is chosen: x (T, F). */
  features: number;
  x: Float32Array;
  /** The chosen layer, from 1, of so many; what it reads at a step: `inputs` numbers, x or h of the layer below. */
  layer: number;
  layers: number;
  inputs: number;
  /** Every layer's h, the lowest first; the chosen one's h and, of an LSTM, c: (T + 1, U). */
  states: readonly Float32Array[];
  h: Float32Array;
  c: Float32Array | undefined;
  /** Which of the two the strips show, and its numbers. */
  state: StateName;
  shown: Float32Array;
  /** The chosen gate, from 0. */
  gate: number;
  gates: readonly Gate[];
  /** (T, G·U): before and after the activation. */
  z: Float32Array;
  a: Float32Array;
  answer: Answer;
  /** K; (T, K). */
  outputs: number;
  logit: Float32Array;
  prediction: Float32Array;
  /** A target at every time step: every readout is trained. */
  everyStep: boolean;
  /** (T) with a target at every step, else of the last: NaN where there is none. */
  targets: ArrayLike<number>;
  loss: number;
}

/** Of the chosen layer, as the vocabulary needs it. */
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

/** A choice that the trace has not is taken as the nearest that it has. */
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

/** h_t of a unit (counted from 1); h_0 is there too. */
export const stateOf = (trace: Reading, t: number, unit: number): number =>
  trace.h[t * trace.units + unit - 1] as number;

/** The same of the state that the strips show. */
export const shownOf = (trace: Reading, t: number, unit: number): number =>
  trace.shown[t * trace.units + unit - 1] as number;

const place = (trace: Reading, t: number, unit: number): number =>
  ((t - 1) * trace.gates.length + trace.gate) * trace.units + unit - 1;

/** z_t of a unit and the chosen gate, 1 ≤ t; and what the activation makes of it. */
export const sumOf = (trace: Reading, t: number, unit: number): number => trace.z[place(trace, t, unit)] as number;
export const gateOf = (trace: Reading, t: number, unit: number): number => trace.a[place(trace, t, unit)] as number;

/** x_t, 1 ≤ t; features count from 0. */
export const inputOf = (trace: Reading, t: number, feature = 0): number =>
  trace.x[(t - 1) * trace.features + feature] as number;

/** What the readout says at t, 1 ≤ t; outputs count from 0. */
export const predictionOf = (trace: Reading, t: number, output = 0): number =>
  trace.prediction[(t - 1) * trace.outputs + output] as number;

/** The class that the readout holds most probable at t; of equals the first. */
export function classOf(trace: Reading, t: number): number {
  let best = 0;
  for (let k = 1; k < trace.outputs; k++) if (predictionOf(trace, t, k) > predictionOf(trace, t, best)) best = k;
  return best;
}

/** Whether the loss sees the readout at t. */
export const trained = (trace: Reading, t: number): boolean => t > 0 && (trace.everyStep || t === trace.timesteps);

/** The target at t, if there is one. */
export function targetOf(trace: Reading, t: number): number | undefined {
  if (!trained(trace, t)) return undefined;
  const target = trace.targets[trace.everyStep ? t - 1 : 0] as number;
  return Number.isNaN(target) ? undefined : target;
}
