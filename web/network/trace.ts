/** What the figure reads of a trace: one sequence through the network, every number computed by the core. */

import type { Trace as EngineTrace, TraceLayer } from '../../wasm/js/unrolled.ts';

/** The forward half of a network of one layer and one output: (T, F), (T, U) and, h_0 first, (T + 1, U). */
export interface Trace extends Pick<TraceLayer, 'units' | 'features' | 'x' | 'z' | 'h'>, Pick<EngineTrace, 'timesteps' | 'loss' | 'logit'> {
  /** undefined: without a label. */
  label: number | undefined;
  probability: Float32Array;
}

/** The same numbers, as the figure names them. */
export function forwardOf({ timesteps, loss, logit, prediction, layers }: EngineTrace, label: number | undefined): Trace {
  const [layer] = layers as [TraceLayer];
  const { units, features, x, z, h } = layer;
  return { timesteps, units, features, label, loss, x, z, h, logit, probability: prediction };
}

/** h_t of a unit (counted from 1); h_0 is there too. */
export const stateOf = (trace: Trace, t: number, unit: number): number => trace.h[t * trace.units + unit - 1] as number;

/** z_t of a unit, 1 ≤ t. */
export const sumOf = (trace: Trace, t: number, unit: number): number => trace.z[(t - 1) * trace.units + unit - 1] as number;

/** x_t, 1 ≤ t; features count from 0. */
export const inputOf = (trace: Trace, t: number, feature = 0): number => trace.x[(t - 1) * trace.features + feature] as number;
