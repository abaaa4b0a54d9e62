/** What the figure reads of a trace: one sequence through the network, every number computed by the core. */

import type { Trace as EngineTrace } from '../../wasm/js/unrolled.ts';

/** The forward half; (T, F), (T, U) and, h_0 first, (T + 1, U). */
export type Trace = Pick<EngineTrace, 'timesteps' | 'units' | 'features' | 'label' | 'loss' | 'x' | 'z' | 'h' | 'logit' | 'probability'>;

/** h_t of a unit (counted from 1); h_0 is there too. */
export const stateOf = (trace: Trace, t: number, unit: number): number => trace.h[t * trace.units + unit - 1] as number;

/** z_t of a unit, 1 ≤ t. */
export const sumOf = (trace: Trace, t: number, unit: number): number => trace.z[(t - 1) * trace.units + unit - 1] as number;

/** x_t, 1 ≤ t; features count from 0. */
export const inputOf = (trace: Trace, t: number, feature = 0): number => trace.x[(t - 1) * trace.features + feature] as number;
